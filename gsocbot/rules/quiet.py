"""When a private line of the bot's own accord may be said to somebody: quiet hours, and pm off."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from enum import Enum

from gsocbot.rules.when import zone_named
from gsocbot.talk import Refused

URGENT = timedelta(hours=6)
"""A date that is not farther away than this is worth waking somebody for."""

HOW = "write it like !me quiet 22-08, or !me quiet off"
_HOURS = re.compile(
    r"(\d{1,2})(?::00)?\s*(am|pm|h)?\s*(?:-|–|—|to|until)\s*(\d{1,2})(?::00)?\s*(am|pm|h)?",
    re.IGNORECASE,
)


class Sort(Enum):
    """What a line is to whom it is said."""

    ASKED_FOR = "they have set the moment themselves: always said"
    DATE = "a reminder of a date: quiet hours hold it unless the date is near; pm off ends it"
    NUDGE = "a reminder without a date: quiet hours hold it; pm off ends it"
    NEWS = "what others have done, or what was subscribed to: quiet hours hold it"


SORTS: Mapping[str, Sort] = {
    "own_reminder": Sort.ASKED_FOR,
    "deadline": Sort.DATE,
    "deadline_waits": Sort.DATE,
    "office": Sort.DATE,
    "office_you": Sort.DATE,
    "office_empty": Sort.NUDGE,
    "action_due": Sort.DATE,
    "draft_waits": Sort.NUDGE,
    "dead_link": Sort.NUDGE,
    "student_report_due": Sort.DATE,
    "student_report_late": Sort.NUDGE,
    "student_eval_who": Sort.NUDGE,
    "student_eval_write": Sort.DATE,
    "student_eval_instead": Sort.DATE,
    "student_eval_open": Sort.DATE,
    "not_chosen": Sort.NUDGE,
    "student_list": Sort.NUDGE,
    "student_list_open": Sort.DATE,
    "student_item_link": Sort.NUDGE,
    "ticket": Sort.NUDGE,
    "ticket_comes": Sort.ASKED_FOR,
    "poll_day": Sort.DATE,
}
"""By topic; all others are news, which nobody switches off with their reminders."""


class Verdict(Enum):
    """What becomes of a line that is due."""

    SAY = "now"
    HOLD = "later"
    DROP = "never"


@dataclass(frozen=True, slots=True)
class Settings:
    """What somebody has asked the bot to keep to; `zone` is empty for none, which reads as UTC."""

    zone: str = ""
    quiet_from: int | None = None
    quiet_until: int | None = None
    pm: bool = True

    @property
    def tz(self) -> tzinfo:
        """The clock they live by; UTC where that is unknown, or is not known any more."""
        found = zone_named(self.zone) if self.zone else None
        return found.tz if found else UTC

    @property
    def quiet(self) -> str:
        """22-08, empty for nobody's quiet."""
        if self.quiet_from is None or self.quiet_until is None:
            return ""
        return f"{self.quiet_from:02}-{self.quiet_until:02}"


def is_quiet(settings: Settings, now: datetime) -> bool:
    """Whether it is quiet at somebody's just now, from the first hour on until the last begins."""
    begin, end = settings.quiet_from, settings.quiet_until
    if begin is None or end is None:
        return False
    hour = now.astimezone(settings.tz).hour
    return begin <= hour < end if begin < end else hour >= begin or hour < end


def verdict(settings: Settings, topic: str, at: datetime, now: datetime) -> Verdict:
    """What becomes of a line that is due; `at` is the moment that it tells of."""
    sort = SORTS.get(topic, Sort.NEWS)
    if sort is Sort.ASKED_FOR:
        return Verdict.SAY
    if not settings.pm and sort in {Sort.DATE, Sort.NUDGE}:
        return Verdict.DROP
    if not is_quiet(settings, now):
        return Verdict.SAY
    near = sort is Sort.DATE and at - now <= URGENT
    return Verdict.SAY if near else Verdict.HOLD


def read_hours(text: str) -> tuple[int, int]:
    """Read from which hour until which it is quiet: 22-08, 10pm-8am, 22:00 - 8:00."""
    found = _HOURS.fullmatch(text.strip())
    begin = _hour(found[1], found[2]) if found else None
    end = _hour(found[3], found[4]) if found else None
    if begin is None or end is None:
        raise Refused(f'I cannot read "{text[:40]}" as whole hours; {HOW}')
    if begin == end:
        raise Refused(f"that is the whole day. No reminders in private: !me pm off. Else {HOW}")
    return begin, end


def _hour(figures: str, half: str | None) -> int | None:
    hour, half = int(figures), (half or "h").lower()
    if half == "h":
        return hour % 24 if hour <= 24 else None
    return hour % 12 + (12 if half == "pm" else 0) if 1 <= hour <= 12 else None
