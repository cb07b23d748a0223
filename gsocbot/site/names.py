"""Names for anchors and calendars, and what the people are called whom a date concerns."""

from collections.abc import Sequence
from zlib import crc32

from gsocbot.rules.timeline import Audience


def unique(slugs: Sequence[str]) -> list[str]:
    """The slugs with nothing in them but letters, digits and hyphens, each once."""
    seen: set[str] = set()
    names = []
    for slug in slugs:
        plain = _plain(slug)
        name, copy = plain, 2
        while name in seen:
            name, copy = f"{plain}-{copy}", copy + 1
        seen.add(name)
        names.append(name)
    return names


def lasting(slug: str) -> str:
    """A name for one slug alone, whatever others there are: calendars know an event by it."""
    plain = _plain(slug)
    return plain if plain == slug else f"{plain}.{crc32(slug.encode(errors='replace')):08x}"


def audience(whom: Audience, word: str) -> str:
    """Whom a date concerns, in the season's words."""
    if whom is Audience.STUDENTS:
        return f"{word}s"
    return "everybody" if whom is Audience.ALL else str(whom)


def _plain(slug: str) -> str:
    letters = (c if c.isascii() and c.isalnum() else "-" for c in slug.lower())
    return "".join(letters).strip("-") or "date"
