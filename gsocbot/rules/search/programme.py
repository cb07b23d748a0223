"""Questions about the programme and the day, which no idea answers."""

import re
from collections.abc import Iterable

_PROGRAMME = """
stipend stipends salary paid payoneer deadline deadlines eligible eligibility visa passport
enrollment enrolment transcript exam exams semester vacation meeting meetings utc gmt
ist cet pst today tomorrow tonight july june august september selected rejected acceptance
slots shortlisted applicants orgs organizations organisations country nationality age resume
friend friends classmate proposals application cv euro euros dollar dollars timezone payment
payments certificate internship internships
"""
PROGRAMME = frozenset(_PROGRAMME.split())
"""What is asked about the programme; no idea is meant, unless a title has the word."""

_FORM = re.compile(
    r"\W*(how (do|can|should|much|many|long|often)|when|where (is|are|can|do|should|to)|will|would"
    r"|(can|may|should|could|must|do|am|have) (i|we|my|you)|are|is (it|the|this|there|that)"
    r"|does (any|some)\w+|what (is|are|time|if|happens|about)|who (is|are|won|has)|why|thank|thx|hi"
    r"|hello|hey|good (morning|evening|night|day|luck)|bye|see you)\b"
)
_SURELY_ANOTHER = re.compile(
    r"\bhow (much|many|long|often)\b|\bwhen (is|are|do|does|will|can)\b|\b(can|may|should) my\b"
    r"|\bmy (\w+ )?(proposal|draft|mentor|friend|cv|application|exams?|visa|slot|pr|patch)\b"
    r"|\b(do|must|can|will) (i|we|you) (have to|need to|get|pay|apply|submit|send)\b"
    r"|\b(accepted|selected|rejected) (students?|contributors?|people|proposals?)\b"
)
"""These ask about the programme even where they speak of a project."""
_OF_IDEAS = """
idea ideas project projects anything something smth somthing sth stuff work mentor mentors
interested looking skill skills experience want wanna wana
"""
ASKING = frozenset(_OF_IDEAS.split())
"""Who says one of these looks for an idea."""


def asks_for_ideas(text: str, words: Iterable[str]) -> bool:
    """Whether a question, folded, says that it looks for an idea."""
    return not ASKING.isdisjoint(words) and not _SURELY_ANOTHER.search(text)


def has_the_form_of_another(text: str) -> bool:
    """Whether a question, folded, begins like one about dates, money and people."""
    return bool(_FORM.match(text) or _SURELY_ANOTHER.search(text))
