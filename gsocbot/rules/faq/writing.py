"""Writing the FAQ on IRC: edits, the moves of an entry, and the second pair of eyes."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from gsocbot.rules.faq.standing import Entry, FaqState
from gsocbot.rules.faq.texts import checked_answer
from gsocbot.talk import Kind, Refused

LONGEST_TITLE = 200
"""Bytes of a question that becomes an entry's title."""

MOVES = {
    FaqState.DRAFT: {FaqState.PUBLIC, FaqState.DROPPED},
    FaqState.PUBLIC: {FaqState.DROPPED},
    FaqState.DROPPED: {FaqState.DRAFT},
}

_EDIT_FORM = "write it as s/old words/new words/"


@dataclass(frozen=True, slots=True)
class Edit:
    """Words of an answer, and those to stand in their place."""

    old: str
    new: str


class Outcome(StrEnum):
    """What became of an entry by one change."""

    WROTE = "wrote"
    PASSED = "ok"
    DROPPED = "dropped"
    NAMES = "names"
    SOURCE = "source"


def check_move(key: str, state: FaqState, to: FaqState) -> None:
    """Refuse a move that an entry cannot make from where it stands."""
    if to not in MOVES[state]:
        raise Refused(f"{key} is {state} already" if to is state else f"{key} is {state}")


def check_may_pass(entry: Entry, who: str, holders: Collection[str]) -> bool:
    """Refuse the author as the second pair of eyes; whether this is one.

    Where nobody else holds a role, the author may, and nobody has checked it.
    """
    if entry.author != who:
        return True
    others = sorted(set(holders) - {who})
    if others:
        raise Refused(
            f"you wrote {entry.text.key}, so somebody else looks at it. Nothing changed.",
            Kind.REFUSAL,
        )
    return False


def changed(answer: str, text: str) -> str:
    """An answer after a change, which is s/old/new/ or a whole new answer."""
    if _is_edit(text):
        return edited(answer, parse_edit(text))
    new = checked_answer(text)
    if new == answer:
        raise Refused("that would change nothing")
    return new


def parse_edit(text: str) -> Edit:
    """The words in s/old/new/; the sign behind the s divides, and \\ before it means itself."""
    body = text.strip()
    mark = body[1:2]
    if body[:1] not in {"s", "S"} or not mark or mark.isalnum() or mark.isspace() or mark == "\\":
        raise Refused(_EDIT_FORM)
    parts = [part.replace(f"\\{mark}", mark) for part in _divided(body[2:], mark)]
    if len(parts) == 3 and not parts[2].strip():
        parts.pop()
    if len(parts) != 2:
        raise Refused(f"{_EDIT_FORM}; for a {mark} within the words write \\{mark}")
    if not parts[0]:
        raise Refused(f"there are no old words; {_EDIT_FORM}")
    return Edit(*parts)


def edited(answer: str, edit: Edit) -> str:
    """The answer with the words replaced, as they are written; Refused if that is not plain."""
    times = answer.count(edit.old)
    if not times:
        raise Refused(f'"{edit.old}" does not stand there: {answer}')
    if times > 1:
        raise Refused(f'"{edit.old}" stands there {times} times; take more of the words around it')
    new = checked_answer(answer.replace(edit.old, edit.new))
    if new == answer:
        raise Refused("that would change nothing")
    return new


def outcome(before: Entry | None, after: Entry) -> Outcome:
    """What became of an entry between two of its states."""
    if before is None:
        return Outcome.DROPPED if after.state is FaqState.DROPPED else Outcome.WROTE
    if after.text.answer != before.text.answer:
        return Outcome.WROTE
    if after.state is not before.state:
        return {FaqState.PUBLIC: Outcome.PASSED, FaqState.DROPPED: Outcome.DROPPED}.get(
            after.state, Outcome.WROTE
        )
    if after.text.aliases != before.text.aliases:
        return Outcome.NAMES
    return Outcome.SOURCE if after.text.source != before.text.source else Outcome.PASSED


def title_from(question: str, asker: Collection[str]) -> str:
    """A question as a title; empty if it is long, or tells who asked it."""
    return "" if tells(question, asker) or len(question.encode()) > LONGEST_TITLE else question


def check_tells_nobody(number: int, answer: str, asker: Collection[str]) -> None:
    """Refuse an answer that speaks to whoever asked as an entry for everybody."""
    if tells(answer, asker):
        raise Refused(
            f"the answer to q{number} names who asked, which everybody would read. Write it anew: "
            "!faq add <key> <text>",
            Kind.REFUSAL,
        )


def tells(text: str, people: Collection[str]) -> bool:
    """Whether a text has the name of one of some people for a word."""
    words = set(re.findall(r"[^\s,.;:!?()\"'@]+", text.casefold()))
    return not words.isdisjoint(name.casefold().lstrip("~") for name in people)


def _is_edit(text: str) -> bool:
    """Whether a text is meant as an edit, also one that is not well written.

    With a flag behind it (s#old#new#g) it would else be the new answer, for everybody at once.
    """
    mark = text[1:2]
    if not mark or mark.isalnum() or mark.isspace() or mark == "\\":
        return False
    count = text.count(mark)
    if text[0] == "s":
        return mark == "/" or count > 1
    return text[0] == "S" and mark == "/" and count > 2


def _divided(text: str, mark: str) -> list[str]:
    return re.split(rf"(?<!\\){re.escape(mark)}", text)
