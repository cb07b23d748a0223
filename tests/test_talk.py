"""Every conversation in tests/talk is what the bot really says, and leaves its store whole."""

import shutil
from pathlib import Path

import pytest

from gsocbot.store import audit, integrity
from tests.conversation import played, stage

CONVERSATIONS = sorted((Path(__file__).parent / "talk").glob("*.talk"))


@pytest.mark.parametrize("file", CONVERSATIONS, ids=lambda f: f.stem)
def test_the_bot_says_what_the_conversation_says(
    file: Path, rewrite: bool, sqlite_file: Path, tmp_path: Path
) -> None:
    written = file.read_text(encoding="utf-8")
    kept = tmp_path / "gsocbot.db"
    shutil.copy(sqlite_file, kept)
    on = stage(f"sqlite:///{kept}")

    said = played(written, on)

    if rewrite and said != written:
        file.write_text(said, encoding="utf-8")
        pytest.skip("rewritten: read the difference")
    with on.store.transaction(writing=False) as books:
        assert list(audit.contradictions(books)) == []
    on.store.close()
    assert integrity.findings(kept) == []
    assert said == written
