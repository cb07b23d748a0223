"""The roster: who is on in which office hour, which ones come, and who wants to be told of them."""

from datetime import date, datetime

from sqlalchemy import bindparam
from sqlalchemy import select as columns
from sqlmodel import col

from gsocbot.rules import roster as rules
from gsocbot.rules.mentors import Absence, is_away
from gsocbot.rules.recurrence import Occurrence, Weekly, moved, occurrences, raw_occurrence
from gsocbot.rules.roster import Duty
from gsocbot.store import mentors, roles, seasons
from gsocbot.store.books import Books
from gsocbot.store.tables import OfficeDuty, Person

_DUTIES = (
    columns(
        col(OfficeDuty.series), col(OfficeDuty.day), col(OfficeDuty.network),
        col(OfficeDuty.account), col(OfficeDuty.off),
    )
    .where(col(OfficeDuty.season) == bindparam("season"))
    .order_by(col(OfficeDuty.id))
)  # fmt: skip
_WANTED = (
    columns(col(Person.network), col(Person.account))
    .where(col(Person.season) == bindparam("season"), col(Person.office).is_(True))
    .order_by(col(Person.id))
)

Who = tuple[str, str]
"""Network and account."""


class Roster:
    """Who is on in the office hours of a season, read once.

    Who is away just then is not on, and neither is who has no role any more.
    """

    def __init__(self, books: Books, season: str) -> None:
        self._books = books
        self._season = season
        self._duties: dict[str, list[Duty]] = {}
        for series, *duty in books.rows(_DUTIES, {"season": season}):
            self._duties.setdefault(series, []).append(Duty(*duty))
        found = roles.grants(books, season) if self._duties else []
        self._able = {(network, account) for network, account, _ in found}
        self._absences: dict[str, dict[str, Absence]] = {}

    def everybody(self, series: str, session: Occurrence) -> list[Who]:
        """Who is on in a session, on whatever network, in the order in which they signed up."""
        signed = rules.on(self._duties.get(series, ()), session.day)
        return [who for who in signed if who in self._able and self._is_there(who, session)]

    def on(self, network: str, series: str, session: Occurrence) -> list[str]:
        """The accounts of one network that are on in a session."""
        return [account for there, account in self.everybody(series, session) if there == network]

    def _is_there(self, who: Who, session: Occurrence) -> bool:
        network, account = who
        if network not in self._absences:
            self._absences[network] = mentors.absences(self._books, self._season, network)
        return not is_away(self._absences[network].get(account), session.start)


def on(books: Books, season: str, network: str, series: str, day: date) -> list[str]:
    """The accounts that are on in a session, by its local date, in order of signing up."""
    weekly = seasons.series(books, season).get(series)
    session = session_on(weekly, day) if weekly else None
    return Roster(books, season).on(network, series, session) if session else []


def session_on(weekly: Weekly, day: date) -> Occurrence | None:
    """The session of a local date as it takes place, wherever it was moved; skipped ones too."""
    elsewhere = (session for session in moved(weekly) if session.day == day)
    return next(elsewhere, None) or raw_occurrence(weekly, day)


def coming(
    books: Books, season: str, since: datetime, until: datetime
) -> list[tuple[str, Weekly, Occurrence]]:
    """The sessions of all series that have not ended at `since` and start before `until`."""
    found = [
        (name, weekly, session)
        for name, weekly in seasons.series(books, season).items()
        for session in occurrences(weekly, since, until)
    ]
    return sorted(found, key=lambda f: f[2].start)


def wanted(books: Books, season: str) -> list[Who]:
    """Who wants to be told in private of each office hour."""
    return [(network, account) for network, account in books.rows(_WANTED, {"season": season})]
