"""Demos: what is shown when, and what people put on the list."""

from collections.abc import Iterator
from datetime import date, timedelta

from gsocbot.commands.ask import Ask
from gsocbot.commands.command import Text, Words
from gsocbot.commands.embargo import check_untold
from gsocbot.commands.hack_words import clock
from gsocbot.commands.hackathon_here import (
    check_leads,
    leads,
    one_of_us,
    open_hackathon,
    the_hackathon,
)
from gsocbot.commands.venue import check_free, day_name, outgrown, replan
from gsocbot.render.words import plural
from gsocbot.rules import demos as rules
from gsocbot.rules.hack_spoken import is_day, split_place
from gsocbot.rules.hack_times import Span, begins, day_of
from gsocbot.rules.hackathon import EventKind, ends, room_key
from gsocbot.rules.ids import whole_number
from gsocbot.store import demos as kept
from gsocbot.store import hack_topics, hackathons
from gsocbot.store.hackathon_tables import Demo, Hackathon, HackEvent
from gsocbot.talk import Kind, Refused, Say


def demos(ask: Ask, day: Words = "") -> Iterator[Say]:
    """List the demos of today or the next day that has some, or of the day that is named."""
    row = the_hackathon(ask)
    meant = _day(ask, row, day)
    found = kept.of_day(ask.books, row, meant)
    hour = kept.hours(ask.books, row).get(meant)
    others = len(kept.every(ask.books, row)) - len(found)
    more = f" {plural(others, 'demo')} on other days." if others and not day else ""
    add = "" if hackathons.days_of(row).is_over(ask.now) else " Add: !demo add <title>"
    head = f"demos {day_name(ask, row, meant)}{_hour(ask, row, hour)}"
    if not found:
        yield ask.answer(f"{head}: none yet.{more}{add}")
        return
    items = [_briefly(ask, row, demo) for demo in found]
    yield ask.listing(f"{head}: ", items, f".{more}{add}")


def demo(ask: Ask, demo: Words = "") -> Iterator[Say]:
    """Show a demo whole: what, by whom, when, and where it can be seen."""
    if not demo or whole_number(demo) is None:
        yield from demos(ask, demo)
        return
    row = the_hackathon(ask)
    found = one(ask, row, demo)
    link = f" {found.link}" if found.link else ""
    yield ask.answer(
        f'demo {found.number} "{found.title}" by {presenter(ask, row, found)}, '
        f"{day_name(ask, row, found.day)}, {found.minutes} min{_turn(ask, row, found)}.{link}"
    )


def demo_at(ask: Ask, time: Words) -> Iterator[Say]:
    """Say when and where the demos of a day are."""
    row = open_hackathon(ask)
    check_leads(ask, row, "say when the demos are")
    days = hackathons.days_of(row)
    room, spoken = split_place(time)
    if spoken is None or not spoken.has_hour:
        raise Refused("say the hour: !demo at 15:00 room 1, or !demo at fri 15:00")
    usual = None if spoken.day else _day(ask, row, "")
    day, start = begins(spoken, days, ask.now, row.name, usual)
    if start <= ask.now:
        raise Refused(f"{clock(ask, row, start)} is over; say a later time, or the day too")
    there = kept.hours(ask.books, row).get(day)
    room = room or (there.room if there else "")
    minutes = sum(d.minutes for d in kept.of_day(ask.books, row, day))
    span = Span(day, start, ends(EventKind.DEMOS, start, minutes))
    others = hack_topics.taken(ask.books, row, [there] if there else [])
    room = check_free(ask, row, room, span, others)
    if there is None:
        ask.keep(
            HackEvent,
            f"the demos of {day:%a} have no hour",
            hackathon=row.id,
            number=hackathons.next_number(ask.books, HackEvent, row),
            kind=EventKind.DEMOS,
            room=room,
            start=start,
        )
    else:
        undo = f"the demos are at {clock(ask, row, there.start)} again"
        if not ask.books.change(ask.deed, there, undo, start=start, room=room):
            raise Refused(
                f"the demos are {day_name(ask, row, day)}{_hour(ask, row, there)} already"
            )
    replan(ask)
    new = kept.hours(ask.books, row)[day]
    count = plural(len(kept.of_day(ask.books, row, day)), "demo")
    yield ask.answer(
        f"demos {day_name(ask, row, day)}{_hour(ask, row, new)}; {count} so far. I say so 5 min "
        "before. Add: !demo add <title>"
    )


def demo_add(ask: Ask, title: Text) -> Iterator[Say]:
    """Put a demo of yours on the list; behind its title 10 min, or a day."""
    row = open_hackathon(ask)
    check_untold(ask, title)
    wish = rules.read_wish(title, lambda name: _known(ask, row, name) is not None)
    network, account, nick = ask.network, ask.who, ask.heard.nick
    if wish.whom:
        check_leads(ask, row, "put down somebody else's demo")
        known = _known(ask, row, wish.whom)
        assert known is not None
        account, nick = known
    else:
        one_of_us(ask, row)
    there = kept.every(ask.books, row)
    twin = next((d for d in there if room_key(d.title) == room_key(wish.title)), None)
    if twin is not None:
        raise Refused(f"that is demo {twin.number} already: {twin.title}")
    if len(there) >= rules.MOST_DEMOS:
        raise Refused(f"there are {rules.MOST_DEMOS} demos, and more nobody can watch")
    day = _day(ask, row, wish.day, adding=True)
    new = ask.keep(
        Demo,
        f'the demo "{wish.title}" is off the list',
        hackathon=row.id,
        number=hackathons.next_number(ask.books, Demo, row),
        day=day,
        position=kept.next_position(ask.books, row, day),
        title=wish.title,
        minutes=wish.minutes,
        network=network,
        account=account,
        nick=nick,
    )
    replan(ask)
    whose = f" for {ask.name(nick)}" if wish.whom else ""
    hour = _hour(ask, row, kept.hours(ask.books, row).get(day)) or ", no hour yet"
    turn = len([d for d in kept.of_day(ask.books, row, day) if d.done_at is None])
    yield ask.answer(
        f'demo {new.number} "{new.title}"{whose}, {day_name(ask, row, day)}{hour}: number {turn}, '
        f"{new.minutes} min.{outgrown(ask, row, day)} "
        f"Where it can be seen: !demo link {new.number} <url>"
    )


def demo_link(ask: Ask, demo: str, url: str) -> Iterator[Say]:
    """Say where a demo of yours can be seen."""
    row = the_hackathon(ask)
    found = one(ask, row, demo)
    check_own(ask, row, found)
    undo = f"demo {found.number} has the link that it had"
    if not ask.books.change(ask.deed, found, undo, link=rules.link_of(url)):
        raise Refused(f"demo {found.number} has that link already")
    yield ask.answer(f"demo {found.number}, {found.title}: {found.link}")


# --- what demos share


def one(ask: Ask, row: Hackathon, word: str) -> Demo:
    """A demo by its number."""
    number = rules.number_of(word)
    found = hackathons.by_number(ask.books, Demo, row, number)
    if found is None:
        raise Refused(f"there is no demo {number}. All: !demos")
    return found


def is_own(ask: Ask, demo: Demo) -> bool:
    """Whether it is shown by who asks."""
    return (demo.network, demo.account) == (ask.network, ask.heard.account)


def check_own(ask: Ask, row: Hackathon, demo: Demo) -> None:
    """Refuse to change what somebody else shows."""
    if not is_own(ask, demo) and not leads(ask, row):
        raise Refused(
            f"only {presenter(ask, row, demo)} and who leads the hackathon can change demo "
            f"{demo.number}. Nothing changed.",
            Kind.REFUSAL,
        )


def has_left(ask: Ask, row: Hackathon, demo: Demo) -> bool:
    """Whether who was to show it takes part no more."""
    return hackathons.hacker(ask.books, row, demo.network, demo.account) is None


def presenter(ask: Ask, row: Hackathon, demo: Demo) -> str:
    """Who shows it, so that nobody is called."""
    return "somebody who has left" if has_left(ask, row, demo) else ask.name(demo.nick)


def _day(ask: Ask, row: Hackathon, text: str, *, adding: bool = False) -> date:
    text = text.lower().removeprefix("on ").strip()
    if text and not is_day(text):
        raise Refused(f'"{text[:30]}" is no day; write it like !demos fri', stray=True)
    days = hackathons.days_of(row)
    if days.is_over(ask.now) and not text:
        return max((d.day for d in kept.every(ask.books, row)), default=row.last)
    if text:
        return day_of(text, days, ask.now, row.name)
    demos = kept.every(ask.books, row)
    waiting = {d.day for d in demos if d.done_at is None}
    # Where all of a day have been shown, one more is for the next.
    over = {d.day for d in demos} - waiting if adding else set()
    held = kept.hours(ask.books, row).keys() - over
    return rules.next_day(days, held, waiting, ask.now)


def _known(ask: Ask, row: Hackathon, name: str) -> tuple[str, str] | None:
    """The account and the nick of somebody who takes part, by either."""
    wanted = name.lower().lstrip("@")
    here = {nick.lower(): who[1:] for who, nick in ask.here.items() if who.startswith("@")}
    account = here.get(wanted, wanted)
    if hackathons.hacker(ask.books, row, ask.network, account) is None:
        return None
    return account, ask.here.get(f"@{account}", name.lstrip("@"))


def _hour(ask: Ask, row: Hackathon, hour: HackEvent | None) -> str:
    """15:00, room 1; empty where a day has no hour for them."""
    if hour is None:
        return ""
    days = hackathons.days_of(row)
    there = hour.start.astimezone(days.tz)
    by_day = there.date() == days.day_at(hour.start)
    at = f" {there:%H:%M}" if by_day else f", {there:%a %H:%M} at night"
    return f"{at}{f', {hour.room}' if hour.room else ''}"


def _turn(ask: Ask, row: Hackathon, demo: Demo) -> str:
    """That it is on, was shown, or when about its turn comes."""
    if demo.done_at is not None:
        return ", shown"
    if demo.started_at is not None:
        return ", on now"
    hour = kept.hours(ask.books, row).get(demo.day)
    if hour is None:
        return ""
    of_day = kept.of_day(ask.books, row, demo.day)
    before = sum(d.minutes for d in of_day if d.position < demo.position)
    there = (hour.start + timedelta(minutes=before)).astimezone(hackathons.days_of(row).tz)
    return f", about {there:%H:%M}"


def _briefly(ask: Ask, row: Hackathon, demo: Demo) -> str:
    """1 Linpicker (ines), with where it stands."""
    state = ", now" if rules.is_on(demo) else ", done" if demo.done_at is not None else ""
    if rules.waits(demo) and has_left(ask, row, demo):
        return f"{demo.number} {demo.title} (who was to show it has left)"
    return f"{demo.number} {demo.title} ({ask.name(demo.nick)}{state})"
