"""What search looks at: the words of each idea, and a season's index, made anew when ideas change.

Both engines only fetch the words; one rule ranks. So they find the same, in the same order.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import Connection, text

from gsocbot.rules.ideas import PUBLIC, IdeaText
from gsocbot.rules.search import Entry, Index, terms

INDEX = "idea_words"
"""What the names of all begin with that is made here and not by migrations."""

MOST_KEPT = 4
"""So many seasons' indexes are kept; of more, the longest unused is made again when asked for."""

_WATCHED = ("idea", "ideamentor")
_CHANGES = ("insert", "update", "delete")
_COUNT = f"UPDATE {INDEX}_changes SET number = number + 1"
_COUNTER = (
    # An index of the engine's own stood here once.
    f"DROP TABLE IF EXISTS {INDEX}",
    f"CREATE TABLE IF NOT EXISTS {INDEX}_changes (number BIGINT NOT NULL)",
    f"INSERT INTO {INDEX}_changes SELECT 0 WHERE NOT EXISTS (SELECT 1 FROM {INDEX}_changes)",
    _COUNT,
)
_SQLITE = (
    *(f"DROP TRIGGER IF EXISTS {INDEX}_{when}" for when in _CHANGES),
    *(f"DROP TRIGGER IF EXISTS {INDEX}_{t}_{when}" for t in _WATCHED for when in _CHANGES),
    *_COUNTER,
    *(
        f"CREATE TRIGGER {INDEX}_{table}_{when} AFTER {when} ON {table} BEGIN {_COUNT}; END"
        for table in _WATCHED
        for when in _CHANGES
    ),
)
_POSTGRESQL = (
    f"DROP INDEX IF EXISTS {INDEX}",
    *_COUNTER,
    f"CREATE OR REPLACE FUNCTION {INDEX}_changed() RETURNS trigger LANGUAGE plpgsql"
    f" AS 'BEGIN {_COUNT}; RETURN NULL; END'",
    *(f"DROP TRIGGER IF EXISTS {INDEX}_{table} ON {table}" for table in _WATCHED),
    # Before, so that of two who change the same ideas one waits before it has locked any.
    *(
        f"CREATE TRIGGER {INDEX}_{table} BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {INDEX}_changed()"
        for table in _WATCHED
    ),
)

_CHANGED = text(f"SELECT number FROM {INDEX}_changes")
_PUBLIC = ", ".join(f"'{state}'" for state in PUBLIC)
_WORDS = text(
    "SELECT id, words_title, words_keys, words_body, org, levels, size_hours FROM idea"
    f" WHERE season = :season AND state IN ({_PUBLIC})"
)
_NAMES = text("SELECT idea, name FROM ideamentor WHERE season = :season ORDER BY idea, position")
_TEXTS = text(
    "SELECT id, org, title, summary, description, skills FROM idea"
    f" WHERE season = :season AND state IN ({_PUBLIC})"
)
_ORGANISATION = text("SELECT organisation FROM season WHERE key = :season")


def install(connection: Connection) -> None:
    """Count changes of ideas; run after every migration, because a table made anew forgets it."""
    for statement in _SQLITE if connection.dialect.name == "sqlite" else _POSTGRESQL:
        connection.exec_driver_sql(statement)


def words(idea: IdeaText) -> dict[str, str]:
    """What is kept of an idea for search."""
    title = terms(idea.title)
    more = [term for term in terms(idea.slug) if term not in title]
    return {
        "words_title": " ".join(title),
        "words_keys": " ".join([*terms(f"{idea.skills} {' '.join(idea.tags)}"), *more]),
        "words_body": " ".join(terms(f"{idea.summary} {idea.description} {idea.outcome}")),
    }


Likeness = Callable[[str], Mapping[int, float]]
"""How alike each idea, by its id, and a question are in meaning, 0 to 1."""


class Meaning(Protocol):
    """What understands texts; `gsocbot[semantic]` has one."""

    def learn(self, texts: Mapping[int, str], /) -> Likeness:
        """Begin to understand texts; nothing is said of one until it is understood."""


@dataclass(slots=True)
class _Season:
    changes: int
    index: Index
    likeness: Likeness | None = None


class Indexes:
    """The indexes of seasons, each as of the last change of an idea."""

    def __init__(self, meaning: Meaning | None = None) -> None:
        self._meaning = meaning
        self._kept: OrderedDict[str, _Season] = OrderedDict()

    def of(self, connection: Connection, season: str) -> Index:
        """A season's index."""
        return self._season(connection, season).index

    def likeness(self, connection: Connection, season: str, question: str) -> Mapping[int, float]:
        """How alike in meaning a question and the ideas are; nothing where no model says it."""
        if self._meaning is None:
            return {}
        kept = self._season(connection, season)
        if kept.likeness is None:
            kept.likeness = self._meaning.learn(_texts(connection, season))
        return kept.likeness(question)

    def _season(self, connection: Connection, season: str) -> _Season:
        changes = connection.execute(_CHANGED).scalar_one()
        kept = self._kept.get(season)
        if kept is None or kept.changes != changes:
            kept = self._kept[season] = _Season(changes, _read(connection, season))
        self._kept.move_to_end(season)
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        return kept

    def forget(self) -> None:
        """Make all of them again when they are asked for."""
        self._kept.clear()


def _read(connection: Connection, season: str) -> Index:
    names: dict[int, list[str]] = {}
    for idea, name in connection.execute(_NAMES, {"season": season}):
        names.setdefault(idea, []).append(name)
    ours = connection.execute(_ORGANISATION, {"season": season}).scalar() or ""
    return Index(
        Entry(
            row.id,
            row.words_title,
            row.words_keys,
            row.words_body,
            " ".join(terms(" ".join(names.get(row.id, ())))),
            " ".join(terms(row.org or ours)),
            tuple(row.levels.split()),
            tuple(map(int, row.size_hours.split())),
        )
        for row in connection.execute(_WORDS, {"season": season})
    )


def _texts(connection: Connection, season: str) -> dict[int, str]:
    """The ideas in the words of those who wrote them."""
    ours = connection.execute(_ORGANISATION, {"season": season}).scalar() or ""
    found = {}
    for row in connection.execute(_TEXTS, {"season": season}):
        org = (row.org or ours).replace("_", " ")
        title = f"{org}: {row.title}." if org else f"{row.title}."
        found[row.id] = " ".join(filter(None, (title, row.summary, row.description, row.skills)))
    return found
