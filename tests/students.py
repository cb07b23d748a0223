"""Students as organisers put them down, by talking to the bot."""

from datetime import UTC, datetime

from gsocbot import app
from gsocbot.rules.roles import Role
from gsocbot.store import roles
from tests.conversation import NETWORK, Stage

BEFORE = datetime(2026, 4, 21, 10, tzinfo=UTC)
AFTER = datetime(2026, 4, 30, 18, 1, tzinfo=UTC)


def granted(on: Stage, account: str, role: Role) -> None:
    """Give somebody a role, as on the command line."""
    with on.store.transaction(writing=True) as books:
        roles.grant(books, app.deed_of_shell(on.now, "test", ""), "test", NETWORK, account, role)


def said(on: Stage, account: str, *lines: str) -> list[str]:
    """What the bot answers to lines in private, each to its end."""
    return [say.text for line in lines for say in on.hear(account, False, None, line, action=False)]


def announced(
    on: Stage, organiser: str, *of: tuple[str, int, str], opened: bool = True
) -> list[str]:
    """Put down students with their idea and mentor, and open the names."""
    granted(on, organiser, Role.ORGANISER)
    for _, _, mentor in of:
        granted(on, mentor, Role.MENTOR)
    on.now = BEFORE
    lines = [f"student add {account} {idea} {mentor}" for account, idea, mentor in of]
    answers = said(on, organiser, *lines)
    if opened:
        on.now = AFTER
        answers += said(on, organiser, "season announce", "yes")
    return answers
