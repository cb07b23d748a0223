"""A log read again: which meeting is in it, in whose words, and what it came to."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from gsocbot.rules.minutes.items import Minutes, Said
from gsocbot.rules.minutes.meetbot import Meeting, by_lines, is_command, is_word
from gsocbot.rules.minutes.w3c import is_bot, is_scribed, scribed

_STARTED = re.compile(r"\s*meeting started\b.*\bchair is (\S+?)[.,]?(?:\s|$)", re.I)
_CHAIR = re.compile(r"\s*the chair is (\S+?)[.,]?\s+information\b", re.I)
_ENDED = re.compile(r"\s*meeting ended\b", re.I)
_BEGINNING = 12
"""Lines after #startmeeting within which a bot answers it."""


def replay(lines: Sequence[Said]) -> Minutes:
    """The minutes of the first meeting in a log.

    It goes from the #startmeeting that a bot answers, else from the first one, to the #endmeeting
    of one of its chairs; where a bot's answer is all there is, from that. Without any of them, a
    log with W3C's bots, or with a scribe's words and none of MeetBot's, is W3C's. Any other one is
    a meeting from its first line to its last, whose chair is whoever spoke first.
    """
    known = _with_hashes(lines)
    starts = [n for n, line in enumerate(known) if _starts(line)]
    if starts:
        return _played(known, next((n for n in starts if _led(known, n)[0]), starts[0]))
    if any(is_bot(line.nick) for line in lines):
        return scribed(lines)
    if is_scribed(lines) and not any(is_word(line.text) for line in known):
        return scribed(lines)
    return _played(known, 0)


def _with_hashes(lines: Sequence[Said]) -> Sequence[Said]:
    """The lines with "#topic" for "!topic", where a meeting is opened like that, as on Matrix.

    Elsewhere such words are for other bots.
    """
    if any(is_command(line.text, "startmeeting") for line in lines):
        return lines
    marked = [
        replace(line, text=f"#{line.text[1:]}") if line.text[:1] == "!" else line for line in lines
    ]
    return marked if any(is_command(line.text, "startmeeting") for line in marked) else lines


def _starts(line: Said) -> bool:
    return "meeting" in line.text.lower() and (
        is_command(line.text, "startmeeting") or _STARTED.match(line.text) is not None
    )


def _played(lines: Sequence[Said], first: int) -> Minutes:
    bot, chair = _led(lines, first)
    meeting = Meeting(chairs={chair.casefold(): chair} if chair else {}, founder=chair.casefold())
    if lines and is_command(lines[first].text, "startmeeting"):
        meeting.title = "".join(lines[first].text.split(maxsplit=1)[1:]).strip()
    bots: Counter[str] = Counter()
    for number in range(first, len(lines)):
        line = lines[number]
        if line.nick.casefold() == bot:
            if _ENDED.match(line.text):
                break
            bots[line.nick] += 1
            line = replace(line, own=True)
        meeting.hear(number, line)
        if meeting.over:
            break
    found = meeting.minutes()
    everybody = Counter({one.name: one.lines for one in found.people})
    everybody.update(bots)  # MeetBot counts its own lines as well
    return replace(found, people=by_lines(everybody))


def _led(lines: Sequence[Said], first: int) -> tuple[str, str]:
    """The bot that says that a meeting has started, and its chair; else nobody and who spoke."""
    for place, line in enumerate(lines[first : first + _BEGINNING]):
        if place and is_command(line.text, "startmeeting"):
            break
        said = _STARTED.match(line.text) or _CHAIR.match(line.text)
        if said:
            return line.nick.casefold(), said[1]
    return "", lines[first].nick if lines else ""
