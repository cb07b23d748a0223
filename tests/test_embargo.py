"""Who is chosen: whoever asks, however, hears the same, whether the guess would be right or not."""

import pytest
from sqlalchemy import event

from gsocbot.commands.embargo import NEVER_TOLD, NOT_SAID
from gsocbot.rules.roles import Role
from tests.conversation import CHANNEL, Stage, stage
from tests.students import AFTER, BEFORE, announced, granted, said

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
SIDEWAYS = """
is {} a student here?
who mentors {}?
is {} in gsoc
what does {} work on
is mira failing {}
where is {}
is {} late
did {} quit?
what happened to {}
has {} reported this week?
who works on idea 1
who is late
""".strip().splitlines()
TOLD = ("{} failed", "{} failed the midterm", "I sent {}'s evaluation, she failed")
KEEPING = (
    "ask {} failed the midterm", "ask is {} late?", "ask who mentors {}?", "ask mira fails {}",
    "remind me tomorrow 9 fail {} in the midterm", "remind tomorrow 9 fail {} in the midterm",
    "idea set 1 outcome {} failed the midterm", "idea add {} failed the midterm",
    "idea suggest {} was rejected", "faq add midterm {} failed the midterm",
    "faq edit slots {} was rejected", "faq {} failed", "q+ {} failed the midterm",
)  # fmt: skip
"""Doors through which it could be kept."""
LOOKS = ("students", "student kofi", "student priya", "student nobodyxyz", "student me")
COMMANDS = (*LOOKS, "student set me blog https://kofi.example.net/", "student extend me 9 sep",
            "student end priya", "student add kofi 1 mira")  # fmt: skip
NAMES = ("kofi", "priya")


def heard(on: Stage, words: str, who: str = "kofi") -> list[str]:
    """What the bot says to words in the channel, and in private."""
    there = on.hear(who, False, CHANNEL, f"gsocbot: {words}", action=False)
    alone = on.hear(who, False, None, words, action=False)
    return [f"{say.target}: {say.text}" for say in (*there, *alone)]


def kept(on: Stage) -> str:
    """All that the store has in it, what the bot had only in mind too."""
    on.tick(on.now)
    with on.store.engine.connect() as connection:
        return "\n".join(connection.connection.driver_connection.iterdump())


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


@pytest.mark.parametrize("who", ["kofi", "mira"])
def test_sideways_questions_make_no_difference_before_the_announcement(who: str) -> None:
    right, wrong = drafted(*NAMES), drafted()

    for words in SIDEWAYS:
        for name in ("priya", "nobodyxyz"):
            says = heard(right, words.format(name), who)
            assert says == heard(wrong, words.format(name), who)
            assert len(says) == 2, words
            assert all("Before that nobody here can say anything" in say for say in says), words


def test_after_the_announcement_a_question_gets_the_same_words_for_every_name() -> None:
    on = drafted(*NAMES)
    on.now = AFTER
    said(on, "odile", "season announce", "yes")

    for words in SIDEWAYS:
        right, wrong = (heard(on, words.format(name)) for name in ("priya", "nobodyxyz"))
        assert right == wrong
        assert any(text in right[0] for text in (NOT_SAID, "!students")), right
    assert said(on, "kofi", "questions") == ["There is no such question. Ask one: !ask <text>"]


@pytest.mark.parametrize("opened", [False, True])
def test_a_result_that_is_told_is_neither_repeated_nor_kept(opened: bool) -> None:
    on = drafted(*NAMES)
    granted(on, "mira", Role.MENTOR)
    on.now = AFTER
    if opened:
        said(on, "odile", "season announce", "yes")
    for words in (*TOLD, *KEEPING):
        for name in ("priya", "nobodyxyz"):
            says = heard(on, words.format(name), "mira")
            assert not any(name in say or "failed" in say for say in says), says
            if words in TOLD:
                assert all(NEVER_TOLD[1:] in say for say in says), says
            else:
                assert not any("!yes" in say for say in says), says
    assert "nobodyxyz" not in kept(on)
    said(on, "mira", "ask which kernel nobodyxyz needs")
    assert "nobodyxyz" in kept(on)


def test_a_name_that_everybody_knows_is_seen_with_a_result_in_any_shape() -> None:
    on = drafted(*NAMES)
    on.now = AFTER
    said(on, "odile", "season announce", "yes")

    known, unknown = said(
        on,
        "mira",
        "ask for priya's midterm I think of a fail",
        "ask for nobodyxyz's midterm I think of a fail",
    )
    assert known.startswith("Who works on what is at")
    assert unknown.startswith("Question q1 noted")
