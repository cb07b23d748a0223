"""A topic: one right answer, and how people ask for it."""

from dataclasses import dataclass
from enum import StrEnum


class MeaningKind(StrEnum):
    """What kind of right answer a question wants."""

    TIMELINE = "timeline"
    FAQ = "faq"
    IDEA_SEARCH = "idea-search"
    CONTACT = "contact"
    REFUSE_PRIVATE = "refuse-private"
    GREETING = "greeting"
    HUMAN = "human"


@dataclass(frozen=True, slots=True)
class Topic:
    """Its kind, its key if it is an entry of the FAQ, its signs, and whole questions."""

    kind: MeaningKind
    key: str
    signs: tuple[str, ...]
    asked: tuple[str, ...]

    @property
    def name(self) -> str:
        """faq:slots, or timeline"""
        return f"{self.kind}:{self.key}" if self.key else str(self.kind)
