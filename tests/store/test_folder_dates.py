"""A date that the season's folder moves is moved as on IRC: reminders follow, none is late."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col

from gsocbot import app
from gsocbot.rules.outbox import OutboxState
from gsocbot.rules.roles import Role
from gsocbot.rules.timeline import Deadline
from gsocbot.store import deadlines, importing_dates, roles, seasons
from gsocbot.store.tables import Outbox
from tests.conversation import NETWORK, ORGANISERS, Stage, config, stage

NOW = datetime.fromisoformat("2026-03-23T18:00Z")
SLUG = "applications-close"


@pytest.fixture
def on(url: str) -> Iterator[Stage]:
    """Give the bot on a store, eight days before applications close, with all planned."""
    on = stage(url)
    on.tick(NOW)
    yield on
    on.store.close()


def read(on: Stage, at: str, slug: str = SLUG) -> None:
    """Read the folder with a date on another moment, as at the start and on SIGHUP."""
    read_with(on, slug, at=datetime.fromisoformat(at))


def read_with(on: Stage, slug: str = SLUG, **facts: Any) -> None:
    """Read the folder with a date of which it says something else."""
    folder = on.folders["test"]
    dates = tuple(replace(d, **facts) if d.slug == slug else d for d in folder.deadlines)
    app.keep_seasons(on.store, {"test": replace(folder, deadlines=dates)}, on.now, config())


def reminders(on: Stage, state: OutboxState) -> list[datetime]:
    """When what stands in a state was to be said of the end of applications."""
    key = col(Outbox.key).startswith(f"test:deadline:{SLUG}:")
    found = select(col(Outbox.due)).where(key, col(Outbox.state) == state).order_by(Outbox.due)
    with on.store.transaction(writing=False) as books:
        return list(books.rows(found).scalars())


def sequence(on: Stage) -> int:
    with on.store.transaction(writing=False) as books:
        row = deadlines.row(books, "test", SLUG)
        assert row is not None
        return row.sequence


def said(on: Stage, at: str) -> list[str]:
    says = on.tick(datetime.fromisoformat(at))
    return [say.text for say in says if "applications close" in say.text]


def test_what_a_moved_date_would_have_said_before_is_skipped(on: Stage) -> None:
    read(on, "2026-03-26T12:00Z")

    at = datetime.fromisoformat("2026-03-26T12:00Z")
    assert reminders(on, OutboxState.DUE) == [at - timedelta(hours=h) for h in (48, 24, 6, 1)]
    assert reminders(on, OutboxState.SKIPPED) == [at - timedelta(days=d) for d in (14, 7)]
    assert said(on, "2026-03-23T18:01Z") == []
    assert said(on, "2026-03-24T12:00Z") == [
        "Contributor applications close Thu 26 Mar 12:00 UTC (in 2 d)."
    ]


def test_what_went_by_while_the_bot_was_down_is_late_all_the_same(on: Stage) -> None:
    on.now = datetime.fromisoformat("2026-03-24T20:00Z")
    read(on, "2026-04-20T18:00Z", "ranking")

    assert said(on, "2026-03-24T20:00Z") == [
        "(late, meant for Tue 24 Mar 18:00 UTC) Contributor applications close "
        "Tue 31 Mar 18:00 UTC (in 6 d 22 h)."
    ]


def test_what_the_old_date_had_to_say_is_not_said_of_the_new_one(on: Stage) -> None:
    on.now = datetime.fromisoformat("2026-03-24T20:00Z")
    read(on, "2026-04-01T12:00Z")

    assert said(on, "2026-03-24T20:00Z") == []
    assert said(on, "2026-03-25T12:00Z") == [
        "Contributor applications close Wed 1 Apr 12:00 UTC (in 7 d)."
    ]


def test_a_move_raises_the_sequence_once_however_often_it_is_read(on: Stage) -> None:
    assert sequence(on) == 0
    for _ in range(3):
        read(on, "2026-03-26T12:00Z")
    assert sequence(on) == 1
    read(on, "2026-03-31T18:00Z")
    assert sequence(on) == 2


def test_what_nobody_had_planned_yet_is_late_too(url: str) -> None:
    on = stage(url)
    on.tick(on.now)
    on.now = datetime.fromisoformat("2026-04-13T20:00Z")  # more than is planned ahead
    read(on, "2026-08-25T18:00Z", "final-work")

    ranked = [s.text for s in on.tick(on.now) if "ranked" in s.text]
    assert ranked == [
        "(late, meant for Sun 12 Apr 18:00 UTC) Proposals ranked, ours: Sun 19 Apr 18:00 UTC "
        "(in 5 d 22 h). [Google's: Tue 21 Apr 18:00 UTC] When it is done: !ack ranking"
    ]
    on.store.close()


# --- what was changed on IRC


def organiser_says(on: Stage, *lines: str) -> None:
    """Have an organiser say something in their channel."""
    with on.store.transaction(writing=True) as books:
        deed = app.deed_of_shell(on.now, "test", "role add odile")
        roles.grant(books, deed, "test", NETWORK, "odile", Role.ORGANISER)
    for line in lines:
        on.hear("odile", False, ORGANISERS, line, action=False)


def date(on: Stage, slug: str = SLUG) -> Deadline:
    with on.store.transaction(writing=False) as books:
        return next(d for d in seasons.deadlines(books, "test") if d.slug == slug)


MOVED = datetime.fromisoformat("2026-04-05T12:00Z")
MOVE = f"!deadline move {SLUG} 5 apr 12:00"


def test_what_the_folder_has_not_changed_stays_as_on_irc(
    on: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    organiser_says(on, MOVE, f"!deadline internal {SLUG} -12h", f"!deadline remind {SLUG} 3d")
    before = date(on)

    read_with(on, title="applications end")

    assert date(on) == replace(before, title="applications end")
    assert (before.at, before.ours, before.sequence) == (MOVED, timedelta(hours=12), 1)
    assert before.offsets == (timedelta(days=3),)
    assert caplog.messages == []
    read_with(on, title="applications end")
    assert date(on).at == MOVED


def test_what_both_have_changed_is_the_folder_s_and_is_logged(
    on: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    organiser_says(on, MOVE, f"!deadline internal {SLUG} -12h")

    for _ in range(2):
        read(on, "2026-04-02T18:00Z")

    assert date(on).at == datetime.fromisoformat("2026-04-02T18:00Z")
    assert (date(on).ours, date(on).sequence) == (timedelta(hours=12), 2)
    assert caplog.messages == [
        "season test: 0 new, 0 changed, the folder's taken, changed on IRC too: "
        "applications-close (at)"
    ]


def test_what_both_have_changed_alike_is_nothing(
    on: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    organiser_says(on, MOVE)

    read(on, "2026-04-05T12:00Z")

    assert (date(on).at, date(on).sequence, caplog.messages) == (MOVED, 1, [])
    read(on, "2026-04-06T12:00Z")
    assert (date(on).sequence, caplog.messages) == (2, [])


def test_a_file_that_is_imported_later_does_not_take_it_for_the_folder_s(on: Stage) -> None:
    said = date(on)
    organiser_says(on, MOVE)
    read_with(on, title="applications end")

    with on.store.transaction(writing=True) as books:
        deed = app.deed_of_shell(on.now, "test", "!deadline import x.toml")
        file = [replace(said, at=said.at and said.at + timedelta(hours=1))]
        done = importing_dates.deadlines(books, deed, "test", file, "!deadline import ", "")

    assert done.clashes == (SLUG,)
    assert date(on).at == MOVED


def test_a_date_of_irc_that_the_folder_has_now_keeps_what_is_not_stated_there(
    on: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    organiser_says(
        on, "!deadline add logo 5 may 12:00 the logo is drawn", "!deadline internal logo -12h"
    )
    folder = on.folders["test"]
    at = datetime.fromisoformat("2026-05-06T12:00Z")
    dates = (*folder.deadlines, Deadline("logo", "the logo is drawn", at))
    app.keep_seasons(on.store, {"test": replace(folder, deadlines=dates)}, on.now, config())

    assert (date(on, "logo").at, date(on, "logo").ours) == (at, timedelta(hours=12))
    assert caplog.messages == [
        "season test: 0 new, 0 changed, the folder's taken, changed on IRC too: logo (at)"
    ]
