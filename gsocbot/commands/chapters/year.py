"""The year: its dates, and what is due."""

from gsocbot.commands import (
    countdowns,
    deadlines,
    import_dates,
    timeline,
)
from gsocbot.commands.command import Command, Where
from gsocbot.rules.roles import Level
from gsocbot.talk import Kind

YEAR: tuple[Command, ...] = (
    Command(timeline.due, kind=Kind.TIMELINE, example="!due mentors"),
    Command(
        timeline.timeline, lists=True, kind=Kind.TIMELINE, short=("tl",), example="!timeline all"
    ),
    Command(timeline.deadline, kind=Kind.TIMELINE, example="!deadline midterm-mentor"),
    Command(
        deadlines.deadline_add,
        kind=Kind.TIMELINE,
        who=Level.ORGANISER,
        changes=True,
        spelled=True,
        example="!deadline add summit-register 20 sep 19:00 register for the summit for mentors",
    ),
    Command(
        deadlines.deadline_move,
        kind=Kind.TIMELINE,
        who=Level.ORGANISER,
        changes=True,
        spelled=True,
        example="!deadline move midterm-mentor 16 jul 19:00",
    ),
    Command(
        deadlines.deadline_announce,
        kind=Kind.TIMELINE,
        who=Level.ORGANISER,
        changes=True,
        spelled=True,
        example="!deadline announce midterm-mentor",
    ),
    Command(
        countdowns.deadline_internal,
        kind=Kind.TIMELINE,
        who=Level.ORGANISER,
        changes=True,
        spelled=True,
        example="!deadline internal midterm-mentor -3d",
    ),
    Command(
        countdowns.deadline_remind,
        kind=Kind.TIMELINE,
        who=Level.ORGANISER,
        changes=True,
        spelled=True,
        example="!deadline remind midterm-mentor 5d,3d,1d,6h",
    ),
    Command(
        deadlines.deadline_drop,
        kind=Kind.TIMELINE,
        who=Level.ORGANISER,
        changes=True,
        spelled=True,
        example="!deadline drop summit-register",
    ),
    Command(
        import_dates.deadline_import,
        kind=Kind.TIMELINE,
        who=Level.ORGANISER,
        where=Where.ORGANISERS,
        changes=True,
        spelled=True,
        example="!deadline import 2026",
    ),
    Command(
        countdowns.ack,
        kind=Kind.TIMELINE,
        who=Level.ORGANISER,
        changes=True,
        spelled=True,
        guess=False,
        example="!ack org-application",
    ),
    Command(timeline.time, kind=Kind.TIMELINE, example="!time 8 apr 19:00 Asia/Kolkata"),
)
