"""What stands on the pages: what is promised, and nothing that a text has brought along."""

import json
import posixpath
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from gsocbot.rules.ideas import IdeaState
from gsocbot.rules.timeline import Deadline
from gsocbot.site.clean import SiteError
from tests.site.samples import KEY, NOW, everywhere, facts, files, real_season, season
from tests.site.trees import read, scheme

HOSTILE = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)><a href='",
    "' onmouseover='alert(1)' x=\"",
    "[click](javascript:alert(1)) ![x](http://evil.example/x.png",
    "javascript:alert(1)",
    "]]></svg></title><script>alert(1)</script>",
    "</li></ul></main><style>body{}</style>",
    "one\r\nATTENDEE:mailto:eve@evil.example\r\nX-EVIL:two",
    "../../../etc/passwd",
    "\u202eevil\u202c \u2066x\u2069 \u200f",
    "{{ 7*7 }}{% include 'x' %}",
    "\x00\x01\x0304,05red\x0f\x1b[31m\u2028\ud800",
    "a" * 3000,
    "&lt;script&gt;&amp;#60;script&#60;",
    "<!--",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_adds_no_element_no_attribute_no_scheme_and_no_file(text: str) -> None:
    hostile, harmless = everywhere(text), everywhere("harmless")

    assert hostile.keys() == harmless.keys()
    for path in hostile:
        if path.endswith(".html"):
            assert read(hostile[path]).elements == read(harmless[path]).elements, path


@pytest.mark.parametrize("slug", ["../../x", '"><script>', "a b\r\nc", "", "..", "\u202e", "ä/ö"])
def test_a_hostile_slug_names_no_file_and_no_anchor(slug: str) -> None:
    hostile, harmless = files(season(slug=slug)), everywhere("harmless")

    assert hostile.keys() == harmless.keys()
    for path in hostile:
        if path.endswith(".html"):
            page = read(hostile[path])
            assert page.elements == read(harmless[path]).elements
            assert all(re.fullmatch(r"[a-z0-9-]+", i) for i in page.ids), page.ids


@pytest.mark.parametrize(
    "source", ["javascript:alert(1)", "http:evil", "mailto:a@b.example", "//evil", "data:,x", "/x"]
)
def test_a_source_is_a_link_only_if_it_is_on_the_web(source: str) -> None:
    page = read(files(season(source=source))[f"{KEY}/timeline/index.html"])

    assert not [a for a in page.addresses if source in a]


def test_a_source_on_the_web_is_a_link() -> None:
    made = files(season(source='https://wiki.example.org/"><script>'))

    page = read(made[f"{KEY}/timeline/index.html"])
    assert [a for a in page.addresses if "wiki" in a] == ['https://wiki.example.org/"><script>']
    assert page.count("script") == 0


@pytest.mark.parametrize(
    "key", ["..", "../x", ".hidden", "index.html", "style.css", "A", "a/b", "a\n"]
)
def test_a_season_whose_key_is_no_folder_name_is_refused(key: str) -> None:
    with pytest.raises(SiteError):
        files(replace(season(), facts=facts(key=key)))


def test_all_files_are_where_the_addresses_say() -> None:
    assert set(files(season())) == {
        "index.html",
        "style.css",
        "wall.css",
        "wall.js",
        "favicon.svg",
        "xen-2011/index.html",
        "xen-2011/ideas/index.html",
        "xen-2011/ideas/7/index.html",
        "xen-2011/ideas/8/index.html",
        "xen-2011/ideas/9/index.html",
        "xen-2011/timeline/index.html",
        "xen-2011/office/index.html",
        "xen-2011/m/2011-03-23/index.html",
        "xen-2011/m/2011-03-23/minutes.txt",
        "xen-2011/m/2011-03-23/minutes.json",
        "xen-2011/m/2011-03-23-2/index.html",
        "xen-2011/m/2011-03-23-2/minutes.txt",
        "xen-2011/m/2011-03-23-2/minutes.json",
        "xen-2011/mentors/index.html",
        "xen-2011/faq/index.html",
        "xen-2011/questions/index.html",
        "xen-2011/timeline.ics",
        "xen-2011/office.ics",
        "xen-2011/contributors.ics",
        "xen-2011/mentors.ics",
        "xen-2011/organisers.ics",
        "xen-2011/ideas.json",
        "xen-2011/ideas.atom",
        "xen-2011/minutes.atom",
        "xen-2011/projects/index.html",
        "xen-2011/progress/index.html",
        "xen-2011/reports/index.html",
        "xen-2011/reports/1/index.html",
        "xen-2011/reports/2/index.html",
        "xen-2011/reports.atom",
        "xen-2011/hack/index.html",
        "xen-2011/hack/hack/index.html",
        "xen-2011/hack/hack/report/index.html",
        "xen-2011/hack/hack/report.md",
        "xen-2011/hack/hack/days.svg",
        "xen-2011/hack/hack/hackathon.ics",
        "xen-2011/hack/hack/wall/index.html",
        "xen-2011/hack/hack/wall.json",
        "xen-2011/polls/index.html",
        *(f"xen-2011/polls/{number}/index.html" for number in range(1, 6)),
        *(f"xen-2011/polls/{number}/votes.csv" for number in (2, 4, 5)),
        "xen-2011/polls.atom",
    }


def test_every_link_between_pages_is_relative_and_leads_to_a_file() -> None:
    made = files(season(), replace(real_season(), facts=replace(real_season().facts, key="real")))

    for path, content in made.items():
        if not path.endswith(".html"):
            continue
        page = read(content)
        for address in page.addresses:
            if scheme(address) in {"http", "https", "mailto"}:
                continue
            assert scheme(address) == "", address
            assert not address.startswith("/")
            target, _, anchor = address.partition("#")
            there = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
            there = path if not target else there
            if target.endswith("/"):
                there = posixpath.normpath(f"{there}/index.html")
            assert there in made, f"{path}: {address}"
            if anchor:
                assert anchor in read(made[there]).ids, f"{path}: {address}"


def test_every_page_is_whole_and_asks_nobody_for_anything() -> None:
    for path, content in files(season(), replace(season(), facts=facts(key="two"))).items():
        if not path.endswith(".html"):
            continue
        page, text = read(content), content.decode()
        wall = path.endswith("/wall/index.html")
        assert text.startswith('<!DOCTYPE html>\n<html lang="en">'), path
        assert page.count("h1") == page.count("main") == page.count("title") - page.count("svg")
        assert page.count("main") == page.count("footer") == 1
        assert wall or ("a", "class", "href", "class=skip", "scheme=") in page.elements
        assert "default-src 'none'; style-src 'self'; img-src 'self'" in text
        assert page.count("script") == wall == ("script-src 'self'" in text)
        assert page.count("style") == page.count("img") == 0
        assert not [e for e in page.elements if "style" in e[1:] or any(a[:2] == "on" for a in e)]
        assert len(page.ids) == len(set(page.ids)), path
        assert page.count("caption") == page.count("table")
    for name in ("style.css", "wall.css"):
        assert b"url(" not in files(season())[name]
        assert b"@import" not in files(season())[name]


def test_an_idea_has_all_that_somebody_needs_to_make_contact_and_no_persons_address() -> None:
    idea = replace(
        season().ideas[0],
        slug="libxl-driver",
        mentors=("Mira M. <mira@people.example.org>", "tomas@people.example.org"),
        contact=("mira@people.example.org",),
    )
    where = replace(season().facts, list="xen-devel@lists.example.org", subject="GSoC {slug}")
    made = files(replace(season(), facts=where, ideas=(idea,)))

    page = read(made["xen-2011/ideas/7/index.html"])
    text = " ".join(" ".join(page.texts).split())
    assert "Write to xen-devel@lists.example.org Subject GSoC libxl-driver" in text
    assert "say !idea contact 7 in the channel" in text
    assert "Mira M. and tomas" in text
    assert "mailto:xen-devel@lists.example.org?subject=GSoC%20libxl-driver" in page.addresses
    assert not [path for path, content in made.items() if b"people.example.org" in content]


def test_the_list_has_a_filter_for_what_there_is_to_choose() -> None:
    text = files(season())["xen-2011/ideas/index.html"].decode()

    assert re.findall(r'id="((?:level|size|state)-\w+)"', text) == [
        "level-all",
        "level-e",
        "level-h",
        "state-all",
        "state-o",
        "state-w",
        "state-t",
    ]


def test_the_list_of_200_ideas_stays_small() -> None:
    real = real_season()
    many = tuple(
        replace(real.ideas[n % len(real.ideas)], number=n, slug=f"idea-{n}") for n in range(1, 201)
    )

    assert len(files(replace(real, ideas=many))["xen-2011/ideas/index.html"]) < 66_000


def test_ideas_json_has_stable_ids_and_whole_addresses() -> None:
    rows = json.loads(files(real_season())["xen-2011/ideas.json"])

    assert rows[0] == {
        "id": 1,
        "slug": "cpupool-balance",
        "title": "Move CPUs between pools by load",
        "summary": "A small daemon watches how busy each CPU pool is and moves processors to "
        "where they are needed.",
        "mentors": ["hauke"],
        "difficulty": "medium",
        "levels": ["medium"],
        "size": "",
        "size_hours": [],
        "skills": "C, Python",
        "tags": ["cpupools", "performance", "tools"],
        "state": "published",
        "url": "https://gsoc.example.org/xen-2011/ideas/1/",
    }


def test_the_same_data_in_the_same_hour_gives_the_same_bytes() -> None:
    early, late = NOW.replace(minute=0), NOW.replace(minute=59, second=59)

    assert files(real_season(), now=early) == files(real_season(), now=late)


@pytest.mark.parametrize(
    ("hours", "marked"), [(-1, b'class="next"'), (0, b'class="past"'), (1, b'class="past"')]
)
def test_a_moment_is_past_once_it_has_come(hours: int, marked: bytes) -> None:
    at = datetime(2011, 4, 8, 19, tzinfo=UTC)
    one = replace(season(), deadlines=(Deadline("d", "d", at=at),), phases=())

    page = files(one, now=at + timedelta(hours=hours))["xen-2011/timeline/index.html"]

    assert b'<tr id="d" ' + marked in page


def test_a_bare_day_has_no_hour_and_lasts_to_its_end_anywhere_on_earth() -> None:
    one = replace(season(), deadlines=(Deadline("d", "d", day=date(2011, 5, 23)),), phases=())
    evening = datetime(2011, 5, 24, 11, tzinfo=UTC)

    still = files(one, now=evening)["xen-2011/timeline/index.html"].decode()
    over = files(one, now=evening + timedelta(hours=1))["xen-2011/timeline/index.html"].decode()

    assert '<time datetime="2011-05-23">Mon 23 May 2011</time>' in still
    assert '<tr id="d" class="next">' in still
    assert '<tr id="d" class="past">' in over


def test_the_office_hour_keeps_its_clock_when_the_clocks_change() -> None:
    page = files(season(), now=datetime(2011, 3, 20, tzinfo=UTC))["xen-2011/office/index.html"]

    rows = re.findall(rb"UTC</time></th>\s*<td>([^<]*?)</td>", page)
    assert rows[:2] == ["16:00–17:00 GMT".encode(), "16:00–17:00 BST".encode()]
    assert re.findall(rb"(\d\d:\d\d) UTC", page)[:2] == [b"16:00", b"15:00"]
    assert len(rows) == 8


def test_an_empty_season_and_an_empty_site_have_pages_too() -> None:
    empty = replace(
        season(), ideas=(), deadlines=(), phases=(), series=(), sessions=(), facts=facts("")
    )

    assert read(files(empty)["xen-2011/index.html"]).count("h1") == 1
    assert read(files(empty)["xen-2011/timeline/index.html"]).count("svg") == 0
    assert read(files()["index.html"]).count("h1") == 1


def test_a_taken_idea_says_so() -> None:
    taken = season().ideas[2]
    assert taken.state is IdeaState.TAKEN

    page = files(season())["xen-2011/ideas/9/index.html"]
    assert b"Somebody works on this idea already." in page


def test_colours_keep_their_contrast_in_both_schemes() -> None:
    sheet = files(season())["style.css"].decode()
    blocks = re.findall(r":root \{([^}]*)\}", sheet)[:2]
    for block in blocks:
        colour = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))
        for ink, paper in (
            ("ink", "paper"),
            ("soft", "paper"),
            ("accent", "paper"),
            ("ink", "card"),
            ("soft", "card"),
            ("accent", "card"),
            ("ink", "tint"),
            ("accent", "tint"),
            ("on-accent", "accent"),
        ):
            assert _contrast(colour[ink], colour[paper]) >= 4.5, (ink, paper)


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_light(one), _light(other)))
    return (high + 0.05) / (low + 0.05)


def _light(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b
