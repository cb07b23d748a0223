"""Checklists from TOML files: the shipped ones, and those that a season has instead."""

from pathlib import Path

from gsocbot.importers.faults import Faults
from gsocbot.importers.fields import Fields
from gsocbot.importers.files import files_in
from gsocbot.importers.timeline import AUDIENCES
from gsocbot.importers.toml import read_toml
from gsocbot.rules.checklists import Checklist, Item
from gsocbot.rules.timeline import Audience

LAST = 100
"""The `order` of a list that states none: behind those that do, by name."""


def gather_checklists(shipped: Path, own: Path, faults: Faults) -> tuple[Checklist, ...]:
    """The shipped lists and a season's own; one of the same name takes the place of a shipped one.

    Sorted by `order`, then by name. A season's own list keeps the order of the one it replaces
    unless it states another.
    """
    found: dict[str, tuple[int, Checklist]] = {}
    for folder in (shipped, own):
        for name, (order, checklist) in _read(folder, faults).items():
            before, _ = found.get(name, (LAST, None))
            found[name] = (before if order is None else order, checklist)
    return tuple(checklist for _, checklist in sorted(found.values(), key=_rank))


def _rank(entry: tuple[int, Checklist]) -> tuple[int, str]:
    return entry[0], entry[1].name


def _read(folder: Path, faults: Faults) -> dict[str, tuple[int | None, Checklist]]:
    found: dict[str, tuple[int | None, Checklist]] = {}
    if not folder.is_dir():
        return found
    for path in files_in(folder, (".toml",), faults):
        file = read_toml(path, faults)
        if file is None:
            continue
        top = file.top
        name = top.slug("name") or path.stem
        if name in found:
            top.fault("name", f"{name} is the name of another list; write another")
        checklist = Checklist(
            name=name,
            title=top.text("title") or name,
            audience=top.choice("for", AUDIENCES, Audience.ALL),
            phases=top.texts("phases"),
            items=_items(file.tables("item")),
        )
        if not checklist.items:
            top.fault("item", "the list is empty; write [[item]] tables")
        found[name] = (top.whole("order", least=0), checklist)
        top.refuse_others()
    return found


def _items(tables: list[Fields]) -> tuple[Item, ...]:
    items: dict[str, Item] = {}
    for table in tables:
        key = table.slug("key") if table.needed("key") else ""
        if key in items and key:
            table.fault("key", f"{key} stands here twice; write another")
        items[key] = Item(key, table.needed("text"))
        table.text("source")
        table.refuse_others()
    return tuple(items.values())
