"""From words to a command: either order, unique prefixes, typos; silence otherwise."""

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace

from gsocbot.commands.addressing import Addressed, begun, is_noise
from gsocbot.commands.command import Call, Command, Where
from gsocbot.commands.sentences import PROSE, SAID_ALIKE, is_sentence, is_talk, reworded
from gsocbot.rules.roles import Level

SHORTEST_PREFIX, SHORTEST_PREFIX_OVERHEARD = 2, 4
SHORTEST_REPAIR_OVERHEARD = 5
SHORTEST_BARE_VERB = 5
"""A verb without its noun (!contact 7) is taken in a channel from this length on."""

_NUMBER = re.compile(r"[#haq]?\d{1,9}|[a-z0-9]+(?:-[a-z0-9]+)+", re.IGNORECASE)
"""What stands for a thing before its verb: 3, h3, libvirt-driver."""

_TITLED = frozenset({"topic", "topics"})
"""Nouns of things that are called by their titles, too."""
_VOTED_IN = frozenset({"poll", "polls"})
"""Nouns of what one votes in: a number and no verb behind it is a vote."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """Words that could be several commands."""

    word: str
    nouns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Meant:
    """A mistyped command that would change something: it is asked back."""

    call: Call


@dataclass(frozen=True, slots=True)
class Unknown:
    """Words that are no command."""

    words: tuple[str, ...]


Reading = Call | Unclear | Meant | Unknown


class Grammar:
    """What the commands' words come to; made once from the list of all commands."""

    def __init__(self, commands: Sequence[Command]) -> None:
        self._exact: dict[tuple[str, ...], Command] = {}
        self._nouns: dict[str, str] = {}
        self._verbs: dict[str, list[Command]] = {}
        self._repairable: set[str] = set()
        self._leads: dict[str, str] = {}
        self._bare: dict[str, Command] = {}
        for command in commands:
            self._leads |= dict.fromkeys(command.leads, command.noun)
            self._bare |= dict.fromkeys(command.bare, command)
            self._exact[command.words] = command
            self._nouns[command.noun] = command.noun
            for word in (*command.short, *command.leads):
                self._exact[tuple(word.split())] = command
                if " " not in word:
                    self._nouns[word] = word
            if command.verb:
                self._verbs.setdefault(command.verb, []).append(command)
            elif command.guess and command.who is Level.ANYONE:
                self._repairable |= set(_forms(command.noun))
        for noun in list(self._nouns):
            for form in _forms(noun):
                self._nouns.setdefault(form, noun)
        for word, noun in self._leads.items():
            for command in commands:
                if command.noun == noun and command.verb:
                    self._exact[(word, command.verb)] = command

    @property
    def bare(self) -> Set[str]:
        """The words that need no prefix."""
        return self._bare.keys()

    def read(self, said: Addressed) -> Reading:
        """The command that words mean, or why none was found."""
        reading = self._read(said)
        meant = reading.call if isinstance(reading, Meant) else reading
        if isinstance(meant, Call) and is_talk(said, meant):
            return Unknown(said.words)
        if isinstance(reading, Meant):
            return Meant(_without_more(reading.call))
        return _without_more(reading) if isinstance(reading, Call) else reading

    def _read(self, said: Addressed) -> Reading:
        said = self._verb_first(reworded(said))
        words = said.words
        if not words or is_sentence(said):
            return Unknown(words)
        if said.bare and words[0] in self._bare:
            return _as_typed(Call(self._bare[words[0]], words[1:]), said)
        spelled_out = self._spelled_out(words, wide=said.wide)
        if spelled_out is not None:
            return _as_typed(spelled_out, said)
        if len(words) > 1 and words[0].lower() in PROSE:
            return Unknown(words)
        return (
            self._shortened(words, wide=said.wide)
            or self._mistyped(words, wide=said.wide)
            or Unknown(words)
        )

    def nouns(self) -> list[str]:
        """Every noun that can be typed, plural forms too."""
        return sorted(self._nouns)

    def of_noun(self, word: str) -> list[Command]:
        """The commands of a noun, however it is written; the bare noun first."""
        noun = self._nouns.get(word.lower(), word.lower())
        forms = set(_forms(self._leads.get(noun, noun)))
        found = [c for w, c in self._exact.items() if w[0] in forms and w == c.words]
        return sorted(found, key=lambda c: len(c.words))

    def _spelled_out(self, words: tuple[str, ...], *, wide: bool) -> Call | None:
        first = words[0].lower()
        second = words[1].lower() if len(words) > 1 else ""
        if first in self._nouns and (not second or first not in PROSE - SAID_ALIKE):
            return self._of_noun(self._nouns[first], first, words[1:], wide=wide)
        verbs = self._verbs.get(first, [])
        if second in self._nouns:
            forms = _forms(self._nouns[second])
            for command in verbs:
                if command.noun in forms:
                    return Call(command, words[2:])
        if len(verbs) != 1 or verbs[0].changes or first in PROSE:
            return None
        clear = second and len(first) >= SHORTEST_BARE_VERB and verbs[0].where is Where.BOTH
        return Call(verbs[0], words[1:]) if wide or clear else None

    def _of_noun(self, noun: str, typed: str, rest: tuple[str, ...], *, wide: bool) -> Call | None:
        forms = _forms(noun)
        if rest:
            verb = self._verb(forms, rest[0].lower(), wide=wide)
            if verb and not self._is_no_verb(typed, verb, rest[1:]):
                return Call(verb, rest[1:])
        bare = [c for c in (self._exact.get((form,)) for form in (typed, noun, *forms)) if c]
        if not bare:
            return None
        # Of "!idea" and "!ideas" the one that can take these words, else the one that was typed.
        fitting = [c for c in bare if c.takes(len(rest))]
        # Where none fits, the one that wants words says what it wants.
        wanting = [c for c in bare if rest and c.parameters]
        return Call((fitting or wanting or bare)[0], rest)

    def _verb_first(self, said: Addressed) -> Addressed:
        """The same in the usual order where a number stands before the verb: !topic 3 join"""
        if said.bare or len(said.words) < 3:
            return said
        first, which, third = said.words[:3]
        noun = self._nouns.get(first.lower())
        if noun is None:
            return said
        if not _NUMBER.fullmatch(which):
            return self._verb_last(said, noun)
        verb = self._verb(_forms(noun), third.lower(), wide=said.wide)
        if verb is None and noun in _VOTED_IN:
            return replace(
                said, words=("vote", *said.words[1:]), typed=("vote", *begun(said.typed)[1:])
            )
        rest = (which, *said.words[3:])
        if verb is None or verb.is_too_much(len(rest)) or self._is_no_verb(first, verb, rest):
            return said
        typed = begun(said.typed)
        return replace(
            said,
            words=(first, third, *rest),
            typed=(*typed[:1], *typed[2:3], *typed[1:2], *typed[3:]),
        )

    def _verb_last(self, said: Addressed, noun: str) -> Addressed:
        """The same where a title stands before the verb: !topic kernel join"""
        first, *title, last = said.words
        if noun not in _TITLED or self._exact.get((noun, title[0].lower())) is not None:
            return said
        verb = self._exact.get((noun, last.lower()))
        if verb is None or verb.takes(1) is False or not verb.parameters[-1].needed:
            return said
        title = [word.strip("#\"'“”„,:") for word in title]
        words = (first, last, *filter(None, title))
        return replace(said, words=words, typed=words)

    def _is_no_verb(self, typed: str, verb: Command, rest: tuple[str, ...]) -> bool:
        """Whether a word is none of the noun's verbs here, but one to list by or of a text.

        So it is in "!ideas free" beside "!idea free 7", and in "!queue next steps for 7".
        """
        bare = self._exact.get((typed,))
        if bare is None:
            return False
        if typed != verb.noun and typed not in self._leads:
            return not verb.takes(len(rest))
        return bare.keeps_text and verb.is_too_much(len(rest))

    def _verb(self, nouns: Iterable[str], word: str, *, wide: bool) -> Command | None:
        for noun in nouns:
            if (noun, word) in self._exact:
                return self._exact[(noun, word)]
        shortest = SHORTEST_PREFIX if wide else SHORTEST_PREFIX_OVERHEARD
        if len(word) < shortest:
            return None
        close = {
            c.words: c
            for verb, commands in self._verbs.items()
            for c in commands
            if c.noun in nouns and verb.startswith(word) and not c.spelled
        }
        return next(iter(close.values())) if len(close) == 1 else None

    def _shortened(self, words: tuple[str, ...], *, wide: bool) -> Call | Unclear | None:
        first = words[0].lower()
        if len(first) < (SHORTEST_PREFIX if wide else SHORTEST_PREFIX_OVERHEARD):
            return None
        known = (n for n, noun in self._nouns.items() if noun not in SAID_ALIKE)
        close = sorted({_singular(n) for n in known if n.startswith(first)})
        if len(close) > 1:
            return Unclear(words[0], tuple(close))
        if not close:
            return None
        call = self._of_noun(self._nouns[close[0]], close[0], words[1:], wide=wide)
        return None if call is None or call.command.spelled else call

    def _mistyped(self, words: tuple[str, ...], *, wide: bool) -> Call | Meant | None:
        first = words[0].lower()
        known = self._nouns if wide else self._repairable
        if not wide and len(first) < SHORTEST_REPAIR_OVERHEARD - 1:
            return None
        found = {
            self._nouns.get(noun, noun): noun
            for noun in sorted(known, key=len, reverse=True)
            if self._nouns.get(noun, noun) not in SAID_ALIKE and _is_typo(first, noun, wide=wide)
        }
        calls = {
            call.command: call
            for noun, typed in found.items()
            if (call := self._of_noun(noun, typed, words[1:], wide=wide))
        }
        if len({_singular(c.noun) for c in calls}) != 1:
            return None
        call = next(iter(calls.values()))
        if call.command.changes:
            return Meant(call)
        if not wide and call.command.who is not Level.ANYONE:
            return None
        typed = next(iter(found.values()))
        return Call(call.command, call.given, f'(read "{words[0]}" as "{typed}") ')


def _as_typed(call: Call, said: Addressed) -> Call:
    """The call with the words of a text that is kept as they were typed."""
    if not call.command.keeps_text or not call.given:
        return call
    behind = 0
    for _ in range(len(said.words) - len(call.given)):
        while behind < 2 and is_noise(said.typed[behind]):
            behind += 1
        behind += 1
    return replace(call, given=said.typed[behind:])


def _without_more(call: Call) -> Call:
    """The call without words that nobody is to keep: from here on they are nowhere."""
    if call.command.reads is None:
        return call
    given, thrown = call.command.reads(call.given)
    return replace(call, given=given, thrown=thrown)


def _is_typo(word: str, noun: str, *, wide: bool) -> bool:
    """One edit away, two for longer words; a swap of neighbours is one edit."""
    if not wide and len(noun) < SHORTEST_REPAIR_OVERHEARD:
        return False
    most = 2 if len(noun) >= (6 if wide else 8) else 1
    if abs(len(word) - len(noun)) > most or len(noun) < 3:
        return False
    # 30 ms to import, and only needed for a word that is no command.
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    return OSA.distance(word, noun, score_cutoff=most) <= most


def _singular(noun: str) -> str:
    return noun.removesuffix("s") if len(noun) > 3 else noun


def _forms(noun: str) -> tuple[str, str]:
    """The singular and the plural of a noun, however it is given."""
    one = _singular(noun)
    return one, f"{one}s"
