"""A season in which every private field holds a value that is known again wherever it turns up."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import Text, inspect

from gsocbot.rules.roles import Role
from gsocbot.store.audit import TABLES
from gsocbot.store.books import Books
from gsocbot.store.hackathon_tables import Hackathon, Poll
from gsocbot.store.private import tables as private
from gsocbot.store.tables import (
    Grant,
    Idea,
    IdeaMentor,
    Interest,
    Person,
    Question,
    Reminder,
    Season,
    Table,
)
from tests.conversation import NETWORK, Stage, stage

KEY = "test"
MARK = "zqx"
MID = datetime.fromisoformat("2026-06-24T10:00:00+00:00")
"""In the middle of the coding weeks of the small season."""
ZONE = "Asia/Kathmandu"
MENTORS = {"mira": 1, "tomas": 1, "hauke": 1, "ines": 2}
"""Who mentors which idea; of priya's own, hauke mentors the idea and not her."""

EVERYBODY_MAY = {("student", "blog"), ("report", "did"), ("report", "next"), ("report", "stuck"),
                 ("report", "link")}  # fmt: skip
"""What is public of a student who was announced."""
KNOWN = {
    "season": KEY,
    "network": NETWORK,
    "account": "priya",
    "mentor": "mira",
    "backup": "tomas",
    "author": "tomas",
    "submitted_by": "tomas",
    "by": "mira",
    "which": "midterm",
    "checklist": "coding",
    "item": "repository",
    "zone": ZONE,
    "channel": "",
}
"""Columns that cannot be just any word."""


def mark(table: type[Table], column: str) -> str:
    """The value of a private text."""
    return f"{MARK}{table.__tablename__}{column}"


def marks(*, beside: set[tuple[str, str]] = EVERYBODY_MAY) -> set[str]:
    """All that must not turn up, in small letters: private texts, and accounts of people."""
    texts = {
        mark(table, column.key)
        for table in _private()
        for column in inspect(table).columns
        if _is_free(column.key, column.type)
        and (str(table.__tablename__), column.key) not in beside
    }
    return (
        texts
        | {f"{MARK}{who}" for who in ("ended", "applicant", "interested", "asker")}
        | {ZONE.lower()}
    )


def filled(*, announced: bool = True) -> Iterator[Stage]:
    """The bot, with somebody's every private field filled; unannounced, she is but a draft."""
    on = stage(now=MID)
    with on.store.transaction(writing=True) as books:
        season = books.session.get(Season, KEY)
        assert season is not None
        season.announced_at = MID - timedelta(days=50) if announced else None
        ideas = {idea.number: idea for idea in books.every(Idea, season=KEY)}
        for account, number in MENTORS.items():
            books.session.add(_grant(account, Role.MENTOR))
            position = 10 + list(MENTORS).index(account)
            books.session.add(
                IdeaMentor(idea=ideas[number].id, position=position, season=KEY, name=account)
            )
        books.session.add(_grant("odile", Role.ORGANISER))
        who = "priya" if announced else f"{MARK}draft"
        made = _surroundings(books)
        for table in _private():
            # A proposal's mentors know whose it is, also of somebody who is a draft.
            whose = "priya" if table is private.Proposal else who
            books.session.add(_row(table, ideas[1], whose, made))
        for account, number, mentor in (("sofia", 2, "ines"), (f"{MARK}ended", 1, "mira")):
            row = _row(private.Student, ideas[number], account)
            row.mentor, row.backup, row.blog, row.meeting = mentor, "", "", ""
            row.ended_at = MID - timedelta(days=3) if account.endswith("ended") else None
            if announced or account == "sofia":
                books.session.add(row)
        _others(books, ideas[1])
    on.tick(MID)
    yield on
    on.store.close()


def _surroundings(books: Books) -> dict[str, int | None]:
    """What rows of private tables refer to: a hackathon that is on, and a poll that runs."""
    by = {"season": KEY, "network": NETWORK, "account": "odile", "at": MID}
    hack = Hackathon(slug="midsummer", name="Midsummer", first=MID.date(), last=MID.date(),
                     zone="UTC", **by)  # fmt: skip
    poll = Poll(number=900, question="Where next?", options='["here", "there"]',
                until=MID + timedelta(days=90), **by)  # fmt: skip
    books.session.add_all([hack, poll])
    books.session.flush()
    return {"hackathon": hack.id, "poll": poll.id}


def _others(books: Books, idea: Idea) -> None:
    applicant = Person(season=KEY, network=NETWORK, account=f"{MARK}applicant", applicant_at=MID)
    books.session.add(applicant)
    for number in range(2):
        books.session.add(
            Interest(
                idea=idea.id,
                season=KEY,
                network=NETWORK,
                account=f"{MARK}interested{number}",
                at=MID,
            )
        )
    books.session.add(
        Question(season=KEY, number=900, network=NETWORK, asker=f"{MARK}asker", nick=f"{MARK}asker",
                 text="which kernel is it?", at=MID)
    )  # fmt: skip


def _grant(account: str, role: Role) -> Grant:
    return Grant(season=KEY, network=NETWORK, account=account, role=role)


def _private() -> list[type[Table]]:
    """The tables of what is private, and what people keep for themselves."""
    of_package = [t for t in TABLES.values() if t.__module__ == private.__name__]
    return [*(t for t in of_package if t is not private.Erasure), Person, Reminder]


def _is_free(name: str, kind: object) -> bool:
    text = isinstance(kind, Text) or "String" in type(kind).__name__
    return text and name not in KNOWN


def _row(
    table: type[Table],  # type: ignore[valid-type]
    idea: Idea,
    who: str,
    made: Mapping[str, int | None] | None = None,
) -> Table:
    values: dict[str, object] = {}
    for column in inspect(table).columns:
        name = column.key
        if name == "id":
            continue
        if name == "idea":
            values[name] = idea.id
        elif made is not None and name in made:
            values[name] = made[name]
        elif name == "account":
            values[name] = who
        elif name in KNOWN:
            values[name] = KNOWN[name]
        elif _is_free(name, column.type):
            values[name] = _as_link(name, mark(table, name))
        else:
            values[name] = OTHER[name] if name in OTHER else _plain(column.type)
    if table is private.CheckIn:
        values["since"] = MID  # a moment, where absences have a day
    return table(**values)


OTHER: dict[str, object] = {
    "ended_at": None,
    "quiet_from": None,
    "quiet_until": None,
    "pm": True,
    "public": False,
    "week": 3,
    "number": 77,
    "until": MID + timedelta(days=2),
    "since": date(2026, 6, 20),
}


def _plain(kind: object) -> object:
    """A value of a column that no text is in."""
    for name, value in (("DateTime", MID), ("Date", MID.date()), ("Time", MID.time()),
                        ("Boolean", True), ("Integer", 1)):  # fmt: skip
        if name in type(kind).__name__:
            return value
    raise TypeError(kind)


def _as_link(name: str, text: str) -> str:
    return f"https://{text}.example/" if name in {"url", "link", "blog"} else text


def everything(on: Stage) -> dict[str, list[str]]:
    """All rows of all tables that somebody's words could change."""
    with on.store.transaction(writing=False) as books:
        return {
            name: [repr(row) for row in books.every(table)]
            for name, table in TABLES.items()
            if name not in {"faqcount", "season"}
        }
