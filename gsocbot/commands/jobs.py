"""What the bot is going to say of its own accord: when, what, and where."""

import json
from collections.abc import Iterator, Sequence
from itertools import groupby

from gsocbot.commands.ask import Ask
from gsocbot.render import words as wording
from gsocbot.render.words import plural
from gsocbot.store import coming as kept
from gsocbot.store import outbox
from gsocbot.store.coming import Coming
from gsocbot.store.digest import MAIL
from gsocbot.talk import Refused, Say

FEW, MOST = 5, 50


def jobs(ask: Ask, number: str = "") -> Iterator[Say]:
    """Say what I am going to say, when and where: the next five, or so many."""
    if number and not (number.isdecimal() and 0 < int(number) <= MOST):
        raise Refused(f"say how many: !jobs {FEW}, at most {MOST}")
    lines = kept.coming(ask.books, ask.season_key)
    waits = [line for line in lines if line.due <= ask.now and outbox.is_person(line.target)]
    coming = [
        _job(ask, list(same))
        for _, same in groupby((x for x in lines if x.due > ask.now), key=_what)
    ]
    people = {(line.network, line.target) for line in waits}
    waiting = (
        f" {plural(len(waits), 'line')} for {_people(len(people))} until they come."
        if people
        else ""
    )
    if not coming:
        yield ask.answer(f"nothing is planned for the next 30 days.{waiting}")
        return
    shown = coming[: int(number or FEW)]
    more = f" ({len(coming) - len(shown)} more)" if len(coming) > len(shown) else ""
    yield ask.listing(f"{len(coming)} to come, UTC: ", shown, f"{more}.{waiting}")


def _what(line: Coming) -> tuple[object, ...]:
    facts = json.loads(line.payload)
    return line.due, line.topic, facts.get("slug"), facts.get("at")


def _job(ask: Ask, same: Sequence[Coming]) -> str:
    """19:00 applications-close 3 d #xen-gsoc PM 6 people: one line of an answer, many of the bot"""
    first = same[0]
    facts = json.loads(first.payload)
    what = facts.get("slug") or first.topic.replace("_", " ")
    mail = [x.target for x in same if x.network == MAIL]  # an address is nobody's business here
    same = [x for x in same if x.network != MAIL]
    rooms = list(dict.fromkeys(x.target for x in same if not outbox.is_person(x.target)))
    private = _private([x.target for x in same if outbox.is_person(x.target)])
    return " ".join(
        filter(None, [_when(ask, first), what, _before(facts), *rooms, private, _to(mail)])
    )


def _private(targets: Sequence[str]) -> str:
    """PM mira, or PM 6 people; a stranger is not named."""
    if not targets:
        return ""
    alone = len(targets) == 1 and targets[0].startswith("@")
    return f"PM {targets[0][1:]}" if alone else f"PM {_people(len(targets))}"


def _to(addresses: Sequence[str]) -> str:
    if not addresses:
        return ""
    return "to 1 address" if len(addresses) == 1 else f"to {len(addresses)} addresses"


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"


def _when(ask: Ask, line: Coming) -> str:
    on = line.due.date()
    day = "" if on == ask.now.date() else f"{wording.day_briefly(on, ask.now)} "
    return f"{day}{line.due:%H:%M}"


def _before(facts: dict[str, object]) -> str:
    minutes = facts.get("offset_minutes")
    if not isinstance(minutes, int):
        return ""
    return wording.span(wording.MINUTE * minutes) if minutes else "start"
