"""Students: whom an organiser may put down, and when they may be announced."""

from collections.abc import Collection
from datetime import datetime

from gsocbot.rules.timeline import Deadline
from gsocbot.talk import Refused


def check_mentors(account: str, mentor: str, backup: str, holders: Collection[str]) -> None:
    """Refuse a mentor who is none, and people who would mentor themselves or stand in twice."""
    for name in filter(None, (mentor, backup)):
        if name not in holders:
            raise Refused(f"{name[:40]} is no mentor here: !mentor add {name[:40]}")
    if account in {mentor, backup}:
        raise Refused("nobody mentors themselves")
    if mentor == backup:
        raise Refused(f"{mentor} mentors already; a backup is somebody else")


def check_time(announced: Deadline | None, now: datetime) -> None:
    """Refuse to announce what Google has not announced yet."""
    if announced is None:
        raise Refused(
            "I know no date at which Google announces: !deadline add accepted <when> <title>"
        )
    if announced.passes_at > now:
        raise Refused("Google has not announced yet; the date is in !timeline. Nothing is opened")
