"""Thanks: whom people thank at a hackathon, for its report."""

from collections.abc import Iterator

from gsocbot.commands.ask import Ask
from gsocbot.commands.command import Text
from gsocbot.commands.embargo import check_untold
from gsocbot.commands.hackathon_here import leads, one_of_us, the_hackathon
from gsocbot.rules import thanks as rules
from gsocbot.rules.ids import whole_number
from gsocbot.store import hackathons
from gsocbot.store.hackathon_tables import Hackathon, Thanks
from gsocbot.talk import Kind, Refused, Say

EVERYBODY = frozenset({"all", "everybody", "everyone"})


def thanks(ask: Ask) -> Iterator[Say]:
    """List whom people thank, and for what."""
    found = _all(ask, the_hackathon(ask))
    if not found:
        raise Refused(f"nobody is thanked yet. {rules.HOW}", stray=True)
    worn = _worn(ask, the_hackathon(ask))
    items = [f"{n} {_named(ask, row.whom, worn)} for {row.what}" for n, row in enumerate(found, 1)]
    yield ask.listing("thanks to ", items, ".")


def thank(ask: Ask, who: Text) -> Iterator[Say]:
    """Thank somebody for something, in the report: who, then for and what."""
    row = the_hackathon(ask)
    check_untold(ask, who)
    whom, what = rules.read_thanks(who)
    if whom.lower() in {ask.who, ask.heard.nick.lower(), "me", "myself"}:
        raise Refused("that is for others to say; thank somebody else")
    worn = _worn(ask, row)
    named = _named(ask, whom, worn)
    found = _all(ask, row)
    if any((t.whom.lower(), t.what.lower()) == (whom.lower(), what.lower()) for t in found):
        raise Refused(f"that is noted already: thanks to {named} for {what}")
    own = [t for t in found if (t.network, t.account) == (ask.network, ask.who)]
    rules.check_count(len(own))
    one_of_us(ask, row)
    undo = f"the thanks to {rules.marked(whom)} are gone"
    thanked = "\n".join(rules.people_in(whom, worn))
    ask.keep(Thanks, undo, hackathon=row.id, whom=whom, what=what, thanked=thanked)
    yield ask.answer(f"noted for the report: thanks to {named} for {what}.")


def thanks_drop(ask: Ask, number: str) -> Iterator[Say]:
    """Take thanks of yours back, by their number in the list."""
    row = the_hackathon(ask)
    found = _all(ask, row)
    which = whole_number(number)
    if which is None or not 1 <= which <= len(found):
        raise Refused(f'there are no thanks "{number[:20]}". All: !thanks')
    gone = found[which - 1]
    if (gone.network, gone.account) != (ask.network, ask.who) and not leads(ask, row):
        raise Refused(
            "only who said so and who leads the hackathon can take that back. Nothing changed.",
            Kind.REFUSAL,
        )
    ask.books.remove(ask.deed, gone, f"the thanks to {rules.marked(gone.whom)} are there again")
    yield ask.answer(f"gone: thanks to {_named(ask, gone.whom, _worn(ask, row))} for {gone.what}.")


def _named(ask: Ask, whom: str, worn: dict[str, str]) -> str:
    """Who is thanked, so that none of them is called; all are nobody's name."""
    words = whom.split()
    if len(words) == 1:
        return whom if whom.lower() in EVERYBODY else ask.name(whom)
    return " ".join(ask.name(w) if rules.people_in(w, worn) else w for w in words)


def _worn(ask: Ask, row: Hackathon) -> dict[str, str]:
    """The accounts of who takes part or is here, by account and by the nick they wear."""
    there = [h.account for h in hackathons.people(ask.books, row) if h.network == ask.network]
    here = {who[1:]: nick.lower() for who, nick in ask.here.items() if who.startswith("@")}
    known = {account: account for account in [*here, *there]}
    return known | {nick: account for account, nick in here.items()}


def _all(ask: Ask, row: Hackathon) -> list[Thanks]:
    return ask.books.every(Thanks, hackathon=row.id)
