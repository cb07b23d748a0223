"""Links: what became of all that stand in ideas, the FAQ and dates, and asking for them again."""

from collections.abc import Iterator

from gsocbot.commands.ask import Ask
from gsocbot.render.addresses import IDEAS
from gsocbot.render.words import plural
from gsocbot.rules.links import Link, described
from gsocbot.store import links as kept
from gsocbot.talk import Refused, Say

NOT_HERE = "links are not checked here; [links] check = true in the config changes that"


def links(ask: Ask) -> Iterator[Say]:
    """Say which links are dead, of all in ideas, the FAQ and dates."""
    found = known_links(ask)
    known = kept.states(ask.books, ask.season_key)
    unasked = [link for link in found if link.url in known and known[link.url].is_unasked]
    waiting = sum(link.url not in known for link in found)
    dead = kept.dead(ask.books, ask.season_key, found)
    notes = [
        f"{waiting} not asked for yet" if waiting else "",
        f"{len(unasked)} not asked for ({known[unasked[0].url].fault})" if unasked else "",
    ]
    note = "".join(f"; {text}" for text in notes if text)
    head = f"{plural(len(found), 'link')}, "
    if not dead:
        yield ask.answer(f"{head}{'none' if waiting else 'none is'} dead{note}.")
        return
    items = [described(link, state, ask.now, alone=_is_alone(link, found)) for link, state in dead]
    yield ask.listing(f"{head}{len(dead)} dead: ", items, f"{note}. Owners told.")


def links_now(ask: Ask) -> Iterator[Say]:
    """Ask for all links again, each that was not asked for in the last ten minutes."""
    found = known_links(ask)
    if not found:
        raise Refused("there are no links")
    count = kept.hasten(ask.books, ask.season_key, found, ask.now)
    if not count:
        raise Refused("all were asked for in the last 10 minutes. What came of it: !links")
    yield ask.answer(
        f"{count} of {plural(len(found), 'link')} asked for again within minutes, one a second "
        "from each host. Then: !links"
    )


def known_links(ask: Ask) -> list[Link]:
    """All links of the season that are asked for; refuses where none are."""
    if not ask.seen.checks_links:
        raise Refused(NOT_HERE)
    key = ask.season_key
    files = ask.seen.faq.get(key, ())
    return kept.of_season(ask.books, key, ask.addresses.page(IDEAS), files)


def _is_alone(link: Link, found: list[Link]) -> bool:
    """Whether the name of an entry of the FAQ says already which link is meant."""
    names = {owner.name for owner in link.owners}
    if any(owner.idea is not None for owner in link.owners):
        return False
    return sum(any(o.name in names for o in other.owners) for other in found) == 1
