"""Moments as people type them: read right, or refused; never anything else."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gsocbot.rules.when import (
    AMBIGUOUS,
    FARTHEST,
    Moment,
    read_moment,
    read_zoned,
    zone_named,
    zone_of,
)
from gsocbot.talk import Refused

NOW = datetime(2011, 4, 5, 15, tzinfo=UTC)  # a Tuesday
WORDS = (
    "in 2h 3 d now today tomorrow fri friday mon 8 8th apr april feb 29 30 31 2011 2012 0000 "
    "19:00 9 9pm 12am 25:00 24:00 at UTC Z +08:00 -14:00 +99 Europe/London Asia/Kolkata EST CST "
    "2011-04-08 2011-13-40 2011-04-08T19:00Z 9999-12-31 0001-01-01 99999999999 weeks and , . / "
    "² ٧ London"
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("now", NOW),
        ("in 2h", NOW + timedelta(hours=2)),
        ("in 1 day and 30 min", NOW + timedelta(days=1, minutes=30)),
        ("in 1w 2d 3h 4m", NOW + timedelta(days=9, hours=3, minutes=4)),
        ("2011-04-08T19:00Z", at("2011-04-08 19:00")),
        ("2011-04-08 19:00", at("2011-04-08 19:00")),
        ("2011-04-08 9:00", at("2011-04-08 09:00")),
        ("2011-04-08T19:00:30+02:00", at("2011-04-08 17:00:30")),
        ("2011-04-08", at("2011-04-08 00:00")),
        ("8 apr 19:00", at("2011-04-08 19:00")),
        ("apr 8th at 7pm", at("2011-04-08 19:00")),
        ("8 april", at("2011-04-08 00:00")),
        # A day is the nearest one, but not one that was more than 90 days ago.
        ("5 jan", at("2011-01-05 00:00")),
        ("4 jan", at("2012-01-04 00:00")),
        ("1 dec", at("2011-12-01 00:00")),
        ("1 oct", at("2011-10-01 00:00")),
        ("8 apr 2015 19:00", at("2015-04-08 19:00")),
        ("29 feb", at("2012-02-29 00:00")),
        ("today 19:00", at("2011-04-05 19:00")),
        ("8", at("2011-04-06 08:00")),
        ("tomorrow 9", at("2011-04-06 09:00")),
        ("12am", at("2011-04-06 00:00")),
        ("12pm", at("2011-04-06 12:00")),
        # A time of day is the next one, a weekday too.
        ("15:00", at("2011-04-06 15:00")),
        ("15:01", at("2011-04-05 15:01")),
        ("tue 15:00", at("2011-04-12 15:00")),
        ("tue 15:01", at("2011-04-05 15:01")),
        ("wed 9:00", at("2011-04-06 09:00")),
        ("fri 18:00 Europe/London", at("2011-04-08 17:00")),
        ("fri 8 apr 18:00 london", at("2011-04-08 17:00")),
        ("19:00 +05:30", at("2011-04-06 13:30")),
        ("19:00 UTC-3", at("2011-04-05 22:00")),
        ("2011-04-08 19:00 Asia/Kolkata", at("2011-04-08 13:30")),
    ],
)
def test_a_moment_is_read_as_it_is_meant(text: str, moment: datetime) -> None:
    assert read_zoned(text, NOW)[0] == moment


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "in",
        "in two hours",
        "in 3 parsecs",
        "30 feb",
        "29 feb 2011",
        "31 apr",
        "0 apr",
        "25:00",
        "9:60",
        "13pm",
        "0am",
        "2011-02-30",
        "2011-04-08T25:00Z",
        "19:00 EST",
        "19:00 IST",
        "19:00 +15:00",
        "19:00 UTC Europe/London",
        "9999-12-31",
        "in 9999w 9999w 9999w",
        "8 apr ٢٠١١",
    ],
)
def test_what_cannot_be_read_in_one_way_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        read_zoned(text, NOW)


@pytest.mark.parametrize(("over", "refused"), [(timedelta(0), False), (timedelta(days=1), True)])
def test_only_a_hundred_years_are_looked_at(over: timedelta, refused: bool) -> None:
    text = f"{NOW + FARTHEST + over:%Y-%m-%d %H:%M}Z"

    if refused:
        with pytest.raises(Refused, match="is too far away"):
            read_moment(text, NOW)
    else:
        assert read_moment(text, NOW).at == NOW + FARTHEST


@pytest.mark.parametrize(
    ("text", "zones", "assumed"),
    [
        ("19:00", [], True),
        ("8 apr 19:00", [], True),
        ("2011-04-08 19:00", [], True),
        ("2011-04-08 19:00Z", [], False),
        ("in 2h", [], False),
        ("now", [], False),
        ("19:00 UTC", ["UTC"], False),
        ("19:00 Asia/Kolkata", ["Asia/Kolkata"], False),
        ("19:00 kolkata london", ["Asia/Kolkata", "Europe/London"], False),
        ("kolkata", ["Asia/Kolkata"], False),
    ],
)
def test_zones_are_told_and_what_was_assumed(text: str, zones: list[str], assumed: bool) -> None:
    read = read_moment(text, NOW)

    assert ([z.name for z in read.zones], read.assumed) == (zones, assumed)


@pytest.mark.parametrize("letters", sorted(AMBIGUOUS))
def test_letters_that_mean_several_zones_are_refused(letters: str) -> None:
    with pytest.raises(Refused, match=f'"{letters}" means several zones'):
        zone_of(letters.lower())


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("UTC", "UTC"),
        ("z", "UTC"),
        ("gmt", "UTC"),
        ("+5", "UTC+05:00"),
        ("utc+5:30", "UTC+05:30"),
        ("-0330", "UTC-03:30"),
        ("+14:00", "UTC+14:00"),
        ("europe/LONDON", "Europe/London"),
        ("New_York", "America/New_York"),
        ("lord_howe", "Australia/Lord_Howe"),
        ("Etc/UTC", None),
        ("nowhere", None),
        ("../../etc/passwd", None),
    ],
)
def test_a_zone_is_a_place_or_an_offset(word: str, name: str | None) -> None:
    zone = zone_of(word)

    assert (zone.name if zone else None) == name


@pytest.mark.parametrize("folder", ["Europe", "America", "Asia"])
def test_a_part_of_the_world_is_no_zone(folder: str) -> None:
    assert zone_named(folder) is None
    with pytest.raises(Refused):
        read_zoned(f"12:00 {folder}", NOW)


def _read_or_refused(text: str) -> Moment | None:
    with suppress(Refused):
        read_zoned(text, NOW)
    try:
        return read_moment(text, NOW)
    except Refused:
        return None


@given(st.text() | st.lists(st.sampled_from(WORDS.split()), max_size=6).map(" ".join))
def test_any_words_are_read_or_refused_and_nothing_worse(text: str) -> None:
    read = _read_or_refused(text)

    assert read is None or read.at.utcoffset() == timedelta(0)


@given(
    st.datetimes(datetime(1950, 1, 1), datetime(2099, 12, 31)),
    st.sampled_from(["UTC", "Asia/Kolkata", "America/New_York", "Australia/Lord_Howe"]),
)
def test_what_is_written_is_read_again(naive: datetime, zone: str) -> None:
    moment = naive.replace(second=0, microsecond=0, tzinfo=UTC)
    there = moment.astimezone(ZoneInfo(zone))

    assert read_moment(moment.isoformat(), NOW).at == moment
    assert read_moment(f"{moment.day} {moment:%b} {moment.year} {moment:%H:%M}", NOW).at == moment
    if there.fold == 0 and there.astimezone(UTC) == moment:
        assert read_zoned(f"{there:%Y-%m-%d %H:%M} {zone}", NOW)[0] == moment
