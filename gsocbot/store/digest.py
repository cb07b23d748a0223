"""The daily mail in the outbox: planned, gathered when it is sent, told of when it is not."""

import json
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, or_
from sqlalchemy import select as columns
from sqlmodel import col

from gsocbot.rules.digest import (
    WORTH_TELLING,
    Digest,
    Wanted,
    coming,
    masked,
    mornings,
    overdue,
)
from gsocbot.rules.outbox import OutboxState
from gsocbot.rules.roles import Role
from gsocbot.store import drafts, faq, outbox, planning, questions, roles, seasons, unsaid
from gsocbot.store.books import Books
from gsocbot.store.tables import Outbox

MAIL = "(mail)"
"""What rows of mail have for a network; no network of a config can have this name."""

TOPIC, FAILED = "mail", "mail_failed"
"""The mail itself, and the line on IRC when it was not taken; that one is a template."""

WAITS = "waits"
"""Stands in the key of a line on IRC that says that a mail is not taken yet."""

LOOK_BACK = timedelta(days=3)
TOLD_FOR = timedelta(days=1)
LONGEST_WHY = 160

_ADDRESS = re.compile(r"""[^\s<>()\[\]",;:]+@[\w.-]+""")

_UNSAID = (
    columns(col(Outbox.topic), col(Outbox.payload))
    .where(
        col(Outbox.season) == bindparam("season"),
        col(Outbox.topic).in_([unsaid.WENT_BY, unsaid.REFUSED, planning.TROUBLE]),
        col(Outbox.due) > bindparam("since"),
        col(Outbox.due) <= bindparam("now"),
    )
    .order_by(col(Outbox.due), col(Outbox.id))
)
_TRIED = (
    columns(
        col(Outbox.id), col(Outbox.target), col(Outbox.payload), col(Outbox.state), col(Outbox.why)
    )
    .where(
        col(Outbox.season) == bindparam("season"),
        col(Outbox.network) == MAIL,
        col(Outbox.due) > bindparam("since"),
        or_(
            col(Outbox.state).in_([OutboxState.FAILED, OutboxState.SENT]),
            and_(
                col(Outbox.state) == OutboxState.DUE,
                col(Outbox.why) != "",
                col(Outbox.due) <= bindparam("long_ago"),
            ),
        ),
    )
    .order_by(col(Outbox.id))
)

Places = Sequence[tuple[str, str]]


def plan(books: Books, season: str, wanted: Wanted | None, now: datetime) -> None:
    """Put a season's next mail into the outbox, a row for each address, and no other."""
    facts = seasons.season(books, season)
    rows: list[dict[str, Any]] = []
    if wanted is not None and facts is not None:
        addresses = {a.lower(): a for a in reversed(wanted.addresses)}.values()
        rows = [
            _mail(season, address, morning.day.isoformat(), wanted.zone, morning)
            for morning in mornings(wanted, now)
            if morning.due >= facts.since
            for address in reversed(list(addresses))
        ]
    outbox.forget(books, season, None, {TOPIC}, {row["key"] for row in rows})
    outbox.plan(books, rows)


def _mail(season: str, address: str, day: str, zone: str, morning: Any) -> dict[str, Any]:
    facts = {
        "at": morning.due.isoformat(),
        "since": morning.since.isoformat(),
        "day": day,
        "zone": zone,
    }
    return outbox.row(
        key=f"{season}:{TOPIC}:{day}:{address.lower()}",
        season=season,
        place=(MAIL, address),
        topic=TOPIC,
        facts=json.dumps(facts),
        due=morning.due,
        expires=morning.expires,
    )


def gather(books: Books, season: str, since: datetime, now: datetime) -> Digest:
    """What there is to say; `since` is when the mail before was due.

    Nothing of it is about single people: open questions are counted, not shown.
    """
    facts = seasons.season(books, season)
    dates = seasons.deadlines(books, season)
    asked = questions.unanswered(books, season)
    told = books.rows(_UNSAID, {"season": season, "since": since, "now": now})
    lines = dict.fromkeys((row.topic, row.payload) for row in told)
    return Digest(
        season=season,
        title=(facts.title if facts else "") or season,
        word=facts.word if facts else "contributor",
        overdue=overdue(dates, now),
        dates=coming(dates, now),
        unsaid=[(topic, json.loads(payload)) for topic, payload in lines],
        questions=len(asked),
        oldest=min((q.at for q in asked), default=None),
        ideas=len(drafts.drafts(books, season)),
        entries=len(faq.drafts(books, season)),
    )


def tell(
    books: Books, season: str, networks: Sequence[str], organisers: Places, now: datetime
) -> None:
    """Tell organisers on IRC of mail that was refused, or that nobody takes for an hour.

    That nobody takes it is not told any more once somebody has.
    """
    values = {"season": season, "since": now - LOOK_BACK, "long_ago": now - WORTH_TELLING}
    tried = list(books.rows(_TRIED, values))
    if not tried:
        return
    places = organisers or [
        (network, f"@{account}")
        for network in networks
        for account in roles.holders(books, season, network, Role.ORGANISER)
    ]
    found = [row for row in tried if row.state != OutboxState.SENT]
    waits = {_day(row) for row in found if row.state == OutboxState.DUE}
    gone = {_day(row) for row in tried if row.state == OutboxState.SENT} - waits
    outbox.cancel(
        books,
        [f"{season}:{FAILED}:{day}:{WAITS}:{n}:{target}" for day in gone for n, target in places],
    )
    rows = []
    for row in {_occasion(r): r for r in reversed(found)}.values():
        day = _day(row)
        told = {
            "day": day,
            "address": masked(row.target),
            "why": without_addresses(row.why)[:LONGEST_WHY],
            "waits": row.state == OutboxState.DUE,
            "at": now.isoformat(),
        }
        beginning = f"{season}:{FAILED}:{day}:{_occasion(row)}"
        rows += [
            outbox.row(
                key=f"{beginning}:{network}:{target}",
                season=season,
                place=(network, target),
                topic=FAILED,
                facts=json.dumps(told),
                due=now,
                expires=now + TOLD_FOR,
            )
            for network, target in places
            if not outbox.knows(books, f"{beginning}:{network}:{target}")
        ]
    outbox.plan(books, rows)


def _occasion(row: Any) -> str:
    """What is told of once: each mail that was refused, and once a day that none is taken."""
    return str(row.id) if row.state == OutboxState.FAILED else WAITS


def _day(row: Any) -> str:
    return str(json.loads(row.payload)["day"])


def without_addresses(text: str) -> str:
    """A text as a channel may see it: of each address the first letter and the domain."""
    return _ADDRESS.sub(lambda found: masked(found[0]), text)
