"""Roles: who may do what, and codes for those whom the network does not know."""

from collections.abc import Iterator

from gsocbot.commands.ask import Ask
from gsocbot.rules.codes import GOOD_FOR
from gsocbot.rules.roles import as_account
from gsocbot.store import codes
from gsocbot.talk import Refused, Say

HOUR = 3600


def role_code(ask: Ask, account: str) -> Iterator[Say]:
    """Make a one-time code, by which somebody logs in where the network has no services."""
    key = as_account(account)
    if key is None:
        raise Refused(f'"{account[:40]}" is no account')
    code = codes.give(ask.books, ask.deed, ask.season_key, ask.network, key)
    hours = int(GOOD_FOR.total_seconds() // HOUR)
    yield ask.answer(
        f"one-time code for {key}: {code}, good for {hours} h: !me code {code}. "
        "Give it to them in private"
    )
