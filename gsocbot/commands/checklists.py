"""Checklists: what is asked of one, and ticking it."""

from collections.abc import Iterator

from gsocbot.commands.ask import Ask
from gsocbot.commands.command import Words
from gsocbot.rules.checklists import Checklist, current_list, find_item, whose
from gsocbot.rules.timeline import current, stretches
from gsocbot.store import seasons
from gsocbot.store.private import checklists as kept
from gsocbot.talk import Refused, Say


def checklist(ask: Ask) -> Iterator[Say]:
    """Show your own checklist: what is done, what comes next."""
    mine = _mine(ask)
    done = _done(ask, mine)
    head = f"{mine.title.lower()}, {len(done)} of {len(mine.items)} done. "
    items = [f"{n} {i.text}" for n, i in enumerate(mine.items, 1) if i.key not in done]
    if items:
        yield ask.listing(f"{head}Next: ", items)
    else:
        yield ask.answer(f"{head}All of it is done, well done!")


def checklist_templates(ask: Ask) -> Iterator[Say]:
    """List the checklists that there are, with the number of their items."""
    items = [f"{c.name} {len(c.items)}" for c in ask.seen.checklists.get(ask.season_key, ())]
    if not items:
        raise Refused("there are no checklists here")
    yield ask.listing("", items)


def check(ask: Ask, item: Words) -> Iterator[Say]:
    """Tick an item of your checklist, by its number or its words."""
    mine = _mine(ask)
    number = find_item(mine, item)
    key = mine.items[number - 1].key
    if key in _done(ask, mine):
        raise Refused(f"item {number} is done already. Open it again: !uncheck {number}")
    undo = f"item {number} is open again"
    kept.tick(ask.books, ask.deed, ask.season_key, ask.network, ask.who, mine.name, key, undo)
    yield ask.answer(f"item {number} done, {len(_done(ask, mine))} of {len(mine.items)}.")


def uncheck(ask: Ask, item: Words) -> Iterator[Say]:
    """Open an item of your checklist again."""
    mine = _mine(ask)
    number = find_item(mine, item)
    row = kept.tick_of(
        ask.books, ask.season_key, ask.network, ask.who, mine.name, mine.items[number - 1].key
    )
    if row is None:
        raise Refused(f"item {number} is open. Tick it: !check {number}")
    ask.books.remove(ask.deed, row, undo=f"item {number} is done again")
    yield ask.answer(f"item {number} is open again.")


def _mine(ask: Ask) -> Checklist:
    """The list that the person who asks is to work on now."""
    key = ask.season_key
    phases = stretches(seasons.phases(ask.books, key), seasons.deadlines(ask.books, key))
    now = current(phases, ask.now)
    lists = ask.seen.checklists.get(key, ())
    found = current_list(lists, whose(ask.roles), now.name if now else None)
    if found is None:
        raise Refused("there is no checklist for you in this season")
    return found


def _done(ask: Ask, checklist: Checklist) -> set[str]:
    return kept.checked(ask.books, ask.season_key, ask.network, ask.who, checklist.name)
