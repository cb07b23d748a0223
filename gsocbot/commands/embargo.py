"""What nobody may say: one text for it, whoever asks, wherever, and whether they guess right."""

from gsocbot.commands.ask import Ask
from gsocbot.render import words as wording
from gsocbot.rules.embargo import ANNOUNCED
from gsocbot.rules.timeline import Deadline
from gsocbot.store import seasons

UNSAID = "who is chosen, ranks, numbers and private addresses"


def announced(ask: Ask) -> Deadline | None:
    """The date at which Google announces the projects, if it is known."""
    dates = seasons.deadlines(ask.books, ask.season_key, [ANNOUNCED])
    return dates[0] if dates else None


def refusal(ask: Ask) -> str:
    """The text, with the moment at which Google announces while that is to come."""
    date = announced(ask)
    if date is None or date.passes_at <= ask.now:
        return (
            f"nobody here may say that, also not in private: {UNSAID}. Google announces results; "
            "see !timeline"
        )
    when = wording.when_briefly(date, ask.now)
    return (
        f"Google announces on {when}. Before that nobody here can say anything, also not in "
        f"private: {UNSAID}. (I hold no result for anybody.)"
    )
