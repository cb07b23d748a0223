"""What the pages show, as values: independent of the store from which `taking.py` reads it."""

from dataclasses import dataclass
from datetime import date, datetime

from gsocbot.rules.faq import Entry
from gsocbot.rules.ideas import IdeaText
from gsocbot.rules.mentors import Absence
from gsocbot.rules.recurrence import Weekly
from gsocbot.rules.seasons import SeasonFacts
from gsocbot.rules.timeline import Deadline, Phase


@dataclass(frozen=True, slots=True)
class Said:
    """A line of an office hour; the account that said it stays in the store."""

    at: datetime
    nick: str
    text: str
    action: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    """An office hour that was held; `copy` tells several of one day apart, from 1."""

    day: date
    copy: int
    title: str
    channel: str
    started_at: datetime
    ended_at: datetime
    lines: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and, once there is one, its answer; who asked stays in the store."""

    number: int
    text: str
    at: datetime
    idea: int | None = None
    answer: str = ""
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class News:
    """An idea that is new or has changed; `number` says which."""

    number: int
    made: datetime
    changed: datetime


@dataclass(frozen=True, slots=True)
class Revision:
    """When what everybody sees of a date or a session was last changed, and how often it moved."""

    name: str
    at: datetime
    moves: int = 0


@dataclass(frozen=True, slots=True)
class Times:
    """When a mentor is usually there, and when not; why, and in which zone, nobody keeps."""

    account: str
    hours: str = ""
    absence: Absence | None = None


@dataclass(frozen=True, slots=True)
class SeasonSnapshot:
    """One season as everybody may see it; sessions stand newest first.

    `channel` is where people may ask, empty if there is none.
    """

    facts: SeasonFacts
    ideas: tuple[IdeaText, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    phases: tuple[Phase, ...] = ()
    series: tuple[tuple[str, Weekly], ...] = ()
    sessions: tuple[Session, ...] = ()
    questions: tuple[Asked, ...] = ()
    faq: tuple[Entry, ...] = ()
    channel: str = ""
    times: tuple[Times, ...] = ()
    news: tuple[News, ...] = ()
    revised_dates: tuple[Revision, ...] = ()
    revised_series: tuple[Revision, ...] = ()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything that one build shows."""

    seasons: tuple[SeasonSnapshot, ...] = ()
