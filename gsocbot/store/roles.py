"""Who holds which role."""

from sqlalchemy import bindparam
from sqlalchemy import select as columns
from sqlmodel import col, select

from gsocbot.rules.roles import Role
from gsocbot.store.books import Books, Deed
from gsocbot.store.tables import Grant

_ROLES = columns(col(Grant.role)).where(
    col(Grant.season) == bindparam("season"),
    col(Grant.network) == bindparam("network"),
    col(Grant.account) == bindparam("account"),
)
_HOLDERS = (
    columns(col(Grant.account))
    .where(
        col(Grant.season) == bindparam("season"),
        col(Grant.network) == bindparam("network"),
        col(Grant.role) == bindparam("role"),
    )
    .order_by(col(Grant.account))
)
_IN_ORDER = (
    columns(col(Grant.network), col(Grant.account))
    .where(col(Grant.season) == bindparam("season"), col(Grant.role) == bindparam("role"))
    .order_by(col(Grant.id))
)
_ALL = (
    columns(col(Grant.network), col(Grant.account), col(Grant.role))
    .where(col(Grant.season) == bindparam("season"))
    .order_by(col(Grant.network), col(Grant.role), col(Grant.account))
)


def roles_of(books: Books, season: str, network: str, account: str | None) -> frozenset[Role]:
    """The roles of an account; none for somebody who is not logged in."""
    if account is None:
        return frozenset()
    values = {"season": season, "network": network, "account": account}
    return frozenset(Role(r) for r in books.rows(_ROLES, values).scalars())


def holders(books: Books, season: str, network: str, role: Role) -> list[str]:
    """The accounts that hold a role."""
    values = {"season": season, "network": network, "role": role}
    return list(books.rows(_HOLDERS, values).scalars())


def grants(books: Books, season: str) -> list[tuple[str, str, Role]]:
    """Everybody's roles as (network, account, role)."""
    found = books.rows(_ALL, {"season": season})
    return [(network, account, Role(role)) for network, account, role in found]


def in_order(books: Books, season: str, role: Role) -> list[tuple[str, str]]:
    """Who holds a role as (network, account), whoever was given it first before the others."""
    found = books.rows(_IN_ORDER, {"season": season, "role": role})
    return [(network, account) for network, account in found]


def only_elsewhere(books: Books, season: str, network: str) -> frozenset[str]:
    """Accounts that hold roles on other networks only: who has one of them here may be another."""
    found = grants(books, season)
    here = {account for other, account, _ in found if other == network}
    return frozenset({account for _, account, _ in found} - here)


def grant_of(books: Books, season: str, network: str, account: str, role: Role) -> Grant | None:
    """The row of one role of one account."""
    return books.session.exec(
        select(Grant).where(
            Grant.season == season,
            Grant.network == network,
            Grant.account == account,
            Grant.role == role,
        )
    ).first()


def grant(books: Books, deed: Deed, season: str, network: str, account: str, role: Role) -> bool:
    """Give a role; False if it was held already."""
    if grant_of(books, season, network, account, role) is not None:
        return False
    row = Grant(season=season, network=network, account=account, role=role)
    books.add(deed, row, undo=f"@{account} is no {role} any more")
    return True


def revoke(books: Books, deed: Deed, season: str, network: str, account: str, role: Role) -> bool:
    """Take a role away; False if it was not held."""
    row = grant_of(books, season, network, account, role)
    if row is None:
        return False
    books.remove(deed, row, undo=f"@{account} is {role} again")
    return True
