"""What stands on top of a page between fences: YAML between ---, TOML between +++."""

import re

from gsocbot.importers.faults import Unreadable
from gsocbot.importers.lists.data import toml_blocks, yaml_blocks
from gsocbot.importers.lists.tree import Pair, Pairs

LARGEST_FRONT = 50_000
_FENCES = {"---": re.compile(r"^(?:---|\.\.\.)\s*$"), "+++": re.compile(r"^\+\+\+\s*$")}


def divided(name: str, text: str) -> tuple[tuple[Pair, ...], str, int]:
    """The names and values on top, the text below them, and how many lines are above it."""
    lines = text.split("\n")
    start = next((n for n, line in enumerate(lines[:5]) if line.strip()), 0)
    fence = lines[start].strip()
    if fence not in _FENCES:
        return (), text, 0
    closing = _FENCES[fence]
    end = next((n for n in range(start + 1, len(lines)) if closing.match(lines[n])), None)
    if end is None:
        return (), text, 0
    block = "\n".join(lines[start + 1 : end])
    if len(block) > LARGEST_FRONT or not re.search(r"^[ \t]*[\w-]+[ \t]*[:=]", block, re.M):
        return (), text, 0
    parse = yaml_blocks if fence == "---" else toml_blocks
    try:
        found = parse(name, block, start + 1)
    except Unreadable:
        if fence == "---" and start + 1 < len(lines) and not lines[start + 1].strip():
            return (), text, 0  # two rules across the page, and text between them
        raise
    pairs = tuple(p for b in found if isinstance(b, Pairs) for p in b.pairs)
    return pairs, "\n".join(lines[end + 1 :]), end + 1
