"""The tables of what not everybody may see.

There is no column for a result, a grade, a rank, a score or a number of slots, and none will come:
what is not kept cannot leak.
"""

from datetime import date, datetime

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field

from gsocbot.store.tables import Table


class Student(Table, table=True):
    """Somebody who is mentored: a draft of the organisers' until the season is announced.

    `mentor` and `backup` are accounts of the same network. `ends_at` is set for a project that
    does not end with the others. Since `ended_at` nothing is asked of them; why, nobody keeps.
    `seen_at` is when they last said something where the bot was.
    """

    __table_args__ = (UniqueConstraint("season", "network", "account"),)

    id: int | None = Field(default=None, primary_key=True)
    season: str = Field(foreign_key="season.key")
    network: str
    account: str
    idea: int = Field(foreign_key="idea.id", index=True)
    mentor: str
    backup: str = ""
    blog: str = Field(default="", sa_type=Text)
    meeting: str = Field(default="", sa_type=Text)
    at: datetime
    ends_at: datetime | None = None
    ended_at: datetime | None = None
    seen_at: datetime | None = None


class GivenList(Table, table=True):
    """A checklist that an organiser has given somebody beside those of the phase they are in."""

    __table_args__ = (UniqueConstraint("season", "network", "account", "checklist"),)

    id: int | None = Field(default=None, primary_key=True)
    season: str = Field(foreign_key="season.key")
    network: str
    account: str
    checklist: str
    at: datetime
    by: str


class CheckedItem(Table, table=True):
    """An item of a checklist that somebody, or their mentor, has ticked; `link` shows it."""

    __table_args__ = (UniqueConstraint("season", "network", "account", "checklist", "item"),)

    id: int | None = Field(default=None, primary_key=True)
    season: str = Field(foreign_key="season.key")
    network: str
    account: str
    checklist: str
    item: str
    at: datetime
    by: str
    link: str = Field(default="", sa_type=Text)


class ItemNote(Table, table=True):
    """What a mentor has noted on an item of somebody's checklist, for them to see."""

    id: int | None = Field(default=None, primary_key=True)
    season: str = Field(foreign_key="season.key", index=True)
    network: str
    account: str
    checklist: str
    item: str
    text: str = Field(sa_type=Text)
    at: datetime
    by: str


class Report(Table, table=True):
    """What a student wrote of a week, in their own words or at an address of their own.

    Weeks of coding count from 1.
    """

    __table_args__ = (UniqueConstraint("season", "network", "account", "week"),)

    id: int | None = Field(default=None, primary_key=True)
    season: str = Field(foreign_key="season.key")
    network: str
    account: str
    week: int
    did: str = Field(default="", sa_type=Text)
    next: str = Field(default="", sa_type=Text)
    stuck: str = Field(default="", sa_type=Text)
    link: str = Field(default="", sa_type=Text)
    at: datetime
    changed_at: datetime | None = None


class ReportSkip(Table, table=True):
    """Days on which a student is away; the reason is for the mentors alone."""

    id: int | None = Field(default=None, primary_key=True)
    season: str = Field(foreign_key="season.key", index=True)
    network: str
    account: str
    since: date
    until: date
    reason: str = Field(default="", sa_type=Text)
    at: datetime


class Evaluation(Table, table=True):
    """Who writes a student's evaluation on Google's site, and that it was submitted there.

    `which` is midterm or final. `author` is empty as long as it is the mentor.
    """

    __table_args__ = (UniqueConstraint("season", "network", "account", "which"),)

    id: int | None = Field(default=None, primary_key=True)
    season: str = Field(foreign_key="season.key")
    network: str
    account: str
    which: str
    author: str = ""
    submitted_at: datetime | None = None
    submitted_by: str = ""
    at: datetime


class Proposal(Table, table=True):
    """Where an applicant's draft for an idea can be read, by its mentors and the organisers."""

    __table_args__ = (UniqueConstraint("season", "network", "account"),)

    id: int | None = Field(default=None, primary_key=True)
    season: str = Field(foreign_key="season.key")
    network: str
    account: str
    idea: int = Field(foreign_key="idea.id", index=True)
    url: str = Field(sa_type=Text)
    at: datetime


class Export(Table, table=True):
    """Somebody's data, to be fetched for an hour at an address that nobody can guess."""

    id: int | None = Field(default=None, primary_key=True)
    season: str = Field(foreign_key="season.key")
    network: str
    account: str
    token: str
    at: datetime
    until: datetime


class Erasure(Table, table=True):
    """That somebody was forgotten; of whom only a digest is kept."""

    digest: str = Field(primary_key=True)
    at: datetime


class CheckIn(Table, table=True):
    """Where somebody at a hackathon says they are, forgotten when the day ends; nobody audits it.

    `topic` is the number of a topic, `place` the words they used.
    """

    __table_args__ = (UniqueConstraint("hackathon", "network", "account"),)

    id: int | None = Field(default=None, primary_key=True)
    season: str = Field(foreign_key="season.key")
    hackathon: int = Field(foreign_key="hackathon.id", ondelete="CASCADE")
    network: str
    account: str
    nick: str
    place: str = Field(default="", sa_type=Text)
    topic: int | None = None
    day: date
    since: datetime


class BallotBox(Table, table=True):
    """What tells the voters of a running poll apart; it goes when the ballots are swept out.

    It outlives a poll that is dropped: its votes are still in the bytes of the file.
    """

    poll: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    season: str = Field(foreign_key="season.key")
    secret: str


class Ballot(Table, table=True):
    """A vote in a running poll. `voter` is a digest of the account, with the secret of the box.

    `choice` are numbers of options with commas between them, in order where that counts.
    """

    __table_args__ = (UniqueConstraint("poll", "voter"),)

    id: int | None = Field(default=None, primary_key=True)
    season: str = Field(foreign_key="season.key")
    poll: int = Field(foreign_key="poll.id", ondelete="CASCADE")
    voter: str
    choice: str
