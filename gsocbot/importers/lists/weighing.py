"""How much the fields of a part speak for its being an idea."""

from collections.abc import Iterable

from gsocbot.importers.lists.labels import Family

ENOUGH = 2.0
SOME = 1.0
_WEIGHTS = {
    Family.MENTORS: 2.0,
    Family.DIFFICULTY: 2.0,
    Family.SIZE: 2.0,
    Family.SKILLS: 1.0,
    Family.OUTCOME: 1.0,
    Family.DESCRIPTION: 0.5,
    Family.CONTACT: 0.5,
    Family.LINKS: 0.25,
    Family.TAGS: 0.25,
    Family.STUDENT: 0.25,
}


def weight(families: Iterable[Family]) -> float:
    """Two are enough for an idea: who mentors it, how hard or how large it is."""
    return sum(_WEIGHTS.get(family, 0.0) for family in set(families))
