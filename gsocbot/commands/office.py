"""The office hour: when it is, who runs it, and its log."""

from collections.abc import Iterator
from datetime import timedelta

from gsocbot.commands.ask import Ask
from gsocbot.commands.command import Words
from gsocbot.render import words as wording
from gsocbot.render.addresses import OFFICE, OFFICE_CALENDAR, session_path
from gsocbot.rules.office import UNPLANNED_LENGTH, session_at
from gsocbot.rules.recurrence import Occurrence, Weekly, occurrences
from gsocbot.store import office as kept
from gsocbot.store import seasons
from gsocbot.store.tables import OfficeSession
from gsocbot.talk import Refused, Say

AHEAD = timedelta(days=370)
LISTED = 5


def office(ask: Ask) -> Iterator[Say]:
    """Say when the next office hour is."""
    here = _running(ask)
    if here is not None:
        until = ask.moment(here.until)
        yield ask.answer(
            f"the office hour is open here until {until}; chair {ask.name(here.chair)}."
        )
        return
    session = next_session(ask)
    if session is None:
        raise Refused("no office hour is planned yet")
    minutes = int((session.end - session.start).total_seconds() // 60)
    begun = "is on now, since" if session.start <= ask.now else "next office hour:"
    start = wording.moment(session.start, ask.now)
    yield ask.answer(
        f"{begun} {start} ({wording.aside(session.start, ask.now, ask.yours)}), {minutes} min. "
        f"More: !office list · {ask.addresses.page(OFFICE)}"
    )


def office_list(ask: Ask) -> Iterator[Say]:
    """List the coming office hours."""
    items = [ask.moment(s.start) for _, s in coming(ask)[:LISTED]]
    if not items:
        raise Refused("no office hour is planned yet")
    yield ask.listing("", items, f". Calendar: {ask.addresses.page(OFFICE_CALENDAR)}")


def office_start(ask: Ask, title: Words = "") -> Iterator[Say]:
    """Open the office hour in this channel, which is logged until it is closed."""
    if _running(ask) is not None:
        raise Refused("an office hour is open here already; end it with !office end")
    planned = session_at([s for _, s in coming(ask)], ask.now)
    until = planned.end if planned else ask.now + UNPLANNED_LENGTH
    assert ask.heard.channel is not None
    ask.keep(
        OfficeSession,
        channel=ask.heard.channel.lower(),
        day=planned.day if planned else ask.now.date(),
        title=title,
        chair=ask.who,
        started_at=ask.now,
        until=until,
    )
    yield ask.announce(
        f"Office hour is open until {until:%H:%M} UTC; chair {ask.name(ask.who)}; this is logged "
        "([off] at the start of a line is not)."
    )


def office_end(ask: Ask) -> Iterator[Say]:
    """Close the office hour in this channel."""
    row = _running(ask)
    if row is None or row.id is None:
        raise Refused("no office hour is open here; !office says when the next one is")
    copy = kept.ended_on(ask.books, ask.season_key, row.day) + 1
    ask.books.change(ask.deed, row, ended_at=ask.now)
    lines = kept.line_count(ask.books, row.id)
    length = wording.span(ask.now - row.started_at)
    page = ask.addresses.page(session_path(row.day.isoformat(), copy))
    yield ask.announce(
        f"Office hour closed after {length}, {wording.plural(lines, 'line')} kept. Log: {page}"
    )


def next_session(ask: Ask) -> Occurrence | None:
    """The session that runs or comes next."""
    return next((s for _, s in coming(ask)), None)


def coming(ask: Ask) -> list[tuple[Weekly, Occurrence]]:
    """The sessions of all series that have not ended, in order."""
    found = [
        (weekly, session)
        for weekly in seasons.series(ask.books, ask.season_key).values()
        for session in occurrences(weekly, ask.now, ask.now + AHEAD)
    ]
    return sorted(found, key=lambda f: f[1].start)


def _running(ask: Ask) -> OfficeSession | None:
    channel = ask.heard.channel
    return kept.running(ask.books, ask.network, channel.lower()) if channel else None
