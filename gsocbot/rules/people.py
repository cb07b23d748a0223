"""Who somebody is for a while, to what the bot keeps in mind of them; no right hangs on it."""

from gsocbot.talk import Heard

Person = tuple[str, str, str | None]
"""Network, account or nick, and the channel, None in private."""


def person_of(heard: Heard) -> Person:
    """Somebody by their account, or by their nick where they have none."""
    return heard.network, heard.account or _nick(heard), heard.channel


def speaker_of(heard: Heard) -> Person:
    """Somebody by their nick alone: a bot may have the account of its owner."""
    return heard.network, _nick(heard), heard.channel


def origin_of(heard: Heard) -> str:
    """What somebody shares with others: their host, or the bridge; empty if that is not known."""
    return heard.host.lower() if heard.relay is None else f"bridge {heard.relay.lower()}"


def _nick(heard: Heard) -> str:
    # No account begins with ~, and no nick has a blank in it: nobody can be somebody else.
    bridge = "" if heard.relay is None else f"{heard.relay.lower()} "
    return f"~{bridge}{heard.nick.lower()}"
