"""Watching ideas: who is told when one changes, once for several changes within minutes."""

import json
from datetime import UTC, datetime, timedelta

from sqlalchemy import and_, or_
from sqlmodel import col, select

from gsocbot.rules.ideas import PUBLIC, IdeaState
from gsocbot.store import outbox
from gsocbot.store.books import Books, Deed
from gsocbot.store.tables import Audit, Idea, IdeaMentor, Interest, Watch

TOPIC = "watched"
GATHERED = timedelta(minutes=10)
"""Changes within so long are told at once: whoever writes an idea sets several fields."""
LASTS = timedelta(days=14)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def watch_of(books: Books, idea: int, network: str, account: str) -> Watch | None:
    """Somebody's watch over an idea."""
    found = books.every(Watch, idea=idea, network=network, account=account)
    return found[0] if found else None


def followed(
    books: Books, table: type[Watch] | type[Interest], season: str, network: str, account: str
) -> set[int]:
    """The ideas that somebody watches or is interested in, by their rows' ids."""
    rows = books.every(table, season=season, network=network, account=account)
    return {row.idea for row in rows}


def tell(books: Books, deed: Deed, idea: Idea) -> None:
    """Have those who watch an idea told what has become of it, but for who has changed it.

    What is taken back, or undone by another change, before anybody was told is never told.
    """
    watches = books.every(Watch, idea=idea.id)
    if not watches:
        return
    due = deed.at + GATHERED - (deed.at - EPOCH) % GATHERED
    keys = {f"{_beginning(watch)}{due.isoformat()}": watch for watch in watches}
    was, changed = _was(books, idea, due - GATHERED)
    if not changed or not {was, IdeaState(idea.state)}.intersection(PUBLIC):
        outbox.cancel(books, list(keys))
        return
    facts = {
        "number": idea.number,
        "slug": idea.slug,
        "state": str(idea.state),
        "moved": IdeaState(idea.state) is not was,
        "at": deed.at.isoformat(),
    }
    outbox.plan(
        books,
        [
            outbox.row(
                key=key,
                season=idea.season,
                place=(watch.network, f"@{watch.account}"),
                topic=TOPIC,
                facts=json.dumps(facts),
                due=due,
                expires=due + LASTS,
            )
            for key, watch in keys.items()
            if (watch.network, watch.account) != (deed.network, deed.account)
        ],
    )


def _was(books: Books, idea: Idea, since: datetime) -> tuple[IdeaState, bool]:
    """What state an idea was in at a moment, and whether it says anything else now."""
    first: dict[str, str | None] = {}
    last = {}
    own, mentors = (str(table.__tablename__) for table in (Idea, IdeaMentor))
    itself = and_(col(Audit.table_name) == own, col(Audit.row_key) == f"[{idea.id}]")
    mentored = and_(
        col(Audit.table_name) == mentors, col(Audit.row_key).startswith(f"[{idea.id}, ")
    )
    found = select(Audit).where(col(Audit.at) >= since, or_(itself, mentored))
    for note in books.session.exec(found.order_by(col(Audit.id))):
        # An idea that came within these minutes is what it came as; a mentor who came is new.
        begun = note.after if note.table_name == own and note.before is None else note.before
        first.setdefault(note.row_key, begun)
        last[note.row_key] = note.after
    before = first.get(f"[{idea.id}]")
    state = IdeaState(json.loads(before)["state"] if before else idea.state)
    return state, any(_said(first[row]) != _said(last[row]) for row in last)


def _said(noted: str | None) -> dict[str, object]:
    """What a row says to people; what was last read from its file is nothing to them."""
    row = json.loads(noted or "{}")
    return {name: value for name, value in row.items() if name not in {"imported", "in_folder"}}


def forget(books: Books, watch: Watch) -> None:
    """Drop what is still to be told to somebody who watches no more."""
    outbox.drop(books, _beginning(watch))


def _beginning(watch: Watch) -> str:
    return f"{watch.season}:{TOPIC}:{watch.idea}:{watch.network}:@{watch.account}:"
