"""A line of the outbox is planned once, claimed once, and moves only as its table says."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from gsocbot.rules.outbox import LEASE, MOVES, OutboxState, settled
from gsocbot.rules.recurrence import Weekly
from gsocbot.rules.seasons import SeasonFolder
from gsocbot.rules.timeline import Audience, Deadline
from gsocbot.store import outbox, reading_in, schema, settling
from gsocbot.store.books import Books
from gsocbot.store.planning import plan_season
from gsocbot.store.store import Store
from tests.store.conftest import NOW, SEASON, deed

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
ROOM, ORGANISERS = ("net", "#gsoc"), ("net", "#org")


def line(key: str, due: datetime = NOW, target: str = "#gsoc", **values: Any) -> dict[str, Any]:
    """A line that is planned."""
    return {
        "key": key, "season": SEASON, "network": "net", "target": target, "notice": True,
        "topic": "deadline", "payload": "{}", "due": due, "expires": due + HOUR, "state": "due",
        "owner": "", "attempts": 0, "text": "", "why": "",
    } | values  # fmt: skip


def plan(store: Store, *rows: dict[str, Any]) -> None:
    with store.transaction(writing=True) as books:
        outbox.plan(books, rows)


def claim(
    store: Store, owner: str = "boot-1-a", now: datetime = NOW, most: int = 100,
    targets: Sequence[str] = ("#gsoc",),
) -> list[int]:  # fmt: skip
    with store.transaction(writing=True) as books:
        return [w.id for w in outbox.claim(books, "net", owner, now, targets, most)]


def states(store: Store) -> list[str]:
    with store.transaction(writing=False) as books:
        return list(books.rows(text("SELECT state FROM outbox ORDER BY id")).scalars())


@pytest.fixture
def second(store: Store, url: str) -> Iterator[Store]:
    """Give another process's store of the same rows."""
    other = Store(url)
    yield other
    other.close()


def test_a_line_that_is_planned_twice_is_there_once(store: Store) -> None:
    plan(store, line("a"), line("b"))
    plan(store, line("b"), line("c"))
    plan(store)

    assert states(store) == ["due"] * 3


def test_a_line_that_is_still_due_says_what_is_planned_now(store: Store) -> None:
    later = NOW + HOUR
    plan(store, line("a"))
    plan(store, line("a", due=later, payload='{"at": "later"}'))

    assert claim(store) == []
    with store.transaction(writing=True) as books:
        (waiting,) = outbox.claim(books, "net", "o", later, ["#gsoc"], 1)
    assert (waiting.due, waiting.expires, waiting.payload) == (
        later,
        later + HOUR,
        '{"at": "later"}',
    )


def test_a_line_that_was_said_is_not_said_again_when_it_moves(store: Store) -> None:
    plan(store, line("a"))
    (row,) = claim(store)
    with store.transaction(writing=True) as books:
        outbox.move(books, row, OutboxState.WRITTEN, text="said")
        outbox.move(books, row, OutboxState.SENT, at=NOW)
    plan(store, line("a", due=NOW + HOUR))

    assert states(store) == ["sent"]


@pytest.mark.parametrize(
    ("late", "claimed"), [(-timedelta(microseconds=1), 0), (timedelta(0), 1), (MINUTE, 1)]
)
def test_a_line_is_claimed_from_its_moment_on(store: Store, late: timedelta, claimed: int) -> None:
    plan(store, line("a"))

    assert len(claim(store, now=NOW + late)) == claimed


def test_the_oldest_are_claimed_first_and_only_for_where_one_is(store: Store) -> None:
    plan(
        store,
        line("late"),
        line("early", due=NOW - HOUR),
        line("elsewhere", target="#other"),
        line("network", network="other"),
        line("first", due=NOW - 2 * HOUR),
    )

    with store.transaction(writing=True) as books:
        two = outbox.claim(books, "net", "o", NOW, ["#gsoc"], 2)
    assert [w.due for w in two] == [NOW - 2 * HOUR, NOW - HOUR]
    assert len(claim(store)) == 1
    assert claim(store) == []
    assert claim(store, targets=[]) == []


def test_two_that_claim_one_after_the_other_share_nothing(store: Store, second: Store) -> None:
    plan(store, *(line(str(n)) for n in range(10)))

    one, other = claim(store, "one", most=4), claim(second, "two", most=100)

    assert (len(one), len(other)) == (4, 6)
    assert not set(one) & set(other)


def test_two_that_claim_at_once_share_nothing_and_do_not_wait(
    postgres_url: str, request: pytest.FixtureRequest
) -> None:
    stores = []
    for _ in range(2):
        store = Store(postgres_url)
        request.addfinalizer(store.close)
        stores.append(store)
    one, other = stores
    schema.upgrade(one.engine)
    with one.transaction(writing=True) as books:
        reading_in.season_folder(books, deed("begin"), SeasonFolder(SEASON))
        outbox.plan(books, [line(str(n)) for n in range(10)])

    def claimed(books: Books, owner: str, most: int) -> set[int]:
        return {w.id for w in outbox.claim(books, "net", owner, NOW, ["#gsoc"], most)}

    with (
        one.transaction(writing=True, beside=True) as first,
        other.transaction(writing=True, beside=True) as second,
    ):
        second.rows(text("SET LOCAL lock_timeout = 2000"))
        ours = claimed(first, "one", 4)
        theirs = claimed(second, "two", 100)

    assert (len(ours), len(theirs)) == (4, 6)
    assert not ours & theirs


@pytest.mark.parametrize("begin", list(OutboxState))
@pytest.mark.parametrize("to", list(OutboxState))
def test_a_line_moves_only_as_the_table_says(begin: OutboxState, to: OutboxState) -> None:
    store = Store("sqlite://")
    store.ready(NOW)
    with store.transaction(writing=True) as books:
        reading_in.season_folder(books, deed("begin"), SeasonFolder(SEASON))
        outbox.plan(books, [line("a", state=str(begin))])
        (row,) = books.rows(text("SELECT id FROM outbox")).scalars()

        assert outbox.move(books, row, to) is (to in MOVES[begin])
    assert states(store) == [to if to in MOVES[begin] else begin]
    store.close()


def settle_dead(books: Books, network: str, boot: str, now: datetime) -> int:
    """Have what the dead held put where it belongs; how many lines that were."""
    dead = [line for line in settling.held(books, network, boot, now) if line.owner != boot]
    return sum(settling.settle(books, line, settled(line.state, cut=False)) for line in dead)


def settle_cut(books: Books, network: str, boot: str, now: datetime) -> int:
    """The same for what this boot held when its connection was cut."""
    ours = [line for line in settling.held(books, network, boot, now) if line.owner == boot]
    return sum(settling.settle(books, line, settled(line.state, cut=True)) for line in ours)


def test_what_a_dead_process_held_is_settled(store: Store) -> None:
    plan(store, *(line(key) for key in ("claimed", "written", "sent", "other's", "ours")))
    ours, mine = "here-9-new", "here-8-old"
    rows = claim(store, mine, most=3)
    with store.transaction(writing=True) as books:
        outbox.move(books, rows[1], OutboxState.WRITTEN)
        outbox.move(books, rows[2], OutboxState.WRITTEN)
        outbox.move(books, rows[2], OutboxState.SENT)
    claim(store, "elsewhere-1-x", most=1)
    claim(store, ours, most=1)

    with store.transaction(writing=True) as books:
        count = settle_dead(books, "net", ours, NOW)

    assert count in {0, 2}  # by whoever bears the same name
    assert states(store)[2:] == ["sent", "claimed", "claimed"]


@pytest.mark.parametrize(
    ("after", "state"),
    [
        (LEASE - timedelta(microseconds=1), "claimed"),
        (LEASE, "due"),
        (LEASE + MINUTE, "due"),
    ],
)
def test_a_claim_of_another_bot_holds_as_long_as_its_lease(
    store: Store, after: timedelta, state: str
) -> None:
    plan(store, line("a"))
    claim(store, "elsewhere-1-x")

    with store.transaction(writing=True) as books:
        settle_dead(books, "net", "here-9-new", NOW + after)

    assert states(store) == [state]


def test_a_connection_that_was_cut_makes_its_own_lines_due_again(store: Store) -> None:
    plan(store, *(line(str(n)) for n in range(4)))
    one, two, three = claim(store, "here-1-a", most=3)
    claim(store, "elsewhere-1-x")
    with store.transaction(writing=True) as books:
        outbox.move(books, two, OutboxState.WRITTEN)
        outbox.move(books, three, OutboxState.WRITTEN)
        outbox.move(books, three, OutboxState.SENT)

        assert settle_cut(books, "net", "here-1-a", NOW) == 2
    assert states(store) == ["due", "due", "sent", "claimed"]
    assert set(claim(store)) == {one, two}


def test_what_another_bot_has_taken_over_is_not_noted_as_ours(store: Store) -> None:
    plan(store, line("a"))
    (row,) = claim(store, "here-1-a")
    with store.transaction(writing=True) as books:
        assert outbox.note_text(books, row, "said", "here-1-a")
    with store.transaction(writing=True) as books:
        assert settle_dead(books, "net", "elsewhere-1-x", NOW + LEASE) == 1
    for _ in range(2):
        with store.transaction(writing=True) as books:
            assert not outbox.note_text(books, row, "said", "here-1-a")
            assert not outbox.move(books, row, OutboxState.WRITTEN, owner="here-1-a")
        claim(store, "elsewhere-1-x", now=NOW + LEASE)  # nor once that one holds it


def test_alone_on_a_network_everybody_else_is_dead(store: Store) -> None:
    plan(store, line("a"), line("b"))
    claim(store, "elsewhere-1-x", most=1)
    claim(store, "here-9-new", most=1)
    with store.transaction(writing=True) as books:
        owners = [held.owner for held in settling.held(books, "net", "here-9-new", NOW)]
        both = [held.owner for held in settling.held(books, "net", "here-9-new", NOW, alone=True)]
    assert owners == ["here-9-new"]
    assert both == ["elsewhere-1-x", "here-9-new"]


# --- planning


def season(store: Store, *deadlines: Deadline, **series: Weekly) -> None:
    with store.transaction(writing=True) as books:
        folder = SeasonFolder(SEASON, deadlines=deadlines, series=tuple(series.items()))
        reading_in.season_folder(books, deed("folder"), folder)


def planned(store: Store, now: datetime = NOW) -> list[tuple[datetime, str]]:
    with store.transaction(writing=True) as books:
        plan_season(books, SEASON, [ROOM], [ORGANISERS], now)
        return [(due, target) for due, _, target, _ in outbox.waiting(books)]


APPLY = Deadline("apply", "Apply", at=NOW + timedelta(days=3))


def test_planning_twice_plans_once(store: Store) -> None:
    season(store, APPLY, office=Weekly(2, time(16), "UTC", 60, date(2026, 3, 4)))
    first = planned(store)

    assert planned(store) == first
    assert planned(store, NOW + MINUTE)[: len(first)] == first


def test_a_deadline_is_counted_down_where_it_concerns(store: Store) -> None:
    theirs = Deadline("org", "Org", at=APPLY.at, audience=Audience.ORGANISERS)
    season(store, APPLY, theirs)
    at = NOW + timedelta(days=3)
    asked = (at - 12 * HOUR, "#org")

    assert planned(store) == sorted(
        [asked, *((at - h * HOUR, room) for h in (48, 24, 6, 1) for room in ("#gsoc", "#org"))]
    )


def test_a_date_that_was_moved_is_reminded_of_at_its_new_moment_alone(store: Store) -> None:
    season(store, APPLY)
    planned(store)
    moved = NOW + timedelta(days=3, hours=5)

    season(store, Deadline("apply", "Apply", at=moved))

    assert planned(store) == [(moved - h * HOUR, "#gsoc") for h in (48, 24, 6, 1)]


@pytest.mark.parametrize("gone", [(), (Deadline("apply", "Apply", day=date(2026, 3, 5)),)])
def test_a_date_that_was_taken_back_is_not_reminded_of(
    store: Store, gone: tuple[Deadline, ...]
) -> None:
    season(store, APPLY)
    planned(store)

    season(store, *gone)

    assert planned(store) == []


def test_an_office_hour_that_was_moved_is_announced_at_its_new_hour_alone(store: Store) -> None:
    begin = date(2026, 3, 4)
    season(store, office=Weekly(2, time(16), "UTC", 60, begin, begin))
    planned(store)

    season(store, office=Weekly(2, time(18), "UTC", 60, begin, begin))

    start = datetime(2026, 3, 4, 18, tzinfo=NOW.tzinfo)
    assert planned(store) == sorted(
        [(start - 24 * HOUR, "#org"), *((start - h * HOUR, "#gsoc") for h in (24, 1, 0))]
    )


def test_what_others_have_planned_is_left_alone(store: Store) -> None:
    plan(store, line("somebody's", target="#theirs"), line("network's", network="other"))

    assert len(planned(store)) == 2


def test_what_is_held_is_not_dropped(store: Store) -> None:
    plan(store, line("held"))
    claim(store)

    planned(store)

    assert states(store) == ["claimed"]


def test_nothing_older_than_the_season_is_planned(store: Store) -> None:
    season(store, Deadline("soon", "Soon", at=NOW + 2 * HOUR))

    assert planned(store, NOW + 3 * HOUR) == [(NOW + HOUR, "#gsoc")]
