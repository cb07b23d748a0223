"""Reading the office hours that were held, and who is on in those to come, out of the store."""

from collections import defaultdict
from collections.abc import Iterator

from gsocbot.rules.ledger import named_in
from gsocbot.rules.office import all_leaders
from gsocbot.rules.queue import PlaceState
from gsocbot.rules.roster import Duty
from gsocbot.site.snapshot import Kept, Place, Session, Spoken, Task
from gsocbot.store import held, questions, roles, seasons
from gsocbot.store.books import Books
from gsocbot.store.tables import OfficeDuty


def sessions(books: Books, key: str, *, logs: bool) -> tuple[Session, ...]:
    """The sessions of a season that are over, newest first; without `logs`, what was said comes
    later.
    """
    public = {question.number for question in questions.public(books, key)}
    zones = {name: weekly.zone for name, weekly in seasons.series(books, key).items()}
    places: dict[int, list[Place]] = defaultdict(list)
    tasks: dict[int, list[Task]] = defaultdict(list)
    kept: dict[int, list[Kept]] = defaultdict(list)
    for session, *place in held.places(books, key):
        *place, note = place
        places[session].append(Place._make(place))
        if place[1] == PlaceState.KEPT and (number := _number_in(note)) is not None:
            kept[session].append(Kept(number, number in public))
    for session, number, nick, text, done_at in held.actions(books, key):
        tasks[session].append(Task(number, nick, text, done_at is not None))
    found = [
        Session(
            row.day,
            row.copy,
            row.title,
            row.channel,
            row.started_at,
            row.ended_at,
            tuple(log(books, row.id)) if logs else None,
            row.id,
            zones.get(row.series, ""),
            (row.chair, *all_leaders(row.chairs)),
            tuple(places[row.id]),
            tuple(tasks[row.id]),
            tuple(kept[row.id]),
            row.newest,
        )
        for row in held.held(books, key)
    ]
    return tuple(sorted(found, key=lambda s: s.started_at, reverse=True))


def log(books: Books, session: int) -> Iterator[Spoken]:
    """All that was said in a session."""
    some = portion(books, session)
    while some:
        yield from some
        some = portion(books, session, some[-1].id)


def portion(books: Books, session: int, after: int = 0) -> list[Spoken]:
    """The lines of a log after one of them, as many as one turn reads."""
    return [Spoken._make(row) for row in held.portion(books, session, after)]


def _number_in(note: str) -> int | None:
    """q16, as the end of an office hour notes it at a place that it kept."""
    found = named_in(note)
    return found[0] if found else None


def duties(books: Books, key: str) -> tuple[tuple[str, Duty], ...]:
    """Who has signed up for which series, in order, as far as they have a role still."""
    able = {(network, account) for network, account, _ in roles.grants(books, key)}
    return tuple(
        (row.series, Duty(row.day, row.network, row.account, row.off))
        for row in books.every(OfficeDuty, season=key)
        if (row.network, row.account) in able
    )
