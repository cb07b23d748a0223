"""A hackathon in one line: where and when it is, who is there, and what is on now."""

from collections.abc import Iterator

from gsocbot.commands.ask import Ask
from gsocbot.commands.command import Words
from gsocbot.commands.hack_words import clock, days_in_words, place, slot_of, titled, where
from gsocbot.commands.hackathon_here import NONE, page, the_hackathon
from gsocbot.commands.office import office
from gsocbot.commands.sessions import running
from gsocbot.render import words as wording
from gsocbot.render.addresses import HACKATHON_REPORT
from gsocbot.render.words import plural
from gsocbot.rules.hackathon import Days, EventKind
from gsocbot.store import hack_topics, hackathon_days, hackathons
from gsocbot.store.hackathon_tables import Demo, Hackathon, HackEvent, HackSlot, HackTopic
from gsocbot.talk import Refused, Say


def hack(ask: Ask, which: Words = "") -> Iterator[Say]:
    """Say where and when the hackathon is, what is on now, and where its page is."""
    row = named(ask, which) if which else the_hackathon(ask)
    days = hackathons.days_of(row)
    if days.is_over(ask.now):
        yield _over(ask, row)
        return
    head = f"{row.name}, {where(row)}, {days_in_words(ask, row)}"
    people = hackathons.head_count(ask.books, row)
    if days.is_on(ask.now):
        head += f", day {days.number(days.day_at(ask.now))} of {days.count}, {_people(people)}. "
        going = " · ".join(_going_on(ask, row))
        now = f"Now: {going}. " if going else ""
        yield ask.squeezed(head, now, f"{_next_demos(ask, row)}{page(ask, row)}", as_is=True)
        return
    begins = days.at(row.first, row.opens)
    topics = sum(t.ended_at is None for t in hack_topics.every(ask.books, row))
    there = f"{row.opens:%H:%M} {row.zone}"
    coming = f", {plural(topics, 'topic')}" if topics else ""
    yield ask.squeezed(
        f"{head}, from {there} ({wording.distance(begins, ask.now)}): {_people(people)} so far"
        f"{coming}. Join: !hack join <skills> · topics: !topic add <title> · ",
        "",
        page(ask, row),
        as_is=True,
    )


def named(ask: Ask, words: str) -> Hackathon:
    """The hackathon that words name; a stray refusal where none is called that."""
    wanted = words.strip().lower()
    for row in hackathons.every(ask.books, ask.season_key):
        if wanted in {row.slug, row.name.lower()}:
            return row
    raise Refused(f'no hackathon is called "{words[:40]}". All: !hack list', stray=True)


def _over(ask: Ask, row: Hackathon) -> Say:
    """What came of one that has ended."""
    came = hackathon_days.counts(ask.books, row)
    ideas = f" ({came.ideas} became {'an idea' if came.ideas == 1 else 'ideas'})"
    parts = [
        _people(came.people),
        plural(came.topics, "topic"),
        plural(came.demos, "demo") if came.demos else "",
        plural(came.outcomes, "outcome") + ideas * bool(came.ideas) if came.outcomes else "",
    ]
    return ask.answer(
        f"{row.name}, {where(row)}, was on {days_in_words(ask, row)}: "
        f"{', '.join(filter(None, parts))}. {page(ask, row)}{HACKATHON_REPORT}",
        as_is=True,
    )


def _going_on(ask: Ask, row: Hackathon) -> list[str]:
    """The topics that have a room now, and those of which somebody has said today what they do."""
    days, slots = hackathons.days_of(row), hack_topics.slots(ask.books, row)
    found = []
    for topic in hack_topics.every(ask.books, row):
        if topic.ended_at is None and (shown := _now(ask, row, topic, slots, days)):
            found.append(shown)
    return found


def _now(
    ask: Ask,
    row: Hackathon,
    topic: HackTopic,
    slots: list[HackSlot],
    days: Days,
) -> str:
    slot = slot_of(topic, slots, ask.now)
    if slot is not None and slot.start <= ask.now:
        return f"{titled(topic)} ({place(ask, row, slot)})"
    said = topic.now_at is not None and days.day_at(topic.now_at) == days.day_at(ask.now)
    return titled(topic) if said and slot is None else ""


def _next_demos(ask: Ask, row: Hackathon) -> str:
    """Next demo 15:00, or which is shown now; empty where none comes."""
    today = hackathons.days_of(row).day_at(ask.now)
    shown = [
        demo
        for demo in ask.books.every(Demo, hackathon=row.id)
        if demo.day == today and demo.started_at is not None and demo.done_at is None
    ]
    if shown:
        return f"Demo now: {shown[-1].title}. "
    coming = [
        event.start
        for event in ask.books.every(HackEvent, hackathon=row.id)
        if event.kind == EventKind.DEMOS and event.start > ask.now
    ]
    return f"Next demo {clock(ask, row, min(coming))}. " if coming else ""


def hack_list(ask: Ask) -> Iterator[Say]:
    """List all hackathons of the season."""
    rows = hackathons.every(ask.books, ask.season_key)
    if not rows:
        raise Refused(NONE)
    yield ask.listing("", [_listed(ask, row) for row in rows], ". One: !hack <name>")


def _listed(ask: Ask, row: Hackathon) -> str:
    days = hackathons.days_of(row)
    on = "on now" if days.is_on(ask.now) else "over" if days.is_over(ask.now) else "to come"
    return f"{row.slug}: {row.name}, {where(row)}, {days_in_words(ask, row)} ({on})"


def now(ask: Ask) -> Iterator[Say]:
    """Say what is on now: the office hour in this channel, or else the hackathon."""
    yield from office(ask) if running(ask) is not None else hack(ask)


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count or 'nobody'}{' people' if count else ''}"
