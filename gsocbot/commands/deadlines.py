"""Changing dates: adding, moving, announcing what was moved, dropping."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from gsocbot.commands.ask import Ask
from gsocbot.commands.command import Call, Text, Words
from gsocbot.commands.dates import (
    briefly,
    discreetly,
    done_by,
    how_to_move,
    is_untold,
    now_as,
    public,
    reminders_of,
    replan,
    row_of,
    to_come,
    too_near,
)
from gsocbot.commands.timeline import for_whom, one_date
from gsocbot.render import words as wording
from gsocbot.render.addresses import TIMELINE
from gsocbot.render.words import listed, plural
from gsocbot.rules import deadlines as rules
from gsocbot.rules.deadlines import When
from gsocbot.rules.timeline import LATEST_END_OF_DAY, Audience, Deadline, DeadlineKind
from gsocbot.store import deadlines as kept
from gsocbot.store import tables
from gsocbot.store.planning import Rooms
from gsocbot.talk import Refused, Say


def deadline_add(ask: Ask, slug: str, date_and_title: Text) -> Iterator[Say]:
    """Add a date, with what it is, and for students, mentors or organisers if not for all."""
    slug = _free(ask, rules.checked_slug(slug))
    new = rules.split_new(date_and_title, ask.now)
    when = rules.read_when(new.when, ask.now)
    _check_ahead(ask, when)
    ask.keep(
        tables.Deadline,
        f"{slug} is gone again",
        slug=slug,
        title=new.title,
        at=when.at,
        day=when.day,
        audience=new.audience,
        kind=DeadlineKind.DEADLINE,
    )
    replan(ask)
    found = now_as(ask, slug)
    whom = for_whom(new.audience, ask.season.word)
    day = "" if when.at else f" Nobody is reminded without an hour: {how_to_move(found)}"
    told = f"; {reminders_of(ask, found)}" if when.at else "."
    left = f" ({wording.distance(when.at, ask.now)})" if when.at else ""
    shown = f"{briefly(ask, found)}{_there(when)}{left}"
    yield ask.answer(f'added {slug} "{new.title}" {shown} for {whom}{told}{day}')


def deadline_move(ask: Ask, slug: str, when: Words) -> Iterator[Say]:
    """Move a date, with its reminders, calendars and pages."""
    old = one_date(ask, slug)
    new = rules.read_when(when, ask.now, old)
    _check_ahead(ask, new)
    if (new.at, new.day) == (old.at, old.day):
        raise Refused(f"{old.slug} is on {wording.when(old, ask.now)} already", as_is=True)
    if old.acked_by:
        yield from discreetly(ask, old)
    row = row_of(ask, old)
    was, now = (wording.when_briefly(d, ask.now) for d in (old, _at(old, new)))
    ask.books.change(
        ask.deed,
        row,
        f"{old.slug} is {was} again",
        at=new.at,
        day=new.day,
        sequence=row.sequence + 1,
    )
    replan(ask)
    found = now_as(ask, old.slug)
    was = was.removesuffix(" UTC") if found.at and old.at else was
    count = len(to_come(ask, found))
    told = f"{plural(count, 'reminder')} re-planned, " if count else ""
    yield ask.answer(
        f"{found.slug} moves from {was} to {now}{_there(new)}; {told}calendar updated."
        f"{_notes(ask, found, new)}{_folder(ask, row)}{_offer(ask, found)}",
        as_is=True,
    )


def deadline_announce(ask: Ask, slug: str) -> Iterator[Say]:
    """Say a date's new moment once in the public channels, after it was moved."""
    found = one_date(ask, slug)
    if found.audience is Audience.ORGANISERS:
        raise Refused(f"{found.slug} is for organisers; no public channel hears of it", as_is=True)
    was = kept.last_move(ask.books, row_of(ask, found))
    shown = wording.when(found, ask.now)
    if was is None:
        raise Refused(f"{found.slug} was not moved; it is {shown}", as_is=True)
    if found.passes_at <= ask.now:
        raise Refused(f"{found.slug} has passed: {shown}", as_is=True)
    rooms = public(ask)
    if not rooms:
        raise Refused("this season has no public channel")
    if (was.at, was.day) == (found.at, found.day) and not was.announced:
        raise Refused(f"there is nothing to announce: {found.slug} is on {shown}, as it was")
    ask.confirm(f"this says in {_named(rooms)} that {found.slug} is {briefly(ask, found)} now.")
    page = ask.addresses.page(TIMELINE)
    if not kept.announce(ask.books, found, was, ask.season_key, rooms, page, ask.now):
        raise Refused(f"the new date of {found.slug} was announced in {_named(rooms)} already")
    yield ask.answer(f"the new date of {found.slug} is announced in {_named(rooms)}.")


def deadline_drop(ask: Ask, slug: str) -> Iterator[Say]:
    """Remove a date that was added on IRC, with its reminders."""
    old = one_date(ask, slug)
    row = row_of(ask, old)
    if row.imported:
        raise Refused(
            f"{old.slug} stands in timeline.toml; take it out there. To end its reminders: "
            f"!deadline remind {old.slug} off",
            as_is=True,
        )
    count = len(to_come(ask, old))
    gone = f" and {plural(count, 'reminder')}" if count else ""
    ask.confirm(f"this removes {old.slug} ({briefly(ask, old)}){gone}.")
    ask.books.remove(ask.deed, row, f"{old.slug} is there again")
    replan(ask)
    too = f", with {plural(count, 'reminder')}" if count else ""
    yield ask.answer(f"{old.slug} is removed{too}.", as_is=True)


# --- checking


def _free(ask: Ask, slug: str) -> str:
    if slug in {c.verb for c in ask.seen.commands if c.noun == "deadline"}:
        raise Refused(f'"!deadline {slug}" does something else; choose another slug')
    if kept.row(ask.books, ask.season_key, slug) is not None:
        raise Refused(f"there is {slug} already: {briefly(ask, now_as(ask, slug))}. Move it: "
                      f"!deadline move {slug} <when>")  # fmt: skip
    return slug


def _check_ahead(ask: Ask, when: When) -> None:
    """Refuse a date of the past, and say which one may have been meant."""
    if when.at is not None:
        at, passed = when.at, when.at <= ask.now
    else:
        assert when.day is not None
        at = datetime(when.day.year, when.day.month, when.day.day, tzinfo=UTC)
        passed = at + LATEST_END_OF_DAY <= ask.now
    if not passed:
        return
    later = at.year + 1 if at.year >= ask.now.year else ask.now.year
    try:
        meant = at.replace(year=later)
    except ValueError:  # the 29th of February
        meant = at + timedelta(days=365)
    hour = f" {meant:%H:%M}" if when.at else ""
    shown = wording.moment(at, ask.now) if when.at else wording.day(at.date(), ask.now)
    raise Refused(
        f"{shown} is {wording.distance(at, ask.now)}. Did you mean {later}? Write the year: "
        f"{meant.day} {meant:%b} {meant.year}{hour}"
    )


# --- wording


def _at(old: Deadline, when: When) -> Deadline:
    return replace(old, at=when.at, day=when.day)


def _there(when: When) -> str:
    """The moment on the clock of the zone it was said in."""
    if when.at is None or when.zone == "UTC":
        return ""
    return f" = {when.at.astimezone(ZoneInfo(when.zone)):%H:%M} {when.zone}"


def _notes(ask: Ask, found: Deadline, when: When) -> str:
    """What somebody who has moved a date may not expect."""
    notes = []
    if when.day is not None:
        notes.append("No hour is given, so nobody is reminded.")
    elif when.hour_kept:
        notes.append(f"You gave no hour; it stays {found.at:%H:%M} UTC.")
    if found.acked_by:
        done = f"It is done ({done_by(ask, found)}), so nobody is reminded"
        notes.append(f"{done} (not so: !ack {found.slug} off).")
    elif is_untold(ask, found):
        notes.append(f"It is {too_near(ask, found)}.")
    if (ours := found.ours_at) is not None:
        passed = "" if ours > ask.now else ", which has passed"
        notes.append(f"Ours: {wording.moment(ours, ask.now)}{passed}.")
    return "".join(f" {note}" for note in notes)


def _folder(ask: Ask, row: tables.Deadline) -> str:
    """What the season's folder says, if it says otherwise."""
    says = kept.folder_says(row)
    if says is None or says == (row.at, row.day):
        return ""
    there = wording.when_briefly(Deadline(row.slug, row.title, *says), ask.now)
    return f" timeline.toml still says {there}."


def _offer(ask: Ask, found: Deadline) -> str:
    """One announcement, if the next thing said is yes."""
    rooms = public(ask)
    if not rooms or found.audience is Audience.ORGANISERS:
        return ""
    call = Call(ask.other("deadline", "announce"), (found.slug,))
    ask.memory.ask(ask.person, call, ask.now)
    return f" Announce in {_named(rooms)}? !yes"


def _named(rooms: Rooms) -> str:
    return listed(list(dict.fromkeys(channel for _, channel in rooms)))
