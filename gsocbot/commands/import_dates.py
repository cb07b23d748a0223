"""Reading the dates of a file, or of a year that comes with gsocbot, on IRC."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path

from gsocbot.commands.ask import Ask
from gsocbot.commands.command import Words
from gsocbot.commands.dates import briefly, is_untold, replan, to_come, too_near
from gsocbot.importers.faults import Faults, Unreadable
from gsocbot.importers.files import files_in
from gsocbot.importers.timeline import CALENDARS, read_timeline
from gsocbot.importers.years import shipped_years
from gsocbot.render import words as wording
from gsocbot.render.lines import MOST_BYTES
from gsocbot.render.words import listed, plural
from gsocbot.rules.deadlines import checked_slug, checked_title
from gsocbot.rules.timeline import Deadline, in_order, upcoming
from gsocbot.shipped import shipped
from gsocbot.store import importing_dates, seasons
from gsocbot.talk import Refused, Say

LINE = "!deadline import "
"""How the audit has what was read here."""
NO_DATES = "season.toml"
MOST_DATES = 200
"""In a file: the bot hears nobody while it reads them, and a year has two dozen."""
FEW = 3
LONGEST_QUESTION = MOST_BYTES - 90
"""In bytes: before it stand the nick and whether it is asked again, and "Say !yes" behind."""

Moves = Sequence[tuple[Deadline, Deadline]]
"""Dates as they were and as they are."""


def deadline_import(ask: Ask, file: Words) -> Iterator[Say]:
    """Read the dates of a file in the season's folder, or of a year such as 2026: all or nothing.

    What was changed on IRC stays as it is there.
    """
    path = _path(ask, file)
    known = seasons.deadlines(ask.books, ask.season_key)
    dates = _read(ask, path, known)
    year = _other_year(ask, dates)
    undo = f"the dates are as they were before {path.name}"
    done = importing_dates.deadlines(ask.books, ask.deed, ask.season_key, dates, LINE, undo)
    past = sum(d.passes_at <= ask.now for d in dates)
    clashes = f"{len(done.clashes)} clash{'' if len(done.clashes) == 1 else 'es'}"
    kept = partial(_kept, ask, [d for d in dates if d.slug in done.clashes])
    head = f"read {path.name}: {plural(len(dates), 'deadline')}, {past} in the past, {clashes}"
    if not done.new and not done.changed:
        yield ask.answer(f"{head}. There is nothing to take over.{year}{kept(FEW)}")
        return
    before = {d.slug: d for d in known}
    after = {d.slug: d for d in seasons.deadlines(ask.books, ask.season_key)}
    now = [after[d.slug] for d in dates]
    changes = [(before.get(d.slug), d) for d in now if before.get(d.slug) != d]
    moves = [(was, d) for was, d in changes if was and (was.at, was.day) != (d.at, d.day)]
    head += f" ({done.new} new, {done.changed} changed).{year}"
    texts = [f"{head}{_moved(ask, moves, few)}{kept(few)}" for few in range(FEW, -1, -1)]
    fitting = (text for text in texts if len(text.encode()) <= LONGEST_QUESTION)
    shown = sha256(repr((changes, done.clashes)).encode()).hexdigest()
    # What was read is kept only if nothing is asked back: a question undoes it all.
    ask.confirm(next(fitting, texts[-1]), shown=shown)
    replan(ask)
    count = sum(len(to_come(ask, d)) for d in now)
    yield ask.answer(
        f"{plural(len(dates), 'deadline')}, {plural(count, 'reminder')} planned"
        f"{_next(ask, now)}.{kept(FEW)}"
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


def _read(ask: Ask, path: Path, known: Sequence[Deadline]) -> Sequence[Deadline]:
    """All dates of a file; refuses with the first fault if it has any."""
    try:
        dates, _ = read_timeline(path, known, partial(_wrong, ask, {d.slug: d for d in known}))
    except Unreadable as unreadable:
        first, *more = (fault.removeprefix(f"{path.parent}/") for fault in unreadable.faults)
        others = f" ({plural(len(more), 'more fault')})" if more else ""
        raise Refused(
            f"cannot read {first}{others}. Nothing changed; mend it and say it again"
        ) from None
    if not dates:
        how = "" if path.suffix.lower() in CALENDARS else ": write [[deadline]] tables"
        raise Refused(f"{path.name} has no dates{how}")
    if len(dates) > MOST_DATES:
        raise Refused(
            f"{path.name} has {len(dates)} dates, and at most {MOST_DATES} are read at once. "
            "Nothing changed; divide it"
        )
    return dates


def _wrong(ask: Ask, known: Mapping[str, Deadline], new: Deadline) -> Mapping[str, str]:
    """What !deadline add would refuse of a date, unless the season has it already."""
    there = known.get(new.slug)
    wrong = {}
    try:
        if there is None:
            checked_slug(new.slug)
            if new.slug in {c.verb for c in ask.seen.commands if c.noun == "deadline"}:
                raise Refused(f'"!deadline {new.slug}" does something else; choose another slug')
    except Refused as refused:
        wrong["slug"] = refused.text
    try:
        if there is None or there.title != new.title:
            checked_title(new.title)
    except Refused as refused:
        wrong["title"] = refused.text
    return wrong


def _other_year(ask: Ask, dates: Sequence[Deadline]) -> str:
    """Which year it is, if most dates are not of the season's; refuses one that is over."""
    years = [(d.day or d.passes_at).year for d in dates]
    ours, most = ask.season.year, max(years, key=years.count)
    if not ours or years.count(ours) == years.count(most):
        return ""
    if all(d.passes_at <= ask.now for d in dates):
        raise Refused(f"these are dates of {most}, the season is {ours}, and none is to come")
    return f" These are dates of {most}, the season is {ours}."


def _moved(ask: Ask, moves: Moves, few: int) -> str:
    """final-work Mon 24 Aug 18:00 -> Tue 1 Sep 18:00 UTC: the first that move, and how many."""
    now = {d.slug: (was, d) for was, d in moves}
    order = [now[d.slug] for d in in_order([d for _, d in moves])]
    shown = [f"{d.slug} {_from_to(ask, was, d)}" for was, d in order[:few]]
    more = f"{len(moves) - len(shown)} more" if shown else f"{len(moves)} move"
    named = ", ".join(shown) + (" and " if shown else "") + more
    return f" {named if len(moves) > len(shown) else ', '.join(shown)}." if moves else ""


def _from_to(ask: Ask, was: Deadline, now: Deadline) -> str:
    old = briefly(ask, was)
    return f"{old.removesuffix(' UTC') if was.at and now.at else old} -> {briefly(ask, now)}"


def _kept(ask: Ask, clashing: Sequence[Deadline], few: int) -> str:
    """midterm-mentor (there Fri 10 Jul 18:00 UTC): what the file says of dates that stay."""
    if not clashing:
        return ""
    shown = [f"{d.slug} (there {briefly(ask, d)})" for d in clashing[:few]]
    more = len(clashing) - len(shown)
    named = listed(shown) + (f", {more} more" if more and shown else "") or str(more)
    slug = clashing[0].slug if len(clashing) == 1 else "<slug>"
    return f" Kept as on IRC: {named}. To take the file's: !deadline move {slug} <when>."


def _next(ask: Ask, dates: Sequence[Deadline]) -> str:
    coming = upcoming(dates, ask.now)
    if not coming:
        return ""
    near = f", {too_near(ask, coming[0])}" if is_untold(ask, coming[0]) else ""
    return f"; next: {coming[0].slug} {wording.when(coming[0], ask.now)}{near}"
