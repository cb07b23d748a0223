"""Mentoring: offering to mentor an idea, being made its mentor, and stepping down."""

import re
from collections.abc import Iterator, Sequence

from gsocbot.commands.ask import Ask
from gsocbot.commands.command import Words
from gsocbot.render.words import listed
from gsocbot.rules import drafting
from gsocbot.rules import mentors as rules
from gsocbot.rules.ideas import PUBLIC, IdeaState, IdeaText
from gsocbot.rules.ids import whole_number
from gsocbot.rules.roles import Role, as_account
from gsocbot.store import drafts, mentor_notes, roles
from gsocbot.store import ideas as shelf
from gsocbot.store import mentors as kept
from gsocbot.store.ideas import KeptIdea
from gsocbot.store.private import students
from gsocbot.store.tables import Offer
from gsocbot.talk import Kind, Refused, Say

MOST_NAMED = 4
"""Of more ideas than this only the numbers fit the line that tells somebody of them."""

RETIRED = IdeaState.RETIRED
_BETWEEN = re.compile(r"[\s,]+")


def mentor_offer(ask: Ask, idea: Words) -> Iterator[Say]:
    """Offer to mentor an idea; an organiser confirms it."""
    found = _public(ask, idea)
    number = found.number
    if drafting.is_mentor_of(found.text, ask.who):
        _check_same(ask, number)
        raise Refused(f"you mentor {number} already. No longer: !mentor withdraw {number}")
    if Role.ORGANISER in ask.roles:
        raise Refused(f"you are an organiser and need nobody: !mentor add {ask.who} {number}")
    if kept.offer_of(ask.books, found.id, ask.network, ask.who) is not None:
        raise Refused(
            f"you have offered that; {_organisers(ask)} can confirm it. "
            f"Not any more: !mentor withdraw {number}"
        )
    rules.check_may_offer(len(kept.offers_of(ask.books, ask.season_key, ask.network, ask.who)))
    ask.keep(Offer, f"your offer to mentor {number} is withdrawn", idea=found.id)
    place = f"to {ask.season.list}" if ask.season.list else "on the list"
    yield ask.answer(
        f"thanks! {_organisers(ask)} can confirm you as mentor for {number} "
        f"{found.text.slug}; please write two lines {place} too. "
        f"Not any more: !mentor withdraw {number}"
    )


def mentor_withdraw(ask: Ask, idea: Words) -> Iterator[Say]:
    """Take back an offer to mentor an idea, or step down from one that you mentor."""
    found = _any(ask, idea)
    number, slug = found.number, found.text.slug
    offer = kept.offer_of(ask.books, found.id, ask.network, ask.who)
    if offer is not None:
        ask.books.remove(ask.deed, offer, f"you offer to mentor {number} again")
        yield ask.answer(f"your offer for {number} {slug} is taken back.")
        return
    if not drafting.is_mentor_of(found.text, ask.who):
        raise Refused(f"you neither mentor {number} nor have you offered to")
    _check_same(ask, number)
    new = drafting.without_mentor(found.text, ask.who)
    alone = rules.leaves_nobody(new)
    nobody = " Nobody else does, and it is public." if alone else ""
    ask.confirm(f"then you no longer mentor {number} {slug}, and organisers are told.{nobody}")
    drafts.change(ask.books, ask.deed, ask.season_key, new, f"you mentor {number} again")
    mentor_notes.happened(
        ask.books,
        ask.deed,
        mentor_notes.LEFT,
        _places(ask, privately=alone),
        account=ask.who,
        number=number,
        slug=slug,
        wanted=alone,
    )
    yield ask.answer(
        f"you no longer mentor {number} {slug}. Thank you for what you did for it! "
        "By mistake? !undo within 10 min"
    )


def mentor_add(ask: Ask, account: str, ideas: Words = "") -> Iterator[Say]:
    """Make somebody a mentor, and a mentor of ideas if you name some."""
    key = account_of(ask, account)
    wanted = _several(ask, ideas)
    granted = roles.grant(ask.books, ask.deed, ask.season_key, ask.network, key, Role.MENTOR)
    new = [i for i in wanted if not drafting.is_mentor_of(i.text, key)]
    of_these = _numbers(wanted)
    if not granted and not new:
        what = f" for {of_these}" if wanted else ""
        raise Refused(f"{ask.name(key)} is a mentor{what} already", as_is=True)
    undo = f"@{key} does not mentor {_numbers(new)} any more"
    for idea in new:
        appoint(ask, idea.text, key, undo)
        undo = ""
    _welcome(ask, key, new)
    waiting = [o for o in kept.offers(ask.books, ask.season_key)
               if (o.network, o.account) == (ask.network, key)]  # fmt: skip
    if wanted:
        told = "" if key == ask.who else ", and is told so"
        yield ask.answer(f"{ask.name(key)} is a mentor for {of_these}{told}.", as_is=True)
    elif waiting:
        first = ", ".join(str(o.number) for o in waiting)
        yield ask.answer(
            f"{ask.name(key)} is a mentor, and offers {first}: !mentor add {key} {first}",
            as_is=True,
        )
    else:
        how = f"!mentor add {key} <idea>"
        yield ask.answer(f"{ask.name(key)} is a mentor. Of an idea: {how}", as_is=True)


def mentor_remove(ask: Ask, account: str, ideas: Words = "") -> Iterator[Say]:
    """Take somebody off ideas, or, if you name none, off all of them and off the mentors."""
    key, name = account.lower(), ask.name(account.lower())
    alive = [i for i in shelf.every(ask.books, ask.season_key) if i.text.state is not RETIRED]
    mine = [i for i in alive if drafting.is_mentor_of(i.text, key)]
    held = Role.MENTOR in roles.roles_of(ask.books, ask.season_key, ask.network, key)
    if not mine and not held:
        raise Refused(f"{account[:40]} is no mentor. All of them: !mentors")
    wanted = _several(ask, ideas) if ideas else mine
    if strange := [i for i in wanted if not drafting.is_mentor_of(i.text, key)]:
        raise Refused(f"{name} does not mentor {_numbers(strange)}, but {_numbers(mine) or 'none'}")
    new = [drafting.without_mentor(i.text, key) for i in wanted]
    alone = ", ".join(str(i.number) for i in new if rules.leaves_nobody(i))
    nobody = f" Nobody mentors {alone} then." if alone else ""
    whole = not ideas
    theirs = _students(ask, key) if whole else []
    nobody += f" {listed(ask.names(theirs))} will need another mentor." if theirs else ""
    if whole or alone or len(wanted) == len(mine):
        role = " and is no mentor any more" if whole else ""
        ask.confirm(f"then {name} mentors {_left(mine, wanted)}{role}.{nobody}")
    undo = f"@{key} mentors {_numbers(wanted)} again"
    for text in new:
        drafts.change(ask.books, ask.deed, ask.season_key, text, undo)
        undo = ""
    if whole:
        _retire(ask, key)
    rest = f" Nobody mentors {alone} now: !mentor add <account> {alone}" if alone else ""
    if theirs:
        needs = "needs" if len(theirs) == 1 else "need"
        how = f"!student set {theirs[0]} mentor <mentor>"
        rest = (
            f"{rest}{';' if rest else ''} {listed(ask.names(theirs))} {needs} another mentor: {how}"
        )
    what = "is no mentor any more" if whole else f"no longer mentors {_numbers(wanted)}"
    yield ask.answer(f"{name} {what}.{rest}", as_is=True)


def _students(ask: Ask, mentor: str) -> list[str]:
    """Whom somebody mentors, as far as the place of the question may know."""
    found = students.projects(ask.books, ask.season_key, ask.viewer, ask.now)
    return [p.account for p in found if (p.network, p.mentor) == (ask.network, mentor)]


def appoint(ask: Ask, idea: IdeaText, account: str, undo: str) -> IdeaText:
    """Make somebody a mentor of an idea; if they have offered that, the offer is answered."""
    new = drafting.with_mentor(idea, account)
    drafts.change(ask.books, ask.deed, ask.season_key, new, undo)
    row = drafts.row(ask.books, ask.season_key, idea.number or 0)
    offer = kept.offer_of(ask.books, row.id or 0, ask.network, account.lower())
    if offer is not None:
        ask.books.remove(ask.deed, offer)
    return new


def dismiss(ask: Ask, idea: IdeaText, mentor: str, undo: str) -> IdeaText:
    """Take a mentor off an idea; asks first if everybody sees it and nobody is left."""
    new = drafting.without_mentor(idea, mentor)
    if rules.leaves_nobody(new):
        ask.confirm(f"then nobody mentors {idea.number} {idea.slug}, and it is public.")
    drafts.change(ask.books, ask.deed, ask.season_key, new, undo)
    return new


def _welcome(ask: Ask, account: str, ideas: Sequence[KeptIdea]) -> None:
    if account != ask.who:
        mentor_notes.happened(
            ask.books,
            ask.deed,
            mentor_notes.ADDED,
            [(ask.network, f"@{account}")],
            by=ask.who,
            ideas=[
                str(i.number) if len(ideas) > MOST_NAMED else f"{i.number} {i.text.slug}"
                for i in ideas
            ],
        )


def _retire(ask: Ask, account: str) -> None:
    """Take the role, and what hangs on it: somebody's own times, and standing in for others."""
    season, network = ask.season_key, ask.network
    roles.revoke(ask.books, ask.deed, season, network, account, Role.MENTOR)
    row = kept.row(ask.books, season, network, account)
    if row is not None:
        absence = kept.absence_of(row)
        ask.books.remove(ask.deed, row)
        if absence is not None and absence.agreed and rules.is_to_come(absence, ask.now):
            mentor_notes.released(ask.books, ask.deed, absence, back=False)
    for other in kept.relying_on(ask.books, season, network, account):
        ask.books.change(ask.deed, other, backup="", agreed_at=None)
        place = (network, f"@{other.account}")
        mentor_notes.happened(ask.books, ask.deed, mentor_notes.DECLINED, [place], backup=account)


def _left(mine: Sequence[KeptIdea], gone: Sequence[KeptIdea]) -> str:
    """What somebody still mentors."""
    numbers = {i.number for i in gone}
    left = [i for i in mine if i.number not in numbers]
    return f"only {_numbers(left)}" if left else "no idea"


def account_of(ask: Ask, word: str) -> str:
    """An account as a key; a nick is none, and where it can be told, is said to be none."""
    key = as_account(word)
    if key is None:
        raise Refused(f'"{word[:40]}" is no account')
    if f"@{key}" not in ask.here:
        for person, nick in ask.here.items():
            if nick.lower() == key and person.startswith("@"):
                raise Refused(f"{word} is the nick of {ask.name(person[1:])}; say the account")
    return key


def _several(ask: Ask, words: str) -> list[KeptIdea]:
    """The ideas that numbers and slugs mean, each once."""
    found = [_any(ask, w) for w in _BETWEEN.split(words) if w and w.lower() not in {"and", "idea"}]
    return sorted({idea.id: idea for idea in found}.values(), key=lambda idea: idea.number)


def _any(ask: Ask, words: str) -> KeptIdea:
    """The idea that a number or a slug means, if the person who asks may see it."""
    word = words.lower().removeprefix("idea ").removeprefix("#").strip()
    number, slug = whole_number(word), "-".join(word.split())
    for idea in shelf.every(ask.books, ask.season_key):
        seen = idea.text.state in PUBLIC or ask.roles or _is_mine(ask, idea.text)
        if seen and (idea.number == number or idea.text.slug == slug):
            return idea
    raise Refused(f'there is no idea "{words[:40]}". Search: !ideas <words>')


def _is_mine(ask: Ask, idea: IdeaText) -> bool:
    return drafting.is_mentor_of(idea, ask.who) and not _is_somebody_else(ask)


def _is_somebody_else(ask: Ask) -> bool:
    return ask.who in roles.only_elsewhere(ask.books, ask.season_key, ask.network)


def _check_same(ask: Ask, number: int) -> None:
    """Refuse an account that bears a mentor's name, where the mentor is known elsewhere alone."""
    if _is_somebody_else(ask):
        raise Refused(
            f"the {ask.who} who mentors {number} is known on another network. "
            f"If that is you, {_organisers(ask)} can add you here. Nothing changed.",
            Kind.REFUSAL,
        )


def _public(ask: Ask, words: str) -> KeptIdea:
    found = _any(ask, words)
    if found.text.state not in PUBLIC:
        raise Refused(f"{found.number} {found.text.slug} is {found.text.state}, not public")
    return found


def _numbers(ideas: Sequence[KeptIdea]) -> str:
    return ", ".join(str(i.number) for i in ideas)


def _organisers(ask: Ask) -> str:
    """Those who can confirm something, as the beginning of a sentence."""
    names = ask.names(ask.holders(Role.ORGANISER)[:3])
    return " or ".join(names) if names else "an organiser"


def _places(ask: Ask, *, privately: bool) -> list[tuple[str, str]]:
    """Where organisers are told: their channels, and each alone if it matters or there is none."""
    rooms = list(ask.organisers_rooms)
    if rooms and not privately:
        return rooms
    people = [p for p in ask.holders(Role.ORGANISER) if p != ask.who]
    return rooms + [(ask.network, f"@{p}") for p in people]
