"""The page of progress: only who wants to be there, and no word of anybody else."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from gsocbot.rules.roles import Role
from gsocbot.site.clean import clean
from gsocbot.site.pages import pages
from gsocbot.site.progress import WIDTH, rows
from gsocbot.site.snapshot import Far, Shown
from gsocbot.site.taking import take
from gsocbot.store import roles
from gsocbot.store.books import Deed
from tests.conversation import NETWORK, Stage, stage
from tests.site.samples import TEMPLATES, files, season
from tests.site.test_pages import HOSTILE

ANNOUNCED = datetime(2026, 4, 30, 18, 1, tzinfo=UTC)


def page(*shown: Shown) -> str:
    made = files(replace(season(), progress=shown))
    return made["xen-2011/progress/index.html"].decode()


def words(html: str) -> str:
    main = html.split("</h1>")[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_somebody_is_there_with_boxes_for_what_is_done_and_what_is_not() -> None:
    made = page(Shown("priya", 7, "Tests", (Far("Bonding", 2, 9),)))

    assert "priya Tests 7 Bonding: 2 of 9" in words(made)
    assert made.count('<rect class="done"') == 2
    assert made.count("<rect") == 9
    assert 'aria-label="2 of 9 done"' in made


def test_the_boxes_of_a_list_stand_beside_each_other_within_the_picture() -> None:
    for total in (1, 2, 9, 60, 200):
        ((bar,),) = [row.bars for row in rows([Shown("a", 1, "", (Far("", 1, total),))])]
        for box, following in pairwise(bar.boxes):
            assert box.x + box.width <= following.x + 1
        assert bar.boxes[-1].x + bar.boxes[-1].width <= WIDTH + 1


def test_nobody_is_there_is_a_page_too() -> None:
    assert "Nobody shows how far they are." in words(page())


@pytest.mark.parametrize("text", HOSTILE)
def test_what_strangers_write_is_text(text: str) -> None:
    made = page(Shown(text, 7, text, (Far(text, 0, 1),)))

    tags = set(re.findall(r"<([a-z0-9]+)", made.split("<main")[1]))
    plain = page(Shown("a", 7, "b", (Far("c", 0, 1),)))
    assert tags == set(re.findall(r"<([a-z0-9]+)", plain.split("<main")[1]))


def test_who_does_not_want_it_is_on_no_page() -> None:
    on = stage(now=ANNOUNCED)
    for account, role in (("odile", Role.ORGANISER), ("mira", Role.MENTOR)):
        with on.store.transaction(writing=True) as books:
            deed = Deed(account, on.now, "test", NETWORK, "(test)", "test", "test")
            roles.grant(books, deed, "test", NETWORK, account, role)
    for who, line in (
        ("odile", "student add priya 1 mira"),
        ("odile", "student add wenjie 2 mira"),
        ("priya", "me public on"),
    ):
        on.hear(who, False, None, line, action=False)
    assert progress_of(on).startswith("Nobody shows how far they are.")
    for who, line in (("odile", "season announce"), ("odile", "yes"), ("priya", "check 1")):
        on.hear(who, False, None, line, action=False)

    on.hear("mira", False, None, "checklist note priya 2 zqx", action=False)
    on.hear("priya", False, None, "check 3 https://zqx.example.org/", action=False)
    on.hear("wenjie", False, None, "check 1", action=False)

    found = progress_of(on)
    assert "priya" in found
    assert "Community bonding: 2 of 9" in found
    assert "wenjie" not in found
    assert "zqx" not in found
    on.hear("priya", False, None, "me public off", action=False)
    assert "priya" not in progress_of(on)


def progress_of(on: Stage) -> str:
    """What the page of progress says, under its title."""
    lists = {key: folder.checklists for key, folder in on.folders.items()}
    now = on.now + timedelta(minutes=1)
    with on.store.transaction(writing=False) as books:
        snapshot = take(books, ["test"], checklists=lists, now=now)
    made = pages(clean(snapshot), "https://x.org/", TEMPLATES, now)
    return words(made["test/progress/index.html"].decode())
