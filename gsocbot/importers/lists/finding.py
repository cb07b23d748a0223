"""Which parts of a list are its ideas."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from gsocbot.importers.lists.labels import CORE, Family
from gsocbot.importers.lists.levels import google_hours, is_level_tag, is_size_tag, level_phrases
from gsocbot.importers.lists.part import Kind, Part
from gsocbot.importers.lists.titles import (
    clean_title,
    is_done,
    is_draft,
    is_own_idea,
    is_plural,
    is_rest,
    is_surely_talk,
    is_talk,
    is_template,
)
from gsocbot.importers.lists.tree import Line, first_line, shown
from gsocbot.importers.lists.weighing import ENOUGH, SOME, weight
from gsocbot.importers.lists.written import Field

LONGEST_PROSE = 20_000
OFTEN = 3
"""Headings that stand in a list as often as this are names of parts, such as "Basic data"."""


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
    openings: list[Part] = field(default_factory=list)
    headings: Counter[str] = field(default_factory=Counter)
    """How many parts of the list have this heading; that of an idea stands here once or twice."""

    def read(self, part: Part) -> list[Found]:
        """The ideas in a whole list."""
        self.headings.update(_headings(part))
        found = self.ideas(part)
        fresh = [f for f in found if not any(is_done(title) for title in f.above)]
        self.passed.extend(
            (f.part.title, "it was done in another year") for f in found if fresh and f not in fresh
        )
        found = fresh or found
        named = [f for f in found if not is_plural(f.title)]
        return named if len(named) > 1 else found

    def ideas(self, part: Part, above: tuple[str, ...] = (), draft: bool = False) -> list[Found]:
        """The ideas in a part, in the order in which they stand."""
        here = self._seen(part, above, draft)
        raw = part.title.text
        if is_template(here.title) and raw:
            self.passed.append((part.title, "a template"))
            return []
        if is_own_idea(here.title) or (is_rest(here.title) and not part.parts):
            self.passed.append((part.title, "an invitation for ideas of one's own"))
            return []
        path = (*above, here.title) if here.title else above
        inside = [self.ideas(p, path, here.draft) for p in part.parts]
        self._without_opening(part.parts, inside)
        self._raise(part.parts, inside, path, here.draft)
        self._fill(part.parts, inside, path, here.draft)
        direct = [i[0] for p, i in zip(part.parts, inside, strict=True) if i and i[0].part is p]
        if is_rest(here.title):
            return [found for ideas in inside for found in ideas]
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
        if len(own) == 1 and (len(direct) > 1 or (len(flat) > 1 and is_plural(here.title))):
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
        inner = [p for p in part.parts if "template" not in p.title.text.casefold()]
        value += sum(weight(p.families) for p in inner) if len(inner) < 8 else 0
        if part.kind is Kind.RECORD:
            return value >= SOME
        if is_surely_talk(here.title):
            own = _core(part.fields, here.tags)
            return len(own) >= 2 and Family.MENTORS in own
        if value < ENOUGH and value >= SOME:
            value += prose_weight(part)
        return value >= ENOUGH

    def _without_opening(self, parts: list[Part], inside: list[list[Found]]) -> None:
        """Above ideas that say more, a part that only names mentors names those of all."""
        sure = [n for n, i in enumerate(inside) if i and i[0].part is parts[n]]
        rich = [n for n in sure if len(_core(parts[n].fields, inside[n][0].tags)) > 1]
        if len(rich) < 2 or len(sure) - len(rich) > 1:
            return
        first = sure[0]
        bare = parts[first].families == {Family.MENTORS} and not parts[first].rest
        if bare and first not in rich:
            self.passed.append((parts[first].title, "it only names mentors"))
            inside[first] = []
            self.openings.append(parts[first])

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
            inner = is_talk(ideas[0].title) or self._is_repeated(ideas[0].title) or sure >= 3
            if here.title and inner and not is_talk(here.title):
                here.absorbed = part.parts
                inside[n] = [here]

    def _is_repeated(self, title: str) -> bool:
        return self.headings[title.casefold()] >= OFTEN

    def _fill(
        self, parts: list[Part], inside: list[list[Found]], above: tuple[str, ...], draft: bool
    ) -> None:
        """Parts that say little, among neighbours that are ideas, are ideas too."""
        sure = [n for n, i in enumerate(inside) if i and i[0].part is parts[n]]
        if not sure:
            return
        for n, part in enumerate(parts):
            if inside[n] or any(part is opening for opening in self.openings):
                continue
            here = self._seen(part, above, draft)
            if (
                not here.title
                or is_talk(here.title)
                or is_template(here.title)
                or is_own_idea(here.title)
                or is_rest(here.title)
            ):
                continue
            between = len(sure) > 1 and sure[0] < n < sure[-1]
            some = weight(part.families) + prose_weight(part) >= SOME
            if some or (between and has_text(part)):
                here.absorbed = part.parts
                inside[n] = [here]


def _headings(part: Part) -> Iterator[str]:
    for inner in part.parts:
        if inner.kind is Kind.SECTION:
            yield clean_title(inner.title)[0].casefold()
        yield from _headings(inner)


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
