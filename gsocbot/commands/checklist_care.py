"""Checklists of others: notes for a student, who is behind, and giving people a list."""

from collections.abc import Iterator
from datetime import datetime
from typing import TypeGuard

from gsocbot.commands.ask import Ask
from gsocbot.commands.checklist_words import lists, of_student
from gsocbot.commands.command import Text
from gsocbot.commands.students import one_student
from gsocbot.render import words as wording
from gsocbot.rules.checklists import (
    LONGEST_NOTE,
    Checklist,
    Window,
    check_may_give,
    find_item,
    moment,
    window,
)
from gsocbot.rules.privacy import Data
from gsocbot.rules.results import check_tells_none
from gsocbot.rules.roles import Role
from gsocbot.rules.timeline import Audience
from gsocbot.store.private import checklists as kept
from gsocbot.store.private import students
from gsocbot.store.private.progress import Behind, behind, year
from gsocbot.store.private.students import Known
from gsocbot.talk import Refused, Say

ALL, MENTORS, ORGANISERS = "all", "mentors", "organisers"
"""To whom else a list can be given than to one student."""
_OF_ROLES = {
    MENTORS: (Role.MENTOR, Audience.MENTORS, "mentor"),
    ORGANISERS: (Role.ORGANISER, Audience.ORGANISERS, "organiser"),
}


def checklist_note(ask: Ask, student: str, item: str, text: Text) -> Iterator[Say]:
    """Note something on an item of a student's checklist."""
    name, words = "", text.split()
    if item.lower() in {c.name for c in lists(ask)} and len(words) > 1:
        name, item, text = item.lower(), words[0], " ".join(words[1:])
    check_tells_none(text)
    if len(text.encode()) > LONGEST_NOTE:
        raise Refused(f"a note has at most {LONGEST_NOTE} bytes; say the rest to them")

    def would(known: Known) -> str:
        return f"That would note it for {known.row.account}."

    theirs = of_student(ask, one_student(ask, student, Data.RECORD, would))
    of = theirs.one(name)
    number = find_item(of, item)
    undo = f"the note on item {number} of @{theirs.name} is gone"
    key = of.items[number - 1].key
    kept.note(ask.books, ask.deed, ask.season_key, theirs.place, of.name, key, text, undo)
    yield ask.answer(f"note kept; {theirs.name} sees it in private.")


def checklist_behind(ask: Ask) -> Iterator[Say]:
    """List whose checklists have open items."""
    of = year(ask.books, ask.season_key, ask.now)
    found, count = behind(ask.books, ask.season_key, ask.viewer, lists(ask), of)
    if not count:
        raise Refused("no student of yours has a checklist now")
    if not found:
        yield ask.answer("nobody is behind: all that is asked now is done.")
        return
    by_list: dict[str, list[Behind]] = {}
    for one in found:
        by_list.setdefault(one.checklist.name, []).append(one)
    names_mentors = ask.viewer.is_organiser
    heads: list[str] = []
    items: list[str] = []
    for people in by_list.values():
        checklist = people[0].checklist
        heads.append(f"{checklist.title.lower()}{_ends(ask, window(checklist, of.stretches))}: ")
        named = [_far(one, mentors=names_mentors) for one in people]
        items += [(heads[-1] if items else "") + named[0], *named[1:]]
    others = count - len({one.account for one in found})
    yield ask.listing(heads[0], items, ". Others complete." if others else ".")


def checklist_give(ask: Ask, template: str, to: str) -> Iterator[Say]:
    """Give a checklist to a student, to all, to the mentors or to the organisers."""
    checklist = next((c for c in lists(ask) if c.name == template.lower()), None)
    if checklist is None:
        raise Refused(f"there is no list {template[:40]}. See: !checklist templates")
    role, audience, whom = _OF_ROLES.get(to.lower(), _OF_ROLES[MENTORS])
    if to.lower() in _OF_ROLES:
        check_may_give(checklist, audience)
        places = [(ask.network, account) for account in ask.holders(role)]
    else:
        check_may_give(checklist, Audience.STUDENTS)
        places = _students(ask, checklist, to)
        whom = ask.season.word
    if not places:
        raise Refused(f"there are no {whom}s to give it to")
    places = kept.without(ask.books, ask.season_key, places, checklist.name)
    if not places:
        raise Refused("they have it already")
    count = len(places)
    who = f"@{places[0][1]}" if count == 1 else wording.plural(count, whom)
    undo = f"{checklist.name} is not given to {who}"
    kept.give(ask.books, ask.deed, ask.season_key, places, checklist.name, undo)
    its = window(checklist, year(ask.books, ask.season_key, ask.now).stretches)
    due = f", due {wording.when_briefly(its.end, ask.now)}" if _lies_ahead(its, ask.now) else ""
    given = f"{wording.plural(count, whom)}, {wording.plural(len(checklist.items), 'item')}"
    yield ask.answer(f'checklist "{checklist.name}" given to {given}{due}.')


def _students(ask: Ask, checklist: Checklist, to: str) -> list[tuple[str, str]]:
    asked = students.asked(ask.books, ask.season_key, ask.now)
    if not asked:
        raise Refused("nobody is asked anything before your !season announce")
    if to.lower() == ALL:
        return [(known.row.network, known.row.account) for known in asked]

    def would(known: Known) -> str:
        return f'That would give them "{checklist.name}".'

    known = one_student(ask, to, Data.RECORD, would)
    return [(known.row.network, known.row.account)]


def _far(one: Behind, *, mentors: bool) -> str:
    """wenjie 4/9 (tomas); a mentor knows whose students they are"""
    whose = f" ({' and '.join(one.mentors)})" if mentors else ""
    return f"{one.account} {one.done}/{len(one.checklist.items)}{whose}"


def _ends(ask: Ask, its: Window | None) -> str:
    if its is None:
        return ""
    if not _lies_ahead(its, ask.now):
        return " (over)"
    return f" ends in {wording.span(moment(its.end) - ask.now)}"


def _lies_ahead(its: Window | None, now: datetime) -> TypeGuard[Window]:
    return its is not None and now < moment(its.end)
