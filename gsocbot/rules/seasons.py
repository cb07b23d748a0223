"""A season as its folder tells it: what people review in git, as values."""

from dataclasses import dataclass

from gsocbot.rules.checklists import Checklist
from gsocbot.rules.faq import FaqText
from gsocbot.rules.ideas import IdeaText
from gsocbot.rules.recurrence import Weekly
from gsocbot.rules.timeline import Deadline, Phase


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
class Changes:
    """What reading a folder or a list into the store came to."""

    new: int = 0
    changed: int = 0
    retired: int = 0
    conflicts: tuple[str, ...] = ()

    def __str__(self) -> str:
        """3 new, 1 changed"""
        parts = [f"{self.new} new", f"{self.changed} changed"]
        if self.retired:
            parts.append(f"{self.retired} retired")
        if self.conflicts:
            parts.append(f"left alone, changed on both sides: {'; '.join(self.conflicts)}")
        return ", ".join(parts)
