"""The demo put together: its own IRC server, the bot, the pages, and a chat or none."""

import asyncio
import secrets
import signal
from collections.abc import Callable
from pathlib import Path

from gsocbot import app
from gsocbot.config import (
    Bot,
    Channel,
    Config,
    Limits,
    Links,
    Network,
    SeasonConfig,
    Site,
    StoreUrl,
)
from gsocbot.demo.season import near
from gsocbot.demo.server import Server
from gsocbot.demo.web import Web
from gsocbot.importers.faq import Faqs
from gsocbot.importers.season import read_season
from gsocbot.rules.roles import Role
from gsocbot.rules.seasons import SeasonFolder
from gsocbot.shipped import EXAMPLE_SEASON, shipped
from gsocbot.store import roles
from gsocbot.store.books import Deed
from gsocbot.store.store import Store

HOST = "127.0.0.1"
CHANNEL = "#gsoc"
NETWORK = "demo"
PEOPLE = {
    "mentor1": Role.MENTOR,
    "mentor2": Role.MENTOR,
    "mentor3": Role.MENTOR,
    "organiser1": Role.ORGANISER,
}
HINTS = (
    "You are a student in #gsoc. Try: !ideas · !ideas rust · !idea 3 · !due · !office",
    "In private: /msg gsocbot checklist. Become a mentor with /nick mentor1, then !office start",
)


async def demonstrate(
    folder: Path,
    port: int,
    web_port: int,
    tell: Callable[[str], None],
    *,
    with_chat: bool,
) -> None:
    """Run the demo in a folder until its chat is left, or SIGTERM or SIGINT.

    Raises OSError when a port is taken.
    """
    now = app.clock()
    web = Web(folder / "public", web_port)
    server = Server(app.clock)
    try:
        irc_port = await server.start(HOST, port)
    except OSError:
        web.stop()
        raise
    base = f"http://{HOST}:{web.port}/"
    config = _config(folder, irc_port, base)
    season = near(_example(), now)
    _prepare(config, season)
    running = app.App(config, lambda _key, _config: season)
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        loop.add_signal_handler(number, stopped.set)
    web.start()
    bot = asyncio.create_task(running.run())
    try:
        tell(f"IRC:   {HOST}:{irc_port} (plain text), channel {CHANNEL}; your nick is your account")
        tell(f"Pages: {base}{EXAMPLE_SEASON}/")
        ending = asyncio.create_task(stopped.wait())
        waiting: list[asyncio.Task[object]] = [ending, bot]
        if with_chat:
            from gsocbot.demo.chat import chat  # noqa: PLC0415 - 60 ms that only a chat needs

            await running.joined(NETWORK)
            waiting.append(asyncio.create_task(chat(HOST, irc_port, CHANNEL, HINTS)))
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        for task in waiting:
            if task is not bot and not task.done():
                task.cancel()
        await asyncio.gather(*(t for t in waiting if t is not bot), return_exceptions=True)
    finally:
        running.stop()
        await bot
        await server.stop()
        web.stop()


def _example() -> SeasonFolder:
    folder = shipped(f"ideas/{EXAMPLE_SEASON}")
    return read_season(EXAMPLE_SEASON, folder, shipped("templates"))


def _config(folder: Path, port: int, base_url: str) -> Config:
    return Config(
        bot=Bot(state_dir=folder / "state", log_level="warning"),
        store=StoreUrl(url=f"sqlite:///{folder / 'gsocbot.db'}"),
        site=Site(dir=folder / "public", base_url=base_url),
        limits=Limits(burst=20, seconds_per_line=0.1, commands_per_minute=60),
        links=Links(check=False),
        season={EXAMPLE_SEASON: SeasonConfig(folder=folder / "season")},
        network={
            NETWORK: Network(
                host=HOST,
                port=port,
                tls=False,
                reconnect_delay=1,
                channels={CHANNEL: Channel(season=EXAMPLE_SEASON)},
            )
        },
    )


def _prepare(config: Config, season: SeasonFolder) -> None:
    """Give the demo's people their roles before anybody can speak, and build the pages."""
    now = app.clock()
    store = Store(config.store.url)
    store.ready(now)
    app.keep_seasons(store, {season.key: season}, now)
    with store.transaction(writing=True) as books:
        for account, role in PEOPLE.items():
            deed = Deed(secrets.token_hex(8), now, season.key, NETWORK, "(demo)", "demo", "demo")
            roles.grant(books, deed, season.key, NETWORK, account, role)
    # The pages too: their address is printed before the bot has built them.
    faq = Faqs({season.key: season.faq}, shipped("templates") / "faq")
    lists = {season.key: season.checklists}
    app.build_site(config, app.look(config, store, faq, lists, now), now)
    store.close()
