"""What happens in a year: who comes and goes and asks for what, what is moved, what breaks."""

import random
import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta

from tests.soak.year import walls
from tests.soak.year.deeds import Deed, deeds
from tests.soak.year.process import MOMENTS, Death
from tests.soak.year.promises import PUBLIC, Promise, Promises
from tests.soak.year.season import Date, Person, Season, Size
from tests.soak.year.world import World

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
NEAR = 5 * MINUTE
"""What falls due so soon is not changed any more, for it may be said meanwhile."""
CHATTER = ("!due", "!timeline", "!office", "!me", "!remind", "!help", "!deadlines")
SHORT = (("in 25 min", 25 * MINUTE), ("in 90 min", 90 * MINUTE), ("in 3 days", 3 * DAY))


class Life:
    """Puts a year into the agenda of a world."""

    def __init__(self, size: Size, season: Season, promises: Promises, world: World,
                 rng: random.Random) -> None:  # fmt: skip
        self._size, self._season, self._promises = size, season, promises
        self._world, self._rng = world, rng
        self._texts = 0
        self.refused: list[str] = []
        """What the bot did not understand: nothing."""

    def begin(self) -> None:
        """Put in what is known from the beginning."""
        size, world = self._size, self._world
        for hours in self._season.hours:
            self._promise(self._promises.of_hours(hours, size.begin, size.end))
        for when in self._season.dates.values():
            self._promise(self._promises.of_date(when, size.begin))
        for person in self._season.people.values():
            world.here.add(person.account)
            self._settings(person)
            self._reminders(person)
            if person.comes_and_goes:
                world.at(self._some(), lambda p=person: self._goes(p))
        for deed in deeds():
            when = datetime.fromisoformat(deed.when).replace(tzinfo=UTC)
            known = deed.slug in self._season.dates or deed.title
            if size.begin < when < size.end and known:
                world.at(when, lambda d=deed: self._does(d))
        self._trouble()

    def _promise(self, new: Sequence[Promise]) -> None:
        for promise in new:
            if promise.due < self._size.end:
                self._world.promised(promise)

    def _some(self, margin: timedelta = timedelta(0)) -> datetime:
        """Some moment."""
        begin = self._size.begin + HOUR
        length = self._size.end - margin - begin
        seconds = int(length.total_seconds())
        return begin + timedelta(seconds=self._rng.randrange(max(1, seconds)))

    # --- what people want

    def _settings(self, person: Person) -> None:
        soon = self._size.begin + timedelta(seconds=self._rng.randrange(60, 1800))
        lines = [f"!me tz {person.zone}"]
        if person.quiet:
            lines.append("!me quiet {:02}-{:02}".format(*person.quiet))
        if not person.pm:
            lines.append("!me pm off")
        for line in lines:
            self._world.at(soon, lambda t=line: self._world.says(person, "", t, self._heard(t)))
            soon += MINUTE

    def _heard(self, asked: str) -> Callable[[list[str] | None], None]:
        def heard(answers: list[str] | None) -> None:
            bad = ("cannot", "my fault", "do not know", "could be", "try ")
            if answers is not None and (not answers or any(b in answers[0] for b in bad)):
                self.refused.append(f"{asked}: {answers}")

        return heard

    def _reminders(self, person: Person) -> None:
        size, rng = self._size, self._rng
        for _ in range(size.reminders):
            made = self._some()
            if rng.random() < 0.15:
                self._world.at(made, lambda: self._asks_soon(person))
                continue
            day = (made + timedelta(days=rng.randrange(60))).date()
            zone = rng.choice(size.zones) if rng.random() < 0.2 else person.zone
            self._wish(person, made, zone, day, rng.choice(size.walls))
            if rng.random() < 0.3:
                chat = rng.choice(CHATTER)
                room = PUBLIC if rng.random() < 0.5 else ""
                self._world.at(made, lambda c=chat, r=room: self._chats(person, r, c))
        for wall in size.walls:
            for day in walls.odd_days(person.zone, wall, size.first, size.last):
                if rng.random() < 0.5:
                    odd = datetime.combine(day, time(), UTC)
                    made = max(size.begin + HOUR, odd - rng.randrange(2, 40) * DAY)
                    self._wish(person, made, person.zone, day, wall)

    def _chats(self, person: Person, room: str, text: str) -> None:
        self._world.says(person, room, text, lambda _: None)

    def _wish(self, person: Person, made: datetime, zone: str, day: date, wall: time) -> None:
        named = "" if zone == person.zone else f" {zone}"
        room = PUBLIC if self._rng.random() < 0.3 else ""
        when = f"{day.day} {day:%b} {day.year} {wall:%H:%M}{named}"
        due = walls.moment(zone, day, wall)
        self._world.at(made, lambda: self._asks(person, room, when, due))

    def _asks_soon(self, person: Person) -> None:
        """They are reminded after a while, from the moment at which it is heard."""
        when, length = self._rng.choice(SHORT)
        if self._world.is_there(person.account):
            due = self._world.now.replace(microsecond=0) + length
            self._asks(person, "", when, due)

    def _asks(self, person: Person, room: str, when: str, due: datetime) -> None:
        if not self._world.is_there(person.account):
            self._world.later(HOUR, lambda: self._asks(person, room, when, due))
            return
        if due <= self._world.now + NEAR:
            return
        self._texts += 1
        text = f"look at r{self._texts}"
        now = self._world.now

        def then(answers: list[str] | None) -> None:
            if answers is None:  # nobody knows whether it was kept; they ask again
                self._keep(text, person, due, room).sure = False
                self._world.later(HOUR, lambda: self._asks(person, room, when, due))
                return
            found = re.search(r"[Rr]eminder (\d+): ", answers[0]) if answers else None
            if found is None:
                self.refused.append(f"!remind me {when} {text}: {answers}")
                return
            promise = self._keep(text, person, due, room)
            self._perhaps_changes(person, promise, int(found[1]), now)

        self._world.says(person, room, f"!remind me {when} {text}", then)

    def _keep(self, text: str, person: Person, due: datetime, room: str) -> Promise:
        promise = self._promises.own(text, person, due, room, self._world.now)
        self._promise([promise])
        return promise

    def _perhaps_changes(
        self, person: Person, promise: Promise, number: int, made: datetime
    ) -> None:
        """Some drop a reminder, or put it off, before it comes or after."""
        chance = self._rng.random()
        if chance > 0.2:
            return
        length = (promise.due - made) * (1.2 if chance < 0.05 else self._rng.random())
        self._world.at(
            made + length, lambda: self._changes(person, promise, number, drops=chance > 0.12)
        )

    def _changes(self, person: Person, promise: Promise, number: int, *, drops: bool) -> None:
        now = self._world.now
        if not self._world.is_there(person.account) or abs(promise.due - now) <= NEAR:
            self._world.later(HOUR, lambda: self._changes(person, promise, number, drops=drops))
            return
        if drops and promise.due <= now:
            return
        text = f"!remind drop {number}" if drops else f"!remind later {number} 2h"

        def then(answers: list[str] | None) -> None:
            promise.gone = now if promise.due > now else promise.gone
            if answers is None:
                promise.gone, promise.sure = None, False
            if drops:
                return
            later = (max(promise.due, now) + 2 * HOUR).replace(microsecond=0)
            again = self._keep(promise.key[1], person, later, promise.room)
            again.sure = answers is not None

        self._world.says(person, "", text, then)

    # --- coming and going

    def _goes(self, person: Person) -> None:
        self._world.here.discard(person.account)
        self._world.moved(person.account)
        days = 20.0 if self._rng.random() < 0.05 else self._rng.expovariate(1 / 2)
        self._world.later(timedelta(days=days), lambda: self._comes(person))

    def _comes(self, person: Person) -> None:
        self._world.here.add(person.account)
        self._world.moved(person.account)
        days = self._rng.expovariate(1 / 6)
        self._world.later(timedelta(days=days), lambda: self._goes(person))

    # --- what organisers do

    def _does(self, deed: Deed) -> None:
        organiser = self._season.starting("o")[0]
        text = deed.text if deed.text.startswith("!") else f"!deadline {deed.text}"
        if not self._world.is_there(organiser.account):
            self._world.later(HOUR, lambda: self._does(deed))
            return

        def then(answers: list[str] | None) -> None:
            if answers is None or not answers or not answers[0].lower().startswith(
                (deed.slug, f"added {deed.slug}")
            ):  # fmt: skip
                self.refused.append(f"{text}: {answers}")
                return
            dates = self._season.dates
            if deed.title:
                audience = "mentors" if "mentors" in deed.text else "all"
                dates[deed.slug] = Date(deed.slug, deed.title, self._world.now, audience)
            deed.change(dates[deed.slug])
            self._promise(self._promises.of_date(dates[deed.slug], self._world.now))

        self._world.says(organiser, "", text, then)

    # --- trouble

    def _trouble(self) -> None:
        size, rng, world = self._size, self._rng, self._world
        for number in range(size.kills):
            moment = MOMENTS[number % len(MOMENTS)]
            longest = size.longest_down.total_seconds()
            down = min(longest, 10 ** rng.uniform(0.7, 5.8)) if number % 9 else longest
            when = self._some(size.longest_down)
            world.at(when, lambda m=moment, d=down: world.kill(
                Death.at(m, rng), timedelta(seconds=d)))  # fmt: skip
        for number in range(size.splits):
            kind = size.kinds[number % len(size.kinds)]
            margin = (size.end - size.begin) / 4
            world.at(self._some(margin), lambda k=kind: self._splits(k))

    def _splits(self, kind: str, *, again: bool = False) -> None:
        world, rng = self._world, self._rng
        if not world.link or world.cut is not None or world.beyond or world.lost:
            world.later(HOUR, lambda: self._splits(kind))
            return
        if kind in {"people", "channel", "link"} and not again:
            # Over a reminder that somebody has asked for: it is said later, and says why.
            own = (p for p in self._promises if p.key[0] == "own" and p.gone is None)
            dues = [p.due for p in own if p.due > world.now + HOUR and p.target[1:] in world.here]
            when = min(dues, default=world.now + HOUR) - timedelta(seconds=rng.randrange(20, 600))
            world.at(max(when, world.now), lambda: self._splits(kind, again=True))
            return
        length = timedelta(seconds=rng.uniform(700, 3600))
        if kind == "people":
            world.counts["splits"] += 1
            accounts = [a for a in sorted(world.here) if rng.random() < 0.5]
            world.beyond = set(accounts)
            for account in accounts:
                world.moved(account)
            world.later(length, self._healed)
        elif kind == "channel":
            world.counts["splits"] += 1
            world.lost = {PUBLIC}
            world.times[PUBLIC].end(world.now)
            world.look_again()
            world.later(length, self._rejoined)
        elif kind == "link":
            world.counts["splits"] += 1
            world.unlink(length)
        else:
            where, _, lost = kind.partition(", ")
            world.cut = (where, bool(lost))

    def _healed(self) -> None:
        accounts = sorted(self._world.beyond)
        self._world.beyond = set()
        for account in accounts:
            self._world.moved(account)

    def _rejoined(self) -> None:
        self._world.lost = set()
        self._world.times[PUBLIC].begin(self._world.now)
        self._world.look_again()
