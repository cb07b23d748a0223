"""Sessions that go on by themselves: they open at their hour, warn, end, and name their gaps."""

import json
import logging
import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from gsocbot.bot.rooms import Place, Rooms
from gsocbot.commands.ask import Outside
from gsocbot.commands.sessions import in_words
from gsocbot.config import ChannelRole
from gsocbot.render import words as wording
from gsocbot.render.addresses import Addresses, session_path
from gsocbot.render.lines import FORMATTING
from gsocbot.rules import office as rules
from gsocbot.rules.queue import as_target
from gsocbot.store import closing, office, outbox, queue, roster
from gsocbot.store.away import why_away
from gsocbot.store.books import Books, Deed
from gsocbot.store.tables import OfficeSession
from gsocbot.talk import Heard, Present, Say

log = logging.getLogger(__name__)

ENDING, CLOSED, BACK = "office_ending", "office_closed", "office_back"
"""Each topic is a template."""

CLOSED_USEFUL = timedelta(hours=1)
BACK_USEFUL = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Due:
    """A planned session that opens as soon as somebody who is on in it says something."""

    start: datetime
    end: datetime
    on: frozenset[str]


class Sessions:
    """What sessions do without being told. `opens` is called from the loop, all else is not."""

    def __init__(self, rooms: Rooms, base_url: str, outside: Outside) -> None:
        self._rooms = rooms
        self._base_url = base_url
        self._outside = outside
        self._due: Mapping[Place, Sequence[Due]] = {}

    def opens(self, heard: Heard) -> bool:
        """Whether a line opens the session that is planned now: a mentor who is on has said it."""
        due = self._due.get((heard.network, heard.channel or ""), ())
        return (
            bool(due)
            and rules.is_kept(FORMATTING.sub("", heard.text))
            and any(d.start <= heard.at < d.end and heard.account in d.on for d in due)
        )

    def forget(self, heard: Heard) -> None:
        """A session was opened where a line was said; that one does not open again."""
        self._due = {
            place: due
            for place, due in self._due.items()
            if place != (heard.network, heard.channel)
        }

    def look_ahead(self, books: Books, now: datetime) -> None:
        """See which sessions are planned for now or soon, and who is on in them."""
        due: dict[Place, list[Due]] = {}
        for season in self._rooms.seasons:
            try:
                for place, session in self._of_season(books, season, now):
                    due.setdefault(place, []).append(session)
            except Exception as error:
                if why_away(error):
                    raise
                log.error(
                    "season %s: its office hours do not open by themselves: %s", season, error
                )
        self._due = due

    def _of_season(self, books: Books, season: str, now: datetime) -> Iterator[tuple[Place, Due]]:
        known = roster.Roster(books, season)
        for name, weekly, session in roster.coming(books, season, now, now + rules.EARLY):
            for place in self._places(season, weekly.channel):
                on = frozenset(known.on(place[0], name, session))
                if on and not office.was_held(books, season, name, session.day, place):
                    yield place, Due(session.start, session.end, on)

    def _places(self, season: str, channel: str) -> list[Place]:
        public = self._rooms.of(season, ChannelRole.PUBLIC)
        return [place for place in public if channel.lower() in {"", place[1]}]

    def tick(self, books: Books, now: datetime) -> Iterator[Say]:
        """Warn of what ends soon, end what nobody ended, and give channels their topics back."""
        for number in [row.id for row in office.every_open(books)]:
            try:
                with books.apart():
                    self._look_at(books, number, now)
            except Exception as error:
                if why_away(error):
                    raise
                log.exception("session %s cannot be ended; the others can", number)
        runs = office.open_sessions(books)
        for row in office.with_our_topic(books, now - rules.LOOKED_BACK):
            if (row.network, row.channel) not in runs:
                yield from self._restored(books, row, now)

    def _look_at(self, books: Books, number: int | None, now: datetime) -> None:
        row = books.session.get_one(OfficeSession, number)
        if not row.warned and rules.is_nearly_over(row.started_at, row.until, now):
            self._warn(books, row, now)
        if rules.is_over(row.until, office.last_word(books, row), now):
            self._end(books, row, now)

    def _warn(self, books: Books, row: OfficeSession, now: datetime) -> None:
        closes = row.queue_open
        books.change(_deed(row, now), row, warned=True, queue_open=False)
        facts = {
            "waiting": self._waiting(books, row),
            "closes": closes,
            "at": row.until.isoformat(),
        }
        _say(books, row, ENDING, facts, now, row.until)

    def _end(self, books: Books, row: OfficeSession, now: datetime) -> None:
        copy = office.ended_on(books, row.season, row.day) + 1
        closed = closing.close(books, _deed(row, now), row, now)
        page = Addresses(self._base_url, row.season).page(session_path(str(row.day), copy))
        facts = {"text": in_words(row, closed, page), "at": now.isoformat()}
        _say(books, row, CLOSED, facts, now, now + CLOSED_USEFUL)

    def _restored(self, books: Books, row: OfficeSession, now: datetime) -> Iterator[Say]:
        """The topic that was there before, unless somebody has set another one meanwhile.

        It is set until it is seen there; who has just come back may be made an operator soon.
        """
        there = self._outside.topic(row.network, row.channel)
        if there is None:
            return
        if not rules.is_ours(there.text, row.topic_set):
            books.change(_deed(row, now), row, topic_set="")
        elif there.settable:
            yield Say(row.network, row.channel, row.topic_before, topic=True)

    def _waiting(self, books: Books, row: OfficeSession) -> list[str]:
        """Who waits in a session, by the nicks that they have now."""
        places = queue.waiting(books, row)
        here = self._outside.here(row.network) if places else {}
        return [here.get(as_target(place.asker), place.nick) for place in places]

    def listen(
        self, books: Books, present: Mapping[str, Mapping[str, Present]], now: datetime
    ) -> None:
        """Note up to when logs have all that was said, and what they lack.

        `present` says in which channels of each network the bot is, and since when.
        """
        for row in office.every_open(books):
            there = present.get(row.network, {}).get(row.channel)
            if there is None or row.id is None:
                continue
            self._came(books, row, there.since)
            if row.heard_until is None or there.heard > row.heard_until:
                office.note_heard(books, row.id, max(there.heard, there.since))

    def came(self, books: Books, session: int, since: datetime) -> None:
        """The first line of a stay in a session's channel is about to be kept."""
        for row in office.every_open(books):
            if row.id == session:
                self._came(books, row, since)

    def _came(self, books: Books, row: OfficeSession, since: datetime) -> None:
        known = office.known_until(books, row, since)
        if not rules.is_gap(known, since):
            return
        office.keep_gap(books, row, known, since)
        facts = {
            "missing": wording.gap(known, since, "this session's log"),
            "waiting": self._waiting(books, row),
            "chair": row.chair,
            "at": since.isoformat(),
        }
        _say(books, row, BACK, facts, since, since + BACK_USEFUL)


def _say(
    books: Books,
    row: OfficeSession,
    topic: str,
    facts: Mapping[str, object],
    now: datetime,
    expires: datetime,
) -> None:
    line = outbox.row(
        key=f"{row.season}:session:{row.id}:{topic}:{now.isoformat()}",
        season=row.season,
        place=(row.network, row.channel),
        topic=topic,
        facts=json.dumps(facts),
        due=now,
        expires=expires,
    )
    outbox.plan(books, [line])


def _deed(row: OfficeSession, now: datetime) -> Deed:
    """The author of what nobody has done in time."""
    deed = secrets.token_hex(8)
    return Deed(deed, now, row.season, row.network, "(clock)", row.channel, "time is up")
