"""What the page of the office hour lists: sessions to come with who is on, and those held."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from heapq import merge
from itertools import islice, repeat
from zoneinfo import ZoneInfo

from gsocbot.render.addresses import session_path
from gsocbot.rules import roster
from gsocbot.rules.mentors import is_away
from gsocbot.rules.recurrence import Occurrence, Weekly, occurrences, skipped
from gsocbot.site.snapshot import SeasonSnapshot, Session

SESSIONS_SHOWN = 8
FAR = timedelta(days=370)
"""How far ahead skipped sessions are shown, where no others are."""

_END_OF_TIME = datetime(9990, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Coming:
    """A session to come, in UTC and on the clock of its zone, with who is on; or a skipped one."""

    title: str
    start: datetime
    end: datetime
    local_start: datetime
    local_end: datetime
    zone: str
    minutes: int
    on: tuple[str, ...] = ()
    channel: str = ""
    skipped: bool = False
    why: str = ""

    @property
    def letters(self) -> str:
        """BST, or nothing for a zone that has figures instead"""
        name = self.local_start.tzname() or ""
        return name if name.isalpha() and name != self.zone else ""

    @property
    def same_clock(self) -> bool:
        """Whether the zone shows the time of UTC just then."""
        return self.local_start.replace(tzinfo=UTC) == self.start


@dataclass(frozen=True, slots=True)
class Summary:
    """What other pages say of a session that was held; `content` is for the feed."""

    title: str = ""
    people: int = 0
    helped: int = 0
    actions: int = 0
    lines: int = 0
    content: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """A session that was held, and where its minutes are."""

    session: Session
    path: str
    summary: Summary = Summary()

    @property
    def minutes(self) -> int:
        """How long it took."""
        length = self.session.ended_at - self.session.started_at
        return max(1, round(length.total_seconds() / 60))


def coming(snapshot: SeasonSnapshot, now: datetime) -> list[Coming]:
    """The next sessions of all series, and what is skipped until the last of them."""
    series = [weekly for _, weekly in snapshot.series]
    runs = [
        zip(occurrences(w, now, _END_OF_TIME), repeat(name), repeat(w))
        for name, w in snapshot.series
    ]
    near = list(islice(merge(*runs, key=lambda run: run[0].start), SESSIONS_SHOWN))
    until = near[-1][0].end if len(near) == SESSIONS_SHOWN else now + FAR
    found = [_coming(o, w, on(snapshot, name, o)) for o, name, w in near]
    left_out = [(o, why, w) for w in series for o, why in skipped(w, now, until)]
    found += [replace(_coming(o, w), skipped=True, why=why) for o, why, w in left_out]
    return sorted(found, key=lambda session: session.start)


def on(snapshot: SeasonSnapshot, series: str, session: Occurrence) -> tuple[str, ...]:
    """Who is on in a session, in the order in which they signed up; who is away is not."""
    signed = roster.on([d for name, d in snapshot.duties if name == series], session.day)
    away = {
        a.account.lower()
        for times in snapshot.times
        if (a := times.absence) and is_away(a, session.start)
    }
    names = {account.lower(): account for _, account in signed}
    return tuple(name for folded, name in names.items() if name and folded not in away)


def _coming(session: Occurrence, weekly: Weekly, names: tuple[str, ...] = ()) -> Coming:
    zone = ZoneInfo(weekly.zone)
    return Coming(
        title=weekly.title or "Office hour",
        start=session.start,
        end=session.end,
        local_start=session.start.astimezone(zone),
        local_end=session.end.astimezone(zone),
        zone=weekly.zone,
        minutes=weekly.minutes,
        on=names,
        channel=weekly.channel,
    )


def held(session: Session, summaries: Mapping[str, Summary]) -> Held:
    """A session that was held, with what is said of it; `summaries` go by paths."""
    path = session_path(session.day.isoformat(), session.copy)
    return Held(session, path, summaries.get(path, Summary()))
