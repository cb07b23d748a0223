"""Words of people within Markdown of ours: nothing in them becomes markup."""

import re

_MARKS = re.compile(r"[\\`*_\[\]<>&|~#]")
_BEGINS = re.compile(r"^(?:[-+=]|\d{1,9}(?=[.)]))")
_IN_LINK = re.compile(r"[\\<>()&\s]")


def escaped(text: str) -> str:
    """One line of text for the inside of Markdown, also at the beginning of a line."""
    plain = _MARKS.sub(lambda mark: f"\\{mark[0]}", " ".join(text.split()))
    begun = _BEGINS.match(plain)
    if begun:
        end = begun.end()
        plain = f"\\{plain}" if not begun[0].isdigit() else f"{plain[:end]}\\{plain[end:]}"
    return _unlinked(plain)


def _unlinked(text: str) -> str:
    """Without what some programs make links of by themselves."""
    text = re.sub(r"(?i)(https?|ftp)://", r"\1\\://", text)
    text = re.sub(r"(?i)\bwww\.", lambda w: f"{w[0][:-1]}\\.", text)
    return text.replace("@", "\\@")


def link(text: str, url: str) -> str:
    """A link with a text of people; `url` is an address on the web."""
    there = _IN_LINK.sub(lambda odd: f"%{ord(odd[0]):02X}" if odd[0] != "&" else "\\&", url)
    return f"[{escaped(text)}](<{there}>)"
