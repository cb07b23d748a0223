"""A season's folder and the store are brought together; nobody's change is lost unseen."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import text

from gsocbot.rules.ideas import IdeaState, IdeaText
from gsocbot.rules.recurrence import Weekly
from gsocbot.rules.seasons import Changes, Conflict, SeasonFolder
from gsocbot.rules.timeline import Deadline, Phase
from gsocbot.store import audit, drafts, ideas, reading_dates, reading_in, seasons
from gsocbot.store.store import Store
from gsocbot.store.tables import Idea
from tests.store.conftest import NOW, SEASON, deed

PARSER = IdeaText("A parser", slug="parser", number=1, mentors=("mira", "tomas"), skills="Rust")
LATHE = IdeaText("A lathe", external_id="shop#1", mentors=("bo",))
WEEKLY = Weekly(2, time(16), "Europe/London", 60, date(2026, 3, 4))
APPLY = Deadline("apply", "Apply", at=NOW + timedelta(days=5))


def folder(*texts: IdeaText, **facts: object) -> SeasonFolder:
    return replace(SeasonFolder(SEASON, title="Test", ideas=texts), **facts)  # type: ignore[arg-type]


def read(store: Store, season: SeasonFolder) -> Changes:
    with store.transaction(writing=True) as books:
        changes = reading_in.season_folder(books, deed("folder"), season)
    with store.transaction(writing=False) as books:
        assert list(audit.contradictions(books)) == []
    return changes


def listed(store: Store, *texts: IdeaText) -> Changes:
    with store.transaction(writing=True) as books:
        return reading_in.ideas(books, deed("list"), SEASON, texts)


def kept(store: Store) -> list[IdeaText]:
    with store.transaction(writing=False) as books:
        return [idea.text for idea in ideas.every(books, SEASON)]


def edit(store: Store, **values: object) -> None:
    """Somebody changes the first idea here."""
    with store.transaction(writing=True) as books:
        first = ideas.every(books, SEASON)[0]
        row = books.session.get(Idea, first.id)
        assert row is not None
        reading_in.change(books, deed("edit"), row, replace(first.text, **values))  # type: ignore[arg-type]


def audits(store: Store) -> int:
    with store.transaction(writing=False) as books:
        return audit.newest(books)


def test_a_folder_that_was_read_before_changes_nothing(store: Store) -> None:
    season = folder(
        PARSER, LATHE, deadlines=(APPLY,), phases=(Phase("p", "apply", "apply"),),
        series=(("office", WEEKLY),),
    )  # fmt: skip
    first = read(store, season)
    before = audits(store)

    assert first == Changes(new=2)
    assert read(store, season) == Changes()
    assert audits(store) == before


def test_every_new_row_of_a_folder_has_an_author(store: Store) -> None:
    read(store, folder(PARSER, deadlines=(APPLY,), phases=(Phase("p", "apply", "apply"),),
                       series=(("office", WEEKLY),)))  # fmt: skip

    with store.transaction(writing=False) as books:
        told = books.rows(text("SELECT table_name FROM audit ORDER BY table_name")).scalars()
        assert set(told) == {"deadline", "idea", "phase", "season", "series"}


def test_what_changed_in_the_file_only_is_taken(store: Store) -> None:
    read(store, folder(PARSER))

    changes = read(store, folder(replace(PARSER, title="A lexer", mentors=("ines",))))

    assert changes == Changes(changed=1)
    (now,) = kept(store)
    assert (now.title, now.mentors) == ("A lexer", ("ines",))


def test_what_changed_here_only_is_kept(store: Store) -> None:
    read(store, folder(PARSER))
    edit(store, title="Renamed here")

    assert read(store, folder(PARSER)) == Changes()
    assert kept(store)[0].title == "Renamed here"


def test_changes_of_unlike_fields_are_brought_together(store: Store) -> None:
    read(store, folder(PARSER))
    edit(store, title="Renamed here")

    assert read(store, folder(replace(PARSER, skills="C"))) == Changes(changed=1)
    assert (kept(store)[0].title, kept(store)[0].skills) == ("Renamed here", "C")


def test_what_changed_on_both_sides_is_named_and_left_alone(store: Store) -> None:
    read(store, folder(PARSER))
    edit(store, title="Renamed here")

    changes = read(store, folder(replace(PARSER, title="Renamed there", skills="C")))

    assert changes == Changes(conflicts=(Conflict(1, "parser", ("title",)),))
    assert str(changes) == ("0 new, 0 changed, left alone, changed on both sides: 1 parser (title)")
    assert (kept(store)[0].title, kept(store)[0].skills) == ("Renamed here", "Rust")


def test_what_changed_alike_on_both_sides_is_no_conflict_then_or_later(store: Store) -> None:
    read(store, folder(PARSER))
    edit(store, title="Renamed")

    assert read(store, folder(replace(PARSER, title="Renamed"))) == Changes()
    assert read(store, folder(replace(PARSER, title="Again"))) == Changes(changed=1)
    assert kept(store)[0].title == "Again"


def test_an_idea_gone_from_the_folder_is_retired_and_comes_back_as_it_was(store: Store) -> None:
    read(store, folder(PARSER))

    assert read(store, folder()) == Changes(retired=1)
    assert kept(store)[0].state is IdeaState.RETIRED
    assert read(store, folder()) == Changes()
    assert read(store, folder(PARSER)) == Changes(changed=1)
    assert kept(store)[0].state is IdeaState.PUBLISHED
    assert read(store, folder()) == Changes(retired=1)


def test_an_idea_that_its_file_retires_stays_retired(store: Store) -> None:
    retired = replace(PARSER, state=IdeaState.RETIRED)
    read(store, folder(retired))

    assert read(store, folder(retired)) == Changes()
    assert kept(store)[0].state is IdeaState.RETIRED


def test_an_idea_of_a_list_is_known_again_by_its_id_there(store: Store) -> None:
    listed(store, LATHE)

    assert listed(store, LATHE) == Changes()
    assert listed(store, replace(LATHE, title="A better lathe")) == Changes(changed=1)
    (now,) = kept(store)
    assert (now.slug, now.number, now.title) == ("a-lathe", 1, "A better lathe")


def test_an_idea_of_a_list_is_not_retired_by_the_folder_until_it_was_in_it(store: Store) -> None:
    listed(store, LATHE)

    assert read(store, folder()) == Changes()
    exported = kept(store)[0]
    assert read(store, folder(exported)) == Changes()
    assert read(store, folder()) == Changes(retired=1)


def test_a_list_over_the_folder_outlives_the_next_reading(store: Store) -> None:
    read(store, folder(PARSER))

    assert listed(store, replace(PARSER, title="From a list")) == Changes(changed=1)
    assert listed(store, replace(PARSER, title="From a list")) == Changes()
    assert read(store, folder(PARSER)) == Changes()
    assert kept(store)[0].title == "From a list"


def test_numbers_and_slugs_stay_unique_whoever_brings_them(store: Store) -> None:
    read(store, folder(PARSER, IdeaText("Another", number=2)))

    listed(store, IdeaText("New", number=1), IdeaText("New"), IdeaText("1 2 3"), IdeaText("…"))
    listed(store, IdeaText("Newer", number=2))

    assert [(i.number, i.slug) for i in kept(store)] == [
        (1, "parser"),
        (2, "another"),
        (3, "new-2"),
        (4, "idea-1-2-3"),
        (5, "idea"),
        (6, "new"),
        (7, "newer"),
    ]


@pytest.mark.parametrize("end", [True, False], ids=["read", "not read"])
def test_an_import_that_fails_half_way_changes_nothing(store: Store, end: bool) -> None:
    def tell(count: list[int] = [0]) -> None:  # noqa: B006 - the count is meant to last
        count[0] += 1
        if count[0] == 3 and not end:
            raise KeyboardInterrupt

    texts = [IdeaText(f"Idea {n}") for n in range(5)]
    try:
        with store.transaction(writing=True) as books:
            reading_in.ideas(books, deed("list"), SEASON, texts, tell=tell)
    except KeyboardInterrupt:
        pass

    assert len(kept(store)) == (5 if end else 0)


def dates(store: Store) -> list[tuple[str, datetime | date | None]]:
    with store.transaction(writing=False) as books:
        return [(d.slug, d.at or d.day) for d in seasons.deadlines(books, SEASON)]


def dated(store: Store, *deadlines: Deadline) -> Changes:
    with store.transaction(writing=True) as books:
        return reading_dates.deadlines(books, deed("dates"), SEASON, deadlines)


def test_a_date_that_the_folder_moves_is_moved_and_one_it_drops_is_dropped(store: Store) -> None:
    later = replace(APPLY, at=NOW + timedelta(days=9))
    read(store, folder(deadlines=(APPLY, Deadline("end", "End", day=date(2026, 9, 1)))))
    read(store, folder(deadlines=(later,)))

    assert dates(store) == [("apply", later.at)]


def test_dates_of_another_file_outlive_the_folder(store: Store) -> None:
    moved = replace(APPLY, at=None, day=date(2026, 4, 1))
    read(store, folder(deadlines=(APPLY,)))

    assert dated(store, moved, Deadline("party", "Party", day=date(2026, 12, 24))) == Changes(1, 1)
    assert dated(store, moved) == Changes()
    read(store, folder(deadlines=(APPLY,)))
    assert dates(store) == [("apply", date(2026, 4, 1)), ("party", date(2026, 12, 24))]


def test_phases_and_sessions_are_those_of_the_folder(store: Store) -> None:
    def told(*phases: str, **series: Weekly) -> tuple[Sequence[str], dict[str, Weekly]]:
        read(store, folder(phases=tuple(Phase(p, p, p) for p in phases),
                           series=tuple(series.items())))  # fmt: skip
        with store.transaction(writing=False) as books:
            found = seasons.phases(books, SEASON)
            return [p.name for p in found], seasons.series(books, SEASON)

    later = replace(WEEKLY, time=time(18), last=date(2026, 8, 1))
    assert told("a", "b", "c", x=WEEKLY, y=WEEKLY) == (
        ["a", "b", "c"],
        {"x": WEEKLY, "y": WEEKLY},
    )
    assert told("c", "a", y=later) == (["c", "a"], {"y": later})
    assert told() == ([], {})


def test_what_was_proposed_on_irc_gives_up_its_name_to_a_file(store: Store) -> None:
    read(store, folder())
    theirs = IdeaText("Boot menu", contact=("https://evil.example",))
    with store.transaction(writing=True) as books:
        drafts.new(books, deed(), SEASON, theirs, "zed", "")

    for _ in range(2):
        read(store, folder(IdeaText("Boot menu", slug="boot-menu", description="Ours.")))

    with store.transaction(writing=False) as books:
        found = {i.text.slug: (i.text.state, i.text.contact) for i in ideas.every(books, SEASON)}
        assert found == {
            "boot-menu-2": (IdeaState.DRAFT, ("https://evil.example",)),
            "boot-menu": (IdeaState.PUBLISHED, ()),
        }
        assert list(audit.contradictions(books)) == []
