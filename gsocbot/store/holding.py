"""Who speaks on a network: of several bots on one PostgreSQL, the one that holds its lock."""

from collections.abc import Collection, Iterable
from hashlib import sha256

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from gsocbot.store.engine import open_engine

_STILL_THERE = text("SELECT 1")
_TAKE = text("SELECT pg_try_advisory_lock(:key)")
_LET_GO = text("SELECT pg_advisory_unlock(:key)")
_NOTICED = text(
    "SELECT set_config('idle_session_timeout', '30s', false)"
    " WHERE current_setting('server_version_num')::int >= 140000"
)
"""Whoever hangs, and does not ask every few seconds, is taken for dead."""


class Holding:
    """The locks of this process, on a connection of their own; used from one thread.

    A lock belongs to a session of PostgreSQL and falls with it: at once when a process dies, 20
    seconds after its host has vanished, 30 after it has begun to hang (PostgreSQL 14). A SQLite
    store is one bot's alone, which holds all.
    """

    def __init__(self, url: str) -> None:
        self.shared = not url.startswith("sqlite:")
        """Whether other bots may be using this store."""
        self._engine = open_engine(url) if self.shared else None
        self._session: Connection | None = None
        self._held: set[str] = set()

    def hold(self, networks: Collection[str]) -> set[str]:
        """Those of these networks on which this bot is to speak.

        Locks that are free are taken, those of other networks let go of. Raises DBAPIError when
        PostgreSQL cannot be asked; what was held may be lost then.
        """
        if self._engine is None:
            return set(networks)
        try:
            if self._session is None:
                session = self._engine.connect()
                self._session = session.execution_options(isolation_level="AUTOCOMMIT")
                self._session.execute(_NOTICED)
            self._session.execute(_STILL_THERE)
            for name in self._held.difference(networks):
                self._session.execute(_LET_GO, {"key": key_of(name)})
                self._held.remove(name)
            self._held.update(self._taken(self._session, networks))
        except DBAPIError:
            self._drop()
            raise
        return set(self._held)

    def _taken(self, session: Connection, networks: Iterable[str]) -> Iterable[str]:
        return [
            name
            for name in networks
            if name not in self._held and session.execute(_TAKE, {"key": key_of(name)}).scalar()
        ]

    def _drop(self) -> None:
        self._held.clear()
        if self._session is not None:
            self._session.invalidate()
            self._session.close()
            self._session = None

    def close(self) -> None:
        """Let go of everything."""
        self._drop()
        if self._engine is not None:
            self._engine.dispose()


def key_of(network: str) -> int:
    """The number of a network's lock, the same in every version."""
    return int.from_bytes(sha256(f"gsocbot {network}".encode()).digest()[:8], signed=True)
