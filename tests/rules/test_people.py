"""Who somebody is, what they may do, and what is asked of them."""

from datetime import UTC, datetime

import pytest

from gsocbot.rules.checklists import Checklist, Item, find_item
from gsocbot.rules.codes import digest, written
from gsocbot.rules.ids import whole_number
from gsocbot.rules.people import origin_of, person_of, speaker_of
from gsocbot.rules.roles import NOT_IDENTIFIED, Level, Role, check_may, may
from gsocbot.rules.timeline import Audience
from gsocbot.talk import Heard, Kind, Refused


@pytest.mark.parametrize(
    ("level", "account", "roles", "allowed"),
    [
        (Level.ANYONE, None, (), True),
        (Level.REGISTERED, None, (), False),
        (Level.REGISTERED, "kofi", (), True),
        (Level.MENTOR, None, (Role.MENTOR,), False),
        (Level.MENTOR, "kofi", (), False),
        (Level.MENTOR, "kofi", (Role.MENTOR,), True),
        (Level.MENTOR, "kofi", (Role.ORGANISER,), True),
        (Level.ORGANISER, "kofi", (Role.MENTOR,), False),
        (Level.ORGANISER, "kofi", (Role.ORGANISER,), True),
        (Level.ORGANISER, None, (Role.ORGANISER,), False),
    ],
)
def test_a_level_is_reached_by_an_account_with_the_role(
    level: Level, account: str | None, roles: tuple[Role, ...], allowed: bool
) -> None:
    assert may(level, account, roles) is allowed


@pytest.mark.parametrize(
    ("able", "ask"),
    [
        ((), ""),
        (("mira",), " Ask mira."),
        (("tomas", "mira"), " Ask mira or tomas."),
        (("d", "c", "b", "a"), " Ask a, b or c."),
    ],
)
def test_a_refusal_says_who_can(able: tuple[str, ...], ask: str) -> None:
    with pytest.raises(Refused) as refused:
        check_may(Level.MENTOR, "kofi", (), "open the office hour", able)

    assert refused.value.text == f"only mentors can open the office hour.{ask} Nothing changed."
    assert (refused.value.kind, refused.value.login) == (Kind.REFUSAL, False)


def test_a_stranger_is_told_to_log_in() -> None:
    with pytest.raises(Refused) as refused:
        check_may(Level.ORGANISER, None, (Role.ORGANISER,), "x", ())

    assert (refused.value.text, refused.value.login) == (NOT_IDENTIFIED, True)


# --- who


def heard(nick: str, account: str | None = None, relay: str | None = None, host: str = "") -> Heard:
    """A line that somebody says in a channel."""
    at = datetime(2026, 3, 2, 10, tzinfo=UTC)
    return Heard("net", nick, account, "#gsoc", "!yes", at, "gsocbot", host=host, relay=relay)


@pytest.mark.parametrize(
    ("line", "person", "speaker"),
    [
        (heard("Ana"), "~ana", "~ana"),
        (heard("Ana_", "ana"), "ana", "~ana_"),
        (heard("Ana", relay="Bridge"), "~bridge ana", "~bridge ana"),
        (heard("Ana B", relay="bridge"), "~bridge ana b", "~bridge ana b"),
    ],
)
def test_somebody_is_their_account_or_their_nick_or_their_nick_beyond_a_bridge(
    line: Heard, person: str, speaker: str
) -> None:
    assert person_of(line) == ("net", person, "#gsoc")
    assert speaker_of(line) == ("net", speaker, "#gsoc")


@pytest.mark.parametrize(
    ("line", "origin"),
    [
        (heard("ana"), ""),
        (heard("ana", host="Flat.example.net"), "flat.example.net"),
        (heard("ana", relay="Bridge", host="flat.example.net"), "bridge bridge"),
        (heard("bridge", host="bridge"), "bridge"),
    ],
)
def test_what_comes_over_a_bridge_comes_from_the_bridge(line: Heard, origin: str) -> None:
    assert origin_of(line) == origin


# --- checklists


ITEMS = (
    Item("pick", "Pick an idea"),
    Item("read", "read the idea to the end"),
    Item("mail", "write to the list"),
)
APPLY = Checklist("apply", "Apply", Audience.STUDENTS, ("a", "b"), ITEMS)


@pytest.mark.parametrize(
    ("words", "item"),
    [
        ("1", 1),
        ("#3", 3),
        ("item 2", 2),
        ("Item #2", 2),
        ("mail", 3),
        ("READ end", 2),
        ("pick", 1),
        ("write list", 3),
    ],
)
def test_an_item_is_meant_by_number_or_words(words: str, item: int) -> None:
    assert find_item(APPLY, words) == item


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        ("0", "there is no item 0 (1-3). See: !checklist"),
        ("4", "there is no item 4 (1-3). See: !checklist"),
        ("zebra", "no item of apply has those words. See: !checklist"),
        ("the", "that could be 2 read the idea to the end · 3 write to the list. Say its number"),
        ("²", "no item of apply has those words. See: !checklist"),
        ("9" * 40, "no item of apply has those words. See: !checklist"),
    ],
)
def test_an_item_that_is_not_clear_is_refused(words: str, refusal: str) -> None:
    with pytest.raises(Refused) as refused:
        find_item(APPLY, words)

    assert refused.value.text == refusal


# --- numbers and codes


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("0", 0),
        ("7", 7),
        ("#7", 7),
        ("007", 7),
        ("999999999", 999_999_999),
        ("1000000000", None),
        ("", None),
        ("#", None),
        ("##7", None),
        ("-7", None),
        ("+7", None),
        ("7.0", None),
        ("٧", None),
        ("²", None),
        ("7 ", None),
        ("1_0", None),
    ],
)
def test_only_plain_digits_are_a_number(word: str, number: int | None) -> None:
    assert whole_number(word) == number


@pytest.mark.parametrize(
    ("number", "code"), [(0, "0000-0000"), (47118302, "4711-8302"), (10**8, "0000-0000")]
)
def test_a_code_is_eight_digits(number: int, code: str) -> None:
    assert written(number) == code


def test_blanks_and_dashes_in_a_code_do_not_matter_but_its_network_does() -> None:
    kept = digest("net", "4711-8302")

    assert digest("net", "47118302") == digest("net", " 4711 8302 ") == kept
    assert digest("other", "4711-8302") != kept
