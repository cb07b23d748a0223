"""Office hours: which planned session a start belongs to, who leads it, and when it ends."""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from gsocbot.rules.recurrence import Occurrence, Weekly
from gsocbot.talk import Refused

EARLY = timedelta(minutes=30)
"""A session may be opened this long before its hour."""

UNPLANNED_LENGTH = timedelta(minutes=60)

LINGER = timedelta(minutes=15)
"""A session that nobody ends is ended after its time, once nobody has said anything for this."""

LONGEST_OVERTIME = timedelta(hours=2)
"""Or this long after its time: who talks on does not know any more that it is logged."""

NOTICE = timedelta(minutes=10)
"""So long before its end the channel is told, and nobody can queue any more."""

SHORTEST_WITH_NOTICE = timedelta(minutes=20)

SHORTEST_GAP = timedelta(milliseconds=100)
"""Less than this between one connection and the next is not missing from a log."""

LOOKED_AHEAD = timedelta(days=370)
"""How far ahead the next office hour is looked for."""

ADOPTS_WITHIN = timedelta(days=7)
"""An unplanned session takes over who waits, unless an office hour is planned within this."""

LOOKED_BACK = timedelta(days=1)
"""A topic is given back within this."""

OFFICE_HOUR = "Office hour"
"""What a session is called that has no name of its own."""

LONGEST_TITLE = 120
FEWEST_OF_A_TOPIC = 60
"""Letters of a topic that every server keeps."""

_OFF_THE_RECORD = re.compile(r"\s*\[\s*off\b", re.IGNORECASE)
"""[off], and what people mean by it: [ OFF ], [off record]."""

Planned = tuple[str, Weekly, Occurrence]
"""A session that is planned: the name of its series, the series, and which one of it."""


class LineKind(StrEnum):
    """What a line of a session's log is."""

    SAID = "said"
    OWN = "own"  # the bot has said it
    GAP = "gap"  # from the moment in its text until its own, what was said is not known


def session_at(coming: Sequence[Planned], now: datetime) -> Planned | None:
    """The planned session that is opened now, None for an unplanned one."""
    return next((p for p in coming if p[2].start - EARLY <= now < p[2].end), None)


def is_kept(text: str) -> bool:
    """Whether a line of a running session goes into its log."""
    return _OFF_THE_RECORD.match(text) is None


def checked_title(text: str) -> str:
    """What a session is called; refuses what is too long."""
    plain = " ".join(text.split())
    if len(plain.encode()) > LONGEST_TITLE:
        raise Refused(f"a title has at most {LONGEST_TITLE} bytes")
    return plain


def is_over(until: datetime, last_word: datetime, now: datetime) -> bool:
    """Whether a session that nobody ends has ended by itself."""
    quiet = now >= max(until, last_word) + LINGER
    return quiet or now >= until + LONGEST_OVERTIME


def is_nearly_over(started: datetime, until: datetime, now: datetime) -> bool:
    """Whether it is time to say that a session ends soon."""
    return until - started >= SHORTEST_WITH_NOTICE and until - NOTICE <= now < until


# --- who leads it

NO_MORE = "-"


def leaders(kept: str) -> list[str]:
    """Who leads a session now beside the one who opened it, as its row keeps them."""
    return [name for name in kept.split() if not name.startswith(NO_MORE)]


def all_leaders(kept: str) -> list[str]:
    """Who leads it or has led it: what they said as chairs counts."""
    return [name.removeprefix(NO_MORE) for name in kept.split()]


def with_leader(kept: str, name: str) -> str:
    """The same with one more."""
    return "\n".join([*(n for n in kept.split() if n.removeprefix(NO_MORE) != name), name])


def without_leader(kept: str, name: str) -> str:
    """The same with one less, who has led it until now."""
    return with_leader(kept, name).removesuffix(name) + NO_MORE + name


# --- gaps in its log


def is_gap(heard_until: datetime, back_since: datetime) -> bool:
    """Whether something may have been said that a log does not have."""
    return back_since - heard_until > SHORTEST_GAP


def topic_of(title: str, until: datetime, chair: str, before: str) -> str:
    """What a channel's topic says while a session runs in it."""
    what = title or "Office hour"
    head = f"{what} until {until:%H:%M} UTC, chair {chair}, logged: q+ <question> to queue"
    return f"{head} | {before}" if before else head


def is_ours(topic: str, ours: str) -> bool:
    """Whether a topic is the one that the bot has set; servers keep the beginning of a long one."""
    return topic == ours or (len(topic) >= FEWEST_OF_A_TOPIC and ours.startswith(topic))


def agenda_topic(topic: str, until: datetime, before: str) -> str:
    """The same once the talk has a topic of its own."""
    head = f"{topic} (office hour until {until:%H:%M} UTC, logged)"
    return f"{head} | {before}" if before else head


def leads(account: str, chair: str, further: str) -> bool:
    """Whether somebody leads a session."""
    return account in {chair, *leaders(further)}
