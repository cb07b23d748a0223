"""Words that tell a result: passed, failed, a grade, a rank. Nobody's to tell the bot."""

import re

from gsocbot.talk import Kind, Refused

THROWN = "Please never tell me results; I threw that word away."
NOT_KEPT = "that tells a result, and I keep none. Say it without; nothing was kept"

_SAID = """
    pass passed passes passing fail failed fails failing failure flunk flunked success successful
    successfully unsuccessful ok okay good great excellent outstanding superb brilliant fine fair
    poor bad weak strong average satisfactory unsatisfactory terrible awful exceeds exceeded meets
    grade graded grades score scored scores mark marks marked points rank ranked ranking rating
    rated slot slots top best worst yes no positive negative accept accepted reject rejected
    dropped drop terminate terminated kicked out bonus star stars thumbs up down
"""
_WORDS = frozenset(_SAID.split())
_FIGURE = re.compile(r"[+-]?\d[\d.,]*(?:/\d+|%|\+)?|[a-f][+-]{1,2}|[^\w\s]+", re.IGNORECASE)
"""8/10, 95%, 4.5, B+, or a sign alone, such as a thumb or stars."""

_EVALUATION = r"(?:mid-?terms?|finals?|evaluations?|evals?|gsoc|program(?:me)?)"
_FATE = r"(?:pass(?:ed|es|ing)?|fail(?:ed|s|ing|ure)?|flunk(?:ed|s|ing)?)"
_TELLS = re.compile(
    rf"\b{_FATE}\b(?:\W+\w+){{0,4}}?\W+{_EVALUATION}\b"
    rf"|\b{_EVALUATION}\b(?:\W+\w+){{0,3}}?\W+{_FATE}\b"
    rf"|\b{_FATE} (?:him|her|them|(?:the|this|my|our) (?:student|contributor|mentee))\b"
    rf"|\b(?:will|should|must|going to|gonna|has|have|had) (?:not )?{_FATE}(?=\W*$)"
    r"|\b(?:grade|score|mark|rank|rating|slot)s?(?:ed|d)?\b"
    r"(?: (?:is|was|of|no|number|him|her|them))*\W{0,3}(?:\d|[a-f][+-]?(?=\W|$))"
    rf"|\b\d+(?:\.\d+)? ?/ ?\d+\b(?:\W+\w+){{0,3}}?\W+{_EVALUATION}\b"
    rf"|\b{_EVALUATION}\b(?:\W+\w+){{0,3}}?\W+\d+(?:\.\d+)? ?/ ?\d+\b",
    re.IGNORECASE,
)
_THINGS = re.compile(
    r"\b(?:assert\w*|builds?|ci|code|commits?|compiler|jobs?|lint\w*|packets?|parser|"
    r"patch(?:es)?|prs?|suites?|tests?|checks?)\b",
    re.IGNORECASE,
)
"""What becomes of these is no secret."""


def is_result(word: str) -> bool:
    """Whether a single word behind a command tells a result."""
    return word.lower().strip(".,!?:;()") in _WORDS or bool(_FIGURE.fullmatch(word))


def tells_result(text: str) -> bool:
    """Whether a note or a reason says what becomes of somebody: failed the midterm, grade B."""
    return _TELLS.search(text) is not None and not _THINGS.search(text)


def check_tells_none(text: str) -> None:
    """Refuse a text that tells a result, without repeating it."""
    if tells_result(text):
        raise Refused(NOT_KEPT, Kind.REFUSAL)
