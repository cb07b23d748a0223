"""Demos as they are shown: whose turn it is, and what changes places."""

from collections.abc import Iterator

from gsocbot.commands.ask import Ask
from gsocbot.commands.command import Words
from gsocbot.commands.demos import check_own, has_left, is_own, one
from gsocbot.commands.hackathon_here import check_leads, one_of_us, open_hackathon
from gsocbot.commands.venue import day_name, going_on, outgrown, replan
from gsocbot.render.words import listed, plural
from gsocbot.rules import demos as rules
from gsocbot.rules.hack_spoken import is_day
from gsocbot.rules.hack_times import day_of
from gsocbot.store import demos as kept
from gsocbot.store import hackathons
from gsocbot.store.hackathon_tables import Demo, Hackathon
from gsocbot.talk import Refused, Say


def demo_next(ask: Ask) -> Iterator[Say]:
    """Call the next demo of today."""
    row = going_on(ask)
    check_leads(ask, row, "call the next demo")
    demos = _today(ask, row)
    if not demos:
        raise Refused("no demo is on the list today. Add: !demo add <title>")
    was = next(filter(rules.is_on, demos), None)
    waiting = list(filter(rules.waits, demos))
    there = [demo for demo in waiting if not has_left(ask, row, demo)]
    if was is None and not there:
        over = f"all demos of today are done ({_shown(demos)})."
        raise Refused(f"{over}{_left_over(waiting)}")
    undo = "the demo before is on again"
    if was is not None:
        ask.books.change(ask.deed, was, undo, done_at=ask.now)
    if not there:
        yield ask.announce(f"That was the last: {_shown(demos)} today.{_left_over(waiting)}")
        return
    new = there[0]
    skipped = [demo for demo in waiting if demo.position < new.position]
    last = kept.next_position(ask.books, row, new.day)
    for behind, demo in enumerate(skipped):
        ask.books.change(ask.deed, demo, position=last + behind)
    ask.books.change(ask.deed, new, "" if was else "no demo is on", started_at=ask.now)
    after = there[1].title if len(there) > 1 else ""
    then = f"After it: {after}." if after else "It is the last."
    gone = f" Skipped, for who was to show it has left:{_takes(skipped)}" if skipped else ""
    yield ask.announce(f"Now: {new.title} by {new.nick} ({new.minutes} min). {then}{gone}")


def demo_done(ask: Ask) -> Iterator[Say]:
    """Say that the demo which is on is over."""
    row = going_on(ask)
    demos = _today(ask, row)
    was = next(filter(rules.is_on, demos), None)
    if was is None:
        raise Refused("no demo is on just now. The next: !demo next")
    if not is_own(ask, was):
        check_leads(ask, row, "call somebody else's demo done")
    ask.books.change(ask.deed, was, f"demo {was.number} is on again", done_at=ask.now)
    waiting = list(filter(rules.waits, demos))
    there = [demo for demo in waiting if not has_left(ask, row, demo)]
    then = (
        f" Next: {there[0].title} ({ask.name(there[0].nick)})."
        if there
        else f" That was the last: {_shown(demos)} today.{_left_over(waiting)}"
    )
    yield ask.announce(f"{was.title} is done.{then}")


def demo_swap(ask: Ask, demo: str, other: str) -> Iterator[Say]:
    """Let two demos change places."""
    row = open_hackathon(ask)
    check_leads(ask, row, "swap demos")
    first, second = _to_come(ask, row, demo), _to_come(ask, row, other)
    if first is second:
        raise Refused("that is one and the same demo")
    places = (second.day, second.position), (first.day, first.position)
    undo = f"{first.number} and {second.number} stand as they stood"
    for moved, (day, position) in zip((first, second), places, strict=True):
        ask.books.change(ask.deed, moved, undo, day=day, position=position)
        undo = ""
    replan(ask)
    days = dict.fromkeys([first.day, second.day])
    crowds = "".join(outgrown(ask, row, day) for day in days)
    told = ", ".join(_place(ask, row, moved) for moved in (second, first))
    yield ask.answer(f"swapped: {told}.{crowds}")


def demo_move(ask: Ask, demo: str, day: Words) -> Iterator[Say]:
    """Put a demo of yours on another day, behind those that are there."""
    row = open_hackathon(ask)
    found = _to_come(ask, row, demo)
    check_own(ask, row, found)
    days = hackathons.days_of(row)
    text = day.lower().removeprefix("to ").removeprefix("on ").strip()
    if not is_day(text):
        raise Refused(f'"{text[:30]}" is no day; write it like !demo move 2 fri')
    to = day_of(text, days, ask.now, row.name)
    if to < days.day_at(ask.now):
        raise Refused(f"{to:%a} is over; say a day to come")
    if to == found.day:
        raise Refused(f"demo {found.number} is {day_name(ask, row, to)} already")
    undo = f"demo {found.number} is back on {found.day:%a}"
    last = kept.next_position(ask.books, row, to)
    ask.books.change(ask.deed, found, undo, day=to, position=last)
    replan(ask)
    yield ask.answer(f"moved: {_place(ask, row, found)}.{outgrown(ask, row, to)}")


def demo_drop(ask: Ask, demo: str) -> Iterator[Say]:
    """Take a demo of yours off the list."""
    row = open_hackathon(ask)
    found = _to_come(ask, row, demo)
    check_own(ask, row, found)
    ask.books.remove(ask.deed, found, f"demo {found.number} is on the list again")
    replan(ask)
    yield ask.answer(f"demo {found.number}, {found.title}, is off the list.")


def demo_take(ask: Ask, demo: str) -> Iterator[Say]:
    """Show a demo in the place of somebody who has left."""
    row = open_hackathon(ask)
    found = _to_come(ask, row, demo)
    if is_own(ask, found) and not has_left(ask, row, found):
        raise Refused(f"demo {found.number} is yours already")
    if not has_left(ask, row, found):
        raise Refused(
            f"demo {found.number} is {ask.name(found.nick)}'s, who is here. Nothing changed."
        )
    one_of_us(ask, row)
    ask.books.change(
        ask.deed,
        found,
        f"demo {found.number} is nobody's again",
        network=ask.network,
        account=ask.who,
        nick=ask.heard.nick,
    )
    replan(ask)
    yield ask.answer(f"demo {found.number} is yours: {_place(ask, row, found)}.")


def _today(ask: Ask, row: Hackathon) -> list[Demo]:
    return kept.of_day(ask.books, row, hackathons.days_of(row).day_at(ask.now))


def _to_come(ask: Ask, row: Hackathon, word: str) -> Demo:
    """A demo that is neither on nor over."""
    found = one(ask, row, word)
    if found.done_at is not None:
        raise Refused(f"demo {found.number} is over. Nothing changed.")
    if rules.is_on(found):
        raise Refused(f"demo {found.number} is on just now. Nothing changed.")
    return found


def _place(ask: Ask, row: Hackathon, demo: Demo) -> str:
    """2 SSL in OCaml today, number 1"""
    waiting = [d for d in kept.of_day(ask.books, row, demo.day) if d.done_at is None]
    turn = waiting.index(demo) + 1
    return f"{demo.number} {demo.title} {day_name(ask, row, demo.day)}, number {turn}"


def _shown(demos: list[Demo]) -> str:
    """3 demos, when all are done"""
    return plural(sum(demo.started_at is not None for demo in demos), "demo")


def _takes(demos: list[Demo]) -> str:
    """2 SSL in OCaml (!demo take 2)."""
    return f" {listed([f'{d.number} {d.title} (!demo take {d.number})' for d in demos])}."


def _left_over(waiting: list[Demo]) -> str:
    return f" Nobody is left to show{_takes(waiting)}" if waiting else ""
