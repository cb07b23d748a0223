"""Links as they are asked for: where they stand, what is known of each, which are due."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, update
from sqlalchemy import select as columns
from sqlmodel import col

from gsocbot.rules import links as rule
from gsocbot.rules.drafting import CALLED
from gsocbot.rules.faq import FaqText
from gsocbot.rules.links import Link, Owner, State, Verdict
from gsocbot.store import faq, ideas, seasons
from gsocbot.store.books import Books
from gsocbot.store.ideas import KeptIdea
from gsocbot.store.private import reports
from gsocbot.store.tables import CheckedLink

_STATES = columns(
    col(CheckedLink.url),
    col(CheckedLink.checked_at),
    col(CheckedLink.fault),
    col(CheckedLink.failures),
    col(CheckedLink.failing_since),
).where(col(CheckedLink.season) == bindparam("season"))
_ONE = (col(CheckedLink.season) == bindparam("of_season")) & (
    col(CheckedLink.url) == bindparam("of_url")
)
_FIELDS = ("summary", "description", "outcome", "skills")


def of_season(books: Books, season: str, page: str, files: Sequence[FaqText] = ()) -> list[Link]:
    """The links of a season that everybody can see, and its own ideas `page`.

    `files` are the entries of the FAQ that files have.
    """
    facts = seasons.season(books, season)
    if facts is None:
        return []
    texts = [(Owner(rule.PAGE), page)]
    for idea in ideas.public(books, season):
        texts += _of_idea(idea)
    for entry in faq.whole(books, season, files):
        text = entry.text
        texts.append((Owner(f"FAQ {text.key}"), f"{text.answer}\n{text.source}"))
    texts += [(Owner(name), text) for name, text in reports.links(books, season)]
    texts.append((Owner("the season's about"), facts.about))
    texts += [(Owner(f"deadline {d.slug}"), d.source) for d in seasons.deadlines(books, season)]
    return rule.gathered(texts)


def _of_idea(idea: KeptIdea) -> Iterator[tuple[Owner, str]]:
    for field in _FIELDS:
        called = CALLED.get(field, field)
        yield Owner(f"idea {idea.number}", idea.number, called), getattr(idea.text, field)
    contact = "\n".join(idea.text.contact)
    yield Owner(f"idea {idea.number}", idea.number, "contact"), contact


def states(books: Books, season: str) -> dict[str, State]:
    """What is known of a season's links, by address."""
    return {url: State(*rest) for url, *rest in books.rows(_STATES, {"season": season})}


def is_review(books: Books, season: str, now: datetime) -> bool:
    """Whether Google looks at ideas pages now."""
    return rule.is_review(seasons.phases(books, season), seasons.deadlines(books, season), now)


def due(books: Books, season: str, links: Sequence[Link], now: datetime) -> list[str]:
    """The links that are to be asked for, those that waited longest first."""
    known = states(books, season)
    review = is_review(books, season, now)
    wanted = [
        link.url
        for link in links
        if rule.is_due(known.get(link.url), now, hourly=link.is_page and review)
    ]
    never = min((s.checked_at for s in known.values()), default=now)
    return sorted(wanted, key=lambda url: known[url].checked_at if url in known else never)


def witnesses(books: Books, season: str, most: int) -> list[str]:
    """Links that were there when they were last asked for: is it us who are cut off?"""
    there = [(s.checked_at, url) for url, s in states(books, season).items() if not s.fault]
    found: dict[str, str] = {}
    for _, url in sorted(there, reverse=True):
        found.setdefault(rule.host_of(url), url)
    return list(found.values())[:most]


def keep(
    books: Books, season: str, links: Sequence[Link], verdicts: Sequence[Verdict], now: datetime
) -> dict[str, tuple[State | None, State]]:
    """Keep what came of asking, and drop addresses that stand nowhere any more.

    Gives what was known of each and what is now. These are the clock's doings, not anybody's, so
    the audit has none of them.
    """
    known = states(books, season)
    there = {link.url for link in links}
    pages = {link.url for link in links if link.is_page}
    told: dict[str, tuple[State | None, State]] = {}
    for verdict in verdicts:
        if verdict.url in there:
            before = known.get(verdict.url)
            new = rule.after(before, verdict, now, for_all=verdict.url in pages)
            _put(books, season, verdict.url, new, is_new=before is None)
            told[verdict.url] = before, new
    _forget(books, season, known.keys() - there)
    return told


def _put(books: Books, season: str, url: str, state: State, *, is_new: bool) -> None:
    values = {
        "checked_at": state.checked_at,
        "fault": state.fault,
        "failures": state.failures,
        "failing_since": state.failing_since,
    }
    if is_new:
        books.connection.execute(insert(CheckedLink), [{"season": season, "url": url, **values}])
    else:
        statement = update(CheckedLink).where(_ONE).values(**values)
        books.connection.execute(statement, {"of_season": season, "of_url": url})


def _forget(books: Books, season: str, urls: Iterable[str]) -> None:
    for url in urls:
        books.connection.execute(
            delete(CheckedLink).where(_ONE), {"of_season": season, "of_url": url}
        )


def hasten(books: Books, season: str, links: Sequence[Link], now: datetime) -> int:
    """Make links due that were not asked for just now; says how many of them are due then."""
    known = states(books, season)
    count = 0
    for link in links:
        state = known.get(link.url)
        if rule.is_just_asked(state, now):
            continue
        count += 1
        if state is not None:
            values = {"checked_at": now - rule.WEEKLY}
            statement = update(CheckedLink).where(_ONE).values(**values)
            books.connection.execute(statement, {"of_season": season, "of_url": link.url})
    return count


def dead(books: Books, season: str, links: Sequence[Link]) -> list[tuple[Link, State]]:
    """The dead links, in the order in which they stand."""
    known = states(books, season)
    return [(link, s) for link in links if (s := known.get(link.url)) is not None and s.is_dead]


def dead_of_ideas(books: Books, season: str) -> dict[int, list[tuple[Link, State]]]:
    """The dead links of public ideas, by the idea's number."""
    found: dict[int, list[tuple[Link, State]]] = {}
    known = {url: state for url, state in states(books, season).items() if state.is_dead}
    for idea in ideas.public(books, season) if known else ():
        for link in rule.gathered(_of_idea(idea)):
            if link.url in known:
                found.setdefault(idea.number, []).append((link, known[link.url]))
    return found
