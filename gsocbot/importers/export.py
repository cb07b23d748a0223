"""Ideas written back into a folder: a Markdown file each, and only what has changed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from gsocbot.importers.faults import Faults
from gsocbot.importers.ideas import NO_IDEAS, ideas_by_file
from gsocbot.importers.markdown import write_idea
from gsocbot.rules.ideas import IdeaText, completed

_DEVICE = re.compile("con|prn|aux|nul|com[0-9]|lpt[0-9]")
"""Windows has no files of these names, and cannot check out a repository that has."""


@dataclass(frozen=True, slots=True)
class Written:
    """The ideas that were written, a file each, and which could not be, in words."""

    ideas: tuple[IdeaText, ...] = ()
    left: tuple[str, ...] = ()

    @property
    def files(self) -> int:
        """How many files that are."""
        return len(self.ideas)


def write_folder(folder: Path, ideas: Iterable[IdeaText]) -> Written:
    """Write ideas into the files that they stand in, new ones into files of their own.

    A file whose idea has not changed stays as it is, byte for byte. What stands in a list of
    several ideas (JSON) is left to people and named. Raises Unreadable when the folder cannot be
    read, and OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    faults = Faults()
    there = {
        completed(idea).slug: (file, idea)
        for file, found in ideas_by_file(folder, faults)
        for idea in found
    }
    faults.raise_any()
    new, left = [], []
    for idea in ideas:
        file, was = there.get(idea.slug, (_new_file(folder, idea.slug), None))
        if was is not None and _says_the_same(was, idea):
            continue
        if file.suffix == ".md":
            _write(file, write_idea(idea, stem=file.stem))
            new.append(idea)
        else:
            left.append(f"{idea.number} {idea.slug} stands in {file.name}")
    return Written(tuple(new), tuple(left))


def _new_file(folder: Path, slug: str) -> Path:
    file = folder / f"{slug}.md"
    while file.name in NO_IDEAS or _DEVICE.fullmatch(file.stem) or file.exists():
        file = file.with_name(f"{file.stem}-idea.md")
    return file


def _says_the_same(was: IdeaText, idea: IdeaText) -> bool:
    """Whether a file's idea is the kept one; the number it may have got since is no change."""
    return replace(completed(was), number=was.number or idea.number) == completed(idea)


def _write(file: Path, text: str) -> None:
    """Write a file whole or not at all."""
    new = file.with_name(f".{file.name}.new")
    try:
        new.write_text(text, encoding="utf-8")
        new.replace(file)
    except OSError:
        new.unlink(missing_ok=True)
        raise
