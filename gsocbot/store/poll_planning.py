"""What the bot says of polls of its own accord, and their end, where nobody has brought it."""

import json
import secrets
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from gsocbot.rules.polls import Audience, Nudge, in_words, nudges, remarks, to_text
from gsocbot.rules.roles import Role
from gsocbot.store import outbox, polls, roles
from gsocbot.store.books import Books, Deed
from gsocbot.store.hackathon_tables import Poll
from gsocbot.store.private import ballots

OPENED, HALF, DAY, RESULT = "poll_opened", "poll_half", "poll_day", "poll_result"
_TOPICS = {Nudge.HALF: HALF, Nudge.DAY: DAY}

AHEAD = timedelta(days=30)
"""Planned so early; a plan is made anew more often than that."""
RESULT_USEFUL = timedelta(days=7)
LONGEST = 250
"""Bytes of a result in a line that has more to say."""

Rooms = Sequence[tuple[str, str]]


def tend(books: Books, season: str, public: Rooms, organisers: Rooms, now: datetime) -> None:
    """Count the polls whose end has come, and plan what is to be said of the others.

    Done at each tick: how many have voted is no change that anything else would tell of.
    """
    for row in polls.uncounted(books, season):
        if row.until <= now:
            end(books, _deed_of_clock(row, now), row, row.until, public, organisers)
    plan(books, season, public, organisers, now)


def plan(books: Books, season: str, public: Rooms, organisers: Rooms, now: datetime) -> None:
    """Plan the reminders of the polls that run, and none of others."""
    rows = [
        line
        for row in polls.running(books, season, now)
        for line in _nudges(books, row, public, organisers, now)
    ]
    outbox.forget(books, season, None, {HALF, DAY}, {line["key"] for line in rows})
    outbox.plan(books, rows)


def opened(
    books: Books, deed: Deed, row: Poll, public: Rooms, organisers: Rooms, here: tuple[str, str]
) -> bool:
    """Have a new poll said where it was not asked, and whether that is anywhere."""
    places = [p for p in _rooms(row, public, organisers) if p != here]
    places += _voters(books, row, public, but=(deed.network, f"@{deed.account}"))
    facts = {**_facts(row, 0), "at": row.until.isoformat()}
    beginning = f"{outbox.of_deed(row.season, deed.id)}{_of(row, OPENED)}"
    lines = [_line(beginning, row, place, OPENED, facts, (deed.at, row.until)) for place in places]
    outbox.plan(books, lines)
    return bool(lines)


def end(
    books: Books,
    deed: Deed,
    row: Poll,
    at: datetime,
    public: Rooms,
    organisers: Rooms,
    here: tuple[str, str] = ("", ""),
) -> None:
    """Count a poll and throw its votes away, in one transaction; the result is said but `here`."""
    result = ballots.so_far(books, row)
    by = "" if deed.account == CLOCK else deed.account
    books.change(
        deed,
        row,
        closed_at=at,
        closed_by=by,
        result=to_text(result),
        voters=result.voters,
    )
    ballots.throw_away(books, row)
    hush(books, row)
    facts = {
        **_facts(row, result.voters),
        "result": in_words(result, LONGEST),
        "remarks": remarks(result),
        "at": at.isoformat(),
    }
    places = [p for p in _rooms(row, public, organisers) if p != here]
    places += _voters(books, row, public, but=(deed.network, f"@{deed.account}"))
    beginning, due = _beginning(row, RESULT), (at, deed.at + RESULT_USEFUL)
    outbox.plan(books, [_line(beginning, row, p, RESULT, facts, due) for p in places])


def hush(books: Books, row: Poll) -> None:
    """Drop all that is still to be said of a poll: it has ended, or is none any more."""
    for topic in (HALF, DAY, RESULT):
        outbox.drop(books, _beginning(row, topic))
    outbox.drop_about(books, row.season, {OPENED}, f":{_of(row, OPENED)}")


def _nudges(
    books: Books, row: Poll, public: Rooms, organisers: Rooms, now: datetime
) -> Iterator[dict[str, Any]]:
    due = [(nudge, at) for nudge, at in nudges(row.at, row.until) if at <= now + AHEAD]
    if not due:
        return
    facts = {**_facts(row, ballots.count(books, row)), "at": row.until.isoformat()}
    for nudge, at in due:
        topic = _TOPICS[nudge]
        places = list(_rooms(row, public, organisers))
        if nudge is Nudge.DAY:
            places += _voters(books, row, public)
        # One that runs longer than was said has another last day, but no other half.
        beginning = _beginning(row, topic)
        if nudge is Nudge.DAY:
            beginning += f"{row.until.isoformat()}:"
        later = [when for other, when in nudges(row.at, row.until) if when > at]
        expires = min([*later, row.until])
        for place in places:
            yield _line(beginning, row, place, topic, facts, (at, expires))


def _rooms(row: Poll, public: Rooms, organisers: Rooms) -> list[tuple[str, str]]:
    """Where a poll is spoken of: its own channel, else all of those whom it asks."""
    if row.channel:
        every = [*public, *organisers]
        return [(n, c) for n, c in every if n == row.network and c.lower() == row.channel]
    return list(organisers if row.audience == Audience.MENTORS else public)


def _voters(
    books: Books, row: Poll, public: Rooms, but: tuple[str, str] = ("", "")
) -> list[tuple[str, str]]:
    """Who is told in private: mentors, where they alone are asked."""
    if row.audience != Audience.MENTORS:
        return []
    networks = {network for network, _ in public}
    holders = roles.in_order(books, row.season, Role.MENTOR)
    people = [(network, f"@{account}") for network, account in holders if network in networks]
    return [person for person in people if person != but]


def _facts(row: Poll, voters: int) -> dict[str, Any]:
    return {
        "number": row.number,
        "question": row.question,
        "options": list(polls.options_of(row)),
        "kind": str(row.kind),
        "voters": voters,
        "quorum": row.quorum,
    }


def _line(
    beginning: str,
    row: Poll,
    place: tuple[str, str],
    topic: str,
    facts: dict[str, Any],
    due: tuple[datetime, datetime],
) -> dict[str, Any]:
    return outbox.row(
        key=f"{beginning}{place[0]}:{place[1]}",
        season=row.season,
        place=place,
        topic=topic,
        facts=json.dumps(facts),
        due=due[0],
        expires=due[1],
    )


def _beginning(row: Poll, topic: str) -> str:
    return f"{row.season}:{_of(row, topic)}"


def _of(row: Poll, topic: str) -> str:
    return f"{topic}:{row.number}:"


CLOCK = "(clock)"
"""The author of what time alone brings."""


def _deed_of_clock(row: Poll, now: datetime) -> Deed:
    where = row.channel or "private"
    return Deed(secrets.token_hex(8), now, row.season, row.network, CLOCK, where, "its end")
