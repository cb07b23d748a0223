"""What nobody may say before Google does, or ever: who is chosen, who fails."""

import re

from gsocbot.rules.somebody import about

ANNOUNCED = "accepted"
"""The date at which Google announces the projects, by its slug."""

_FATE = (
    r"(?:accepted|rejected|selected|chosen|picked|approved|successful|shortlisted|ranked|"
    r"through|kicked out|"
    r"(?:ge?t|got|still|be|been) in|ma[dk]e it|made the list|pass(?:ed)?|fail(?:ed)?|"
    r"drop(?:ped)? out)"
)
_END = (
    r"(?=\W*$|[,;]| (?:yet|already|now|or|first|so far|this|by (?:google|the|you)|because|"
    r"(?:for|in|into|to) (?:the |this |my |your |our )?"
    r"(?:gsoc|program(?:me)?|ideas?|projects?|you|#?\d+)|(?:the |his |her |their )?"
    r"(?:mid-?terms?|finals?|(?:(?:mid-?term|final) )?evaluations?)\b))"
)
_STUDENTS = r"(?:students?|contributors?|applicants?|candidates?|mentees?|people|proposals?)"
_RESULTS = re.compile(
    rf"\b(?:am|is|are|was|were|has|have|did|do|does|will|if|whether) (?:\S+ ){{0,6}}?{_FATE}{_END}"
    rf"|\b(?:if|whether|am|are|is) (?:i|we|he|she|they) (?:am |are |is )?in{_END}"
    rf"|\bwho(?:'s| is| was| are)? in{_END}"
    rf"|\b(?:who|which {_STUDENTS}) (?:\S+ ){{0,4}}?(?:{_FATE}|applied|on top){_END}"
    rf"|\bhow many (?:{_STUDENTS} )?(?:\S+ ){{0,3}}?(?:{_FATE}|applied|apply){_END}"
    rf"|^(?:(?:the|a|list|of|all) )*(?:accepted|rejected|selected|chosen) {_STUDENTS}\b"
    r"|\b(?:tell|know|have|see|share|give)\b.*\b(?:the|my|our|any) results?"
    r"(?=\W*$| (?:yet|already|now))"
    r"|\b(?:grades?|scores?|ranks?)\b.*\b(?:give|gave|given|get|got) (?:me|my|him|her|them|us)\b"
    rf"|\btell (?:my|the|our|his|her) {_STUDENTS}(?=\W*$| (?:already|now|that (?:he|she|they|it)))"
    rf"|\b(?:am|are|is) (?:\S+ ){{1,2}}on the (?:waiting|final|accepted) list{_END}"
    rf"|\bam i on the list{_END}"
    r"|\bdeci(?:ded?|sion)\b.* (?:about|for|on) (?:me|us|him|her|(?:my|our) (?:\S+ )?"
    r"(?:proposal|application))(?=\W*$)"
    r"|\byes or (?:a )?no\b.* for (?:me|us)(?=\W*$)"
    r"|\bresults? (?:for|of) (?:me|us|#?\d+|(?:the )?idea|(?:my|our) (?:proposal|application))\b"
    r"|\boutcomes? (?:of|for|on) (?:the |my |our |your |this )?"
    r"(?:applications?|evaluations?|finals?|mid-?terms?|proposals?|rankings?|selections?)\b"
    r"|\bstill (?:in|part of) (?:the |your |our |this )?(?:gsoc|program(?:me)?|project)\b",
    re.IGNORECASE,
)
"""What becomes of somebody: nobody may say it, and as a question it would stand on the page."""

_THINGS = re.compile(
    r"\b(?:builds?|ci|code|commits?|compiler|connections?|files?|flags?|function|header|linter|"
    r"merge|option|packets?|parser|patch(?:es)?|prs?|pull|server|support|tests|values?)\b",
    re.IGNORECASE,
)
"""What becomes of these is no secret."""

_TELLING = re.compile(
    rf"\b(?:tell|inform|warn|congratulate|write to|let) (?:\S+ ){{0,3}}?"
    rf"(?:{_STUDENTS}|him|her|them|know)\b",
    re.IGNORECASE,
)
"""Whether one may tell, which mentors ask."""


def is_of_telling(words: str) -> bool:
    """Whether words ask if somebody may be told already."""
    return _TELLING.search(words) is not None


def is_of_results(words: str) -> bool:
    """Whether words ask what becomes of somebody, whoever that is and whether there is one."""
    if about(words) is not None:
        return True
    return _RESULTS.search(words) is not None and not _THINGS.search(words)
