"""Other bots: echoes and loops end in silence, and people are not taken for bots."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from gsocbot.bot import Bot
from gsocbot.commands import ALL
from gsocbot.rules.loops import BETWEEN, ECHOED, IGNORED, LINES_BACK, MOST_EQUAL, MOST_PEOPLE, Loops
from gsocbot.talk import Heard, Say
from tests.conversation import CHANNEL, ME, NETWORK, START, Stage, config, stage
from tests.rules.test_hearing import hostile_lines

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
TICK = timedelta(microseconds=1)
SECOND = timedelta(seconds=1)
ANSWER = "robot: there is nothing more to be said about that, whatever you say"


def line(text: str = "!due", at: datetime = NOW, **more: str | None) -> Heard:
    """What the robot says in the channel."""
    return Heard(NETWORK, "robot", None, CHANNEL, text, at, ME)._replace(**more)


def exchange(loops: Loops, heard: Heard, answer: str = ANSWER) -> bool:
    """A line is heard and answered, if it is answered at all."""
    if loops.is_loop(heard):
        return False
    target = heard.channel or heard.nick
    loops.exchanged(heard, tuple(heard.text.split()), [Say(NETWORK, target, answer)])
    return True


def looping(until: datetime = NOW) -> Loops:
    """A loop that was seen at this moment."""
    loops = Loops(counting=True)
    assert all(exchange(loops, line(at=until)) for _ in range(MOST_EQUAL))
    return loops


# --- the same for ever


def test_five_equal_exchanges_are_answered_and_then_none() -> None:
    loops = Loops(counting=True)

    answered = [exchange(loops, line(at=NOW + n * SECOND)) for n in range(8)]

    assert answered == [True] * 5 + [False] * 3


@pytest.mark.parametrize(("apart", "ignored"), [(BETWEEN - TICK, True), (BETWEEN, False)])
def test_exchanges_a_minute_apart_are_no_loop(apart: timedelta, ignored: bool) -> None:
    loops = Loops(counting=True)
    for n in range(MOST_EQUAL):
        exchange(loops, line(at=NOW + n * apart))

    assert loops.is_loop(line(at=NOW + MOST_EQUAL * apart)) is ignored


@pytest.mark.parametrize(("after", "ignored"), [(IGNORED - TICK, True), (IGNORED, False)])
def test_a_loop_is_ignored_for_ten_minutes(after: timedelta, ignored: bool) -> None:
    assert looping().is_loop(line("!ideas", NOW + after)) is ignored


def test_after_that_it_takes_five_exchanges_again() -> None:
    loops = looping()

    answered = [exchange(loops, line(at=NOW + IGNORED)) for _ in range(6)]

    assert answered == [True] * 5 + [False]


@pytest.mark.parametrize(
    ("other", "ignored"),
    [
        (line(), True),
        (line(nick="ROBOT", account="robot"), True),
        (line(nick="kofi"), False),
        (line(channel="#other"), False),
        (line(channel=None), False),
        (line(relay="bridge"), False),
    ],
)
def test_who_loops_is_ignored_by_nick_and_place(other: Heard, ignored: bool) -> None:
    assert looping().is_loop(other) is ignored


def test_other_words_in_between_begin_anew() -> None:
    loops = Loops(counting=True)

    texts = [*["!due"] * 4, "!office", *["!due"] * 4, "!office"]

    assert all(exchange(loops, line(text)) for text in texts)


def test_other_answers_to_the_same_words_are_no_loop() -> None:
    loops = Loops(counting=True)

    assert all(exchange(loops, line("!more"), f"robot: part {n}") for n in range(50))


def test_large_and_small_letters_make_no_difference() -> None:
    loops = Loops(counting=True)
    for n in range(MOST_EQUAL):
        text = ("!due", "!DUE")[n % 2]
        exchange(loops, line(text), f'robot: I do not know "{text}"')

    assert loops.is_loop(line("!ideas"))


def test_a_line_without_an_answer_is_no_exchange() -> None:
    loops = Loops(counting=True)
    for _ in range(50):
        loops.exchanged(line(), ("due",), [])

    assert not loops.is_loop(line())


def test_where_nothing_is_limited_one_may_ask_the_same_for_ever() -> None:
    loops = Loops(counting=False)

    assert all(exchange(loops, line()) for _ in range(50))


def test_of_too_many_people_the_longest_untouched_is_forgotten() -> None:
    loops = looping()
    for n in range(MOST_PEOPLE - 1):
        exchange(loops, line(nick=f"n{n}"))
    assert loops.is_loop(line())

    exchange(loops, line(nick="more"))

    assert not loops.is_loop(line())


# --- echoes

SAID = ANSWER.removeprefix("robot: ")


@pytest.mark.parametrize(
    ("text", "echo"),
    [
        (ANSWER, True),
        (SAID, True),
        (f"gsocbot: {SAID}", True),
        (f"gsocbot: you said: {SAID.upper()}!!", True),
        (f"gsocbot: {SAID[:ECHOED]}", True),
        (f"gsocbot: {SAID[: ECHOED - 1]}", False),
        (f"gsocbot: {SAID[1:]}", False),
        ("gsocbot: there is nothing more", False),
    ],
)
def test_our_own_line_or_its_beginning_is_an_echo(text: str, echo: bool) -> None:
    loops = Loops(counting=False)
    exchange(loops, line())

    assert loops.is_loop(line(text)) is echo


def test_a_short_line_is_an_echo_when_it_is_whole() -> None:
    loops = Loops(counting=False)
    exchange(loops, line(), "robot: taken back.")

    assert loops.is_loop(line("gsocbot: taken back."))
    assert not loops.is_loop(line("gsocbot: taken back"))


@pytest.mark.parametrize(("after", "echo"), [(BETWEEN - TICK, True), (BETWEEN, False)])
def test_an_echo_comes_within_a_minute(after: timedelta, echo: bool) -> None:
    loops = Loops(counting=False)
    exchange(loops, line())

    assert loops.is_loop(line(ANSWER, NOW + after)) is echo


@pytest.mark.parametrize(
    ("heard", "echo"),
    [
        (line(SAID, nick="kofi"), True),
        (line(SAID, channel="#GSOC"), True),
        (line(SAID, relay="bridge"), True),
        (line(SAID, channel="#other"), False),
        (line(SAID, channel=None), False),
    ],
)
def test_an_echo_comes_from_anybody_where_the_line_was_said(heard: Heard, echo: bool) -> None:
    loops = Loops(counting=False)
    exchange(loops, line())

    assert loops.is_loop(heard) is echo


def test_an_echo_in_a_query_is_known_by_its_nick() -> None:
    loops = Loops(counting=False)
    exchange(loops, line(nick="Robot", channel=None), SAID)

    assert loops.is_loop(line(SAID, nick="robot", channel=None))
    assert not loops.is_loop(line(SAID, nick="kofi", channel=None))


@pytest.mark.parametrize(("others", "echo"), [(LINES_BACK - 1, True), (LINES_BACK, False)])
def test_the_last_lines_of_a_place_are_known_again(others: int, echo: bool) -> None:
    loops = Loops(counting=False)
    exchange(loops, line())
    for n in range(others):
        exchange(loops, line(nick="kofi"), f"kofi: another answer, the {n}th")

    assert loops.is_loop(line(SAID)) is echo


# --- bots that talk to each other

FIRST_LINES = [
    "hello",
    "what is this? " * 30,
    "I do not know you, but I would like to be answered, whatever it is that you say",
    *(command.example or " ".join(command.words) for command in ALL),
    *hostile_lines(30),
]


@pytest.fixture(scope="module")
def on() -> Iterator[Stage]:
    """Give a store with the small season."""
    on = stage()
    yield on
    on.store.close()


def new_bot(on: Stage, *, per_minute: int = 12) -> Bot:
    """Another bot on the same store, which remembers nothing of those before."""
    return Bot(config(per_minute=per_minute), on.store, on.folders)


def talk(
    on: Stage, first: str, channel: str | None, accounts: tuple[str | None, str | None]
) -> int:
    """How many lines two of our bots answer in one place, after one has spoken to the other."""
    nicks = (ME, f"{ME}2")
    bots = (new_bot(on), new_bot(on))
    on_the_way: list[tuple[int, str, str | None]] = [(0, first, channel)]
    answered: Counter[str | None] = Counter()
    while on_the_way and answered.total() < 40:
        whom, text, place = on_the_way.pop(0)
        at = START + answered.total() * SECOND
        heard = Heard(
            NETWORK, nicks[1 - whom], accounts[1 - whom], place, text, at, nicks[whom],
            shared=(CHANNEL,),
        )  # fmt: skip
        says = bots[whom].hear(heard) if bots[whom].take(heard) else []
        answered[place] += bool(says)
        for say in says:
            on_the_way.append((1 - whom, say.text, CHANNEL if say.target == CHANNEL else None))
    return max(answered.values())


@pytest.mark.parametrize(
    ("channel", "accounts"),
    [(None, (None, None)), (CHANNEL, ("one", "two"))],
    ids=["strangers in a query", "accounts in a channel"],
)
def test_two_of_our_bots_fall_silent_after_five_answers(
    on: Stage, channel: str | None, accounts: tuple[str | None, str | None]
) -> None:
    lead = f"{ME}: " if channel else ""

    lines = FIRST_LINES if accounts[0] is None else FIRST_LINES[::3]
    answered = [talk(on, lead + first, channel, accounts) for first in lines]

    assert 0 < max(answered) <= 5


@pytest.mark.parametrize("channel", [None, CHANNEL], ids=["query", "channel"])
def test_a_bot_that_says_everything_back_is_not_answered(on: Stage, channel: str | None) -> None:
    lead = f"{ME}: " if channel else ""
    for first in ("hello", "help", "idea contact 1", "mentors"):
        bot = new_bot(on, per_minute=0)
        (said,) = bot.hear(line(lead + first, channel=channel))

        assert bot.hear(line(lead + said.text, channel=channel)) == []


@pytest.mark.parametrize("channel", [None, CHANNEL], ids=["query", "channel"])
@pytest.mark.parametrize(("per_minute", "answers"), [(12, 5), (0, 10)])
def test_a_bot_that_always_says_the_same_is_answered_five_times_where_there_are_limits(
    on: Stage, channel: str | None, per_minute: int, answers: int
) -> None:
    bot = new_bot(on, per_minute=per_minute)

    answered = [bool(bot.hear(line(f"{ME}: huh?", channel=channel))) for _ in range(10)]

    assert answered == [True] * answers + [False] * (10 - answers)
