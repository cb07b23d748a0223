"""Notes about mentors, through the outbox: offers, absences, backups, and who mentors what.

What stands in the store is planned at every tick, so that what was taken back is not said. What
merely happened is planned by the command, under the name of its deed.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from gsocbot.rules.mentors import Absence, evaluations
from gsocbot.rules.roles import Role
from gsocbot.store import mentors, outbox, roles, seasons
from gsocbot.store.books import Books, Deed
from gsocbot.store.ideas import of_mentor
from gsocbot.store.notes import LASTS, Rooms
from gsocbot.store.tables import Mentor

OFFER, AWAY, ASKED, AGREED = "mentor_offer", "mentor_away", "backup_asked", "backup_agreed"
STANDING = frozenset({OFFER, AWAY, ASKED, AGREED})
"""What is planned from the store; each topic is a template."""

ADDED, LEFT = "mentor_added", "mentor_left"
DECLINED, RELEASED, BACKUP_AWAY = "backup_declined", "backup_released", "backup_away"
"""What merely happens."""


def plan(books: Books, season: str, organisers: Rooms, now: datetime) -> None:
    """Plan what organisers, mentors and backups are to know, and nothing that no longer stands."""
    rows = [*_offers(books, season, organisers), *_absences(books, season, organisers, now)]
    rows = [row for row in rows if now < row["expires"]]
    outbox.forget(books, season, None, STANDING, {row["key"] for row in rows})
    outbox.plan(books, rows)


def happened(
    books: Books, deed: Deed, topic: str, places: Sequence[tuple[str, str]], **facts: Any
) -> None:
    """Tell of what somebody has done; !undo takes back what nobody has read yet."""
    assert deed.season is not None
    beginning = outbox.of_deed(deed.season, deed.id)
    key = f"{beginning}{topic}"
    rows = [
        _row(deed.season, key, p, topic, deed.at, facts | _whence(deed.network, p)) for p in places
    ]
    outbox.plan(books, rows)


def released(books: Books, deed: Deed, absence: Absence, *, back: bool) -> None:
    """Tell somebody who has agreed to stand in that nobody needs it any more."""
    place = (deed.network, f"@{absence.backup}")
    happened(books, deed, RELEASED, [place], account=absence.account, back=back)


def _offers(books: Books, season: str, organisers: Rooms) -> list[dict[str, Any]]:
    rows = []
    for offer in mentors.offers(books, season):
        people = roles.holders(books, season, offer.network, Role.ORGANISER)
        places = [*organisers, *((offer.network, f"@{person}") for person in people)]
        # Who offers, takes back and offers again is told of once a day.
        day = offer.at.date().isoformat()
        key = f"{season}:offer:{offer.number}:{offer.network}:{offer.account}:{day}"
        facts = {
            "account": offer.account,
            "number": offer.number,
            "slug": offer.slug,
            "wanted": offer.wanted,
        }
        rows += [
            _row(season, key, p, OFFER, offer.at, facts | _whence(offer.network, p)) for p in places
        ]
    return rows


def _absences(books: Books, season: str, organisers: Rooms, now: datetime) -> list[dict[str, Any]]:
    rows = []
    deadlines = seasons.deadlines(books, season)
    for mentor in mentors.every(books, season):
        absence = mentors.absence_of(mentor)
        if absence is None or now >= absence.until:
            continue
        covered = evaluations(deadlines, absence.since, absence.until)
        facts = {
            "account": mentor.account,
            "since": absence.first_day.isoformat(),
            "until": absence.last_day.isoformat(),
            "backup": absence.backup,
            "agreed": absence.agreed,
            "covered": [d.short or d.title for d in covered],
            "ideas": [str(i.number) for i in of_mentor(books, season, mentor.account)],
        }
        key = f"{season}:absence:{mentor.network}:{mentor.account}"
        key = f"{key}:{absence.since.isoformat()}:{absence.until.isoformat()}"
        for topic, places in _told_of(mentor, absence, organisers):
            named = f"{key}:{topic}:{absence.backup if topic != AWAY else ''}"
            due = mentor.agreed_at if topic == AGREED else None
            due = due or min(absence.since, now.replace(hour=0, minute=0, second=0, microsecond=0))
            for place in places:
                told = facts | _whence(mentor.network, place)
                rows.append(_row(season, named, place, topic, due, told, expires=absence.until))
    return rows


def _told_of(
    mentor: Mentor, absence: Absence, organisers: Rooms
) -> list[tuple[str, Sequence[tuple[str, str]]]]:
    """Who is told what of an absence."""
    told: list[tuple[str, Sequence[tuple[str, str]]]] = [(AWAY, organisers)]
    if absence.agreed:
        told.append((AGREED, [(mentor.network, f"@{mentor.account}")]))
    elif absence.backup:
        told.append((ASKED, [(mentor.network, f"@{absence.backup}")]))
    return told


def _whence(network: str, place: tuple[str, str]) -> dict[str, str]:
    """The network that somebody is on, where it is another than that on which this is told.

    There the same account may be another person, whom nobody should appoint by mistake.
    """
    return {"network": "" if network == place[0] else network}


def _row(
    season: str,
    key: str,
    place: tuple[str, str],
    topic: str,
    due: datetime,
    facts: dict[str, Any],
    expires: datetime | None = None,
) -> dict[str, Any]:
    network, target = place
    return outbox.row(
        key=f"{key}:{network}:{target}",
        season=season,
        place=place,
        topic=topic,
        facts=json.dumps({**facts, "at": due.isoformat()}),
        due=due,
        expires=expires or due + LASTS,
    )
