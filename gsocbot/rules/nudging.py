"""When people are reminded of ideas that lack something: proposers once, organisers regularly."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta

from gsocbot.rules.timeline import Deadline

PROPOSER_AFTER = timedelta(days=14)
"""A draft that still lacks something so long after it was proposed is put before its proposer."""

WEEKLY_BEFORE = timedelta(weeks=8)
"""So long before organisations apply the organisers' monthly count becomes a weekly one."""

AT = time(9)
"""The hour of UTC at which organisers get it."""

OPENS, CLOSES = "org-applications-open", "applications-close"
"""The dates between which it matters: after the second nobody applies for an idea any more."""


def count_due(deadlines: Sequence[Deadline], now: datetime) -> datetime | None:
    """When the organisers' last count was due; None once nobody can apply any more."""
    dates = {deadline.slug: deadline.passes_at for deadline in deadlines}
    if CLOSES in dates and now >= dates[CLOSES]:
        return None
    opens = dates.get(OPENS)
    today = datetime.combine(now.astimezone(UTC).date(), AT, UTC)
    last = today if today <= now else today - timedelta(days=1)
    if opens is not None and opens - WEEKLY_BEFORE <= now < opens:
        return last - timedelta(days=last.weekday())
    return last.replace(day=1)
