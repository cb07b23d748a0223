"""What nobody may say: one text for it, whoever asks, wherever, and whether they guess right."""

from gsocbot.commands.ask import Ask
from gsocbot.render import words as wording
from gsocbot.render.addresses import PROJECTS
from gsocbot.rules.embargo import ANNOUNCED, is_of_telling
from gsocbot.rules.privacy import EVERYBODY
from gsocbot.rules.results import NOT_KEPT
from gsocbot.rules.roles import Role
from gsocbot.rules.somebody import About, about, asks_of_fate, names_a_result, says_aside
from gsocbot.rules.timeline import Deadline
from gsocbot.store import seasons
from gsocbot.store.private import students
from gsocbot.talk import Kind, Refused

UNSAID = "who is chosen, ranks, numbers and private addresses"
NEVER_TOLD = "please never tell me results; nothing of that is kept"
NOT_SAID = "nobody here says that of anybody; ask the organisers in private"


def announced(ask: Ask) -> Deadline | None:
    """The date at which Google announces the projects, if it is known."""
    dates = seasons.deadlines(ask.books, ask.season_key, [ANNOUNCED])
    return dates[0] if dates else None


def refusal(ask: Ask, words: str = "") -> str:
    """The text, with the moment at which Google announces while that is to come.

    It hangs on the season, the moment and the role of who asks, and on nobody who is kept.
    """
    meant = about(words)
    if meant is About.TOLD:
        return NEVER_TOLD
    if ask.season.announced_at is not None:
        if meant is About.RECORD:
            return NOT_SAID
        if meant is About.WORK:
            return "who works on what, and with whom: !students, or !student <name>"
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


def tells(ask: Ask, text: str) -> bool:
    """Whether a text says what becomes of somebody; names count once everybody may know them."""
    if about(text) is About.TOLD or says_aside(text):
        return True
    if ask.season.announced_at is None:
        return False
    found = students.projects(ask.books, ask.season_key, EVERYBODY, ask.now)
    return names_a_result(text, {project.account for project in found})


def check_untold(ask: Ask, *texts: str) -> None:
    """Refuse texts that say what becomes of somebody, without repeating them."""
    if any(tells(ask, text) for text in texts):
        raise Refused(NOT_KEPT, Kind.REFUSAL)


def check_unasked(ask: Ask, question: str) -> None:
    """Refuse a question to vote on that is what becomes of somebody."""
    if asks_of_fate(question):
        raise Refused(NOT_KEPT, Kind.REFUSAL)
    check_untold(ask, question)


def _please_not(ask: Ask, when: str) -> str:
    """The same for mentors and organisers who ask whether they may tell, whomever."""
    others = [name for name in ask.holders(Role.ORGANISER) if name != ask.who]
    doubts = f" Doubts: ask {' or '.join(ask.names(others[:2]))}." if others else ""
    return (
        f"please not: lists can still change until Google announces, {when}. Mentors and "
        f"organisers are bound alike.{doubts}"
    )
