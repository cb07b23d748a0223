"""Hackathons out of a real store: who is named, the report, the calendar, how all of it is read."""

import re
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from icalendar import Calendar
from lxml import etree
from markdown_it import MarkdownIt

from gsocbot.render.addresses import Addresses
from gsocbot.rules.hackathon import EventKind
from gsocbot.site.clean import clean
from gsocbot.site.hackathon_report import report
from gsocbot.site.hackathon_snapshot import Slot
from gsocbot.site.hackathons import pages as shown
from gsocbot.site.pages import pages
from gsocbot.site.snapshot import SeasonSnapshot
from gsocbot.site.taking import take
from gsocbot.store.books import Books, Deed
from gsocbot.store.hackathon_tables import (
    Demo,
    EventGuest,
    Hackathon,
    Hacker,
    HackEvent,
    HackSlot,
    HackTopic,
    Outcome,
    Thanks,
    Ticket,
    TopicHacker,
)
from gsocbot.store.tables import Table
from tests.conversation import NETWORK, Stage, stage
from tests.site.hackathons import hackathon
from tests.site.samples import TEMPLATES, everywhere, files, season
from tests.site.test_pages import HOSTILE
from tests.site.trees import read

FIRST = date(2026, 3, 28)
HACK = "test/hack/spring/"


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment in UTC; London is an hour ahead from the second day on."""
    return datetime.combine(FIRST + timedelta(days=day - 1), time(hour, minute), UTC)


@dataclass
class Held:
    """A hackathon in a store: three days in March, the clocks change in the second night."""

    on: Stage
    id: int
    topic: int
    slot: int

    def change(self, table: type[Table], key: int, now: datetime, **values: Any) -> None:
        """Change a row as somebody would."""
        with self.on.store.transaction(writing=True) as books:
            row = books.session.get(table, key)
            assert row is not None
            books.change(_deed(now), row, "", **values)

    def pages(self, now: datetime) -> dict[str, bytes]:
        """All files of the site."""
        with self.on.store.transaction(writing=False) as books:
            taken = take(books, ["test"], now=now)
        return pages(clean(taken), "https://gsoc.example.org/", TEMPLATES, now)


def _deed(now: datetime) -> Deed:
    return Deed(now.isoformat(), now, "test", NETWORK, "boss", "#gsoc", "test")


@pytest.fixture
def held() -> Held:
    """Give a store with a hackathon that has something of everything."""
    on = stage(now=at(1, 8))
    by = {"season": "test", "network": NETWORK, "at": at(1, 8)}

    def keep(books: Books, table: type[Table], account: str = "boss", **values: Any) -> int:
        given = {**by, "account": account, **values}
        row = table(**{k: v for k, v in given.items() if k in table.model_fields})
        books.add(_deed(at(1, 8)), row)
        return getattr(row, "id", 0) or 0

    with on.store.transaction(writing=True) as books:
        hack = keep(
            books, Hackathon, slug="spring", name="Spring hackathon", first=FIRST,
            last=FIRST + timedelta(days=2), zone="Europe/London", place="Cambridge",
        )  # fmt: skip
        of = {"hackathon": hack}
        for name, firm, country, named in (
            ("secret", "Acme", "UK", False),
            ("open", "ACME", "India", True),
            ("hidden", "Uni", "uk", False),
        ):
            keep(books, Hacker, name, affiliation=firm, country=country, named=named, **of)
        topic = keep(books, HackTopic, number=1, slug="driver", title="The driver", **of)
        keep(books, HackTopic, number=2, slug="docs", title="Docs", now_text="a page", **of,
             now_by="secret", now_at=at(1, 9))  # fmt: skip
        for name in ("secret", "open"):
            keep(books, TopicHacker, name, topic=topic)
        slot = keep(books, HackSlot, topic=topic, day=FIRST, room="Room 1", room_key="room1",
                    start=at(1, 10), end=at(1, 12), **of)  # fmt: skip
        keep(books, HackSlot, topic=topic, day=FIRST + timedelta(days=1), room="Room 1", **of,
             room_key="room1", start=at(2, 9), end=at(2, 11))  # fmt: skip
        keep(books, HackEvent, number=1, kind=EventKind.DEMOS, start=at(1, 15), room="Hall", **of)
        pub = keep(books, HackEvent, number=2, kind=EventKind.SOCIAL, what="The Castle", **of,
                   start=at(1, 20))  # fmt: skip
        keep(books, EventGuest, "secret", event=pub)
        keep(books, Demo, "secret", number=1, day=FIRST, position=1, title="A window", **of,
             nick="secret", started_at=at(1, 15))  # fmt: skip
        lock = {"link": "https://lock.example.org/a_b", "started_at": at(1, 15), "nick": "open_"}
        keep(books, Demo, "open", number=2, day=FIRST, position=2, title="A lock", minutes=20,
             **lock, **of)  # fmt: skip
        keep(books, Ticket, "hidden", number=1, text="words in private", nick="hidden", **of)
        keep(books, Ticket, "hidden", number=2, text="it hangs", nick="h", channel="#gsoc", **of)
        keep(books, Outcome, "secret", number=1, text="a plan", topic=1, idea=1, **of)
        keep(books, Outcome, "secret", number=2, text="another", **of)
        keep(books, Thanks, "open", whom="Secret_ and the rest", what="the groundwork", **of)
        keep(books, Thanks, "open", whom="Ian", what="the room", **of)
        keep(books, Thanks, "boss", whom="s3", what="hugs", thanked="secret", **of)
        keep(books, Thanks, "boss", whom="secret|away", what="tea with [secret]-lap", **of)
        keep(books, Thanks, "boss", whom="Open_", what="help to hidden", thanked="open", **of)
        keep(books, Thanks, "boss", network="elsewhere", whom="open", what="it", thanked="open",
             **of)  # fmt: skip
    return Held(on, hack, topic, slot)


def texts(page: bytes) -> str:
    """What a page says."""
    return " ".join(" ".join(read(page).texts).split())


def test_pages_name_who_wants_it_and_count_the_others(held: Held) -> None:
    made = held.pages(at(1, 11))

    page = texts(made[f"{HACK}index.html"])
    assert "Taking part 3 people From 2 companies and universities, 2 countries" in page
    assert "Among them: open ." in page
    assert "A lock , by open_ 20 min" in page
    assert "A window 10 min" in page
    assert "For the groundwork" in page
    assert "To Ian , for the room" in page
    private = re.compile(rb"(?i)\bsecret|\bs3\b|hidden\b|acme|\buni\b|india|words in private")
    ours = {p: c for p, c in made.items() if not p.endswith((".css", ".js"))}
    assert [path for path, content in ours.items() if private.search(content)] == []
    assert b"it hangs" in made[f"{HACK}wall.json"]


def test_the_report_is_a_draft_for_an_editor(held: Held) -> None:
    assert (
        held.pages(at(4, 12))[f"{HACK}report.md"].decode()
        == """\
# Spring hackathon

*28-30 Mar 2026, in Cambridge, 3 days*

3 people from 2 companies and universities and 2 countries took part. They worked on 2 topics, \
showed 2 demos and came home with 2 outcomes, 1 of which became an idea for projects.

Among them: open.

## What was done

- **The driver** (2 people)
- **Docs**: a page

## Demos

- **A window**
- [A lock](<https://lock.example.org/a_b>), by open\\_

## What came of it

- a plan (from The driver). Now [idea 2](<https://gsoc.example.org/test/ideas/2/>)
- another

## In the evening

- Saturday 20:00: The Castle, 1 came

## Thanks

- For the groundwork
- To Ian, for the room
- For hugs
- For tea with \\[somebody\\]-lap
- To Open\\_, for help to somebody
- For it

## The days

![The days](days.svg)

- Day 1, Saturday 28 March (Europe/London)
  - 10:00-12:00 The driver, Room 1
  - 15:00 Demos, Hall
  - 20:00 The Castle
- Day 2, Sunday 29 March (Europe/London)
  - 10:00-12:00 The driver, Room 1
"""
    )


def test_the_page_has_both_clocks_once_they_differ(held: Held) -> None:
    page = held.pages(at(1, 11))[f"{HACK}index.html"].decode()

    assert "10:00</time>–12:00</th><td>10:00</td>" in page
    assert "10:00</time>–12:00</th><td>09:00</td>" in page  # on the second day


def shape(md: str) -> list[tuple[str, str]]:
    """What Markdown is made of, without its words."""
    inside = [t for token in MarkdownIt().parse(md) for t in (token, *(token.children or ()))]
    return [(t.type, t.tag) for t in inside if t.type not in {"text", "text_special"}]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_people_say_becomes_markup_in_the_report(text: str) -> None:
    hostile, harmless = everywhere(text), everywhere("harmless")

    path = "xen-2011/hack/hack/report.md"
    assert shape(hostile[path].decode()) == shape(harmless[path].decode())


@pytest.mark.parametrize(
    "text", ["# head", "- item", "+ x", "1. x", "12) x", "==", "_a_ b_c *d*", "x | y", "~~gone~~",
             "www.example.org http://x.example/ a@b.example", "![x](y)", "a\\", "&amp; <b>"],
)  # fmt: skip
def test_words_stay_the_words_they_are(text: str) -> None:
    def md(of: str) -> str:
        (page,) = shown(SeasonSnapshot(season().facts, hackathons=(hackathon(of),)))
        return report(page, Addresses("https://gsoc.example.org/", "xen-2011"))

    lines = [t for t in MarkdownIt().parse(md(text)) if t.type == "inline"]
    assert shape(md(text)) == shape(md("harmless"))
    assert "".join(t.content for t in lines[0].children or ()) == text
    # Nor is there what some programs make a link of by themselves.
    assert not re.search(r"(?<!\\)://|www\.|(?<!\\)@", md(text))


def test_the_calendar_has_days_topics_demos_and_evenings_on_the_clock_there(held: Held) -> None:
    calendar = Calendar.from_ical(held.pages(at(1, 11))[f"{HACK}hackathon.ics"])

    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/London"]
    events = {
        str(e["uid"]).removesuffix("@test.gsocbot"): (
            str(e["summary"]), e["dtstart"].dt, e["dtend"].dt if "dtend" in e else None
        )
        for e in calendar.walk("VEVENT")
    }  # fmt: skip
    days = {
        f"spring.day{n}": (
            f"Spring hackathon, day {n} of 3",
            FIRST + timedelta(days=n - 1),
            FIRST + timedelta(days=n),
        )
        for n in (1, 2, 3)
    }
    assert events == days | {
        "spring.topic1.1": ("1 The driver", at(1, 10), at(1, 12)),
        "spring.topic1.2": ("1 The driver", at(2, 9), at(2, 11)),
        "spring.event1": ("Demos", at(1, 15), at(1, 15, 30)),
        "spring.demo1": ("A window", at(1, 15), at(1, 15, 10)),
        "spring.demo2": ("A lock", at(1, 15, 10), at(1, 15, 30)),
        "spring.event2": ("The Castle", at(1, 20), None),
    }


def test_who_follows_the_calendar_learns_of_a_move_and_not_of_what_is_done(held: Held) -> None:
    def revision(of: str, now: datetime) -> tuple[int, datetime]:
        found = Calendar.from_ical(held.pages(now)[f"{HACK}hackathon.ics"]).walk("VEVENT")
        (event,) = [e for e in found if str(e["uid"]) == f"spring.{of}@test.gsocbot"]
        return int(event["sequence"]), event["last-modified"].dt

    assert revision("topic1.1", at(1, 9)) == (0, at(1, 8))
    held.change(HackTopic, held.topic, at(1, 9), now_text="a first line", now_at=at(1, 9))
    assert revision("topic1.1", at(1, 9)) == (0, at(1, 8))
    held.change(HackSlot, held.slot, at(1, 9), start=at(1, 11))
    assert revision("topic1.1", at(1, 9)) == (1, at(1, 9))
    held.change(HackSlot, held.slot, at(1, 10), room="Room 2")
    assert revision("topic1.1", at(1, 10)) == (1, at(1, 10))
    later = FIRST + timedelta(days=2)
    held.change(HackSlot, held.slot, at(1, 10), day=later, start=at(3, 9), end=at(3, 11))
    assert revision("topic1.1", at(1, 10)) == (2, at(1, 10))
    moves = revision("demo2", at(1, 10))[0]
    held.change(Demo, 1, at(1, 11), started_at=at(1, 11), link="https://demo.example.org/")
    assert revision("demo2", at(1, 11)) == (moves, at(1, 8))
    held.change(Demo, 1, at(1, 11), minutes=5)
    assert revision("demo2", at(1, 11)) == revision("event1", at(1, 11)) == (moves + 1, at(1, 11))
    assert revision("day1", at(1, 10)) == (0, at(1, 8))
    held.change(Hackathon, held.id, at(1, 10), last=FIRST + timedelta(days=1))
    assert revision("day1", at(1, 10)) == (1, at(1, 10))


def test_an_hour_that_comes_twice_is_the_one_that_was_meant() -> None:
    night = date(2026, 10, 25)
    spans = [
        (datetime(2026, 10, 25, hour, 30, tzinfo=UTC), datetime(2026, 10, 25, 1 + hour, tzinfo=UTC))
        for hour in (0, 1)
    ]
    slots = tuple(Slot(1, night, "a", "a", *span, id=n) for n, span in enumerate(spans))
    of = replace(hackathon(), first=night, last=night, slots=slots, events=())
    made = files(SeasonSnapshot(season().facts, hackathons=(of,)))
    found = Calendar.from_ical(made["xen-2011/hack/hack/hackathon.ics"]).walk("VEVENT")

    there = [
        (e["dtstart"].dt, e["dtend"].dt) for e in found if "dtend" in e and ".topic" in e["uid"]
    ]
    assert [tuple(at.astimezone(UTC) for at in span) for span in there] == spans


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_leaves_the_calendar_a_calendar(text: str) -> None:
    def shape(of: str) -> list[tuple[str, list[str]]]:
        found = Calendar.from_ical(everywhere(of)["xen-2011/hack/hack/hackathon.ics"]).walk()
        return [(part.name, sorted(part.keys())) for part in found]

    assert shape(text) == shape("harmless")


def test_the_picture_has_every_slot_within_its_day_and_is_told_in_words(held: Held) -> None:
    made = held.pages(at(1, 11))
    for path in (f"{HACK}index.html", f"{HACK}report/index.html"):
        page = made[path].decode()
        assert page.count('<g class="bar">') == 2
        assert page.count('<g class="mark">') == 2
        assert "with 2 bars for topics over the hours, on the clock of Europe/London" in page
        bars = re.findall(r'<rect x="(\d+)" y="\d+" width="(\d+)"', page)
        assert all(130 <= int(x) < int(x) + int(w) <= 130 + 900 for x, w in bars)


def test_what_is_social_is_told_apart_from_demos_and_by_its_hour(held: Held) -> None:
    lunch = {"start": at(1, 15), "what": "A long lunch"}  # while the demos are
    held.change(HackEvent, 2, at(1, 9), **lunch)

    md = held.pages(at(4, 12))[f"{HACK}report.md"].decode()
    assert "## Together\n\n- Saturday 15:00: A long lunch, 1 came\n\n##" in md


def test_the_picture_is_a_file_beside_the_report_that_needs_nothing_else(held: Held) -> None:
    made = held.pages(at(1, 11))
    page = made[f"{HACK}report/index.html"].decode()

    root = etree.fromstring(made[f"{HACK}days.svg"])
    assert etree.QName(root).namespace == "http://www.w3.org/2000/svg"
    inks = [root.xpath(f"//*[local-name()='{tag}']/@{of}") for tag, of in (("line", "stroke"),
            ("rect", "fill"))]  # fmt: skip
    assert [len(ink) for ink in inks] == [
        len(root.findall(f".//{{*}}{t}")) for t in ("line", "rect")
    ]
    assert not re.search(rb"<style|<script|href=|url\(|@import", made[f"{HACK}days.svg"])
    assert "days.svg" not in page
    assert 'stroke="#' not in page


@pytest.mark.parametrize("text", [*HOSTILE, "\ufffe"])
def test_a_hostile_text_leaves_the_picture_a_picture(text: str) -> None:
    def tags(of: str) -> list[str]:
        return [
            e.tag for e in etree.fromstring(everywhere(of)["xen-2011/hack/hack/days.svg"]).iter()
        ]

    assert tags(text) == tags("harmless")


def test_a_season_leads_to_its_hackathons_once_it_has_some(held: Held) -> None:
    bare = files(SeasonSnapshot(season().facts))

    assert b'href="hack/spring/"' in held.pages(at(1, 11))["test/index.html"]
    assert b"hack/" not in bare["xen-2011/index.html"]
    assert "None is planned yet" in texts(bare["xen-2011/hack/index.html"])


def test_a_hackathon_of_which_nothing_is_known_has_all_its_pages() -> None:
    empty = hackathon().__class__(
        "bare", "Bare", FIRST, FIRST, "UTC", "", time(9), time(18), at(1, 8)
    )
    made = files(SeasonSnapshot(season().facts, hackathons=(empty,)))

    assert made["xen-2011/hack/bare/report.md"] == b"# Bare\n\n*28 Mar 2026, online, 1 day*\n\n\n"
    assert b"everywhere" in made["xen-2011/hack/bare/index.html"]
    assert len(Calendar.from_ical(made["xen-2011/hack/bare/hackathon.ics"]).walk("VEVENT")) == 1
