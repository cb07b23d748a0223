"""Writing the FAQ: entries by one person, public once a second one has looked at them."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from gsocbot.commands.ask import Ask
from gsocbot.commands.command import Text
from gsocbot.commands.embargo import check_untold
from gsocbot.commands.faq import next_step, standing
from gsocbot.rules import ledger
from gsocbot.rules.faq import (
    Entry,
    FaqState,
    FaqText,
    changed,
    check_may_pass,
    check_move,
    check_tells_nobody,
    checked_answer,
    checked_key,
    checked_source,
    closest,
    named,
    title_from,
)
from gsocbot.store import faq as kept
from gsocbot.store import questions, roles
from gsocbot.store.tables import FaqEntry
from gsocbot.talk import Refused, Say

MOST_NAMES = 12
"""Other names of one entry."""


def faq_add(ask: Ask, key: str, text: Text) -> Iterator[Say]:
    """Write a new entry; it is public when another mentor has looked at it."""
    check_untold(ask, text)
    draft = _new(ask, FaqText(_free(ask, key), checked_answer(text)), ask.who)
    yield ask.answer(
        f'new entry "{draft.text.key}", needs a second pair of eyes: {next_step(ask, draft)}'
    )


def faq_from(ask: Ask, question: str, key: str) -> Iterator[Say]:
    """Make an entry of an answered question; who asked it is not named."""
    number = ledger.number_of(question)
    found = questions.by_number(ask.books, ask.season_key, number)
    if found is None:
        raise Refused(f"there is no question q{number}. All: !questions")
    if found.answered_at is None:
        raise Refused(f"q{number} has no answer yet: !answer q{number} <text>")
    asker = (found.asker, found.nick)
    check_tells_nobody(number, found.answer, asker)
    check_untold(ask, found.answer)
    title = title_from(found.text, asker)
    text = FaqText(_free(ask, key), checked_answer(found.answer), title)
    draft = _new(ask, text, found.answered_by)
    yield ask.answer(
        f'"{draft.text.key}" made from q{number}; waits for a second pair of eyes: '
        f"{next_step(ask, draft)}"
    )


def faq_ok(ask: Ask, key: str) -> Iterator[Say]:
    """Make a draft public as its second pair of eyes."""
    entry, row = _one(ask, key)
    name = entry.text.key
    seen = entry.state is FaqState.PUBLIC and (entry.checked_by or not entry.author)
    if row is None or seen:
        raise Refused(f"{name} is public already: !faq {name}")
    holders = {account for _, account, _ in roles.grants(ask.books, ask.season_key)}
    checked = check_may_pass(entry, ask.who, holders)
    if entry.state is not FaqState.PUBLIC:
        check_move(name, entry.state, FaqState.PUBLIC)
    elif not checked:
        raise Refused(f"{name} is public already, and nobody else is there to check it")
    by = ask.who if checked else ""
    undo = f'"{name}" is {"a draft again" if entry.state is FaqState.DRAFT else "unchecked again"}'
    ask.books.change(ask.deed, row, undo, state=FaqState.PUBLIC, checked_by=by)
    author = ask.name(entry.author)
    if checked:
        yield ask.answer(f'"{name}" is public ({author}, checked by {ask.name(ask.who)}).')
    else:
        yield ask.answer(
            f'"{name}" is public ({author}); nobody else has a role here, so nobody has checked it.'
        )


def faq_edit(ask: Ask, key: str, text: Text) -> Iterator[Say]:
    """Change an answer, as s/old words/new words/ or by writing it anew."""
    entry, row = _one(ask, key)
    name = entry.text.key
    new = changed(entry.text.answer, text)
    check_untold(ask, new)
    undo = f'"{name}" reads as before'
    _put(ask, entry, row, undo, answer=new, author=ask.who, at=ask.now, checked_by="")
    draft = replace(entry, text=replace(entry.text, answer=new), author=ask.who)
    step = f"Old text kept: !faq history {name}"
    if entry.state is FaqState.DRAFT:
        step = next_step(ask, draft)
        step = step[:1].upper() + step[1:]
    end = '" ' if new[-1] in ".!?" else '". '
    yield ask.squeezed(f'{name}: now "', new, end + step, as_is=True)


def faq_alias(ask: Ask, new: str, key: str) -> Iterator[Say]:
    """Give an entry another name."""
    texts = [entry.text for entry in _every(ask)]
    if named(texts, key) is None and named(texts, new) is not None:
        raise Refused(f"write the new name first: !faq alias {key[:40]} {new[:40]}")
    entry, row = _one(ask, key)
    name = _free(ask, new)
    aliases = (*entry.text.aliases, name)
    if len(aliases) > MOST_NAMES:
        raise Refused(f"{entry.text.key} has {MOST_NAMES} other names, which is enough")
    undo = f'"{name}" is no name of {entry.text.key} any more'
    _put(ask, entry, row, undo, aliases=" ".join(aliases))
    yield ask.answer(f'{entry.text.key} is also "{name}" now: !faq {name}', as_is=True)


def faq_source(ask: Ask, key: str, address: str) -> Iterator[Say]:
    """Say on which page of the web an answer can be checked."""
    entry, row = _one(ask, key)
    name, source = entry.text.key, checked_source(address)
    if source == entry.text.source:
        raise Refused("that would change nothing")
    _put(ask, entry, row, f"the source of {name} is as it was", source=source)
    public = entry.state is FaqState.PUBLIC
    page = f"the page shows it: {ask.addresses.faq(name)}" if public else next_step(ask, entry)
    yield ask.answer(f"{name}: source set; {page}", as_is=True)


def faq_drop(ask: Ask, key: str) -> Iterator[Say]:
    """Take an entry out of the FAQ, or another name from an entry."""
    entry, row = _one(ask, key)
    name, typed = entry.text.key, key.lower()
    if typed != name:
        ask.confirm(f'this takes the name "{typed}" from {name}.')
        left = " ".join(alias for alias in entry.text.aliases if alias != typed)
        _put(ask, entry, row, f'{name} is also "{typed}" again', aliases=left)
        yield ask.answer(f'{name} is not "{typed}" any more.', as_is=True)
        return
    draft = "the draft " if entry.state is FaqState.DRAFT else ""
    check_move(name, entry.state, FaqState.DROPPED)
    ask.confirm(f'this takes {draft}"{name}" out of the FAQ.')
    _put(ask, entry, row, f'{draft}"{name}" is back', state=FaqState.DROPPED)
    yield ask.answer(
        f'{draft}"{name}" is dropped. Within 10 min !undo brings it back; later write it anew: '
        f"!faq add {name} <text>"
    )


# ---


def _every(ask: Ask) -> list[Entry]:
    """What everybody sees, and the drafts."""
    return [*standing(ask), *kept.drafts(ask.books, ask.season_key)]


def _one(ask: Ask, word: str) -> tuple[Entry, FaqEntry | None]:
    """The entry, draft or not, that has this very name, and its row if it was written on IRC."""
    entries = _every(ask)
    found = named([entry.text for entry in entries], word)
    if found is None:
        row = kept.row(ask.books, ask.season_key, word.lower())
        was = f"{word[:40].lower()} was dropped" if row else f'there is no entry "{word[:40]}"'
        near = "" if row else closest([entry.text for entry in entries], word)
        other = f"; the closest is {near}" if near else ""
        raise Refused(f"{was}{other}. A new one: !faq add {word[:40].lower()} <text>")
    entry = next(entry for entry in entries if entry.text is found)
    return entry, kept.row(ask.books, ask.season_key, found.key)


def _free(ask: Ask, word: str) -> str:
    """A word as a name that no entry has."""
    name = checked_key(word)
    if name in {c.verb for c in ask.seen.commands if c.noun == "faq"}:
        raise Refused(f'"!faq {name}" does something else; choose another word')
    entries = _every(ask)
    found = named([entry.text for entry in entries], name)
    if found is None:
        return name
    if found.key != name:
        raise Refused(
            f'"{name}" is a name of {found.key} already. Change that: !faq edit {found.key} <text>'
        )
    if any(e.text is found and e.state is FaqState.DRAFT for e in entries):
        raise Refused(f"{name} is written and waits: !faq drafts {name}")
    raise Refused(f'there is an entry "{name}". Change it: !faq edit {name} <text>')


def _new(ask: Ask, text: FaqText, author: str) -> Entry:
    """Keep a draft, in the place of one that was dropped if there is one."""
    draft = Entry(text, FaqState.DRAFT, author, ask.now)
    row = kept.row(ask.books, ask.season_key, text.key)
    if row is None:
        _put(ask, draft, None, f'the draft "{text.key}" is gone')
    else:
        check_move(text.key, FaqState(row.state), FaqState.DRAFT)
        undo = f'the draft "{text.key}" is gone'
        ask.books.change(ask.deed, row, undo, **_values(draft))
    return draft


def _put(ask: Ask, entry: Entry, row: FaqEntry | None, undo: str, **values: Any) -> None:
    """Change some values of an entry; one that only a file has is kept whole."""
    if row is not None:
        ask.books.change(ask.deed, row, undo, **values)
    else:
        ask.keep(FaqEntry, undo, **{**_values(entry), "at": ask.now, **values})


def _values(entry: Entry) -> dict[str, Any]:
    """The columns of an entry."""
    text = entry.text
    return {
        "key": text.key,
        "answer": text.answer,
        "title": text.title,
        "aliases": " ".join(text.aliases),
        "source": text.source,
        "state": entry.state,
        "author": entry.author,
        "at": entry.at,
        "checked_by": entry.checked_by,
    }
