"""What tests would make anew a thousand times is made once in a process: no test is about it."""

import sqlite3
from functools import cache

import jinja2
from sqlalchemy import Connection, Engine, event
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.util import LRUCache

from gsocbot.store import schema
from gsocbot.store.engine import open_engine

MOST_STATEMENTS = 3000


def share() -> None:
    """Have what is made of statements and of templates serve whoever needs it next.

    A bot has one engine and one set of templates; tests have one each.
    """
    _share_statements()
    _share_templates()


def _share_statements() -> None:
    """What an engine has made of a statement is kept by its dialect: let equal ones be equal."""
    made: LRUCache[object, object] = LRUCache(MOST_STATEMENTS)
    for dialect in (SQLiteDialect_pysqlite, PGDialect_psycopg):
        dialect.__hash__ = lambda self: hash(type(self))
        dialect.__eq__ = lambda self, other: _kind(self) == _kind(other)

    @event.listens_for(Engine, "engine_connect")
    def _share_made(connection: Connection) -> None:
        connection.execution_options(compiled_cache=made)


def _kind(dialect: Dialect) -> tuple[object, ...]:
    return type(dialect), dialect.use_insertmanyvalues_wo_returning, dialect.server_version_info


class _Compiled(jinja2.BytecodeCache):
    """Templates as they were compiled, by their files and what stands in these."""

    def __init__(self) -> None:
        self._codes: dict[str, bytes] = {}

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        if bucket.key in self._codes:
            bucket.bytecode_from_string(self._codes[bucket.key])

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        self._codes[bucket.key] = bucket.bytecode_to_string()


def _share_templates() -> None:
    compiled = _Compiled()
    whatever = property(lambda _: compiled, lambda _self, _none: None)
    jinja2.Environment.bytecode_cache = whatever


@cache
def tables() -> bytes:
    """A store's file that has its tables, from migrations, and nothing in them."""
    engine = open_engine("sqlite://")
    schema.upgrade(engine)
    with engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        assert isinstance(raw, sqlite3.Connection)
        content = raw.serialize()
    engine.dispose()
    return content


def give_tables(engine: Engine) -> None:
    """Give a store in memory its tables."""
    with engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        assert isinstance(raw, sqlite3.Connection)
        raw.rollback()
        raw.deserialize(tables())
