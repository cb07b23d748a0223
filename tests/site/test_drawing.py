"""The drawing of the timeline: no label covers another, whatever the dates."""

import time
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from gsocbot.rules.timeline import Deadline, stretches
from gsocbot.site.drawing import MOST_MARKS, Drawing, draw, text_width
from tests.site.samples import NOW, real_season

DATES = st.lists(
    st.tuples(st.dates(date(2010, 12, 1), date(2012, 2, 1)), st.text(max_size=60)),
    min_size=1,
    max_size=30,
)


def boxes(drawing: Drawing) -> list[tuple[int, int, int]]:
    """The labels: height, left end, right end."""
    found = []
    for one in (*drawing.bars, *drawing.marks):
        wide = text_width(one.label)
        left = one.label_x if one.anchor == "start" else one.label_x - wide
        found.append((one.y, left, left + wide))
    return found


def check(drawing: Drawing) -> None:
    """No two labels overlap, no stem cuts a label, nothing is outside."""
    all_boxes = boxes(drawing)
    for n, (y, left, right) in enumerate(all_boxes):
        assert 0 <= left <= right <= drawing.width
        assert y < drawing.height
        for other_y, other_left, other_right in all_boxes[n + 1 :]:
            assert y != other_y or right <= other_left or other_right <= left
    for mark in drawing.marks:
        for y, left, right in all_boxes:
            if drawing.line < y < mark.y:
                assert not left < mark.x < right


@given(DATES)
@settings(max_examples=60, deadline=None)
def test_labels_cover_neither_each_other_nor_a_stem(dates: list[tuple[date, str]]) -> None:
    deadlines = [Deadline(f"d{n}", text, day=day) for n, (day, text) in enumerate(dates)]

    check(draw((), deadlines, NOW))


def test_the_real_year_fits_a_desktop() -> None:
    real = real_season()

    drawing = draw(stretches(real.phases, real.deadlines), real.deadlines, NOW)

    check(drawing)
    assert drawing.width == 1088
    assert drawing.height < 600
    assert len(drawing.marks) == len(real.deadlines)


def test_a_year_in_the_far_future_makes_no_endless_drawing() -> None:
    deadlines = [
        Deadline("now", "now", day=date(2011, 1, 1)),
        Deadline("far", "far", day=date(9998, 12, 1)),
    ]

    drawing = draw((), deadlines, NOW)

    assert drawing.width <= 2500
    assert len(drawing.ticks) <= 30


def test_hundreds_of_dates_are_drawn_in_a_moment() -> None:
    at = datetime(2011, 1, 1, tzinfo=UTC)
    many = [Deadline(f"d{n}", "a date", at=at + timedelta(hours=n)) for n in range(500)]

    began = time.perf_counter()
    drawing = draw((), many, NOW)

    assert len(drawing.marks) == MOST_MARKS
    assert time.perf_counter() - began < 2
