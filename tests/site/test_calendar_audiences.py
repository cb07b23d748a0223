"""The calendars of contributors, mentors and organisers: whose dates, and when they ring."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Component

from gsocbot.rules.timeline import Audience, Deadline, DeadlineKind
from gsocbot.site.snapshot import Revision, SeasonSnapshot
from tests.site.samples import KEY, SINCE, facts, files, real_season, season

AT = datetime(2011, 7, 15, 19, tzinfo=UTC)
DAY = date(2011, 5, 23)
PEOPLE = ("contributors", "mentors", "organisers")
CALENDARS = ("timeline", "office", *PEOPLE)


def calendar(of: SeasonSnapshot, name: str) -> Calendar:
    """One calendar of a season."""
    return Calendar.from_ical(files(of)[f"{KEY}/{name}.ics"])


def events(of: SeasonSnapshot, name: str) -> dict[str, Component]:
    """Its events, by what stands before the @ of their UIDs."""
    found = calendar(of, name).walk("VEVENT")
    assert all(str(e["uid"]).endswith(f"@{KEY}.gsocbot") for e in found)
    return {str(e["uid"]).partition("@")[0]: e for e in found}


def only(*deadlines: Deadline) -> SeasonSnapshot:
    """A season with these dates and its office hour."""
    return replace(season(), deadlines=deadlines)


def rings(event: Component) -> list[timedelta]:
    """How long before its start it rings, earliest first."""
    return sorted((-a["trigger"].dt for a in event.walk("VALARM")), reverse=True)


def test_each_has_their_own_dates_those_for_all_and_the_office_hours() -> None:
    of = only(*(Deadline(str(whom), "title", at=AT, audience=whom) for whom in Audience))

    assert {name: set(events(of, name)) for name in CALENDARS} == {
        "timeline": {"students", "mentors", "organisers", "all"},
        "office": {"slug.office"},
        "contributors": {"students", "all", "slug.office"},
        "mentors": {"mentors", "all", "slug.office"},
        "organisers": {"organisers", "all", "slug.office"},
    }


def test_an_event_is_the_same_to_the_byte_in_every_calendar() -> None:
    made = files(real_season())
    found: dict[bytes, set[bytes]] = {}
    for name in CALENDARS:
        for text in re.findall(rb"BEGIN:VEVENT.*?END:VEVENT", made[f"{KEY}/{name}.ics"], re.DOTALL):
            (uid,) = re.findall(rb"UID:(.*)\r\n", text)
            found.setdefault(uid, set()).add(text)

    assert {len(texts) for texts in found.values()} == {1}
    assert len(found) == 24


def test_every_calendar_with_an_office_hour_has_its_zone_written_out_before_it() -> None:
    for name in ("office", *PEOPLE):
        content = files(season())[f"{KEY}/{name}.ics"]
        assert content.count(b"BEGIN:VTIMEZONE\r\nTZID:Europe/London\r\n") == 1
        assert content.index(b"END:VTIMEZONE") < content.index(b"BEGIN:VEVENT")

    assert b"VTIMEZONE" not in files(replace(season(), series=()))[f"{KEY}/mentors.ics"]


def test_the_season_says_what_contributors_are_called() -> None:
    of = replace(season(), facts=replace(facts(), title="Xen.org 2011", word="student"))

    titles = {name: str(calendar(of, name)["x-wr-calname"]) for name in CALENDARS}
    assert titles == {
        "timeline": "Xen.org 2011",
        "office": "Xen.org 2011: office hour",
        "contributors": "Xen.org 2011: for students",
        "mentors": "Xen.org 2011: for mentors",
        "organisers": "Xen.org 2011: for organisers",
    }


def test_what_is_owed_rings_a_week_and_a_day_before_and_what_merely_happens_does_not() -> None:
    days = timedelta(days=1)
    owed = Deadline("owed", "title", at=AT)
    bare = Deadline("bare", "title", day=DAY)
    found = events(
        only(
            owed,
            replace(owed, slug="happens", kind=DeadlineKind.EVENT),
            replace(owed, slug="early", ours=3 * days),
            replace(owed, slug="both", ours=3 * days, kind=DeadlineKind.EVENT),
            bare,
            replace(bare, slug="happens-some-day", kind=DeadlineKind.EVENT),
        ),
        "mentors",
    )

    nine = timedelta(hours=9)
    assert {name: rings(event) for name, event in found.items()} == {
        "owed": [7 * days, days],
        "happens": [],
        "early": [days],
        "early.ours": [7 * days, days],
        "both": [],
        "both.ours": [],
        "bare": [7 * days - nine, days - nine],
        "happens-some-day": [],
        "slug.office": [timedelta(hours=1)],
    }


def test_our_own_date_is_an_event_before_googles_with_a_name_of_its_own() -> None:
    date_of_ours = Deadline(
        "midterm",
        "midterm closes",
        at=AT,
        audience=Audience.MENTORS,
        source="https://x.example/",
        ours=timedelta(days=3),
    )
    found = events(only(date_of_ours), "mentors")

    assert found["midterm.ours"]["dtstart"].dt == AT - timedelta(days=3)
    assert found["midterm"]["dtstart"].dt == AT
    assert found["midterm.ours"]["summary"] == "harmless: midterm closes, ours"
    assert found["midterm"]["summary"] == "harmless: midterm closes"
    assert found["midterm.ours"]["description"] == (
        "For mentors.\nGoogle's: 2011-07-15 19:00 UTC.\nSource: https://x.example/"
    )
    assert found["midterm"]["description"] == (
        "For mentors.\nOurs, earlier: 2011-07-12 19:00 UTC.\nSource: https://x.example/"
    )


def test_no_name_of_a_date_can_be_that_of_ours_or_of_an_office_hour() -> None:
    of = only(
        Deadline("slug", "title", at=AT, ours=timedelta(days=3)),
        Deadline("slug-ours", "title", at=AT),
        Deadline("slug.ours", "title", at=AT),
        Deadline("slug.office", "title", at=AT),
        Deadline("slug-office", "title", at=AT),
    )

    uids = [str(e["uid"]) for e in calendar(of, "mentors").walk("VEVENT")]
    assert len(uids) == len(set(uids)) == 7


def test_whether_something_is_done_and_how_it_is_reminded_of_shows_in_no_file() -> None:
    of = real_season()
    done = replace(
        of,
        deadlines=tuple(
            replace(d, acked_by="odile", acked_at=SINCE, offsets=(timedelta(days=5),))
            for d in of.deadlines
        ),
    )
    silent = replace(of, deadlines=tuple(replace(d, offsets=()) for d in of.deadlines))

    assert files(done) == files(of)
    assert files(silent) == files(of)


def test_the_names_stay_whatever_dates_come_go_and_move() -> None:
    first = Deadline("midterm", "title", at=AT, ours=timedelta(days=3))
    odd = Deadline("a b", "title", at=AT)
    before = set(events(only(first, odd), "mentors"))

    moved = replace(first, at=AT - timedelta(days=30), sequence=1)
    earlier = Deadline("a-b", "title", at=AT - timedelta(days=60))
    others = (earlier, Deadline("a/b", "title", day=DAY), Deadline("A b", "title", at=AT))
    after = set(events(only(*others, moved, odd), "mentors"))

    assert before < after
    assert len(after) == len(before) + len(others)


def test_what_was_revised_last_is_stamped_with_that_moment_and_counts_its_moves() -> None:
    changed = datetime(2011, 3, 1, 10, 0, 0, 5, tzinfo=UTC)
    of = replace(
        only(Deadline("a", "title", at=AT, sequence=2), Deadline("b", "title", at=AT, sequence=2)),
        revised_dates=(Revision("a", changed, 3),),
        revised_series=(Revision("slug", changed, 1),),
    )

    found = events(of, "mentors")

    second = changed.replace(microsecond=0)
    assert {
        name: (e["sequence"], e["dtstamp"].dt, e["last-modified"].dt) for name, e in found.items()
    } == {
        "a": (3, second, second),
        "b": (2, SINCE, SINCE),
        "slug.office": (1, second, second),
    }
