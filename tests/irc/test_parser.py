"""Lines, sources and masks are read as everybody reads them: the cases of ircdocs/parser-tests."""

import asyncio
from collections.abc import Iterable, Iterator
from contextlib import suppress
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from irc.client import Event

from gsocbot.irc.buffer import Buffer
from gsocbot.irc.message import Message, join, split
from gsocbot.irc.names import fold_by, is_parameter, matches
from gsocbot.irc.wire import Connection, Reactor, tags_of

DATA = Path(__file__).parent / "parser-tests"


def data(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((DATA / name).read_text())["tests"]
    return found


def cases(name: str, key: str) -> Iterable[Any]:
    return [pytest.param(case[key], case["atoms"], id=case[key]) for case in data(name)]


def parts(atoms: dict[str, Any]) -> Message:
    return Message(
        atoms.get("tags", {}), atoms.get("source", ""), atoms["verb"], atoms.get("params", [])
    )


class Listening(Reactor):
    """Keeps every event."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(loop=loop)
        self.heard: list[Event] = []

    def _handle_event(self, _connection: Connection, event: Event) -> None:
        self.heard.append(event)


@pytest.fixture
def reactor() -> Iterator[Listening]:
    loop = asyncio.new_event_loop()
    yield Listening(loop)
    loop.close()


def event_of(line: str, reactor: Listening) -> Event:
    """What a connection makes of the bytes of a line."""
    connection = reactor.server()
    connection.buffer = Buffer()
    connection.connected = True
    connection.process_data(f"{line}\r\n".encode())
    (event,) = reactor.heard
    return event


# --- lines


@pytest.mark.parametrize(("line", "atoms"), cases("msg-split.yaml", "input"))
def test_a_line_is_split_into_its_parts(line: str, atoms: dict[str, Any]) -> None:
    assert split(line) == parts(atoms)


@pytest.mark.parametrize(("line", "atoms"), cases("msg-split.yaml", "input"))
def test_a_connection_hears_the_parts_of_a_line(
    line: str, atoms: dict[str, Any], reactor: Listening
) -> None:
    event = event_of(line, reactor)

    target = [event.target] if event.target is not None else []
    heard = (tags_of(event), event.source or "", [*target, *event.arguments])
    wanted = parts(atoms)
    assert heard == (wanted.tags, wanted.source, wanted.params)


@pytest.mark.parametrize(
    ("atoms", "lines"),
    [pytest.param(c["atoms"], c["matches"], id=c["desc"]) for c in data("msg-join.yaml")],
)
def test_parts_are_joined_into_a_line(atoms: dict[str, Any], lines: list[str]) -> None:
    tags, source, verb, params = parts(atoms)

    assert join(verb, *params, tags=tags, source=source) in lines


@pytest.mark.parametrize("line", ["", " ", ":", ":src", ":src ", ":src :x", "@a=b", "@a=b :src "])
def test_a_line_without_a_verb_is_none(line: str) -> None:
    with pytest.raises(ValueError, match="without a verb"):
        split(line)


@pytest.mark.parametrize("odd", ["", "#a b", ":#a", "#a\rb", "#a\nb", "#a\0b"])
def test_what_would_be_read_otherwise_is_not_joined(odd: str) -> None:
    with pytest.raises(ValueError, match="middle of a line"):
        join("PRIVMSG", odd, "hello")
    with pytest.raises(ValueError, match="middle of a line"):
        join(odd, "hello")


@pytest.mark.parametrize("source", ["a b", ":a", "a\nb"])
def test_a_source_that_would_be_read_otherwise_is_not_joined(source: str) -> None:
    with pytest.raises(ValueError, match="middle of a line"):
        join("PRIVMSG", "#gsoc", "hello", source=source)


def test_a_verb_is_not_taken_for_tags() -> None:
    with pytest.raises(ValueError, match="is no verb"):
        join("@label=1", "PRIVMSG")


@pytest.mark.parametrize("key", ["", "a b", "a;b", "a=b", "a\nb"])
def test_a_tag_that_would_be_read_otherwise_is_not_joined(key: str) -> None:
    with pytest.raises(ValueError, match="name of a tag"):
        join("TAGMSG", "#gsoc", tags={key: "x"})


ODD = "a@:;= \\rns\r\n\0\t\u00a0\u3000"
TEXT = st.text(st.sampled_from(ODD) | st.characters())
WORD = st.text(st.sampled_from(ODD) | st.characters(), min_size=1).filter(is_parameter)
KEY = WORD.filter(lambda key: ";" not in key and "=" not in key)


@given(
    tags=st.dictionaries(KEY, TEXT, max_size=4),
    source=st.just("") | WORD,
    verb=WORD.filter(lambda verb: verb[0] != "@"),
    middle=st.lists(WORD, max_size=4),
    last=st.lists(TEXT, max_size=1),
)
def test_what_is_joined_is_split_into_the_same_parts(
    tags: dict[str, str], source: str, verb: str, middle: list[str], last: list[str]
) -> None:
    message = Message(tags, source, verb, [*middle, *last])

    assert split(join(verb, *middle, *last, tags=tags, source=source)) == message


@given(TEXT)
def test_any_text_is_a_line_or_a_value_error(text: str) -> None:
    with suppress(ValueError):
        assert split(text).verb


# --- sources


@pytest.mark.parametrize(("source", "atoms"), cases("userhost-split.yaml", "source"))
def test_a_source_has_a_nick_and_perhaps_a_user_and_a_host(
    source: str, atoms: dict[str, str], reactor: Listening
) -> None:
    whose = event_of(f":{source} foo", reactor).source

    assert {"nick": whose.nick, "user": whose.user, "host": whose.host} == {
        "user": "",
        "host": "",
        **atoms,
    }


# --- masks


RFC1459, ASCII = fold_by("rfc1459"), fold_by("ascii")
MASKS = [
    pytest.param(case["mask"], text, fits, id=f"{case['mask']} and {text}")
    for case in data("mask-match.yaml")
    for fits, texts in ((True, case["matches"]), (False, case["fails"]))
    for text in texts
]


@pytest.mark.parametrize(("mask", "text", "fits"), MASKS)
def test_a_mask_fits_or_does_not(mask: str, text: str, fits: bool) -> None:
    # Under rfc1459 a bracket is folded to a brace, and nobody would see it taken for a set.
    assert matches(mask, text, ASCII) is fits


def test_a_mask_is_folded_as_the_network_folds() -> None:
    mask, text = "COOL{guy}!*", "cool[GUY]!a@example.com"

    assert (matches(mask, text, RFC1459), matches(mask, text, ASCII)) == (True, False)


@given(st.text("ab*?\n", max_size=8), st.text("ab\n", max_size=10))
@example(mask="ab*ba", text="aba")
@example(mask="a*b*a", text="aba")
def test_stars_and_question_marks_are_those_of_every_shell(mask: str, text: str) -> None:
    assert matches(mask, text, ASCII) is fnmatchcase(text, mask)


@pytest.mark.timeout(10)
@pytest.mark.parametrize("mask", ["*a*a*a*a*b", "*a*a*a*a*b*", "*?a" * 50 + "*b*"])
def test_a_mask_of_many_stars_keeps_nobody_waiting(mask: str) -> None:
    assert not matches(mask, "a" * 100_000, RFC1459)
