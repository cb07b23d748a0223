"""Where mentors are missing: what organisers look at before it is too late."""

from collections.abc import Iterator

from gsocbot.commands.ask import Ask
from gsocbot.render import words as wording
from gsocbot.render.words import listed
from gsocbot.rules import mentors as rules
from gsocbot.rules.roles import Role
from gsocbot.store import ideas as shelf
from gsocbot.store import mentors as kept
from gsocbot.store import roles, seasons
from gsocbot.store.private import students
from gsocbot.talk import Say


def mentor_load(ask: Ask) -> Iterator[Say]:
    """Say where mentors are missing: ideas without one, too many for one, absences, offers."""
    ideas = [i.text for i in shelf.public(ask.books, ask.season_key)]
    items = []
    if missing := [f"{i.number} {i.slug}" for i in ideas if not i.mentors]:
        items.append(f"no mentor: {', '.join(missing)}")
    if many := rules.loads(ideas):
        busy = [f"{m} ({', '.join(map(str, numbers))})" for m, numbers in many.items()]
        items.append(f"more than {rules.MANY_IDEAS} ideas: {', '.join(busy)}")
    if alone := _students(ask):
        how = f"!student set {alone[0]} mentor <mentor>"
        items.append(f"{ask.season.word}s without a mentor: {', '.join(alone)} ({how})")
    items += _absences(ask)
    if offers := kept.offers(ask.books, ask.season_key):
        first = next((o for o in offers if o.network == ask.network), None)
        how = f"; confirm: !mentor add {first.account} {first.number}" if first else ""
        named = [f"{o.account} ({o.number}{_whence(ask, o.network)})" for o in offers]
        items.append(f"offers: {', '.join(named)}{how}")
    if not items:
        yield ask.answer(
            "every public idea has a mentor, nobody has too many, no absence covers an evaluation, "
            "and no offer waits."
        )
        return
    yield ask.listing("", [items[0][:1].upper() + items[0][1:], *items[1:]])


def _students(ask: Ask) -> list[str]:
    """Whose mentor is none any more."""
    found = students.projects(ask.books, ask.season_key, ask.viewer, ask.now)
    able = {
        network: roles.holders(ask.books, ask.season_key, network, Role.MENTOR)
        for network in {p.network for p in found}
    }
    return [
        f"{p.account}{_whence(ask, p.network)}" for p in found if p.mentor not in able[p.network]
    ]


def _absences(ask: Ask) -> Iterator[str]:
    """Each evaluation that somebody is away for, with who stands in."""
    deadlines = seasons.deadlines(ask.books, ask.season_key)
    for row in kept.every(ask.books, ask.season_key):
        absence = kept.absence_of(row)
        if absence is None or not rules.is_to_come(absence, ask.now):
            continue
        covered = rules.evaluations(deadlines, absence.since, absence.until)
        if covered := [d for d in covered if d.passes_at > ask.now]:
            asked = "" if absence.agreed else ", who has not agreed yet"
            backup = f"backup {absence.backup}{asked}" if absence.backup else "no backup"
            names = listed([d.short or d.title for d in covered])
            days = wording.day(absence.last_day, ask.now)
            whence = _whence(ask, row.network)
            yield f"away during the {names}: {row.account} (until {days}; {backup}{whence})"


def _whence(ask: Ask, network: str) -> str:
    """The network that somebody is on, where it is another."""
    return "" if network == ask.network else f" on {network}"
