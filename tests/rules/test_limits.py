"""How much may be asked, by one person, from one host and in all, and who is warned."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event

from gsocbot.rules.limits import (
    MOST_IN_ALL,
    MOST_PEOPLE,
    PEOPLE_OF_A_HOST,
    SILENCE,
    SILENCE_IN_ALL,
    WINDOW,
    WINDOW_IN_ALL,
    Allowance,
    Limit,
    Verdict,
)
from tests.conversation import CHANNEL, stage

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
TICK = timedelta(microseconds=1)
SECOND = timedelta(seconds=1)
KOFI, AMA = ("net", "kofi"), ("net", "ama")
ANSWER, IGNORE = Verdict.ANSWER, Verdict.IGNORE
WARN_PERSON, WARN_HOST, WARN_ALL = Verdict.WARN_PERSON, Verdict.WARN_HOST, Verdict.WARN_ALL


def people(count: int) -> list[tuple[str, str]]:
    """So many strangers of one network."""
    return [("net", f"~n{n}") for n in range(count)]


# --- one person


def test_the_thirteenth_command_of_a_minute_is_warned_of_and_then_there_is_silence() -> None:
    allowance = Allowance(12)

    judged = [allowance.judge(KOFI, "", NOW + n * SECOND) for n in range(15)]

    assert judged == [ANSWER] * 12 + [WARN_PERSON, IGNORE, IGNORE]


@pytest.mark.parametrize(
    ("after", "verdict"),
    [(SILENCE - TICK, IGNORE), (SILENCE, ANSWER), (SILENCE + TICK, ANSWER)],
)
def test_the_silence_lasts_two_minutes(after: timedelta, verdict: Verdict) -> None:
    allowance = Allowance(1)
    assert [allowance.judge(KOFI, "", NOW) for _ in range(2)] == [ANSWER, WARN_PERSON]

    assert allowance.judge(KOFI, "", NOW + after) is verdict


@pytest.mark.parametrize(("after", "verdict"), [(WINDOW - TICK, WARN_PERSON), (WINDOW, ANSWER)])
def test_a_command_counts_for_a_minute(after: timedelta, verdict: Verdict) -> None:
    allowance = Allowance(12)
    for _ in range(12):
        allowance.judge(KOFI, "", NOW)

    assert allowance.judge(KOFI, "", NOW + after) is verdict


def test_twelve_a_minute_may_go_on_for_ever() -> None:
    allowance = Allowance(12)

    judged = {allowance.judge(KOFI, "host", NOW + n * WINDOW / 12) for n in range(500)}

    assert judged == {ANSWER}


def test_what_one_asks_does_not_count_for_another() -> None:
    allowance = Allowance(1)
    allowance.judge(KOFI, "", NOW)
    allowance.judge(KOFI, "", NOW)

    assert allowance.judge(AMA, "", NOW) is ANSWER
    assert allowance.judge(("other", "kofi"), "", NOW) is ANSWER


# --- one host


def test_a_host_has_three_times_the_limit_of_a_person() -> None:
    allowance = Allowance(12)
    most = PEOPLE_OF_A_HOST * 12

    judged = [allowance.judge(person, "host", NOW) for person in people(most + 3)]

    assert (most, judged) == (36, [ANSWER] * most + [WARN_HOST, IGNORE, IGNORE])


def test_a_host_that_is_not_known_is_not_counted() -> None:
    allowance = Allowance(1)

    assert {allowance.judge(person, "", NOW) for person in people(10)} == {ANSWER}


@pytest.mark.parametrize(
    ("person", "host", "verdict"),
    [
        (KOFI, "host", IGNORE),
        (KOFI, "", ANSWER),
        (KOFI, "house", ANSWER),
        (("other", "kofi"), "host", ANSWER),
    ],
)
def test_a_hosts_silence_is_kept_towards_that_host_on_that_network(
    person: tuple[str, str], host: str, verdict: Verdict
) -> None:
    allowance = Allowance(1)
    for somebody in people(PEOPLE_OF_A_HOST + 1):
        allowance.judge(somebody, "host", NOW)

    assert allowance.judge(person, host, NOW) is verdict


@pytest.mark.parametrize(("after", "verdict"), [(SILENCE - TICK, IGNORE), (SILENCE, ANSWER)])
def test_a_hosts_silence_lasts_two_minutes(after: timedelta, verdict: Verdict) -> None:
    allowance = Allowance(1)
    for somebody in people(PEOPLE_OF_A_HOST + 1):
        allowance.judge(somebody, "host", NOW)

    assert allowance.judge(KOFI, "host", NOW + after) is verdict


def test_a_person_who_is_ignored_uses_up_nothing_of_their_host() -> None:
    allowance = Allowance(1)
    for _ in range(100):
        allowance.judge(KOFI, "host", NOW)

    judged = [allowance.judge(person, "host", NOW) for person in people(3)]

    assert judged == [ANSWER, ANSWER, WARN_HOST]


# --- in all


def test_a_hundred_at_once_are_answered_and_one_of_a_thousand_is_warned() -> None:
    allowance = Allowance(12)

    judged = Counter(allowance.judge(person, "", NOW) for person in people(1000))

    assert judged == {ANSWER: MOST_IN_ALL, WARN_ALL: 1, IGNORE: 1000 - MOST_IN_ALL - 1}


def test_ten_a_second_may_go_on_for_ever() -> None:
    allowance = Allowance(12)

    judged = {
        allowance.judge(person, f"h{n}", NOW + n * SECOND / 10)
        for n, person in enumerate(people(2000))
    }

    assert judged == {ANSWER}


@pytest.mark.parametrize(
    ("after", "verdict"), [(WINDOW_IN_ALL - TICK, WARN_ALL), (WINDOW_IN_ALL, ANSWER)]
)
def test_in_all_a_command_counts_for_ten_seconds(after: timedelta, verdict: Verdict) -> None:
    allowance = Allowance(12)
    for person in people(MOST_IN_ALL):
        allowance.judge(person, "", NOW)

    assert allowance.judge(("other", "~kofi"), "", NOW + after) is verdict


@pytest.mark.parametrize(
    ("after", "verdict"), [(SILENCE_IN_ALL - TICK, IGNORE), (SILENCE_IN_ALL, ANSWER)]
)
def test_the_silence_towards_strangers_is_short(after: timedelta, verdict: Verdict) -> None:
    allowance = Allowance(12)
    for person in people(MOST_IN_ALL + 1):
        allowance.judge(person, "", NOW)

    assert allowance.judge(("other", "~kofi"), "", NOW + after) is verdict


def test_who_is_logged_in_is_answered_while_strangers_ask_too_much() -> None:
    allowance = Allowance(12)
    for person in people(MOST_IN_ALL + 1):
        allowance.judge(person, "", NOW)

    assert [allowance.judge(KOFI, "", NOW) for _ in range(13)] == [ANSWER] * 12 + [WARN_PERSON]


def test_who_floods_meets_with_a_silence_of_their_own_and_others_are_served() -> None:
    allowance = Allowance(12)
    step = timedelta(milliseconds=1)
    crowd = people(100)
    for n in range(60_000):
        allowance.judge(crowd[n % 100], f"h{n % 100}", NOW + n * step)
        if n % 997 == 0 and n > 4000:
            assert allowance.judge(("net", f"~new{n}"), f"new{n}", NOW + n * step) is ANSWER


def test_none_switches_all_limits_off() -> None:
    allowance = Allowance(0)

    assert {allowance.judge(KOFI, "host", NOW) for _ in range(1000)} == {ANSWER}


def test_who_was_silent_longest_is_forgotten_first() -> None:
    limit = Limit(1, WINDOW, SILENCE)
    for name in ("kofi", "kofi", "ama", "ama", *range(MOST_PEOPLE - 2)):
        limit.is_passed(name, NOW)
    assert limit.is_silent("kofi", NOW)

    limit.is_passed("more", NOW)

    assert [limit.is_silent(name, NOW) for name in ("kofi", "ama")] == [True, False]


# --- the bot


def test_a_swarm_of_nicks_gets_one_warning_in_all() -> None:
    on = stage(per_minute=12)

    says = [
        say
        for n in range(1000)
        for say in on.hear(f"n{n}", True, CHANNEL, "!due", action=False, host=f"h{n}")
    ]

    warned = "too much is asked of me at once; ask again in a few seconds."
    assert [say.text for say in says[MOST_IN_ALL:]] == [f"n{MOST_IN_ALL}: {warned}"]


def test_a_command_that_is_ignored_costs_no_work_of_the_store() -> None:
    on = stage(per_minute=1)
    begun: list[object] = []
    event.listen(on.store.engine, "begin", begun.append)

    says = [on.hear("kofi", True, CHANNEL, "!due", action=False) for _ in range(5)]

    assert ([len(each) for each in says], len(begun)) == ([1, 1, 0, 0, 0], 1)
