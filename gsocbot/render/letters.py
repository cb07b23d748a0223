"""Mail as plain text: its subject and its lines, from templates."""

from datetime import datetime, tzinfo
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from gsocbot.render import words
from gsocbot.render.lines import one_line
from gsocbot.render.templates import IrcTemplates
from gsocbot.rules.digest import Digest, Entry, asks_for_ack
from gsocbot.rules.timeline import Audience


def mail_environment(folder: Path) -> Environment:
    """Templates of mail; unknown names are errors."""
    return Environment(
        loader=FileSystemLoader(folder / "mail"),
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )


class MailTemplates:
    """Templates of mail; what did not reach IRC reads as it does there."""

    def __init__(self, folder: Path) -> None:
        self._environment = mail_environment(folder)
        self._lines = IrcTemplates(folder)

    def digest(self, digest: Digest, page: str, tz: tzinfo, now: datetime) -> str:
        """The daily mail; moments in UTC and on the reader's own clock."""
        return self._environment.get_template("digest.txt").render(
            title=one_line(digest.title),
            day=words.full_day(now.astimezone(tz).date()),
            overdue=[_line(e, digest.word, tz, now) for e in digest.overdue],
            dates=[_line(e, digest.word, tz, now) for e in digest.dates],
            unsaid=[self._lines.line(t, **{"late": "", **facts}) for t, facts in digest.unsaid],
            questions=words.plural(digest.questions, "question") if digest.questions else "",
            oldest=words.distance(digest.oldest, now) if digest.oldest else "",
            ideas=words.plural(digest.ideas, "draft") if digest.ideas else "",
            entries=words.plural(digest.entries, "draft") if digest.entries else "",
            season=digest.season,
            page=page,
        )

    def test(self, by: str) -> str:
        """What `gsocbot mail test` sends."""
        return self._environment.get_template("test.txt").render(by=by)


def subject(digest: Digest) -> str:
    """Example in GSoC 2026: 1 overdue, 3 dates, 2 questions"""
    counts = [
        f"{len(digest.overdue)} overdue" if digest.overdue else "",
        words.plural(len(digest.dates), "date") if digest.dates else "",
        "not all was said" if digest.unsaid else "",
        words.plural(digest.questions, "question") if digest.questions else "",
        words.plural(digest.ideas + digest.entries, "draft"),
    ]
    told = [count for count in counts if count and not count.startswith("0 ")]
    return one_line(f"{digest.title}: {', '.join(told)}")


def _line(entry: Entry, word: str, tz: tzinfo, now: datetime) -> str:
    """Tue 10 Mar 18:00 UTC (in 7 d, 19:00 for you): title, ours; for organisers. !ack slug"""
    if entry.at is not None:
        when = f"{words.moment(entry.at, now)} ({words.aside(entry.at, now, tz)})"
    else:
        assert entry.day is not None
        when = f"{words.day(entry.day, now)} (no hour given)"
    whose = f"{entry.title}{', ours' if entry.is_ours else ''}; for {_audience(entry, word)}."
    done = f" Done, says {entry.acked_by}." if entry.acked_by else ""
    ask = f" When it is done: !ack {entry.slug}" if asks_for_ack(entry) else ""
    return one_line(f"{when}: {whose}{done}{ask}")


def _audience(entry: Entry, word: str) -> str:
    if entry.audience is Audience.ALL:
        return "everybody"
    return f"{word}s" if entry.audience is Audience.STUDENTS else str(entry.audience)
