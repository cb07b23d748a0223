"""The outbox: lines that are said once, whoever plans them and whatever dies on the way."""

import json
from collections.abc import Collection, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, bindparam, delete, or_, update
from sqlalchemy import select as columns
from sqlalchemy.dialects import sqlite
from sqlmodel import col

from gsocbot.rules.outbox import LEASE, MOVES, OutboxState
from gsocbot.rules.privacy import check_place
from gsocbot.rules.quiet import Verdict
from gsocbot.rules.reminders import Planned, Topic
from gsocbot.store import people
from gsocbot.store.books import Books
from gsocbot.store.tables import Outbox

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

PEOPLE = ("@", "~")
"""What a target begins with that is a person, and no channel."""

_DUE = (
    columns(col(Outbox.id))
    .where(
        col(Outbox.network) == bindparam("on_network"),
        col(Outbox.state) == OutboxState.DUE,
        col(Outbox.due) <= bindparam("now"),
        col(Outbox.target).in_(bindparam("targets", expanding=True)),
    )
    .order_by(col(Outbox.due), col(Outbox.id))
    .limit(bindparam("most"))
)
_OFFICE_FIRST = _DUE.order_by(None).order_by(
    col(Outbox.topic) != Topic.OFFICE, col(Outbox.due), col(Outbox.id)
)
_OFFICE = columns(col(Outbox.id)).where(
    col(Outbox.network) == bindparam("on_network"),
    col(Outbox.state) == OutboxState.DUE,
    col(Outbox.due) <= bindparam("now"),
    col(Outbox.topic) == Topic.OFFICE,
)
_TARGETS = (
    columns(col(Outbox.target))
    .distinct()
    .where(
        col(Outbox.network) == bindparam("on_network"),
        col(Outbox.state) == OutboxState.DUE,
        col(Outbox.due) <= bindparam("now"),
    )
)
_CLAIM = update(Outbox).returning(
    col(Outbox.id),
    col(Outbox.target),
    col(Outbox.notice),
    col(Outbox.topic),
    col(Outbox.payload),
    col(Outbox.due),
    col(Outbox.expires),
    col(Outbox.season),
)
_DUE_OF_SEASON = columns(
    col(Outbox.id), col(Outbox.network), col(Outbox.target), col(Outbox.key)
).where(
    col(Outbox.season) == bindparam("season"),
    col(Outbox.state) == OutboxState.DUE,
    col(Outbox.topic).in_(bindparam("topics", expanding=True)),
)
_WAITING = (
    columns(col(Outbox.due), col(Outbox.topic), col(Outbox.target), col(Outbox.key))
    .where(col(Outbox.state) == OutboxState.DUE)
    .order_by(col(Outbox.due), col(Outbox.id))
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A line that this process has claimed and is to say.

    `zone` is that of the person it is for, empty where they have named none.
    """

    id: int
    target: str
    notice: bool
    topic: str
    payload: str
    due: datetime
    expires: datetime
    season: str
    zone: str = ""


def row(
    *,
    key: str,
    season: str,
    place: tuple[str, str],
    topic: str,
    facts: str,
    due: datetime,
    expires: datetime,
) -> dict[str, Any]:
    """A line to be said at a place, as `plan` takes it; raises Leak where it may not go."""
    network, target = place
    check_place(topic, target)
    return {
        "key": key,
        "season": season,
        "network": network,
        "target": target,
        "notice": True,
        "topic": topic,
        "payload": facts,
        "due": due,
        "expires": expires,
        "state": "due",
        "owner": "",
        "attempts": 0,
        "text": "",
        "why": "",
    }


def planned_row(
    season: str, planned: Planned, place: tuple[str, str], facts: dict[str, Any]
) -> dict[str, Any]:
    """What a rule has planned as a row, for one place."""
    network, target = place
    return row(
        key=f"{season}:{planned.key}:{network}:{target}",
        season=season,
        place=place,
        topic=str(planned.topic),
        facts=json.dumps(facts),
        due=planned.due,
        expires=planned.expires,
    )


def targets(books: Books, network: str, now: datetime) -> list[str]:
    """For whom something is due on a network."""
    return list(books.rows(_TARGETS, {"on_network": network, "now": now}).scalars())


def is_office_due(books: Books, network: str, now: datetime) -> bool:
    """Whether an office hour is to be announced on a network."""
    values = {"on_network": network, "now": now}
    return books.rows(_OFFICE.limit(1), values).first() is not None


def plan(books: Books, rows: Sequence[dict[str, Any]]) -> None:
    """Put lines into the outbox; one whose key is there is kept, as planned now if still due."""
    if not rows:
        return
    statement = _insert(books)
    now = {name: statement.excluded[name] for name in ("due", "expires", "payload")}
    other = [col(getattr(Outbox, name)) != value for name, value in now.items()]
    statement = statement.on_conflict_do_update(
        index_elements=["key"],
        set_=now,
        where=and_(col(Outbox.state) == OutboxState.DUE, or_(*other)),
    )
    books.connection.execute(statement, list(rows))


def _insert(books: Books) -> "sqlite.Insert | postgresql.Insert":
    """An INSERT that may meet a row with the same key."""
    if books.connection.dialect.name == "sqlite":
        return sqlite.insert(Outbox)
    # 25 ms and 2 MB that a bot on SQLite does without.
    from sqlalchemy.dialects import postgresql  # noqa: PLC0415

    return postgresql.insert(Outbox)


def forget(
    books: Books,
    season: str,
    rooms: Collection[tuple[str, str]] | None,
    topics: Collection[str],
    keep: Set[str],
    private_on: Collection[str] = (),
) -> int:
    """Drop what is due in some rooms and planned no longer: its date was moved or taken back.

    Without `rooms` that is anywhere; `private_on` are networks where it is also what goes to
    single people.
    """
    rows = books.rows(_DUE_OF_SEASON, {"season": season, "topics": list(topics)})
    gone = [
        r.id
        for r in rows
        if r.key not in keep
        and (
            rooms is None
            or (r.network, r.target) in rooms
            or (r.network in private_on and is_person(r.target))
        )
    ]
    if gone:
        # Nobody may have claimed it in between.
        due = col(Outbox.state) == OutboxState.DUE
        books.connection.execute(delete(Outbox).where(col(Outbox.id).in_(gone), due))
    return len(gone)


def is_person(target: str) -> bool:
    """Whether a line is for one person, and no channel."""
    return target[:1] in PEOPLE


def of_deed(season: str, deed: str) -> str:
    """How the keys of lines begin that tell of a deed; !undo drops what is still due of them."""
    return f"{season}:deed:{deed}:"


def knows(books: Books, key: str) -> bool:
    """Whether a line of this key was ever planned."""
    return books.rows(columns(col(Outbox.id)).where(col(Outbox.key) == key)).first() is not None


def knows_any(books: Books, beginning: str) -> bool:
    """Whether a line was ever planned whose key begins so."""
    key = col(Outbox.key).startswith(beginning, autoescape=True)
    return books.rows(columns(col(Outbox.id)).where(key).limit(1)).first() is not None


def drop(books: Books, beginning: str) -> None:
    """Drop what is due and whose key begins so."""
    due = col(Outbox.state) == OutboxState.DUE
    key = col(Outbox.key).startswith(beginning, autoescape=True)
    books.connection.execute(delete(Outbox).where(due, key))


def drop_about(
    books: Books, season: str, topics: Collection[str], part: str, account: str = ""
) -> None:
    """Drop what is due of some topics, has this in its key and an account among its facts."""
    due = and_(col(Outbox.state) == OutboxState.DUE, col(Outbox.season) == season)
    keys = and_(col(Outbox.topic).in_(topics), col(Outbox.key).contains(part, autoescape=True))
    fact = json.dumps(account) if account else ""
    named = col(Outbox.payload).contains(fact, autoescape=True)
    books.connection.execute(delete(Outbox).where(due, keys, named))


def cancel(books: Books, keys: Collection[str]) -> None:
    """Drop what is due and has one of these keys."""
    due = col(Outbox.state) == OutboxState.DUE
    books.connection.execute(delete(Outbox).where(due, col(Outbox.key).in_(keys)))


def claim(
    books: Books,
    network: str,
    owner: str,
    now: datetime,
    targets: Sequence[str],
    most: int,
    *,
    office_first: bool = False,
) -> list[Waiting]:
    """Take what is due for some targets, so that no other process says it; oldest first.

    Or first that an office hour comes or begins, which is of use for minutes; to look for that
    among thousands of lines takes a while.

    What people want to hear later is left alone and holds up nothing else; what they do not want
    to hear at all is skipped.
    """
    withheld = people.withheld(books, network, now)
    if unwanted := withheld[Verdict.DROP]:
        due = col(Outbox.state) == OutboxState.DUE
        skipped = update(Outbox).where(due, col(Outbox.id).in_(unwanted))
        books.connection.execute(skipped.values(state=OutboxState.SKIPPED, why="pm off"))
    ids = _OFFICE_FIRST if office_first else _DUE
    if held := withheld[Verdict.HOLD]:
        ids = ids.where(col(Outbox.id).not_in(held))
    if books.connection.dialect.name == "postgresql":
        ids = ids.with_for_update(skip_locked=True)
    statement = _CLAIM.where(col(Outbox.id).in_(ids.scalar_subquery())).values(
        state=OutboxState.CLAIMED, owner=owner, lease_until=now + LEASE
    )
    rows = books.rows(
        statement, {"on_network": network, "now": now, "targets": targets, "most": most}
    )
    claimed = [_on_their_clock(books, network, Waiting(*row)) for row in rows]
    return sorted(claimed, key=lambda w: (office_first and w.topic != Topic.OFFICE, w.due, w.id))


def _on_their_clock(books: Books, network: str, line: Waiting) -> Waiting:
    if not line.target.startswith("@"):
        return line
    wishes = people.settings(books, line.season, network, line.target[1:])
    return replace(line, zone=wishes.zone)


def move(
    books: Books,
    row: int,
    to: OutboxState,
    *,
    text: str | None = None,
    why: str = "",
    at: datetime | None = None,
    owner: str | None = None,
) -> bool:
    """Move a line along; False if it does not stand where that move begins.

    With an owner also if another boot holds it by now.
    """
    values: dict[str, Any] = {"state": to, "why": why}
    if text is not None:
        values["text"] = text
    if at is not None:
        values["sent_at"] = at
    froms = [state for state, moves in MOVES.items() if to in moves]
    statement = update(Outbox).where(col(Outbox.id) == row, col(Outbox.state).in_(froms))
    if owner is not None:
        statement = statement.where(col(Outbox.owner) == owner)
    return books.connection.execute(statement.values(**values)).rowcount == 1


def note_text(books: Books, row: int, text: str, owner: str) -> bool:
    """Keep what is about to be said, so that it is known again in a channel's history.

    False if the owner does not hold the line any more.
    """
    held = col(Outbox.state) == OutboxState.CLAIMED
    statement = update(Outbox).where(col(Outbox.id) == row, col(Outbox.owner) == owner, held)
    return books.connection.execute(statement.values(text=text)).rowcount == 1


def waiting(books: Books) -> list[tuple[datetime, str, str, str]]:
    """All lines that are still to be said: (due, topic, target, key)."""
    return [(r.due, r.topic, r.target, r.key) for r in books.rows(_WAITING)]
