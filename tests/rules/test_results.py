"""What tells a result and may not be kept, and what merely sounds like it."""

import pytest

from gsocbot.rules.results import NOT_KEPT, check_report, check_tells_none, tells_result
from gsocbot.talk import Refused


@pytest.mark.parametrize(
    "text",
    [
        "failed the midterm",
        "passed his final evaluation",
        "midterm: passed",
        "the midterm evaluation was a fail",
        "will pass her",
        "I am going to fail him",
        "we should fail this student",
        "she will pass",
        "grade: B+",
        "grade is A",
        "score 8/10",
        "mark of 7",
        "rank 2",
        "ranked 3",
        "slot 3",
        "rating: 4.5",
        "8/10 for the midterm",
        "evals: 9/10",
        "failing gsoc",
    ],
)
def test_a_result_is_seen_and_refused_without_being_repeated(text: str) -> None:
    assert tells_result(text)
    with pytest.raises(Refused) as refused:
        check_tells_none(text)
    assert refused.value.text == NOT_KEPT


@pytest.mark.parametrize(
    "text",
    [
        "exams, forgot to say",
        "all tests pass, midterm code is merged",
        "the build failed before the midterm",
        "8/10 milestones",
        "split milestone 3 in two",
        "passed the patch on to upstream",
        "fails to boot on my machine",
        "midterm evaluation is sent",
        "page rank of documents",
        "time slots for talks",
        "pass the pointer to the driver",
        "I graduate in June",
    ],
)
def test_other_words_are_kept(text: str) -> None:
    assert not tells_result(text)
    check_tells_none(text)


@pytest.mark.parametrize(
    "text",
    [
        "she failed",
        "He failed.",
        "they passed",
        "she will fail, I fear",
        "she has not passed",
        "the student failed badly",
        "passed",
        "8/10",
        "95%",
        "B+",
        "👍",
        "flunked",
        "a clear pass",
        "Pass!",
        "gets a B+",
        "she gets an A",
        "ranked first",
        "very good",
        "top 3",
        "drop her",
        "drop him now",
        "we should kick them out",
        "terminate her after the midterm",
        "she failed, and her tests are poor",
    ],
)
def test_a_note_that_is_nothing_but_a_verdict_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refused:
        check_tells_none(text)
    assert refused.value.text == NOT_KEPT


@pytest.mark.parametrize(
    "text",
    [
        "the build failed",
        "tests pass",
        "all tests passed",
        "they pass, the tests of week 3",
        "3/5 patches merged",
        "she failed to boot the board",
        "he passed the patch on",
        "drop her branch",
        "drop them into the queue",
        "first patch is merged, good start",
        "mail sent",
        "ok",
        "no",
        "yes, fine",
        "asked her to go on with item 4",
        "exams",
        "https://patches.example.org/8/10",
        "meets on Tuesday",
    ],
)
def test_a_note_about_work_is_kept(text: str) -> None:
    check_tells_none(text)


@pytest.mark.parametrize("text", ["all good", "8/10", "the third pass", "failing"])
def test_a_report_may_call_its_work_what_it_is(text: str) -> None:
    check_report(text)
