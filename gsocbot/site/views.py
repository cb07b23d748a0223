"""What a page shows of an idea, a date or a season: templates loop over these and choose."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import quote, urlsplit

from gsocbot.rules.ideas import LEVELS, IdeaState, IdeaText
from gsocbot.rules.mentors import is_away, stand_in
from gsocbot.rules.timeline import Deadline, DeadlineKind, in_order
from gsocbot.site.names import audience, unique
from gsocbot.site.office import Coming, Held, Summary, coming, held
from gsocbot.site.snapshot import SeasonSnapshot, Times

SIZES = ((120, "s", "small"), (240, "m", "medium"), (10_000, "l", "large"))
"""Up to how many hours a size goes, its letter and its name; Google's are 90, 175 and 350."""

_ADDRESS = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


@dataclass(frozen=True, slots=True)
class Idea:
    """An idea; `state` and `marks` are what the filters look at."""

    text: IdeaText
    state: str
    marks: str
    skills: str
    subject: str
    mail: str

    @property
    def state_words(self) -> str:
        """needs a mentor"""
        return STATES[self.state]


STATES = {"open": "open", "wanted": "needs a mentor", "taken": "taken"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One radio button of a filter, with the number of ideas behind it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Choices:
    """A filter: its name, what it is about, and what can be chosen."""

    name: str
    legend: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Date:
    """A date of the programme; `source_url` is empty unless it is an address on the web."""

    anchor: str
    deadline: Deadline
    whom: str
    due: bool
    past: bool
    next: bool
    source_url: str
    source: str


@dataclass(frozen=True, slots=True)
class Mentor:
    """Somebody, and the ideas that they mentor; `away_until` is the last day of an absence."""

    name: str
    ideas: tuple[Idea, ...]
    hours: str = ""
    away_until: date | None = None
    backup: str = ""


@dataclass(frozen=True, slots=True)
class Season:
    """All of a season that its pages show."""

    snapshot: SeasonSnapshot
    ideas: tuple[Idea, ...]
    dates: tuple[Date, ...]
    coming: tuple[Coming, ...]
    held: tuple[Held, ...]
    mentors: tuple[Mentor, ...]
    mail: str

    @property
    def upcoming(self) -> list[Date]:
        """The dates that have not passed."""
        return [d for d in self.dates if not d.past]

    def count(self, state: str) -> int:
        """How many ideas are open, wanted or taken."""
        return sum(i.state == state for i in self.ideas)


def season(
    snapshot: SeasonSnapshot, now: datetime, summaries: Mapping[str, Summary] | None = None
) -> Season:
    """Work out all that the pages of a season show; `summaries` go by the paths of sessions."""
    in_order_of_number = sorted(snapshot.ideas, key=lambda i: i.number or 0)
    ideas = tuple(_idea(i, snapshot) for i in in_order_of_number)
    address = snapshot.facts.list
    return Season(
        snapshot=snapshot,
        ideas=ideas,
        dates=tuple(dates(snapshot.deadlines, snapshot.facts.word, now)),
        coming=tuple(coming(snapshot, now)),
        held=tuple(held(s, summaries or {}) for s in snapshot.sessions),
        mentors=tuple(_mentors(ideas, snapshot.times, now)),
        mail=f"mailto:{address}" if _ADDRESS.fullmatch(address) else web_address(address),
    )


def state_of(idea: IdeaText) -> str:
    """open, wanted (it needs a mentor) or taken"""
    if idea.state is IdeaState.TAKEN:
        return "taken"
    return "open" if idea.mentors else "wanted"


def sizes_of(idea: IdeaText) -> list[str]:
    """The letters of the sizes that an idea can have."""
    found = {next((s for most, s, _ in SIZES if h <= most), "l") for h in idea.size_hours}
    return [letter for _, letter, _ in SIZES if letter in found]


def filters(ideas: Sequence[Idea]) -> list[Choices]:
    """The filters that have something to choose between."""
    texts = [i.text for i in ideas]
    found = [
        Choices(
            "level",
            "Difficulty",
            tuple(Choice(lv[0], lv, sum(lv in t.levels for t in texts)) for lv in LEVELS),
        ),
        Choices(
            "size",
            "Size",
            tuple(Choice(s, word, sum(s in sizes_of(t) for t in texts)) for _, s, word in SIZES),
        ),
        Choices(
            "state",
            "State",
            tuple(
                Choice(s[0], words, sum(i.state == s for i in ideas)) for s, words in STATES.items()
            ),
        ),
    ]
    there = [Choices(f.name, f.legend, tuple(c for c in f.choices if c.count)) for f in found]
    return [f for f in there if any(0 < c.count < len(ideas) for c in f.choices)]


def dates(deadlines: Sequence[Deadline], word: str, now: datetime) -> list[Date]:
    """The dates as they come, with the past ones and the next one marked."""
    ordered = in_order(deadlines)
    following = next((d for d in ordered if d.passes_at > now), None)
    return [
        Date(
            anchor=anchor,
            deadline=d,
            whom=audience(d.audience, word),
            due=d.kind is DeadlineKind.DEADLINE,
            past=d.passes_at <= now,
            next=d is following,
            source_url=web_address(d.source),
            source=(urlsplit(d.source).hostname or "source") if web_address(d.source) else d.source,
        )
        for d, anchor in zip(ordered, unique([d.slug for d in ordered]), strict=True)
    ]


def web_address(text: str) -> str:
    """The text, if it is an http or https address; else nothing."""
    return text if re.match(r"https?://[A-Za-z0-9.-]+(?:[:/?#]|$)", text) else ""


def _idea(idea: IdeaText, season: SeasonSnapshot) -> Idea:
    state = state_of(idea)
    marks = [level[0] for level in LEVELS if level in idea.levels]
    marks += [f"s-{size}" for size in sizes_of(idea)]
    subject = season.facts.subject.replace("{slug}", idea.slug)
    mail = f"mailto:{season.facts.list}" if _ADDRESS.fullmatch(season.facts.list) else ""
    if state != "open":
        marks.append(state[0])
    return Idea(
        text=idea,
        state=state,
        marks=" ".join(marks),
        skills=idea.skills,
        subject=subject,
        mail=f"{mail}?subject={quote(subject, safe='')}" if mail and subject else mail,
    )


def _mentors(ideas: Sequence[Idea], times: Sequence[Times], now: datetime) -> list[Mentor]:
    found: dict[str, tuple[str, list[Idea]]] = {}
    for idea in ideas:
        for folded, name in {name.lower(): name for name in idea.text.mentors}.items():
            found.setdefault(folded, (name, []))[1].append(idea)
    hours = {t.account.lower(): t.hours for t in times if t.hours}
    # Whoever is on several networks is away on all of them.
    absences = {a.account.lower(): a for t in times if (a := t.absence) and is_away(a, now)}
    return [
        Mentor(
            name,
            tuple(own),
            hours.get(folded, ""),
            absences[folded].last_day if folded in absences else None,
            stand_in(folded, absences, now) or "",
        )
        for folded, (name, own) in sorted(found.items())
    ]
