"""The pages of polls: how many while they run, what it came to afterwards, and never whose."""

import csv
import io
import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from lxml import etree

from gsocbot.rules.polls import Audience, PollKind, Result
from gsocbot.site.poll_snapshot import Poll
from gsocbot.site.taking import take
from gsocbot.site.taking_polls import turnout
from gsocbot.store import hackathon_tables
from gsocbot.store.books import Deed
from gsocbot.store.private import ballots
from tests.conversation import NETWORK, stage
from tests.site.hackathons import polls
from tests.site.samples import everywhere, files, season
from tests.site.test_hackathons import texts
from tests.site.test_pages import HOSTILE
from tests.site.test_reports import ATOM

OPTIONS = ("keep", "archive", "merge")
RANKED, TIE, LIVE, EMPTY, RUNNING = polls()
END = RUNNING.until


def made(*shown: Poll) -> dict[str, bytes]:
    """The files of a season with these polls."""
    return files(replace(season(), polls=shown))


def over(counts: tuple[int, ...], **values: object) -> Poll:
    """A poll that came to this."""
    result = Result(OPTIONS, counts, sum(counts))
    poll = replace(RUNNING, options=OPTIONS, result=result, voters=result.voters, quorum=0)
    return replace(poll, closed_at=END, **values)


def test_a_running_poll_says_how_many_have_voted_and_no_more() -> None:
    page = texts(made(replace(RUNNING, options=OPTIONS))["xen-2011/polls/1/index.html"])

    assert "Open until Thu 31 Mar 2011 23:59 UTC , 14 votes so far; it counts from 5 on." in page
    assert "!vote 1 and your choice" in page
    assert "keep archive merge" in page
    assert "xen-2011/polls/1/votes.csv" not in made(RUNNING)


def test_a_live_poll_says_what_each_option_has_so_far_but_gives_no_table() -> None:
    page = texts(made(LIVE)["xen-2011/polls/3/index.html"])

    assert "Votes so far Option Votes Bar harmless3 2 2 harmless 1 1 harmless2 0 0" in page
    assert "xen-2011/polls/3/votes.csv" not in made(LIVE)


def test_a_poll_that_is_over_has_bars_from_the_best_to_the_last() -> None:
    of = made(over((3, 18, 6)))
    page = of["xen-2011/polls/1/index.html"].decode()

    assert "archive 18 18 merge 6 6 keep 3 3" in texts(of["xen-2011/polls/1/index.html"])
    assert re.findall(r'class="done" x="1" y="1" width="(\d+)"', page) == ["202", "68", "36"]
    assert page.count('<tr class="won">') == 1
    assert (
        of["xen-2011/polls/1/votes.csv"] == b"option,count\r\nkeep,3\r\narchive,18\r\nmerge,6\r\n"
    )
    assert "archive 18, merge 6, keep 3 (27 votes)" in texts(of["xen-2011/polls/index.html"])


def test_a_tie_is_said_as_a_tie_and_a_quorum_that_was_not_reached_too() -> None:
    page = made(over((6, 6, 1), quorum=14))["xen-2011/polls/1/index.html"]
    low = replace(over((6, 6, 1)), result=Result(OPTIONS, (6, 6, 1), 13, quorum=14))

    assert "It is a tie: keep and archive." in texts(page)
    assert page.count(b'<tr class="won">') == 2
    assert "The quorum of 14 is not reached." in texts(made(low)["xen-2011/polls/1/index.html"])


def test_of_a_ranked_poll_there_is_the_order_and_who_beats_whom() -> None:
    pairs = ((0, 3, 4), (6, 0, 5), (4, 2, 0))
    result = Result(OPTIONS, (3, 6, 0), 9, PollKind.RANKED, 0, ((1,), (0, 2)), pairs)
    page = made(replace(over(()), kind=PollKind.RANKED, result=result, voters=9))
    said = texts(page["xen-2011/polls/1/index.html"])

    assert "1. archive 6 6 2. keep 3 3 2. merge 0 0" in said
    assert "keep archive merge keep – 3 4 archive 6 – 5 merge 4 2 –" in said


def test_nobody_voted_is_no_victory() -> None:
    page = made(EMPTY)["xen-2011/polls/2/index.html"]

    assert "no votes" in texts(page)
    assert b'class="won"' not in page


def test_a_spreadsheet_computes_nothing_from_an_option() -> None:
    options = ("=1+1", '@x,"y"', "-2")
    poll = over((1, 2, 3), options=options)
    rows = made(poll)["xen-2011/polls/1/votes.csv"].decode()

    assert list(csv.reader(io.StringIO(rows))) == [
        ["option", "count"], ["'=1+1", "1"], ["'@x,\"y\"", "2"], ["'-2", "3"]
    ]  # fmt: skip


def test_the_feed_has_what_opened_and_what_closed() -> None:
    poll = over((3, 18, 6), question="which list?")
    opened = replace(RUNNING, number=2, question="what else?", at=RUNNING.at + timedelta(hours=1))
    found = etree.fromstring(made(opened, poll)["xen-2011/polls.atom"])

    def of(path: str) -> list[str]:
        return [str(text) for text in found.xpath(path, namespaces=ATOM)]

    assert of("a:entry/a:title/text()") == [
        "Result of poll 1: which list?", "Poll 2: what else?", "Poll 1: which list?"
    ]  # fmt: skip
    home = "https://gsoc.example.org/xen-2011/polls"
    assert of("a:entry/a:id/text()") == [
        f"{home}/1/#closed",
        f"{home}/2/#opened",
        f"{home}/1/#opened",
    ]
    assert of("a:entry[1]/a:content/text()") == ["archive 18, merge 6, keep 3 (27 votes)"]
    assert of("a:updated/text()") == [END.isoformat()]


@pytest.mark.parametrize("live", [False, True])
def test_votes_reach_the_page_of_a_running_poll_as_their_number(live: bool) -> None:
    on = stage()
    with on.store.transaction(writing=True) as books:
        poll = hackathon_tables.Poll(
            season="test", number=1, question="which?", options=json.dumps(OPTIONS), live=live,
            audience=Audience.MENTORS, kind=PollKind.MULTI,
            until=on.now + timedelta(days=1), network=NETWORK, account="boss", at=on.now,
        )  # fmt: skip
        books.add(Deed("1", on.now, "test", NETWORK, "boss", "#gsoc", "test"), poll)
        before = turnout(books, ["test"])
        for account, choice in (("kofi", [1]), ("mira", [1]), ("mira", [2])):
            ballots.cast(books, poll, NETWORK, account, choice)
    with on.store.transaction(writing=False) as books:
        after = turnout(books, ["test"])
        (shown,) = take(books, ["test"]).seasons
    page = texts(files(shown)["test/polls/1/index.html"])

    assert before != after  # so that the page is made anew
    assert "2 voters so far" in page
    assert "For mentors, any number of options each." in page
    assert ("archive 1 1" in page) is live
    assert (shown.polls[0].result is None) is not live
    assert not [1 for content in files(shown).values() if re.search(rb"kofi|boss", content)]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_poll_leaves_the_feed_a_feed_and_the_table_a_table(text: str) -> None:
    hostile, harmless = everywhere(text), everywhere("harmless")
    tags = [
        [e.tag for e in etree.fromstring(of["xen-2011/polls.atom"]).iter()]
        for of in (hostile, harmless)
    ]
    rows = [
        [len(row) for row in csv.reader(io.StringIO(of["xen-2011/polls/4/votes.csv"].decode()))]
        for of in (hostile, harmless)
    ]

    assert tags[0] == tags[1]
    assert rows[0] == rows[1] == [2, 2, 2, 2]
