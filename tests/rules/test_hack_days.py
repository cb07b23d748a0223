"""A new hackathon in words: days, zones and places as people write them."""

from datetime import UTC, date, datetime

import pytest

from gsocbot.rules.hack_days import read_new
from gsocbot.talk import Refused

NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("days", "first", "last"),
    [
        ("2 mar 4 mar", date(2027, 3, 2), date(2027, 3, 4)),
        ("2-4 mar", date(2027, 3, 2), date(2027, 3, 4)),
        ("2 – 4 March 2028", date(2028, 3, 2), date(2028, 3, 4)),
        ("from 2nd to 4th march", date(2027, 3, 2), date(2027, 3, 4)),
        ("Mar 2-4, 2027", date(2027, 3, 2), date(2027, 3, 4)),
        ("mar 2", date(2027, 3, 2), date(2027, 3, 2)),
        ("30 mar - 1 apr", date(2027, 3, 30), date(2027, 4, 1)),
        ("30 dec to 2 jan", date(2026, 12, 30), date(2027, 1, 2)),
        ("tue 2 mar thu 4 mar", date(2027, 3, 2), date(2027, 3, 4)),
        ("2027-03-02 2027-03-04", date(2027, 3, 2), date(2027, 3, 4)),
        ("2027-03-02/2027-03-04", date(2027, 3, 2), date(2027, 3, 4)),
        ("2027-03-02", date(2027, 3, 2), date(2027, 3, 2)),
        ("tomorrow", date(2026, 11, 21), date(2026, 11, 21)),
    ],
)
def test_days_are_read(days: str, first: date, last: date) -> None:
    new = read_new(f'"Xen" {days} Europe/London Cambridge', NOW)

    assert (new.days.first, new.days.last, new.place) == (first, last, "Cambridge")


@pytest.mark.parametrize(
    ("words", "zone", "place"),
    [
        ("Europe/London Cambridge", "Europe/London", "Cambridge"),
        ("Cambridge, Europe/London", "Europe/London", "Cambridge"),
        ("europe/london", "Europe/London", ""),
        ("berlin", "Europe/Berlin", "Berlin"),
        ("Berlin the old mill", "Europe/Berlin", "the old mill"),
        ("everywhere", "UTC", ""),
        ("UTC the moon", "UTC", "the moon"),
    ],
)
def test_the_zone_and_the_place_are_read(words: str, zone: str, place: str) -> None:
    new = read_new(f'"Xen" 2-4 mar {words}', NOW)

    assert (new.days.zone, new.place) == (zone, place)


@pytest.mark.parametrize(
    ("typed", "name", "slug"),
    [
        ('"Xen 2027"', "Xen 2027", "xen-2027"),
        ("'Xen 2027'", "Xen 2027", "xen-2027"),
        ("„Xen 2027“", "Xen 2027", "xen-2027"),
        ("«Xen»", "Xen", "xen"),
        ('"The students\' sprint"', "The students' sprint", "the-students-sprint"),
        ('"2027"', "2027", "hackathon-2027"),
        ('"日本"', "日本", "hackathon"),
    ],
)
def test_a_name_stands_in_quotes_of_any_kind(typed: str, name: str, slug: str) -> None:
    new = read_new(f"{typed} 2-4 mar UTC", NOW)

    assert (new.name, new.slug) == (name, slug)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("Xen 2-4 mar UTC", "put its name in quotes"),
        ('"Xen', "put its name in quotes"),
        ('"Xen" UTC', "say the days"),
        ('"Xen" 2 mar - UTC', "say the last day"),
        ('"Xen" 2-4 mar', "say the zone"),
        ('"Xen" 2-4 mar Narnia', 'I know no zone "Narnia"'),
        ('"Xen" 2-4 mar BST', '"BST" means several zones'),
        ('"Xen" 2-4 mar +02:00', "+02:00 knows no summer time"),
        ('"Xen" 4-2 mar UTC', "that ends before it begins"),
        ('"Xen" 7 mar 5 mar UTC', "that ends before it begins"),
        ('"Xen" 1-15 mar UTC', "that is 15 days"),
        ('"Xen" 30-31 feb UTC', "no calendar has 30 feb"),
        ('"Xen" 17-18 nov UTC', "17-18 Nov 2026 is over"),
        (f'"Xen" 2-4 mar UTC {"x" * 81}', "a place has at most 80 bytes"),
    ],
)
def test_what_is_no_hackathon_is_refused(line: str, fault: str) -> None:
    with pytest.raises(Refused) as refused:
        read_new(line, NOW)
    assert refused.value.text.startswith(fault)
