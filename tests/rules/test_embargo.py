"""What nobody may say, whoever is asked about."""

import pytest

from gsocbot.rules.embargo import is_of_results


@pytest.mark.parametrize(
    "words",
    [
        "am I accepted?",
        "is priya accepted",
        "is priya accepted for this idea?",
        "is kofi accepted for 7?",
        "can I tell wenjie that he is accepted",
        "may I tell my student already?",
        "did wenjie get in",
        "did wenjie fail the midterm?",
        "which students passed the midterm",
        "has she passed her final evaluation",
        "who applied for idea 3?",
        "how many applied?",
        "who is in?",
        "was my proposal rejected",
        "was my application successful?",
        "am I on the list?",
        "is kofi on the waiting list",
        "is it a yes or a no for me?",
        "what did mira decide on my proposal?",
        "are there results for my proposal?",
    ],
)
def test_what_becomes_of_somebody_is_of_results(words: str) -> None:
    assert is_of_results(words)


@pytest.mark.parametrize(
    "words",
    [
        "is my patch accepted upstream?",
        "does the parser pass the value in?",
        "do the tests fail on the midterm branch",
        "when are results announced?",
        "which kernel do the tests need?",
        "is it ok if I fail to finish in time?",
        "which version is selected by default",
        "is mira on the list?",
        "was the last release successful in all channels?",
        "do we say yes or no to new dependencies?",
        "who decides about the parser?",
    ],
)
def test_what_becomes_of_a_thing_is_not(words: str) -> None:
    assert not is_of_results(words)
