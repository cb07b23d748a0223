"""A suggested schedule: nothing twice in a room, all within the day, and no worse than greedy."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gsocbot.rules.hack_times import Span
from gsocbot.rules.hackathon import Days
from gsocbot.rules.schedule_suggestion import Booked, Search, Wanting, hours, suggest

HOUR = timedelta(hours=1)
OPENS, CLOSES = time(9), time(18)
BEFORE = datetime(2026, 3, 1, tzinfo=UTC)
DAYS = Days(date(2026, 3, 28), date(2026, 3, 30), "Europe/London")
"""The clock changes between the first and the second."""
ONE = Days(date(2026, 3, 28), date(2026, 3, 28), "Europe/London")


def spans(days: Days = ONE, count: int | None = None) -> list[Span]:
    return hours(days, OPENS, CLOSES, HOUR, BEFORE)[:count]


def topic(number: int, people: str, owner: str | None = None) -> Wanting:
    return Wanting(number, frozenset(people), owner)


def test_hours_are_those_of_the_venue_also_when_its_clock_changes() -> None:
    found = hours(DAYS, OPENS, CLOSES, HOUR, BEFORE)

    assert [s.start for s in found[::9]] == [
        datetime(2026, 3, day, hour, tzinfo=UTC) for day, hour in ((28, 9), (29, 8), (30, 8))
    ]
    assert found[-1].end == datetime(2026, 3, 30, 17, tzinfo=UTC)


def test_hours_leave_out_what_has_begun_and_what_is_for_everybody() -> None:
    now = datetime(2026, 3, 28, 14, 1, tzinfo=UTC)
    demos = (datetime(2026, 3, 28, 15, 30, tzinfo=UTC), datetime(2026, 3, 28, 16, tzinfo=UTC))

    found = hours(ONE, OPENS, CLOSES, HOUR, now, [demos])

    assert [s.start.hour for s in found] == [16, 17]


def test_who_is_in_both_topics_can_go_to_both() -> None:
    found = suggest([topic(1, "ab"), topic(2, "bc"), topic(3, "de")], ["r1", "r2"], [], spans())

    assert found is not None
    assert {p.number: p.span.start.hour for p in found.places} == {1: 9, 2: 10, 3: 9}
    assert (found.twice, found.pairs, found.length) == (0, (), HOUR)


def test_who_must_be_in_two_places_is_counted_once_with_their_topics() -> None:
    found = suggest([topic(1, "abx"), topic(2, "abx")], ["r1", "r2"], [], spans(count=1))

    assert found is not None
    assert (found.twice, found.pairs) == (3, ((1, 2),))


def test_rather_many_are_missed_than_whose_topic_it_is() -> None:
    crowd = "".join(map(chr, range(0x100, 0x109)))
    three = [topic(1, f"a{crowd}", "a"), topic(2, f"b{crowd}", "b"), topic(3, "ab", "b")]

    found = suggest(three, ["r1", "r2"], [], spans(count=2))

    assert found is not None
    assert found.pairs == ((1, 2),)


def test_what_is_booked_stays_and_its_people_are_free_for_it() -> None:
    first, second, third = spans(count=3)
    booked = [
        Booked("r1", first.start, first.end, 7, frozenset("a")),
        Booked("r1", second.start, second.end),
    ]

    found = suggest([topic(1, "ab"), topic(2, "c")], ["r1"], booked, spans(count=4))

    assert found is not None
    assert {p.number: p.span for p in found.places} == {1: third, 2: spans(count=4)[3]}
    other = suggest([topic(1, "ab")], ["r1", "r2"], booked, spans(count=2))
    assert other is not None
    assert [(p.span, p.room) for p in other.places] == [(second, 1)]


def test_the_largest_topic_of_an_hour_gets_the_first_room() -> None:
    found = suggest([topic(1, "a"), topic(2, "bcd")], ["hall", "r2"], [], spans(count=1))

    assert found is not None
    assert {p.number: p.room for p in found.places} == {2: 0, 1: 1}


@pytest.mark.parametrize("rooms", [[], ["r1"]])
def test_without_enough_places_nothing_is_suggested(rooms: list[str]) -> None:
    assert suggest([topic(1, "a"), topic(2, "b")], rooms, [], spans(count=1)) is None


PEOPLE = st.frozensets(st.integers(0, 12), max_size=6)


@given(
    people=st.lists(PEOPLE, min_size=1, max_size=14),
    rooms=st.integers(1, 4),
    booked=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 35), PEOPLE), max_size=5),
    count=st.integers(1, 27),
)
def test_whatever_is_wanted_the_places_are_free_and_clashes_no_more_than_greedy(
    people: list[frozenset[int]],
    rooms: int,
    booked: list[tuple[int, int, frozenset[int]]],
    count: int,
) -> None:
    there = spans(DAYS, count)
    topics = [Wanting(n + 1, those, min(those, default=None)) for n, those in enumerate(people)]
    keys = [f"r{n}" for n in range(rooms)]
    begin = there[0].start
    taken = [
        Booked(f"r{room}", begin + half * HOUR / 2, begin + half * HOUR / 2 + HOUR, 99, those)
        for room, half, those in booked
    ]
    search = Search(topics, keys, taken, there)
    if not search.is_enough:
        assert suggest(topics, keys, taken, there) is None
        return
    search.choose()
    greedy = search.cost
    search.improve()

    found = search.found()

    assert search.cost <= greedy
    assert sorted(p.number for p in found.places) == [t.number for t in topics]
    assert {p.span for p in found.places} <= set(there)
    used = {(p.room, p.span.start) for p in found.places}
    assert len(used) == len(topics)
    for place in found.places:
        for other in taken:
            same = other.room_key == keys[place.room]
            assert not (same and place.span.overlaps(other.start, other.end))
    assert search.cost == counted_anew(topics, taken, search)
    assert suggest(topics, keys, taken, there) == found


def counted_anew(topics: list[Wanting], taken: list[Booked], search: Search) -> int:
    """What the clashes come to, by looking at each two topics."""
    total = 0
    for one, hour in search.at.items():
        span = search.spans[hour]
        beside = [b for b in taken if span.overlaps(b.start, b.end)]
        others = [topics[n] for n, h in search.at.items() if h == hour and n < one]
        for other in (*others, *beside):
            own = topics[one]
            total += len(own.people & other.people)
            total += 10 * (own.owner is not None and own.owner in other.people)
            total += 10 * (other.owner is not None and other.owner in own.people)
    return total
