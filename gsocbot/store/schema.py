"""Bringing a store's tables up to date, and telling whether they are."""

import sqlite3
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, inspect, text

from gsocbot.store.engine import StoreError

HEAD = "0001"
"""The newest migration; a test compares it with the folder's."""

MIGRATIONS = Path(__file__).parent / "migrations"


def version(engine: Engine) -> str | None:
    """Which migration a store has reached; None for an empty one."""
    with engine.connect() as connection:
        if not inspect(connection).has_table("alembic_version"):
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


def check_not_newer(found: str | None) -> None:
    """Refuse a store that a newer gsocbot has written."""
    if found is not None and found > HEAD:
        raise StoreError(f"the store is of a newer gsocbot (schema {found}, this one knows {HEAD})")


def upgrade(engine: Engine) -> None:
    """Run the migrations that are missing; one that fails leaves nothing half done."""
    # Alembic takes 0.1 s to import and is needed once a release.
    from alembic import command  # noqa: PLC0415
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["engine"] = engine
    command.upgrade(config, "head")


def backup_beside(engine: Engine, now: datetime) -> Path:
    """Copy a SQLite store to a file beside it, as it is."""
    assert engine.url.database is not None
    source = Path(engine.url.database)
    target = source.with_name(f"{source.name}.{now:%Y%m%dT%H%M%SZ}.bak")
    copy_sqlite(source, target)
    return target


def copy_sqlite(source: Path, target: Path) -> None:
    """An online copy of a SQLite file, 0600, whole or not there."""
    part = target.with_name(f".{target.name}.part")
    part.touch(mode=0o600)
    try:
        with sqlite3.connect(source) as old, sqlite3.connect(part) as new:
            old.backup(new)
        new.close()
        old.close()
        part.replace(target)
    except sqlite3.Error as error:
        raise StoreError(f"{source}: {error}") from error
    finally:
        part.unlink(missing_ok=True)
