"""Office hours in two channels at once: each is announced, shown and skipped where it is held."""

from collections.abc import Iterator

import pytest

from gsocbot.bot import Bot
from gsocbot.config import Channel
from gsocbot.rules.roles import Role
from gsocbot.store import outbox, roles
from tests.conversation import CHANNEL, NETWORK, Stage, config, stage
from tests.store.conftest import deed

LATE = "#late"
ADD = f"!office add weekly wed 16:00 Europe/London 60m {LATE}"


@pytest.fixture
def on() -> Iterator[Stage]:
    """Give a bot that is in two public channels, with a series in one of them."""
    on = stage()
    network = config().network[NETWORK]
    channels = {**network.channels, LATE: Channel(season="test")}
    both = config().model_copy(
        update={"network": {NETWORK: network.model_copy(update={"channels": channels})}}
    )
    on.bot = Bot(both, on.store, on.folders, on.outside)
    with on.store.transaction(writing=True) as books:
        roles.grant(books, deed("o"), "test", NETWORK, "odile", Role.ORGANISER)
    yield on
    on.store.close()


def says(on: Stage, line: str, channel: str = CHANNEL) -> str:
    (said,) = on.hear("odile", False, channel, line, action=False)
    return said.text.removeprefix("odile: ")


def due(on: Stage, topic: str) -> list[str]:
    """Where something of a topic is to be said."""
    with on.store.transaction(writing=False) as books:
        return sorted(target for _, about, target, _ in outbox.waiting(books) if about == topic)


def test_what_is_held_everywhere_leaves_no_room_for_another(on: Stage) -> None:
    assert says(on, ADD) == "Wed 4 Mar 16:00 UTC overlaps with office, Wed 4 Mar 16:00 UTC"


def test_two_at_a_time_are_told_apart_by_name(on: Stage) -> None:
    says(on, ADD.replace("16:00", "17:00"))
    says(on, f"!office add weekly wed 17:00 Europe/London 60m {CHANNEL}")

    assert says(on, "!office skip 4 mar 17:00 ill") == (
        "there are several: Wed 4 Mar 17:00 UTC (office-2) · Wed 4 Mar 17:00 UTC (office-3). "
        "Say the hour too, or its name first"
    )
    assert says(on, "!office skip office-2 11 mar ill") == "Wed 11 Mar 17:00 UTC is skipped (ill)."


def test_a_skip_is_said_where_the_office_hour_is_held(on: Stage) -> None:
    says(on, ADD.replace("16:00", "17:00"))
    says(on, "!office skip office-2 11 mar ill")
    assert due(on, "office_changed") == [LATE]

    says(on, "!office skip office-2 18 mar ill", LATE)
    assert due(on, "office_changed") == [LATE]  # there all have read it
    says(on, "!office skip office 18 mar ill", LATE)
    assert due(on, "office_changed") == [CHANNEL, LATE]


def test_where_it_is_held_is_said_elsewhere(on: Stage) -> None:
    says(on, "!office skip 4 mar ill")
    says(on, ADD.replace("weekly wed 16:00", "once 3 mar 16:00"))

    assert "60 min, in #late." in says(on, "!office")
    assert "60 min, here." in says(on, "!office", LATE)
    assert "Tue 3 Mar 16:00 UTC #late (nobody yet)" in says(on, "!office list")
