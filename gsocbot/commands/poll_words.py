"""Polls in words: which one is meant, what it asks, how one votes, and how it has ended."""

from datetime import UTC

from gsocbot.commands.ask import Ask
from gsocbot.render import words as wording
from gsocbot.render.addresses import poll_path
from gsocbot.render.lines import MOST_BYTES, cut
from gsocbot.rules.ids import whole_number
from gsocbot.rules.poll_words import HOW as HOW_TO_ASK
from gsocbot.rules.polls import Audience, PollKind, in_words, remarks
from gsocbot.store import polls as kept
from gsocbot.store.hackathon_tables import Poll
from gsocbot.store.private import ballots
from gsocbot.talk import Refused, Say

MOST_NUMBERS = 5
"""Polls that are named by their numbers in a refusal."""
SHORT = 50
"""Bytes of a question in a list."""
LONGEST_RESULT = 200
"""Bytes of a result that has more to say behind it; the page has all of it."""

HOW = {
    PollKind.ONE: "Vote: !vote {} <number> (also in private).",
    PollKind.MULTI: "Vote for all that you like: !vote {} 1, 2 (also in private).",
    PollKind.RANKED: "Vote, what you like best first: !vote {} 2 > 1 (also in private).",
}
SEVERAL = {
    PollKind.ONE: "",
    PollKind.MULTI: " (several, with commas)",
    PollKind.RANKED: " (in order, with > between)",
}


def one_poll(ask: Ask, word: str) -> Poll:
    """The poll that a number means; a stray refusal where nobody has ever asked one."""
    number = whole_number(word)
    found = kept.by_number(ask.books, ask.season_key, number) if number is not None else None
    if found is None:
        raise no_poll(ask, number)
    return found


def no_poll(ask: Ask, number: int | None) -> Refused:
    """What is said where a number means no poll; the words of who asks are not repeated."""
    every = kept.every(ask.books, ask.season_key)
    if not every:
        return Refused(f"there is no poll yet. Mentors ask one: {HOW_TO_ASK}", stray=True)
    running = [str(row.number) for row in kept.running(ask.books, ask.season_key, ask.now)]
    if len(running) > MOST_NUMBERS:
        running = []
    runs = f"; {wording.listed(running)} {'runs' if len(running) == 1 else 'run'}" * bool(running)
    if number is None:
        return Refused(f"say which by its number{runs}. All: !polls all")
    return Refused(f"there is no poll {number}{runs}. All: !polls all")


def open_poll(ask: Ask, word: str) -> Poll:
    """The same, unless it has ended."""
    row = one_poll(ask, word)
    if row.closed_at is not None:
        raise Refused(f"{counted(ask, row)} Nothing changed.")
    if row.until <= ask.now:
        raise Refused(has_ended(ask, row))
    return row


def has_ended(ask: Ask, row: Poll) -> str:
    """What is said between the end of a poll and its count."""
    return (
        f"poll {row.number} ended {ask.moment(row.until)}. Nothing changed. The result comes "
        f"within a minute: !poll results {row.number}"
    )


def numbered(row: Poll) -> list[str]:
    """1 keep, 2 archive, 3 merge, as a list"""
    return [f"{number} {option}" for number, option in enumerate(kept.options_of(row), 1)]


def as_question(row: Poll) -> str:
    """What a poll asks, with a sign behind it that ends it."""
    return row.question if row.question[-1] in "?!.:" else f"{row.question}:"


def said(ask: Ask, row: Poll, head: str, tail: str) -> Say:
    """A poll with its question and what there is to choose; what is too long waits for !more."""
    question = as_question(row)
    middle = " ".join(numbered(row))
    whole = f"{head}: {question} {middle}. {tail}"
    if len(whole.encode()) + len(ask.heard.nick.encode()) + 2 <= MOST_BYTES:
        return ask.answer(whole)
    return ask.listing(f"{head}. {tail} {question} ", numbered(row))


def briefly(ask: Ask, row: Poll) -> str:
    """3 keep xen-tools list? (until 31 Mar, 14 votes)"""
    text, rest = cut(row.question, SHORT)
    question = f"{row.number} {text}{'…' if rest else ''}"
    result = kept.result_of(row)
    if result is not None and row.closed_at is not None:
        on = wording.day_briefly(row.closed_at.astimezone(UTC).date(), ask.now)
        won = wording.listed(result.winners) if result.voters else "no votes"
        return f"{question} (closed {on}: {cut(won, SHORT)[0]})"
    count = ballots.count(ask.books, row)
    until = in_short(ask, row)
    who = "mentors, " if row.audience == Audience.MENTORS else ""
    return f"{question} ({who}until {until}, {wording.plural(count, 'vote')})"


def in_short(ask: Ask, row: Poll) -> str:
    """31 Mar, or 16:00 UTC for one that ends within a day"""
    until = row.until.astimezone(UTC)
    if until - ask.now < wording.MINUTE * 60 * 20:
        return wording.clock(until, ask.now, UTC, "UTC")
    return wording.day_briefly(until.date(), ask.now)


def so_far(ask: Ask, row: Poll) -> str:
    """14 votes so far, or what they come to where the poll shows that."""
    count = ballots.count(ask.books, row)
    if row.live and count:
        return f"So far: {in_words(ballots.so_far(ask.books, row), LONGEST_RESULT)}."
    return f"{wording.plural(count, 'vote') if count else 'No votes'} so far."


def counted(ask: Ask, row: Poll) -> str:
    """poll 3 closed on Thu 31 Mar 23:59 UTC: archive 18, merge 6, keep 3 (27 votes)."""
    result = kept.result_of(row)
    assert result is not None
    assert row.closed_at is not None
    more = f" {text}" if (text := remarks(result)) else ""
    when = ask.moment(row.closed_at)
    return f"poll {row.number} closed on {when}: {in_words(result, LONGEST_RESULT)}.{more}"


def who_decided(ask: Ask, row: Poll) -> str:
    """Who has asked, and who has ended it, if anybody did."""
    ended = f", ended by {ask.name(row.closed_by)}" if row.closed_by else ""
    return f"Asked by {ask.name(row.account)}{ended}."


def address(ask: Ask, row: Poll) -> str:
    """Where it is on the web."""
    return ask.addresses.page(poll_path(row.number))
