"""The pages of weekly reports and their feed: what is there, dated by its week."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from lxml import etree

from gsocbot.rules.reports import Week
from gsocbot.site.snapshot import Report, SeasonSnapshot
from tests.site.samples import KEY, SINCE, everywhere, files, real_season
from tests.site.test_pages import HOSTILE
from tests.site.trees import read

ATOM = {"a": "http://www.w3.org/2005/Atom"}
FIRST, SECOND = Week(1, date(2011, 5, 23)), Week(2, date(2011, 5, 30))
PRIYA = Report("priya", 1, "cpupools", FIRST, "the parser", "graphs", "on the format")
WENJIE = Report("wenjie", 2, "mirage-tls", SECOND, link="https://wenjie.example.net/2")


def with_reports(*reports: Report) -> SeasonSnapshot:
    """A season that is announced."""
    of = real_season()
    return replace(of, facts=replace(of.facts, announced_at=SINCE), reports=reports)


def texts(made: dict[str, bytes], path: str) -> str:
    """What a page says."""
    return " ".join(" ".join(read(made[f"{KEY}/{path}index.html"]).texts).split())


def test_a_week_has_a_page_once_there_is_a_report_of_it() -> None:
    made = files(with_reports(PRIYA))

    assert "Did: the parser Next: graphs Stuck: on the format" in texts(made, "reports/1/")
    assert "Week 1" in texts(made, "reports/")
    assert f"{KEY}/reports/2/index.html" not in made
    assert "Nothing is written here yet" in texts(files(with_reports()), "reports/")


def test_pages_name_whoever_has_written_and_nobody_else() -> None:
    made = files(with_reports(PRIYA, WENJIE))

    assert "wenjie" not in texts(made, "reports/1/")
    assert "priya" not in texts(made, "reports/2/")


def test_an_address_is_a_link_that_search_engines_do_not_count() -> None:
    page = files(with_reports(WENJIE))[f"{KEY}/reports/2/index.html"].decode()

    assert f'<a href="{WENJIE.link}" rel="noopener noreferrer nofollow">' in page


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:x", "//evil", "mailto:a@b.example"])
def test_what_is_no_address_is_no_link(link: str) -> None:
    page = read(files(with_reports(replace(WENJIE, link=link)))[f"{KEY}/reports/2/index.html"])

    assert not [address for address in page.addresses if link in address]


def test_the_feed_dates_a_report_by_its_week_and_not_by_when_it_came() -> None:
    found = etree.fromstring(files(with_reports(PRIYA, WENJIE))[f"{KEY}/reports.atom"])

    def of(path: str) -> list[str]:
        return [str(text) for text in found.xpath(path, namespaces=ATOM)]

    begins = [datetime(2011, 5, day, tzinfo=UTC).isoformat() for day in (30, 23)]
    assert of("a:entry/a:updated/text()") == begins
    assert of("a:updated/text()") == begins[:1]
    home = f"https://gsoc.example.org/{KEY}/reports"
    assert of("a:entry/a:id/text()") == [f"{home}/2/#2-wenjie", f"{home}/1/#1-priya"]
    assert of("a:entry/a:title/text()") == [
        "wenjie, week 2 (2 mirage-tls)",
        "priya, week 1 (1 cpupools)",
    ]
    assert of("a:entry[2]/a:content/text()") == [
        "Did: the parser\nNext: graphs\nStuck: on the format\n"
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_report_leaves_the_feed_a_feed(text: str) -> None:
    found = etree.fromstring(everywhere(text)[f"{KEY}/reports.atom"])
    harmless = etree.fromstring(everywhere("harmless")[f"{KEY}/reports.atom"])

    assert [e.tag for e in found.iter()] == [e.tag for e in harmless.iter()]


def test_the_way_to_the_reports_is_shown_once_the_season_is_announced() -> None:
    before, after = files(real_season()), files(with_reports())

    path = f"{KEY}/index.html"
    assert b'href="./reports/"' not in before[path]
    assert b'href="./reports/"' in after[path]
