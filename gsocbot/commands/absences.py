"""Mentors' own time: usual hours, absences, and who stands in."""

from collections.abc import Iterator
from datetime import datetime, time

from gsocbot.commands.ask import Ask
from gsocbot.commands.command import Call, Text, Words
from gsocbot.commands.mentors import named
from gsocbot.render import words as wording
from gsocbot.render.words import listed, plural
from gsocbot.rules import mentors as rules
from gsocbot.rules.mentors import Absence
from gsocbot.rules.roles import Role
from gsocbot.rules.timeline import Deadline
from gsocbot.store import ideas, mentor_notes, questions, seasons
from gsocbot.store import mentors as kept
from gsocbot.store.tables import Mentor
from gsocbot.talk import Refused, Say

OFF = frozenset({"off", "none"})
MOST_QUESTIONS = 5
"""So many open questions are named to somebody who comes back; !questions has all."""


def mentor_hours(ask: Ask, text: Text) -> Iterator[Say]:
    """Say when you are usually here, as everybody may see it; off takes it away."""
    if text.lower() in OFF:
        row = _row(ask)
        if row is None or not row.hours:
            raise Refused("you have said no usual hours. Say them: !mentor hours 16-20 UTC")
        _keep(ask, "your usual hours are shown again", hours="")
        yield ask.answer("your usual hours are not shown any more.")
        return
    hours = rules.usual_hours(text)
    _keep(ask, "your usual hours are as they were", hours=hours)
    zone = " Say the zone too, best in UTC." if rules.lacks_zone(hours) else ""
    yield ask.answer(f'shown as "usually here {hours}".{zone}')


def mentor_away(ask: Ask, last_day: Words) -> Iterator[Say]:
    """Say until when you are away, without a reason, and who stands in: 20 jul backup tomas."""
    when, wanted = rules.split_backup(last_day)
    since, end = rules.read_absence(when, ask.now)
    backup = _backup(ask, wanted, Absence(ask.who, since, end)) if wanted else ""
    row = _row(ask)
    old = kept.absence_of(row)
    still = old is not None and _has_agreed(old, backup, since, end)
    if old is not None and old.agreed and old.backup != backup and rules.is_to_come(old, ask.now):
        mentor_notes.released(ask.books, ask.deed, old, back=False)
    _keep(
        ask,
        "what you have said of being away is as it was",
        away_from=since,
        away_until=end,
        backup=backup,
        agreed_at=row.agreed_at if row is not None and still else None,
    )
    covered = rules.evaluations(seasons.deadlines(ask.books, ask.season_key), since, end)
    covers = f" That covers the {listed([_dated(ask, d) for d in covered])}." if covered else ""
    if not backup:
        stands = f"Nobody stands in (to ask somebody: !mentor away {when} backup <mentor>)."
    elif still:
        stands = f"{backup} stands in."
    else:
        stands = f"I ask {backup} to stand in; until they agree you stay responsible."
    others = _standing_in(ask, since, end)
    yield ask.answer(
        f"away {_stretch(ask, since, end)}.{covers} {stands}{others} Organisers see this too. "
        "Back early: !mentor back"
    )


def mentor_back(ask: Ask) -> Iterator[Say]:
    """Say that you are back, or not away at all, and hear which questions wait for you."""
    absence = kept.absence_of(_row(ask))
    if absence is None or not rules.is_to_come(absence, ask.now):
        raise Refused("you are not away, as far as I know. Away: !mentor away <last day>")
    if absence.agreed:
        mentor_notes.released(ask.books, ask.deed, absence, back=True)
    undo = f"you are away until {wording.day(absence.last_day, ask.now)} again"
    _keep(ask, undo, away_from=None, away_until=None, backup="", agreed_at=None)
    mine = {i.number for i in ideas.of_mentor(ask.books, ask.season_key, ask.who)}
    waiting = [q for q in questions.unanswered(ask.books, ask.season_key) if q.idea in mine]
    begun = absence.since <= ask.now
    hello = "welcome back." if begun else "good, you stay."
    if not waiting:
        yield ask.answer(f"{hello} No question waits on your ideas.")
        return
    items = [f"q{q.number} ({q.idea})" for q in waiting[:MOST_QUESTIONS]]
    more = ", …" if len(waiting) > MOST_QUESTIONS else ""
    yield ask.answer(
        f"{hello} {plural(len(waiting), 'open question')} on your ideas: {', '.join(items)}{more}. "
        f"Take one: !claim q{waiting[0].number}"
    )


def mentor_agree(ask: Ask, mentor: str) -> Iterator[Say]:
    """Agree to stand in for a mentor who is away and has asked you."""
    row, absence = _relying(ask, mentor)
    if absence.agreed:
        raise Refused(f"you stand in for {row.account} already: {_days(ask, absence)}")
    _check_there(ask, ask.who, absence)
    ask.books.change(ask.deed, row, agreed_at=ask.now)
    numbers = [i.number for i in ideas.of_mentor(ask.books, ask.season_key, row.account)]
    on = f" on {listed(list(map(str, numbers)))}" if numbers else ""
    yield ask.answer(
        f"thank you. You stand in for {row.account} {_days(ask, absence)}: questions{on} come to "
        f"you, and {row.account} is told. Not after all: !mentor decline {row.account}"
    )


def mentor_decline(ask: Ask, mentor: str) -> Iterator[Say]:
    """Say that you cannot stand in for a mentor who has asked you, or cannot any more."""
    row, absence = _relying(ask, mentor)
    ask.books.change(ask.deed, row, backup="", agreed_at=None)
    place = (ask.network, f"@{row.account}")
    mentor_notes.happened(
        ask.books, ask.deed, mentor_notes.DECLINED, [place], backup=absence.backup
    )
    yield ask.answer(f"you do not stand in for {row.account}, who is told so.")


def waiting_for_yes(ask: Ask, verb: str) -> Call | None:
    """What a plain !yes or !no means where somebody was asked to stand in, and nothing else."""
    if ask.heard.account is None:
        return None
    account = ask.heard.account
    # A note says yes and no to what season it likes; who reads it may speak of another just then.
    for season in dict.fromkeys([ask.key or "", *ask.choices]):
        found = kept.requests(ask.books, season, ask.network, account, ask.now)
        if found:
            break
    else:
        return None
    ask.key = season
    if len(found) > 1:
        ways = " or ".join(f"!mentor {verb} {row.account}" for row in found[:3])
        raise Refused(f"for whom? {ways}")
    command = next(c for c in ask.seen.commands if c.words == ("mentor", verb))
    return Call(command, (found[0].account,))


def _row(ask: Ask) -> Mentor | None:
    return kept.row(ask.books, ask.season_key, ask.network, ask.who)


def _keep(ask: Ask, undo: str, **values: object) -> None:
    row = _row(ask)
    if row is None:
        ask.keep(Mentor, undo, **values)
    else:
        ask.books.change(ask.deed, row, undo, **values)


def _backup(ask: Ask, words: str, absence: Absence) -> str:
    """The account of the mentor who is to stand in; refuses who cannot."""
    accounts = dict.fromkeys([*ask.holders(Role.MENTOR), *ask.holders(Role.ORGANISER)])
    nicks = {nick.lower(): person[1:] for person, nick in ask.here.items() if person[0] == "@"}
    meant = words.lower().removeprefix("@")
    if meant not in accounts and nicks.get(meant) in accounts:
        meant = nicks[meant]
    nobody = f'"{words[:40]}" is no mentor here; a backup has to be one. All: !mentors'
    backup = named(ask, meant, sorted(accounts), nobody)
    if backup == ask.who:
        raise Refused("somebody else has to stand in for you")
    _check_there(ask, backup, absence)
    return backup


def _check_there(ask: Ask, backup: str, absence: Absence) -> None:
    """Refuse a backup who is away in that time as well."""
    own = kept.absence_of(kept.row(ask.books, ask.season_key, ask.network, backup))
    if own is not None and own.since < absence.until and absence.since < own.until:
        who = "you are" if backup == ask.who else f"{backup} is"
        raise Refused(f"{who} away as well, {_days(ask, own)}; it takes somebody else")


def _has_agreed(old: Absence, backup: str, since: datetime, until: datetime) -> bool:
    """Whether somebody has agreed to all of a new absence already."""
    same = old.agreed and old.backup == backup
    return same and old.since <= since and until <= old.until


def _relying(ask: Ask, words: str) -> tuple[Mentor, Absence]:
    """The mentor who has asked the person who asks to stand in."""
    rows = kept.relying_on(ask.books, ask.season_key, ask.network, ask.who)
    open_ = {r.account: (r, a) for r in rows
             if (a := kept.absence_of(r)) and rules.is_to_come(a, ask.now)}  # fmt: skip
    nobody = f'"{words[:40]}" has not asked you to stand in'
    return open_[named(ask, words, sorted(open_), nobody)]


def _standing_in(ask: Ask, since: datetime, until: datetime) -> str:
    """For whom somebody who goes away has agreed to stand in just then; they are told."""
    rows = kept.relying_on(ask.books, ask.season_key, ask.network, ask.who)
    found = [a.account for r in rows if (a := kept.absence_of(r)) and a.agreed
             and a.since < until and since < a.until]  # fmt: skip
    if not found:
        return ""
    absence = Absence(ask.who, since, until)
    mentor_notes.happened(
        ask.books,
        ask.deed,
        mentor_notes.BACKUP_AWAY,
        [(ask.network, f"@{account}") for account in found],
        backup=ask.who,
        since=absence.first_day.isoformat(),
        until=absence.last_day.isoformat(),
    )
    they = found[0] if len(found) == 1 else "they"
    told = "is" if len(found) == 1 else "are"
    return f" You have agreed to stand in for {listed(found)} then; {they} {told} told."


def _dated(ask: Ask, deadline: Deadline) -> str:
    """midterm (ours Tue 12 Jul, Google's Fri 15 Jul)"""
    ours = deadline.ours_at
    day = wording.when_briefly(deadline, ask.now)
    if ours is not None and deadline.at is not None:
        first = wording.day(ours.date(), ask.now)
        day = f"ours {first}, Google's {wording.day(deadline.at.date(), ask.now)}"
    return f"{deadline.short or deadline.title} ({day})"


def _days(ask: Ask, absence: Absence) -> str:
    first, last = absence.first_day, wording.day(absence.last_day, ask.now)
    if first <= ask.now.date():
        return f"until {last}"
    return f"from {wording.day(first, ask.now)} to {last}"


def _stretch(ask: Ask, since: datetime, until: datetime) -> str:
    """A stretch of days in UTC, with the hours where it does not end with a day."""
    absence = Absence("", since, until)
    whole = until.time() == time()
    last = wording.day(absence.last_day, ask.now) if whole else wording.moment(until, ask.now)
    begun = absence.first_day <= ask.now.date()
    first = "" if begun else f"from {wording.day(absence.first_day, ask.now)} "
    return f"{first}until {last}{' (UTC)' if whole else ''}"
