"""What is personal of a season that was closed long ago goes; people are told before."""

import json
import secrets
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import and_, delete, func, or_, select, update
from sqlmodel import select as wanted

from gsocbot.rules.outbox import OutboxState
from gsocbot.rules.personal import GONE, HOLDS
from gsocbot.rules.privacy import Data, Subject
from gsocbot.rules.retention import AHEAD, COUNTED, ENDING, NOTICE, PERSONAL, TOLD, ends_at, told_at
from gsocbot.store import outbox, people
from gsocbot.store.audit import TABLES
from gsocbot.store.books import Books, Deed
from gsocbot.store.private.letters import letter, viewer
from gsocbot.store.tables import Season
from gsocbot.store.tables import Table as Tables

TOPIC = "student_purge"
_TABLES = Tables.metadata.tables
_IN_FLIGHT = (OutboxState.CLAIMED, OutboxState.WRITTEN)


def tend(books: Books, season: str, keep_days: int, now: datetime) -> None:
    """Tell people of a closed season what will be deleted, and delete it when its time is over.

    It looks a day ahead, so it is enough where the season is planned anew.
    """
    row = books.session.get(Season, season)
    if row is None or row.closed_at is None:
        return
    end = ends_at(row.closed_at, keep_days)
    if now >= end:
        if left(books, season):
            _purge(books, season, now)
        _forget_ended(books, season, now)
    elif now >= end - NOTICE - AHEAD:
        _plan(books, row, end, now)


def left(books: Books, season: str) -> int:
    """How much that is personal a season still has."""
    theirs = {name: _TABLES[name].c.season == season for name in PERSONAL}
    theirs |= {name: _is_named(season, name) for name in COUNTED}
    counts = (
        select(func.count()).select_from(_TABLES[name]).where(which).scalar_subquery()
        for name, which in theirs.items()
    )
    return sum(books.rows(select(*counts)).one())


def _plan(books: Books, season: Season, end: datetime, now: datetime) -> None:
    rows: list[dict[str, Any]] = []
    for network, account in sorted(_people(books, season.key)):
        due = told_at(end, people.settings(books, season.key, network, account).tz)
        if due <= now + AHEAD:
            line = letter(
                season.key,
                TOPIC,
                end.isoformat(),
                viewer(books, season.key, network, account),
                Data.RECORD,
                Subject(network, account),
                {"season": season.title or season.key},
                at=end,
                due=due.astimezone(UTC),
                expires=end,
            )
            rows.append(line)
    outbox.forget(books, season.key, None, {TOPIC}, {line["key"] for line in rows})
    outbox.plan(books, rows)


def _people(books: Books, season: str) -> set[tuple[str, str]]:
    found: set[tuple[str, str]] = set()
    for name in (*PERSONAL, *COUNTED):
        columns = _TABLES[name].c
        own = columns[HOLDS[name].own or "account"]
        here = select(columns.network, own).distinct().where(columns.season == season)
        found |= {(network, who) for network, who in books.rows(here) if who[:1] not in "~("}
    return found


def _is_named(season: str, table: str) -> Any:
    columns = _TABLES[table].c
    return and_(columns.season == season, ~columns.account.startswith(GONE))


def _purge(books: Books, season: str, now: datetime) -> None:
    audit, lines = _TABLES["audit"].c, _TABLES["outbox"].c
    books.flush()
    for name in PERSONAL:
        table = _TABLES[name]
        books.connection.execute(delete(table).where(table.c.season == season))
    _without_words(books, and_(audit.season == season, audit.table_name.in_(PERSONAL)))
    to_people = or_(lines.target.startswith("@"), lines.target.startswith("~"))
    about = or_(to_people, *(lines.topic.startswith(topic, autoescape=True) for topic in TOLD))
    said = delete(_TABLES["outbox"]).where(lines.season == season, about)
    books.connection.execute(said.where(lines.state.not_in(_IN_FLIGHT)))
    books.session.expire_all()
    for name in COUNTED:
        for row in books.session.exec(wanted(TABLES[name]).where(_is_named(season, name))).all():
            whose = Deed(
                secrets.token_hex(8), now, season, row.network, "(clock)", "-", "time is up"
            )
            books.change(whose, row, **_nobody(name, row.id))
        _without_names(books, season, name)


def _nobody(table: str, number: int | None) -> dict[str, Any]:
    """What stands in a row where somebody's name was."""
    return {"account": f"{GONE} {number}", **COUNTED[table]}


def _forget_ended(books: Books, season: str, now: datetime) -> None:
    """Of addresses and codes that are good no more stays only that they were given."""
    audit = _TABLES["audit"].c
    for name in ENDING:
        table = _TABLES[name]
        of_season = table.c.season == season
        good = select(table.c.id).where(of_season, table.c.until > now).limit(1)
        if books.rows(good).first() is None:
            books.connection.execute(delete(table).where(of_season))
            noted = or_(audit.before.is_not(None), audit.after.is_not(None))
            _without_words(books, and_(audit.season == season, audit.table_name == name, noted))


def _without_words(books: Books, which: Any) -> None:
    """Of what was done to rows that are gone, only that it was done is left."""
    table = _TABLES["audit"]
    books.connection.execute(
        update(table).where(which).values(before=None, after=None, account=GONE, undo="")
    )
    for number, what in books.rows(select(table.c.id, table.c.what).where(which)).all():
        short = what.split(" ")[0]
        if short != what:
            books.connection.execute(update(table).where(table.c.id == number).values(what=short))


def _without_names(books: Books, season: str, name: str) -> None:
    """What was noted of rows that are counted says no more than they say now."""
    table = _TABLES["audit"]
    which = and_(table.c.season == season, table.c.table_name == name)
    for row in books.rows(select(table).where(which)).all():
        number = json.loads(row.row_key)[0]
        noted = {
            side: json.dumps(
                json.loads(value) | _nobody(name, number), sort_keys=True, ensure_ascii=False
            )
            for side in ("before", "after")
            if (value := getattr(row, side)) is not None
        }
        changed = update(table).where(table.c.id == row.id)
        what = row.what.split(" ")[0]
        books.connection.execute(changed.values(**noted, account=GONE, what=what, undo=""))
