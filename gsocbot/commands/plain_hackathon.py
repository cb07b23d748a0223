"""Questions in plain words about a hackathon and its polls: the command that answers is run."""

import re
from collections.abc import Iterator

from gsocbot.commands.ask import Ask
from gsocbot.commands.command import Call
from gsocbot.commands.hackathon_here import page
from gsocbot.rules.embargo import is_of_results
from gsocbot.rules.hackathon import EventKind
from gsocbot.store import hackathons, polls
from gsocbot.store.hackathon_tables import Hackathon, HackEvent, Poll
from gsocbot.store.private import check_ins
from gsocbot.talk import Say

_WHERE = re.compile(r"where(?:'s|s| is)? ([^\s?]+)[\s?.!]*", re.IGNORECASE)
_VOTE = re.compile(
    r"(?:my votes?|(?:i(?:'d| would|'ll| will)?|we) (?:like to )?vote|vote)\b.*(?<![?\s])"
    r"|.+ (?:for|in) poll #?\d+",
    re.IGNORECASE,
)
_IN = re.compile(r"(?:i am |i'm )?in(?: [\w-]+){1,3}", re.IGNORECASE)
_EVENING = r"(?:dinner|evening|social|pub|party|beers?|food)"
_ANSWERS = (
    (re.compile(r"(?:how|where|can|may)\b.*\b(?:join|sign up|register|take part|come)\b"), "join"),
    (re.compile(r"who\b.*\b(?:comes?|coming|joins?|joined|goes|going|takes?|there|at)\b"), "who"),
    (re.compile(r".*\bhackathons?\b.*"), "hack"),
)
_OF_IT = re.compile(r"\bhackathons?\b", re.IGNORECASE)
_ON_NOW = re.compile(
    r"what(?:'s|s| is)(?: going)? on(?: (?:right )?now| today| at the hackathon| here)?[\s?!.]*",
    re.IGNORECASE,
)
_DEMOS = re.compile(r"(?:when|where|what time|at what time)\b.*\bdemos?\b[\s?!.]*", re.IGNORECASE)
_SOCIAL = re.compile(
    rf"(?:when|where|what time|at what time)(?:'s| is| are| do we)?\b.*\b{_EVENING}\b[\s?!.]*",
    re.IGNORECASE,
)
_POLLS = re.compile(
    r"(?:(?:when|which|what|where|how|are|is)\b.*|results? of (?:the )?|the )?\bpolls?\b.*\?\s*",
    re.IGNORECASE,
)
_ASKS = re.compile(r"(?:when|where|who|what|how|can|may|is|report)\b|.*\?\s*$", re.IGNORECASE)


def of_hackathon(ask: Ask, words: str) -> Iterator[Say]:
    """What words of a hackathon or a poll are answered with; nothing for all others."""
    if not ask.key or (is_of_results(words) and not _where(ask, words)):
        return
    row = hackathons.current(ask.books, ask.season_key, ask.now, ask.heard.channel or "")
    if name := _where(ask, words):
        yield from _as(ask, "where", given=name)
        return
    if vote := _how_to_vote(ask, words):
        yield ask.answer(vote)
        return
    if _POLLS.fullmatch(words) and polls.every(ask.books, ask.season_key):
        yield from _as(ask, "polls")
    elif row is not None:
        yield from _of(ask, row, words)


def _of(ask: Ask, row: Hackathon, words: str) -> Iterator[Say]:
    days = hackathons.days_of(row)
    if days.is_over(ask.now):
        if _OF_IT.search(words) and _ASKS.match(words):
            yield from _as(ask, "hack")
    elif days.is_on(ask.now) and _IN.fullmatch(words.rstrip(".!")):
        yield ask.answer("to say where you are: !in <place>, or !in topic <number>")
    elif _ON_NOW.fullmatch(words) and days.is_on(ask.now):
        yield from _as(ask, "now")
    elif _DEMOS.fullmatch(words):
        yield from _as(ask, "demos")
    elif _SOCIAL.fullmatch(words) and _has_evening(ask, row):
        yield from _as(ask, "social")
    elif _OF_IT.search(words) and _ASKS.match(words):
        asked = words.lower()
        meant = next(what for pattern, what in _ANSWERS if pattern.match(asked))
        if meant == "join":
            yield ask.answer(f"to take part: !hack join <skills>. {row.name}: {page(ask, row)}")
        else:
            yield from _as(ask, "hack", *(["who"] if meant == "who" else []))


def _where(ask: Ask, words: str) -> str:
    """Whom words ask for, if both are checked in: to all others that is not said."""
    found = _WHERE.fullmatch(words)
    if found is None or ask.heard.account is None or not ask.key:
        return ""
    row = hackathons.current(ask.books, ask.season_key, ask.now, ask.heard.channel or "")
    if row is None or not hackathons.days_of(row).is_on(ask.now):
        return ""
    if check_ins.own(ask.books, row, ask.network, ask.who, ask.now) is None:
        return ""
    wanted = found[1].strip("@,:").lower()
    worn = {nick.lower(): who[1:] for who, nick in ask.here.items() if who.startswith("@")}
    accounts = check_ins.accounts(ask.books, row, ask.now)
    there = {name for network, name in accounts if network == ask.network}
    return found[1] if worn.get(wanted, wanted) in there else ""


def _how_to_vote(ask: Ask, words: str) -> str:
    """How one votes, for who says a vote in other words; it is not counted, and not repeated
    where others read it.
    """
    running = polls.running(ask.books, ask.season_key, ask.now)
    plain = words.strip(" .!").lower()
    said = _VOTE.fullmatch(plain) is not None
    last = re.sub(r"^.*\bvotes?(?: is)?(?: for)?\b[\s:=,-]*", "", plain).strip("\"'“”") or plain
    having = [row for row in running if _number(row, last)]
    if not having and not said:
        return ""
    if not running:
        return "no poll runs just now. Results: !polls all"
    row = (having or running)[0]
    option = polls.options_of(row)[_number(row, last) - 1] if having else ""
    return f"to vote: !vote {row.number} {option if option and ask.in_private else '<number>'}"


def _number(row: Poll, word: str) -> int:
    """The number of an option that is called so; 0 for none."""
    options = [option.lower() for option in polls.options_of(row)]
    return options.index(word) + 1 if word in options else 0


def _has_evening(ask: Ask, row: Hackathon) -> bool:
    events = ask.books.every(HackEvent, hackathon=row.id)
    return any(event.kind == EventKind.SOCIAL for event in events)


def _as(ask: Ask, *words: str, given: str = "") -> Iterator[Say]:
    """What a command says, as if it had been typed."""
    ask.call = Call(ask.other(*words), (given,) if given else ())
    yield from ask.run(ask, ask.call)
