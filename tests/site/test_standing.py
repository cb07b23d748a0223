"""Sessions whose pages stand already are taken over as they are, or all is made anew."""

import asyncio
import os
import stat
import tempfile
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from gsocbot.rules.queue import PlaceState
from gsocbot.shipped import shipped
from gsocbot.site import apart
from gsocbot.site.build import write
from gsocbot.site.place import MARK, _Rooms, place
from gsocbot.site.snapshot import SeasonSnapshot, Snapshot, Task
from gsocbot.site.standing import Gone, Standing, facts_of, keys
from tests.site.samples import BASE, NOW, TEMPLATES, build, facts, season
from tests.site.test_place import names, tree

PAGE = Path("xen-2011/m/2011-03-23/index.html")


def without_lines(of: SeasonSnapshot) -> SeasonSnapshot:
    """The same season with logs that were not read."""
    return replace(of, sessions=tuple(replace(s, lines=None) for s in of.sessions))


@pytest.fixture
def public(tmp_path: Path) -> Path:
    """Give a folder with the pages of a season."""
    build(tmp_path / "public", season())
    return tmp_path / "public"


def test_what_stands_is_taken_over_without_being_made(public: Path) -> None:
    before, number = tree(public), (public / PAGE).stat().st_ino

    count = build(public, without_lines(season()))

    assert tree(public) == before
    assert count == len(before) - 1
    assert (public / PAGE).stat().st_ino == number
    assert names(public.parent) == ["public"]


def test_what_was_taken_over_once_stands_for_the_next_build_too(public: Path) -> None:
    before = tree(public)

    for _ in range(3):
        build(public, without_lines(season()))

    assert tree(public) == before


def test_a_file_of_another_disk_is_copied(tmp_path: Path) -> None:
    with tempfile.NamedTemporaryFile(dir="/dev/shm") as old:
        if os.fstat(old.fileno()).st_dev == tmp_path.stat().st_dev:
            pytest.skip("/dev/shm is no other disk")
        old.write(b"minutes")
        old.flush()
        rooms = _Rooms(tmp_path)
        rooms.link("m/index.html", Path(old.name))

    assert (tmp_path / "m/index.html").read_bytes() == b"minutes"
    assert stat.S_IMODE((tmp_path / "m/index.html").stat().st_mode) == 0o644
    assert rooms.paths == ["m/index.html"]


def _edit(page: Path) -> None:
    page.write_bytes(page.read_bytes() + b"<!-- mine -->")


def _empty(page: Path) -> None:
    page.write_bytes(b"")


def _link(page: Path) -> None:
    other = page.parents[4] / "elsewhere"
    other.write_bytes(page.read_bytes())
    page.unlink()
    page.symlink_to(other)


def _link_folder(page: Path) -> None:
    page.parent.rename(page.parents[4] / "elsewhere")
    page.parent.symlink_to(page.parents[4] / "elsewhere")


def _no_mark(page: Path) -> None:
    (page.parents[3] / MARK).write_text("Made by gsocbot.\n")


def _odd_mark(page: Path) -> None:
    (page.parents[3] / MARK).write_text('Made by gsocbot.\n{"xen-2011/m/2011-03-23/": [1]}')


@pytest.mark.parametrize("harm", [Path.unlink, _edit, _empty, _link, _link_folder, _no_mark,
                                  _odd_mark])  # fmt: skip
def test_what_does_not_stand_any_more_is_not_taken_over(
    public: Path, harm: Callable[[Path], object]
) -> None:
    whole = tree(public)
    harm(public / PAGE)
    before = tree(public)

    with pytest.raises(Gone):
        build(public, without_lines(season()))
    assert tree(public) == before
    assert [n for n in names(public.parent) if n != "elsewhere"] == ["public"]

    build(public, season())
    assert {p: c for p, c in tree(public).items() if p != MARK} == {
        p: c for p, c in whole.items() if p != MARK
    }


def test_a_folder_made_of_something_else_does_not_stand(tmp_path: Path) -> None:
    place({"m/1/x": b"x"}, tmp_path / "public", {"m/1/": Standing("one", "")})

    with pytest.raises(Gone):
        place({"y": b""}, tmp_path / "public", {"m/1/": Standing("other", "")})
    place({"y": b""}, tmp_path / "public", {"m/1/": Standing("one", "")})

    assert {"m/1/x", "y"} <= tree(tmp_path / "public").keys()


def test_a_link_is_no_file_that_stands(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("elsewhere")

    with pytest.raises(Gone):
        facts_of(tmp_path / "link")


def test_nothing_stands_where_nothing_was_built(tmp_path: Path) -> None:
    with pytest.raises(Gone):
        build(tmp_path / "public", without_lines(season()))

    assert names(tmp_path) == []


def test_a_session_of_which_something_else_is_shown_does_not_stand(public: Path) -> None:
    one, other = without_lines(season()).sessions
    done = replace(one, tasks=(Task(1, "mira", "x", done=True),))

    with pytest.raises(Gone):
        build(public, replace(without_lines(season()), sessions=(done, other)))


def test_the_key_is_another_whenever_the_page_would_be() -> None:
    whole = season()
    (session, _) = whole.sessions
    place = session.places[0]
    others = [
        replace(session, tasks=(*session.tasks, Task(9, "a", "b"))),
        replace(session, kept=()),
        replace(session, newest=7),
        replace(session, zone="Europe/London"),
        replace(session, ended_at=session.ended_at + timedelta(seconds=1)),
        replace(session, chairs=()),
        replace(session, title="Other"),
        replace(session, places=(place._replace(state=PlaceState.LEFT),)),
    ]
    snapshots = [Snapshot((replace(whole, sessions=(s,)),)) for s in (session, *others)]
    snapshots.append(Snapshot((replace(whole, sessions=(session,), facts=facts("other")),)))

    found = [next(iter(keys(snapshot, BASE).values())) for snapshot in snapshots]

    assert len(set(found)) == len(found)
    assert next(iter(keys(snapshots[0], "https://other.example/").values())) not in found
    read = replace(session, lines=None)
    assert found[0] in keys(Snapshot((replace(whole, sessions=(read,)),)), BASE).values()


def test_a_build_killed_while_it_takes_over_leaves_the_pages(public: Path) -> None:
    before = tree(public)
    (public.parent / ".public.gsocbot-abc" / "xen-2011/m/2011-03-23").mkdir(parents=True)
    os.link(public / PAGE, public.parent / ".public.gsocbot-abc" / PAGE)

    build(public, without_lines(season()))

    assert tree(public) == before
    assert names(public.parent) == ["public"]


# --- logs that come after the order, to the process of its own


def order(target: Path, of: SeasonSnapshot, logs: tuple[str, ...] = ()) -> bytes:
    """An order for a season without logs, and those that come."""
    snapshot = Snapshot((without_lines(of),))
    return apart.packed(apart.Order(snapshot, target, BASE, shipped("templates"), NOW, logs))


async def in_portions(of: SeasonSnapshot, *, size: int = 3) -> AsyncIterator[bytes]:
    """The logs of all sessions, so many lines at a time."""
    for session in of.sessions:
        lines = session.lines or ()
        for begin in range(0, len(lines), size):
            yield apart.packed_lines(lines[begin : begin + size])
        yield apart.packed_lines(())


def test_logs_that_come_in_portions_make_the_same_pages(public: Path, tmp_path: Path) -> None:
    folders = tuple(keys(Snapshot((season(),)), BASE))

    asyncio.run(apart.write(order(tmp_path / "other", season(), folders), in_portions(season())))

    made = tree(tmp_path / "other")
    assert {p: c for p, c in made.items() if p != MARK} == {
        p: c for p, c in tree(public).items() if p != MARK
    }


def test_a_process_that_finds_nothing_standing_says_so(tmp_path: Path) -> None:
    with pytest.raises(Gone, match="its log was not read"):
        asyncio.run(apart.write(order(tmp_path / "public", season())))

    assert names(tmp_path) == []


def test_logs_that_break_off_leave_the_pages_and_no_process(public: Path) -> None:
    before = tree(public)

    async def broken() -> AsyncIterator[bytes]:
        yield apart.packed_lines((season().sessions[0].lines or ())[:2])
        raise RuntimeError("the store went away")

    with pytest.raises(RuntimeError):
        asyncio.run(apart.write(order(public, season(), tuple(keys(Snapshot((season(),)), BASE))),
                                broken()))  # fmt: skip

    assert tree(public) == before
    assert names(public.parent) == ["public"]


def test_a_process_that_ends_before_it_has_read_all_is_no_broken_pipe(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")

    async def endless() -> AsyncIterator[bytes]:
        for _ in range(3000):
            yield apart.packed_lines((season().sessions[0].lines or ()) * 50)

    with pytest.raises(Exception, match=r"UnpicklingError|too short|not ours|broke|ended"):
        asyncio.run(apart.write(b"no order", endless()))


def test_the_site_of_another_season_is_not_mistaken_for_this_one(public: Path) -> None:
    other = replace(without_lines(season()), facts=facts(key="other"))

    with pytest.raises(Gone):
        write(Snapshot((other,)), public, BASE, TEMPLATES, NOW)
