"""The page of the FAQ: what everybody may read, who wrote it, and where it was checked."""

import re
from dataclasses import replace

from gsocbot.importers.faq import Faqs
from gsocbot.render.addresses import Addresses
from gsocbot.rules.faq import Entry, FaqState, FaqText
from gsocbot.rules.roles import Role
from gsocbot.site.clean import clean
from gsocbot.site.pages import pages
from gsocbot.site.snapshot import Snapshot
from gsocbot.site.taking import take
from gsocbot.store import roles
from gsocbot.store.books import Deed
from tests.conversation import CHANNEL, NETWORK, Stage, stage
from tests.site.samples import BASE, KEY, TEMPLATES, files, real_season, season
from tests.site.trees import read

FILES = Faqs({"test": ()}, TEMPLATES / "faq")


def written() -> Stage:
    """A bot whose mentors have written something."""
    on = stage()
    with on.store.transaction(writing=True) as books:
        for account in ("mira", "tomas"):
            deed = Deed("1", on.now, "test", "-", "(shell)", "shell", "role add")
            roles.grant(books, deed, "test", NETWORK, account, Role.MENTOR)
    for nick, words in (
        ("mira", "!faq add kernel <b>Any</b> of {organisation}, see https://x.example."),
        ("mira", "!faq alias dom0 kernel"),
        ("mira", "!faq source kernel https://wiki.example.org/Testing"),
        ("tomas", "!faq ok kernel"),
        ("mira", "!faq add secret Not yet."),
        ("mira", "!faq drop teams"),
        ("mira", "!yes"),
    ):
        on.hear(nick, False, CHANNEL, words, action=False)
    return on


def page_of(on: Stage) -> str:
    """The page of the FAQ as it stands in the store."""
    with on.store.transaction(writing=False) as books:
        snapshot = take(books, ["test"], FILES, {"test": CHANNEL})
    return pages(clean(snapshot), BASE, TEMPLATES, on.now)["test/faq/index.html"].decode()


def section(page: str, key: str) -> str:
    """The section of an entry."""
    found = re.search(rf'<section aria-labelledby="{key}">.*?</section>', page, re.DOTALL)
    assert found is not None
    return found[0]


def test_an_entry_written_on_irc_tells_who_wrote_it_and_is_escaped() -> None:
    kernel = section(page_of(written()), "kernel")

    assert "&lt;b&gt;Any&lt;/b&gt; of Example, see https://x.example." in kernel
    assert "<code>!faq kernel</code> or <bdi>dom0</bdi>" in kernel
    assert '<a href="https://wiki.example.org/Testing" rel="noopener noreferrer">' in kernel
    assert "written by <bdi>mira</bdi>, checked by <bdi>tomas</bdi>" in kernel
    assert kernel.count("href=") == 1


def test_what_ships_stands_there_with_its_source_and_no_author() -> None:
    stipend = section(page_of(written()), "stipend")

    assert (
        '<a href="https://developers.google.com/open-source/gsoc/help/student-stipends"' in stipend
    )
    assert "written by" not in stipend


def test_drafts_and_dropped_entries_stand_nowhere() -> None:
    page = page_of(written())

    assert "secret" not in page
    assert 'id="teams"' not in page


def test_holes_are_filled_as_on_irc() -> None:
    channel = section(page_of(written()), "channel")

    assert f"GSoC is talked about in {CHANNEL}." in channel


def test_an_entry_that_says_nothing_here_is_left_out() -> None:
    entry = Entry(FaqText("ours", "Write to {list}."))
    bare = replace(season(), faq=(entry,), facts=replace(season().facts, list=""))

    assert 'id="ours"' not in files(bare)[f"{KEY}/faq/index.html"].decode()


def test_the_address_that_answers_name_is_an_entry_of_the_page() -> None:
    page = read(files(real_season())[f"{KEY}/faq/index.html"])
    _, _, anchor = Addresses(BASE, KEY).faq("stipend").partition(f"{BASE}{KEY}/faq/#")

    assert anchor in page.ids
    assert f"#{anchor}" in page.addresses


def test_a_season_without_entries_has_a_page_all_the_same() -> None:
    page = files(replace(season(), faq=()))[f"{KEY}/faq/index.html"].decode()

    assert "Nothing is written here yet." in page


def test_what_nobody_has_checked_is_shown_as_it_stands() -> None:
    odd = replace(season(), faq=(Entry(FaqText("odd", "{what} {0} {")),))

    assert "{what} {0} {" in files(odd)[f"{KEY}/faq/index.html"].decode()


def test_the_snapshot_has_no_entry_that_waits() -> None:
    on = written()
    with on.store.transaction(writing=False) as books:
        (snapshot,) = take(books, ["test"], FILES).seasons

    assert {entry.state for entry in snapshot.faq} == {FaqState.PUBLIC}
    assert Snapshot((snapshot,)).seasons[0].channel == ""
