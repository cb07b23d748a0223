"""Mentors: who mentors what."""

from collections.abc import Iterator

from gsocbot.commands.ask import LONG_LIST, Ask
from gsocbot.commands.command import Words
from gsocbot.commands.office import next_session
from gsocbot.render import words as wording
from gsocbot.render.addresses import MENTORS
from gsocbot.store import ideas as kept
from gsocbot.talk import Refused, Say

MOST_IN_A_CHANNEL = 3
"""Longer lists of people go to a query."""


def mentors(ask: Ask, words: Words = "") -> Iterator[Say]:
    """List the mentors with their ideas, or those whose ideas fit your words."""
    everybody = kept.mentors(ask.books, ask.season_key)
    if words:
        hits = {f.idea.number for f in kept.search(ask.books, ask.season_key, words)}
        everybody = {
            name: found
            for name, numbers in everybody.items()
            if (found := [n for n in numbers if n in hits])
        }
    if not everybody:
        raise Refused(
            f'no mentor has an idea for "{words}"' if words else "no idea has a mentor yet"
        )
    if len(everybody) > MOST_IN_A_CHANNEL:
        yield from ask.privately(LONG_LIST)
    head = f'mentors for "{words}": ' if words else "mentors: "
    items = [
        f"{ask.name(name)} ({', '.join(map(str, numbers))})" for name, numbers in everybody.items()
    ]
    yield ask.listing(head, items, f". All: {ask.addresses.page(MENTORS)}")


def mentor(ask: Ask, mentor: Words) -> Iterator[Say]:
    """Say what somebody mentors and when to meet them."""
    name = _named(ask, mentor)
    ideas = kept.of_mentor(ask.books, ask.season_key, name)
    mentored = ", ".join(f"{i.number} {i.text.slug}" for i in ideas)
    session = next_session(ask)
    office = f"; next office hour {wording.moment(session.start, ask.now)}" if session else ""
    yield ask.answer(f"{ask.name(name)} mentors {mentored}{office}. Ask in the channel", as_is=True)


def _named(ask: Ask, words: str) -> str:
    """The mentor that somebody means: by name, by the start of it, or by a part of it."""
    wanted = words.lower().removeprefix("@")
    names = sorted(kept.mentors(ask.books, ask.season_key))
    for fits in (
        [n for n in names if n.lower() == wanted],
        [n for n in names if n.lower().startswith(wanted)],
        [n for n in names if wanted in n.lower().split()],
    ):
        if len(fits) == 1:
            return fits[0]
        if fits:
            raise Refused(f'"{words}" could be {" or ".join(ask.names(fits[:4]))}')
    raise Refused(f'no idea has a mentor "{words}". All mentors: !mentors')
