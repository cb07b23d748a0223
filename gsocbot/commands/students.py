"""Students: put down as drafts, opened with the season's announcement, never before."""

from collections.abc import Iterator

from gsocbot.commands.ask import Ask
from gsocbot.commands.embargo import announced, refusal
from gsocbot.commands.ideas import one_idea
from gsocbot.render import words as wording
from gsocbot.rules import students as rules
from gsocbot.rules.roles import Role, as_account
from gsocbot.store.private import students as kept
from gsocbot.talk import Kind, Refused, Say


def students(ask: Ask) -> Iterator[Say]:
    """List the projects of this year, with who works on what."""
    if not kept.is_announced(ask.books, ask.season_key) and not ask.viewer.is_organiser:
        raise Refused(refusal(ask), Kind.REFUSAL)
    found = kept.projects(ask.books, ask.season_key, ask.viewer, ask.now)
    if not found:
        raise Refused("there are no projects yet")
    items = [f"{ask.name(p.account)} ({p.number} {p.slug})" for p in found]
    yield ask.listing(f"projects {ask.season.year}: ", items)


def student_add(ask: Ask, account: str, idea: str, mentor: str, backup: str = "") -> Iterator[Say]:
    """Put down a student as a draft that only organisers see until the announcement."""
    key = as_account(account)
    if key is None:
        raise Refused("that is no account")
    found = one_idea(ask, idea)
    mentor, backup = mentor.lower(), backup.lower()
    rules.check_mentors(key, mentor, backup, ask.holders(Role.MENTOR))
    if kept.row(ask.books, ask.season_key, ask.network, key) is not None:
        raise Refused("they are put down already: !student set")
    undo = f"@{key} is not put down any more"
    kept.add(
        ask.books, ask.deed, ask.season_key, (ask.network, key), found.id, mentor, backup, undo
    )
    if kept.is_announced(ask.books, ask.season_key):
        yield ask.answer("kept; everybody sees it from now on.")
        return
    date = announced(ask)
    until = (
        f" until {wording.when_briefly(date, ask.now)} and your !season announce" if date else ""
    )
    yield ask.answer(f"kept as a draft, hidden{until}.")
