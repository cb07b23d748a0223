"""What tells a result and may not be kept, and what merely sounds like it."""

import pytest

from gsocbot.rules.results import NOT_KEPT, check_tells_none, tells_result
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
