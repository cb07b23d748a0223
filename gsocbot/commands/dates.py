"""What the commands about dates share: planning anew, finding, and how a date is shown."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from gsocbot.commands.ask import Ask
from gsocbot.config import ChannelRole
from gsocbot.render import words as wording
from gsocbot.rules.deadlines import NEAREST_OFFSET, in_short
from gsocbot.rules.reminders import Planned, is_reminded_of, plan_deadlines
from gsocbot.rules.timeline import Audience, Deadline
from gsocbot.store import deadlines as kept
from gsocbot.store import seasons, tables
from gsocbot.store.planning import Rooms, plan_season, replan_season
from gsocbot.talk import Say

FOR_EVER = timedelta(days=36600)


def replan(ask: Ask) -> None:
    """Have the outbox say what the dates are now, in the same transaction."""
    replan_season(ask.books, ask.season_key, public(ask), ask.organisers_rooms, ask.now)


def plan(ask: Ask) -> None:
    """The same where a change was taken back: what is overdue then was to be said all along."""
    plan_season(ask.books, ask.season_key, public(ask), ask.organisers_rooms, ask.now)


def discreetly(ask: Ask, found: Deadline) -> Iterator[Say]:
    """Answer in private where others hear: nobody is to guess whether we have applied, or what."""
    if found.audience is Audience.ORGANISERS and ask.role is not ChannelRole.ORGANISERS:
        yield from ask.privately()


def public(ask: Ask) -> Rooms:
    """The channels that everybody is in."""
    return ask.seen.rooms(ask.season_key, ChannelRole.PUBLIC)


def row_of(ask: Ask, found: Deadline) -> tables.Deadline:
    """The row of a date."""
    row = kept.row(ask.books, ask.season_key, found.slug)
    assert row is not None
    return row


def now_as(ask: Ask, slug: str) -> Deadline:
    """A date as it is after a change."""
    return next(d for d in seasons.deadlines(ask.books, ask.season_key) if d.slug == slug)


def to_come(ask: Ask, found: Deadline) -> list[Planned]:
    """The reminders of a date that are still to come."""
    return list(plan_deadlines([found], ask.now, ask.now + FOR_EVER))


def briefly(ask: Ask, found: Deadline) -> str:
    """When a date is."""
    return wording.when_briefly(found, ask.now)


def how_to_move(found: Deadline) -> str:
    """What gives a date its hour."""
    return f"!deadline move {found.slug} <day> <hour>"


def done_by(ask: Ask, found: Deadline) -> str:
    """Who has said that it is done, and when."""
    assert found.acked_at is not None
    return f"{ask.name(found.acked_by)}, {wording.moment(found.acked_at, ask.now)}"


def is_untold(ask: Ask, found: Deadline) -> bool:
    """Whether people are to be reminded of a date, and it is too late for that."""
    return is_reminded_of(found) and found.passes_at > ask.now and not to_come(ask, found)


def too_near(ask: Ask, found: Deadline) -> str:
    """Why none of its reminders is to come any more, and what brings one."""
    for word, offsets in (("default", None), ("10m", (NEAREST_OFFSET,))):
        if to_come(ask, replace(found, offsets=offsets)):
            return f"too near for its reminders (to have one: !deadline remind {found.slug} {word})"
    return "too near for any of its reminders"


def reminders_of(ask: Ask, found: Deadline) -> str:
    """reminders 14d 7d 2d.: those that are still to come, or why there are none.

    It ends with a full stop, or with what to type.
    """
    if found.acked_by:
        return f"no reminders, it is done ({done_by(ask, found)})."
    if found.passes_at <= ask.now:
        return "it has passed, so nobody is reminded."
    if found.at is None:
        return f"nobody is reminded without an hour: {how_to_move(found)}"
    if found.offsets == ():
        return f"nobody is reminded. Again: !deadline remind {found.slug} default"
    if not is_reminded_of(found):
        return "nobody is reminded, it merely happens."
    planned = to_come(ask, found)
    ours = [p.offset for p in planned if p.at != found.at]
    last = [p.offset for p in planned if p.at == found.at]
    if not planned:
        return f"{too_near(ask, found)}."
    if not ours:
        return f"reminders {in_short(last)}."
    end = f", {in_short(last)} before the end" if last else ""
    return f"reminders {in_short(ours)} before ours{end}."
