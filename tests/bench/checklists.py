"""Checklists: who of hundreds of students is behind, and a tick that tells them of it."""

import shutil
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from gsocbot.app import keep_seasons
from gsocbot.bot import Bot
from gsocbot.importers.season import read_season
from gsocbot.rules.roles import Role
from gsocbot.shipped import shipped
from gsocbot.store import ideas, roles
from gsocbot.store.books import Deed
from gsocbot.store.private import checklists, students
from gsocbot.store.store import Store
from gsocbot.talk import Heard
from tests import conversation
from tests.bench.measures import Figure, Missing, Tell
from tests.conversation import NETWORK, SEASON

KEY = "test"
LISTS = 8
ITEMS = 9
ANNOUNCED = datetime(2026, 4, 30, 18, 5, tzinfo=UTC)
NOW = datetime(2026, 5, 11, 8, 59, tzinfo=UTC)
"""A minute before what is open is told."""


@dataclass(frozen=True)
class Size:
    """How much is measured."""

    students: int
    runs: int


FULL = Size(students=200, runs=30)
QUICK = Size(students=200, runs=5)
TINY = Size(students=6, runs=1)


def measured(size: Size, folder: Path, tell: Tell) -> list[Figure]:
    """Measure it in an empty folder; raises Missing where an answer lacks somebody."""
    tell(f"checklists of {size.students} students")
    season = read_season(KEY, _folder(folder), shipped("templates"))
    with closing(Store(f"sqlite:///{folder}/store.db")) as store:
        store.ready(ANNOUNCED)
        keep_seasons(store, {KEY: season}, ANNOUNCED)
        _fill(store, size)
        bot = Bot(conversation.config(), store, {KEY: season})
        bot.tick(NOW)
        organiser = _asked(bot, "odile", size)
        mentor = _asked(bot, "mentor0", size)
        each = _ticked(bot, size)
        ticks = [_tick(bot, number) for number in range(size.runs)]
    return [
        Figure(f"!checklist behind, {size.students} students", organiser, "ms", most=20),
        Figure("... a mentor's own", mentor, "ms", most=20),
        Figure(f"{2 * size.students} items ticked, each", each, "ms"),
        Figure("a tick after one of them ticks an item", 1000 * median(ticks), "ms"),
    ]


def _folder(folder: Path) -> Path:
    """The small season with eight lists at a time."""
    folder.mkdir()
    made = Path(shutil.copytree(SEASON, folder / "season"))
    (made / "checklists").mkdir()
    for number in range(LISTS - 1):
        items = "".join(f'[[item]]\nkey = "i{n}"\ntext = "thing {n}"\n' for n in range(ITEMS))
        head = f'title = "List {number}"\nfor = "students"\nphases = ["bonding"]\n'
        (made / "checklists" / f"list-{number}.toml").write_text(head + items)
    return made


def _fill(store: Store, size: Size) -> None:
    """Students with a mentor for every four, who have done half of each list."""
    deed = Deed("filled", ANNOUNCED, KEY, NETWORK, "odile", "private", "filled")
    with store.transaction(writing=True) as books:
        roles.grant(books, deed, KEY, NETWORK, "odile", Role.ORGANISER)
        for number in range(0, size.students, 4):
            roles.grant(books, deed, KEY, NETWORK, f"mentor{number // 4}", Role.MENTOR)
        idea = ideas.public(books, KEY)[0].id
        for number in range(size.students):
            place, mentor = (NETWORK, f"student{number}"), f"mentor{number // 4}"
            own = replace(deed, account=f"student{number}")
            students.add(books, deed, KEY, place, idea, mentor, "")
            for name in [f"list-{n}" for n in range(LISTS - 1)]:
                for item in range(ITEMS // 2):
                    checklists.tick(books, own, KEY, place, name, f"i{item}", "", "")
        students.announce(books, deed, KEY)


def _asked(bot: Bot, who: str, size: Size) -> float:
    """The milliseconds of an answer; the first of many is not typical."""
    line = Heard(NETWORK, who, who, None, "!checklist behind", NOW, "gsocbot")
    said = bot.hear(line)
    if not said or "student0 " not in said[0].text:
        raise Missing(f"!checklist behind says {said[0].text[:80] if said else 'nothing'!r}")
    return 1000 * median(_seconds(lambda: bot.hear(line)) for _ in range(size.runs))


def _ticked(bot: Bot, size: Size) -> float:
    """The milliseconds for an item, where every student ticks two at once."""
    lines = [
        Heard(NETWORK, student, student, None, f"!check list-1 {item}", NOW, "gsocbot")
        for item in (ITEMS - 1, ITEMS)
        for student in (f"student{number}" for number in range(size.students))
    ]
    began = time.perf_counter()
    said = [bot.hear(line)[0].text for line in lines]
    taken = time.perf_counter() - began
    wanted = {
        f"Item {n} done, {ITEMS // 2 + n - ITEMS + 2} of {ITEMS}." for n in (ITEMS - 1, ITEMS)
    }
    if set(said) != wanted:
        raise Missing(f"items were ticked and counted otherwise: {sorted(set(said))[:3]}")
    return 1000 * taken / len(lines)


def _tick(bot: Bot, number: int) -> float:
    """The seconds of a tick after somebody has done something, which plans all anew."""
    student = f"student{number % 6}"
    word = "uncheck" if number // 6 % 2 else "check"
    line = Heard(NETWORK, student, student, None, f"!{word} list-0 {ITEMS}", NOW, "gsocbot")
    if f"tem {ITEMS}" not in bot.hear(line)[0].text:
        raise Missing(f"{student} cannot tick an item")
    return _seconds(lambda: bot.tick(NOW))


def _seconds(call: Callable[[], object]) -> float:
    began = time.perf_counter()
    call()
    return time.perf_counter() - began
