"""The pages of weekly reports, and their feed: what is there, and never what is not.

Nothing here tells when a report came, of how many it is one, or which week has none.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from itertools import groupby

from gsocbot.render.addresses import REPORTS, REPORTS_FEED, Addresses, report_path
from gsocbot.rules.reports import Week
from gsocbot.site.names import lasting
from gsocbot.site.snapshot import Report, SeasonSnapshot
from gsocbot.site.views import Season, web_address

MOST_REPORTS = 100
"""So many of the newest weeks' reports are in the feed."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A report on its page; `url` is empty unless it is an address on the web."""

    anchor: str
    report: Report
    url: str
    has_page: bool

    @property
    def parts(self) -> list[tuple[str, str]]:
        """What it says, each with what it is called."""
        said = (("Did", self.report.did), ("Next", self.report.next), ("Stuck", self.report.stuck))
        return [(name, text) for name, text in said if text]


@dataclass(frozen=True, slots=True)
class WeekPage:
    """A week of which there are reports."""

    week: Week
    shown: tuple[Shown, ...]

    @property
    def path(self) -> str:
        """Its page, from the season's."""
        return report_path(self.week.number)


@dataclass(frozen=True, slots=True)
class FeedReport:
    """A report in the feed, with the address that is its id for good.

    It is dated by the first day of its week: when it came is not for everybody.
    """

    shown: Shown
    url: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Feed:
    """The feed of reports; `url` is its own address, `page` that of the list of weeks."""

    url: str
    page: str
    changed: datetime
    entries: tuple[FeedReport, ...]


def weeks(snapshot: SeasonSnapshot) -> list[WeekPage]:
    """The weeks of which there are reports, the newest first."""
    ideas = {idea.number for idea in snapshot.ideas}
    found = sorted(snapshot.reports, key=lambda r: (-r.week.number, r.number, r.account))
    return [
        WeekPage(week, tuple(_shown(r, r.number in ideas) for r in group))
        for week, group in groupby(found, key=lambda r: r.week)
    ]


def _shown(report: Report, has_page: bool) -> Shown:
    anchor = f"{report.number}-{lasting(report.account)}"
    return Shown(anchor, report, web_address(report.link), has_page)


def feed(of: Season, addresses: Addresses) -> Feed:
    """The reports of the newest weeks."""
    entries = [
        FeedReport(one, f"{addresses.page(page.path)}#{one.anchor}", _begins(page.week))
        for page in weeks(of.snapshot)
        for one in page.shown
    ][:MOST_REPORTS]
    changed = max((entry.at for entry in entries), default=of.snapshot.facts.since)
    return Feed(addresses.page(REPORTS_FEED), addresses.page(REPORTS), changed, tuple(entries))


def _begins(week: Week) -> datetime:
    return datetime.combine(week.first, time(), UTC)
