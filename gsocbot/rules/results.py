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
_NO_VERDICT = frozenset({"yes", "no", "ok", "okay", "fine", "up", "down"})
"""By themselves these say that something is done."""

_AROUND = """
    a an the this is was are were be been has have had he she they him her them his their it its
    with very quite rather so clear clearly just barely narrowly easily only almost still gets get
    got given gives gave out of first second third last number no not will would should and overall
"""
_BESIDES = frozenset(_AROUND.split())
"""What may stand beside a verdict without making it another thing."""

_ALSO = r"(?: (?:has|have|had|is|was|will|would|should|must|may|might|going|to|be|not|just|"
_ALSO += r"clearly|barely|easily|definitely|probably|also)){0,4}"
_THEN = r"(?=\W*$|[.,;:!?]|\s+(?:and|but|because|badly|well|with|for|again|this|now)\b)"
_FROM_HERE = r"(?=\W*$|[.,;:!?]|\s+(?:from|after|before|now|out|because|if|soon|please)\b)"
_SENT_OFF = r"(?:drop|dropp|kick|expel|expell|terminat|reject|flunk|fail)(?:e?d|s|ing|e)?"
_THEY = rf"\bthey{_ALSO} {_FATE}{_THEN}|\b{_SENT_OFF} them{_FROM_HERE}"
_ONE = (
    rf"\b(?:s?he|student|contributor|mentee){_ALSO} {_FATE}{_THEN}"
    rf"|\b{_SENT_OFF} (?:him|her){_FROM_HERE}"
    r"|\b(?:gets?|got|given|gave|deserves?|earn(?:s|ed)?)(?: (?:him|her|them|an|a|the))* "
    r"[a-f][+-]?(?=\W*$)"
)
_OF_ONE = re.compile(_ONE, re.IGNORECASE)
_OF_MANY = re.compile(_THEY, re.IGNORECASE)
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


def is_verdict(text: str) -> bool:
    """Whether a note of a few words is a result and nothing else: a clear pass, 8/10, she failed.

    Somebody is meant by he and she, while they may be patches.
    """
    if _OF_ONE.search(text) or (_OF_MANY.search(text) and not _THINGS.search(text)):
        return True
    words = [word.lower().strip(".,!?:;()'\"") or word for word in text.split()]
    told = [word for word in words if word not in _BESIDES | _NO_VERDICT and is_result(word)]
    return bool(told) and all(word in _BESIDES or is_result(word) for word in words)


def check_tells_none(text: str) -> None:
    """Refuse a note or a reason that tells a result, without repeating it."""
    if tells_result(text) or is_verdict(text):
        raise Refused(NOT_KEPT, Kind.REFUSAL)


def check_report(text: str) -> None:
    """Refuse a report that tells a result; what its author calls good or failed is their work."""
    if tells_result(text):
        raise Refused(NOT_KEPT, Kind.REFUSAL)
