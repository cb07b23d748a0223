"""Who may see what: each kind of data against everybody who might look."""

import pytest

from gsocbot.rules.privacy import (
    EVERYBODY,
    Data,
    Leak,
    Subject,
    Viewer,
    check,
    check_place,
    may_see,
)
from gsocbot.rules.roles import Role

NET = "net"
PRIYA = Subject(
    NET, "priya", frozenset({"mira", "tomas"}), frozenset({"tomas"}), there=frozenset({"ola"})
)
MENTOR, ORGANISER = frozenset({Role.MENTOR}), frozenset({Role.ORGANISER})

LOOKING = {
    "everybody": EVERYBODY,
    "a stranger with roles": Viewer(NET, None, ORGANISER),
    "somebody": Viewer(NET, "kofi"),
    "who is checked in": Viewer(NET, "ola"),
    "who is checked in elsewhere": Viewer("other", "ola"),
    "herself": Viewer(NET, "priya"),
    "her mentor": Viewer(NET, "mira", MENTOR),
    "who writes": Viewer(NET, "tomas", MENTOR),
    "another mentor": Viewer(NET, "ines", MENTOR),
    "her mentor no more": Viewer(NET, "mira"),
    "who wrote no more": Viewer(NET, "tomas"),
    "an organiser": Viewer(NET, "odile", ORGANISER),
    "herself elsewhere": Viewer("other", "priya"),
    "her mentor elsewhere": Viewer("other", "mira", MENTOR),
    "an organiser elsewhere": Viewer("other", "odile", ORGANISER),
}

ALL = frozenset(LOOKING)
NEAR = {"herself", "her mentor", "who writes", "an organiser"}
MAY = {
    Data.DRAFT: {"an organiser"},
    Data.PROJECT: ALL,
    Data.RECORD: NEAR,
    Data.CHECKLIST: NEAR,
    Data.REPORT: ALL,
    Data.EVALUATION: {"who writes", "an organiser"},
    Data.APPLICANT: {"herself", "an organiser"},
    Data.PROPOSAL: NEAR,
    Data.CHECK_IN: {"herself", "who is checked in"},
    Data.VOTE: set(),
}


@pytest.mark.parametrize("data", Data, ids=lambda data: data.name)
def test_it_is_seen_by_these_and_by_nobody_else(data: Data) -> None:
    assert {who for who, viewer in LOOKING.items() if may_see(viewer, data, PRIYA)} == MAY[data]


OWN = {Data.PROJECT, Data.RECORD, Data.CHECKLIST, Data.REPORT, Data.APPLICANT, Data.PROPOSAL,
       Data.CHECK_IN}  # fmt: skip


def test_an_organiser_who_is_a_student_sees_of_themselves_what_students_see() -> None:
    student, organiser = LOOKING["herself"], Viewer(NET, "priya", ORGANISER | MENTOR)

    assert {data for data in Data if may_see(student, data, PRIYA)} == OWN
    assert {data for data in Data if may_see(organiser, data, PRIYA)} == OWN


def test_who_wants_it_public_shows_how_far_they_are_and_nothing_else() -> None:
    shown = Subject(NET, "priya", PRIYA.mentors, PRIYA.authors, public=True, there=PRIYA.there)

    changed = {
        data
        for data in Data
        for viewer in LOOKING.values()
        if may_see(viewer, data, shown) != may_see(viewer, data, PRIYA)
    }

    assert changed == {Data.CHECKLIST}
    assert all(may_see(viewer, Data.CHECKLIST, shown) for viewer in LOOKING.values())


def test_what_may_not_go_somewhere_is_a_fault_that_names_nobody() -> None:
    with pytest.raises(Leak) as leak:
        check(LOOKING["another mentor"], Data.RECORD, PRIYA)

    assert not {"priya", "mira", "tomas", "ines"} & set(str(leak.value).split())


@pytest.mark.parametrize("target", ["#gsoc", "#gsoc-org", "~kofi", "kofi"])
def test_a_line_about_somebody_goes_to_accounts_alone(target: str) -> None:
    check_place("student_report", "@kofi")
    check_place("deadline", target)

    with pytest.raises(Leak):
        check_place("student_report", target)
