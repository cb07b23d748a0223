"""Who is on in an office hour: those who have signed up for it, or for all, and not off again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Duty:
    """What somebody has signed up for: one session by its local date, or without one all of them.

    Who is on in all of them may be `off` in one.
    """

    day: date | None
    network: str
    account: str
    off: bool = False


def on(duties: Iterable[Duty], day: date) -> list[tuple[str, str]]:
    """Who is on in a session as (network, account), in the order in which they signed up."""
    those = [d for d in duties if d.day is None or d.day == day]
    off = {(d.network, d.account) for d in those if d.off}
    signed = dict.fromkeys((d.network, d.account) for d in those if not d.off)
    return [who for who in signed if who not in off]
