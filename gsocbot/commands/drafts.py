"""Writing ideas: proposed, filled in, published, taken, retired."""

import re
from collections.abc import Iterator
from dataclasses import replace

from gsocbot.commands.ask import Ask
from gsocbot.commands.command import Call, Text, Words
from gsocbot.commands.embargo import check_untold
from gsocbot.commands.folder import both_versions
from gsocbot.commands.mentoring import appoint, dismiss
from gsocbot.render import words as wording
from gsocbot.render.words import listed, plural
from gsocbot.rules import drafting
from gsocbot.rules.ideas import PUBLIC, IdeaState, IdeaText
from gsocbot.rules.ids import whole_number
from gsocbot.rules.links import briefly
from gsocbot.rules.roles import Role, as_account
from gsocbot.store import drafts as kept
from gsocbot.store import ideas as shelf
from gsocbot.store.hackathon_tables import Outcome
from gsocbot.store.links import dead_of_ideas
from gsocbot.store.tables import Audit
from gsocbot.talk import Kind, Refused, Say

_OF_OUTCOME = re.compile(r"!outcome idea #?(\d+)")

DEEDS = {
    ("idea", "add"): "wrote it",
    ("idea", "suggest"): "suggested it",
    ("#idea", "in"): "said it in the office hour",
    ("idea", "mentor"): "changed its mentors",
    ("idea", "publish"): "published it",
    ("idea", "retire"): "took it off the list",
    ("idea", "take"): "marked it taken",
    ("idea", "free"): "marked it free",
    ("idea", "import"): "took the folder over",
    ("idea", "export"): "wrote it into the folder",
    ("mentor", "add"): "made somebody its mentor",
    ("mentor", "remove"): "took a mentor away",
    ("mentor", "withdraw"): "stepped down as its mentor",
    ("read", "the"): "read from the folder",
    ("ideas", "import"): "read from a list",
}
"""What a change is called in an idea's history, by the first two words of the command."""


def idea_add(ask: Ask, title: Words) -> Iterator[Say]:
    """Write down an idea of your own to mentor, as a draft."""
    check_untold(ask, title)
    made = _new(ask, IdeaText(drafting.titled(title), mentors=(ask.who,)))
    head = f'draft {made.number} "{made.title}" is yours.'
    if ask.in_private:
        yield ask.answer(f"{head} {_question(ask, made)}")
        return
    lacks = drafting.gaps(made, ask.season.year)
    yield ask.answer(
        f"{head} Missing: {', '.join(lacks)}. Add: !idea set {made.number} {lacks[0]} <text>"
    )


def idea_suggest(ask: Ask, title: Words) -> Iterator[Say]:
    """Suggest an idea; mentors and organisers see it."""
    check_untold(ask, title)
    made = _new(ask, IdeaText(drafting.titled(title)))
    yield ask.answer(
        f"thanks. Your own idea is draft {made.number}, seen by organisers and mentors. Tell the "
        "list about it too; I ask you what is missing in private."
    )
    ask.in_private = True
    yield ask.answer(_question(ask, made))


def idea_set(ask: Ask, idea: str, field: str, text: Text) -> Iterator[Say]:
    """Fill in a field of an idea: what, outcome, skills, difficulty, size, title, tags, contact.

    A text that begins with + is added to what stands there.
    """
    found = _one(ask, idea)
    if not _may_write(ask, found):
        ask.memory.await_nothing(ask.alone)  # it may be public by now: what comes is no answer
    _check_may_write(ask, found)
    check_untold(ask, text)
    year = ask.season.year
    new = drafting.after_change(drafting.with_field(found, field, text), year)
    name = drafting.FIELDS[field.lower().rstrip(":")]
    called = drafting.CALLED.get(name, name)
    _change(ask, new, f"{called} of {found.number} is as it was")
    ask.memory.await_nothing(ask.alone)
    done = "goes on" if text.startswith(drafting.ADDS) else "set"
    yield ask.answer(f"{new.number}: {called} {done}. {_what_next(ask, found, new, called)}")


def _what_next(ask: Ask, old: IdeaText, new: IdeaText, called: str) -> str:
    """What an idea lacks or, in private, the question after the next such thing."""
    lacks = drafting.gaps(new, ask.season.year)
    if new.state is IdeaState.REVIEW and old.state is not IdeaState.REVIEW:
        how = f": !idea publish {new.number}" if Role.ORGANISER in ask.roles else " by organisers."
        return f"{_lacking(lacks)} It is up for review{how}"
    before = Call(ask.other("idea", "set"), (str(new.number), called))
    return (ask.in_private and _question(ask, new, before)) or _lacking(lacks)


def _lacking(lacks: list[str]) -> str:
    return f"Still missing: {', '.join(lacks)}." if lacks else "Nothing is missing."


def idea_mentor(ask: Ask, idea: str, change: str, mentor: str) -> Iterator[Say]:
    """Add a mentor to an idea, or drop one: add or drop, and the account."""
    found = _one(ask, idea)
    change = change.lower()
    if change == "add" and as_account(mentor) is None:
        raise Refused(f'"{mentor[:40]}" is no account')
    if change not in {"add", "drop"}:
        raise Refused(f'"{change[:20]}" is neither add nor drop: !idea mentor {idea} add {mentor}')
    apply = appoint if change == "add" else dismiss
    new = apply(ask, found, mentor, f"the mentors of {found.number} are as they were")
    if new.mentors:
        yield ask.answer(f"{new.number}: mentors are now {listed(ask.names(new.mentors))}.")
    else:
        yield ask.answer(f"{new.number}: nobody mentors it now. !idea mentor {new.number} add <m>")


def idea_check(ask: Ask, idea: Words = "") -> Iterator[Say]:
    """Say what ideas lack of what Google asks of a list."""
    year = ask.season.year
    dead = {
        number: [f"link dead ({state.fault} {briefly(link.url)})" for link, state in found]
        for number, found in dead_of_ideas(ask.books, ask.season_key).items()
    }
    if idea:
        found = _one(ask, idea)
        lacks = drafting.gaps(found, year)
        links = "".join(f"; {link}" for link in dead.get(found.number or 0, ()))
        yield ask.answer(
            f"{found.number} {found.slug} lacks {', '.join(lacks) or 'nothing'}{links}."
        )
        yield from both_versions(ask, found)
        return
    ideas = [i.text for i in shelf.every(ask.books, ask.season_key)]
    ideas = [i for i in ideas if i.state is not IdeaState.RETIRED]
    complete, total = drafting.totals(ideas, year)
    found_wanting = ((i, [*drafting.gaps(i, year), *dead.get(i.number or 0, ())]) for i in ideas)
    lacking = [(i, gaps) for i, gaps in found_wanting if gaps]
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
    check_untold(ask, why)
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
    nobody = "" if found.mentors else f" Nobody mentors it: !idea mentor {found.number} add <m>"
    yield ask.answer(
        f"{found.number} {found.slug} is marked taken; {ask.season.word}s still asking see that."
        f"{nobody}"
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
    of = kept.outcome_of(ask.books, row)
    items = [_told(ask, note, of) for note in kept.history(ask.books, row)]
    yield ask.listing(f"{found.number}: ", items)


def idea_drafts(ask: Ask) -> Iterator[Say]:
    """List the ideas that are not public yet."""
    found = kept.drafts(ask.books, ask.season_key)
    if not found:
        raise Refused("there are no drafts. Write one: !idea add <title>")
    items = [f"{i.number} {i.slug} ({i.state})" for i in found]
    yield ask.listing(f"{plural(len(found), 'draft')}: ", items)


def _told(ask: Ask, note: Audit, of: Outcome | None) -> str:
    """mira set outcome Tue 3 Mar, or made by mira from sofia's hackathon outcome 4, Tue 3 Mar"""
    on = wording.day(note.at.date(), ask.now)
    made = _OF_OUTCOME.match(note.what)
    if made is not None:
        others = of is not None and (of.network, of.account) != (note.network, note.account)
        whose = f"{ask.name(of.account)}'s " if of is not None and others else ""
        return f"made by {ask.name(note.account)} from {whose}hackathon outcome {made[1]}, {on}"
    return f"{_doer(ask, note.account)}{_deed(note.what)} {on}"


def _doer(ask: Ask, account: str) -> str:
    """Who did something; a folder or a shell is nobody's name."""
    return "" if account.startswith("(") else f"{ask.name(account)} "


def _deed(what: str) -> str:
    """What somebody did, without the text they wrote: "set outcome"."""
    noun, _, rest = what.removeprefix("!").partition(" ")
    words = [word for word in rest.split() if whole_number(word.strip("#")) is None]
    verb = words[0] if words else ""
    if noun == "idea" and verb == "set":
        return " ".join(words[:2])
    return DEEDS.get((noun, verb), f"{noun} {verb}".strip())


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
    return idea.state in PUBLIC or bool(ask.roles) or _has_proposed(ask, idea)


def _has_proposed(ask: Ask, idea: IdeaText) -> bool:
    row = kept.row(ask.books, ask.season_key, idea.number or 0)
    return kept.is_proposer(ask.books, row, ask.network, ask.who)


def _may_write(ask: Ask, idea: IdeaText) -> bool:
    """Organisers may, and the idea's mentors, and who proposed it while it is a draft."""
    if Role.ORGANISER in ask.roles or ask.mentors(idea):
        return True
    return idea.state in {IdeaState.DRAFT, IdeaState.REVIEW} and _has_proposed(ask, idea)


def _check_may_write(ask: Ask, idea: IdeaText) -> None:
    if _may_write(ask, idea):
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


def _question(ask: Ask, idea: IdeaText, before: Call | None = None) -> str:
    """Ask for what is missing, one thing at a time; the answer is the next line in private."""
    asked = drafting.question(idea, ask.season.year)
    if asked is None:
        return ""
    field, question = asked
    call = Call(ask.other("idea", "set"), (str(idea.number), field))
    ask.memory.choose_season(ask.alone, ask.season_key)  # what is answered is this season's idea
    ask.memory.await_words(ask.alone, call, before, ask.now)
    return f"{question[:1].upper()}{question[1:]} Say it here, or !no for later."
