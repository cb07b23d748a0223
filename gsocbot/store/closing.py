"""The end of an office hour: what its lines and its queue come to, kept in one transaction.

Nothing of it can be taken back with !undo, for people have been told; only a draft idea can, by
whoever said it.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from gsocbot.rules import actions as rules
from gsocbot.rules import ledger, mentors
from gsocbot.rules.drafting import headline
from gsocbot.rules.embargo import is_of_results
from gsocbot.rules.ideas import IdeaText
from gsocbot.rules.minutes import Item, Minutes, Said, Sort, minutes, owner
from gsocbot.rules.office import all_leaders
from gsocbot.rules.queue import PlaceState
from gsocbot.rules.roles import Role
from gsocbot.store import actions, drafts, ideas, notes, office, questions, roles
from gsocbot.store import mentors as times
from gsocbot.store.books import Books, Deed
from gsocbot.store.tables import ActionItem, OfficeSession, Question, QueuePlace
from gsocbot.talk import Refused

AT_WORK = timedelta(minutes=1)
"""Who was called longer ago than this was helped, though nobody has said so."""


@dataclass(frozen=True, slots=True)
class Closed:
    """What has become of an office hour; `kept` are numbers of questions, `ideas` of drafts."""

    helped: int
    kept: tuple[int, ...]
    actions: int
    ideas: tuple[int, ...]
    people: int
    lines: int
    length: timedelta


def close(books: Books, deed: Deed, session: OfficeSession, now: datetime) -> Closed:
    """End a session: who still waits becomes a question, and its actions and ideas are kept."""
    assert session.id is not None
    lines = office.spoken(books, session.id)
    chairs = [session.chair, *all_leaders(session.chairs)]
    folded = minutes(lines, chairs, session.title)
    places = sorted(
        books.every(QueuePlace, session=session.id), key=lambda p: (p.turn or p.at, p.id)
    )
    suggested = _ideas(books, session, folded, now)
    taken_on = _actions(books, deed, session, folded, _people(books, session, lines, places), now)
    kept = _queue(books, deed, session, places, now)
    books.change(deed, session, ended_at=now)
    return Closed(
        helped=sum(place.state == PlaceState.HELPED for place in places),
        kept=kept,
        actions=taken_on,
        ideas=suggested,
        people=len(folded.people),
        lines=len(lines),
        length=now - session.started_at,
    )


# --- the queue


def _queue(
    books: Books, deed: Deed, session: OfficeSession, places: Sequence[QueuePlace], now: datetime
) -> tuple[int, ...]:
    """Whoever was at work was helped; whoever still waits has a question. The questions."""
    kept: list[int] = []
    waiting = []
    for place in places:
        if place.state == PlaceState.CALLED and now - (place.called_at or now) > AT_WORK:
            books.change(deed, place, state=PlaceState.HELPED, done_at=now)
        elif place.state in {PlaceState.CALLED, PlaceState.WAITING}:
            waiting.append(place)
    for place in waiting:
        number = _keep_place(books, deed, place, place.channel, now)
        books.change(deed, place, state=PlaceState.KEPT, note=f"q{number}")
        kept.append(number)
    return tuple(kept)


def _keep_place(books: Books, deed: Deed, place: QueuePlace, channel: str, now: datetime) -> int:
    """A place as a question, however many its asker has; the number of it.

    Words that ask what becomes of somebody would stand on the page: the place is kept without.
    """
    banned = is_of_results(place.text)
    idea, text = (None, "") if banned else _about(books, place.season, place.text)
    asked = text and questions.twin(books, place.season, place.network, place.asker, text)
    if not asked:
        asked = Question(
            season=place.season,
            number=questions.next_number(books, place.season),
            network=place.network,
            asker=place.asker,
            nick=place.nick,
            channel=channel,
            idea=idea,
            text=text,
            at=now,
        )
        books.add(deed, asked)
        if idea is not None:
            _tell_mentors(books, asked, now)
    notes.place_kept(books, asked, now, banned=banned)
    return asked.number


def _about(books: Books, season: str, text: str) -> tuple[int | None, str]:
    """The idea that the words of a place begin with, and the rest."""
    found = ledger.idea_in(text)
    if found is None or ideas.by_number(books, season, found[0]) is None:
        return None, text
    return found


def _tell_mentors(books: Books, asked: Question, now: datetime) -> None:
    idea = ideas.by_number(books, asked.season, asked.idea or 0)
    absences = times.absences(books, asked.season, asked.network)
    own = idea.text.mentors if idea else ()
    notes.question(books, asked, mentors.seers(own, absences, now, asked.asker), now)


# --- actions


def _people(
    books: Books, session: OfficeSession, lines: Sequence[Said], places: Sequence[QueuePlace]
) -> dict[str, tuple[str, str]]:
    """Who may be meant by a name: by it in small letters the nick, and the account or ~nick.

    Somebody's account stands, also if they spoke without it before.
    """
    season, network = session.season, session.network
    accounts = {a for r in Role for a in roles.holders(books, season, network, r)}
    spoke = {(line.nick, line.account) for line in lines if not line.own}
    known = {nick.lower(): (nick, f"~{nick.lower()}") for nick, _ in sorted(spoke, key=str)}
    known |= {p.nick.lower(): (p.nick, p.asker) for p in places if p.network == network}
    known |= {nick.lower(): (nick, account) for nick, account in sorted(spoke, key=str) if account}
    # A mentor's name is theirs, whoever wears it as a nick.
    return known | {account: (account, account) for account in sorted(accounts)}


def _actions(
    books: Books,
    deed: Deed,
    session: OfficeSession,
    folded: Minutes,
    people: Mapping[str, tuple[str, str]],
    now: datetime,
) -> int:
    items = folded.of(Sort.ACTION)[: rules.MOST_OF_A_SESSION]
    first = actions.next_number(books, session.season) if items else 0
    for number, item in enumerate(items, first):
        nick, account = people.get(owner(item, people.keys()), ("", ""))
        row = ActionItem(
            season=session.season,
            number=number,
            session=session.id,
            network=session.network,
            owner=account,
            nick=nick,
            text=rules.without_name(item.text, nick),
            at=now,
            by=_sayer(item),
        )
        books.add(deed, row)
    return len(items)


# --- ideas


def _ideas(books: Books, session: OfficeSession, folded: Minutes, now: datetime) -> tuple[int, ...]:
    """Each idea that nobody has written down yet as a draft of whoever said it; their numbers."""
    items = folded.of(Sort.IDEA)[: rules.MOST_IDEAS_OF_A_SESSION]
    known = {_folded(i.text.title) for i in ideas.every(books, session.season)} if items else set()
    on = f"{session.day.day} {session.day:%b}"
    made = []
    for item in items:
        try:
            title = headline(item.text)
        except Refused:
            continue  # it says nothing, or how to say something
        if _folded(title) in known:
            continue
        known.add(_folded(title))
        deed = Deed(
            id=secrets.token_hex(8),
            at=now,
            season=session.season,
            network=session.network,
            account=_sayer(item),
            place=session.channel,
            what=f"#idea in the office hour of {on}",
        )
        text = IdeaText(title, summary="" if item.text == title else item.text)
        undo = f'the draft "{title}" is gone'
        new = drafts.new(books, deed, session.season, text, item.account or "", undo)
        made.append(new.number or 0)
    return tuple(made)


def _folded(title: str) -> str:
    return title.casefold().strip(" .!?…")


def _sayer(item: Item) -> str:
    return item.account or f"~{item.nick.lower()}"
