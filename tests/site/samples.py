"""A season whose every text can be chosen, as values: no store, no files."""

import functools
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from gsocbot.importers.faq import Faqs
from gsocbot.importers.season import read_season
from gsocbot.rules.faq import Entry, FaqText, standing
from gsocbot.rules.ideas import IdeaState, IdeaText
from gsocbot.rules.mentors import Absence
from gsocbot.rules.office import LineKind
from gsocbot.rules.queue import PlaceState
from gsocbot.rules.recurrence import Weekly
from gsocbot.rules.reports import Week
from gsocbot.rules.roster import Duty
from gsocbot.rules.seasons import SeasonFacts
from gsocbot.rules.timeline import Audience, Deadline, DeadlineKind, Phase
from gsocbot.shipped import shipped
from gsocbot.site.build import write
from gsocbot.site.clean import clean
from gsocbot.site.pages import pages
from gsocbot.site.snapshot import (
    Kept,
    News,
    Place,
    Project,
    Report,
    SeasonSnapshot,
    Session,
    Snapshot,
    Spoken,
    Task,
    Times,
)
from tests.site import hackathons

NOW = datetime(2011, 3, 29, 10, 20, tzinfo=UTC)
SINCE = datetime(2011, 2, 1, 12, 0, tzinfo=UTC)
BASE = "https://gsoc.example.org/"
TEMPLATES = shipped("templates")
KEY = "xen-2011"


def facts(text: str = "harmless", key: str = KEY) -> SeasonFacts:
    """The facts of a season that says one text everywhere."""
    return SeasonFacts(
        key,
        text,
        text,
        2011,
        word=text,
        list=text,
        subject=text,
        about=text,
        since=SINCE,
        announced_at=SINCE,
    )


START = datetime(2011, 3, 23, 16, tzinfo=UTC)
SAID = (
    "#topic {}",
    "#info {}",
    "#link https://wiki.example.org/{}",
    "#agreed {}",
    "#rejected {}",
    "#action {}",
    "#help {}",
    "{}",
)
"""What is said in a session, each with a text in it; what comes of one is an item."""


LINE = 400
"""Letters that fit a line of IRC."""


def said(*texts: str, nick: str = "mira", account: str | None = "mira") -> tuple[Spoken, ...]:
    """Lines of a log, a second apart, none longer than a line of IRC."""
    return tuple(
        Spoken(n, START + timedelta(seconds=n), nick, text[:LINE], account)
        for n, text in enumerate(texts, 1)
    )


def session(text: str, copy: int = 1) -> Session:
    """A session in which all texts are one, in all places that a page has for them."""
    minutes = [START + timedelta(minutes=n) for n in range(60)]
    lines = said(
        *(f"a {part.format(text)}" if part == "{}" else part.format(text) for part in SAID)
    )
    lines += (
        Spoken(90, minutes[10], text, text[:LINE], None, action=copy == 2),
        Spoken(91, minutes[11], text, text[:LINE], None, kind=LineKind.OWN),
        Spoken(92, minutes[17], "", minutes[13].isoformat(), None, kind=LineKind.GAP),
    )
    return Session(
        START.date(),
        copy,
        text,
        text,
        START,
        minutes[59],
        lines,
        id=copy,
        zone="Europe/Berlin",
        chairs=("mira", text),
        places=(
            Place(text, PlaceState.HELPED, minutes[0], minutes[5], minutes[9], "mira"),
            Place(text, PlaceState.LEFT, minutes[3], None, minutes[9]),
            Place(text, PlaceState.KEPT, minutes[30]),
        ),
        tasks=(Task(1, text[:LINE], text[: LINE - len("#action ")]), Task(2, "", text, done=True)),
        kept=(Kept(4, public=False),),
    )


def season(text: str = "harmless", slug: str = "slug", source: str = "nowhere") -> SeasonSnapshot:
    """A season with something on every page; all its texts are `text`."""
    idea = IdeaText(
        title=text,
        slug=slug,
        number=7,
        summary=text,
        description=text,
        outcome=text,
        mentors=(text,),
        difficulty=text,
        levels=("easy",),
        size=text,
        size_hours=(175,),
        skills=text,
        contact=(text,),
        tags=(text,),
        org=text,
        external_id=text,
    )
    at = datetime(2011, 4, 8, 19, tzinfo=UTC)
    before = timedelta(days=3)
    return SeasonSnapshot(
        facts(text),
        ideas=(
            idea,
            replace(idea, number=8, mentors=(), slug="wanted"),
            replace(idea, number=9, state=IdeaState.TAKEN, slug="taken", levels=("hard",)),
        ),
        deadlines=(
            Deadline(slug, text, at=at, source=source, ours=before, short=text),
            Deadline("day", text, day=date(2011, 5, 23), audience=Audience.STUDENTS),
            Deadline("past", text, at=at - timedelta(days=60), kind=DeadlineKind.EVENT),
        ),
        phases=(Phase(text, slug, "day"),),
        series=((slug, Weekly(2, time(16), "Europe/London", 60, date(2011, 3, 23), title=text)),),
        sessions=tuple(session(text, copy) for copy in (2, 1)),
        faq=(
            Entry(FaqText(slug, text, text, (text,), source)),
            Entry(FaqText("main", text, text), author=text, at=at, checked_by=text),
        ),
        channel=text,
        news=(News(7, at - timedelta(days=9), at), News(9, at, at)),
        times=(Times(text, text, Absence(text, SINCE, at + timedelta(days=90), text)),),
        duties=(
            (slug, Duty(None, "net", text)),
            (slug, Duty(date(2011, 4, 6), "net", f"{text}2")),
        ),
        reports=(
            Report(text, 7, slug, Week(1, date(2011, 5, 23)), text, text, text, source),
            Report("priya", 99, slug, Week(2, date(2011, 5, 30)), text),
        ),
        projects=(
            Project(text, 7, text, (text, f"{text}2"), source),
            Project("priya", 99, text, ("mira",), "https://priya.example.net/gsoc"),
        ),
        hackathons=(hackathons.hackathon(text, source),),
        polls=hackathons.polls(text),
    )


def real_season(key: str = KEY) -> SeasonSnapshot:
    """A season of the repository, as the bot reads it."""
    folder = read_season(key, TEMPLATES.parent / "ideas" / key, TEMPLATES)
    return SeasonSnapshot(
        SeasonFacts(
            key,
            folder.title,
            folder.organisation,
            folder.year,
            folder.word,
            folder.list,
            folder.subject,
            folder.about,
            SINCE,
        ),
        tuple(i for i in folder.ideas if i.state in {IdeaState.PUBLISHED, IdeaState.TAKEN}),
        folder.deadlines,
        folder.phases,
        folder.series,
        faq=standing(Faqs({key: folder.faq}, TEMPLATES / "faq")[key], ()),
        channel="#xen-gsoc",
    )


def files(*seasons: SeasonSnapshot, now: datetime = NOW) -> dict[str, bytes]:
    """The files of a site, without a disk."""
    return pages(clean(Snapshot(seasons)), BASE, TEMPLATES, now)


@functools.cache
def everywhere(text: str) -> dict[str, bytes]:
    """The files of a season that says one text everywhere."""
    return files(season(text))


def build(target: Path, *seasons: SeasonSnapshot, now: datetime = NOW) -> int:
    """A site on the disk."""
    return write(Snapshot(seasons), target, BASE, TEMPLATES, now)
