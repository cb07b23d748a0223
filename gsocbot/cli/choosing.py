"""Which season and which network is meant, when the command line does not say."""

import re

from gsocbot.cli.faults import Unusable
from gsocbot.config import Config
from gsocbot.rules.roles import as_account

NO_NETWORK = "local"
"""The network of accounts in a config without networks."""

LONGEST_CHANNEL = 64


def season(config: Config, named: str | None) -> str:
    """The season that is named, or the only one."""
    known = list(config.season)
    if named is None:
        if len(known) == 1:
            return known[0]
        raise Unusable(f"which season? --season {' or --season '.join(known)}" if known else _NONE)
    if named not in config.season:
        raise Unusable(f"there is no [season.{named}] in the config")
    return named


_NONE = "the config has no season; add [season.NAME]"


def seasons(config: Config, named: str | None) -> list[str]:
    """The season that is named, or all."""
    return [season(config, named)] if named is not None else list(config.season)


def network(config: Config, named: str | None, channel: str | None = None) -> str:
    """The network that is named, or the only one, or the only one with that channel."""
    known = list(config.network)
    if named is not None:
        if named not in known:
            raise Unusable(f"there is no [network.{named}] in the config")
        return named
    if not known:
        return NO_NETWORK
    if channel is not None:
        known = [
            name
            for name, settings in config.network.items()
            if channel.lower() in {c.lower() for c in settings.channels}
        ] or known
    if len(known) > 1:
        raise Unusable(f"which network? --network {' or --network '.join(known)}")
    return known[0]


def account(text: str) -> str:
    """A services account as a key; refuses what no account can be."""
    key = as_account(text)
    if key is None:
        raise Unusable(f"{text[:40]!r} is no account")
    return key


def channel(text: str) -> str:
    """A channel as a key; refuses what no channel can be."""
    if not re.fullmatch(r"[#&+!][^\s,:]*", text) or len(text) > LONGEST_CHANNEL:
        raise Unusable(f"{text[:40]!r} is no channel; write '#name'")
    if not text.isprintable():
        raise Unusable(f"{text[:40]!r} is no channel")
    return text.lower()
