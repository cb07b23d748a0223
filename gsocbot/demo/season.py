"""The example season, moved so that a deadline is two days away and an office hour is near."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from gsocbot.rules.recurrence import WEEK
from gsocbot.rules.seasons import SeasonFolder
from gsocbot.rules.timeline import Deadline, DeadlineKind

ANCHOR = "applications-close"
AWAY = timedelta(days=2)
OFFICE_AWAY = timedelta(hours=20)


def near(season: SeasonFolder, now: datetime) -> SeasonFolder:
    """The season with all dates moved alike: applications close in two days.

    Its office hour comes within a day, on the same wall clock every week. `now` is aware.
    """
    by = _in_whole_hours(now + AWAY - _anchor(season.deadlines))
    start = (now + OFFICE_AWAY).astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    series = tuple(
        (
            name,
            replace(
                weekly,
                weekday=start.weekday(),
                time=start.time(),
                zone="UTC",
                first=start.date() - WEEK,
                last=start.date() + 26 * WEEK,
            ),
        )
        for name, weekly in season.series
    )
    return replace(
        season,
        deadlines=tuple(_moved(d, by) for d in season.deadlines),
        series=series,
    )


def _in_whole_hours(span: timedelta) -> timedelta:
    """Rounded up, so that every date stays on the hour."""
    hour = timedelta(hours=1)
    return -(-span // hour) * hour


def _anchor(deadlines: tuple[Deadline, ...]) -> datetime:
    known = [d for d in deadlines if d.at is not None and d.kind is DeadlineKind.DEADLINE]
    chosen = next((d for d in known if d.slug == ANCHOR), known[0])
    assert chosen.at is not None
    return chosen.at


def _moved(deadline: Deadline, by: timedelta) -> Deadline:
    return replace(
        deadline,
        at=deadline.at + by if deadline.at is not None else None,
        day=deadline.day + timedelta(days=round(by / timedelta(days=1))) if deadline.day else None,
    )
