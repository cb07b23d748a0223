"""What must be said, to whom, from when and until when: worked out from what was put in alone."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.soak.year import walls
from tests.soak.year.season import Date, Hours, Person, Season

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
USUAL = (14 * DAY, 7 * DAY, 2 * DAY, DAY, 6 * HOUR, HOUR)
LAST = (DAY, 6 * HOUR, HOUR)
"""Before a date itself, where the organisation's own has passed."""
ASKED = 12 * HOUR
SECOND, EVERYBODY = DAY, 6 * HOUR
"""So long before its end a second organiser hears of what organisers owe, and so long all do."""
HOURS = ((DAY, "here in"), (HOUR, "here in"), (timedelta(0), "begins now"))
BEGUN = timedelta(minutes=15)
URGENT = 6 * HOUR
IN_CHANNEL, IN_PRIVATE = DAY, 14 * DAY
PUBLIC, INSIDE = "#gsoc", "#gsoc-org"
Key = tuple[str, str, str]
"""What a line tells of itself: its kind, its name, and the moment that it tells of."""


@dataclass(eq=False)
class Promise:
    """A line that is to be said once; `gone` is when it was taken back.

    `room` is where somebody asked for it. One that is not `sure` may be said or not.
    """

    key: Key
    target: str
    due: datetime
    expires: datetime
    at: datetime
    born: datetime
    person: Person | None = None
    room: str = ""
    gone: datetime | None = None
    sure: bool = True

    @property
    def ends(self) -> datetime:
        """When it must not be said any more."""
        return min(self.expires, self.gone or self.expires)

    def is_open(self, now: datetime) -> bool:
        """Whether now is a time to say it."""
        return self.due <= now < self.ends

    def is_held(self, now: datetime) -> bool:
        """Whether it is quiet at the person's, and the date is far."""
        quiet = self.person.quiet if self.person else None
        if self.person is None or quiet is None or self.key[0] == "own" or self.at - now <= URGENT:
            return False
        hour = now.astimezone(ZoneInfo(self.person.zone)).hour
        begin, end = quiet
        return begin <= hour < end if begin < end else not end <= hour < begin

    def free_from(self, now: datetime) -> datetime:
        """When it may be said, from now on: a quiet ends at a quarter."""
        while self.is_held(now):
            now = next_quarter(now)
        return now

    def __str__(self) -> str:
        """What it is, for whoever looks for a fault."""
        return f"{' '.join(self.key)} -> {self.target}, due {self.due:%Y-%m-%d %H:%M:%S}"


def next_quarter(now: datetime) -> datetime:
    """The next quarter of an hour."""
    floor = now.replace(minute=now.minute // 15 * 15, second=0, microsecond=0)
    return floor + walls.QUARTER


def words(at: datetime) -> str:
    """Fri 8 Apr 19:00"""
    return f"{at:%a} {at.day} {at:%b} {at:%H:%M}"


class Promises:
    """All of them, found by what a line tells of itself."""

    def __init__(self, season: Season) -> None:
        self._season = season
        self.by_key: dict[tuple[Key, str], list[Promise]] = defaultdict(list)
        self.by_target: dict[str, list[Promise]] = defaultdict(list)
        self._of_date: dict[str, dict[tuple[Key, str, datetime], Promise]] = defaultdict(dict)

    def __iter__(self) -> Iterator[Promise]:
        """Every one that was ever made."""
        return (promise for found in self.by_target.values() for promise in found)

    def add(self, promise: Promise) -> Promise:
        """Keep one in mind."""
        self.by_key[promise.key, promise.target].append(promise)
        self.by_target[promise.target].append(promise)
        return promise

    def of_hours(self, hours: Hours, begin: datetime, end: datetime) -> list[Promise]:
        """Those of a weekly session, due from begin until end."""
        found = []
        day = begin.date() - 2 * DAY
        while day <= end.date() + 2 * DAY:
            if day.weekday() == hours.weekday and day >= begin.date():
                found += self._of_session(hours, day, begin, end)
            day += DAY
        return found

    def _of_session(
        self, hours: Hours, day: date, begin: datetime, end: datetime
    ) -> Iterator[Promise]:
        at = walls.moment(hours.zone, day, hours.wall)
        dues = [at - before for before, _ in HOURS]
        for due, ends, (_, said) in zip(dues, [*dues[1:], at + BEGUN], HOURS, strict=True):
            if begin <= due < end:
                key = ("office", f"{hours.title} {said}", words(at))
                yield self.add(Promise(key, PUBLIC, due, ends, at, begin))

    def of_date(self, when: Date, now: datetime) -> list[Promise]:
        """Take a date as it is from now on; gives what is new."""
        wanted = dict(self._wanted(when, now))
        known = self._of_date[when.slug]
        for key, promise in known.items():
            if key in wanted:
                promise.expires = wanted[key].expires
                if promise.gone and promise.due >= now:
                    promise.gone = None
            elif promise.gone is None and promise.ends > now:
                promise.gone = now
        new = {k: p for k, p in wanted.items() if k not in known and p.due >= now}
        known |= new
        return [self.add(promise) for promise in new.values()]

    def _wanted(
        self, when: Date, now: datetime
    ) -> Iterator[tuple[tuple[Key, str, datetime], Promise]]:
        if when.acked or not (when.owed or when.offsets) or when.offsets == ():
            return
        offsets = USUAL if when.offsets is None else when.offsets
        countdowns = [(when.at, set(offsets))]
        if when.ours is not None:
            ours = when.at - when.ours
            countdowns = [
                (ours, set(offsets)),
                (when.at, {o for o in LAST if when.at - o >= ours}),
            ]
        for at, before in countdowns:
            asked = {ASKED} if at == when.at and when.audience == "organisers" and when.owed else {}
            dues = sorted(at - offset for offset in before | set(asked))
            title = when.title[:1].upper() + when.title[1:]
            title += ", ours:" if at != when.at else ""
            for due, ends in zip(dues, [*dues[1:], at], strict=True):
                kind = "waits" if asked and at - due == ASKED else "deadline"
                key = (kind, title, words(at))
                for target, person in self._told(when, due):
                    yield (
                        (key, target, due),
                        Promise(key, target, due, ends, at, now, person),
                    )

    def _told(self, when: Date, due: datetime) -> Iterator[tuple[str, Person | None]]:
        """A channel, and in private who owes it: of organisers one first, then two, then all."""
        yield (INSIDE if when.audience == "organisers" else PUBLIC), None
        letter = {"organisers": "o", "mentors": "m"}.get(when.audience, "-")
        people = [p for p in self._season.starting(letter) if p.pm]
        if when.audience == "organisers":
            left = when.at - due
            people = people[: 1 if left > SECOND else 2 if left > EVERYBODY else None]
        for person in people:
            yield f"@{person.account}", person

    def own(self, text: str, person: Person, due: datetime, room: str, now: datetime) -> Promise:
        """What somebody has asked to be reminded of."""
        expires = due + (IN_CHANNEL if room else IN_PRIVATE)
        key = ("own", text, "")
        return self.add(Promise(key, f"@{person.account}", due, expires, due, now, person, room))
