"""What people do on IRC and in the folder, as programs that follow the calendars see it."""

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from gsocbot import app
from gsocbot.importers.season import read_season
from gsocbot.rules.roles import Role
from gsocbot.site.clean import clean
from gsocbot.site.pages import pages
from gsocbot.site.taking import take
from gsocbot.store import roles
from gsocbot.store.tables import OfficeChange
from tests.conversation import NETWORK, SEASON, START, Stage, stage
from tests.site.samples import TEMPLATES

Seen = dict[str, tuple[datetime, int, datetime]]
"""When each event begins, its SEQUENCE and its LAST-MODIFIED, by the name in its UID."""

MINUTE = timedelta(minutes=1)
RANKING = datetime(2026, 4, 21, 18, tzinfo=UTC)
OURS = RANKING - timedelta(days=2)


@pytest.fixture
def on(tmp_path: Path) -> Iterator[Stage]:
    """Give the bot with an organiser and a season's folder that may be changed."""
    folder = tmp_path / "test"
    shutil.copytree(SEASON, folder)
    on = stage(season=folder)
    with on.store.transaction(writing=True) as books:
        deed = app.deed_of_shell(on.now, "test", "role add odile")
        roles.grant(books, deed, "test", NETWORK, "odile", Role.ORGANISER)
    yield on
    on.store.close()


def says(on: Stage, *lines: str) -> list[str]:
    """A minute later each, odile says something in private."""
    said = []
    for line in lines:
        on.now += MINUTE
        said += [say.text for say in on.hear("odile", False, None, line, action=False)]
    return said


def site(on: Stage) -> dict[str, bytes]:
    with on.store.transaction(writing=False) as books:
        return pages(clean(take(books, ["test"])), "https://x.example/", TEMPLATES, START)


def seen(on: Stage, name: str = "organisers") -> Seen:
    found = Calendar.from_ical(site(on)[f"test/{name}.ics"]).walk("VEVENT")
    return {
        str(e["uid"]).partition("@")[0]: (e["dtstart"].dt, e["sequence"], e["last-modified"].dt)
        for e in found
    }


def changed(on: Stage, before: Seen, name: str = "organisers") -> Seen:
    """The events that are new or say something else; no other may have gone."""
    after = seen(on, name)
    assert set(before) <= set(after)
    return {uid: facts for uid, facts in after.items() if before.get(uid) != facts}


def test_a_moved_date_takes_ours_along_and_keeps_both_names(on: Stage) -> None:
    before = seen(on)
    assert before["ranking"] == (RANKING, 0, START)
    assert before["ranking.ours"] == (OURS, 0, START)

    says(on, "!deadline move ranking 23 apr 18:00")

    later = timedelta(days=2)
    assert changed(on, before) == {
        "ranking": (RANKING + later, 1, on.now),
        "ranking.ours": (OURS + later, 1, on.now),
    }


def test_a_move_that_is_taken_back_is_one_more_move(on: Stage) -> None:
    before = seen(on)

    says(on, "!deadline move ranking 23 apr 18:00", "!undo")

    assert changed(on, before) == {
        "ranking": (RANKING, 2, on.now),
        "ranking.ours": (OURS, 2, on.now),
    }


def test_ours_moves_without_googles(on: Stage) -> None:
    before = seen(on)

    says(on, "!deadline internal ranking 5d")

    found = changed(on, before)
    assert found["ranking.ours"] == (RANKING - timedelta(days=5), 1, on.now)
    assert found["ranking"][0] == RANKING


def test_a_date_that_goes_and_comes_back_under_its_name_is_newer_than_it_was(on: Stage) -> None:
    says(on, "!deadline add party 1 jun 18:00 the party for organisers")
    says(on, "!deadline move party 2 jun 18:00")
    was = seen(on)["party"]

    says(on, "!deadline drop party", "!yes")
    assert "party" not in seen(on)
    says(on, "!deadline add party 3 jun 18:00 the party for organisers")

    now = seen(on)["party"]
    assert now == (datetime(2026, 6, 3, 18, tzinfo=UTC), was[1] + 1, on.now)


def test_another_date_before_it_changes_nothing_of_a_date(on: Stage) -> None:
    before = seen(on)

    says(on, "!deadline add earlier 10 mar 18:00 something earlier for organisers")

    assert set(changed(on, before)) == {"earlier"}


def test_what_is_said_to_be_done_or_reminded_of_otherwise_changes_no_file(on: Stage) -> None:
    before = site(on)

    (said,) = says(on, "!ack ranking")
    assert said.startswith("ranking is done")
    assert site(on) == before

    says(on, "!ack ranking off", "!deadline remind ranking 3d", "!deadline remind ranking off")
    assert site(on) == before


def test_a_session_that_moves_in_the_folder_keeps_its_name_and_counts_its_moves(on: Stage) -> None:
    file = on.outside.folder("test") / "season.toml"
    before = seen(on, "mentors")
    (name,) = (uid for uid in before if uid.endswith(".office"))
    assert before[name][1:] == (0, START)

    on.now += MINUTE
    file.write_text(file.read_text().replace("time = 16:00:00", "time = 17:00:00"))
    folder = read_season("test", file.parent, TEMPLATES)
    app.keep_seasons(on.store, {"test": folder}, on.now)

    assert {uid: facts[1:] for uid, facts in changed(on, before, "mentors").items()} == {
        name: (1, on.now)
    }


WEDNESDAY = date(2026, 3, 11)


def otherwise(on: Stage, **values: object) -> None:
    """A minute later, something else is to happen with the session of Wednesday; or nothing."""
    on.now += MINUTE
    deed = app.deed_of_shell(on.now, "test", "office")
    with on.store.transaction(writing=True) as books:
        row = next(iter(books.every(OfficeChange, season="test")), None)
        if row is None:
            row = OfficeChange(season="test", series="office", day=WEDNESDAY, at=on.now, **values)
            books.add(deed, row)
        elif values:
            books.change(deed, row, **values)
        else:
            books.remove(deed, row)


def exceptions(on: Stage) -> tuple[int, int, set[tuple[int, datetime]]]:
    """How many sessions are skipped and moved; SEQUENCE and LAST-MODIFIED of all events."""
    content = site(on)["test/office.ics"]
    found = Calendar.from_ical(content).walk("VEVENT")
    stamps = {(e["sequence"], e["last-modified"].dt) for e in found}
    return content.count(b"EXDATE"), content.count(b"RECURRENCE-ID"), stamps


def test_one_session_that_is_skipped_moved_or_as_ever_again_moves_the_series(on: Stage) -> None:
    assert exceptions(on) == (0, 0, {(0, START)})

    otherwise(on, skipped=True, why="holiday")
    assert exceptions(on) == (1, 0, {(1, on.now)})

    otherwise(on, skipped=False, to_time=time(18))
    moved = on.now
    assert exceptions(on) == (0, 1, {(2, moved)})

    otherwise(on, why="the reason is in no calendar")
    assert exceptions(on) == (0, 1, {(2, moved)})

    otherwise(on)
    assert exceptions(on) == (0, 0, {(3, on.now)})
