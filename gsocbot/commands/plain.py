"""Questions in plain words: the right kind of answer, or honestly a person."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from gsocbot.commands.archive import check_open
from gsocbot.commands.ask import Ask
from gsocbot.commands.command import Call, Words
from gsocbot.commands.embargo import refusal
from gsocbot.commands.faq import count_in_vain, entry_named, say_entry, understood
from gsocbot.commands.plain_hackathon import of_hackathon
from gsocbot.commands.questions import note_question
from gsocbot.render.addresses import QUESTIONS
from gsocbot.render.lines import MOST_BYTES, fit
from gsocbot.rules import ledger
from gsocbot.rules.embargo import is_of_results
from gsocbot.rules.faq import Entry, NoEntry
from gsocbot.rules.results import THROWN, is_result
from gsocbot.rules.somebody import About, about
from gsocbot.talk import Kind, Refused, Say

if TYPE_CHECKING:
    from gsocbot.rules.questions import Meaning

SHORTEST_QUESTION = 3
"""So many words are a question; fewer are a command that there is not."""

GREETING = "hello. Ask me: !ideas <words> · !due · !faq <word> · !help, or just ask"
EVALUATIONS = "evaluations are noted in private: !eval done <student> · !eval missing · !eval."
_NOTES = re.compile(r"evaluations? (?:done|undone|missing|by)\b", re.IGNORECASE)
_WORDS_THAT_ASK = """
who what when where which why how can could do does did is are may should will would am
"""
_ASKING = frozenset(_WORDS_THAT_ASK.split())
_BOTS = re.compile(r"·|(?:^|[\s:])![a-z]|Nothing changed|asked as q\d")


def plain(ask: Ask, words: Words = "") -> Iterator[Say]:
    """Answer a question in plain words; what only people can answer is noted for them."""
    try:
        yield from known(ask, words)
    except NoEntry as unknown:
        asks = unknown.kind is Kind.HANDOVER and _asks(words)
        if not asks and not ask.in_private and ask.key and is_prose(words):
            count_in_vain(ask, words)
        if unknown.kind is not Kind.HANDOVER:
            raise
        if not asks:
            raise Refused(
                "I do not know that; a person has to answer it. !ask <text> puts it to them",
                Kind.HANDOVER,
            ) from unknown
        check_open(ask)
        if ask.in_private:
            ask.confirm(
                "I do not know. Shall I put it to the people here? All can read it, without your "
                "name.",
                Kind.HANDOVER,
            )
        question = note_question(ask, ledger.asked(words))
        yield ask.answer(
            f"I do not know; asked as q{question.number}. A person answers it, usually within "
            f"48 h, here and on {ask.addresses.page(QUESTIONS)}",
            Kind.HANDOVER,
        )


def known(ask: Ask, words: Words = "") -> Iterator[Say]:
    """Answer a question in plain words, if the answer is known."""
    answers = list(of_hackathon(ask, words)) if is_prose(words) else []
    if answers:
        yield from answers
        return
    # Before an entry answers: one that has the word would stand in the channel as the answer.
    if about(words) in {About.TOLD, About.RECORD}:
        yield ask.answer(refusal(ask, words), Kind.REFUSAL)
        return
    if ask.roles and _NOTES.match(words):
        yield ask.answer(f"{EVALUATIONS}{_thrown(words)}", Kind.EVALUATION)
        return
    if not is_prose(words):
        raise _unknown(ask, words)
    entry = entry_named(ask, words.rstrip(" ?")) if ask.key else None
    if entry is not None:
        yield from say_entry(ask, entry)
        return
    # 80 ms and 6 MB that are needed when somebody asks in words.
    from gsocbot.rules.questions import MeaningKind  # noqa: PLC0415

    meaning, meant = _read(ask, words)
    match meaning.kind:
        case MeaningKind.GREETING if meaning.quiet:
            if ask.in_private:
                yield ask.answer("all right. If there is more: !help", Kind.HELP)
        case MeaningKind.GREETING:
            yield ask.answer(GREETING, Kind.HELP)
        case MeaningKind.FAQ if meant is not None:
            yield from say_entry(ask, meant)
        case MeaningKind.TIMELINE:
            yield from _as(ask, "due")
        case MeaningKind.IDEA_SEARCH:
            one = len(meaning.subject) == 1 and meaning.subject[0].isdigit()
            yield from _as(ask, "idea" if one else "ideas", *meaning.subject)
        case MeaningKind.CONTACT:
            yield from _contact(ask, meaning.subject)
        case MeaningKind.REFUSE_PRIVATE:
            yield ask.answer(refusal(ask, words), Kind.REFUSAL)
        case _ if is_of_results(words):
            yield ask.answer(refusal(ask, words), Kind.REFUSAL)
        case _:
            raise _unknown(ask, words)


def is_prose(words: str) -> bool:
    """Whether words may be a person's: commands to type, dots and refusals are a bot's."""
    return bool(words) and not _BOTS.search(words)


def _read(ask: Ask, words: str) -> "tuple[Meaning, Entry | None]":
    """What a question means; of several seasons it asks which, but a greeting belongs to none."""
    from gsocbot.rules.questions import MeaningKind, understand  # noqa: PLC0415

    without = None if ask.key else understand(words, ())
    greets = without is not None and without.kind is MeaningKind.GREETING
    return (without, None) if without and greets else understood(ask, words)


def _asks(words: str) -> bool:
    """Whether words have the shape of a question."""
    return words.endswith("?") or words.split()[0].lower() in _ASKING


def _as(ask: Ask, noun: str, *given: str) -> Iterator[Say]:
    """What a command says, as if it had been typed."""
    ask.call = Call(ask.other(noun), given)
    yield from ask.run(ask, ask.call)


def _contact(ask: Ask, subject: tuple[str, ...]) -> Iterator[Say]:
    if len(subject) == 1 and subject[0].isdigit():
        ask.call = Call(ask.other("idea", "contact"), subject)
        yield from ask.run(ask, ask.call)
        return
    where = f"write to {ask.season.list}, or ask" if ask.season.list else "ask"
    yield ask.answer(
        f"{where} here in the channel; most mentors read both. For one idea: !idea contact <id>. "
        f"Who mentors what: !mentors",
        Kind.CONTACT,
    )


def _thrown(words: str) -> str:
    return f" {THROWN}" if any(is_result(word) for word in words.split()) else ""


def _unknown(ask: Ask, words: str) -> NoEntry:
    if len(words.split()) >= SHORTEST_QUESTION and ask.key and is_prose(words):
        return NoEntry("a person has to answer that", Kind.HANDOVER)
    shown = fit(words.rstrip(" ?"), MOST_BYTES // 4)[0]
    return NoEntry(f'I do not know "{shown}". Try: !help · !ideas <words> · !due')
