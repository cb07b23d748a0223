"""A hackathon and polls whose every text can be chosen, as values."""

from datetime import UTC, date, datetime, time, timedelta

from gsocbot.rules.hackathon import EventKind
from gsocbot.rules.polls import Audience, PollKind, Result
from gsocbot.site.hackathon_snapshot import (
    Change,
    Demo,
    Event,
    Hackathon,
    Numbers,
    Outcome,
    Slot,
    Thanks,
    Ticket,
    Topic,
)
from gsocbot.site.poll_snapshot import Poll

FIRST = date(2011, 3, 2)
AT = datetime(2011, 3, 3, 10, 45, tzinfo=UTC)
ON = FIRST + timedelta(days=1)


def at(hour: int, minute: int = 0, day: date = ON) -> datetime:
    """A moment of the second day; London has the time of UTC in March."""
    return datetime.combine(day, time(hour, minute), UTC)


def hackathon(text: str = "harmless", link: str = "nowhere", slug: str = "hack") -> Hackathon:
    """A hackathon with something on every page and on the wall; all its texts are `text`."""
    return Hackathon(
        slug=slug,
        name=text,
        first=FIRST,
        last=FIRST + timedelta(days=2),
        zone="Europe/London",
        place=text,
        opens=time(9),
        closes=time(18),
        at=AT,
        channel=text,
        numbers=Numbers(26, 9, 7),
        names=(text, f"{text}2"),
        topics=(
            Topic(1, "one", text, link, 5, text, AT, text, AT),
            Topic(2, "two", text, link, 1, text, AT - timedelta(days=1), "", ended=True),
            Topic(3, "three", text, link, 0, text, AT, text, AT),
        ),
        slots=(
            Slot(1, FIRST, text, "a", at(9, 0, FIRST), at(12, 0, FIRST), id=1),
            Slot(1, ON, text, "a", at(10), at(12), Change(AT, 2), id=2),
            Slot(3, ON, text, "b", at(14), at(15, 30), id=3),
        ),
        events=(
            Event(1, EventKind.DEMOS, text, text, at(15), 0, Change(AT)),
            Event(2, EventKind.SOCIAL, text, text, at(20), 17),
        ),
        demos=(
            Demo(1, ON, 1, text, 10, link, text, at(10, 40)),
            Demo(2, ON, 2, text, 20),
            Demo(3, FIRST, 1, text, 10, link, "", at(15, 0, FIRST), at(15, 9, FIRST)),
        ),
        tickets=(Ticket(1, text), Ticket(2)),
        outcomes=(
            Outcome(1, text, link, 1, 7),
            Outcome(2, text, "", None, 99),
            Outcome(3, text),
        ),
        thanks=(Thanks(text, text), Thanks("", text)),
        changed=Change(AT),
    )


def polls(text: str = "harmless") -> tuple[Poll, ...]:
    """A poll of each sort, running and over."""
    options = (text, f"{text}2", f"{text}3")
    end = datetime(2011, 3, 31, 23, 59, tzinfo=UTC)

    def poll(number: int, kind: PollKind, result: Result | None, *, over: bool) -> Poll:
        return Poll(
            number,
            text,
            options,
            kind,
            Audience.ALL,
            result is not None and not over,
            5,
            at(12),
            end,
            end if over else None,
            result.voters if result else 14,
            result,
        )

    ranks = ((1,), (0, 2))
    pairs = ((0, 3, 4), (6, 0, 5), (4, 2, 0))
    return (
        poll(5, PollKind.RANKED, Result(options, (3, 6, 0), 9, PollKind.RANKED, 5, ranks, pairs),
             over=True),
        poll(4, PollKind.ONE, Result(options, (6, 6, 1), 13, quorum=5), over=True),
        poll(3, PollKind.MULTI, Result(options, (1, 0, 2), 2, PollKind.MULTI, 5), over=False),
        poll(2, PollKind.ONE, Result(options, (0, 0, 0), 0, quorum=5), over=True),
        poll(1, PollKind.ONE, None, over=False),
    )  # fmt: skip
