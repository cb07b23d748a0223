"""What the fields of an idea mean: people, a level, hours; unknown stays unknown."""

from __future__ import annotations

import re
from collections.abc import Iterable

from gsocbot.importers.lists.finding import Found
from gsocbot.importers.lists.labels import Family, words_of
from gsocbot.importers.lists.levels import (
    google_hours,
    hours_in,
    hours_with_unit,
    is_choice,
    is_level_tag,
    is_size_tag,
    level_phrases,
    levels_in,
    says_level,
    says_size,
)
from gsocbot.importers.lists.people import People, people_in
from gsocbot.importers.lists.tree import (
    Block,
    Items,
    Line,
    Pairs,
    Para,
    Table,
    first_line,
    lines_of,
    plain,
    shown,
)
from gsocbot.importers.lists.written import Field

LONGEST_VALUE = 400


LONGEST_TEXT = 20_000


_BLANK = r"[\s\-–—?.…*_()\[\]!:,]*"


UNKNOWN = re.compile(
    rf"^{_BLANK}(?:unknown|tbd|tba|n/?a|none|no response|not (?:specified|stated|known)|to be \w+)?"
    rf"{_BLANK}$",
    re.IGNORECASE,
)


_ABOUT_SIZE = re.compile(
    r"project|gsoc|size|duration|length|effort|scope|contributor|long|mentor|work|idea", re.I
)


_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


_HARDNESS = re.compile(
    r"\b(?:easy|hard|difficult\w*|beginners?|intermediate|advanced|expert)\b", re.I
)


def of_family(fields: Iterable[Field], family: Family) -> list[Field]:
    return [f for f in fields if family is f.family or family in f.also]


def people_of(fields: list[Field]) -> People:
    mentors = of_family(fields, Family.MENTORS)
    found = people_in([line for f in mentors for line in _person_lines(f.value)])
    if not found.names:
        others = [
            f
            for f in of_family(fields, Family.CONTACT)
            if set(words_of(f.label)) & {"contact", "contacts"}
        ]
        lines = [line for f in others for line in _person_lines(f.value)]
        named = people_in(lines, strict=True)
        if named.names:
            return People(named.names, (*found.contacts, *named.contacts), found.doubtful)
    return found


def _person_lines(value: list[Block]) -> list[Line]:
    """The lines of a value that may be people: an item's first line, a row's first cell."""
    lines: list[Line] = []
    for block in value:
        match block:
            case Para(lines=inner):
                lines.extend(inner)
            case Items(items=items):
                for item in items:
                    lines.extend(_person_item(item))
            case Table(rows=rows):
                firsts = (first_line(row[0]) for row in rows if row)
                lines.extend(line for line in firsts if line)
            case Pairs(pairs=pairs, record=True):
                lines.append(_person_record(pairs_of(block)))
            case Pairs(pairs=pairs):
                for pair in pairs:
                    lines.extend(_person_lines(list(pair.value)) or [pair.label])
            case _:
                lines.extend(lines_of((block,)))
    return lines


def _person_item(item: tuple[Block, ...]) -> list[Line]:
    if len(item) == 1 and isinstance(item[0], Pairs):
        return _person_lines(list(item))
    line = first_line(item)
    if line is None:
        return []
    nested = [i for b in item[1:] if isinstance(b, Items) for i in b.items]
    if nested and line.text.rstrip().endswith(":"):
        return [found for i in nested for found in _person_item(i)]
    opening = item[0]
    return list(opening.lines) if isinstance(opening, Para) else [line]


def pairs_of(block: Pairs) -> dict[str, str]:
    """The values of a record by the small letters of their names."""
    return {"".join(words_of(p.label.text)): shown(p.value).strip() for p in block.pairs}


def _person_record(values: dict[str, str]) -> Line:
    first = values.get("firstname", values.get("givenname", ""))
    last = values.get("lastname", values.get("surname", values.get("familyname", "")))
    name = f"{first} {last}".strip() or values.get("name", values.get("fullname", ""))
    if not name:
        handles = (
            "github",
            "handle",
            "nick",
            "username",
            "user",
            "login",
            "gitlab",
            "irc",
            "mentor",
        )
        name = next(
            (
                f"@{values[h].rstrip('/').rsplit('/', 1)[-1].lstrip('@')}"
                for h in handles
                if values.get(h)
            ),
            "",
        )
    mail = next((v for k, v in values.items() if "mail" in k), "")
    return plain(f"{name} <{mail}>" if mail else name)


def _stated(field: Field) -> str:
    """What a short field says: its first line, and the next where that one is not finished."""
    lines = [line.text for line in lines_of(tuple(field.value)) if line.text]
    if not lines:
        return ""
    if len(lines) <= 6 and all(isinstance(b, Items) for b in field.value):
        mark = " / " if field.family is Family.DIFFICULTY else ", "
        return mark.join(line for line in lines if len(line) <= 60)[:LONGEST_VALUE]
    text = lines[0]
    for line in lines[1:3]:
        if not re.search(r"(?:\b(?:to|or|and)|[,/(–-])$", text, re.I):
            break
        text = f"{text} {line}"
    return text[:LONGEST_VALUE]


def difficulty_of(fields: list[Field], found: Found) -> tuple[str, tuple[str, ...]]:
    unclear = ""
    for one in of_family(fields, Family.DIFFICULTY):
        text = _stated(one)
        levels = levels_in(text)
        if not levels and len(text) > 25:
            levels = levels_in(shown(tuple(one.value))[:LONGEST_VALUE])
        if levels:
            return _as_written(text), levels
        if one.family is Family.DIFFICULTY and not UNKNOWN.match(text):
            unclear = unclear or _as_written(text)
    if unclear:
        return unclear, ()
    tags = [t for t in found.tags if is_level_tag(t)]
    if tags:
        return " / ".join(tags), tuple(dict.fromkeys(x for t in tags for x in levels_in(t)))
    for above in reversed(found.above):
        if says_level(above):
            return above, levels_in(above)
    for one in of_family(fields, Family.SIZE):
        text = _stated(one)
        phrases = level_phrases(text)
        if not phrases:
            phrases = [m[0] for m in _HARDNESS.finditer(text)]
        if phrases:
            return " / ".join(phrases), tuple(
                dict.fromkeys(x for p in phrases for x in levels_in(p))
            )
    phrases = level_phrases(_prose(found))
    if phrases:
        return phrases[0], levels_in(phrases[0])
    return "", ()


def size_of(fields: list[Field], found: Found) -> tuple[str, tuple[int, ...]]:
    best = ""
    for one in of_family(fields, Family.SIZE):
        text = _stated(one)
        if one.family is not Family.SIZE:
            hours = hours_with_unit(text) or _bare(text)
        else:
            hours = hours_in(text) or hours_in(shown(tuple(one.value))[:LONGEST_VALUE])
        if hours:
            more = (h for line in _further(one) for h in google_hours(line))
            return _as_written(text), tuple(dict.fromkeys((*hours, *more)))
        best = best or ("" if UNKNOWN.match(text) else _as_written(text))
    tags = [
        t
        for t in found.tags
        if is_size_tag(t) and not (is_level_tag(t) and not re.search(r"\d", t))
    ]
    if tags:
        return " / ".join(tags), tuple(dict.fromkeys(h for t in tags for h in hours_in(t)))
    for one in of_family(fields, Family.DIFFICULTY):
        hours = hours_with_unit(_stated(one))
        if hours:
            return _as_written(_stated(one)), hours
    if best:
        return best, ()
    for above in reversed(found.above):
        if says_size(above):
            return above, hours_in(above)
    for sentence in _SENTENCE.split(_prose(found)):
        hours = google_hours(sentence)
        if hours and _ABOUT_SIZE.search(sentence):
            more = (
                h
                for s in _SENTENCE.split(_prose(found))
                if _ABOUT_SIZE.search(s)
                for h in google_hours(s)
            )
            return sentence.strip()[:LONGEST_VALUE], tuple(dict.fromkeys((*hours, *more)))
    return "", ()


def _further(field: Field) -> list[str]:
    """The lines of a short field after its first: other choices, where a choice is given."""
    lines = [line.text for line in lines_of(tuple(field.value)) if line.text]
    short = len(lines) <= 4 and all(len(line) <= 120 for line in lines)
    return [line for line in lines[1:] if is_choice(line)] if short else []


def _bare(text: str) -> tuple[int, ...]:
    return tuple(h for h in hours_in(text) if re.search(rf"\b{h}\b", text))


def _as_written(text: str) -> str:
    plain_text = text.strip().lstrip("#:-– ")
    if re.fullmatch(r"\[[^\[\]]*\]", plain_text):
        plain_text = plain_text[1:-1]
    return plain_text.strip()


def _prose(found: Found) -> str:
    """The running text of an idea: what is in no field of its own."""
    fields = [
        f for f in found.fields if f.family in (Family.DESCRIPTION, Family.OTHER, Family.OUTCOME)
    ]
    parts = [shown(tuple(found.part.rest)), *(shown(tuple(f.value)) for f in fields)]
    parts.extend(shown(tuple(p.rest)) for p in found.absorbed)
    return "\n".join(parts)[:LONGEST_TEXT]
