"""Two seasons in one store and on one network, as somebody meets them who is in both channels."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import text

from gsocbot import app
from gsocbot.bot import Bot
from gsocbot.config import Channel, Config, Limits, Network, SeasonConfig
from gsocbot.importers.season import read_season
from gsocbot.rules.roles import Role
from gsocbot.shipped import shipped
from gsocbot.store import roles
from gsocbot.store.store import Store
from gsocbot.talk import Heard
from tests.conversation import ME, SEASON, START

KEYS = ("one", "two")
SAYS = Callable[..., list[str]]


def two(url: str) -> tuple[Store, Bot]:
    """A store with two seasons, and the bot on it."""
    channels = {f"#{key}": Channel(season=key) for key in KEYS}
    config = Config(
        limits=Limits(commands_per_minute=0),
        season={key: SeasonConfig(folder=SEASON) for key in KEYS},
        network={
            name: Network(host="127.0.0.1", tls=False, channels=channels)
            for name in ("net", "elsewhere")
        },
    )
    store = Store(url)
    folders = {key: read_season(key, SEASON, shipped("templates")) for key in KEYS}
    app.keep_seasons(store, folders, START)
    with store.transaction(writing=True) as books:
        for key in KEYS:
            deed = app.deed_of_shell(START, key, "role add odile")
            roles.grant(books, deed, key, "net", "odile", Role.ORGANISER)
    return store, Bot(config, store, folders)


@pytest.fixture
def says(url: str) -> Iterator[SAYS]:
    """Give what the bot says to somebody; each line comes ten seconds after the one before."""
    store, bot = two(url)
    now = START

    def hear(nick: str, text: str, channel: str | None = None, network: str = "net") -> list[str]:
        nonlocal now
        now += timedelta(seconds=10)
        said = bot.hear(Heard(network, nick, nick, channel, text, now, ME))
        return [say.text.removeprefix(f"{nick}: ") for say in said]

    yield hear
    store.close()


def test_an_answer_in_private_goes_to_the_idea_that_was_asked_about(says: SAYS) -> None:
    says("priya", "!me season one")
    says("priya", "!idea suggest First thing")
    says("priya", "!idea suggest Second thing", "#two")

    assert says("priya", "It is the second.")[0].startswith("7: what set.")
    assert "It is the second." in says("priya", "!idea 7")[0]
    says("priya", "!me season one")
    assert says("priya", "It is the first.") == [
        "I do not know that; a person has to answer it. !ask <text> puts it to them"
    ]
    assert "It is" not in says("priya", "!idea 7")[0]


def test_a_yes_is_not_said_to_what_was_asked_in_another_season(says: SAYS) -> None:
    says("kofi", "!me season one")
    (asked,) = says("kofi", "which frobnicator do the gadgets need there?")
    says("kofi", "!me season two")

    assert asked.endswith("Say !yes")
    assert says("kofi", "!yes") == ["I have asked you nothing, or more than 2 minutes ago."]


def test_undo_takes_back_what_was_done_in_this_season(says: SAYS) -> None:
    says("odile", "!idea take 1", "#one")

    assert says("odile", "!undo", "#two") == [
        "you changed nothing in the last 10 minutes that I could take back"
    ]
    assert says("odile", "!undo", "#one") == ["taken back: 1 sans-io is published again."]


def test_the_same_account_elsewhere_is_not_who_proposed_a_draft(says: SAYS) -> None:
    says("priya", "!idea suggest First thing", "#one")

    (said,) = says("priya", "!idea set 7 what mine", "#one", "elsewhere")

    assert said == 'there is no idea "7". Search: !ideas <words>'
    assert says("priya", "!idea set 7 what mine", "#one") != [said]


def test_a_season_that_cannot_be_planned_holds_up_no_other(url: str) -> None:
    store, bot = two(url)

    def planned() -> dict[str, int]:
        with store.transaction(writing=False) as books:
            counts = books.rows(text("SELECT season, count(*) FROM outbox GROUP BY season"))
            return dict(map(tuple, counts))

    def zone(name: str) -> None:
        with store.transaction(writing=True) as books:
            books.rows(text("UPDATE series SET zone = :zone WHERE season = 'one'"), {"zone": name})

    zone("Mars/Phobos")
    bot.tick(START)
    assert planned().keys() == {"two"}
    zone("Europe/London")
    bot.tick(START + timedelta(seconds=30))
    assert planned().keys() == {"one", "two"}
    store.close()
