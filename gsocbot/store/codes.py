"""One-time codes, given and used."""

import secrets
from datetime import datetime

from sqlmodel import col, select

from gsocbot.rules.codes import DIGITS, GOOD_FOR, digest, written
from gsocbot.store.books import Books, Deed
from gsocbot.store.tables import AccessCode


def give(books: Books, deed: Deed, season: str, network: str, account: str) -> str:
    """Make a code for an account; it is shown once and only its digest is kept."""
    code = written(secrets.randbelow(10**DIGITS))
    row = AccessCode(
        season=season,
        network=network,
        account=account,
        digest=digest(network, code),
        until=deed.at + GOOD_FOR,
    )
    books.add(deed, row)
    return code


def use(books: Books, network: str, code: str, now: datetime) -> str | None:
    """The account that a code stands for, None for a wrong, used or old one; it is used up."""
    row = books.session.exec(
        select(AccessCode).where(
            AccessCode.network == network,
            AccessCode.digest == digest(network, code),
            col(AccessCode.until) > now,
        )
    ).first()
    if row is None:
        return None
    account = row.account
    deed = Deed(secrets.token_hex(8), now, row.season, network, account, "private", "!me code")
    books.remove(deed, row)
    return account
