"""What the bot has in mind only of people goes when another process has forgotten them."""

from contextlib import closing
from datetime import UTC, datetime, timedelta

from sqlalchemy import event

from gsocbot.commands.general import NOT_ASKED
from gsocbot.rules.roles import Role
from gsocbot.store import roles
from gsocbot.store.books import Deed
from gsocbot.store.private import erasing
from gsocbot.store.tables import Line, Season
from tests.conversation import CHANNEL, NETWORK, START, Stage, stage


def forgotten(on: Stage, account: str) -> str:
    """Forget somebody as the command line does; gives the digest."""
    with on.store.transaction(writing=True) as books:
        return erasing.forget(books, NETWORK, account, on.now, "forget")


def said(on: Stage, nick: str, text: str, channel: str | None = None) -> list[str]:
    return [say.text for say in on.hear(nick, False, channel, text, action=False)]


def test_what_waits_for_a_yes_waits_no_more_for_who_is_forgotten_alone() -> None:
    on = stage()
    with closing(on.store):
        for nick in ("priya", "kofi"):
            assert "Say !yes" in said(on, nick, "!me forget")[0]
        on.bot.forget([forgotten(on, "priya")])

        assert said(on, "priya", "!yes") == [NOT_ASKED]
        assert said(on, "kofi", "!yes")[0].startswith("You are forgotten")


def test_lines_of_an_office_hour_that_are_not_kept_yet_lose_their_name() -> None:
    on = stage(now=datetime(2026, 3, 4, 16, tzinfo=UTC))
    with closing(on.store):
        with on.store.transaction(writing=True) as books:
            add = Deed("add", on.now, "test", NETWORK, "boss", "private", "!role add")
            roles.grant(books, add, "test", NETWORK, "mira", Role.MENTOR)
        on.bot.tick(on.now)
        assert said(on, "mira", "!office start", CHANNEL)
        said(on, "priya", "hello", CHANNEL)
        said(on, "kofi", "hello priya", CHANNEL)
        on.bot.forget([forgotten(on, "priya")])
        on.bot.keep_lines()
        with on.store.transaction(writing=False) as books:
            kept = [(line.nick, line.account, line.text) for line in books.every(Line)]

    assert [line for line in kept if line[2].startswith("hello")] == [
        ("(removed)", "(removed)", "hello"),
        ("kofi", "kofi", "hello (removed)"),
    ]


def test_a_season_that_was_closed_is_looked_at_again_when_something_changes() -> None:
    on = stage()
    later = START + timedelta(days=400)

    def asked(now: datetime) -> bool:
        found: list[str] = []

        def note(*arguments: object) -> None:
            found.append(str(arguments[2]))

        event.listen(on.store.engine, "before_cursor_execute", note)
        on.bot.tick(now)
        event.remove(on.store.engine, "before_cursor_execute", note)
        return any("FROM itemnote" in one for one in found)

    with closing(on.store):
        with on.store.transaction(writing=True) as books:
            season = books.session.get_one(Season, "test")
            season.closed_at = START
        moments = [later, later + timedelta(seconds=30), later + timedelta(minutes=61)]
        assert [asked(now) for now in moments] == [True, False, True]
