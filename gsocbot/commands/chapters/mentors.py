"""Mentors: who they are, when they are there, what they mentor."""

from gsocbot.commands import (
    absences,
    mentor_load,
    mentoring,
    mentors,
)
from gsocbot.commands.command import Command, Where
from gsocbot.rules.roles import Level
from gsocbot.talk import Kind

MENTORS: tuple[Command, ...] = (
    Command(mentors.mentors, lists=True, kind=Kind.MENTORS, example="!mentors libxl"),
    Command(mentors.who, kind=Kind.MENTORS, guess=False),
    Command(mentors.mentor, kind=Kind.MENTORS, example="!mentor mira"),
    Command(
        mentoring.mentor_offer,
        kind=Kind.MENTORS,
        who=Level.REGISTERED,
        changes=True,
        spelled=True,
        example="!mentor offer 20",
    ),
    Command(
        mentoring.mentor_withdraw,
        kind=Kind.MENTORS,
        who=Level.REGISTERED,
        changes=True,
        spelled=True,
        example="!mentor withdraw 20",
    ),
    Command(
        absences.mentor_hours,
        kind=Kind.MENTORS,
        who=Level.MENTOR,
        where=Where.PRIVATE,
        changes=True,
        spelled=True,
        example="!mentor hours 16-20 UTC on weekdays",
    ),
    Command(
        absences.mentor_away,
        kind=Kind.MENTORS,
        who=Level.MENTOR,
        where=Where.PRIVATE,
        changes=True,
        spelled=True,
        example="!mentor away 11 jul-20 jul backup tomas",
    ),
    Command(
        absences.mentor_back,
        kind=Kind.MENTORS,
        who=Level.MENTOR,
        where=Where.PRIVATE,
        changes=True,
        spelled=True,
    ),
    Command(
        absences.mentor_agree,
        kind=Kind.MENTORS,
        who=Level.MENTOR,
        where=Where.PRIVATE,
        changes=True,
        spelled=True,
        example="!mentor agree mira",
    ),
    Command(
        absences.mentor_decline,
        kind=Kind.MENTORS,
        who=Level.MENTOR,
        where=Where.PRIVATE,
        changes=True,
        spelled=True,
        example="!mentor decline mira",
    ),
    Command(
        mentoring.mentor_add,
        kind=Kind.MENTORS,
        who=Level.ORGANISER,
        changes=True,
        spelled=True,
        example="!mentor add hauke 3, 21",
    ),
    Command(
        mentoring.mentor_remove,
        kind=Kind.MENTORS,
        who=Level.ORGANISER,
        changes=True,
        spelled=True,
        example="!mentor remove hauke 21",
    ),
    Command(
        mentor_load.mentor_load,
        kind=Kind.MENTORS,
        who=Level.ORGANISER,
        where=Where.PRIVATE,
        lists=True,
        spelled=True,
    ),
)
