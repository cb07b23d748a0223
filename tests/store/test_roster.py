"""Who is on in office hours, and what the bot says of them of its own accord."""

from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from gsocbot.rules.recurrence import Weekly
from gsocbot.rules.roles import Role
from gsocbot.rules.seasons import SeasonFolder
from gsocbot.store import outbox, reading_in, roles, roster
from gsocbot.store.books import Books
from gsocbot.store.planning import plan_season, replan_season
from gsocbot.store.store import Store
from gsocbot.store.tables import Mentor, OfficeChange, OfficeDuty, Outbox, Person
from tests.conversation import CHANNEL, NETWORK, stage
from tests.store.conftest import NOW, SEASON, deed

HERE, THERE, ORGANISERS = ("net", "#gsoc"), ("other", "#gsoc"), ("net", "#org")
WED = Weekly(2, time(16), "Europe/London", 60, date(2026, 3, 4), date(2026, 4, 1))
FIRST = date(2026, 3, 4)
AT = datetime.fromisoformat("2026-03-04T16:00Z")
HOUR = timedelta(hours=1)


def season(store: Store, **series: Weekly) -> None:
    with store.transaction(writing=True) as books:
        folder = SeasonFolder(SEASON, series=tuple(series.items()))
        reading_in.season_folder(books, deed("folder"), folder)
        for account in ("mira", "tomas"):
            for network in ("net", "other"):
                roles.grant(books, deed(account), SEASON, network, account, Role.MENTOR)


def sign(
    books: Books,
    account: str,
    day: date | None = FIRST,
    network: str = "net",
    *,
    series: str = "office",
    off: bool = False,
) -> OfficeDuty:
    row = OfficeDuty(
        season=SEASON, series=series, day=day, network=network, account=account, off=off, at=NOW
    )
    books.add(deed("sign"), row)
    return row


def change(books: Books, day: date, **values: Any) -> None:
    row = OfficeChange(season=SEASON, series="office", day=day, at=NOW, **values)
    books.add(deed("change"), row)


def on(books: Books, day: date = FIRST, network: str = "net") -> list[str]:
    return roster.on(books, SEASON, network, "office", day)


def plan(
    books: Books, now: datetime, public: Any = (HERE,), organisers: Any = (ORGANISERS,)
) -> set[str]:
    """What waits once all is planned anew: topic, session, moment and target."""
    plan_season(books, SEASON, public, organisers, now)
    return waiting(books)


def waiting(books: Books) -> set[str]:
    return {
        f"{topic} {key.split(':')[3]} {due:%d %H:%M} {target}"
        for due, topic, target, key in outbox.waiting(books)
    }


def test_who_is_on_has_a_role_and_is_not_away(store: Store) -> None:
    season(store, office=WED)
    with store.transaction(writing=True) as books:
        for account in ("tomas", "stranger", "mira"):
            sign(books, account)
        sign(books, "mira", network="other")
        sign(books, "tomas", None)
        sign(books, "tomas", date(2026, 3, 18), off=True)

        assert on(books) == ["tomas", "mira"]
        assert on(books, network="other") == ["mira"]
        assert on(books, date(2026, 3, 11)) == ["tomas"]
        assert on(books, date(2026, 3, 18)) == []
        assert on(books, date(2026, 3, 5)) == []
        assert roster.on(books, SEASON, "net", "none", FIRST) == []
        away = Mentor(
            season=SEASON, network="net", account="tomas", away_from=AT, away_until=AT + HOUR
        )
        books.add(deed("away"), away)
        assert on(books) == ["mira"]
        roles.revoke(books, deed("off"), SEASON, "net", "mira", Role.MENTOR)
        assert on(books) == []


def test_who_is_on_stays_on_where_a_session_moves(store: Store) -> None:
    season(store, office=WED)
    with store.transaction(writing=True) as books:
        sign(books, "mira")
        change(books, FIRST, to_day=date(2026, 3, 6), to_time=time(9))
        away = Mentor(
            season=SEASON, network="net", account="mira", away_from=AT, away_until=AT + HOUR
        )
        books.add(deed("away"), away)

        assert on(books) == ["mira"]  # she is back by then


def test_all_series_come_in_order_of_their_start(store: Store) -> None:
    season(store, office=WED, early=Weekly(2, time(9), "UTC", 30, FIRST, channel="#early"))
    with store.transaction(writing=True) as books:
        change(books, date(2026, 3, 11), to_day=date(2026, 3, 10), to_time=time(12))
        found = roster.coming(books, SEASON, NOW, NOW + timedelta(days=10))

    assert [(name, f"{session.start:%d %H:%M}") for name, _, session in found] == [
        ("early", "04 09:00"),
        ("office", "04 16:00"),
        ("office", "10 12:00"),
        ("early", "11 09:00"),
    ]


def test_announcements_of_untouched_series_keep_their_keys(store: Store) -> None:
    season(store, office=WED)
    with store.transaction(writing=True) as books:
        plan_season(books, SEASON, [HERE], [ORGANISERS], NOW)
        keys = books.rows(select(col(Outbox.key)).where(col(Outbox.topic) == "office")).scalars()

        assert set(keys) >= {
            f"test:office:office:2026-03-04:-{minutes}m:net:#gsoc" for minutes in (1440, 60, 0)
        }


def test_an_empty_office_hour_is_warned_of_until_somebody_signs_up(store: Store) -> None:
    season(store, office=WED)
    with store.transaction(writing=True) as books:
        empty = "office_empty 2026-03-04 03 16:00 #org"
        assert empty in plan(books, NOW)
        row = sign(books, "mira")
        assert empty not in plan(books, NOW)
        books.remove(deed("off"), row)
        assert empty in plan(books, NOW)
        sign(books, "mira", network="other")  # somebody is on, wherever that is
        assert empty not in plan(books, NOW, (HERE, THERE))


def test_that_nobody_is_on_any_more_is_news_however_near_it_is(store: Store) -> None:
    season(store, office=WED)
    now = AT - 5 * HOUR
    with store.transaction(writing=True) as books:
        row = sign(books, "mira")
        plan(books, now)
        books.remove(deed("off"), row)
        replan_season(books, SEASON, [HERE], [ORGANISERS], now)

        assert "office_empty 2026-03-04 03 16:00 #org" in waiting(books)


def test_without_a_channel_of_their_own_organisers_hear_it_in_private(store: Store) -> None:
    season(store, office=WED)
    with store.transaction(writing=True) as books:
        for network in ("net", "far"):
            roles.grant(books, deed("o"), SEASON, network, "odile", Role.ORGANISER)
        found = plan(books, NOW, (HERE,), ())

    assert {line for line in found if line.startswith("office_empty")} == {
        "office_empty 2026-03-04 03 16:00 @odile"
    }


def test_a_series_with_a_channel_is_announced_only_there(store: Store) -> None:
    season(store, office=Weekly(2, time(16), "UTC", 60, FIRST, FIRST, channel="#late"))
    rooms = [HERE, ("net", "#late"), ("other", "#late")]
    with store.transaction(writing=True) as books:
        assert plan(books, NOW, rooms) >= {"office 2026-03-04 04 16:00 #late"}
        rows = outbox.waiting(books)

    places = {key.split(":", 5)[5] for _, topic, _, key in rows if topic == "office"}
    assert places == {"net:#late", "other:#late"}


def test_who_is_on_and_who_wants_it_is_told_in_private(store: Store) -> None:
    season(store, office=WED)
    with store.transaction(writing=True) as books:
        sign(books, "mira")
        for account, wanted in (("priya", True), ("wenjie", False), ("mira", True)):
            books.add(
                deed("me"),
                Person(season=SEASON, network="net", account=account, office=wanted),
            )
        far = Person(season=SEASON, network="far", account="sofia", office=True)
        books.add(deed("me"), far)
        found = plan(books, NOW + HOUR * 24)

    assert {line for line in found if line.startswith("office_you")} == {
        "office_you 2026-03-04 04 15:00 @mira",
        "office_you 2026-03-04 04 15:00 @priya",
    }


def test_what_is_left_out_is_not_announced_and_what_moves_is_announced_anew(store: Store) -> None:
    season(store, office=WED)
    with store.transaction(writing=True) as books:
        plan(books, NOW)
        change(books, FIRST, skipped=True, why="holiday")
        change(books, date(2026, 3, 11), to_day=date(2026, 3, 12), to_time=time(9))
        plan(books, NOW)
        lines = [(due, key) for due, topic, _, key in outbox.waiting(books) if topic == "office"]

    assert [(f"{due:%d %H:%M}", key.split(":office:", 1)[1][:28]) for due, key in lines[:4]] == [
        ("11 09:00", "office:2026-03-11>2026-03-12"),
        ("12 08:00", "office:2026-03-11>2026-03-12"),
        ("12 09:00", "office:2026-03-11>2026-03-12"),
        ("17 16:00", "office:2026-03-18:-1440m:net"),
    ]


def test_what_is_taken_back_is_planned_again_at_once() -> None:
    def announced() -> bool:
        with on_stage.store.transaction(writing=False) as books:
            return any(":2026-03-04:-60m:" in key for *_, key in outbox.waiting(books))

    on_stage = stage()
    with on_stage.store.transaction(writing=True) as books:
        roles.grant(books, deed("o"), "test", NETWORK, "odile", Role.ORGANISER)
    on_stage.tick(NOW)
    assert announced()
    for line, planned in (("!office skip 4 mar ill", False), ("!undo", True)):
        on_stage.hear("odile", False, CHANNEL, line, action=False)
        assert announced() is planned
