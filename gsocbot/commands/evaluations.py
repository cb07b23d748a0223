"""Evaluations: who writes which, and that it was submitted; results are thrown away unread."""

from collections.abc import Iterator, Sequence

from gsocbot.commands.ask import Ask
from gsocbot.render import words as wording
from gsocbot.rules import evaluations as rules
from gsocbot.rules import students as naming
from gsocbot.rules.evaluations import Turn
from gsocbot.rules.results import THROWN
from gsocbot.rules.roles import Role
from gsocbot.store.private import evaluation_letters
from gsocbot.store.private import evaluations as kept
from gsocbot.store.private.evaluations import Owed
from gsocbot.store.private.students import Known
from gsocbot.talk import Refused, Say


def eval_(ask: Ask, student: str = "") -> Iterator[Say]:
    """Show which evaluations you write, by when, and what is noted."""
    found = _seen(ask)
    if student:
        found = [o for o in found if o.student == _account(ask, student, found)]
    turn = rules.current(_turns(found), ask.now)
    found = [o for o in found if o.turn == turn and (student or _concerns(ask, o))]
    if turn is None or not found:
        missing = " All that is open: !eval missing" if ask.viewer.is_organiser else ""
        raise Refused(_with_thrown(ask, f"there is no evaluation for you to write now.{missing}"))
    mine = [o for o in found if o.writer == ask.who]
    parts = [_for_whom(ask, mine)] if mine else []
    parts += [_who_writes(o) for o in found if o.writer != ask.who]
    noted = [f"{o.student} ({_submitted(ask, o)})" for o in found if not o.is_open]
    is_open = [o for o in mine if o.is_open] or [o for o in found if o.is_open]
    tail = f" Noted: {', '.join(noted)}." if noted else " Not yet noted."
    if is_open:
        tail += f" When sent on Google's site: !eval done {is_open[0].student}"
    yield ask.squeezed(_head(ask, turn), "; ".join(parts) + ".", tail + _thrown(ask))


def eval_by(ask: Ask, student: str, mentor: str, midterm_or_final: str = "") -> Iterator[Say]:
    """Say who writes a student's evaluation."""
    one = _one(ask, student, midterm_or_final, opened=False)
    able = {*ask.holders(Role.MENTOR), *ask.holders(Role.ORGANISER)}
    names = {account: ask.here.get(f"@{account}", "") for account in able}
    hits = naming.meant(ask.who if mentor.lower() in {"me", "myself"} else mentor, names)
    if len(hits) != 1 or hits[0] == one.student:
        raise Refused(_with_thrown(ask, "that is no mentor here. All: !mentors"))
    _check_open(ask, one)
    author, what = hits[0], _evaluation(one)
    if one.named and one.author == author:
        raise Refused(_with_thrown(ask, f"{author} writes {what} already"), as_is=True)
    undo = f"@{one.author} writes {what}" if one.author else f"nobody writes {what} yet"
    kept.name_author(ask.books, ask.deed, one, author, undo)
    _hush(ask, one)
    now = _one(ask, one.student, str(one.turn.which), opened=False)
    if author != ask.who:
        evaluation_letters.tell_named(ask.books, ask.deed, now)
    writes = "you write" if author == ask.who else f"{author} writes"
    instead = f"; {now.writer} does while {author} is away" if now.writer != author else ""
    last = f"; next is {now.next}" if now.next else ""
    yield ask.answer(f"{writes} {what}{instead}{last}.{_thrown(ask)}", as_is=author != ask.who)


def eval_done(ask: Ask, student: str, midterm_or_final: str = "") -> Iterator[Say]:
    """Note that a student's evaluation was submitted on Google's site."""
    one = _one(ask, student, midterm_or_final, opened=True)
    _check_open(ask, one)
    kept.note(ask.books, ask.deed, one, f"{_evaluation(one, marked=True)} is open again")
    _hush(ask, one)
    if ask.call.thrown:
        yield ask.answer(f"submitted is noted. {THROWN}")
        return
    at = wording.moment(ask.now, ask.now)
    yield ask.answer(
        f"noted: {_evaluation(one)} submitted by {ask.who}, {at}. I do not keep results."
    )


def eval_undone(ask: Ask, student: str, midterm_or_final: str = "") -> Iterator[Say]:
    """Say that a student's evaluation was not submitted after all."""
    one = _one(ask, student, midterm_or_final, opened=True)
    if one.is_open:
        text = f"{_evaluation(one)} is not noted as submitted"
        raise Refused(_with_thrown(ask, text), as_is=True)
    kept.open_again(ask.books, ask.deed, one, f"{_evaluation(one, marked=True)} is noted again")
    _hush(ask, one)
    yield ask.answer(
        f"{_evaluation(one)} is open again; reminders go on.{_thrown(ask)}", as_is=True
    )


def eval_missing(ask: Ask, midterm_or_final: str = "") -> Iterator[Say]:
    """List the evaluations that nobody has noted as submitted, with who writes them."""
    found = [o for o in _seen(ask) if kept.is_of(midterm_or_final, o.turn)]
    turn = rules.current(_turns(found), ask.now)
    if midterm_or_final and turn is None:
        turn = rules.latest_open(_turns(found), ask.now)
    if turn is None:
        raise Refused(_with_thrown(ask, "no evaluation is asked of anybody now"))
    every = [o for o in found if o.turn == turn]
    still = [o for o in every if o.is_open]
    if not still:
        all_of = f"{len(every)} of {len(every)} are noted as submitted"
        yield ask.answer(f"{turn.title}: {all_of}.{_thrown(ask)}")
        return
    left = f"{wording.span(turn.at - ask.now)} left" if ask.now < turn.at else "over"
    still_open = f"{len(still)} of {len(every)} open: "
    head = f"{turn.title}, Google's {_googles(ask, turn)} ({left}): {still_open}"
    items = [f"{o.student} ({_by_whom(o)})" for o in still]
    yield ask.listing(head, items, _thrown(ask))


def in_short(ask: Ask, of: Known) -> str:
    """What whoever asks may know of a student's evaluation now; empty if that is nothing."""
    one = kept.summary(ask.books, ask.season_key, ask.viewer, of, ask.now)
    if one is None or (one.is_open and ask.now < one.turn.opens):
        return ""
    is_noted = f"submitted {_submitted(ask, one)}" if not one.is_open else "not noted"
    by = f"by {one.writer}" if one.writer else "by nobody yet"
    return f"{one.turn.title} {by}: {is_noted}"


# --- which one is meant


def _seen(ask: Ask) -> list[Owed]:
    found = kept.owed(ask.books, ask.season_key, ask.viewer, ask.now)
    return [o for o in found if o.subject.network == ask.network]


def _turns(found: Sequence[Owed]) -> list[Turn]:
    return list(dict.fromkeys(o.turn for o in found))


def _one(ask: Ask, student: str, which: str, *, opened: bool) -> Owed:
    """The evaluation that somebody means: the one that opened last, or is to come next."""
    found = _seen(ask)
    account = _account(ask, student, found)
    own = [o for o in found if o.student == account and kept.is_of(which, o.turn)]
    turns = _turns(own)
    turn = rules.latest_open(turns, ask.now)
    if not opened or turn is None:
        turn = rules.current(turns, ask.now) or turn
    if turn is None:
        raise Refused(_with_thrown(ask, "I know no date for that: !timeline"))
    if opened and ask.now < turn.opens:
        opens = wording.moment(turn.opens, ask.now)
        raise Refused(
            _with_thrown(ask, f"not yet: Google takes it from {opens} on. Nothing was noted")
        )
    return next(o for o in own if o.turn == turn)


def _account(ask: Ask, student: str, found: Sequence[Owed]) -> str:
    """The same answer for who is no student, and for one who is not theirs; it repeats no word."""
    nicks = {o.student: ask.here.get(f"@{o.student}", "") for o in found}
    hits = naming.meant(student, nicks)
    if len(hits) == 1:
        return hits[0]
    if hits:
        raise Refused(_with_thrown(ask, f"that could be {' or '.join(hits[:4])}"))
    near = naming.mistyped(student, nicks)
    if near is not None:
        ask.confirm(f"did you mean {near}?")
        return near
    if ask.viewer.is_organiser:
        raise Refused(_with_thrown(ask, "nobody of that name is evaluated. All: !students"))
    raise Refused(_with_thrown(ask, "you write for nobody of that name. Yours: !eval"))


def _concerns(ask: Ask, one: Owed) -> bool:
    return ask.who in {one.writer, one.author, one.mentor, one.backup}


def _check_open(ask: Ask, one: Owed) -> None:
    if not one.is_open:
        noted = f"{_evaluation(one)} is noted already: submitted {_submitted(ask, one)}"
        raise Refused(_with_thrown(ask, noted), as_is=True)


# --- words


def _evaluation(one: Owed, *, marked: bool = False) -> str:
    """priya's midterm"""
    return f"{'@' if marked else ''}{one.student}'s {one.turn.title}"


def _submitted(ask: Ask, one: Owed) -> str:
    """Tue 12 Jul 14:05 UTC by mira"""
    assert one.submitted_at is not None
    return f"{wording.moment(one.submitted_at, ask.now)} by {one.submitted_by}"


def _who_writes(one: Owed) -> str:
    if not one.writer:
        return f"nobody writes for {one.student} yet: !eval by {one.student} <mentor>"
    return f"{one.writer} writes for {one.student}"


def _by_whom(one: Owed) -> str:
    """mira, backup tomas"""
    if not one.writer:
        return f"nobody writes it yet: !eval by {one.student} <mentor>"
    return f"{one.writer}, backup {one.next}" if one.next else one.writer


def _for_whom(ask: Ask, mine: Sequence[Owed]) -> str:
    own = [o.student for o in mine if o.author == ask.who]
    parts = [f"for {wording.listed(own)}"] if own else []
    parts += [f"for {o.student} while {o.author} is away" for o in mine if o.author != ask.who]
    return f"you write {', and '.join(parts)}"


def _head(ask: Ask, turn: Turn) -> str:
    """Midterm, ours due Tue 12 Jul 19:00 UTC (in 2 d; Google's Fri 15 Jul 19:00 UTC):"""
    if turn.ours is None:
        return f"{turn.title}, due {_googles(ask, turn)}: "
    left = wording.distance(turn.ours, ask.now)
    return (
        f"{turn.title}, ours due {ask.moment(turn.ours)}, {left} (Google {_googles(ask, turn)}): "
    )


def _googles(ask: Ask, turn: Turn) -> str:
    return wording.day(turn.day, ask.now) if turn.day else wording.moment(turn.at, ask.now)


def _thrown(ask: Ask) -> str:
    return f" {THROWN}" if ask.call.thrown else ""


def _with_thrown(ask: Ask, refusal: str) -> str:
    return f"{refusal}. {THROWN}" if ask.call.thrown else refusal


def _hush(ask: Ask, one: Owed) -> None:
    """What nobody needs to be told any more is gone at once; the next tick plans what is left."""
    evaluation_letters.hush(ask.books, ask.season_key, one.student, one.turn.slug)
