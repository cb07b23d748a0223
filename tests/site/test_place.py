"""The folder of the site: whole at any moment, open to readers, and nothing else is touched."""

import os
import stat
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from gsocbot.site import place as placing
from gsocbot.site.clean import SiteError
from gsocbot.site.place import MARK, place
from tests.site.samples import build, facts, real_season, season


def tree(folder: Path) -> dict[str, bytes]:
    """The files under a folder."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if not p.is_dir()}


def names(folder: Path) -> list[str]:
    """What is in a folder, hidden or not."""
    return sorted(p.name for p in folder.iterdir())


def test_a_build_says_how_many_files_it_made_and_leaves_nothing_else(tmp_path: Path) -> None:
    count = build(tmp_path / "public", season())
    build(tmp_path / "public", season())

    assert count == 53 == len(tree(tmp_path / "public")) - 1  # and the mark
    assert names(tmp_path) == ["public"]


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    build(tmp_path / "one", real_season())
    build(tmp_path / "two", real_season())

    assert tree(tmp_path / "one") == tree(tmp_path / "two")


def test_readers_may_read_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        build(tmp_path / "public", season())
    finally:
        os.umask(before)

    public = tmp_path / "public"
    modes = {(p.is_dir(), stat.S_IMODE(p.stat().st_mode)) for p in [public, *public.rglob("*")]}
    assert modes == {(True, 0o755), (False, 0o644)}


def test_pages_that_are_gone_are_gone_from_the_folder(tmp_path: Path) -> None:
    build(tmp_path / "public", season())
    build(tmp_path / "public", replace(season(), ideas=(), sessions=()))

    assert not [p for p in tree(tmp_path / "public") if "/m/" in p or "ideas/7" in p]


def test_a_reader_never_misses_a_page_while_builds_go_on(tmp_path: Path) -> None:
    public = tmp_path / "public"
    build(public, season())
    stop, reads, misses = threading.Event(), 0, []

    def look() -> None:
        nonlocal reads
        while not stop.is_set():
            try:
                text = (public / "index.html").read_bytes()
                reads += 1
                if not text.endswith(b"</html>"):
                    misses.append("half a page")
            except OSError as error:
                misses.append(str(error))

    reader = threading.Thread(target=look)
    reader.start()
    for _ in range(30):
        build(public, season())
    stop.set()
    reader.join()

    assert misses == []
    assert reads > 30


def test_two_builds_at_once_wait_for_each_other(tmp_path: Path) -> None:
    faults: list[BaseException] = []

    def run() -> None:
        try:
            for _ in range(5):
                build(tmp_path / "public", season())
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []
    assert names(tmp_path) == ["public"]


def test_what_a_killed_build_left_is_removed_by_the_next(tmp_path: Path) -> None:
    left = tmp_path / ".public.gsocbot-abc"
    (left / "deep").mkdir(parents=True)
    (left / "deep" / "half").write_text("half")
    build(tmp_path / "public", season())

    assert names(tmp_path) == ["public"]


def test_a_build_killed_between_two_renames_loses_no_page(tmp_path: Path) -> None:
    build(tmp_path / "public", season())
    (tmp_path / "public").rename(tmp_path / ".public.gsocbot-abc.old")

    with pytest.raises(SiteError):
        build(tmp_path / "public", replace(season(), facts=facts(key="..")))
    with pytest.raises(OSError, match="File name too long"):
        place({"x" * 300: b""}, tmp_path / "public")

    assert (tmp_path / "public" / "index.html").exists()
    assert names(tmp_path) == ["public"]


def test_where_folders_cannot_be_exchanged_two_renames_do(tmp_path: Path) -> None:
    build(tmp_path / "public", season())
    build(tmp_path / "new", real_season())

    placing._two_renames(tmp_path / "new", tmp_path / "public")

    assert "xen-2011/ideas/18/index.html" in tree(tmp_path / "public")
    assert names(tmp_path) == ["public"]


def test_a_failed_build_leaves_the_old_pages(tmp_path: Path) -> None:
    build(tmp_path / "public", season())
    before = tree(tmp_path / "public")

    with pytest.raises(OSError, match="File name too long"):
        place({"ok": b"", "x" * 300: b""}, tmp_path / "public")

    assert tree(tmp_path / "public") == before
    assert names(tmp_path) == ["public"]


def test_a_planted_link_is_not_followed(tmp_path: Path) -> None:
    build(tmp_path / "public", season())
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "index.html").write_text("mine")
    page = tmp_path / "public" / "xen-2011" / "ideas" / "index.html"
    page.unlink()
    page.symlink_to(tmp_path / "secret" / "index.html")
    (tmp_path / "public" / "more").symlink_to(tmp_path / "secret", target_is_directory=True)
    (tmp_path / ".public.gsocbot-x").symlink_to(tmp_path / "secret", target_is_directory=True)

    build(tmp_path / "public", season())

    assert tree(tmp_path / "secret") == {"index.html": b"mine"}
    assert not page.is_symlink()
    assert names(tmp_path) == ["public", "secret"]


def test_a_folder_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "letter.txt").write_text("dear")

    with pytest.raises(SiteError, match="files that are not ours"):
        build(tmp_path / "home", season())

    assert tree(tmp_path) == {"home/letter.txt": b"dear"}


def test_an_empty_folder_may_become_the_site(tmp_path: Path) -> None:
    (tmp_path / "public").mkdir()

    build(tmp_path / "public", season())

    assert (tmp_path / "public" / MARK).exists()


@pytest.mark.parametrize("kind", ["link", "file"])
def test_a_target_that_is_no_folder_is_refused(tmp_path: Path, kind: str) -> None:
    (tmp_path / "there").mkdir()
    target = tmp_path / "public"
    if kind == "link":
        target.symlink_to(tmp_path / "there", target_is_directory=True)
    else:
        target.write_text("x")

    with pytest.raises(SiteError, match="not a folder"):
        build(target, season())
