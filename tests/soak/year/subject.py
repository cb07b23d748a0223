"""The bot in a process of its own, whose clock, network and people are handed in over a pipe.

Bot, store and delivery are the real ones; the pipe stands for the socket. What it is told:

    ("there", {account: nick}, [rooms])   who is there, and which channels the bot is in
    ("hear", Heard)                       somebody says a line
    ("tick", now), ("deliver", now, cut)  time passes; `cut` is ("write" or "confirm", number)

and what it tells: ("said", target, text) as it writes a line, ("ping",) before it waits for the
answer of the server, ("cut",) when the connection ends there, ("done", answers) at the end of each.
"""

import asyncio
import os
import secrets
import zoneinfo
from datetime import datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NoReturn

from gsocbot.app import open_bot
from gsocbot.app.state import instance
from gsocbot.commands.ask import Outside
from gsocbot.config import (
    Bot,
    Channel,
    ChannelRole,
    Config,
    Limits,
    Network,
    SeasonConfig,
    Site,
    StoreUrl,
)
from gsocbot.delivery import Delivery
from gsocbot.render.templates import IrcTemplates
from gsocbot.shipped import shipped
from gsocbot.store.thread import DatabaseThread
from gsocbot.talk import Gone, Recalled, Say
from tests.soak.year.wrong import Wrong

NETWORK, PUBLIC, INSIDE = "test", "#gsoc", "#gsoc-org"
ORGANISER = "o"
"""The accounts of organisers begin so; they alone are in the inner channel."""
Cut = tuple[str, int] | None


def config(folder: Path) -> Config:
    """One season on one network, with a store in a file."""
    channels = {
        PUBLIC: Channel(season="test"),
        INSIDE: Channel(season="test", role=ChannelRole.ORGANISERS),
    }
    return Config(
        bot=Bot(state_dir=folder / "state"),
        store=StoreUrl(url=f"sqlite:///{folder / 'gsocbot.db'}"),
        site=Site(base_url="https://gsoc.example.org/"),
        limits=Limits(commands_per_minute=0),
        season={"test": SeasonConfig(folder=folder / "season")},
        network={NETWORK: Network(host="127.0.0.1", tls=False, channels=channels)},
    )


class Pipe:
    """The network: what is written goes into the pipe."""

    name = NETWORK

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._there: dict[str, str] = {}
        self._rooms: list[str] = []
        self._lines = 0
        self._cut: Cut = None

    def see(self, there: dict[str, str], rooms: list[str]) -> None:
        """Who is there now, and where the bot is."""
        self._there, self._rooms = there, rooms

    def expect(self, cut: Cut) -> None:
        """Where the connection ends while the next lines are said."""
        self._cut, self._lines = cut, 0

    def channels(self) -> list[str]:
        """Where the bot is."""
        return list(self._rooms)

    def people(self, channel: str | None = None) -> dict[str, str]:
        """Who shares a channel with the bot, or is in one."""
        rooms = [channel] if channel else self._rooms
        return {
            f"@{account}": nick
            for account, nick in self._there.items()
            if PUBLIC in rooms or (INSIDE in rooms and account.startswith(ORGANISER))
        }

    async def write(self, say: Say) -> None:
        """Hand a line over."""
        self._lines += 1
        if self._cut == ("write", self._lines):
            self._end()
        self._pipe.send(("said", say.target, say.text))

    async def confirm(self, say: Say) -> str | None:
        """Wait until it has been worked on."""
        if self._cut == ("confirm", self._lines):
            self._end()
        self._pipe.send(("ping",))
        self._pipe.recv()
        return None

    def remembers(self, channel: str) -> bool:
        """Nothing that is said can be asked for later."""
        return False

    async def recall(self, channel: str, since: datetime) -> Recalled:
        """What the bot has said there: this network does not tell."""
        raise NotImplementedError

    def _end(self) -> NoReturn:
        self._cut, self._rooms = None, []
        self._pipe.send(("cut",))
        raise Gone("cut")


def main(
    pipe: Connection, folder: Path, now: datetime, fault: str = "", zones: Path | None = None
) -> None:
    """Do what is told, until the pipe ends or the process is killed.

    With `zones` the files of time zones in that folder come before all others.
    """
    if zones is not None:
        os.environ["PYTHONTZPATH"] = str(zones)
        zoneinfo.reset_tzpath()
        zoneinfo.ZoneInfo.clear_cache()
    asyncio.run(_live(pipe, folder, now, Wrong(fault)))


async def _live(pipe: Connection, folder: Path, now: datetime, wrong: Wrong) -> None:
    network = Pipe(pipe)
    settings = config(folder)
    store, bot, _ = open_bot(settings, now, outside=Outside(here=lambda _: network.people()))
    wrong.begin(store)
    thread = DatabaseThread(asyncio.get_running_loop())
    boot = f"{instance(settings.bot.state_dir)}-{os.getpid()}-{secrets.token_hex(4)}"
    delivery = Delivery(store, thread.run, IrcTemplates(shipped("templates")), network, boot)
    pipe.send(("done", []))
    while True:
        try:
            what, *values = pipe.recv()
        except EOFError:
            return
        answers: list[tuple[str, str]] = []
        match what:
            case "there":
                network.see(*values)
            case "tick":
                at = values[0]
                await thread.run(lambda at=at: bot.tick(at))
            case "deliver":
                at, cut = values
                network.expect(cut)
                while await delivery.deliver(wrong.clock(store, at)):
                    pass
            case "hear":
                heard = values[0]
                hear = lambda h=heard: bot.hear(h) if bot.take(h) else []  # noqa: E731
                answers = [(say.target, say.text) for say in await thread.run(hear)]
        pipe.send(("done", answers))
