"""Every conversation in tests/talk is what the bot really says."""

from pathlib import Path

import pytest

from tests.conversation import played, stage

CONVERSATIONS = sorted((Path(__file__).parent / "talk").glob("*.talk"))


@pytest.mark.parametrize("file", CONVERSATIONS, ids=lambda f: f.stem)
def test_the_bot_says_what_the_conversation_says(file: Path, rewrite: bool) -> None:
    written = file.read_text(encoding="utf-8")

    said = played(written, stage())

    if rewrite and said != written:
        file.write_text(said, encoding="utf-8")
        pytest.skip("rewritten: read the difference")
    assert said == written
