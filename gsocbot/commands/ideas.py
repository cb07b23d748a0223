"""Ideas: students find one, read it, and learn how to make contact."""

from collections.abc import Iterator

from gsocbot.commands.ask import Ask
from gsocbot.commands.command import Words
from gsocbot.config import ChannelRole
from gsocbot.render.lines import cut
from gsocbot.render.words import listed, plural
from gsocbot.rules.choosing import chosen, fits
from gsocbot.rules.drafting import gaps
from gsocbot.rules.ideas import (
    PUBLIC,
    IdeaState,
    IdeaText,
    crowd_words,
    is_address,
    public_contacts,
)
from gsocbot.rules.ids import whole_number
from gsocbot.rules.roles import Role
from gsocbot.store import drafts
from gsocbot.store import ideas as kept
from gsocbot.store.ideas import KeptIdea
from gsocbot.talk import Refused, Say


def ideas(ask: Ask, words: Words = "") -> Iterator[Say]:
    """List the ideas, or those that fit words and filters (tag: diff: size: mentor: free)."""
    if whole_number(words) is not None:
        yield from idea(ask, words)
        return
    wanted = chosen(words)
    found = [i for i in _found(ask, wanted.words) if fits(wanted, i.text)]
    if not words:
        if not found:
            raise Refused("there are no ideas yet")
        yield ask.listing(f"{plural(len(found), 'idea')}: ", [_briefly(i) for i in found])
        return
    if not found:
        yield ask.answer(
            f'no idea fits "{words}". All of them: !ideas · {ask.addresses.page("ideas/")}'
        )
        return
    items = [_with_mentors(ask, i) for i in found]
    head = f'{plural(len(found), "idea")} for "{words}": '
    yield ask.listing(head, items, f". Read one: !idea {found[0].number}")


def _found(ask: Ask, words: str) -> list[KeptIdea]:
    """The ideas that words find, best first; without words all of them."""
    if not words:
        return kept.public(ask.books, ask.season_key)
    return [f.idea for f in kept.search(ask.books, ask.season_key, words)]


def idea(ask: Ask, idea: Words) -> Iterator[Say]:
    """Show one idea, by its number, its name or its words."""
    number = _number_in(idea)
    found = one_idea(ask, idea) if number is None else _seen(ask, number)
    text = found.text
    if text.state not in PUBLIC:
        if ask.role is not ChannelRole.ORGANISERS:
            yield from ask.privately()
        yield _draft(ask, text)
        return
    level = f" ({text.difficulty})" if text.difficulty else ""
    taken = " This one is taken." if text.state is IdeaState.TAKEN else ""
    crowd = _crowd(ask, found)
    contact = f"{crowd}Next: !idea contact {found.number} · {ask.addresses.idea(found.number)}"
    yield ask.squeezed(
        f"{found.number} {text.slug}{level}: ",
        f"{_said(text)}{taken} {_outcome(text)}",
        f"{_facts(ask, text)}{contact}",
    )


def idea_contact(ask: Ask, idea: Words) -> Iterator[Say]:
    """Say where to write about an idea, with which subject, to whom."""
    found = one_idea(ask, idea)
    text, facts = found.text, ask.season
    where = list(dict.fromkeys([*filter(None, [facts.list]), *public_contacts(text.contact)]))
    who = ask.names([m for m in text.mentors if not is_address(m)])
    page = ask.addresses.idea(found.number)
    subject = facts.subject.replace("{slug}", text.slug)
    if not where:
        whom = f", for {listed(who)}" if who else ""
        yield ask.answer(f"for {found.number}: ask in the channel{whom}. All about it: {page}")
        return
    cc = f", CC {listed(who)}" if who else ""
    named = f', subject "{subject}"' if subject else ""
    nobody = "" if who else " It has no mentor yet; say that you would like one."
    quick = f" Quick question: !ask {found.number} <text>." if who else ""
    yield ask.answer(
        f"for {found.number}: write to {listed(where)}{named}{cc}.{nobody}{quick} "
        f"All about it: {page}"
    )


def one_idea(ask: Ask, words: str) -> KeptIdea:
    """The one public idea that words mean, or a refusal that helps."""
    number = _number_in(words)
    key = ask.season_key
    if number is not None:
        found = kept.by_number(ask.books, key, number)
        if found is None:
            raise Refused(_no_number(ask, number))
        return found
    exact = kept.by_slug(ask.books, key, "-".join(_plain(words).split()))
    if exact is not None:
        return exact
    hits = kept.search(ask.books, key, words)
    if not hits:
        raise Refused(f'no idea fits "{words}". Search: !ideas <words>')
    clear = len(hits) == 1 or hits[0].score >= CLEARLY * hits[1].score
    if not clear:
        few = " · ".join(_briefly(h.idea) for h in hits[:4])
        raise Refused(f'"{words}" could be {few}. Read one: !idea {hits[0].idea.number}')
    return hits[0].idea


def _plain(words: str) -> str:
    return words.lower().removeprefix("idea ").strip()


def _number_in(words: str) -> int | None:
    return whole_number(_plain(words))


def _seen(ask: Ask, number: int) -> KeptIdea:
    """The idea of this number; a draft or a retired one for who may see it."""
    found = kept.by_any_number(ask.books, ask.season_key, number)
    if found is None or (found.text.state not in PUBLIC and not _may_see_hidden(ask, number)):
        raise Refused(_no_number(ask, number))
    return found


def _may_see_hidden(ask: Ask, number: int) -> bool:
    """Mentors and organisers may, and whoever proposed it."""
    if ask.heard.account is None:
        return False
    row = drafts.row(ask.books, ask.season_key, number)
    return bool(ask.roles) or drafts.is_proposer(ask.books, row, ask.network, ask.who)


def _draft(ask: Ask, text: IdeaText) -> Say:
    """An idea that is not public, in a line, with what it lacks."""
    lacks = gaps(text, ask.season.year)
    missing = f"Missing: {', '.join(lacks)}." if lacks else "Nothing is missing."
    return ask.squeezed(
        f"{text.number} {text.slug} ({text.state}, not public): ",
        f"{_said(text)} {_outcome(text)}",
        f"{_facts(ask, text)}{missing} Change it: !idea set {text.number} <field> <text>",
    )


MOST_SKILLS = 80
"""How many bytes of an idea's skills stand in its one line; the page has them all."""

CLEARLY = 1.25
"""How much better than the next an idea must fit to be the one that is meant."""


def _no_number(ask: Ask, number: int) -> str:
    span = kept.number_range(ask.books, ask.season_key)
    if span is None:
        return "there are no ideas yet"
    return f"there is no idea {number} ({span[0]}-{span[1]}). Search: !ideas <words>"


def _briefly(idea: KeptIdea) -> str:
    taken = " (taken)" if idea.text.state is IdeaState.TAKEN else ""
    return f"{idea.number} {idea.text.slug}{taken}"


def _with_mentors(ask: Ask, idea: KeptIdea) -> str:
    who = listed(ask.names(idea.text.mentors)) or "no mentor yet"
    taken = "taken" if idea.text.state is IdeaState.TAKEN else ""
    details = ", ".join(filter(None, [taken, idea.text.difficulty, who]))
    return f"{idea.number} {idea.text.slug} ({details})"


def _said(text: IdeaText) -> str:
    return _ended(text.summary or f"{text.title}. {text.description}".strip(" "))


def _outcome(text: IdeaText) -> str:
    return f"Outcome: {_ended(text.outcome)} " if text.outcome else ""


def _crowd(ask: Ask, idea: KeptIdea) -> str:
    """Who is interested, to the idea's mentors in private; how many, to others."""
    if ask.in_private and (ask.mentors(idea.text) or Role.ORGANISER in ask.roles):
        who = drafts.who_is_interested(ask.books, idea.id)
        return f"Interested: {', '.join(who)}. " if who else ""
    return crowd_words(idea.interested)


def _facts(ask: Ask, text: IdeaText) -> str:
    skills = f"Skills: {_ended(cut(text.skills, MOST_SKILLS)[0])} " if text.skills else ""
    size = f"Size: {_ended(text.size)} " if text.size else ""
    who = ask.names(text.mentors)
    mentors = f"{'Mentor' if len(who) == 1 else 'Mentors'} {', '.join(who)}. "
    return f"{skills}{size}{mentors if who else 'No mentor yet. '}"


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
