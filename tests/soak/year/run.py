"""One year from beginning to end, in figures."""

import random
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from gsocbot.app import deed_of_shell, keep_seasons, read_folder
from gsocbot.rules.roles import Role
from gsocbot.store import roles
from gsocbot.store.store import Store
from tests.bench.measures import Figure
from tests.soak.year import season as seasons
from tests.soak.year.life import Life
from tests.soak.year.promises import Promises
from tests.soak.year.season import Season, Size
from tests.soak.year.subject import NETWORK, config
from tests.soak.year.verdict import LATE, Verdict, judge
from tests.soak.year.world import World

SEED = 2026
FAULTS = (
    "missing",
    "said twice",
    "early",
    "late",
    "not to be said",
    "unknown",
    "in quiet hours",
    "wrongly marked",
)
Tick = Callable[[int], object]


@dataclass
class Year:
    """A year that was lived through."""

    world: World
    verdict: Verdict
    refused: list[str]

    @property
    def wrong(self) -> dict[str, list[str]]:
        """All that went wrong, by its kind."""
        found = {kind: about for kind, about in self.verdict.wrong.items() if about}
        return {**found, **({"refused": self.refused} if self.refused else {})}


def year(size: Size, seed: int, tick: Tick) -> list[Figure]:
    """Live through a year, and count what was said, and what was not."""
    with tempfile.TemporaryDirectory(prefix="gsocbot-year-") as folder:
        lived = live(size, seed, Path(folder), tick)
    for kind, about in lived.wrong.items():
        for one in about[:5]:
            print(f"year: {kind}: {one}")
    counts, seen, wrong = lived.world.counts, lived.verdict.counts, lived.wrong
    return [
        Figure("year: seed", seed, ""),
        Figure("... days", (size.last - size.first).days, ""),
        Figure("... kills", counts["kills"], "", least=size.kills),
        Figure("... netsplits", counts["splits"], "", least=size.splits),
        Figure("... hours down", counts["seconds down"] / 3600, "h"),
        Figure("... lines of people", counts["lines of people"], ""),
        Figure("... lines due", seen["promises"], ""),
        Figure("... said", seen["kept"], ""),
        Figure("... said late, after an absence", seen["kept after a while"], ""),
        Figure("... late while up, at most", lived.verdict.latest.total_seconds(), "s",
               most=LATE.total_seconds()),
        Figure("... repeats, nobody can know", seen["repeats where nobody can know"], "",
               most=counts["unknowable"] + counts["said before a cut"]),
        *(Figure(f"... {kind}", len(wrong.get(kind, ())), "", most=0) for kind in FAULTS),
        Figure("... not understood", len(wrong.get("refused", ())), "", most=0),
    ]  # fmt: skip


def live(size: Size, seed: int, folder: Path, tick: Tick, fault: str = "") -> Year:
    """Live through a year with a bot whose store is in a folder."""
    rng = random.Random(seed)
    season = seasons.season(size, rng)
    seasons.write(folder / "season", season.hours, size.first)
    promises = Promises(season)
    _roles(folder, season, size.begin)
    world = World(season, promises, folder, rng, fault)
    life = Life(size, season, promises, world, rng)
    world.now = size.begin
    life.begin()
    done = 0

    def tell(now: datetime) -> None:
        nonlocal done
        days = (now - size.begin).days
        tick(days - done)
        done = days

    world.run(size.begin, size.end, tell)
    verdict = judge(promises, world.journal, world.times, size.end)
    return Year(world, verdict, life.refused)


def _roles(folder: Path, season: Season, now: datetime) -> None:
    """Make mentors and organisers, as on the command line, before the bot runs."""
    settings = config(folder)
    store = Store(settings.store.url)
    store.ready(now)
    keep_seasons(store, {"test": read_folder("test", settings)}, now)
    held = [(p, Role.MENTOR) for p in season.starting("m")]
    held += [(p, Role.ORGANISER) for p in season.starting("o")]
    with store.transaction(writing=True) as books:
        for person, role in held:
            deed = deed_of_shell(now, "test", "role add")
            roles.grant(books, deed, "test", NETWORK, person.account, role)
    store.close()
