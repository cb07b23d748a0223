"""What is left where nobody says who mentors what: titles with a text below them."""

from __future__ import annotations

from gsocbot.importers.lists.finding import Found, has_text
from gsocbot.importers.lists.part import Kind, Part
from gsocbot.importers.lists.rows import item_title
from gsocbot.importers.lists.titles import (
    clean_title,
    is_own_idea,
    is_rest,
    is_talk,
    is_template,
    names_a_list,
)
from gsocbot.importers.lists.tree import Items, Para, first_line, plain


def last_resort(part: Part, above: tuple[str, ...] = ()) -> list[Found]:
    """Ideas that have a title and a text and nothing else, below a heading that promises them."""
    title = clean_title(part.title)[0]
    if names_a_list(title) and not is_template(title):
        kids = [(p, clean_title(p.title)[0]) for p in part.parts]
        kids = [
            (p, t)
            for p, t in kids
            if t and not (is_talk(t) or is_template(t) or is_own_idea(t) or is_rest(t))
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
