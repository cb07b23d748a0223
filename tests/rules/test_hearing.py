"""Whatever is said to the bot or past it: no fault of ours, no line too long, no right invented."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gsocbot import app
from gsocbot.commands import ALL
from gsocbot.render.lines import MOST_BYTES
from gsocbot.rules.roles import Role
from gsocbot.store import audit, roles
from gsocbot.talk import Say
from tests.conversation import CHANNEL, ME, NETWORK, Stage, stage

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
NOUNS = [" ".join(c.words) for c in ALL]
STRANGE = ["\x02", "\x0304,05", "\x00", "\r", "\x1b[31m", "\u202e", "é", "語" * 200, "x" * 500]
WORDS = ["!", "gsocbot:", "gsocbot", "please", "pm", "1", "#1", "99", "mira", "rust", "?", '"', "…"]
PIECES = st.sampled_from([*NOUNS, *STRANGE, *WORDS, "· !more"])
LINES = st.text(max_size=500) | st.lists(PIECES, max_size=8).map(" ".join)
COMMANDS = st.tuples(
    st.sampled_from(["!", "! ", "gsocbot: ", "gsocbot, !", "GSOCBOT:", ""]), LINES
).map("".join)


@pytest.fixture(scope="module")
def on() -> Iterator[Stage]:
    """Give the bot with a mentor and an organiser, on a store in memory."""
    on = stage()
    with on.store.transaction(writing=True) as books:
        for account, role in (("mira", Role.MENTOR), ("odile", Role.ORGANISER)):
            deed = app.deed_of_shell(on.now, "test", f"role add {account}")
            roles.grant(books, deed, "test", NETWORK, account, role)
    yield on
    on.store.close()


def check(says: list[Say], channel: str | None, nick: str) -> None:
    """What is true of every answer."""
    for say in says:
        assert "my fault" not in say.text
        assert len(say.text.encode()) <= MOST_BYTES
        assert not CONTROL.search(say.text)
        assert say.target in {channel, nick}
    assert len(says) <= 2


@settings(max_examples=400, deadline=None)
@given(text=COMMANDS, stranger=st.booleans(), action=st.booleans())
def test_any_line_in_a_channel_or_in_private_is_answered_or_not_and_nothing_worse(
    on: Stage, text: str, stranger: bool, action: bool
) -> None:
    for channel in (CHANNEL, None):
        says = on.hear("kofi", stranger, channel, text, action=action)

        check(says, channel, "kofi")


@settings(max_examples=400, deadline=None)
@given(text=LINES)
def test_a_line_that_was_not_for_us_stays_unanswered(on: Stage, text: str) -> None:
    for_us = text.lstrip().startswith("!") or text.lstrip().lower().startswith(ME)

    if not for_us:
        assert on.hear("kofi", False, CHANNEL, text, action=False) == []
        assert on.hear("kofi", False, CHANNEL, text, action=True) == []


@settings(max_examples=200, deadline=None)
@given(text=LINES)
def test_a_private_line_is_always_answered_if_there_is_a_word_in_it(on: Stage, text: str) -> None:
    says = on.hear("kofi", False, None, f"zzz {text}", action=False)

    assert len(says) == 1
    check(says, None, "kofi")


HOSTILE = [
    "'; DROP TABLE idea; --",
    '" OR "1"="1',
    "' UNION SELECT * FROM audit --",
    "{{7*7}}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{% for x in ().__class__.__base__.__subclasses__() %}x{% endfor %}",
    "%s%s%s%n",
    "%(name)s",
    "{0.__class__}",
    "{ask.books}",
    "$(reboot)",
    "`id`",
    "../../etc/passwd",
    "\x00",
    "a\x00b",
    "\x1b[2J\x1b[31m",
    "\x01ACTION dies\x01",
    "\x02\x03\x0f\x16",
    "\r\nQUIT :x",
    "\nPRIVMSG #gsoc :x",
    "x" * 10_000,
    "語" * 3_000,
    "\U0001f389" * 2_000,
    "a\u0301" * 1_000,
    "\u202egnp.exe",
    '"' * 300,
    "'\"'\"'\"" * 60,
    "((((" * 100,
    "NEAR(a b, 2) AND * OR ^",
    "rust* -python +c:d",
    "\\" * 200,
    "-1",
    "0",
    "1e309",
    "99999999999999999999",
    "٣",
    "#",
    "@everyone",
    "NULL",
    "true",
    "[]",
    "{}",
    "<script>alert(1)</script>",
    "\ufeff",
    "\u200b",
    "\ud7ff\ue000\ufffd",
    "in 99999999999 weeks",
    "2026-99-99T99:99Z",
    "Europe/London Europe/London",
    "",
]


@dataclass(frozen=True)
class Speaker:
    """Somebody, and the tables that they may change."""

    nick: str
    stranger: bool
    may_change: frozenset[str]


MAY_CHANGE = frozenset(
    {
        "checkeditem",
        "export",
        "idea",
        "interest",
        "offer",
        "person",
        "question",
        "queueplace",
        "watch",
    }
)
SPEAKERS = [
    Speaker("guest", True, frozenset({"question", "queueplace"})),
    Speaker("kofi", False, MAY_CHANGE),
    Speaker(
        "mira",
        False,
        MAY_CHANGE
        | {"actionitem", "faqentry", "ideamentor", "mentor", "officeduty", "officesession"},
    ),
]


def hostile_lines(count: int) -> Iterator[str]:
    """Commands with what does not belong there, in every place."""
    chance = random.Random(2026)
    for _ in range(count):
        words = [chance.choice(HOSTILE) for _ in range(chance.choice((1, 1, 1, 2, 3)))]
        noun = chance.choice(NOUNS)
        parts = chance.choice(([noun, *words], [*words, noun], [noun + words[0]]))
        yield chance.choice(("!", "!", "gsocbot: ")) + " ".join(parts)


@pytest.mark.parametrize("who", SPEAKERS, ids=lambda who: who.nick)
def test_hostile_commands_find_no_fault_and_change_nothing_without_a_right(
    on: Stage, who: Speaker
) -> None:
    with on.store.transaction(writing=False) as books:
        before = audit.newest(books)

    answers = 0
    for n, text in enumerate(hostile_lines(2500)):
        channel = (CHANNEL, None)[n % 2]
        says = on.hear(who.nick, who.stranger, channel, text, action=False)
        check(says, channel, who.nick)
        answers += len(says)

    with on.store.transaction(writing=False) as books:
        rows = books.connection.exec_driver_sql(
            f"SELECT DISTINCT table_name, account FROM audit WHERE id > {before}"
        ).all()
        assert list(audit.contradictions(books)) == []
    assert answers > 1500
    assert {table for table, _ in rows} <= who.may_change
    assert {account for _, account in rows} <= {f"~{who.nick}" if who.stranger else who.nick}


def test_a_stranger_with_a_mentors_nick_has_no_right(on: Stage) -> None:
    says = on.hear("mira", True, CHANNEL, "!office start", action=False)

    assert [say.kind for say in says] == ["refusal"]
