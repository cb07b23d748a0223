"""Applying: who says that they do, and where their draft can be read."""

from collections.abc import Iterator

from gsocbot.commands.ask import Ask
from gsocbot.commands.command import Text
from gsocbot.commands.embargo import announced
from gsocbot.commands.ideas import one_idea
from gsocbot.commands.me import OFF, keep
from gsocbot.commands.office_when import coming
from gsocbot.render import words as wording
from gsocbot.rules.applying import CLOSES, check_open, read_address
from gsocbot.rules.timeline import Deadline
from gsocbot.store import people, seasons
from gsocbot.store.private import proposals as kept
from gsocbot.talk import Refused, Say


def me_student(ask: Ask, off: str = "") -> Iterator[Say]:
    """Say that you apply, so that I ask you what applicants forget; off takes it back."""
    row = people.row(ask.books, ask.season_key, ask.network, ask.who)
    applies = row is not None and row.applicant_at is not None
    if off.lower() in OFF:
        if not applies:
            raise Refused("you are not noted as an applicant. To be: !me student")
        keep(ask, "you are noted as an applicant again", applicant_at=None)
        yield ask.answer("you are not noted as an applicant any more.")
        return
    if off:
        raise Refused(
            f'I do not know what "{off[:20]}" means here: !me student, or !me student off'
        )
    check_open(_closes(ask), ask.now)
    if applies:
        raise Refused("that is noted already. What to do now: !checklist")
    keep(ask, "you are not noted as an applicant any more", applicant_at=ask.now)
    planned = next(iter(coming(ask)), None)
    office = f" · next office hour {ask.moment(planned.start)}" if planned else ""
    yield ask.answer(
        f"noted as an applicant (only organisers see it). Start here: !checklist · !ideas{office}"
    )


def me_proposal(ask: Ask, idea_url: Text) -> Iterator[Say]:
    """Show an idea's mentors where your draft is: !me proposal 7 <url>; off takes it back."""
    place = (ask.network, ask.who)
    if idea_url.lower() in OFF:
        if not kept.drop(ask.books, ask.deed, ask.season_key, place, "your draft is noted again"):
            raise Refused("no draft of yours is noted. To note one: !me proposal <idea> <url>")
        yield ask.answer("your draft is not noted any more.")
        return
    words, url = read_address(idea_url)
    closes = _closes(ask)
    check_open(closes, ask.now)
    idea = one_idea(ask, words or _only_interest(ask))
    undo = "your draft is noted as it was before"
    if not kept.note(ask.books, ask.deed, ask.season_key, place, idea.id, url, undo):
        raise Refused(f"that is noted already, for {idea.number}. Take it back: !me proposal off")
    readers = kept.readers(ask.books, ask.season_key, ask.network, ask.who, idea.id)
    whom = f"{wording.listed(readers)} get{'s' * (len(readers) == 1)} the link" if readers else (
        "nobody mentors it yet, so write to the list too"
    )  # fmt: skip
    until = f", until {ask.moment(closes.passes_at)}" if closes else ""
    yield ask.answer(
        f"draft noted for {idea.number}; {whom}. Only what you submit on Google's site counts"
        f"{until}."
    )


def _only_interest(ask: Ask) -> str:
    """The idea that somebody means who names none."""
    numbers = people.interests(ask.books, ask.season_key, ask.network, ask.who)
    if len(numbers) != 1:
        raise Refused("for which idea? Say its number first: !me proposal 7 <url>")
    return str(numbers[0])


def _closes(ask: Ask) -> Deadline | None:
    """The date after which nobody applies any more; the announcement, where that one is unknown."""
    dates = seasons.deadlines(ask.books, ask.season_key, [CLOSES])
    return dates[0] if dates else announced(ask)
