"""A month round each change of the clocks, with kills and netsplits: everything is said once."""

import shutil
import zoneinfo
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from pathlib import Path

import pytest

from gsocbot.talk import Heard
from tests.soak.year import season as seasons
from tests.soak.year import walls
from tests.soak.year.process import Process
from tests.soak.year.run import SEED, live
from tests.soak.year.season import ZONES, Hours, Size
from tests.soak.year.subject import NETWORK, PUBLIC

WEEK = timedelta(days=7)
SMALL = Size(
    contributors=12,
    mentors=3,
    organisers=1,
    reminders=1,
    kills=1,
    splits=1,
    longest_down=timedelta(hours=12),
)
NEW_YORK = replace(
    SMALL,
    first=date(2026, 3, 4),
    last=date(2026, 3, 13),
    zones=["America/New_York"],
    kills=0,
    splits=0,
    longest_down=timedelta(hours=30),
)
HOUR = timedelta(hours=1)


def nothing(_more: int) -> None:
    """Show no progress."""


def changing(first: date, last: date) -> list[str]:
    """The zones whose clocks change in between, not just at the edge."""
    return [z for z in ZONES if any(walls.changes(z, first + WEEK, last - WEEK))]


@pytest.mark.parametrize(
    ("first", "last", "cities"),
    [
        ("2026-02-22", "2026-03-22", "New_York Los_Angeles"),
        ("2026-03-14", "2026-04-13", "Berlin London Lord_Howe Auckland Casablanca Santiago"),
        ("2026-04-10", "2026-05-08", "Cairo"),
        ("2026-09-16", "2026-10-16", "Lord_Howe Auckland"),
        ("2026-10-14", "2026-11-12", "Berlin London New_York Los_Angeles Cairo"),
    ],
)
def test_everything_is_said_once_and_in_time_when_clocks_change(
    first: str, last: str, cities: str, tmp_path: Path
) -> None:
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    zones = changing(begin, end)
    assert [z.rpartition("/")[2] for z in zones] == cities.split()

    size = replace(SMALL, first=begin, last=end, zones=zones)
    lived = live(size, SEED, tmp_path, nothing)

    assert lived.wrong == {}
    assert lived.world.counts["kills"] == size.kills
    assert lived.verdict.counts["kept"] > 60 * len(zones)


@pytest.mark.parametrize(
    ("fault", "kills", "seen"),
    [
        ("weeks", 0, {"unknown", "missing"}),
        ("grace", 4, {"missing"}),
        ("again", 6, {"said twice"}),
        ("early", 0, {"early", "missing"}),
    ],
)
def test_a_bot_that_is_wrong_on_purpose_is_found_out(
    fault: str, kills: int, seen: set[str], tmp_path: Path
) -> None:
    lived = live(replace(NEW_YORK, kills=kills), SEED, tmp_path, nothing, fault)

    assert seen <= set(lived.wrong)


def test_what_falls_due_while_the_link_is_down_comes_later_and_says_why(tmp_path: Path) -> None:
    size = replace(
        SMALL,
        first=date(2026, 5, 1),
        last=date(2026, 5, 15),
        zones=["Asia/Kolkata"],
        walls=(time(0), time(9)),
        reminders=8,
        kills=0,
        splits=3,
        kinds=["link"],
    )
    lived = live(size, SEED, tmp_path, nothing)

    assert lived.wrong == {}
    assert lived.verdict.counts["kept after a while"]


# --- another tz database


def zone_folder(folder: Path, zone: str, rules_of: str) -> Path:
    """A folder of zones in which one has the rules of another."""
    there = folder / rules_of.replace("/", "-") / zone
    there.parent.mkdir(parents=True)
    shutil.copyfile(str(files("tzdata") / "zoneinfo" / rules_of), there)
    return there.parents[zone.count("/")]


class Bot:
    """A bot, and what it has said so far, each line behind its day and hour."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._now = datetime(2026, 4, 20, 10, tzinfo=UTC)
        self._process: Process | None = None
        self.said: list[str] = []

    def start(self, zones: Path) -> None:
        """Start it, in the place of the one that ran, with these zones."""
        self.stop()
        self._process = Process(
            self._folder, self._now, "", self._hear, lambda: None, lambda: None, zones=zones
        )
        self._process.ask("there", {"ana": "ana"}, [PUBLIC])

    def stop(self) -> None:
        """End it."""
        if self._process is not None:
            self._process.kill()

    def ask(self, text: str) -> None:
        """Ana says something in private."""
        assert self._process is not None
        heard = Heard(NETWORK, "ana", "ana", None, text, self._now, "gsocbot", shared=(PUBLIC,))
        self._process.ask("hear", heard)

    def until(self, *moment: int) -> None:
        """Let time pass, an hour at a time."""
        assert self._process is not None
        while self._now < datetime(2026, *moment, tzinfo=UTC):
            self._now += HOUR
            self._process.ask("tick", self._now)
            self._process.ask("deliver", self._now, None)

    def _hear(self, _target: str, text: str) -> None:
        self.said.append(f"{self._now:%d %H:%M} {text.partition(' (')[0]}")


def test_another_tz_database_moves_what_is_to_come_and_nothing_that_was(tmp_path: Path) -> None:
    cairo = "Africa/Cairo"
    summer = zone_folder(tmp_path, cairo, cairo)
    winter = zone_folder(tmp_path, cairo, "Africa/Johannesburg")
    hours = [Hours("Hour 1", cairo, time(18), 3)]
    seasons.write(tmp_path / "season", hours, date(2026, 4, 1))
    (tmp_path / "season" / "timeline.toml").unlink()
    bot = Bot(tmp_path)
    try:
        bot.start(summer)
        bot.ask("!me tz Africa/Cairo")
        bot.ask("!remind me 23 apr 2026 09:00 come")
        bot.ask("!remind me 30 apr 2026 09:00 go")
        bot.until(4, 23, 20)
        bot.until(4, 29, 15)
        before = [
            "22 16:00 Hour 1 here in 1 d",
            '23 07:00 Reminder 1: "come".',
            "23 15:00 Hour 1 here in 1 h",
            "23 16:00 Hour 1 begins now",
            "29 15:00 Hour 1 here in 1 d",
        ]
        assert bot.said == before

        # Summer time, of which all that knew on the 29th, is not to be this year.
        bot.start(winter)
        bot.until(5, 1)
    finally:
        bot.stop()

    assert bot.said[len(before) :] == [
        '30 07:00 Reminder 2: "go".',
        "30 15:00 Hour 1 here in 1 h",
        "30 16:00 Hour 1 begins now",
    ]
    assert zoneinfo.ZoneInfo(cairo).utcoffset(datetime(2026, 4, 30)) == timedelta(hours=3)
