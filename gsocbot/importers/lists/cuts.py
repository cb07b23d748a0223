"""Lines cut into labels and values, where labels stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gsocbot.importers.lists.labels import CORE, LISTED, Family, families_of, family_of
from gsocbot.importers.lists.levels import is_level_tag, is_size_tag
from gsocbot.importers.lists.tree import (
    Line,
)

MARKS = " \t:：*_-–—•"
"""What may stand around a label."""


LONGEST_LINE = 4000
"""Letters of a line in which labels are looked for beyond its start."""


_START = re.compile(r"^\s*([^:：]{2,70}?)\s*[:：](?!//)\s*")


_DASH = re.compile(r"^\s*([A-Za-z][^:–—-]{2,40}?(?:-[^:–—-]{2,20})?)\s+[-–—=]+>?\s+(?=\S)")


_BAR = re.compile(r"^\s*\|?\s*([A-Za-z][^|:]{2,40}?)\s*\|\s+(?=\S)")


_INSIDE = re.compile(
    r"(?:[|•·;,.)\]]\s*|\s{2,}|\s[-–—]\s+)([A-Z][A-Za-z /()-]{2,40}?)\s*[:：](?!//)\s*"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a line: what follows a label, or what stands before any."""

    line: Line
    label: str = ""
    families: frozenset[Family] = frozenset()
    unknown: bool = False


def fact_line(line: Line) -> tuple[Family, ...]:
    """What a line without labels states, if it is a level and a size and nothing else."""
    text = line.text.strip(" .()[]")
    if not 3 <= len(text) <= 80 or ":" in text or families_of(text):
        return ()
    pieces = [p for p in re.split(r"\s*[,;|·•/]\s*|\s+[-–—]\s+|\s+and\s+", text) if p]
    levels = [is_level_tag(p) for p in pieces]
    sizes = [is_size_tag(p) and not is_level_tag(p) for p in pieces]
    if not all(a or b for a, b in zip(levels, sizes, strict=True)) or len(pieces) > 4:
        return ()
    return (Family.DIFFICULTY, Family.SIZE) if any(levels) and any(sizes) else ()


def pieces_of(line: Line) -> list[Piece]:
    """A line cut where labels stand."""
    cuts = list(_cuts(line))
    if not cuts:
        return [Piece(line)]
    pieces = []
    if cuts[0][0] > 0 and line.until(cuts[0][0]).text.strip(" |•·;,-–—("):
        pieces.append(Piece(line.until(cuts[0][0])))
    for n, (_, end, label, families) in enumerate(cuts):
        stop = cuts[n + 1][0] if n + 1 < len(cuts) else None
        rest = line.since(end) if stop is None else line.until(stop).since(end)
        pieces.append(Piece(_trimmed(rest), label, families, unknown=not families))
    return pieces


def _trimmed(line: Line) -> Line:
    """The value after a label without what joined them."""
    text = "".join(run.text for run in line.runs)
    start = len(text) - len(text.lstrip(" \t:："))
    return line.since(start) if start else line


Cut = tuple[int, int, str, frozenset[Family]]


def _cuts(line: Line) -> Iterator[Cut]:
    """Where labels begin and end in a line."""
    text = "".join(run.text for run in line.runs)
    end = 0
    first = _first_cut(line, text)
    if first is not None:
        yield first
        end = first[1]
    if len(text) > LONGEST_LINE:
        return
    inside = sorted([*_strong_cuts(line, text, end), *_plain_cuts(text, end)])
    for cut in inside:
        if cut[0] >= end:
            yield cut
            end = cut[1]


def _first_cut(line: Line, text: str) -> Cut | None:
    lead = _strong_lead(line)
    if lead:
        label = lead.strip(MARKS)
        after = text[len(lead) :].lstrip(" \t")
        colon = lead.rstrip().endswith((":", "：")) or after.startswith((":", "："))
        families = _by_value(label, after) or families_of(label)
        whole = not after.strip(" :.")
        brief = bool(families & CORE) and len(text) <= 80 and label[:1].isupper()
        if families and (colon or whole or brief or _is_plain_start(after)):
            return 0, len(lead), label, families
        if (colon or whole) and label and len(label) <= 80 and not families:
            inner = _START.match(lead)
            if inner and families_of(inner[1].strip(MARKS)):
                return 0, inner.end(), inner[1].strip(MARKS), families_of(inner[1].strip(MARKS))
            return 0, len(lead), label, frozenset()
    match = _START.match(text[:200])
    if match:
        label = match[1].strip(MARKS)
        families = families_of(label)
        families = _by_value(label, text[match.end() :]) or families
        if families:
            return 0, match.end(), label, families
        if not text[match.end() :].strip() and len(label.split()) <= 4 and len(label) <= 40:
            return 0, match.end(), label, frozenset()
    elif len(text) < 60 and family_of(text) in LISTED - {Family.OUTCOME} and _looks_alone(text):
        return 0, len(text), text.strip(MARKS), families_of(text)
    if bare := _bare_value(text):
        return bare
    match = _BAR.match(text[:120])
    if match and family_of(match[1]) is not None and text.count("|") <= 2:
        return 0, match.end(), match[1].strip(MARKS), families_of(match[1])
    match = _DASH.match(text[:120])
    if match and family_of(match[1]) in CORE:
        return 0, match.end(), match[1].strip(MARKS), families_of(match[1])
    return None


def _by_value(label: str, value: str) -> frozenset[Family]:
    """What a label means that only its value makes clear ("Assessment level: advanced")."""
    if not re.fullmatch(r"(?:[A-Za-z]+ ){0,2}(?:level|scope)", label, re.IGNORECASE):
        return frozenset()
    brief = re.sub(r"\([^()]*\)", " ", value[:200]).strip(" .:：")
    if label.casefold().endswith("level"):
        return frozenset({Family.DIFFICULTY}) if is_level_tag(brief) else frozenset()
    return frozenset({Family.SIZE}) if is_size_tag(brief) else frozenset()


def _bare_value(text: str) -> Cut | None:
    """A line such as "Skill level medium" or "Size 175 hours", where nobody wrote a colon."""
    if len(text) > 60:
        return None
    words = list(re.finditer(r"\S+", text))
    for n in range(1, min(4, len(words))):
        label, value = text[: words[n].start()].strip(MARKS), text[words[n].start() :]
        family = family_of(label) if re.fullmatch(r"[A-Za-z ]+", label) else None
        if family is Family.DIFFICULTY and is_level_tag(value):
            return 0, words[n].start(), label, frozenset({family})
        if family is Family.SIZE and is_size_tag(value) and re.search(r"\d", value):
            return 0, words[n].start(), label, frozenset({family})
    return None


def _looks_alone(text: str) -> bool:
    """Whether a line is a bare label such as "Mentors", rather than a word in a list."""
    return family_of(text) in CORE and text[:1].isupper() and not re.search(r"[.,;!?]", text)


def _is_plain_start(after: str) -> bool:
    return bool(after) and not after[0].islower()


def _strong_lead(line: Line) -> str:
    """The strong letters that a line opens with, and a sign or number before them."""
    lead = ""
    for run in line.runs:
        if (
            run.strong
            or (not lead.strip() and not re.search(r"\w", run.text))
            or (lead and not run.text.strip())
        ):
            lead += run.text
        else:
            break
    return lead if lead.strip() else ""


def _strong_cuts(line: Line, text: str, start: int) -> Iterator[Cut]:
    at = 0
    for run in line.runs:
        begin, at = at, at + len(run.text)
        if not run.strong or begin < start or begin == 0:
            continue
        label = run.text.strip(MARKS)
        after = text[at : at + 3].lstrip(" \t")
        families = families_of(label)
        if families and (run.text.rstrip().endswith(":") or after.startswith(":")):
            yield begin, at, label, families


def _plain_cuts(text: str, start: int) -> Iterator[Cut]:
    for match in _INSIDE.finditer(text, max(0, start - 1)):
        families = families_of(match[1])
        if families & (LISTED | {Family.STUDENT}) and match.start(1) >= start:
            yield match.start(1), match.end(), match[1], families
