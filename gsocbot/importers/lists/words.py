"""Lists of words, written as people write them: one after another."""


def words(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())
