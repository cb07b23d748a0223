"""The FAQ: what is asked every year, answered in a line; and what is asked of it in vain."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date
from typing import TYPE_CHECKING

from gsocbot.commands.ask import Ask
from gsocbot.commands.command import Words
from gsocbot.commands.embargo import refusal
from gsocbot.render import words as wording
from gsocbot.render.lines import MOST_BYTES, cut
from gsocbot.rules import ledger
from gsocbot.rules.faq import (
    IN_VAIN_LASTS,
    Count,
    Entry,
    FaqText,
    Found,
    Holes,
    NoEntry,
    Outcome,
    filled,
    find,
    folded_word,
    is_just_above,
    named,
    outcome,
)
from gsocbot.rules.somebody import About, about
from gsocbot.store import faq as kept
from gsocbot.store import questions, roles
from gsocbot.store.faq import Change
from gsocbot.store.tables import Question
from gsocbot.talk import Kind, Refused, Say

if TYPE_CHECKING:
    from gsocbot.rules.questions import Meaning

_OF_VOTES = frozenset({"poll", "polls", "vote", "votes"})
NICK = re.compile(r"[A-Za-z\[\]\\`_^{|}][-0-9A-Za-z\[\]\\`_^{|}]{0,29}")
SHORT = 60
"""Bytes of a question in a list."""


def faq(ask: Ask, word: Words = "") -> Iterator[Say]:
    """Answer what is asked every year, by its word; behind a | for somebody else."""
    word, _, nick = (part.strip() for part in word.partition("|"))
    if not word:
        yield _all(ask)
        return
    entries = {entry.text.key: entry for entry in standing(ask)}
    found = _found(ask, [entry.text for entry in entries.values()], word)
    note = f'(read "{word}" as "{found.entry.key}") ' if found.guessed else ""
    if nick and ask.heard.channel is not None:
        ask.heard = ask.heard._replace(nick=_nick(nick))
    yield from say_entry(ask, entries[found.entry.key], note)


def faq_drafts(ask: Ask, key: Words = "") -> Iterator[Say]:
    """List the entries that wait for a second pair of eyes, or read one."""
    found = {entry.text.key: entry for entry in kept.drafts(ask.books, ask.season_key)}
    if not found:
        raise Refused("no entry waits. Write one: !faq add <key> <text>")
    if not key and len(found) > 1:
        items = [f"{name} ({ask.name(entry.author)})" for name, entry in found.items()]
        yield ask.listing(f"{len(found)} drafts: ", items, ". Read one: !faq drafts <key>")
        return
    draft = found.get(key.lower()) if key else next(iter(found.values()))
    if draft is None:
        raise Refused(f'no draft "{key[:40]}" waits. All of them: !faq drafts')
    name = draft.text.key
    yield ask.squeezed(
        f"draft {name} ({_by(ask, draft)}): ", draft.text.answer, f" — {next_step(ask, draft)}"
    )


def faq_history(ask: Ask, key: Words) -> Iterator[Say]:
    """Say who wrote and changed an entry, when, and what it was before, the newest first."""
    found = _any(ask, key)
    files = next((text for text in _files(ask) if text.key == found.key), None)
    items = []
    last = None if files is None else Entry(files)
    for change in kept.history(ask.books, ask.season_key, found.key):
        items.append(_told(ask, change, last if change.before is None else change.before))
    if files is not None:
        items.insert(0, f'from the files: "{files.answer}"')
    yield ask.listing(f"history of {found.key}: ", items[::-1])


def faq_missing(ask: Ask) -> Iterator[Say]:
    """List what was asked without an answer in the last seven days; nobody is named."""
    texts = [entry.text for entry in standing(ask)]
    words = kept.in_vain(ask.books, ask.season_key, _today(ask))
    for count, times in ask.memory.counts.items():
        if count.season == ask.season_key and not count.known:
            words[count.word] = words.get(count.word, 0) + times
    often = sorted(words.items(), key=lambda word: (-word[1], word[0]))
    items = [f'"{word}" ({times})' for word, times in often if named(texts, word) is None]
    handed_over = list(_handed_over(ask))
    items += [f"q{q.number} {cut(q.text, SHORT)[0]}" for q in handed_over]
    if not items:
        yield ask.answer("nothing was asked without an answer this week.")
        return
    ready = next((q for q in handed_over if q.answered_at is not None), None)
    step = f"!faq from q{ready.number} <key>" if ready else "!faq add <key> <text>"
    yield ask.listing("asked without an answer this week: ", items, f". Answer it: {step}")


# --- what other commands need of the FAQ


def standing(ask: Ask) -> tuple[Entry, ...]:
    """The FAQ of the season as everybody sees it now."""
    return kept.whole(ask.books, ask.season_key, _files(ask))


def entry_named(ask: Ask, word: str) -> Entry | None:
    """The entry that has this very word for a name."""
    entries = standing(ask)
    found = named([entry.text for entry in entries], word)
    return next((entry for entry in entries if entry.text is found), None)


def is_entry(ask: Ask, words: str) -> bool:
    """Whether words alone name an entry, maybe for somebody else."""
    word, _, nick = (part.strip() for part in words.partition("|"))
    return entry_named(ask, word) is not None and (not nick or NICK.fullmatch(nick) is not None)


def understood(ask: Ask, words: str) -> "tuple[Meaning, Entry | None]":
    """What a question in plain words means, and the entry that it means."""
    # 80 ms and 6 MB that are needed when somebody asks in words.
    from gsocbot.rules.questions import understand  # noqa: PLC0415

    key = ask.season_key
    files = ask.seen.faq.learnt(key) if key in ask.seen.faq else ()
    entries = {entry.text.key: entry for entry in kept.whole(ask.books, key, files)}
    # What the answers say plays no part: with another answer nothing is learnt anew.
    texts = [replace(entry.text, answer="", source="") for entry in entries.values()]
    meaning = understand(words, texts)
    return meaning, entries.get(meaning.key)


def say_entry(ask: Ask, entry: Entry, note: str = "") -> Iterator[Say]:
    """An entry in a line, once in two minutes in a channel."""
    season, key = ask.season, entry.text.key
    holes = Holes(season.organisation, season.list, _channel(ask), ask.addresses.page())
    answer = filled(entry.text.answer, holes)
    if not answer:
        raise Refused(f"{key}: I cannot say that for this organisation; ask the people here")
    ask.memory.count(Count(ask.season_key, _today(ask), key, known=True))
    room = (ask.heard.channel or "").lower()
    place, whole = (ask.network, room, key), (ask.network, room, f"{key}: {answer}")
    said = ask.memory.said(whole)
    # Of an entry that was changed since another answer stands just above.
    unchanged = said == ask.memory.said(place)
    if not ask.in_private and unchanged and is_just_above(said, ask.now):
        yield ask.answer(f"{key}: see just above.", Kind.FAQ)
        return
    ask.memory.say(place, ask.now)
    ask.memory.say(whole, ask.now)
    line = _fitting(ask, f"{note}{key}: {answer}", _written(ask, entry), ask.addresses.faq(key))
    yield ask.answer(line, Kind.FAQ, as_is=True)


def count_in_vain(ask: Ask, words: str) -> None:
    """Count words that the FAQ has no answer to, unless they are somebody's name.

    What is said in private stays there.
    """
    if ask.heard.channel is None:
        return
    word = folded_word(words)
    people = {*ask.here.values(), *(who[1:] for who in ask.here), ask.heard.nick, ask.asker}
    people |= {account for _, account, _ in roles.grants(ask.books, ask.season_key)}
    if not _OF_VOTES.isdisjoint(word.split()):
        return  # nobody is to read there who has voted what
    if word and not {name.casefold() for name in people} & set(word.split()):
        ask.memory.count(Count(ask.season_key, _today(ask), word, known=False))


def next_step(ask: Ask, draft: Entry) -> str:
    """Who is to say that a draft is good, and how."""
    say = f"!faq ok {draft.text.key}"
    if draft.author != ask.who:
        return f"if it is good, say {say}"
    others = {account for _, account, _ in roles.grants(ask.books, ask.season_key)} - {ask.who}
    return f"another mentor says {say}" if others else f"nobody else has a role, so say {say}"


# ---


def _all(ask: Ask) -> Say:
    keys = [entry.text.key for entry in standing(ask)]
    waiting = len(kept.drafts(ask.books, ask.season_key)) if ask.roles else 0
    wait = f"{wording.plural(waiting, 'draft')} {'waits' if waiting == 1 else 'wait'}: !faq drafts"
    if not keys:
        raise Refused(wait if waiting else "there is no FAQ here yet")
    page = ask.addresses.faq()
    head = f"{wait}. All others, also on {page}: " if waiting else f"all, also on {page}: "
    return ask.listing(head, keys, ". Read one: !faq <word>")


def _found(ask: Ask, texts: list[FaqText], word: str) -> Found:
    try:
        return find(texts, word)
    except NoEntry:
        if ask.roles:
            drafts = {entry.text.key for entry in kept.drafts(ask.books, ask.season_key)}
            if word.lower() in drafts:
                raise Refused(f"{word.lower()} is a draft: !faq drafts {word.lower()}") from None
        of = about(word)
        asks = len(word.split()) >= ledger.FEWEST_WORDS and of in {None, About.WORK}
        meant = understood(ask, word)[1] if asks else None
        if meant is not None:
            return Found(meant.text)
        if of is not None:
            raise Refused(refusal(ask, word), Kind.REFUSAL) from None
        count_in_vain(ask, word)
        raise


def _any(ask: Ask, word: str) -> FaqText:
    """An entry by any of its names; a draft or a dropped one by its key."""
    written = [entry.text for entry in kept.written(ask.books, ask.season_key)]
    found = named([*(e.text for e in standing(ask)), *written], word)
    if found is None:
        raise Refused(f'there is no entry "{word[:40]}". All of them: !faq')
    return found


def _files(ask: Ask) -> tuple[FaqText, ...]:
    return ask.seen.faq.get(ask.season_key, ())


def _fitting(ask: Ask, line: str, tail: str, page: str) -> str:
    """A line with its tail, without it, or cut with the page that has all of it."""
    lead = "" if ask.in_private else f"{ask.heard.nick}: "
    room = MOST_BYTES - len((lead + ask.call.note).encode())
    whole = next((text for text in (line + tail, line) if len(text.encode()) <= room), None)
    if whole is not None:
        return whole
    end = f" … {page}"
    return cut(line, max(room - len(end.encode()), 0))[0] + end


def _written(ask: Ask, entry: Entry) -> str:
    """Who wrote an entry on IRC, when, and how often it was asked for."""
    if not entry.author:
        return ""
    key, season = entry.text.key, ask.season_key
    waiting = ask.memory.counts.items()
    more = sum(n for c, n in waiting if c.known and (c.season, c.word) == (season, key))
    times = wording.times(kept.asked(ask.books, season, key) + more)
    return f" ({_by(ask, entry)}; asked {times})"


def _by(ask: Ask, entry: Entry) -> str:
    assert entry.at is not None
    return f"{ask.name(entry.author)}, {wording.day_briefly(entry.at.date(), ask.now)}"


def _told(ask: Ask, change: Change, before: Entry | None) -> str:
    """One change in words: tomas, 29 Mar: "use 2.6.38" """
    text = change.after.text
    what = {
        Outcome.WROTE: f'"{text.answer}"',
        Outcome.NAMES: f"names {', '.join(text.aliases) or 'none'}",
        Outcome.SOURCE: f"source {text.source}",
    }
    did = outcome(before, change.after)
    on = wording.day_briefly(change.at.date(), ask.now)
    return f"{ask.name(change.account)}, {on}: {what.get(did, did)}"


def _handed_over(ask: Ask) -> Iterator[Question]:
    """What people were asked lately, unless its answer is an entry already; newest first."""
    written = {entry.text.answer for entry in kept.written(ask.books, ask.season_key)}
    for asked in questions.public(ask.books, ask.season_key):
        if ask.now - asked.at < IN_VAIN_LASTS and asked.answer not in written:
            yield asked


def _nick(word: str) -> str:
    """A nick to speak to; what could be a command to another bot is none."""
    if not NICK.fullmatch(word):
        raise Refused(f'"{word[:30]}" is no nick')
    return word


def _channel(ask: Ask) -> str:
    return ask.heard.channel or next(iter(ask.heard.shared), "")


def _today(ask: Ask) -> date:
    return ask.now.astimezone(UTC).date()
