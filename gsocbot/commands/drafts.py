"""Writing ideas: proposed, filled in, published, taken, retired."""

from collections.abc import Iterator
from dataclasses import replace

from gsocbot.commands.ask import Ask
from gsocbot.commands.command import Text, Words
from gsocbot.render import words as wording
from gsocbot.render.words import listed, plural
from gsocbot.rules import drafting
from gsocbot.rules.ideas import PUBLIC, IdeaState, IdeaText
from gsocbot.rules.ids import whole_number
from gsocbot.rules.roles import Role, as_account
from gsocbot.store import drafts as kept
from gsocbot.store import ideas as shelf
from gsocbot.store.tables import Idea, Interest
from gsocbot.talk import Kind, Refused, Say


def idea_add(ask: Ask, title: Words) -> Iterator[Say]:
    """Write down an idea of your own to mentor, as a draft."""
    made = _new(ask, IdeaText(drafting.titled(title), mentors=(ask.who,)))
    lacks = drafting.gaps(made, ask.season.year)
    yield ask.answer(
        f'draft {made.number} "{made.title}" is yours. Missing: {", ".join(lacks)}. '
        f"Add: !idea set {made.number} {lacks[0]} <text>"
    )


def idea_suggest(ask: Ask, title: Words) -> Iterator[Say]:
    """Suggest an idea; mentors and organisers see it."""
    made = _new(ask, IdeaText(drafting.titled(title)))
    yield ask.answer(
        f"thanks. Your own idea is draft {made.number}, seen by organisers and mentors. Tell the "
        "list about it too; I ask you what is missing in private."
    )
    ask.in_private = True
    yield from _next_question(ask, made)


def idea_set(ask: Ask, idea: str, field: str, text: Text) -> Iterator[Say]:
    """Fill in a field of an idea: what, outcome, skills, difficulty, size, title, tags, contact."""
    found = _one(ask, idea)
    _check_may_write(ask, found)
    year = ask.season.year
    new = drafting.after_change(drafting.with_field(found, field, text), year)
    name = drafting.FIELDS[field.lower().rstrip(":")]
    called = drafting.CALLED.get(name, name)
    _change(ask, new, f"{called} of {found.number} is as it was")
    lacks = drafting.gaps(new, year)
    review = f": !idea publish {new.number}" if Role.ORGANISER in ask.roles else " by organisers."
    state = f" It is up for review{review}" if _is_ready(found, new) else ""
    rest = f"Still missing: {', '.join(lacks)}." if lacks else "Nothing is missing."
    yield ask.answer(f"{new.number}: {called} set. {rest}{state}")
    if ask.in_private and lacks and not state:
        yield from _next_question(ask, new)


def idea_mentor(ask: Ask, idea: str, change: str, mentor: str) -> Iterator[Say]:
    """Add a mentor to an idea, or drop one: add or drop, and the account."""
    found = _one(ask, idea)
    change = change.lower()
    if change == "add" and as_account(mentor) is None:
        raise Refused(f'"{mentor[:40]}" is no account')
    if change not in {"add", "drop"}:
        raise Refused(f'"{change[:20]}" is neither add nor drop: !idea mentor {idea} add {mentor}')
    apply = drafting.with_mentor if change == "add" else drafting.without_mentor
    new = apply(found, mentor)
    _change(ask, new, f"the mentors of {found.number} are as they were")
    who = listed(ask.names(new.mentors)) or "nobody"
    yield ask.answer(f"{new.number}: mentors are now {who}.")


def idea_check(ask: Ask, idea: Words = "") -> Iterator[Say]:
    """Say what ideas lack of what Google asks of a list."""
    year = ask.season.year
    if idea:
        found = _one(ask, idea)
        lacks = drafting.gaps(found, year)
        yield ask.answer(f"{found.number} {found.slug} lacks {', '.join(lacks) or 'nothing'}.")
        return
    ideas = [i.text for i in shelf.every(ask.books, ask.season_key)]
    ideas = [i for i in ideas if i.state is not IdeaState.RETIRED]
    complete, total = drafting.totals(ideas, year)
    lacking = [(i, gaps) for i in ideas if (gaps := drafting.gaps(i, year))]
    yield ask.listing(
        f"ideas: {complete} of {total} complete{'; lacking: ' if lacking else '.'}",
        [f"{i.number} {i.slug} {', '.join(gaps)}" for i, gaps in lacking],
    )


def idea_publish(ask: Ask, idea: str) -> Iterator[Say]:
    """Show an idea to everybody."""
    found = _one(ask, idea)
    drafting.check_move(found, IdeaState.PUBLISHED)
    drafting.check_publishable(found)
    _move(ask, found, IdeaState.PUBLISHED)
    yield ask.answer(
        f"{found.number} {found.slug} is public: {ask.addresses.idea(found.number or 0)}"
    )


def idea_retire(ask: Ask, idea: str, why: Words = "") -> Iterator[Say]:
    """Take an idea off the list."""
    found = _one(ask, idea)
    drafting.check_move(found, IdeaState.RETIRED)
    ask.confirm(f"this takes {found.number} {found.slug} off the list.")
    _move(ask, found, IdeaState.RETIRED)
    yield ask.answer(f"{found.number} {found.slug} is retired{f' ({why})' if why else ''}.")


def idea_take(ask: Ask, idea: str) -> Iterator[Say]:
    """Mark an idea as taken."""
    found = _one(ask, idea)
    _check_may_write(ask, found)
    drafting.check_move(found, IdeaState.TAKEN)
    _move(ask, found, IdeaState.TAKEN)
    yield ask.answer(
        f"{found.number} {found.slug} is marked taken; {ask.season.word}s still asking see that."
    )


def idea_free(ask: Ask, idea: str) -> Iterator[Say]:
    """Mark a taken idea as free again."""
    found = _one(ask, idea)
    _check_may_write(ask, found)
    if found.state is not IdeaState.TAKEN:
        raise Refused(f"{found.number} {found.slug} is {found.state}, not taken")
    _move(ask, found, IdeaState.PUBLISHED)
    yield ask.answer(f"{found.number} {found.slug} is free again.")


def idea_history(ask: Ask, idea: Words) -> Iterator[Say]:
    """Say who did what to an idea, and when."""
    found = _one(ask, idea)
    row = kept.row(ask.books, ask.season_key, found.number or 0)
    items = [
        f"{ask.name(note.account)} {_deed(note.what)} {wording.day(note.at.date(), ask.now)}"
        for note in kept.history(ask.books, row)
    ]
    yield ask.listing(f"{found.number}: ", items)


def idea_drafts(ask: Ask) -> Iterator[Say]:
    """List the ideas that are not public yet."""
    found = kept.drafts(ask.books, ask.season_key)
    if not found:
        raise Refused("there are no drafts. Write one: !idea add <title>")
    items = [f"{i.number} {i.slug} ({i.state})" for i in found]
    yield ask.listing(f"{plural(len(found), 'draft')}: ", items)


def idea_interested(ask: Ask, idea: Words) -> Iterator[Say]:
    """Tell an idea's mentors that you are interested; others see only how many are."""
    found, row = _public(ask, idea)
    if kept.interest_of(ask.books, row, ask.network, ask.who) is not None:
        raise Refused(f"that is noted for {found.number} already. No longer: !idea uninterested")
    undo = f"you are not noted for {found.number} any more"
    ask.keep(Interest, undo, idea=row.id)
    yield ask.answer(
        f"noted for {found.number}; its mentors see your name, others only how many there are."
    )


def idea_uninterested(ask: Ask, idea: Words) -> Iterator[Say]:
    """Take back that you are interested in an idea."""
    found, row = _public(ask, idea)
    interest = kept.interest_of(ask.books, row, ask.network, ask.who)
    if interest is None:
        raise Refused(f"you are not noted for {found.number}")
    ask.books.remove(ask.deed, interest, undo=f"you are noted for {found.number} again")
    yield ask.answer(f"you are not noted for {found.number} any more.")


def _deed(what: str) -> str:
    """What somebody did, without the text they wrote: "set outcome"."""
    words = [word for word in what.removeprefix("!idea ").split() if whole_number(word) is None]
    return " ".join(words[: 2 if words[:1] == ["set"] else 1])


def _new(ask: Ask, text: IdeaText) -> IdeaText:
    undo = f'the draft "{text.title}" is gone'
    return kept.new(ask.books, ask.deed, ask.season_key, text, ask.who, undo)


def _one(ask: Ask, words: str) -> IdeaText:
    """The idea, draft or not, that a number or a slug means."""
    word = words.lower().removeprefix("idea ").removeprefix("#").strip()
    number = whole_number(word)
    for idea in shelf.every(ask.books, ask.season_key):
        if (idea.number == number or idea.text.slug == word) and _may_see(ask, idea.text):
            return idea.text
    raise Refused(f'there is no idea "{words[:40]}". Search: !ideas <words>')


def _may_see(ask: Ask, idea: IdeaText) -> bool:
    """Drafts and retired ideas are for mentors, organisers, and whoever proposed them."""
    if idea.state in PUBLIC or ask.roles:
        return True
    return kept.row(ask.books, ask.season_key, idea.number or 0).proposer == ask.who


def _public(ask: Ask, words: str) -> tuple[IdeaText, Idea]:
    found = _one(ask, words)
    if found.state not in {IdeaState.PUBLISHED, IdeaState.TAKEN}:
        raise Refused(f'there is no idea "{words[:40]}". Search: !ideas <words>')
    return found, kept.row(ask.books, ask.season_key, found.number or 0)


def _check_may_write(ask: Ask, idea: IdeaText) -> None:
    """Organisers may, and the idea's mentors, and who proposed it while it is a draft."""
    if Role.ORGANISER in ask.roles or drafting.is_mentor_of(idea, ask.who):
        return
    proposer = kept.row(ask.books, ask.season_key, idea.number or 0).proposer
    if proposer == ask.who and idea.state in {IdeaState.DRAFT, IdeaState.REVIEW}:
        return
    who = listed(ask.names(idea.mentors)) or "organisers"
    raise Refused(
        f"only its mentors and organisers can change {idea.number}. Ask {who}. Nothing changed.",
        Kind.REFUSAL,
    )


def _change(ask: Ask, new: IdeaText, undo: str) -> None:
    kept.change(ask.books, ask.deed, ask.season_key, new, undo)


def _move(ask: Ask, idea: IdeaText, to: IdeaState) -> None:
    _change(ask, replace(idea, state=to), f"{idea.number} {idea.slug} is {idea.state} again")


def _is_ready(old: IdeaText, new: IdeaText) -> bool:
    return new.state is IdeaState.REVIEW and old.state is not IdeaState.REVIEW


def _next_question(ask: Ask, idea: IdeaText) -> Iterator[Say]:
    """Ask for what is missing, one thing at a time; the answer is the next line in private."""
    asked = drafting.question(idea, ask.season.year)
    if asked is not None:
        field, question = asked
        yield ask.answer(f"{question} !idea set {idea.number} {field} <text>", as_is=True)
