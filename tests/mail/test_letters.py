"""The daily mail in words: whatever stands in a title, it stays one line and one header."""

from datetime import UTC, datetime, timedelta

import pytest

from gsocbot.render.letters import MailTemplates, subject
from gsocbot.rules.digest import (
    Digest,
    Entry,
    Wanted,
    coming,
    masked,
    mornings,
    overdue,
    pause,
)
from gsocbot.rules.timeline import Audience, Deadline, DeadlineKind
from gsocbot.shipped import shipped

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
DAY = timedelta(days=1)
EVIL = "Hi\r\nBcc: eve@example.org\n\nfree\x07 \u2028\u202emoney"


def entry(title: str) -> Entry:
    return Entry(title, "slug", NOW + DAY, None, Audience.ALL, False, True, "")


def test_a_title_stays_one_line() -> None:
    digest = Digest("s", EVIL, "student", dates=[entry(EVIL)])

    text = MailTemplates(shipped("templates")).digest(digest, "", UTC, NOW)

    title = "Hi Bcc: eve@example.org free money"
    assert subject(digest) == f"{title}: 1 date"
    assert text.splitlines()[:4] == [
        f"{title}, 2 Mar 2026",
        "",
        "The next 14 days:",
        f"- Tue 3 Mar 07:00 UTC (in 1 d): {title}; for everybody.",
    ]


def deadline(at: datetime, audience: Audience = Audience.ORGANISERS, **more: object) -> Deadline:
    return Deadline("slug", "title", at=at, audience=audience, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("at", "ours", "told"),
    [
        (NOW, None, []),
        (NOW + timedelta(seconds=1), None, [False]),
        (NOW + 14 * DAY - timedelta(seconds=1), None, [False]),
        (NOW + 14 * DAY, None, []),
        (NOW + 14 * DAY, DAY, [True]),
        (NOW + DAY, timedelta(hours=2), [True, False]),
        (NOW + DAY, DAY, [False]),
    ],
)
def test_two_weeks_are_looked_ahead_ours_before_googles(
    at: datetime, ours: timedelta | None, told: list[bool]
) -> None:
    assert [e.is_ours for e in coming([deadline(at, ours=ours)], NOW)] == told


def test_a_day_without_an_hour_counts_until_it_is_over_everywhere() -> None:
    day = Deadline("slug", "title", day=NOW.date(), audience=Audience.ORGANISERS)

    assert [e.day for e in coming([day], NOW + timedelta(hours=28, minutes=59))] == [NOW.date()]
    assert coming([day], NOW + timedelta(hours=29)) == []
    assert overdue([day], NOW + timedelta(hours=28, minutes=59)) == []
    assert [e.day for e in overdue([day], NOW + timedelta(hours=29))] == [NOW.date()]


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (deadline(NOW + timedelta(seconds=1)), []),
        (deadline(NOW), [False]),
        (deadline(NOW + DAY, ours=DAY), [True]),
        (deadline(NOW, ours=DAY), [False]),
        (deadline(NOW - 14 * DAY + timedelta(seconds=1)), [False]),
        (deadline(NOW - 14 * DAY), []),
        (deadline(NOW, acked_by="odile"), []),
        (deadline(NOW, kind=DeadlineKind.EVENT), []),
        (deadline(NOW, audience=Audience.STUDENTS), []),
    ],
)
def test_overdue_is_what_organisers_owe_and_have_not_acknowledged(
    found: Deadline, told: list[bool]
) -> None:
    assert [e.is_ours for e in overdue([found], NOW)] == told


def test_a_pause_doubles_up_to_half_an_hour() -> None:
    minutes = [pause(failures) // timedelta(minutes=1) for failures in (1, 2, 3, 4, 5, 6, 7, 500)]

    assert minutes == [1, 2, 4, 8, 16, 30, 30, 30]


def test_a_day_that_a_zone_leaves_out_has_no_mail() -> None:
    # Samoa went from Thursday the 29th to Saturday the 31st.
    wanted = Wanted(("odile@example.org",), datetime(2011, 1, 1, 7).time(), "Pacific/Apia")
    start = datetime(2011, 12, 28, 20, tzinfo=UTC)
    found = {m for hours in range(96) for m in mornings(wanted, start + timedelta(hours=hours))}

    days = {m.day.day: m.due for m in sorted(found, key=lambda m: m.due)}
    assert 30 not in days
    assert days[31] - days[29] == DAY


def test_a_channel_sees_of_an_address_where_it_is() -> None:
    assert masked("odile@example.org") == "o…@example.org"
