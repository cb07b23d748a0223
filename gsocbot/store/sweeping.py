"""Taking out of a SQLite file what was deleted from it; its bytes are written anew.

What is deleted is overwritten at once (secure_delete), but not what a page had left when its rows
were moved to another one, and not the log (-wal) beside the file.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

BUSY_SECONDS = 5.0
IN_USE = "others use it"


def sweep(file: Path, patience: float = BUSY_SECONDS) -> str:
    """Write a store's file anew, on a connection of its own; what was in the way, or nothing.

    Whoever reads goes on meanwhile, whoever writes waits: 0.1 s for a file of 10 MB.
    """
    with closing(sqlite3.connect(file, timeout=patience, isolation_level=None)) as store:
        try:
            store.execute("PRAGMA secure_delete = ON")
            store.execute("VACUUM")
            busy, *_ = store.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.OperationalError as error:
            return str(error)
    return IN_USE if busy else ""
