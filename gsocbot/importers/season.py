"""A season from its folder: season.toml, timeline.toml, checklists/*.toml and a file an idea."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from string import Formatter
from zoneinfo import ZoneInfo

from gsocbot.importers.checklists import gather_checklists
from gsocbot.importers.faq import own_faq
from gsocbot.importers.faults import Faults, Place
from gsocbot.importers.fields import YEARS, Fields
from gsocbot.importers.ideas import gather_ideas
from gsocbot.importers.texts import short
from gsocbot.importers.timeline import gather_timeline
from gsocbot.importers.toml import TomlFile, read_toml
from gsocbot.rules.recurrence import MOST_WEEKS, Weekly
from gsocbot.rules.seasons import SeasonFolder

FIRST_YEAR = 2005
"""The programme's first: a session that states no beginning runs since then or since its year's."""
DEFAULT_MINUTES = 60
MINUTES_A_DAY = 1440
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAYS = {day[:3]: n for n, day in enumerate(_DAYS)} | {day: n for n, day in enumerate(_DAYS)}


def read_season(key: str, folder: Path, templates: Path) -> SeasonFolder:
    """The season that a folder tells, with the shipped checklists that it has not itself.

    A folder that is missing is a season without dates and ideas. Raises Unreadable with every
    fault of every file.
    """
    faults = Faults()
    season = SeasonFolder(key, title=key)
    if folder.is_dir():
        season = _read(season, folder, faults)
    elif folder.exists():
        faults.add(Place(folder), "this is no folder; a season is a folder")
    lists = gather_checklists(templates / "checklists", folder / "checklists", faults)
    faq = own_faq(templates / "faq", folder, faults)
    faults.raise_any()
    return replace(season, checklists=lists, faq=faq)


def _read(season: SeasonFolder, folder: Path, faults: Faults) -> SeasonFolder:
    about, dates = folder / "season.toml", folder / "timeline.toml"
    file = read_toml(about, faults) if about.exists() else None
    if file is not None:
        season = _facts(season, file)
    if dates.exists():
        deadlines, phases = gather_timeline(dates, faults)
        season = replace(season, deadlines=deadlines, phases=phases)
    return replace(season, ideas=tuple(gather_ideas(folder, faults)))


def _facts(season: SeasonFolder, file: TomlFile) -> SeasonFolder:
    top = file.top
    year = top.whole("year", least=YEARS[0], most=YEARS[-1]) or 0
    season = replace(
        season,
        title=top.text("title") or season.title,
        organisation=top.text("organisation"),
        year=year,
        word=top.text("word") or season.word,
        list=top.text("list"),
        subject=_subject(top),
        about=top.block("about"),
        series=_series(file, year),
    )
    top.refuse_others()
    return season


def _subject(top: Fields) -> str:
    """The subject of mail about an idea; only its slug can be filled in."""
    subject = top.text("subject")
    try:
        plain = all(
            name in {None, "slug"} and not (spec or conversion)
            for _, name, spec, conversion in Formatter().parse(subject)
        )
    except ValueError:
        plain = False
    if not plain:
        top.fault("subject", "only {slug} can stand in braces")
    return subject


def _series(file: TomlFile, year: int) -> tuple[tuple[str, Weekly], ...]:
    found: dict[str, Weekly | None] = {}
    for n, table in enumerate(file.tables("office"), 1):
        name = table.text("name") or ("office" if n == 1 else f"office-{n}")
        if name in found:
            table.fault("name", f"{name} is the name of another session; write another")
        found[name] = _weekly(table, date(year or FIRST_YEAR, 1, 1))
    return tuple((name, weekly) for name, weekly in found.items() if weekly is not None)


def _weekly(table: Fields, beginning: date) -> Weekly | None:
    table.needed("weekday")
    weekday = table.choice("weekday", _WEEKDAYS, 0)
    clock = table.clock("time")
    minutes = table.whole("minutes", most=MINUTES_A_DAY) or DEFAULT_MINUTES
    first, last = table.day("from") or beginning, table.day("until")
    title = table.text("title") or "Office hour"
    every = table.whole("every", most=MOST_WEEKS) or 1
    channel = _channel(table)
    zone = _zone(table)
    table.refuse_others()
    if last is not None and last < first:
        table.fault("until", f"{last} comes before {first}")
    if clock is None:
        return None
    return Weekly(weekday, clock, zone, minutes, first, last, title, every, channel)


def _channel(table: Fields) -> str:
    """The one channel in which it is held, in small letters; empty for all public ones."""
    name = table.text("channel").lower()
    if name and (name[0] not in "#&+" or " " in name or "," in name):
        table.fault("channel", f"{short(name)} is no channel; write it as #example")
        return ""
    return name


def _zone(table: Fields) -> str:
    """The name of a zone that this machine knows; UTC if none is stated."""
    name = table.text("zone") or "UTC"
    try:
        ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        table.fault("zone", f"{short(name)} is no zone; write a place, such as Europe/London")
        return "UTC"
    return name
