"""What was deleted from a SQLite file is in none of its bytes after it was swept."""

import random
import sqlite3
from contextlib import closing
from pathlib import Path

from gsocbot.store.engine import PRAGMAS
from gsocbot.store.sweeping import IN_USE, sweep

NAME = "zqperson"


def filled(file: Path) -> sqlite3.Connection:
    """A file whose pages were split and moved about before rows were deleted from it."""
    chance = random.Random(1)
    store = sqlite3.connect(file, isolation_level=None)
    for pragma, value in PRAGMAS.items():
        store.execute(f"PRAGMA {pragma} = {value}")
    store.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b TEXT UNIQUE)")
    store.execute("CREATE INDEX i ON t (a)")
    for turn in range(100):
        store.execute("BEGIN")
        for _ in range(20):
            who = NAME if chance.random() < 0.1 else "other"
            text = f"{chance.random()} {who} " * chance.randrange(1, 30)
            store.execute("INSERT INTO t (a, b) VALUES (?, ?)", (who, text))
        store.execute("UPDATE t SET b = b || 'zz' WHERE id % 7 = ?", (turn % 7,))
        store.execute("COMMIT")
    store.execute("DELETE FROM t WHERE a = ?", (NAME,))
    return store


def hits(file: Path) -> int:
    """How often the name is in the file and beside it."""
    return sum(f.read_bytes().count(NAME.encode()) for f in file.parent.glob(f"{file.name}*"))


def test_what_was_deleted_is_in_no_byte_of_a_file_that_was_swept(tmp_path: Path) -> None:
    file = tmp_path / "store.db"
    with closing(filled(file)) as store:
        before = hits(file)
        kept = store.execute("SELECT count(*), sum(length(b)) FROM t").fetchone()

        assert sweep(file) == ""
        assert before > 0
        assert hits(file) == 0
        assert store.execute("SELECT count(*), sum(length(b)) FROM t").fetchone() == kept


def test_a_file_that_somebody_else_writes_to_is_swept_later(tmp_path: Path) -> None:
    file = tmp_path / "store.db"
    with closing(filled(file)) as store:
        store.execute("BEGIN IMMEDIATE")
        assert sweep(file, patience=0.1) == "database is locked"
        store.execute("ROLLBACK")
        assert sweep(file) == ""


def test_a_file_of_which_somebody_reads_an_older_state_is_swept_later(tmp_path: Path) -> None:
    file = tmp_path / "store.db"
    with closing(filled(file)) as store, closing(sqlite3.connect(file)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM t").fetchone()
        store.execute("DELETE FROM t WHERE id < 9")
        assert sweep(file, patience=0.1) == IN_USE
        reader.rollback()
        assert sweep(file) == ""
