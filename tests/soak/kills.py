"""kill -9 at random while people write and reminders fall due, on a real server: nothing is lost.

What a bot has acknowledged is in its store, and what falls due is said once.
"""

import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, redirect_stdout
from functools import partial
from io import StringIO
from pathlib import Path

from gsocbot.cli import main
from gsocbot.store import schema
from gsocbot.store.engine import open_engine
from tests.bench.measures import Figure
from tests.faults.process import Installation, installed
from tests.servers import ircd, postgres
from tests.servers.ircd import Ircd
from tests.soak.outcomes import Outcome, figures
from tests.soak.remains import in_database, in_file, is_idle
from tests.soak.storms import ACCOUNTS, Storm, Tick
from tests.soak.writers import PASSWORD

KIND = "inspircd+atheme"
BOTS = 4
"""So many are killed side by side; each has people and a channel of its own."""
LONGEST = 5.0
"""Seconds in the channel until the kill, at most."""
LIMITS = "commands_per_minute = 0\n[links]\ncheck = false"


def available() -> bool:
    """Whether the server that this needs is installed."""
    return ircd.available(KIND)


def kills(count: int, tick: Tick, bots: int = BOTS, longest: float = LONGEST) -> list[Figure]:
    """Kill bots so often in all, after `longest` seconds at most, and judge what is left."""
    with ExitStack() as stack:
        server, folder = _ground(stack)
        storms = []
        for number in range(bots):
            bot = _bot(stack, server, folder, f"bot{number}", f"#kills{number}")
            storms.append(Storm(server, [bot], partial(in_file, bot.folder), longest))
        return figures(_ran(storms, count, tick))


def kills_on_postgres(
    count: int, tick: Tick, pairs: int = BOTS // 2, longest: float = LONGEST
) -> list[Figure]:
    """The same with two bots on one PostgreSQL: one is there and killed, the other one comes."""
    with ExitStack() as stack:
        database = stack.enter_context(postgres.running())
        server, folder = _ground(stack)
        storms = []
        for number in range(pairs):
            url, channel = postgres.fresh_database(database), f"#pairs{number}"
            engine = open_engine(url)
            schema.upgrade(engine)
            engine.dispose()
            first = _bot(stack, server, folder, f"one{number}", channel, store=url)
            second = _bot(stack, server, folder, f"two{number}", channel, store=url, twin=first)
            pair = [first, second]
            look, idle = partial(in_database, url, pair), partial(is_idle, url)
            storms.append(Storm(server, pair, look, longest, idle))
        return figures(_ran(storms, count, tick))


def _ground(stack: ExitStack) -> tuple[Ircd, Path]:
    """A server with accounts, and a folder for bots."""
    server = stack.enter_context(ircd.running(KIND, fast=True))
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="gsocbot-kills-"))
    with ThreadPoolExecutor(len(ACCOUNTS)) as pool:  # it lets people in once a second
        list(pool.map(lambda account: server.register(account, PASSWORD), ACCOUNTS))
    return server, Path(folder)


def _bot(
    stack: ExitStack,
    server: Ircd,
    folder: Path,
    nick: str,
    channel: str,
    *,
    store: str = "",
    twin: Installation | None = None,
) -> Installation:
    """A bot with which everybody may do everything, as often as they like."""
    settings: dict[str, object] = {"nick": nick, "channels": (channel,), "limits": LIMITS}
    if store:
        settings["store"] = f"{store}&application_name={nick}"
    bot = stack.enter_context(installed(folder / nick, server.port, twin=twin, **settings))
    config = str(bot.folder / "gsocbot.toml")
    with redirect_stdout(StringIO()):
        for account in ACCOUNTS if twin is None else ():
            for role in ("mentor", "organiser"):
                assert main(["role", "add", account, role, "--config", config]) == 0
    return bot


def _ran(storms: list[Storm], count: int, tick: Tick) -> list[Outcome]:
    shares = [count // len(storms) + (n < count % len(storms)) for n in range(len(storms))]
    with ThreadPoolExecutor(len(storms)) as pool:
        return list(pool.map(lambda storm, share: storm.run(share, tick), storms, shares))
