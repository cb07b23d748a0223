"""Polls: what one can be asked, and in which ways."""

from enum import StrEnum


class PollKind(StrEnum):
    """How a vote looks."""

    ONE = "one"
    MULTI = "multi"  # any number of options
    RANKED = "ranked"  # options in the order in which they are liked


class Audience(StrEnum):
    """Who may vote; everybody needs an account."""

    ALL = "all"
    MENTORS = "mentors"
