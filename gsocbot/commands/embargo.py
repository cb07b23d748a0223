"""What nobody may say: one text for it, whoever asks, wherever, and whether they guess right."""

from gsocbot.commands.ask import Ask
from gsocbot.render import words as wording
from gsocbot.render.addresses import PROJECTS
from gsocbot.rules.embargo import ANNOUNCED, is_of_telling
from gsocbot.rules.roles import Role
from gsocbot.rules.timeline import Deadline
from gsocbot.store import seasons

UNSAID = "who is chosen, ranks, numbers and private addresses"


def announced(ask: Ask) -> Deadline | None:
    """The date at which Google announces the projects, if it is known."""
    dates = seasons.deadlines(ask.books, ask.season_key, [ANNOUNCED])
    return dates[0] if dates else None


def refusal(ask: Ask, words: str = "") -> str:
    """The text, with the moment at which Google announces while that is to come.

    It hangs on the season, the moment and the role of who asks, and on nobody who is kept.
    """
    if ask.season.announced_at is not None:
        return (
            f"who works on what is at {ask.addresses.page(PROJECTS)}. Nobody here may say more, "
            "also not in private: results, ranks, numbers and private addresses"
        )
    date = announced(ask)
    if date is None or date.passes_at <= ask.now:
        return (
            f"nobody here may say that, also not in private: {UNSAID}. Google announces results; "
            "see !timeline"
        )
    when = wording.when_briefly(date, ask.now)
    if ask.in_private and ask.roles and is_of_telling(words):
        return _please_not(ask, when)
    return (
        f"Google announces on {when}. Before that nobody here can say anything, also not in "
        f"private: {UNSAID}. (I hold no result for anybody.)"
    )


def _please_not(ask: Ask, when: str) -> str:
    """The same for mentors and organisers who ask whether they may tell, whomever."""
    others = [name for name in ask.holders(Role.ORGANISER) if name != ask.who]
    doubts = f" Doubts: ask {' or '.join(ask.names(others[:2]))}." if others else ""
    return (
        f"please not: lists can still change until Google announces, {when}. Mentors and "
        f"organisers are bound alike.{doubts}"
    )
