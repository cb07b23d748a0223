"""The FAQ: what is asked every year, answered in a line."""

import re
from collections.abc import Iterator

from gsocbot.commands.ask import Ask
from gsocbot.commands.command import Words
from gsocbot.rules.faq import FaqText, Holes, filled, find, is_just_above
from gsocbot.talk import Kind, Refused, Say

NICK = re.compile(r"[A-Za-z\[\]\\`_^{|}][-0-9A-Za-z\[\]\\`_^{|}]{0,29}")


def faq(ask: Ask, word: Words = "") -> Iterator[Say]:
    """Answer what is asked every year, by its word; behind a | for somebody else."""
    word, _, nick = (part.strip() for part in word.partition("|"))
    if not word:
        keys = [entry.key for entry in _entries(ask)]
        if not keys:
            raise Refused("there is no FAQ here yet")
        yield ask.listing("", keys, ". Read one: !faq <word>")
        return
    found = find(_entries(ask), word)
    note = f'(read "{word}" as "{found.entry.key}") ' if found.guessed else ""
    if nick and ask.heard.channel is not None:
        ask.heard = ask.heard._replace(nick=_nick(nick))
    yield from say_entry(ask, found.entry, note)


def say_entry(ask: Ask, entry: FaqText, note: str = "") -> Iterator[Say]:
    """An entry in a line, once in two minutes in a channel."""
    season = ask.season
    answer = filled(
        entry.answer,
        Holes(season.organisation, season.list, _channel(ask), ask.addresses.page()),
    )
    if not answer:
        raise Refused(f"{entry.key}: I cannot say that for this organisation; ask the people here")
    place = (ask.network, ask.heard.channel or "", entry.key)
    if not ask.in_private and is_just_above(ask.memory.said(place), ask.now):
        yield ask.answer(f"{entry.key}: see just above.", Kind.FAQ)
        return
    ask.memory.say(place, ask.now)
    yield ask.answer(f"{note}{entry.key}: {answer}", Kind.FAQ, as_is=True)


def _nick(word: str) -> str:
    """A nick to speak to; what could be a command to another bot is none."""
    if not NICK.fullmatch(word):
        raise Refused(f'"{word[:30]}" is no nick')
    return word


def _entries(ask: Ask) -> tuple[FaqText, ...]:
    return ask.seen.faq.get(ask.season_key, ())


def _channel(ask: Ask) -> str:
    return ask.heard.channel or (ask.heard.shared[0] if ask.heard.shared else "")
