"""The pages of a whole site, those of its seasons and of the office hours that they held."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from gsocbot.render.addresses import (
    FAQ,
    IDEAS,
    IDEAS_DATA,
    IDEAS_FEED,
    MENTORS,
    MINUTES_FEED,
    OFFICE,
    PROGRESS,
    PROJECTS,
    QUESTIONS,
    REPORTS,
    REPORTS_FEED,
    TIMELINE,
    Addresses,
    idea_path,
)
from gsocbot.render.html import html_environment
from gsocbot.rules.timeline import stretches
from gsocbot.site import hackathons, progress, projects, reports
from gsocbot.site.drawing import draw
from gsocbot.site.faq import answered
from gsocbot.site.feeds import ideas_data, ideas_feed, minutes_feed
from gsocbot.site.files import Pages
from gsocbot.site.hackathon_pages import hackathon_pages, poll_pages
from gsocbot.site.office import Summary
from gsocbot.site.sessions import of_season, sessions
from gsocbot.site.snapshot import Snapshot, Spoken
from gsocbot.site.views import Season, filters, season

COPIED = ("style.css", "wall.css", "wall.js", "favicon.svg")


def pages(snapshot: Snapshot, base_url: str, templates: Path, now: datetime) -> dict[str, bytes]:
    """Make all files. `now` counts by the hour: within one, the same data gives the same bytes."""
    return make(snapshot, base_url, templates, now).files


@dataclass(frozen=True, slots=True)
class Made:
    """The files of a site, and what other pages say of each session, by its folder."""

    files: dict[str, bytes]
    summaries: dict[str, Summary]


def make(
    snapshot: Snapshot,
    base_url: str,
    templates: Path,
    now: datetime,
    stand: Mapping[str, Summary] | None = None,
    logs: Iterable[tuple[str, Sequence[Spoken]]] = (),
) -> Made:
    """Make all files but those of the sessions that stand already.

    `logs` are what was said in sessions whose lines the snapshot does not have, by their folders,
    one after the other. Raises Gone for a session that neither stands nor has lines.
    """
    now = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
    made = Pages(html_environment(templates), now)
    base = base_url if base_url.endswith("/") else f"{base_url}/"
    summaries = sessions(made, snapshot, base, dict(stand or {}), logs)
    seasons = [season(s, now, of_season(summaries, f"{s.facts.key}/")) for s in snapshot.seasons]
    seasons.sort(key=lambda s: (-s.snapshot.facts.year, s.snapshot.facts.key))
    made.page("", "seasons", seasons=seasons)
    for name in COPIED:
        made.files[name] = (templates / "site" / name).read_bytes()
    for one in seasons:
        _season_pages(made, one, Addresses(base, one.snapshot.facts.key), now)
    return Made(made.files, summaries)


def _season_pages(made: Pages, of: Season, addresses: Addresses, now: datetime) -> None:
    from gsocbot.site import calendars  # noqa: PLC0415 - 90 ms that only a build needs

    snapshot, top = of.snapshot, f"{of.snapshot.facts.key}/"
    held = hackathons.pages(snapshot)
    made.page(top, "season", of, here="home", hackathons=held)
    hackathon_pages(made, of, held, addresses)
    poll_pages(made, of, addresses)
    made.page(top + IDEAS, "ideas", of, here=IDEAS, filters=filters(of.ideas))
    for idea in of.ideas:
        assert idea.text.number is not None
        made.page(top + idea_path(idea.text.number), "idea", of, here="", idea=idea)
    phases = stretches(snapshot.phases, snapshot.deadlines)
    drawing = draw(phases, snapshot.deadlines, now) if snapshot.deadlines else None
    made.page(top + TIMELINE, "timeline", of, here=TIMELINE, drawing=drawing)
    made.page(top + OFFICE, "office", of, here=OFFICE)
    made.page(top + MENTORS, "mentors", of, here=MENTORS)
    made.page(top + FAQ, "faq", of, here=FAQ, entries=answered(snapshot, addresses))
    made.page(top + QUESTIONS, "questions", of, here=QUESTIONS)
    made.page(top + PROJECTS, "projects", of, here=PROJECTS, rows=projects.rows(snapshot))
    made.page(top + PROGRESS, "progress", of, here=PROGRESS, rows=progress.rows(snapshot.progress))
    weeks = reports.weeks(snapshot)
    made.page(top + REPORTS, "reports", of, here=REPORTS, weeks=weeks)
    for page in weeks:
        made.page(top + page.path, "report_week", of, here=REPORTS, page=page)
    for path, content in calendars.calendars(snapshot, addresses):
        made.files[top + path] = content
    made.files[top + IDEAS_DATA] = ideas_data(of, addresses)
    made.feed(top + IDEAS_FEED, "ideas", of, feed=ideas_feed(of, addresses, now))
    made.feed(top + REPORTS_FEED, "reports", of, feed=reports.feed(of, addresses))
    made.feed(top + MINUTES_FEED, "minutes", of, feed=minutes_feed(of, addresses, now))
