"""Students: put down as drafts, opened with the season's announcement, never before."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace

from gsocbot.commands.ask import Ask
from gsocbot.commands.command import Words
from gsocbot.commands.embargo import announced, refusal
from gsocbot.commands.ideas import one_idea
from gsocbot.commands.mentoring import account_of
from gsocbot.commands.seasons import welcome
from gsocbot.commands.student_facts import facts
from gsocbot.render import words as wording
from gsocbot.render.addresses import PROJECTS
from gsocbot.rules import students as rules
from gsocbot.rules.privacy import Data, may_see
from gsocbot.rules.roles import Role
from gsocbot.store.private import announcing
from gsocbot.store.private import students as kept
from gsocbot.store.private.students import Known, Project
from gsocbot.talk import Kind, Refused, Say

MYSELF = frozenset({"me", "myself"})
QUOTES = "\"'“”‘’"
"""What people put around a name, and no name has."""
MOST_NAMED = 4
"""So many of those that somebody may mean are named."""


def students(ask: Ask, name: Words = "") -> Iterator[Say]:
    """List the projects of this year, with who works on what, or show that of one."""
    if name:
        yield from student(ask, name)
        return
    if not kept.is_announced(ask.books, ask.season_key) and not ask.viewer.is_organiser:
        raise Refused(refusal(ask), Kind.REFUSAL)
    found = kept.projects(ask.books, ask.season_key, ask.viewer, ask.now)
    ended = _ended(ask)
    if not found and not ended:
        raise Refused("there are no projects yet")
    items = [f"{ask.name(p.account)} ({p.number} {p.slug})" for p in found]
    if not kept.is_announced(ask.books, ask.season_key):
        yield ask.listing(f"drafts, hidden{_until(ask)}: ", items, ended)
        return
    page = ask.addresses.page(PROJECTS)
    head = f"projects {ask.season.year or ''}".strip() + ": "
    yield ask.listing(head, items or ["none"], f"{ended}. {page}")


def _ended(ask: Ask) -> str:
    """Who has ended, for organisers in private: no other list has them."""
    if not ask.viewer.is_organiser:
        return ""
    found = kept.known(ask.books, ask.season_key, ask.viewer, Data.DRAFT, ask.now)
    names = [ask.name(k.row.account) for k in found if k.row.ended_at is not None]
    return f". Ended: {', '.join(names)}" if names else ""


def student(ask: Ask, student: Words) -> Iterator[Say]:
    """Say what somebody works on, and with whom; to their mentors in private how it goes."""
    open_ = kept.is_announced(ask.books, ask.season_key)
    if not open_ and not ask.viewer.is_organiser:
        raise Refused(refusal(ask), Kind.REFUSAL)
    data = Data.RECORD if open_ else Data.DRAFT
    close = kept.known(ask.books, ask.season_key, ask.viewer, data, ask.now)
    known = {k.row.account: k for k in close if k.row.network == ask.network}
    projects = {p.account: p for p in _near_first(ask)}
    found = projects | {account: k.project for account, k in known.items()}
    nobody = f"there is no project of {ask.name(student[:40])} here. All: !students"
    account = _account(ask, student, found, nobody)
    if account not in known:
        yield ask.answer(_project(ask, projects[account]), as_is=True)
        return
    said = [_project(ask, known[account].project), facts(ask, known[account])]
    yield ask.answer(" ".join(filter(None, said)), as_is=True)


def student_add(ask: Ask, account: str, idea: str, mentor: str, backup: str = "") -> Iterator[Say]:
    """Put down a student, hidden from all others until the announcement."""
    account, idea, mentor, backup = (_unquoted(w) for w in (account, idea, mentor, backup))
    key = account_of(ask, account)
    me = ask.heard.me.lower()
    if me in {key, ask.here.get(f"@{key}", "").lower()}:
        raise Refused("that is me; I mentor nobody and nobody mentors me")
    found = one_idea(ask, idea)
    mentor, backup = mentor.lower(), backup.lower()
    rules.check_mentors(key, mentor, backup, ask.holders(Role.MENTOR))
    if kept.row(ask.books, ask.season_key, ask.network, key) is not None:
        raise Refused(
            f"{key} is put down already: !student {key}, !student set {key} idea <idea>",
            as_is=True,
        )
    undo = f"@{key} is not put down any more"
    kept.add(
        ask.books, ask.deed, ask.season_key, (ask.network, key), found.id, mentor, backup, undo
    )
    if kept.is_announced(ask.books, ask.season_key):
        announcing.refresh(ask.books, ask.season_key, ask.now)
        project = Project(ask.network, key, found.number, found.text.slug, "", mentor, backup)
        welcome(ask, project)
        yield ask.answer("kept; everybody sees it from now on, and they are welcomed in private.")
        return
    yield ask.answer(f"kept as a draft, hidden{_until(ask)}.")


def _unquoted(word: str) -> str:
    """A word without the quotes around it; of several words in quotes an idea is not made."""
    bare = word.strip(QUOTES)
    if word[:1] in QUOTES and word[-1:] not in QUOTES:
        raise Refused("name the idea by its number or in one word: !student add sofia 3 mira")
    return bare


def _until(ask: Ask) -> str:
    """Until when drafts are hidden."""
    date = announced(ask)
    ahead = date is not None and date.passes_at > ask.now
    when = f"{wording.when_briefly(date, ask.now)} and " if date and ahead else ""
    return f" until {when}your !season announce"


def _near_first(ask: Ask) -> list[Project]:
    """The projects, those of this network last, so that they take the place of namesakes."""
    found = kept.projects(ask.books, ask.season_key, ask.viewer, ask.now)
    return sorted(found, key=lambda p: p.network == ask.network)


def _project(ask: Ask, project: Project) -> str:
    """priya works on 7 credit2-tests with mira and tomas. Blog: …"""
    who = wording.listed(ask.names(project.mentors))
    blog = f" Blog: {project.blog}" if project.blog else ""
    name = ask.name(project.account)
    return f"{name} works on {project.number} {project.slug} with {who}.{blog}"


def one_student(
    ask: Ask,
    words: str,
    data: Data,
    would: Callable[[Known], str] | None = None,
    *,
    ended: bool = False,
) -> Known:
    """The student that somebody means, among those of whom the viewer may see `data`.

    Whoever is not there and whoever is not theirs to see is refused with the same text. A
    mistyped name is asked back where something would change, with what it `would` do; else it
    is read right. Who has ended is refused too, unless `ended` ones are wanted. Nobody changes
    their own as somebody else's.
    """
    found = {
        known.row.account: known
        for known in kept.known(ask.books, ask.season_key, ask.viewer, data, ask.now)
        if known.row.network == ask.network
        and _may_know_of(ask, known)
        and not (would is not None and known.row.account == ask.heard.account)
    }
    then = None if would is None else lambda account: would(found[account])
    known = found[_account(ask, words, found, _nobody(ask, words, found.values()), then)]
    if known.row.ended_at is not None and not ended:
        raise Refused(f"{known.row.account} has ended; nothing is asked any more", as_is=True)
    return known


def _may_know_of(ask: Ask, known: Known) -> bool:
    """That somebody has ended is not for everybody who may see what they did."""
    return known.row.ended_at is None or may_see(ask.viewer, Data.RECORD, known.subject)


def _account(
    ask: Ask,
    words: str,
    found: Collection[str],
    nobody: str,
    would: Callable[[str], str] | None = None,
) -> str:
    myself = words.lower() in MYSELF
    word = (ask.heard.account or ask.heard.nick) if myself else words
    hits = rules.meant(word, {account: ask.here.get(f"@{account}", "") for account in found})
    if len(hits) == 1:
        return hits[0]
    if hits:
        raise Refused(f"{words[:40]} could be {' or '.join(ask.names(hits[:MOST_NAMED]))}")
    near = rules.mistyped(word, found)
    if near is None:
        raise Refused(nobody)
    if not ask.call.command.changes:
        ask.call = replace(ask.call, note=f'(read "{words[:40]}" as "{ask.name(near)}") ')
        return near
    then = would(near) if would is not None else ""
    ask.confirm(f"did you mean {ask.name(near)}? {then[:1].upper()}{then[1:]}".strip())
    return near


def _nobody(ask: Ask, words: str, found: Collection[Known]) -> str:
    """The same for who is not there and for who is not theirs; in private with who is.

    Who is theirs is no more than that: others may be found who show everybody what is asked for.
    """
    if not ask.in_private:
        return f"there is no project of {ask.name(words[:40])} here"
    own = [k.row.account for k in found if may_see(ask.viewer, Data.RECORD, k.subject)]
    near = [account for account in own if account != ask.heard.account]
    several = f"{', '.join(near[:MOST_NAMED])}{', …' * (len(near) > MOST_NAMED)}"
    if ask.viewer.is_organiser:
        return f"there is no student {words[:40]}{f'. There are: {several}' * bool(near)}"
    return f"you have no student {words[:40]}{f'. Yours: {several}' * bool(near)}"
