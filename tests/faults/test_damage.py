"""A store that is damaged: found before the bot begins, or at the first touch; never written to."""

import asyncio
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import text

from gsocbot import app
from gsocbot.app.watch import CANNOT, DAMAGED, StoreWatch
from gsocbot.app.whole import check_whole
from gsocbot.config import Config, load
from gsocbot.rules.roles import Role
from gsocbot.store import roles
from gsocbot.store.away import Away, StoreAway
from gsocbot.store.engine import StoreError
from gsocbot.store.store import Store
from gsocbot.store.thread import DatabaseThread
from tests.conversation import SEASON
from tests.faults.disks import read_only, small_disk
from tests.faults.process import CHANNEL, PATIENCE, Installation, installed, now
from tests.faults.watching import ORGANISERS, ROLE, watching
from tests.irc.running import wait_until
from tests.irc.scripted import Scripted

DAMAGES = 70
"""Of each kind."""
PAGE = 4096
SIDES = ("", "-wal", "-shm")
RESTORE = "restore a backup: gsocbot db restore FILE"
MILK = "!remind me 2027-01-01 10:00 milk"
NOTED_NOWHERE_ELSE = frozenset({"audit", "outbox"})
"""Tables of which no second copy is kept: a letter that was flipped in them cannot be told."""

Hurt = Callable[[random.Random, Path], None]


def flip(chance: random.Random, file: Path) -> None:
    """1 to 64 bytes are others."""
    raw = bytearray(file.read_bytes())
    for _ in range(chance.randint(1, 64)):
        raw[chance.randrange(len(raw))] ^= chance.randint(1, 255)
    file.write_bytes(raw)


def cut(chance: random.Random, file: Path) -> None:
    """The end is missing."""
    with file.open("r+b") as raw:
        raw.truncate(chance.randrange(1, file.stat().st_size))


def zero(chance: random.Random, file: Path) -> None:
    """A page is empty, most often the first."""
    page = chance.choice((0, chance.randrange(file.stat().st_size // PAGE)))
    with file.open("r+b") as raw:
        raw.seek(page * PAGE)
        raw.write(b"\0" * PAGE)


def rows(file: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that a store holds."""
    with closing(sqlite3.connect(file)) as raw:
        found = raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {name: sorted(raw.execute(f'SELECT * FROM "{name}"'), key=repr) for (name,) in found}


@dataclass
class Place:
    """A folder with a config, and a store that a process has left behind without closing it."""

    folder: Path
    config: Config
    store: Path
    kept: Path

    def again(self) -> None:
        """Put back the store as it was left."""
        for side in SIDES:
            old, new = Path(f"{self.kept}{side}"), Path(f"{self.store}{side}")
            new.unlink(missing_ok=True)
            if old.exists():
                shutil.copy(old, new)

    def bytes(self) -> dict[str, bytes]:
        """The files of the store, but for the one that only its users share."""
        files = {side: Path(f"{self.store}{side}") for side in SIDES[:2]}
        read = {side: file.read_bytes() for side, file in files.items() if file.exists()}
        return {side: content for side, content in read.items() if content}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    folder = tmp_path_factory.mktemp("damaged")
    shutil.copytree(SEASON, folder / "season")
    (folder / "gsocbot.toml").write_text(
        f'[bot]\nstate_dir = "{folder}/state"\n[store]\nurl = "sqlite:///{folder}/gsocbot.db"\n'
        f'[season.test]\nfolder = "{folder}/season"\n'
        '[network.net]\nhost = "127.0.0.1"\ntls = false\n'
        '[network.net.channels."#gsoc"]\nseason = "test"\n'
    )
    config = load(folder / "gsocbot.toml")
    app.open_bot(config, now())[0].close()
    store, _, _ = app.open_bot(config, now())
    with store.transaction(writing=True) as books:  # that is in the log beside the file alone
        deed = app.deed_of_shell(now(), "test", "a role")
        roles.grant(books, deed, "test", "net", "mira", Role.ORGANISER)
    kept = folder / "kept.db"
    for side in SIDES:
        shutil.copy(f"{folder}/gsocbot.db{side}", f"{kept}{side}")
    store.close()
    return Place(folder, config, folder / "gsocbot.db", kept)


@pytest.mark.parametrize("hurt", [flip, cut, zero])
def test_damage_is_found_before_the_bot_begins_or_is_in_no_row_that_people_read(
    place: Place, hurt: Hurt
) -> None:
    place.again()
    whole = rows(place.store)
    place.again()
    for side in SIDES[1:]:
        Path(f"{place.store}{side}").unlink()
    before_the_last = rows(place.store)
    assert whole != before_the_last
    chance, found = random.Random(5), 0
    for number in range(DAMAGES):
        place.again()
        files = [place.store, Path(f"{place.store}-wal")]
        if number % 4 == 0:
            files.pop().unlink()
        hurt(chance, chance.choice(files))
        before = place.bytes()
        try:
            check_whole(place.config)
        except StoreError as refusal:
            found += 1
            said = str(refusal)
        else:
            said = ""
        assert place.bytes() == before
        if said:
            assert RESTORE in said or "no store of gsocbot" in said
            continue
        held = rows(place.store)
        others = [
            {n for n in whole if held[n] != then[n]} - NOTED_NOWHERE_ELSE
            for then in (whole, before_the_last)
        ]
        assert set() in others, f"damage {number} was not seen: {others}"
    assert found > DAMAGES // 4


def test_nothing_is_written_into_a_store_that_was_found_damaged_but_it_can_be_read() -> None:
    store = Store("sqlite://")
    error = sqlite3.DatabaseError("database disk image is malformed")
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    with pytest.raises(sqlite3.DatabaseError), store.transaction(writing=False):
        raise error

    with store.transaction(writing=False) as books:
        assert books.rows(text("SELECT 1")).scalar() == 1
    with pytest.raises(StoreAway), store.transaction(writing=True):
        pass
    store.close()


# --- as a process


@pytest.fixture
def server() -> Iterator[Scripted]:
    with Scripted() as listening:
        yield listening


@pytest.fixture
def bot(server: Scripted, tmp_path: Path) -> Iterator[Installation]:
    with installed(tmp_path, server.port) as installation:
        installation.configure((CHANNEL,), ROLE)
        yield installation


def refusal(bot: Installation) -> str:
    """What the bot says when it does not begin, in one line."""
    bot.start()
    assert bot.running.wait(PATIENCE) == 2
    [line] = bot.log().splitlines()
    return line


@pytest.mark.parametrize(
    ("content", "why"),
    [
        pytest.param(b"\0" * PAGE, "file is not a database", id="first page"),
        pytest.param(b"Dear diary,\n" * 500, "file is not a database", id="text"),
        pytest.param(b"", "it is empty, and was not before", id="empty"),
    ],
)
def test_a_bot_does_not_begin_on_a_damaged_store_and_leaves_it_alone(
    bot: Installation, server: Scripted, content: bytes, why: str
) -> None:
    with watching(server, bot):
        bot.terminate()
    (bot.folder / "log").unlink()
    store = bot.folder / "gsocbot.db"
    store.write_bytes(content + store.read_bytes()[len(content) :] if content else b"")
    before = store.read_bytes()

    assert refusal(bot) == f"gsocbot: {store}: {why}; {RESTORE}"
    assert store.read_bytes() == before


def test_a_bot_does_not_begin_on_another_programs_store(bot: Installation) -> None:
    store = bot.folder / "gsocbot.db"
    store.unlink()
    with closing(sqlite3.connect(store)) as raw:
        raw.execute("CREATE TABLE idea (name TEXT)")
    before = store.read_bytes()

    assert refusal(bot) == f"gsocbot: {store}: this is no store of gsocbot"
    assert store.read_bytes() == before


def test_a_bot_does_not_begin_on_a_disk_that_is_read_only(server: Scripted, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk"), installed(tmp_path / "disk", server.port) as bot:
        read_only(tmp_path / "disk")
        command = [sys.executable, "-m", "gsocbot", "run"]
        done = subprocess.run(command, cwd=bot.folder, capture_output=True, timeout=PATIENCE)

    assert done.returncode == 2
    [line] = done.stderr.decode().splitlines()
    assert line.endswith("Read-only file system")


def test_damage_that_is_met_while_the_bot_runs_is_said_and_nothing_is_written_on_top_of_it(
    bot: Installation, server: Scripted
) -> None:
    store = bot.folder / "gsocbot.db"
    with watching(server, bot) as rig:
        assert rig.asks(MILK)[1].startswith("reminder 1: ")
        with closing(sqlite3.connect(store, isolation_level=None)) as other:
            # So that the bot reads the file again.
            other.execute("PRAGMA user_version = 1")
            other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            with store.open("r+b") as raw:
                raw.seek(PAGE)
                raw.write(b"\x5a" * (store.stat().st_size - PAGE))
            damaged = store.read_bytes()
            seconds, text = rig.asks(MILK)
            wait_until(lambda: rig.notices(ORGANISERS) == [DAMAGED])

            assert text.startswith("cannot save that just now: my store is damaged. Nothing ch")
            assert seconds < 1
            begin = "cannot look that up just now: my store is damaged. "
            assert rig.asks("!due", "kofi")[1] == f"{begin}Whoever runs me must restore it."
            assert rig.longest < 1
        bot.terminate()
    assert store.read_bytes() == damaged
    assert bot.log().count("Traceback") == 0
    (bot.folder / "log").unlink()
    assert refusal(bot).endswith(RESTORE)


def test_that_a_failing_disk_has_damaged_the_store_is_news(tmp_path: Path) -> None:
    told: list[str] = []

    async def fails() -> None:
        loop = asyncio.get_running_loop()
        store, thread = Store(f"sqlite:///{tmp_path}/gsocbot.db"), DatabaseThread(loop)
        store.ready(now())
        watch = StoreWatch(store, thread, told.append, loop.time)
        for code in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_CORRUPT):
            error = sqlite3.OperationalError("of the disk")
            error.sqlite_errorcode = code
            store.health.notice(error)
            watch._trying = True  # nobody finds out meanwhile that it works again
            await watch.look()
        thread.close()
        store.close()

    asyncio.run(fails())
    assert told == [CANNOT.format(Away.GONE), DAMAGED]
