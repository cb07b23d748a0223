"""Help tickets: somebody is stuck at a hackathon, somebody else comes, and nobody is told twice."""

from collections.abc import Iterator

from gsocbot.commands.ask import Ask
from gsocbot.commands.command import Call, Text
from gsocbot.commands.embargo import check_untold
from gsocbot.commands.hackathon_here import leads, one_of_us, open_hackathon, the_hackathon
from gsocbot.commands.venue import going_on, room_now, topic_of
from gsocbot.config import ChannelRole
from gsocbot.render import words as wording
from gsocbot.render.lines import cut
from gsocbot.rules import tickets as rules
from gsocbot.rules.hackathon import room_key
from gsocbot.store import hackathons
from gsocbot.store import tickets as kept
from gsocbot.store.hackathon_tables import Hackathon, Ticket
from gsocbot.store.private import check_ins
from gsocbot.talk import Kind, Refused, Say

BACK = frozenset({"off", "back", "no"})
"""What gives a ticket back that one has claimed."""


def stuck(ask: Ask, problem: Text = "") -> Iterator[Say]:
    """Call for help with what you are stuck on, or list who else is stuck."""
    if not problem:
        yield from _all(ask)
        return
    row = going_on(ask)
    if rules.is_ticket(problem):
        _check_takes_part(ask, row)
        yield ask.answer(_briefly(ask, _one(ask, row, problem)), as_is=True)
        return
    check_untold(ask, problem)
    text = rules.worded(problem)
    open_ = kept.open_(ask.books, row)
    own = [t for t in open_ if _is_own(ask, t)]
    twin = next((t for t in own if room_key(t.text) == room_key(text)), None)
    if twin is not None:
        raise Refused(f"that is h{twin.number} already; {_state(ask, twin)}")
    rules.check_may_ask(len(own))
    channel = ask.heard.channel if ask.role is ChannelRole.PUBLIC else None
    if channel is None:
        ask.call = Call(ask.call.command)  # the words stand in the ticket and nowhere else
    one_of_us(ask, row)
    number = hackathons.next_number(ask.books, Ticket, row)
    ticket = ask.keep(
        Ticket,
        f"h{number} is gone",
        hackathon=row.id,
        number=number,
        text=text,
        nick=ask.heard.nick,
        channel=channel or "",
    )
    helpers = rules.helpers(text, kept.people(ask.books, row, ticket, ask.now))
    kept.tell(ask.books, ask.deed, ticket, helpers)
    yield ask.squeezed(
        f'h{number} noted: "',
        text,
        f'". {rules.told(len(helpers))}; you get a line when someone comes.',
        as_is=True,
    )


def claim_ticket(ask: Ask, word: str, back: str) -> Iterator[Say]:
    """Say that you go and help, or that you cannot after all."""
    if back and back.lower() not in BACK:
        raise Refused(f'I do not know what "{back[:20]}" means here: !claim h3, or !unclaim h3')
    if back:
        yield from unclaim(ask, word)
        return
    row = open_hackathon(ask)
    ticket = _one(ask, row, word)
    if _is_own(ask, ticket):
        raise Refused(f"h{ticket.number} is your own; somebody else comes", as_is=True)
    if ticket.helper:
        who = "you are" if _helps(ask, ticket) else f"{ask.name(ticket.helper)} is"
        raise Refused(f"{who} on h{ticket.number} already")
    _check_may_come(ask, row, ticket)
    one_of_us(ask, row)
    undo = f"h{ticket.number} is open again"
    ask.books.change(ask.deed, ticket, undo, helper=ask.who, claimed_at=ask.now)
    kept.hush(ask.books, ticket)
    room = _topic_room(ask, row, ticket)
    if ticket.public and ticket.channel == ask.heard.channel and not ask.in_private:
        # They read it in this very line, which calls them.
        comes = f"{ask.name(ask.heard.nick)} comes to you{f' ({room})' if room else ''}."
        yield ask.announce(f"{ticket.nick}: {comes}")
        return
    kept.tell_asker(ask.books, ask.deed, ticket, ask.heard.nick, room)
    if not ticket.public:
        yield from ask.privately(f"h{ticket.number} is yours; the rest is in a query.")
    there = _seen_at(ask, row, ticket) or room
    yield ask.squeezed(
        f"h{ticket.number} is yours, {ask.name(ticket.nick)}{f' ({there})' if there else ''} is "
        'told: "',
        ticket.text,
        '".',
        as_is=True,
    )


def unclaim(ask: Ask, ticket: str) -> Iterator[Say]:
    """Say that you cannot help after all."""
    row = open_hackathon(ask)
    found = _one(ask, row, ticket)
    if not found.helper:
        raise Refused(f"nobody is on h{found.number}. Go? !claim h{found.number}")
    if not _helps(ask, found) and not leads(ask, row):
        raise Refused(
            f"only {ask.name(found.helper)} and who leads the hackathon can give h{found.number} "
            "back. Nothing changed.",
            Kind.REFUSAL,
        )
    was = found.helper
    undo = f"@{was} is on h{found.number} again"
    ask.books.change(ask.deed, found, undo, helper="", claimed_at=None)
    kept.tell_asker(ask.books, ask.deed, found, was)
    yield ask.answer(f"h{found.number} is open again; who asked is told.", as_is=True)


def solved(ask: Ask, ticket: str = "") -> Iterator[Say]:
    """Say that you are stuck no more, or that who you helped is not."""
    row = the_hackathon(ask)
    found = _one(ask, row, ticket) if ticket else _only_own(ask, row)
    if not _is_own(ask, found) and not _helps(ask, found) and not leads(ask, row):
        raise Refused(
            f"only who asked, who helps and who leads the hackathon can call h{found.number} "
            "solved. Nothing changed.",
            Kind.REFUSAL,
        )
    ask.books.change(ask.deed, found, f"h{found.number} is open again", solved_at=ask.now)
    kept.hush(ask.books, found)
    took = wording.span(ask.now - found.at)
    yield ask.answer(
        f"h{found.number} solved after {took}. Worth keeping? !outcome add <text>", as_is=True
    )


def _all(ask: Ask) -> Iterator[Say]:
    row = the_hackathon(ask)
    _check_takes_part(ask, row)
    found = kept.open_(ask.books, row)
    if not found:
        raise Refused("nobody is stuck just now. If you are: !stuck <problem>")
    free = next((t for t in found if not t.helper and not _is_own(ask, t)), None)
    go = f". Go and help: !claim h{free.number}" if free else ""
    yield ask.listing("stuck: ", [_briefly(ask, ticket) for ticket in found], go)


def _check_takes_part(ask: Ask, row: Hackathon) -> None:
    if hackathons.hacker(ask.books, row, ask.network, ask.who) is None and not leads(ask, row):
        raise Refused(
            "who is stuck is for those who take part: !hack join. Are you? !stuck <problem>"
        )


def _one(ask: Ask, row: Hackathon, word: str) -> Ticket:
    """A ticket that nobody has called solved."""
    number = rules.number_of(word)
    found = hackathons.by_number(ask.books, Ticket, row, number)
    if found is None:
        raise Refused(f"there is no h{number}. Open: !stuck")
    if found.solved_at is not None:
        raise Refused(f"h{number} is solved already", as_is=True)
    return found


def _only_own(ask: Ask, row: Hackathon) -> Ticket:
    """The ticket that is meant by who names none: their own, else the one that they are on."""
    open_ = kept.open_(ask.books, row)
    meant = [t for t in open_ if _is_own(ask, t)] or [t for t in open_ if _helps(ask, t)]
    if not meant:
        raise Refused("no ticket of yours is open. All: !stuck")
    if len(meant) > 1:
        names = wording.listed([f"h{t.number}" for t in meant])
        raise Refused(f"several of yours are open ({names}): !solved h{meant[0].number}")
    return meant[0]


def _is_own(ask: Ask, ticket: Ticket) -> bool:
    return (ticket.network, ticket.account) == (ask.network, ask.who)


def _helps(ask: Ask, ticket: Ticket) -> bool:
    return (ticket.network, ticket.helper) == (ask.network, ask.who)


def _check_may_come(ask: Ask, row: Hackathon, ticket: Ticket) -> None:
    """Refuse who cannot be told to who asked, and who may not read what was said in private."""
    if ticket.network != ask.network:
        raise Refused(f"h{ticket.number} was asked on another network; somebody there comes",
                      as_is=True)  # fmt: skip
    if not ticket.public and hackathons.hacker(ask.books, row, ask.network, ask.who) is None:
        raise Refused(
            f"h{ticket.number} was said in private, for those who take part. "
            f"Do you? !hack join, then !claim h{ticket.number}",
            Kind.REFUSAL,
            as_is=True,
        )


def _topic_room(ask: Ask, row: Hackathon, ticket: Ticket) -> str:
    """Where the topic of who asked is just now."""
    number = kept.topic_of(ask.books, row, ticket.network, ticket.account)
    return room_now(ask, topic_of(ask, row, number))


def _seen_at(ask: Ask, row: Hackathon, ticket: Ticket) -> str:
    """Where who asked is checked in, for who goes there, if that one is checked in too."""
    there = check_ins.seen(ask.books, row, ask.viewer, ticket.account, ask.now)
    if there is None or (there.network, there.account) != (ticket.network, ticket.account):
        return ""
    return there.place or room_now(ask, topic_of(ask, row, there.topic))


def _state(ask: Ask, ticket: Ticket) -> str:
    return f"{ask.name(ticket.helper)} is on it" if ticket.helper else "nobody is on it yet"


def _briefly(ask: Ask, ticket: Ticket) -> str:
    """h3 (sofia, 5 min) dom0 hangs at boot; what was said in private is said again nowhere."""
    waits = f"{ask.name(ticket.helper)} is on it" if ticket.helper else _since(ask, ticket)
    if not ticket.public and not (ask.in_private and (_is_own(ask, ticket) or _helps(ask, ticket))):
        return f"h{ticket.number} ({waits}) said in private"
    text, rest = cut(ticket.text, rules.SHORT)
    return f"h{ticket.number} ({ask.name(ticket.nick)}, {waits}) {text}{'…' if rest else ''}"


def _since(ask: Ask, ticket: Ticket) -> str:
    return wording.span(ask.now - ticket.at)
