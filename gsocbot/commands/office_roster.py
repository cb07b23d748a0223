"""Who is on in office hours, who is late for one, and who wants to be told of them."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from gsocbot.commands.ask import Ask
from gsocbot.commands.command import Words
from gsocbot.commands.dates import replan
from gsocbot.commands.mentors import named
from gsocbot.commands.office_when import NONE, coming, one, when, who_is_on
from gsocbot.commands.sessions import running
from gsocbot.render import words as wording
from gsocbot.render.words import listed
from gsocbot.rules import office_plans as rules
from gsocbot.rules.mentors import is_away
from gsocbot.rules.office_plans import Planned
from gsocbot.rules.roles import Role
from gsocbot.store import mentors as times
from gsocbot.store import office_planning, people
from gsocbot.store import queue as places
from gsocbot.store.roster import Roster
from gsocbot.store.tables import OfficeDuty, Person
from gsocbot.talk import Kind, Refused, Say

ALL = "all"
ME = frozenset({"", "me", "on"})
OFF = frozenset({"off", "me off", "none", "no"})
TOLD_FOR = timedelta(days=14)
NEAR = timedelta(hours=2)
"""So long before an office hour somebody may say that they will be late."""


def office_on(ask: Ask, date: Words = "next") -> Iterator[Say]:
    """Sign up for an office hour: a date, next, or all of them."""
    who, sessions, whole = _meant(ask, date.split())
    yours = who == ask.who
    be = "you are" if yours else f"{ask.name(who)} is"
    if whole:
        new = [planned for planned in _firsts(sessions) if _stand(ask, who, planned)]
        if not new:
            raise Refused(f"{be} on for all of them already", as_is=not yours)
        shown = f"{_all_of(ask, sessions, 'every')} from {when(ask, sessions[0])} on"
    else:
        (planned,) = sessions
        _check_there(ask, who, planned)
        if not _sign(ask, who, planned):
            raise Refused(f"{be} on for {when(ask, planned)} already", as_is=not yours)
        shown = when(ask, planned)
    replan(ask)
    if not yours:
        _tell(ask, "on", who, sessions[0], shown, whole=whole)
        yield ask.answer(f"{be} on for {shown}, and told so.", as_is=True)
        return
    others = [n for n in _on(ask, sessions[0]) if n != ask.name(who)]
    with_you = f" With you: {listed(others)}." if others and not whole else ""
    yield ask.answer(f"you are on for {shown}, thank you.{with_you}")


def office_off(ask: Ask, date: Words = "next") -> Iterator[Say]:
    """Take your name off an office hour again: a date, next, or all of them."""
    who, sessions, whole = _meant(ask, date.split())
    yours = who == ask.who
    be = "you are" if yours else f"{ask.name(who)} is"
    if whole:
        gone = [planned for planned in _firsts(sessions) if _leave(ask, who, planned)]
        if not gone:
            raise Refused(f"{be} on for none of them", as_is=not yours)
        shown = _all_of(ask, sessions, "any")
    else:
        (planned,) = sessions
        if not _excuse(ask, who, planned):
            raise Refused(f"{be} not on for {when(ask, planned)}", as_is=not yours)
        shown = when(ask, planned)
    replan(ask)
    if not yours:
        _tell(ask, "off", who, sessions[0], shown, whole=whole)
    told = "" if yours else ", and told so"
    nobody = "" if whole or _on(ask, sessions[0]) else " Nobody is on then now."
    yield ask.answer(f"{be} not on for {shown} any more{told}.{nobody}", as_is=not yours)


def office_late(ask: Ask, delay: Words) -> Iterator[Say]:
    """Tell the channel that a mentor is some minutes late."""
    late = int(rules.read_minutes(delay).total_seconds() // 60)
    here = running(ask)
    room = (ask.heard.channel or "").lower()
    near = [p for p in coming(ask) if p.weekly.channel.lower() in {"", room}
            and p.start - NEAR <= ask.now]  # fmt: skip
    if here is None and not near:
        shown = coming(ask)
        then = f"; the next one is {when(ask, shown[0])}" if shown else ""
        raise Refused(f"no office hour is near{then}")
    if here is not None:
        waiting = places.waiting(ask.books, here)
    else:
        waiting = places.waiting_for_next(ask.books, ask.season_key, ask.network)
    is_open = here is None or here.queue_open
    queue = f"the queue {'stays open' if is_open else 'is closed'} ({len(waiting)} waiting)"
    yield ask.announce(f"{ask.name(ask.who)} is {late} min late; {queue}.")


def office_remind(ask: Ask, me_or_off: Words = "me") -> Iterator[Say]:
    """Have yourself told in private an hour before each office hour; off ends it."""
    word = me_or_off.lower()
    if word not in ME | OFF:
        raise Refused(f'I do not know what "{word[:20]}" means here: !office remind me, or '
                      "!office remind off")  # fmt: skip
    wanted = word in ME
    row = people.row(ask.books, ask.season_key, ask.network, ask.who)
    if wanted == (row is not None and row.office):
        if wanted:
            raise Refused("I tell you in private of each office hour already")
        raise Refused("I do not tell you of office hours. To be told: !office remind me")
    undo = f"I {'do not tell' if wanted else 'tell'} you of each office hour"
    if row is None:
        ask.keep(Person, undo, office=wanted)
    else:
        ask.books.change(ask.deed, row, undo, office=wanted)
    replan(ask)
    if not wanted:
        yield ask.answer("no more lines in private before office hours.")
        return
    but = "" if ask.wishes.pm else " But you have switched such lines off; on again: !me pm on"
    yield ask.answer(
        f"I tell you in private 1 h before each office hour, and when one changes.{but}", as_is=True
    )


# --- who, and for what


def _meant(ask: Ask, words: list[str]) -> tuple[str, list[Planned], bool]:
    """Who is to be on, in which sessions to come, and whether that is all of a series."""
    shown = coming(ask)
    if not shown:
        raise Refused(NONE)
    who = ask.who
    if not _is_when(ask, words, shown):
        who, words = _who(ask, words), words[:-1] or ["next"]
    if ALL not in [word.lower() for word in words]:
        return who, [one(ask, words)], False
    series = {word.lower() for word in words} - {ALL}
    found = [planned for planned in shown if not series or planned.name in series]
    return who, found, True


def _is_when(ask: Ask, words: Sequence[str], shown: Sequence[Planned]) -> bool:
    """Whether words are sessions alone, and name nobody."""
    rest = [word for word in words if word.lower() != ALL]
    if len(rest) < len(words):
        return {word.lower() for word in rest} <= {planned.name for planned in shown}
    return rules.reads(words, shown, ask.now)


def _who(ask: Ask, words: Sequence[str]) -> str:
    """The account that the last word names; others are signed up by organisers alone."""
    meant = words[-1].lower().removeprefix("@")
    accounts = sorted({*ask.holders(Role.MENTOR), *ask.holders(Role.ORGANISER)})
    nicks = {nick.lower(): person[1:] for person, nick in ask.here.items() if person[0] == "@"}
    mine = {"me", ask.who, ask.heard.nick.lower()}
    nobody = f'I know no date and no mentor "{meant[:40]}"; try !office on next, or !office list'
    if meant in mine:
        return ask.who
    if meant not in accounts and nicks.get(meant) in accounts:
        meant = nicks[meant]
    account = named(ask, meant, accounts, nobody)
    if Role.ORGANISER not in ask.roles:
        raise Refused(
            "only organisers can do that for somebody else; for yourself without a name: "
            "!office on next",
            Kind.REFUSAL,
        )
    return account


def _check_there(ask: Ask, who: str, planned: Planned) -> None:
    absence = times.absence_of(times.row(ask.books, ask.season_key, ask.network, who))
    if absence is not None and is_away(absence, planned.start):
        until = wording.day(absence.last_day, ask.now)
        if who == ask.who:
            raise Refused(f"you are away until {until}. Not any more? !mentor back")
        raise Refused(f"{ask.name(who)} is away until {until}", as_is=True)


def _on(ask: Ask, planned: Planned) -> list[str]:
    return who_is_on(ask, Roster(ask.books, ask.season_key), planned)


def _all_of(ask: Ask, sessions: Sequence[Planned], each: str) -> str:
    """every office hour, or every one of office-2 where there are others"""
    names = {planned.name for planned in sessions}
    if names == {planned.name for planned in coming(ask)}:
        return f"{each} office hour"
    return f"{each} one of {listed(sorted(names))}"


def _firsts(sessions: Sequence[Planned]) -> list[Planned]:
    """The first session of each series."""
    found: dict[str, Planned] = {}
    for planned in sessions:
        found.setdefault(planned.name, planned)
    return list(found.values())


# --- rows


def _rows(ask: Ask, who: str, planned: Planned) -> list[OfficeDuty]:
    mine = {"season": ask.season_key, "network": ask.network, "account": who}
    return ask.books.every(OfficeDuty, **mine, series=planned.name)


def _undo(ask: Ask, who: str, *, on: bool, shown: str) -> str:
    be = "you are" if who == ask.who else f"@{who} is"
    return f"{be} {'on' if on else 'not on'} for {shown}"


def _sign(ask: Ask, who: str, planned: Planned) -> bool:
    """Put somebody on for one session; False if they are."""
    rows, day = _rows(ask, who, planned), planned.session.day
    stands = any(row.day is None for row in rows)
    off = [row for row in rows if row.day == day and row.off]
    if any(row.day == day and not row.off for row in rows) or (stands and not off):
        return False
    undo = _undo(ask, who, on=False, shown=when(ask, planned))
    for row in off:
        ask.books.remove(ask.deed, row, undo)
        undo = ""
    if not stands:
        ask.keep(OfficeDuty, undo, series=planned.name, day=day, account=who)
    return True


def _excuse(ask: Ask, who: str, planned: Planned) -> bool:
    """Take somebody off one session; False if they are not on."""
    rows, day = _rows(ask, who, planned), planned.session.day
    stands = any(row.day is None for row in rows)
    off = any(row.day == day and row.off for row in rows)
    dated = [row for row in rows if row.day == day and not row.off]
    if not dated and (off or not stands):
        return False
    undo = _undo(ask, who, on=True, shown=when(ask, planned))
    for row in dated:
        ask.books.remove(ask.deed, row, undo)
        undo = ""
    if stands and not off:
        ask.keep(OfficeDuty, undo, series=planned.name, day=day, account=who, off=True)
    return True


def _stand(ask: Ask, who: str, planned: Planned) -> bool:
    """Put somebody on for a whole series from a session on; False if they are."""
    rows = _rows(ask, who, planned)
    off = [row for row in rows if row.off and row.day and row.day >= planned.session.day]
    stands = any(row.day is None for row in rows)
    if stands and not off:
        return False
    undo = "who is on is as it was"
    for row in off:
        ask.books.remove(ask.deed, row, undo)
        undo = ""
    if not stands:
        ask.keep(OfficeDuty, undo, series=planned.name, account=who)
    return True


def _leave(ask: Ask, who: str, planned: Planned) -> bool:
    """Take somebody off a whole series from a session on; False if they are on for none."""
    rows = _rows(ask, who, planned)
    gone = [row for row in rows if row.day is None or row.day >= planned.session.day]
    undo = "who is on is as it was"
    for row in gone:
        ask.books.remove(ask.deed, row, undo)
        undo = ""
    return any(not row.off for row in gone)


def _tell(ask: Ask, what: str, who: str, planned: Planned, shown: str, *, whole: bool) -> None:
    """Tell a mentor what an organiser has signed them up for, or taken them off."""
    facts = {
        "title": planned.weekly.title,
        "at": planned.start.isoformat(),
        "was": "",
        "why": "",
        "whole": shown,
        "by": ask.who,
        "room": "",
        "you": True,
    }
    place = [(ask.network, f"@{who}")]
    until = ask.now + TOLD_FOR if whole else planned.start
    office_planning.tell(ask.books, ask.deed, what, facts, place, until)
