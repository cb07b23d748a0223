"""A season's turning points: announced, closed, and the next one."""

from collections.abc import Iterator

from gsocbot.commands.archive import check_open
from gsocbot.commands.ask import Ask
from gsocbot.commands.dates import public
from gsocbot.commands.embargo import announced
from gsocbot.importers import next_season
from gsocbot.render import words as wording
from gsocbot.render.addresses import PROJECTS
from gsocbot.rules import students as rules
from gsocbot.rules.ideas import IdeaState
from gsocbot.rules.privacy import EVERYBODY
from gsocbot.rules.roles import Role
from gsocbot.rules.seasons import next_year
from gsocbot.rules.timeline import current, stretches, upcoming
from gsocbot.shipped import shipped
from gsocbot.store import ideas as shelf
from gsocbot.store import seasons as kept
from gsocbot.store.private import announcing, students
from gsocbot.store.private.students import Project
from gsocbot.talk import Refused, Say


def season(ask: Ask) -> Iterator[Say]:
    """Say which season this is, what is on now, and whether its projects are announced."""
    facts = ask.season
    if facts.closed_at is not None:
        since = wording.moment(facts.closed_at, ask.now)
        yield ask.answer(f"{facts.title} is closed since {since}: {ask.addresses.page()}")
        return
    dates = kept.deadlines(ask.books, ask.season_key)
    now = current(stretches(kept.phases(ask.books, ask.season_key), dates), ask.now)
    coming = upcoming(dates, ask.now)
    parts = [
        f"now {now.name}" if now else "",
        f"next {coming[0].title} {wording.when(coming[0], ask.now)}" if coming else "no date ahead",
        f"projects announced: {ask.addresses.page(PROJECTS)}" if facts.announced_at else "",
    ]
    yield ask.answer(f"{facts.title} ({facts.key}): {'; '.join(filter(None, parts))}", as_is=True)


def season_announce(ask: Ask) -> Iterator[Say]:
    """Open the names and projects of this year to everybody, once Google has announced."""
    check_open(ask)
    key = ask.season_key
    if students.is_announced(ask.books, key):
        raise Refused("this season is announced already")
    rules.check_time(announced(ask), ask.now)
    # Who would be named is read as everybody will; a question undoes it all.
    students.announce(ask.books, ask.deed, key)
    found = students.projects(ask.books, key, EVERYBODY, ask.now)
    if not found:
        raise Refused("nobody is put down yet: !student add <account> <idea> <mentor>")
    rooms = public(ask)
    where = wording.listed(list(dict.fromkeys(channel for _, channel in rooms)))
    names = "its name" if len(found) == 1 else "their names"
    ask.confirm(
        f"this opens {wording.plural(len(found), 'project')} and {names}"
        f"{f' in {where}' if where else ''} and on the page, and sends "
        f"{wording.plural(len(found), 'welcome')}; it cannot be taken back.",
        shown=",".join(sorted(f"{p.network}/{p.account}" for p in found)),
    )
    facts = kept.season(ask.books, key)
    assert facts is not None
    announcing.notice(ask.books, facts, rooms, ask.addresses.page(PROJECTS), ask.now)
    for project in found:
        welcome(ask, project)
    organisers = [(ask.network, f"@{account}") for account in ask.holders(Role.ORGANISER)]
    announcing.letters_to_others(ask.books, key, ask.organisers_rooms, organisers, ask.now)
    are = "is" if len(found) == 1 else "are"
    yield ask.answer(
        f"{wording.plural(len(found), 'project')} {are} open now: {ask.addresses.page(PROJECTS)}"
    )


def season_new(ask: Ask, year: str) -> Iterator[Say]:
    """Make the folder of another year beside this one, with its ideas as drafts."""
    facts = ask.season
    number = next_year(year, facts.year)
    old = ask.seen.outside.folder(ask.season_key)
    new = old.with_name(next_season.name_of(old.name, facts.year, number))
    if new.exists():
        raise Refused(f"{new.name} is there already; nothing is written over", as_is=True)
    ideas = [
        kept_idea.text
        for kept_idea in shelf.every(ask.books, ask.season_key)
        if kept_idea.text.state is not IdeaState.RETIRED
    ]
    timelines = shipped("templates") / "timelines"
    try:
        known = next_season.make(old, new, (facts.year, number), ideas, timelines)
    except OSError as error:
        raise Refused(f"{new.name} cannot be written: {error.strerror}", as_is=True) from error
    dates = f"the dates of {number}" if known else f"no dates yet (none of {number} are known)"
    name = next_season.name_of(facts.key, facts.year, number)
    yield ask.answer(
        f"{new.name} is made beside {old.name}: {wording.plural(len(ideas), 'idea')} as drafts, "
        f"{dates}. Look through season.toml, then write into the config:",
        as_is=True,
    )
    yield ask.answer(
        f'[season.{name}] with this folder, like [season.{facts.key}], and season = "{name}" at '
        f"the channels that go on with it. Leave {facts.key} in until it is closed",
        as_is=True,
    )


def season_close(ask: Ask) -> Iterator[Say]:
    """Close this season: it can be read on, nobody is reminded of anything any more."""
    check_open(ask)
    facts = ask.season
    ahead = upcoming(kept.deadlines(ask.books, ask.season_key), ask.now)
    still = f" {wording.plural(len(ahead), 'date')} of it is still ahead." if ahead else ""
    if len(ahead) > 1:
        still = still.replace(" is ", " are ")
    ask.confirm(
        f"this closes {facts.title}: no reminder and no question of mine goes out any more, "
        f"nothing in it can be changed, and what waits to be said is dropped for good.{still}"
    )
    undo = "the season goes on; a welcome or announcement that waited is dropped"
    kept.close(ask.books, ask.deed, ask.season_key, undo)
    yield ask.answer(f"{facts.title} is closed. Its pages stay: {ask.addresses.page()}", as_is=True)


def welcome(ask: Ask, project: Project) -> None:
    """Have a student welcomed in private."""
    lists = ask.seen.checklists.get(ask.season_key, ())
    announcing.welcome(ask.books, ask.season_key, project, lists, ask.now)
