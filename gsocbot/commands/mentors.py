"""Mentors: who mentors what, who is here, and when to meet them."""

from collections.abc import Iterator, Mapping

from gsocbot.commands.ask import LONG_LIST, Ask
from gsocbot.commands.command import Words
from gsocbot.commands.office_when import coming
from gsocbot.render import words as wording
from gsocbot.render.addresses import MENTORS
from gsocbot.rules.mentors import Absence, is_away, stand_in
from gsocbot.rules.roles import Role
from gsocbot.store import ideas as kept
from gsocbot.store import mentors as times
from gsocbot.store import roles
from gsocbot.store.roster import Roster
from gsocbot.talk import Refused, Say

MOST_IN_A_CHANNEL = 3
"""Longer lists of people go to a query."""

NOW = "now"


def mentors(ask: Ask, words: Words = "") -> Iterator[Say]:
    """List the mentors with their ideas, those whose ideas fit your words, or who is here now."""
    if words.lower() == NOW:
        yield from who(ask)
        return
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
    absences = _absences(ask)
    items = [
        f"{ask.name(name)} ({_numbers(numbers)}{_away_briefly(absences, name, ask)})"
        for name, numbers in everybody.items()
    ]
    here = [ask.name(nick) for nick, _ in _here(ask, everybody)]
    now = f". Here now: {', '.join(here)}" if here else ""
    yield ask.listing(head, items, f"{now}. All: {ask.addresses.page(MENTORS)}")


def who(ask: Ask) -> Iterator[Say]:
    """Say which mentors are here just now."""
    everybody = kept.mentors(ask.books, ask.season_key)
    known = {name.lower() for name in everybody}
    others = [a for a in ask.holders(Role.MENTOR) if a not in known]
    here = _here(ask, everybody | {account: [] for account in others})
    if not here:
        office = _office(ask, ", or come to the office hour ")
        yield ask.answer(
            f"no mentor is here just now. !ask <text> reaches them when they come{office}."
        )
        return
    if len(here) > MOST_IN_A_CHANNEL:
        yield from ask.privately(LONG_LIST)
    items = [
        f"{ask.name(nick)} ({_numbers(numbers)})" if numbers else ask.name(nick)
        for nick, numbers in here
    ]
    yield ask.listing("mentors here now: ", items, ". Just ask in the channel, or !ask <text>")


def mentor(ask: Ask, mentor: Words) -> Iterator[Say]:
    """Say what somebody mentors, when to meet them, and who stands in for them."""
    if mentor.lower() == NOW:
        yield from who(ask)
        return
    name = _named(ask, mentor)
    ideas = kept.of_mentor(ask.books, ask.season_key, name)
    mentored = ", ".join(f"{i.number} {i.text.slug}" for i in ideas) or "no public idea yet"
    row = times.row(ask.books, ask.season_key, ask.network, name.lower())
    hours = f"; usually here {row.hours}" if row and row.hours else ""
    away = _away(ask, name)
    office = _on(ask, name)
    example = f" or !ask {ideas[0].number} <text>" if ideas else ", or !ask <text>"
    yield ask.answer(
        f"{ask.name(name)} mentors {mentored}{hours}{away}{office}. Ask in the channel{example}",
        as_is=True,
    )


def named(ask: Ask, words: str, names: list[str], otherwise: str) -> str:
    """The one of several names that somebody means: by name, its start, or a word of it."""
    wanted = words.lower().removeprefix("@")
    for fits in (
        [n for n in names if n.lower() == wanted],
        [n for n in names if n.lower().startswith(wanted)],
        [n for n in names if wanted in n.lower().split()],
    ):
        if len(fits) == 1:
            return fits[0]
        if fits:
            raise Refused(f'"{words}" could be {" or ".join(ask.names(fits[:4]))}')
    raise Refused(otherwise)


def _named(ask: Ask, words: str) -> str:
    names = sorted(kept.mentors(ask.books, ask.season_key))
    known = {name.lower() for name in names}
    names += [a for a in ask.holders(Role.MENTOR) if a not in known]
    return named(ask, words, names, f'no idea has a mentor "{words}". All mentors: !mentors')


def _here(ask: Ask, mentors: Mapping[str, list[int]]) -> list[tuple[str, list[int]]]:
    """Those of some mentors who are there and not away, by nick."""
    here, absences = ask.here, _absences(ask)
    others = roles.only_elsewhere(ask.books, ask.season_key, ask.network)
    return [
        (here[f"@{account}"], numbers)
        for account, numbers in ((name.lower(), numbers) for name, numbers in mentors.items())
        if f"@{account}" in here
        and account not in others
        and not is_away(absences.get(account), ask.now)
    ]


def _absences(ask: Ask) -> dict[str, Absence]:
    return times.absences(ask.books, ask.season_key, ask.network)


def _numbers(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers))


def _away_briefly(absences: Mapping[str, Absence], name: str, ask: Ask) -> str:
    return "; away" if is_away(absences.get(name.lower()), ask.now) else ""


def _away(ask: Ask, name: str) -> str:
    absences = _absences(ask)
    absence = absences.get(name.lower())
    if absence is None or not is_away(absence, ask.now):
        return ""
    other = stand_in(name, absences, ask.now)
    instead = f", {ask.name(other)} stands in" if other else ""
    return f"; away until {wording.day(absence.last_day, ask.now)}{instead}"


def _office(ask: Ask, lead: str) -> str:
    planned = next(iter(coming(ask)), None)
    return f"{lead}{wording.moment(planned.start, ask.now)}" if planned else ""


def _on(ask: Ask, name: str) -> str:
    """The next office hour that somebody is on in; if there is none, the next one at all."""
    signed = Roster(ask.books, ask.season_key)
    for planned in coming(ask):
        if name.lower() in signed.on(ask.network, planned.name, planned.session):
            return f"; on in the office hour {wording.moment(planned.start, ask.now)}"
    return _office(ask, "; next office hour ")
