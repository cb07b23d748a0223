"""Conversations as tests: what people say is played against the real bot, clock included.

A line of a .talk file means:

    # ...                       what the conversation shows; the first line is its title
    == 2011-04-05 15:00         the clock stands here (UTC) from now on, and one tick happens
    <kofi> !ideas               kofi, logged in to services as kofi, says this in the channel
    <kofi?> !check 3            kofi is not logged in
    kofi -> gsocbot: due        kofi says this in private
    ana -> #gsoc-org: !links    ana says this in the organisers' channel
    <kofi?@host> !due           the network shows this host of kofi; in private likewise
    <ana via bridge> !due       the nick "bridge" passes on what ana says, who is not on IRC
    * kofi asks gsocbot ideas   kofi's /me
    <gsocbot> ...               what the bot must say in the channel, in this order, nothing else
    -gsocbot- ...               a notice of the bot in the channel
    gsocbot -> kofi: ...        what it must say in private, or to another channel
    *** kofi has left           kofi goes from all channels
    *** kofi is back            and comes again
    *** kofi is now kofi_       kofi, with the same account, is called otherwise
    *** gsocbot starts again    the bot is another process, on the same store
    *** the topic is TEXT       so it is in the channel, and the bot may set it
    * gsocbot sets the topic: TEXT     what it must do in the channel
    <@kofi> ...                 kofi is an operator of the channel
    gsocbot role add ACCOUNT organiser|mentor     on the command line, before all else
    commands_per_minute = 12    as in the config, before all else; without it nothing is limited

The runner leaves out what the bot is written to say, plays the rest, writes down what it really
said, and compares the two texts line by line. Silence needs no notation.
"""

import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from gsocbot import app
from gsocbot.bot import Bot
from gsocbot.commands.ask import Outside, Running
from gsocbot.config import Channel, ChannelRole, Config, Limits, Network, SeasonConfig, Site
from gsocbot.delivery import place, rendered
from gsocbot.importers.season import read_season
from gsocbot.render.templates import IrcTemplates
from gsocbot.rules.outbox import OutboxState
from gsocbot.rules.roles import Role
from gsocbot.rules.seasons import SeasonFolder
from gsocbot.shipped import shipped
from gsocbot.store import outbox, roles
from gsocbot.store.store import Store
from gsocbot.talk import Heard, Say, Topic
from tests.compiled import give_tables

SEASON = Path(__file__).parent / "ideas"
NETWORK, CHANNEL, ORGANISERS, ME = "test", "#gsoc", "#gsoc-org", "gsocbot"
START = datetime(2026, 3, 2, 10, tzinfo=UTC)

_CLOCK = re.compile(r"== (\d{4}-\d\d-\d\d \d\d:\d\d)")
_ROLE = re.compile(r"gsocbot role add (\S+) (organiser|mentor)")
_LIMIT = re.compile(r"commands_per_minute = (\d+)")
_WHO = r"(?P<op>@)?(?P<nick>[^\s>?@]+)(?P<stranger>\?)?(?:@(?P<host>[^\s>]+))?"
_TOPIC = re.compile(r"\*\*\* the topic is ?(.*)")
_MOVES = re.compile(r"\*\*\* (\S+) (has left|is back|is now|starts again)(?: (\S+))?")
_CHANNEL = re.compile(rf"<{_WHO}> ?(?P<text>.*)")
_BRIDGED = re.compile(r"<(?P<nick>[^>]+) via (?P<relay>[^\s>]+)> ?(?P<text>.*)")
_ELSEWHERE = re.compile(rf"{_WHO} -> (?P<to>[^\s:]+): ?(?P<text>.*)")
_ACTION = re.compile(rf"\* {_WHO} (?P<text>.*)")
_SAID = re.compile(rf"<{ME}> |-{ME}- |{ME} -> |\* {ME} ")


def config(*, per_minute: int = 0) -> Config:
    """The config that every conversation shares."""
    return Config(
        site=Site(base_url="https://gsoc.example.org/"),
        limits=Limits(commands_per_minute=per_minute),
        season={"test": SeasonConfig(folder=SEASON)},
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


@dataclass
class Stage:
    """The bot on a store, and where the clock stands."""

    store: Store
    bot: Bot
    folders: Mapping[str, SeasonFolder]
    outside: Outside
    templates: IrcTemplates
    now: datetime
    there: dict[str, str]
    returned: set[str] = field(default_factory=set)
    """Who has left and come back: what is late for them is not late because of the bot."""
    topics: dict[str, Topic] = field(default_factory=dict)
    """The channels of which the topic is known."""

    def moves(self, nick: str, how: str, new: str) -> None:
        """Somebody comes, goes, or is called otherwise."""
        if how == "starts again":
            self.bot = Bot(config(), self.store, self.folders, self.outside)
        elif how == "has left":
            del self.there[f"@{nick.lower()}"]
        elif how == "is back":
            self.there[f"@{nick.lower()}"] = nick
            self.returned.add(f"@{nick.lower()}")
        else:
            self.there[f"@{nick.lower()}"] = new

    def limit(self, per_minute: int) -> None:
        """Go on with another bot, as after a change of the config."""
        self.bot = Bot(config(per_minute=per_minute), self.store, self.folders, self.outside)

    def hear(self, nick: str, stranger: bool, channel: str | None, text: str, *, action: bool,
             host: str = "", relay: str | None = None, op: bool = False) -> list[Say]:  # fmt: skip
        """One line, through what the running bot sends it through."""
        account = None if stranger else nick.lower()
        if relay is None:
            self.there[f"@{account}" if account else f"~{nick.lower()}"] = nick
        heard = Heard(NETWORK, nick, account, channel, text, self.now, ME, action,
                      host=host, relay=relay, op=op)  # fmt: skip
        says = self.bot.hear(heard) if self.bot.take(heard) else []
        self._set_topics(says)
        if any("my fault" in say.text for say in says):
            raise AssertionError(f"the bot has failed at {text!r}; its log tells why")
        return says

    def _set_topics(self, says: list[Say]) -> None:
        self.topics |= {say.target: Topic(say.text, settable=True) for say in says if say.topic}

    def tick(self, now: datetime) -> list[Say]:
        """Move the clock, plan, and say what is due as delivery would."""
        self.now = now
        said = self.bot.tick(now)
        self._set_topics(said)
        with self.store.transaction(writing=True) as books:
            places = {CHANNEL: CHANNEL, ORGANISERS: ORGANISERS, **self.there}
            due = outbox.claim(books, NETWORK, "stage-0-0", now, list(places), 100)
            says = []
            for row in due:
                if now >= row.expires:
                    outbox.move(books, row.id, OutboxState.SKIPPED)
                    continue
                up_since = START if row.target in self.returned else now
                where = place(row, now, places[row.target], lambda _: self.there, up_since)
                text = rendered(self.templates, row, now, where)
                says.append(Say(NETWORK, where.target, text, notice=row.notice))
                outbox.move(books, row.id, OutboxState.WRITTEN)
                outbox.move(books, row.id, OutboxState.SENT, at=now)
        self.returned.clear()
        return said + says


def stage(
    url: str = "sqlite://", now: datetime = START, *, per_minute: int = 0, season: Path = SEASON
) -> Stage:
    """The bot with the small season that every conversation shares, or that of another folder."""
    folder = read_season("test", season, shipped("templates"))
    store = Store(url)
    if store.engine.url.database is None:
        give_tables(store.engine)
    store.ready(now)
    app.keep_seasons(store, {"test": folder}, now)
    folders = {"test": folder}
    there: dict[str, str] = {}
    topics: dict[str, Topic] = {}
    # What every conversation shares is not written to.
    shared = season == SEASON
    outside = Outside(
        here=lambda network: there,
        folder=lambda key: _copied() if shared else season,
        running=lambda: Running(START, frozenset({(NETWORK, CHANNEL), (NETWORK, ORGANISERS)})),
        topic=lambda network, channel: topics.get(channel),
    )
    bot = Bot(config(per_minute=per_minute), store, folders, outside)
    templates = IrcTemplates(shipped("templates"))
    return Stage(store, bot, folders, outside, templates, now, there, topics=topics)


def _copied() -> Path:
    return Path(shutil.copytree(SEASON, Path(tempfile.mkdtemp(prefix="gsocbot-season-")) / "test"))


def played(text: str, on: Stage) -> str:
    """The conversation with what the bot really says."""
    return "\n".join(_lines(text, on)) + "\n"


def _lines(text: str, on: Stage) -> Iterator[str]:
    for line in text.splitlines():
        if _SAID.match(line):
            continue
        yield line
        if not line or line.startswith("#"):
            continue
        yield from map(_shown, _heard(line, on))


def _heard(line: str, on: Stage) -> list[Say]:
    if clock := _CLOCK.fullmatch(line):
        return on.tick(datetime.fromisoformat(clock[1]).replace(tzinfo=UTC))
    if topic := _TOPIC.fullmatch(line):
        on.topics[CHANNEL] = Topic(topic[1], settable=True)
        return []
    if moves := _MOVES.fullmatch(line):
        on.moves(moves[1], moves[2], moves[3] or "")
        return []
    if role := _ROLE.fullmatch(line):
        with on.store.transaction(writing=True) as books:
            deed = app.deed_of_shell(on.now, "test", line)
            roles.grant(books, deed, "test", NETWORK, role[1], Role(role[2]))
        return []
    if limit := _LIMIT.fullmatch(line):
        on.limit(int(limit[1]))
        return []
    if said := _BRIDGED.fullmatch(line):
        return on.hear(said["nick"], True, CHANNEL, said["text"], action=False,
                       relay=said["relay"])  # fmt: skip
    for pattern in (_CHANNEL, _ACTION, _ELSEWHERE):
        if said := pattern.fullmatch(line):
            to = said["to"] if pattern is _ELSEWHERE else CHANNEL
            channel = to if to.startswith("#") else None
            return on.hear(said["nick"], bool(said["stranger"]), channel, said["text"],
                           action=pattern is _ACTION, host=said["host"] or "",
                           op=bool(said["op"]))  # fmt: skip
    raise ValueError(f"no line of a conversation: {line}")


def _shown(say: Say) -> str:
    if say.topic:
        return f"* {ME} sets the topic: {say.text}"
    if say.target == CHANNEL:
        return f"-{ME}- {say.text}" if say.notice else f"<{ME}> {say.text}"
    return f"{ME} -> {say.target}: {say.text}"
