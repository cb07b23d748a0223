"""A season as its folder tells it: what people review in git, as values."""

from dataclasses import dataclass
from datetime import datetime

from gsocbot.rules.checklists import Checklist
from gsocbot.rules.faq import FaqText
from gsocbot.rules.ideas import IdeaText
from gsocbot.rules.recurrence import Weekly
from gsocbot.rules.timeline import Deadline, Phase
from gsocbot.talk import Refused


@dataclass(frozen=True, slots=True)
class SeasonFacts:
    """What is known of a season; `word` is what it calls the people it mentors.

    Since `announced_at` everybody may know who they are, and since `closed_at` it is an archive.
    """

    key: str
    title: str
    organisation: str
    year: int
    word: str
    list: str
    subject: str
    about: str
    since: datetime
    announced_at: datetime | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SeasonFolder:
    """One organisation in one year; `word` is what it calls the people it mentors.

    `faq` are its own entries, without those that ship.
    """

    key: str
    title: str = ""
    organisation: str = ""
    year: int = 0
    word: str = "contributor"
    list: str = ""
    subject: str = ""
    about: str = ""
    deadlines: tuple[Deadline, ...] = ()
    phases: tuple[Phase, ...] = ()
    series: tuple[tuple[str, Weekly], ...] = ()
    ideas: tuple[IdeaText, ...] = ()
    checklists: tuple[Checklist, ...] = ()
    faq: tuple[FaqText, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """An idea that was changed in its file and here, and the fields in which the two differ."""

    number: int
    slug: str
    fields: tuple[str, ...]

    def __str__(self) -> str:
        """1 parser (title, skills)"""
        return f"{self.number} {self.slug} ({', '.join(self.fields)})"


@dataclass(frozen=True, slots=True)
class Changes:
    """What reading a folder or a list into the store came to.

    `overruled` are the dates of which IRC had changed what the folder has changed too.
    """

    new: int = 0
    changed: int = 0
    retired: int = 0
    conflicts: tuple[Conflict, ...] = ()
    overruled: tuple[str, ...] = ()

    def __str__(self) -> str:
        """3 new, 1 changed"""
        parts = [f"{self.new} new", f"{self.changed} changed"]
        if self.retired:
            parts.append(f"{self.retired} retired")
        if self.conflicts:
            parts.append(
                f"left alone, changed on both sides: {'; '.join(map(str, self.conflicts))}"
            )
        if self.overruled:
            parts.append(f"the folder's taken, changed on IRC too: {'; '.join(self.overruled)}")
        return ", ".join(parts)


FIRST_YEAR, LAST_YEAR = 2005, 2199


def next_year(text: str, this: int) -> int:
    """The year that is meant by its four figures; refuses what is none, and the season's own."""
    if not (text.isascii() and text.isdigit() and FIRST_YEAR <= int(text[:6]) <= LAST_YEAR):
        raise Refused(f'"{text[:20]}" is no year; write it like {(this or FIRST_YEAR) + 1}')
    if int(text) == this:
        raise Refused(f"that is this season; write it like {this + 1}")
    return int(text)
