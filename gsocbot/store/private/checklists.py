"""Checklists of people: what is ticked, given and noted there, for those who may see it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam
from sqlalchemy import select as columns
from sqlmodel import col

from gsocbot.rules.checklists import Checklist
from gsocbot.rules.privacy import Data, Subject, Viewer, may_see
from gsocbot.store.books import Books, Deed
from gsocbot.store.private.tables import CheckedItem, GivenList, ItemNote

_TICKS = columns(
    col(CheckedItem.checklist),
    col(CheckedItem.item),
    col(CheckedItem.at),
    col(CheckedItem.by),
    col(CheckedItem.link),
).where(
    col(CheckedItem.season) == bindparam("season"),
    col(CheckedItem.network) == bindparam("network"),
    col(CheckedItem.account) == bindparam("account"),
)
_NOTES = (
    columns(
        col(ItemNote.checklist),
        col(ItemNote.item),
        col(ItemNote.at),
        col(ItemNote.by),
        col(ItemNote.text),
    )
    .where(
        col(ItemNote.season) == bindparam("season"),
        col(ItemNote.network) == bindparam("network"),
        col(ItemNote.account) == bindparam("account"),
    )
    .order_by(col(ItemNote.id))
)
_GIVEN = (
    columns(col(GivenList.checklist))
    .where(
        col(GivenList.season) == bindparam("season"),
        col(GivenList.network) == bindparam("network"),
        col(GivenList.account) == bindparam("account"),
    )
    .order_by(col(GivenList.id))
)


@dataclass(frozen=True, slots=True)
class Tick:
    """That an item is done; `link` shows it."""

    at: datetime
    by: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """What a mentor has noted on an item."""

    at: datetime
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class Progress:
    """What is kept of somebody's checklists, by list and item."""

    ticks: Mapping[str, Mapping[str, Tick]]
    notes: Mapping[str, Mapping[str, Sequence[Note]]]

    def done(self, checklist: Checklist) -> list[int]:
        """The numbers of the items of a list that are done."""
        ticked = self.ticks.get(checklist.name, {})
        return [n for n, item in enumerate(checklist.items, 1) if item.key in ticked]

    def tick(self, checklist: Checklist, number: int) -> Tick | None:
        """What is kept of an item that is done."""
        return self.ticks.get(checklist.name, {}).get(checklist.items[number - 1].key)

    def note(self, checklist: Checklist, number: int) -> Note | None:
        """What was noted on an item last."""
        found = self.notes.get(checklist.name, {}).get(checklist.items[number - 1].key, ())
        return found[-1] if found else None

    def changed(self, checklist: Checklist) -> datetime | None:
        """When something on a list was ticked or noted last."""
        ticked = [tick.at for tick in self.ticks.get(checklist.name, {}).values()]
        noted = [n.at for found in self.notes.get(checklist.name, {}).values() for n in found]
        return max([*ticked, *noted], default=None)


NOTHING = Progress({}, {})


def progress(books: Books, season: str, viewer: Viewer, whom: Subject) -> Progress:
    """How far somebody is; nothing at all for a viewer who may not see it.

    Notes and links are between them and their mentors, also where everybody may see how far.
    """
    if not may_see(viewer, Data.CHECKLIST, whom):
        return NOTHING
    near = may_see(viewer, Data.RECORD, whom)
    values = {"season": season, "network": whom.network, "account": whom.account}
    ticks: dict[str, dict[str, Tick]] = {}
    for name, item, at, by, link in books.rows(_TICKS, values):
        ticks.setdefault(name, {})[item] = Tick(at, by if near else "", link if near else "")
    notes: dict[str, dict[str, list[Note]]] = {}
    for name, item, *note in books.rows(_NOTES, values) if near else ():
        notes.setdefault(name, {}).setdefault(item, []).append(Note(*note))
    return Progress(ticks, notes)


def given(books: Books, season: str, viewer: Viewer, whom: Subject) -> list[str]:
    """The lists that somebody was given beside those of the phase, by name."""
    if not may_see(viewer, Data.CHECKLIST, whom):
        return []
    values = {"season": season, "network": whom.network, "account": whom.account}
    return list(books.rows(_GIVEN, values).scalars())


def tick(
    books: Books,
    deed: Deed,
    season: str,
    place: tuple[str, str],
    checklist: str,
    item: str,
    link: str,
    undo: str,
) -> None:
    """Keep that an item of somebody's list is done; who says so is in the deed."""
    network, account = place
    row = CheckedItem(
        season=season,
        network=network,
        account=account,
        checklist=checklist,
        item=item,
        at=deed.at,
        by=deed.account,
        link=link,
    )
    books.add(deed, row, undo)


def link(
    books: Books,
    deed: Deed,
    season: str,
    place: tuple[str, str],
    checklist: str,
    item: str,
    link: str,
    undo: str,
) -> None:
    """Keep another link with an item that is done."""
    row = _row(books, season, place, checklist, item)
    assert row is not None
    books.change(deed, row, undo, link=link, by=deed.account, at=deed.at)


def untick(
    books: Books,
    deed: Deed,
    season: str,
    place: tuple[str, str],
    checklist: str,
    item: str,
    undo: str,
) -> bool:
    """Open an item again; False if it is open."""
    row = _row(books, season, place, checklist, item)
    if row is None:
        return False
    books.remove(deed, row, undo)
    return True


def _row(
    books: Books, season: str, place: tuple[str, str], checklist: str, item: str
) -> CheckedItem | None:
    network, account = place
    found = books.every(
        CheckedItem, season=season, network=network, account=account, checklist=checklist, item=item
    )
    return found[0] if found else None


def note(
    books: Books,
    deed: Deed,
    season: str,
    place: tuple[str, str],
    checklist: str,
    item: str,
    text: str,
    undo: str,
) -> None:
    """Note something on an item of somebody's list."""
    network, account = place
    row = ItemNote(
        season=season,
        network=network,
        account=account,
        checklist=checklist,
        item=item,
        text=text,
        at=deed.at,
        by=deed.account,
    )
    books.add(deed, row, undo)


def without(
    books: Books, season: str, places: Collection[tuple[str, str]], checklist: str
) -> list[tuple[str, str]]:
    """Who of them was not given a list yet."""
    rows = books.every(GivenList, season=season, checklist=checklist)
    have = {(row.network, row.account) for row in rows}
    return [place for place in places if place not in have]


def give(
    books: Books,
    deed: Deed,
    season: str,
    places: Collection[tuple[str, str]],
    checklist: str,
    undo: str,
) -> None:
    """Give a list to people who are `without`; `undo` stands for all."""
    for n, (network, account) in enumerate(places):
        row = GivenList(
            season=season,
            network=network,
            account=account,
            checklist=checklist,
            at=deed.at,
            by=deed.account,
        )
        books.add(deed, row, "" if n else undo)
