"""Who is on: in the order in which they signed up, for one session or for all, and not off."""

from datetime import date

import pytest

from gsocbot.rules.roster import Duty, on

DAY, OTHER = date(2026, 4, 8), date(2026, 4, 15)
MIRA = ("net", "mira")
TOMAS = ("net", "tomas")
ALL, ONE = Duty(None, *MIRA), Duty(DAY, *MIRA)
OFF = Duty(DAY, *MIRA, off=True)


@pytest.mark.parametrize(
    ("duties", "expected"),
    [
        ([], []),
        ([ONE], [MIRA]),
        ([Duty(OTHER, *MIRA)], []),
        ([ALL], [MIRA]),
        ([ALL, OFF], []),
        ([OFF, ALL], []),
        ([ALL, Duty(OTHER, *MIRA, off=True)], [MIRA]),
        ([ALL, Duty(DAY, "elsewhere", "mira", off=True)], [MIRA]),
        ([Duty(DAY, *TOMAS), ALL], [TOMAS, MIRA]),
        ([ALL, Duty(DAY, *TOMAS), ONE], [MIRA, TOMAS]),
        ([ONE, Duty(DAY, "elsewhere", "mira")], [MIRA, ("elsewhere", "mira")]),
    ],
)
def test_who_is_on(duties: list[Duty], expected: list[tuple[str, str]]) -> None:
    assert on(duties, DAY) == expected
