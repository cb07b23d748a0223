"""A store that is written to, with an ACK on stdout after each commit: what power cuts are for.

python -m tests.soak.commits FOLDER COUNT [SYNCHRONOUS]
"""

import os
import sqlite3
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from gsocbot.rules.outbox import OutboxState
from gsocbot.store import engine, outbox, questions
from gsocbot.store.books import Books, Deed
from gsocbot.store.store import Store
from gsocbot.store.tables import Question, Season

STORE = "gsocbot.db"
AT = datetime(2026, 3, 2, 10, tzinfo=UTC)
SEASON, NETWORK, CHANNEL = "test", "net", "#gsoc"
STATES = (OutboxState.DUE, OutboxState.CLAIMED, OutboxState.WRITTEN, OutboxState.SENT)
STEPS = len(STATES) + 1
"""A question is kept with a line for it, the line goes its way, the question is answered."""


def main() -> None:
    """Commit so often; with another `synchronous` than ours if one is given."""
    folder, count, *careless = sys.argv[1:]
    if careless:
        engine.PRAGMAS["synchronous"] = careless[0]
    store = Store(f"sqlite:///{folder}/{STORE}")
    store.ready(AT)
    with store.transaction(writing=True) as books:
        books.session.add(Season(key=SEASON, since=AT))
    for number in range(int(count)):
        with store.transaction(writing=True) as books:
            _commit(books, *divmod(number, STEPS))
        os.write(1, b"ACK %d\n" % (number + 1))
    os._exit(0)  # a store that is closed folds its log into the file


def _commit(books: Books, number: int, step: int) -> None:
    now = AT + timedelta(minutes=number)
    deed = Deed(f"{number}-{step}", now, SEASON, NETWORK, "kofi", CHANNEL, "!ask")
    if step == 0:
        asked = Question(season=SEASON, number=number, network=NETWORK, asker="kofi", nick="kofi",
                         text=f"which kernel does test {number} need?", at=now)  # fmt: skip
        books.add(deed, asked, "it is dropped")
        line = outbox.row(key=f"line {number}", season=SEASON, place=(NETWORK, CHANNEL),
                          topic="question", facts="{}", due=now,
                          expires=now + timedelta(hours=1))  # fmt: skip
        outbox.plan(books, [line])
    elif step == 1:
        assert outbox.claim(books, NETWORK, "boot-1-a", now, [CHANNEL], most=1)
    elif step < len(STATES):
        assert outbox.move(books, number + 1, STATES[step])
    else:
        kept = questions.by_number(books, SEASON, number)
        assert kept is not None
        books.change(deed, kept, answer="the newest one", answered_by="mira", answered_at=now)


def found(file: Path) -> int:
    """How many commits a store has; ValueError if it is damaged or has a hole."""
    store = sqlite3.connect(file)
    try:
        whole = store.execute("PRAGMA integrity_check").fetchall()
        if whole != [("ok",)] or store.execute("PRAGMA foreign_key_check").fetchall():
            raise ValueError(f"damaged: {whole}")
        if not store.execute("SELECT 1 FROM sqlite_master WHERE name = 'question'").fetchone():
            return 0
        rows = store.execute(
            "SELECT question.number, outbox.state, answered_at IS NOT NULL FROM question "
            "LEFT JOIN outbox ON outbox.key = 'line ' || question.number ORDER BY question.number"
        ).fetchall()
    except sqlite3.Error as error:
        raise ValueError(str(error)) from error
    finally:
        store.close()
    steps = [STATES.index(state) + 1 + answered for _, state, answered in rows]
    if [row[0] for row in rows] != list(range(len(rows))) or any(s < STEPS for s in steps[:-1]):
        raise ValueError("later commits are there and earlier ones are not")
    return sum(steps)


if __name__ == "__main__":
    main()
