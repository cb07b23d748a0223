"""What is said and asked of people in the programme is told by its shape, whatever their names."""

import pytest

from gsocbot.rules.somebody import About, about, names_a_result

TOLD = """
priya failed
priya failed the midterm
she passed the final evaluation
mira is failing priya i think
I sent priya's evaluation, she failed
fail priya in the midterm
we will fail my student
my student has passed
tell wenjie that he was rejected
nobodyxyz got in
her code is fine, but priya failed the midterm
""".strip().splitlines()
RECORD = """
is priya late
why is priya late?
who is late
which students are behind
did priya quit?
did anybody quit?
who left the project?
is mira failing priya
will mira fail priya?
did wenjie fail the midterm?
what happened to wenjie
where is wenjie
is priya still here?
has priya reported this week?
who has not reported yet
""".strip().splitlines()
WORK = """
is priya a student here?
is she one of your contributors?
who mentors priya?
who mentors me
who is priya's mentor
who works on idea 1
who is working on #1?
is anybody working on idea 3
is priya in gsoc
who are the students?
who is mira's student
what does priya work on
which idea does priya have
""".strip().splitlines()
NEITHER = """
the build failed
is the test passing
why did the build fail?
the upgrade failed, what now?
validation failed
do the tests fail on the midterm branch
what if I fail the midterm?
what happens if I quit in the middle?
did the build of 2.6 get in?
is it too late to apply?
am I too late?
where is the documentation?
where are the images stored?
what happened to 13.04?
who mentors idea 1
who mentors this year?
who is my mentor?
who works on the parser?
is python a requirement here?
how much time is left?
these mirrors are away
your window manager is gone.
that part is leaving us
who is responsible for gsoc here
has the deadline passed?
I failed to install it
you failed to say which version
""".strip().splitlines()


@pytest.mark.parametrize("words", TOLD)
def test_what_became_of_somebody_is_told(words: str) -> None:
    assert about(words) is About.TOLD


@pytest.mark.parametrize("words", RECORD)
def test_whether_somebody_is_late_failing_or_gone_is_asked(words: str) -> None:
    assert about(words) is About.RECORD


@pytest.mark.parametrize("words", WORK)
def test_who_works_on_what_is_asked(words: str) -> None:
    assert about(words) is About.WORK


@pytest.mark.parametrize("words", NEITHER)
def test_what_becomes_of_things_and_of_oneself_is_asked_freely(words: str) -> None:
    assert about(words) is None


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("I will give Priya a grade of B", True),
        ("about priya's midterm: a fail, sadly", True),
        ("is priya's blog to be moved", False),
        ("do priya's tests pass", False),
        ("a fail, sadly", False),
    ],
)
def test_a_name_with_a_result_is_seen_in_any_shape(words: str, names: bool) -> None:
    assert names_a_result(words, ["priya", "wenjie"]) is names
