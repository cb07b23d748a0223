"""Checklists: what is asked of one, and ticking it."""

from collections.abc import Iterator, Sequence

from gsocbot.commands.ask import Ask
from gsocbot.commands.checklist_words import Theirs, found, lists, mine, of_student, read
from gsocbot.commands.command import Words
from gsocbot.commands.students import one_student
from gsocbot.render import words as wording
from gsocbot.rules.checklists import Checklist, window
from gsocbot.rules.privacy import EVERYBODY, Data
from gsocbot.store import people
from gsocbot.store.private import checklists as kept
from gsocbot.store.private import students
from gsocbot.talk import Refused, Say


def checklist(ask: Ask, list_or_student: Words = "") -> Iterator[Say]:
    """Show your own checklist, another of yours, or a student's."""
    words = list_or_student.lower().split()
    if words and not ask.in_private and _shows_everybody(ask, words[0]):
        yield from _of_student(ask, words)
        return
    yield from ask.privately()
    try:
        yield from _of_student(ask, words) if _is_student(ask, words) else _own(ask, words)
    except Refused as refused:
        refused.private = ask.heard.channel is not None
        raise


def checklist_templates(ask: Ask) -> Iterator[Say]:
    """List the checklists that there are, with the number of their items."""
    items = [f"{c.name} {len(c.items)}" for c in lists(ask)]
    if not items:
        raise Refused("there are no checklists here")
    yield ask.listing("", items)


def check(ask: Ask, item: Words) -> Iterator[Say]:
    """Tick an item of a checklist, by its number or its words."""
    said = read(ask, item)
    theirs, of, number = found(ask, said, "done")
    tick = theirs.progress.tick(of, number)
    again = " ".join(filter(None, ("!uncheck", said.checklist, str(number), theirs.name)))
    if tick is not None and said.link in {"", tick.link}:
        whose = f" of {theirs.name}" if theirs.name else ""
        raise Refused(f"item {number}{whose} is done already. Open it again: {again}")
    place, key = (ask.season_key, theirs.place), of.items[number - 1].key
    if tick is not None:
        undo = f"{_item(theirs, number)} has its old link again"
        kept.link(ask.books, ask.deed, *place, of.name, key, said.link, undo)
    else:
        undo = f"{_item(theirs, number)} is open again"
        kept.tick(ask.books, ask.deed, *place, of.name, key, said.link, undo)
    done = len(theirs.progress.done(of)) + (tick is None)
    link = "; the link is kept" if said.link else ""
    link += ", and I look now and then whether it opens" * (link != "" and ask.seen.checks_links)
    # How far somebody is a channel hears of those alone who want it so.
    shows = ask.in_private or theirs.place in people.public(ask.books, ask.season_key)
    counted = f"item {number} done{f', {done} of {len(of.items)}' * shows}{link}."
    if theirs.name:
        yield ask.answer(f"{theirs.name}: {counted} {theirs.name} is told.", as_is=True)
    else:
        yield ask.answer(counted)


def uncheck(ask: Ask, item: Words) -> Iterator[Say]:
    """Open an item of a checklist again."""
    said = read(ask, item)
    theirs, of, number = found(ask, said, "open again")
    undo = f"{_item(theirs, number)} is done again"
    place, key = (ask.season_key, theirs.place), of.items[number - 1].key
    if not kept.untick(ask.books, ask.deed, *place, of.name, key, undo):
        tick = " ".join(filter(None, ("!check", said.checklist, str(number), theirs.name)))
        raise Refused(f"item {number} is open. Tick it: {tick}")
    if theirs.name:
        yield ask.answer(f"{theirs.name}: item {number} is open again.", as_is=True)
    else:
        yield ask.answer(f"item {number} is open again.")


def _item(theirs: Theirs, number: int) -> str:
    """An item in what !undo says."""
    return f"checklist item {number} of @{theirs.name}" if theirs.name else f"item {number}"


# --- showing


def _is_student(ask: Ask, words: Sequence[str]) -> bool:
    """Whether words name somebody else, and not a list of one's own."""
    return bool(words) and words[0] not in {c.name for c in lists(ask)} | {"me", ask.who}


def _shows_everybody(ask: Ask, word: str) -> bool:
    """Whether somebody lets a channel see how far they are; named in full, nothing is guessed."""
    there = students.known(ask.books, ask.season_key, EVERYBODY, Data.CHECKLIST, ask.now)
    return any(
        k.row.network == ask.network and k.row.account == word and k.row.ended_at is None
        for k in there
    )


def _own(ask: Ask, words: Sequence[str]) -> Iterator[Say]:
    theirs = mine(ask)
    of = theirs.one(next((w for w in words if w not in {"me", ask.who}), ""))
    done = theirs.progress.done(of)
    head = f"{of.title.lower()}, {len(done)} of {len(of.items)} done{_until(ask, theirs, of)}. "
    items = _open(theirs, of, done)
    if items:
        others = _others(theirs, of)
        yield ask.listing(f"{head}Next: ", items, others and f".{others}")
    else:
        yield ask.answer(f"{head}All of it is done, well done!{_others(theirs, of)}")


def _of_student(ask: Ask, words: Sequence[str]) -> Iterator[Say]:
    theirs = of_student(ask, one_student(ask, words[0], Data.CHECKLIST))
    of = theirs.one(words[1] if len(words) > 1 else "")
    done, name = theirs.progress.done(of), ask.name(theirs.name)
    head = f"{of.title.lower()} of {name}, {len(done)} of {len(of.items)} done"
    changed = theirs.progress.changed(of)
    last = f". Last change {wording.day(changed.date(), ask.now)}." if changed else "."
    shown = [
        f"{n} done: {tick.link}"
        for n in done
        if (tick := theirs.progress.tick(of, n)) and tick.link
    ]
    items = [*_open(theirs, of, done), *shown]
    if items:
        still = ". Open: " if len(done) < len(of.items) else ": "
        yield ask.listing(head + still, items, last)
    else:
        yield ask.answer(f"{head}{last}")


def _open(theirs: Theirs, of: Checklist, done: Sequence[int]) -> list[str]:
    """The items that are open, with what was last noted on each."""
    items = []
    for number, item in enumerate(of.items, 1):
        if number not in done:
            note = theirs.progress.note(of, number)
            noted = f" ({note.by}: {note.text})" if note else ""
            items.append(f"{number} {item.text}{noted}")
    return items


def _until(ask: Ask, theirs: Theirs, of: Checklist) -> str:
    its = window(of, theirs.year.stretches)
    if its is None or not its.is_running(ask.now):
        return ""
    return f", until {wording.when_briefly(its.end, ask.now)}"


def _others(theirs: Theirs, of: Checklist) -> str:
    """The other lists of now, each with how to see it."""
    others = [c for c in theirs.current if c != of]
    named = [f"{c.name} {len(theirs.progress.done(c))}/{len(c.items)}" for c in others]
    return f" Also yours: {', '.join(named)} (!checklist {others[0].name})" if named else ""
