"""How well lists with gold answers are read: titles, mentors, levels and hours."""

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gsocbot.importers.lists import FoundIdea, read_folder, read_list

PROJECT = Path(__file__).parents[2]
LISTS = PROJECT.parent / "shared" / "data" / "ideas-lists"
"""Where lists with gold answers are, if anybody put some there; they are not ours to ship."""


@dataclass
class Counts:
    """What was right, what was too much and what is missing."""

    right: int = 0
    extra: int = 0
    missing: int = 0

    def add(self, wanted: set[str], got: set[str], optional: Iterable[str] = ()) -> None:
        """Count the members of one idea."""
        self.right += len(wanted & got)
        self.extra += len(got - wanted - set(optional))
        self.missing += len(wanted - got)

    @property
    def f1(self) -> float:
        """One number; 1 if there was nothing to find and nothing was found."""
        wrong = self.extra + self.missing
        return 2 * self.right / (2 * self.right + wrong) if self.right + wrong else 1.0


@dataclass
class Share:
    """How many of those that state something were read exactly, and how many were made up."""

    exact: int = 0
    stated: int = 0
    invented: int = 0

    def add(self, wanted: set[object], got: set[object]) -> None:
        """Count an idea."""
        self.stated += bool(wanted)
        self.exact += bool(wanted) and wanted == got
        self.invented += not wanted and bool(got)

    @property
    def share(self) -> float:
        """One number; 1 if nothing was stated."""
        return self.exact / self.stated if self.stated else 1.0


@dataclass
class Score:
    """The score of a list, or of several."""

    titles: Counts = field(default_factory=Counts)
    mentors: Counts = field(default_factory=Counts)
    levels: Share = field(default_factory=Share)
    hours: Share = field(default_factory=Share)
    misses: list[str] = field(default_factory=list)


def found_in(folder: Path) -> tuple[FoundIdea, ...]:
    """What is found in a list's raw text, one file or many."""
    files = sorted((folder / "raw").iterdir())
    if len(files) > 1:
        return read_folder(folder / "raw").ideas
    return read_list(files[0].name, files[0].read_text(encoding="utf-8")).ideas


def score(folders: Iterable[Path]) -> Score:
    """The score of some lists together."""
    whole = Score()
    for folder in folders:
        gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
        _score(gold, found_in(folder), whole)
    return whole


def _score(gold: dict[str, Any], found: tuple[FoundIdea, ...], whole: Score) -> None:
    optional = {_title(t) for t in gold.get("optional_titles", [])}
    left = list(gold["ideas"])
    for idea in found:
        title = _title(idea.title)
        match = next((g for g in left if title in _titles(g)), None)
        if match is not None:
            left.remove(match)
            whole.titles.right += 1
            _fields(match, idea, whole)
        elif title not in optional:
            whole.titles.extra += 1
            whole.misses.append(f"{gold['list']}: extra {idea.title}")
    for missing in (g for g in left if not g.get("optional")):
        whole.titles.missing += 1
        whole.misses.append(f"{gold['list']}: missing {missing['title']}")


def _fields(gold: dict[str, Any], idea: FoundIdea, whole: Score) -> None:
    wanted = {_name(m) for m in gold.get("mentors") or []}
    got = {_name(m) for m in idea.mentors}
    whole.mentors.add(wanted, got, {_name(m) for m in gold.get("mentors_optional") or []})
    whole.levels.add(set(gold.get("levels") or []), set(idea.levels))
    whole.hours.add(set(gold.get("size_hours") or []), set(idea.size_hours))


def _titles(gold: dict[str, Any]) -> set[str]:
    return {_title(t) for t in (gold["title"], *gold.get("alt_titles", []))}


def _title(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_QUOTES)
    return re.sub(r"\s+", " ", re.sub(r"[`*_\[\]]", "", plain)).strip(" \t.:;,#-\"'")


def _name(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold().replace("@", "")
    return re.sub(r"\s+", " ", plain).strip(" .,;()[]*_`")


_QUOTES = str.maketrans("’‘“”–—", "''\"\"--")
