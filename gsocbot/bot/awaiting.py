"""Lines in private that complete a command, because their words were asked for."""

import re

from gsocbot.commands import ALL
from gsocbot.commands.addressing import Addressed
from gsocbot.commands.command import Call
from gsocbot.commands.grammar import Meant, Reading
from gsocbot.commands.memory import Memory
from gsocbot.commands.plain import is_prose
from gsocbot.rules.people import person_of
from gsocbot.talk import Heard

NO = next(command for command in ALL if command.words == ("no",))
IN_BETWEEN = frozenset({"no", "yes", "help", "more", "undo", "idea", "ideas"})
"""These words, alone or with one more, are no answer to what was asked for."""
NOT_NOW = frozenset(
    {"abort", "cancel", "hold on", "later", "moment", "nah", "never mind", "nevermind", "nope"}
    | {"not now", "nothing", "one moment", "quit", "skip", "stop", "wait"}
)
"""These lines are a no to what was asked for."""
PATIENCE = frozenset({"a", "bit", "for", "it", "minute", "moment", "now", "second", "thanks"})
"""With such words behind it a no is one still: wait a minute, no thanks."""
STAYS = frozenset({"more", "no", "report", "yes"})
"""Commands beside which the questions of a report stay open."""
ENGLISH = frozenset(
    {"demo", "demos", "hack", "in", "now", "out", "outcome", "outcomes", "poll", "polls"}
    | {"social", "solved", "stuck", "thank", "thanks", "topic", "topics", "where"}
)
"""Nouns with which an answer may well begin: they are commands with their prefix alone. "vote" is
none of them, for a vote must not become a text that others read."""
_CRY = re.compile(
    r"(?:please )?(?:can|could|will|would) (?:you|any(?:one|body)|some(?:one|body))"
    r"(?: please)? help\b.*|(?:i need |please )?(?:some )?help(?: me| please)*",
    re.IGNORECASE,
)
_PART = re.compile(r"(?:did|done|next|stuck|blocked|week|w\d+|https?)\b", re.IGNORECASE)
_ASKS = re.compile(r".*\?[\s?!.]*", re.DOTALL)
SMALL_TALK = frozenset(
    {"bye", "cool", "great", "hello", "hey", "hi", "nice", "ok", "okay"}
    | {"thank", "thanks", "there", "thx", "ty", "you"}
)
"""A line of such words alone is no answer either."""


def continued(memory: Memory, heard: Heard, said: Addressed, reading: Reading) -> Call | None:
    """The command that a line in private completes, because its words were asked for."""
    if heard.channel is not None or not said.words:
        return None
    if _ends_questions(memory, heard, said, reading):
        memory.await_nothing(person_of(heard))
        return None
    if heard.text.startswith("!"):
        return None
    awaited = memory.awaited(person_of(heard), heard.at)
    if awaited is None or not is_prose(heard.text):
        return None
    words = [word.lower().strip(".,!") for word in said.words]
    if _is_no(words):
        return Call(NO)
    if _is_spelled_out(said, reading):
        return None
    return None if SMALL_TALK.issuperset(words) else awaited.completed(said.typed, heard.at)


def _is_no(words: list[str]) -> bool:
    """Whether a line says that one does not want to answer, or not now."""
    return any(
        " ".join(words[:count]) in NOT_NOW | {"no"} and PATIENCE.issuperset(words[count:])
        for count in range(1, len(words) + 1)
    )


def _ends_questions(memory: Memory, heard: Heard, said: Addressed, reading: Reading) -> bool:
    """Whether somebody who is asked for a report has something else in mind.

    Everybody can read a report, so what may be a command or a call for help is not kept as one,
    and neither is what they say next.
    """
    awaited = memory.awaited(person_of(heard), heard.at)
    if awaited is None or awaited.call.command.noun != "report":
        return False
    if isinstance(reading, Call) and reading.command.noun in STAYS and not reading.command.verb:
        return _is_report(said)
    if said.bare or heard.text.startswith("!"):
        return isinstance(reading, Call)
    if isinstance(reading, Meant) and reading.call.command.verb and not _is_english(said):
        return True
    if _CRY.fullmatch(heard.text.strip(" ?!.")):
        return True
    if _ASKS.fullmatch(heard.text) and awaited.call.given[-1] != "stuck":
        return True  # what one is stuck on is often a question
    return _is_spelled_out(said, reading) or _is_brief(said, reading)


def _is_report(said: Addressed) -> bool:
    """Whether a report is typed whole, as if nothing had been asked."""
    first, second = (*map(str.lower, said.words[:2]), "")[:2]
    return first == "report" and bool(_PART.match(second))


def _is_english(said: Addressed) -> bool:
    """Whether words begin like an answer, though a command begins with the same one."""
    return said.words[0].lower() in ENGLISH


def _is_brief(said: Addressed, reading: Reading) -> bool:
    """A noun with one word that looks something up: student me."""
    if not isinstance(reading, Call) or reading.note or reading.command.changes:
        return False
    if _is_english(said):
        return False
    command, first = reading.command, said.words[0].lower()
    nouns = {command.noun, *command.short, *command.leads}
    named = first in nouns or first.removesuffix("s") in {n.removesuffix("s") for n in nouns}
    return named and len(said.words) == 2 and command.takes(1)


def _is_spelled_out(said: Addressed, reading: Reading) -> bool:
    """Whether words are a command rather than what was asked for.

    That is a noun with its verb, a noun alone, and one with a number ("ask 7 which kernel",
    "answer q9 the newest"). "Ask the user" and "links to it" are none.
    """
    words = tuple(word.lower() for word in said.words[:2])
    if len(said.words) <= len(words) and words[0] in IN_BETWEEN:
        return True
    if not isinstance(reading, Call) or _is_english(said):
        return False
    if reading.command.reads is not None and words[0] == reading.command.noun:
        return True  # what it throws away is no text to keep
    numbered = len(words) == 1 or any(c.isdigit() for c in words[1])
    verb = bool(reading.command.verb) and words == reading.command.words
    return verb or (numbered and words[0] == reading.command.noun)
