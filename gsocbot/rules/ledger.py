"""Questions that people have to answer: who is on one, how long, and who is reminded when."""

import re
from datetime import datetime, timedelta

from gsocbot.rules.ids import whole_number
from gsocbot.talk import Refused

CLAIM_LASTS = timedelta(hours=4)
"""Who claims a question has it for so long; then others see it as open again."""

MENTORS_AFTER = timedelta(hours=24)
ORGANISERS_AFTER = timedelta(hours=48)
"""An unanswered question is put before its mentors again, and then before the organisers."""

FEWEST_WORDS = 3
"""Fewer are no question; other bots answer "!ask" and "!ask | somebody" with a text of theirs."""

MOST_OPEN = 5
"""So many questions of one person wait at a time."""

WORDS_WITHIN = timedelta(days=14)
"""A place of the queue that was kept without words is dropped when nobody has said them by then."""

LONGEST_QUESTION = 400
LONGEST_ANSWER = 350
"""Bytes: each fits a line of IRC with what stands around it."""


_ABOUT = re.compile(r"(?:idea\s+)?#?(\d{1,9})[:,]?\s+(\S.*)", re.IGNORECASE)
_NAMED = re.compile(r"q(\d{1,9})[:,]?(?:\s+(.*))?", re.IGNORECASE)


def check_may_ask(waiting: int) -> None:
    """Refuse one question too many of the same person."""
    if waiting >= MOST_OPEN:
        raise Refused(f"{MOST_OPEN} questions of yours wait for an answer; first come those")


def asked(text: str, fewest: int = FEWEST_WORDS) -> str:
    """A question as it is kept; refuses one that is empty or too long for a line."""
    plain = " ".join(text.split())
    if len(plain.split()) < fewest or plain.startswith("|") or not any(map(str.isalnum, plain)):
        raise Refused(
            "that is no question: !ask <text>, or !ask 7 <text> about an idea", stray=True
        )
    if len(plain.encode()) > LONGEST_QUESTION:
        raise Refused(
            f"that is longer than {LONGEST_QUESTION} bytes; ask the heart of it here, and write "
            "the rest to the list"
        )
    return plain


def named_in(text: str) -> tuple[int, str] | None:
    """The question whose name a text begins with, and the rest: "q16 which kernel?"."""
    found = _NAMED.fullmatch(text)
    return (int(found[1]), found[2] or "") if found else None


def idea_in(text: str) -> tuple[int, str] | None:
    """The number that a text begins with, and the rest: "7 root", "7: root", "idea #7 root"."""
    found = _ABOUT.fullmatch(text)
    return (int(found[1]), found[2]) if found else None


def answered(text: str) -> str:
    """An answer as it is kept; refuses one that does not fit a line."""
    plain = " ".join(text.split())
    if not plain:
        raise Refused("an answer has words: !answer q12 <text>")
    if len(plain.encode()) > LONGEST_ANSWER:
        raise Refused(f"an answer has at most {LONGEST_ANSWER} bytes; give an address for the rest")
    return plain


def number_of(word: str) -> int:
    """The number of a question as people write it: q12, Q12, 12, #12. Refuses anything else."""
    number = whole_number(word.lower().removeprefix("q"))
    if number is None:
        raise Refused(f'"{word[:20]}" is no question; write it like q12. All: !questions')
    return number


def is_claimed(by: str, until: datetime | None, now: datetime) -> bool:
    """Whether somebody is on a question just now."""
    return bool(by) and until is not None and now < until
