"""Small lists: what a careful reader finds in them, the importer finds."""

import pytest

from gsocbot.importers.lists import FoundIdea, read_list
from tests.importers.odd_samples import ODD_SAMPLES
from tests.importers.samples import SAMPLES
from tests.importers.styles import IDEAS, STYLES, file_name, labels

ALL = {**SAMPLES, **ODD_SAMPLES}
LABELINGS = 3
"""Choices of labels for each style."""


def in_short(idea: FoundIdea) -> str:
    """Title | mentors | levels | hours"""
    title = f"{idea.title} (draft)" if idea.draft else idea.title
    hours = ", ".join(map(str, idea.size_hours))
    return " | ".join((title, ", ".join(idea.mentors), ", ".join(idea.levels), hours)).rstrip()


@pytest.mark.parametrize("sample", ALL)
def test_a_small_list_is_read_as_people_read_it(sample: str) -> None:
    name, text, expected = ALL[sample]

    found = [in_short(idea) for idea in read_list(name, text).ideas]

    wanted = [
        " | ".join(part.strip() for part in line.split("|")).rstrip()
        for line in expected.splitlines()
    ]
    assert found == wanted


@pytest.mark.parametrize("style", STYLES)
def test_the_same_ideas_are_found_in_every_style(style: str) -> None:
    wanted = [(i.title, i.mentors, i.levels, i.hours) for i in IDEAS]
    for seed in range(LABELINGS):
        text = STYLES[style](IDEAS, labels(f"{style} {seed}"))

        found = read_list(file_name(style), text).ideas

        assert [(i.title, i.mentors, i.levels, i.size_hours) for i in found] == wanted
