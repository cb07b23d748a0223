"""Which lines are due, when, and how long they are still useful: pure plans for the outbox."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from gsocbot.rules.recurrence import Occurrence, Weekly, occurrences
from gsocbot.rules.timeline import Audience, Deadline, DeadlineKind

DEADLINE_OFFSETS = tuple(timedelta(hours=h) for h in (14 * 24, 7 * 24, 2 * 24, 24, 6, 1))
"""How long before a deadline people are reminded, unless they want it otherwise."""

LAST_OFFSETS = tuple(timedelta(hours=h) for h in (24, 6, 1))
"""How long before Google's deadline, once our own has passed."""

ASKED_BEFORE = timedelta(hours=12)
"""So long before a deadline of organisers that nobody has acknowledged, they are asked for it."""

OFFICE_OFFSETS = (timedelta(hours=24), timedelta(hours=1), timedelta(0))
"""How long before an office hour the channel is told; zero is its start."""

EMPTY_BEFORE = timedelta(hours=24)
"""So long before an office hour organisers hear that nobody is on."""

OFFICE_YOU_BEFORE = timedelta(hours=1)
"""So long before it those are told in private who wanted that."""

START_USEFUL = timedelta(minutes=15)
"""How long "it begins now" is worth saying."""


class Topic(StrEnum):
    """What a planned line is about; its template has this name."""

    DEADLINE = "deadline"
    WAITS = "deadline_waits"
    OFFICE = "office"
    EMPTY = "office_empty"
    OFFICE_YOU = "office_you"


@dataclass(frozen=True, slots=True)
class Planned:
    """A line that falls due: `subject` says which thing, `offset` how long before it.

    It is worth sending from `due` until `expires`; both are aware. The nearer reminder of the
    same thing ends the usefulness of the farther one, so that after an outage only the nearest
    is said.
    """

    topic: Topic
    subject: str
    occurrence: str
    offset: timedelta
    due: datetime
    expires: datetime
    at: datetime

    @property
    def key(self) -> str:
        """What makes this line unique, but for where it goes."""
        minutes = int(self.offset.total_seconds() // 60)
        return f"{self.topic}:{self.subject}:{self.occurrence}:-{minutes}m"


def plan_deadlines(
    deadlines: Iterable[Deadline], since: datetime, until: datetime
) -> Iterator[Planned]:
    """Reminders of what is owed and not done yet, due within [since, until).

    Our own date is counted down first; once it has passed, Google's is, by its last reminders.
    """
    for deadline in deadlines:
        moment = deadline.at
        if moment is None or not is_reminded_of(deadline):
            continue
        offsets = DEADLINE_OFFSETS if deadline.offsets is None else deadline.offsets
        ours = deadline.ours_at
        if ours is not None:
            yield from _of_deadline(deadline, ours, offsets, (since, until))
            offsets = tuple(o for o in LAST_OFFSETS if moment - o >= ours)
        yield from _of_deadline(deadline, moment, offsets, (since, until))


def is_reminded_of(deadline: Deadline) -> bool:
    """Whether anybody is reminded of a date: something is owed, or somebody asked for it."""
    owed = deadline.kind is DeadlineKind.DEADLINE or bool(deadline.offsets)
    return owed and deadline.at is not None and deadline.offsets != () and not deadline.acked_by


def _of_deadline(
    deadline: Deadline,
    moment: datetime,
    offsets: Sequence[timedelta],
    window: tuple[datetime, datetime],
) -> Iterator[Planned]:
    """The countdown to one moment of a date; organisers also hear that nobody has said done."""
    asked = deadline.audience is Audience.ORGANISERS and moment == deadline.at
    if asked and deadline.kind is DeadlineKind.DEADLINE:
        offsets = sorted({*offsets, ASKED_BEFORE}, reverse=True)
    if not offsets:
        return
    name = moment.isoformat(timespec="minutes")
    countdown = _countdown(Topic.DEADLINE, deadline.slug, name, moment, offsets, moment, window)
    for planned in countdown:
        waits = asked and planned.offset == ASKED_BEFORE
        yield replace(planned, topic=Topic.WAITS) if waits else planned


def never_empty(_session: Occurrence) -> bool:
    """Take every session for one that somebody is on, where nobody keeps that."""
    return False


def plan_office(
    name: str,
    series: Weekly,
    since: datetime,
    until: datetime,
    is_empty: Callable[[Occurrence], bool] = never_empty,
    *,
    wanted: bool = False,
) -> Iterator[Planned]:
    """Announcements of a series' sessions, due within [since, until).

    Organisers are warned of one that `is_empty`; private reminders come where they are `wanted`.
    """
    window = (since, until)
    for session in occurrences(series, since, until + max(OFFICE_OFFSETS)):
        start, which = session.start, _which(session)
        last_use = start + START_USEFUL
        yield from _countdown(Topic.OFFICE, name, which, start, OFFICE_OFFSETS, last_use, window)
        warnings = _countdown(Topic.EMPTY, name, which, start, (EMPTY_BEFORE,), start, window)
        yield from (warning for warning in warnings if is_empty(session))
        if wanted:
            before = (OFFICE_YOU_BEFORE,)
            yield from _countdown(Topic.OFFICE_YOU, name, which, start, before, start, window)


def _which(session: Occurrence) -> str:
    """One that is moved is announced anew, whatever was said of its old time."""
    day = session.day.isoformat()
    return f"{day}>{session.start:%Y-%m-%dT%H:%MZ}" if session.moved else day


def _countdown(
    topic: Topic,
    subject: str,
    occurrence: str,
    moment: datetime,
    offsets: Sequence[timedelta],
    last_use: datetime,
    window: tuple[datetime, datetime],
) -> Iterator[Planned]:
    dues = [moment - offset for offset in offsets]
    for offset, due, expires in zip(offsets, dues, [*dues[1:], last_use], strict=True):
        if window[0] <= due < window[1]:
            yield Planned(topic, subject, occurrence, offset, due, expires, moment)
