"""The tables. They check nothing: words are checked at the edge, moves by a rule."""

from datetime import date, datetime, time
from typing import ClassVar

from sqlalchemy import Index, MetaData, String, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from gsocbot.rules.faq import FaqState
from gsocbot.rules.ideas import IdeaState
from gsocbot.rules.office import LineKind
from gsocbot.rules.outbox import OutboxState
from gsocbot.rules.queue import PlaceState
from gsocbot.rules.roles import Role
from gsocbot.rules.timeline import Audience, DeadlineKind

# SQLite can drop a constraint later only if it has a name.
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Table(SQLModel):
    """What all tables share: one metadata with names for constraints."""

    metadata: ClassVar[MetaData] = MetaData(naming_convention=NAMES)


class Season(Table, table=True):
    """One organisation in one year; every other row belongs to one.

    `since` is when the bot first knew it: nothing older is reminded of. `announced_at` is when an
    organiser opened the names of its projects, `closed_at` when it became an archive.
    """

    key: str = Field(primary_key=True)
    title: str = ""
    organisation: str = ""
    year: int = 0
    word: str = "contributor"
    list: str = ""
    subject: str = ""
    about: str = Field(default="", sa_type=Text)
    since: datetime
    announced_at: datetime | None = None
    closed_at: datetime | None = None


class Idea(Table, table=True):
    """An idea for a project. The `words_*` columns are what search looks at.

    `proposer` is the account that wrote it down on IRC, empty for one that came from a file.
    """

    __table_args__ = (UniqueConstraint("season", "number"), UniqueConstraint("season", "slug"))

    id: int | None = Field(default=None, primary_key=True)
    season: str = Field(foreign_key="season.key")
    number: int
    slug: str
    title: str
    summary: str = Field(default="", sa_type=Text)
    description: str = Field(default="", sa_type=Text)
    outcome: str = Field(default="", sa_type=Text)
    difficulty: str = ""
    levels: str = ""
    size: str = ""
    size_hours: str = ""
    skills: str = Field(default="", sa_type=Text)
    contact: str = Field(default="", sa_type=Text)
    tags: str = ""
    org: str = ""
    external_id: str = ""
    state: IdeaState = Field(default=IdeaState.DRAFT, sa_type=String)
    in_folder: bool = False
    proposer: str = ""
    imported: str = Field(default="", sa_type=Text)
    words_title: str = Field(default="", sa_type=Text)
    words_keys: str = Field(default="", sa_type=Text)
    words_body: str = Field(default="", sa_type=Text)


class IdeaMentor(Table, table=True):
    """Somebody who mentors an idea, by account or, where no account is known, by name."""

    idea: int = Field(foreign_key="idea.id", primary_key=True, ondelete="CASCADE")
    position: int = Field(primary_key=True)
    season: str = Field(foreign_key="season.key")
    name: str = Field(index=True)


class Interest(Table, table=True):
    """Somebody who is interested in an idea; who it is, only its mentors see."""

    __table_args__ = (UniqueConstraint("idea", "network", "account"),)

    id: int | None = Field(default=None, primary_key=True)
    idea: int = Field(foreign_key="idea.id", index=True, ondelete="CASCADE")
    season: str = Field(foreign_key="season.key")
    network: str
    account: str
    at: datetime


class Watch(Table, table=True):
    """Somebody who is told in private when an idea changes."""

    __table_args__ = (UniqueConstraint("idea", "network", "account"),)

    id: int | None = Field(default=None, primary_key=True)
    idea: int = Field(foreign_key="idea.id", index=True, ondelete="CASCADE")
    season: str = Field(foreign_key="season.key")
    network: str
    account: str
    at: datetime


class Offer(Table, table=True):
    """Somebody who would mentor an idea, until an organiser says yes or no."""

    __table_args__ = (UniqueConstraint("idea", "network", "account"),)

    id: int | None = Field(default=None, primary_key=True)
    idea: int = Field(foreign_key="idea.id", index=True, ondelete="CASCADE")
    season: str = Field(foreign_key="season.key")
    network: str
    account: str
    at: datetime


class Mentor(Table, table=True):
    """What a mentor has said of their own time; who mentors what stands with the ideas.

    From `away_from` until `away_until` they are away; `backup` stands in for them once
    `agreed_at` is set.
    """

    __table_args__ = (UniqueConstraint("season", "network", "account"),)

    id: int | None = Field(default=None, primary_key=True)
    season: str = Field(foreign_key="season.key")
    network: str
    account: str
    hours: str = ""
    away_from: datetime | None = None
    away_until: datetime | None = None
    backup: str = ""
    agreed_at: datetime | None = None


class Deadline(Table, table=True):
    """A date of the programme; exactly one of `at` and `day` is set.

    `offsets` are how many minutes before it people are reminded, a line each; empty means as
    always, "off" not at all. `acked_by` has said that it is done. `sequence` is how often it was
    moved, as calendars want to know (RFC 5545, SEQUENCE).
    """

    __table_args__ = (UniqueConstraint("season", "slug"),)

    id: int | None = Field(default=None, primary_key=True)
    season: str = Field(foreign_key="season.key")
    slug: str
    title: str
    at: datetime | None = None
    day: date | None = None
    audience: Audience = Field(default=Audience.ALL, sa_type=String)
    kind: DeadlineKind = Field(default=DeadlineKind.DEADLINE, sa_type=String)
    short: str = ""
    source: str = Field(default="", sa_type=Text)
    ours_minutes: int | None = None
    imported: str = Field(default="", sa_type=Text)
    offsets: str = ""
    acked_by: str = ""
    acked_at: datetime | None = None
    sequence: int = 0


class Phase(Table, table=True):
    """A stretch of the year between two deadlines."""

    season: str = Field(foreign_key="season.key", primary_key=True)
    position: int = Field(primary_key=True)
    name: str
    start: str
    end: str


class Series(Table, table=True):
    """An office hour that comes every week, or every few, on the wall clock of its zone.

    A single one begins and ends on the same day. Without a `channel` it is held in any public one.
    `imported` is empty for one that was planned on IRC.
    """

    __table_args__ = (UniqueConstraint("season", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    season: str = Field(foreign_key="season.key")
    name: str
    title: str = ""
    weekday: int
    time: time
    zone: str
    minutes: int
    first: date
    last: date | None = None
    imported: str = Field(default="", sa_type=Text)
    every: int = 1
    channel: str = ""


class OfficeChange(Table, table=True):
    """One session of a series, by its local date, that is left out or held at another time.

    It is moved to a wall clock of the series' zone.
    """

    __table_args__ = (UniqueConstraint("season", "series", "day"),)

    id: int | None = Field(default=None, primary_key=True)
    season: str = Field(foreign_key="season.key")
    series: str
    day: date
    skipped: bool = False
    why: str = ""
    to_day: date | None = None
    to_time: time | None = None
    at: datetime


class OfficeDuty(Table, table=True):
    """A mentor who is on in an office hour, or, without a `day`, in all of a series.

    Who is on in all of them may be `off` in one.
    """

    __table_args__ = (Index("ix_officeduty_of", "season", "series", "day"),)

    id: int | None = Field(default=None, primary_key=True)
    season: str = Field(foreign_key="season.key")
    series: str
    day: date | None = None
    network: str
    account: str
    off: bool = False
    at: datetime


class OfficeSession(Table, table=True):
    """An office hour that was held, or is being held while `ended_at` is empty.

    `day` and `series` say which one of the planned ones, an empty series none of them. `chairs`
    are further accounts that lead it, a line each. `heard_until` is up to when its log is known to
    have all that was said. `topic_before` is the channel's topic that gave way to `topic_set`.
    """

    id: int | None = Field(default=None, primary_key=True)
    season: str = Field(foreign_key="season.key")
    network: str
    channel: str
    day: date
    title: str = ""
    chair: str
    started_at: datetime
    until: datetime
    ended_at: datetime | None = None
    series: str = ""
    chairs: str = Field(default="", sa_type=Text)
    queue_open: bool = True
    warned: bool = False
    heard_until: datetime | None = None
    topic_before: str = Field(default="", sa_type=Text)
    topic_set: str = Field(default="", sa_type=Text)


class Line(Table, table=True):
    """A line of a session's log: said by somebody or the bot, or a note that some are missing."""

    id: int | None = Field(default=None, primary_key=True)
    session: int = Field(foreign_key="officesession.id", index=True, ondelete="CASCADE")
    season: str = Field(foreign_key="season.key")
    at: datetime
    nick: str
    account: str | None = None
    action: bool = False
    text: str = Field(sa_type=Text)
    kind: LineKind = Field(default=LineKind.SAID, sa_type=String)


class Question(Table, table=True):
    """What somebody asked that a person has to answer.

    `asker` is an account, or ~ and the nick of a stranger; the page shows neither. `channel` is
    empty for what was asked in private.
    """

    __table_args__ = (UniqueConstraint("season", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    season: str = Field(foreign_key="season.key")
    number: int
    network: str
    asker: str
    nick: str
    channel: str = ""
    idea: int | None = None
    text: str = Field(sa_type=Text)
    at: datetime
    claimed_by: str = ""
    claimed_until: datetime | None = None
    answer: str = Field(default="", sa_type=Text)
    answered_by: str = ""
    answered_at: datetime | None = None


class FaqEntry(Table, table=True):
    """An entry of the FAQ as it was written on IRC; it stands before one of a file with its key.

    A dropped one hides that one too. `author` wrote or last changed it, `checked_by` is the
    second pair of eyes.
    """

    __table_args__ = (UniqueConstraint("season", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    season: str = Field(foreign_key="season.key")
    key: str
    answer: str = Field(sa_type=Text)
    title: str = ""
    aliases: str = ""
    source: str = ""
    state: FaqState = Field(default=FaqState.DRAFT, sa_type=String)
    author: str
    at: datetime
    checked_by: str = ""


class FaqCount(Table, table=True):
    """How often a word was asked of the FAQ on a day of UTC, by nobody in particular.

    `known` words are the keys of entries that were said, the others were asked in vain.
    """

    season: str = Field(foreign_key="season.key", primary_key=True)
    day: date = Field(primary_key=True)
    word: str = Field(primary_key=True)
    known: bool = Field(primary_key=True)
    times: int = 0


class QueuePlace(Table, table=True):
    """Somebody's place in the queue of the office hour, by account, so a new nick keeps it.

    `asker` is an account, or ~ and the nick of a stranger. Without a `session` it is for the next
    one. `turn` is what the queue is in order of: the moment of coming, or of standing back.
    `channel` is the public one in which all was said that they said of it, empty for any other.
    """

    __table_args__ = (Index("ix_queueplace_waiting", "season", "state"),)

    id: int | None = Field(default=None, primary_key=True)
    season: str = Field(foreign_key="season.key")
    network: str
    asker: str
    nick: str
    text: str = Field(default="", sa_type=Text)
    state: PlaceState = Field(default=PlaceState.WAITING, sa_type=String)
    at: datetime
    session: int | None = Field(default=None, foreign_key="officesession.id", index=True)
    turn: datetime | None = None
    channel: str = ""
    helper: str = ""
    called_at: datetime | None = None
    done_at: datetime | None = None
    note: str = Field(default="", sa_type=Text)


class ActionItem(Table, table=True):
    """What somebody has taken on in a session. `owner` is an account, or ~ and a stranger's nick,
    or empty for nobody's yet.
    """

    __table_args__ = (UniqueConstraint("season", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    season: str = Field(foreign_key="season.key")
    number: int
    session: int | None = Field(default=None, foreign_key="officesession.id", index=True)
    network: str
    owner: str = ""
    nick: str = ""
    text: str = Field(sa_type=Text)
    at: datetime
    by: str
    done_at: datetime | None = None
    done_by: str = ""


class CheckedLink(Table, table=True):
    """What became of an address when it was last asked for.

    `fault` is empty while it is there; `failures` are those in a row, since `failing_since`.
    """

    __table_args__ = (UniqueConstraint("season", "url"),)

    id: int | None = Field(default=None, primary_key=True)
    season: str = Field(foreign_key="season.key")
    url: str = Field(sa_type=Text)
    checked_at: datetime
    fault: str = ""
    failures: int = 0
    failing_since: datetime | None = None


class Person(Table, table=True):
    """What somebody has asked the bot to keep to.

    From `quiet_from` until `quiet_until`, hours on that clock, only what is urgent is said in
    private; both are empty for nobody's quiet. `office` is whether they want to be told of each
    office hour, `public` whether everybody may see how far they are with their checklists.
    `applicant_at` is when they said that they apply.
    """

    __table_args__ = (UniqueConstraint("season", "network", "account"),)

    id: int | None = Field(default=None, primary_key=True)
    season: str = Field(foreign_key="season.key")
    network: str
    account: str
    zone: str = ""
    quiet_from: int | None = None
    quiet_until: int | None = None
    pm: bool = True
    office: bool = False
    public: bool = False
    applicant_at: datetime | None = None


class Reminder(Table, table=True):
    """What somebody has asked to be reminded of, on the wall clock of a zone.

    `at` is the moment that comes to, in UTC, as long as the zone's clock is what it was thought
    to be. `channel` is empty for one that is said in private.
    """

    __table_args__ = (UniqueConstraint("season", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    season: str = Field(foreign_key="season.key")
    number: int
    network: str
    account: str
    channel: str = ""
    text: str = Field(sa_type=Text)
    day: date
    time: time
    zone: str
    at: datetime
    made_at: datetime


class Grant(Table, table=True):
    """A role that a services account of one network holds in a season."""

    __table_args__ = (UniqueConstraint("season", "network", "account", "role"),)

    id: int | None = Field(default=None, primary_key=True)
    season: str = Field(foreign_key="season.key")
    network: str
    account: str
    role: Role = Field(sa_type=String)


class AccessCode(Table, table=True):
    """A one-time code that stands for a login where a network has no services.

    Only its digest is kept; it is good until `until` and for one use.
    """

    id: int | None = Field(default=None, primary_key=True)
    season: str = Field(foreign_key="season.key")
    network: str
    account: str
    digest: str = Field(index=True)
    until: datetime


class Outbox(Table, table=True):
    """A line that nobody would ask for again: due, claimed, written, sent.

    `key` names what is said, when and where, so that planning twice says it once. `owner` is the
    boot that has claimed it.
    """

    __table_args__ = (
        Index("ix_outbox_waiting", "network", "state", "due"),
        Index("ix_outbox_season", "season", "state", "due"),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    season: str = Field(foreign_key="season.key")
    network: str
    target: str
    notice: bool = True
    topic: str
    payload: str = Field(sa_type=Text)
    due: datetime
    expires: datetime
    state: OutboxState = Field(default=OutboxState.DUE, sa_type=String)
    owner: str = ""
    lease_until: datetime | None = None
    attempts: int = 0
    text: str = Field(default="", sa_type=Text)
    sent_at: datetime | None = None
    why: str = ""


class Audit(Table, table=True):
    """Who changed what, when and from where; rows of one deed share `deed`.

    `undo` says in words what taking it back means; `undone_at` when that happened.
    """

    __table_args__ = (
        Index("ix_audit_who", "network", "account", "at"),
        Index("ix_audit_row", "table_name", "row_key"),
    )

    id: int | None = Field(default=None, primary_key=True)
    deed: str = Field(index=True)
    at: datetime
    season: str | None = Field(default=None, foreign_key="season.key")
    network: str
    account: str
    place: str
    what: str
    table_name: str
    row_key: str
    before: str | None = Field(default=None, sa_type=Text)
    after: str | None = Field(default=None, sa_type=Text)
    undo: str = ""
    undone_at: datetime | None = None
