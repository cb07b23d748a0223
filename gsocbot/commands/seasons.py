"""A season's turning points: announced, closed, and the next one."""

from collections.abc import Iterator

from gsocbot.commands.ask import Ask
from gsocbot.commands.embargo import announced
from gsocbot.render import words as wording
from gsocbot.rules import students as rules
from gsocbot.rules.privacy import Data
from gsocbot.store.private import students as kept
from gsocbot.talk import Refused, Say


def season_announce(ask: Ask) -> Iterator[Say]:
    """Open the names and projects of this year to everybody, once Google has announced."""
    if kept.is_announced(ask.books, ask.season_key):
        raise Refused("this season is announced already")
    rules.check_time(announced(ask), ask.now)
    found = kept.known(ask.books, ask.season_key, ask.viewer, Data.DRAFT, ask.now)
    if not found:
        raise Refused("nobody is put down yet: !student add <account> <idea> <mentor>")
    ask.confirm(f"this opens {wording.plural(len(found), 'name')} and projects.")
    kept.announce(ask.books, ask.deed, ask.season_key, "the names are hidden again")
    yield ask.answer(f"{wording.plural(len(found), 'project')} are open now.")
