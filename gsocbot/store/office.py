"""Sessions of the office hour: which one runs where, and every line of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import bindparam, func, insert, update
from sqlalchemy import select as columns
from sqlmodel import col, select

from gsocbot.rules.minutes import Said
from gsocbot.rules.office import LineKind, leaders
from gsocbot.store.books import Books
from gsocbot.store.tables import Line, OfficeSession

_OPEN = columns(
    col(OfficeSession.id),
    col(OfficeSession.network),
    col(OfficeSession.channel),
    col(OfficeSession.season),
    col(OfficeSession.chair),
    col(OfficeSession.chairs),
).where(col(OfficeSession.ended_at).is_(None))
_LINES = (
    columns(Line.__table__)  # type: ignore[attr-defined]
    .where(col(Line.session) == bindparam("session"))
    .order_by(col(Line.id))
)
_SPOKEN = (
    columns(
        col(Line.at), col(Line.nick), col(Line.text), col(Line.account), col(Line.action),
        col(Line.kind),
    )
    .where(col(Line.session) == bindparam("session"), col(Line.kind) != LineKind.GAP)
    .order_by(col(Line.id))
)  # fmt: skip
_ENDED = (
    columns(func.count())
    .select_from(OfficeSession)
    .where(
        col(OfficeSession.season) == bindparam("season"),
        col(OfficeSession.day) == bindparam("day"),
        col(OfficeSession.ended_at).is_not(None),
    )
)
_OPENED = columns(
    col(OfficeSession.series),
    col(OfficeSession.day),
    col(OfficeSession.network),
    col(OfficeSession.channel),
).where(
    col(OfficeSession.season) == bindparam("season"),
    col(OfficeSession.started_at) >= bindparam("since"),
    col(OfficeSession.series) != "",
)
_SAID_LINES = col(Line.session) == bindparam("session")
_LAST = columns(func.max(col(Line.at))).where(_SAID_LINES, col(Line.kind) == bindparam("kind"))
_LAST_BY = columns(func.max(col(Line.at))).where(_SAID_LINES, col(Line.at) <= bindparam("moment"))
_HEARD = (
    update(OfficeSession)
    .where(col(OfficeSession.id) == bindparam("of"))
    .values(heard_until=bindparam("heard"))
)


@dataclass(frozen=True, slots=True)
class Running:
    """A session that runs, and the accounts that lead it."""

    id: int
    season: str
    leaders: frozenset[str]


def open_sessions(books: Books) -> dict[tuple[str, str], Running]:
    """The sessions that run, by network and channel."""
    return {
        (row.network, row.channel): Running(
            row.id, row.season, frozenset({row.chair, *leaders(row.chairs)})
        )
        for row in books.rows(_OPEN)
    }


def running(books: Books, network: str, channel: str) -> OfficeSession | None:
    """The session that runs in a channel."""
    return books.session.exec(
        select(OfficeSession).where(
            OfficeSession.network == network,
            OfficeSession.channel == channel,
            col(OfficeSession.ended_at).is_(None),
        )
    ).first()


def every_open(books: Books) -> list[OfficeSession]:
    """All sessions that run."""
    return list(
        books.session.exec(
            select(OfficeSession)
            .where(col(OfficeSession.ended_at).is_(None))
            .order_by(col(OfficeSession.id))
        )
    )


def last_word(books: Books, session: OfficeSession) -> datetime:
    """When somebody last said something in a session; its beginning, if nobody has."""
    values = {"session": session.id, "kind": LineKind.SAID}
    said: datetime | None = books.rows(_LAST, values).scalar()
    return said if said is not None else session.started_at


def known_until(books: Books, session: OfficeSession, since: datetime) -> datetime:
    """Up to when a session's log had all that was said when the bot came, at a moment, or later."""
    heard = max(filter(None, [session.started_at, session.heard_until]))
    if heard >= since:
        return heard
    line: datetime | None = books.rows(_LAST_BY, {"session": session.id, "moment": since}).scalar()
    return max(filter(None, [heard, line]))


def note_heard(books: Books, session: int, until: datetime) -> None:
    """A session's log has all that was said until then."""
    books.connection.execute(_HEARD, {"of": session, "heard": until})


def keep_gap(books: Books, session: OfficeSession, since: datetime, until: datetime) -> None:
    """Nobody knows what was said in between."""
    keep_lines(
        books,
        [
            {
                "session": session.id,
                "season": session.season,
                "at": until,
                "nick": "",
                "account": None,
                "action": False,
                "text": since.isoformat(),
                "kind": LineKind.GAP,
            }
        ],
    )


def was_held(books: Books, season: str, series: str, day: date, place: tuple[str, str]) -> bool:
    """Whether one of a series was opened already, be it over or not."""
    held = (OfficeSession.series == series, OfficeSession.day == day)
    there = (OfficeSession.network == place[0], OfficeSession.channel == place[1])
    found = select(OfficeSession).where(OfficeSession.season == season, *there, *held)
    return books.session.exec(found.limit(1)).first() is not None


def opened(books: Books, season: str, since: datetime) -> set[tuple[str, date, tuple[str, str]]]:
    """The planned sessions that were opened, over or not: series, local date and where."""
    values = {"season": season, "since": since}
    return {(r.series, r.day, (r.network, r.channel)) for r in books.rows(_OPENED, values)}


def with_our_topic(books: Books, since: datetime) -> list[OfficeSession]:
    """Sessions that ended lately and whose topic may still stand in their channel."""
    found = select(OfficeSession).where(
        OfficeSession.topic_set != "", col(OfficeSession.ended_at) >= since
    )
    return list(books.session.exec(found))


def held(books: Books, season: str) -> list[OfficeSession]:
    """The sessions that a season has held, newest first."""
    return list(
        books.session.exec(
            select(OfficeSession)
            .where(OfficeSession.season == season, col(OfficeSession.ended_at).is_not(None))
            .order_by(col(OfficeSession.started_at).desc())
        )
    )


def ended_on(books: Books, season: str, day: date) -> int:
    """How many sessions of a local date have ended; it numbers their logs."""
    return int(books.rows(_ENDED, {"season": season, "day": day}).scalar() or 0)


def keep_lines(books: Books, lines: Sequence[dict[str, object]]) -> None:
    """Keep many lines at once, as columns; the batch is one statement."""
    if lines:
        books.connection.execute(insert(Line), lines)


def lines_of(books: Books, session: int) -> list[Line]:
    """What was said in a session, in order."""
    rows = books.rows(_LINES, {"session": session})
    return [Line(**row._mapping) for row in rows]


def spoken(books: Books, session: int) -> list[Said]:
    """The same as minutes are made of; gaps are left out, for nobody has said them."""
    rows = books.rows(_SPOKEN, {"session": session})
    return [
        Said(row.at, row.nick, row.text, row.account, row.action, row.kind == LineKind.OWN)
        for row in rows
    ]
