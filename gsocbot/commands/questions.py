"""Questions for people: asked, claimed, answered, and none lost."""

from collections.abc import Iterator

from gsocbot.commands.ask import Ask
from gsocbot.commands.command import Text, Words
from gsocbot.commands.embargo import check_untold, refusal, tells
from gsocbot.render import words as wording
from gsocbot.render.addresses import QUESTIONS
from gsocbot.render.lines import cut
from gsocbot.render.words import listed
from gsocbot.rules import ledger, mentors
from gsocbot.rules.embargo import is_of_results
from gsocbot.rules.ids import whole_number
from gsocbot.rules.roles import Role
from gsocbot.store import ideas as shelf
from gsocbot.store import mentors as times
from gsocbot.store import notes
from gsocbot.store import questions as kept
from gsocbot.store.ideas import KeptIdea
from gsocbot.store.tables import Question
from gsocbot.talk import Kind, Refused, Say

SHORT = 60
"""Bytes of a question in a list."""


def ask(ask: Ask, text: Text) -> Iterator[Say]:
    """Ask what only people can answer; begin with an idea's number if it is about one.

    Whoever kept a place in the queue says with q16 in front what it is about.
    """
    place, rest = _kept_place(ask, text)
    idea, words = _about(ask, rest)
    if place is None:
        question = note_question(ask, ledger.asked(words), idea)
    else:
        question = _fill(ask, place, ledger.asked(words, fewest=1), idea)
    who = _seers(ask, idea) if idea else []
    seen = f"{listed(who)} {'sees' if len(who) == 1 else 'see'} it" if who else "!questions has it"
    about = f" for idea {idea.number}" if idea else ""
    yield ask.answer(
        f"question q{question.number} noted{about}. {seen}; answers usually within 48 h, also on "
        f"{ask.addresses.page(QUESTIONS)}"
    )


def note_question(ask: Ask, text: str, idea: KeptIdea | None = None) -> Question:
    """Keep a question, once, and tell the mentors of its idea quietly.

    It would stand on the page, so what becomes of somebody is none.
    """
    key = ask.season_key
    _check_public(ask, text)
    there = kept.twin(ask.books, key, ask.network, ask.asker, text)
    if there is not None:
        return there
    ledger.check_may_ask(len(kept.open_of(ask.books, key, ask.network, ask.asker)))
    question = ask.keep(
        Question,
        "your question is dropped",
        number=kept.next_number(ask.books, key),
        nick=ask.heard.nick,
        channel=ask.heard.channel or "",
        idea=idea.number if idea else None,
        text=text,
    )
    _tell_mentors(ask, question, idea)
    return question


def _fill(ask: Ask, place: Question, text: str, idea: KeptIdea | None) -> Question:
    """Let a place that was kept say what it is about; the number of open questions is no limit."""
    _check_public(ask, text)
    there = kept.twin(ask.books, ask.season_key, ask.network, ask.asker, text)
    if there is not None:
        raise Refused(
            f"that is q{there.number} already; q{place.number} still waits for your words"
        )
    notes.forget(ask.books, place)
    ask.books.change(
        ask.deed,
        place,
        f"q{place.number} waits for your words again",
        nick=ask.heard.nick,
        channel=ask.heard.channel or "",
        idea=idea.number if idea else None,
        text=text,
        at=ask.now,
    )
    _tell_mentors(ask, place, idea)
    return place


def _check_public(ask: Ask, text: str) -> None:
    if is_of_results(text) or tells(ask, text):
        raise Refused(refusal(ask, text), Kind.REFUSAL)


def _tell_mentors(ask: Ask, question: Question, idea: KeptIdea | None) -> None:
    if idea is not None:
        absences = times.absences(ask.books, ask.season_key, ask.network)
        told = mentors.seers(idea.text.mentors, absences, ask.now, ask.asker)
        notes.question(ask.books, question, told, ask.now)


def questions(ask: Ask, which: Words = "") -> Iterator[Say]:
    """List the questions that are open, your own (mine), or those about an idea."""
    if which.lower() == "mine":
        yield from ask.privately()
        found = kept.of_asker(ask.books, ask.season_key, ask.network, ask.asker)
        head = "yours: "
    else:
        found = kept.unanswered(ask.books, ask.season_key)
        head = "open: "
        number = whole_number(which.lower().removeprefix("idea ")) if which else None
        if which and which.lower() != "open":
            found = [q for q in found if number is not None and q.idea == number]
    if not found:
        raise Refused("there is no such question. Ask one: !ask <text>")
    claim = ". Take one: !claim q" + str(found[0].number) if ask.roles else ""
    yield ask.listing(head, [_briefly(ask, q) for q in found], claim)


def question(ask: Ask, question: str) -> Iterator[Say]:
    """Show a question whole, with its answer."""
    found = _found(ask, question)
    if not found.text and (found.network, found.asker) != (ask.network, ask.asker):
        raise _wordless(found)
    said = f" Answer: {found.answer} ({ask.name(found.answered_by)})" if found.answer else ""
    yield ask.answer(f"{_briefly(ask, found, len(found.text.encode()))}{said}", as_is=True)


def answer(ask: Ask, question: str, text: Text) -> Iterator[Say]:
    """Answer a question; the asker reads it, and the page without their name."""
    found = one(ask, question)
    corrects = found.answered_at is not None
    if corrects and found.answered_by != ask.who and Role.ORGANISER not in ask.roles:
        by = ask.name(found.answered_by)
        raise Refused(f"q{found.number} is answered already; {by} can correct that: {_page(ask)}")
    said = ledger.answered(text)
    check_untold(ask, said)
    if said == found.answer:
        raise Refused(f"that is the answer to q{found.number} already: {_page(ask)}")
    ask.books.change(
        ask.deed,
        found,
        answer=said,
        answered_by=ask.who,
        answered_at=ask.now,
    )
    notes.answer(ask.books, found, ask.heard.nick, ask.now)
    if corrects:
        yield ask.answer(
            f"corrected; the asker and the page have the new answer to q{found.number}"
        )
        return
    yield ask.answer(
        "sent to the asker and to the page (name hidden). Make it a FAQ entry: "
        f"!faq from q{found.number} <key>"
    )


def question_drop(ask: Ask, question: str) -> Iterator[Say]:
    """Take a question, and its answer, off the list and the page."""
    found = _found(ask, question)
    ask.books.remove(ask.deed, found, f"q{found.number} is on the list again")
    notes.forget(ask.books, found)
    yield ask.answer(f"q{found.number} is dropped.")


def _kept_place(ask: Ask, text: str) -> tuple[Question | None, str]:
    """The asker's kept place whose name a text begins with, and the rest."""
    named = ledger.named_in(text)
    found = kept.by_number(ask.books, ask.season_key, named[0]) if named else None
    if named is None or found is None or found.answered_at is not None:
        return None, text
    is_own = (found.network, found.asker) == (ask.network, ask.asker)
    if found.text:
        if is_own:
            raise Refused(
                f"q{found.number} has its words and waits for a mentor. Else: !ask <text>",
                as_is=True,
            )
        return None, text
    if not is_own:
        raise Refused(
            f"q{found.number} is somebody else's place. Ask your own: !ask <text>", as_is=True
        )
    if not named[1]:
        raise Refused(f"tell me the question: !ask q{found.number} <text>")
    return found, named[1]


def _seers(ask: Ask, idea: KeptIdea) -> list[str]:
    """Who sees a question on an idea, in words: its mentors, and who stands in for them."""
    absences = times.absences(ask.books, ask.season_key, ask.network)
    found: dict[str, str] = {}
    for name in idea.text.mentors:
        absence = absences.get(name.lower())
        if absence is None or not mentors.is_away(absence, ask.now):
            found[name.lower()] = ask.name(name)
            continue
        other = mentors.stand_in(name, absences, ask.now)
        away = f"away until {wording.day(absence.last_day, ask.now)}"
        if other is None:
            found.setdefault(name.lower(), f"{ask.name(name)} ({away})")
        else:
            found.setdefault(other, f"{ask.name(other)} (for {ask.name(name)}, {away})")
    return list(found.values())


def _about(ask: Ask, text: str) -> tuple[KeptIdea | None, str]:
    """The idea that a question begins with, and the rest: 7, #7, idea 7: or credit2-tests."""
    numbered = ledger.idea_in(text)
    if numbered is None:
        words = text[len("idea ") :] if text.lower().startswith("idea ") else text
        first, _, rest = words.partition(" ")
        named = shelf.by_slug(ask.books, ask.season_key, first.lower()) if "-" in first else None
        return (named, rest) if named and rest else (None, text)
    number, rest = numbered
    idea = shelf.by_number(ask.books, ask.season_key, number)
    if idea is None:
        raise Refused(f"there is no idea {number}; without the number it is a general question")
    return idea, rest


def one(ask: Ask, word: str) -> Question:
    """A question that who asks may answer."""
    found = _found(ask, word)
    if not found.text:
        raise _wordless(found)
    _check_may_answer(ask, found)
    return found


def _found(ask: Ask, word: str) -> Question:
    number = ledger.number_of(word)
    found = kept.by_number(ask.books, ask.season_key, number)
    if found is None:
        raise Refused(f"there is no question q{number}. All: !questions")
    return found


def _wordless(question: Question) -> Refused:
    return Refused(
        f"q{question.number} is a place that was kept; nobody has said yet what it is about",
        as_is=True,
    )


def _check_may_answer(ask: Ask, question: Question) -> None:
    if question.asker == ask.asker and Role.ORGANISER not in ask.roles:
        raise Refused("that is your own question; somebody else answers it", Kind.REFUSAL)


def _briefly(ask: Ask, question: Question, size: int = SHORT) -> str:
    if not question.text:
        return (
            f"q{question.number} (your place) tell me the question: !ask q{question.number} <text>"
        )
    about = f"{question.idea}, " if question.idea else ""
    if question.answered_at is not None:
        state = "answered"
    elif ledger.is_claimed(question.claimed_by, question.claimed_until, ask.now):
        state = f"{ask.name(question.claimed_by)} is on it"
    else:
        state = wording.span(ask.now - question.at)
    return f"q{question.number} ({about}{state}) {_cut(question.text, size)}"


def _page(ask: Ask) -> str:
    return ask.addresses.page(QUESTIONS)


def _cut(text: str, size: int) -> str:
    kept, rest = cut(text, size)
    return f"{kept}…" if rest else kept
