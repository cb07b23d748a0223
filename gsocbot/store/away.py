"""A store that cannot be used just now: what says so, in what way, and who still waits for it."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoneFree

from gsocbot.store.engine import BUSY_MS, InDoubt, StoreError, in_a_line


class Away(StrEnum):
    """What is wrong, in words for people."""

    BUSY = "another program holds my store"
    FULL = "there is no room left for my store"
    READ_ONLY = "my store is read-only"
    DAMAGED = "my store is damaged"
    GONE = "my store does not answer"
    IN_DOUBT = "my store went away while it was saving"


class StoreAway(StoreError):
    """A store that is known to be away; it was not even asked."""

    def __init__(self, why: Away) -> None:
        super().__init__(f"the store: {why}")
        self.why = why


_SQLITE = {
    sqlite3.SQLITE_BUSY: Away.BUSY,
    sqlite3.SQLITE_LOCKED: Away.BUSY,
    sqlite3.SQLITE_PROTOCOL: Away.BUSY,
    sqlite3.SQLITE_FULL: Away.FULL,
    sqlite3.SQLITE_READONLY: Away.READ_ONLY,
    sqlite3.SQLITE_PERM: Away.READ_ONLY,
    sqlite3.SQLITE_CORRUPT: Away.DAMAGED,
    sqlite3.SQLITE_NOTADB: Away.DAMAGED,
    sqlite3.SQLITE_IOERR: Away.GONE,
    sqlite3.SQLITE_CANTOPEN: Away.GONE,
    sqlite3.SQLITE_NOMEM: Away.GONE,
}
_POSTGRES = {
    "08": Away.GONE,
    "25006": Away.READ_ONLY,
    "40": Away.BUSY,
    "53100": Away.FULL,
    "53": Away.GONE,
    "55P03": Away.BUSY,
    "57": Away.GONE,
    "58": Away.GONE,
    "XX001": Away.DAMAGED,
    "XX002": Away.DAMAGED,
}
"""By code, or by its class, which is the first two characters."""


def why_away(error: BaseException) -> Away | None:
    """What an error says of the store; None if it is no trouble of the store's."""
    if isinstance(error, InDoubt):
        return Away.IN_DOUBT
    if isinstance(error, NoneFree):
        return Away.GONE
    if isinstance(error, StoreAway):
        return error.why
    cause = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(cause, sqlite3.Error):
        # The lower eight bits are the kind, the others what exactly.
        return _SQLITE.get((getattr(cause, "sqlite_errorcode", None) or 0) & 0xFF)
    if not isinstance(error, DBAPIError):
        return None
    code = getattr(cause, "sqlstate", None) or ""
    if found := _POSTGRES.get(code) or _POSTGRES.get(code[:2]):
        return found
    lost = isinstance(error, OperationalError | InterfaceError) and not code
    return Away.GONE if lost or error.connection_invalidated else None


BACKGROUND_MS = 200
"""What comes again by itself waits no longer: somebody's command may stand in line behind it."""

AGAIN_MS = 500
"""Once somebody has waited in vain, nobody waits that long again until the store is back."""


class Health:
    """What is known of a store, and how long a transaction may wait for other processes.

    `watched` says that somebody tries a store that is away again and again (`trying`), so that
    nobody else needs to; `why` is what is wrong with it.
    """

    def __init__(self) -> None:
        self.watched = False
        self.why: Away | None = None
        self.what = ""
        self._until: float | None = None
        self._trying = False
        self._refused = False

    @contextmanager
    def until(self, moment: float) -> Iterator[None]:
        """For somebody who waits for an answer until a moment of time.monotonic()."""
        self._until = moment
        try:
            yield
        finally:
            self._until = None

    @contextmanager
    def trying(self) -> Iterator[None]:
        """For a write that shows whether the store can be used: it can once that has worked."""
        self._trying = True
        try:
            yield
        finally:
            self._trying = False
        self.why, self._refused = None, False

    @property
    def patience(self) -> int:
        """So many ms a transaction waits for others that write."""
        if self._until is not None:
            longest = AGAIN_MS if self._refused else BUSY_MS
            return min(longest, max(0, round((self._until - time.monotonic()) * 1000)))
        return BACKGROUND_MS if self.watched else BUSY_MS

    def check(self, *, writing: bool, remote: bool) -> None:
        """Raise StoreAway for what could only wait in vain, and would hold up others.

        Nothing is written into a damaged store any more.
        """
        why = self.why
        if why is None:
            return
        if why is Away.BUSY:
            in_vain = writing and self._until is None
        else:
            in_vain = remote and (writing or why is Away.GONE)
        spared = self.watched and not self._trying and in_vain
        is_lost = writing and why is Away.DAMAGED and not remote  # a server may be mended meanwhile
        if spared or is_lost:
            raise StoreAway(why)

    def notice(self, error: BaseException) -> None:
        """Keep in mind what an error says of the store."""
        why = why_away(error)
        if why is None or isinstance(error, StoreAway):
            return
        self._refused |= self._until is not None
        if self.why is not Away.DAMAGED:
            self.why = Away.GONE if why is Away.IN_DOUBT else why
            self.what = in_a_line(error) if isinstance(error, SQLAlchemyError) else str(error)
