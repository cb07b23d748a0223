"""gsocbot links: which links are dead, and asking for all of them at once."""

import argparse
import asyncio
from collections.abc import Callable
from typing import TypeVar

from gsocbot import app
from gsocbot.bot import Bot
from gsocbot.cli import choosing
from gsocbot.config import Config, load
from gsocbot.render.words import plural
from gsocbot.rules.links import why
from gsocbot.store import links as kept
from gsocbot.store.store import Store

T = TypeVar("T")


def links(arguments: argparse.Namespace) -> int:
    """Show what is known of all links; exit status 1 if any is dead."""
    config = load(arguments.config)
    store, bot, _ = app.open_bot(config, app.clock())
    try:
        if arguments.now:
            _ask(config, store, bot)
        dead = sum(_show(store, bot, s) for s in choosing.seasons(config, arguments.season))
    finally:
        store.close()
    return 1 if dead else 0


def _ask(config: Config, store: Store, bot: Bot) -> None:
    with store.transaction(writing=True) as books:
        for season in config.season:
            kept.hasten(books, season, bot.links.of(books, season), app.clock())
    asyncio.run(app.ask_links(config, bot, _here))


async def _here(call: Callable[[], T]) -> T:
    return call()


def _show(store: Store, bot: Bot, season: str) -> int:
    """Print a season's links that are wrong; says how many are dead."""
    with store.transaction(writing=False) as books:
        found = bot.links.of(books, season)
        known = kept.states(books, season)
    dead = sum(known[link.url].is_dead for link in found if link.url in known)
    asked = sum(link.url in known for link in found)
    print(f"{season}: {plural(len(found), 'link')}, {asked} asked for, {dead} dead")
    for link in found:
        state = known.get(link.url)
        if state is not None and state.fault:
            where = ", ".join(owner.name for owner in link.owners)
            word = "dead" if state.is_dead else "not asked for" if state.is_unasked else "failed"
            print(f"{season}: {word}: {link.url}: {why(state, app.clock())} ({where})")
    return dead
