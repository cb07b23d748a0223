"""Planning a hackathon: it is added, changed, led by others too, or dropped before it begins."""

from collections.abc import Iterator
from datetime import date, time

from gsocbot.commands.ask import Ask
from gsocbot.commands.command import Text, Words
from gsocbot.commands.dates import public
from gsocbot.commands.hack import named
from gsocbot.commands.hack_words import called, days_in_words, where
from gsocbot.commands.hackathon_here import check_leads, open_hackathon, page
from gsocbot.commands.sessions import account_of, known_account
from gsocbot.commands.venue import replan
from gsocbot.config import ChannelRole
from gsocbot.render.words import listed, plural
from gsocbot.rules import hack_days as rules
from gsocbot.rules import hack_rooms, office
from gsocbot.rules.hack_spoken import read_hours
from gsocbot.rules.hackathon import Days, in_words
from gsocbot.store import hack_moves, hack_undo, hackathons
from gsocbot.store.hackathon_tables import Hackathon
from gsocbot.talk import Refused, Say

FIELDS = ("name", "place", "days", "zone", "channel", "hours")
EVERY_ROOM = frozenset({"all", "none", "everywhere", "-", "off"})


def hack_add(ask: Ask, hackathon: Text) -> Iterator[Say]:
    """Plan a hackathon."""
    new = rules.read_new(hackathon, ask.now)
    there = hackathons.every(ask.books, ask.season_key)
    if len(there) >= rules.MOST_HACKATHONS:
        raise Refused(f"there are {len(there)} hackathons; drop one first: !hack drop <name>")
    for other in there:
        if new.slug == other.slug:
            raise Refused(f"there is one called {other.name}, {days_in_words(ask, other)}")
    here = (ask.heard.channel or "").lower() if ask.role is ChannelRole.PUBLIC else ""
    for other in there:
        if "" in {here, other.channel} or here == other.channel:
            _check_apart(ask, new.days, other)
    row = ask.keep(
        Hackathon,
        f"{new.name} is planned no more",
        slug=new.slug,
        name=new.name,
        first=new.days.first,
        last=new.days.last,
        zone=new.days.zone,
        place=new.place,
        channel=here,
    )
    replan(ask)
    spot = ", ".join(dict.fromkeys([row.zone, where(row)]))
    yield ask.answer(
        f'hackathon "{row.name}" {days_in_words(ask, row)}, {spot}. '
        f"Topics: !topic add · demos: !demo add · people: !hack join · {page(ask, row)}"
    )


def _check_apart(ask: Ask, new: Days, other: Hackathon) -> None:
    """Ask back where two are to go on in the same channel: of these one alone would be meant."""
    if hackathons.days_of(other).overlaps(new):
        ask.confirm(
            f"{other.name} is {days_in_words(ask, other)} in the same channel, and what is said "
            "there is meant for the one that begins first. To change that one: !hack set."
        )


def hack_set(ask: Ask, field: str, value: Text) -> Iterator[Say]:
    """Change the name, place, days, zone, channel or hours of the hackathon."""
    row, word = open_hackathon(ask), field.lower().rstrip(":")
    if word not in FIELDS and word in {h.slug for h in hackathons.every(ask.books, row.season)}:
        row, (word, _, value) = named(ask, word), value.partition(" ")
    check_leads(ask, row, "change it")
    if word not in FIELDS:
        raise Refused(f'there is no "{field[:20]}" to set, but {listed(FIELDS)}: !hack set place …')
    old = hackathons.days_of(row)
    new = old
    values: dict[str, str | date | time] = {}
    if word == "name":
        values["name"] = rules.checked_name(value)
    elif word == "place":
        values["place"] = "" if value.lower() in EVERY_ROOM else rules.checked_place(value)
    elif word == "channel":
        values["channel"] = _channel(ask, row, value)
    elif word == "hours":
        values["opens"], values["closes"] = read_hours(value)
    else:
        new = _new_days(ask, row, old, word, value)
        values |= {"first": new.first, "last": new.last, "zone": new.zone}
    undo = f"the {word} of {row.name} {'are' if word in {'days', 'hours'} else 'is'} as before"
    if not ask.books.change(ask.deed, row, undo, **values):
        raise Refused("that is so already")
    moved = hack_moves.move(ask.books, ask.deed, row, old, new) if new != old else 0
    replan(ask)
    also = f" Moved with it: {plural(moved, 'thing')} that {_is(moved)} planned." if moved else ""
    yield ask.answer(f"{_as_it_is(row, word, days_in_words(ask, row))}.{also}", as_is=True)


def _is(count: int) -> str:
    return "was" if count == 1 else "were"


def _as_it_is(row: Hackathon, field: str, days: str) -> str:
    shown = {
        "name": f"it is called {row.name} now",
        "place": f"{row.name} is in {row.place}" if row.place else f"{row.name} is everywhere",
        "days": f"{row.name} is {days} now",
        "zone": f"{row.name} keeps the clock of {row.zone} now",
        "channel": f"{row.name} is spoken of in {row.channel or 'all public channels'}",
        "hours": f"{row.name} opens at {row.opens:%H:%M} and closes at {row.closes:%H:%M}",
    }
    return shown[field]


def _channel(ask: Ask, row: Hackathon, value: str) -> str:
    wanted = value.strip().lower()
    if wanted in EVERY_ROOM:
        return ""
    names = list(dict.fromkeys(c for network, c in public(ask) if network == row.network))
    if wanted not in names:
        there = listed(names) or "none yet"
        raise Refused(f"{value[:40]} is no public channel of this season; there is {there}, or all")
    return wanted


def _new_days(ask: Ask, row: Hackathon, old: Days, field: str, value: str) -> Days:
    """Other days, or the same on another zone's clock; refuses what leaves something out."""
    if field == "zone":
        zone, _ = rules.read_zone(value.split())
        timed = hack_moves.count_timed(ask.books, row)
        if zone != old.zone and timed:
            ask.confirm(
                f"{plural(timed, 'thing')} {_is(timed)} planned by the clock of {old.zone}, and "
                f"would be by that of {zone}."
            )
        return Days(old.first, old.last, zone)
    first, last, rest = rules.read_days(value, ask.now)
    if rest:
        raise Refused(f'I cannot read "{rest[:40]}" as days; write them like 2-4 mar')
    new = rules.checked(first, last, old.zone, ask.now)
    shift = hack_rooms.shift(old, new)
    if shift and ask.now >= old.at(old.first, row.opens):
        raise Refused(f"{row.name} has begun on {_day(old.first)}; only its last day can change")
    lost = hack_moves.left_out(ask.books, row, old, new)
    if lost:
        what, day = lost[0]
        more = f" and {len(lost) - 1} more" if len(lost) > 1 else ""
        raise Refused(
            f"{in_words(first, last)} leaves out {_day(day)}, where there is {what}{more}. "
            "Move that first. Nothing changed."
        )
    return new


def _day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"


def hack_chair(ask: Ask, nick: Words) -> Iterator[Say]:
    """Have others lead the hackathon too."""
    row = open_hackathon(ask)
    check_leads(ask, row, "have others lead it")
    if row.network != ask.network:
        raise Refused(f"accounts are another network's here; {row.name} is on {row.network}")
    chairs, accounts = row.chairs, []
    for one in nick.replace(",", " ").split():
        account = account_of(ask, one)
        accounts.append(account)
        if account not in office.leaders(chairs):
            chairs = office.with_leader(chairs, account)
    names = listed([called(ask, a) for a in accounts])
    undo = f"{listed([f'@{a}' for a in accounts])} leads {row.name} no more"
    if not ask.books.change(ask.deed, row, undo, chairs=chairs):
        raise Refused(f"{names} leads {row.name} already", as_is=True)
    yield ask.answer(f"{names} {_lead(accounts)} {row.name} too.", as_is=True)


def hack_unchair(ask: Ask, nick: Words) -> Iterator[Say]:
    """Have others lead the hackathon no more."""
    row = open_hackathon(ask)
    check_leads(ask, row, "have others lead it no more")
    chairs, accounts = row.chairs, []
    for one in nick.replace(",", " ").split():
        account = known_account(ask, one) or one.lower()
        if account not in office.leaders(chairs):
            raise Refused(f"{ask.name(one[:30])} does not lead {row.name}. Nothing changed.")
        accounts.append(account)
        chairs = office.without_leader(chairs, account)
    undo = f"{listed([f'@{a}' for a in accounts])} leads {row.name} again"
    ask.books.change(ask.deed, row, undo, chairs=chairs)
    names = listed([called(ask, a) for a in accounts])
    yield ask.answer(f"{names} {_lead(accounts)} {row.name} no more.", as_is=True)


def _lead(accounts: list[str]) -> str:
    return "leads" if len(accounts) == 1 else "lead"


def hack_drop(ask: Ask, hackathon: Words = "") -> Iterator[Say]:
    """Drop a hackathon that has not begun, or is empty, with all that is planned for it."""
    row = named(ask, hackathon) if hackathon else open_hackathon(ask)
    days = hackathons.days_of(row)
    begun = ask.now >= days.at(row.first, row.opens)
    if begun and not hack_undo.is_alone(ask.books, row):
        raise Refused(f"{row.name} has begun, and what was stays. Other days: !hack set days …")
    people, things = hackathons.head_count(ask.books, row), hack_moves.count(ask.books, row)
    who = {0: "nobody", 1: "1 person"}.get(people, f"{people} people")
    what = plural(things, "thing") if things else "nothing"
    ask.confirm(
        f"this drops {row.name}, {days_in_words(ask, row)}, with {who} and {what} planned.",
        shown=f"{row.id}",
    )
    hack_moves.drop(ask.books, ask.deed, row, f"{row.name} is planned again")
    replan(ask)
    yield ask.answer(f"{row.name} is dropped; !undo within 10 minutes brings it back.", as_is=True)
