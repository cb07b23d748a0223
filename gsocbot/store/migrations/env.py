"""How migrations run: on the engine handed in, whole or not at all, search made anew after."""

from alembic import context
from sqlalchemy import Connection, Engine, text

from gsocbot.store import search
from gsocbot.store.engine import WRITING
from gsocbot.store.tables import Table


def include_object(_object: object, name: str | None, kind: str, *_: object) -> bool:
    """Leave the search index alone: it is made in `store/search.py`, not by migrations."""
    return not (name or "").startswith(search.INDEX)


def migrate(connection: Connection) -> None:
    """Run what is missing inside the connection's transaction."""
    context.configure(
        connection=connection,
        target_metadata=Table.metadata,
        render_as_batch=True,
        transactional_ddl=True,
        include_object=include_object,
    )
    with context.begin_transaction():
        context.run_migrations()


def run(engine: Engine) -> None:
    """Migrate, with foreign keys off while SQLite's tables are made anew, and checked after."""
    sqlite = engine.dialect.name == "sqlite"
    with engine.connect() as connection:
        connection.info[WRITING] = True
        if sqlite:
            # Not possible inside a transaction, and a new table's DROP would cascade.
            connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr]
        else:
            from gsocbot.store.postgres import take_time  # noqa: PLC0415 - needs psycopg

            take_time(connection)
        try:
            with connection.begin():
                migrate(connection)
                search.install(connection)
                if sqlite and connection.execute(text("PRAGMA foreign_key_check")).first():
                    raise RuntimeError("a migration left rows that belong to nothing")
        finally:
            if sqlite:
                connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=ON")  # type: ignore[union-attr]


run(context.config.attributes["engine"])
