"""What an organiser changes of a student: with whom, on what, until when; and that it is over."""

from collections.abc import Iterator

from gsocbot.commands.ask import Ask
from gsocbot.commands.command import Words
from gsocbot.commands.ideas import one_idea
from gsocbot.commands.students import one_student
from gsocbot.render import words as wording
from gsocbot.rules import project_length as length
from gsocbot.rules import students as rules
from gsocbot.rules.privacy import Data
from gsocbot.rules.roles import Role
from gsocbot.store import seasons
from gsocbot.store.private import announcing, evaluation_letters, mentor_letters
from gsocbot.store.private import students as kept
from gsocbot.store.private.students import Known
from gsocbot.talk import Kind, Refused, Say

OWN = "blog"
"""What students set themselves."""
NONE = frozenset({"none", "-", "off", "nobody"})
"""What empties a field."""


def student_set(ask: Ask, student: str, field: str, value: Words) -> Iterator[Say]:
    """Change what is kept of a student: blog, meeting, idea, mentor, backup or end."""
    known = _to_change(ask, student, field)
    row, name = known.row, known.row.account
    values: dict[str, str | int]
    was = row.mentor, row.backup
    emptied = value.lower() in NONE
    match rules.field_named(field):
        case "blog":
            values = {"blog": "" if emptied else rules.checked_blog(value)}
            said = f"the blog is {values['blog']}" if values["blog"] else "there is no blog"
        case "meeting":
            values = {"meeting": "" if emptied else rules.checked_meeting(value)}
            said = f"meets {values['meeting']}" if values["meeting"] else "no meeting is kept"
        case "idea":
            found = one_idea(ask, value)
            values = {"idea": found.id}
            said = f"works on {found.number} {found.text.slug}"
        case "mentor":
            values = {"mentor": _mentor(ask, name, value, beside=row.backup)}
            said = f"the mentor is {values['mentor']}"
        case "backup":
            backup = "" if emptied else _mentor(ask, name, value, of=row.mentor)
            values = {"backup": backup}
            said = f"the backup is {backup}" if backup else "there is no backup"
        case _:
            yield from _end_set(ask, known, "" if emptied else value)
            return
    if not ask.books.change(ask.deed, row, f"@{name} is as before", **values):
        raise Refused(f"{name}: that is so already", as_is=True)
    for gone in {*was} - {row.mentor, row.backup, ""}:
        announcing.hush_to(ask.books, ask.season_key, ask.network, name, gone)
    mentor_letters.changed(ask.books, row, was, ask.now)
    announcing.refresh(ask.books, ask.season_key, ask.now)
    yield ask.answer(f"{name}: {said}.", as_is=True)


def student_extend(ask: Ask, student: str, date: Words) -> Iterator[Say]:
    """Make a project longer, up to the evaluation before which that must be settled."""
    known = one_student(ask, student, Data.DRAFT)
    dates = seasons.deadlines(ask.books, ask.season_key)
    was = known.row.ends_at or length.usual_end(dates)
    end = length.read_end(date, dates, ask.now)
    length.check_length(end, known.row.ends_at, dates, ask.now)
    if was is not None and end <= was:
        name = known.row.account
        raise Refused(
            f"{name} ends {wording.moment(was, ask.now)}; that is not later. Else: !student set "
            f"{name} end <date>",
            as_is=True,
        )
    yield from _ends(ask, known, f"end date {wording.moment(end, ask.now)}", end)


def student_end(ask: Ask, student: str) -> Iterator[Say]:
    """End a student's project: nothing more is asked, and nothing is announced."""
    known = one_student(ask, student, Data.DRAFT, would=_what_ends)
    name = known.row.account
    ask.confirm(_what_ends(known))
    undo = f"@{name} is asked again as before"
    ask.books.change(ask.deed, known.row, undo, ended_at=ask.now)
    announcing.hush(ask.books, ask.season_key, ask.network, name)
    evaluation_letters.hush(ask.books, ask.season_key, name)
    announcing.refresh(ask.books, ask.season_key, ask.now)
    yield ask.answer(f"{name} has ended: nothing is asked any more, no list has the name.",
                     as_is=True)  # fmt: skip


def student_resume(ask: Ask, student: str) -> Iterator[Say]:
    """Ask a student again who was ended, and show the record as before."""
    known = one_student(ask, student, Data.DRAFT, ended=True)
    name = known.row.account
    if known.row.ended_at is None:
        raise Refused(f"{name} has not ended", as_is=True)
    ask.books.change(ask.deed, known.row, f"@{name} has ended", ended_at=None)
    announcing.refresh(ask.books, ask.season_key, ask.now)
    yield ask.answer(f"{name} is asked again as before.", as_is=True)


def student_remove(ask: Ask, student: str) -> Iterator[Say]:
    """Take back a draft that was put down by mistake."""
    known = one_student(ask, student, Data.DRAFT, would=_what_goes, ended=True)
    name = known.row.account
    if kept.is_announced(ask.books, ask.season_key):
        raise Refused(f"{name} is no draft any more: !student end {name}", as_is=True)
    ask.confirm(_what_goes(known))
    ask.books.remove(ask.deed, known.row, f"@{name} is put down again")
    yield ask.answer(f"{name} is not put down any more.", as_is=True)


def _what_ends(known: Known) -> str:
    name = known.row.account
    return f"this stops all reminders for {name} and hides the record; nothing is announced."


def _what_goes(known: Known) -> str:
    return f"this takes back the draft of {known.row.account}."


def _to_change(ask: Ask, student: str, field: str) -> Known:
    """The student whose field may be changed by who asks: organisers all, others their own blog.

    Everybody else hears the same, whether there is such a student or not.
    """
    itself = {"me", "myself", ask.who, ask.heard.nick.lower()}
    if ask.viewer.is_organiser and student.lower() not in itself:
        return one_student(ask, student, Data.DRAFT)
    mine = kept.own(ask.books, ask.season_key, ask.network, ask.who, ask.now)
    if mine is None or field.lower() != OWN or student.lower() not in itself:
        raise Refused(
            f"only organisers can change that; once projects are announced, {ask.season.word}s set "
            "their own blog: !student set me blog <address>. Nothing changed.",
            Kind.REFUSAL,
        )
    return mine


def _mentor(ask: Ask, student: str, word: str, *, beside: str = "", of: str = "") -> str:
    """A mentor as they are kept, `beside` a backup, or a backup `of` a mentor.

    The one who stays is not asked for again: they may be no mentor any more.
    """
    new, stays = word.lower().removeprefix("@"), beside or of
    mentor, backup = (of, new) if of else (new, beside)
    rules.check_mentors(student, mentor, backup, {*ask.holders(Role.MENTOR), stays})
    return new


def _end_set(ask: Ask, known: Known, value: str) -> Iterator[Say]:
    """An end that was put down wrong is corrected also to an earlier one, or to the usual."""
    dates = seasons.deadlines(ask.books, ask.season_key)
    usual = length.usual_end(dates)
    end = length.read_end(value, dates, ask.now) if value else usual
    if end is None:
        raise Refused("I know no date at which projects end; say one")
    length.check_length(end, known.row.ends_at, dates, ask.now)
    said = f"end date {wording.moment(end, ask.now)}"
    yield from _ends(ask, known, said, None if end == usual else end)


def _ends(ask: Ask, known: Known, said: str, end: object) -> Iterator[Say]:
    name = known.row.account
    if not ask.books.change(ask.deed, known.row, f"@{name} ends as before", ends_at=end):
        raise Refused(f"{name}: that is so already", as_is=True)
    yield ask.answer(f"{name}: {said}.", as_is=True)
