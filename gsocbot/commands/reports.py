"""Weekly reports: what was done, what comes next, where somebody is stuck."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from gsocbot.commands.ask import Ask
from gsocbot.commands.command import Call, Text
from gsocbot.commands.report_doubts import check_says, doubts, zone
from gsocbot.commands.report_queue import mine, offer
from gsocbot.render import words as wording
from gsocbot.render.addresses import REPORTS, report_path
from gsocbot.rules import report_skips as skips
from gsocbot.rules import report_texts as texts
from gsocbot.rules import reports as rules
from gsocbot.rules.ids import whole_number
from gsocbot.rules.report_texts import HOW, PARTS, QUESTIONS, Said
from gsocbot.rules.reports import Skip, Week
from gsocbot.rules.roles import Role
from gsocbot.rules.silence import days_late
from gsocbot.store.private import report_told
from gsocbot.store.private import reports as kept
from gsocbot.store.private.report_told import Told, occasion_of
from gsocbot.store.private.reports import Standing
from gsocbot.talk import Refused, Say

OFF = frozenset({"off", "none", "over", "back"})
_SECOND = {2: ", second week", 3: ", third week"}


def report(ask: Ask, text: Text = "") -> Iterator[Say]:
    """Report your week: did …; next …; stuck …, or the address of your post."""
    standing = mine(ask)
    if not text:
        yield from _asked(ask, standing)
        return
    awaited = ask.memory.awaited(ask.alone, ask.now)
    led = awaited.call if awaited and awaited.call.command.noun == "report" else None
    texts.check_length(ask.heard.text)  # what is too long has lost its end before it came here
    asked_back = list(doubts(ask, text, led))
    if asked_back:
        yield from asked_back
        return
    check_says(text, led)
    said = texts.read(text)
    week = _week(ask, standing, said.week)
    before, now = _kept(ask, week, said)
    ask.memory.await_nothing(ask.alone)
    done = _what_changed(week, before, now)
    if said.link:
        done += (
            f" I ask now and then whether it opens. {ask.addresses.page(report_path(week.number))}"
        )
    question = _question(ask, week, now, said) if led and ask.in_private else ""
    is_stuck = bool(now["stuck"]) and now["stuck"] != before.get("stuck")
    more = offer(ask, week.number, now["stuck"]) if is_stuck and not question else question
    yield ask.answer(f"{done} {more}".rstrip())


def _asked(ask: Ask, standing: Standing) -> Iterator[Say]:
    """The three questions, one after the other, in private."""
    week = _week(ask, standing, None)
    yield from ask.privately()
    row = kept.row(ask.books, ask.season_key, ask.network, ask.who, week.number)
    if row is not None:
        said = "; ".join(f"{name} {text}" for name, text in kept.texts_of(row).items() if text)
        head, tail = f"week {week.number} is in: ", f". To change it: {HOW}"
        yield ask.squeezed(head, said, tail)
        return
    day = wording.day(week.last, ask.now)
    yield ask.answer(
        f"week {week.number}, due {day}: three questions, and everybody can read what you say. "
        f"{_await(ask, week, 'did', None)}"
    )


def _question(ask: Ask, week: Week, now: Mapping[str, str], said: Said) -> str:
    """The question after the next part that is empty, if any is left."""
    answered = [part for part in PARTS if part in said.parts]
    behind = PARTS[PARTS.index(answered[-1]) + 1 :] if answered else PARTS
    part = next((part for part in behind if not now[part]), None)
    if part is None:
        return ""
    before = Call(ask.other("report"), _words(week, answered[-1])) if answered else None
    return _await(ask, week, part, before)


def _await(ask: Ask, week: Week, part: str, before: Call | None) -> str:
    call = Call(ask.other("report"), _words(week, part))
    ask.memory.take_asked(ask.alone, ask.now)  # a no is one to this question
    ask.memory.choose_season(ask.alone, ask.season_key)
    ask.memory.await_words(ask.alone, call, before, ask.now)
    later = "" if part == "stuck" else " Say it here, or !no for later."
    question = QUESTIONS[part]
    return f"{question[:1].upper()}{question[1:]}{later}"


def _words(week: Week, part: str) -> tuple[str, ...]:
    return ("week", str(week.number), part)


def _week(ask: Ask, standing: Standing, number: int | None) -> Week:
    today = standing.today(ask.now)
    if number is not None:
        return rules.numbered(standing.weeks, number, today)
    return rules.meant(standing.weeks, today, standing.is_open)


def _kept(ask: Ask, week: Week, said: Said) -> tuple[dict[str, str], dict[str, str]]:
    """Keep what is said; what the report said before, and what it says now."""
    place = (ask.network, ask.who)
    row = kept.row(ask.books, ask.season_key, *place, week.number)
    before = kept.texts_of(row)
    new = {part: texts.joined(before.get(part, ""), text) for part, text in said.parts.items()}
    new |= {"link": said.link} if said.link else {}
    if not any(new.values()) and not any(before.get(part) for part in new):
        raise Refused(f"that says nothing yet: {HOW}")
    if row is None:
        undo = f"your report of week {week.number} is gone"
        kept.add(ask.books, ask.deed, ask.season_key, place, week.number, undo, **new)
    elif any(before[part] != text for part, text in new.items()):
        undo = f"your report of week {week.number} says what it said before"
        ask.books.change(ask.deed, row, undo, changed_at=ask.now, **new)
    return before, dict.fromkeys((*PARTS, "link"), "") | before | new


def _what_changed(week: Week, before: Mapping[str, str], now: Mapping[str, str]) -> str:
    if not before:
        return f"week {week.number} noted, thanks."
    changed = [part for part, text in now.items() if text != before[part]]
    if not changed:
        return f"week {week.number} says that already."
    if all(before[part] and now[part].startswith(f"{before[part]} ") for part in changed):
        return f"week {week.number}: {wording.listed(changed)} goes on."
    replaced = [part for part in changed if before[part]]
    if not replaced:
        return f"week {week.number}: {wording.listed(changed)} noted, thanks."
    return f"week {week.number}: {wording.listed(replaced)} replaced (back: !undo)."


def report_skip(ask: Ask, until: Text) -> Iterator[Say]:
    """Say until when you are away; why, if you like, only your mentors see."""
    standing = mine(ask)
    today = standing.today(ask.now)
    row = kept.skip_row(ask.books, ask.season_key, ask.network, ask.who, today)
    if until.lower() in OFF:
        if row is None:
            raise Refused(f"you have said of no time that you are away: {skips.HOW_SKIP}")
        ask.books.remove(ask.deed, row, "you are away again")
        yield ask.answer("you are back; reports are asked of you again.")
        return
    away = skips.read_skip(until, ask.now, zone(ask), standing.weeks)
    day, reason = away.until, away.reason
    skips.check_skip(day, today)
    late = [week.last for week in standing.late(ask.now)]
    is_ahead = away.since is not None and away.since > today
    since = away.since if away.since and is_ahead else rules.skipped_from(today, late)
    skip = Skip(since, day)
    if row is None or skip.since > row.until:
        place = (ask.network, ask.who)
        undo = "you are not away, as far as I know"
        kept.add_skip(ask.books, ask.deed, ask.season_key, place, skip, reason, undo)
    else:
        since = skip.since if row.since > today else min(row.since, skip.since)
        undo = f"you are away until {row.until:%a} {row.until.day} {row.until:%b} again"
        values = {"since": since, "until": day, "reason": reason, "at": ask.now}
        ask.books.change(ask.deed, row, undo, **values)
    in_secret = bool(reason) and ask.heard.channel is None
    why = _who_will_know(_mentors(ask, standing), in_secret=in_secret)
    coming = next((w for w in mine(ask).open if w.last >= today), None)
    following = (
        f" The next is week {coming.number}, due {_day(ask, coming.last)}." if coming else ""
    )
    _await_no_report(ask)
    first = f"from {_day(ask, skip.since)} " if is_ahead else ""
    yield ask.answer(
        f"no report is asked of you {first}until {_day(ask, day)} (last day away); {why}. "
        f"Organisers see only that you are away.{following}"
    )


def _await_no_report(ask: Ask) -> None:
    """A question that is open is closed: what comes next is no answer to it."""
    awaited = ask.memory.awaited(ask.alone, ask.now)
    if awaited is not None and awaited.call.command.noun == "report":
        ask.memory.await_nothing(ask.alone)


def _mentors(ask: Ask, standing: Standing) -> list[str]:
    """Who mentors somebody and is a mentor still."""
    able = {*ask.holders(Role.MENTOR), *ask.holders(Role.ORGANISER)}
    return [mentor for mentor in standing.known.project.mentors if mentor in able]


def _who_will_know(mentors: Sequence[str], *, in_secret: bool) -> str:
    if not mentors:
        why = ", so nobody will know why" if in_secret else ""
        return f"you have no mentor here just now{why}"
    names = wording.listed(mentors)
    return f"only {names} will know why" if in_secret else f"{names} will know"


def _day(ask: Ask, day: date) -> str:
    return wording.day(day, ask.now)


def reports(ask: Ask, week: str = "") -> Iterator[Say]:
    """Say how many reports of a week are in, and where to read them."""
    found = kept.written(ask.books, ask.season_key, ask.viewer)
    number = whole_number(week.lower().removeprefix("w"))
    if week and number is None:
        raise Refused(f'"{week[:20]}" is no week; write it like !reports 4')
    if not week:
        weeks = kept.weeks_of_all(ask.books, ask.season_key)
        shown = rules.shown(weeks, ask.now.date())
        number = shown.number if shown else None
    count = sum(report.week.number == number for report in found)
    if not count:
        # The same for a week to come and for one of which nobody has written.
        which = f" of week {number}" if number else ""
        raise Refused(f"there are no reports{which} to read: {ask.addresses.page(REPORTS)}")
    page = ask.addresses.page(report_path(number or 0))
    yield ask.answer(f"week {number}: {wording.plural(count, 'report')} in. {page}")


def report_missing(ask: Ask) -> Iterator[Say]:
    """Say whose reports are late."""
    found = kept.missing(ask.books, ask.season_key, ask.viewer, ask.now)
    if not found:
        raise Refused(f"{'' if ask.viewer.is_organiser else 'of yours '}no report is late")
    told = Told(ask.books, ask.season_key, ask.now)
    newest = max((s.late(ask.now)[-1] for s in found), key=lambda week: week.last)
    items = [_missing(ask, standing, newest, told) for standing in found]
    head = f"week {newest.number} (due {_day(ask, newest.last)}): "
    yield ask.listing(head, items, ". Nobody else.")


def _missing(ask: Ask, standing: Standing, newest: Week, told: Told) -> str:
    late = standing.late(ask.now)
    which = "" if late[-1].number == newest.number else f" week {late[-1].number}"
    days = days_late(late[-1], standing.today(ask.now))
    weeks = _SECOND.get(len(late), f", {len(late)} weeks" if len(late) > 1 else "")
    mentor = told.at(report_told.MENTOR, standing, occasion_of(late[-1]))
    heard = f"; {mentor[0]} told {_ago(mentor[1], ask.now)}" if mentor else ""
    alone = "" if _mentors(ask, standing) else "; nobody mentors them"
    return f"{standing.known.row.account}{which}, {days} d late{weeks}{heard}{alone}"


def _ago(at: datetime, now: datetime) -> str:
    days = (now.date() - at.date()).days
    return {0: "today", 1: "yesterday"}.get(days, f"on {wording.day(at.date(), now)}")
