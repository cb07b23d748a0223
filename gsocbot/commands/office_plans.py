"""Planning office hours: a new series, one session left out or moved, the end of a series."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from gsocbot.commands.ask import Ask
from gsocbot.commands.command import Text, Words
from gsocbot.commands.dates import public, replan
from gsocbot.commands.office_telling import are_told, concerned, tell, then_told
from gsocbot.commands.office_when import coming, in_words, on_its_clock, one, split, when
from gsocbot.render import words as wording
from gsocbot.render.words import listed
from gsocbot.rules import office_plans as rules
from gsocbot.rules import office_series
from gsocbot.rules.office_plans import Planned
from gsocbot.rules.recurrence import Change, Weekly, occurrences, raw_occurrence
from gsocbot.store import office_planning, outbox, reading_dates, seasons
from gsocbot.store.roster import session_on
from gsocbot.store.tables import OfficeChange, OfficeDuty, Series
from gsocbot.talk import Refused, Say

SOON = timedelta(hours=24)
"""To leave out what comes so soon is asked back."""
MOST_SERIES = 20
TOLD_FOR = timedelta(days=14)
OFFICE = "office"


def office_add(ask: Ask, series: Words) -> Iterator[Say]:
    """Plan office hours: weekly, every few weeks, or once."""
    new = office_series.read_series(series, ask.now)
    weekly, planned = new.weekly, seasons.series(ask.books, ask.season_key)
    if len(planned) >= MOST_SERIES:
        raise Refused(f"there are {MOST_SERIES} series; drop one first: !office drop <series>")
    rooms = office_planning.rooms_of(weekly, public(ask))
    if weekly.channel and not rooms:
        names = listed(list(dict.fromkeys(c for _, c in public(ask)))) or "none yet"
        raise Refused(f"{weekly.channel} is no public channel of this season; there is {names}")
    others = coming(ask)
    for session in occurrences(weekly, ask.now, ask.now + office_series.AHEAD):
        first = Planned("", weekly, session)
        if clash := rules.check_apart(session, weekly, others):
            raise Refused(f"{when(ask, first)} overlaps with {clash.name}, {when(ask, clash)}")
    name = _free(ask, planned)
    ask.keep(
        Series,
        f"{name} is planned no more",
        name=name,
        title=weekly.title,
        weekday=weekly.weekday,
        time=weekly.time,
        zone=weekly.zone,
        minutes=weekly.minutes,
        first=weekly.first,
        last=weekly.last,
        every=weekly.every,
        channel=weekly.channel,
    )
    replan(ask)
    begun = next(p for p in coming(ask) if p.name == name)
    yield ask.answer(_added(ask, begun, named=new.named), as_is=True)


def office_skip(ask: Ask, date_and_why: Text) -> Iterator[Say]:
    """Leave out one session, and say why."""
    found, rest = split(ask, date_and_why)
    why = rules.checked_why(rest)
    _check_not_begun(ask, found)
    told = concerned(ask, [found])
    if found.start - ask.now < SOON:
        near = wording.distance(found.start, ask.now)
        ask.confirm(f"this leaves out {when(ask, found)}, {near}{then_told(told)}.")
    row = _change(ask, found)
    undo = f"{when(ask, found)} takes place"
    if row is None:
        ask.keep(OfficeChange, undo, series=found.name, day=found.session.day,
                 skipped=True, why=why)  # fmt: skip
    else:
        ask.books.change(ask.deed, row, undo, skipped=True, why=why, at=ask.now)
    replan(ask)
    tell(ask, "skipped", found, told, at=found.start, why=why)
    yield ask.answer(f"{when(ask, found)} is skipped ({why}).{are_told(told)}", as_is=True)


def office_keep(ask: Ask, date: Words) -> Iterator[Say]:
    """Hold a session after all that was left out, or at its own time again one that was moved."""
    found = one(ask, date.split(), left_out=True)
    row = _change(ask, found)
    if row is None:
        raise Refused(f"{when(ask, found)} is neither skipped nor moved", as_is=True)
    stays_moved = found.why is not None and row.to_day is not None
    weekly = found.weekly
    session = session_on(weekly, found.session.day)
    if not stays_moved:
        session = raw_occurrence(weekly, found.session.day)
    assert session is not None
    new = Planned(found.name, weekly, session)
    _check_room(ask, new)
    if found.why is None:
        undo, was = f"it is {when(ask, found)}", found.start
    else:
        undo, was = f"{when(ask, new)} is skipped", None
    if stays_moved:
        ask.books.change(ask.deed, row, undo, skipped=False, why="", at=ask.now)
    else:
        ask.books.remove(ask.deed, row, undo)
    replan(ask)
    told = concerned(ask, [new])
    tell(ask, "kept", new, told, at=new.start, why=found.why or "", was=was)
    shown = f"{when(ask, new)} takes place" if was is None else f"it is {when(ask, new)} again"
    yield ask.answer(f"{shown}.{are_told(told)}")


def office_move(ask: Ask, date_and_when: Words) -> Iterator[Say]:
    """Move one session to another day, another hour, or both."""
    found, to = _moved(ask, date_and_when)
    _check_not_begun(ask, found)
    day, clock = rules.read_move(to, found, ask.now)
    weekly, key = found.weekly, found.session.day
    change = replace(weekly.changes.get(key, Change()), skipped=False, why="", day=day, time=clock)
    moved = replace(weekly, changes={**weekly.changes, key: change})
    session = session_on(moved, key)
    assert session is not None
    new = Planned(found.name, moved, session)
    if session.start == found.start:
        raise Refused(f"it is {when(ask, found)} already", as_is=True)
    if not session.moved:
        raise Refused(f"that is its own time; !office keep {found.there:%d %b} brings it back")
    _check_room(ask, new)
    told = concerned(ask, [found])
    row, undo = _change(ask, found), f"it is {when(ask, found)} again"
    if row is None:
        ask.keep(OfficeChange, undo, series=found.name, day=key, to_day=day, to_time=clock)
    else:
        ask.books.change(ask.deed, row, undo, to_day=day, to_time=clock, at=ask.now)
    replan(ask)
    tell(ask, "moved", new, told, at=new.start, was=found.start)
    there = on_its_clock(new)
    clocks = f" = {there}" if there else ""
    was = when(ask, found).removesuffix(" UTC")
    yield ask.answer(
        f"moved from {was} to {when(ask, new)}{clocks} "
        f"({wording.distance(new.start, ask.now)}).{are_told(told)}"
    )


def office_drop(ask: Ask, series: str, from_date: Words = "") -> Iterator[Say]:
    """End a series, at once or from a day on; who is on is told."""
    rows = {row.name: row for row in ask.books.every(Series, season=ask.season_key)}
    row = rows.get(series.lower())
    if row is None:
        names = " · ".join(
            f"{n} ({in_words(w)})" for n, w in seasons.series(ask.books, ask.season_key).items()
        )
        raise Refused(f'there is no series "{series[:30]}"; there is {names or "none"}')
    weekly = seasons.series(ask.books, ask.season_key)[row.name]
    begin = ask.now
    if from_date:
        plain = from_date.removeprefix("from ").strip()
        begin = office_series.read_words(plain, ask.now, office_series.ANY_HOUR[0]).at
    gone = [p for p in coming(ask) if p.name == row.name and p.start >= max(begin, ask.now)]
    if not gone:
        raise Refused(f"{row.name} has no session from then on", as_is=True)
    told = concerned(ask, gone)
    first = gone[0]
    many = wording.plural(len(gone), "session") if weekly.last else "all sessions"
    ask.confirm(
        f"this ends {row.name} ({in_words(weekly)}): {many} from {when(ask, first)} on "
        f"{'is' if len(gone) == 1 and weekly.last else 'are'} gone{then_told(told)}."
    )
    _end(ask, row, weekly, first)
    replan(ask)
    tell(ask, "ended", first, told, at=first.start, whole=in_words(weekly),
          expires=ask.now + TOLD_FOR)  # fmt: skip
    folder = " season.toml still has it." if row.imported else ""
    yield ask.answer(
        f"{row.name} ends; no more from {when(ask, first)} on.{are_told(told)}{folder}",
        as_is=True,
    )


# --- checking and keeping


def _free(ask: Ask, planned: dict[str, Weekly]) -> str:
    """A name that no series has or had: what was said of one is not said again of another."""
    number = 1
    while True:
        name = OFFICE if number == 1 else f"{OFFICE}-{number}"
        said = f"{ask.season_key}:{OFFICE}:{name}:"
        if name not in planned and not outbox.knows_any(ask.books, said):
            return name
        number += 1


def _change(ask: Ask, found: Planned) -> OfficeChange | None:
    rows = ask.books.every(
        OfficeChange, season=ask.season_key, series=found.name, day=found.session.day
    )
    return rows[0] if rows else None


def _check_not_begun(ask: Ask, found: Planned) -> None:
    if found.start <= ask.now:
        raise Refused(f"{when(ask, found)} has begun", as_is=True)


def _check_room(ask: Ask, new: Planned) -> None:
    """Refuse what is over, too far away, or at the time of another session."""
    if new.start <= ask.now:
        raise Refused(
            f"{when(ask, new)} is {wording.distance(new.start, ask.now)}; say a later one",
            as_is=True,
        )
    if new.start > ask.now + office_series.AHEAD:
        raise Refused(f"{when(ask, new)} is too far away", as_is=True)
    others = [p for p in coming(ask) if (p.name, p.session.day) != (new.name, new.session.day)]
    clash = rules.check_apart(new.session, new.weekly, others)
    if clash is not None:
        raise Refused(
            f"{when(ask, new)} overlaps with {when(ask, clash)} ({clash.name})", as_is=True
        )


def _moved(ask: Ask, text: str) -> tuple[Planned, str]:
    """The session that is to be moved, and where to: as many words for the first as leave sense."""
    shown = coming(ask)
    for head, rest in rules.beginnings(text):
        if not (rest and rules.reads(head, shown, ask.now)):
            continue
        found = rules.meant(head, shown, ask.now)
        if len(found) == 1 and rules.is_move(rest, found[0], ask.now):
            return found[0], rest
    found_one, rest = split(ask, text)
    if not rest:
        raise Refused("say when it is to be instead: !office move 8 jun 9 jun 17:00")
    return found_one, rest


def _end(ask: Ask, row: Series, weekly: Weekly, first: Planned) -> None:
    """Let a series have no session from that one on; one that never had any is gone whole."""
    undo = f"{row.name} goes on"
    day = first.session.day
    if row.first >= day and not row.imported:
        reading_dates.remove_series(ask.books, ask.deed, row, undo)
        return
    of = {"season": row.season, "series": row.name}
    rows: list[OfficeChange | OfficeDuty] = [*ask.books.every(OfficeChange, **of)]
    for said in [*rows, *ask.books.every(OfficeDuty, **of)]:
        if said.day is not None and said.day >= day:
            ask.books.remove(ask.deed, said)
    ask.books.change(ask.deed, row, undo, last=day - timedelta(days=1))


def _added(ask: Ask, begun: Planned, *, named: bool) -> str:
    """office: weekly Wed 16:00 Europe/London (now 15:00 UTC), 60 min, #gsoc, from 6 Apr. …"""
    weekly = begun.weekly
    once = weekly.first == weekly.last
    there = on_its_clock(begun)
    if once:
        often = f"once, {when(ask, begun)}{f' = {there}' if there else ''}"
    else:
        now = f" (first {begun.start:%H:%M} UTC)" if there else ""
        often = f"{'weekly, ' if weekly.every == 1 else ''}{in_words(weekly)}{now}"
    rooms = office_planning.rooms_of(weekly, public(ask))
    names = ", ".join(dict.fromkeys(channel for _, channel in rooms))
    first = "" if once else f", from {wording.day(begun.there.date(), ask.now)}"
    last = f" until {wording.day(weekly.last, ask.now)}" if weekly.last and not once else ""
    zone = "" if named else " You named no zone, so it is UTC."
    return (
        f"{begun.name}: {often}, {weekly.minutes} min, {names}{first}{last}. Announced 24 h, 1 h "
        f"and at the start.{zone} Mentors sign up: !office on"
    )
