"""What everybody sees of weekly reports tells nobody who is late, and why."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from gsocbot.site.clean import clean
from gsocbot.site.pages import pages
from gsocbot.site.snapshot import Snapshot
from gsocbot.site.taking import take
from gsocbot.store.private import students
from gsocbot.talk import Say
from tests.conversation import CHANNEL, ORGANISERS, Stage, played, stage
from tests.site.samples import BASE, TEMPLATES

BEGIN = """gsocbot role add odile organiser
gsocbot role add mira mentor
gsocbot role add tomas mentor
== 2026-05-20 10:00
odile -> gsocbot: student add priya 1 mira
odile -> gsocbot: student add wenjie 2 tomas mira
odile -> gsocbot: season announce
odile -> gsocbot: yes
<mira> hello
<tomas> hello
<priya> hello
<wenjie> hello
"""
WHO = ("priya", "wenjie")
LINES = {
    "nothing": {},
    "in time": {5: "report week 1 did the parser"},
    "late": {9: "report week 1 did the parser"},
    "away": {4: "report skip until 3 jun exams"},
    "away, said late": {9: "report skip until 5 jun exams"},
}
"""What somebody says in private, by the days since coding began; week 1 is due on the sixth."""

CODING = datetime(2026, 5, 25, 12, tzinfo=UTC)
DAY = timedelta(days=1)
DAYS = (3, 4, 5, 7, 9, 13)
ASKED = ("!reports", "!reports 1", "!reports 2", "!reports 9", "!student priya", "!student wenjie")


def lived(ways: tuple[str, ...]) -> tuple[list[tuple[str, ...]], dict[str, bytes]]:
    """What all can see of two weeks: what is said in channels, day by day, and the pages."""
    on = stage()
    played(BEGIN, on)
    public = []
    for day in DAYS:
        said = [*on.tick(CODING + day * DAY), *_privately(on, ways, day)]
        for line in ASKED if day in {5, 7, 10, 13} else ():
            said += on.hear("kofi", False, CHANNEL, line, action=False)
        public.append(tuple(s.text for s in said if s.target in {CHANNEL, ORGANISERS}))
    return public, pages(clean(shown(on)), BASE, TEMPLATES, on.now)


def shown(on: Stage) -> Snapshot:
    """What the pages show."""
    with on.store.transaction(writing=False) as books:
        return take(books, ["test"])


def _privately(on: Stage, ways: tuple[str, ...], day: int) -> Iterator[Say]:
    for who, way in zip(WHO, ways, strict=True):
        line = LINES[way].get(day)
        if line is not None:
            yield from on.hear(who, False, None, line, action=False)


def test_all_that_is_public_depends_on_what_is_written_and_on_nothing_else() -> None:
    """Two worlds in which the same was written by the last day look the same on it."""
    seen: dict[tuple[bool, ...], tuple[tuple[str, ...], dict[str, bytes]]] = {}
    for ways in product(LINES, ("nothing", "in time", "late")):
        public, made = lived(ways)
        written = tuple(way in {"in time", "late"} for way in ways)
        same = seen.setdefault(written, (public[-1], made))
        assert (public[-1], made) == same, ways
    assert len(seen) == 4


def test_until_it_is_written_nobody_can_tell_who_is_late_from_who_is_away() -> None:
    nobody = lived(("nothing", "nothing"))

    for ways in (("away", "nothing"), ("nothing", "away, said late"), ("away", "away")):
        assert lived(ways) == nobody, ways


def test_the_organisers_channel_hears_no_more_than_the_others() -> None:
    public, _ = lived(("nothing", "in time"))

    assert not [t for day in public for t in day if "report" in t and "priya" in t.replace("·", "")]


@pytest.fixture
def begun() -> Stage:
    """Give a bot in the second week of coding, with two students."""
    on = stage()
    played(BEGIN, on)
    on.tick(CODING + 9 * DAY)
    return on


@pytest.mark.parametrize("kind", ["did {}", "{}", "https://priya.example.net/{}"])
def test_a_report_of_ten_thousand_bytes_gets_a_short_line_and_changes_nothing(
    begun: Stage, kind: str
) -> None:
    before = shown(begun)

    said = begun.hear("priya", False, None, f"report {kind.format('x' * 10_000)}", action=False)

    assert [len(say.text) < 200 and "!report <address>" in say.text for say in said] == [True]
    assert shown(begun) == before


def test_blanks_that_hide_how_long_it_is_change_nothing_either(begun: Stage) -> None:
    text = "report did " + " ".join(["x" + " " * 99] * 100)

    said = begun.hear("priya", False, None, text, action=False)

    assert ["bytes" in say.text for say in said] == [True]


# --- when somebody was last seen


def seen_at(on: Stage) -> datetime | None:
    """When priya was last seen, as the bot has kept it."""
    on.bot.tick(on.now)
    with on.store.transaction(writing=False) as books:
        known = students.asked(books, "test", on.now)
        return next(k.row.seen_at for k in known if k.row.account == "priya")


def test_a_line_in_a_public_channel_is_a_sign_of_life(begun: Stage) -> None:
    begun.hear("priya_", False, CHANNEL, "hello", action=False)
    assert seen_at(begun) == datetime(2026, 5, 20, 10, tzinfo=UTC)  # another account

    begun.hear("priya", False, CHANNEL, "hello", action=False)
    assert seen_at(begun) == begun.now


def test_a_line_to_the_bot_in_private_is_one_too(begun: Stage) -> None:
    begun.hear("priya", False, None, "hello", action=False)

    assert seen_at(begun) == begun.now


@pytest.mark.parametrize(
    ("stranger", "channel", "relay"),
    [(True, CHANNEL, None), (True, None, None), (False, ORGANISERS, None), (True, CHANNEL, "b")],
)
def test_what_organisers_say_among_themselves_or_is_somebody_elses_is_none(
    begun: Stage, stranger: bool, channel: str | None, relay: str | None
) -> None:
    begun.hear("priya", stranger, channel, "hello", action=False, relay=relay)

    assert seen_at(begun) == datetime(2026, 5, 20, 10, tzinfo=UTC)


def test_it_is_noted_by_the_hour_and_never_goes_back(begun: Stage) -> None:
    begun.hear("priya", False, CHANNEL, "hello", action=False)
    first = seen_at(begun)
    for minutes, noted in ((30, 0), (59, 0), (60, 60), (0, 60), (90, 60), (120, 120)):
        assert first is not None
        begun.now = first + timedelta(minutes=minutes)
        begun.hear("priya", False, CHANNEL, "hello", action=False)
        assert seen_at(begun) == first + timedelta(minutes=noted), minutes


def test_what_an_organiser_has_done_can_be_taken_back_although_somebody_has_spoken(
    begun: Stage,
) -> None:
    begun.hear("odile", False, None, "student set priya blog https://x.example.net/", action=False)
    begun.hear("priya", False, CHANNEL, "hello", action=False)
    seen = seen_at(begun)

    said = begun.hear("odile", False, None, "undo", action=False)

    assert [say.text.startswith("Taken back") for say in said] == [True]
    assert seen_at(begun) == seen


def test_nobody_is_told_of_the_silence_of_somebody_who_has_just_spoken() -> None:
    on = stage()
    played(BEGIN, on)
    on.tick(CODING)
    for who in ("priya", "wenjie"):  # a missing report would be told of instead
        on.hear(who, False, None, "report did a plan", action=False)
    on.tick(CODING + 7 * DAY)  # plans what is due on the next morning, and holds for hours
    before = datetime(2026, 6, 2, 8, 59, tzinfo=UTC)
    on.tick(before - timedelta(minutes=10))
    on.now = before
    on.hear("priya", False, CHANNEL, "hello", action=False)

    said = on.tick(datetime(2026, 6, 2, 9, 0, tzinfo=UTC))

    silent = [s.text for s in said if "session or line" in s.text]
    assert [text.split(":")[0] for text in silent] == ["wenjie"]
