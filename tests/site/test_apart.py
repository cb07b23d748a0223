"""Pages are built in a process of their own; where that goes wrong it is told, and they stay."""

import asyncio
from pathlib import Path

import pytest

from gsocbot.shipped import shipped
from gsocbot.site import apart
from gsocbot.site.clean import SiteError
from gsocbot.site.snapshot import Snapshot
from tests.site.samples import season
from tests.site.test_feed import CHANGED


def order(target: Path) -> bytes:
    """An order for the pages of one season."""
    snapshot = Snapshot((season("a"),))
    whole = apart.Order(snapshot, target, "https://example.org/", shipped("templates"), CHANGED)
    return apart.packed(whole)


def test_the_pages_are_there_and_counted(tmp_path: Path) -> None:
    count = asyncio.run(apart.write(order(tmp_path / "site")))

    files = [file for file in (tmp_path / "site").rglob("*") if file.is_file()]
    assert count == len(files) - 1  # and the mark that the folder is ours


def test_a_folder_that_is_not_ours_stays(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")

    with pytest.raises(SiteError, match="has files that are not ours"):
        asyncio.run(apart.write(order(tmp_path)))

    assert [file.name for file in tmp_path.iterdir()] == ["mine.txt"]


def test_what_a_build_broke_off_with_is_logged_whole(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(SiteError, match="UnpicklingError"):
        asyncio.run(apart.write(b"no order"))

    assert "Traceback" in caplog.text
