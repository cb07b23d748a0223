"""Dates from iCalendar files: each a moment in UTC or a day, and all of a file or nothing."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from gsocbot.importers.faults import Unreadable
from gsocbot.importers.timeline import read_timeline
from gsocbot.rules.timeline import Audience, Deadline, DeadlineKind
from tests.site.samples import files, real_season

ZONE = """\
BEGIN:VTIMEZONE
TZID:Ours
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0530
TZOFFSETTO:+0530
END:STANDARD
END:VTIMEZONE
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the calendar is."""
    return tmp_path / "dates.ics"


def calendar(*events: str, zone: str = "") -> str:
    """A calendar with some events, a line a property."""
    inside = "".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:test\n{zone}{inside}END:VCALENDAR\n"


def faults(file: Path, content: str | bytes) -> list[str]:
    """What is wrong with a calendar."""
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(Unreadable) as wrong:
        read_timeline(file)
    return [line.removeprefix(f"{file}:").strip() for line in wrong.value.faults]


def one(file: Path, event: str, *, zone: str = "") -> Deadline:
    """The only date of a calendar."""
    file.write_text(calendar(event, zone=zone), encoding="utf-8")
    (deadline,), phases = read_timeline(file)
    assert phases == ()
    return deadline


# --- our own calendars


def test_our_own_calendar_gives_the_same_dates(file: Path) -> None:
    season = real_season()
    file.write_bytes(files(season)["xen-2011/timeline.ics"])

    read, _ = read_timeline(file)

    assert {(d.slug, d.title, d.at, d.day) for d in read} == {
        (d.slug, d.title, d.at, d.day) for d in season.deadlines
    }


def test_our_own_calendar_changes_nothing_of_the_dates_that_are_known(file: Path) -> None:
    season = real_season()
    file.write_bytes(files(season)["xen-2011/timeline.ics"])

    assert set(read_timeline(file, season.deadlines)[0]) == set(season.deadlines)


def test_of_a_date_that_is_known_only_the_moment_and_the_title_change(file: Path) -> None:
    old = Deadline(
        "coding-start",
        "coding begins",
        day=date(2026, 5, 25),
        audience=Audience.STUDENTS,
        short="coding",
        source="https://example.org",
        ours=timedelta(days=3),
    )
    event = "UID:coding-start@test.gsocbot\nSUMMARY:coding starts\nDTSTART:20260526T090000Z"
    file.write_text(calendar(event))

    (new,), _ = read_timeline(file, [old])

    at = datetime(2026, 5, 26, 9, tzinfo=UTC)
    assert new == replace(old, title="coding starts", at=at, day=None)


def test_the_organisation_before_a_title_that_is_known_is_left_out(file: Path) -> None:
    old = Deadline("party", "party", day=date(2026, 5, 25))
    file.write_text(calendar("UID:party@test.gsocbot\nSUMMARY:Xen: party\nDTSTART:20260526"))

    assert read_timeline(file, [old])[0] == (replace(old, day=date(2026, 5, 26)),)


def test_a_title_that_ends_like_the_known_one_is_a_new_title(file: Path) -> None:
    old = Deadline("apply-now", "close", day=date(2026, 5, 25))
    file.write_text(calendar("UID:apply-now\nSUMMARY:applications close\nDTSTART:20260526"))

    assert read_timeline(file, [old])[0][0].title == "applications close"


# --- when


@pytest.mark.parametrize(
    ("start", "at"),
    [
        (":20260331T180000Z", datetime(2026, 3, 31, 18, tzinfo=UTC)),
        (";TZID=America/New_York:20260331T140000", datetime(2026, 3, 31, 18, tzinfo=UTC)),
        (";TZID=America/New_York:20261101T140000", datetime(2026, 11, 1, 19, tzinfo=UTC)),
        (";TZID=Eastern Standard Time:20260331T140000", datetime(2026, 3, 31, 18, tzinfo=UTC)),
        (";TZID=/vendor/Europe/Berlin:20260331T200000", datetime(2026, 3, 31, 18, tzinfo=UTC)),
        (";TZID=Ours:20260331T233000", datetime(2026, 3, 31, 18, tzinfo=UTC)),
        (";VALUE=DATE-TIME:20260331T180000Z", datetime(2026, 3, 31, 18, tzinfo=UTC)),
    ],
)
def test_a_moment_of_any_zone_is_one_in_utc(file: Path, start: str, at: datetime) -> None:
    read = one(file, f"UID:1\nSUMMARY:Party\nDTSTART{start}", zone=ZONE)

    assert (read.at, read.day) == (at, None)
    assert read.at is not None
    assert read.at.tzinfo is UTC


@pytest.mark.parametrize("start", [":20260331", ";VALUE=DATE:20260331"])
def test_a_whole_day_stays_a_day(file: Path, start: str) -> None:
    read = one(file, f"UID:1\nSUMMARY:Party\nDTSTART{start}\nDTEND{start[:-1]}4")

    assert (read.at, read.day) == (None, date(2026, 3, 31))


# --- slug, title, kind


@pytest.mark.parametrize(
    ("uid", "summary", "slug"),
    [
        ("coding-start@xen-2011.gsocbot", "Coding begins", "coding-start"),
        ("phase1-open@x.gsocbot", "Phase 1", "phase1-open"),
        ("coding-start@example.org", "Coding begins", "coding-start"),
        ("7h3k2l1m9n0p@google.com", "Coding begins!", "coding-begins"),
        ("550e8400-e29b-41d4-a716-446655440000", "Mentors' midterm", "mentors-midterm"),
        ("1", "Été en code", "ete-en-code"),
    ],
)
def test_the_slug_is_of_the_uid_if_people_made_that_and_else_of_the_title(
    file: Path, uid: str, summary: str, slug: str
) -> None:
    assert one(file, f"UID:{uid}\nSUMMARY:{summary}\nDTSTART:20260331").slug == slug


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Contributor application deadline", DeadlineKind.DEADLINE),
        ("Contributor applications close", DeadlineKind.DEADLINE),
        ("Ranking is due", DeadlineKind.DEADLINE),
        ("Closing of applications", DeadlineKind.DEADLINE),
        ("Contributor applications open", DeadlineKind.EVENT),
        ("Results announced", DeadlineKind.EVENT),
        ("Enclosed residue", DeadlineKind.EVENT),
    ],
)
def test_something_is_owed_if_the_title_says_so(file: Path, title: str, kind: DeadlineKind) -> None:
    read = one(file, f"UID:1\nSUMMARY:{title}\nDTSTART:20260331")

    assert (read.title, read.kind, read.audience) == (title, kind, Audience.ALL)


@pytest.mark.parametrize(
    ("summaries", "titles"),
    [
        (["GSoC: a", "GSoC: b"], ["a", "b"]),
        (["Xen: GSoC: a: b", "Xen: GSoC: a: c"], ["b", "c"]),
        (["GSoC: a", "GSoC - b"], ["GSoC: a", "GSoC - b"]),
        (["GSoC: a"], ["GSoC: a"]),
    ],
)
def test_what_stands_before_every_title_is_left_out(
    file: Path, summaries: list[str], titles: list[str]
) -> None:
    events = [f"UID:{n}\nSUMMARY:{s}\nDTSTART:20260331" for n, s in enumerate(summaries)]
    file.write_text(calendar(*events))

    assert [d.title for d in read_timeline(file)[0]] == titles


def test_a_title_is_read_as_calendars_write_it_on_one_line(file: Path) -> None:
    read = one(file, "UID:1\nSUMMARY;LANGUAGE=en:Apply\\, then\\n wa\n it\nDTSTART:20260331")

    assert read.title == "Apply, then wait"


def test_what_was_cancelled_is_left_out(file: Path) -> None:
    events = ("UID:1\nSUMMARY:a\nDTSTART:x\nSTATUS:x", "UID:2\nSUMMARY:b\nDTSTART:20260401")
    off = events[0].replace("DTSTART:x\nSTATUS:x", "DTSTART:20260331\nSTATUS:CANCELLED")
    file.write_text(calendar(off, events[1]))

    assert [d.slug for d in read_timeline(file)[0]] == ["b"]


def test_alarms_and_tasks_are_no_dates(file: Path) -> None:
    alarm = "BEGIN:VALARM\nACTION:DISPLAY\nTRIGGER:-P1D\nSUMMARY:no\nEND:VALARM"
    todo = "BEGIN:VTODO\nUID:2\nSUMMARY:no\nDTSTART:20260101\nEND:VTODO\n"
    file.write_text(calendar(f"UID:1\nSUMMARY:a\nDTSTART:20260331\n{alarm}", zone=todo))

    assert [d.title for d in read_timeline(file)[0]] == ["a"]


@pytest.mark.parametrize("name", ["dates.ICS", "dates.ical"])
def test_a_calendar_is_known_by_its_name(tmp_path: Path, name: str) -> None:
    assert one(tmp_path / name, "UID:1\nSUMMARY:a\nDTSTART:20260331").slug == "a"


def test_lines_may_end_as_in_the_standard(file: Path) -> None:
    text = calendar("UID:1\nSUMMARY:a\nDTSTART:20260331T180000")

    assert faults(file, text.replace("\n", "\r\n").encode())[0].startswith("7: DTSTART: ")


# --- faults


@pytest.mark.parametrize(
    ("event", "said"),
    [
        (
            "SUMMARY:a\nDTSTART:20260331T180000",
            "6: DTSTART: the moment has no zone; write it in UTC, such as 20260331T180000Z",
        ),
        (
            "SUMMARY:a\nDTSTART;TZID=No/Where:20260331T180000",
            '6: DTSTART: the zone "No/Where" is not known; write it in UTC, such as '
            "20260331T180000Z",
        ),
        (
            "SUMMARY:a\nDTSTART;TZID=../../etc/passwd:20260331T180000",
            '6: DTSTART: the zone "../../etc/passwd" is not known; write it in UTC, such as '
            "20260331T180000Z",
        ),
        ("SUMMARY:a", "4: DTSTART: this is missing; write when the event begins"),
        ("DTSTART:20260331", "4: SUMMARY: this is missing; write SUMMARY"),
        ("SUMMARY: \nDTSTART:20260331", "5: SUMMARY: this is missing; write SUMMARY"),
        (
            "SUMMARY:a\nDTSTART:20260231",
            "6: DTSTART: this cannot be read: Wrong date format 20260231",
        ),
        ("SUMMARY:a\nDTSTART:19990101", "6: DTSTART: the year 1999 is not from 2000 to 2199"),
        (
            "SUMMARY:a\nDTSTART:99991231T230000Z",
            "6: DTSTART: the year 9999 is not from 2000 to 2199",
        ),
        ("SUMMARY:a\nSUMMARY:b\nDTSTART:20260331", "5: SUMMARY: this stands here twice"),
        (
            "SUMMARY:a\nDTSTART:20260331\nRRULE:FREQ=SECONDLY",
            "7: RRULE: this repeats, and a date of the year comes once; leave it out",
        ),
        (
            "SUMMARY:\u6625\nDTSTART:20260331",
            "4: UID: no short name can be made of the title; write one, such as my-date@example",
        ),
    ],
)  # fmt: skip
def test_a_fault_has_the_line_of_what_is_wrong(file: Path, event: str, said: str) -> None:
    assert faults(file, calendar(event)) == [said]


def test_every_fault_is_said_and_nothing_is_read(file: Path) -> None:
    good = "UID:1\nSUMMARY:good\nDTSTART:20260331"
    folded = "UID:2\nSUMMARY:a long\n er title\nDTSTART:20260331T180000"

    assert [f.split(":")[0] for f in faults(file, calendar(good, folded, "UID:3"))] == [
        "13",
        "15",
        "15",
    ]


def test_two_dates_with_one_name_are_a_fault(file: Path) -> None:
    event = "UID:1\nSUMMARY:Party\nDTSTART:20260331"

    assert faults(file, calendar(event, event)) == ["10: UID: party stands here twice"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "there is no event (VEVENT) in this"),
        (calendar(), "there is no event (VEVENT) in this"),
        ("nonsense", "this is no calendar: Content line could not be parsed into parts"),
        ("END:VCALENDAR\n", "this is no calendar: END encountered without"),
        (calendar("UID:1").replace("END:VEVENT\n", ""), "this calendar is not whole"),
        ("BEGIN:VEVENT\nSUMMARY:a\nDTSTART:20260331\nEND:VEVENT\n", "this calendar is not whole"),
        (b"\xff", "1: this is not UTF-8"),
        ("BEGIN:VCALENDAR\n" * 5000, "there is no event"),
        ("BEGIN:VCALENDAR\n" + "X:y\n" * 200_000, "the file is larger than 500 kB"),
    ],
)  # fmt: skip
def test_what_is_no_whole_calendar_is_refused(file: Path, content: str | bytes, said: str) -> None:
    assert faults(file, content)[0].startswith(said)


def test_events_within_events_end_the_reading(file: Path) -> None:
    deep = "BEGIN:VEVENT\n" * 5000 + "END:VEVENT\n" * 5000

    said = faults(file, f"BEGIN:VCALENDAR\n{deep}END:VCALENDAR\n")

    assert len(said) < 600


@pytest.mark.parametrize(
    "rule", ["RRULE:FREQ=SECONDLY", "RRULE:FREQ=YEARLY;BYSECOND=1,2", "RRULE:FREQ=\n\n SECONDLY"]
)
def test_a_zone_that_would_keep_us_busy_for_hours_is_refused(file: Path, rule: str) -> None:
    zone = ZONE.replace("END:STANDARD", f"{rule}\nEND:STANDARD")
    event = "UID:1\nSUMMARY:a\nDTSTART;TZID=Ours:20260331T180000"

    assert faults(file, calendar(event, zone=zone)) == [
        "10: a zone whose clocks change more often than once a year"
    ]


def test_a_zone_whose_clocks_change_is_understood(file: Path) -> None:
    zone = """\
BEGIN:VTIMEZONE
TZID:Ours
BEGIN:STANDARD
DTSTART:19701025T030000
TZOFFSETFROM:+0630
TZOFFSETTO:+0530
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19700329T020000
TZOFFSETFROM:+0530
TZOFFSETTO:+0630
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
END:VTIMEZONE
"""
    event = "UID:1\nSUMMARY:a\nDTSTART;TZID=Ours:20260331T180000"

    assert one(file, event, zone=zone).at == datetime(2026, 3, 31, 11, 30, tzinfo=UTC)


def test_a_zone_of_one_file_is_none_of_the_next(file: Path) -> None:
    event = "UID:1\nSUMMARY:a\nDTSTART;TZID=Ours:20260331T180000"

    assert one(file, event, zone=ZONE).at == datetime(2026, 3, 31, 12, 30, tzinfo=UTC)
    west = ZONE.replace("+0530", "-0300")
    assert one(file, event, zone=west).at == datetime(2026, 3, 31, 21, tzinfo=UTC)
    assert faults(file, calendar(event))[0].startswith('7: DTSTART: the zone "Ours" is not known')
