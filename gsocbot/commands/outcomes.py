"""Outcomes of a hackathon, expected or not, and the ideas that are made of them."""

from collections.abc import Iterator

from gsocbot.commands.ask import Ask
from gsocbot.commands.command import Text, Words
from gsocbot.commands.embargo import check_untold
from gsocbot.commands.hackathon_here import leads, one_of_us, the_hackathon
from gsocbot.commands.venue import topic_of
from gsocbot.render import words as wording
from gsocbot.render.lines import cut
from gsocbot.rules import outcomes as rules
from gsocbot.rules.demos import link_of
from gsocbot.rules.drafting import gaps
from gsocbot.rules.hackathon import room_key
from gsocbot.rules.ids import whole_number
from gsocbot.rules.personal import GONE
from gsocbot.rules.roles import Role
from gsocbot.store import drafts, hackathons, tickets
from gsocbot.store import outcomes as kept
from gsocbot.store.hackathon_tables import Hackathon, HackTopic, Outcome
from gsocbot.talk import Kind, Refused, Say

ADD = "!outcome add <text>"


def outcomes(ask: Ask) -> Iterator[Say]:
    """List what came of the hackathon, and which of it became ideas."""
    row = the_hackathon(ask)
    found = kept.every(ask.books, row)
    if not found:
        raise Refused(f"nothing came of {row.name} yet, that I know of. {ADD}")
    numbers = kept.ideas(ask.books, found)
    items = []
    for one in found:
        text, rest = cut(one.text, rules.SHORT)
        idea = f" → idea {numbers[one.idea]}" if one.idea in numbers else ""
        items.append(f"{one.number} {text}{'…' if rest else ''}{idea}")
    yield ask.listing(f"{wording.plural(len(found), 'outcome')}: ", items)


def outcome(ask: Ask, outcome: Words = "") -> Iterator[Say]:
    """Show an outcome whole."""
    if not outcome:
        yield from outcomes(ask)
        return
    row = the_hackathon(ask)
    if len(outcome.split()) > 1 and whole_number(outcome.split()[0]) is None:
        raise Refused(f"to keep it: !outcome add {outcome[:60]}")
    found = _one(ask, row, outcome)
    numbers = kept.ideas(ask.books, [found])
    idea = f", now idea {numbers[found.idea]}" if found.idea in numbers else ""
    on = wording.day_briefly(found.at.astimezone(hackathons.days_of(row).tz).date(), ask.now)
    link = f" {found.link}" if found.link else ""
    about = f", topic {found.topic}" if found.topic is not None else ""
    yield ask.squeezed(
        f'{found.number} "', found.text, f'" ({ask.name(found.account)}, {on}{about}){idea}.{link}'
    )


def outcome_add(ask: Ask, text: Text) -> Iterator[Say]:
    """Keep what came of the hackathon, whether anybody expected it or not."""
    row = the_hackathon(ask)
    days = hackathons.days_of(row)
    if days.day_at(ask.now) < days.first:  # who is up before it opens has begun
        raise Refused(f"{row.name} has not begun yet; outcomes come of it")
    check_untold(ask, text)
    words = rules.worded(text)
    there = kept.every(ask.books, row)
    twin = next((o for o in there if room_key(o.text) == room_key(words)), None)
    if twin is not None:
        raise Refused(
            f"that is outcome {twin.number} already. GSoC idea? !outcome idea {twin.number}"
        )
    if len(there) >= rules.MOST_OUTCOMES:
        raise Refused(f"{rules.MOST_OUTCOMES} outcomes are kept, and more nobody reads")
    one_of_us(ask, row)
    topic = _topic(ask, row)
    number = hackathons.next_number(ask.books, Outcome, row)
    new = ask.keep(
        Outcome,
        f"outcome {number} is gone",
        hackathon=row.id,
        number=number,
        text=words,
        topic=topic.number if topic else None,
    )
    about = f" (topic {new.topic})" if new.topic is not None else ""
    yield ask.squeezed(
        f'outcome {number} kept: "', words, f'"{about}. GSoC idea? !outcome idea {number}'
    )


def outcome_link(ask: Ask, outcome: str, url: str) -> Iterator[Say]:
    """Say where an outcome can be seen."""
    row = the_hackathon(ask)
    found = _one(ask, row, outcome)
    _check_own(ask, row, found)
    undo = f"outcome {found.number} has the link that it had"
    if not ask.books.change(ask.deed, found, undo, link=link_of(url)):
        raise Refused(f"outcome {found.number} has that link already")
    yield ask.answer(f"outcome {found.number}: {found.link}")


def outcome_idea(ask: Ask, outcome: str, title: Words = "") -> Iterator[Say]:
    """Make an outcome a draft of an idea, with a title if its words are none."""
    row = the_hackathon(ask)
    check_untold(ask, title)
    found = _one(ask, row, outcome)
    numbers = kept.ideas(ask.books, [found])
    if found.idea in numbers:
        made = numbers[found.idea]
        raise Refused(f"outcome {found.number} is idea {made} already: !idea history {made}")
    one_of_us(ask, row)
    text = rules.as_idea(found.text, title, _origin(ask, row, found), found.link)
    undo = f'the draft "{text.title}" is gone, outcome {found.number} stays'
    new = drafts.new(ask.books, ask.deed, ask.season_key, text, ask.who, undo)
    assert new.number is not None
    idea = drafts.row(ask.books, ask.season_key, new.number)
    ask.books.change(ask.deed, found, idea=idea.id)
    author = [found.account] if found.network == ask.network else []
    able = [name for name in ask.holders(Role.ORGANISER) if name not in {ask.who, *author}][:2]
    able += [name for name in author if name != ask.who and not name.startswith(GONE)]
    who = [*ask.names(able), "you"]
    lacks = [gap for gap in gaps(new, ask.season.year) if gap != "mentors"]
    missing = f"; missing: {', '.join(lacks)}" if lacks else ""
    yield ask.answer(
        f"draft idea {new.number} made from outcome {found.number}. {wording.listed(who)} see "
        f"it{missing}. Fill in: !idea set {new.number} {lacks[0] if lacks else 'title'} <text>"
    )


def outcome_drop(ask: Ask, outcome: str) -> Iterator[Say]:
    """Take an outcome off the list; an idea made of it stays."""
    row = the_hackathon(ask)
    found = _one(ask, row, outcome)
    _check_own(ask, row, found)
    ask.books.remove(ask.deed, found, f"outcome {found.number} is on the list again")
    yield ask.answer(f"outcome {found.number} is off the list.")


def _one(ask: Ask, row: Hackathon, word: str) -> Outcome:
    number = rules.number_of(word)
    found = hackathons.by_number(ask.books, Outcome, row, number)
    if found is None:
        raise Refused(f"there is no outcome {number}. All: !outcomes")
    return found


def _check_own(ask: Ask, row: Hackathon, found: Outcome) -> None:
    if (found.network, found.account) != (ask.network, ask.who) and not leads(ask, row):
        raise Refused(
            f"only {ask.name(found.account)} and who leads the hackathon can change outcome "
            f"{found.number}. Nothing changed.",
            Kind.REFUSAL,
        )


def _topic(ask: Ask, row: Hackathon) -> HackTopic | None:
    """The topic of who speaks, as they have joined it: where they are checked in is not public."""
    return topic_of(ask, row, tickets.topic_of(ask.books, row, ask.network, ask.who))


def _origin(ask: Ask, row: Hackathon, found: Outcome) -> str:
    """Outcome 4 of Xen 2011, 3 Mar 2011, topic 6 credit2 tuning; who said it is not public."""
    on = wording.full_day(found.at.astimezone(hackathons.days_of(row).tz).date())
    topic = topic_of(ask, row, found.topic)
    about = f", topic {topic.number} {topic.title}" if topic is not None else ""
    return f"Outcome {found.number} of {row.name}, {on}{about}"
