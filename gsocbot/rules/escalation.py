"""Who is told in private of what organisers owe, while nobody has said that it is done."""

from collections.abc import Collection, Sequence
from datetime import timedelta

SECOND_FROM = timedelta(hours=24)
"""So long before the end the second organiser is told too."""

ALL_FROM = timedelta(hours=6)
"""So long before the end all are."""


def told(
    organisers: Sequence[str], left: timedelta, passed_over: Collection[str], *, in_channel: bool
) -> list[str]:
    """Who is told when so much is left, first those who are asked first.

    `organisers` stand in the order in which they became it. Who is away is passed over, unless
    all are. Where no channel of theirs hears it, all are told from the beginning.
    """
    there = [o for o in organisers if o not in passed_over] or list(organisers)
    if not in_channel or left <= ALL_FROM:
        return there
    return there[: 2 if left <= SECOND_FROM else 1]
