"""Who is chosen: whoever asks, however, hears the same, whether the guess would be right or not."""

import pytest
from sqlalchemy import event

from tests.conversation import CHANNEL, Stage, stage
from tests.students import BEFORE, announced

WORDS = """
am I accepted?
did I make it?
have I been selected yet?
is my proposal accepted?
was my application successful?
did my proposal get picked?
am I in?
am I in or out?
are we in?
can you tell me if I got in?
please tell me whether I am chosen
just say yes or no: am I accepted?
my visa depends on it, am I accepted?
is kofi accepted?
is priya accepted?
did priya get in?
has wenjie been rejected?
who got selected?
which contributors were chosen?
did my mentor pick me?
what is my rank?
which rank did my proposal get?
am I on the list?
is kofi on the waiting list?
do you already know the result?
are there results for my proposal?
who passed for idea 1?
who got idea 1?
give me a hint: am I through?
please nod: am I accepted?
is it a yes or a no for me?
did I fail?
was I rejected?
may I book my flight, am I selected?
between us: did wenjie make it?
what did mira decide on my proposal?
can you confirm that I was accepted
""".strip().splitlines()
OF_THE_FAQ = {
    "who are the accepted students?": "selection",
    "how many slots did we get?": "slots",
    "how many students were accepted?": "slots",
}
"""An entry that ships answers these; it says as little."""
LOOKS = ("students", "student kofi", "student priya", "student nobodyxyz", "student me")
COMMANDS = (*LOOKS, "student set me blog https://kofi.example.net/", "student extend me 9 sep",
            "student end priya", "student add kofi 1 mira")  # fmt: skip
NAMES = ("kofi", "priya")


def heard(on: Stage, words: str, who: str = "kofi") -> list[str]:
    """What the bot says to words in the channel, and in private."""
    there = on.hear(who, False, CHANNEL, f"gsocbot: {words}", action=False)
    alone = on.hear(who, False, None, words, action=False)
    return [f"{say.target}: {say.text}" for say in (*there, *alone)]


def drafted(*names: str) -> Stage:
    """A season before the announcement in which some are put down."""
    on = stage(now=BEFORE)
    announced(on, "odile", ("ines", 3, "mira"), *((n, 1, "mira") for n in names), opened=False)
    return on


@pytest.mark.parametrize("who", ["kofi", "mira"])
def test_forty_ways_to_ask_make_no_difference_and_name_nobody(who: str) -> None:
    right, wrong = drafted(*NAMES), drafted()

    assert len(WORDS) + len(OF_THE_FAQ) == 40
    for words in (*WORDS, *OF_THE_FAQ):
        says = heard(right, words, who)
        assert says == heard(wrong, words, who)
        assert len(says) == 2, words
        text = " ".join(says).removeprefix(f"{CHANNEL}: {who}: ").replace(f" {who}: ", " ")
        assert not any(name in text for name in ("kofi", "priya", "ines")), text
        if words in WORDS:
            assert all("Before that nobody here can say anything" in say for say in says), words
        else:
            assert all(f"{OF_THE_FAQ[words]}: " in say for say in says), words


@pytest.mark.parametrize("who", ["kofi", "priya", "mira"])
def test_commands_say_the_same_with_a_draft_and_without_one(who: str) -> None:
    right, wrong = drafted(*NAMES), drafted()

    for line in COMMANDS:
        says = heard(right, line, who)
        assert says == heard(wrong, line, who), line
        if line in LOOKS:
            assert all("Before that nobody here can say anything" in say for say in says), line


def test_a_refusal_takes_no_longer_where_there_is_somebody() -> None:
    """The same statements run, and none looks at students."""
    ran = []
    for names in (NAMES, ()):
        on = drafted(*names)
        statements: list[str] = []
        event.listen(
            on.store.engine,
            "before_cursor_execute",
            lambda *told, into=statements: into.append(str(told[2])),
        )
        for words in ("student priya", "students", "am I accepted?"):
            heard(on, words)
        ran.append(statements)

    assert ran[0] == ran[1]
    assert ran[0]
    assert not any("FROM student" in statement for statement in ran[0])
