"""The block of YAML on top of a Markdown file: names, and texts or lists of texts.

The nodes of the YAML are read as they stand, and no objects are built from them: texts stay as
they are written (`size: 175`, `title: No`), every line is known, and tags and anchors can do no
harm.
"""

from pathlib import Path

import yaml

from gsocbot.importers.faults import Faults, Place
from gsocbot.importers.fields import Fields, Written

FENCE = "---"
LARGEST_BLOCK = 50_000
"""Characters of the block; YAML is slow to read."""
_FIRST_LINE = 2
_TAG = "tag:yaml.org,2002:"
_NULL = f"{_TAG}null"
_KINDS = ("str", "int", "float", "bool", "timestamp", "value", "merge")
_SCALARS = {_TAG + kind for kind in _KINDS}


def divided(text: str) -> tuple[str | None, str | None]:
    """The block on top, None if there is none, and the text below it, None if it has no end."""
    lines = text.split("\n")
    if lines[0].rstrip() != FENCE:
        return None, text
    end = next((n for n, line in enumerate(lines[1:], 1) if line.rstrip() == FENCE), None)
    if end is None:
        return "\n".join(lines[1:]), None
    return "\n".join(lines[1:end]), "\n".join(lines[end + 1 :])


def fields_of(block: str, path: Path, faults: Faults) -> Fields | None:
    """The fields of a block that begins in line 2; None with a fault if it is no YAML."""
    node = _parsed(block, path, faults)
    if node is None:
        return None
    if not isinstance(node, yaml.MappingNode):
        faults.add(Place(path, _line(node)), "write lines such as title: Boot tests")
        return None
    values: dict[str, object] = {}
    lines: dict[str, int] = {}
    for key, value in node.value:
        name = key.value if isinstance(key, yaml.ScalarNode) else "?"
        if name in values:
            faults.add(Place(path, _line(key)), f"{name[:40]}: this stands here twice")
        lines[name] = _line(key)
        values[name] = _value(value)
    return Fields(values, lambda key: Place(path, lines.get(key, 1)), faults)


def _parsed(block: str, path: Path, faults: Faults) -> yaml.Node | None:
    if len(block) > LARGEST_BLOCK:
        faults.add(Place(path, 1), "the block on top is too large; write the text below it")
        return None
    try:
        # A tab is a blank to people, and PyYAML takes none between words.
        node: yaml.Node | None = yaml.compose(block.replace("\t", " "), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + _FIRST_LINE if mark else 1
        faults.add(Place(path, line), f"this is no YAML: {error.problem or error.context}")
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError) as error:
        faults.add(Place(path, 1), f"the YAML below cannot be read ({type(error).__name__})")
    else:
        return node or yaml.MappingNode(f"{_TAG}map", [])
    return None


def _value(node: yaml.Node) -> object:
    """What the fields of an idea are made of; what they are not made of, empty."""
    if isinstance(node, yaml.ScalarNode) and node.tag in _SCALARS:
        return Written(node.value)
    if isinstance(node, yaml.SequenceNode) and node.tag == f"{_TAG}seq":
        return [_value(item) if isinstance(item, yaml.ScalarNode) else {} for item in node.value]
    if node.tag == _NULL:
        return None
    return {} if isinstance(node, yaml.MappingNode) else object()


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + _FIRST_LINE if node.start_mark else 1
