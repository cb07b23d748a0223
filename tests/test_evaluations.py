"""However a result is told, it is nowhere afterwards."""

import logging
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from gsocbot.render.lines import one_line
from gsocbot.shipped import shipped
from gsocbot.site.build import write
from gsocbot.site.taking import take
from gsocbot.store.tables import Audit, Line
from tests.conversation import CHANNEL, Stage, played, stage
from tests.site.test_place import tree

MARK = "zqxq"
WAYS = [
    "pass{m}", "passed{m}", "{m}pass", "fail{m}", "failed-{m}", "PASS {m}", "pass, {m}", "pass.{m}",
    "a {m} pass", "with a {m}", "as passed {m}", "result: {m}", "result={m}", "(pass {m})",
    "[{m}]", "{{{m}}}", "<{m}>", '"{m}"', "'{m}'", "“{m}”", "*{m}*", "_{m}_", "~{m}~", "/{m}",
    "grade {m}", "grade:{m}", "grade A{m}", "B+{m}", "score 8/10 {m}", "{m}8/10", "{m}%", "95%{m}",
    "rank 2 {m}", "slot 3 {m}", "#{m}", "@{m}", "{m}'s", "{m}!", "{m}?", "...{m}", "-- {m}",
    "-{m}", "--result={m}", "great {m} work", "weak {m}", "excellent;{m}", "so-so/{m}", "👍{m}",
    "★★★ {m}", "no {m}", "yes {m}", "midterm {m}", "midterm pass {m}", "{m} midterm",
    "final {m} final", "please {m}", "{m} please", "pm {m}", "{m} pm", "\x02{m}\x02",
    "\x0304{m}", "&& !{m}", "; !eval done sofia {m}", "{m} " * 30,
]  # fmt: skip
COMMANDS = [
    "eval {w}", "eval wenjie {w}", "eval done wenjie {w}", "eval done {w} wenjie", "eval done {w}",
    "eval undone wenjie {w}", "eval undone {w}", "eval by wenjie hauke {w}", "eval by wenjie {w}",
    "eval by {w}", "eval missing {w}", "evals done wenjie {w}", "eval do wenjie {w}",
    "evla done wenjie {w}", "done eval wenjie {w}", "eval dnoe wenjie {w}",
]  # fmt: skip
SETTING = """\
gsocbot role add odile organiser
gsocbot role add tomas mentor
gsocbot role add hauke mentor
gsocbot role add tomas organiser
== 2026-04-30 18:01
odile -> gsocbot: student add wenjie 2 tomas hauke
odile -> gsocbot: student add sofia 4 hauke
odile -> gsocbot: season announce
odile -> gsocbot: yes
"""
OPEN = datetime.fromisoformat("2026-07-06T14:00:00+00:00")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Give the file of a store."""
    return tmp_path / "gsocbot.db"


@pytest.fixture
def on(file: Path) -> Stage:
    """Give a season with two students, while evaluations are open."""
    on = stage(f"sqlite:///{file}")
    played(SETTING, on)
    on.tick(OPEN)
    return on


def kept(file: Path) -> bytes:
    """All that a store has in its files."""
    return b"".join(found.read_bytes() for found in file.parent.glob(f"{file.name}*"))


def test_however_a_result_is_told_it_is_nowhere_afterwards(
    on: Stage, file: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert len(WAYS) >= 60
    said: list[str] = []
    with caplog.at_level(logging.NOTSET):
        for number, way in enumerate(WAYS):
            words = way.format(m=MARK)
            for command in COMMANDS:
                line = command.format(w=words)
                says = on.hear("tomas", False, None, line, action=False)
                says += on.hear("tomas", False, None, "more", action=False)
                says += on.hear("tomas", False, None, ("yes", "undo")[number % 2], action=False)
                said += [say.text for say in says]
            if number % 8 == 0:
                on.tick(OPEN + timedelta(minutes=number))
        said += [say.text for say in on.hear("tomas", False, None, "status", action=False)]
    with on.store.transaction(writing=False) as books:
        snapshot = take(books, ["test"], channels={"test": CHANNEL})
        deeds = [row.what for row in books.session.exec(select(Audit))]
    write(snapshot, tmp_path / "public", "https://gsoc.example.org/", shipped("templates"), on.now)

    assert MARK.encode() not in kept(file).lower()
    assert deeds.count("!eval done wenjie") > 60
    assert MARK not in caplog.text
    assert not [page for page in tree(tmp_path / "public").values() if MARK.encode() in page]
    assert sum("never tell me results" in text for text in said) > 500
    # What is no name, no command of ours and no result is asked back as it was typed, unkept.
    ours = [text for text in said if MARK in text]
    assert all(text.startswith(("I do not know", "No item", "There is no")) for text in ours), ours


def test_no_log_of_an_office_hour_has_what_belongs_in_private(on: Stage, file: Path) -> None:
    on.hear("tomas", False, CHANNEL, "!office start", action=False)
    for way in WAYS[:20]:
        words = one_line(way.format(m=MARK))
        for line in (
            "!eval done wenjie {}",
            "gsocbot: eval done wenjie {}",
            "!eavl done wenjie {}",
        ):
            on.hear("tomas", False, CHANNEL, line.format(words), action=False)
        on.hear("tomas", False, CHANNEL, f"asks gsocbot eval done wenjie {words}", action=True)
    on.hear("tomas", False, CHANNEL, "hello", action=False)
    on.bot.keep_lines()

    with on.store.transaction(writing=False) as books:
        lines = [row.text for row in books.session.exec(select(Line))]
    assert "hello" in lines
    assert MARK.encode() not in kept(file).lower()
