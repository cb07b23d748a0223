"""Who was heard on which day of a hackathon: a write for each person and day, and no audit."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import bindparam, update
from sqlalchemy import select as columns
from sqlmodel import col

from gsocbot.rules.hackathon import Days
from gsocbot.store.books import Books
from gsocbot.store.hackathon_tables import Hackathon, Hacker

_DAYS = columns(
    col(Hackathon.id), col(Hackathon.first), col(Hackathon.last), col(Hackathon.zone)
).where(col(Hackathon.season) == bindparam("of_season"))
_PEOPLE = columns(
    col(Hacker.id), col(Hacker.network), col(Hacker.account), col(Hacker.seen_on)
).where(col(Hacker.hackathon) == bindparam("of_hackathon"))
_SEEN = update(Hacker).where(col(Hacker.id) == bindparam("of_id")).values(seen_on=bindparam("day"))


def keep(books: Books, season: str, heard: Mapping[tuple[str, str], datetime]) -> None:
    """Note those of them who take part in a hackathon that went on when they were heard."""
    latest = max(heard.values())
    for row in books.rows(_DAYS, {"of_season": season}).all():
        days = Days(row.first, row.last, row.zone)
        if not days.is_on(latest):
            continue
        for person in books.rows(_PEOPLE, {"of_hackathon": row.id}).all():
            at = heard.get((person.network, person.account))
            day = days.day_at(at) if at is not None else None
            if day is not None and days.first <= day <= days.last and day != person.seen_on:
                books.rows(_SEEN, {"of_id": person.id, "day": day})
