"""What the pages show, as values: independent of the store from which `taking.py` reads it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from gsocbot.rules.faq import Entry
from gsocbot.rules.ideas import IdeaText
from gsocbot.rules.mentors import Absence
from gsocbot.rules.office import LineKind
from gsocbot.rules.recurrence import Weekly
from gsocbot.rules.reports import Week
from gsocbot.rules.roster import Duty
from gsocbot.rules.seasons import SeasonFacts
from gsocbot.rules.timeline import Deadline, Phase
from gsocbot.site.hackathon_snapshot import Hackathon
from gsocbot.site.poll_snapshot import Poll


class Spoken(NamedTuple):
    """A line of a log as the store has it; the account that said it reaches no page."""

    id: int
    at: datetime
    nick: str
    text: str
    account: str | None = None
    action: bool = False
    kind: str = LineKind.SAID


class Place(NamedTuple):
    """Somebody's place in the queue of a session; what they wanted to ask stays in the store."""

    nick: str
    state: str
    came: datetime
    called: datetime | None = None
    done: datetime | None = None
    helper: str = ""


class Task(NamedTuple):
    """An action that somebody took on, by its number; no nick is nobody's yet."""

    number: int
    nick: str
    text: str
    done: bool = False


class Kept(NamedTuple):
    """A question that was left in the queue; without words it is on no page yet."""

    number: int
    public: bool = True


@dataclass(frozen=True, slots=True)
class Session:
    """An office hour that was held; `copy` tells several of one day apart, from 1.

    `lines` are None where they come later, or are not needed since the pages stand already, and
    `newest` is the id of the last one. `zone` is that of its series. `chairs` are accounts, of
    which pages show the nicks. `kept` are the questions it left.
    """

    day: date
    copy: int
    title: str
    channel: str
    started_at: datetime
    ended_at: datetime
    lines: tuple[Spoken, ...] | None = ()
    id: int = 0
    zone: str = ""
    chairs: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    tasks: tuple[Task, ...] = ()
    kept: tuple[Kept, ...] = ()
    newest: int = 0


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
class Report:
    """What somebody wrote of a week; `number` and `slug` are their idea's. When, no page tells."""

    account: str
    number: int
    slug: str
    week: Week
    did: str = ""
    next: str = ""
    stuck: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Far:
    """How many items of a list are done."""

    title: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Shown:
    """Somebody who shows everybody how far they are; `number` and `title` are their idea's."""

    account: str
    number: int
    title: str
    lists: tuple[Far, ...] = ()


@dataclass(frozen=True, slots=True)
class Project:
    """Who works on what, with whom; `number` is the idea's. Only of seasons that are announced."""

    account: str
    number: int
    title: str
    mentors: tuple[str, ...]
    blog: str = ""


@dataclass(frozen=True, slots=True)
class SeasonSnapshot:
    """One season as everybody may see it; sessions stand newest first.

    `channel` is where people may ask, empty if there is none. `duties` are those of people who
    have a role, each with its series.
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
    duties: tuple[tuple[str, Duty], ...] = ()
    reports: tuple[Report, ...] = ()
    progress: tuple[Shown, ...] = ()
    projects: tuple[Project, ...] = ()
    hackathons: tuple[Hackathon, ...] = ()
    polls: tuple[Poll, ...] = ()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything that one build shows."""

    seasons: tuple[SeasonSnapshot, ...] = ()
