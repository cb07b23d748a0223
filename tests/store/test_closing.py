"""The end of an office hour: nobody in the queue is lost, and no words get where they must not."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from gsocbot.rules.ideas import IdeaState, IdeaText
from gsocbot.rules.ledger import MOST_OPEN, WORDS_WITHIN
from gsocbot.rules.office import LineKind
from gsocbot.rules.queue import PlaceState
from gsocbot.rules.roles import Role
from gsocbot.store import (
    actions,
    audit,
    closing,
    drafts,
    ideas,
    office,
    outbox,
    questions,
    roles,
)
from gsocbot.store import undo as undoing
from gsocbot.store.books import Books, Deed
from gsocbot.store.closing import AT_WORK, Closed
from gsocbot.store.store import Store
from gsocbot.store.tables import OfficeSession, Outbox, Question, QueuePlace
from tests.store.conftest import NOW, SEASON, deed

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
END = NOW + HOUR
CHANNEL = "#gsoc"


def opened(store: Store, chair: str = "mira") -> int:
    """A session that runs; its id."""
    with store.transaction(writing=True) as books:
        row = OfficeSession(
            season=SEASON, network="net", channel=CHANNEL, day=NOW.date(), chair=chair,
            started_at=NOW, until=END,
        )  # fmt: skip
        books.add(deed("office start"), row)
        assert row.id is not None
        return row.id


def say(store: Store, session: int, *lines: tuple[str, str | None, str]) -> None:
    """Nick, account and text of what is said in a session."""
    kept = [
        {"session": session, "season": SEASON, "at": NOW + n * MINUTE, "nick": nick,
         "account": account, "action": False, "text": text, "kind": LineKind.SAID}
        for n, (nick, account, text) in enumerate(lines)
    ]  # fmt: skip
    with store.transaction(writing=True) as books:
        office.keep_lines(books, kept)


def queue(store: Store, session: int, asker: str, text: str = "", *, place: str = CHANNEL,
          **values: object) -> None:  # fmt: skip
    """Somebody takes a place in the queue."""
    with store.transaction(writing=True) as books:
        channel = "" if place == "private" else place
        row = QueuePlace(
            season=SEASON, network="net", asker=asker, nick=asker.split()[-1].lstrip("~"),
            text=text, at=NOW, session=session, channel=channel,
        )  # fmt: skip
        for name, value in values.items():
            setattr(row, name, value)
        books.add(Deed(f"q+ {asker}", NOW, SEASON, "net", asker, place, "q+"), row)


def close(store: Store, session: int) -> Closed:
    with store.transaction(writing=True) as books:
        row = books.session.get_one(OfficeSession, session)
        return closing.close(books, deed("#endmeeting", END), row, END)


def close_in_vain(store: Store, session: int) -> None:
    """Something fails later in the same transaction."""
    with store.transaction(writing=True) as books:
        row = books.session.get_one(OfficeSession, session)
        closing.close(books, deed("#endmeeting", END), row, END)
        raise ZeroDivisionError


def asked(books: Books) -> list[tuple[int, str, str, int | None, str]]:
    """All questions: number, asker, channel, idea, text."""
    rows = books.every(Question, season=SEASON)
    return [(q.number, q.asker, q.channel, q.idea, q.text) for q in rows]


def told(books: Books) -> list[tuple[str, str, bool]]:
    """To whom which note goes, and whether it says that words are banned."""
    rows = books.every(Outbox, topic="place_kept")
    return [(row.target, row.topic, '"banned": true' in row.payload) for row in rows]


def add_idea(store: Store, title: str) -> int:
    with store.transaction(writing=True) as books:
        text = IdeaText(title, mentors=("tomas",))
        made = drafts.new(books, deed(f"idea {title}"), SEASON, text, "tomas", "gone")
        row = drafts.row(books, SEASON, made.number or 0)
        books.change(deed(f"publish {title}"), row, state=IdeaState.PUBLISHED)
        return made.number or 0


def test_who_still_waits_has_a_question_and_is_told(store: Store) -> None:
    session = opened(store)
    queue(store, session, "priya", "which kernel?")
    queue(store, session, "~sofia")
    closed = close(store, session)

    with store.transaction(writing=False) as books:
        assert closed.kept == (1, 2)
        assert asked(books) == [
            (1, "priya", CHANNEL, None, "which kernel?"),
            (2, "~sofia", CHANNEL, None, ""),
        ]
        assert told(books) == [("@priya", "place_kept", False), ("~sofia", "place_kept", False)]
        states = [(p.state, p.note) for p in books.every(QueuePlace)]
        assert states == [(PlaceState.KEPT, "q1"), (PlaceState.KEPT, "q2")]
        assert list(audit.contradictions(books)) == []


@pytest.mark.parametrize(
    ("since", "state", "helped", "kept"),
    [
        (AT_WORK, PlaceState.KEPT, 0, (1,)),
        (AT_WORK + timedelta(seconds=1), PlaceState.HELPED, 1, ()),
    ],
)
def test_who_was_only_just_called_was_not_helped(
    store: Store, since: timedelta, state: PlaceState, helped: int, kept: Sequence[int]
) -> None:
    session = opened(store)
    queue(store, session, "priya", state=PlaceState.CALLED, helper="mira", called_at=END - since)
    closed = close(store, session)

    with store.transaction(writing=False) as books:
        (place,) = books.every(QueuePlace)
        assert (place.state, closed.helped, closed.kept) == (state, helped, kept)
        assert (place.done_at == END) is (state is PlaceState.HELPED)


def test_whoever_left_or_waits_for_another_session_is_left_alone(store: Store) -> None:
    session, other = opened(store), opened(store)
    queue(store, session, "priya", state=PlaceState.LEFT)
    queue(store, session, "kofi", state=PlaceState.HELPED, done_at=NOW)
    queue(store, other, "ana", "which kernel?")
    closed = close(store, session)

    with store.transaction(writing=False) as books:
        assert (closed.helped, closed.kept) == (1, ())
        assert asked(books) == []
        assert [p.state for p in books.every(QueuePlace)] == ["left", "helped", "waiting"]


def test_the_queue_is_kept_in_the_order_of_its_turns(store: Store) -> None:
    session = opened(store)
    queue(store, session, "priya", "one", turn=NOW + MINUTE)
    queue(store, session, "kofi", "two")
    close(store, session)

    with store.transaction(writing=False) as books:
        assert [asker for _, asker, *_ in asked(books)] == ["kofi", "priya"]


def test_a_place_goes_to_the_mentors_of_the_idea_that_it_begins_with(store: Store) -> None:
    number = add_idea(store, "Boot graphs")
    session = opened(store)
    queue(store, session, "priya", f"{number}: root?")
    queue(store, session, "kofi", "99 bottles of beer")
    close(store, session)

    with store.transaction(writing=False) as books:
        assert [row[3:] for row in asked(books)] == [
            (number, "root?"),
            (None, "99 bottles of beer"),
        ]
        assert [row.target for row in books.every(Outbox, topic="question")] == ["@tomas"]


def test_what_was_left_in_private_is_answered_in_private(store: Store) -> None:
    session = opened(store)
    queue(store, session, "priya", "which kernel?", place="private")
    close(store, session)

    with store.transaction(writing=False) as books:
        assert [row[2] for row in asked(books)] == [""]


def test_whom_a_bridge_passes_on_is_told_in_the_channel(store: Store) -> None:
    session = opened(store)
    queue(store, session, "~bridge ana", "which kernel?")
    close(store, session)

    with store.transaction(writing=False) as books:
        assert told(books) == [(CHANNEL, "place_kept", False)]


def test_a_place_on_another_network_is_told_and_answered_there(store: Store) -> None:
    session = opened(store)
    queue(store, session, "priya", "which kernel?", network="elsewhere", place="#there")
    close(store, session)

    with store.transaction(writing=False) as books:
        (row,) = books.every(Question)
        (note,) = books.every(Outbox, topic="place_kept")
        assert (row.network, row.channel, note.network) == ("elsewhere", "#there", "elsewhere")


def test_what_becomes_of_somebody_keeps_its_place_and_loses_its_words(store: Store) -> None:
    session = opened(store)
    queue(store, session, "priya", "am I accepted?")
    close(store, session)

    with store.transaction(writing=False) as books:
        assert [row[1:] for row in asked(books)] == [("priya", CHANNEL, None, "")]
        assert told(books) == [("@priya", "place_kept", True)]


def test_however_many_questions_wait_a_place_is_kept(store: Store) -> None:
    with store.transaction(writing=True) as books:
        for number in range(1, MOST_OPEN + 1):
            row = Question(season=SEASON, number=number, network="net", asker="priya",
                           nick="priya", text=f"what of {number}?", at=NOW)  # fmt: skip
            books.add(deed("ask", number=number), row)
    session = opened(store)
    queue(store, session, "priya", "which kernel?")
    queue(store, session, "priya", "what of 3?")

    assert close(store, session).kept == (MOST_OPEN + 1, 3)


def test_a_place_without_words_is_nobody_elses_business(store: Store) -> None:
    session = opened(store)
    queue(store, session, "priya")
    close(store, session)

    with store.transaction(writing=False) as books:
        assert questions.unanswered(books, SEASON) == []
        assert questions.public(books, SEASON) == []
        assert questions.open_of(books, SEASON, "net", "priya") == []
        assert [q.number for q in questions.of_asker(books, SEASON, "net", "priya")] == [1]


@pytest.mark.parametrize(("after", "left"), [(WORDS_WITHIN - MINUTE, [1, 2]), (WORDS_WITHIN, [2])])
def test_a_place_without_words_is_dropped_after_two_weeks(
    store: Store, after: timedelta, left: list[int]
) -> None:
    session = opened(store)
    queue(store, session, "priya")
    queue(store, session, "kofi", "which kernel?")
    close(store, session)
    with store.transaction(writing=True) as books:
        questions.drop_wordless(books, SEASON, END + after)

    with store.transaction(writing=False) as books:
        assert [number for number, *_ in asked(books)] == left
        assert list(audit.contradictions(books)) == []


def test_actions_have_numbers_and_the_accounts_of_those_they_are_for(store: Store) -> None:
    with store.transaction(writing=True) as books:
        roles.grant(books, deed("role"), SEASON, "net", "tomas", Role.MENTOR)
    session = opened(store)
    queue(store, session, "hauke")
    say(
        store, session,
        ("wenjie_", "wenjie", "hi"), ("sofia", None, "hi"),
        ("mira", "mira", "#action wenjie_: send the trace"),
        ("mira", "mira", "#action the page about kernels (sofia)"),
        ("sofia", None, "#action TOMAS to look at it"),
        ("mira", "mira", "#action hauke reads the patch"),
        ("mira", "mira", "#action somebody has to sweep"),
        ("mira", "mira", "#action mira forgets this"), ("mira", "mira", "#undo"),
    )  # fmt: skip
    closed = close(store, session)

    with store.transaction(writing=False) as books:
        assert closed.actions == 5
        found = reversed(actions.open_(books, SEASON))
        assert [(a.number, a.owner, a.nick, a.text, a.by) for a in found] == [
            (1, "wenjie", "wenjie_", "send the trace", "mira"),
            (2, "~sofia", "sofia", "the page about kernels (sofia)", "mira"),
            (3, "tomas", "tomas", "look at it", "~sofia"),
            (4, "hauke", "hauke", "reads the patch", "mira"),
            (5, "", "", "somebody has to sweep", "mira"),
        ]


def test_somebody_who_logs_in_halfway_is_known_by_their_account(store: Store) -> None:
    session = opened(store)
    say(store, session, ("priya", None, "hi"), ("priya", "priya2", "logged in"),
        ("mira", "mira", "#action priya send it"))  # fmt: skip
    close(store, session)

    with store.transaction(writing=False) as books:
        assert [a.owner for a in actions.open_(books, SEASON)] == ["priya2"]


def test_ideas_become_drafts_of_those_who_said_them(store: Store) -> None:
    add_idea(store, "Boot graphs")
    session = opened(store)
    long = "#idea " + "a parser that never reads a socket and is fed by whoever likes " * 3
    say(
        store, session,
        ("wenjie_", "wenjie", "#idea Sans-io parser"), ("sofia", None, "#idea a night bus"),
        ("mira", "mira", "#idea sans-io PARSER."), ("mira", "mira", "#idea boot graphs"),
        ("mira", "mira", "#idea say !idea suggest <title>"), ("mira", "mira", long),
        ("mira", "mira", "#idea oh no"), ("mira", "mira", "#undo"),
    )  # fmt: skip
    closed = close(store, session)

    with store.transaction(writing=False) as books:
        made = [i for i in ideas.every(books, SEASON) if i.number in closed.ideas]
        rows = [drafts.row(books, SEASON, i.number) for i in made]
        assert [(r.title, r.state, r.proposer) for r in rows] == [
            ("Sans-io parser", "draft", "wenjie"),
            ("a night bus", "draft", ""),
            ("a parser that never reads a socket and is fed by whoever likes a parser that…",
             "draft", "mira"),
        ]  # fmt: skip
        assert made[0].text.summary == ""
        assert made[2].text.summary == " ".join(long.split()[1:])
        (first,) = drafts.history(books, rows[0])
        assert (first.account, first.what) == ("wenjie", "#idea in the office hour of 2 Mar")
        assert drafts.is_proposer(books, rows[0], "net", "wenjie")


def test_who_said_an_idea_can_take_it_back_and_nobody_the_end(store: Store) -> None:
    session = opened(store)
    say(store, session, ("wenjie", "wenjie", "#idea Sans-io parser"),
        ("wenjie", "wenjie", "#action wenjie send it"))  # fmt: skip
    queue(store, session, "priya", "which kernel?")
    close(store, session)
    with store.transaction(writing=True) as books:
        notes = undoing.last_deed(books, SEASON, "net", "wenjie", NOW)
        undoing.take_back(books, notes, deed("undo", END, "wenjie"))
        ended = undoing.last_deed(books, SEASON, "net", "mira", NOW)

        assert ideas.every(books, SEASON) == []
        assert not any(note.undo for note in ended)
        assert len(actions.open_(books, SEASON)) == len(asked(books)) == 1


def test_it_says_what_it_has_come_to(store: Store) -> None:
    session = opened(store)
    say(store, session, ("mira", "mira", "hello"), ("wenjie", "wenjie", "hi"),
        ("wenjie", "wenjie", "#action wenjie send it"))  # fmt: skip
    with store.transaction(writing=True) as books:
        rest = {"session": session, "season": SEASON, "account": None, "action": False, "at": NOW}
        office.keep_lines(books, [
            {**rest, "nick": "gsocbot", "text": "#action bot do it", "kind": LineKind.OWN},
            {**rest, "nick": "", "text": NOW.isoformat(), "kind": LineKind.GAP},
        ])  # fmt: skip

    assert close(store, session) == Closed(
        helped=0, kept=(), actions=1, ideas=(), people=2, lines=4, length=HOUR
    )
    with store.transaction(writing=False) as books:
        assert office.running(books, "net", CHANNEL) is None


def test_all_of_it_is_kept_or_nothing(store: Store) -> None:
    session = opened(store)
    say(store, session, ("mira", "mira", "#idea Sans-io parser"),
        ("mira", "mira", "#action mira send it"))  # fmt: skip
    queue(store, session, "priya", "which kernel?")
    with pytest.raises(ZeroDivisionError):
        close_in_vain(store, session)

    with store.transaction(writing=False) as books:
        assert office.running(books, "net", CHANNEL) is not None
        assert (asked(books), actions.open_(books, SEASON), ideas.every(books, SEASON)) == (
            [],
            [],
            [],
        )
        assert outbox.waiting(books) == []


def test_an_hour_of_a_crowd_is_closed_whole(store: Store) -> None:
    session = opened(store)
    words = ("about the scheduler", "#action nick7 send it", "#idea Draw all boots")
    for start in range(0, 7_200, 600):
        say(store, session, *(
            (f"nick{n % 300}", f"nick{n % 300}", f"{words[n % 500 if n % 500 < 3 else 0]} {n}")
            for n in range(start, start + 600)
        ))  # fmt: skip
    for n in range(100):
        queue(store, session, f"nick{n}", "which kernel?")
    closed = close(store, session)

    assert (closed.lines, len(closed.kept), closed.people) == (7_200, 100, 300)
