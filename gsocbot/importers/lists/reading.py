"""A list of ideas from a text or a folder, whatever form it is in."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from gsocbot.importers.faults import Faults, Place, Unreadable
from gsocbot.importers.files import files_in, read_text
from gsocbot.importers.lists.finding import Finding, Found, has_text
from gsocbot.importers.lists.formats import SUFFIXES, document
from gsocbot.importers.lists.ideas import FoundIdea, understood
from gsocbot.importers.lists.labels import words_of
from gsocbot.importers.lists.outline import outline
from gsocbot.importers.lists.part import Part
from gsocbot.importers.lists.parts import part_of
from gsocbot.importers.lists.resort import last_resort
from gsocbot.importers.lists.titles import clean_title, is_talk, is_template
from gsocbot.importers.lists.tree import Line, Pair, Pairs, first_line, plain

LARGEST = 500_000
"""Bytes of a file; the largest list seen has 70 000."""
MOST_FILES = 2_000
MOST_NOTES = 500
DEEPEST_FOLDER = 3
_INDEX = re.compile(r"^(?:_?index|readme|ideas|projects|list)$", re.I)
_NO_IDEA = re.compile(
    r"^(?:contributing|license|changelog|template.*|_(?!index$).*|\..*|.*[-_. ]template|sample)$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class ListRead:
    """The ideas of a list, and in words what could not be understood."""

    ideas: tuple[FoundIdea, ...]
    notes: tuple[str, ...] = ()


def read_list(name: str, text: str) -> ListRead:
    """The ideas in a file's text; `name` tells its format and stands in every place.

    Raises Unreadable for a text that cannot be read at all.
    """
    page = _Page.read(name, text)
    found = page.found or last_resort(page.part)
    return _as_read([(name, f) for f in found], page.passed)


def read_folder(folder: Path) -> ListRead:
    """The ideas in a folder's files, in the order of their names.

    Raises Unreadable with every file that cannot be read.
    """
    faults = Faults()
    pages: list[_Page] = []
    aside: list[Path] = []
    for path in _files(folder, faults):
        if _NO_IDEA.match(path.stem):
            continue
        if _INDEX.match(path.stem):
            aside.append(path)
        else:
            pages.extend(_pages(path, folder, faults))
    if not any(page.found for page in pages):
        pages.extend(page for path in aside for page in _pages(path, folder, faults))
    faults.raise_any()
    found = [(page.name, f) for page in pages for f in page.found or _whole(page, pages)]
    if not found:
        found = [(page.name, f) for page in pages for f in last_resort(page.part)]
    return _as_read(found, [note for page in pages for note in page.passed])


def _files(folder: Path, faults: Faults, depth: int = 0) -> list[Path]:
    """The files of a folder and of the folders in it."""
    files = files_in(folder, SUFFIXES, faults)
    if depth < DEEPEST_FOLDER:
        try:
            inner = sorted(p for p in folder.iterdir() if p.is_dir() and not p.is_symlink())
        except OSError:
            inner = []
        for path in inner:
            if not path.name.startswith((".", "_")) and len(files) < MOST_FILES:
                files.extend(_files(path, faults, depth + 1))
    return files[:MOST_FILES]


def _pages(path: Path, folder: Path, faults: Faults) -> list[_Page]:
    text = read_text(path, faults, LARGEST)
    try:
        name = path.relative_to(folder).as_posix()
        return [] if text is None else [_Page.read(name, text)]
    except Unreadable as error:
        for line in error.faults:
            faults.lines.append(line)
        return []


@dataclass(slots=True)
class _Page:
    name: str
    part: Part
    found: list[Found]
    passed: list[str]

    @classmethod
    def read(cls, name: str, text: str) -> _Page:
        """A file, with the ideas that it surely holds."""
        if len(text) > LARGEST:
            fault = f"the text is larger than {LARGEST // 1000} kB; divide it"
            raise Unreadable(f"{Place(Path(name))}: {fault}")
        try:
            front, blocks = document(name, text)
            part = part_of(outline(blocks, _front_title(front)))
            if front:
                top = part_of(outline([Pairs(front)]))
                part.own = [*top.own, *part.own]
                part.parts = [*top.parts, *part.parts]
            finding = Finding()
            found = finding.read(part)
        except RecursionError:
            raise Unreadable(f"{Place(Path(name))}: this is nested too deeply") from None
        passed = [
            f"{name}:{line.at or 1}: {line.text[:80]}: passed over, {why}"
            for line, why in finding.passed
        ]
        return cls(name, part, found, passed)


def _front_title(front: tuple[Pair, ...]) -> Line:
    """The title that a page's front states."""
    stated = {"".join(words_of(p.label.text)): first_line(p.value) for p in front}
    line = next(
        (stated[k] for k in ("title", "name", "projecttitle", "ideatitle") if stated.get(k)), None
    )
    return line or plain("")


def _whole(page: _Page, pages: list[_Page]) -> list[Found]:
    """A file without fields, in a folder where most files are an idea each."""
    single = sum(len(p.found) == 1 for p in pages)
    others = [p for p in pages if p is not page]
    if not others or single * 2 <= len(others):
        return []
    part = page.part
    title = clean_title(part.title)[0]
    if not title and len(part.parts) == 1:
        part = part.parts[0]
        title = clean_title(part.title)[0]
    if not title or is_talk(title) or is_template(title) or not has_text(part):
        return []
    return [Found(part, title, (), absorbed=part.parts)]


def _as_read(found: list[tuple[str, Found]], passed: list[str]) -> ListRead:
    ideas: dict[str, FoundIdea] = {}
    notes: list[str] = []
    for name, one in found:
        idea, said = understood(one, name)
        key = re.sub(r"\W+", " ", idea.title.casefold()).strip() or idea.title
        if key in ideas:
            first = ideas[key].place
            notes.append(
                f"{idea.place}: {idea.title}: stands here twice, put together with {first}"
            )
            ideas[key] = _merged(ideas[key], idea)
        else:
            ideas[key] = idea
            notes.extend(said)
    return ListRead(tuple(ideas.values()), tuple([*notes, *passed][:MOST_NOTES]))


def _merged(first: FoundIdea, second: FoundIdea) -> FoundIdea:
    """One idea of two with the same title; what the first leaves open, the second may say."""
    open_fields = {
        name: getattr(second, name)
        for name in FoundIdea.__dataclass_fields__
        if not getattr(first, name) and name not in ("draft", "place", "title")
    }
    return replace(first, **open_fields)
