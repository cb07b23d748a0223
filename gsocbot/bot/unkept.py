"""Lines that belong nowhere: words that nobody is to keep, and what is for private alone."""

import re
from dataclasses import replace

from gsocbot.commands.addressing import Addressed
from gsocbot.commands.command import Call, Where
from gsocbot.commands.grammar import Meant, Reading
from gsocbot.rules.check_ins import is_talk
from gsocbot.talk import Heard


def without_more(heard: Heard, said: Addressed, reading: Reading) -> tuple[Heard, Addressed]:
    """The line without words that nobody is to keep: nothing after this has seen them."""
    call = _call(reading)
    if call is None or not call.thrown:
        return heard, said
    words = (*call.command.words, *call.given)
    return heard._replace(text=call.line), replace(said, words=words, typed=words)


_VOTE = re.compile(r"\b(?:vot(?:e[ds]?|ing)|polls?)\b", re.IGNORECASE)
_PLACE = re.compile(r"\S+[:,]\s*in(?:\s+\S+){1,3}\s*", re.IGNORECASE)


def is_alone(reading: Reading) -> bool:
    """Whether a line is a command that no session's log is to have, such as a vote."""
    call = _call(reading)
    if call is None:
        return False
    if call.command.unlogged:
        return call.command.noun != "in" or not is_talk(" ".join(call.given))
    if call.command.words in {("poll",), ("polls",)} and len(call.given) > 1:
        return True  # a vote, typed a little wrong
    return call.command.where is Where.ALONE


def may_be_alone(text: str) -> bool:
    """Whether a line to the bot that is no command may be a vote, or where somebody is."""
    words = text.rstrip()
    if words.endswith("?"):
        return False
    return bool(_VOTE.search(words) or _PLACE.fullmatch(words))


def _call(reading: Reading) -> Call | None:
    call = reading.call if isinstance(reading, Meant) else reading
    return call if isinstance(call, Call) else None
