"""gsocbot minutes: replay."""

import argparse
import json
from datetime import datetime

from gsocbot.importers.meeting_log import Log, read_log
from gsocbot.render.words import plural
from gsocbot.rules.minutes import Item, Minutes, Sort, replay


def replay_log(arguments: argparse.Namespace) -> int:
    """Show the minutes of the meeting in a log."""
    log = read_log(arguments.log)
    found = replay(log.lines)
    if arguments.json:
        print(json.dumps(_as_json(found, log), ensure_ascii=False))
        return 0
    for line in _as_text(found, log):
        print(line)
    return 0


def _as_json(found: Minutes, log: Log) -> dict[str, object]:
    return {
        "topics": [topic.text for topic in found.topics if topic.text],
        "infos": _texts(found, Sort.INFO),
        "actions": [{"nick": one.nick, "text": one.text} for one in found.of(Sort.ACTION)],
        "agreed": _texts(found, Sort.AGREED),
        "links": [one.url or one.text for one in found.of(Sort.LINK)],
        "people": [{"nick": one.name, "lines": one.lines} for one in found.people],
        "start": _moment(found.start, log),
        "end": _moment(found.end, log),
    }


def _texts(found: Minutes, sort: Sort) -> list[str]:
    return [item.text for item in found.of(sort)]


def _moment(at: datetime | None, log: Log) -> str | None:
    """ISO 8601; of a log without a date only what it shows."""
    if at is None:
        return None
    if log.dated:
        return at.isoformat()
    return f"{at:%H:%M:%S}" if log.precise else f"{at:%H:%M}"


def _as_text(found: Minutes, log: Log) -> list[str]:
    lines = [found.title or "Minutes"]
    lines.append(f"From {_moment(found.start, log)} to {_moment(found.end, log)}")
    for topic in found.topics:
        lines += ["", topic.text or "Before the first topic"]
        lines += [f"  {_item(item)}" for item in topic.items]
    people = ", ".join(f"{one.name} ({one.lines})" for one in found.people)
    lines += ["", f"{plural(len(found.people), 'name')}, with lines said: {people}"]
    return lines


def _item(item: Item) -> str:
    word = "" if item.sort is Sort.INFO else f"{item.sort.upper()}: "
    return f"{word}{item.text} ({item.nick}, {item.at:%H:%M})"
