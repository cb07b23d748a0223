"""Dead links: found in two looks, told once to whoever can mend them, through restarts too."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from gsocbot import app, demonstration
from gsocbot.app.links import CUT_OFF, FIRST_AFTER, Rounds, agent_of
from gsocbot.bot import Bot
from gsocbot.commands.ask import Outside
from gsocbot.rules.links import HOURLY, Outcome, Verdict
from gsocbot.rules.roles import Role
from gsocbot.store import link_notes, links, roles
from gsocbot.store.tables import CheckedLink, Deadline
from gsocbot.talk import Say
from tests.conversation import CHANNEL, NETWORK, ORGANISERS, START, Stage, config, stage

T = TypeVar("T")
HOUR, DAY, MINUTE = timedelta(hours=1), timedelta(days=1), timedelta(minutes=1)
WIKI = "https://wiki.example.org/wiki/blk"
CODE = "https://code.example.org/parser"
PAGE = "https://gsoc.example.org/test/ideas/"
REVIEW = datetime(2026, 2, 10, 12, tzinfo=UTC)
NINE = START.replace(hour=9) + DAY


def grant(on: Stage, account: str, role: Role, network: str = NETWORK) -> None:
    with on.store.transaction(writing=True) as books:
        deed = app.deed_of_shell(on.now, "test", "role")
        roles.grant(books, deed, "test", network, account, role)


@pytest.fixture
def on() -> Stage:
    """Two ideas with links, in the second there are two; mira and tomas are there."""
    staged = stage()
    grant(staged, "odile", Role.ORGANISER)
    grant(staged, "mira", Role.MENTOR)
    grant(staged, "tomas", Role.MENTOR)
    says = [
        *staged.hear("mira", False, None, f"!idea set 2 what see {WIKI}", action=False),
        *staged.hear("mira", False, None, f"!idea set 1 skills {CODE} and {WIKI}", action=False),
        *staged.hear("tomas", False, None, "!due", action=False),
        *staged.hear("odile", False, None, "!due", action=False),
    ]
    assert len(says) == 4
    return staged


def look(on: Stage, *dead: str, why: str = "404", only: Sequence[str] = ()) -> list[str]:
    """One round: all that is due is asked for, all is there but what is dead."""
    due = on.bot.links.due(on.now)
    outcome = Outcome.FAILED if why.isdigit() else Outcome.SILENT
    on.bot.links.asked(
        [
            Verdict(u, outcome, why) if u in dead else Verdict(u, Outcome.THERE)
            for u in due
            if not only or u in only
        ],
        on.now,
    )
    return due


def ticked(on: Stage, now: datetime) -> list[str]:
    """What is said of links by then: to whom, and what."""
    return [shown(say) for say in on.tick(now) if "link" in say.text or "ideas page" in say.text]


def shown(say: Say) -> str:
    return f"{say.target}: {say.text}"


def states(on: Stage) -> dict[str, int]:
    with on.store.transaction(writing=False) as books:
        return {url: s.failures for url, s in links.states(books, "test").items()}


def say(on: Stage, text: str, nick: str = "odile") -> list[str]:
    return [s.text for s in on.hear(nick, False, None, text, action=False)]


MIRA = (
    f"mira: Idea 2: a link is dead: {WIKI} (404 since Mon). Write it anew: !idea set 2 what <text>"
)


def test_every_public_text_is_asked_for_and_drafts_are_not(on: Stage) -> None:
    say(on, "!idea set 6 what https://draft.example.org/", nick="mira")
    due = on.bot.links.due(on.now)

    assert {WIKI, CODE, PAGE, "https://example.org/timeline"} < set(due)
    assert "https://draft.example.org/" not in due
    assert any("google" in url for url in due), "the FAQ's sources"
    assert len(due) == len(set(due)) <= 50


def test_a_link_dead_twice_is_told_once(on: Stage) -> None:
    look(on, WIKI)
    assert ticked(on, START + 59 * MINUTE) == []
    assert on.bot.links.due(on.now) == []
    on.now = START + HOUR
    assert look(on, WIKI) == [WIKI]

    at_once = ticked(on, START + HOUR)
    again = ticked(on, START + HOUR + MINUTE)
    on.now = START + HOUR + DAY
    look(on, WIKI)
    later = ticked(on, START + HOUR + DAY)

    assert sorted(at_once) == [
        f"mira: Idea 1: a link is dead: {WIKI} (404 since Mon). "
        "Write it anew: !idea set 1 skills <text>",
        MIRA,
        f"tomas: Idea 1: a link is dead: {WIKI} (404 since Mon). "
        "Write it anew: !idea set 1 skills <text>",
    ]
    assert again == []
    assert later == [
        f"{ORGANISERS}: 1 link dead: idea 1 and idea 2 wiki/blk (404 since Mon). "
        "All of them: !links"
    ]
    assert ticked(on, NINE + DAY) == []


def test_the_organisers_hear_of_a_day_in_one_line(on: Stage) -> None:
    look(on, WIKI)
    on.now = START + HOUR
    look(on, WIKI)
    on.now = START + 2 * HOUR
    hasten(on)
    look(on, WIKI, CODE, why="no answer")
    on.now = START + 3 * HOUR
    look(on, WIKI, CODE, why="no answer")

    before = [line for line in ticked(on, NINE - MINUTE) if line.startswith("#")]
    day = ticked(on, NINE)

    assert before == []
    assert day == [
        f"{ORGANISERS}: 2 links dead: idea 1 parser (no answer 2 times), "
        "idea 1 and idea 2 wiki/blk (no answer 3 times). All of them: !links"
    ]
    assert ticked(on, NINE + DAY) == []


def hasten(on: Stage) -> None:
    with on.store.transaction(writing=True) as books:
        links.hasten(books, "test", links.of_season(books, "test", PAGE), on.now)


def test_what_is_back_before_the_day_is_told_is_not_told(on: Stage) -> None:
    look(on, CODE)
    on.now = START + HOUR
    look(on, CODE)
    on.tick(on.now)
    on.now = START + HOUR + DAY - 3 * HOUR
    hasten(on)
    look(on)

    assert ticked(on, NINE) == []


def test_a_link_that_dies_anew_is_told_anew(on: Stage) -> None:
    for start in (START, START + 9 * DAY):
        for step, dead in ((timedelta(), [WIKI]), (HOUR, [WIKI]), (HOUR + DAY, [])):
            on.now = start + step
            look(on, *dead)
            on.tick(on.now)
    with on.store.transaction(writing=False) as books:
        keys = books.connection.exec_driver_sql(
            "SELECT count(*) FROM outbox WHERE topic = 'dead_link' AND target = '@mira'"
        )
        assert keys.scalar() == 4  # two ideas, twice


def absent(on: Stage, nick: str, now: datetime) -> list[str]:
    """What is said of links to somebody who has only just come, and nobody else."""
    on.there[f"@{nick}"] = nick
    return [line for line in ticked(on, now) if line.startswith(f"{nick}: ")]


def dies(on: Stage) -> None:
    """The wiki's page dies while mira is away."""
    del on.there["@mira"]
    look(on, WIKI)
    on.now = START + HOUR
    look(on, WIKI)
    ticked(on, on.now)


def test_a_mentor_who_comes_later_hears_of_what_is_still_dead(on: Stage) -> None:
    dies(on)
    on.now += DAY
    look(on, WIKI)

    assert len(absent(on, "mira", on.now)) == 2


def test_a_mentor_who_comes_later_hears_nothing_of_what_is_back(on: Stage) -> None:
    dies(on)
    on.now += DAY
    look(on)

    assert absent(on, "mira", on.now) == []


def test_a_mentor_who_comes_later_hears_nothing_of_what_was_taken_out(on: Stage) -> None:
    dies(on)
    say(on, "!idea set 2 what nothing", nick="odile")
    on.now += DAY
    look(on, WIKI)

    (line,) = absent(on, "mira", on.now)
    assert "idea 1" in line.lower()


def test_of_two_dead_links_the_one_that_is_left_is_told(on: Stage) -> None:
    del on.there["@mira"]
    for on.now in (START, START + HOUR):
        look(on, WIKI, CODE)
    on.now += DAY
    look(on, CODE)

    (line,) = absent(on, "mira", on.now)
    assert CODE in line


def test_a_bot_that_dies_before_it_keeps_anything_asks_again(on: Stage) -> None:
    look(on, only=[])
    on.now = START + 8 * DAY
    due = on.bot.links.due(on.now)
    on.bot.links.asked([Verdict(WIKI, Outcome.FAILED, "404")], on.now)  # and then it was killed

    assert set(on.bot.links.due(on.now)) == set(due) - {WIKI}


def test_a_bot_that_is_started_again_says_nothing_twice(on: Stage) -> None:
    look(on, WIKI)
    on.now = START + HOUR
    look(on, WIKI)
    first = ticked(on, START + HOUR)
    on.bot = Bot(config(), on.store, on.folders, on.outside)
    on.bot.links.asked([Verdict(WIKI, Outcome.FAILED, "404")], on.now)

    assert len(first) == 3
    assert ticked(on, START + 2 * HOUR) == []


def test_an_address_that_stands_nowhere_any_more_is_forgotten(on: Stage) -> None:
    look(on, WIKI)
    say(on, "!idea set 2 what nothing", nick="mira")
    on.now = START + HOUR
    look(on)
    assert WIKI in states(on)  # idea 1 has it too
    say(on, f"!idea set 1 skills {CODE}", nick="mira")
    on.bot.links.asked([], on.now)

    assert WIKI not in states(on)
    assert CODE in states(on)


def test_a_mentor_is_told_on_the_network_of_their_role_alone(on: Stage) -> None:
    with on.store.transaction(writing=True) as books:
        assert link_notes._networks_of(books, "test", "Mira", ["a", "b"]) == ["a", "b"]
    grant(on, "mira", Role.MENTOR, "b")
    with on.store.transaction(writing=False) as books:
        assert link_notes._networks_of(books, "test", "Mira", ["a", "b"]) == ["b"]


# --- the ideas page while Google looks


@pytest.fixture
def review() -> Stage:
    """The weeks in which Google looks."""
    staged = stage(now=REVIEW)
    grant(staged, "odile", Role.ORGANISER)
    grant(staged, "oskar", Role.ORGANISER)
    with staged.store.transaction(writing=True) as books:
        at = datetime(2026, 2, 3, 18, tzinfo=UTC)
        books.session.add(Deadline(season="test", slug="org-application", title="close", at=at))
        books.flush()
    staged.hear("odile", False, None, "!due", action=False)
    look(staged)
    return staged


def hourly(on: Stage, hours: int, *dead: str) -> list[str]:
    on.now = REVIEW + hours * HOUR
    due = look(on, *dead, why="no answer")
    assert due == [PAGE]
    return ticked(on, on.now)


DOWN = (
    "The ideas page cannot be reached (no answer 2 times), and Google looks at it in these weeks: "
    f"{PAGE}. I look every hour and say when it is back."
)


def test_a_page_down_twice_reaches_every_organiser_at_once(review: Stage) -> None:
    assert hourly(review, 1, PAGE) == []
    assert sorted(hourly(review, 2, PAGE)) == [f"{ORGANISERS}: {DOWN}", f"odile: {DOWN}"]
    assert hourly(review, 3, PAGE) == []
    review.there["@oskar"] = "oskar"
    assert ticked(review, review.now + MINUTE) == [f"oskar: {DOWN.replace('2 times', '3 times')}"]
    assert hourly(review, 4) == [f"{ORGANISERS}: The ideas page is back: {PAGE}"]
    assert hourly(review, 5) == []


def test_whoever_comes_after_it_is_back_is_not_alarmed(review: Stage) -> None:
    hourly(review, 1, PAGE)
    hourly(review, 2, PAGE)
    hourly(review, 3)
    review.there["@oskar"] = "oskar"

    assert ticked(review, review.now + MINUTE) == []


def test_a_page_that_asks_for_a_login_is_down(review: Stage) -> None:
    for hours in (1, 2):
        review.now = REVIEW + hours * HOUR
        assert review.bot.links.due(review.now) == [PAGE]
        locked = Verdict(PAGE, Outcome.THERE, "it asks for a login")
        review.bot.links.asked([locked], review.now)

    assert any("(it asks for a login since Tue)" in line for line in ticked(review, review.now))


def test_other_pages_may_ask_for_a_login(on: Stage) -> None:
    for on.now in (START, START + 8 * DAY):
        on.bot.links.asked([Verdict(WIKI, Outcome.THERE, "403")], on.now)

    assert states(on)[WIKI] == 0


def test_a_page_that_misses_once_alarms_nobody(review: Stage) -> None:
    assert [hourly(review, n, *([PAGE] if n % 2 else [])) for n in range(1, 9)] == [[]] * 8


def test_the_page_is_asked_for_weekly_when_nobody_looks() -> None:
    staged = stage()
    look(staged)

    staged.now = START + HOURLY
    assert staged.bot.links.due(staged.now) == []
    staged.now = START + 7 * DAY
    assert PAGE in staged.bot.links.due(staged.now)


def test_a_page_on_this_machine_is_not_asked_for() -> None:
    staged = stage()
    local = config().model_copy(update={"site": type(config().site)()})
    staged.bot = Bot(local, staged.store, staged.folders, Outside())

    assert not any("127.0.0.1" in url for url in staged.bot.links.due(staged.now))


# --- what organisers ask


def test_links_are_summed_up(on: Stage) -> None:
    count = len(on.bot.links.due(on.now))

    assert say(on, "!links") == [f"{count} links, none dead; {count} not asked for yet."]
    look(on)
    assert say(on, "!links") == [f"{count} links, none is dead."]
    on.bot.links.asked([Verdict(CODE, Outcome.UNASKED, "a private address")], on.now)
    assert say(on, "!links") == [
        f"{count} links, none is dead; 1 not asked for (a private address)."
    ]


def test_dead_links_are_named(on: Stage) -> None:
    count = len(look(on, WIKI, why="404"))
    on.now = START + HOUR
    look(on, WIKI)
    kernel = next(url for url in states(on) if "google" in url)
    for n in (2, 3, 4):
        on.now = START + n * HOUR
        on.bot.links.asked([Verdict(kernel, Outcome.SILENT, "no answer")], on.now)
    told = say(on, "!links")[0]

    assert told.startswith(
        f"{count} links, 2 dead: idea 1 and idea 2 wiki/blk (404 since Mon) · FAQ "
    )
    assert told.endswith("(no answer 3 times). Owners told.")


def test_asking_again_is_for_what_was_not_just_asked(on: Stage) -> None:
    count = len(look(on))
    assert say(on, "!links now") == [
        "All were asked for in the last 10 minutes. What came of it: !links"
    ]
    on.now += 9 * MINUTE
    on.bot.links.asked([Verdict(WIKI, Outcome.THERE)], on.now)
    on.now += MINUTE
    assert say(on, "!links now") == [
        f"{count - 1} of {count} links asked for again within minutes, one a second from each "
        "host. Then: !links"
    ]
    assert len(on.bot.links.due(on.now)) == count - 1
    assert on.bot.links.due(on.now).count(WIKI) == 0


def test_links_are_for_organisers(on: Stage) -> None:
    for line in ("!links", "!links now"):
        assert "organiser" in say(on, line, nick="mira")[0]


def test_links_are_told_in_the_organisers_channel_or_in_private(on: Stage) -> None:
    look(on)
    there = on.hear("odile", False, ORGANISERS, "!links", action=False)
    elsewhere = on.hear("odile", False, CHANNEL, "!links", action=False)

    assert [s.target for s in there] == [ORGANISERS]
    assert [s.target for s in elsewhere] == [CHANNEL, "odile"]
    assert "links" not in elsewhere[0].text


def test_the_demo_asks_nobody(tmp_path: Path) -> None:
    assert demonstration._config(tmp_path, 6667, "http://127.0.0.1:8000/").links.check is False


def test_without_checks_that_is_said(on: Stage) -> None:
    off = config().model_copy(update={"links": type(config().links)(check=False)})
    on.bot = Bot(off, on.store, on.folders, on.outside)

    assert say(on, "!links") == [
        "Links are not checked here; [links] check = true in the config changes that"
    ]


def test_an_idea_with_a_dead_link_is_not_whole(on: Stage) -> None:
    grant(on, "mira", Role.MENTOR)
    look(on, WIKI)
    on.now = START + HOUR
    look(on, WIKI)

    assert say(on, "!idea check 2", nick="mira") == [
        "2 boot-graphs lacks nothing; link dead (404 wiki/blk)."
    ]
    assert "2 boot-graphs link dead (404 wiki/blk)" in say(on, "!idea check", nick="mira")[0]


# --- rounds


class Clock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


async def _run(call: Callable[[], T]) -> T:
    return call()


def rounds(
    on: Stage, clock: Clock, answer: Callable[[str], Verdict]
) -> tuple[Rounds, list[list[str]]]:
    asked: list[list[str]] = []

    async def asking(urls: Sequence[str], agent: str) -> list[Verdict]:
        asked.append(list(urls))
        return [answer(url) for url in urls]

    return Rounds(_run, clock, asking, pause=0), asked


def _silent(url: str) -> Verdict:
    return Verdict(url, Outcome.SILENT, "no answer")


def _there(url: str) -> Verdict:
    return Verdict(url, Outcome.THERE)


def in_loop(body: Callable[[], Awaitable[None]]) -> None:
    async def main() -> None:
        await body()

    asyncio.run(main())


def test_nothing_is_asked_in_the_first_ten_minutes(on: Stage) -> None:
    async def body() -> None:
        clock = Clock()
        made, asked = rounds(on, clock, _there)
        for minutes, expected in ((0, 0), (9, 0), (10, 1)):
            clock.now = START + minutes * MINUTE
            made.begin(on.bot, "a")
            await asyncio.sleep(0.02)
            assert len(asked) == expected
        await made.end()

    assert FIRST_AFTER == 10 * MINUTE
    in_loop(body)


def test_one_round_runs_at_a_time(on: Stage) -> None:
    async def body() -> None:
        clock, going, begun = Clock(), asyncio.Event(), 0

        async def asking(urls: Sequence[str], agent: str) -> list[Verdict]:
            nonlocal begun
            begun += 1
            await going.wait()
            return []

        made = Rounds(_run, clock, asking, pause=0)
        clock.now += FIRST_AFTER
        for _ in range(3):
            made.begin(on.bot, "a")
            await asyncio.sleep(0.01)
        assert begun == 1
        await made.end()
        assert states(on) == {}

    in_loop(body)


def test_a_bot_that_is_cut_off_takes_nothing_for_dead(on: Stage) -> None:
    async def body() -> None:
        look(on)
        clock = Clock()
        clock.now = on.now = START + 7 * DAY
        say(on, "!idea set 2 what https://new.example.org/", nick="mira")
        on.bot.links.asked([_there(u) for u in on.bot.links.due(on.now) if "new" not in u], on.now)
        before = states(on)
        made, asked = rounds(on, clock, _silent)

        assert await made.one(on.bot, "a") == 0

        assert asked[0] == ["https://new.example.org/"]
        assert len(asked[1]) == 3
        assert len({url.split("/")[2] for url in asked[1]}) == 3
        assert states(on) == before
        clock.now += CUT_OFF - MINUTE
        made.begin(on.bot, "a")
        await asyncio.sleep(0.02)
        assert len(asked) == 2
        clock.now += MINUTE
        made.begin(on.bot, "a")
        await asyncio.sleep(0.02)
        assert len(asked) == 4
        await made.end()

    in_loop(body)


def test_behind_a_firewall_nothing_is_taken_for_dead(on: Stage) -> None:
    async def body() -> None:
        made, asked = rounds(on, Clock(), _silent)

        assert await made.one(on.bot, "a") == 0
        assert len(asked) == 1
        assert states(on) == {}

    in_loop(body)


def test_what_is_dead_for_long_is_no_firewall(on: Stage) -> None:
    """Three dead links of three hosts are asked for alone, every day; others still answer."""

    async def body() -> None:
        look(on)
        dead = {f"https://{n}.example.org/" for n in "abc"}
        say(on, f"!idea set 2 what {' '.join(dead)}", nick="mira")
        made, asked = rounds(on, Clock(), lambda u: _silent(u) if u in dead else _there(u))

        assert await made.one(on.bot, "a") == 3
        assert [len(urls) for urls in asked] == [3, 3]
        assert {states(on)[url] for url in dead} == {1}

    in_loop(body)


def test_a_link_that_alone_is_silent_has_failed(on: Stage) -> None:
    async def body() -> None:
        look(on)
        clock = Clock()
        clock.now = on.now = START + DAY
        new = "https://new.example.org/"
        say(on, f"!idea set 2 what {new}", nick="mira")
        made, _ = rounds(on, clock, lambda url: _silent(url) if url == new else _there(url))

        assert await made.one(on.bot, "a") == 1
        assert states(on)[new] == 1

    in_loop(body)


def test_a_round_that_fails_is_tried_again_later(on: Stage, caplog: pytest.LogCaptureFixture) -> None:  # fmt: skip  # noqa: E501
    async def body() -> None:
        clock = Clock()

        def broken(url: str) -> Verdict:
            raise RuntimeError("no")

        made, asked = rounds(on, clock, broken)
        clock.now += FIRST_AFTER
        for _ in range(3):
            made.begin(on.bot, "a")
            await asyncio.sleep(0.02)
        assert len(asked) == 1
        await made.end()

    in_loop(body)
    assert "links could not be asked for" in caplog.text


def test_a_clock_that_is_set_back_stops_no_rounds(on: Stage) -> None:
    async def body() -> None:
        clock = Clock()
        clock.now = START + 400 * DAY
        made, asked = rounds(on, clock, _there)
        clock.now = START
        made.begin(on.bot, "a")
        await asyncio.sleep(0.02)
        await made.end()
        assert len(asked) == 1

    in_loop(body)


@pytest.mark.parametrize(
    ("version", "base", "agent"),
    [
        ("1.2", "https://gsoc.example.org/", "gsocbot/1.2 (+https://gsoc.example.org/)"),
        ("from a checkout", "http://127.0.0.1:8000/", "gsocbot/from-a-checkout"),
    ],
)
def test_the_bot_says_who_it_is(version: str, base: str, agent: str) -> None:
    assert agent_of(version, base) == agent


def test_rows_are_of_the_season(on: Stage) -> None:
    look(on)
    with on.store.transaction(writing=False) as books:
        rows = books.every(CheckedLink, season="test")
    assert all(row.checked_at == START for row in rows)
