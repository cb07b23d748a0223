"""The search index, behind one function: the engines fetch candidates, one rule ranks them."""

from collections.abc import Sequence

from sqlalchemy import Connection, text

from gsocbot.rules.ideas import PUBLIC
from gsocbot.rules.search import Candidate

INDEX = "idea_words"
_PUBLIC = ", ".join(f"'{state}'" for state in PUBLIC)
MOST_CANDIDATES = 1000
"""Of more, each engine keeps those that it finds best itself, and the two no longer rank alike."""

_COLUMNS = "words_title, words_keys, words_body"
_VECTOR = "to_tsvector('simple', words_title || ' ' || words_keys || ' ' || words_body)"

_SQLITE = (
    f"DROP TABLE IF EXISTS {INDEX}",
    *(f"DROP TRIGGER IF EXISTS {INDEX}_{when}" for when in ("insert", "delete", "update")),
    f"CREATE VIRTUAL TABLE {INDEX} USING fts5({_COLUMNS}, content='idea', content_rowid='id',"
    " tokenize='unicode61 remove_diacritics 0')",
    f"CREATE TRIGGER {INDEX}_insert AFTER INSERT ON idea BEGIN"
    f" INSERT INTO {INDEX}(rowid, {_COLUMNS})"
    " VALUES (new.id, new.words_title, new.words_keys, new.words_body); END",
    f"CREATE TRIGGER {INDEX}_delete AFTER DELETE ON idea BEGIN"
    f" INSERT INTO {INDEX}({INDEX}, rowid, {_COLUMNS})"
    " VALUES ('delete', old.id, old.words_title, old.words_keys, old.words_body); END",
    f"CREATE TRIGGER {INDEX}_update AFTER UPDATE OF {_COLUMNS} ON idea BEGIN"
    f" INSERT INTO {INDEX}({INDEX}, rowid, {_COLUMNS})"
    " VALUES ('delete', old.id, old.words_title, old.words_keys, old.words_body);"
    f" INSERT INTO {INDEX}(rowid, {_COLUMNS})"
    " VALUES (new.id, new.words_title, new.words_keys, new.words_body); END",
    f"INSERT INTO {INDEX}({INDEX}) VALUES ('rebuild')",
)
_POSTGRESQL = (
    f"DROP INDEX IF EXISTS {INDEX}",
    f"CREATE INDEX {INDEX} ON idea USING gin (({_VECTOR}))",
)

_FETCH_SQLITE = text(
    f"SELECT idea.id, idea.words_title, idea.words_keys, idea.words_body FROM {INDEX}"
    f" JOIN idea ON idea.id = {INDEX}.rowid"
    f" WHERE {INDEX} MATCH :query AND idea.season = :season"
    f" AND idea.state IN ({_PUBLIC})"
    f" ORDER BY bm25({INDEX}, 3.0, 2.0, 1.0), idea.id LIMIT :most"
)
_FETCH_POSTGRESQL = text(
    "SELECT id, words_title, words_keys, words_body FROM idea"
    f" WHERE {_VECTOR} @@ to_tsquery('simple', :query) AND season = :season"
    f" AND state IN ({_PUBLIC})"
    f" ORDER BY ts_rank({_VECTOR}, to_tsquery('simple', :query)) DESC, id LIMIT :most"
)


def install(connection: Connection) -> None:
    """Make the index anew; run after every migration, because a table made anew loses it."""
    for statement in _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL:
        connection.exec_driver_sql(statement)


def candidates(connection: Connection, season: str, terms: Sequence[str]) -> list[Candidate]:
    """The public ideas of a season that have any of the terms.

    Terms come from `rules.search.terms`, so they are letters and digits only: no query syntax.
    """
    if not terms:
        return []
    if connection.dialect.name == "sqlite":
        statement, query = _FETCH_SQLITE, " OR ".join(f'"{t}"' for t in terms)
    else:
        statement, query = _FETCH_POSTGRESQL, " | ".join(f"'{t}'" for t in terms)
    rows = connection.execute(
        statement, {"query": query, "season": season, "most": MOST_CANDIDATES}
    )
    return [Candidate(*row) for row in rows]
