"""An account of another network is somebody else, at a hackathon too."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest

from gsocbot import app
from gsocbot.bot import Bot
from gsocbot.config import Channel, Network
from gsocbot.rules.roles import Role
from gsocbot.store import roles
from gsocbot.store.hackathon_tables import Hackathon, Ticket
from gsocbot.store.tables import Outbox
from gsocbot.talk import Heard
from tests.conversation import CHANNEL, ME, NETWORK, START, Stage, config, stage

OTHER = "other"
Says = Callable[..., str]


@pytest.fixture
def on() -> Iterator[Stage]:
    """Give a bot on two networks, at a hackathon of one of them that hauke leads."""
    found = stage(now=START)
    two = config()
    channels = {CHANNEL: Channel(season="test")}
    two.network[OTHER] = Network(host="127.0.0.1", tls=False, channels=channels)
    found.bot = Bot(two, found.store, found.folders, found.outside)
    for network, account in ((NETWORK, "odile"), (OTHER, "olga")):
        grant(found, network, account)
    found.tick(START)
    say(found, "odile", '!hack add "Xen" 2-4 mar UTC Cambridge')
    say(found, "hauke", "!hack join")
    say(found, "odile", "!hack chair hauke")
    yield found
    found.store.close()


def grant(on: Stage, network: str, account: str) -> None:
    with on.store.transaction(writing=True) as books:
        deed = app.deed_of_shell(on.now, "test", "role add")
        roles.grant(books, deed, "test", network, account, Role.ORGANISER)


def say(on: Stage, nick: str, text: str, network: str = NETWORK, *, private: bool = False) -> str:
    """What the bot answers."""
    on.there[f"@{nick}"] = nick
    channel = None if private else CHANNEL
    heard = Heard(network, nick, nick, channel, text, on.now, ME, False)
    assert on.bot.take(heard)
    return " / ".join(s.text.removeprefix(f"{nick}: ") for s in on.bot.hear(heard))


def test_who_leads_it_leads_on_its_network_alone(on: Stage) -> None:
    of_chairs = "!hack set hours 8-20"

    assert "leads the hackathon can" in say(on, "hauke", of_chairs, OTHER)
    assert "8" in say(on, "hauke", of_chairs)
    assert "leads the hackathon can" not in say(on, "olga", of_chairs, OTHER)
    assert say(on, "olga", "!hack chair ana", OTHER) == (
        "accounts are another network's here; Xen is on test"
    )
    with on.store.transaction(writing=False) as books:
        assert [row.chairs for row in books.every(Hackathon)] == ["hauke"]


def test_a_topic_is_its_authors_and_its_members_of_their_network(on: Stage) -> None:
    say(on, "tomas", "!topic add drivers")
    say(on, "mira", "!topic 1 join")
    say(on, "mira", "!topic 1 now the first one")

    assert "only who is in it" in say(on, "tomas", "!topic 1 rename wires", OTHER)
    assert say(on, "mira", "!topic 1 join", OTHER) == "you are in 1 with t·omas and mira."


def test_help_comes_from_the_network_on_which_somebody_is_stuck(on: Stage) -> None:
    say(on, "ines", "!hack join OCaml", OTHER)
    say(on, "sofia", "!stuck OCaml does not build")
    with on.store.transaction(writing=False) as books:
        assert books.every(Outbox, topic="ticket") == []

    assert say(on, "ines", "!claim h1", OTHER) == (
        "h1 was asked on another network; somebody there comes"
    )
    with on.store.transaction(writing=False) as books:
        assert [row.helper for row in books.every(Ticket)] == [""]


def test_the_evening_is_told_to_somebody_also_where_nobody_who_leads_it_is_left(on: Stage) -> None:
    grant(on, NETWORK, "nadia")
    say(on, "odile", "!hack unchair hauke")
    with on.store.transaction(writing=True) as books:
        deed = app.deed_of_shell(on.now, "test", "role remove")
        roles.revoke(books, deed, "test", NETWORK, "odile", Role.ORGANISER)
    on.there["@nadia"] = "nadia"

    said = on.tick(datetime.fromisoformat("2026-03-02T23:00:00+00:00"))

    assert [s.target for s in said if "day 1 of 3" in s.text] == ["nadia"]
    assert on.tick(on.now + timedelta(minutes=5)) == []
