"""The year: what is due, where we are, one date, and times in other zones."""

from collections.abc import Iterator
from datetime import datetime

from gsocbot.commands.ask import Ask
from gsocbot.commands.command import Words
from gsocbot.config import ChannelRole
from gsocbot.importers.years import read_years, shipped_years
from gsocbot.render import words as wording
from gsocbot.render.addresses import TIMELINE
from gsocbot.rules.deadlines import in_short
from gsocbot.rules.publication import before
from gsocbot.rules.roles import Role
from gsocbot.rules.seasons import SeasonFacts
from gsocbot.rules.timeline import Audience, Deadline, current, in_order, stretches, upcoming
from gsocbot.rules.when import read_moment
from gsocbot.shipped import shipped
from gsocbot.store import seasons
from gsocbot.talk import Kind, Refused, Say

FOR = {"contributors": "students", "contributor": "students", "student": "students",
       "mentor": "mentors", "organiser": "organisers", "admins": "organisers"}  # fmt: skip
NEXT_STEP = "Organisers: write timeline.toml, or !deadline import <file>"


def due(ask: Ask, whose: str = "") -> Iterator[Say]:
    """Say what is due next, for everybody or for students, mentors or organisers."""
    coming = upcoming(_dates(ask), ask.now, _audience(whose))
    if not coming:
        yield ask.answer(f"nothing is left this year. All dates: {ask.addresses.page(TIMELINE)}")
        return
    first, *later = coming
    then = f" Then: {later[0].title} {wording.when_briefly(later[0], ask.now)}." if later else ""
    ours = first.ours_at
    inside = f" Ours: {ask.moment(ours)}." if ours and ours > ask.now else ""
    yield ask.answer(
        f"next: {first.title} {wording.when(first, ask.now, ask.yours)}.{inside}{then}"
    )


def timeline(ask: Ask, part: str = "") -> Iterator[Say]:
    """Show the year in one line: now, and what comes; "all" and "past" show the rest."""
    dates = _dates(ask)
    whole = part.lower() in {"all", "past"}
    if part and not whole:
        raise Refused(f'I do not know what "{part[:40]}" means here: !timeline [all|past]')
    shown = [d for d in in_order(dates) if _is_shown(d, part.lower(), ask.now)]
    now = current(stretches(seasons.phases(ask.books, ask.season_key), dates), ask.now)
    until = f" (until {wording.when_briefly(now.end, ask.now)})" if now else ""
    head = f"now: {now.name}{until} → " if now and not whole else ""
    items = [f"{wording.short_day(d)} {d.short or d.title}" for d in shown]
    if not items:
        raise Refused("there is nothing to show there")
    if whole:
        yield ask.listing(head, items, f". {ask.addresses.page(TIMELINE)}")
    else:
        yield ask.answer(f"{head}{' → '.join(items)}. {ask.addresses.page(TIMELINE)}")


def deadline(ask: Ask, slug_or_words: Words) -> Iterator[Say]:
    """Show one date: when it is, ours, for whom, and where it was read."""
    found = one_date(ask, slug_or_words)
    ours = f" Ours: {ask.moment(found.ours_at)}." if found.ours_at else ""
    source = f" Source: {found.source}" if found.source else ""
    yield ask.answer(
        f"{found.slug}: {found.title} {wording.when(found, ask.now, ask.yours)}.{ours} "
        f"For: {for_whom(found.audience, ask.season.word)}.{_own(ask, found)}{source}",
        as_is=True,
    )


def _own(ask: Ask, found: Deadline) -> str:
    """What organisers have said of a date; that it is done, they alone hear."""
    among_us = ask.in_private or ask.role is ChannelRole.ORGANISERS
    if found.acked_by and found.acked_at and among_us and Role.ORGANISER in ask.roles:
        by = f"{ask.name(found.acked_by)}, {wording.moment(found.acked_at, ask.now)}"
        return f" Done ({by})."
    if found.offsets is None:
        return ""
    return f" Reminders: {in_short(found.offsets) or 'off'}."


def time(ask: Ask, when: Words = "now") -> Iterator[Say]:
    """Say a time in UTC and, with a zone behind it, there: 19:00 Asia/Kolkata."""
    read = read_moment(when, ask.now)
    shown = [f"{wording.moment(read.at, ask.now)}"]
    shown += [wording.moment(read.at, ask.now, z.tz, z.name) for z in read.zones if z.name != "UTC"]
    assumed = ", read as UTC" if read.assumed else ""
    yours = wording.for_you(read.at, ask.yours)
    yours = f", {yours}" if yours else ""
    yield ask.answer(f"{' = '.join(shown)} ({wording.distance(read.at, ask.now)}{assumed}{yours}).")


def _dates(ask: Ask) -> list[Deadline]:
    dates = seasons.deadlines(ask.books, ask.season_key)
    if not dates:
        raise Refused(_none_yet(ask.season), Kind.TIMELINE)
    return dates


def _none_yet(season: SeasonFacts) -> str:
    """Why there are no dates, when Google had them in the years before, and what to do."""
    year, timelines = season.year, shipped("templates") / "timelines"
    if not year:
        return f"no dates are known for this season yet. {NEXT_STEP}"
    if year in shipped_years(timelines):
        return (
            f"no dates are known for this season yet. Organisers: those of {year} come with "
            f"gsocbot: !deadline import {year}"
        )
    years = {y: dates for y, (dates, _) in read_years(timelines).items()}
    earlier = before(year, years)
    told = (
        ("Google announced the programme on", [b.announced for b in earlier]),
        ("organisations applied from", [b.organisations for b in earlier]),
        (f"{season.word}s applied from", [b.people for b in earlier]),
    )
    parts = [f"{what} {wording.listed(d)}" for what, on in told
             if (d := [wording.full_day(day) for day in on if day])]  # fmt: skip
    known = f" In earlier years {'; '.join(parts)}." if parts else ""
    return f"no dates of {year} are known here yet.{known} {NEXT_STEP}"


def _is_shown(deadline: Deadline, part: str, now: datetime) -> bool:
    if part == "all":
        return True
    past = deadline.passes_at <= now
    return past if part == "past" else bool(deadline.short) and not past


def one_date(ask: Ask, words: str) -> Deadline:
    """The date that words mean; refuses none and several."""
    wanted = words.lower()
    dates = in_order(_dates(ask))
    for fits in (
        [d for d in dates if d.slug == wanted.replace(" ", "-")],
        [d for d in dates if d.slug.startswith(wanted.replace(" ", "-"))],
        [d for d in dates if all(w in f"{d.title} {d.slug}".lower() for w in wanted.split())],
    ):
        if len(fits) == 1:
            return fits[0]
        if fits:
            few = " · ".join(d.slug for d in fits[:5])
            raise Refused(f'"{words}" could be {few}')
    raise Refused(f'there is no date "{words}". All dates: !timeline all')


def _audience(word: str) -> Audience | None:
    plain = FOR.get(word.lower(), word.lower())
    if plain in {"", "all", "me", "everybody"}:
        return None
    if plain not in set(Audience):
        raise Refused(f'I do not know "{word[:40]}": !due [students|mentors|organisers]')
    return Audience(plain)


def for_whom(audience: Audience, word: str) -> str:
    """Whom a date is for, in the words of the season."""
    if audience is Audience.ALL:
        return "everybody"
    return f"{word}s" if audience is Audience.STUDENTS else str(audience)
