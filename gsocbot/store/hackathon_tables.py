"""The tables of hackathons and polls; who is where, and who voted what, lies with the private."""

from datetime import date, datetime, time

from sqlalchemy import String, Text, UniqueConstraint
from sqlmodel import Field

from gsocbot.rules.hackathon import EventKind
from gsocbot.rules.polls import Audience, PollKind
from gsocbot.store.tables import Table


class Hackathon(Table, table=True):
    """Some days on which people work together: `first` and `last` are dates of its zone's clock.

    `place` is where it is, empty for one that is everywhere. `channel` is where the bot speaks of
    it, empty for all public channels of the season. People are expected from `opens` to `closes`,
    by its zone. `chairs` lead it beside the organisers: accounts, a line each.
    """

    __table_args__ = (UniqueConstraint("season", "slug"),)

    id: int | None = Field(default=None, primary_key=True)
    season: str = Field(foreign_key="season.key")
    slug: str
    name: str
    first: date
    last: date
    zone: str
    place: str = ""
    network: str
    channel: str = ""
    opens: time = time(9)
    closes: time = time(18)
    account: str
    chairs: str = Field(default="", sa_type=Text)
    at: datetime


class Hacker(Table, table=True):
    """Somebody who takes part; `named` wants their name on the page, which has numbers else.

    `skills` stand with commas between them. `seen_on` is the last day of the hackathon on which
    they were heard.
    """

    __table_args__ = (UniqueConstraint("hackathon", "network", "account"),)

    id: int | None = Field(default=None, primary_key=True)
    season: str = Field(foreign_key="season.key")
    hackathon: int = Field(foreign_key="hackathon.id", ondelete="CASCADE")
    network: str
    account: str
    skills: str = Field(default="", sa_type=Text)
    affiliation: str = Field(default="", sa_type=Text)
    country: str = ""
    named: bool = False
    at: datetime
    seen_on: date | None = None


class HackTopic(Table, table=True):
    """What people work on or talk about; `skills` are those it looks for.

    `now_text` is what is done there since `now_at`, as `now_by` has said, `next_text` what
    comes, as was said at `next_at`.
    """

    __table_args__ = (
        UniqueConstraint("hackathon", "number"),
        UniqueConstraint("hackathon", "slug"),
    )

    id: int | None = Field(default=None, primary_key=True)
    season: str = Field(foreign_key="season.key")
    hackathon: int = Field(foreign_key="hackathon.id", ondelete="CASCADE")
    number: int
    slug: str
    title: str
    skills: str = Field(default="", sa_type=Text)
    network: str
    account: str
    now_text: str = Field(default="", sa_type=Text)
    now_by: str = ""
    now_at: datetime | None = None
    next_text: str = Field(default="", sa_type=Text)
    next_at: datetime | None = None
    link: str = Field(default="", sa_type=Text)
    at: datetime
    ended_at: datetime | None = None


class TopicHacker(Table, table=True):
    """Somebody who works on a topic."""

    __table_args__ = (UniqueConstraint("topic", "network", "account"),)

    id: int | None = Field(default=None, primary_key=True)
    season: str = Field(foreign_key="season.key")
    topic: int = Field(foreign_key="hacktopic.id", ondelete="CASCADE")
    network: str
    account: str
    at: datetime


class HackSlot(Table, table=True):
    """Where a topic is, from when until when; of each topic one on each day of the hackathon.

    `day` is a date of the zone's clock; `room` is as it was written, `room_key` tells one room
    from another however it is written.
    """

    __table_args__ = (UniqueConstraint("topic", "day"),)

    id: int | None = Field(default=None, primary_key=True)
    season: str = Field(foreign_key="season.key")
    hackathon: int = Field(foreign_key="hackathon.id", index=True, ondelete="CASCADE")
    topic: int = Field(foreign_key="hacktopic.id", ondelete="CASCADE")
    day: date
    room: str
    room_key: str
    start: datetime
    end: datetime
    network: str
    account: str
    at: datetime


class HackEvent(Table, table=True):
    """What a day has for everybody: the demos, or something social; `room` is where."""

    __table_args__ = (UniqueConstraint("hackathon", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    season: str = Field(foreign_key="season.key")
    hackathon: int = Field(foreign_key="hackathon.id", ondelete="CASCADE")
    number: int
    kind: EventKind = Field(sa_type=String)
    what: str = Field(default="", sa_type=Text)
    room: str = ""
    start: datetime
    network: str
    account: str
    at: datetime


class EventGuest(Table, table=True):
    """Somebody who comes to a social event."""

    __table_args__ = (UniqueConstraint("event", "network", "account"),)

    id: int | None = Field(default=None, primary_key=True)
    season: str = Field(foreign_key="season.key")
    event: int = Field(foreign_key="hackevent.id", ondelete="CASCADE")
    network: str
    account: str
    at: datetime


class Demo(Table, table=True):
    """Something that somebody shows; on its `day` in the order of `position`."""

    __table_args__ = (UniqueConstraint("hackathon", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    season: str = Field(foreign_key="season.key")
    hackathon: int = Field(foreign_key="hackathon.id", ondelete="CASCADE")
    number: int
    day: date
    position: int
    title: str
    minutes: int = 10
    link: str = Field(default="", sa_type=Text)
    network: str
    account: str
    nick: str
    at: datetime
    started_at: datetime | None = None
    done_at: datetime | None = None


class Ticket(Table, table=True):
    """Somebody who is stuck; `helper` comes to them. `public` words were said in a channel."""

    __table_args__ = (UniqueConstraint("hackathon", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    season: str = Field(foreign_key="season.key")
    hackathon: int = Field(foreign_key="hackathon.id", ondelete="CASCADE")
    number: int
    text: str = Field(sa_type=Text)
    network: str
    account: str
    nick: str
    channel: str = ""
    at: datetime
    helper: str = ""
    claimed_at: datetime | None = None
    solved_at: datetime | None = None

    @property
    def public(self) -> bool:
        """Whether everybody has read it."""
        return bool(self.channel)


class Outcome(Table, table=True):
    """What came of a hackathon, expected or not; `topic` is a number, `idea` the row of a draft."""

    __table_args__ = (UniqueConstraint("hackathon", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    season: str = Field(foreign_key="season.key")
    hackathon: int = Field(foreign_key="hackathon.id", ondelete="CASCADE")
    number: int
    text: str = Field(sa_type=Text)
    link: str = Field(default="", sa_type=Text)
    topic: int | None = None
    idea: int | None = Field(default=None, foreign_key="idea.id", ondelete="SET NULL")
    network: str
    account: str
    at: datetime


class Thanks(Table, table=True):
    """Whom somebody thanks for what, as they wrote it; `thanked` are accounts, a line each."""

    id: int | None = Field(default=None, primary_key=True)
    season: str = Field(foreign_key="season.key")
    hackathon: int = Field(foreign_key="hackathon.id", index=True, ondelete="CASCADE")
    whom: str
    what: str = Field(sa_type=Text)
    thanked: str = Field(default="", sa_type=Text)
    network: str
    account: str
    at: datetime


class Poll(Table, table=True):
    """A question with an end. `options` is a JSON list, `result` one of what each option got.

    A `live` poll shows how many each option has before its end. `result` is empty until then,
    `voters` is how many have voted once it is closed. `closed_by` is empty where the end came.
    """

    __table_args__ = (UniqueConstraint("season", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    season: str = Field(foreign_key="season.key")
    number: int
    question: str = Field(sa_type=Text)
    options: str = Field(sa_type=Text)
    kind: PollKind = Field(default=PollKind.ONE, sa_type=String)
    audience: Audience = Field(default=Audience.ALL, sa_type=String)
    live: bool = False
    quorum: int = 0
    until: datetime
    network: str
    account: str
    channel: str = ""
    at: datetime
    closed_at: datetime | None = None
    closed_by: str = ""
    result: str = Field(default="", sa_type=Text)
    voters: int = 0
