"""What people want to be reminded of: setting a reminder, listing, dropping and putting off."""

from collections.abc import Iterator
from datetime import UTC, datetime

from gsocbot.commands.ask import Ask
from gsocbot.commands.command import Text, Words
from gsocbot.commands.embargo import check_untold
from gsocbot.render import words as wording
from gsocbot.rules import own_reminders as rules
from gsocbot.rules.ids import whole_number
from gsocbot.rules.own_reminders import Wish
from gsocbot.rules.when import UTC_ZONE, Zone, zone_named
from gsocbot.store import own_reminders as kept
from gsocbot.store.tables import Reminder
from gsocbot.talk import Refused, Say

SAMPLE = "!remind me tomorrow 9 <text>"


def remind(ask: Ask, number: Words = "") -> Iterator[Say]:
    """List your reminders that are to come, or show one whole."""
    if number and number.lower() != "list":
        if whole_number(number) is None:
            _check_untold(ask, number)
            raise Refused(_without_me(ask, number))
        row = _ahead_one(ask, number)
        where = f" in {row.channel}" if row.channel else ""
        yield ask.answer(f"reminder {row.number}{where}: {_shown(ask, row)} {_quoted(row.text)}.")
        return
    rows = _ahead(ask)
    if not rows:
        raise Refused(f"nothing is to come. To set one: {SAMPLE}")
    zone = zone_named(ask.wishes.zone) or UTC_ZONE
    items = [
        f"{row.number} {_on_clock(kept.moment_of(row), zone, ask.now)} "
        f"{f'{row.channel} ' if row.channel else ''}{row.text}"
        for row in rows
    ]
    yield ask.listing(f"in {zone.name}: ", items)


def remind_me(ask: Ask, when: str, text: Text) -> Iterator[Say]:
    """Have yourself reminded: here, if you ask in a channel, else in private."""
    _check_untold(ask, f"{when} {text}")
    own = zone_named(ask.wishes.zone) if ask.wishes.zone else None
    wish = rules.read_wish(f"{when} {text}", ask.now, own)
    rules.check_count(len(_ahead(ask)))
    number = kept.next_number(ask.books, ask.season_key)
    ask.keep(
        Reminder,
        f"reminder {number} does not come",
        number=number,
        channel=(ask.heard.channel or "").lower(),
        text=wish.text,
        day=wish.wall.day,
        time=wish.wall.time,
        zone=wish.wall.zone,
        at=wish.at,
        made_at=ask.now,
    )
    assumed = ask.in_private and own is None and not wish.wall.named
    hint = " Read as UTC; on your own clock: !me tz <zone>" if assumed else ""
    yield ask.answer(
        f"reminder {number}: {_understood(ask, wish, own)} {_quoted(wish.text)}.{hint}"
    )


def remind_drop(ask: Ask, number: Words) -> Iterator[Say]:
    """Drop one of your reminders."""
    row = _ahead_one(ask, number)
    kept.forget(ask.books, row)
    ask.books.remove(ask.deed, row, f"reminder {row.number} comes again")
    yield ask.answer(f"reminder {row.number} is dropped: {_quoted(row.text)}.")


def remind_later(ask: Ask, number: str, length: Words) -> Iterator[Say]:
    """Put off one of your reminders, one that has just come too: 30 min, 2h, 1d."""
    row = _one(ask, number)
    at = kept.moment_of(row)
    if at <= ask.now:
        rules.check_count(len(_ahead(ask)))
    later = rules.pushed(at, length, ask.now)
    rules.check_near(later, ask.now)
    kept.forget(ask.books, row)
    undo = f"reminder {row.number} comes when it was to come before"
    # A moment that is so much later is the same everywhere.
    there = later.astimezone(UTC)
    ask.books.change(
        ask.deed, row, undo, day=there.date(), time=there.time(), zone=UTC_ZONE.name, at=later
    )
    yield ask.answer(f"reminder {row.number}: {ask.moment(later)} {_quoted(row.text)}.")


def _check_untold(ask: Ask, words: str) -> None:
    """Whatever its moment is; what is to be said then may be a result that somebody was to get."""
    parts = words.split()
    check_untold(ask, *(" ".join(parts[n:]) for n in range(min(len(parts), rules.MOST_WORDS + 1))))


def _without_me(ask: Ask, words: str) -> str:
    """What is said to "remind in 2h tea", and to "remind tomas in 2h tea"."""
    try:
        rules.read_wish(words, ask.now, None)
    except Refused:
        return f"I remind only you, of what you say: {SAMPLE}"
    return f"I remind only you; say !remind me {words}"


def _ahead(ask: Ask) -> list[Reminder]:
    """The reminders of the person who asks that are to come."""
    mine = kept.of_person(ask.books, ask.season_key, ask.network, ask.who)
    return [row for row in mine if kept.moment_of(row) > ask.now]


def _one(ask: Ask, words: str) -> Reminder:
    """One of the asker's own reminders; of others' nobody hears even that there are any."""
    number = whole_number(words)
    mine = kept.of_person(ask.books, ask.season_key, ask.network, ask.who)
    for row in mine:
        if row.number == number:
            return row
    raise Refused(f"you have no reminder {words[:20]}. Yours: !remind")


def _ahead_one(ask: Ask, words: str) -> Reminder:
    row = _one(ask, words)
    if kept.moment_of(row) <= ask.now:
        number = row.number
        raise Refused(f"reminder {number} has come. Once more: !remind later {number} 1h")
    return row


def _understood(ask: Ask, wish: Wish, own: Zone | None) -> str:
    """A moment as it was meant; a channel never learns in which zone somebody lives."""
    zone = zone_named(wish.wall.zone)
    if zone is None or zone.name == UTC_ZONE.name:
        return ask.moment(wish.at)
    assumed = own is not None and not wish.wall.named
    if assumed and not ask.in_private:
        return wording.moment(wish.at, ask.now, zone.tz, "your time")
    there = wording.moment(wish.at, ask.now, zone.tz, zone.name)
    return f"{there} ({wording.clock(wish.at, wish.at, UTC, 'UTC')})"


def _shown(ask: Ask, row: Reminder) -> str:
    return ask.moment(kept.moment_of(row))


def _on_clock(at: datetime, zone: Zone, now: datetime) -> str:
    return wording.moment(at, now, zone.tz, "").rstrip()


def _quoted(text: str) -> str:
    return f'"{text}"'
