"""Running a command: may this person, here, with these words."""

import re
from collections.abc import Iterator, Mapping, Sequence

from gsocbot.commands.archive import STILL, check_open
from gsocbot.commands.ask import Ask, Unconfirmed
from gsocbot.commands.command import Call, Where
from gsocbot.commands.embargo import check_untold
from gsocbot.commands.sessions import is_chair
from gsocbot.config import ChannelRole
from gsocbot.render.lines import quiet
from gsocbot.rules.roles import NOT_OVER_A_BRIDGE, Level, Role, check_may, may
from gsocbot.talk import Kind, Refused, Say


def run(ask: Ask, call: Call) -> Iterator[Say]:
    """What a command says, or why it may not be used."""
    command = call.command
    if command.where is Where.ALONE and ask.heard.channel is not None:
        raise Refused(_only_alone(command.who), Kind.REFUSAL)
    if not _may(ask, command.who):
        deed = command.help[0].lower() + command.help[1:]
        role = _ROLES.get(command.who)
        able = [quiet(a) for a in ask.holders(role)] if role and ask.heard.account else []
        if ask.heard.relay is not None:
            raise Refused(NOT_OVER_A_BRIDGE, Kind.REFUSAL, login=True)
        check_may(command.who, ask.heard.account, (), deed, able)
    if command.changes and command.noun not in STILL:
        check_open(ask)
    in_private = command.lists and call.given[-1:] == (IN_PRIVATE,)
    arguments = command.bound(call.given[:-1] if in_private else call.given)
    if command.where is Where.CHANNEL and ask.heard.channel is None:
        raise Refused("that works in a channel only", Kind.REFUSAL)
    elsewhere = command.where is Where.ORGANISERS and ask.role is not ChannelRole.ORGANISERS
    if elsewhere or command.where in {Where.PRIVATE, Where.ALONE}:
        yield from ask.privately()
    elif in_private:
        yield from ask.privately(IN_A_QUERY)
    if command.changes and command.kind is Kind.HACKATHON and not command.unlogged:
        _check_untold(ask, call.given, arguments)
    try:
        yield from command.run(ask, arguments)
    except (Refused, Unconfirmed) as other:
        private = elsewhere or command.where in {Where.PRIVATE, Where.ALONE}
        other.private = other.private or (private and ask.heard.channel is not None)
        raise


def _check_untold(ask: Ask, given: Sequence[str], arguments: Mapping[str, str]) -> None:
    """Refuse to keep what becomes of somebody: words of a hackathon are for everybody to read."""
    texts = [" ".join(given), *arguments.values()]
    check_untold(ask, *(re.sub(r"[\"“”„«»]", ". ", text).strip(". ") for text in texts))


def _only_alone(who: Level) -> str:
    """The same for everybody, whoever and whatever it was about: it repeats no word."""
    whose = f"for {who}s, " if who in _ROLES else ""
    return f"that is {whose}in private. Nothing was changed."


def _may(ask: Ask, who: Level) -> bool:
    """Whether the person who asks reaches a level, here where one leads an office hour."""
    if may(who, ask.heard.account, ask.roles if who in _ROLES else ()):
        return True
    return who is Level.CHAIR and is_chair(ask)


IN_PRIVATE = "pm"
IN_A_QUERY = "I answered you in a query."

_ROLES = {Level.CHAIR: Role.MENTOR, Level.MENTOR: Role.MENTOR, Level.ORGANISER: Role.ORGANISER}
