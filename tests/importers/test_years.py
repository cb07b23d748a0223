"""The dates that ship: as the sources have them, named alike in all years, and without gaps."""

import tomllib
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from gsocbot.importers.checklists import gather_checklists
from gsocbot.importers.faults import Faults
from gsocbot.importers.timeline import Timeline, read_timeline
from gsocbot.importers.years import read_years
from gsocbot.rules.links import is_review
from gsocbot.rules.timeline import Deadline, DeadlineKind, in_order, stretches

ROOT = Path(__file__).parents[2]
COLLECTED = ROOT.parent / "shared/data/timelines"
YEARS = read_years(ROOT / "templates/timelines")

KEYS = {
    "program-announced": ["program-announced"],
    "org-applications-open": ["org-applications-open"],
    "org-applications-close": ["org-application"],
    "orgs-announced": ["orgs-announced"],
    "contributor-applications-open": ["applications-open"],
    "contributor-applications-close": ["applications-close"],
    "slot-requests-due": ["slot-requests"],
    "slot-allocations": ["slot-allocations"],
    "mentors-matched": ["mentors-matched"],
    "proposal-rankings-due": ["ranking"],
    "selections-due": ["selections"],
    "duplicates-meeting": ["duplicates-meeting"],
    "contributors-announced": ["accepted"],
    "community-bonding-start": ["bonding-start"],
    "coding-start": ["coding-start"],
    "midterm-evals-open": ["midterm-open"],
    "midterm-evals-close": ["midterm-student", "midterm-mentor"],
    "phase1-evals-open": ["phase1-open"],
    "phase1-evals-close": ["phase1-student", "phase1-mentor"],
    "phase2-evals-open": ["phase2-open"],
    "phase2-evals-close": ["phase2-student", "phase2-mentor"],
    "work-period-end": ["work-end"],
    "pencils-down-suggested": ["pencils-down-suggested"],
    "pencils-down-firm": ["pencils-down"],
    "final-week-start": ["final-week"],
    "final-submissions-close": ["final-work"],
    "final-evals-open": ["final-open"],
    "final-evals-close": ["final-mentor"],
    "results-announced": ["results"],
    "extended-coding-start": ["extended-start"],
    "extended-coding-end": ["extended-end"],
    "extended-final-submissions-close": ["extended-work"],
    "extended-final-evals-close": ["extended-final-mentor"],
    "code-samples-open": ["code-samples"],
    "program-end": ["program-end"],
}
"""Our slugs of what the collected lists of facts have."""
REVIEW_START = "org-review-start"
"""Ours only where it is another day than that on which applications close."""
ENDS_OF_STRETCHES = {
    "org-review-end": "orgs-announced",
    "idea-discussion-start": "orgs-announced",
    "idea-discussion-end": "applications-open",
    "community-bonding-end": "coding-start",
    "coding-end": "final-work",
}
"""These are none of ours: a stretch begins or ends about then with a date that we have."""

EVERY_YEAR = {
    "applications-open",
    "applications-close",
    "accepted",
    "coding-start",
    "final-open",
}
BEFORE_CODING = ["applications", "selection", "bonding"]
HALVES = ["coding first half", "midterm", "coding second half", "final"]
THIRDS = [
    "coding first third",
    "first evaluation",
    "coding second third",
    "second evaluation",
    "coding last third",
    "final",
]
TWO_EVALUATIONS = {2019, 2020}

each_year = pytest.mark.parametrize("year", YEARS)


def by_slug(timeline: Timeline) -> dict[str, Deadline]:
    """The dates of a year by their slugs."""
    return {d.slug: d for d in timeline[0]}


def collected(year: int) -> dict[str, dict[str, Any]]:
    """The events of a year as they were collected, by their keys."""
    text = (COLLECTED / f"{year}.toml").read_text(encoding="utf-8")
    return {event["key"]: event for event in tomllib.loads(text)["event"]}


def on(deadline: Deadline) -> date:
    """The day of a date."""
    day = deadline.at.date() if deadline.at else deadline.day
    assert day is not None
    return day


def test_these_years_ship() -> None:
    assert list(YEARS) == [2011, *range(2019, 2027)]


@pytest.mark.skipif(not COLLECTED.exists(), reason="the collected dates are not here")
@each_year
def test_every_date_is_the_one_of_its_source(year: int) -> None:
    ours, theirs = by_slug(YEARS[year]), collected(year)
    wanted: dict[str, tuple[datetime | None, date | None]] = {}
    for key, event in theirs.items():
        when = (event.get("at"), event.get("date"))
        for slug in KEYS.get(key, []):
            wanted[slug] = when
        close = theirs.get("org-applications-close")
        if key == REVIEW_START and close and event["date"] != (close["at"].date()):
            wanted["review-start"] = when
        if key in ENDS_OF_STRETCHES:
            near = on(ours[ENDS_OF_STRETCHES[key]])
            assert abs(event["date"] - near) <= timedelta(days=7)
        assert key in {*KEYS, REVIEW_START, *ENDS_OF_STRETCHES}

    assert {slug: (d.at, d.day) for slug, d in ours.items()} == wanted


@pytest.mark.skipif(not COLLECTED.exists(), reason="the collected dates are not here")
@each_year
def test_every_date_names_the_source_that_it_is_from(year: int) -> None:
    ours, theirs = by_slug(YEARS[year]), collected(year)

    for key, event in theirs.items():
        begins = str(event["source"]).split(" (")[0]
        assert all(ours[slug].source.startswith(begins) for slug in KEYS.get(key, ()))


@each_year
def test_a_slug_means_the_same_in_every_year(year: int) -> None:
    for slug, deadline in by_slug(YEARS[year]).items():
        for timeline in YEARS.values():
            other = by_slug(timeline).get(slug)
            if other is not None:
                assert (other.audience, other.kind, other.short) == (
                    deadline.audience,
                    deadline.kind,
                    deadline.short,
                )


@each_year
def test_a_year_has_what_every_year_has_and_no_deadline_of_ours(year: int) -> None:
    dates = by_slug(YEARS[year])

    assert dates.keys() >= EVERY_YEAR
    assert dates.keys() >= {"org-application"} or year == 2019
    assert dates.keys() >= {"orgs-announced"} or year in {2019, 2020}
    assert dates.keys() >= {"final-mentor"} or year == 2019
    assert dates.keys() & {"final-work", "pencils-down"}
    assert ("phase2-mentor" in dates, "midterm-mentor" in dates) == (
        (True, False) if year in TWO_EVALUATIONS else (False, True)
    )
    assert all(d.source and d.ours is None for d in dates.values())
    assert all(d.kind is DeadlineKind.DEADLINE for s, d in dates.items() if s.endswith("-mentor"))


@each_year
def test_the_dates_of_a_year_stand_in_order_and_nowhere_else(year: int) -> None:
    deadlines, _ = YEARS[year]
    known = by_slug(YEARS[year])
    order = ["applications-open", "applications-close", "accepted", "coding-start", "final-open"]

    assert [on(known[s]) for s in order] == sorted(on(known[s]) for s in order)
    first, *_, last = in_order(deadlines)
    assert date(year - 1, 11, 1) <= on(first)
    assert on(last) <= date(year, 12, 31)
    assert {on(d).year for d in deadlines if d.slug != "program-announced"} == {year}


@each_year
def test_the_phases_of_a_year_have_no_gap_between_them(year: int) -> None:
    deadlines, phases = YEARS[year]
    names = [p.name for p in phases]
    found = stretches(phases, deadlines)

    assert len(found) == len(phases)
    at = names.index("applications")
    middle = THIRDS if year in TWO_EVALUATIONS else HALVES
    assert names[at : at + 3] + names[at + 3 : at + 3 + len(middle)] == BEFORE_CODING + middle
    assert [p.start for p in phases[at + 1 :]] == [p.end for p in phases[at:-1]]
    assert all(on(s.start) <= on(s.end) for s in found)


def test_every_checklist_has_its_phases_in_the_newest_year() -> None:
    lists = gather_checklists(ROOT / "templates/checklists", ROOT / "none", Faults())
    known = {p.name for _, phases in YEARS.values() for p in phases}
    newest = {p.name for p in YEARS[max(YEARS)][1]}

    assert {phase for c in lists for phase in c.phases} <= known
    assert all(newest.intersection(c.phases) for c in lists if c.phases)


@each_year
def test_whoever_codes_has_a_checklist_all_the_while(year: int) -> None:
    lists = gather_checklists(ROOT / "templates/checklists", ROOT / "none", Faults())
    phases = [p.name for p in YEARS[year][1]]
    coding = phases[phases.index("bonding") + 1 : phases.index("final")]

    assert all(any(phase in c.phases for c in lists) for phase in coding)


@pytest.mark.parametrize("year", [y for y in YEARS if y not in {2019, 2020}])
def test_google_looks_at_ideas_pages_between_its_two_dates(year: int) -> None:
    deadlines, phases = YEARS[year]
    close, accepted = (by_slug(YEARS[year])[s].at for s in ("org-application", "orgs-announced"))
    assert close is not None
    assert accepted is not None

    assert is_review(phases, deadlines, close)
    assert not is_review(phases, deadlines, close - timedelta(seconds=1))
    assert not is_review(phases, deadlines, accepted)


@pytest.mark.parametrize(("year", "season"), [(2011, "xen-2011"), (2026, "example-2026")])
def test_the_sample_seasons_have_the_dates_of_their_year(year: int, season: str) -> None:
    deadlines, phases = read_timeline(ROOT / "ideas" / season / "timeline.toml")

    assert any(d.ours for d in deadlines)
    assert {replace(d, ours=None) for d in deadlines} == set(YEARS[year][0])
    assert phases == YEARS[year][1]
