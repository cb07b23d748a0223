"""What people have ticked."""

from sqlalchemy import bindparam
from sqlalchemy import select as columns
from sqlmodel import col, select

from gsocbot.store.books import Books
from gsocbot.store.tables import CheckedItem

_KEYS = columns(col(CheckedItem.item)).where(
    col(CheckedItem.season) == bindparam("season"),
    col(CheckedItem.network) == bindparam("network"),
    col(CheckedItem.account) == bindparam("account"),
    col(CheckedItem.checklist) == bindparam("checklist"),
)


def checked(books: Books, season: str, network: str, account: str, checklist: str) -> set[str]:
    """The keys of the items that somebody has ticked."""
    values = {"season": season, "network": network, "account": account, "checklist": checklist}
    return set(books.rows(_KEYS, values).scalars())


def tick_of(
    books: Books, season: str, network: str, account: str, checklist: str, item: str
) -> CheckedItem | None:
    """The row of one ticked item."""
    return books.session.exec(
        select(CheckedItem).where(
            CheckedItem.season == season,
            CheckedItem.network == network,
            CheckedItem.account == account,
            CheckedItem.checklist == checklist,
            CheckedItem.item == item,
        )
    ).first()
