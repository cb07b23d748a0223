"""The networks that the bot is on: a link to each, and what is due there."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Set
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from gsocbot.app.clock import clock
from gsocbot.config import ChannelRole, Limits, Network
from gsocbot.delivery import Delivery
from gsocbot.irc.link import Link
from gsocbot.irc.outgoing import Priority
from gsocbot.irc.sts import Policies
from gsocbot.render.templates import IrcTemplates
from gsocbot.shipped import shipped
from gsocbot.store.away import why_away
from gsocbot.store.store import Store
from gsocbot.store.thread import DatabaseThread
from gsocbot.talk import Heard, Present, Say, Topic, Trouble

log = logging.getLogger(__name__)
T = TypeVar("T")

LEAVE_SECONDS = 3.0
HERE_SECONDS = 1.0


@dataclass(slots=True)
class _Net:
    settings: Network
    link: Link
    delivery: Delivery
    task: "asyncio.Task[None]"
    saying: "asyncio.Task[None] | None" = None


@dataclass(frozen=True, slots=True)
class Ears:
    """Who is told of what people say, of troubles, and asked who may call the bot somewhere.

    `renamed` is told of everybody's other nick: on which network, the old one and the new one.
    """

    hear: Callable[[Heard], object]
    troubled: Callable[[Trouble], object]
    may_invite: Callable[[Heard], Awaitable[bool]]
    renamed: Callable[[str, str, str], object] = lambda _network, _old, _new: None


class Networks:
    """Made in a running loop. `boot` names this process: NAME-PID-RANDOM.

    `alone` says that no other process speaks on a network while this one does.
    """

    def __init__(
        self,
        store: Store,
        thread: DatabaseThread,
        ears: Ears,
        policies: Policies,
        boot: str,
        *,
        alone: bool,
    ) -> None:
        self._loop = asyncio.get_running_loop()
        self._store = store
        self._thread = thread
        self._ears = ears
        self._policies = policies
        self._boot = boot
        self._alone = alone
        self._templates = IrcTemplates(shipped("templates"))
        self._nets: dict[str, _Net] = {}

    @property
    def names(self) -> Set[str]:
        """The networks that the bot is on, or on its way to."""
        return self._nets.keys()

    def start(self, name: str, settings: Network, limits: Limits) -> None:
        """Go to a network."""
        link = Link(
            name,
            settings,
            limits,
            self._ears.hear,
            clock,
            policies=self._policies,
            may_invite=self._ears.may_invite,
            troubled=self._ears.troubled,
            renamed=self._ears.renamed,
        )
        delivery = Delivery(
            self._store, self._thread.run, self._templates, link, self._boot, alone=self._alone
        )
        task = self._loop.create_task(link.run(), name=f"link {name}")
        self._nets[name] = _Net(settings, link, delivery, task)

    async def leave(self, name: str) -> None:
        """Leave a network; what is being said there is ended within three seconds."""
        net = self._nets.pop(name)
        await net.link.close("gone for now")
        net.task.cancel()
        await asyncio.wait([net.task, *([net.saying] if net.saying else [])], timeout=LEAVE_SECONDS)

    async def leave_all(self) -> None:
        """Leave all networks, side by side."""
        await asyncio.gather(*(self.leave(name) for name in list(self._nets)))

    async def joined(self, name: str) -> None:
        """Wait until the bot is in the channels of a network."""
        while name not in self._nets:
            await asyncio.sleep(0.01)
        await self._nets[name].link.joined()

    # --- saying

    def say(self, say: Say, priority: Priority, asked: datetime | None = None) -> None:
        """Say a line if its network is there; `asked` is when the line was heard it answers."""
        net = self._nets.get(say.network)
        if net is not None and net.link.up:
            net.link.say(say, priority, asked)

    def say_to_organisers(self, text: str) -> None:
        """Say a line in organisers' channels past the outbox: that could not be written."""
        for name, net in self._nets.items():
            for channel, settings in net.settings.channels.items():
                if settings.role is ChannelRole.ORGANISERS:
                    self.say(Say(name, channel, text, notice=True), Priority.REMINDER)

    async def deliver(self) -> None:
        """Say what is due on each network; one that hangs holds up no other.

        Also where the link is down, so that what falls due then is known to be late because of us.
        """
        for net in self._nets.values():
            if net.saying is None or net.saying.done():
                net.saying = self._loop.create_task(self._say_due(net.delivery))

    async def _say_due(self, delivery: Delivery) -> None:
        try:
            while await delivery.deliver(clock()):
                pass
        except Exception as error:
            if why_away(error) is None:
                log.exception("what is due could not be said; it is tried again")

    # --- looking

    async def identified(self, heard: Heard) -> Heard:
        """A line with the account that its network names when it is asked."""
        net = self._nets.get(heard.network)
        return await net.link.identified(heard) if net is not None else heard

    def here(self, network: str) -> dict[str, str]:
        """Who is there on a network; asked from the database thread."""

        async def people() -> dict[str, str]:
            net = self._nets.get(network)
            return net.link.people() if net is not None else {}

        return self._looked_up(people(), {})

    def present(self, network: str) -> Mapping[str, Present]:
        """The bot's channels on a network that it is in just now, by name; asked from the loop."""
        net = self._nets.get(network)
        return net.link.present() if net is not None else {}

    def topic(self, network: str, channel: str) -> Topic | None:
        """The topic of a channel, None where it is not known; asked from the database thread."""

        async def told() -> Topic | None:
            net = self._nets.get(network)
            return net.link.topic(channel) if net is not None else None

        return self._looked_up(told(), None)

    def rooms(self) -> tuple[frozenset[tuple[str, str]], int]:
        """The channels that the bot is in, and how many lines wait to be sent; asked likewise."""

        async def look() -> tuple[frozenset[tuple[str, str]], int]:
            links = {name: net.link for name, net in self._nets.items()}
            rooms = frozenset((name, c) for name, link in links.items() for c in link.channels())
            return rooms, sum(link.waiting for link in links.values())

        return self._looked_up(look(), (frozenset(), 0))

    def _looked_up(self, look: Coroutine[Any, Any, T], otherwise: T) -> T:
        """What the loop sees, or the other thing if it has no time."""
        asked = asyncio.run_coroutine_threadsafe(look, self._loop)
        with suppress(TimeoutError):
            return asked.result(HERE_SECONDS)
        return otherwise
