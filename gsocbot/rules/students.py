"""Students: who is meant, whom an organiser may put down, and when they may be announced."""

from collections.abc import Collection, Mapping
from datetime import datetime

from gsocbot.rules.links import addresses_in, is_here_only, refusal
from gsocbot.rules.results import check_tells_none
from gsocbot.rules.timeline import Deadline
from gsocbot.talk import Refused

MOST_EDITS = 1
"""So many letters may be wrong in a name, two changed places being one; in a long one one more."""
LONG_NAME = 6
SHORTEST_NAME = 3


def meant(word: str, nicks: Mapping[str, str]) -> list[str]:
    """The accounts that a word may mean: the one itself, the one of that nick, or those it begins.

    `nicks` are the accounts among which it is looked for, each with its nick here, empty if none.
    """
    wanted = word.lower().removeprefix("@").replace("·", "")
    if wanted in nicks:
        return [wanted]
    by_nick = [account for account, nick in nicks.items() if nick and nick.lower() == wanted]
    return by_nick or [account for account in nicks if wanted and account.startswith(wanted)]


def mistyped(word: str, accounts: Collection[str]) -> str | None:
    """The one account that a word is nearly, if it is nearly one."""
    wanted = word.lower().removeprefix("@")
    most = MOST_EDITS + (len(wanted) >= LONG_NAME)
    if len(wanted) < SHORTEST_NAME:
        return None
    # 30 ms to import, and only needed for a name that is none.
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    near = [a for a in accounts if OSA.distance(wanted, a, score_cutoff=most) <= most]
    return near[0] if len(near) == 1 else None


def check_mentors(account: str, mentor: str, backup: str, holders: Collection[str]) -> None:
    """Refuse a mentor who is none, and people who would mentor themselves or stand in twice."""
    for name in filter(None, (mentor, backup)):
        if name not in holders:
            raise Refused(f"{name[:40]} is no mentor here: !mentor add {name[:40]}", as_is=True)
    if account in {mentor, backup}:
        raise Refused("nobody mentors themselves")
    if mentor == backup:
        raise Refused(f"{mentor} mentors already; a backup is somebody else", as_is=True)


def check_time(announced: Deadline | None, now: datetime) -> None:
    """Refuse to announce what Google has not announced yet."""
    if announced is None:
        raise Refused(
            "I know no date at which Google announces: !deadline add accepted <when> <title>"
        )
    if announced.passes_at > now:
        raise Refused("Google has not announced yet; the date is in !timeline. Nothing is opened")


FIELDS = ("blog", "meeting", "idea", "mentor", "backup", "end")
MOST_MEETING = 80
"""Bytes of when two people meet; it stands in a line with much else."""
MOST_BLOG = 200


def field_named(word: str) -> str:
    """The field of a student that a word means."""
    if word.lower() in FIELDS:
        return word.lower()
    raise Refused(f'there is no "{word[:20]}" to set, but {", ".join(FIELDS)}')


def checked_blog(text: str) -> str:
    """The address of a blog, as it may stand on a page."""
    found = addresses_in(text)
    if found != [text] or refusal(text) or is_here_only(text) or len(text.encode()) > MOST_BLOG:
        raise Refused("a blog is one address that begins with https://")
    return text


def checked_meeting(text: str) -> str:
    """When a student and their mentor meet, in their own words."""
    if len(text.encode()) > MOST_MEETING:
        raise Refused(f"that is too long; {MOST_MEETING} letters do: Tue 16:00 UTC, on Jitsi")
    check_tells_none(text)
    return text
