"""How the tests start real servers, tell the bot of them, and look at it from outside."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from gsocbot.config import Channel, Mechanism, Network, Sasl
from gsocbot.talk import Heard
from tests.irc.scripted import BACK_SECONDS
from tests.servers import ircd
from tests.servers.client import Client
from tests.servers.ircd import Ircd

CHANNEL = "#gsoc"
BOT = "gsocbot"


@contextmanager
def real(kind: str, **settings: Any) -> Iterator[Ircd]:
    """A server that the test may break; the test is skipped where it is not installed."""
    skip_without(kind)
    with ircd.running(kind, **settings) as server:
        yield server


@contextmanager
def people(server: Ircd, *nicks: str) -> Iterator[list[Client]]:
    """Several people at once: InspIRCd lets people in once a second."""
    with ExitStack() as stack, ThreadPoolExecutor(len(nicks)) as pool:
        yield [
            stack.enter_context(somebody)
            for somebody in pool.map(lambda nick: Client(server, nick), nicks)
        ]


def skip_without(kind: str) -> None:
    """Skip the test where there is no such server."""
    if not ircd.available(kind):
        pytest.skip(f"{kind} is not installed: tools/system-packages installs it")


def network(server: Ircd, *, channels: tuple[str, ...] = (CHANNEL,), **settings: Any) -> Network:
    """How the bot is told of a server; it comes back sooner than a config may say."""
    wanted = {name: Channel(season="test") for name in channels}
    plain = {"host": server.host, "port": server.port, "tls": False, "channels": wanted}
    found = Network(**{**plain, **settings})
    return found.model_copy(update={"reconnect_delay": BACK_SECONDS})


def over_tls(server: Ircd, **settings: Any) -> Network:
    """The same over TLS, verified with what vouches for the server unless told otherwise."""
    plain = {"port": server.tls_port, "tls": True, "tls_ca": server.ca}
    return network(server, **{**plain, **settings})


def plain_login(account: str, password: str, folder: Path) -> Sasl:
    """A login with a password, which is put into a file of this folder."""
    file = folder / f"{account}.password"
    file.write_text(f"{password}\n")
    file.chmod(0o600)
    return Sasl(mechanism=Mechanism.PLAIN, username=account, password_file=file)


def repeat(heard: Heard) -> str | None:
    """Answer `!words` with the words."""
    return heard.text[1:] if heard.text.startswith("!") else None


def account_of(asker: Client, nick: str) -> str | None:
    """Whose account somebody has, if the server knows one."""
    asker.send(f"WHOIS {nick}")
    account = None
    while (line := asker.wait({"330", "318"})).command == "330":
        account = line.params[2]
    return account


def names_in(channel: str, asker: Client) -> list[str]:
    """Who is in a channel, but for the asker."""
    asker.send(f"NAMES {channel}")
    names: list[str] = []
    while (line := asker.wait({"353", "366"})).command == "353":
        names += [word.lstrip("~&@%+") for word in line.text.split()]
    return sorted(set(names) - {asker.nick})
