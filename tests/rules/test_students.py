"""Which student is meant by a word, and what may be kept of one."""

import pytest

from gsocbot.rules.students import checked_blog, checked_meeting, meant, mistyped
from gsocbot.talk import Refused

NICKS = {"priya": "pri", "prima": "", "wenjie": "wj|away", "pri": "priya"}


@pytest.mark.parametrize(
    ("word", "accounts"),
    [
        ("wenjie", ["wenjie"]),
        ("@Wenjie", ["wenjie"]),
        ("w·enjie", ["wenjie"]),
        ("WJ|away", ["wenjie"]),
        ("wen", ["wenjie"]),
        ("priya", ["priya"]),  # an account goes before somebody else's nick
        ("pri", ["pri"]),
        ("pr", ["priya", "prima", "pri"]),
        ("sofia", []),
        ("", []),
        ("@", []),
    ],
)
def test_an_account_is_meant_before_a_nick_and_that_before_a_beginning(
    word: str, accounts: list[str]
) -> None:
    assert meant(word, NICKS) == accounts


@pytest.mark.parametrize(
    ("word", "account"),
    [
        ("pirya", "priya"),
        ("wenije", "wenjie"),
        ("wejnei", "wenjie"),
        ("pirat", None),
        ("ab", None),
        ("prixa", None),  # it could be two
        ("sofia", None),
    ],
)
def test_a_slip_is_seen_where_it_can_be_one_name_only(word: str, account: str | None) -> None:
    assert mistyped(word, ["priya", "prima", "wenjie"]) == account


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "priya.example.net",
        "http://localhost/",
        "http://192.168.1.1/",
        "https://me:secret@example.net/",
        "see https://priya.example.net/",
        "https://priya.example.net/ https://other.example.net/",
        f"https://priya.example.net/{'a' * 200}",
        "",
    ],
)
def test_a_blog_is_one_public_address(text: str) -> None:
    with pytest.raises(Refused):
        checked_blog(text)


def test_a_blog_and_a_meeting_are_kept_as_they_are() -> None:
    assert checked_blog("https://priya.example.net/gsoc") == "https://priya.example.net/gsoc"
    assert checked_meeting("Tue 16:00 UTC") == "Tue 16:00 UTC"
    with pytest.raises(Refused):
        checked_meeting("x" * 81)
