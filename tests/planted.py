"""Rows of every table about somebody: their own, those of others that name them, and texts."""

import json
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from typing import Any, get_args

from sqlalchemy import inspect

from gsocbot.rules.ideas import IdeaText
from gsocbot.rules.personal import HOLDS
from gsocbot.store import outbox, search
from gsocbot.store.audit import TABLES
from gsocbot.store.books import Books, Deed
from gsocbot.store.tables import Table

NETWORK = "net"
NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
APART = frozenset({"season", "phase", "outbox", "audit", "erasure"})
"""Tables that hold nothing of people, and those that are filled below."""
SAID = frozenset({"letter-old", "channel"})
NAMED = frozenset({"all", "open", "who", "write", "deed", "offer", "absence", "agreed"})
"""Lines that were said, and those of them in which every word that is a name is one."""
PLAIN: dict[str, Any] = {"zone": "UTC", "weekday": 1, "minutes": 60, "channel": "#gsoc"}
"""Values that the bot reads."""
UNNOTED = frozenset({"line", "faqcount", "checkin", "ballotbox", "ballot"})
"""Of which no audit is kept."""


def plant(
    books: Books,
    season: str,
    account: str,
    number: int,
    *,
    nick: str = "",
    network: str = NETWORK,
    at: datetime = NOW,
    about: str = "",
) -> None:
    """Put somebody into every table; `number` is nobody else's, `about` are people's words."""
    nick = nick or account
    deed = Deed(f"deed-{number}", at, season, network, account, "private", f"!plant {nick} {at}")
    others = Deed(f"other-{number}", at, season, network, "boss", "#gsoc", f"!set {nick} 1")
    about = (
        about
        or f"{nick} asked, {nick[0]}·{nick[1:]} said so; cc @{account} and {nick}_: (/~{nick}/x)"
    )
    by: dict[str, Any] = {"season": season, "network": network, "at": at, "nick": nick}
    made: dict[str, int] = {}
    for name in (*("idea", "officesession"), *HOLDS):
        if name in APART or name in made:
            continue
        holds = HOLDS[name]
        wholes = [account] if not holds.own or not holds.named else [account, f"student{number}"]
        for turn, whose in enumerate(wholes):
            own = "boss" if turn else account
            values = _values(TABLES[name], number * 10 + turn, by, made)
            values |= dict.fromkeys(holds.named, account) | dict.fromkeys(holds.texts, about)
            values |= dict.fromkeys(holds.lists, f"{account}\nboss{number}")
            values |= dict.fromkeys(holds.nicks, nick if not turn else "other")
            if holds.own:
                values[holds.own] = whose
            for column in holds.data:
                values[column] = json.dumps({"mentors": [account], "title": about})
            if holds.looked_up:
                values[holds.looked_up] = f"https://example.org/~{nick}/{number}"
            if name == "idea":
                values["slug"] = f"as-{nick}-said-{number}"
                values |= search.words(IdeaText(title=about, slug="x", summary=nick))
            row = TABLES[name](**values)
            if name in UNNOTED:
                books.session.add(row)
                books.session.flush()
            else:
                books.add(deed if own == account else others, row, f"@{account} was there")
            made.setdefault(name, getattr(row, "id", 0) or 0)
    _outbox(books, season, network, account, nick, number, about)


def _outbox(
    books: Books, season: str, network: str, account: str, nick: str, number: int, about: str
) -> None:
    for what, target, topic, facts in (
        ("to", f"@{account}", "answer", {"nick": nick, "text": about}),
        ("nick", f"~{nick}", "answer", {"text": about}),
        ("letter", "@boss", "student_late", {"who": account}),
        ("letter-old", "@boss", "student_late", {"who": account}),
        ("mention", "@boss", "question", {"nick": nick, "text": about, "number": number}),
        ("channel", "#gsoc", "question", {"text": about}),
        ("all", "#gsoc", "projects_announced", {"projects": [f"{account} (1 x)", "zo (2 y)"]}),
        ("open", "@boss", "student_eval_open", {"open": [[account, "zo", ""], ["zo", "b", ""]]}),
        ("who", "@boss", "student_eval_who", {"choices": [["zo", "b", account]]}),
        ("write", "@boss", "student_eval_write", {"own": [account], "for_others": [["z", "b"]]}),
        ("deed", "@boss", "student_eval_named", {"student": account, "by": "boss"}),
        ("offer", "@boss", "mentor_offer", {"account": account, "slug": "x"}),
        ("absence", "@boss", "mentor_away", {"account": account, "backup": "b"}),
        ("agreed", "@boss", "backup_agreed", {"account": "b", "backup": account}),
    ):
        key = f"{season}:{number}:{what}:{network}:{target}"
        occasion = f"{NOW.isoformat()}:{number}"
        key = {
            "deed": f"{season}:deed:{number}:{topic}:{network}:{account}:{target}",
            "offer": f"{season}:offer:{number}:{network}:{account}:{occasion}:{network}:{target}",
            "absence": f"{season}:absence:{network}:{account}:{occasion}:{topic}::{network}:x",
            "agreed": f"{season}:absence:{network}:b:{occasion}:{topic}:{account}:{network}:@b",
        }.get(what, key)
        line = outbox.row(
            key=key,
            season=season,
            place=(network, target),
            topic=topic,
            facts=json.dumps({"at": NOW.isoformat(), **facts}),
            due=NOW + timedelta(days=900),
            expires=NOW + timedelta(days=901),
        )
        if what in SAID:
            line |= {"state": "sent", "text": f"{about}: said", "owner": "x"}
        if what in NAMED:
            line |= {"state": "sent", "text": f"zo and {account} (1 x): said", "owner": "x"}
        outbox.plan(books, [line])


def _values(
    table: type[Table], number: int, by: dict[str, Any], made: dict[str, int]
) -> dict[str, Any]:
    """What a row needs, as long as it is of nobody."""
    found: dict[str, Any] = {}
    for name, field in table.model_fields.items():
        if name in by:
            found[name] = by[name]
        elif name in PLAIN:
            found[name] = PLAIN[name]
        elif name == "id":
            continue
        elif (whole := _referred(table, name)) in made:
            found[name] = made[whole]
        elif not field.is_required() and name not in {"day", "number", "ended_at", "since"}:
            continue
        else:
            found[name] = _value(field.annotation, number)
    return found


def _referred(table: type[Table], column: str) -> str:
    """The table to whose rows a column refers; a line's session is an office hour."""
    if column == "session":
        return "officesession"
    return next((key.column.table.name for key in inspect(table).columns[column].foreign_keys), "")


def _value(annotation: Any, number: int) -> Any:
    kinds = [kind for kind in (get_args(annotation) or [annotation]) if kind is not type(None)]
    values: dict[type, Any] = {
        int: number,
        bool: True,
        datetime: NOW + timedelta(minutes=number),
        date: date(2020, 1, 1) + timedelta(days=number),
        time: time(10),
    }
    if issubclass(kinds[0], Enum):
        return next(iter(kinds[0]))
    return values.get(kinds[0], f"x{number}")


def dump(books: Books) -> dict[str, list[str]]:
    """All rows of all tables as texts."""
    tables = Table.metadata.tables
    return {
        name: sorted(repr(tuple(row)) for row in books.rows(table.select()))
        for name, table in tables.items()
    }
