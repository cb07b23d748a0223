"""Weekly reports and the days on which somebody is away, as a viewer may see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from sqlalchemy import and_, bindparam
from sqlalchemy import select as columns
from sqlmodel import col

from gsocbot.rules.privacy import EVERYBODY, Data, Subject, Viewer, may_see
from gsocbot.rules.quiet import Settings
from gsocbot.rules.reports import (
    CODING,
    Skip,
    Week,
    coding_begins,
    ranges,
    wanted,
    week_of,
    weeks,
)
from gsocbot.store import seasons
from gsocbot.store.books import Books, Deed
from gsocbot.store.private import students
from gsocbot.store.private.students import Known
from gsocbot.store.private.tables import Report, ReportSkip, Student
from gsocbot.store.tables import Idea, Person

_REPORTS = (
    columns(
        col(Report.network), col(Report.account), col(Report.week), col(Report.did),
        col(Report.next), col(Report.stuck), col(Report.link), col(Report.at),
        col(Report.changed_at),
    )
    .where(col(Report.season) == bindparam("season"))
    .order_by(col(Report.week), col(Report.id))
)  # fmt: skip
_OF_THOSE_THERE = (
    _REPORTS.add_columns(col(Idea.number), col(Idea.slug))
    .join(
        Student,
        and_(
            col(Student.season) == col(Report.season),
            col(Student.network) == col(Report.network),
            col(Student.account) == col(Report.account),
        ),
    )
    .join(Idea, col(Idea.id) == col(Student.idea))
    .where(col(Student.ended_at).is_(None))
    .order_by(None)
    .order_by(col(Report.week), col(Idea.number), col(Report.id))
)
_SKIPS = (
    columns(
        col(ReportSkip.network), col(ReportSkip.account), col(ReportSkip.since),
        col(ReportSkip.until), col(ReportSkip.reason), col(ReportSkip.at),
    )
    .where(col(ReportSkip.season) == bindparam("season"))
    .order_by(col(ReportSkip.id))
)  # fmt: skip
_ZONES = columns(col(Person.network), col(Person.account), col(Person.zone)).where(
    col(Person.season) == bindparam("season"), col(Person.zone) != ""
)

Place = tuple[str, str]
"""Network and account."""


@dataclass(frozen=True, slots=True)
class Written:
    """A report that everybody may read; when it came is nobody's but its author's and mentors'."""

    account: str
    number: int
    slug: str
    week: Week
    did: str = ""
    next: str = ""
    stuck: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Away:
    """Days on which a student is away, when they said so, and why, which mentors alone hear."""

    skip: Skip
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How somebody is with their reports, all on their own clock.

    `written` says when which week last was, `open` are all weeks that are asked for and not
    written, those to come too. `since` is the moment from which anything is asked of them. Given
    only of a student who is known already.
    """

    known: Known
    tz: tzinfo
    since: datetime
    weeks: tuple[Week, ...]
    written: Mapping[int, datetime]
    away: tuple[Away, ...]
    open: tuple[Week, ...]

    def today(self, now: datetime) -> date:
        """The day that it is for them."""
        return now.astimezone(self.tz).date()

    def is_open(self, week: Week) -> bool:
        """Whether a week is asked for and not written."""
        return week in self.open

    @property
    def skips(self) -> tuple[Skip, ...]:
        """The days on which they are away."""
        return tuple(away.skip for away in self.away)

    def late(self, now: datetime) -> list[Week]:
        """The weeks that were due before today and are not written."""
        return [week for week in self.open if week.last < self.today(now)]

    def away_until(self, now: datetime) -> date | None:
        """The last day of an absence that goes on or is to come."""
        days = [a.skip.until for a in self.away if a.skip.until >= self.today(now)]
        return max(days, default=None)


class Shelf:
    """The reports of a season, read once."""

    def __init__(self, books: Books, season: str) -> None:
        facts = seasons.season(books, season)
        self.announced_at = facts.announced_at if facts else None
        self._deadlines = seasons.deadlines(books, season)
        self._weeks: dict[datetime | None, tuple[Week, ...]] = {}
        self._written: dict[Place, dict[int, datetime]] = {}
        self._away: dict[Place, list[Away]] = {}
        values = {"season": season}
        for row in books.rows(_REPORTS, values):
            own = self._written.setdefault((row.network, row.account), {})
            own[row.week] = row.changed_at or row.at
        for row in books.rows(_SKIPS, values):
            away = Away(Skip(row.since, row.until), row.at, row.reason)
            self._away.setdefault((row.network, row.account), []).append(away)
        self._zones = {(r.network, r.account): r.zone for r in books.rows(_ZONES, values)}

    def clock(self, network: str, account: str) -> tzinfo:
        """The clock that somebody lives by."""
        return Settings(self._zones.get((network, account), "")).tz

    def of(self, known: Known) -> Standing:
        """How somebody is with their reports."""
        row = known.row
        place = (row.network, row.account)
        if row.ends_at not in self._weeks:
            self._weeks[row.ends_at] = weeks(self._deadlines, row.ends_at)
        every, tz = self._weeks[row.ends_at], self.clock(*place)
        since = max(row.at, self.announced_at or row.at)
        written, away = self._written.get(place, {}), tuple(self._away.get(place, ()))
        asked = wanted(every, since, tz, [a.skip for a in away])
        still = tuple(week for week in asked if week.number not in written)
        return Standing(known, tz, since, every, written, away, still)


def weeks_of_all(books: Books, season: str) -> tuple[Week, ...]:
    """The weeks of those projects that end with the others."""
    return weeks(seasons.deadlines(books, season))


def written(books: Books, season: str, viewer: Viewer) -> list[Written]:
    """The reports that a viewer may read, week by week, in the order of the ideas.

    Those of drafts and of whoever ended are not among them.
    """
    begins = coding_begins(seasons.deadlines(books, season, [CODING]))
    if begins is None or not students.is_announced(books, season):
        return []
    return [
        Written(
            r.account, r.number, r.slug, week_of(begins, r.week), r.did, r.next, r.stuck, r.link
        )
        for r in books.rows(_OF_THOSE_THERE, {"season": season})
        if may_see(viewer, Data.REPORT, Subject(r.network, r.account))
    ]


def own(books: Books, season: str, network: str, account: str, now: datetime) -> Standing | None:
    """How somebody is with their own reports; None for all who have no project here by now."""
    known = students.own(books, season, network, account, now)
    return Shelf(books, season).of(known) if known is not None else None


def texts_of(row: Report | None) -> dict[str, str]:
    """What a report says, by its parts; nothing of none."""
    if row is None:
        return {}
    return {"did": row.did, "next": row.next, "stuck": row.stuck, "link": row.link}


def row(books: Books, season: str, network: str, account: str, week: int) -> Report | None:
    """Somebody's report of a week, to be changed."""
    found = books.every(Report, season=season, network=network, account=account, week=week)
    return found[0] if found else None


def add(
    books: Books, deed: Deed, season: str, place: Place, week: int, undo: str, **texts: str
) -> Report:
    """Keep a report."""
    network, account = place
    new = Report(season=season, network=network, account=account, week=week, at=deed.at)
    for name, text in texts.items():
        setattr(new, name, text)
    books.add(deed, new, undo)
    return new


def skip_row(
    books: Books, season: str, network: str, account: str, today: date
) -> ReportSkip | None:
    """The absence of somebody that goes on or is to come, to be changed."""
    found = books.every(ReportSkip, season=season, network=network, account=account)
    return next((row for row in reversed(found) if row.until >= today), None)


def add_skip(
    books: Books, deed: Deed, season: str, place: Place, skip: Skip, reason: str, undo: str
) -> None:
    """Keep that somebody is away."""
    network, account = place
    new = ReportSkip(
        season=season,
        network=network,
        account=account,
        since=skip.since,
        until=skip.until,
        reason=reason,
        at=deed.at,
    )
    books.add(deed, new, undo)


def missing(books: Books, season: str, viewer: Viewer, now: datetime) -> list[Standing]:
    """Those whose reports are late, as far as a viewer may know that; nobody who ended."""
    if not students.is_announced(books, season):
        return []
    shelf = Shelf(books, season)
    known = students.known(books, season, viewer, Data.RECORD, now)
    found = [shelf.of(k) for k in known if k.row.ended_at is None]
    return [standing for standing in found if standing.late(now)]


def summary(books: Books, season: str, viewer: Viewer, known: Known, now: datetime) -> str:
    """Reports 1-3 in, 4 open; away until Mon 27 Jun: of it what a viewer may know of a student.

    Empty if there is nothing to say.
    """
    standing = Shelf(books, season).of(known)
    said = []
    if standing.written and may_see(viewer, Data.REPORT, known.subject):
        said.append(f"{ranges(standing.written)} in")
    record = may_see(viewer, Data.RECORD, known.subject)
    late = standing.late(now) if record and known.row.ended_at is None else []
    if late:
        said.append(f"{ranges(week.number for week in late)} open")
    facts = [f"reports {', '.join(said)}"] if said else []
    until = standing.away_until(now) if record else None
    if until is not None:
        facts.append(f"away until {until:%a} {until.day} {until:%b}")
    return "; ".join(facts)


def links(books: Books, season: str) -> list[tuple[str, str]]:
    """The texts of reports that everybody may read, each with a name for what it stands in."""
    return [
        (f"report {report.week.number} of {report.account}", text)
        for report in written(books, season, EVERYBODY)
        for text in (report.link, report.did, report.next, report.stuck)
        if text
    ]
