"""From a line to a command: addressing, either order, unique prefixes, typos; silence otherwise."""

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace

from gsocbot.commands.command import Call, Command, Where
from gsocbot.render.lines import one_line
from gsocbot.rules.roles import Level
from gsocbot.talk import Heard

LONGEST_LINE = 2000
"""Longer lines are not read to the end; IRC itself ends them earlier."""

SHORTEST_PREFIX, SHORTEST_PREFIX_OVERHEARD = 2, 4
SHORTEST_REPAIR_OVERHEARD = 5
SHORTEST_BARE_VERB = 5
"""A verb without its noun (!contact 7) is taken in a channel from this length on."""

_NOISE = frozenset({"please", "the", "pls", "plz"})
_STARTERS = """
a am an and any anyone are as at but by can could did do does for from good has have hello hey hi
how i if in is it its let may my of on or our please shall should so some still thank thanks that
the their there they this to was we were what when where which who whom whose why will with would
you your
"""
_PROSE = frozenset(_STARTERS.split())
"""How people begin a sentence, and never a command that they shorten or mistype."""
_SAID_ALIKE = frozenset({"in", "thank", "thanks", "where"})
"""Commands that begin sentences too: behind the prefix alone they are commands, and spelled out."""
_BARE_STARTS = frozenset("#qQ")
_BARE = re.compile(r"[#q][a-z0-9?+-]+(?:[\s:,]|$)", re.IGNORECASE)
"""What q+, #startmeeting and #libvirt-driver look like."""
_TRACK = re.compile(r"#[a-z0-9][a-z0-9-]*", re.IGNORECASE)
_OF_TRACKS = frozenset({"now", "next"})
"""What OpenStack's ptgbot taught people to write of a track: #libvirt-driver now …"""
_NUMBER = re.compile(r"[#haq]?\d{1,9}|[a-z0-9]+(?:-[a-z0-9]+)+", re.IGNORECASE)
"""What stands for a thing before its verb: 3, h3, libvirt-driver."""
_ASKS = re.compile(r"asks\s+(\S+?)[,:]?\s+(.*)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Addressed:
    """Words said to the bot. `wide`: it was named or spoken to in private, so it may guess.

    `typed` are all of the words, also the politeness that `words` are without. `bare`: the first
    is a word of office hours, such as q+, which needs neither a prefix nor a name. `marked`: it
    began with the prefix.
    """

    words: tuple[str, ...]
    wide: bool
    typed: tuple[str, ...] = ()
    bare: bool = False
    marked: bool = False


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


def addressed(heard: Heard, prefix: str, bare: Set[str] = frozenset()) -> Addressed | None:
    """The words of a line that was said to the bot, None for other people's talk.

    `bare` are the words that need no prefix.
    """
    text = heard.text[:LONGEST_LINE].strip()
    if heard.action:
        asks = _ASKS.fullmatch(text)
        named = asks is not None and asks[1].lower() == heard.me.lower()
        return _addressed(asks[2], wide=True) if asks and named else _barely(text, bare)
    private = heard.channel is None
    rest = _after_name(text, heard.me)
    wide = private or rest is not None
    text = text if rest is None else rest
    marked = [p for p in {prefix, "!" if wide else prefix} if p and text.startswith(p)]
    found = _barely(text[len(marked[0]) :] if marked else text, bare, wide=wide)
    if found is not None:
        return found
    if not wide and (not marked or not _looks_like_command(text, prefix)):
        return None
    if marked:
        text = text[len(marked[0]) :]
    return _addressed(text, wide=wide, marked=bool(marked))


def _addressed(text: str, *, wide: bool, marked: bool = False) -> Addressed:
    return Addressed(_plain(text), wide, tuple(one_line(text).split()), marked=marked)


def _barely(text: str, bare: Set[str], *, wide: bool = False) -> Addressed | None:
    first, *rest = one_line(text).split() or [""]
    first = first.rstrip(":,")  # q+: which kernel?
    if first.lower() not in bare:
        if not (_TRACK.fullmatch(first) and rest and rest[0].lower() in _OF_TRACKS):
            return None
        words = ("topic", rest[0].lower(), first[1:].lower(), *rest[1:])
        return Addressed(words, wide, words, bare=True)
    words = (first.lower(), *rest)
    return Addressed(words, wide, words, bare=True)


def might_be_for_us(text: str, me: str, prefix: str) -> bool:
    """A quick test that lets most of a channel's talk pass by."""
    if text[:1] in _BARE_STARTS and _BARE.match(text):
        return True
    return bool(prefix and text.startswith(prefix)) or text[: len(me)].lower() == me.lower()


def _looks_like_command(text: str, prefix: str) -> bool:
    follows = text[len(prefix) : len(prefix) + 1]
    return follows.isalpha()


def _after_name(text: str, me: str) -> str | None:
    if text[: len(me)].lower() != me.lower():
        return None
    rest = text[len(me) :]
    return rest[1:].strip() if rest[:1] in {":", ","} else None


def _plain(text: str) -> tuple[str, ...]:
    """The words without colours and politeness: no please, no the, no question mark behind."""
    words = one_line(text).rstrip(" ?").split()
    head, rest = list(begun(words[:2])), words[2:]
    while rest and rest[-1].lower().strip(",.!") in _NOISE:
        rest.pop()
    while len(head) > 1 and not rest and head[-1].lower().strip(",.!") in _NOISE:
        head.pop()
    return tuple(head + rest)


def begun(words: Sequence[str]) -> tuple[str, ...]:
    """The words without the politeness that a command may begin with."""
    return (*(w for w in words[:2] if not _is_noise(w)), *words[2:])


def _is_noise(word: str) -> bool:
    return word.lower().strip(",") in _NOISE


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
                self._exact[(word,)] = command
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
        if isinstance(reading, Meant):
            return Meant(_without_more(reading.call))
        return _without_more(reading) if isinstance(reading, Call) else reading

    def _read(self, said: Addressed) -> Reading:
        said = self._verb_first(said)
        words = said.words
        if not words or _is_sentence(said):
            return Unknown(words)
        if said.bare and words[0] in self._bare:
            return _as_typed(Call(self._bare[words[0]], words[1:]), said)
        spelled_out = self._spelled_out(words, wide=said.wide)
        if spelled_out is not None:
            return _as_typed(spelled_out, said)
        if len(words) > 1 and words[0].lower() in _PROSE:
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
        if first in self._nouns and (not second or first not in _PROSE - _SAID_ALIKE):
            return self._of_noun(self._nouns[first], first, words[1:], wide=wide)
        verbs = self._verbs.get(first, [])
        if second in self._nouns:
            forms = _forms(self._nouns[second])
            for command in verbs:
                if command.noun in forms:
                    return Call(command, words[2:])
        if len(verbs) != 1 or verbs[0].changes or first in _PROSE:
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
        if noun is None or not _NUMBER.fullmatch(which):
            return said
        verb = self._verb(_forms(noun), third.lower(), wide=said.wide)
        rest = (which, *said.words[3:])
        if verb is None or verb.is_too_much(len(rest)) or self._is_no_verb(first, verb, rest):
            return said
        typed = begun(said.typed)
        return replace(
            said,
            words=(first, third, *rest),
            typed=(*typed[:1], *typed[2:3], *typed[1:2], *typed[3:]),
        )

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
        known = (n for n, noun in self._nouns.items() if noun not in _SAID_ALIKE)
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
            if self._nouns.get(noun, noun) not in _SAID_ALIKE and _is_typo(first, noun, wide=wide)
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


def _is_sentence(said: Addressed) -> bool:
    """Whether a word that is a command too begins a sentence: in which language? thanks!

    "Where mira" has one word behind it, and asks where she is.
    """
    first, *rest = (word.lower().rstrip(",.!") for word in said.words)
    if said.marked or said.bare or first not in _SAID_ALIKE:
        return False
    return first != "where" or len(rest) != 1 or rest[0] in _PROSE


def _as_typed(call: Call, said: Addressed) -> Call:
    """The call with the words of a text that is kept as they were typed."""
    if not call.command.keeps_text or not call.given:
        return call
    behind = 0
    for _ in range(len(said.words) - len(call.given)):
        while behind < 2 and _is_noise(said.typed[behind]):
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
