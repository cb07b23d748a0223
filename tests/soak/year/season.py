"""What the year is made of: office hours, dates and people; written as a season's folder too."""

import random
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from tests.soak.year import walls

SHIPPED = Path(__file__).parents[3] / "templates" / "timelines" / "2026.toml"
LISTS = SHIPPED.parents[1] / "checklists"
ZONES = (
    "Europe/Berlin",
    "Europe/London",
    "America/New_York",
    "America/Los_Angeles",
    "Australia/Lord_Howe",
    "Pacific/Auckland",
    "Africa/Casablanca",
    "Africa/Cairo",
    "America/Santiago",
    "Asia/Kolkata",
    "America/Sao_Paulo",
)
WALLS = (time(0), time(1, 30), time(2, 30), time(9), time(18), time(23, 30))
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
OURS = {
    "applications-close": "-2d",
    "midterm-mentor": "-3d",
    "final-mentor": "-12h",
}
"""Which dates the folder wants earlier."""
SPLITS = ("write", "confirm", "confirm, lost", "link", "people", "channel")
"""What a netsplit hits: a line before or after it has gone, that line lost as well, the bot's link,
some people, or the public channel."""
QUIET = ((22, 8), (23, 7), (0, 6), (13, 15))
SPANS = {"d": timedelta(days=1), "h": timedelta(hours=1)}


@dataclass(frozen=True)
class Size:
    """How long a year is, and how much there is in it."""

    first: date = date(2025, 12, 1)
    last: date = date(2026, 11, 30)
    zones: Sequence[str] = ZONES
    walls: Sequence[time] = WALLS
    contributors: int = 200
    mentors: int = 50
    organisers: int = 4
    reminders: int = 6
    kills: int = 50
    splits: int = 20
    kinds: Sequence[str] = SPLITS
    longest_down: timedelta = timedelta(days=3)

    @property
    def begin(self) -> datetime:
        """Its first moment."""
        return datetime.combine(self.first, time(), UTC)

    @property
    def end(self) -> datetime:
        """The moment at which it is over."""
        return datetime.combine(self.last, time(), UTC)


@dataclass(frozen=True)
class Hours:
    """A weekly session."""

    title: str
    zone: str
    wall: time
    weekday: int


@dataclass
class Date:
    """A date of the programme, as it is just now."""

    slug: str
    title: str
    at: datetime
    audience: str = "all"
    owed: bool = True
    ours: timedelta | None = None
    offsets: tuple[timedelta, ...] | None = None
    acked: bool = False


@dataclass(frozen=True)
class Person:
    """Somebody with an account; `quiet` is from which hour until which."""

    account: str
    zone: str
    quiet: tuple[int, int] | None = None
    pm: bool = True
    comes_and_goes: bool = False


@dataclass
class Season:
    """All of it."""

    hours: list[Hours]
    dates: dict[str, Date]
    people: dict[str, Person] = field(default_factory=dict)

    def starting(self, letter: str) -> list[Person]:
        """The contributors (c), mentors (m) or organisers (o)."""
        return [p for p in self.people.values() if p.account.startswith(letter)]


def span(text: str) -> timedelta:
    """-3d, 12h"""
    return int(text.strip("-")[:-1]) * SPANS[text[-1]]


def season(size: Size, rng: random.Random) -> Season:
    """A season of this size."""
    hours = []
    for zone in size.zones:
        for wall in size.walls:
            odd = walls.odd_days(zone, wall, size.first, size.last)
            weekday = odd[0].weekday() if odd else len(hours) % 7
            hours.append(Hours(f"Hour {len(hours) + 1:02}", zone, wall, weekday))
    found = Season(hours, _dates())
    for letter, count in (("c", size.contributors), ("m", size.mentors), ("o", size.organisers)):
        for number in range(count):
            account = f"{letter}{number:03}"
            quiet = rng.choice(QUIET) if rng.random() < 0.25 else None
            pm = letter != "m" or rng.random() > 0.05
            goes = letter != "o" and rng.random() < 0.4
            zone = size.zones[number % len(size.zones)]
            found.people[account] = Person(account, zone, quiet, pm, goes)
    return found


def _dates() -> dict[str, Date]:
    """The shipped dates that have an hour."""
    found = {}
    for table in tomllib.loads(SHIPPED.read_text())["deadline"]:
        if "at" in table:
            ours = OURS.get(table["slug"])
            found[table["slug"]] = Date(
                table["slug"],
                table["title"],
                table["at"],
                table["for"],
                table["kind"] == "deadline",
                span(ours) if ours else None,
            )
    return found


def write(folder: Path, hours: Sequence[Hours], first: date) -> None:
    """Write the season's folder."""
    folder.mkdir(parents=True)
    text = 'title = "Example 2026"\norganisation = "Example"\nyear = 2026\n'
    for one in hours:
        text += (
            f'\n[[office]]\nname = "{one.title.lower().replace(" ", "-")}"\ntitle = "{one.title}"\n'
            f'weekday = "{WEEKDAYS[one.weekday]}"\ntime = {one.wall}\nzone = "{one.zone}"\n'
            f"minutes = 60\nfrom = {first}\n"
        )
    (folder / "season.toml").write_text(text)
    dates = SHIPPED.read_text()
    for slug, ours in OURS.items():
        line = f'slug = "{slug}"\n'
        assert line in dates
        dates = dates.replace(line, f'{line}ours = "{ours}"\n')
    (folder / "timeline.toml").write_text(dates)
    # The year is one of dates and office hours: the checklists that ship begin with no phase of it.
    lists = folder / "checklists"
    lists.mkdir()
    for shipped in LISTS.glob("*.toml"):
        own = re.sub(r"^phases = \[[^]]*\]", "phases = []", shipped.read_text(), flags=re.MULTILINE)
        (lists / shipped.name).write_text(own)
