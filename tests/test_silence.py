"""Played over other people's talk, the bot says nothing that nobody asked it."""

import gzip
import json
from pathlib import Path

import pytest

from tests.conversation import CHANNEL, stage

LOGS = sorted((Path(__file__).parents[2] / "shared/data/chatter").glob("*.jsonl.gz"))


@pytest.mark.skipif(not LOGS, reason="the channel logs are not here")
@pytest.mark.parametrize("stranger", [True, False], ids=["strangers", "people logged in"])
def test_the_bot_is_silent_in_real_channels(stranger: bool) -> None:
    on = stage()
    spoken = []

    for log in LOGS:
        for line in gzip.decompress(log.read_bytes()).decode().split("\n")[:-1]:
            said = json.loads(line)
            if said["kind"] in {"say", "action"}:
                action = said["kind"] == "action"
                if on.hear(said["nick"], stranger, CHANNEL, said["text"], action=action):
                    spoken.append(said["text"])

    assert spoken == []
