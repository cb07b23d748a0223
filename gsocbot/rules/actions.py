"""Actions: what somebody has taken on, how it is named and shown, and when they are reminded."""

from datetime import timedelta

from gsocbot.rules.ids import whole_number
from gsocbot.talk import Refused

DAY_BEFORE = timedelta(hours=24)
"""So long before an office hour people are reminded of what they have taken on."""

LONGEST_TEXT = 200
"""Bytes of an action that is added by a command; one of an office hour is a line of it."""

MOST_OF_A_SESSION = 100
MOST_IDEAS_OF_A_SESSION = 30
"""Anybody may say #action and #idea; what is more stands in the minutes all the same."""

SHORT = 60
"""Bytes of an action in a list."""


def number_of(word: str) -> int:
    """The number of an action as people write it: a5, A5, 5, #5. Refuses anything else."""
    number = whole_number(word.lower().removeprefix("a"))
    if number is None:
        raise Refused(f'"{word[:20]}" is no action; write it like a5. All: !actions')
    return number


def worded(text: str) -> str:
    """What is to be done, as it is kept; refuses what says nothing or is too long for a line."""
    plain = " ".join(text.split())
    if not any(c.isalnum() for c in plain):
        raise Refused("an action has words: !action add <nick> <text>")
    if len(plain.encode()) > LONGEST_TEXT:
        raise Refused(f"an action has at most {LONGEST_TEXT} bytes; say the heart of it")
    return plain


def without_name(text: str, nick: str) -> str:
    """What is to be done, without the name that it begins with: "wenjie: send it" is "send it"."""
    first, _, rest = text.partition(" ")
    is_named = bool(nick) and first.strip("@,:").casefold() == nick.casefold()
    return rest.removeprefix("to ").strip() or text if is_named else text


def names_it(text: str, nick: str) -> bool:
    """Whether a text names somebody itself, so that it need not be said before it."""
    return nick.casefold() in {word.strip("@,:;.!?()") for word in text.casefold().split()}
