"""What was promised beside what was said."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.soak.year.promises import INSIDE, PUBLIC, Key, Promise, Promises, words
from tests.soak.year.times import Span, Times, together
from tests.soak.year.world import Line

LATE = timedelta(seconds=60)
"""A line comes at most so long after the first moment at which it could be said."""
MARKED = timedelta(minutes=2)
"""A line that is later than this, whyever, says so."""
_MEANT = r"(?:\(late, meant for (?P<meant>[^)]+?) UTC\) )?"
_WHEN = r"\w{3} \d+ \w{3} (?:\d{4} )?\d\d:\d\d"
_OFFICE = re.compile(
    rf"{_MEANT}(?P<title>Hour \d+) (?P<what>here in|begins now).*?\((?P<at>{_WHEN})"
)
_DATE = re.compile(rf"{_MEANT}(?P<title>.+?) (?P<at>{_WHEN}) UTC(?P<rest>.*)")
_OWN = re.compile(
    r"(?:(?P<to>\S+): )?(?:\(due .+?, late: (?P<why>[^)]+)\) )?Reminder \d+: \"(?P<text>.+)\"\."
)
_ACKED = re.compile(r"\S+ is done \(.+\); reminders stopped\. Not so: ")
_YEAR = re.compile(r" \d{4} ")
_NOBODY = ": nobody is on yet. "
"""Nobody signs up in that year; that organisers hear so is nothing that was asked for."""


@dataclass
class Verdict:
    """What is wrong, by its kind, each with what it is about; and figures."""

    wrong: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    counts: Counter[str] = field(default_factory=Counter)
    latest: timedelta = timedelta(0)

    def note(self, kind: str, about: object, at: datetime | None = None) -> None:
        """Keep what is wrong in mind."""
        self.wrong[kind].append(f"{about}" + (f" at {at:%Y-%m-%d %H:%M:%S}" if at else ""))


def judge(
    promises: Promises, journal: list[Line], times: dict[str, Times], end: datetime
) -> Verdict:
    """Compare them, as far as they fell due before the end."""
    verdict = Verdict()
    said: dict[Promise, list[Line]] = defaultdict(list)
    for line in journal:
        verdict.counts["lines"] += 1
        summary = line.text.startswith(("While I was away ", "I could not say "))
        if summary or _ACKED.match(line.text) or _NOBODY in line.text:
            verdict.counts["summaries"] += 1
            continue
        promise = _promise_of(line, promises, verdict)
        if promise is not None:
            said[promise].append(line)
            _mark(promise, line, times, verdict)
    for promise in promises:
        if promise.due < end:
            _count(promise, said[promise], times, verdict)
    return verdict


def _promise_of(line: Line, promises: Promises, verdict: Verdict) -> Promise | None:
    """What a line is that was said, if it was to be said then."""
    key = _key(line.text)
    person = line.target if line.target.startswith("#") else f"@{line.target}"
    own = _OWN.fullmatch(line.text) if key and key[0] == "own" else None
    if own and own["to"]:
        person = f"@{own['to']}"
    found = promises.by_key.get((key, person), []) if key else []
    now = [p for p in found if p.is_open(line.at)]
    if now:
        return max(now, key=lambda p: p.due)
    is_early = any(line.at < p.due and p.gone is None for p in found)
    kind = "early" if is_early else "not to be said" if found else "unknown"
    verdict.note(kind, f"{line.target}: {line.text}", line.at)
    return None


def _key(text: str) -> Key | None:
    if found := _OWN.fullmatch(text):
        return ("own", found["text"], "")
    if found := _OFFICE.match(text):
        return ("office", f"{found['title']} {found['what']}", _YEAR.sub(" ", found["at"]))
    if found := _DATE.match(text):
        kind = "waits" if ", not acknowledged" in found["rest"] else "deadline"
        return (kind, found["title"], _YEAR.sub(" ", found["at"]))
    return None


def _mark(promise: Promise, line: Line, times: dict[str, Times], verdict: Verdict) -> None:
    """Whether a line that is late says so, and nobody was woken by it."""
    if promise.is_held(line.at) and promise.is_held(line.at - timedelta(seconds=2)):
        verdict.note("in quiet hours", promise, line.at)
    is_late = line.at - promise.due > MARKED
    if promise.key[0] == "own":
        _mark_own(promise, line, times, verdict, is_late=is_late)
    elif promise.person is None:
        found = re.match(_MEANT, line.text)
        meant = found["meant"] if found else None
        if (_YEAR.sub(" ", meant) if meant else None) != (words(promise.due) if is_late else None):
            verdict.note("wrongly marked", f"{promise}: {line.text}", line.at)


def _mark_own(
    promise: Promise, line: Line, times: dict[str, Times], verdict: Verdict, *, is_late: bool
) -> None:
    found = _OWN.fullmatch(line.text)
    assert found is not None
    near = timedelta(seconds=3)
    ups = {times["bot"].at(promise.due + n * near) for n in (-1, 0, 1)}
    rooms = {times[PUBLIC].at(promise.due + n * near) for n in (-1, 0, 1)}
    if len(ups) > 1 or rooms != {True}:
        return  # the moment was one of those at which nobody can tell
    down = ups == {False}
    if not down and times["bot"].since_of(line.at) > promise.due:
        # It has been off the network in between, and does not know any more that it was on before.
        verdict.counts["excuses that nobody can check"] += is_late
        return
    why = ("I was down" if down else "you were not here") if is_late else None
    room = promise.room if down or not is_late else ""
    if found["why"] != why or (line.target if room else "") != room or bool(found["to"]) != bool(
        room
    ):  # fmt: skip
        verdict.note("wrongly marked", f"{promise} {room}: {line.target}: {line.text}", line.at)


def _count(promise: Promise, lines: list[Line], times: dict[str, Times], verdict: Verdict) -> None:
    """Whether it was said, once, and in time."""
    verdict.counts["promises"] += 1
    long = [span for span in _chances(promise, times) if span[1] - span[0] >= LATE]
    if not lines:
        if long and promise.sure:
            verdict.note("missing", promise, long[0][0])
        verdict.counts["made up for, or taken back"] += not long
        return
    excused = sum(line.unknowable or line.cut for line in lines)
    if len(lines) > 1 + excused:
        verdict.note("said twice", f"{promise}: {[f'{x.at:%m-%d %H:%M:%S}' for x in lines]}")
    verdict.counts["repeats where nobody can know"] += len(lines) - 1
    late = lines[0].at - (long[0][0] if long else lines[0].at)
    verdict.latest = max(verdict.latest, late)
    if late > LATE:
        verdict.note("late", promise, lines[0].at)
    verdict.counts["kept"] += 1
    verdict.counts["kept after a while"] += lines[0].at - promise.due > MARKED


def _chances(promise: Promise, times: dict[str, Times]) -> list[Span]:
    """The stretches in which it could be said."""
    begin, end = max(promise.due, promise.born), promise.ends
    if promise.person is None:
        place = [times[promise.target]]
    elif promise.person.account.startswith("o"):
        place = [times[promise.target], times[INSIDE]]
    else:
        place = [times[promise.target], times[PUBLIC]]
    spans = together([times["bot"], *place], begin, end) if begin < end else []
    if promise.person is None or promise.person.quiet is None or promise.key[0] == "own":
        return spans
    free = []
    for since, until in spans:
        while since < until:
            since = promise.free_from(since)
            held = since
            while held < until and not promise.is_held(held):
                held = min(until, _quarter(held))
            if since < until:
                free.append((since, held))
            since = held
    return free


def _quarter(now: datetime) -> datetime:
    floor = now.replace(minute=now.minute // 15 * 15, second=0, microsecond=0)
    return floor + timedelta(minutes=15)
