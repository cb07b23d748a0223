"""Reading the dates of a file, or of a year that comes with gsocbot, on IRC."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from gsocbot.commands.ask import Ask
from gsocbot.commands.command import Words
from gsocbot.commands.dates import briefly, now_as, replan, to_come
from gsocbot.importers.faults import Faults, Unreadable
from gsocbot.importers.files import files_in
from gsocbot.importers.timeline import CALENDARS, read_timeline
from gsocbot.importers.years import shipped_years
from gsocbot.render import words as wording
from gsocbot.render.words import listed, plural
from gsocbot.rules.timeline import Deadline, upcoming
from gsocbot.shipped import shipped
from gsocbot.store import importing_dates, seasons
from gsocbot.talk import Refused, Say

LINE = "!deadline import "
"""How the audit has what was read here."""
NO_DATES = "season.toml"
FEW = 3


def deadline_import(ask: Ask, file: Words) -> Iterator[Say]:
    """Read the dates of a file in the season's folder, or of a year such as 2026: all or nothing.

    What was changed on IRC stays as it is there.
    """
    path = _path(ask, file)
    known = seasons.deadlines(ask.books, ask.season_key)
    dates = _read(path, known)
    undo = f"the dates are as they were before {path.name}"
    done = importing_dates.deadlines(ask.books, ask.deed, ask.season_key, dates, LINE, undo)
    past = sum(d.passes_at <= ask.now for d in dates)
    clashes = f"{len(done.clashes)} clash{'' if len(done.clashes) == 1 else 'es'}"
    kept = f" Kept as on IRC: {_both(ask, dates, done.clashes)}." if done.clashes else ""
    head = f"read {path.name}: {plural(len(dates), 'deadline')}, {past} in the past, {clashes}"
    if not done.new and not done.changed:
        yield ask.answer(f"{head}. There is nothing to take over.{kept}")
        return
    # What was read is kept only if nothing is asked back: a question undoes it all.
    ask.confirm(f"{head} ({done.new} new, {done.changed} changed).{kept}")
    replan(ask)
    now = [now_as(ask, d.slug) for d in dates]
    count = sum(len(to_come(ask, d)) for d in now)
    yield ask.answer(
        f"{plural(len(dates), 'deadline')}, {plural(count, 'reminder')} planned"
        f"{_next(ask, now)}.{kept}"
    )


def _path(ask: Ask, file: str) -> Path:
    """The file that is meant: one of the folder itself, or a year's."""
    years = shipped_years(shipped("templates") / "timelines")
    if file.isdecimal():
        if int(file) not in years:
            known = listed([str(year) for year in years])
            raise Refused(f"the dates of {file[:10]} do not come with gsocbot; those of {known} do")
        return years[int(file)]
    folder = ask.seen.outside.folder(ask.season_key)
    there = {p.name: p for p in files_in(folder, (".toml", *CALENDARS), Faults())}
    there.pop(NO_DATES, None)
    if file not in there:
        names = f"there {_are(list(there))}" if there else "it has no .toml or .ics with dates"
        raise Refused(f'there is no "{file[:60]}" in {folder.name}; {names}. Or a year: {LINE}2026')
    return there[file]


def _are(names: Sequence[str]) -> str:
    return f"is {names[0]}" if len(names) == 1 else f"are {listed(names)}"


def _read(path: Path, known: Sequence[Deadline]) -> Sequence[Deadline]:
    """All dates of a file; refuses with the first fault if it has any."""
    try:
        dates, _ = read_timeline(path, known)
    except Unreadable as unreadable:
        first, *more = (fault.removeprefix(f"{path.parent}/") for fault in unreadable.faults)
        others = f" ({plural(len(more), 'more fault')})" if more else ""
        raise Refused(
            f"cannot read {first}{others}. Nothing changed; mend it and say it again"
        ) from None
    if not dates:
        raise Refused(f"{path.name} has no dates: write [[deadline]] tables")
    return dates


def _both(ask: Ask, dates: Sequence[Deadline], slugs: Sequence[str]) -> str:
    """midterm-mentor (there Fri 10 Jul 18:00 UTC): what the file says of dates that stay."""
    there = {d.slug: d for d in dates}
    shown = [f"{s} (there {briefly(ask, there[s])})" for s in slugs[:FEW]]
    return listed(shown) + (f", {len(slugs) - FEW} more" if len(slugs) > FEW else "")


def _next(ask: Ask, dates: Sequence[Deadline]) -> str:
    coming = upcoming(dates, ask.now)
    return f"; next: {coming[0].slug} {wording.when(coming[0], ask.now)}" if coming else ""
