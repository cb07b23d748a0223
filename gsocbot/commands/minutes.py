"""What came of the office hours that were held: in one line, and where the minutes are."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, time, timedelta

from gsocbot.commands.ask import Ask
from gsocbot.commands.command import Words
from gsocbot.commands.sessions import running
from gsocbot.render import words as wording
from gsocbot.rules.office_series import read_words
from gsocbot.rules.recurrence import WEEKDAYS
from gsocbot.store import held
from gsocbot.store.held import Held
from gsocbot.talk import Refused, Say

NOON = time(12)
AGO = {"yesterday": timedelta(days=1), "today": timedelta(0)}
NEAREST = 3
MOST = 4
"""So many sessions of one day fit a line."""


def minutes(ask: Ask, date: Words = "") -> Iterator[Say]:
    """Say what came of the newest office hour, or of that on a date, and where its minutes are."""
    over = held.held(ask.books, ask.season_key)
    here = running(ask)
    if here is not None and (not date or here.day in _days(ask, date)):
        since = wording.moment(here.started_at, ask.now)
        before = f" Before it: {_told(ask, over[-1])}" if over and not date else ""
        yield ask.answer(
            f"the office hour here is open since {since}; its minutes come when it ends.{before}"
        )
        return
    if not over:
        raise Refused("no office hour was held yet; !office says when the next one is")
    found = _meant(ask, date, over) if date else over[-1:]
    for session in found[-MOST:]:
        yield ask.answer(_told(ask, session))


def _told(ask: Ask, session: Held) -> str:
    """Wed 6 Apr: 11 people, 6 helped, 2 actions. https://…"""
    people = held.people(ask.books, session)
    facts = [
        "1 person" if people == 1 else f"{people} people",
        f"{held.helped(ask.books, session.id)} helped",
        wording.plural(held.tasks(ask.books, session.id), "action"),
    ]
    page = ask.addresses.session(session.day.isoformat(), session.copy)
    return f"{wording.day(session.day, ask.now)}: {', '.join(facts)}. {page}"


def _meant(ask: Ask, words: str, over: Sequence[Held]) -> list[Held]:
    """The sessions of a day; where there is none, refuses with those that are nearest."""
    days = _days(ask, words)
    weekday = words.lower()[:3] if words.lower()[:3] in WEEKDAYS else ""
    for day in days:
        found = [session for session in over if session.day == day]
        if found:
            return found
    same = [s for s in over if weekday and s.day.weekday() == WEEKDAYS.index(weekday)]
    if same:
        return [s for s in same if s.day == same[-1].day]
    near = sorted({s.day for s in over}, key=lambda day: abs(day - days[0]))[:NEAREST]
    listed = " · ".join(wording.day(day, ask.now) for day in sorted(near))
    raise Refused(f"no office hour was held on {wording.day(days[0], ask.now)}. Nearest: {listed}")


def _days(ask: Ask, words: str) -> list[date]:
    """The days that words can mean, of which the first is the one to speak of.

    Without a year a day may have been last year: minutes lie behind.
    """
    if words.lower() in AGO:
        return [ask.now.astimezone(UTC).date() - AGO[words.lower()]]
    day = read_words(words, ask.now, NOON).day
    years = [day.year] if str(day.year) in words else [day.year, day.year - 1]
    return [day.replace(year=y) for y in years if (day.month, day.day) != (2, 29) or y == day.year]
