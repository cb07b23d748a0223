"""The year's dates from a TOML file, ours or a plain list of the programme's facts; or a calendar.

Ours has [[deadline]] tables (slug, title, at or day, for, kind, short, source, ours) and [[phase]]
tables (name, from, until). A list of facts has [[event]] tables (key, title, at or date, source);
its keys become slugs, everything is for everybody, and what its key says somebody owes is a
deadline: -close (a window shuts), -due (something is asked for), -firm (pencils down). Starts,
announcements and -end (a stretch of the year is over, nothing is handed in) are events.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from gsocbot.importers.faults import Faults
from gsocbot.importers.fields import Fields
from gsocbot.importers.toml import TomlFile, read_toml
from gsocbot.rules.timeline import Audience, Deadline, DeadlineKind, Phase

AUDIENCES = {str(audience): audience for audience in Audience} | {"contributors": Audience.STUDENTS}
"""`for = "students"`; contributors are the students of later years."""

_KINDS = {str(kind): kind for kind in DeadlineKind}
_OWED = ("-close", "-due", "-firm")
_FACTS = {"event", "program"}
"""Keys that tell a list of facts; what else it says about itself is not read."""

Timeline = tuple[tuple[Deadline, ...], tuple[Phase, ...]]
Check = Callable[[Deadline], Mapping[str, str]]
"""What is wrong with a date that can be read, of its `slug` and its `title`."""


def accept(deadline: Deadline) -> Mapping[str, str]:
    """Find nothing wrong with a date."""
    return {}


CALENDARS = {".ics", ".ical"}
"""How the names of iCalendar files end."""


def read_timeline(path: Path, known: Sequence[Deadline] = (), check: Check = accept) -> Timeline:
    """The deadlines and phases of a file; raises Unreadable with every fault.

    Of dates that are known a calendar changes when they are, and what they are called. What `check`
    finds wrong is a fault too.
    """
    faults = Faults()
    if path.suffix.lower() in CALENDARS:
        # 50 ms that a bot which reads its own season does without.
        from gsocbot.importers.calendar import gather_calendar  # noqa: PLC0415

        timeline: Timeline = gather_calendar(path, faults, known, check), ()
    else:
        timeline = gather_timeline(path, faults, check)
    faults.raise_any()
    return timeline


def gather_timeline(path: Path, faults: Faults, check: Check = accept) -> Timeline:
    """The dates that can be read; what is wrong is added to the faults."""
    file = read_toml(path, faults)
    if file is None:
        return (), ()
    deadlines = _known(file, "deadline", "slug", check) | _known(file, "event", "key", check)
    phases = [p for table in file.tables("phase") if (p := _phase(table, deadlines))]
    if not _FACTS & file.top.values.keys():
        file.top.refuse_others()
    return tuple(d for d in deadlines.values() if d is not None), tuple(phases)


def _known(file: TomlFile, name: str, key: str, check: Check) -> dict[str, Deadline | None]:
    """The tables of a name by slug; None for one that is there but faulty."""
    found: dict[str, Deadline | None] = {}
    for table in file.tables(name):
        slug = table.slug(key) if table.needed(key) else ""
        if slug in found and slug:
            table.fault(key, f"{slug} stands here twice; write another")
        deadline = _event(table, slug) if name == "event" else _deadline(table, slug)
        if slug:
            found[slug] = deadline
        for part, why in check(deadline).items() if slug and deadline else ():
            table.fault(key if part == "slug" else part, why)
    return found


def _deadline(table: Fields, slug: str) -> Deadline | None:
    title = table.needed("title")
    at, day = _when(table, "day")
    deadline = Deadline(
        slug=slug,
        title=title,
        at=at,
        day=day,
        audience=table.choice("for", AUDIENCES, Audience.ALL),
        kind=table.choice("kind", _KINDS, DeadlineKind.DEADLINE),
        short=table.text("short"),
        source=table.text("source"),
        ours=table.before("ours"),
    )
    table.refuse_others()
    return deadline if at or day else None


def _event(table: Fields, slug: str) -> Deadline | None:
    title = table.needed("title")
    at, day = _when(table, "date")
    kind = DeadlineKind.DEADLINE if slug.endswith(_OWED) else DeadlineKind.EVENT
    source = table.text("source")
    return Deadline(slug, title, at, day, kind=kind, source=source) if at or day else None


def _when(table: Fields, day_key: str) -> tuple[datetime | None, date | None]:
    stated = [key for key in ("at", day_key) if table.value(key) is not None]
    if len(stated) != 1:
        table.fault("at", f"write exactly one of at (a moment) and {day_key} (no hour is known)")
        return None, None
    return table.moment("at"), table.day(day_key)


def _phase(table: Fields, deadlines: dict[str, Deadline | None]) -> Phase | None:
    name, start, end = (table.needed(key) for key in ("name", "from", "until"))
    table.refuse_others()
    for key, slug in (("from", start), ("until", end)):
        if slug and slug not in deadlines:
            table.fault(key, f"there is no deadline {slug}; write the slug of one")
    first, last = deadlines.get(start), deadlines.get(end)
    if first and last and _date(first) > _date(last):
        table.fault("until", f"{end} comes before {start}")
    return Phase(name, start, end) if first and last else None


def _date(deadline: Deadline) -> str:
    """Its day, as it is written in a file."""
    return f"{deadline.at or deadline.day}"[:10]
