"""Weekly reports: which weeks there are, which of them is meant, and which are asked for."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from gsocbot.rules.timeline import Deadline
from gsocbot.talk import Refused

CODING, FINAL = "coding-start", "final-work"
"""The dates, by their slugs, between which reports are due."""

GRACE = timedelta(days=3)
"""So long after its last day a week that is open is still the one that is meant."""

LATELY = timedelta(days=14)
"""What was due longer ago is not explained by being away from today on."""

MOST_WEEKS = 30
"""Google's longest projects have 22."""

NUDGED_AT = time(9)
REMINDED_AT = time(17)
"""On somebody's own clock."""

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Week:
    """A week of coding, counted from 1; on its last day its report is due."""

    number: int
    first: date

    @property
    def last(self) -> date:
        """The day on which its report is due."""
        return self.first + 6 * _DAY


@dataclass(frozen=True, slots=True)
class Skip:
    """Days on which nothing is asked of somebody, the last one included."""

    since: date
    until: date


def weeks(deadlines: Iterable[Deadline], ends_at: datetime | None = None) -> tuple[Week, ...]:
    """The weeks of a project: those that end by its last day, none where no dates are known.

    `ends_at` is set for a project that does not end with the others.
    """
    dates = {d.slug: d for d in deadlines}
    first = coding_begins(dates.values())
    if first is None:
        return ()
    end = ends_at.astimezone(UTC).date() if ends_at else None
    if end is None and FINAL in dates:
        end = _day(dates[FINAL])
    found = (week_of(first, number) for number in range(1, MOST_WEEKS + 1))
    return tuple(week for week in found if end is None or week.last <= end)


def coding_begins(deadlines: Iterable[Deadline]) -> date | None:
    """The first day of coding, if it is known."""
    return next((_day(d) for d in deadlines if d.slug == CODING), None)


def week_of(begins: date, number: int) -> Week:
    """The week of a number, of a summer that begins on a day."""
    return Week(number, begins + (number - 1) * _WEEK)


def _day(deadline: Deadline) -> date:
    if deadline.at is not None:
        return deadline.at.astimezone(UTC).date()
    assert deadline.day is not None
    return deadline.day


def numbered(all_weeks: Sequence[Week], number: int, today: date) -> Week:
    """The week of a number, if it has begun."""
    begun = [week for week in all_weeks if week.first <= today]
    for week in begun:
        if week.number == number:
            return week
    if not begun:
        raise Refused(_not_yet(all_weeks))
    raise Refused(f"there is no week {number}; the weeks so far are 1-{begun[-1].number}")


def meant(all_weeks: Sequence[Week], today: date, is_open: Callable[[Week], bool]) -> Week:
    """The week that is meant where none is named.

    That is the one which is due next, but for a few days the one before, if it is open. Once all
    are over it is the last one.
    """
    begun = [week for week in all_weeks if week.first <= today]
    if not begun:
        raise Refused(_not_yet(all_weeks))
    newest = begun[-1]
    if today > newest.last:
        if is_open(newest) or today <= newest.last + GRACE:
            return newest
        n = newest.number
        raise Refused(f"the last week, {n}, is over; to change it: !report week {n} <text>")
    if len(begun) > 1 and today <= begun[-2].last + GRACE and is_open(begun[-2]):
        return begun[-2]
    return newest


def shown(all_weeks: Sequence[Week], today: date) -> Week | None:
    """The week of which people ask when they name none; None before the first has begun."""
    begun = [week for week in all_weeks if week.first <= today]
    if len(begun) > 1 and today <= begun[-2].last + GRACE:
        return begun[-2]
    return begun[-1] if begun else None


def _not_yet(all_weeks: Sequence[Week]) -> str:
    if not all_weeks:
        return "I know no date at which coding begins; organisers: !deadline add coding-start"
    first = all_weeks[0]
    return (
        f"reports begin with the coding on {_shown(first.first)}; the first is due by the end of "
        f"{_shown(first.last)}"
    )


def _shown(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"


def wanted(
    all_weeks: Iterable[Week], since: datetime, tz: tzinfo, skips: Sequence[Skip]
) -> list[Week]:
    """The weeks that are asked for: not those that somebody joined too late for, or is away in.

    Whoever is there since a moment is asked only for weeks of which the first reminder was still
    to come then.
    """
    return [
        week
        for week in all_weeks
        if reminded_at(week, tz) > since and not any(s.since <= week.last <= s.until for s in skips)
    ]


def reminded_at(week: Week, tz: tzinfo) -> datetime:
    """When a student is told that a report is due: the day before, in the afternoon."""
    return moment(week.last - _DAY, REMINDED_AT, tz)


def after(week: Week, days: int, tz: tzinfo) -> datetime:
    """A morning so many days after a report was due."""
    return moment(week.last + days * _DAY, NUDGED_AT, tz)


def moment(day: date, at: time, tz: tzinfo) -> datetime:
    """A time of a day on the clock of a zone, in UTC."""
    return datetime.combine(day, at, tz).astimezone(UTC)


def next_morning(at: datetime, tz: tzinfo) -> datetime:
    """The first nine o'clock of a zone that is not before a moment, in UTC."""
    day = at.astimezone(tz).date()
    morning = moment(day, NUDGED_AT, tz)
    return morning if morning >= at else moment(day + _DAY, NUDGED_AT, tz)


def ranges(numbers: Iterable[int]) -> str:
    """1-3, 5"""
    found: list[list[int]] = []
    for number in sorted(set(numbers)):
        if found and found[-1][-1] == number - 1:
            found[-1].append(number)
        else:
            found.append([number])
    return ", ".join(f"{r[0]}-{r[-1]}" if len(r) > 1 else f"{r[0]}" for r in found)


def skipped_from(today: date, late: Iterable[date]) -> date:
    """From which day on somebody is away who says so today.

    That explains what is late just now too, but not what was late weeks ago.
    """
    return min([today, *(day for day in late if today - day <= LATELY)])
