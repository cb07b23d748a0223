"""The bench runs to its end, and every answer in it is right; how fast is another day's matter."""

import socket
from pathlib import Path

import pytest

from tests.bench import checklists, hackathons, reminders, sessions
from tests.bench.__main__ import as_json, as_table
from tests.bench.measures import TINY, measured, said
from tests.bench.peer import Peer, WrongAnswer


def test_every_answer_is_right_and_no_line_is_missing(tmp_path: Path) -> None:
    figures = measured(TINY, tmp_path, lambda _doing: None)

    table, json = as_table(figures), as_json(figures)
    assert all(figure.name in table and figure.name in json for figure in figures)


@pytest.mark.timeout(300)
def test_lines_are_planned_and_said_in_order_and_an_office_hour_goes_first(tmp_path: Path) -> None:
    figures = reminders.measured(reminders.TINY, tmp_path, lambda _doing: None)

    assert [f.name for f in figures if f.least is None and f.most == 0 and not f.reached] == []


def test_an_office_hour_of_many_lines_is_kept_whole_and_its_pages_are_built(tmp_path: Path) -> None:
    figures = sessions.measured(sessions.TINY, tmp_path / "hour", lambda _doing: None)

    assert [f.name for f in figures if f.most == 0 and not f.reached] == []


def test_everybody_who_is_behind_is_told_of(tmp_path: Path) -> None:
    figures = checklists.measured(checklists.TINY, tmp_path / "lists", lambda _doing: None)

    assert all(figure.value > 0 for figure in figures)


def test_a_hackathon_is_answered_rightly_and_its_wall_follows(tmp_path: Path) -> None:
    figures = hackathons.measured(hackathons.TINY, tmp_path / "days", lambda _doing: None)

    assert [f.name for f in figures if f.name.endswith("at once") and not f.reached] == []


def test_a_wrong_answer_is_noticed() -> None:
    with Peer() as peer, socket.create_connection(("127.0.0.1", peer.port)) as bot:
        bot.sendall(b"NICK parrot\r\nUSER u 0 * :r\r\nJOIN #bench\r\n")
        peer.let_in(lambda: True)
        bot.sendall(b"PRIVMSG #bench :pang\r\n")

        with pytest.raises(WrongAnswer, match="pang"):
            peer.expect(said("pong"))


def test_a_bot_that_never_comes_is_noticed() -> None:
    with Peer() as peer, pytest.raises(ConnectionError, match="ended before"):
        peer.let_in(lambda: False)
