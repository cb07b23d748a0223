"""The pages of a running bot: what this run has built is not read again, and nothing is missed."""

import asyncio
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from gsocbot.app.pages import Pages
from gsocbot.config import Config
from gsocbot.store import held, office
from gsocbot.store.thread import DatabaseThread
from tests.conversation import Stage, config, played, stage
from tests.site.test_place import tree

T = TypeVar("T")
HOUR = """\
== 2026-03-04 16:00
<mira> #startmeeting
<kofi> q+ does 2 need Rust?
<mira> !q next
== 2026-03-04 16:05
<mira> !q done
<mira> #action kofi write that down
<mira> #endmeeting
"""
FIRST = Path("test/m/2026-03-04/index.html")
UNCHANGED = 2
"""Turns of a build that reads no log: is there anything new, and what is there to show."""


@dataclass
class Run:
    """A bot on a store, and its pages; `say` plays a conversation."""

    on: Stage
    config: Config

    def say(self, text: str) -> Callable[[Pages], object]:
        """A step in which people talk."""
        return lambda _: played(text, self.on)

    def build(self, *steps: Callable[[Pages], object]) -> list[int]:
        """Build after each of these steps; how many turns of the database each build took."""
        return asyncio.run(self._build(steps))

    async def _build(self, steps: tuple[Callable[[Pages], object], ...]) -> list[int]:
        thread = DatabaseThread(asyncio.get_running_loop())
        turns: list[int] = []

        async def run(call: Callable[[], T]) -> T:
            turns[-1] += 1
            return await thread.run(call)

        pages = Pages(self.on.store, run, lambda: self.on.now)
        for step in steps:
            step(pages)
            turns.append(0)
            await pages.build(self.config, {}, {})
        thread.close()
        return turns

    @property
    def public(self) -> Path:
        """The folder of the pages."""
        return self.config.site.dir

    def longer(self, lines: int) -> None:
        """Add lines to the log of the first session."""
        with self.on.store.transaction(writing=True) as books:
            session = held.held(books, "test")[0]
            at = session.ended_at - timedelta(seconds=1)
            office.keep_lines(books, [
                {"session": session.id, "season": "test", "at": at, "nick": "mira",
                 "account": "mira", "action": False, "text": f"line {n}"}
                for n in range(lines)
            ])  # fmt: skip


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    """Give a bot that knows a mentor, on a store of its own."""
    on = stage(f"sqlite:///{tmp_path}/gsocbot.db")
    played("gsocbot role add mira mentor", on)
    made = config()
    site = made.site.model_copy(update={"dir": tmp_path / "public"})
    yield Run(on, made.model_copy(update={"site": site}))
    on.store.close()


def nothing(pages: Pages) -> None:
    """Have the pages built though nothing has happened."""
    pages.forget()


def test_minutes_are_there_after_the_end_and_the_log_is_read_once(run: Run) -> None:
    turns = run.build(run.say(HOUR), nothing, run.say("<kofi> !action done a1"))

    # Its lines and their end; then nothing; then all again, for an action is done.
    assert turns == [UNCHANGED + 2, UNCHANGED, UNCHANGED + 2]
    page = (run.public / FIRST).read_text()
    assert "<em>done</em>" in page
    data = json.loads((run.public / FIRST).with_name("minutes.json").read_text())
    assert data["actions"][0] | {"text": ""} == {
        "nick": "mira", "text": "", "number": "a1", "owner": "kofi", "done": True
    }  # fmt: skip
    assert [(q["nick"], q["waited_seconds"], q["helped_seconds"]) for q in data["queue"]] == [
        ("kofi", 0, 300)
    ]


def test_nothing_at_all_is_read_where_nothing_has_changed(run: Run) -> None:
    turns = run.build(run.say(HOUR), lambda _: None, lambda _: None)

    assert turns[1:] == [1, 1]


def test_a_long_log_is_read_in_short_turns(run: Run) -> None:
    played(HOUR, run.on)
    run.longer(2 * held.LINES_AT_ONCE + 1)

    (turns,) = run.build(nothing)

    # 2,001 and what was said in the conversation, a thousand at a time, and the end.
    assert turns == UNCHANGED + 3 + 1
    parts = [page.read_text() for page in (run.public / FIRST.parent / "log").rglob("*.html")]
    assert sum(part.count("<bdi>line ") for part in parts) == 2 * held.LINES_AT_ONCE + 1


def test_only_the_new_session_is_read(run: Run) -> None:
    second = HOUR.replace("16:0", "18:0")
    turns = run.build(run.say(HOUR), run.say(second))

    assert turns == [UNCHANGED + 2, UNCHANGED + 2]
    assert (run.public / "test/m/2026-03-04-2/index.html").exists()


@pytest.mark.parametrize("harm", ["folder", "page", "mark"])
def test_pages_that_have_gone_are_made_anew(run: Run, harm: str) -> None:
    whole: dict[str, bytes] = {}

    def do(pages: Pages) -> None:
        whole.update(tree(run.public))
        if harm == "folder":
            shutil.rmtree(run.public)
        else:
            (run.public / (FIRST if harm == "page" else ".gsocbot")).write_bytes(b"")
        pages.forget()

    turns = run.build(run.say(HOUR), do)

    assert turns[1] > UNCHANGED
    pages = {path: content for path, content in tree(run.public).items() if path != ".gsocbot"}
    assert pages == {path: content for path, content in whole.items() if path != ".gsocbot"}


def test_another_run_makes_all_anew_for_it_may_be_another_version(run: Run) -> None:
    (first,) = run.build(run.say(HOUR))
    (again,) = run.build(nothing)

    assert again == first


def test_two_builds_at_once_are_one_after_the_other(run: Run) -> None:
    played(HOUR, run.on)

    async def twice() -> int:
        thread = DatabaseThread(asyncio.get_running_loop())
        turns = 0

        async def counted(call: Callable[[], T]) -> T:
            nonlocal turns
            turns += 1
            return await thread.run(call)

        pages = Pages(run.on.store, counted, lambda: run.on.now)
        await asyncio.gather(*(pages.build(run.config, {}, {}) for _ in range(3)))
        thread.close()
        return turns

    assert asyncio.run(twice()) == UNCHANGED + 2 + 1 + 1  # the later ones find nothing to do
    assert (run.public / FIRST).exists()
    assert [p.name for p in run.public.parent.iterdir() if p.is_dir()] == ["public"]


def test_the_channel_the_command_and_the_page_count_alike(run: Run) -> None:
    hour = HOUR.replace("<mira> #action", "<mira> #nick silent\n<kofi_> me too\n<mira> #action")
    run.build(run.say(hour))

    said = played("<kofi> !minutes", run.on)
    data = json.loads((run.public / FIRST).with_name("minutes.json").read_text())
    page = (run.public / FIRST).read_text()

    assert f"{len(data['people'])} people, 1 helped, 1 action." in said
    assert f"{len(data['people'])} people, 1 helped, 1 action." in page
    assert {one["nick"] for one in data["people"]} == {"mira", "kofi", "kofi_", "silent"}


def test_a_running_session_has_no_page_and_what_it_says_is_read_by_nobody(run: Run) -> None:
    begun = HOUR.split("<mira> !q done")[0]

    turns = run.build(run.say(begun))

    assert turns == [UNCHANGED]
    assert not (run.public / FIRST).exists()
