"""Which entry stands: those written on IRC before the season's folder, that before what ships."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from gsocbot.rules.faq.texts import FaqText


class FaqState(StrEnum):
    """Where an entry written on IRC stands; a dropped one hides that of a file too."""

    DRAFT = "draft"
    PUBLIC = "public"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry, and who has written its answer on IRC; nobody, if that stands in a file."""

    text: FaqText
    state: FaqState = FaqState.PUBLIC
    author: str = ""
    at: datetime | None = None
    checked_by: str = ""


def standing(files: Sequence[FaqText], written: Sequence[Entry]) -> tuple[Entry, ...]:
    """The FAQ as everybody sees it, by key: of the entries written on IRC the public ones.

    Each of these, a draft and a dropped one too, hides that of a file with its key, and keeps what
    that one is found by in plain words. A name of a public one belongs to it alone.
    """
    below = {text.key: text for text in files}
    ours = {entry.text.key: entry for entry in written}
    public = [entry for entry in written if entry.state is FaqState.PUBLIC]
    names = {name for entry in public for name in (entry.text.key, *entry.text.aliases)}
    found = {
        key: Entry(replace(text, aliases=tuple(a for a in text.aliases if a not in names)))
        for key, text in below.items()
        if key not in ours
    }
    for entry in public:
        found[entry.text.key] = replace(entry, text=_over(entry.text, below.get(entry.text.key)))
    return tuple(found[key] for key in sorted(found))


def _over(text: FaqText, below: FaqText | None) -> FaqText:
    """An entry with what the one below it is found by."""
    if below is None:
        return text
    return replace(text, title=text.title or below.title, signs=below.signs, asked=below.asked)
