"""Which office hours come, which one somebody means, and how they are shown."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from gsocbot.commands.ask import Ask
from gsocbot.commands.dates import public
from gsocbot.render import words as wording
from gsocbot.render.words import listed
from gsocbot.rules import office_plans as rules
from gsocbot.rules.office_plans import Planned
from gsocbot.rules.office_series import AHEAD, HOW
from gsocbot.rules.recurrence import WEEKDAYS, Weekly, skipped
from gsocbot.store import office_planning, roster, seasons
from gsocbot.store.roster import Roster
from gsocbot.talk import Refused

NEAREST = 3
NONE = f"no office hour is planned yet. Organisers: {HOW}"


def coming(ask: Ask, *, left_out: bool = False) -> list[Planned]:
    """The sessions of all series that have not ended, in order; on request skipped ones too."""
    since, until = ask.now, ask.now + AHEAD
    found = [Planned(*f) for f in roster.coming(ask.books, ask.season_key, since, until)]
    if left_out:
        found += [
            Planned(name, weekly, session, why)
            for name, weekly in seasons.series(ask.books, ask.season_key).items()
            for session, why in skipped(weekly, since, until)
        ]
    return sorted(found, key=lambda planned: planned.start)


def one(ask: Ask, words: Sequence[str], *, left_out: bool = False) -> Planned:
    """The session that words mean; where there is none, refuses with the nearest."""
    shown = coming(ask, left_out=True)
    if not shown:
        raise Refused(NONE)
    found = rules.meant(words, shown, ask.now)
    wanted = [planned for planned in found if left_out or planned.why is None]
    if len(wanted) == 1:
        return wanted[0]
    if wanted:
        ways = " · ".join(f"{wording.moment(p.start, ask.now)} ({p.name})" for p in wanted[:3])
        raise Refused(f"there are several: {ways}. Say the hour too, or its name first")
    if found:
        day = f"{found[0].there.day} {found[0].there:%b}".lower()
        back = f"; to hold it after all: !office keep {day}"
        raise Refused(f"{when(ask, found[0])} is skipped ({found[0].why}){back}", as_is=True)
    near = [p for p in shown if left_out or p.why is None]
    raise Refused(f"there is no office hour then{_nearest(ask, words, near)}")


def split(ask: Ask, text: str, *, left_out: bool = False) -> tuple[Planned, str]:
    """The session that the first words mean, the more of them the better, and the rest."""
    shown = coming(ask, left_out=True)
    fitting = [
        (head, rest) for head, rest in rules.beginnings(text) if rules.reads(head, shown, ask.now)
    ]
    for head, rest in fitting:
        if rules.meant(head, shown, ask.now):
            return one(ask, head, left_out=left_out), rest
    head = fitting[0][0] if fitting else text.split()
    return one(ask, head, left_out=left_out), ""


def when(ask: Ask, planned: Planned) -> str:
    """Wed 6 Apr 15:00 UTC"""
    return wording.moment(planned.start, ask.now)


def where(ask: Ask, weekly: Weekly) -> str:
    """here, in #gsoc, or empty where it is nowhere"""
    rooms = office_planning.rooms_of(weekly, public(ask))
    if (ask.network, (ask.heard.channel or "").lower()) in rooms:
        return "here"
    names = list(dict.fromkeys(channel for _, channel in rooms))
    return f"in {listed(names)}" if names else ""


def who_is_on(ask: Ask, signed: Roster, planned: Planned) -> list[str]:
    """Who is on in a session, written so that it calls nobody but who asks."""
    return ask.names(signed.on(ask.network, planned.name, planned.session))


def in_words(weekly: Weekly) -> str:
    """Wed 16:00 Europe/London, every 2 weeks"""
    if weekly.last is not None and weekly.first == weekly.last:
        return f"{wording.full_day(weekly.first)} {weekly.time:%H:%M} {weekly.zone}"
    day = WEEKDAYS[weekly.weekday].capitalize()
    often = "" if weekly.every == 1 else f", every {weekly.every} weeks"
    return f"{day} {weekly.time:%H:%M} {weekly.zone}{often}"


def on_its_clock(planned: Planned) -> str:
    """16:00 Europe/London; empty where that is UTC's"""
    there = planned.start.astimezone(ZoneInfo(planned.weekly.zone))
    return f"{there:%H:%M} {planned.weekly.zone}" if there.utcoffset() else ""


def _nearest(ask: Ask, words: Sequence[str], shown: Sequence[Planned]) -> str:
    if not shown or " ".join(words).lower() == "next":
        return f". Organisers: {HOW}" if not shown else ""
    near = rules.nearest(words, shown, ask.now, NEAREST)
    return f". Nearest: {' · '.join(when(ask, planned) for planned in near)}"
