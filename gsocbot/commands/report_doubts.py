"""What is said where a report is asked for, and is none: an absence, a word in passing."""

from collections.abc import Iterator

from gsocbot.commands.ask import Ask
from gsocbot.commands.command import Call
from gsocbot.rules.report_skips import HOW_SKIP, meant_skip
from gsocbot.rules.report_texts import HOW, PARTS, says_nothing, split_week
from gsocbot.rules.when import Zone, zone_named
from gsocbot.talk import Refused, Say


def zone(ask: Ask) -> Zone | None:
    """The zone of who asks, if they have said it."""
    return zone_named(ask.wishes.zone) if ask.wishes.zone else None


def doubts(ask: Ask, text: str, led: Call | None) -> Iterator[Say]:
    """Ask back in private about a text that says why somebody is away; nothing of it is kept.

    `led` is the question that it answers.
    """
    own = _own_words(text, led)
    is_away, days = meant_skip(own, ask.now, zone(ask))
    if not is_away:
        return
    ask.memory.await_nothing(ask.alone)
    yield from ask.privately()
    if days is None:
        yield ask.answer(f"nothing was kept. If you are away: {HOW_SKIP}. If it is a report: {HOW}")
        return
    skip = Call(ask.other("report", "skip"), days.words)
    ask.memory.ask(ask.alone, skip, ask.now)
    yield ask.answer(f"did you mean {skip.line} …? Nothing was kept. Say !yes, or: {HOW}")


def check_says(text: str, led: Call | None) -> None:
    """Refuse a word in passing: no report is to be replaced by it."""
    if led is None and says_nothing(split_week(text)[1]):
        raise Refused(f"that says nothing yet, and nothing was changed: {HOW}")


def _own_words(text: str, led: Call | None) -> str:
    """What somebody typed, without the part that they were asked for, and without the week."""
    own = split_week(text)[1]
    part, _, answer = own.partition(" ")
    return answer.removeprefix("+").strip() if led and part in PARTS else own
