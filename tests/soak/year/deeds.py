"""What organisers do to dates in a year, and how the dates are then."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from tests.soak.year import walls
from tests.soak.year.season import Date, span


@dataclass(frozen=True)
class Deed:
    """What an organiser does to a date: how it is then."""

    when: str
    text: str
    slug: str
    change: Callable[[Date], None]
    title: str = ""


def _at(moment: str) -> Callable[[Date], None]:
    return lambda d: setattr(d, "at", datetime.fromisoformat(moment).replace(tzinfo=UTC))


def _ours(length: str) -> Callable[[Date], None]:
    return lambda d: setattr(d, "ours", span(length))


def _offsets(lengths: str) -> Callable[[Date], None]:
    return lambda d: setattr(d, "offsets", tuple(map(span, lengths.split(","))))


def _acked(d: Date) -> None:
    d.acked = True


def _wall(zone: str, day: str, wall: str) -> Callable[[Date], None]:
    at = walls.moment(zone, date.fromisoformat(day), time.fromisoformat(wall))
    return lambda d: setattr(d, "at", at)


def deeds() -> Sequence[Deed]:
    """All that organisers do, in the order of time; far from what falls due at whole hours."""
    return (
        Deed("2025-12-05 09:07", "remind org-application 21d,7d,3d,1d,6h,1h", "org-application",
             _offsets("21d,7d,3d,1d,6h,1h")),
        Deed("2025-12-05 09:17", "internal ranking -3d", "ranking", _ours("3d")),
        Deed("2026-02-02 20:07", "!ack org-application", "org-application", _acked),
        Deed("2026-02-10 10:07", "add survey 8 mar 2026 02:30 America/New_York hand in the survey "
             "for mentors", "survey", _wall("America/New_York", "2026-03-08", "02:30"),
             "hand in the survey"),
        Deed("2026-03-02 10:07", "add clocks 29 mar 2026 02:30 Europe/Berlin put the clocks "
             "forward for all", "clocks", _wall("Europe/Berlin", "2026-03-29", "02:30"),
             "put the clocks forward"),
        Deed("2026-03-20 10:07", "move applications-close 2 apr 2026 18:00", "applications-close",
             _at("2026-04-02 18:00")),
        Deed("2026-03-24 10:07", "remind clocks 3d,12h,30m", "clocks", _offsets("3d,12h")),
        Deed("2026-06-28 11:07", "move midterm-mentor 13 jul 2026 18:00", "midterm-mentor",
             _at("2026-07-13 18:00")),
        Deed("2026-07-01 11:07", "move midterm-mentor 10 jul 2026 18:00", "midterm-mentor",
             _at("2026-07-10 18:00")),
        Deed("2026-07-08 21:07", "move midterm-student 11 jul 2026 18:00", "midterm-student",
             _at("2026-07-11 18:00")),
        Deed("2026-08-20 13:07", "move final-work 25 aug 2026 18:00", "final-work",
             _at("2026-08-25 18:00")),
        Deed("2026-09-20 13:07", "add summit 26 oct 2026 00:30 Europe/London register for the "
             "summit for mentors", "summit", _wall("Europe/London", "2026-10-26", "00:30"),
             "register for the summit"),
        Deed("2026-10-02 13:07", "move summit 25 oct 2026 01:30 Europe/London", "summit",
             _wall("Europe/London", "2026-10-25", "01:30")),
        Deed("2026-10-10 13:07", "internal extended-work -5d", "extended-work", _ours("5d")),
        Deed("2026-10-12 13:07", "remind extended-final-mentor 10d,2d,1d,3h",
             "extended-final-mentor", _offsets("10d,2d,1d,3h")),
    )  # fmt: skip
