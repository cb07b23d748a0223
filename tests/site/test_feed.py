"""The Atom feed of new and changed ideas."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from lxml import etree, html

from gsocbot.rules.ideas import IdeaState
from gsocbot.site.snapshot import News, SeasonSnapshot
from gsocbot.site.taking import take
from tests.conversation import played, stage
from tests.site.samples import files, real_season, season
from tests.site.test_pages import HOSTILE

ATOM = {"a": "http://www.w3.org/2005/Atom"}
MADE, CHANGED = datetime(2011, 3, 1, tzinfo=UTC), datetime(2011, 3, 20, 16, 1, tzinfo=UTC)


def feed(of: SeasonSnapshot) -> etree._Element:
    """The feed of a season, as a reader of feeds sees it."""
    return etree.fromstring(files(of)["xen-2011/ideas.atom"])


def texts(found: etree._Element, path: str) -> list[str]:
    """What stands somewhere in it."""
    return [str(text) for text in found.xpath(path, namespaces=ATOM)]


def test_new_and_changed_ideas_are_in_the_feed_newest_first_under_addresses_that_stay() -> None:
    ideas = replace(real_season(), news=(News(3, MADE, CHANGED), News(1, MADE, MADE)))

    found = feed(ideas)

    home = "https://gsoc.example.org/xen-2011/ideas"
    assert texts(found, "a:entry/a:id/text()") == [f"{home}/3/", f"{home}/1/"]
    assert texts(found, "a:entry/a:updated/text()") == [CHANGED.isoformat(), MADE.isoformat()]
    assert texts(found, "a:entry/a:published/text()") == [MADE.isoformat()] * 2
    assert texts(found, "a:updated/text()") == [CHANGED.isoformat()]
    assert texts(found, "a:link[@rel='self']/@href") == [f"{home}.atom"]
    assert texts(found, "a:entry[2]/a:title/text()") == ["1 Move CPUs between pools by load"]
    assert texts(found, "a:entry[2]/a:category/@term") == ["cpupools", "performance", "tools"]


def test_a_feed_without_news_is_a_feed() -> None:
    found = feed(replace(real_season(), news=()))

    assert texts(found, "a:entry") == []
    assert len(texts(found, "a:updated/text()")) == 1


def test_a_taken_idea_says_so() -> None:
    taken = [replace(idea, state=IdeaState.TAKEN) for idea in real_season().ideas]

    found = feed(replace(real_season(), ideas=tuple(taken), news=(News(1, MADE, CHANGED),)))

    assert texts(found, "a:entry/a:title/text()") == ["1 Move CPUs between pools by load (taken)"]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_stay_texts(text: str) -> None:
    found = feed(season(text))

    names = {etree.QName(element).localname for element in found.iter()}
    assert names <= {
        "feed", "id", "title", "updated", "author", "name", "generator", "link", "entry",
        "published", "category", "summary", "content",
    }  # fmt: skip
    for part in texts(found, "a:entry/a:content/text()"):
        page = html.fromstring(f"<div>{part}</div>")
        assert not page.xpath("//script | //img | //@onload | //@onerror | //@style")
        schemes = {str(to).split(":")[0].lower() for to in page.xpath("//@href")}
        assert schemes <= {"http", "https", "mailto"}


def test_what_no_xml_can_hold_breaks_no_feed() -> None:
    found = feed(season("a \ufffe\uffff z"))

    assert texts(found, "a:entry/a:title/text()") == ["7 a  z", "9 a  z (taken)"]


CHANGES = """\
gsocbot role add mira mentor
gsocbot role add odile organiser
== 2026-03-02 11:00
<mira> !idea set 2 skills Rust
== 2026-03-02 12:00
<odile> !idea mentor 6 add tomas
<odile> !idea publish 6
== 2026-03-02 13:00
<mira> !idea add Nobody may read this yet
"""


def test_the_feed_has_what_changed_on_irc_and_no_drafts() -> None:
    on = stage()
    played(CHANGES, on)

    with on.store.transaction(writing=False) as books:
        news = take(books, ["test"]).seasons[0].news

    assert [n.number for n in news][:2] == [6, 2]
    assert {n.number for n in news} == {1, 2, 3, 4, 5, 6}
    assert [f"{n.changed:%H:%M}" for n in news][:3] == ["12:00", "11:00", "10:00"]
