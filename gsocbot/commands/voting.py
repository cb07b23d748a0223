"""Voting: one vote an account, and no word of it in what others read."""

from collections.abc import Iterator
from contextlib import suppress

from gsocbot.commands.ask import Ask
from gsocbot.commands.command import Words
from gsocbot.commands.poll_words import SEVERAL, counted, has_ended, no_poll, numbered
from gsocbot.render import words as wording
from gsocbot.render.lines import cut
from gsocbot.rules.ids import whole_number
from gsocbot.rules.poll_votes import Unread, Wrong, parted, read_vote
from gsocbot.rules.polls import Audience, PollKind
from gsocbot.rules.roles import Role
from gsocbot.store import polls as kept
from gsocbot.store.hackathon_tables import Poll
from gsocbot.store.private import ballots
from gsocbot.talk import Kind, Refused, Say

LONGEST_CHOICES = 220
"""Bytes of what there is to choose, in a refusal."""

SHORTEST_WORD = 3
"""Letters of a choice that tells which of several polls is meant."""

NOT_LOGGED_IN = (
    "one vote per account, and you are not logged in: /msg NickServ identify. Nothing changed."
)
OVER_A_BRIDGE = (
    "one vote per account, and no bridge passes yours on; vote on IRC itself. Nothing changed."
)


def vote(ask: Ask, poll: str = "", choice: Words = "") -> Iterator[Say]:
    """Vote in a poll, or change your vote; "none" takes it back."""
    row, words = _meant(ask, poll, choice)
    if row.closed_at is not None:
        yield ask.answer(counted(ask, row))
        return
    if row.until <= ask.now:
        raise Refused(has_ended(ask, row))
    _check_may_vote(ask, row)
    if not words:
        raise Refused(f"what do you vote for? !vote {row.number} {_how(row)}")
    found = _read(ask, row, words)
    ballots.cast(ask.books, row, ask.network, ask.who, found)
    count = wording.plural(ballots.count(ask.books, row), "vote")
    until = ask.moment(row.until)
    if not found:
        yield ask.answer(
            f"you have no vote in {row.number} now; vote again until {until}. {count}."
        )
        return
    shown = f": {_chosen(row, found)}" if ask.in_private else ""
    yield ask.answer(
        f"your vote in {row.number} is counted{shown} (change it until {until}). {count}."
    )


def _meant(ask: Ask, poll: str, choice: str) -> tuple[Poll, str]:
    """Which poll, and the words of the vote; where one alone runs it needs no number."""
    other, rest = parted(poll, choice)
    named = whole_number(other)
    if named is not None and kept.by_number(ask.books, ask.season_key, named) is not None:
        poll, choice = other, rest
    number = whole_number(poll)
    row = kept.by_number(ask.books, ask.season_key, number) if number is not None else None
    running = kept.running(ask.books, ask.season_key, ask.now)
    only = running[0] if len(running) == 1 else None
    if number is not None and choice and row is None and not _is_list(only, poll, choice):
        raise no_poll(ask, number)
    if row is not None and (choice or only is None or row is only):
        return row, choice
    if only is not None:
        return only, f"{poll} {choice}".strip()
    if number is not None or not running:
        raise no_poll(ask, number) if number is not None else _none_runs(ask)
    words = f"{poll} {choice}".strip()
    having = [one for one in running if _has(one, words)]
    if len(having) == 1:
        return having[0], words
    which = " · ".join(f"{one.number} {cut(one.question, 40)[0]}" for one in running[:4])
    raise Refused(f"in which poll? {which} · like: !vote {running[0].number} <choice>")


def _has(row: Poll, words: str) -> bool:
    """Whether a poll has what words choose, said by its name and not by a number."""
    with suppress(Unread):
        return len(words) >= SHORTEST_WORD and bool(
            read_vote(words, kept.options_of(row), PollKind(row.kind))
        )
    return False


def _is_list(only: Poll | None, first: str, rest: str) -> bool:
    """Whether numbers are several choices of the poll that alone runs: !vote 2 1"""
    if only is None or only.kind == PollKind.ONE:
        return False
    return all(whole_number(word) is not None for word in f"{first} {rest}".split())


def _none_runs(ask: Ask) -> Refused:
    if not kept.every(ask.books, ask.season_key):
        return no_poll(ask, None)
    return Refused("no poll runs just now. Results: !polls all")


def _check_may_vote(ask: Ask, row: Poll) -> None:
    if ask.heard.account is None:
        raise Refused(NOT_LOGGED_IN if ask.heard.relay is None else OVER_A_BRIDGE, Kind.REFUSAL)
    if row.audience == Audience.MENTORS and Role.MENTOR not in ask.roles:
        raise Refused(f"poll {row.number} is for mentors. Nothing changed.", Kind.REFUSAL)


def _read(ask: Ask, row: Poll, words: str) -> tuple[int, ...]:
    """The options; what is wrong with the words is said without them: others may read that."""
    options = kept.options_of(row)
    try:
        return read_vote(words, options, PollKind(row.kind))
    except Unread as unread:
        why = {
            Wrong.UNKNOWN: "that is none of the choices",
            Wrong.AMBIGUOUS: "that could be several of the choices",
            Wrong.OUT_OF_RANGE: f"the choices are 1 to {len(options)}",
            Wrong.TWICE: "that names a choice twice",
            Wrong.TOO_MANY: f"poll {row.number} takes one choice",
        }[unread.why]
        raise Refused(f"{why}. Nothing changed: !vote {row.number} {_how(row)}") from None


def _how(row: Poll) -> str:
    """<number>: 1 keep 2 archive 3 merge"""
    shown = numbered(row)
    while len(" ".join(shown).encode()) > LONGEST_CHOICES:
        shown.pop()
    more = f" … !poll {row.number}" if len(shown) < len(kept.options_of(row)) else ""
    return f"<number>{SEVERAL[PollKind(row.kind)]}: {' '.join(shown)}{more}"


def _chosen(row: Poll, found: tuple[int, ...]) -> str:
    """What was chosen, for the one who has: archive, or archive > keep"""
    options = kept.options_of(row)
    between = " > " if row.kind == PollKind.RANKED else ", "
    return cut(between.join(options[n] for n in found), LONGEST_CHOICES)[0]
