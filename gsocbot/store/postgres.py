"""Connections to PostgreSQL that wait for nothing without end."""

import time
from collections.abc import Generator
from typing import Any, TypeVar

import psycopg
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL

RV = TypeVar("RV")

SILENCE = 5.0
"""Seconds without a word from the server, after which a connection is given up."""

SESSION = {
    "synchronous_commit": "on",  # an answer that says "saved" survives a power cut
    "lock_timeout": "4s",
    "idle_in_transaction_session_timeout": "30s",  # whoever hangs does not keep others waiting
    "tcp_keepalives_idle": "5",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
}
"""What the server is to do; a bot whose host has vanished holds its locks for 20 seconds more."""

OURS = {
    "connect_timeout": "5",
    "keepalives_idle": "5",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "15000",
}
"""What libpq is to do, unless the URL says otherwise."""


class Patient(psycopg.Connection[Any]):
    """A connection that is given up when its server does not answer.

    A server that has stopped, or is cut off, takes a question and says nothing: without this the
    thread that asks would wait for as long.
    """

    patient = True

    def wait(self, gen: Generator[Any, Any, RV], *args: Any, **named: Any) -> RV:
        """Wait for the server, as psycopg does. Raises OperationalError after `SILENCE` seconds."""
        return super().wait(self._heard(gen) if self.patient else gen, *args, **named)

    def _heard(self, gen: Generator[Any, Any, RV]) -> Generator[Any, Any, RV]:
        """The same exchange, watched: psycopg sends 0 into it ten times a second while it waits."""
        try:
            wanted, since = next(gen), time.monotonic()
            while True:
                ready = yield wanted
                if ready:
                    since = time.monotonic()
                elif time.monotonic() - since > SILENCE:
                    self.pgconn.finish()
                    raise psycopg.OperationalError("the server does not answer")
                wanted = gen.send(ready)
        except StopIteration as end:
            result: RV = end.value
            return result


def open_postgres(url: URL) -> Engine:
    """An engine for PostgreSQL."""
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"), pool_size=2, hide_parameters=True
    )

    @event.listens_for(engine, "do_connect")
    def _connect(_dialect: Any, _record: Any, words: list[Any], named: dict[str, Any]) -> Patient:
        session = " ".join(f"-c {name}={value}" for name, value in SESSION.items())
        options = f"{session} {named.get('options', '')}".strip()
        return Patient.connect(*words, **{**OURS, **named, "options": options})

    return engine


def take_time(connection: Connection) -> None:
    """Let each statement of a connection take as long as it takes: tables may be large."""
    raw = connection.connection.dbapi_connection
    assert isinstance(raw, Patient)
    raw.patient = False
