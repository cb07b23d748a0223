"""What an imported file changes of a date that IRC may have changed too."""

from typing import Any

import pytest

from gsocbot.rules.clashes import changed, clashes, taken

BASE: dict[str, Any] = {"title": "Apply", "at": 8, "day": None, "ours_minutes": None, "source": ""}


@pytest.mark.parametrize(
    ("kept", "file", "new", "is_clash"),
    [
        ({}, {}, {"at": 8, "title": "Apply"}, False),
        ({}, {"at": 9}, {"at": 9, "title": "Apply"}, False),
        ({"at": 10}, {"at": 9}, {"title": "Apply"}, True),
        ({"at": 10}, {}, {"title": "Apply"}, True),
        ({"at": 10}, {"at": 10, "title": "New"}, {"title": "New"}, False),
        ({"at": None, "day": 1}, {"at": 9}, {"title": "Apply"}, True),
        ({"ours_minutes": 60}, {"at": 9}, {"at": 9, "title": "Apply"}, False),
        ({"ours_minutes": 60}, {"ours_minutes": 90}, {"at": 8, "title": "Apply"}, False),
        ({}, {"ours_minutes": 90}, {"at": 8, "title": "Apply", "ours_minutes": 90}, False),
    ],
)
def test_what_was_changed_on_irc_stays_and_the_rest_is_the_file_s(
    kept: dict[str, Any], file: dict[str, Any], new: dict[str, Any], is_clash: bool
) -> None:
    kept, file = BASE | kept, BASE | file

    found = taken(file, kept, BASE)

    assert {n: v for n, v in found.items() if v is not None} == new
    assert clashes(file, kept, found) is is_clash


@pytest.mark.parametrize(
    ("kept", "file", "new", "both"),
    [
        ({}, {}, {}, ()),
        ({"at": 10}, {}, {}, ()),
        ({"at": 10}, {"title": "New"}, {"title": "New"}, ()),
        ({}, {"at": 9}, {"at": 9, "day": None}, ()),
        ({"at": 10}, {"at": 9}, {"at": 9, "day": None}, ("at",)),
        ({"at": 9}, {"at": 9}, {"at": 9, "day": None}, ()),
        ({"at": None, "day": 1}, {"at": 9}, {"at": 9, "day": None}, ("at", "day")),
        ({"at": 10}, {"at": None, "day": 1}, {"at": None, "day": 1}, ("at",)),
        ({"ours_minutes": 60}, {"ours_minutes": 90}, {"ours_minutes": 90}, ("ours_minutes",)),
        ({"source": "here"}, {}, {}, ()),
    ],
)
def test_of_the_folder_what_has_changed_is_taken_and_what_irc_had_is_named(
    kept: dict[str, Any], file: dict[str, Any], new: dict[str, Any], both: tuple[str, ...]
) -> None:
    assert changed(BASE | file, BASE | kept, BASE) == (new, both)


def test_a_date_that_is_new_in_the_folder_takes_what_is_stated_there() -> None:
    kept = BASE | {"at": 10, "ours_minutes": 60}

    assert changed(BASE | {"source": "there"}, kept, None) == (
        {"title": "Apply", "at": 8, "day": None, "source": "there"},
        ("at",),
    )


def test_what_a_file_does_not_state_is_not_taken_away() -> None:
    kept = BASE | {"ours_minutes": 60, "source": "here"}

    assert taken(BASE, kept, kept) == {"title": "Apply", "at": 8, "day": None}


def test_a_date_that_was_made_on_irc_stays_whole() -> None:
    kept = BASE | {"at": 10}

    assert taken(BASE, kept, None) == {}
    assert clashes(BASE, kept, {})
    assert not clashes(BASE, BASE, {})
