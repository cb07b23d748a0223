"""What pages show of hackathons, as values: people as numbers, by name where they want it."""

from dataclasses import dataclass
from datetime import date, datetime, time

from gsocbot.rules.hackathon import Days, EventKind


@dataclass(frozen=True, slots=True)
class Change:
    """When what everybody may see of something was last changed, and how often it has moved."""

    at: datetime
    moves: int = 0


@dataclass(frozen=True, slots=True)
class Topic:
    """What people work on; `now` is said at `now_at`, `next` what comes, at `next_at`."""

    number: int
    slug: str
    title: str
    link: str = ""
    people: int = 0
    now: str = ""
    now_at: datetime | None = None
    next: str = ""
    next_at: datetime | None = None
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a topic is on a day; `room_key` is the room however it is written, `id` its row."""

    topic: int
    day: date
    room: str
    room_key: str
    start: datetime
    end: datetime
    changed: Change | None = None
    id: int = 0


@dataclass(frozen=True, slots=True)
class Event:
    """What a day has for everybody, and how many come."""

    number: int
    kind: EventKind
    what: str
    room: str
    start: datetime
    coming: int = 0
    changed: Change | None = None


@dataclass(frozen=True, slots=True)
class Demo:
    """Something that somebody shows; `by` is their name if they want it on the page."""

    number: int
    day: date
    position: int
    title: str
    minutes: int
    link: str = ""
    by: str = ""
    started_at: datetime | None = None
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Ticket:
    """Somebody waits for help; without a text it was asked for in private."""

    number: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it; `idea` is the number of the idea that was made of it, public or not yet."""

    number: int
    text: str
    link: str = ""
    topic: int | None = None
    idea: int | None = None


@dataclass(frozen=True, slots=True)
class Thanks:
    """Whom somebody thanks for what; nobody is named who has not allowed it."""

    whom: str
    what: str


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many there are."""

    people: int = 0
    affiliations: int = 0
    countries: int = 0


@dataclass(frozen=True, slots=True)
class Hackathon:
    """All of one that everybody may see, as it was `at` a moment.

    `names` are those of people who want them on the page. `tickets` are those for which nobody
    has come yet. `channel` is where it is spoken of.
    """

    slug: str
    name: str
    first: date
    last: date
    zone: str
    place: str
    opens: time
    closes: time
    at: datetime
    channel: str = ""
    numbers: Numbers = Numbers()
    names: tuple[str, ...] = ()
    topics: tuple[Topic, ...] = ()
    slots: tuple[Slot, ...] = ()
    events: tuple[Event, ...] = ()
    demos: tuple[Demo, ...] = ()
    tickets: tuple[Ticket, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    thanks: tuple[Thanks, ...] = ()
    changed: Change | None = None

    @property
    def days(self) -> Days:
        """Its days."""
        return Days(self.first, self.last, self.zone)

    def topic(self, number: int) -> Topic | None:
        """A topic by its number."""
        return next((t for t in self.topics if t.number == number), None)
