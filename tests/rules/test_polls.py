"""Polls: how they are written, how long they run, what votes come to, and how that reads."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gsocbot.rules.poll_counting import counted, preferences, ranked
from gsocbot.rules.poll_votes import Unread, Wrong, read_vote
from gsocbot.rules.poll_words import LONGEST_OPTION, read_end, read_poll
from gsocbot.rules.polls import (
    LONGEST,
    SHORTEST,
    Audience,
    Nudge,
    PollKind,
    checked_end,
    from_text,
    in_words,
    nudges,
    remarks,
    to_text,
)
from gsocbot.talk import Refused

NOW = datetime(2011, 3, 29, 12, tzinfo=UTC)
OPTIONS = ("keep it", "archive", "merge with main", "mail them", "16:00")
ONE, MULTI, RANKED = PollKind


@pytest.mark.parametrize(
    ("text", "question", "options"),
    [
        ('"Keep it?" yes | no until 31 mar', "Keep it?", ("yes", "no")),
        ("“Keep it?” “yes” | “no” until 31 mar", "Keep it?", ("yes", "no")),
        ("Keep it? yes, no or maybe until 31 mar", "Keep it?", ("yes", "no", "maybe")),
        ("Keep it? yes or no until 31 mar", "Keep it?", ("yes", "no")),
        ("Which day: mon, tue until 31 mar", "Which day", ("mon", "tue")),
        ('until 31 mar "Keep it?" yes | no', "Keep it?", ("yes", "no")),
        ('"Keep?" wait until may | now till 31 mar', "Keep?", ("wait until may", "now")),
        ('"Which?" 1. this one | 2. that one until 31 mar', "Which?", ("this one", "that one")),
        ('"Rate?" 1 | 2 | 3 until 31 mar', "Rate?", ("1", "2", "3")),
        ('"Which?" C | C++ | C# until 31 mar', "Which?", ("C", "C++", "C#")),
        ('"Vote?" +1 | -1 until 31 mar', "Vote?", ("+1", "-1")),
        ('"Door?" open it | close it until 31 mar open', "Door?", ("open it", "close it")),
    ],
)
def test_a_poll_is_read_as_people_write_it(
    text: str, question: str, options: tuple[str, ...]
) -> None:
    read = read_poll(text, NOW)

    assert (read.question, read.options) == (question, options)
    assert read.until == datetime(2011, 3, 31, 23, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("head", "tail"),
    [
        ("", "until 31 mar for mentors open multi quorum 5"),
        ("multi open for mentors quorum 5 ", "until 31 mar"),
        ("", "multi until 31 mar quorum of 5, open, for mentors."),
        ("open ", "for mentors multi quorum 5 until 31 mar"),
    ],
)
def test_what_sort_a_poll_is_of_stands_at_either_end(head: str, tail: str) -> None:
    read = read_poll(f'{head}"Keep it?" yes | no {tail}', NOW)

    assert read.options == ("yes", "no")
    assert (read.kind, read.audience, read.live, read.quorum) == (MULTI, Audience.MENTORS, True, 5)


@pytest.mark.parametrize(
    ("text", "until"),
    [
        ("31 mar", "2011-03-31T23:59"),
        ("until tomorrow", "2011-03-30T23:59"),
        ("31 mar 18:00 Europe/London", "2011-03-31T17:00"),
        ("2h", "2011-03-29T14:00"),
        ("in 3 days", "2011-04-01T12:00"),
        ("fri", "2011-04-01T23:59"),
        ("5 may", "2011-05-05T23:59"),
        ("2011-04-02 09:00:30", "2011-04-02T09:01"),
    ],
)
def test_a_bare_day_ends_with_its_last_minute(text: str, until: str) -> None:
    assert read_end(text, NOW) == datetime.fromisoformat(f"{until}+00:00")


@pytest.mark.parametrize(
    ("away", "is_taken"),
    [
        (SHORTEST - timedelta(minutes=1), False),
        (SHORTEST, True),
        (LONGEST, True),
        (LONGEST + timedelta(minutes=1), False),
        (timedelta(0), False),
    ],
)
def test_an_end_is_neither_too_near_nor_too_far(away: timedelta, is_taken: bool) -> None:
    if is_taken:
        assert checked_end(NOW + away, NOW) == NOW + away
        return
    with pytest.raises(Refused):
        checked_end(NOW + away, NOW)


@pytest.mark.parametrize("size", [LONGEST_OPTION, LONGEST_OPTION + 1])
def test_an_option_has_its_length_in_bytes(size: int) -> None:
    text = f'"Keep it?" {"é" * (size // 2)}{"x" * (size % 2)} | no until 31 mar'
    if size == LONGEST_OPTION:
        assert len(read_poll(text, NOW).options) == 2
        return
    with pytest.raises(Refused, match="choice 1 has 81 bytes"):
        read_poll(text, NOW)


@pytest.mark.parametrize(
    ("hours", "when"),
    [
        (1.9, {}),
        (2, {Nudge.HALF: 1}),
        (47.9, {Nudge.HALF: 23.95}),
        (48, {Nudge.DAY: 24}),
        (59.9, {Nudge.DAY: 35.9}),
        (60, {Nudge.HALF: 30, Nudge.DAY: 36}),
        (240, {Nudge.HALF: 120, Nudge.DAY: 216}),
    ],
)
def test_people_are_reminded_twice_at_most(hours: float, when: dict[Nudge, float]) -> None:
    found = nudges(NOW, NOW + timedelta(hours=hours))

    assert {n: round((at - NOW) / timedelta(hours=1), 3) for n, at in found} == when


# --- votes


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("2", ONE, (1,)),
        ("#2.", ONE, (1,)),
        ("for archive", ONE, (1,)),
        ("ARCH", ONE, (1,)),
        ("with main", ONE, (2,)),
        ("main", ONE, (2,)),
        ("16", ONE, (4,)),
        ("none", ONE, ()),
        ("0", MULTI, ()),
        ("3, 1", MULTI, (0, 2)),
        ("keep and arch", MULTI, (0, 1)),
        ("keep arch", MULTI, (0, 1)),
        ("3 1", RANKED, (2, 0)),
        ("merge > keep it>2", RANKED, (2, 0, 1)),
    ],
)
def test_a_vote_is_a_number_a_word_or_a_beginning(
    text: str, kind: PollKind, found: tuple[int, ...]
) -> None:
    assert read_vote(text, OPTIONS, kind) == found


@pytest.mark.parametrize(
    ("text", "kind", "why"),
    [
        ("m", ONE, Wrong.AMBIGUOUS),
        ("6", ONE, Wrong.OUT_OF_RANGE),
        ("delete", ONE, Wrong.UNKNOWN),
        ("1, 2", ONE, Wrong.TOO_MANY),
        ("1 keep", MULTI, Wrong.TWICE),
        ("2 > m", RANKED, Wrong.AMBIGUOUS),
        ("2, 9", RANKED, Wrong.OUT_OF_RANGE),
    ],
)
def test_what_is_no_vote_changes_nothing(text: str, kind: PollKind, why: Wrong) -> None:
    with pytest.raises(Unread) as unread:
        read_vote(text, OPTIONS, kind)

    assert unread.value.why is why


def test_an_option_called_none_is_one() -> None:
    assert read_vote("none", ("tea", "none of them"), ONE) == (1,)
    assert read_vote("0", ("tea", "none of them"), ONE) == ()


# --- counting


def test_a_result_is_the_same_when_it_was_kept() -> None:
    for kind in PollKind:
        result = counted(OPTIONS, [(0,), (2,), (2,)], kind, quorum=5)
        assert from_text(to_text(result), OPTIONS, result.voters, kind, 5) == result


@pytest.mark.parametrize(
    ("kind", "votes", "words", "more"),
    [
        (ONE, [(1,)] * 18 + [(2,)] * 6 + [(0,)] * 3, "b 18, c 6, a 3 (27 votes)", ""),
        (ONE, [(2,), (0,)], "a 1, c 1, b 0 (2 votes)", "It is a tie: a and c."),
        (ONE, [(0,)], "a 1, b 0, c 0 (1 vote)", ""),
        (ONE, [], "no votes", ""),
        (MULTI, [(0, 1), (1,)], "b 2, a 1, c 0 (2 voters)", ""),
        (RANKED, [(1, 0), (1, 0), (0,)], "b, then a, then c (3 votes)", ""),
        (RANKED, [(1,), (0,)], "a and b, then c (2 votes)", "It is a tie: a and b."),
        (RANKED, [], "no votes", ""),
    ],
)
def test_a_result_reads_well(kind: PollKind, votes: list[object], words: str, more: str) -> None:
    result = counted("abc", votes, kind)  # type: ignore[arg-type]

    assert (in_words(result), remarks(result)) == (words, more)


def test_a_long_result_names_the_first_and_how_many_more() -> None:
    result = counted([c * 80 for c in "abcdefghijkl"], [(0,), (0,), (1,)], ONE, quorum=4)

    assert in_words(result, 200) == f"{'a' * 80} 2, {'b' * 80} 1 and 10 more (3 votes)"
    assert remarks(result) == "The quorum of 4 is not reached."


def test_the_example_in_schulzes_paper() -> None:
    ballots = [(5, "ACBED"), (5, "ADECB"), (8, "BEDAC"), (3, "CABED"), (7, "CAEBD"),
               (2, "CBADE"), (7, "DCEBA"), (8, "EBADC")]  # fmt: skip
    votes = [["ABCDE".index(c) for c in order] for count, order in ballots for _ in range(count)]

    assert "".join("ABCDE"[n] for (n,) in ranked(preferences(votes, 5))) == "EACBD"


VOTES = st.integers(2, 5).flatmap(
    lambda n: st.tuples(
        st.just(n),
        st.lists(
            st.permutations(range(n)).flatmap(
                lambda order: st.integers(1, n).map(lambda many: order[:many])
            ),
            max_size=9,
        ),
    )
)


@given(VOTES)
@settings(max_examples=200, deadline=None)
def test_the_order_is_what_trying_all_chains_gives(case: tuple[int, list[list[int]]]) -> None:
    """Every chain of majorities is walked, and the strongest counts."""
    options, votes = case
    pairs = preferences(votes, options)

    def strongest(one: int, other: int, left: frozenset[int]) -> int:
        steps = [
            min(pairs[one][n], strongest(n, other, left - {n}) if n != other else pairs[one][n])
            for n in left
            if pairs[one][n] > pairs[n][one]
        ]
        return max(steps, default=0)

    def beats(one: int, other: int) -> bool:
        every = frozenset(range(options))
        there, back = strongest(one, other, every - {one}), strongest(other, one, every - {other})
        return there > back

    order = ranked(pairs)
    place = {n: at for at, tied in enumerate(order) for n in tied}

    assert sorted(place) == list(range(options))
    for one in range(options):
        above = [n for n in range(options) if beats(n, one)]
        # Right behind the last of those that stand before it.
        assert place[one] == max((place[n] + 1 for n in above), default=0)
