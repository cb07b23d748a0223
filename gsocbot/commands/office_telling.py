"""Telling channels and people what has become of an office hour."""

from datetime import datetime
from typing import Any

from gsocbot.commands.ask import Ask
from gsocbot.commands.dates import public
from gsocbot.render.words import listed
from gsocbot.rules.office_plans import Planned
from gsocbot.store import office_planning, roster
from gsocbot.store.roster import Roster, Who


def concerned(ask: Ask, sessions: list[Planned]) -> dict[Who, bool]:
    """Who is to be told of what becomes of sessions but for who asks, and whether they are on."""
    signed = Roster(ask.books, ask.season_key)
    rooms = [r for p in sessions[:1] for r in office_planning.rooms_of(p.weekly, public(ask))]
    networks = {network for network, _ in rooms}
    on = [who for p in sessions for who in signed.everybody(p.name, p.session)]
    wanted = roster.wanted(ask.books, ask.season_key)
    found = dict.fromkeys(wanted, False) | dict.fromkeys(on, True)
    me = (ask.network, ask.asker)
    return {who: is_on for who, is_on in found.items() if who != me and who[0] in networks}


def tell(
    ask: Ask,
    what: str,
    planned: Planned,
    people: dict[Who, bool],
    *,
    at: datetime,
    why: str = "",
    was: datetime | None = None,
    whole: str = "",
    expires: datetime | None = None,
) -> None:
    """Tell the channels, but for this one, where all have read it, and people in private."""
    rooms = office_planning.rooms_of(planned.weekly, public(ask))
    here = (ask.network, (ask.heard.channel or "").lower())
    facts: dict[str, Any] = {
        "title": planned.weekly.title,
        "at": at.isoformat(),
        "was": was.isoformat() if was else "",
        "why": why,
        "whole": whole,
        "by": ask.asker,
        "room": listed(list(dict.fromkeys(channel for _, channel in rooms))),
    }
    until = expires or max(at, was or at)
    private = {is_on: [(n, f"@{a}") for (n, a), x in people.items() if x is is_on]
               for is_on in (True, False)}  # fmt: skip
    places = [room for room in rooms if room != here]
    office_planning.tell(ask.books, ask.deed, what, facts | {"you": False}, places, until)
    for is_on, persons in private.items():
        office_planning.tell(ask.books, ask.deed, what, facts | {"you": is_on}, persons, until)


def then_told(people: dict[Who, bool]) -> str:
    """; 1 mentor who is on and 2 people who wanted a reminder are told"""
    told = _who(people)
    return f"; {told} told" if told else ""


def are_told(people: dict[Who, bool]) -> str:
    """The same as a sentence, empty if nobody is told."""
    told = _who(people)
    return f" {told[0].upper()}{told[1:]} told." if told else ""


def _who(people: dict[Who, bool]) -> str:
    """mira, who is on, and 2 people who wanted a reminder are; empty if nobody is told."""
    on = [account for (_, account), is_on in people.items() if is_on]
    others = sum(not is_on for is_on in people.values())
    parts = []
    if on:
        parts.append("1 mentor who is on" if len(on) == 1 else f"{len(on)} mentors who are on")
    if others:
        word = "person" if others == 1 else "people"
        parts.append(f"{others} {word} who wanted a reminder")
    if not parts:
        return ""
    return f"{listed(parts)} {'is' if len(people) == 1 else 'are'}"
