"""How the bot fares: since when it is up, where, what waits, what failed."""

import json
from collections.abc import Iterator, Sequence
from datetime import UTC
from itertools import groupby

from gsocbot.commands.ask import Ask, Running
from gsocbot.commands.links import known_links
from gsocbot.config import ChannelRole
from gsocbot.render import words as wording
from gsocbot.render.words import listed, plural
from gsocbot.rules.ledger import ORGANISERS_AFTER
from gsocbot.rules.outbox import refused_because
from gsocbot.rules.reminders import Topic
from gsocbot.store import coming, questions
from gsocbot.store import links as kept_links
from gsocbot.store import status as kept
from gsocbot.store.digest import MAIL
from gsocbot.store.status import Unsaid
from gsocbot.store.unsaid import LOOK_BACK
from gsocbot.talk import Say

REMINDERS = {str(topic) for topic in Topic}


def status(ask: Ask) -> Iterator[Say]:
    """See how I fare: since when, where, what waits, what is next, what failed."""
    running = ask.seen.outside.running()
    parts = [
        *_program(ask, running),
        _waiting(ask, running),
        _next(ask),
        _failures(ask),
        _questions(ask),
        *running.notes,
        _links(ask),
    ]
    yield ask.answer(f"{'; '.join(part for part in parts if part)}.")


def status_failed(ask: Ask) -> Iterator[Say]:
    """See which lines of the last 14 days were refused by a server or went by."""
    lines = _unsaid(ask)
    if not lines:
        yield ask.answer("in the last 14 days nothing failed, and nothing went by.")
        return
    items = [_failed(ask, list(same)) for _, same in groupby(lines, key=_same)]
    yield ask.listing("not said in the last 14 days: ", items, ".")


def _program(ask: Ask, running: Running) -> list[str]:
    """up 12 d; 2 channels, or which of them the bot is not in"""
    if running.since is None:
        return ["not on a network"]
    roles = (ChannelRole.PUBLIC, ChannelRole.ORGANISERS, ChannelRole.HACKATHON)
    ours = [room for role in roles for room in ask.seen.rooms(ask.season_key, role)]
    missing = [channel for network, channel in ours if (network, channel) not in running.rooms]
    there = plural(len(ours) - len(missing), "channel")
    if missing:
        there = f"in {len(ours) - len(missing)} of {plural(len(ours), 'channel')}"
        there += f", not in {listed(list(dict.fromkeys(missing)))}"
    return [f"up {wording.span(ask.now - running.since)}", there]


def _waiting(ask: Ask, running: Running) -> str:
    """6 waiting lines: what has not left us, not what waits for somebody to come."""
    rooms, private, people = kept.waiting(ask.books, ask.season_key, ask.now)
    line = plural(rooms + running.queued, "waiting line")
    absent = "1 person" if people == 1 else f"{people} people"
    return f"{line}; {plural(private, 'line')} for {absent} until they come" if people else line


def _next(ask: Ask) -> str:
    lines = coming.coming(ask.books, ask.season_key)
    following = next((line for line in lines if line.due > ask.now), None)
    if following is None:
        return "no next job"
    return f"next job {wording.clock(following.due, ask.now, UTC, 'UTC')} {_what(following)}"


def _what(line: coming.Coming | Unsaid) -> str:
    """applications-close 1 h, office 1 d: no names, because a channel may hear it"""
    facts = json.loads(line.payload)
    what = facts.get("slug") if line.topic in REMINDERS else None
    minutes = facts.get("offset_minutes")
    before = wording.span(wording.MINUTE * minutes) if isinstance(minutes, int) and minutes else ""
    return " ".join(filter(None, [what or line.topic.replace("_", " "), before]))


def _unsaid(ask: Ask) -> list[Unsaid]:
    return kept.unsaid(ask.books, ask.season_key, ask.now - LOOK_BACK, ask.now)


def _failures(ask: Ask) -> str:
    lines = _unsaid(ask)
    refused = sum(line.refused for line in lines)
    by = len(lines) - refused
    went = f", {by} went by" if by else ""
    return f"{refused} failed{went}{' in 14 d: !status failed' if lines else ''}"


def _same(line: Unsaid) -> tuple[object, ...]:
    return line.network, _where(line), _what(line), line.why, line.due


def _where(line: Unsaid) -> str:
    """A channel; people are not named, and neither are addresses."""
    return line.target if _is_room(line) else "somebody"


def _is_room(line: Unsaid) -> bool:
    return line.network != MAIL and line.target.startswith(("#", "&", "+", "!"))


def _failed(ask: Ask, same: Sequence[Unsaid]) -> str:
    """17 Mar 18:00 applications-close 14 d for #gsoc: I may not speak there (404)"""
    first = same[0]
    numeric = first.why.isdecimal()
    why = f"{refused_because(first.why)} ({first.why})" if numeric else "it was not taken"
    why = why if first.refused else "went by"
    whom = _where(first) if len(same) == 1 or _is_room(first) else f"{len(same)} people"
    day = wording.day_briefly(first.due.date(), ask.now)
    return f"{day} {first.due:%H:%M} {_what(first)} for {whom}: {why}"


def _questions(ask: Ask) -> str:
    since = ask.now - ORGANISERS_AFTER
    old = [q for q in questions.unanswered(ask.books, ask.season_key) if q.at <= since]
    return f"{plural(len(old), 'question')} open for more than 48 h" if old else ""


def _links(ask: Ask) -> str:
    """links 143 ok, 2 dead"""
    if not ask.seen.checks_links:
        return ""
    found = known_links(ask)
    known = kept_links.states(ask.books, ask.season_key)
    states = [known[link.url] for link in found if link.url in known]
    dead = sum(state.is_dead for state in states)
    fine = sum(not state.fault for state in states)
    waiting = len(found) - len(states)
    return f"links {fine} ok, {dead} dead" + (f", {waiting} not asked for yet" if waiting else "")
