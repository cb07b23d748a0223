"""The year: what is due, where we are, one date, and times in other zones."""

from collections.abc import Iterator
from datetime import datetime

from gsocbot.commands.ask import Ask
from gsocbot.commands.command import Words
from gsocbot.render import words as wording
from gsocbot.render.addresses import TIMELINE
from gsocbot.rules.timeline import Audience, Deadline, current, in_order, stretches, upcoming
from gsocbot.rules.when import read_moment
from gsocbot.store import seasons
from gsocbot.talk import Refused, Say

FOR = {"contributors": "students", "contributor": "students", "student": "students",
       "mentor": "mentors", "organiser": "organisers", "admins": "organisers"}  # fmt: skip


def due(ask: Ask, whose: str = "") -> Iterator[Say]:
    """Say what is due next, for everybody or for students, mentors or organisers."""
    coming = upcoming(_dates(ask), ask.now, _audience(whose))
    if not coming:
        yield ask.answer(f"nothing is left this year. All dates: {ask.addresses.page(TIMELINE)}")
        return
    first, *later = coming
    then = f" Then: {later[0].title} {wording.when_briefly(later[0], ask.now)}." if later else ""
    ours = first.ours_at
    inside = f" Ours: {wording.moment(ours, ask.now)}." if ours and ours > ask.now else ""
    yield ask.answer(f"next: {first.title} {wording.when(first, ask.now)}.{inside}{then}")


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
    found = _one(ask, slug_or_words)
    ours = f" Ours: {wording.moment(found.ours_at, ask.now)}." if found.ours_at else ""
    source = f" Source: {found.source}" if found.source else ""
    yield ask.answer(
        f"{found.slug}: {found.title} {wording.when(found, ask.now)}.{ours} "
        f"For: {_for(found.audience, ask.season.word)}.{source}",
        as_is=True,
    )


def time(ask: Ask, when: Words = "now") -> Iterator[Say]:
    """Say a time in UTC and, with a zone behind it, there: 19:00 Asia/Kolkata."""
    read = read_moment(when, ask.now)
    shown = [f"{wording.moment(read.at, ask.now)}"]
    shown += [wording.moment(read.at, ask.now, z.tz, z.name) for z in read.zones if z.name != "UTC"]
    assumed = ", read as UTC" if read.assumed else ""
    yield ask.answer(f"{' = '.join(shown)} ({wording.distance(read.at, ask.now)}{assumed}).")


def _dates(ask: Ask) -> list[Deadline]:
    dates = seasons.deadlines(ask.books, ask.season_key)
    if not dates:
        raise Refused("no dates are known for this season yet")
    return dates


def _is_shown(deadline: Deadline, part: str, now: datetime) -> bool:
    if part == "all":
        return True
    past = deadline.passes_at <= now
    return past if part == "past" else bool(deadline.short) and not past


def _one(ask: Ask, words: str) -> Deadline:
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


def _for(audience: Audience, word: str) -> str:
    if audience is Audience.ALL:
        return "everybody"
    return f"{word}s" if audience is Audience.STUDENTS else str(audience)
