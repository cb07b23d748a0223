"""Links: where they stand in texts, when each is asked for again, and when one is dead."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from urllib.parse import urldefrag, urlsplit

from gsocbot.rules.reach import is_address, is_public
from gsocbot.rules.timeline import Deadline, Phase, Stretch, current, stretches

WEEKLY = timedelta(days=7)
DAILY = timedelta(days=1)
HOURLY = timedelta(hours=1)
AGAIN = timedelta(hours=1)
"""What failed is asked again after this, for the second opinion that makes it dead."""

APART = timedelta(minutes=10)
"""Nothing is asked more often; what fails twice within this has failed once."""

DEAD_AFTER = 2
"""So many failures in a row make a link dead."""

SOMEBODY_THERE = frozenset({401, 403, 405, 407, 429})
"""These say that there is a page, only not for us."""

LOCKED = frozenset({401, 403, 407})
"""These say so to everybody who is not let in."""

LONGEST = 2000
LONGEST_BRIEF = 40
LONGEST_SHOWN = 120
REVIEW = "review"
APPLIED, PUBLISHED = "org-application", "orgs-announced"
"""Between these two dates Google looks at ideas pages, unless a phase of that name says when."""

NO_ANSWER, UNKNOWN_NAME = "no answer", "name not known"
LOGIN = "it asks for a login"
BAD_CERTIFICATE, TOO_MANY = "bad certificate", "too many redirects"
PAGE = "ideas page"

_WORTH_COUNTING = frozenset({NO_ANSWER, UNKNOWN_NAME})
_ADDRESS = re.compile(
    r"(?<![A-Za-z0-9])[hH][tT][tT][pP][sS]?://(?:\[[0-9A-Fa-f:.]+\])?"
    r"[^\s<>\"`{}|\\^\[\]\x00-\x1f\x7f“”„«»‹›]+"
)
_LOGIN = re.compile(
    r"(?:^|[/._?-])(?:service)?(?:log-?in|sign[-_]?in|sso|oauth2?|auth|accounts?)(?=$|[/._?&=-])",
    re.IGNORECASE,
)
_EMPHASIS = "*_~"
_BEHIND = ".,;:!?'’‘…*、。，；：！？）】」』》"
_SIX_DAYS = timedelta(days=6)


class Outcome(StrEnum):
    """What came of asking for a link."""

    THERE = "there"
    FAILED = "failed"  # somebody answered, and it is not the page
    SILENT = "silent"  # nobody answered; it may be our own network that is down
    UNASKED = "unasked"  # it must not be asked for


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of asking for one link; `why` in words that people understand.

    One that is there may have a `why` too: it is not there for everybody.
    """

    url: str
    outcome: Outcome
    why: str = ""


@dataclass(frozen=True, slots=True)
class Owner:
    """In what a link stands: an idea in one of its fields, an entry of the FAQ, a page."""

    name: str
    idea: int | None = None
    field: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """An address, and all in which it stands."""

    url: str
    owners: tuple[Owner, ...]

    @property
    def is_page(self) -> bool:
        """Whether this is the season's own ideas page."""
        return any(owner.name == PAGE for owner in self.owners)


@dataclass(frozen=True, slots=True)
class State:
    """What is known of a link: `failures` in a row since `failing_since`.

    A `fault` without a failure says why it is not asked for.
    """

    checked_at: datetime
    fault: str = ""
    failures: int = 0
    failing_since: datetime | None = None

    @property
    def is_unasked(self) -> bool:
        """Whether it must not be asked for."""
        return bool(self.fault) and self.failures == 0

    @property
    def is_dead(self) -> bool:
        """Whether it failed so often that people should know."""
        return self.failures >= DEAD_AFTER


# --- which links there are


def addresses_in(text: str) -> list[str]:
    """The addresses of the web in a text, each once, without what stands around them."""
    if "://" not in text:
        return []
    found = (
        _trimmed(m[0], text[max(m.start() - 1, 0) : m.start()])
        for m in _ADDRESS.finditer(text)
        if len(m[0]) <= 2 * LONGEST  # a longer one is none, and takes long to trim
    )
    return list(dict.fromkeys(url for url in found if _is_address(url)))


def gathered(texts: Iterable[tuple[Owner, str]]) -> list[Link]:
    """The links of some texts, each once with all its owners."""
    found: dict[str, dict[str, Owner]] = {}
    for owner, text in texts:
        for url in addresses_in(text):
            if is_here_only(url):
                continue
            found.setdefault(url, {}).setdefault(owner.name, owner)
    return [Link(url, tuple(owners.values())) for url, owners in found.items()]


def is_here_only(url: str) -> bool:
    """Whether an address is by its looks one of this machine or its own network.

    Such stand in instructions ("open http://localhost:8000") and are no links.
    """
    host = host_of(url)
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
        return True
    return is_address(host) and not is_public(host)


def host_of(url: str) -> str:
    """The host of an address."""
    return (_host(url) or "").rstrip(".")


def refusal(url: str) -> str:
    """Why an address must not be asked for, by its looks; empty if it may."""
    parts = urlsplit(url)
    if parts.scheme.lower() not in {"http", "https"}:
        return f"{parts.scheme[:20]}:"
    return "a user name in it" if "@" in parts.netloc else ""


def _trimmed(url: str, before: str) -> str:
    url = urldefrag(url)[0] if "#" in url else url
    behind = _BEHIND + (before if before in _EMPHASIS else "")
    while url:
        last = url[-1]
        closes = last == ")" and url.count(")") > url.count("(")
        if not (closes or last in behind):
            break
        url = url[:-1]
    return url


def _is_address(url: str) -> bool:
    return len(url) <= LONGEST and bool(_host(url))


def _host(url: str) -> str | None:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return None
    host = parts.hostname or ""
    return host if any(c.isalnum() for c in host) else None


# --- when each is asked for


def is_due(state: State | None, now: datetime, *, hourly: bool = False) -> bool:
    """Whether a link is to be asked for; one asked in the future was asked by a wrong clock."""
    if state is None or now < state.checked_at:
        return True
    return now >= state.checked_at + _period(state, hourly=hourly)


def is_just_asked(state: State | None, now: datetime) -> bool:
    """Whether a link was asked for so lately that it is not asked again."""
    return state is not None and timedelta(0) <= now - state.checked_at < APART


def _period(state: State, *, hourly: bool) -> timedelta:
    if hourly:
        return HOURLY
    if state.failures == 0:
        return WEEKLY
    return DAILY if state.is_dead else AGAIN


def is_review(phases: Sequence[Phase], deadlines: Sequence[Deadline], now: datetime) -> bool:
    """Whether Google looks at ideas pages now: applied, and the accepted are not published yet."""
    named = [p for p in phases if p.name.lower() == REVIEW]
    wanted = named or [Phase(REVIEW, APPLIED, PUBLISHED)]
    running: Stretch | None = current(stretches(wanted, deadlines), now)
    return running is not None


# --- what comes of it


def after(known: State | None, verdict: Verdict, now: datetime, *, for_all: bool = False) -> State:
    """What is known of a link once it has been asked for; `for_all` if it must ask for no login."""
    if verdict.outcome is Outcome.THERE and not (for_all and verdict.why):
        return State(now)
    if verdict.outcome is Outcome.UNASKED:
        return State(now, verdict.why)
    if known is None or known.failures == 0 or known.failing_since is None:
        return State(now, verdict.why, 1, now)
    more = now - known.checked_at >= APART
    return replace(
        known, checked_at=now, fault=verdict.why, failures=known.failures + (1 if more else 0)
    )


def nobody_answered(verdicts: Sequence[Verdict]) -> bool:
    """Whether all that was asked is silent: then it may be our own network that is down."""
    asked = [v for v in verdicts if v.outcome is not Outcome.UNASKED]
    return bool(asked) and all(v.outcome is Outcome.SILENT for v in asked)


def fault_of_status(status: int) -> str:
    """What is wrong with a page, by the status of its answer; empty if nothing is."""
    return "" if status < 400 or status in SOMEBODY_THERE else str(status)


def lock(url: str, end: str, status: int) -> str:
    """Why a page that is there is not there for everybody, by where its address ends."""
    if status in LOCKED:
        return str(status)
    return LOGIN if end != url and _asks_for_login(end) and not _asks_for_login(url) else ""


def _asks_for_login(url: str) -> bool:
    return _LOGIN.search(url.partition("://")[2]) is not None


# --- in words


def described(link: Link, state: State, now: datetime, *, alone: bool = False) -> str:
    """idea 12 wiki/blk (404 since Mon); the address is left out where an owner has no other."""
    names = [owner.name for owner in link.owners]
    who = " and ".join(names[:2]) + (f" and {len(names) - 2} more" if len(names) > 2 else "")
    address = "" if link.is_page or alone else f" {briefly(link.url)}"
    return f"{who}{address} ({why(state, now)})"


def why(state: State, now: datetime) -> str:
    """404 since Mon, or no answer 3 times"""
    if state.fault in _WORTH_COUNTING or state.failing_since is None:
        return f"{state.fault} {state.failures} times" if state.failures > 1 else state.fault
    since = state.failing_since
    day = f"{since:%a}" if now - since < _SIX_DAYS else f"{since.day} {since:%b}"
    return f"{state.fault} since {day}"


def briefly(url: str) -> str:
    """wiki/blk: the end of an address's path, or its host if it has none."""
    parts = urlsplit(url)
    path = [part for part in parts.path.split("/") if part]
    brief = "/".join(path[-2:]) or (parts.hostname or url).removeprefix("www.")
    return brief if len(brief) <= LONGEST_BRIEF else f"…{brief[-LONGEST_BRIEF + 1 :]}"


def shortened(url: str) -> str:
    """An address that leaves room for other words in a line."""
    return url if len(url) <= LONGEST_SHOWN else f"{url[: LONGEST_SHOWN - 1]}…"
