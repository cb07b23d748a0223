"""What is said of a student to those who may know how it goes: a fact from each part."""

from collections.abc import Callable, Sequence

from gsocbot.commands.ask import Ask
from gsocbot.commands.evaluations import in_short
from gsocbot.render import words as wording
from gsocbot.rules.checklists import Group, current_lists
from gsocbot.rules.privacy import Data, may_see
from gsocbot.store.private import checklists, reports, students
from gsocbot.store.private.progress import year
from gsocbot.store.private.students import Known

Fact = Callable[[Ask, Known], str]


def facts(ask: Ask, known: Known) -> str:
    """All that there is to say in one sentence; empty for who may not know it."""
    said = "; ".join(said for fact in FACTS if (said := fact(ask, known)))
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def _draft(ask: Ask, known: Known) -> str:
    return "" if students.is_announced(ask.books, ask.season_key) else "a draft, hidden"


def _end(ask: Ask, known: Known) -> str:
    row = known.row
    if row.ended_at is not None:
        return f"ended {wording.day(row.ended_at.date(), ask.now)}, nothing is asked any more"
    return f"ends {ask.moment(row.ends_at)}" if row.ends_at is not None else ""


def _reports(ask: Ask, known: Known) -> str:
    return reports.summary(ask.books, ask.season_key, ask.viewer, known, ask.now)


def _checklists(ask: Ask, known: Known) -> str:
    if known.row.ended_at is not None or not may_see(ask.viewer, Data.CHECKLIST, known.subject):
        return ""
    if not students.is_announced(ask.books, ask.season_key):
        return ""
    progress = checklists.progress(ask.books, ask.season_key, ask.viewer, known.subject)
    given = checklists.given(ask.books, ask.season_key, ask.viewer, known.subject)
    of = year(ask.books, ask.season_key, ask.now)
    lists = ask.seen.checklists.get(ask.season_key, ())
    now = current_lists(lists, [Group.STUDENTS], given, of)
    counts = [f"{c.name} {len(progress.done(c))}/{len(c.items)}" for c in now]
    return f"checklist {', '.join(counts)}" if counts else ""


def _seen(ask: Ask, known: Known) -> str:
    at = known.row.seen_at
    return f"last here {wording.day(at.date(), ask.now)}" if at is not None else ""


def _meeting(ask: Ask, known: Known) -> str:
    return f"meets {known.row.meeting}" if known.row.meeting else ""


FACTS: Sequence[Fact] = (_draft, _end, _reports, _checklists, in_short, _seen, _meeting)
