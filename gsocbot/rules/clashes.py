"""Dates that a file has and IRC has changed: what is taken of the file, and what stays.

On IRC a file is read by hand, so what was changed there stays; the folder is reviewed, so what has
changed in it is taken.
"""

from collections.abc import Mapping
from typing import Any

WHEN = frozenset({"at", "day"})
"""When a date is: one of them alone says nothing."""


def taken(
    file: Mapping[str, Any], kept: Mapping[str, Any], base: Mapping[str, Any] | None
) -> dict[str, Any]:
    """What a file changes of a date that is kept; `base` is what was last read of it in any file.

    What was changed on IRC since stays. A date that was made there is in no file, and stays whole.
    Of what the file does not state, such as our own date, it changes nothing.
    """
    if base is None:
        return {}
    here = _whole({name for name in file if kept[name] != base.get(name)})
    return {name: file[name] for name in _stated(file) - here}


def changed(
    file: Mapping[str, Any], kept: Mapping[str, Any], base: Mapping[str, Any] | None
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """What the folder changes of a date, and what of that IRC has changed otherwise.

    `base` is what was last read of it there; of a date that was not in it, all that it states
    counts as changed. What the folder has not changed since stays as IRC says.
    """
    if base is None:
        there = _stated(file)
    else:
        there = _whole({name for name in file if file[name] != base.get(name)})
    untouched = {n: (None, "") if base is None else (base.get(n),) for n in there}
    both = (n for n in file if n in there and kept[n] not in (file[n], *untouched[n]))
    return {name: file[name] for name in there}, tuple(both)


def clashes(file: Mapping[str, Any], kept: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether a date stays on another moment than its file's."""
    after = {**kept, **new}
    return any(after[name] != file[name] for name in WHEN)


def _stated(file: Mapping[str, Any]) -> set[str]:
    return {name for name, value in file.items() if name in WHEN or value not in (None, "")}


def _whole(names: set[str]) -> set[str]:
    return names | WHEN if names & WHEN else names
