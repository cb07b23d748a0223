"""The page of mentors: when they are here, when not, and nothing of why or from which zone."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from gsocbot.rules.mentors import Absence
from gsocbot.rules.roles import Role
from gsocbot.site.clean import clean
from gsocbot.site.pages import pages
from gsocbot.site.snapshot import Times
from gsocbot.site.taking import take
from gsocbot.store import roles
from gsocbot.store.books import Deed
from tests.conversation import NETWORK, Stage, stage
from tests.site.samples import TEMPLATES, files, season

SINCE = datetime(2011, 7, 11, tzinfo=UTC)
UNTIL = datetime(2011, 7, 21, tzinfo=UTC)
HOUR = timedelta(hours=1)


def shown(now: datetime, *times: Times) -> str:
    """What the page says of mira, who mentors all ideas, without tags."""
    ideas = tuple(replace(i, mentors=("Mira",)) for i in season().ideas)
    made = files(replace(season(), ideas=ideas, times=times), now=now)
    page = made["xen-2011/mentors/index.html"].decode()
    words = re.sub(r"<[^>]+>", " ", page.split('<ul class="people">')[1].split("<ul>")[0])
    return " ".join(words.split())


@pytest.mark.parametrize(
    ("now", "says"),
    [
        (SINCE - HOUR, "Mira Usually here 16-20 UTC"),
        (SINCE, "Mira Away until Wed 20 Jul 2011 . Usually here 16-20 UTC"),
        (UNTIL - HOUR, "Mira Away until Wed 20 Jul 2011 . Usually here 16-20 UTC"),
        (UNTIL, "Mira Usually here 16-20 UTC"),
    ],
)
def test_an_absence_begins_and_ends_by_itself(now: datetime, says: str) -> None:
    assert shown(now, Times("mira", "16-20 UTC", Absence("mira", SINCE, UNTIL))) == says


@pytest.mark.parametrize(("agreed", "instead"), [(False, ""), (True, ", tomas stands in")])
def test_a_backup_is_named_once_they_have_agreed(agreed: bool, instead: str) -> None:
    away = Times("mira", "", Absence("mira", SINCE, UNTIL, "tomas", agreed))

    assert shown(SINCE, away).replace(" ,", ",").replace(" .", ".") == (
        f"Mira Away until Wed 20 Jul 2011{instead}."
    )


def test_a_backup_who_is_away_as_well_stands_in_for_nobody() -> None:
    away = Times("mira", "", Absence("mira", SINCE, UNTIL, "tomas", True))
    other = Times("tomas", "", Absence("tomas", SINCE, UNTIL))

    assert "tomas" not in shown(SINCE, away, other)


def test_who_says_nothing_of_their_time_is_a_name_and_ideas() -> None:
    assert shown(SINCE) == "Mira"
    assert shown(SINCE, Times("priya", "always")) == "Mira"


def test_an_address_in_the_hours_is_left_out() -> None:
    assert shown(SINCE, Times("mira", "16-20 UTC, mira@people.example.org")) == (
        "Mira Usually here 16-20 UTC,"
    )


def page_of(on: Stage) -> str:
    with on.store.transaction(writing=False) as books:
        made = pages(clean(take(books, ["test"])), "https://x.org/", TEMPLATES, on.now)
    return made["test/mentors/index.html"].decode()


def test_the_zone_that_an_absence_was_said_in_is_on_no_page() -> None:
    on = stage()
    with on.store.transaction(writing=True) as books:
        deed = Deed("1", on.now, "test", "-", "(shell)", "shell", "role add")
        for account in ("mira", "tomas"):
            roles.grant(books, deed, "test", NETWORK, account, Role.MENTOR)
    said = "mentor away 10 mar Asia/Kolkata backup tomas"
    (answer,) = on.hear("mira", False, None, said, action=False)
    on.hear("tomas", False, None, "mentor agree mira", action=False)

    page = page_of(on)

    assert "Away until Tue 10 Mar 18:30 UTC." in answer.text
    assert 'Away until <time datetime="2026-03-10">Tue 10 Mar 2026</time>' in page
    assert "tomas</bdi> stands in" in page
    assert "18:30" not in page
    assert "Kolkata" not in page
