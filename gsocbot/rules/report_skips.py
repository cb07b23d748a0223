"""Days away: how people say that they cannot report, and what of it is clear."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from gsocbot.rules.mentors import two_ends
from gsocbot.rules.recurrence import WEEKDAYS
from gsocbot.rules.reports import Week
from gsocbot.rules.results import check_tells_none
from gsocbot.rules.when import MONTHS, UTC_ZONE, Zone, read_wall, zone_of
from gsocbot.talk import Refused

LONGEST_SKIP = timedelta(days=28)
"""Who is away for longer changes the project; that is between people."""

LONGEST_REASON = 200
"""Bytes; it goes into a line with much else."""

HOW_SKIP = "!report skip until 27 jun <why, if you like>"

_DAY = timedelta(days=1)
_LONGEST_DATE = 9
"""Words of days: from mon 1 jun 2026 until sun 7 jun 2026."""
_LATEST = 12
"""Words before a day, where somebody says in a sentence that they are away."""
_BRIEF = 5
"""So few words on being ill are no report, also without a day."""

_COUNTS = {"a": 1, "an": 1, "one": 1, "another": 1, "two": 2, "three": 3, "four": 4}
_LEAD = re.compile(r"^(from|until|untill|till|til|to|by)\b\s*", re.IGNORECASE)
_LENGTH = re.compile(
    r"(?:in |for |the )*(?:next |another )?(\d{1,3}|an?|one|another|two|three|four)\s*-?"
    r"(d|days?|w|wks?|weeks?)\b(?:(?: and|,)? (\d{1,3}) ?(?:d|days?)\b)?",
    re.IGNORECASE,
)
_WHOLE_WEEK = re.compile(
    r"(?:for |in |the |all )*(?:(?:rest|end) of )?(?:the )?(this|next|week) ?(week\b|\d{1,2}\b)?",
    re.IGNORECASE,
)
_WHY = re.compile(r"^(?:[,;:(–-]|because\b|for\b)\s*", re.IGNORECASE)
_OF_MONTH = re.compile(r"(\d{1,2}(?:st|nd|rd|th)?) of (?=[a-z])")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})(?:\.|\.(\d{4}))")
_CLOCK = re.compile(r"(?:at )?\d{1,4}(?:[:.]\d{2})*\s*(?:am|pm|h)?")
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b"
_MONTH = rf"(?:{'|'.join(MONTHS)})[a-z]*\b"
_MORE_DAYS = re.compile(
    rf"(?:(?:and|or|to|until|from|next) )?(?:{_WEEKDAY}|\d{{1,2}}(?:st|nd|rd|th)?\.? *{_MONTH})"
    r"|(?:(?:and|or|from|for|starting) )?\d+\s*(?:d|days?|w|weeks?|h|hours?|months?)\b"
    r"|(?:and|or|-|–|to|from) ?\d|/\d",
    re.IGNORECASE,
)
"""What comes behind a day, and says that the day is not all of it."""

_STATES = "sick ill absent away holiday holidays vacation vacations unavailable hospital"
_BRIEFLY = frozenset(_STATES.split())
_REASONS = "skip skipping leave exam exams travelling traveling"
_AWAY = _BRIEFLY | frozenset(_REASONS.split())
_NEAR = "ship slip skim snip pick tick kick stick slick leaves exact example"
_OTHERS = frozenset(_NEAR.split())
"""Words of their own that are near to one of those; only right before a day they are a slip."""
_STARTERS = """
a also am at be because been but can could d feel feeling for from get going got have hello hey hi
i i'd i'll i'm i've im in is it just like m must my need of on our please pls report so sorry still
the this to very want was we week will would
brother child dad daughter family father grandfather grandmother husband mother mum sister son wife
"""
_BEFORE = frozenset(_STARTERS.split())
"""Words with which a sentence begins that says so."""
_UNTIL = re.compile(r"\b(?:until|untill|till|til)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Away:
    """The last day of an absence, the first if it was named, and why, if that was said."""

    until: date
    since: date | None = None
    reason: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """The days as one would type them."""
        since = ("from", *_typed(self.since)) if self.since else ()
        return (*since, "until", *_typed(self.until))


def _typed(day: date) -> tuple[str, str]:
    return str(day.day), MONTHS[day.month - 1]


def read_skip(text: str, now: datetime, zone: Zone | None, weeks: Iterable[Week] = ()) -> Away:
    """Read when somebody is away, on their own clock, and why, if they say so.

    What could be meant otherwise is refused: nobody is to find out later that they were asked.
    """
    found = _begins(text.strip().split(), now, zone or UTC_ZONE, tuple(weeks))
    if found is None:
        shown = _LEAD.sub("", text.strip(), count=1) or text.strip()
        raise Refused(f'I know no day "{shown[:30]}"; write it like {HOW_SKIP}')
    away, rest = found
    if not rest.startswith((":", "(")) and _MORE_DAYS.match(rest.lstrip(" ,;–-")):
        raise Refused(f"until which day? Say the last day away, and a colon: {_how(away)}: <why>")
    reason = _reason(_WHY.sub("", rest, count=1).strip().rstrip(")"))
    return Away(away.until, away.since, reason)


def _how(away: Away) -> str:
    return " ".join(("!report skip", *away.words))


def _begins(
    words: Sequence[str], now: datetime, zone: Zone, weeks: Sequence[Week]
) -> tuple[Away, str] | None:
    """The days with which words begin, and what comes behind them."""
    text = " ".join(words)
    today = now.astimezone(zone.tz).date()
    led = _LEAD.match(text)
    lead, plain = (led[1].lower(), text[led.end() :]) if led else ("", text)
    if length := _LENGTH.match(plain):
        count = _COUNTS.get(length[1].lower()) or int(length[1])
        days = count * (7 if length[2][0].lower() == "w" else 1) + int(length[3] or 0)
        return Away(today + days * _DAY), plain[length.end() :].strip()
    if week := _WHOLE_WEEK.match(plain):
        away = _week(week, lead, today, weeks)
        if away is not None:
            return away, plain[week.end() :].strip()
    given = plain.split()
    for count in range(min(len(given), _LONGEST_DATE), 0, -1):
        begin, end = two_ends(" ".join(given[:count]).rstrip(",;:"))
        since = _one_day(begin, now, zone) if begin else None
        if begin and since is None:
            continue
        then = datetime.combine(since, time(12), zone.tz) if since else now
        until = _one_day(end, then, zone)
        if until is not None and (since or lead != "from"):
            colon = ": " if given[count - 1].endswith(":") else ""
            return Away(until, since), colon + " ".join(given[count:])
    return None


def _week(said: re.Match[str], lead: str, today: date, weeks: Sequence[Week]) -> Away | None:
    """This week, next week, week 2; "until next week" may mean either end of it."""
    sunday = today + (6 - today.weekday()) * _DAY
    which, what = said[1].lower(), (said[2] or "").lower()
    if which == "week" and what.isdecimal():
        found = next((week for week in weeks if week.number == int(what)), None)
        return Away(found.last, found.first) if found else None
    if which == "this" and what == "week":
        return Away(sunday)
    if which == "week" and not what and " of " in said[0]:
        return Away(sunday)
    if which == "next" and what == "week" and not lead:
        return Away(sunday + 7 * _DAY, sunday + _DAY)
    return None


def _one_day(text: str, now: datetime, zone: Zone) -> date | None:
    """The day that words name, if they name one and nothing else."""
    plain = _OF_MONTH.sub(r"\1 ", text.lower().strip(" ,;:").removeprefix("the "))
    words = plain.split()
    if not words or (_CLOCK.fullmatch(plain) and not _DOTTED.fullmatch(plain)):
        return None
    if dotted := _DOTTED.fullmatch(plain):
        return _dotted(dotted, now)
    if words[0] == "next":
        return _next(words[1:], now, zone)
    words = words[words[0] == "this" :]
    named = [word[:3] for word in words if word[:3] in WEEKDAYS]
    if not words or len(named) > 1 or words[0] == "in":
        return None
    try:
        if words[0] != "today" and zone_of(words[-1]) is not None:
            return None  # a place is where they go
        wall = read_wall(" ".join(words), now, zone, time())
    except Refused:
        return None
    if named and named[0] != WEEKDAYS[wall.day.weekday()]:
        return None  # a date and another day of the week
    return None if wall.time != time() and words[-1].isdecimal() else wall.day


def _dotted(said: re.Match[str], now: datetime) -> date | None:
    try:
        return date(int(said[3] or now.year), int(said[2]), int(said[1]))
    except ValueError:
        return None


def _next(words: Sequence[str], now: datetime, zone: Zone) -> date | None:
    """Next monday; on a Wednesday "next friday" may be either of two."""
    day = _one_day(words[0], now, zone) if len(words) == 1 and words[0][:3] in WEEKDAYS else None
    today = now.astimezone(zone.tz).date()
    return day if day is not None and day > today + (6 - today.weekday()) * _DAY else None


def _reason(text: str) -> str:
    if len(text.encode()) > LONGEST_REASON:
        raise Refused(f"a reason has at most {LONGEST_REASON} bytes; none is needed")
    check_tells_none(text)
    return text


def check_skip(until: date, today: date) -> None:
    """Refuse an absence that is over, or so long that people should talk about it."""
    if until < today:
        raise Refused(f"{until:%a} {until.day} {until:%b %Y} is over; write it like {HOW_SKIP}")
    if until - today > LONGEST_SKIP:
        raise Refused(
            f"that is more than {LONGEST_SKIP.days // 7} weeks; talk to your mentors first, or to "
            "the organisers: a project may end later"
        )


def meant_skip(text: str, now: datetime, zone: Zone | None) -> tuple[bool, Away | None]:
    """Whether a text says that somebody is away, and the days, if they are clear.

    It may be mistyped, and stand behind "I am" or "I need to". Whoever says why they are away
    says it to their mentors alone, so that nothing of it is to become a report.
    """
    words = text.split()
    at = next((n for n, word in enumerate(words) if not _leads(word)), len(words))
    if at == len(words) or not _says_away(words[at]):
        return False, None
    is_other = _plain(words[at]) in _OTHERS
    last = at + 2 if is_other else min(len(words), at + _LATEST)
    for first in range(at + 1, last):
        found = _begins(words[first:], now, zone or UTC_ZONE, ())
        if found is not None:
            return True, found[0]
    if _UNTIL.search(text) is not None and not is_other:
        return True, None
    return len(words) <= _BRIEF and _plain(words[at]) in _BRIEFLY, None


def _leads(word: str) -> bool:
    return word.lower().replace("’", "'").strip(",.!-") in _BEFORE


def _says_away(word: str) -> bool:
    # 30 ms to import, and only needed for a report.
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    plain = _plain(word)
    return any(
        plain == away or (len(away) > 3 and OSA.distance(plain, away, score_cutoff=1) <= 1)
        for away in _AWAY
    )


def _plain(word: str) -> str:
    return word.lower().strip(",.!:;-–()\"'")
