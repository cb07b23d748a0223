"""Where a private line of the outbox is said, and on whose clock."""

import json
from datetime import datetime, timedelta

import pytest

from gsocbot.delivery import Place, place, rendered
from gsocbot.irc.identity import People
from gsocbot.render.templates import IrcTemplates
from gsocbot.shipped import shipped
from gsocbot.store.outbox import Waiting
from tests.conversation import START

HOUR = timedelta(hours=1)
IN_CHANNEL = {"#gsoc": {"@mira": "mira_"}}
TEMPLATES = IrcTemplates(shipped("templates"))


def reminder(channel: str = "", zone: str = "") -> Waiting:
    facts = {"number": 7, "text": "tea", "channel": channel, "at": START.isoformat()}
    return Waiting(
        1, "@mira", True, "own_reminder", json.dumps(facts), START, START + 24 * HOUR, "test", zone
    )


@pytest.mark.parametrize(
    ("channel", "now", "up_since", "where"),
    [
        ("#gsoc", START, START - HOUR, Place("#gsoc", "mira_")),
        ("#gsoc", START + HOUR, START - HOUR, Place("mira")),
        ("#gsoc", START + HOUR, START + HOUR, Place("#gsoc", "mira_", down=True)),
        ("#other", START, START - HOUR, Place("mira")),
        ("", START, START - HOUR, Place("mira")),
        ("", START + HOUR, START + HOUR, Place("mira", down=True)),
        ("", START + HOUR, None, Place("mira")),
    ],
)
def test_a_reminder_of_a_channel_is_said_there_to_who_is_there(
    channel: str, now: datetime, up_since: datetime | None, where: Place
) -> None:
    found = place(reminder(channel), now, "mira", lambda c: IN_CHANNEL.get(c, {}), up_since)

    assert found == where


@pytest.mark.parametrize(
    ("where", "now", "line"),
    [
        (Place("mira"), START, 'Reminder 7: "tea".'),
        (Place("#gsoc", "mira_"), START, 'mira_: Reminder 7: "tea".'),
        (
            Place("mira"),
            START + HOUR,
            '(due 15:30 Asia/Kolkata, late: you were not here) Reminder 7: "tea".',
        ),
        (
            Place("#gsoc", "mira_", down=True),
            START + HOUR,
            'mira_: (due 10:00 UTC, late: I was down) Reminder 7: "tea".',
        ),
    ],
)
def test_a_channel_never_hears_of_somebodys_clock(where: Place, now: datetime, line: str) -> None:
    assert rendered(TEMPLATES, reminder("#gsoc", "Asia/Kolkata"), now, where) == line


def test_who_is_in_a_channel_is_told_apart_from_who_is_elsewhere() -> None:
    people = People(lambda: START)
    people.joined("Mira_", "#GSoC", "Mira")
    people.joined("tomas", "#other", "tomas")
    people.joined("kofi", "#gsoc", None)
    people.left("kofi", "#gsoc")

    assert people.there("#gsoc") == {"@mira": "mira_"}
    assert people.there() == {"@mira": "mira_", "@tomas": "tomas"}
