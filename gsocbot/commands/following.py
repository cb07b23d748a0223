"""Following ideas: interested in one, seen by its mentors, or told when one changes."""

from collections.abc import Iterator

from gsocbot.commands.ask import Ask
from gsocbot.commands.command import Words
from gsocbot.commands.ideas import one_idea
from gsocbot.rules.ideas import CROWD, CROWDED, IdeaState
from gsocbot.store import drafts as kept
from gsocbot.store import ideas as shelf
from gsocbot.store import watching
from gsocbot.store.ideas import KeptIdea
from gsocbot.store.tables import Interest, Watch
from gsocbot.talk import Refused, Say


def idea_interested(ask: Ask, idea: Words) -> Iterator[Say]:
    """Tell an idea's mentors that you are interested; others see only how many are."""
    found = one_idea(ask, idea)
    if kept.interest_of(ask.books, found.id, ask.network, ask.who) is not None:
        raise Refused(
            f"that is noted for {found.number} already. No longer: "
            f"!idea uninterested {found.number}"
        )
    ask.keep(Interest, f"you are not noted for {found.number} any more", idea=found.id)
    yield ask.answer(
        f"noted for {found.number}; its mentors see your name, others only how many there are."
        f"{_elsewhere(ask, found)}"
    )


def idea_uninterested(ask: Ask, idea: Words) -> Iterator[Say]:
    """Take back that you are interested in an idea."""
    found = _followed(ask, Interest, idea)
    interest = kept.interest_of(ask.books, found.id, ask.network, ask.who)
    if interest is None:
        raise Refused(f"you are not noted for {found.number}")
    ask.books.remove(ask.deed, interest, undo=f"you are noted for {found.number} again")
    yield ask.answer(f"you are not noted for {found.number} any more.")


def idea_watch(ask: Ask, idea: Words) -> Iterator[Say]:
    """Be told in private when an idea changes."""
    found = one_idea(ask, idea)
    if watching.watch_of(ask.books, found.id, ask.network, ask.who) is not None:
        raise Refused(f"you watch {found.number} already. No longer: !idea unwatch {found.number}")
    ask.keep(Watch, f"you do not watch {found.number} any more", idea=found.id)
    yield ask.answer(f"you get a private note when {found.number} {found.text.slug} changes.")


def idea_unwatch(ask: Ask, idea: Words) -> Iterator[Say]:
    """Watch an idea no more."""
    found = _followed(ask, Watch, idea)
    watch = watching.watch_of(ask.books, found.id, ask.network, ask.who)
    if watch is None:
        raise Refused(f"you do not watch {found.number}. Do: !idea watch {found.number}")
    ask.books.remove(ask.deed, watch, undo=f"you watch {found.number} again")
    watching.forget(ask.books, watch)
    yield ask.answer(f"you get no more notes about {found.number}.")


def _followed(ask: Ask, table: type[Watch] | type[Interest], words: str) -> KeptIdea:
    """The idea that words mean; one that is followed may be off the list by now."""
    word = words.lower().removeprefix("idea ").removeprefix("#").strip()
    mine = watching.followed(ask.books, table, ask.season_key, ask.network, ask.who)
    for idea in shelf.every(ask.books, ask.season_key) if mine else ():
        if idea.id in mine and word in {str(idea.number), idea.text.slug}:
            return idea
    return one_idea(ask, words)


def _elsewhere(ask: Ask, idea: KeptIdea) -> str:
    """A hint from a crowded idea to one that nobody is interested in yet."""
    if idea.interested + 1 < CROWDED:
        return ""
    free = [
        other
        for other in shelf.public(ask.books, ask.season_key)
        if other.text.state is IdeaState.PUBLISHED and other.text.mentors
    ]
    alone = min(free, key=lambda other: other.interested, default=None)
    if alone is None or alone.interested >= CROWD:
        return ""
    return f" It is crowded; {alone.number} {alone.text.slug} needs people."
