"""One line of IRC: what may be in it, and how much."""

import re

MOST_BYTES = 400
"""How much of UTF-8 a line of ours has; IRC's own limit is irc/'s business."""

MORE = " … !more"
BETWEEN = " · "
LONGEST_COUNT = 40
"""Bytes of " … 123 more: !more", and some."""
FORMATTING = re.compile(
    "\x03(?:[0-9]{1,2}(?:,[0-9]{1,2})?)?|\x04(?:[0-9A-Fa-f]{6})?"
    "|[\x02\x0f\x11\x16\x1d\x1e\x1f\u200b\u2060]"
)
"""Colours and styles of IRC, and the blanks without width by which bridges keep nicks quiet."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]")


def one_line(text: str) -> str:
    """A text without colours, control characters and line ends, its blanks folded."""
    plain = _CONTROL.sub(" ", FORMATTING.sub("", text))
    return " ".join(_BIDI.sub("", plain).split())


def cut(text: str, most: int = MOST_BYTES) -> tuple[str, str]:
    """The part that fits `most` bytes, ending at a blank if there is one, and the rest."""
    raw = text.encode()
    if len(raw) <= most:
        return text, ""
    head = raw[:most].decode(errors="ignore")
    at_blank = head.rfind(" ")
    if at_blank > len(head) // 2:
        head = head[:at_blank]
    return head.rstrip(), text[len(head) :].lstrip()


def fit(text: str, most: int = MOST_BYTES) -> tuple[str, str]:
    """The best part of a text, with the way to the rest, and the rest."""
    if len(text.encode()) <= most:
        return text, ""
    head, rest = cut(text, most - len(MORE.encode()))
    return (head + MORE, rest) if rest else (head, "")


def fit_items(
    head: str, items: list[str], tail: str, most: int = MOST_BYTES
) -> tuple[str, list[str]]:
    """As many items as fit between head and tail, with a count of the rest, and the rest.

    8 open ideas: 3 libxl-driver · 7 credit2-tests · 6 more: !more
    """
    whole = head + BETWEEN.join(items)
    for text in (whole + tail, whole):
        if len(text.encode()) <= most:
            return text, []
    fitting = most // len(BETWEEN.encode()) + 1  # of thousands most are not worth a try
    for count in range(min(len(items) - 1, fitting), 0, -1):
        line = f"{head}{BETWEEN.join(items[:count])}{BETWEEN}{len(items) - count} more: !more"
        if len(line.encode()) <= most:
            return line, items[count:]
    # Not even the first item fits, so its end waits too.
    begun, end = cut(head + "".join(items[:1]), most - LONGEST_COUNT)
    rest = [*filter(None, [end]), *items[1:]]
    return f"{begun} … {len(rest)} more: !more", rest


def quiet(name: str) -> str:
    """A nick written so that it calls nobody: m·ira. Whole names are left as they are."""
    return f"{name[0]}·{name[1:]}" if len(name) > 1 and " " not in name else name


def escaped(text: str) -> str:
    """A text with its control characters shown, so that it stays one line of a log."""
    lines = text.split("\n")
    # A traceback's lines stay apart, but marked as belonging to the record above.
    return "\n    ".join(
        _CONTROL.sub(lambda c: c[0].encode("unicode_escape").decode(), line) for line in lines
    )
