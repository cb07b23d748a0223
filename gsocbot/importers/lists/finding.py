"""Which parts of a list are its ideas."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from gsocbot.importers.lists.labels import CORE, Family
from gsocbot.importers.lists.levels import google_hours, is_level_tag, is_size_tag, level_phrases
from gsocbot.importers.lists.part import Kind, Part
from gsocbot.importers.lists.rows import item_title
from gsocbot.importers.lists.titles import (
    clean_title,
    is_draft,
    is_own_idea,
    is_talk,
    is_template,
    names_a_list,
)
from gsocbot.importers.lists.tree import Items, Line, Para, first_line, plain, shown
from gsocbot.importers.lists.weighing import ENOUGH, SOME, weight
from gsocbot.importers.lists.written import Field

LONGEST_PROSE = 20_000


@dataclass(slots=True)
class Found:
    """A part that is an idea, and the parts of it that are no ideas of their own."""

    part: Part
    title: str
    tags: tuple[str, ...]
    draft: bool = False
    above: tuple[str, ...] = ()
    absorbed: list[Part] = field(default_factory=list)
    shared: list[Field] = field(default_factory=list)

    @property
    def fields(self) -> list[Field]:
        """Its fields, those of its parts, and what was said for it and its neighbours."""
        inner = (f for p in self.absorbed for f in all_fields(p))
        return [*self.part.fields, *inner, *self.shared]


@dataclass(slots=True)
class Finding:
    """The ideas found so far, and the titles that were passed over."""

    passed: list[tuple[Line, str]] = field(default_factory=list)

    def ideas(self, part: Part, above: tuple[str, ...] = (), draft: bool = False) -> list[Found]:
        """The ideas in a part, in the order in which they stand."""
        here = self._seen(part, above, draft)
        raw = part.title.text
        if is_template(here.title) and raw:
            self.passed.append((part.title, "a template"))
            return []
        if is_own_idea(here.title):
            self.passed.append((part.title, "an invitation for ideas of one's own"))
            return []
        path = (*above, here.title) if here.title else above
        inside = [self.ideas(p, path, here.draft) for p in part.parts]
        self._raise(part.parts, inside, path, here.draft)
        self._fill(part.parts, inside, path, here.draft)
        direct = [i[0] for p, i in zip(part.parts, inside, strict=True) if i and i[0].part is p]
        if any(inside):
            kept = self._with_parts(here, inside, direct)
            if here not in kept:
                _share(part, direct)
            return kept
        if self._is_idea(here):
            here.absorbed = part.parts
            return [here]
        return []

    def _seen(self, part: Part, above: tuple[str, ...], draft: bool) -> Found:
        heading, tags = clean_title(part.title)
        title, more = best_title(part, heading)
        marked = is_draft(part.title.text) or any(is_draft(tag) for tag in (*tags, *more))
        stated = any(f.family is Family.DRAFT and _says_draft(f) for f in part.own)
        return Found(part, title, (*tags, *more), draft or marked or stated, above)

    def _with_parts(
        self, here: Found, inside: list[list[Found]], direct: list[Found]
    ) -> list[Found]:
        """Whether the part around is an idea beside its parts, instead of them, or none."""
        flat = [found for ideas in inside for found in ideas]
        own = _core(here.part.own, here.tags)
        if not here.title or not own or weight(f.family for f in here.part.own) < ENOUGH:
            return flat
        alike = [d for d in direct if _core(d.part.fields, d.tags) & own]
        if len(own) == 1 and len(direct) > 1:
            return flat
        if is_talk(here.title) and len(own) < 2:
            return flat
        kept = {id(f) for ideas in inside for f in ideas if not direct or ideas[0] not in direct}
        kept |= {id(d) for d in alike}
        here.absorbed = [
            p for p, ideas in zip(here.part.parts, inside, strict=True)
            if not any(id(f) in kept for f in ideas)
        ]  # fmt: skip
        return [here, *(f for f in flat if id(f) in kept)]

    def _is_idea(self, here: Found) -> bool:
        if not here.title:
            return False
        part = here.part
        if part.kind is Kind.ROW:
            return True
        families = part.families
        value = weight(families) + (ENOUGH if _core([], here.tags) else 0)
        value += sum(weight(p.families) for p in part.parts) if len(part.parts) < 8 else 0
        if part.kind is Kind.RECORD:
            return value >= SOME
        if is_talk(here.title):
            own = _core(part.fields, here.tags)
            return len(own) >= 2 and Family.MENTORS in own
        if value < ENOUGH and value >= SOME:
            value += prose_weight(part)
        return value >= ENOUGH

    def _raise(
        self, parts: list[Part], inside: list[list[Found]], above: tuple[str, ...], draft: bool
    ) -> None:
        """Among neighbours that are ideas, one whose only idea is a part of it is the idea."""
        sure = sum(bool(i) and i[0].part is p for p, i in zip(parts, inside, strict=True))
        for n, (part, ideas) in enumerate(zip(parts, inside, strict=True)):
            if (
                len(ideas) != 1
                or ideas[0].part is part
                or not any(ideas[0].part is p for p in part.parts)
            ):
                continue
            here = self._seen(part, above, draft)
            if here.title and (is_talk(ideas[0].title) or sure >= 3) and not is_talk(here.title):
                here.absorbed = part.parts
                inside[n] = [here]

    def _fill(
        self, parts: list[Part], inside: list[list[Found]], above: tuple[str, ...], draft: bool
    ) -> None:
        """Parts that say little, among neighbours that are ideas, are ideas too."""
        sure = [n for n, i in enumerate(inside) if i and i[0].part is parts[n]]
        if not sure:
            return
        for n, part in enumerate(parts):
            if inside[n] or (part.parts and any(inside[n])):
                continue
            here = self._seen(part, above, draft)
            if (
                not here.title
                or is_talk(here.title)
                or is_template(here.title)
                or is_own_idea(here.title)
            ):
                continue
            between = len(sure) > 1 and sure[0] < n < sure[-1]
            some = weight(part.families) + prose_weight(part) >= SOME
            if some or (between and has_text(part)):
                here.absorbed = part.parts
                inside[n] = [here]


def _share(part: Part, direct: list[Found]) -> None:
    """Whoever mentors all of a group is named once, above it."""
    mentors = [f for f in part.own if f.family is Family.MENTORS and not f.empty]
    if mentors and not any(Family.MENTORS in {f.family for f in d.fields} for d in direct):
        for found in direct:
            found.shared.extend(mentors)


def _core(fields: list[Field], tags: tuple[str, ...] = ()) -> set[Family]:
    found = {f for one in fields for f in (one.family, *one.also)} & CORE
    if any(is_level_tag(tag) for tag in tags):
        found |= {Family.DIFFICULTY}
    return found | ({Family.SIZE} if any(is_size_tag(tag) for tag in tags) else set())


def _says_draft(one: Field) -> bool:
    text = shown(tuple(one.value)).strip().casefold()
    label = one.label.casefold()
    return text.startswith("draft") or ("draft" in label and text in ("true", "yes", "1"))


def prose_weight(part: Part) -> float:
    """What the text of a part says in passing: how hard, how long."""
    text = shown(tuple(part.rest))[:LONGEST_PROSE]
    return float(bool(level_phrases(text))) + float(bool(google_hours(text)))


def has_text(part: Part) -> bool:
    """Whether anything is written below a title."""
    return bool(part.rest or part.fields or any(has_text(p) for p in part.parts))


def all_fields(part: Part) -> list[Field]:
    """The fields of a part and of all parts in it."""
    return [*part.fields, *(f for p in part.parts for f in all_fields(p))]


_ONLY_A_NUMBER = re.compile(
    r"^\W*(?:(?:project|idea|proposal|task)\W*)?(?:idea\W*)?#?\d{1,3}\W*$", re.I
)
_TITLE_WORDS = ("title", "name", "idea", "project", "topic", "subject")


def best_title(part: Part, heading: str) -> tuple[str, tuple[str, ...]]:
    """The title that a part states, or the one above it."""
    stated = [f for f in part.own if f.family is Family.TITLE and not f.empty]
    stated.sort(key=lambda f: next(
        (n for n, w in enumerate(_TITLE_WORDS) if w in f.label.casefold()), len(_TITLE_WORDS)
    ))  # fmt: skip
    if _ONLY_A_NUMBER.match(heading):
        named = [clean_title(p.title)[0] for p in part.parts[:1] if not p.families]
        if not stated and named and not is_talk(named[0]):
            return named[0], ()
        numbered, heading = heading, ""
    else:
        numbered = heading
    for one in stated:
        sure = "title" in one.label.casefold() or part.kind is Kind.RECORD
        if heading and not sure:
            continue
        line = first_line(tuple(one.value))
        title, tags = clean_title(line) if line else ("", ())
        if title:
            return title, tags
    return numbered, ()


def last_resort(part: Part, above: tuple[str, ...] = ()) -> list[Found]:
    """Ideas that have a title and a text and nothing else, below a heading that promises them."""
    title = clean_title(part.title)[0]
    if names_a_list(title) and not is_template(title):
        kids = [(p, clean_title(p.title)[0]) for p in part.parts]
        kids = [
            (p, t) for p, t in kids if t and not (is_talk(t) or is_template(t) or is_own_idea(t))
        ]
        kids = [(p, t) for p, t in kids if has_text(p)]
        if len(kids) >= 2:
            return [Found(p, t, (), above=(*above, title), absorbed=p.parts) for p, t in kids]
        listed = _listed(part, (*above, title))
        if listed:
            return listed
    return [f for p in part.parts for f in last_resort(p, (*above, title) if title else above)]


def _listed(part: Part, above: tuple[str, ...]) -> list[Found]:
    for block in part.rest:
        if not isinstance(block, Items) or len(block.items) < 2:
            continue
        found = []
        for item in block.items:
            line = first_line(item)
            if line is None or not isinstance(item[0], Para):
                continue
            head, tail = item_title(line)
            title = clean_title(head)[0]
            marked = any(run.strong for run in head.runs) and tail.text.strip(" :.-–")
            if title and (marked or len(item) > 1) and not is_talk(title):
                rest = [Para((tail,)), *item[1:]] if tail.text else list(item[1:])
                found.append(
                    Found(Part(plain(title, line.at), Kind.ITEM, rest=rest), title, (), above=above)
                )
        if len(found) * 2 > len(block.items):
            return found
    return []
