"""Topics and people of a hackathon: titles, skills, who is looked for, and rooms that are free."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from gsocbot.rules.hack_people import Introduced, counted, introduced
from gsocbot.rules.hack_rooms import Taken, clash, free_rooms, next_free
from gsocbot.rules.hack_times import Span
from gsocbot.rules.hack_topics import (
    match,
    meant,
    meant_by_track,
    read_skills,
    read_title,
    same_title,
    slug_for,
)
from gsocbot.talk import Refused


@dataclass
class Topic:
    number: int
    slug: str
    title: str


TOPICS = [
    Topic(1, "libvirt-driver", "libvirt driver"),
    Topic(2, "libvirt-docs", "libvirt docs"),
    Topic(3, "mirage-ssl", "Mirage: SSL"),
    Topic(12, "docs", "docs"),
]
NINE = datetime(2026, 3, 5, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "title", "skills"),
    [
        ("credit2 tuning", "credit2 tuning", ""),
        ("a test load for credit2", "a test load for credit2", ""),
        ("libvirt driver for C, libxl", "libvirt driver", "C, libxl"),
        ("SSL for ocaml", "SSL", "ocaml"),
        ("tools for people for C; Go", "tools for people", "C, Go"),
        ("port skills: OCaml and C", "port", "OCaml, C"),
        ("port (needs: OCaml)", "port", "OCaml"),
        ('"tools for people" for C', "tools for people", "C"),
        ('"tools for people"', "tools for people", ""),
        ('say "hello" to libvirt', 'say "hello" to libvirt', ""),
    ],
)
def test_a_title_and_the_skills_behind_it_are_told_apart(
    typed: str, title: str, skills: str
) -> None:
    assert read_title(typed, known={"OCaml programming", "Rust"}) == (title, skills)


@pytest.mark.parametrize(
    ("text", "skills"),
    [
        ("libxl OCaml", ["libxl", "OCaml"]),
        ("device drivers, C", ["device drivers", "C"]),
        ("C and Go", ["C", "Go"]),
        ("C, c, C++", ["C", "C++"]),
        ("C; Go / Rust", ["C", "Go", "Rust"]),
        ("", []),
    ],
)
def test_skills_are_read(text: str, skills: list[str]) -> None:
    assert read_skills(text) == skills


@pytest.mark.parametrize(
    ("skills", "wanted", "fits"),
    [
        ("ocaml", "OCaml", True),
        ("OCaml programming", "ocaml", True),
        ("drivers", "device driver", True),
        ("testing, Rust", "tests", True),
        ("C++", "C", False),
        ("C", "C++, C", True),
        ("Java", "JavaScript", False),
        ("golang", "Go", True),
        ("device drivers", "device trees", False),
        ("", "C", False),
    ],
)
def test_skills_match_by_whole_words(skills: str, wanted: str, fits: bool) -> None:
    assert match(skills, wanted) is fits


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("3", [3]),
        ("#3", [3]),
        ("topic 12", [12]),
        ("4", []),
        ("docs", [12]),
        ("libvirt", [1, 2]),
        ("libvirt driver", [1]),
        ("ssl", [3]),
        ("Mirage: SSL", [3]),
        ("the driver", [1]),
        ("…", []),
    ],
)
def test_a_topic_is_meant_by_its_number_its_slug_or_its_words(
    text: str, numbers: list[int]
) -> None:
    assert meant(text, TOPICS) == numbers


@pytest.mark.parametrize(
    ("slug", "number"),
    [("mirage", 3), ("docs", 12), ("libvirt", None), ("libvirt-dr", 1), ("12", 12), ("ssl", None)],
)
def test_a_track_is_a_slug_or_its_only_beginning(slug: str, number: int | None) -> None:
    assert meant_by_track(slug, TOPICS) == number


def test_titles_differ_by_more_than_how_they_are_written() -> None:
    assert same_title("Block-scripts!") == same_title("block  SCRIPTS")
    assert same_title("C") != same_title("D")
    assert [slug_for(title) for title in ("日本語", "2026", "An idea")] == [
        "topic",
        "topic-2026",
        "an-idea",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("libxl, OCaml from Citrix, UK", Introduced("libxl, OCaml", "Citrix", "UK")),
        ("libxl OCaml from Citrix", Introduced("libxl, OCaml", "Citrix")),
        ("C from ENS in the UK", Introduced("C", "ENS", "UK")),
        ("C from ENS Paris in France", Introduced("C", "ENS Paris", "France")),
        ("from Citrix, Cambridge, UK", Introduced("", "Citrix, Cambridge", "UK")),
        ("skills: C, Go, in France", Introduced("C, Go", "", "France")),
        ("", Introduced()),
    ],
)  # fmt: skip
def test_people_say_what_they_can_and_from_where_they_are(text: str, said: Introduced) -> None:
    assert introduced(text) == said


def test_too_much_is_refused() -> None:
    for text in (f"C from {'x' * 61}", ", ".join("abcdefghijklm"), f"{'x' * 41}, C"):
        with pytest.raises(Refused):
            introduced(text)


def test_who_is_from_where_is_counted_however_it_is_written() -> None:
    assert counted(["Citrix", "", "ENS", "citrix", "KTH", "ENS", "Ens"]) == [
        ("ENS", 3),
        ("Citrix", 2),
        ("KTH", 1),
    ]


def test_a_room_is_free_until_and_from_the_very_minute() -> None:
    def at(hour: int, length: int = 1) -> Span:
        start = NINE + timedelta(hours=hour - 9)
        return Span(date(2026, 3, 5), start, start + timedelta(hours=length))

    def taken(room: str, key: str, span: Span) -> Taken:
        return Taken(room, key, "3 docs", span.start, span.end)

    every = [taken("Room 1", "room1", at(10, 2)), taken("room-1", "room1", at(13)),
             taken("lab", "lab", at(9))]  # fmt: skip
    closing = at(18).start

    assert clash("ROOM 1", at(9), every) is None
    assert clash("ROOM 1", at(12), every) is None
    assert clash("room 1", at(11), every) is every[0]
    assert next_free("room 1", at(10), every, closing) == at(12).start
    assert next_free("room 1", at(10, 2), every, closing) == at(14).start
    assert next_free("room 1", at(10, 5), every, closing) is None
    assert free_rooms(at(10), every) == ["lab"]
    assert free_rooms(at(9, 3), every) == []
