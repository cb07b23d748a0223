"""What nobody may say: one text for it, whoever asks, wherever, and whether they guess right."""

from gsocbot.commands.ask import Ask
from gsocbot.render import words as wording
from gsocbot.rules.embargo import ANNOUNCED
from gsocbot.store import seasons

UNSAID = "who is chosen, ranks, numbers and private addresses"


def refusal(ask: Ask) -> str:
    """The text, with the moment at which Google announces while that is to come."""
    dates = seasons.deadlines(ask.books, ask.season_key)
    announced = next((d for d in dates if d.slug == ANNOUNCED), None)
    if announced is None or announced.passes_at <= ask.now:
        return (
            f"nobody here may say that, also not in private: {UNSAID}. Google announces results; "
            "see !timeline"
        )
    when = wording.when_briefly(announced, ask.now)
    return (
        f"Google announces on {when}. Before that nobody here can say anything, also not in "
        f"private: {UNSAID}. (I hold no result for anybody.)"
    )
