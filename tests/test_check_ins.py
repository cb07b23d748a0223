"""Where somebody at a hackathon is reaches nobody but who may ask, and is forgotten whole."""

import logging
from pathlib import Path

import pytest
from sqlalchemy import text

from gsocbot.rules.privacy import Viewer
from gsocbot.store.audit import TABLES
from gsocbot.store.private import exporting
from tests.conversation import CHANNEL, NETWORK, Stage, played, stage

PLACE, WORDS = "zqxcellar", "zqxshame"
BEGUN = """
gsocbot role add odile organiser
gsocbot role add mira mentor
== 2026-03-02 12:00
<odile> !hack add "Xen 2026" 2 mar 4 mar Europe/London Cambridge
<mira> !office start
"""


@pytest.fixture
def on(tmp_path: Path) -> Stage:
    return stage(f"sqlite:///{tmp_path / 'gsocbot.db'}")


def test_where_somebody_is_stands_in_no_other_table_no_log_and_no_channel(
    on: Stage, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.NOTSET)
    lines = [
        f"<sofia> !in {PLACE} one",
        f"sofia -> gsocbot: !in {PLACE} two",
        f"<sofia> #in {PLACE} three",
        "tomas -> gsocbot: !in room 1",
        "<tomas> !where sofia",
        "<tomas> !stuck the cellar is dark",
        "<mira> !claim h1",
        "<kofi> !where sofia",
        "odile -> gsocbot: !where sofia",
        "odile -> gsocbot: !status",
        "odile -> gsocbot: !jobs",
        "sofia -> gsocbot: !stuck nothing works",
        "<kofi> !hack join",
        "<kofi> !claim h2",
        "== 2026-03-02 12:01",
        "<sofia> !undo",
    ]

    said = played(BEGUN + "\n".join(lines), on)

    answers = [line for line in said.splitlines() if line not in lines and PLACE in line]
    assert sorted({line.split(":")[0] for line in answers}) == [
        "gsocbot -> sofia",
        "gsocbot -> tomas",
    ]
    assert [name for name, rows in _rows(on).items() if PLACE in rows] == ["checkin"]
    assert PLACE not in caplog.text
    with on.store.transaction(writing=False) as books:
        own, others = (
            exporting.everything(books, Viewer(NETWORK, who), NETWORK, who, on.now)
            for who in ("sofia", "tomas")
        )
    assert PLACE in str(own)
    assert PLACE not in str(others)

    on.tick(on.now.replace(hour=23))
    on.store.close()

    assert all(PLACE.encode() not in file.read_bytes() for file in tmp_path.iterdir())


def test_words_of_a_ticket_in_private_are_for_helpers(on: Stage) -> None:
    lines = [
        "<tomas> !hack join OCaml, dom0",
        f"sofia -> gsocbot: !stuck my dom0 is {WORDS}",
        "<kofi> !hack join",
        "<kofi> !stuck",
        "kofi -> gsocbot: !stuck",
        "odile -> gsocbot: !stuck",
        "== 2026-03-02 12:01",
        "<ana> !claim h1",
        "<mira> !hack join",
        "<mira> !claim h1",
        "<mira> !stuck",
        "sofia -> gsocbot: !solved",
    ]

    said = played(BEGUN + "\n".join(lines), on)

    heard = {
        line.split(":")[0] for line in said.splitlines() if WORDS in line and line not in lines
    }
    assert heard == {"gsocbot -> sofia", "gsocbot -> tomas", "gsocbot -> mira"}
    with on.store.transaction(writing=False) as books:
        typed = list(books.rows(text("SELECT what FROM audit")).scalars())
    assert not any(WORDS in what for what in typed)
    assert CHANNEL not in {line.split(":")[0] for line in said.splitlines() if WORDS in line}


def _rows(on: Stage) -> dict[str, str]:
    with on.store.transaction(writing=False) as books:
        return {name: str(books.rows(text(f"SELECT * FROM {name}")).all()) for name in TABLES}
