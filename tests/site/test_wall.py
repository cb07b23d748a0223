"""The wall: what it says at a moment, and how its file stays the newest while pages are built."""

import asyncio
import json
import os
import stat
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from gsocbot.app.pages import Pages
from gsocbot.app.walls import AGAIN, PULSE, Walls
from gsocbot.config import Config
from gsocbot.site.freshening import freshen
from gsocbot.site.hackathon_snapshot import Demo, Hackathon, Ticket
from gsocbot.site.place import place
from gsocbot.site.wall import Entry, is_near, wall
from gsocbot.store.hackathon_tables import HackSlot, HackTopic
from gsocbot.store.thread import DatabaseThread
from tests.conversation import config
from tests.site.hackathons import AT, ON, at, hackathon
from tests.site.test_hackathons import Held, held  # noqa: F401 - a fixture
from tests.site.test_hackathons import at as in_march

T = TypeVar("T")
FILE = "test/hack/spring/wall.json"
SECOND = timedelta(seconds=1)


def hack() -> Hackathon:
    """A hackathon whose rooms and topics can be told apart."""
    of = hackathon("x")
    topics = tuple(replace(t, title=f"title{t.number}", now=f"now{t.number}") for t in of.topics)
    slots = tuple(replace(s, room=f"room {s.room_key}") for s in of.slots)
    return replace(of, topics=topics, slots=slots, channel="#hack")


def part(of: Hackathon, now: datetime, name: str) -> tuple[Entry, ...] | None:
    """The entries of a part; None if there is no such part."""
    return next((p.entries for p in wall(of, now).parts if p.id == name), None)


def test_now_are_the_topics_in_their_rooms_then_those_without_then_what_is_free() -> None:
    topics = (*hack().topics, replace(hack().topics[0], number=4, title="afar", now="talks"))

    assert part(replace(hack(), topics=topics), AT, "now") == (
        Entry("room a", "1 title1", "now1", on=True),
        Entry("", "3 title3", "now3", on=True),  # it has a room, but later
        Entry("", "4 afar", "talks", on=True),
        Entry("room b", "free", "until 14:00"),
    )
    over = [entry for entry in part(hack(), at(13), "now") or () if entry.on]
    assert over == [Entry("", "1 title1", "now1", on=True), Entry("", "3 title3", "now3", on=True)]


@pytest.mark.parametrize(
    ("now", "rooms"),
    [
        (at(9, 59), [("room a", "free"), ("room b", "free")]),
        (at(10), [("room a", "1 title1"), ("room b", "free")]),
        (at(12) - SECOND, [("room a", "1 title1"), ("room b", "free")]),
        (at(12), [("room a", "free"), ("room b", "free")]),
        (at(14), [("room b", "3 title3"), ("room a", "free")]),
        (at(18), []),
    ],
)
def test_a_topic_is_on_from_its_hour_to_its_end(
    now: datetime, rooms: list[tuple[str, str]]
) -> None:
    silent = replace(hack(), topics=tuple(replace(t, now="") for t in hack().topics))

    assert [(e.mark, e.title) for e in part(silent, now, "now") or ()] == rooms


def test_a_topic_that_has_ended_takes_no_room() -> None:
    ended = replace(hack(), topics=tuple(replace(t, ended=True) for t in hack().topics))

    assert not [e for e in part(ended, AT, "now") or () if e.title != "free"]
    assert [e.title for e in part(ended, AT, "next") or ()] == ["Demos", "x"]


def test_what_was_said_yesterday_is_not_said_as_now() -> None:
    topics = tuple(replace(t, now_at=AT - timedelta(days=1)) for t in hack().topics)

    assert part(replace(hack(), topics=topics), AT, "now")[0].text == "until 12:00"


def test_next_goes_by_the_hour_and_evenings_say_how_many_come() -> None:
    assert part(hack(), AT, "next") == (
        Entry("14:00", "3 title3", "room b"),
        Entry("15:00", "Demos", "x"),
        Entry("20:00", "x", "x, 17 coming"),
        Entry("room a", "x", "topic 1"),
        Entry("then", "x", "topic 3"),
    )
    assert [e.mark for e in part(hack(), at(20), "next") or ()] == ["then", "then"]


@pytest.mark.parametrize(
    ("next_at", "days"),
    [
        (AT - timedelta(days=9), [0]),  # for its first day
        (AT - timedelta(days=1), [0]),
        (AT, [1]),
        (at(23), [1]),
        (None, []),
    ],
)
def test_next_is_said_on_the_day_it_was_said_on_whatever_is_done_now(
    next_at: datetime | None, days: list[int]
) -> None:
    topic = replace(hack().topics[0], next_at=next_at, now="", now_at=None)

    for was in (None, AT - timedelta(days=1), AT):
        of = replace(hack(), topics=(replace(topic, now="now", now_at=was),))
        shown = [
            day
            for day in range(3)
            if "topic 1" in [e.text for e in part(of, AT + timedelta(days=day - 1), "next") or ()]
        ]
        assert shown == days


def test_demos_are_those_of_today_and_then_of_the_next_day() -> None:
    assert part(hack(), AT, "demos") == (
        Entry("1", "x", "x, now", on=True),
        Entry("2", "x", "20 min"),
    )
    done = [replace(demo, done_at=AT) for demo in hack().demos]
    later = Demo(9, ON + timedelta(days=1), 1, "late", 5)
    after = wall(replace(hack(), demos=(*done, later)), AT)
    assert [(p.title, p.entries) for p in after.right if p.id == "demos"] == [
        ("Demos on Friday", (Entry("9", "late", "5 min"),))
    ]
    assert part(replace(hack(), demos=tuple(done)), AT, "demos") is None


def test_of_topics_without_a_room_the_wall_has_those_of_which_was_heard_last() -> None:
    many = tuple(
        replace(hack().topics[0], number=n, title="afar", now_at=at(10, n)) for n in range(11, 17)
    )
    shown = part(replace(hack(), topics=many), AT, "now") or ()

    assert [e.title for e in shown if e.on and not e.mark] == [
        "16 afar", "15 afar", "14 afar", "13 afar"
    ]  # fmt: skip


def test_what_nobody_would_wait_for_is_a_number() -> None:
    many = tuple(Ticket(n, "it hangs") for n in range(1, 15))

    (found,) = [p for p in wall(replace(hack(), tickets=many), AT).right if p.id == "help"]

    assert (len(found.entries), found.rest) == (12, "and 2 more")


@pytest.mark.parametrize(
    ("tickets", "marks", "rest"),
    [
        ((Ticket(1, "it hangs"), Ticket(2)), ["h1"], "1 more, asked in private"),
        ((Ticket(2), Ticket(3)), [], "2 waiting, asked in private"),
        ((Ticket(1, "it hangs"),), ["h1"], ""),
    ],
)
def test_who_asks_in_private_is_a_number(
    tickets: tuple[Ticket, ...], marks: list[str], rest: str
) -> None:
    (found,) = [p for p in wall(replace(hack(), tickets=tickets), AT).right if p.id == "help"]

    assert ([e.mark for e in found.entries], found.rest) == (marks, rest)


def test_before_and_after_it_says_so() -> None:
    before, after = wall(hack(), AT - timedelta(days=5)), wall(hack(), AT + timedelta(days=5))

    assert before.left[0].entries == (Entry("Wed 2 Mar 09:00", "x", "", on=True),)
    assert after.left[0].title == "That was it"
    assert [w.right for w in (before, after)] == [(), ()]
    assert [w.live for w in (before, wall(hack(), AT), after)] == [False, True, False]


@pytest.mark.parametrize(
    ("now", "near"),
    [
        (datetime.fromisoformat("2011-03-01T03:59:59+00:00"), False),
        (datetime.fromisoformat("2011-03-01T04:00:00+00:00"), True),
        (datetime.fromisoformat("2011-03-06T03:59:59+00:00"), True),
        (datetime.fromisoformat("2011-03-06T04:00:00+00:00"), False),
    ],
)
def test_a_wall_is_kept_fresh_from_a_day_before_to_a_day_after(now: datetime, near: bool) -> None:
    assert is_near(hack().days, now) is near


def test_what_is_said_of_next_stands_for_that_day_alone(held: Held) -> None:  # noqa: F811
    def heard(now: datetime, text: str) -> list[bytes]:
        held.on.now = now
        held.on.hear("ines", False, "#gsoc", text, action=False)
        days = (in_march(day, 12) for day in (1, 2, 3))
        return [held.pages(day)[FILE] for day in days]

    said = heard(in_march(1, 11), "!topic 2 next parsing")
    assert [b"parsing" in wall for wall in said] == [True, False, False]
    said = heard(in_march(2, 11), "!topic 2 now reading")
    assert [b"reading" in wall for wall in said] == [False, True, False]
    assert [b"parsing" in wall for wall in said] == [True, False, False]
    said = heard(in_march(3, 11), "!topic 2 now parsing")
    assert [b"topic 2" in wall for wall in said] == [False, False, False]


# --- the file while pages are built


def test_a_file_is_written_in_one_step_for_all_to_read_and_only_into_a_site(tmp_path: Path) -> None:
    public = tmp_path / "public"
    assert not freshen(public, "a/wall.json", b"{}")
    (tmp_path / "theirs/a").mkdir(parents=True)
    assert not freshen(tmp_path / "theirs", "a/wall.json", b"{}")
    place({"a/wall.json": b"old", "index.html": b""}, public)
    before = umask(0o077)
    try:
        assert freshen(public, "a/wall.json", b"new")
    finally:
        umask(before)

    assert (public / "a/wall.json").read_bytes() == b"new"
    assert stat.S_IMODE((public / "a/wall.json").stat().st_mode) == 0o644
    assert sorted(p.name for p in (public / "a").iterdir()) == ["wall.json"]
    assert not freshen(public, "b/wall.json", b"x")


def umask(mask: int) -> int:
    """Set what new files are kept from, and give what was."""
    return os.umask(mask)


def said(second: int) -> bytes:
    """A wall that was written in a second."""
    return json.dumps({"at": f"2026-03-28T10:00:{second:02}.000+00:00"}).encode()


@pytest.mark.parametrize(("ours", "theirs", "kept"), [(5, 7, 7), (7, 5, 7), (5, 5, 5)])
def test_a_build_keeps_the_newer_of_two_walls(
    tmp_path: Path, ours: int, theirs: int, kept: int
) -> None:
    public = tmp_path / "public"
    place({"wall.json": said(0)}, public)
    freshen(public, "wall.json", said(theirs))

    place({"wall.json": said(ours), "index.html": b"new"}, public, fresh=["wall.json"])

    assert (public / "wall.json").read_bytes() == said(kept)
    assert (public / "index.html").read_bytes() == b"new"


def test_a_link_in_the_place_of_a_wall_leads_nowhere(tmp_path: Path) -> None:
    public, secret = tmp_path / "public", tmp_path / "secret"
    secret.write_bytes(said(9))
    place({"wall.json": said(0)}, public)
    (public / "wall.json").unlink()
    (public / "wall.json").symlink_to(secret)

    place({"wall.json": said(1)}, public, fresh=["wall.json"])

    assert (public / "wall.json").read_bytes() == said(1)


def test_a_reader_never_misses_the_wall_nor_sees_it_go_back(tmp_path: Path) -> None:
    public = tmp_path / "public"
    place({"wall.json": said(0)}, public)
    ended, seen = threading.Event(), []

    def read() -> None:
        while not ended.is_set():
            seen.append((public / "wall.json").read_bytes())

    def build() -> None:
        while not ended.is_set():  # always from what the wall said at first
            place({"wall.json": said(0), "index.html": b""}, public, fresh=["wall.json"])

    threads = [threading.Thread(target=read), threading.Thread(target=build)]
    for thread in threads:
        thread.start()
    for second in range(1, 60):
        assert freshen(public, "wall.json", said(second))
        assert (public / "wall.json").read_bytes() == said(second)
    ended.set()
    for thread in threads:
        thread.join()

    place({"wall.json": said(0)}, public, fresh=["wall.json"])
    assert (public / "wall.json").read_bytes() == said(59)
    assert seen == sorted(seen)


# --- the running bot


@dataclass
class Run:
    """The walls and the pages of a bot, on a clock."""

    held: Held
    config: Config
    now: datetime
    builds: bool = False

    def run(self, *steps: Callable[[], object] | timedelta) -> list[bytes | None]:
        """Look at the walls after each step; what the file says then."""
        return asyncio.run(self._run(steps))

    async def _run(self, steps: tuple[Callable[[], object] | timedelta, ...]) -> list[bytes | None]:
        thread = DatabaseThread(asyncio.get_running_loop())
        store = self.held.on.store
        walls = Walls(store, thread.run, lambda: self.now)
        pages = Pages(store, thread.run, lambda: self.now)
        found: list[bytes | None] = []
        for step in steps:
            if isinstance(step, timedelta):
                self.now += step
            else:
                step()
            await walls.look(self.config)
            found.append(self.file.read_bytes() if self.file.exists() else None)
            if self.builds:
                await pages.build(self.config, {}, {}, walls.state)
        thread.close()
        return found

    @property
    def file(self) -> Path:
        """The file of the wall."""
        return self.config.site.dir / FILE

    def stands(self) -> None:
        """A step in which pages are built that know nothing."""
        place({FILE: b""}, self.config.site.dir)

    def says(self, text: str) -> Callable[[], object]:
        """A step in which somebody says what they do."""
        return lambda: self.held.change(
            HackTopic, self.held.topic, self.now, now_text=text, now_at=self.now
        )


@pytest.fixture
def run(held: Held, tmp_path: Path) -> Run:  # noqa: F811 - the fixture
    """Give a bot on a store of its own; it is the first day, 10:30."""
    made = config()
    site = made.site.model_copy(update={"dir": tmp_path / "public"})
    return Run(held, made.model_copy(update={"site": site}), in_march(1, 10, 30))


def test_the_bot_writes_what_has_changed_and_else_but_a_sign_of_life(run: Run) -> None:
    no_folder, first, same, changed, _, pulse = run.run(
        SECOND, run.stands, SECOND, run.says("parsing"), PULSE - SECOND, SECOND
    )

    assert no_folder is None
    assert first == same
    assert json.loads(first)["left"][0]["entries"][0]["text"] == "until 12:00"
    assert json.loads(changed)["left"][0]["entries"][0]["text"] == "parsing"
    assert pulse != changed
    assert json.loads(pulse)["left"] == json.loads(changed)["left"]


def test_a_minute_that_strikes_changes_the_wall_and_has_its_page_built(run: Run) -> None:
    page = run.config.site.dir / "test/hack/spring/wall/index.html"
    run.builds = True
    run.held.change(HackSlot, run.held.slot, run.now, end=in_march(1, 10, 45))
    run.run(SECOND)
    assert "The driver" in page.read_text()

    found = run.run(timedelta(minutes=14), timedelta(minutes=1))

    assert b'"1 The driver"' in found[0]
    assert b'"1 The driver"' not in found[1]
    assert "<span>1 The driver</span>" not in page.read_text()


def test_far_from_a_hackathon_nothing_is_asked_or_written(run: Run) -> None:
    run.now = in_march(20, 10)
    asked = 0

    async def look() -> None:
        nonlocal asked
        thread = DatabaseThread(asyncio.get_running_loop())

        async def counted(call: Callable[[], T]) -> T:
            nonlocal asked
            asked += 1
            return await thread.run(call)

        walls = Walls(run.held.on.store, counted, lambda: run.now)
        for _ in range(18):
            await walls.look(run.config)
            run.now += SECOND / 2
        thread.close()

    asyncio.run(look())

    assert asked == 5
    assert not run.file.exists()


def test_what_is_gone_without_a_change_is_gone_from_the_wall_within_a_minute(run: Run) -> None:
    def forgotten() -> None:
        with run.held.on.store.transaction(writing=True) as books:
            books.connection.exec_driver_sql("UPDATE hacktopic SET title = '(removed)'")
            books.wrote = True

    found = run.run(run.stands, forgotten, AGAIN)

    assert b"(removed)" not in found[-2]
    assert b"(removed)" in found[-1]
