"""The pages of hackathons and polls, with their calendars, reports, walls, feeds and tables."""

from gsocbot.render.addresses import (
    HACKATHON_CALENDAR,
    HACKATHON_PICTURE,
    HACKATHON_REPORT,
    HACKATHON_REPORT_TEXT,
    HACKATHONS,
    POLL_DATA,
    POLLS,
    POLLS_FEED,
    WALL,
    Addresses,
)
from gsocbot.site import hackathons, polls
from gsocbot.site.files import Pages
from gsocbot.site.hackathon_report import report
from gsocbot.site.views import Season
from gsocbot.site.wall import SILENT, TURN, data, data_path, wall


def hackathon_pages(
    made: Pages, of: Season, found: list[hackathons.Page], addresses: Addresses
) -> None:
    """Make those of all hackathons of a season."""
    from gsocbot.site.hackathon_calendar import calendar  # noqa: PLC0415 - 90 ms, as in pages.py

    top = f"{of.snapshot.facts.key}/"
    made.page(top + HACKATHONS, "hackathons", of, here=HACKATHONS, pages=found)
    for page in found:
        folder = top + page.path
        made.page(folder, "hackathon", of, here=HACKATHONS, page=page)
        made.page(
            folder + HACKATHON_REPORT,
            "hackathon_report",
            of,
            here=HACKATHONS,
            page=page,
            hack=page.hackathon,
            text=report(page, addresses),
        )
        picture = HACKATHON_PICTURE if page.picture else ""
        made.files[folder + HACKATHON_REPORT_TEXT] = report(page, addresses, picture).encode()
        if page.picture:
            drawn = {"picture": page.picture, "hack": page.hackathon}
            made.drawing(folder + HACKATHON_PICTURE, "_days", alone=True, **drawn)
        made.files[folder + HACKATHON_CALENDAR] = calendar(page, of.snapshot, addresses)
        shown = wall(page.hackathon, page.hackathon.at)
        silent, turn = (int(length.total_seconds()) for length in (SILENT, TURN))
        made.page(folder + WALL, "wall", of, wall=shown, silent=silent, turn=turn)
        made.files[top + data_path(page.hackathon.slug)] = data(shown)


def poll_pages(made: Pages, of: Season, addresses: Addresses) -> None:
    """Make those of all polls of a season."""
    top, found = f"{of.snapshot.facts.key}/", polls.pages(of.snapshot)
    made.page(top + POLLS, "polls", of, here=POLLS, pages=found)
    for page in found:
        made.page(top + page.path, "poll", of, here=POLLS, page=page)
        if page.poll.is_over and page.result is not None:
            made.files[top + page.path + POLL_DATA] = polls.votes(page)
    made.feed(top + POLLS_FEED, "polls", of, feed=polls.feed(of, found, addresses))
