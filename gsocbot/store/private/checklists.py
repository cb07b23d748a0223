"""What people have ticked."""

from sqlalchemy import bindparam
from sqlalchemy import select as columns
from sqlmodel import col, select

from gsocbot.store.books import Books, Deed
from gsocbot.store.private.tables import CheckedItem

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


def tick(
    books: Books,
    deed: Deed,
    season: str,
    network: str,
    account: str,
    checklist: str,
    item: str,
    undo: str,
) -> None:
    """Keep that an item of somebody's list is done; who says so is in the deed."""
    row = CheckedItem(
        season=season,
        network=network,
        account=account,
        checklist=checklist,
        item=item,
        at=deed.at,
        by=deed.account,
    )
    books.add(deed, row, undo)


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
