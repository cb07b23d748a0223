"""Links that people give with an item: asked for like all others, and shown to nobody else."""

from datetime import UTC, datetime, timedelta

from gsocbot.rules.links import Outcome, Verdict
from gsocbot.rules.roles import Role
from gsocbot.store import roles
from gsocbot.store.books import Deed
from tests.conversation import NETWORK, ORGANISERS, Stage, stage

ANNOUNCED = datetime(2026, 4, 30, 18, 1, tzinfo=UTC)
URL = "https://log.example.org/zqxbuild"


def started() -> Stage:
    on = stage(now=ANNOUNCED)
    for account, role in (("odile", Role.ORGANISER), ("mira", Role.MENTOR)):
        with on.store.transaction(writing=True) as books:
            deed = Deed(account, on.now, "test", NETWORK, "(test)", "test", "test")
            roles.grant(books, deed, "test", NETWORK, account, role)
    for who, line in (
        ("odile", "student add priya 1 mira"),
        ("odile", "season announce"),
        ("odile", "yes"),
        ("priya", f"check 3 {URL}#end"),
    ):
        on.hear(who, False, None, line, action=False)
    return on


def look(on: Stage, outcome: Outcome, why: str = "") -> None:
    """Everything that is due is asked for; the link of the item has this outcome."""
    due = on.bot.links.due(on.now)
    others = [Verdict(url, Outcome.THERE) for url in due if url != URL]
    on.bot.links.asked([*others, Verdict(URL, outcome, why)], on.now)


def said_to(on: Stage, nick: str) -> list[str]:
    return [say.text for say in on.tick(on.now) if say.target == nick and "link" in say.text]


def test_a_link_is_asked_for_and_its_death_is_told_to_whoever_gave_it_alone() -> None:
    on = started()
    assert URL in on.bot.links.due(on.now)
    assert f"{URL}#end" not in on.bot.links.due(on.now)

    look(on, Outcome.FAILED, "404")
    on.now += timedelta(hours=2)
    assert URL in on.bot.links.due(on.now)
    on.tick(on.now)  # so that nothing is planned anew for its age
    look(on, Outcome.FAILED, "404")

    said = [say for say in on.tick(on.now) if "zqxbuild" in say.text]
    assert [say.target for say in said] == ["priya"]
    assert said[0].text == (
        "The link that you gave with item 3 (build the code and run its tests) of your list is "
        f"dead: {URL}#end (404 since Thu). Another one: !check bonding 3 <link>"
    )
    assert said_to(on, "priya") == []  # once


def test_no_list_of_links_has_it() -> None:
    on = started()
    for _ in range(2):
        look(on, Outcome.FAILED, "404")
        on.now += timedelta(hours=2)

    for channel in (None, ORGANISERS):
        said = on.hear("odile", False, channel, "!links", action=False)
        assert said
        assert not [say for say in said if "zqxbuild" in say.text]


def test_what_is_mended_or_taken_back_before_it_was_told_is_not_told() -> None:
    for mend in ("there", "gone"):
        on = started()
        look(on, Outcome.FAILED, "404")
        on.now += timedelta(hours=2)
        look(on, Outcome.FAILED, "404")
        if mend == "there":
            on.now += timedelta(days=1, hours=1)
            look(on, Outcome.THERE)
        else:
            on.hear("priya", False, None, "uncheck 3", action=False)
        assert said_to(on, "priya") == []
