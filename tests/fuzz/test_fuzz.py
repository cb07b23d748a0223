"""A short cut of every campaign; and the judge sees what is wrong where something is."""

import logging

import pytest

from tests.fuzz.endings import endings
from tests.fuzz.incoming import incoming, send
from tests.fuzz.judging import Judge, Result, as_table, keep
from tests.fuzz.outgoing import judge_lines, outgoing, say
from tests.fuzz.presence import Kind, presence
from tests.fuzz.servers import through
from tests.fuzz.subjects import bare
from tests.servers import ircd

SEED = "2026"


def nothing(_more: int) -> None:
    """Show no progress."""


def found(result: Result) -> str:
    """What is wrong, in words; nothing if nothing is."""
    return as_table([result]) if result.faults else ""


# --- the campaigns


def test_no_line_raises_or_ends_the_connection_and_the_next_one_is_heard() -> None:
    assert found(incoming(50_000, SEED, nothing)) == ""


def test_however_a_connection_ends_the_bot_comes_back() -> None:
    assert found(endings(100, SEED, nothing)) == ""


def test_the_bot_knows_who_is_where_with_which_account() -> None:
    assert found(presence(20_000, SEED, nothing)) == ""


def test_every_text_goes_out_whole_in_lines_that_are_short_enough() -> None:
    assert found(outgoing(5_000, SEED, nothing)) == ""


@pytest.mark.parametrize("kind", ["ngircd", "inspircd"])
def test_no_real_server_cuts_or_obeys_a_text(kind: str) -> None:
    if not ircd.available(kind):
        pytest.skip(f"{kind} is not installed: tools/system-packages installs it")

    assert found(through(kind, 200, SEED, nothing)) == ""


# --- the judge


def test_the_judge_sees_what_the_bare_irc_package_does_with_odd_lines() -> None:
    with Judge() as judge, bare(judge) as subject:
        send(subject, judge, 2_000, SEED, nothing)

    kinds = {fault.what.partition(":")[0].partition(" in ")[0] for fault in judge.faults}
    assert kinds >= {"UnicodeDecodeError", "the connection ended"}


def test_the_judge_sees_what_the_bare_irc_package_does_with_texts() -> None:
    with Judge() as judge, bare(judge) as subject:
        say(subject, judge, 200, SEED, nothing)

    whats = [fault.what for fault in judge.faults]
    assert any(what.startswith("MessageTooLong") for what in whats)
    assert "a line has CR, LF or NUL inside" in whats
    assert "a part of the text is lost, or there is more than was said" in whats


def test_the_judge_sees_that_names_are_folded_in_another_way_than_they_are() -> None:
    liar = Kind("rfc1459", "account-notify extended-join", whox=True, announced="ascii")

    whats = {fault.what for fault in presence(5_000, SEED, nothing, (liar,)).faults}

    assert whats & {"somebody is missing", "somebody is there no more"}


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (b"x" * 600, "a line has more than 512 bytes as others see it"),
        (b"hello\xff", "a line is not UTF-8"),
        (b"hel lo", "a word that fits in a line is cut"),
        (b"hell", "a part of the text is lost, or there is more than was said"),
        (b"hello\rQUIT", "a line has CR, LF or NUL inside"),
    ],
)
def test_the_judge_sees_a_wrong_line(line: bytes, what: str) -> None:
    judge = Judge()
    head = b":gsocbot!bot@h PRIVMSG "
    seen = [head + b"#gsoc :" + line + b"\r\n", head + b"between :0\r\n"]

    judge_lines(judge, [("#gsoc", "hello")], seen)

    assert what in [fault.what for fault in judge.faults]


def test_the_judge_keeps_the_shortest_line_at_which_something_was_raised() -> None:
    def _process_line(line: str) -> None:
        try:
            raise ZeroDivisionError
        except ZeroDivisionError:
            logging.getLogger("gsocbot.irc").exception("oh, %s", len(line))

    with Judge() as judge:
        _process_line(":kofi!k@h QUIT")
        _process_line(":ana!a@h QUIT")

    [fault] = judge.faults
    assert (fault.example, fault.count) == (":ana!a@h QUIT", 2)
    file = keep([Result("quits", 2, "lines", 1, judge.faults)], SEED)
    assert file is not None
    assert ":ana!a@h QUIT" in file.read_text()
    file.unlink()


def test_the_judge_has_nothing_against_the_bare_irc_package_while_nothing_is_odd() -> None:
    with Judge() as judge, bare(judge) as subject:
        peer = subject.connect()
        peer.send(":ana!a@h PRIVMSG #gsoc :hello")
        subject.say_all([("#gsoc", "hello")], judge)
        lines = peer.sync()

    assert (subject.heard(), lines, judge.faults) == (["hello"], ["PRIVMSG #gsoc :hello"], [])
