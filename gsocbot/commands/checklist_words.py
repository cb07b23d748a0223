"""Whose checklist is meant, which of theirs and which item of it, in the words of people."""

from collections.abc import Sequence
from dataclasses import dataclass

from gsocbot.commands.ask import Ask
from gsocbot.commands.students import one_student
from gsocbot.rules import checklists as rules
from gsocbot.rules import students as names
from gsocbot.rules.checklists import Checklist, Group, Year, find_item
from gsocbot.rules.ids import whole_number
from gsocbot.rules.links import LONGEST, addresses_in, is_here_only, refusal
from gsocbot.rules.privacy import Data, Subject, Viewer
from gsocbot.store.private import checklists as kept
from gsocbot.store.private import students
from gsocbot.store.private.checklists import Progress
from gsocbot.store.private.progress import is_asked, year
from gsocbot.store.private.students import Known
from gsocbot.talk import Kind, Refused

SOMEBODY_ELSE = "for somebody else that works in private. Nothing was changed."
"""The same whoever is named and whoever asks: it repeats no word."""


@dataclass(frozen=True, slots=True)
class Theirs:
    """Somebody's lists as the person who asks may see them; `name` is empty for their own."""

    place: tuple[str, str]
    name: str
    current: Sequence[Checklist]
    every: Sequence[Checklist]
    progress: Progress
    year: Year

    def one(self, name: str = "") -> Checklist:
        """The list of that name, or the one to work on now."""
        if not name and not self.current:
            whom = "them" if self.name else "you"
            raise Refused(f"there is no checklist for {whom} in this season")
        found = [c for c in self.every if c.name == name] if name else self.current
        if not found:
            whose = "theirs" if self.name else "yours"
            raise Refused(f"{name} is no list of {whose}: {', '.join(c.name for c in self.every)}")
        return found[0]


@dataclass(frozen=True, slots=True)
class Said:
    """What stands behind !check: an item, of which list, whose, and what shows it."""

    item: str
    checklist: str = ""
    whose: str = ""
    link: str = ""


def lists(ask: Ask) -> Sequence[Checklist]:
    """All lists of the season."""
    return ask.seen.checklists.get(ask.season_key, ())


def mine(ask: Ask) -> Theirs:
    """The lists of the person who asks; what they themselves do is theirs to see anywhere."""
    me = Viewer(ask.network, ask.who, ask.roles)
    whom = Subject(ask.network, ask.who)
    student = is_asked(ask.books, ask.season_key, ask.network, ask.who)
    if not student and not ask.roles and students.has_ended(ask.books, ask.season_key, me):
        refused = Refused(
            "nothing is asked of you any more. Thank you for what you have done here!"
        )
        refused.private = ask.heard.channel is not None
        raise refused
    return _theirs(ask, me, whom, rules.groups(ask.roles, student=student), "")


def of_student(ask: Ask, known: Known) -> Theirs:
    """A student's lists, as those of the season's phases and those that they were given."""
    if not students.is_announced(ask.books, ask.season_key):
        raise Refused("nobody is asked anything before your !season announce")
    return _theirs(ask, ask.viewer, known.subject, [Group.STUDENTS], known.row.account)


def _theirs(ask: Ask, viewer: Viewer, whom: Subject, own: Sequence[Group], name: str) -> Theirs:
    books, key, all_lists = ask.books, ask.season_key, lists(ask)
    given = kept.given(books, key, viewer, whom)
    of = year(books, key, ask.now)
    return Theirs(
        (whom.network, whom.account),
        name,
        rules.current_lists(all_lists, own, given, of),
        rules.all_lists(all_lists, own, given, of),
        kept.progress(books, key, viewer, whom),
        of,
    )


def read(ask: Ask, words: str) -> Said:
    """Read what stands behind !check: 6, final 6, plan milestones, 6 priya, 6 https://…"""
    said = words.split()
    links = [word for word in said if "://" in word]
    said = [word for word in said if "://" not in word]
    link = _link(links)
    name = ""
    if len(said) > 1 and said[0].lower() in {c.name for c in lists(ask)}:
        name, said = said[0].lower(), said[1:]
    if said[:1] and said[0].lower() == "item":
        said = said[1:]
    if not said:
        raise Refused("write it like !check 6 or !check 6 https://… to show it")
    item, whose = " ".join(said), ""
    if whole_number(said[0]) is not None:
        item, whose = said[0], " ".join(said[1:])
    elif len(said) > 1 and _names_student(ask, said[-1]):
        item, whose = " ".join(said[:-1]), said[-1]
    me = {ask.who, ask.heard.nick.lower(), "me", "myself", ""}
    if whose.lower() in me:
        return Said(item, name, "", link)
    if not ask.in_private:
        raise Refused(SOMEBODY_ELSE, Kind.REFUSAL)
    if " " in whose:
        raise Refused("write it like !check 6 priya: an item, and whose it is")
    return Said(item, name, whose, link)


def _link(words: Sequence[str]) -> str:
    if not words:
        return ""
    if len(words) > 1:
        raise Refused("one link at a time, please")
    found = addresses_in(words[0])
    is_whole = bool(found) and len(words[0]) <= LONGEST and words[0].startswith(found[0])
    if not is_whole or is_here_only(found[0]) or refusal(found[0]):
        raise Refused("that is no address on the web; write it like https://example.org/page")
    return words[0]


def _names_student(ask: Ask, word: str) -> bool:
    """Whether a word is, or nearly is, the name of a student of the person who asks."""
    if not ask.in_private or not ask.roles:
        return False
    found = students.known(ask.books, ask.season_key, ask.viewer, Data.RECORD, ask.now)
    nicks = {k.row.account: ask.here.get(f"@{k.row.account}", "") for k in found}
    return bool(names.meant(word, nicks)) or names.mistyped(word, nicks) is not None


def found(ask: Ask, said: Said, does: str) -> tuple[Theirs, Checklist, int]:
    """Whose item is meant; a mistyped name is asked back with what would become of the item."""
    if not said.whose:
        theirs = mine(ask)
    else:

        def would(known: Known) -> str:
            checklist = of_student(ask, known).one(said.checklist)
            text = checklist.items[find_item(checklist, said.item) - 1].text
            return f'That would mark "{text}" {does}.'

        theirs = of_student(ask, one_student(ask, said.whose, Data.RECORD, would))
    checklist = theirs.one(said.checklist)
    return theirs, checklist, find_item(checklist, said.item)
