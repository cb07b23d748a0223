"""The minutes of an office hour as pages, as text, as JSON and as a feed."""

import json
import posixpath
import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from lxml import etree, html

from gsocbot.rules.mentors import Absence
from gsocbot.rules.office import LineKind
from gsocbot.rules.queue import PlaceState
from gsocbot.rules.recurrence import Change, Weekly
from gsocbot.rules.roster import Duty
from gsocbot.site.log import MOST_LINES, SHORT
from gsocbot.site.minutes import meeting
from gsocbot.site.office import coming
from gsocbot.site.snapshot import Kept, Place, SeasonSnapshot, Session, Spoken, Task, Times
from tests.site.samples import NOW, START, files, real_season, said, season
from tests.site.test_pages import HOSTILE
from tests.site.trees import Page, read

HOME = "xen-2011/m/2011-03-23/"
MINUTE = timedelta(minutes=1)
LARGEST = 60_000


def held(*lines: Spoken, **more: object) -> Session:
    """An hour that mira led, with what was said in it."""
    session = Session(START.date(), 1, "", "#gsoc", START, START + 60 * MINUTE, lines, 1)
    return replace(session, chairs=("mira-account",), **more)


def line(number: int, who: str, text: str, account: str | None = None, **more: object) -> Spoken:
    """Somebody says something so many minutes after the beginning."""
    account = f"{who}-account" if account is None else account or None
    return Spoken(number, START + number * MINUTE, who, text, account, **more)


HOUR = held(
    line(0, "gsocbot", "Office hour is open", kind=LineKind.OWN),
    line(1, "mira", "#topic Tests"),
    line(2, "priya", "may they need root?"),
    line(3, "mira", "#info they may, at night"),
    line(4, "priya_", "thanks", account="priya-account"),
    line(5, "priya", "#agreed I decide"),
    line(6, "mira", "#agreed once a night"),
    line(7, "mira", "#action priya: write it down"),
    line(8, "guest", "#link https://wiki.example.org/Testing our page", account=""),
    line(14, "", (START + 10 * MINUTE).isoformat(), account="", kind=LineKind.GAP),
    line(15, "mira", "#topic Kernels"),
    line(16, "mira", "#info the newest"),
    line(17, "mira", "#undo"),
    zone="Europe/Berlin",
    places=(
        Place("priya", "helped", START - 9 * MINUTE, START + 2 * MINUTE, START + 6 * MINUTE,
              "mira-account"),
        Place("guest", "left", START + 5 * MINUTE, None, START + 9 * MINUTE),
        Place("sofia", "kept", START + 20 * MINUTE),
        Place("ben", "helped", START + 7 * MINUTE, START + 8 * MINUTE, START + 9 * MINUTE, "~op"),
    ),
    tasks=(Task(5, "priya", "write it down"), Task(6, "", "added later", done=True)),
    kept=(Kept(4), Kept(16, public=False)),
)  # fmt: skip


def made(*sessions: Session, of: SeasonSnapshot | None = None) -> dict[str, bytes]:
    """The files of a real season that has held these."""
    return files(replace(of or real_season(), sessions=sessions))


def words(page: bytes) -> str:
    """The text of a page."""
    return " ".join(" ".join(read(page).texts).split())


def test_the_page_has_all_that_came_of_the_hour() -> None:
    text = words(made(HOUR)[f"{HOME}index.html"])

    assert "Wed 23 Mar 2011 16:00 UTC , 60 min, in #gsoc . 3 people, 2 helped, 2 actions." in text
    assert "In Europe/Berlin Wed 23 Mar 2011 17:00–18:00" in text
    assert "Chair mira" in text
    assert "Agreed 16:06 once a night ( mira ) Actions" in text
    assert "a5 priya write it down a6 nobody yet added later done" in text
    assert "Questions kept for later q4 , q16: time ran out" in text
    assert "Tests 16:03 they may, at night ( mira ) 16:06 agreed once a night" in text
    assert "16:08 link https://wiki.example.org/Testing our page ( guest ) Kernels Links" in text
    assert "mira (7), priya (3), guest (1); in brackets" in text
    assert "the newest ( mira )" not in text


def test_accounts_that_are_no_nicks_stay_in_the_store() -> None:
    for path, content in made(HOUR).items():
        assert b"-account" not in content, path


def test_gaps_are_named_at_the_top_and_where_they_are_in_the_log() -> None:
    page = made(HOUR)[f"{HOME}index.html"].decode()

    gap = "4 min of the log are missing (16:10-16:14 UTC)"
    assert f'<p class="gap">{gap}</p>' in page
    assert re.search(rf'<tr id="l10" class="gap">.*{re.escape(gap)}</td></tr>', page)
    assert gap in made(HOUR)[f"{HOME}minutes.txt"].decode()


@pytest.mark.parametrize("since", ["", "yesterday", "2011-03-23T16:00", "2031-01-01T00:00+00:00"])
def test_a_gap_that_does_not_say_since_when_breaks_nothing(since: str) -> None:
    page = made(held(line(3, "", since, account="", kind=LineKind.GAP)))[f"{HOME}index.html"]

    assert "0 s of the log are missing (16:03:00-16:03:00 UTC)" in words(page)


def test_who_waited_how_long_is_a_picture_a_table_and_data() -> None:
    site = made(HOUR)

    page = site[f"{HOME}index.html"].decode()
    labels = ["waited 2 min, helped 4 min by mira", "waited 4 min, left",
              "waited 40 min, kept for later", "waited 1 min, helped 1 min by op"]  # fmt: skip
    for label in labels:
        assert f">{label}</text>" in page
        assert f"<bdi>{label}</bdi></td>" in page
    assert 'role="img" aria-labelledby="waits-title waits-desc"' in page
    queue = json.loads(site[f"{HOME}minutes.json"])["queue"]
    assert [(q["nick"], q["state"], q["waited_seconds"], q["helped_seconds"]) for q in queue] == [
        ("priya", "helped", 120, 240),
        ("guest", "left", 240, 0),
        ("sofia", "kept", 2400, 0),
        ("ben", "helped", 60, 60),
    ]


@pytest.mark.parametrize(
    ("came", "called", "done", "waited", "helped"),
    [
        (-30, -20, -10, 0, 0),
        (10, 5, 3, 0, 0),
        (70, 80, 90, 0, 0),
        (50, 55, 90, 5, 5),
        (10, None, None, 50, 0),
    ],
)
def test_odd_moments_make_no_negative_waits(
    came: int, called: int | None, done: int | None, waited: int, helped: int
) -> None:
    moments = [None if m is None else START + m * MINUTE for m in (came, called, done)]
    place = Place("ana", PlaceState.HELPED, *moments)

    (one,) = meeting(held(places=(place,)), ()).waits

    assert (one.waited, one.helped) == (waited * MINUTE, helped * MINUTE)


def test_the_data_have_the_keys_of_a_replay_and_more() -> None:
    data = json.loads(made(HOUR)[f"{HOME}minutes.json"])

    assert data["topics"] == ["Tests", "Kernels"]
    assert data["infos"] == ["they may, at night"]
    assert data["agreed"] == ["once a night"]
    assert data["links"] == ["https://wiki.example.org/Testing"]
    assert data["actions"] == [
        {
            "nick": "mira",
            "text": "priya: write it down",
            "number": "a5",
            "owner": "priya",
            "done": False,
        }
    ]
    assert data["people"][0] == {"nick": "mira", "lines": 7}
    assert (data["start"], data["end"]) == (
        "2011-03-23T16:00:00+00:00",
        "2011-03-23T17:00:00+00:00",
    )
    assert data["kept"] == ["q4", "q16"]
    gap = {"start": "2011-03-23T16:10:00+00:00", "end": "2011-03-23T16:14:00+00:00"}
    assert data["gaps"] == [gap]


def long_hour(lines: int, every: str = "{}") -> Session:
    """An hour with so many lines, a topic or an info now and then."""
    texts = [
        f"#topic Part {n}"
        if n % 50 == 1
        else f"#info {n}"
        if n % 50 == 2
        else every.replace("{}", str(n))
        for n in range(lines)
    ]
    return held(*(s._replace(account="mira-account") for s in said(*texts)))


def pages_of(site: dict[str, bytes]) -> dict[str, Page]:
    return {p: read(c) for p, c in site.items() if p.startswith(HOME) and p.endswith(".html")}


@pytest.mark.parametrize("lines", [SHORT, SHORT + 1, 2000])
def test_every_item_leads_to_its_line_wherever_that_stands(lines: int) -> None:
    site = made(long_hour(lines))
    pages = pages_of(site)

    assert (len(pages) == 1) is (lines <= SHORT)
    addresses = pages[f"{HOME}index.html"].addresses
    links = [
        a for a in addresses if re.search(r"#l\d*[2-3]$", a) and int(a.split("#l")[1]) % 50 < 4
    ]
    assert len(links) >= 2 * (lines // 50)
    for address in links:
        path, _, anchor = address.partition("#")
        there = posixpath.normpath(posixpath.join(HOME, path, "index.html"))
        assert anchor in pages[there].ids
        row = site[there].decode().split(f'id="{anchor}"')[1].split("</tr>")[0]
        number = int(anchor[1:]) - 1
        assert f"#topic Part {number}<" in row or f"#info {number}<" in row


def test_the_way_to_a_line_leads_to_the_part_that_has_it() -> None:
    log = meeting(long_hour(1200), long_hour(1200).lines or ()).log

    for part in log.parts:
        for number in (part.lines[0].number, part.lines[-1].number):
            assert log.way_to(number) == f"{part.path}#l{number}"


@pytest.mark.parametrize("every", ["{}", "word " * 80, "<&>\"' " * 66])
def test_no_page_of_a_long_hour_is_large_and_no_line_is_missing(every: str) -> None:
    site = made(long_hour(2000, f"{every}{{}}"))
    pages = pages_of(site)

    sizes = {path: len(site[path]) for path in pages}
    assert max(sizes.values()) < LARGEST, sizes
    rows = [i for page in pages.values() for i in page.ids if re.fullmatch(r"l\d+", i)]
    assert len(rows) == len(set(rows)) == 2000
    parts = [p for p in pages.values() if any(re.fullmatch(r"l\d+", i) for i in p.ids)]
    assert max(sum(i[0] == "l" for i in page.ids) for page in parts) <= MOST_LINES


def test_an_hour_of_nothing_but_items_still_has_a_page_and_all_of_them_as_text() -> None:
    texts = [f"#agreed {n} {'word ' * 70}" for n in range(900)] + ["#link https://x.org/ y"] * 900
    places = tuple(Place(f"p{n}", "helped", START, START + MINUTE, START) for n in range(400))
    people = [line(59, f"somebody{n}", "hello") for n in range(400)]
    lines = [s._replace(account="mira-account") for s in said("#topic all", *texts)]
    tasks = tuple(Task(n, "ana", "word " * 70) for n in range(100))
    site = made(held(*lines, *people, places=places, tasks=tasks))

    page = site[f"{HOME}index.html"]
    svg = re.search(rb"<svg.*</svg>", page, re.DOTALL)
    assert svg is not None
    assert len(page) - len(svg[0]) < LARGEST
    assert re.search(r"[\d]+ items more in the text", words(page))
    assert site[f"{HOME}minutes.txt"].count(b"\n- 899 word") == 1


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_stay_texts_in_long_logs_too(text: str) -> None:
    lines = said(*[f"a {text}", f"#info {text}", f"#agreed {text}"] * 80, nick=text)
    site = made(held(*lines, title=text, places=(Place(text, "helped", START, helper=f"~{text}"),)))

    for path, content in site.items():
        if path.startswith(HOME) and path.endswith(".html"):
            page = read(content)
            assert page.count("script") == page.count("img") == page.count("style") == 0
            assert not [e for e in page.elements if any(a[:2] == "on" for a in e)]
    assert json.loads(site[f"{HOME}minutes.json"])["lines"] == 240


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "ftp://x.org/", "mailto:a@b.org", "ssh://x", "http:evil", "//x"]
)
def test_only_what_is_on_the_web_becomes_a_link(url: str) -> None:
    page = read(made(held(line(1, "mira", f"#link {url} x")))[f"{HOME}index.html"])

    assert not [a for a in page.addresses if url in a]
    assert url in " ".join(page.texts)


ATOM = {"a": "http://www.w3.org/2005/Atom"}


def test_the_feed_has_the_newest_minutes_under_addresses_that_stay() -> None:
    later = replace(HOUR, copy=2, ended_at=START + 90 * MINUTE, title="<b>Second</b>")
    site = made(later, HOUR)
    feed = etree.fromstring(site["xen-2011/minutes.atom"])

    def texts(path: str) -> list[str]:
        return [str(text) for text in feed.xpath(path, namespaces=ATOM)]

    base = "https://gsoc.example.org/xen-2011"
    assert texts("a:id/text()") == [f"{base}/office/"]
    assert texts("a:link[@rel='self']/@href") == [f"{base}/minutes.atom"]
    home = f"{base}/m/2011-03-23"
    assert texts("a:entry/a:id/text()") == [f"{home}-2/", f"{home}/"]
    assert texts("a:entry/a:updated/text()") == [
        (START + 90 * MINUTE).isoformat(),
        (START + 60 * MINUTE).isoformat(),
    ]
    assert texts("a:updated/text()") == texts("a:entry/a:updated/text()")[:1]
    assert texts("a:entry[1]/a:title/text()") == ["<b>Second</b>, Wed 23 Mar 2011"]
    assert texts("a:entry/a:summary/text()") == ["3 people, 2 helped, 2 actions"] * 2
    (content, _) = texts("a:entry/a:content/text()")
    assert "once a night" in html.fromstring(f"<div>{content}</div>").text_content()
    assert b'href="../../minutes.atom" type="application/atom+xml"' in site[f"{HOME}index.html"]


def test_a_season_without_sessions_has_a_feed_too() -> None:
    feed = etree.fromstring(made()["xen-2011/minutes.atom"])

    assert feed.xpath("a:entry", namespaces=ATOM) == []
    assert len(feed.xpath("a:updated", namespaces=ATOM)) == 1


# --- the list of sessions

WEDNESDAYS = Weekly(2, time(16), "Europe/London", 60, date(2011, 3, 30))


def planned(**more: object) -> SeasonSnapshot:
    """A season with a session each Wednesday, one of which is left out."""
    changes = {date(2011, 4, 13): Change(skipped=True, why="a <b>holiday</b>")}
    weekly = replace(WEDNESDAYS, changes=changes)
    return replace(real_season(), series=(("wed", weekly),), **more)


def on_page(of: SeasonSnapshot) -> dict[str, tuple[str, ...]]:
    """Who is on in the first sessions to come, by their days."""
    return {f"{c.start:%d %b}": c.on for c in coming(of, NOW) if not c.skipped}


def test_the_list_says_who_is_on_and_what_is_left_out() -> None:
    duties = (
        ("wed", Duty(None, "net", "mira")),
        ("wed", Duty(date(2011, 3, 30), "net", "tomas")),
        ("wed", Duty(date(2011, 4, 6), "net", "mira", off=True)),
        ("other", Duty(None, "net", "ines")),
    )
    absence = Absence("mira", NOW, datetime(2011, 4, 25, tzinfo=UTC), "")

    found = on_page(planned(duties=duties))
    away = on_page(planned(duties=duties, times=(Times("mira", "", absence),)))

    assert (found["30 Mar"], found["06 Apr"], found["20 Apr"]) == (("mira", "tomas"), (), ("mira",))
    assert (away["30 Mar"], away["20 Apr"], away["27 Apr"]) == (("tomas",), (), ("mira",))
    text = words(files(planned(duties=duties))["xen-2011/office/index.html"])
    assert "Wed 30 Mar 2011 15:00 UTC 16:00–17:00 BST mira , tomas" in text
    assert "Wed 6 Apr 2011 15:00 UTC 16:00–17:00 BST nobody yet" in text
    assert "Wed 13 Apr 2011 15:00 UTC 16:00–17:00 BST skipped: a <b>holiday</b>" in text
    assert "The next 8 sessions." in text


def test_the_list_names_minutes_people_helped_and_actions() -> None:
    text = words(made(HOUR)["xen-2011/office/index.html"])

    held_on = "Wed 23 Mar 2011 16:00 UTC Office hour 60 min in #gsoc"
    assert f"{held_on} 3 people, 2 helped, 2 actions" in text


def test_the_sample_shows_what_can_be_shown() -> None:
    page = files(season("words"))[f"{HOME}index.html"]

    for part in (b'id="decisions"', b'id="actions"', b'id="kept"', b'id="topics"', b'id="links"',
                 b'id="queue"', b'id="people"', b'id="log"', b'class="gap"'):  # fmt: skip
        assert part in page
