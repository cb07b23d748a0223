"""What people have asked the bot to keep to: their clock, their quiet hours, no reminders."""

import json
from datetime import UTC, datetime

from sqlalchemy import and_, bindparam, or_
from sqlalchemy import select as columns
from sqlmodel import col

from gsocbot.rules.outbox import OutboxState
from gsocbot.rules.quiet import Settings, Verdict, verdict
from gsocbot.store.books import Books
from gsocbot.store.tables import Idea, Interest, Outbox, Person

_WISHES = (col(Person.zone), col(Person.quiet_from), col(Person.quiet_until), col(Person.pm))
_SETTINGS = columns(*_WISHES).where(
    col(Person.season) == bindparam("season"),
    col(Person.network) == bindparam("network"),
    col(Person.account) == bindparam("account"),
)
_PUBLIC = columns(col(Person.network), col(Person.account)).where(
    col(Person.season) == bindparam("season"), col(Person.public).is_(True)
)
_HAS_WISHES = or_(col(Person.quiet_from).is_not(None), col(Person.pm).is_(False))
_ANYBODY = columns(col(Person.id)).where(
    col(Person.network) == bindparam("on_network"), _HAS_WISHES
)
_CONCERNED = (
    columns(col(Outbox.id), col(Outbox.topic), col(Outbox.payload), *_WISHES)
    .join(
        Person,
        and_(
            col(Person.season) == col(Outbox.season),
            col(Person.network) == col(Outbox.network),
            "@" + col(Person.account) == col(Outbox.target),
        ),
    )
    .where(
        col(Outbox.network) == bindparam("on_network"),
        col(Outbox.state) == OutboxState.DUE,
        col(Outbox.due) <= bindparam("now"),
        col(Outbox.expires) > bindparam("now"),
        _HAS_WISHES,
    )
    .order_by(col(Outbox.id))
)
_INTERESTS = (
    columns(col(Idea.number))
    .join(Interest, col(Interest.idea) == col(Idea.id))
    .where(
        col(Interest.season) == bindparam("season"),
        col(Interest.network) == bindparam("network"),
        col(Interest.account) == bindparam("account"),
    )
    .order_by(col(Idea.number))
)


def row(books: Books, season: str, network: str, account: str) -> Person | None:
    """The row of somebody who has asked for anything."""
    found = books.every(Person, season=season, network=network, account=account)
    return found[0] if found else None


def public(books: Books, season: str) -> set[tuple[str, str]]:
    """Who lets everybody see how far they are, as (network, account)."""
    return {(row.network, row.account) for row in books.rows(_PUBLIC, {"season": season})}


def settings(books: Books, season: str, network: str, account: str) -> Settings:
    """What somebody has asked for; the usual, if nothing."""
    values = {"season": season, "network": network, "account": account}
    found = books.rows(_SETTINGS, values).first()
    return Settings(*found) if found is not None else Settings()


def withheld(books: Books, network: str, now: datetime) -> dict[Verdict, list[int]]:
    """The lines of the outbox that are due and may not be said now, or not at all.

    One that nobody needs any more is none of them: it is claimed, and skipped.
    """
    found: dict[Verdict, list[int]] = {verdict: [] for verdict in Verdict}
    if books.rows(_ANYBODY, {"on_network": network}).first() is None:
        return found  # before thousands of lines are looked at
    for line in books.rows(_CONCERNED, {"on_network": network, "now": now}):
        wishes = Settings(line.zone, line.quiet_from, line.quiet_until, line.pm)
        at = datetime.fromisoformat(json.loads(line.payload)["at"]).astimezone(UTC)
        found[verdict(wishes, line.topic, at, now)].append(line.id)
    return found


def interests(books: Books, season: str, network: str, account: str) -> list[int]:
    """The numbers of the ideas that somebody is noted for."""
    values = {"season": season, "network": network, "account": account}
    return list(books.rows(_INTERESTS, values).scalars())
