"""Ideas and the season's folder: read what people reviewed there, write back what IRC changed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from gsocbot.commands.ask import Ask
from gsocbot.config import ChannelRole
from gsocbot.importers.export import write_folder
from gsocbot.importers.faults import Unreadable
from gsocbot.importers.ideas import idea_called, read_ideas
from gsocbot.render.lines import cut
from gsocbot.render.words import plural
from gsocbot.rules.drafting import CALLED
from gsocbot.rules.ideas import IdeaState, IdeaText, Side
from gsocbot.rules.roles import Role
from gsocbot.rules.seasons import Changes, Conflict
from gsocbot.store import drafts, reading_in
from gsocbot.store import ideas as shelf
from gsocbot.store.reading_in import NOBODY
from gsocbot.talk import Refused, Say

SHOWN = 120
"""Bytes of each version of a field."""

WORDS_BEFORE = 3
"""So many words in which both versions agree stand before those in which they differ."""


def idea_import(ask: Ask, idea: str = "") -> Iterator[Say]:
    """Read the ideas of the season's folder again, after saying what that would change.

    With an idea that was changed on both sides, what its file says is taken.
    """
    name = ask.seen.outside.folder(ask.season_key).name
    changes = _decided(ask, _texts(ask), idea, Side.FILE)
    ways = _ways(changes)
    if not _any(changes):
        yield ask.answer(f"read {name}: {changes}. There is nothing to take over.{ways}")
        return
    # What was read is kept only if nothing is asked back: a question undoes it all.
    ask.confirm(f"read {name}: {changes}, 0 errors.")
    yield ask.answer(f"taken over from {name}: {changes}.{ways}")


def idea_export(ask: Ask, idea: str = "") -> Iterator[Say]:
    """Write what was changed on IRC into the files of the season's folder.

    With an idea that was changed on both sides, what is kept here is written over its file.
    """
    folder = ask.seen.outside.folder(ask.season_key)
    changes = _decided(ask, _texts(ask), idea, Side.HERE)
    if _any(changes):
        raise Refused(f"{folder.name} has changed since it was read: {changes}. !idea import first")
    if idea:
        ask.confirm(f"this writes what is kept of {idea} over what its file says.")
    apart = {conflict.slug for conflict in changes.conflicts}
    every = (kept.text for kept in shelf.every(ask.books, ask.season_key))
    ideas = [text for text in every if text.slug not in apart and not _is_gone(ask, text)]
    try:
        written = write_folder(folder, ideas)
    except OSError as error:
        raise Refused(f"{folder.name} cannot be written: {error.strerror}") from error
    reading_in.written(ask.books, ask.deed, ask.season_key, written.ideas)
    left = [f"left alone: {why}" for why in (*changes.conflicts, *written.left)]
    head = f"{plural(written.files, 'file')} written in {folder.name}; review them in git"
    ways = _ways(changes)
    yield ask.listing(f"{head}. ", left, f".{ways}") if left else ask.answer(f"{head}.")


def _is_gone(ask: Ask, idea: IdeaText) -> bool:
    """Whether an idea is retired and has no file, or none any more: it gets none again."""
    if idea.state is not IdeaState.RETIRED:
        return False
    return not drafts.row(ask.books, ask.season_key, idea.number or 0).in_folder


def both_versions(ask: Ask, idea: IdeaText) -> Iterator[Say]:
    """What the folder says and what is kept of an idea, where both have changed it."""
    if not drafts.row(ask.books, ask.season_key, idea.number or 0).in_folder:
        return
    found = idea_called(idea.slug, ask.seen.outside.folder(ask.season_key))
    if found is None:
        return
    file, text = found
    items = []
    for name, theirs, ours in reading_in.clash(ask.books, ask.season_key, idea, text):
        there, here = _from_where_they_differ(theirs, ours)
        items.append(f"{CALLED.get(name, name)}: {file.name} says {there}, here it is {here}")
    if items:
        if ask.role is not ChannelRole.ORGANISERS:
            yield from ask.privately()
        ways = _sides(idea.number or 0) if Role.ORGANISER in ask.roles else ""
        yield ask.listing("changed on both sides: ", items, f".{ways}")


def _from_where_they_differ(*values: object) -> list[str]:
    """Two values, each as a quotation that begins a little before the first difference."""
    texts = [", ".join(map(str, v)) if isinstance(v, tuple) else str(v) for v in values]
    words = [text.split() for text in texts]
    alike = next((n for n, (a, b) in enumerate(zip(*words, strict=False)) if a != b), 0)
    begin = max(alike - WORDS_BEFORE, 0)
    return [_quoted(" ".join(some[begin:]), cut_before=begin > 0) for some in words]


def _quoted(text: str, *, cut_before: bool) -> str:
    begun, rest = cut(text, SHOWN)
    dots = "… " if cut_before else ""
    return f'"{dots}{begun}{"…" if rest else ""}"' if text else "empty"


def _texts(ask: Ask) -> list[IdeaText]:
    """The ideas of the season's folder."""
    folder = ask.seen.outside.folder(ask.season_key)
    try:
        return read_ideas(folder)
    except Unreadable as error:
        first = error.faults[0].removeprefix(f"{folder}/").removeprefix(f"{folder.parent}/")
        more = f" ({len(error.faults) - 1} more)" if len(error.faults) > 1 else ""
        raise Refused(f"nothing is read: {first}{more}") from error


def _decided(ask: Ask, texts: Sequence[IdeaText], idea: str, right: Side) -> Changes:
    """What the folder says, brought together with what is kept; of an idea one side is right."""
    changes = _merged(ask, texts)
    if not idea:
        return changes
    conflict = _conflict(changes, idea)
    more = _merged(ask, texts, {conflict.number: right})
    return replace(changes, changed=changes.changed + more.changed, conflicts=more.conflicts)


def _merged(ask: Ask, texts: Sequence[IdeaText], right: Mapping[int, Side] = NOBODY) -> Changes:
    key = ask.season_key
    return reading_in.ideas(ask.books, ask.deed, key, texts, whole_folder=True, right=right)


def _conflict(changes: Changes, idea: str) -> Conflict:
    for conflict in changes.conflicts:
        if idea.lower().removeprefix("#") in {str(conflict.number), conflict.slug}:
            return conflict
    raise Refused(f'"{idea[:40]}" was not changed on both sides; leave it out for the whole folder')


def _ways(changes: Changes) -> str:
    """How what both sides have changed is seen and settled."""
    if not changes.conflicts:
        return ""
    one = changes.conflicts[0].number
    return f" Both versions: !idea check {one}.{_sides(one)}"


def _sides(number: int) -> str:
    return f" Take the file's: !idea import {number}, or ours: !idea export {number}"


def _any(changes: Changes) -> bool:
    return bool(changes.new or changes.changed or changes.retired)
