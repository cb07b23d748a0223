"""The queue of the office hour, as it is asked for."""

from gsocbot.rules.queue import PlaceState
from gsocbot.store.books import Books
from gsocbot.store.tables import QueuePlace


def waiting(books: Books, season: str) -> list[QueuePlace]:
    """Who waits, in the order in which they came."""
    return books.every(QueuePlace, season=season, state=PlaceState.WAITING)
