"""Notes about dead links, through the outbox: to an idea's mentors, and to the organisers.

They are planned in the transaction that keeps what came of asking, so none is lost or said twice.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy import select as columns
from sqlmodel import col

from gsocbot.rules.links import Link, Owner, State, described, shortened, why
from gsocbot.rules.outbox import OutboxState
from gsocbot.rules.roles import Role
from gsocbot.store import links as shelf
from gsocbot.store import outbox, roles
from gsocbot.store.books import Books
from gsocbot.store.ideas import by_number
from gsocbot.store.notes import LASTS, Rooms
from gsocbot.store.tables import Outbox

DEAD_LINK, DEAD_LINKS = "dead_link", "dead_links"
PAGE_DOWN, PAGE_BACK = "page_down", "page_back"
"""Each topic is a template."""

DAILY_AT = time(9)
"""In UTC: what died since yesterday is told in one line."""

DAILY_USEFUL = timedelta(days=3)
PAGE_USEFUL = timedelta(days=2)
MOST_NAMED = 4
"""Dead links in one line; !links has all."""
MOST_TO_A_MENTOR = 2

_UNREAD = columns(col(Outbox.key), col(Outbox.payload)).where(
    col(Outbox.season) == bindparam("season"),
    col(Outbox.topic) == DEAD_LINK,
    col(Outbox.state) == OutboxState.DUE,
)

Told = Mapping[str, tuple[State | None, State]]
"""By address: what was known of a link before it was asked for, and what is now."""


def tell(
    books: Books,
    season: str,
    links: Sequence[Link],
    told: Told,
    organisers: Rooms,
    networks: Sequence[str],
    now: datetime,
) -> None:
    """Tell whoever can do something about what has just been found dead, or back."""
    died = [
        (link, told[link.url][1])
        for link in links
        if link.url in told and _has_died(*told[link.url])
    ]
    _drop_mended(books, season, links)
    _mentors(books, season, died, networks, now)
    _daily(books, season, links, bool(died), organisers, now)
    for link in links:
        if link.is_page and link.url in told and shelf.is_review(books, season, now):
            _page(books, season, link, told[link.url], organisers, networks, now)


def _has_died(before: State | None, after: State) -> bool:
    return after.is_dead and not (before is not None and before.is_dead)


def _drop_mended(books: Books, season: str, links: Sequence[Link]) -> None:
    """Take back what a mentor has not read yet, once nothing that it tells of is dead."""
    dead: dict[int, set[str]] = {}
    for link, _ in shelf.dead(books, season, links):
        for owner in link.owners:
            if owner.idea is not None:
                dead.setdefault(owner.idea, set()).add(shortened(link.url))
    gone = []
    for key, payload in books.rows(_UNREAD, {"season": season}):
        told = json.loads(payload)
        named, now_dead = {link["url"] for link in told["links"]}, dead.get(told["number"], set())
        if not now_dead or (told["count"] == len(told["links"]) and named.isdisjoint(now_dead)):
            gone.append(key)
    if gone:
        outbox.cancel(books, gone)


def _mentors(
    books: Books,
    season: str,
    died: Sequence[tuple[Link, State]],
    networks: Sequence[str],
    now: datetime,
) -> None:
    """One note an idea, to each of its mentors."""
    of_idea: dict[int, list[tuple[Link, Owner, State]]] = {}
    for link, state in died:
        for owner in link.owners:
            if owner.idea is not None:
                of_idea.setdefault(owner.idea, []).append((link, owner, state))
    for number, dead in of_idea.items():
        idea = by_number(books, season, number)
        since = ",".join(f"{link.url} {state.failing_since}" for link, _, state in dead)
        facts = {
            "number": number,
            "field": dead[0][1].field,
            "count": len(dead),
            "links": [
                {"url": shortened(link.url), "why": why(state, now)}
                for link, _, state in dead[:MOST_TO_A_MENTOR]
            ],
        }
        key = f"{season}:link:{number}:{hashlib.sha256(since.encode()).hexdigest()[:16]}"
        places = [
            (network, f"@{mentor.lower()}")
            for mentor in (idea.text.mentors if idea else ())
            for network in _networks_of(books, season, mentor, networks)
        ]
        outbox.plan(books, [_row(season, key, p, DEAD_LINK, facts, now, LASTS) for p in places])


def _networks_of(books: Books, season: str, mentor: str, networks: Sequence[str]) -> Sequence[str]:
    """Where a mentor has a role; one that is known by name alone may be anywhere."""
    known = {n for n, account, _ in roles.grants(books, season) if account == mentor.lower()}
    return [n for n in networks if n in known] or networks


def _daily(
    books: Books,
    season: str,
    links: Sequence[Link],
    has_died: bool,
    organisers: Rooms,
    now: datetime,
) -> None:
    """One line a day to the organisers' channels, on days on which something has died.

    One that still waits says what is dead by then; nothing, if all is back.
    """
    due = _next(now)
    key = f"{season}:links:{due.astimezone(UTC).date().isoformat()}"
    waits = any(other.startswith(f"{key}:") for *_, other in outbox.waiting(books))
    if not (has_died or waits):
        return
    dead = shelf.dead(books, season, links)
    if not dead:
        outbox.drop(books, f"{key}:")
        return
    facts = {
        "count": len(dead),
        "links": [described(link, state, now) for link, state in dead[:MOST_NAMED]],
    }
    rows = [_row(season, key, p, DEAD_LINKS, facts, due, DAILY_USEFUL) for p in organisers]
    outbox.plan(books, rows)


def _next(now: datetime) -> datetime:
    """The next moment at which the day's line is said."""
    there = now.astimezone(UTC)
    at = datetime.combine(there.date(), DAILY_AT, UTC)
    return at if now < at else at + timedelta(days=1)


def _page(
    books: Books,
    season: str,
    link: Link,
    told: tuple[State | None, State],
    organisers: Rooms,
    networks: Sequence[str],
    now: datetime,
) -> None:
    """The ideas page while Google looks: every organiser at once, and a line when it is back."""
    before, after = told
    since = (after if after.is_dead else before or after).failing_since
    if since is None:
        return
    key = f"{season}:page:{since.astimezone(UTC).isoformat()}"
    people = [
        (network, f"@{account}")
        for network in networks
        for account in roles.holders(books, season, network, Role.ORGANISER)
    ]
    if after.is_dead:
        facts = {"url": link.url, "why": why(after, now)}
        places = [*organisers, *people]
        rows = [_row(season, f"{key}:down", p, PAGE_DOWN, facts, now, PAGE_USEFUL) for p in places]
        outbox.plan(books, rows)
    elif before is not None and before.is_dead and not after.fault:
        outbox.drop(books, f"{key}:down:")
        facts = {"url": link.url}
        places = [*organisers] or people
        outbox.plan(
            books,
            [_row(season, f"{key}:back", p, PAGE_BACK, facts, now, PAGE_USEFUL) for p in places],
        )


def _row(
    season: str,
    key: str,
    place: tuple[str, str],
    topic: str,
    facts: dict[str, Any],
    due: datetime,
    useful: timedelta,
) -> dict[str, Any]:
    network, target = place
    return outbox.row(
        key=f"{key}:{network}:{target}",
        season=season,
        place=place,
        topic=topic,
        facts=json.dumps({**facts, "at": due.isoformat()}),
        due=due,
        expires=due + useful,
    )
