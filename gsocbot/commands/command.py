"""What a command is: a function; its name is what people type, its signature the grammar."""

import inspect
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, get_args

from gsocbot.rules.roles import Level
from gsocbot.talk import Kind, Refused, Say

if TYPE_CHECKING:
    from gsocbot.commands.ask import Ask

_REST = "the rest of the line"
Words = Annotated[str, _REST]
"""A parameter that takes the rest of the line; a plain `str` takes one word."""
_TYPED = "the rest of the line, as it was typed"
Text = Annotated[str, _TYPED]
"""The same for what is kept and shown: not even a "please" or a question mark is dropped."""

Function = Callable[..., Iterator[Say]]


class Where(StrEnum):
    """Where a command is answered."""

    BOTH = "both"
    CHANNEL = "channel"
    PRIVATE = "private"
    ORGANISERS = "organisers"  # their channel, or in private
    ALONE = "alone"  # in private, and refused in any channel: what is typed there is told


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing that a command wants to be told."""

    name: str
    needed: bool
    rest: bool
    typed: bool = False

    def __str__(self) -> str:
        """<idea> or [words]"""
        shown = self.name.replace("_", " ")
        return f"<{shown}>" if self.needed else f"[{shown}]"


@dataclass(frozen=True)
class Command:
    """A function, and what its name and signature cannot tell.

    `changes` says that it keeps something: its typos are asked back, never repaired. `spelled`
    words may not be shortened, because they end, publish or announce. `guess` says whether a
    mistyped word in a channel may be taken for it. `lists` says that a "pm" behind it asks for
    the list in private. `short` are other words for it, `leads` other words for its noun, which
    alone mean this command. `bare` words mean it without a prefix, where an office hour is near;
    a `quiet` one tells nobody that they may not say them. `reads` picks what is looked at of the
    words behind it, and says whether there was more: that is thrown away before anything could
    keep, log or repeat it. An `unlogged` line is in no log of an office hour.
    """

    function: Function
    kind: Kind = Kind.OTHER
    who: Level = Level.ANYONE
    where: Where = Where.BOTH
    changes: bool = False
    spelled: bool = False
    guess: bool = True
    lists: bool = False
    short: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()
    quiet: bool = False
    reads: Callable[[Sequence[str]], tuple[tuple[str, ...], bool]] | None = None
    unlogged: bool = False
    example: str = ""

    @cached_property
    def words(self) -> tuple[str, ...]:
        """What people type: a noun, or a noun and a verb."""
        return tuple(self.function.__name__.rstrip("_").split("_", 1))

    @property
    def noun(self) -> str:
        """The first word."""
        return self.words[0]

    @property
    def verb(self) -> str:
        """The second word, empty for the bare noun."""
        return self.words[1] if len(self.words) > 1 else ""

    @cached_property
    def parameters(self) -> tuple[Parameter, ...]:
        """What the signature asks for, without the Ask."""
        found = list(inspect.signature(self.function).parameters.values())[1:]
        return tuple(
            Parameter(
                p.name,
                p.default is inspect.Parameter.empty,
                bool({_REST, _TYPED} & set(get_args(p.annotation))),
                _TYPED in get_args(p.annotation),
            )
            for p in found
        )

    @cached_property
    def usage(self) -> str:
        """!idea contact <idea>"""
        return " ".join(["!" + " ".join(self.words), *map(str, self.parameters)])

    @cached_property
    def help(self) -> str:
        """The first line of the docstring."""
        return (inspect.getdoc(self.function) or "").split("\n")[0].rstrip(".")

    @property
    def keeps_text(self) -> bool:
        """Whether its last words are kept as they were typed."""
        return any(p.typed for p in self.parameters)

    def takes(self, count: int) -> bool:
        """Whether so many words are neither too few nor too many."""
        return sum(p.needed for p in self.parameters) <= count <= self._most

    @property
    def _most(self) -> float:
        return math.inf if any(p.rest for p in self.parameters) else len(self.parameters)

    def is_too_much(self, count: int) -> bool:
        """Whether so many words are too many."""
        return count > self._most

    def bound(self, given: tuple[str, ...]) -> dict[str, str]:
        """The words as arguments; refuses too few and too many."""
        words = list(given)
        arguments: dict[str, str] = {}
        for parameter in self.parameters:
            if not words:
                if parameter.needed:
                    name, what = " ".join(self.words), parameter.name.replace("_", " ")
                    article = "an" if what[0] in "aeiou" else "a"
                    raise Refused(f"{name} needs {article} {what}: {self.usage}.{self._shown}")
                break
            taken = words if parameter.rest else words[:1]
            arguments[parameter.name] = " ".join(taken)
            words = words[len(taken) :]
        if words:
            unknown = f'I do not know what "{words[0][:40]}" means here'
            raise Refused(f"{unknown}: {self.usage}.{self._shown}", stray=True)
        return arguments

    @property
    def _shown(self) -> str:
        return f" Example: {self.example}" if self.example else ""

    def run(self, ask: "Ask", arguments: dict[str, Any]) -> Iterator[Say]:
        """What the command says."""
        return self.function(ask, **arguments)


@dataclass(frozen=True, slots=True)
class Call:
    """A command with the words it was given; `note` says how a mistyped word was read.

    `shown` is what somebody was shown before a !yes, where that could be something else by then.
    `thrown` says that there were words which nobody is to keep.
    """

    command: Command
    given: tuple[str, ...] = ()
    note: str = ""
    shown: str = ""
    thrown: bool = False

    @property
    def line(self) -> str:
        """What one would have typed."""
        return "!" + " ".join([*self.command.words, *self.given])
