"""When somebody has been silent for so long that a person should ask how they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from gsocbot.rules.reports import Skip, Week, moment

STUDENT_AFTER, MENTOR_AFTER, ORGANISERS_AFTER = 1, 3, 6
"""Days after a report was due: who hears of it that it is missing."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the summer, and the silence in it after which mentor and organisers are told."""

    begins: datetime
    ends: datetime
    mentor: timedelta
    organisers: timedelta


BONDING = (timedelta(days=5), timedelta(days=8))
CODING = (timedelta(days=7), timedelta(days=10))


def stretches(since: datetime, weeks: Sequence[Week], tz: tzinfo) -> list[Stretch]:
    """Bonding and coding of somebody who is there since a moment, on their own clock."""
    if not weeks:
        return []
    starts = moment(weeks[0].first, time(), tz)
    ends = moment(weeks[-1].last + timedelta(days=1), time(), tz)
    found = [Stretch(since, starts, *BONDING), Stretch(max(since, starts), ends, *CODING)]
    return [stretch for stretch in found if stretch.begins < stretch.ends]


def silent_since(
    stretch: Stretch, signs: Sequence[datetime], skips: Sequence[Skip], tz: tzinfo
) -> datetime:
    """From when on silence counts: the last sign of somebody, or the end of a time away."""
    base = max([stretch.begins, *signs])
    for skip in sorted(skips, key=lambda s: s.since):
        back = moment(skip.until + timedelta(days=1), time(), tz)
        away = moment(skip.since, time(), tz)
        if base < back and away < base + stretch.organisers:
            base = back
    return base


def days_late(week: Week, today: date) -> int:
    """How many days ago a report was due."""
    return (today - week.last).days
