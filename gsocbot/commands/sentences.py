"""Words that begin like a command and are none, and ways to write one that are set right here."""

import re
from collections.abc import Sequence
from dataclasses import replace

from gsocbot.commands.addressing import Addressed, begun
from gsocbot.commands.command import Call
from gsocbot.talk import Kind

_STARTERS = """
a am an and any anyone are as at but by can could did do does for from good has have hello hey hi
how i if in is it its let may my of on or our please shall should so some still thank thanks that
the their there they this to was we were what when where which who whom whose why will with would
you your
"""
PROSE = frozenset(_STARTERS.split())
"""How people begin a sentence, and never a command that they shorten or mistype."""
SAID_ALIKE = frozenset({"in", "thank", "thanks", "where"})
"""Commands that begin sentences too: behind the prefix alone they are commands, and spelled out."""

_ENGLISH = frozenset({Kind.HACKATHON, Kind.POLL})
"""Commands of these kinds begin with words that people talk with: demo, now, out, social, topic."""
_ASIDE = PROSE | {"about", "me", "no", "not", "then", "too", "yes"}
_LISTS = frozenset({"demo", "demos", "hack", "outcome", "outcomes", "poll", "polls", "topic"})
_LISTS |= {"topics"}
"""These take words; the others of their kinds a number, or none."""
_MOST_WORDS = 3
"""So many words name a topic or a day; more are a sentence."""
_THING = re.compile(r"[#h]?\d{1,9}", re.IGNORECASE)
_SENTENCES = frozenset({"report"})
"""Nouns of other kinds that begin a sentence where "of" stands behind: report of the hackathon."""

_QUOTES = "\"'“”„‟«»‘’"
_POLITE = re.compile(r"(?:thanks?(?: you)?|thx|ty|now|cheers|it works)[\s!.,]*", re.IGNORECASE)
_NEW = frozenset({"create", "new", "propose", "suggest"})
_AT = frozenset({"in", "room"})
_OVER = frozenset({"close", "closed", "done", "finished", "over"})
_NO_MORE = frozenset({"cancel", "close", "closed", "done", "nevermind", "solved"})


def is_sentence(said: Addressed) -> bool:
    """Whether a word that is a command too begins a sentence: in which language? thanks!

    "Where mira" has one word behind it, and asks where she is.
    """
    first, *rest = (word.lower().rstrip(",.!") for word in said.words)
    if said.marked or said.bare or first not in SAID_ALIKE:
        return False
    return first != "where" or len(rest) != 1 or rest[0] in PROSE


def is_talk(said: Addressed, call: Call) -> bool:
    """Whether words that would be a command are rather a sentence: demo or die, now what?

    Whoever writes the prefix means the command; who names the bot, or is alone with it, may be
    talking. A vote stays one, for it must not become a text that others read.
    """
    command, given = call.command, [word.lower().strip(",.!?:") for word in call.given]
    if said.marked or said.bare or not given or command.noun == "vote":
        return False
    if command.kind not in _ENGLISH:
        return command.noun in _SENTENCES and given[0] == "of"
    asks = said.typed[-1:] == ("?",) or said.typed[-1].endswith("?")
    if command.verb:
        if command.verb in {"now", "next"}:
            return asks and not _THING.fullmatch(given[0])
        return given[0] in _ASIDE and (asks or command.is_too_much(len(given)))
    if _THING.fullmatch(given[0]):
        return command.noun == "stuck"
    if command.noun == "where":
        return False
    if command.noun == "stuck":
        return asks or given[0] in _ASIDE or said.words[0][-1:] in ",.!"
    if command.noun not in _LISTS or len(given) > _MOST_WORDS or not _ASIDE.isdisjoint(given):
        return True
    return asks and (len(given) > 1 or not said.words[0].lower().endswith("s"))


def reworded(said: Addressed) -> Addressed:
    """The words in the way in which commands take them, where people have another one."""
    if said.bare or not said.words:
        return said
    first, *rest = (word.lower() for word in said.words)
    if said.marked and first.endswith((":", ",")) and first[:-1].isalpha() and rest:
        said, first = _anew(said, 1, said.words[0][:-1]), first[:-1]
    match first.removesuffix("s") if len(first) > 3 else first:
        case "where" | "where'" if said.marked:
            return _where(said, rest)
        case "poll":
            return _poll(said, rest)
        case "topic":
            return _topic(said, rest)
        case "solved" if len(rest) > 1 and _THING.fullmatch(rest[0]):
            polite = _POLITE.fullmatch(" ".join(rest[1:]))
            return _anew(said, len(said.words), *said.words[:2]) if polite else said
        case "stuck" if len(rest) == 1 and rest[0] in _NO_MORE:
            return _anew(said, 2, "solved")
        case "claim" if len(rest) > 1 and rest[0] == "ticket":
            return _anew(said, 3, "claim", f"h{rest[1].lstrip('#h')}")
    return said


def _where(said: Addressed, rest: Sequence[str]) -> Addressed:
    """Where is mira, where's mira: where mira"""
    if said.words[0].lower() == "where's" and len(rest) == 1:
        return _anew(said, 1, "where")
    return _anew(said, 2, "where") if len(rest) == 2 and rest[0] == "is" else said


def _poll(said: Addressed, rest: Sequence[str]) -> Addressed:
    """Poll 1 vote sushi is a vote; a poll with its question in quotes is a new one."""
    if rest[:1] in (["vote"], ["votes"]) and len(rest) > 1:
        return _anew(said, 2, "vote")
    if len(rest) > 2 and _THING.fullmatch(rest[0].rstrip(":,")) and rest[1] == "vote":
        return _anew(said, 3, "vote", said.words[1].rstrip(":,"))
    if len(rest) > 1 and rest[0] in _NEW:
        return _anew(said, 2, "poll", "add")
    if len(rest) > 1 and rest[0][0] in _QUOTES:
        return _anew(said, 1, "poll", "add")
    return said


def _topic(said: Addressed, rest: Sequence[str]) -> Addressed:
    """Topic new x is topic add x, topic 1 in room 2 is topic 1 at room 2."""
    if len(rest) > 1 and rest[0] in _NEW:
        return _anew(said, 2, "topic", "add")
    number = said.words[1].rstrip(",:") if rest else ""
    if not _THING.fullmatch(number) or len(rest) < 2:
        return said
    if rest[1] in _AT and len(rest) > 2:
        behind = 3 if rest[1] == "in" else 2
        return _anew(said, behind, "topic", "at", number)
    if rest[1] in _OVER and len(rest) == 2:
        return _anew(said, 3, "topic", "end", number)
    return _anew(said, 2, said.words[0], number)


def _anew(said: Addressed, count: int, *words: str) -> Addressed:
    """The same with other words in place of the first ones."""
    return replace(
        said, words=(*words, *said.words[count:]), typed=(*words, *begun(said.typed)[count:])
    )
