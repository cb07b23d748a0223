"""A clock that was set back: nobody is ignored, or held to their words, until it is there again."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from gsocbot.commands.command import Call, Command
from gsocbot.commands.general import yes
from gsocbot.commands.memory import Memory
from gsocbot.irc.identity import People
from gsocbot.rules.limits import Limit
from gsocbot.rules.loops import MOST_EQUAL, Loops
from gsocbot.schedule import Every
from gsocbot.talk import Heard, Say

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
WHO = ("net", "mira", "#gsoc")


def limit_is_silent(now: datetime) -> bool:
    limit = Limit(1, MINUTE, 2 * MINUTE)
    assert [limit.is_passed("mira", NOW) for _ in range(2)] == [False, True]
    return limit.is_silent("mira", now)


def loop_is_seen(now: datetime) -> bool:
    loops = Loops(counting=True)
    heard = Heard("net", "mira", "mira", "#gsoc", "!due", NOW, "gsocbot")
    for _ in range(MOST_EQUAL):
        loops.exchanged(heard, ("due",), [Say("net", "#gsoc", "nothing is due")])
    return loops.is_loop(heard._replace(at=now))


def yes_is_waited_for(now: datetime) -> bool:
    memory = Memory()
    memory.ask(WHO, Call(Command(yes)), NOW)
    return memory.take_asked(WHO, now) is not None


def rest_is_kept(now: datetime) -> bool:
    memory = Memory()
    memory.keep_rest(WHO, ["more"], NOW)
    return memory.take_rest(WHO, now) == ["more"]


def words_are_awaited(now: datetime) -> bool:
    memory = Memory()
    memory.await_words(WHO, Call(Command(yes)), None, NOW)
    return memory.awaited(WHO, now) is not None


@pytest.mark.parametrize(
    "holds", [limit_is_silent, loop_is_seen, yes_is_waited_for, rest_is_kept, words_are_awaited]
)
def test_what_holds_for_minutes_does_not_hold_for_a_day_when_the_clock_is_set_back(
    holds: Callable[[datetime], bool],
) -> None:
    assert holds(NOW + timedelta(seconds=1))
    assert not holds(NOW - DAY)


def test_what_was_asked_before_the_clock_was_set_back_counts_no_longer() -> None:
    limit = Limit(2, MINUTE, MINUTE)
    assert [limit.is_passed("mira", at) for at in (NOW, NOW, NOW - DAY)] == [False, False, False]


def test_somebody_who_came_before_the_clock_was_set_back_is_not_new() -> None:
    clock = [NOW]
    people = People(lambda: clock[0])
    people.joined("mira", "#gsoc", None)

    assert people.is_newer("mira", NOW - MINUTE)
    clock[0] = NOW - DAY
    assert not people.is_newer("mira", NOW - DAY - MINUTE)


@pytest.mark.parametrize("late", [timedelta(0), timedelta(seconds=0.5), DAY, 30 * DAY])
def test_an_alarm_rings_once_for_all_that_was_missed(late: timedelta) -> None:
    every = Every(timedelta(seconds=1))
    assert every.get_next_fire_time(NOW, NOW + late) > NOW + late
