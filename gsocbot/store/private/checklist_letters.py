"""Letters about checklists: what people are told of their own, and what others did there.

They are planned from what stands in the store, so that what was taken back is not said.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy import select as columns
from sqlmodel import col

from gsocbot.rules.checklists import Checklist
from gsocbot.rules.links import addresses_in, shortened, why
from gsocbot.rules.privacy import Data, Subject, Viewer, may_see
from gsocbot.store import links, outbox, seasons
from gsocbot.store.books import Books
from gsocbot.store.notes import LASTS
from gsocbot.store.private import announcing, letters, students
from gsocbot.store.private.checklist_nudges import BEGINS, GIVEN, OPEN, Nudges, Place
from gsocbot.store.private.progress import year
from gsocbot.store.private.tables import CheckedItem, ItemNote

TICKED, NOTED, DEAD = "student_item", "student_item_note", "student_item_link"
TOPICS = frozenset({BEGINS, GIVEN, OPEN, TICKED, NOTED, DEAD})
"""Each topic is a template."""

_TICKS = columns(CheckedItem.__table__).where(  # type: ignore[attr-defined]
    col(CheckedItem.season) == bindparam("season"),
    col(CheckedItem.by) != col(CheckedItem.account),
    col(CheckedItem.at) > bindparam("since"),
)
_NOTES = columns(ItemNote.__table__).where(  # type: ignore[attr-defined]
    col(ItemNote.season) == bindparam("season"), col(ItemNote.at) > bindparam("since")
)
_LINKS = columns(CheckedItem.__table__).where(  # type: ignore[attr-defined]
    col(CheckedItem.season) == bindparam("season"), col(CheckedItem.link) != ""
)


def plan(books: Books, season: str, lists: Sequence[Checklist], now: datetime) -> None:
    """Plan what people are to be told of checklists soon, and nothing that no longer stands."""
    facts = seasons.season(books, season)
    rows: dict[str, dict[str, Any]] = {}
    if facts is not None and facts.closed_at is None and lists:
        asked = students.asked(books, season, now)
        subjects = {(known.row.network, known.row.account): known.subject for known in asked}
        named = {c.name: c for c in lists}
        announcing.keep_first(books, season, lists, year(books, season, now))
        planned = [
            *Nudges(books, facts, asked, lists, now).rows(),
            *_told(books, season, subjects, named, now),
            *_dead(books, season, subjects, named, now),
        ]
        rows = {row["key"]: row for row in planned if now < row["expires"]}
    outbox.forget(books, season, None, TOPICS, rows.keys())
    outbox.plan(books, list(rows.values()))


def _told(
    books: Books,
    season: str,
    subjects: Mapping[Place, Subject],
    lists: Mapping[str, Checklist],
    now: datetime,
) -> Iterator[dict[str, Any]]:
    """What mentors and organisers have ticked and noted on students' lists, to the students."""
    since = {"season": season, "since": now - LASTS}
    ticked = [(TICKED, row, "") for row in books.rows(_TICKS, since)]
    noted = [(NOTED, row, row.text) for row in books.rows(_NOTES, since)]
    for topic, row, text in [*ticked, *noted]:
        about = subjects.get((row.network, row.account))
        item = _item(lists, row.checklist, row.item)
        if about is None or item is None:
            continue
        yield letters.letter(
            season,
            topic,
            f"{row.checklist}:{row.item}:{row.at.isoformat()}",
            Viewer(row.network, row.account),  # themselves, by whatever roles
            Data.CHECKLIST,
            about,
            {**item, "by": row.by, "text": text},
            at=row.at,
            due=row.at,
            expires=row.at + LASTS,
        )


def _dead(
    books: Books,
    season: str,
    subjects: Mapping[Place, Subject],
    lists: Mapping[str, Checklist],
    now: datetime,
) -> Iterator[dict[str, Any]]:
    """Links with items that are dead, each to whoever gave it."""
    rows = books.rows(_LINKS, {"season": season}).all()
    known = links.states(books, season) if rows else {}
    for row in rows:
        state = known.get(next(iter(addresses_in(row.link)), ""))
        item = _item(lists, row.checklist, row.item)
        place = row.network, row.account
        about = subjects.get(place) or (Subject(*place) if row.by == row.account else None)
        if state is None or state.failing_since is None or item is None or about is None:
            continue
        to = letters.viewer(books, season, row.network, row.by)
        if not state.is_dead or not may_see(to, Data.CHECKLIST, about):
            continue
        # As it stands since the second failure; a link that is back and dies again is told again.
        yield letters.letter(
            season,
            DEAD,
            f"{row.checklist}:{row.item}:{state.failing_since.isoformat()}",
            to,
            Data.CHECKLIST,
            about,
            {
                **item,
                "url": shortened(row.link),
                "why": why(state, now),
                "whose": "" if row.by == row.account else row.account,
            },
            at=state.failing_since,
            due=state.failing_since,
            expires=state.failing_since + LASTS,
        )


def _item(lists: Mapping[str, Checklist], name: str, key: str) -> dict[str, Any] | None:
    """An item in words; none that stands in no list any more."""
    checklist = lists.get(name)
    if checklist is None or key not in checklist.keys:
        return None
    number = checklist.keys.index(key) + 1
    text = checklist.items[number - 1].text
    return {"number": number, "item": text, "title": checklist.title, "list": checklist.name}
