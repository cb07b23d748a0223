"""The counts of the FAQ, on both engines: added up by day, bounded, forgotten after a week."""

from datetime import date, timedelta

from gsocbot.rules.faq import IN_VAIN_LASTS, MOST_IN_VAIN, Count
from gsocbot.store import faq
from gsocbot.store.store import Store
from tests.store.conftest import SEASON

DAY = date(2026, 3, 2)


def kept(store: Store, counts: dict[Count, int]) -> None:
    """Put counts into the store."""
    with store.transaction(writing=True) as books:
        faq.keep_counts(books, counts)


def in_vain(store: Store, today: date = DAY) -> dict[str, int]:
    """What was asked in vain lately."""
    with store.transaction(writing=False) as books:
        return faq.in_vain(books, SEASON, today)


def asked(store: Store, key: str) -> int:
    """How often an entry was asked for."""
    with store.transaction(writing=False) as books:
        return faq.asked(books, SEASON, key)


def test_counts_of_the_same_word_are_added_up(store: Store) -> None:
    kept(store, {Count(SEASON, DAY, "kernel", True): 2, Count(SEASON, DAY, "kernel", False): 3})
    kept(store, {Count(SEASON, DAY, "kernel", True): 1})
    assert in_vain(store) == {"kernel": 3}
    kept(store, {Count(SEASON, DAY + timedelta(days=90), "kernel", True): 1})

    assert asked(store, "kernel") == 4
    assert asked(store, "other") == 0


def test_what_was_asked_in_vain_is_listed_and_kept_for_a_week(store: Store) -> None:
    kept(store, {Count(SEASON, DAY, "unicorn", False): 1, Count(SEASON, DAY, "known", True): 1})
    last = DAY + IN_VAIN_LASTS - timedelta(days=1)

    assert in_vain(store, last) == {"unicorn": 1}
    assert in_vain(store, last + timedelta(days=1)) == {}

    kept(store, {Count(SEASON, last, "sphinx", False): 1})
    assert in_vain(store, DAY) == {"unicorn": 1, "sphinx": 1}
    kept(store, {Count(SEASON, last + timedelta(days=1), "sphinx", False): 1})
    assert in_vain(store, DAY) == {"sphinx": 2}
    assert asked(store, "known") == 1


def test_a_day_has_room_for_so_many_words_in_vain(store: Store) -> None:
    for start in (0, MOST_IN_VAIN - 10):
        words = (f"w{n}" for n in range(start, start + MOST_IN_VAIN))
        kept(store, {Count(SEASON, DAY, word, False): 1 for word in words})

    found = in_vain(store)
    assert len(found) == MOST_IN_VAIN
    assert found["w0"] == 1
    assert found[f"w{MOST_IN_VAIN - 1}"] == 2


def test_a_season_that_is_gone_holds_up_nothing(store: Store) -> None:
    kept(store, {Count("gone", DAY, "x", False): 1, Count(SEASON, DAY, "y", False): 1})

    assert in_vain(store) == {"y": 1}
