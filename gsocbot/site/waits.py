"""The picture of a session's queue: who waited how long, and was helped how long."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from gsocbot.render.words import span
from gsocbot.rules.queue import PlaceState
from gsocbot.site.drawing import text_width
from gsocbot.site.snapshot import Place, Session

MOST_ROWS = 60
MARGIN, LEFT, SPAN = 16, 150, 480
"""Where the bars begin, after the names, and how wide the session is; pixels."""

HEAD, ROW, BAR = 40, 26, 16
MOST_TICKS = 7
STEPS = (5, 10, 15, 20, 30, 60, 120, 240, 480, 1440)
"""Minutes between two ticks."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Somebody in the queue: from when to when they waited and were helped."""

    nick: str
    state: str
    came: datetime
    waited: timedelta
    helped: timedelta
    helper: str = ""

    @property
    def words(self) -> str:
        """waited 8 min, helped 4 min by mira"""
        by = f" by {self.helper}" if self.helper else ""
        waited = f"waited {_briefly(self.waited)}"
        if self.state == PlaceState.HELPED:
            return f"{waited}, helped {_briefly(self.helped)}{by}"
        return f"{waited}, {'left' if self.state == PlaceState.LEFT else 'kept for later'}"


@dataclass(frozen=True, slots=True)
class Row:
    """Their row in the picture, in pixels."""

    y: int
    nick: str
    came: int
    called: int
    done: int
    state: str
    label: str


@dataclass(frozen=True, slots=True)
class Picture:
    """All of it; `ticks` are moments with their places."""

    width: int
    height: int
    ticks: tuple[tuple[int, datetime], ...]
    rows: tuple[Row, ...]
    left: int = LEFT
    bar: int = BAR


def waits(session: Session, nicks: dict[str, str]) -> tuple[Wait, ...]:
    """How it was for each, in the order in which they came; `nicks` by folded accounts.

    Whoever left a place before the session began to wait when it did.
    """
    return tuple(_wait(p, session, nicks) for p in session.places)


def draw(session: Session, shown: Sequence[Wait]) -> Picture | None:
    """The picture of these; None where nobody was in the queue."""
    if not shown:
        return None
    start, end = session.started_at, session.ended_at
    length = max(end - start, timedelta(minutes=1))

    def x(at: datetime) -> int:
        return LEFT + round(min(max((at - start) / length, 0), 1) * SPAN)

    rows = []
    for number, wait in enumerate(shown[:MOST_ROWS]):
        called = wait.came + wait.waited
        rows.append(
            Row(
                HEAD + number * ROW,
                _cut(wait.nick),
                x(wait.came),
                x(called),
                x(called + wait.helped),
                wait.state,
                wait.words,
            )
        )
    widest = max(text_width(row.label) for row in rows)
    return Picture(
        LEFT + SPAN + MARGIN + widest + MARGIN,
        HEAD + len(rows) * ROW + 6,
        tuple((x(at), at) for at in _ticks(start, length)),
        tuple(rows),
    )


def _wait(place: Place, session: Session, nicks: dict[str, str]) -> Wait:
    came = min(max(place.came, session.started_at), session.ended_at)
    over = min(max(place.done or session.ended_at, came), session.ended_at)
    called = min(max(place.called or over, came), over)
    helped = over - called if place.state == PlaceState.HELPED else timedelta(0)
    until = called if place.state == PlaceState.HELPED else over
    helper = nicks.get(place.helper.casefold(), "")
    if place.helper.startswith("~"):  # somebody without an account
        helper = place.helper[1:]
    return Wait(place.nick, place.state, came, until - came, helped, helper)


def _ticks(start: datetime, length: timedelta) -> list[datetime]:
    minutes = length / timedelta(minutes=1)
    step = next((s for s in STEPS if minutes / s <= MOST_TICKS - 1), 0) or round(minutes)
    return [start + timedelta(minutes=m) for m in range(0, int(minutes) + 1, step)]


def _briefly(length: timedelta) -> str:
    return span(length) if length >= timedelta(minutes=1) else "< 1 min"


def _cut(nick: str) -> str:
    """A nick that fits before the bars."""
    nick = nick[:LEFT]  # no letter is narrower than a pixel
    while text_width(nick) > LEFT - MARGIN:
        nick = nick[:-2] + "…"
    return nick
