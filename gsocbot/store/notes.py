"""Notes to single people, through the outbox: said when they are there, on the network they use.

A target @ACCOUNT is whoever is logged in to it, ~NICK a stranger of that nick; they are told
when they share a channel with the bot, now or at their next arrival.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy import select as columns
from sqlmodel import col

from gsocbot.rules import mentors as rules
from gsocbot.rules.ledger import MENTORS_AFTER, ORGANISERS_AFTER
from gsocbot.store import mentors, outbox
from gsocbot.store.books import Books
from gsocbot.store.questions import unanswered
from gsocbot.store.tables import Idea, IdeaMentor, Question

LASTS = timedelta(days=14)
"""What nobody came for in this time is on the page all the same."""

_MENTORS = (
    columns(col(Idea.number), col(IdeaMentor.name))
    .join(IdeaMentor, col(IdeaMentor.idea) == col(Idea.id))
    .where(
        col(Idea.season) == bindparam("season"),
        col(Idea.number).in_(bindparam("numbers", expanding=True)),
    )
    .order_by(col(Idea.number), col(IdeaMentor.position))
)

Rooms = Sequence[tuple[str, str]]


def question(books: Books, asked: Question, mentors: Iterable[str], now: datetime) -> None:
    """Tell an idea's mentors quietly that there is a question for them."""
    places = [(asked.network, f"@{mentor.lower()}") for mentor in mentors]
    outbox.plan(books, _rows(asked, "asked", "question", places, now))


def answer(books: Books, asked: Question, by: str, now: datetime) -> None:
    """Tell the asker what the answer is: in the channel where they asked while they are in it,
    under whatever nick, else in private at their next arrival.

    Who has no account is called by nick in the channel, for nobody could know them again. A
    corrected answer is told too, in the place of one that was not told yet.
    """
    forget(books, asked)
    stranger = asked.asker.startswith("~")
    target = (asked.channel or asked.asker) if stranger else f"@{asked.asker}"
    called = asked.nick if target == asked.channel else ""
    facts = {"by": by, "channel": asked.channel, "called": called}
    place = (asked.network, target)
    what = f"answered {now.isoformat()}"
    outbox.plan(books, _rows(asked, what, "answer", [place], now, **facts))


def place_kept(books: Books, asked: Question, now: datetime, *, banned: bool) -> None:
    """Tell somebody whose turn did not come that their place in the queue is a question now.

    `banned` says that its words may not be on a page. Whom a bridge passes on is told where they
    said it, for nobody can write to them alone.
    """
    bridged = " " in asked.asker
    stranger = asked.asker.startswith("~")
    target = asked.channel if bridged else asked.asker if stranger else f"@{asked.asker}"
    facts = {"called": asked.nick if bridged else "", "banned": banned}
    place = (asked.network, target)
    outbox.plan(books, _rows(asked, "kept", "place_kept", [place], now, **facts))


def forget(books: Books, asked: Question) -> None:
    """Nobody needs to be told of a question any more, nor of an answer that it had."""
    for what in ("asked:", "mentors:", "organisers:", "answered ", "kept:"):
        outbox.drop(books, f"{asked.season}:q{asked.number}:{what}")


def remind(books: Books, season: str, organisers: Rooms, now: datetime) -> None:
    """Put what nobody answers before its mentors again, once, and then before the organisers.

    What waits for a mentor who is away goes to whoever stands in for them.
    """
    open_ = [q for q in unanswered(books, season) if now < q.at + ORGANISERS_AFTER + LASTS]
    if not open_:
        return
    known = _Mentors(books, season, open_)
    gone: list[str] = []
    rows: list[dict[str, Any]] = []
    for asked in open_:
        if asked.idea is not None:
            off, new = _to_mentors(asked, known, now)
            gone += off
            rows += new
        if now >= asked.at + ORGANISERS_AFTER:
            rows += _rows(asked, "organisers", "waiting", organisers, asked.at + ORGANISERS_AFTER)
    outbox.cancel(books, gone)
    outbox.plan(books, [row for row in rows if now < row["expires"]])


class _Mentors:
    """Who mentors what is asked about, and who of them is away; read once for all questions."""

    def __init__(self, books: Books, season: str, asked: Sequence[Question]) -> None:
        self._of: dict[int, list[str]] = {}
        numbers = {q.idea for q in asked}
        for number, name in books.rows(_MENTORS, {"season": season, "numbers": numbers}):
            self._of.setdefault(number, []).append(name.lower())
        networks = {q.network for q in asked}
        self._absences = {n: mentors.absences(books, season, n) for n in networks}

    def of(self, asked: Question, now: datetime) -> tuple[list[str], list[str]]:
        """An idea's mentors, and who sees a question about it now in their place."""
        own = self._of.get(asked.idea or 0, [])
        there = rules.seers(own, self._absences[asked.network], now, asked.asker)
        return own, [m.lower() for m in there]


def _to_mentors(
    asked: Question, known: _Mentors, now: datetime
) -> tuple[list[str], list[dict[str, Any]]]:
    """The keys of lines for who is away now, and the lines for who is there."""
    own, seers = known.of(asked, now)
    there = {place: (asked.network, f"@{place}") for place in [*own, *seers]}
    off = [there[m] for m in own if m not in seers and m != asked.asker]
    gone = [_key(asked, what, place) for what in ("asked", "mentors") for place in off]
    rows: list[dict[str, Any]] = []
    if off:
        new = [there[m] for m in seers if m not in own]
        rows += _rows(asked, "asked", "question", new, asked.at)
    if now >= asked.at + MENTORS_AFTER:
        places = [there[m] for m in seers]
        rows += _rows(asked, "mentors", "question", places, asked.at + MENTORS_AFTER)
    return gone, rows


def _rows(
    asked: Question,
    what: str,
    topic: str,
    places: Sequence[tuple[str, str]],
    due: datetime,
    **more: Any,
) -> list[dict[str, Any]]:
    facts = {
        "number": asked.number,
        "idea": asked.idea,
        "nick": asked.nick,
        "text": asked.text,
        "answer": asked.answer,
        "at": asked.at.isoformat(),
        **more,
    }
    return [
        outbox.row(
            key=_key(asked, what, place),
            season=asked.season,
            place=place,
            topic=topic,
            facts=json.dumps(facts),
            due=due,
            expires=due + LASTS,
        )
        for place in places
    ]


def _key(asked: Question, what: str, place: tuple[str, str]) -> str:
    network, target = place
    # The moment, for a question that is taken back leaves its number to the next one.
    at = asked.at.isoformat()
    return f"{asked.season}:q{asked.number}:{what}:{at}:{network}:{target}"
