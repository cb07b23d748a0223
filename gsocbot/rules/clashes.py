"""Dates that a file has and IRC has changed: what is taken of the file, and what stays."""

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
    here = {name for name in file if kept[name] != base.get(name)}
    here |= WHEN if here & WHEN else frozenset()
    stated = {name for name, value in file.items() if name in WHEN or value not in (None, "")}
    return {name: file[name] for name in stated - here}


def clashes(file: Mapping[str, Any], kept: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether a date stays on another moment than its file's."""
    after = {**kept, **new}
    return any(after[name] != file[name] for name in WHEN)
