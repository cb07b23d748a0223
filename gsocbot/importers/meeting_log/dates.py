"""The date of a log, from its head or from what a bot says in it."""

import re
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_YEARS = range(1988, 2200)
"""IRC is from 1988."""

_FORMS = (
    re.compile(r"\b(?P<year>\d{4})[-/](?P<number>\d\d)[-/](?P<day>\d\d)(?!\d)"),
    re.compile(
        rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})\b(?:[ ,]+\d\d?:\d\d(?::\d\d)?)?,?\s+(?P<year>\d{{4}})"
    ),
    re.compile(rf"\b(?P<day>\d{{1,2}})\s+{_MONTH},?\s+(?P<year>\d{{4}})"),
)
_SAID = re.compile(r"\s*(?:meeting started\b|logging to http|date:)", re.I)


def date_in(text: str) -> date | None:
    """The first date in a text, as 2018-07-03, Tue Jul  3 13:34:32 2018 or 3 July 2018."""
    for form in _FORMS:
        found = form.search(text)
        if found is None:
            continue
        parts = found.groupdict()
        named = parts.get("month")
        month = _MONTHS.index(named.lower()) + 1 if named else int(parts["number"])
        try:
            day = date(int(parts["year"]), month, int(parts["day"]))
        except ValueError:
            continue
        if day.year in _YEARS:
            return day
    return None


def date_said(text: str) -> date | None:
    """The date of the meeting in what somebody says, if they say that."""
    return date_in(text) if _SAID.match(text) else None
