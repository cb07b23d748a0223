"""How people, moments, places and topics of a hackathon are written in an answer."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from gsocbot.commands.ask import Ask
from gsocbot.rules.hackathon import in_words
from gsocbot.rules.when import UTC_ZONE
from gsocbot.store import hackathons
from gsocbot.store.hackathon_tables import Hackathon, HackSlot, HackTopic

NEAR = timedelta(days=6)
"""Farther away a day of the week alone says too little."""


def called(ask: Ask, account: str) -> str:
    """Somebody by the nick they have here, so that it calls nobody but who asks."""
    return ask.name(ask.here.get(f"@{account}", account))


def days_in_words(ask: Ask, row: Hackathon) -> str:
    """2-4 Mar, with the year where that is another"""
    year = "" if row.first.year == ask.now.year else f" {row.last.year}"
    return in_words(row.first, row.last) + year


def where(row: Hackathon) -> str:
    """Where a hackathon is; of one without a place whose clock it keeps, if it has a zone."""
    return row.place or ("everywhere" if row.zone == UTC_ZONE.name else row.zone)


def clock(ask: Ask, row: Hackathon, at: datetime) -> str:
    """15:00, or Fri 15:00 on another day; by the clock there."""
    days = hackathons.days_of(row)
    there = at.astimezone(days.tz)
    if days.day_at(at) == days.day_at(ask.now):
        return f"{there:%H:%M}"
    if abs(at - ask.now) <= NEAR:
        return f"{there:%a %H:%M}"
    return f"{there:%a} {there.day} {there:%b %H:%M}"


def hours(ask: Ask, row: Hackathon, start: datetime, end: datetime) -> str:
    """15:00-16:30, or Fri 15:00-16:30"""
    days = hackathons.days_of(row)
    return f"{clock(ask, row, start)}-{end.astimezone(days.tz):%H:%M}"


def zone_hint(ask: Ask, row: Hackathon) -> str:
    """The name of its zone behind a time, where people could take it for their own clock's."""
    on = hackathons.days_of(row).is_on(ask.now)
    return "" if on and row.place else f" {row.zone}"


def slot_of(topic: HackTopic, slots: Sequence[HackSlot], now: datetime) -> HackSlot | None:
    """Where a topic is now, else where it is next; `slots` are in the order of time."""
    return next((s for s in slots if s.topic == topic.id and s.end > now), None)


def place(ask: Ask, row: Hackathon, slot: HackSlot | None) -> str:
    """room 1, or room 1 at 15:00, where that is later; empty for no place."""
    if slot is None:
        return ""
    return slot.room if slot.start <= ask.now else f"{slot.room} at {clock(ask, row, slot.start)}"


def briefly(ask: Ask, row: Hackathon, topic: HackTopic, slot: HackSlot | None) -> str:
    """3 libvirt driver (room 1, now), or (room 1, Fri 15:00), or without."""
    if topic.ended_at is not None:
        return f"{titled(topic)} (ended)"
    if slot is None:
        return titled(topic)
    when = "now" if slot.start <= ask.now else clock(ask, row, slot.start)
    return f"{titled(topic)} ({slot.room}, {when})"


def titled(topic: HackTopic) -> str:
    """3 libvirt driver"""
    return f"{topic.number} {topic.title}"


def state(ask: Ask, row: Hackathon, topic: HackTopic, slot: HackSlot | None) -> str:
    """3 libvirt driver, room 1: now "domain XML mapping" (hauke, 10:40), next "migration"."""
    room = f", {at}" if (at := place(ask, row, slot)) else ""
    parts = []
    if topic.now_text and topic.now_at is not None:
        by = f"{called(ask, topic.now_by)}, {clock(ask, row, topic.now_at)}"
        parts.append(f'now "{topic.now_text}" ({by})')
    if topic.next_text:
        parts.append(f'next "{topic.next_text}"')
    return f"{titled(topic)}{room}: {', '.join(parts) or 'nothing is said of it'}."
