"""Who may do what: roles hang on services accounts, never on nicks."""

import re
from collections.abc import Collection
from enum import StrEnum

from gsocbot.talk import Kind, Refused

NOT_IDENTIFIED = (
    "I know you only when you are logged in to services: /msg NickServ identify. Nothing changed."
)
NOT_OVER_A_BRIDGE = (
    "I know you only when you are logged in to services on IRC itself; no bridge passes that on. "
    "Nothing changed."
)


_ACCOUNT = re.compile(r"[\w\[\]\\`^{}|.'-]{1,60}")
"""What services take as an account, and a few signs more; no @, blank, comma or bracket of HTML."""


class Role(StrEnum):
    """The roles that are kept; everybody else is a stranger or merely registered."""

    MENTOR = "mentor"
    ORGANISER = "organiser"


class Level(StrEnum):
    """What a command asks of the person who uses it, from least to most.

    Who leads the office hour of a channel is its chair: who opened it, whom they made one, and the
    channel's operators.
    """

    ANYONE = "anyone"
    REGISTERED = "registered"
    CHAIR = "chair"
    MENTOR = "mentor"
    ORGANISER = "organiser"


_ENOUGH: dict[Level, frozenset[Role]] = {
    Level.CHAIR: frozenset({Role.MENTOR, Role.ORGANISER}),
    Level.MENTOR: frozenset({Role.MENTOR, Role.ORGANISER}),
    Level.ORGANISER: frozenset({Role.ORGANISER}),
}


_WHO = {
    Level.CHAIR: "the chair and mentors",
    Level.MENTOR: "mentors",
    Level.ORGANISER: "organisers",
}


def may(level: Level, account: str | None, roles: Collection[Role]) -> bool:
    """Whether somebody with this account and these roles reaches a level."""
    if level is Level.ANYONE:
        return True
    if account is None:
        return False
    return level is Level.REGISTERED or bool(_ENOUGH[level].intersection(roles))


def check_may(
    level: Level, account: str | None, roles: Collection[Role], deed: str, able: Collection[str]
) -> None:
    """Refuse what somebody may not do, and say who can.

    `deed` completes "only mentors can ..."; `able` are the accounts that could.
    """
    if may(level, account, roles):
        return
    if account is None:
        raise Refused(NOT_IDENTIFIED, Kind.REFUSAL, login=True)
    who = _WHO[level]
    ask = f" Ask {_listed(able)}." if able else ""
    raise Refused(f"only {who} can {deed}.{ask} Nothing changed.", Kind.REFUSAL)


def as_account(text: str) -> str | None:
    """A services account as a key; None for what no account can be."""
    return text.lower() if _ACCOUNT.fullmatch(text) else None


def _listed(names: Collection[str]) -> str:
    first = sorted(names)[:3]
    return first[0] if len(first) == 1 else f"{', '.join(first[:-1])} or {first[-1]}"
