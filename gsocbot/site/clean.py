"""Texts made fit for a page: no control characters, no turned-around writing, no addresses."""

import re
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from typing import TypeVar, cast

from gsocbot.render.lines import one_line
from gsocbot.rules.faq import Entry
from gsocbot.rules.ideas import IdeaText
from gsocbot.rules.recurrence import Weekly
from gsocbot.rules.timeline import Deadline
from gsocbot.site.hackathon_snapshot import Hackathon
from gsocbot.site.snapshot import Project, Report, SeasonSnapshot, Session, Shown, Snapshot, Times

T = TypeVar("T")
NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SEASON = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_TAKEN = frozenset({"index.html", "style.css", "wall.css", "wall.js", "favicon.svg", "x"})
_MAIL = re.compile(r"[<(\[]?\b([^\s<>()@]+)@[^\s<>()@]+[>)\]]?")
_COLOURS = re.compile(r"\x03(?:\d{1,2}(?:,\d{1,2})?)?|\x04[0-9a-fA-F]{0,6}")
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]"
)


class SiteError(Exception):
    """A site that cannot be built, in words for the person who runs the bot."""


def clean(snapshot: Snapshot) -> Snapshot:
    """The snapshot with texts that may stand on a page and names that may name a file."""
    return Snapshot(tuple(_season(s) for s in snapshot.seasons))


def season_folder(key: str) -> str:
    """The folder of a season: its key, if that is fit to be a folder's name."""
    if not _SEASON.fullmatch(key) or key in _TAKEN:
        raise SiteError(f"{one_line(key)!r}: a season of that name cannot have pages")
    return key


def person(name: str) -> str:
    """A mentor's name without an address; of a bare address, what stands before the @."""
    plain = one_line(_encodable(name))
    return one_line(_MAIL.sub("", plain)) or one_line(_MAIL.sub(r"\1", plain))


def said(text: str) -> str:
    """What somebody said, as one line without colours; most of what people say is one already."""
    if text.isascii() and text.isprintable() and text == text.strip() and "  " not in text:
        return text
    return _line(_COLOURS.sub("", text))


def _season(season: SeasonSnapshot) -> SeasonSnapshot:
    facts = season.facts
    return SeasonSnapshot(
        facts=replace(
            facts,
            key=season_folder(facts.key),
            title=_line(facts.title) or facts.key,
            organisation=_line(facts.organisation),
            word=_line(facts.word) or "contributor",
            list=_line(facts.list),
            subject=_line(facts.subject),
            about=_block(facts.about),
        ),
        ideas=tuple(_idea(i) for i in season.ideas),
        deadlines=tuple(_deadlines(season.deadlines)),
        phases=tuple(replace(p, name=_line(p.name)) for p in season.phases),
        series=tuple((_line(n), _weekly(w)) for n, w in season.series),
        sessions=tuple(_session(s) for s in season.sessions),
        questions=tuple(
            replace(q, text=_line(q.text), answer=_line(q.answer)) for q in season.questions
        ),
        faq=tuple(_entry(e) for e in season.faq),
        channel=_line(season.channel),
        times=tuple(_times(t) for t in season.times),
        news=season.news,  # numbers and moments
        revised_dates=season.revised_dates,
        revised_series=tuple(replace(r, name=_line(r.name)) for r in season.revised_series),
        duties=tuple(
            (_line(series), replace(duty, account=person(duty.account)))
            for series, duty in season.duties
        ),
        reports=tuple(_report(r) for r in season.reports),
        progress=tuple(_shown(s) for s in season.progress),
        projects=tuple(_project(p) for p in season.projects),
        hackathons=tuple(hackathon(h) for h in season.hackathons),
        polls=lines(season.polls),
    )


def hackathon(of: Hackathon) -> Hackathon:
    """A hackathon with texts that may stand on a page; a slug that may not names no folder."""
    named = replace(
        lines(of),
        slug=_name(of.slug),
        names=tuple(filter(None, map(person, of.names))),
        demos=tuple(replace(lines(d), by=person(d.by)) for d in of.demos),
        thanks=tuple(replace(lines(t), whom=person(t.whom)) for t in of.thanks),
    )
    return replace(named, name=named.name or named.slug)


def lines(value: T) -> T:
    """A value in which every text is one line."""
    found: object = value
    if isinstance(value, str) and not isinstance(value, Enum):
        found = _line(value)
    elif isinstance(value, tuple):
        found = tuple(lines(one) for one in value)
    elif is_dataclass(value) and not isinstance(value, type):
        found = replace(value, **{f.name: lines(getattr(value, f.name)) for f in fields(value)})
    return cast(T, found)


def _idea(idea: IdeaText) -> IdeaText:
    return replace(
        idea,
        title=_line(idea.title) or idea.slug,
        slug=_name(idea.slug),
        summary=_line(idea.summary),
        description=_block(idea.description),
        outcome=_block(idea.outcome),
        mentors=tuple(filter(None, map(person, idea.mentors))),
        difficulty=_line(idea.difficulty),
        size=_line(idea.size),
        skills=_line(idea.skills),
        tags=tuple(filter(None, map(_line, idea.tags))),
        org=_line(idea.org),
        contact=(),
        external_id="",
    )


def _entry(entry: Entry) -> Entry:
    text = entry.text
    return replace(
        entry,
        text=replace(
            text,
            key=_name(text.key),
            answer=_line(text.answer),
            title=_line(text.title),
            aliases=tuple(filter(None, map(_line, text.aliases))),
            source=_line(text.source),
            signs=(),
            asked=(),
        ),
        author=person(entry.author),
        checked_by=person(entry.checked_by),
    )


def _report(report: Report) -> Report:
    return replace(
        report,
        account=person(report.account),
        slug=_name(report.slug),
        did=_line(report.did),
        next=_line(report.next),
        stuck=_line(report.stuck),
        link=_line(report.link),
    )


def _shown(shown: Shown) -> Shown:
    lists = tuple(replace(far, title=_line(far.title)) for far in shown.lists)
    return Shown(person(shown.account), shown.number, _line(shown.title), lists)


def _project(project: Project) -> Project:
    return replace(
        project,
        account=person(project.account),
        title=_line(project.title),
        mentors=tuple(filter(None, map(person, project.mentors))),
        blog=_line(project.blog),
    )


def _times(times: Times) -> Times:
    absence = times.absence
    if absence is not None:
        account, backup = person(absence.account), person(absence.backup)
        absence = replace(absence, account=account, backup=backup)
    return Times(person(times.account), person(times.hours), absence)


def _deadlines(deadlines: tuple[Deadline, ...]) -> list[Deadline]:
    """All dates are public, whomever they concern; what the organisation has done is not."""
    return [
        replace(
            d,
            title=_line(d.title),
            short=_line(d.short),
            source=_line(d.source),
            offsets=None,
            acked_by="",
            acked_at=None,
        )
        for d in deadlines
    ]


def _weekly(weekly: Weekly) -> Weekly:
    return replace(
        weekly,
        title=_line(weekly.title),
        channel=_line(weekly.channel),
        changes={day: replace(c, why=_line(c.why)) for day, c in weekly.changes.items()},
    )


def _session(session: Session) -> Session:
    """Its lines are left as they were said: what they mean is read before they are made fit."""
    return replace(
        session,
        title=_line(session.title),
        channel=_line(session.channel),
        zone=_line(session.zone),
        places=tuple(
            p._replace(nick=_line(p.nick), helper=_line(p.helper)) for p in session.places
        ),
        tasks=tuple(t._replace(nick=_line(t.nick), text=said(t.text)) for t in session.tasks),
    )


def _name(slug: str) -> str:
    """A slug of letters, digits and hyphens; what else there is becomes a hyphen."""
    if NAME.fullmatch(slug):
        return slug
    return re.sub(r"[^a-z0-9]+", "-", slug.lower()).strip("-") or "idea"


def _line(text: str) -> str:
    return one_line(_encodable(text))


def _block(text: str) -> str:
    return _UNPRINTABLE.sub("", _encodable(text).replace("\r\n", "\n").replace("\r", "\n"))


def _encodable(text: str) -> str:
    return text.encode(errors="replace").decode()
