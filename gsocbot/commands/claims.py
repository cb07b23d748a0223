"""Claiming: others see that somebody is on a question, or on their way to who is stuck."""

from collections.abc import Iterator

from gsocbot.commands.ask import Ask
from gsocbot.commands.questions import one
from gsocbot.commands.tickets import claim_ticket
from gsocbot.render.addresses import QUESTIONS
from gsocbot.render.lines import quiet
from gsocbot.rules import ledger
from gsocbot.rules.ids import whole_number
from gsocbot.rules.roles import Level, Role, check_may
from gsocbot.rules.tickets import is_ticket
from gsocbot.store import hackathons, tickets
from gsocbot.talk import Refused, Say


def claim(ask: Ask, question: str, back: str = "") -> Iterator[Say]:
    """Take a question for four hours, so that others see that you are on it.

    At a hackathon anybody can take a help ticket, h3, and give it back: h3 off.
    """
    if Role.MENTOR not in ask.roles and _is_open_ticket(ask, question):
        question = f"h{question.lstrip('#')}"
    if is_ticket(question):
        yield from claim_ticket(ask, question, back)
        return
    deed = ask.call.command.help[0].lower() + ask.call.command.help[1:]
    able = [quiet(name) for name in ask.holders(Role.MENTOR)]
    check_may(Level.MENTOR, ask.who, ask.roles, deed, able)
    if back:
        raise Refused(f"a question is given back by itself after 4 h: !claim {question}")
    found = one(ask, question)
    if found.answered_at is not None:
        raise Refused(f"q{found.number} is answered: {ask.addresses.page(QUESTIONS)}")
    taken = ledger.is_claimed(found.claimed_by, found.claimed_until, ask.now)
    if taken and found.claimed_by != ask.who:
        raise Refused(f"{ask.name(found.claimed_by)} is on q{found.number} just now")
    ask.books.change(
        ask.deed,
        found,
        f"q{found.number} is open again",
        claimed_by=ask.who,
        claimed_until=ask.now + ledger.CLAIM_LASTS,
    )
    yield ask.answer(f"q{found.number} is yours for 4 h; others see that you are on it.")


def _is_open_ticket(ask: Ask, word: str) -> bool:
    """Whether a bare number is that of a ticket that waits, for who can take no question."""
    number = whole_number(word.lstrip("#"))
    row = hackathons.current(ask.books, ask.season_key, ask.now, ask.heard.channel or "")
    if number is None or row is None:
        return False
    return any(t.number == number for t in tickets.open_(ask.books, row))
