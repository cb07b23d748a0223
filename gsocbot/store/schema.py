"""Bringing a store's tables up to date, and telling whether they are."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, inspect, text

from gsocbot.store.audit import TABLES
from gsocbot.store.copying import backup_beside
from gsocbot.store.engine import StoreError, name_of
from gsocbot.store.tables import Table

MIGRATIONS = Path(__file__).parent / "migrations"

assert TABLES
"""All of them are known, also those of `private`."""

HEAD = max(p.name[:4] for p in (MIGRATIONS / "versions").glob("[0-9]*.py"))
"""The newest migration."""


def version(engine: Engine) -> str | None:
    """Which migration a store has reached; None for an empty one."""
    with engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        if "alembic_version" not in tables:
            check_ours(engine, tables)
            return None
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def ready(engine: Engine, now: datetime) -> None:
    """Make or upgrade a SQLite file; ask for `gsocbot db upgrade` on PostgreSQL.

    Raises StoreError for a store that is newer than this program, or not ours.
    """
    found = version(engine)
    if found == HEAD:
        return
    check_not_newer(found)
    if engine.dialect.name != "sqlite":
        raise StoreError("the store needs its tables: run gsocbot db upgrade")
    if found is not None:
        backup_beside(engine, now)
    upgrade(engine)


def check_ours(engine: Engine, tables: Iterable[str]) -> None:
    """Refuse a database in which another program has tables of our names."""
    if set(tables) & set(Table.metadata.tables):
        raise StoreError(f"{name_of(engine)}: this is no store of gsocbot")


def check_not_newer(found: str | None) -> None:
    """Refuse a store that a newer gsocbot has written."""
    if found is not None and found > HEAD:
        raise StoreError(f"the store is of a newer gsocbot (schema {found}, this one knows {HEAD})")


def upgrade(engine: Engine, to: str = "head") -> None:
    """Run the migrations that are missing; one that fails leaves nothing half done."""
    # Alembic takes 0.1 s to import and is needed once a release.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415
    from alembic.util import CommandError  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["engine"] = engine
    try:
        command.upgrade(config, to)
    except CommandError as error:
        raise StoreError(f"{name_of(engine)}: {error}") from error
