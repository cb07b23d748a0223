"""People are forgotten while others write and the bot is killed: no byte of them is left.

They are in every table, in pages, feeds and minutes; afterwards an older backup is restored.
"""

import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, redirect_stdout, suppress
from datetime import timedelta
from io import StringIO
from pathlib import Path

from gsocbot.app.erasures import Record
from gsocbot.cli import main
from gsocbot.store import copying, integrity
from gsocbot.store.private import erasing
from gsocbot.store.store import Store
from gsocbot.store.tables import Line, OfficeSession
from tests.bench.bots import Broken
from tests.bench.measures import Figure
from tests.faults.process import Installation, installed, now
from tests.faults.watching import UNLIMITED, Watching, watching
from tests.irc.scripted import Scripted
from tests.planted import dump, plant

NETWORK, SEASON, BOT = "test", "test", "gsocbot"
WORD = "winter"
"""The account of one of them: a word that ideas have, of which nothing else here speaks."""
OTHERS = ("zkofi", "zana", "zboss")
LIVES = (0.5, 4.0)
"""Seconds that a bot has from its first line to the kill."""
WITHIN = 60.0
LAST = 2
"""So many are forgotten by a bot that has built its pages and is not killed."""
MOVING = frozenset(
    {"export", "outbox", "audit", "erasure", "reminder", "queueplace", "actionitem", "question"}
    | {"poll", "ballotbox", "ballot", "checkin"}
)
"""Tables in which the bot itself moves what falls due, or ends."""
Tick = Callable[[int], object]


def forgetting(people: int, kills: int, tick: Tick) -> list[Figure]:
    """Have so many people forgotten while the bot is killed so often, and judge what is left."""
    with tempfile.TemporaryDirectory(prefix="gsocbot-forget-") as place, Scripted() as server:
        folder = Path(place)
        with installed(folder, server.port, limits=f"{UNLIMITED}\n[links]\ncheck = false") as bot:
            return _forgotten(bot, server, folder / "backup.db", people, kills, tick)


def _forgotten(
    bot: Installation, server: Scripted, backup: Path, people: int, kills: int, tick: Tick
) -> list[Figure]:
    names = [f"zq{number}person" for number in range(people - 1)] + [WORD]
    _plant(bot, names)
    with redirect_stdout(StringIO()):  # they stand on pages
        assert main(["site", "build", "--config", str(bot.folder / "gsocbot.toml")]) == 0
    planted = hits(bot.folder, names)
    copying.copy_sqlite(bot.folder / "gsocbot.db", backup)
    before = _others(bot)
    left, last = names[:-LAST], names[-LAST:]
    for _ in range(kills):
        with watching(server, bot) as rig:
            _speak(rig, left, time.monotonic() + random.uniform(*LIVES), tick)
            bot.kill()
    pages = (bot.folder / "public").stat().st_ino
    with watching(server, bot) as rig:
        # Of office hours it knows then that their pages stand.
        _wait(lambda: (bot.folder / "public").stat().st_ino != pages, bot)
        _speak(rig, left + last, None, tick)
        seconds = _swept(bot, time.monotonic())
        bot.kill()
    found = hits(bot.folder, names)
    changed = sum((before - _others(bot)).values())
    damages = integrity.damages(bot.folder / "gsocbot.db")
    with redirect_stdout(StringIO()):
        assert (
            main(["db", "restore", str(backup), "--config", str(bot.folder / "gsocbot.toml")]) == 0
        )
    again = time.monotonic()
    with watching(server, bot):
        after = _swept(bot, again)
    bot.kill()
    return [
        Figure("people to forget, in every table", people, ""),
        Figure("... files and bytes that had them", sum(planted.values()), "", least=people),
        Figure("kills meanwhile", kills, ""),
        Figure("nothing left in files after", seconds, "s", most=WITHIN),
        Figure("... hits in store, log of it, pages, logs", sum(found.values()), "", most=0),
        Figure("... rows of others that changed", changed, "", most=0),
        Figure("... damages of the store", len(damages), "", most=0),
        Figure("older backup: nothing left after", after, "s", most=WITHIN),
        Figure("... hits", sum(hits(bot.folder, names).values()), "", most=0),
    ]


def hits(folder: Path, names: list[str]) -> Counter[str]:
    """How often somebody is in the bytes of each file: the store, pages, logs and state."""
    found: Counter[str] = Counter()
    for file in sorted(folder.rglob("*")):
        if not file.is_file() or file.name == "gsocbot.toml":
            continue
        with suppress(FileNotFoundError):  # a build has replaced it
            raw = file.read_bytes().lower()
            found[str(file.relative_to(folder))] += sum(
                raw.count(form) for name in names for form in _forms(name)
            )
    return +found


def _forms(name: str) -> Iterator[bytes]:
    for one in (name, _nick(name)):
        yield one.encode()
        yield f"{one[0]}·{one[1:]}".encode()
        yield f"{one[0]}\\u00b7{one[1:]}".encode()


def _nick(name: str) -> str:
    return "zqword" if name == WORD else name.replace("person", "nick")


def _plant(bot: Installation, names: list[str]) -> None:
    url = f"sqlite:///{bot.folder}/gsocbot.db"
    with closing(Store(url)) as store:
        for number, name in enumerate([*names, *OTHERS], 1):
            with store.transaction(writing=True) as books:
                nick = _nick(name)
                at = now() - timedelta(days=1)
                about = f"{name}: hello! cc @{name}" if name == WORD else ""
                plant(books, SEASON, name, number, nick=nick, network=NETWORK, at=at, about=about)

    with closing(Store(url)) as store, store.transaction(writing=True) as books:
        held = books.every(OfficeSession, chair=OTHERS[0])[0]
        said = f"#info {', '.join(f'@{name}' for name in names)}: thanks, {_nick(names[0])}"
        line = Line(
            session=held.id, season=SEASON, at=held.started_at, nick=OTHERS[0],
            account=OTHERS[0], text=said,
        )  # fmt: skip
        books.session.add(line)  # of all that the session shows only this names them


def _others(bot: Installation) -> Counter[tuple[str, str]]:
    """The rows that name nobody who is to be forgotten."""
    url = f"sqlite:///{bot.folder}/gsocbot.db"
    with closing(Store(url)) as store, store.transaction(writing=False) as books:
        found = dump(books)
    return Counter(
        (table, row)
        for table, rows in found.items()
        if table not in MOVING
        for row in rows
        if "zq" not in row and "z·q" not in row and WORD not in row
    )


def _speak(rig: Watching, left: list[str], end: float | None, tick: Tick) -> None:
    """Let people ask to be forgotten, one after the other, while others write."""
    deadline = end if end is not None else time.monotonic() + WITHIN
    number = 0
    while time.monotonic() < deadline and left:
        number += 1
        other = OTHERS[number % len(OTHERS)]
        rig.says(f"!remind me tomorrow 9 thing {number}", other, BOT)
        rig.says(f"!ask what is thing {number} of {other} for?", other)
        name = left[0]
        since = rig.says("!me forget", name, BOT)
        if not _heard(rig, name, "This removes", since, deadline):
            return
        since = rig.says("!yes", name, BOT)
        if not _heard(rig, name, "You are forgotten", since, deadline):
            return
        left.pop(0)
        tick(1)
    if end is None and left:
        raise Broken(f"{len(left)} are not forgotten: {rig.lines[-5:]}")


def _heard(rig: Watching, name: str, begins: str, since: float, deadline: float) -> bool:
    while time.monotonic() < deadline:
        lines = [line for at, line in list(rig.lines) if at >= since]
        if any(line.startswith(f"PRIVMSG {name} :{begins}") for line in lines):
            return True
        time.sleep(0.005)
    return False


def _swept(bot: Installation, since: float) -> float:
    """Wait until a bot has swept up after everybody; the seconds since then."""

    def is_swept() -> bool:
        known, swept = Record(bot.folder / "state").read()
        url = f"sqlite:///{bot.folder}/gsocbot.db"
        with closing(Store(url)) as store, store.transaction(writing=False) as books:
            there = erasing.digests(books).keys()
        return bool(there) and known <= there and there <= swept

    _wait(is_swept, bot)
    return time.monotonic() - since


def _wait(until: Callable[[], bool], bot: Installation) -> None:
    deadline = time.monotonic() + WITHIN
    while not until():
        if time.monotonic() > deadline:
            raise Broken(f"not within {WITHIN:.0f} s; its log ends with:\n{bot.log()[-3000:]}")
        time.sleep(0.05)


__all__ = ["forgetting", "hits"]
