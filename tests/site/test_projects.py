"""The page of projects: nobody stands there before the announcement, nor who has ended."""

from dataclasses import replace

from gsocbot.rules.privacy import EVERYBODY
from gsocbot.site.pages import pages
from gsocbot.site.snapshot import Snapshot
from gsocbot.site.taking import take
from gsocbot.store.private import students
from tests.conversation import stage
from tests.site.samples import BASE, NOW, TEMPLATES, season
from tests.site.test_pages import files
from tests.students import announced

PAGE = "xen-2011/projects/index.html"


def test_a_project_shows_who_works_on_what_with_whom_and_where_they_write_of_it() -> None:
    page = files(season())[PAGE].decode()

    assert "<bdi>priya</bdi>" in page
    assert "With <bdi>mira</bdi>" in page
    assert 'href="https://priya.example.net/gsoc" rel="nofollow noopener"' in page
    assert 'href="../ideas/7/"' in page
    assert 'href="../ideas/99/"' not in page  # it has no page


def test_before_the_announcement_the_page_names_nobody_whatever_the_snapshot_holds() -> None:
    sample = season()
    early = replace(sample, facts=replace(sample.facts, announced_at=None))

    page = pages(Snapshot((early,)), BASE, TEMPLATES, NOW)[PAGE].decode()

    assert "priya" not in page
    assert "Before that nobody can say anything" in page


def test_who_ends_is_on_no_page_and_a_draft_is_on_none_either() -> None:
    on = stage()
    announced(on, "odile", ("priya", 1, "mira"), ("wenjie", 2, "mira"))

    with on.store.transaction(writing=False) as books:
        assert [p.account for p in take(books, ["test"]).seasons[0].projects] == ["priya", "wenjie"]
    on.hear("odile", False, None, "student end wenjie", action=False)
    on.hear("odile", False, None, "yes", action=False)
    with on.store.transaction(writing=False) as books:
        assert [p.account for p in take(books, ["test"]).seasons[0].projects] == ["priya"]

    drafts = stage()
    announced(drafts, "odile", ("priya", 1, "mira"), opened=False)
    with drafts.store.transaction(writing=False) as books:
        assert take(books, ["test"]).seasons[0].projects == ()
        assert students.projects(books, "test", EVERYBODY, drafts.now) == []
