"""Names for anchors and calendars, and what the people are called whom a date concerns."""

from collections.abc import Sequence

from gsocbot.rules.timeline import Audience


def unique(slugs: Sequence[str]) -> list[str]:
    """The slugs with nothing in them but letters, digits and hyphens, each once."""
    seen: set[str] = set()
    names = []
    for slug in slugs:
        plain = "".join(c if c.isascii() and c.isalnum() else "-" for c in slug.lower()).strip("-")
        name, copy = plain or "date", 2
        while name in seen:
            name, copy = f"{plain or 'date'}-{copy}", copy + 1
        seen.add(name)
        names.append(name)
    return names


def audience(whom: Audience, word: str) -> str:
    """Whom a date concerns, in the season's words."""
    if whom is Audience.STUDENTS:
        return f"{word}s"
    return "everybody" if whom is Audience.ALL else str(whom)
