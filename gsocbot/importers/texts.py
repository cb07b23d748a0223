"""Text from a file: without control characters, on one line or on several."""

import re

_NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""Control characters except tab and newline, halves of characters, and what is no character."""

_BLANK_LINES = re.compile(r"\A(?:[ \t]*\n)+")


def clean(text: str) -> str:
    """A text with plain line ends and without control characters."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _NO_TEXT.sub("", lines.replace("\u2028", " ").replace("\u2029", " "))


def one_line(text: str) -> str:
    """A text on one line, its blanks folded."""
    return " ".join(clean(text).split())


def many_lines(text: str) -> str:
    """A text with its lines kept, without blank lines around it."""
    return _BLANK_LINES.sub("", clean(text).rstrip())


def short(value: object) -> str:
    """A value as a fault quotes it."""
    text = one_line(str(value))
    return f'"{text[:40]}…"' if len(text) > 40 else f'"{text}"'
