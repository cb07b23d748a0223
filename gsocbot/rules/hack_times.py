"""Times of a hackathon: on which day and from when until when what people have written is."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from gsocbot.rules.hack_spoken import Spoken, clock
from gsocbot.rules.hackathon import Days, in_words
from gsocbot.rules.recurrence import WEEKDAYS
from gsocbot.rules.when import Zone, read_wall
from gsocbot.talk import Refused

USUAL_LENGTH = timedelta(hours=1)
"""Of what has a time and no end."""

SHORTEST = timedelta(minutes=5)

LONGEST_NIGHT = timedelta(hours=12)
"""What is to end in the morning and lasts longer than this ends before it begins."""


@dataclass(frozen=True, slots=True)
class Span:
    """From when until when, on which day of a hackathon; the moments are UTC."""

    day: date
    start: datetime
    end: datetime

    def overlaps(self, start: datetime, end: datetime) -> bool:
        """Whether something else is at the same time."""
        return start < self.end and self.start < end


def day_of(text: str, days: Days, now: datetime, name: str, *, night: bool = False) -> date:
    """The day of a hackathon that words name; refuses one that is none of its.

    Of an hour before four it is the day before, of whose night that is.
    """
    today, ahead = days.day_at(now), timedelta(days=night)
    words = text.split()
    if text in {"today", "tonight"}:
        day = today
    elif text == "tomorrow":
        day = today + timedelta(days=1)
    elif words[0] == "day":
        day = days.first + timedelta(days=int(words[1]) - 1)
    elif len(words) == 1 and words[0][:3] in WEEKDAYS:
        own = [d for d in days.dates if WEEKDAYS[(d + ahead).weekday()] == words[0][:3]]
        if not own:
            _check_begun(days.first if WEEKDAYS[days.first.weekday()] == words[0][:3] else None,
                         days, name, night)  # fmt: skip
            raise Refused(f"{name} has no {words[0][:3].capitalize()}: it is {_on(days)}")
        return next((d for d in own if d >= today), own[-1])
    else:
        near = datetime.combine(days.first, time(12), days.tz)
        day = read_wall(text, near, Zone(days.zone, days.tz), time(23, 59)).day
    _check_begun(day, days, name, night)
    if not days.first <= day - ahead <= days.last:
        year = "" if day.year == days.first.year else f" {day.year}"
        raise Refused(f"{day:%a} {day.day} {day:%b}{year} is no day of {name}: it is {_on(days)}")
    return day - ahead


def _check_begun(day: date | None, days: Days, name: str, night: bool) -> None:
    if night and day == days.first:
        raise Refused(f"that is the night before {name} begins: it is {_on(days)}")


def begins(
    spoken: Spoken, days: Days, now: datetime, name: str, usual: date | None = None
) -> tuple[date, datetime]:
    """The day, and the moment, at which something begins that has an hour; `usual` is the day of
    what has none.

    Whoever names a day means the calendar's: sun 0:30 is in the night of Saturday. Midnight is at
    the end of a day.
    """
    day = usual or max(days.day_at(now), days.first)
    if spoken.day:
        day = day_of(spoken.day, days, now, name, night=spoken.is_small_hour_of_day)
    return day, days.at(day, spoken.hour)


def _ends(day: date, start: datetime, wall: time, days: Days) -> datetime:
    """The next moment with that clock, if it is of the same day or of the night that it has."""
    end = days.at(day, wall)
    if end <= start:
        later = days.at(day + timedelta(days=1), wall)
        end = later if later - start <= LONGEST_NIGHT else end
    return end


def when(
    spoken: Spoken | None, days: Days, hours: tuple[time, time], now: datetime, name: str
) -> Span:
    """From when until when that is; without an hour from now, or the opening, to the closing."""
    spoken = spoken or Spoken()
    if spoken.has_hour:
        day, start = begins(spoken, days, now, name)
    else:
        usual = max(days.day_at(now), days.first)
        day = day_of(spoken.day, days, now, name) if spoken.day else usual
        start = _begins(day, days, hours, now)
        if spoken.start and start > now:
            raise Refused(f"{name} does not go on then; say the hour too, like 15:00-16:30")
    if spoken.end:
        end = _ends(day, start, clock(spoken.end), days)
    elif spoken.length is not None:
        end = start + spoken.length
    elif spoken.has_hour:
        end = start + USUAL_LENGTH
    else:
        end = days.at(day, hours[1])
        if end <= start:
            closes = f"{hours[1]:%H:%M}"
            raise Refused(f"it closes at {closes}; say from when until when, like 19:00-21:00")
    if end <= start:
        raise Refused("that ends before it begins; say from when until when, like 15:00-16:30")
    if end - start < SHORTEST:
        raise Refused("that is less than 5 min")
    if end > days.turns(day):
        raise Refused("a day ends at 04:00, and that goes on; say when it ends, like 22:00-04:00")
    if end <= now:
        there = now.astimezone(days.tz)
        raise Refused(f"that is over: it is {there:%a %H:%M} there. Say a later time, or the day")
    return Span(day, start, end)


def _begins(day: date, days: Days, hours: tuple[time, time], now: datetime) -> datetime:
    if day == days.day_at(now):
        return now.replace(second=0, microsecond=0)
    return days.at(day, hours[0])


def _on(days: Days) -> str:
    return in_words(days.first, days.last)
