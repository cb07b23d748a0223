"""Watching ideas: who is told when one changes, once for several changes within minutes."""

import json
from datetime import UTC, datetime, timedelta

from gsocbot.rules.ideas import PUBLIC, IdeaState
from gsocbot.store import outbox
from gsocbot.store.books import Books, Deed
from gsocbot.store.tables import Idea, Watch

TOPIC = "watched"
GATHERED = timedelta(minutes=10)
"""Changes within so long are told at once: whoever writes an idea sets several fields."""
LASTS = timedelta(days=14)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def watch_of(books: Books, idea: int, network: str, account: str) -> Watch | None:
    """Somebody's watch over an idea."""
    found = books.every(Watch, idea=idea, network=network, account=account)
    return found[0] if found else None


def tell(books: Books, deed: Deed, idea: Idea, was: IdeaState) -> None:
    """Have those who watch an idea told that it has changed, but for who has changed it."""
    if was not in PUBLIC and idea.state not in PUBLIC:
        return
    due = deed.at + GATHERED - (deed.at - EPOCH) % GATHERED
    facts = {
        "number": idea.number,
        "slug": idea.slug,
        "state": str(idea.state),
        "moved": idea.state is not was,
        "at": deed.at.isoformat(),
    }
    outbox.plan(
        books,
        [
            outbox.row(
                key=f"{_beginning(watch)}{due.isoformat()}",
                season=idea.season,
                place=(watch.network, f"@{watch.account}"),
                topic=TOPIC,
                facts=json.dumps(facts),
                due=due,
                expires=due + LASTS,
            )
            for watch in books.every(Watch, idea=idea.id)
            if (watch.network, watch.account) != (deed.network, deed.account)
        ],
    )


def forget(books: Books, watch: Watch) -> None:
    """Drop what is still to be told to somebody who watches no more."""
    outbox.drop(books, _beginning(watch))


def _beginning(watch: Watch) -> str:
    return f"{watch.season}:{TOPIC}:{watch.idea}:{watch.network}:@{watch.account}:"
