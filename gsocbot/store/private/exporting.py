"""Everything that is kept of somebody, as JSON, at an address that nobody can guess."""

import json
import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Table, and_, func, or_, select
from sqlmodel import col
from sqlmodel import select as wanted

from gsocbot.rules.personal import HOLDS, Holds
from gsocbot.rules.privacy import Subject, Viewer, is_letter
from gsocbot.store.books import Books, Deed
from gsocbot.store.private.erasing import may_know
from gsocbot.store.private.tables import Export
from gsocbot.store.tables import OfficeSession
from gsocbot.store.tables import Table as Tables

LASTS = timedelta(hours=1)
TOKEN_BYTES = 16
FOLDER = "x"
"""Of the pages; nothing links to it."""

_TABLES = Tables.metadata.tables
_APART = frozenset({"outbox", "audit"})
_PUBLIC = frozenset(
    {
        "idea",
        "ideamentor",
        "deadline",
        "officesession",
        "line",
        "question",
        "faqentry",
        "actionitem",
    }
)
"""Tables of which a row of others that names somebody may be read by them whole."""


def path(token: str) -> str:
    """Where a file is, seen from the root of the pages."""
    return f"{FOLDER}/{token}.json"


def give(books: Books, deed: Deed, season: str, network: str, account: str) -> str:
    """Give somebody's data an address for an hour, in the place of an earlier one."""
    for row in books.every(Export, network=network, account=account):
        books.remove(deed, row)
    token = secrets.token_hex(TOKEN_BYTES)
    until = deed.at + LASTS
    row = Export(
        season=season, network=network, account=account, token=token, at=deed.at, until=until
    )
    books.add(deed, row)
    return token


def end(books: Books, now: datetime) -> None:
    """Forget the addresses whose hour is over; one that is further off comes of a clock set back.

    The pages that are made after this do not have them any more.
    """
    late = or_(col(Export.until) <= now, col(Export.until) > now + LASTS)
    for row in books.session.exec(wanted(Export).where(late)).all():
        deed = Deed(
            secrets.token_hex(8), now, row.season, row.network, "(clock)", "-", "time is up"
        )
        books.remove(deed, row)


def files(books: Books, now: datetime) -> dict[str, bytes]:
    """The files of all addresses that are good now, by their paths."""
    table = _TABLES["export"]
    good = and_(table.c.until > now, table.c.until <= now + LASTS)
    found = {
        path(row.token): as_json(
            everything(books, Viewer(row.network, row.account), row.network, row.account, now)
        )
        for row in books.rows(select(table).where(good)).all()
    }
    if found:
        found[f"{FOLDER}/index.html"] = b""  # a server that lists folders has nothing to list
    return found


def as_json(data: dict[str, Any]) -> bytes:
    """What is handed out."""
    return (json.dumps(data, ensure_ascii=False, indent=1, default=str) + "\n").encode()


def everything(
    books: Books, viewer: Viewer, network: str, account: str, now: datetime
) -> dict[str, Any]:
    """All that is kept of somebody, as far as the viewer may know of it.

    Of rows about others that name them there is what names them; what is the others' is not here.
    """
    found: dict[str, Any] = {
        "account": account,
        "network": network,
        "made_at": now.isoformat(),
        "about": "Rows of the tables of gsocbot. `own` are yours, `named` name you.",
        "tables": {},
    }
    for name, holds in HOLDS.items():
        if name in _APART:
            continue
        own = list(_own(books, viewer, _TABLES[name], holds, network, account))
        named = list(_named(books, viewer, _TABLES[name], holds, network, account))
        if own or named:
            found["tables"][name] = {"own": own, "named": named}
    found["told"] = list(_told(books, network, account))
    found["done"] = list(_done(books, network, account))
    return found


def _own(
    books: Books, viewer: Viewer, table: Table, holds: Holds, network: str, account: str
) -> Iterator[dict[str, Any]]:
    names = ("account", "asker", "owner")
    by = holds.own or next((name for name in names if name in holds.named), "")
    if not by or by == "word":
        return
    for row in _of(books, table, network, func.lower(table.c[by]) == account):
        season = str(row["season"])
        if may_know(books, viewer, table.name, season, Subject(network, account)):
            yield row


def _named(
    books: Books, viewer: Viewer, table: Table, holds: Holds, network: str, account: str
) -> Iterator[dict[str, Any]]:
    columns = [name for name in holds.named if name not in {"account", "asker", "owner"}]
    wanted = [func.lower(table.c[name]) == account for name in columns]
    wanted += [table.c[name].icontains(account, autoescape=True) for name in holds.lists]
    if not wanted:
        return
    for row in _of(books, table, network, or_(*wanted)):
        if holds.own and row[holds.own] == account:
            continue
        lists = [n for n in holds.lists if account in str(row[n]).lower().split("\n")]
        theirs = [n for n in columns if str(row[n]).lower() == account] + lists
        if not theirs or not _may_know_of(books, viewer, table.name, row):
            continue
        others = {*holds.named, *holds.nicks, *holds.lists, holds.own} - set(theirs)
        if table.name in _PUBLIC:
            yield {n: v for n, v in row.items() if n not in others}
        else:
            yield {n: row[n] for n in ("id", "season", "at", *theirs) if n in row}


def _may_know_of(books: Books, viewer: Viewer, name: str, row: dict[str, Any]) -> bool:
    """Whether they may know of somebody else's row that names them: of a draft nobody does."""
    about = Subject(
        str(row.get("network", "")),
        str(row.get("account", "")),
        mentors=frozenset({viewer.account or ""}),
        authors=frozenset({viewer.account or ""}),
    )
    return name != "student" or may_know(books, viewer, name, str(row["season"]), about)


def _of(books: Books, table: Table, network: str, wanted: Any) -> list[dict[str, Any]]:
    if "network" in table.c:
        wanted = and_(table.c.network == network, wanted)
    if table.name == "line":
        here = select(col(OfficeSession.id)).where(col(OfficeSession.network) == network)
        wanted = and_(table.c.session.in_(here), wanted)
    rows = books.rows(select(table).where(wanted).order_by(*table.primary_key)).all()
    return [dict(row._mapping) for row in rows]


def _told(books: Books, network: str, account: str) -> Iterator[dict[str, Any]]:
    """What was said to them alone, or is to be; of letters about others only that there was one."""
    table = _TABLES["outbox"]
    to_them = and_(table.c.network == network, func.lower(table.c.target) == f"@{account}")
    for row in books.rows(select(table).where(to_them).order_by(table.c.id)).all():
        shown = {n: getattr(row, n) for n in ("season", "topic", "due", "state", "sent_at")}
        about = json.loads(row.payload).get("who", account) if is_letter(row.topic) else account
        yield shown | ({"text": row.text} if about == account else {})


def _done(books: Books, network: str, account: str) -> Iterator[dict[str, Any]]:
    """What they have changed, in their words."""
    table = _TABLES["audit"]
    by_them = and_(table.c.network == network, table.c.account == account)
    wanted = (table.c.at, table.c.season, table.c.place, table.c.what, table.c.table_name)
    for row in books.rows(select(*wanted).where(by_them).order_by(table.c.id)).all():
        yield dict(row._mapping)
