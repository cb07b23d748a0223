"""Ideas and the season's folder: read what people reviewed there, write back what IRC changed."""

from collections.abc import Iterator

from gsocbot.commands.ask import Ask
from gsocbot.importers.export import write_folder
from gsocbot.importers.faults import Unreadable
from gsocbot.importers.ideas import read_ideas
from gsocbot.render.words import plural
from gsocbot.rules.seasons import Changes
from gsocbot.store import ideas as shelf
from gsocbot.store import reading_in
from gsocbot.talk import Refused, Say


def idea_import(ask: Ask) -> Iterator[Say]:
    """Read the ideas of the season's folder again, after saying what that would change."""
    changes = _read(ask)
    name = ask.seen.outside.folder(ask.season_key).name
    if not _any(changes):
        yield ask.answer(f"read {name}: {changes}. There is nothing to take over.")
        return
    # What was read is kept only if nothing is asked back: a question undoes it all.
    ask.confirm(f"read {name}: {changes}, 0 errors.")
    yield ask.answer(f"taken over from {name}: {changes}.")


def idea_export(ask: Ask) -> Iterator[Say]:
    """Write what was changed on IRC into the files of the season's folder."""
    changes = _read(ask)
    folder = ask.seen.outside.folder(ask.season_key)
    if _any(changes):
        raise Refused(f"{folder.name} has changed since it was read: {changes}. !idea import first")
    apart = {conflict.slug for conflict in changes.conflicts}
    every = (idea.text for idea in shelf.every(ask.books, ask.season_key))
    ideas = [idea for idea in every if idea.slug not in apart]
    try:
        written = write_folder(folder, ideas)
    except OSError as error:
        raise Refused(f"{folder.name} cannot be written: {error.strerror}") from error
    left = [f"left alone: {why}" for why in (*changes.conflicts, *written.left)]
    files = plural(written.files, "file")
    head = f"{files} written in {folder.name}; review them in git"
    yield ask.listing(f"{head}. ", left) if left else ask.answer(f"{head}.")


def _read(ask: Ask) -> Changes:
    """What the folder says, brought together with what is kept."""
    folder = ask.seen.outside.folder(ask.season_key)
    try:
        ideas = read_ideas(folder)
    except Unreadable as error:
        fault = error.faults[0].removeprefix(f"{folder}/")
        more = f" ({len(error.faults) - 1} more)" if len(error.faults) > 1 else ""
        raise Refused(f"nothing is read: {fault}{more}") from error
    return reading_in.ideas(ask.books, ask.deed, ask.season_key, ideas, whole_folder=True)


def _any(changes: Changes) -> bool:
    return bool(changes.new or changes.changed or changes.retired)
