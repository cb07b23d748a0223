"""Series of office hours: what the folder says of them, and what IRC has planned beside it."""

import json
from dataclasses import replace
from datetime import date, time
from typing import Any

from gsocbot.rules.recurrence import Weekly
from gsocbot.store import audit, seasons, tables
from gsocbot.store.store import Store
from tests.store.conftest import NOW, SEASON, deed
from tests.store.test_reading_in import WEEKLY, folder, read


def plan_on_irc(store: Store, name: str, **values: Any) -> None:
    """Somebody plans a series, skips a session of it, and signs up."""
    wed = {"weekday": 2, "time": time(16), "zone": "UTC", "minutes": 60, "first": WEEKLY.first}
    of = {"season": SEASON, "series": name}
    with store.transaction(writing=True) as books:
        row = tables.Series(season=SEASON, name=name, **(wed | values))
        day = date(2026, 3, 11)
        books.add(deed("plan"), row)
        books.add(deed("skip"), tables.OfficeChange(**of, day=day, skipped=True, at=NOW))
        books.add(deed("on"), tables.OfficeDuty(**of, network="net", account="mira", at=NOW))


def told_of_series(store: Store) -> dict[str, tuple[time, int, int]]:
    """When each series is, how many changes it has, and who many have signed up."""
    with store.transaction(writing=False) as books:
        assert list(audit.contradictions(books)) == []
        return {
            name: (
                weekly.time,
                len(books.every(tables.OfficeChange, season=SEASON, series=name)),
                len(books.every(tables.OfficeDuty, season=SEASON, series=name)),
            )
            for name, weekly in seasons.series(books, SEASON).items()
        }


def test_office_hours_that_irc_has_planned_stay(store: Store) -> None:
    read(store, folder(series=(("office", WEEKLY),)))
    plan_on_irc(store, "office-2", time=time(20))

    read(store, folder(series=(("office", WEEKLY),)))
    assert told_of_series(store) == {"office": (WEEKLY.time, 0, 0), "office-2": (time(20), 1, 1)}
    read(store, folder())
    assert told_of_series(store) == {"office-2": (time(20), 1, 1)}


def test_a_series_that_the_folder_drops_takes_with_it_what_was_said_of_its_sessions(
    store: Store,
) -> None:
    plan_on_irc(store, "office", time=WEEKLY.time, zone=WEEKLY.zone, weekday=WEEKLY.weekday)
    read(store, folder(series=(("office", WEEKLY),)))
    assert told_of_series(store) == {"office": (WEEKLY.time, 1, 1)}

    read(store, folder())

    with store.transaction(writing=False) as books:
        assert not books.every(tables.OfficeChange, season=SEASON)
        assert not books.every(tables.OfficeDuty, season=SEASON)


def test_another_series_of_the_folder_takes_the_name_and_not_the_place(store: Store) -> None:
    plan_on_irc(store, "office", time=time(20))

    for _ in range(2):
        read(store, folder(series=(("office", WEEKLY),)))

    assert told_of_series(store) == {"office-2": (time(20), 1, 1), "office": (WEEKLY.time, 0, 0)}


def test_an_end_that_irc_has_set_stays_until_the_folder_sets_another(store: Store) -> None:
    def ends(weekly: Weekly) -> date | None:
        read(store, folder(series=(("office", weekly),)))
        with store.transaction(writing=False) as books:
            return seasons.series(books, SEASON)["office"].last

    ends(WEEKLY)
    early, late = date(2026, 4, 1), date(2026, 6, 1)
    with store.transaction(writing=True) as books:
        (row,) = books.every(tables.Series, season=SEASON)
        books.change(deed("drop"), row, last=early)

    assert ends(WEEKLY) == early
    assert ends(replace(WEEKLY, minutes=90)) == early
    assert ends(replace(WEEKLY, minutes=90, last=late)) == late


def test_what_was_read_before_series_had_channels_is_no_change(store: Store) -> None:
    read(store, folder(series=(("office", WEEKLY),)))

    with store.transaction(writing=False) as books:
        (row,) = books.every(tables.Series, season=SEASON)
        assert set(json.loads(row.imported)) == {
            "weekday", "time", "zone", "minutes", "first", "last", "title",
        }  # fmt: skip
