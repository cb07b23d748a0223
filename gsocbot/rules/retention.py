"""How long what is personal is kept after a season was closed, and when people are told of it."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta, tzinfo

from gsocbot.rules.personal import GONE, NOBODY

KEEP_DAYS = 365
NOTICE = timedelta(days=14)
"""So long before it is deleted everybody is told once, to take it away if they want."""

AT = time(9)
"""Of the clock of whoever is told."""

PERSONAL = frozenset(
    {
        "interest", "watch", "offer", "mentor", "officeduty", "queueplace", "person", "reminder",
        "givenlist", "checkeditem", "itemnote", "report", "reportskip", "evaluation", "proposal",
    }
)  # fmt: skip
"""Tables whose rows go."""

COUNTED: Mapping[str, Mapping[str, object]] = {
    "student": {"mentor": NOBODY, "backup": NOBODY, "blog": "", "meeting": "", "seen_at": None},
    "hacker": {"skills": "", "named": False},
    "topichacker": {},
    "eventguest": {},
    "ticket": {"nick": GONE, "helper": NOBODY, "text": ""},
}
"""Tables whose rows are counted: they stay as nobody's, and these are the columns that change.

Of a project stays which idea it was for, and that it was or was ended.
"""

ENDING = frozenset({"export", "accesscode"})
"""Tables whose rows are good for a day at most: they end then, also in a season of long ago."""

TOLD = ("student_", "mentor_", "backup_", "projects_announced", "ticket")
"""How the topics of lines begin that name people of what is personal."""

AHEAD = timedelta(days=1)
"""So long before they are told it is planned."""


def ends_at(closed_at: datetime, keep_days: int) -> datetime:
    """When what is personal of a closed season is deleted."""
    return closed_at + timedelta(days=keep_days)


def told_at(end: datetime, zone: tzinfo) -> datetime:
    """When somebody is told of it, at nine on their clock."""
    return datetime.combine((end - NOTICE).astimezone(zone).date(), AT, zone)
