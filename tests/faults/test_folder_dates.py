"""Dates of the folder that change while the bot runs; it is a real process here."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.faults.process import CHANNEL, Installation, installed, soon
from tests.servers import ircd
from tests.servers.client import Client
from tests.servers.ircd import Ircd

HOUR = timedelta(hours=1)


@pytest.fixture
def server() -> Iterator[Ircd]:
    if not ircd.available("ngircd"):
        pytest.skip("ngircd is not installed: tools/system-packages installs it")
    with ircd.running("ngircd", fast=True) as started:
        yield started


def write(bot: Installation, **dues: float) -> None:
    """Write the folder's dates, each with the seconds until its last reminder."""
    tables = [
        f'[[deadline]]\nslug = "{slug}"\ntitle = "{slug}"\n'
        f"at = {(soon(seconds) + HOUR).isoformat()}\n"
        for slug, seconds in dues.items()
    ]
    (bot.folder / "season" / "timeline.toml").write_text("\n".join(tables))


def test_what_a_moved_date_would_have_said_before_is_not_said_as_late(
    server: Ircd, tmp_path: Path
) -> None:
    with installed(tmp_path, server.port) as bot, Client(server, "ana") as observer:
        observer.join(CHANNEL)
        write(bot, alpha=10_000, beta=10_000)
        bot.start()
        observer.wait("JOIN", 20)
        write(bot, alpha=-600, beta=4)
        bot.hang_up()
        bot.wait_for_log("read again: ")

        said = [observer.wait("NOTICE", 20).text.split()[0]]
        said += [line.text for line in observer.lines_for(1.2) if line.command == "NOTICE"]
        bot.wait_for_state("beta", "sent")

        assert said == ["Beta"]
        assert bot.states() == {"alpha": "skipped", "beta": "sent"}
        assert bot.sql("SELECT slug, sequence FROM deadline ORDER BY slug") == [
            ("alpha", 1),
            ("beta", 1),
        ]
