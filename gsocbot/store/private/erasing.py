"""Forgetting somebody: every table is gone through, by what its columns hold of people."""

import json
import secrets
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from hashlib import blake2b
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, delete, func, or_, select, true, update
from sqlmodel import col

from gsocbot.rules.forgetting import Forgotten
from gsocbot.rules.outbox import OutboxState
from gsocbot.rules.personal import GONE, HOLDS, NOBODY, Holds
from gsocbot.rules.privacy import Data, Subject, Viewer, is_letter, may_see
from gsocbot.store.books import Books, Deed
from gsocbot.store.private import ballots, students
from gsocbot.store.private.tables import Erasure
from gsocbot.store.tables import Line, OfficeSession
from gsocbot.store.tables import Table as Tables

SALT_BYTES = 16
REPLAYED = "forget again"
SHELL = "-"
"""The network of what is done on the command line, or by a folder."""
_TABLES = Tables.metadata.tables
_APART = frozenset({"outbox", "audit"})


def who(
    books: Books, network: str, account: str, known: Collection[tuple[str, str]] = ()
) -> Forgotten:
    """Somebody with the nicks that are theirs: used by them, and by nobody else with an account.

    `known` is everybody, where that was asked for already.
    """
    line, session = _TABLES["line"].c, _TABLES["officesession"].c
    of = select(line.nick, line.account).distinct().join_from(line.id.table, session.id.table)
    wearers = [of.where(session.network == network, line.account.is_not(None))]
    for name, holds in HOLDS.items():
        columns = _TABLES[name].c
        for nick, by in holds.nicks.items() if "network" in columns else ():
            worn = select(columns[nick], columns[by]).distinct()
            wearers.append(worn.where(columns.network == network, ~columns[by].startswith("~")))
    pairs = [(nick.lower(), whose) for rows in map(books.rows, wearers) for nick, whose in rows]
    others = {nick for nick, whose in pairs if whose not in {account, GONE, NOBODY}}
    others |= {name for place, name in known or accounts(books) if place == network}
    theirs = {nick for nick, whose in pairs if whose == account and nick}
    return Forgotten(network, account, frozenset((theirs - others - {GONE}) | {account}))


def accounts(books: Books) -> set[tuple[str, str]]:
    """Everybody of whom anything is kept, as (network, account)."""
    networks = {row[0] for row in books.rows(select(_TABLES["audit"].c.network).distinct())}
    found: set[tuple[str, str]] = set()
    for name, holds in HOLDS.items():
        columns = _TABLES[name].c
        for column in _naming(holds, name):
            values = select(columns[column]).distinct()
            if "network" in columns:
                rows = books.rows(values.add_columns(columns.network))
                found |= {(network, value.lower()) for value, network in rows if value}
            else:
                rows = books.rows(values)
                found |= {(n, row[0].lower()) for row in rows if row[0] for n in networks}
    return {(network, value) for network, value in found if value[0] not in "~("}


def count(books: Books, viewer: Viewer, network: str, account: str) -> Counter[str]:
    """How many rows of each table are somebody's own, as far as the viewer may know of them."""
    found: Counter[str] = Counter()
    subject = Subject(network, account)
    for name, holds in HOLDS.items():
        table = _TABLES[name]
        if holds.own not in {"account", "asker"}:
            continue
        own = and_(table.c.network == network, func.lower(table.c[holds.own]) == account)
        for (season,) in books.rows(select(table.c.season).where(own)):
            if may_know(books, viewer, name, season, subject):
                found[name] += 1
    return found


_DATA = {
    "student": Data.PROJECT,
    "evaluation": Data.EVALUATION,
    "givenlist": Data.CHECKLIST,
    "checkeditem": Data.CHECKLIST,
    "itemnote": Data.CHECKLIST,
    "report": Data.REPORT,
    "reportskip": Data.RECORD,
    "proposal": Data.PROPOSAL,
}
"""What a row of these is, to who may see it; drafts of students are organisers' until announced."""


def may_know(books: Books, viewer: Viewer, table: str, season: str, subject: Subject) -> bool:
    """Whether a viewer may know of somebody's row."""
    data = _DATA.get(table)
    if data is None:
        return True
    if data is Data.PROJECT and not students.is_announced(books, season):
        data = Data.DRAFT
    return may_see(viewer, data, subject)


def in_folders(books: Books, account: str) -> list[int]:
    """The ideas that come from files in which somebody is named as a mentor, by their numbers."""
    idea, mentor = _TABLES["idea"], _TABLES["ideamentor"]
    found = select(idea.c.number).join(mentor, mentor.c.idea == idea.c.id)
    named = found.where(func.lower(mentor.c.name) == account, idea.c.in_folder.is_(True))
    return sorted(set(books.rows(named).scalars()))


# --- forgetting


def forget(
    books: Books,
    network: str,
    account: str,
    now: datetime,
    what: str,
    digest: str = "",
    known: Collection[tuple[str, str]] = (),
) -> str:
    """Forget somebody everywhere; gives the digest by which that is known of an older backup."""
    person = who(books, network, account, known)
    books.flush()
    for name in HOLDS:
        if name not in _APART:
            _forget_in(books, person, _TABLES[name])
    ballots.forget(books, network, account)
    _forget_in_outbox(books, person)
    _forget_in_audit(books, person)
    books.session.expire_all()
    digest = digest or digest_of(network, account, secrets.token_hex(SALT_BYTES))
    if digest not in digests(books):
        deed = Deed(secrets.token_hex(8), now, None, network, GONE, "private", what)
        books.add(deed, Erasure(digest=digest, at=now))
    return digest


def digest_of(network: str, account: str, salt: str) -> str:
    """What is kept of somebody who is forgotten: it tells nobody who they were."""
    hashed = blake2b(f"{network}\n{account}".encode(), salt=bytes.fromhex(salt), digest_size=32)
    return f"{salt}:{hashed.hexdigest()}"


def those(digests: Iterable[str], known: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
    """Whom of those that are known some digests mean."""
    salts = {digest: digest.partition(":")[0] for digest in digests}
    return {
        (network, account)
        for digest, salt in salts.items()
        for network, account in known
        if digest_of(network, account, salt) == digest
    }


def digests(books: Books) -> dict[str, datetime]:
    """Of everybody who was forgotten, with the moment."""
    table = _TABLES["erasure"].c
    found = books.rows(select(table.digest, table.at)).all()
    return {row.digest: row.at for row in found}


def replay(books: Books, missing: Iterable[str], now: datetime) -> int:
    """Forget again whom this store, restored from an older backup, does not know as forgotten."""
    again = 0
    known = sorted(accounts(books))
    for digest in missing:
        for network, account in those([digest], known):
            forget(books, network, account, now, REPLAYED, digest, known)
            again += 1
        if digest not in digests(books):
            deed = Deed(secrets.token_hex(8), now, None, SHELL, GONE, "shell", REPLAYED)
            books.add(deed, Erasure(digest=digest, at=now))
    return again


def _forget_in(books: Books, person: Forgotten, table: Table) -> None:
    holds = HOLDS[table.name]
    key = list(table.primary_key)
    for row in _rows(books, person, table, _suspects(person, table, holds)):
        is_key = and_(*(column == row[column.name] for column in key))
        left = person.left_of(table.name, row)
        if left is None:
            books.connection.execute(delete(table).where(is_key))
        elif changed := {n: value for n, value in left.items() if value != row[n]}:
            books.connection.execute(update(table).where(is_key).values(**changed))


def _rows(
    books: Books, person: Forgotten, table: Table, wanted: ColumnElement[bool]
) -> list[dict[str, Any]]:
    if "network" in table.c and table.name not in _APART:
        wanted = and_(table.c.network == person.network, wanted)
    if table.name == "line":
        here = select(col(OfficeSession.id)).where(col(OfficeSession.network) == person.network)
        wanted = and_(col(Line.session).in_(here), wanted)
    return [dict(row._mapping) for row in books.rows(select(table).where(wanted))]


def _suspects(person: Forgotten, table: Table, holds: Holds) -> ColumnElement[bool]:
    """The rows in which somebody may be named."""
    names = [person.account, *person.names, *(f"~{name}" for name in person.names)]
    exact = [*filter(None, [holds.own]), *holds.named, *holds.nicks]
    inside = [*holds.lists, *holds.texts, *holds.sentences, *holds.data, *holds.terms, *holds.slugs]
    inside += filter(None, [holds.looked_up])
    if table.name in _APART:
        inside += [name for name in holds.apart if name != "account"]
        exact += [name for name in holds.apart if name == "account"]
    wanted: list[ColumnElement[bool]] = [func.lower(table.c[n]).in_(names) for n in exact]
    wanted += [_has_any(table.c[n], person) for n in inside]
    return or_(*wanted) if wanted else ~true()


def _has_any(column: ColumnElement[Any], person: Forgotten) -> ColumnElement[bool]:
    needles = person.needles
    if needles is None:
        return column.is_not(None)
    return or_(*(column.ilike(needle) for needle in needles))


def _forget_in_outbox(books: Books, person: Forgotten) -> None:
    table = _TABLES["outbox"]
    places = {f"@{person.account}", *(f"~{name}" for name in person.names)}
    ours = table.c.network == person.network
    to_them = and_(ours, func.lower(table.c.target).in_(places))
    books.connection.execute(delete(table).where(to_them))
    suspects = _suspects(person, table, HOLDS["outbox"])
    for row in _rows(books, person, table, and_(ours, suspects)):
        is_about = person.is_in_key(row["key"])
        if is_letter(row["topic"]):
            is_about |= person.is_one(json.loads(row["payload"]).get("who"))
        is_row = table.c.id == row["id"]
        if is_about and row["state"] == OutboxState.DUE:
            books.connection.execute(delete(table).where(is_row))
            continue
        left = {
            "key": f"{row['season']}:{GONE}:{row['id']}" if is_about else row["key"],
            "payload": person.out_of_data(row["payload"], as_ascii=True),
            "text": person.out_of_said(row["topic"], row["text"], is_about=is_about),
            "why": person.out_of(row["why"]),
        }
        changed = {name: value for name, value in left.items() if value != row[name]}
        if changed:
            books.connection.execute(update(table).where(is_row).values(**changed))


def _forget_in_audit(books: Books, person: Forgotten) -> None:
    """Their own deeds lose their words, and what was noted of rows is what is left of the rows."""
    table = _TABLES["audit"]
    for row in _rows(books, person, table, _suspects(person, table, HOLDS["audit"])):
        is_own = row["network"] == person.network and person.is_one(row["account"])
        left = {
            "account": GONE if is_own else row["account"],
            "before": _noted(person, row["table_name"], row["before"]),
            "after": _noted(person, row["table_name"], row["after"]),
        }
        if is_own:
            left |= {"what": row["what"].split(" ")[0], "undo": ""}
        elif row["network"] in {person.network, SHELL}:
            left |= {name: person.out_of_sentence(row[name]) for name in ("what", "undo")}
        changed = {name: value for name, value in left.items() if value != row[name]}
        if changed:
            is_row = table.c.id == row["id"]
            books.connection.execute(update(table).where(is_row).values(**changed))


def _noted(person: Forgotten, table: str, noted: str | None) -> str | None:
    """What the audit keeps of a row, as `books.snapshot` writes it."""
    if noted is None or table not in HOLDS:
        return noted
    left = person.left_of(table, json.loads(noted))
    return None if left is None else json.dumps(left, sort_keys=True, ensure_ascii=False)


def _naming(holds: Holds, table: str) -> Iterator[str]:
    """The columns that hold an account."""
    if table == "audit":
        yield "account"
    if holds.own in {"account", "asker"}:
        yield holds.own
    yield from holds.named
