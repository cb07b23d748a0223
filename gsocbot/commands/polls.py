"""Polls: asked with an end, looked at, extended, closed and dropped."""

import json
import re
from collections.abc import Iterator

from gsocbot.commands.ask import Ask
from gsocbot.commands.command import Text, Words
from gsocbot.commands.dates import public
from gsocbot.commands.embargo import check_unasked, check_untold
from gsocbot.commands.poll_words import (
    HOW,
    address,
    as_question,
    briefly,
    counted,
    one_poll,
    open_poll,
    said,
    so_far,
    who_decided,
)
from gsocbot.config import ChannelRole
from gsocbot.render import words as wording
from gsocbot.rules.poll_words import HOW as HOW_TO_ASK
from gsocbot.rules.poll_words import NewPoll, read_end, read_poll
from gsocbot.rules.polls import Audience, PollKind
from gsocbot.rules.roles import Role
from gsocbot.store import poll_planning as planning
from gsocbot.store import polls as kept
from gsocbot.store.hackathon_tables import Poll
from gsocbot.store.private import ballots
from gsocbot.talk import Kind, Refused, Say

ALL = frozenset({"all", "past", "closed", "old"})
FEW = 3
"""With fewer votes than these each voter knows what the other chose."""


def polls(ask: Ask, which: Words = "") -> Iterator[Say]:
    """List the polls that run, or all that there were (all)."""
    if which and which.lower() not in ALL:
        raise Refused("the polls that run: !polls. All that there were: !polls all", stray=True)
    every = kept.every(ask.books, ask.season_key)
    if not every:
        raise Refused(f"there is no poll yet. Mentors ask one: {HOW_TO_ASK}")
    rows = every[::-1] if which else kept.running(ask.books, ask.season_key, ask.now)
    if not rows:
        raise Refused("no poll runs just now. All that there were: !polls all")
    yield ask.listing("", [briefly(ask, row) for row in rows])


def poll(ask: Ask, poll: str) -> Iterator[Say]:
    """Show what a poll asks, what one can choose, and how many have voted."""
    row = one_poll(ask, poll)
    if row.closed_at is not None or row.until <= ask.now:
        yield ask.squeezed(f"poll {row.number}: ", f"{as_question(row)} ", _ended(ask, row))
        return
    until = f"poll {row.number} until {ask.moment(row.until)}"
    yield said(ask, row, until, f"{so_far(ask, row)} {HOW[PollKind(row.kind)].format(row.number)}")


def poll_results(ask: Ask, poll: str) -> Iterator[Say]:
    """Say how a poll has ended, or how many have voted so far."""
    row = one_poll(ask, poll)
    if row.closed_at is not None:
        yield ask.answer(f"{counted(ask, row)} {who_decided(ask, row)} {address(ask, row)}")
    elif row.until <= ask.now:
        yield ask.answer(f"poll {row.number} {_ended(ask, row)}")
    else:
        until = ask.moment(row.until)
        yield ask.answer(f"poll {row.number} runs until {until}. {so_far(ask, row)}")


def poll_add(ask: Ask, question_and_choices: Text) -> Iterator[Say]:
    """Ask people to choose, until a day and an hour."""
    new = read_poll(question_and_choices, ask.now)
    check_unasked(ask, new.question)
    check_untold(ask, *new.options)
    number = kept.next_number(ask.books, ask.season_key)
    row = ask.keep(
        Poll,
        f"poll {number} is gone",
        number=number,
        question=new.question,
        options=json.dumps(new.options, ensure_ascii=False),
        kind=new.kind,
        audience=new.audience,
        live=new.live,
        quorum=new.quorum,
        until=new.until,
        channel=_own_channel(ask, new.audience),
    )
    told = planning.opened(ask.books, ask.deed, row, *_rooms(ask), _here(ask))
    _plan(ask)
    yield said(ask, row, f"poll {number} until {ask.moment(row.until)}", _then(ask, new, row, told))


def poll_extend(ask: Ask, poll: str, new_end: Words) -> Iterator[Say]:
    """Let a poll run longer."""
    row = _own(ask, poll, "extend")
    longer = re.match(r"by\s+(?=\d)", new_end, re.IGNORECASE)
    end = read_end(new_end[longer.end() :], row.until) if longer else read_end(new_end, ask.now)
    was = wording.moment(row.until, ask.now)
    if end <= row.until:
        raise Refused(
            f"poll {row.number} runs until {was}; say a later end, or end it: "
            f"!poll close {row.number}"
        )
    ask.books.change(ask.deed, row, f"poll {row.number} ends {was} again", until=end)
    _plan(ask)
    yield ask.answer(f"poll {row.number} now ends {ask.moment(end)}; voters keep their votes.")


def poll_close(ask: Ask, poll: str) -> Iterator[Say]:
    """End a poll now and count its votes."""
    row = _own(ask, poll, "close")
    votes = ballots.count(ask.books, row)
    few = ", so few that the result shows who voted what" if 0 < votes < FEW else ""
    ask.confirm(
        f"this ends poll {row.number} now, with {wording.plural(votes, 'vote')}{few}. They are "
        "counted and thrown away, so nobody can take that back."
    )
    planning.end(ask.books, ask.deed, row, ask.now, *_rooms(ask), _here(ask))
    yield ask.answer(f"{counted(ask, row)} {address(ask, row)}")


def poll_drop(ask: Ask, poll: str) -> Iterator[Say]:
    """Take a poll off the list, with all that was voted."""
    row = one_poll(ask, poll)
    count = row.voters if row.closed_at is not None else ballots.count(ask.books, row)
    is_fresh = row.closed_at is None and not count
    if Role.ORGANISER not in ask.roles and not (_is_own(ask, row) and is_fresh):
        why = ", because there are votes" if _is_own(ask, row) and count else ""
        raise Refused(
            f"only organisers can drop poll {row.number}{why}. Nothing changed.", Kind.REFUSAL
        )
    is_final = row.closed_at is None and count > 0
    if not (_is_own(ask, row) and is_fresh):
        votes = f" with {wording.plural(count, 'vote')}" if count else ""
        final = ", and nobody can take that back" if is_final else ""
        ask.confirm(f"this drops poll {row.number}{votes}{final}.")
    planning.hush(ask.books, row)
    if row.closed_at is None:
        ballots.throw_away(ask.books, row)  # they are to be swept out of the file, too
    ask.books.remove(ask.deed, row, "" if is_final else f"poll {row.number} is there again")
    yield ask.answer(f"poll {row.number} is dropped.")


def _ended(ask: Ask, row: Poll) -> str:
    """How it has ended, or that this is only just to be counted."""
    if row.closed_at is None:
        return "has just ended; the result comes within a minute."
    result = counted(ask, row).removeprefix(f"poll {row.number} ")
    return f"{result[0].upper()}{result[1:]} {address(ask, row)}"


def _then(ask: Ask, new: NewPoll, row: Poll, told: bool) -> str:
    """How one votes, when the result comes, and who else hears of the poll."""
    how = HOW[new.kind].format(row.number)
    end = "Counts are shown meanwhile." if new.live else "Result at the end."
    quorum = f" At least {new.quorum} must vote." if new.quorum else ""
    if new.audience is Audience.MENTORS:
        who = " Mentors vote, everybody can read it."
        return f"{how} {end}{quorum}{who}{' They are told in private.' if told else ''}"
    where = " It is said in the channel, too." if told else ""
    return f"{how} {end}{quorum}{where}"


def _own(ask: Ask, number: str, deed: str) -> Poll:
    """A poll that runs, of who asks; of anybody, for organisers."""
    row = open_poll(ask, number)
    if Role.ORGANISER not in ask.roles and not _is_own(ask, row):
        raise Refused(
            f"only {ask.name(row.account)}, who asked it, and organisers can {deed} poll "
            f"{row.number}. Nothing changed.",
            Kind.REFUSAL,
        )
    return row


def _is_own(ask: Ask, row: Poll) -> bool:
    return (row.network, row.account) == (ask.network, ask.who)


def _own_channel(ask: Ask, audience: Audience) -> str:
    """The channel in which alone a poll is spoken of; empty for all that it concerns."""
    speaks = ask.role is ChannelRole.PUBLIC or (
        ask.role is ChannelRole.ORGANISERS and audience is Audience.MENTORS
    )
    return (ask.heard.channel or "").lower() if speaks else ""


def _here(ask: Ask) -> tuple[str, str]:
    """Where all have read the answer already."""
    return ask.network, ask.heard.channel or ""


def _rooms(ask: Ask) -> tuple[planning.Rooms, planning.Rooms]:
    return public(ask), ask.organisers_rooms


def _plan(ask: Ask) -> None:
    """What is said of polls is as they stand now."""
    planning.plan(ask.books, ask.season_key, *_rooms(ask), ask.now)
