"""A snapshot of a real store: what everybody may see, and nothing else."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from gsocbot.importers.season import read_season
from gsocbot.rules.ideas import IdeaState
from gsocbot.rules.roles import Role
from gsocbot.site.clean import clean
from gsocbot.site.pages import pages
from gsocbot.site.snapshot import Spoken
from gsocbot.site.taking import take
from gsocbot.store import reading_in, roles
from gsocbot.store.books import Deed
from gsocbot.store.store import Store
from gsocbot.store.tables import Line, OfficeSession
from tests.conversation import CHANNEL, NETWORK, stage
from tests.site.samples import KEY, SINCE, TEMPLATES, files

DAY = date(2011, 3, 23)
START = datetime(2011, 3, 23, 16, tzinfo=UTC)


def stored() -> Store:
    """A store with the season of 2011, one of its ideas a draft."""
    store = Store("sqlite:///:memory:")
    store.ready(SINCE)
    folder = read_season(KEY, TEMPLATES.parent / "ideas" / KEY, TEMPLATES)
    first, *others = folder.ideas
    folder = replace(folder, ideas=(replace(first, state=IdeaState.DRAFT), *others))
    with store.transaction(writing=True) as books:
        deed = Deed("d", SINCE, KEY, "", "", "test", "test")
        reading_in.season_folder(books, deed, folder)
    return store


def hold(store: Store, minutes: int | None, channel: str) -> None:
    """Hold an office hour in a channel; without minutes it still runs."""
    with store.transaction(writing=True) as books:
        row = OfficeSession(
            season=KEY,
            network="net",
            channel=channel,
            day=DAY,
            title="Office hour",
            chair="mira",
            started_at=START,
            until=START + timedelta(hours=1),
            ended_at=None if minutes is None else START + timedelta(minutes=minutes),
        )
        books.session.add(row)
        books.session.flush()
        books.session.add(
            Line(
                session=row.id,
                season=KEY,
                at=START + timedelta(minutes=1),
                nick="wenjie",
                account="secret-account",
                text="hello",
            )
        )


def test_what_is_not_public_is_not_in_it() -> None:
    store = stored()
    with store.transaction(writing=False) as books:
        (season,) = take(books, [KEY, "unknown"]).seasons
    store.close()

    assert {i.state for i in season.ideas} <= {IdeaState.PUBLISHED, IdeaState.TAKEN}
    assert len(season.deadlines) == 21
    assert [(n, w.zone, w.time) for n, w in season.series] == [
        (season.series[0][0], "Europe/London", time(16))
    ]
    assert season.facts.since == SINCE


def test_sessions_of_one_day_are_told_apart_by_their_ends() -> None:
    store = stored()
    hold(store, 60, "#late")
    hold(store, 50, "#early")
    hold(store, None, "#running")
    with store.transaction(writing=False) as books:
        (season,) = take(books, [KEY]).seasons
    store.close()

    ends = {n: START + timedelta(minutes=n) for n in (50, 60)}
    assert {(s.day, s.copy, s.channel, s.ended_at) for s in season.sessions} == {
        (DAY, 1, "#early", ends[50]),
        (DAY, 2, "#late", ends[60]),
    }
    late = next(s for s in season.sessions if s.copy == 2)
    said = Spoken(1, START + timedelta(minutes=1), "wenjie", "hello", "secret-account")
    assert late.lines == (said,)
    assert late.newest == 1
    made = files(season)
    assert b"#early" in made["xen-2011/m/2011-03-23/index.html"]
    assert b"#late" in made["xen-2011/m/2011-03-23-2/index.html"]
    assert not [path for path, content in made.items() if b"secret-account" in content]


def test_the_page_of_questions_shows_answers_and_names_nobody() -> None:
    on = stage()
    on.hear("priya", True, CHANNEL, "!ask 2 does <b>it</b> need C, please?", action=False)
    with on.store.transaction(writing=True) as books:
        deed = Deed("1", on.now, "test", "-", "(shell)", "shell", "role add")
        roles.grant(books, deed, "test", NETWORK, "mira", Role.MENTOR)
    on.hear("mira", False, CHANNEL, "!answer q1 no, <i>Rust</i> will do", action=False)
    with on.store.transaction(writing=False) as books:
        made = pages(clean(take(books, ["test"])), "https://x.org/", TEMPLATES, on.now)

    page = made["test/questions/index.html"].decode()

    assert "does &lt;b&gt;it&lt;/b&gt; need C, please?" in page
    assert "no, &lt;i&gt;Rust&lt;/i&gt; will do" in page
    assert "priya" not in page
    assert "mira" not in page
