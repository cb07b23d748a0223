"""Tables come from migrations, old stores are upgraded after a backup, and none is spoilt."""

import re
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlmodel import select

from gsocbot.rules.ideas import IdeaState
from gsocbot.store import audit, schema, search, tables, undo
from gsocbot.store.books import Deed
from gsocbot.store.engine import PRAGMAS, StoreError
from gsocbot.store.private.tables import CheckedItem
from gsocbot.store.store import Store
from gsocbot.store.tables import Idea
from tests.store.conftest import NOW

FIRST = Path(__file__).parent / "first"
"""What a bot with the first schema has kept."""


def _versions(store: Store) -> list[str]:
    with store.engine.connect() as connection:
        return list(connection.execute(text("SELECT version_num FROM alembic_version")).scalars())


def _is_no_index_of_search(_object: object, name: str | None, *_: object) -> bool:
    return not (name or "").startswith(search.INDEX)


def test_migrations_from_nothing_make_exactly_the_tables(bare: Store) -> None:
    with bare.engine.connect() as connection:
        options = {"include_object": _is_no_index_of_search, "compare_type": True}
        context = MigrationContext.configure(connection, opts=options)

        assert compare_metadata(context, tables.Table.metadata) == []


def test_the_newest_migration_is_the_one_the_program_knows(bare: Store) -> None:
    scripts = ScriptDirectory(str(schema.MIGRATIONS))

    assert scripts.get_heads() == [schema.HEAD]
    assert _versions(bare) == [schema.HEAD]


def test_every_constraint_has_a_name(bare: Store) -> None:
    found = inspect(bare.engine)
    for table in tables.Table.metadata.tables:
        names = [
            found.get_pk_constraint(table)["name"],
            *(key["name"] for key in found.get_foreign_keys(table)),
            *(key["name"] for key in found.get_unique_constraints(table)),
            *(key["name"] for key in found.get_indexes(table)),
        ]
        assert all(re.fullmatch(r"(pk|fk|uq|ix|idea)_\w+", name or "") for name in names), names


def test_every_row_belongs_to_a_season() -> None:
    for table in tables.Table.metadata.tables.values():
        keys = {key.target_fullname for key in table.foreign_keys}
        of_none = {"season", "erasure", "ballotbox"}  # who was forgotten; a box goes with its poll
        assert table.name in of_none or "season.key" in keys, table.name


def test_an_upgrade_of_what_is_up_to_date_changes_nothing(store: Store) -> None:
    schema.upgrade(store.engine)

    with store.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM season")).scalar() == 1


def test_a_new_sqlite_file_is_made_ready_and_its_owners_alone(tmp_path: Path) -> None:
    file = tmp_path / "made/here/gsocbot.db"
    store = Store(f"sqlite:///{file}")

    store.ready(NOW)
    store.close()

    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert sorted(p.name for p in file.parent.iterdir()) == ["gsocbot.db"]


def test_a_file_that_others_can_read_is_closed_to_them(tmp_path: Path) -> None:
    file = tmp_path / "gsocbot.db"
    file.touch(0o644)

    Store(f"sqlite:///{file}").close()

    assert file.stat().st_mode & 0o777 == 0o600


def test_pragmas_are_what_a_commit_needs(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path}/gsocbot.db")
    store.ready(NOW)

    for writing in (True, False):
        with store.transaction(writing=writing) as books:
            found = {
                name: str(books.connection.exec_driver_sql(f"PRAGMA {name}").scalar())
                for name in PRAGMAS
            }
            assert found == PRAGMAS
    store.close()


def test_an_old_file_is_backed_up_before_it_is_upgraded(tmp_path: Path) -> None:
    file = tmp_path / "gsocbot.db"
    store = Store(f"sqlite:///{file}")
    with store.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32))")
        connection.exec_driver_sql("INSERT INTO alembic_version VALUES ('0000')")
        connection.exec_driver_sql("CREATE TABLE memories (text VARCHAR)")
        connection.exec_driver_sql("INSERT INTO memories VALUES ('of old')")

    for _ in range(2):
        # No migration begins there, and what cannot be upgraded is backed up all the same.
        with pytest.raises(StoreError, match="Can't locate revision identified by '0000'"):
            store.ready(NOW)
    store.close()

    backups = sorted(tmp_path.glob("gsocbot.db.*.bak"))
    assert [b.name for b in backups] == [
        "gsocbot.db.20260302T100000Z-2.bak",
        "gsocbot.db.20260302T100000Z.bak",
    ]
    for backup in backups:
        assert backup.stat().st_mode & 0o777 == 0o600
        with closing(sqlite3.connect(backup)) as raw:
            assert raw.execute("SELECT text FROM memories").fetchall() == [("of old",)]


def test_a_store_of_the_first_schema_is_upgraded_and_its_changes_can_be_taken_back(
    tmp_path: Path,
) -> None:
    store = Store(f"sqlite:///{tmp_path / 'gsocbot.db'}")
    schema.upgrade(store.engine, "0001")
    with store.engine.begin() as connection:
        for statement in (FIRST / "rows.sql").read_text().split(";\n"):
            if statement.strip():
                connection.exec_driver_sql(statement)

    store.ready(NOW)

    with store.transaction(writing=True) as books:
        assert list(audit.contradictions(books)) == []
        notes = undo.last_deed(books, "test", "net", "odile", NOW - timedelta(minutes=10))
        undo.take_back(books, notes, Deed("2", NOW, "test", "net", "odile", "private", "!undo"))
        idea = books.session.exec(select(Idea)).one()
        assert (idea.title, idea.proposer) == ("Boot graphs", "")
        assert list(audit.contradictions(books)) == []
    store.close()


def test_a_newer_schema_is_refused_in_one_line(bare: Store) -> None:
    with bare.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(StoreError) as error:
        bare.ready(NOW)

    assert str(error.value) == (
        f"the store is of a newer gsocbot (schema 9999, this one knows {schema.HEAD})"
    )


def test_another_programs_tables_are_refused(empty_url: str) -> None:
    store = Store(empty_url)
    with store.engine.begin() as connection:
        connection.execute(text("CREATE TABLE season (music VARCHAR)"))

    with pytest.raises(StoreError, match="this is no store of gsocbot"):
        store.ready(NOW)
    store.close()


def test_postgresql_asks_for_the_upgrade(postgres_url: str) -> None:
    store = Store(postgres_url)

    with pytest.raises(StoreError) as error:
        store.ready(NOW)

    assert str(error.value) == "the store needs its tables: run gsocbot db upgrade"
    schema.upgrade(store.engine)
    store.ready(NOW)
    store.close()


def test_a_migration_that_fails_leaves_nothing_half_done(tmp_path: Path) -> None:
    file = tmp_path / "gsocbot.db"
    store = Store(f"sqlite:///{file}")
    with store.engine.begin() as connection:
        # The tables come in an order; this one, of another program, is in the way of a late one.
        connection.exec_driver_sql("CREATE VIEW outbox AS SELECT 1 AS one")

    with pytest.raises(StoreError):
        store.ready(NOW)
    store.close()

    with closing(sqlite3.connect(file)) as raw:
        names = {name for (name,) in raw.execute("SELECT name FROM sqlite_master")}
    assert names <= {"outbox", "alembic_version"}


def test_states_are_kept_as_plain_words(store: Store) -> None:
    with store.transaction(writing=True) as books:
        row = tables.Idea(
            season="test", number=1, slug="a", title="A", state=IdeaState.TAKEN, imported="{}"
        )
        books.session.add(row)
    with store.engine.connect() as connection:
        assert connection.execute(text("SELECT state FROM idea")).scalar() == "taken"


def test_moments_keep_their_instant_and_come_back_in_utc(store: Store) -> None:
    moments = [NOW, NOW + timedelta(microseconds=1), NOW.astimezone().replace(fold=1)]
    with store.transaction(writing=True) as books:
        for n, at in enumerate(moments):
            books.session.add(
                CheckedItem(
                    season="test",
                    network="n",
                    account=str(n),
                    checklist="c",
                    item="i",
                    at=at,
                    by="x",
                )
            )
    with store.transaction(writing=False) as books:
        found = books.session.exec(select(CheckedItem).order_by("account"))
        kept = [row.at for row in found]

    assert kept == moments
    assert {at.utcoffset() for at in kept} == {timedelta(0)}


def test_a_moment_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(Exception, match="timezone"):  # noqa: SIM117
        with store.transaction(writing=True) as books:
            books.session.add(
                CheckedItem(
                    season="test",
                    network="n",
                    account="a",
                    checklist="c",
                    item="i",
                    at=NOW.replace(tzinfo=None),
                    by="x",
                )
            )


def test_a_row_of_a_season_that_is_not_there_is_refused(store: Store) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign key"):  # noqa: SIM117
        with store.transaction(writing=True) as books:
            books.session.add(tables.Phase(season="gone", position=0, name="x", start="", end=""))


def test_mentors_go_with_their_idea(store: Store) -> None:
    with store.transaction(writing=True) as books:
        idea = tables.Idea(season="test", number=1, slug="a", title="A", imported="{}")
        books.session.add(idea)
        books.session.flush()
        assert idea.id is not None
        books.session.add(tables.IdeaMentor(idea=idea.id, position=0, season="test", name="mira"))
        books.session.flush()
        books.connection.execute(text("DELETE FROM idea"))

        assert books.connection.execute(text("SELECT count(*) FROM ideamentor")).scalar() == 0


def _divide_in(store: Store) -> None:
    with store.transaction(writing=True) as books:
        books.session.add(tables.Phase(season="test", position=0, name="x", start="", end=""))
        books.flush()
        raise ZeroDivisionError


def test_what_is_raised_in_a_transaction_undoes_it(store: Store) -> None:
    with pytest.raises(ZeroDivisionError):
        _divide_in(store)

    with store.transaction(writing=False) as books:
        assert books.connection.execute(text("SELECT count(*) FROM phase")).scalar() == 0


def test_a_store_that_was_locked_works_again(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path}/gsocbot.db")
    store.ready(NOW)
    with store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA busy_timeout = 10")
    with closing(sqlite3.connect(tmp_path / "gsocbot.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with store.transaction(writing=False) as books:
            books.connection.exec_driver_sql("PRAGMA busy_timeout = 10")
        with pytest.raises(Exception, match="locked"), store.transaction(writing=True):
            pass
        other.execute("ROLLBACK")

    with store.transaction(writing=True) as books:
        assert books.connection.execute(text("SELECT 1")).scalar() == 1
    store.close()
