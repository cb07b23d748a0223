"""Ideas from a file or a folder, whatever form they are in."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from gsocbot.importers.faults import Faults, Place
from gsocbot.importers.files import files_in
from gsocbot.importers.json_list import read_json, read_jsonl
from gsocbot.importers.markdown import read_markdown
from gsocbot.rules.ideas import IdeaText, completed

SUFFIXES = (".md", ".json", ".jsonl")
NO_IDEAS = {"readme.md", "index.md", "faq.md"}


def read_ideas(path: Path, tell: Callable[[], object] = lambda: None) -> list[IdeaText]:
    """The ideas of a file or of a folder's files, by name; `tell` is called for each.

    Raises Unreadable with every fault of every file.
    """
    faults = Faults()
    ideas = gather_ideas(path, faults, tell)
    faults.raise_any()
    return ideas


def gather_ideas(
    path: Path, faults: Faults, tell: Callable[[], object] = lambda: None
) -> list[IdeaText]:
    """The ideas that can be read; what is wrong is added to the faults."""
    found = []
    for file in _files(path, faults):
        for place, idea in _read(file, faults):
            found.append((place, idea))
            tell()
    _refuse_twins(found, faults)
    return [idea for _, idea in found]


def ideas_by_file(folder: Path, faults: Faults) -> Iterator[tuple[Path, list[IdeaText]]]:
    """The files of a folder, each with the ideas that stand in it."""
    for file in files_of_ideas(folder, faults):
        yield file, [idea for _, idea in _read(file, faults)]


def idea_called(slug: str, folder: Path) -> tuple[Path, IdeaText] | None:
    """The idea of a folder that has this slug, and its file."""
    faults = Faults()
    for file in _likely_first(slug, folder, faults):
        for _, idea in _read(file, faults):
            if completed(idea).slug == slug:
                return file, idea
    return None


def _likely_first(slug: str, folder: Path, faults: Faults) -> Iterator[Path]:
    """The files of a folder; that of the idea's own name before the others are even looked for."""
    own = folder / f"{slug}.md"
    if own.name not in NO_IDEAS and own.is_file() and not own.is_symlink():
        yield own
    yield from files_of_ideas(folder, faults)


def files_of_ideas(folder: Path, faults: Faults) -> list[Path]:
    """The files of a folder in which ideas may stand, by name."""
    return [
        file
        for file in files_in(folder, SUFFIXES, faults)
        if file.name.lower() not in NO_IDEAS and not file.name.startswith(("_", "."))
    ]


def _files(path: Path, faults: Faults) -> list[Path]:
    try:
        is_folder = path.is_dir()
    except OSError:
        is_folder = False
    return files_of_ideas(path, faults) if is_folder else [path]


def _read(file: Path, faults: Faults) -> Iterator[tuple[Place, IdeaText]]:
    match file.suffix.lower():
        case ".md":
            idea = read_markdown(file, faults)
            if idea is not None:
                yield Place(file, 1), idea
        case ".json":
            yield from read_json(file, faults)
        case ".jsonl":
            yield from read_jsonl(file, faults)
        case _ if not file.exists():
            faults.add(Place(file), "no such file")
        case _:
            faults.add(Place(file), f"ideas are read from a folder or from {', '.join(SUFFIXES)}")


def _refuse_twins(found: Iterable[tuple[Place, IdeaText]], faults: Faults) -> None:
    """Note numbers and slugs that two ideas claim."""
    first: dict[tuple[str, object], Place] = {}
    for place, idea in found:
        for name, value in (("number", idea.number), ("slug", idea.slug)):
            if value:
                other = first.setdefault((name, value), place)
                if other is not place:
                    faults.add(place, f"{name}: {value} is taken by {other}; write another")
