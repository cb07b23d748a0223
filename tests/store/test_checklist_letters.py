"""Letters about checklists: each once, to whoever may see it, and gone when nothing is left."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from gsocbot.rules.checklists import Checklist, Item
from gsocbot.rules.ideas import IdeaText
from gsocbot.rules.links import Outcome, Verdict
from gsocbot.rules.privacy import EVERYBODY, Subject, Viewer
from gsocbot.rules.roles import Role
from gsocbot.rules.seasons import SeasonFolder
from gsocbot.rules.timeline import Audience, Deadline, DeadlineKind, Phase
from gsocbot.store import ideas, links, outbox, people, reading_in, roles, seasons
from gsocbot.store.books import Books
from gsocbot.store.private import checklist_letters, checklists, progress, students
from gsocbot.store.store import Store
from gsocbot.store.tables import Person, Season
from tests.store.conftest import NOW, SEASON, deed

NET = "net"
BEGINS = datetime(2026, 4, 30, 18, tzinfo=UTC)
MORNING = datetime(2026, 5, 1, 9, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ITEMS = (Item("mail", "answer the welcome"), Item("plan", "plan with milestones"))
LISTS = (
    Checklist("applicant", "Applying", Audience.STUDENTS, ("applications",), ITEMS),
    Checklist("bonding", "Bonding", Audience.STUDENTS, ("bonding",), ITEMS),
    Checklist("care", "Care", Audience.MENTORS, ("bonding",), ITEMS),
    Checklist("extra", "Extra", Audience.STUDENTS, (), ITEMS),
)
DATES = (
    Deadline("open", "open", at=datetime(2026, 3, 16, tzinfo=UTC), kind=DeadlineKind.EVENT),
    Deadline("close", "close", at=datetime(2026, 3, 31, tzinfo=UTC), kind=DeadlineKind.EVENT),
    Deadline("accepted", "accepted", at=BEGINS, kind=DeadlineKind.EVENT),
    Deadline("coding-start", "coding", day=date(2026, 5, 25), kind=DeadlineKind.EVENT),
)
PHASES = (Phase("applications", "open", "close"), Phase("bonding", "accepted", "coding-start"))
PRIYA, MIRA, ODILE = (NET, "priya"), (NET, "mira"), (NET, "odile")


@pytest.fixture
def peopled(store: Store) -> Store:
    """Give a season with two students, each with a mentor of their own."""
    idea = IdeaText("Parser", slug="sans-io")
    folder = SeasonFolder(SEASON, title="Test", deadlines=DATES, phases=PHASES, ideas=(idea,))
    with store.transaction(writing=True) as books:
        reading_in.season_folder(books, deed("folder", account="(folder)"), folder)
        for account, role in (
            ("mira", Role.MENTOR),
            ("hauke", Role.MENTOR),
            ("odile", Role.ORGANISER),
        ):
            roles.grant(books, deed(account), SEASON, NET, account, role)
        number = ideas.public(books, SEASON)[0].id
        for student, mentor in (("priya", "mira"), ("wenjie", "hauke")):
            students.add(books, deed(student), SEASON, (NET, student), number, mentor, "")
    return store


def announced(books: Books) -> None:
    students.announce(books, deed("announce", at=BEGINS + timedelta(minutes=5)), SEASON)


def planned(store: Store, now: datetime, lists: Sequence[Checklist] = LISTS) -> set[str]:
    """Who is told of what by now, as the outbox has it after a plan."""
    with store.transaction(writing=True) as books:
        checklist_letters.plan(books, SEASON, lists, now)
    with store.transaction(writing=False) as books:
        due = [line for line in outbox.waiting(books) if line[0] <= now]
        return {f"{topic} {target}" for _, topic, target, _ in due if topic.startswith("student_")}


def test_before_the_announcement_nobody_is_told_of_a_list_of_students(peopled: Store) -> None:
    for day in range(30):
        assert planned(peopled, BEGINS + day * DAY) == set()


def test_each_student_and_their_mentor_is_told_once_that_a_list_begins(peopled: Store) -> None:
    with peopled.transaction(writing=True) as books:
        announced(books)
    planned(peopled, BEGINS + HOUR)

    assert planned(peopled, MORNING - timedelta(seconds=1)) == set()
    told = {f"student_list @{who}" for who in ("priya", "wenjie", "mira", "hauke")}
    assert planned(peopled, MORNING) == told
    said(peopled, MORNING)
    for day in range(60):  # by whatever it is planned again
        again = planned(peopled, MORNING + day * DAY)
        assert not {line for line in again if line.startswith("student_list @")}
        said(peopled, MORNING + day * DAY)


def said(store: Store, now: datetime) -> None:
    """All that is due was said."""
    with store.transaction(writing=True) as books:
        for row in outbox.claim(books, NET, "boot", now, outbox.targets(books, NET, now), 1000):
            outbox.move(books, row.id, outbox.OutboxState.WRITTEN)
            outbox.move(books, row.id, outbox.OutboxState.SENT, at=now)


def test_whoever_is_done_is_not_told_what_is_open_and_who_opens_one_is(peopled: Store) -> None:
    week = datetime(2026, 5, 18, 9, tzinfo=UTC)
    with peopled.transaction(writing=True) as books:
        announced(books)
        own = deed("own", account="priya")
        for item in ITEMS:
            checklists.tick(books, own, SEASON, PRIYA, "bonding", item.key, "", "")
    planned(peopled, week - DAY)

    assert planned(peopled, week) == {
        "student_list_open @wenjie",
        "student_list_open @mira",
        "student_list_open @hauke",
    }
    with peopled.transaction(writing=True) as books:
        checklists.untick(books, own, SEASON, PRIYA, "bonding", "plan", "")
    planned(peopled, week + 4 * DAY)
    assert "student_list_open @priya" in planned(peopled, week + 5 * DAY)


def test_whoever_ends_is_told_nothing_more_and_their_mentor_neither(peopled: Store) -> None:
    with peopled.transaction(writing=True) as books:
        announced(books)
    planned(peopled, BEGINS + HOUR)
    with peopled.transaction(writing=True) as books:
        row = students.row(books, SEASON, NET, "priya")
        assert row is not None
        books.change(deed("end"), row, ended_at=BEGINS + HOUR)

    assert planned(peopled, MORNING) == {"student_list @wenjie", "student_list @hauke"}


def test_a_letter_of_what_a_mentor_ticked_goes_when_it_is_taken_back(peopled: Store) -> None:
    now = MORNING + 3 * HOUR
    with peopled.transaction(writing=True) as books:
        announced(books)
        theirs = deed("tick", at=now)
        checklists.tick(books, theirs, SEASON, PRIYA, "bonding", "plan", "", "")
        checklists.note(books, deed("note", at=now), SEASON, PRIYA, "bonding", "mail", "soon", "")

    assert {"student_item @priya", "student_item_note @priya"} <= planned(peopled, now)
    with peopled.transaction(writing=True) as books:
        checklists.untick(books, theirs, SEASON, PRIYA, "bonding", "plan", "")
    assert planned(peopled, now) == {"student_item_note @priya"}


def test_what_somebody_ticks_for_themselves_is_no_news_to_them(peopled: Store) -> None:
    with peopled.transaction(writing=True) as books:
        announced(books)
        own = deed("own", at=MORNING + HOUR, account="priya")
        checklists.tick(books, own, SEASON, PRIYA, "bonding", "plan", "", "")

    assert planned(peopled, MORNING + HOUR) == set()


def test_a_list_that_is_given_is_told_of_and_not_told_to_begin_as_well(peopled: Store) -> None:
    with peopled.transaction(writing=True) as books:
        announced(books)
        give = deed("give", at=BEGINS + HOUR, account="odile")
        checklists.give(books, give, SEASON, [PRIYA], "bonding", "")
        assert checklists.without(books, SEASON, [PRIYA], "bonding") == []
        assert checklists.without(books, SEASON, [PRIYA], "extra") == [PRIYA]
        checklists.give(books, give, SEASON, [PRIYA], "extra", "")

    assert planned(peopled, BEGINS + HOUR) == {"student_list_given @priya"}
    found = planned(peopled, MORNING)
    assert "student_list @priya" not in found
    assert "student_list @wenjie" in found


def test_a_date_that_moves_moves_what_is_told(peopled: Store) -> None:
    with peopled.transaction(writing=True) as books:
        announced(books)
    planned(peopled, datetime(2026, 5, 22, tzinfo=UTC))
    later = SeasonFolder(
        SEASON,
        title="Test",
        deadlines=(*DATES[:3], Deadline("coding-start", "coding", day=date(2026, 6, 8))),
        phases=PHASES,
        ideas=(IdeaText("Parser", slug="sans-io"),),
    )
    with peopled.transaction(writing=True) as books:
        reading_in.season_folder(books, deed("later", account="(folder)"), later)

    assert planned(peopled, datetime(2026, 5, 23, 9, tzinfo=UTC)) == set()
    planned(peopled, datetime(2026, 6, 5, tzinfo=UTC))
    assert "student_list_open @priya" in planned(peopled, datetime(2026, 6, 6, 9, tzinfo=UTC))


def test_a_dead_link_is_told_to_whoever_gave_it_and_is_in_no_list_of_links(
    peopled: Store,
) -> None:
    url, now = "https://x.example.org/log", MORNING + HOUR
    with peopled.transaction(writing=True) as books:
        announced(books)
        own = deed("own", at=now, account="priya")
        checklists.tick(books, own, SEASON, PRIYA, "bonding", "mail", f"{url}#part", "")
        checklists.tick(books, deed("hers", at=now), SEASON, PRIYA, "bonding", "plan", url, "")
        found = progress.links(books, SEASON)
        assert [link.url for link in found] == [url]
        assert links.of_season(books, SEASON, "https://gsoc.example.org/") != found
        assert url not in [link.url for link in links.of_season(books, SEASON, "https://g.org/")]
        for hours in (0, 1):
            verdict = Verdict(url, Outcome.FAILED, "404")
            links.keep(books, SEASON, found, [verdict], now + hours * HOUR)
            told = planned_in(books, now + hours * HOUR)
            dead = {line for line in told if line.startswith("student_item_link")}
            assert dead == (
                {"student_item_link @priya", "student_item_link @mira"} if hours else set()
            )
        links.keep(books, SEASON, found, [Verdict(url, Outcome.THERE)], now + 2 * HOUR)
        told = planned_in(books, now + 2 * HOUR)
        assert not {line for line in told if line.startswith("student_item_link")}


def planned_in(books: Books, now: datetime) -> set[str]:
    checklist_letters.plan(books, SEASON, LISTS, now)
    return {f"{topic} {target}" for _, topic, target, _ in outbox.waiting(books)}


def test_notes_and_links_are_for_those_who_are_near_also_where_all_is_public(
    peopled: Store,
) -> None:
    with peopled.transaction(writing=True) as books:
        announced(books)
        checklists.tick(books, deed("t"), SEASON, PRIYA, "bonding", "plan", "https://x.org/", "")
        checklists.note(books, deed("n"), SEASON, PRIYA, "bonding", "mail", "zqx", "")
        hidden = Subject(*PRIYA, frozenset({"mira"}))
        shown = Subject(*PRIYA, frozenset({"mira"}), public=True)
        near = [Viewer(*PRIYA), Viewer(*MIRA, frozenset({Role.MENTOR})),
                Viewer(*ODILE, frozenset({Role.ORGANISER}))]  # fmt: skip
        far = [EVERYBODY, Viewer(NET, "wenjie"), Viewer(NET, "hauke", frozenset({Role.MENTOR})),
               Viewer("other", "mira", frozenset({Role.MENTOR}))]  # fmt: skip
        for viewer in near:
            seen = checklists.progress(books, SEASON, viewer, hidden)
            assert seen.notes["bonding"]["mail"][0].text == "zqx"
            assert seen.ticks["bonding"]["plan"].link == "https://x.org/"
        for viewer in far:
            assert checklists.progress(books, SEASON, viewer, hidden) == checklists.NOTHING
            open_to_all = checklists.progress(books, SEASON, viewer, shown)
            assert "zqx" not in repr(open_to_all)
            assert "x.org" not in repr(open_to_all)
            assert "mira" not in repr(open_to_all)
            assert set(open_to_all.ticks["bonding"]) == {"plan"}


def test_only_who_wants_it_is_shown_and_only_once_it_is_announced(peopled: Store) -> None:
    with peopled.transaction(writing=True) as books:
        row = people.row(books, SEASON, *PRIYA)
        assert row is None
        books.add(deed("p"), Person(season=SEASON, network=NET, account="priya", public=True))
        own = deed("own", account="priya")
        checklists.tick(books, own, SEASON, PRIYA, "bonding", "plan", "", "")
        checklists.tick(books, own, SEASON, PRIYA, "applicant", "plan", "", "")
        facts = seasons.season(books, SEASON)
        assert facts is not None
        assert progress.shown(books, facts, LISTS, MORNING) == []
        announced(books)
        (one,) = progress.shown(books, facts, LISTS, MORNING)
        assert one.project.account == "priya"
        assert [(c.name, done) for c, done in one.lists] == [("bonding", 1)]
        student = students.row(books, SEASON, *PRIYA)
        assert student is not None
        books.change(deed("end"), student, ended_at=MORNING)
        assert progress.shown(books, facts, LISTS, MORNING) == []


def test_nothing_is_planned_in_a_season_that_is_closed(peopled: Store) -> None:
    with peopled.transaction(writing=True) as books:
        announced(books)
        season = books.session.get(Season, SEASON)
        assert season is not None
        books.change(deed("close"), season, closed_at=NOW)

    assert planned(peopled, MORNING) == set()


def test_who_is_behind_is_counted_by_the_items_that_a_list_has_now(peopled: Store) -> None:
    organiser = Viewer(*ODILE, frozenset({Role.ORGANISER}))
    mentor = Viewer(*MIRA, frozenset({Role.MENTOR}))
    with peopled.transaction(writing=True) as books:
        of = progress.year(books, SEASON, MORNING)
        assert progress.behind(books, SEASON, organiser, LISTS, of) == ([], 0)
        announced(books)
        own = deed("own", account="priya")
        for name, item in (("bonding", "mail"), ("bonding", "gone"), ("applicant", "plan")):
            checklists.tick(books, own, SEASON, PRIYA, name, item, "", "")
        checklists.give(books, deed("give"), SEASON, [(NET, "wenjie")], "extra", "")

        found, count = progress.behind(books, SEASON, organiser, LISTS, of)
        assert [(b.account, b.checklist.name, b.done) for b in found] == [
            ("priya", "bonding", 1),
            ("wenjie", "bonding", 0),
            ("wenjie", "extra", 0),
        ]
        assert count == 2
        found, count = progress.behind(books, SEASON, mentor, LISTS, of)
        assert [(b.account, b.done) for b in found] == [("priya", 1)]
        assert count == 1
        for nobody in (EVERYBODY, Viewer(NET, "wenjie"), Viewer(*MIRA)):
            assert "priya" not in repr(progress.behind(books, SEASON, nobody, LISTS, of))
