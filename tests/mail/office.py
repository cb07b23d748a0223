"""The bot with mail, without a network: its store, its clock, and a real server for the mail."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import select
from sqlmodel import col

from gsocbot import app
from gsocbot.bot import Bot
from gsocbot.config import Channel, ChannelRole, Config, Mail, MailTls, Network, SeasonConfig, Site
from gsocbot.config import SeasonMail as Wanted
from gsocbot.delivery import rendered
from gsocbot.importers.season import read_season
from gsocbot.mail import Post
from gsocbot.mail.sending import Times
from gsocbot.render.letters import MailTemplates
from gsocbot.render.templates import IrcTemplates
from gsocbot.rules.roles import Role
from gsocbot.rules.seasons import SeasonFolder
from gsocbot.shipped import shipped
from gsocbot.store import outbox, roles, schema
from gsocbot.store.store import Store
from gsocbot.store.tables import Outbox
from gsocbot.talk import Heard
from tests.servers.smtp import Smtp

T = TypeVar("T")
SMALL = Path(__file__).parent.parent / "ideas"
NETWORK, CHANNEL, ORGANISERS = "test", "#gsoc", "#gsoc-org"
ODILE, TOMAS = "odile@example.org", "tomas@example.org"
SHORT = Times(answer=0.5, until_text=2, text=0.5)


async def here(call: Callable[[], T]) -> T:
    """Run a call of the database thread in this one."""
    return call()


@dataclass
class Office:
    """A bot, and the part of it that sends mail."""

    store: Store
    bot: Bot
    post: Post
    now: datetime

    def goes_on(self, until: datetime, step: timedelta) -> None:
        """Let time pass, as a running bot sees it."""
        while self.now < until:
            self.now += step
            self.bot.tick(self.now)
            asyncio.run(self.post.deliver())

    def at(self, moment: str) -> None:
        """Go to a moment in one step."""
        self.now = datetime.fromisoformat(moment)
        self.bot.tick(self.now)
        asyncio.run(self.post.deliver())

    def hear(self, who: str, text: str, channel: str | None = None) -> list[str]:
        """What the bot answers."""
        heard = Heard(NETWORK, who, who, channel, text, self.now, "gsocbot")
        return [say.text for say in self.bot.hear(heard)]

    def said_on_irc(self) -> list[tuple[str, str]]:
        """What is said on IRC of its own accord by now, and was not said before."""
        templates = IrcTemplates(shipped("templates"))
        with self.store.transaction(writing=True) as books:
            targets = outbox.targets(books, NETWORK, self.now)
            rows = (
                outbox.claim(books, NETWORK, "irc-0-0", self.now, targets, 1000) if targets else []
            )
            return [(row.target, rendered(templates, row, self.now)) for row in rows]

    def rows(self) -> list[tuple[str, str, str]]:
        """Every mail: its day, what became of it, and why."""
        found = (
            select(col(Outbox.payload), col(Outbox.state), col(Outbox.why))
            .where(col(Outbox.topic) == "mail")
            .order_by(col(Outbox.due), col(Outbox.id))
        )
        with self.store.transaction(writing=False) as books:
            return [
                (json.loads(payload)["day"], str(state), why)
                for payload, state, why in books.rows(found)
            ]


def office(
    server: Smtp,
    now: str,
    *,
    to: tuple[str, ...] = (ODILE,),
    at: str = "07:00",
    zone: str = "UTC",
    season: Path = SMALL,
    url: str = "sqlite://",
    boot: str = "office-1-a",
    login: dict[str, Any] | None = None,
    store: Store | None = None,
) -> Office:
    """A bot that sends the mail of a season through a server, on a store of its own or another."""
    mail = Mail(
        host="127.0.0.1",
        port=server.port,
        tls=MailTls.NONE,
        sender="gsocbot@example.org",
        **login or {},
    )
    config = Config(
        site=Site(base_url="https://gsoc.example.org/"),
        mail=mail,
        season={"test": SeasonConfig(folder=season, mail=Wanted(to=to, at=at, zone=zone))},
        network={
            NETWORK: Network(
                host="127.0.0.1",
                tls=False,
                channels={
                    CHANNEL: Channel(season="test"),
                    ORGANISERS: Channel(season="test", role=ChannelRole.ORGANISERS),
                },
            )
        },
    )
    moment = datetime.fromisoformat(now)
    folder = read_season("test", season, shipped("templates"))
    made = store is None
    store = store or Store(url)
    if url.startswith("postgresql"):
        schema.upgrade(store.engine)
    store.ready(moment)
    if made:
        _fill(store, folder, moment)
    base = config.site.base_url
    templates = MailTemplates(shipped("templates"))
    post = Post(store, here, templates, mail, base, boot, lambda: place.now, SHORT)
    place = Office(store, Bot(config, store, {"test": folder}), post, moment)
    return place


def _fill(store: Store, folder: SeasonFolder, moment: datetime) -> None:
    app.keep_seasons(store, {"test": folder}, moment)
    with store.transaction(writing=True) as books:
        deed = app.deed_of_shell(moment, "test", "role add odile")
        roles.grant(books, deed, "test", NETWORK, "odile", Role.ORGANISER)
