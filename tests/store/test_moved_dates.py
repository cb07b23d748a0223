"""A date that is moved takes its reminders along, in one transaction, whatever is under way."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col

from gsocbot import app
from gsocbot.rules.outbox import OutboxState
from gsocbot.rules.roles import Role
from gsocbot.store import deadlines, outbox, reading_dates, roles, seasons
from gsocbot.store.tables import Deadline, Outbox
from gsocbot.talk import Say
from tests.conversation import CHANNEL, NETWORK, ORGANISERS, Stage, stage
from tests.store.test_outbox import settle_cut

DUE = datetime.fromisoformat("2026-03-24T18:00Z")
"""A week before applications close."""
MOVE = "!deadline move applications-close {}"


@pytest.fixture
def on(url: str) -> Iterator[Stage]:
    """Give the bot on a store, with an organiser."""
    on = stage(url, now=DUE - timedelta(days=1))
    with on.store.transaction(writing=True) as books:
        deed = app.deed_of_shell(on.now, "test", "role add odile")
        roles.grant(books, deed, "test", NETWORK, "odile", Role.ORGANISER)
    yield on
    on.store.close()


def says(on: Stage, line: str, channel: str | None = CHANNEL) -> list[str]:
    return [say.text for say in on.hear("odile", False, channel, line, action=False)]


def reminders(on: Stage, state: OutboxState = OutboxState.DUE) -> list[datetime]:
    """When something is said of the end of applications, of what stands in a state."""
    found = (
        select(col(Outbox.due))
        .where(
            col(Outbox.key).startswith("test:deadline:applications-close:"),
            col(Outbox.state) == state,
        )
        .order_by(col(Outbox.due))
    )
    with on.store.transaction(writing=False) as books:
        return list(books.rows(found).scalars())


def counted_down(moment: str) -> list[datetime]:
    """When people are reminded of a moment that is less than two weeks away."""
    at = datetime.fromisoformat(moment)
    return [at - timedelta(hours=h) for h in (168, 48, 24, 6, 1)]


def about(said: list[Say], what: str) -> list[str]:
    return [say.text for say in said if what in say.text]


def test_the_reminders_are_of_the_new_date_before_the_next_tick(on: Stage) -> None:
    on.tick(on.now)
    assert reminders(on) == counted_down("2026-03-31T18:00Z")

    says(on, MOVE.format("5 apr 12:00"))

    assert reminders(on) == counted_down("2026-04-05T12:00Z")
    with on.store.transaction(writing=False) as books:
        (date,) = (d for d in seasons.deadlines(books, "test") if d.slug == "applications-close")
    assert (date.at, date.sequence) == (datetime.fromisoformat("2026-04-05T12:00Z"), 1)


def test_what_would_have_been_due_already_is_not_said_as_late(on: Stage) -> None:
    on.tick(on.now)

    says(on, MOVE.format("26 mar 12:00"))

    assert about(on.tick(on.now + timedelta(seconds=30)), "applications close") == []
    said = about(on.tick(datetime.fromisoformat("2026-03-24T12:00Z")), "applications close")
    assert said == ["Contributor applications close Thu 26 Mar 12:00 UTC (in 2 d)."]


@pytest.mark.parametrize("written", [False, True])
@pytest.mark.parametrize("cut", [False, True])
def test_what_is_under_way_while_its_date_moves_is_said_at_most_once(
    on: Stage, written: bool, cut: bool
) -> None:
    on.bot.tick(DUE)
    on.now = DUE
    with on.store.transaction(writing=True) as books:
        (row,) = (
            w.id
            for w in outbox.claim(books, NETWORK, "boot-1-a", DUE, [CHANNEL], 100)
            if w.topic == "deadline"
        )
        if written:
            outbox.move(books, row, OutboxState.WRITTEN, text="said")

    says(on, MOVE.format("5 apr 12:00"))
    with on.store.transaction(writing=True) as books:
        if cut:
            settle_cut(books, NETWORK, "boot-1-a", DUE)
        else:
            outbox.move(books, row, OutboxState.WRITTEN)
            outbox.move(books, row, OutboxState.SENT, at=DUE)

    assert about(on.tick(DUE + timedelta(minutes=1)), "applications close") == []
    again = about(on.tick(datetime.fromisoformat("2026-03-29T12:00Z")), "applications close")
    assert again == ["Contributor applications close Sun 5 Apr 12:00 UTC (in 7 d)."]
    assert reminders(on, OutboxState.CLAIMED) == reminders(on, OutboxState.WRITTEN) == []


def test_a_move_that_is_taken_back_brings_back_what_was_not_said(on: Stage) -> None:
    on.tick(on.now)
    before = reminders(on)
    says(on, MOVE.format("5 apr 12:00"))
    says(on, "!yes")

    assert says(on, "!undo") == [
        "odile: taken back: applications-close is Tue 31 Mar 18:00 UTC again."
    ]

    assert reminders(on) == before
    assert about(on.tick(on.now), "New date") == []
    with on.store.transaction(writing=False) as books:
        row = deadlines.row(books, "test", "applications-close")
        assert row is not None
        assert row.sequence == 2  # calendars hear of both


def test_two_moves_are_taken_back_one_after_the_other(on: Stage) -> None:
    for day in (5, 6):
        says(on, MOVE.format(f"{day} apr 12:00"))
        on.now += timedelta(minutes=1)

    assert says(on, "!undo") == [
        "odile: taken back: applications-close is Sun 5 Apr 12:00 UTC again."
    ]
    on.now += timedelta(seconds=1)
    assert says(on, "!undo") == [
        "odile: taken back: applications-close is Tue 31 Mar 18:00 UTC again."
    ]


def test_irc_stays_until_the_line_of_the_folder_changes(on: Stage) -> None:
    says(on, MOVE.format("5 apr 12:00"))
    says(on, "!deadline remind applications-close 3d")
    said = on.folders["test"].deadlines

    def read(*, moved: bool) -> Deadline:
        dates = [
            replace(d, at=d.at + timedelta(hours=1))
            if moved and d.at and d.slug == "applications-close"
            else d
            for d in said
        ]
        with on.store.transaction(writing=True) as books:
            reading_dates.deadlines(
                books, app.deed_of_folder(on.now, "test"), "test", dates, whole_folder=True
            )
            row = deadlines.row(books, "test", "applications-close")
            assert row is not None
            return row

    kept = read(moved=False)
    assert (kept.at, kept.sequence) == (datetime.fromisoformat("2026-04-05T12:00Z"), 1)
    taken = read(moved=True)
    assert (taken.at, taken.sequence) == (datetime.fromisoformat("2026-03-31T19:00Z"), 2)
    assert taken.offsets == str(3 * 24 * 60)


def test_a_mentor_who_is_none_any_more_is_not_reminded(on: Stage) -> None:
    with on.store.transaction(writing=True) as books:
        deed = app.deed_of_shell(on.now, "test", "role add mira")
        roles.grant(books, deed, "test", NETWORK, "mira", Role.MENTOR)
    says(on, "!deadline add logo 26 mar 12:00 the logo is drawn for mentors")
    on.bot.tick(on.now)
    with on.store.transaction(writing=True) as books:
        waiting = {target for _, _, target, key in outbox.waiting(books) if ":logo:" in key}
        roles.revoke(books, deed, "test", NETWORK, "mira", Role.MENTOR)
    assert waiting == {CHANNEL, "@mira"}

    on.bot.tick(on.now)

    with on.store.transaction(writing=False) as books:
        waiting = {target for _, _, target, key in outbox.waiting(books) if ":logo:" in key}
    assert waiting == {CHANNEL}


# --- what was not said


def fail(on: Stage, target: str, why: str) -> None:
    """Have the server refuse what is due for a target."""
    with on.store.transaction(writing=True) as books:
        for row in outbox.claim(books, NETWORK, "boot-1-a", on.now, [target], 100):
            outbox.move(books, row.id, OutboxState.WRITTEN, text=f"line {row.id}")
            outbox.move(books, row.id, OutboxState.FAILED, why=why)


def test_organisers_hear_once_a_day_what_a_channel_did_not_take(on: Stage) -> None:
    on.now = DUE
    on.bot.tick(DUE)
    fail(on, CHANNEL, "404")

    first = [s for s in on.tick(DUE + timedelta(seconds=30)) if "did not take" in s.text]
    assert [s.target for s in first] == [ORGANISERS]
    assert first[0].text.startswith(
        "test did not take 2 lines of mine for #gsoc: I may not speak there (404). It was: line"
    )
    assert about(on.tick(DUE + timedelta(hours=1)), "did not take") == []


def test_what_a_channel_did_not_take_is_said_there_later_while_it_is_of_use(on: Stage) -> None:
    on.now = DUE
    on.bot.tick(DUE)
    fail(on, CHANNEL, "404")

    assert about(on.tick(DUE + timedelta(minutes=59)), "applications close") == []
    (again,) = about(on.tick(DUE + timedelta(hours=2)), "applications close")
    assert again.startswith("(late, meant for Tue 24 Mar 18:00 UTC) Contributor applications")
    assert about(on.tick(DUE + timedelta(hours=4)), "applications close") == []


def test_what_is_of_no_use_any_more_is_not_tried_again(on: Stage) -> None:
    on.now = DUE
    on.bot.tick(DUE)
    fail(on, CHANNEL, "404")

    (said,) = about(on.tick(DUE + timedelta(days=5)), "applications close")
    assert said == "Contributor applications close Tue 31 Mar 18:00 UTC (in 2 d)."
    assert reminders(on, OutboxState.FAILED) == [DUE]


def test_what_the_organisers_channel_did_not_take_is_told_to_each_of_them(on: Stage) -> None:
    on.there["@odile"] = "odile"
    on.now = datetime.fromisoformat("2026-04-05T18:00Z")
    on.bot.tick(on.now)
    fail(on, ORGANISERS, "442")

    told = [s for s in on.tick(on.now + timedelta(seconds=30)) if "did not take" in s.text]

    assert [(s.target, "I am not in it (442)" in s.text) for s in told] == [("odile", True)]


def test_what_went_by_is_told_once_and_what_was_made_up_for_is_not(on: Stage) -> None:
    on.tick(DUE)
    on.bot.tick(DUE + timedelta(minutes=1))
    end = datetime.fromisoformat("2026-03-31T18:00Z")

    # Only the last hour is left: the farther reminders are made up for by the nearest.
    assert about(on.tick(end - timedelta(minutes=30)), "went by") == []
    assert about(on.tick(end + timedelta(minutes=1)), "went by") == []


def test_one_line_tells_of_all_that_went_by_until_it_is_said(on: Stage) -> None:
    says(on, "!deadline add tea 25 mar 12:00 tea is made")
    on.bot.tick(DUE)
    for later in ("2026-03-25T12:00Z", "2026-03-25T12:01Z", "2026-03-31T18:00Z"):
        on.bot.tick(datetime.fromisoformat(later))

    (said,) = about(on.tick(datetime.fromisoformat("2026-03-31T18:01Z")), "went by")

    assert said == (
        "While I was away 8 reminders went by: tea is made Wed 25 Mar 12:00 UTC (#gsoc) · "
        "contributor applications close Tue 31 Mar 18:00 UTC (#gsoc)."
    )
