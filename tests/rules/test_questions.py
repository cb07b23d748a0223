"""Questions in plain words: what they mean, and when a person is asked instead."""

import time
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gsocbot.rules.faq import FaqText
from gsocbot.rules.questions import (
    ENOUGH,
    LONGEST_QUESTION,
    Meaning,
    MeaningKind,
    Reader,
    understand,
)
from gsocbot.rules.questions.kinds import KINDS
from gsocbot.rules.questions.reading import SURE_LEAD, SURE_SCORE, confidence
from gsocbot.rules.questions.signs import is_sign, sign_of
from gsocbot.rules.questions.subject import subject_of
from gsocbot.rules.questions.words import folded, sentences
from tests.questions.scoring import (
    REAL,
    newcomers_questions,
    own_questions,
    real_questions,
    scored,
    shipped_reader,
    tag_of,
)

READER = shipped_reader()
WORDS = st.lists(
    st.sampled_from([w for a in own_questions(held_out=False) for w in a.text.split()]), max_size=40
).map(" ".join)


def told(question: str) -> str:
    """What a question is taken for."""
    return tag_of(READER.read(question))


@pytest.mark.parametrize(
    ("question", "tag"),
    [
        ("When is the deadline for proposals?", "timeline"),
        ("gsocbot: when r results coming out??", "timeline"),
        ("how much is the stipend", "faq:stipend"),
        ("sir plz tell how to get started", "faq:how-to-start"),
        ("Mozilla: can I submit two proposals?", "faq:multiple-proposals"),
        ("any project in rust?", "idea-search"),
        ("whom should I contact about gsoc?", "contact"),
        ("what is the phone number of the mentor", "refuse-private"),
        ("was I selected?", "refuse-private"),
        ("who will be accepted?", "refuse-private"),
        ("who is interested in idea 1?", "refuse-private"),
        ("gsocbot: i know python and want smth with web", "idea-search"),
        ("I have worked with react, I am looking for a project", "idea-search"),
        ("i like compilers", "idea-search"),
        ("I'd love to do something with robots", "idea-search"),
        ("I have a doubt. when is the deadline", "timeline"),
        ("hello everyone", "greeting"),
        ("thanks a lot, sir!", "greeting"),
        ("I get an error when I build it", "human"),
        ("purple monkey dishwasher", "human"),
        ("", "greeting"),
        ("?!", "greeting"),
    ],
)
def test_a_question_is_understood_however_it_is_dressed(question: str, tag: str) -> None:
    assert told(question) == tag


@pytest.mark.parametrize(
    ("text", "quiet"),
    [
        ("thank you very much", True),
        ("no, not you", True),
        ("ok", True),
        ("sorry, wrong window", True),
        ("hello", False),
        ("hello, thanks for the help", False),
        ("ok?", False),
        ("", False),
        ("are you there", False),
    ],
)
def test_to_some_words_nobody_expects_an_answer(text: str, quiet: bool) -> None:
    meaning = READER.read(text)

    assert (meaning.kind, meaning.quiet) == (MeaningKind.GREETING, quiet)


@pytest.mark.parametrize("text", ["ok thanks, and when is the deadline", "no idea when it starts"])
def test_who_thanks_and_asks_is_answered(text: str) -> None:
    assert not READER.read(text).quiet


def test_the_tag_of_what_is_not_sure_is_a_guess() -> None:
    meaning = READER.read("the mentor, the proposal and the summer")

    assert meaning.kind is MeaningKind.HUMAN
    assert meaning.confidence < ENOUGH
    assert meaning.guess
    assert meaning.second


@pytest.mark.parametrize(
    ("score", "second", "sure"),
    [
        (0.0, 0.0, 0.0),
        (SURE_SCORE, SURE_SCORE, 0.0),
        (SURE_SCORE, SURE_SCORE - SURE_LEAD, 1.0),
        (SURE_SCORE / 2, 0.0, 0.5),
        (SURE_SCORE, SURE_SCORE - SURE_LEAD / 2, 0.5),
        (99.0, 0.0, 1.0),
    ],
)
def test_confidence_is_the_score_and_the_lead(score: float, second: float, sure: float) -> None:
    assert confidence(score, second) == pytest.approx(sure)


def test_a_seasons_own_entry_without_signs_is_found_by_its_names() -> None:
    faq = [FaqText("kernel", "2.6.38 or newer.", title="Which kernel?", aliases=("dom0",))]

    meaning = understand("which kernel do I need?", faq)

    assert replace(meaning, second="") == Meaning(
        MeaningKind.FAQ, "kernel", (), meaning.confidence, "faq:kernel"
    )


def test_a_word_that_is_learnt_in_one_faq_is_unknown_in_another() -> None:
    assert understand("which kernel do I need?", []).kind is MeaningKind.HUMAN


# Words and signs


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I don't know", ("i", "do", "not", "know")),
        ("whats ur e-mail", ("what", "is", "your", "email")),
        ("plz intrested", ("pleas", "interested")),
        ("a Pull Request", ("a", "pr")),
        ("deadlnie", ("deadline",)),
        ("350 or 351 hours", ("350", "or", "1", "hour")),
        ("C++ or c#", ("tech", "or", "tech")),
        ("", ()),
    ],
)
def test_words_are_folded(text: str, words: tuple[str, ...]) -> None:
    assert folded(text) == words


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("ana, tomas: when? I wait.", [True, False]),
        ("I am new. how do I start", [False, True]),
        ("see https://example.org/?a=b", [False]),
        ("node.js is fine", [False]),
        ("...", []),
        ("I have a question about gsoc. I wait", [False]),
        ("I have a question whether I wait", [False]),
    ],
)
def test_what_is_asked_is_told_from_what_is_said(text: str, asks: list[bool]) -> None:
    assert [sentence.asks for sentence in sentences(text)] == asks


@pytest.mark.parametrize(
    ("sign", "there"),
    [
        ("submit draft", True),
        ("draft submit", True),
        ("send/mail drafts", True),
        ("submit -draft", False),
        ("submit slot", False),
        ("my_draft", True),
        ("draft_my", False),
    ],
)
def test_a_sign_is_words_that_are_there_and_words_that_are_not(sign: str, there: bool) -> None:
    (sentence,) = sentences("May I submit my draft?")
    near = [*sentence.words, *map("_".join, pairwise(sentence.words))]

    assert sign_of(sign).is_in(frozenset(near)) is there


@pytest.mark.parametrize(("text", "sign"), [("a", True), ("-a", False), ("+", False), ("", False)])
def test_a_sign_needs_a_word(text: str, sign: bool) -> None:
    assert is_sign(text) is sign


def test_every_sign_of_the_kinds_is_one_and_stands_once() -> None:
    for kind in KINDS:
        assert all(map(is_sign, kind.signs))
        assert len(set(kind.signs)) == len(kind.signs)


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("any project in rust?", ("rust",)),
        ("is idea 7 taken", ("7",)),
        ("tell me about project #12 please", ("12",)),
        ("who is the mentor of the boot graph project?", ("boot", "graph")),
        ("which ideas are there", ()),
        ('is the "smart cache" project for one or two students?', ("smart", "cache")),
        ("I am Anil from Pune, a very keen reader, and like docker. Which project?", ("docker",)),
        ("https://example.org", ()),
        ("i know python and want smth with web", ("python", "web")),
        ("want something in rust, not too hard", ("rust", "not", "too", "hard")),
        ("i know c++ but not rust, anything?", ("c++", "not", "rust")),
        ("any project in maps of about 200 hours", ("maps", "about", "200", "hours")),
        ("is there an idea without a mentor", ("without", "a", "mentor")),
        ("something with machine learning", ("machine", "learning")),
    ],
)
def test_the_subject_is_a_number_or_the_words_that_matter(
    question: str, subject: tuple[str, ...]
) -> None:
    assert subject_of(question) == subject


# Whatever is said


@given(st.text())
def test_any_text_has_a_meaning(text: str) -> None:
    meaning = READER.read(text)

    assert 0.0 <= meaning.confidence <= 1.0
    assert (meaning.kind is MeaningKind.FAQ) == bool(meaning.key)


@given(WORDS)
@settings(max_examples=200)
def test_what_is_answered_is_sure(text: str) -> None:
    meaning = READER.read(text)

    assert meaning.kind is MeaningKind.HUMAN or meaning.confidence >= ENOUGH
    assert READER.read(text) == meaning


@pytest.mark.parametrize(
    "text",
    [
        "when is the deadline " * 500,
        "?" * 10_000,
        "a" * 10_000,
        "a: " * 3_000,
        "a, " * 3_000 + ":",
        "proposal? " * 1_000,
        "e̊" * 5_000,
    ],
    ids=lambda text: text[:5],
)
def test_ten_kilobytes_are_read_in_no_time(text: str) -> None:
    begun = time.process_time()

    READER.read(text)

    assert time.process_time() - begun < 1


def test_what_stands_behind_a_thousand_characters_is_not_looked_at() -> None:
    begun = "how much is the stipend? ".ljust(LONGEST_QUESTION)

    assert READER.read(begun + "When is the deadline?") == READER.read(begun)


def test_a_question_is_read_in_two_milliseconds() -> None:
    questions = own_questions(held_out=False)
    begun = time.process_time()

    for asked in questions:
        READER.read(asked.text)

    # Some more, for machines that are busy or slow.
    assert (time.process_time() - begun) / len(questions) < 0.006


def test_the_faq_is_learnt_once() -> None:
    faq = (FaqText("kernel", "2.6.38 or newer."),)
    understand("kernel", faq)
    begun = time.process_time()

    for _ in range(50):
        understand("kernel", faq)

    assert time.process_time() - begun < 1


# How many


@pytest.mark.parametrize(("held_out", "right", "wrong"), [(False, 0.86, 0.03), (True, 0.79, 0.06)])
def test_most_of_our_own_questions_are_understood(
    held_out: bool, right: float, wrong: float
) -> None:
    score = scored(own_questions(held_out=held_out), READER)

    assert score.right / score.count >= right, score
    assert score.wrong / score.count <= wrong, score


def test_our_own_questions_are_many_and_stand_once() -> None:
    both = [a.text for held_out in (False, True) for a in own_questions(held_out=held_out)]

    assert len(both) > 250
    assert len({text.lower() for text in both}) == len(both)


@pytest.mark.skipif(not REAL.exists(), reason="no questions beside the checkout")
def test_most_real_questions_are_understood() -> None:
    score = scored(real_questions(), READER)

    assert score.right / score.count >= 0.88, score
    assert score.wrong / score.count <= 0.04, score


def test_newcomers_are_understood_as_well_as_they_were() -> None:
    score = scored(newcomers_questions(), READER)

    assert score.count > 150
    assert score.right / score.count >= 0.89, score
    assert score.wrong / score.count <= 0.03, score


def test_a_reader_can_be_made_without_a_faq() -> None:
    assert Reader(()).read("when is the deadline?").kind is MeaningKind.TIMELINE
