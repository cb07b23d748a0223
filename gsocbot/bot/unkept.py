"""Lines that belong nowhere: words that nobody is to keep, and what is for private alone."""

from dataclasses import replace

from gsocbot.commands.command import Call, Where
from gsocbot.commands.grammar import Addressed, Meant, Reading
from gsocbot.talk import Heard


def without_more(heard: Heard, said: Addressed, reading: Reading) -> tuple[Heard, Addressed]:
    """The line without words that nobody is to keep: nothing after this has seen them."""
    call = _call(reading)
    if call is None or not call.thrown:
        return heard, said
    words = (*call.command.words, *call.given)
    return heard._replace(text=call.line), replace(said, words=words, typed=words)


def is_alone(reading: Reading) -> bool:
    """Whether a line is a command that no session's log is to have, such as a vote."""
    call = _call(reading)
    return call is not None and (call.command.where is Where.ALONE or call.command.unlogged)


def _call(reading: Reading) -> Call | None:
    call = reading.call if isinstance(reading, Meant) else reading
    return call if isinstance(call, Call) else None
