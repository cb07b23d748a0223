"""gsocbot links: what is known of the links, as a monitoring program reads it."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta

from gsocbot.rules.links import Outcome, Verdict
from gsocbot.store import links
from gsocbot.store.store import Store
from tests.cli.conftest import Place

LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
TIMELINE = "https://example.org/timeline"
CONFIG = '[site]\nbase_url = "https://gsoc.example.org/"\n[season.test]\nfolder = "season"\n'


def test_dead_links_make_the_exit_status_1(place: Place) -> None:
    (place.folder / "gsocbot.toml").write_text(CONFIG)
    first = place.run("links")
    store = Store(f"sqlite:///{place.folder}/gsocbot.db")
    with store.transaction(writing=True) as books:
        found = links.of_season(books, "test", "")
        for days in (0, 1):
            verdict = Verdict(TIMELINE, Outcome.FAILED, "404")
            links.keep(books, "test", found, [verdict], LONG_AGO + timedelta(days=days))
    store.close()
    second = place.run("links")

    assert first.status == 0
    assert first.out.endswith(" links, 0 asked for, 0 dead\n")
    assert second.status == 1
    assert second.lines[0].endswith(" links, 1 asked for, 1 dead")
    assert second.lines[1].startswith(f"test: dead: {TIMELINE}: 404 since 1 Jan (deadline ")


def test_a_bot_at_rest_has_no_http_in_it() -> None:
    code = "import sys, gsocbot.app; sys.exit('aiohttp' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
