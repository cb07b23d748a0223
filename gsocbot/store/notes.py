"""Notes to single people, through the outbox: said when they are there, on the network they use.

A target @ACCOUNT is whoever is logged in to it, ~NICK a stranger of that nick; they are told
when they share a channel with the bot, now or at their next arrival.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from gsocbot.rules import mentors as rules
from gsocbot.rules.ledger import MENTORS_AFTER, ORGANISERS_AFTER
from gsocbot.store import mentors, outbox
from gsocbot.store.books import Books
from gsocbot.store.questions import unanswered
from gsocbot.store.tables import Idea, IdeaMentor, Question

LASTS = timedelta(days=14)
"""What nobody came for in this time is on the page all the same."""

Rooms = Sequence[tuple[str, str]]


def question(books: Books, asked: Question, mentors: Iterable[str], now: datetime) -> None:
    """Tell an idea's mentors quietly that there is a question for them."""
    places = [(asked.network, f"@{mentor.lower()}") for mentor in mentors]
    _put(books, asked, "asked", "question", places, now)


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
    _put(books, asked, f"answered {now.isoformat()}", "answer", [place], now, **facts)


def forget(books: Books, asked: Question) -> None:
    """Nobody needs to be told of a question any more, nor of an answer that it had."""
    for what in ("asked:", "mentors:", "organisers:", "answered "):
        outbox.drop(books, f"{asked.season}:q{asked.number}:{what}")


def remind(books: Books, season: str, organisers: Rooms, now: datetime) -> None:
    """Put what nobody answers before its mentors again, once, and then before the organisers.

    What waits for a mentor who is away goes to whoever stands in for them.
    """
    for asked in unanswered(books, season):
        if asked.idea is not None:
            _remind_mentors(books, asked, now)
        if now >= asked.at + ORGANISERS_AFTER:
            _put(books, asked, "organisers", "waiting", organisers, asked.at + ORGANISERS_AFTER)


def _remind_mentors(books: Books, asked: Question, now: datetime) -> None:
    own = [m.lower() for m in _mentors(books, asked)]
    absences = mentors.absences(books, asked.season, asked.network)
    seers = [m.lower() for m in rules.seers(own, absences, now, asked.asker)]
    there = {place: (asked.network, f"@{place}") for place in [*own, *seers]}
    gone = {there[m] for m in own if m not in seers and m != asked.asker}
    if gone:
        keys = {_key(asked, what, place) for what in ("asked", "mentors") for place in gone}
        outbox.cancel(books, keys)
        new = [there[m] for m in seers if m not in own]
        _put(books, asked, "asked", "question", new, asked.at)
    if now >= asked.at + MENTORS_AFTER:
        places = [there[m] for m in seers]
        _put(books, asked, "mentors", "question", places, asked.at + MENTORS_AFTER)


def _mentors(books: Books, asked: Question) -> list[str]:
    ideas = books.every(Idea, season=asked.season, number=asked.idea)
    return [m.name for idea in ideas for m in books.every(IdeaMentor, idea=idea.id)]


def _put(
    books: Books,
    asked: Question,
    what: str,
    topic: str,
    places: Sequence[tuple[str, str]],
    due: datetime,
    **more: Any,
) -> None:
    facts = {
        "number": asked.number,
        "idea": asked.idea,
        "nick": asked.nick,
        "text": asked.text,
        "answer": asked.answer,
        "at": asked.at.isoformat(),
        **more,
    }
    outbox.plan(
        books,
        [
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
        ],
    )


def _key(asked: Question, what: str, place: tuple[str, str]) -> str:
    network, target = place
    # The moment, for a question that is taken back leaves its number to the next one.
    at = asked.at.isoformat()
    return f"{asked.season}:q{asked.number}:{what}:{at}:{network}:{target}"
