"""Students, and the season that they are announced in."""

from gsocbot.commands import seasons, student_records, students
from gsocbot.commands.command import Command, Where
from gsocbot.rules.roles import Level
from gsocbot.talk import Kind

STUDENTS: tuple[Command, ...] = (
    Command(students.students, kind=Kind.STUDENTS, lists=True),
    Command(students.student, kind=Kind.STUDENTS, example="!student priya"),
    Command(
        students.student_add,
        kind=Kind.STUDENTS,
        who=Level.ORGANISER,
        where=Where.ALONE,
        changes=True,
        spelled=True,
        example="!student add wenjie 18 tomas",
    ),
    Command(
        student_records.student_set,
        kind=Kind.STUDENTS,
        who=Level.REGISTERED,
        where=Where.ALONE,
        changes=True,
        spelled=True,
        example="!student set wenjie backup mira",
    ),
    Command(
        student_records.student_extend,
        kind=Kind.STUDENTS,
        who=Level.ORGANISER,
        where=Where.ALONE,
        changes=True,
        spelled=True,
        example="!student extend wenjie 9 sep",
    ),
    Command(
        student_records.student_end,
        kind=Kind.STUDENTS,
        who=Level.ORGANISER,
        where=Where.ALONE,
        changes=True,
        spelled=True,
        example="!student end wenjie",
    ),
    Command(
        student_records.student_resume,
        kind=Kind.STUDENTS,
        who=Level.ORGANISER,
        where=Where.ALONE,
        changes=True,
        spelled=True,
        example="!student resume wenjie",
    ),
    Command(
        student_records.student_remove,
        kind=Kind.STUDENTS,
        who=Level.ORGANISER,
        where=Where.ALONE,
        changes=True,
        spelled=True,
        example="!student remove wenjie",
    ),
    Command(seasons.season, kind=Kind.SEASON, guess=False),
    Command(
        seasons.season_announce,
        kind=Kind.SEASON,
        who=Level.ORGANISER,
        where=Where.ORGANISERS,
        changes=True,
        spelled=True,
    ),
    Command(
        seasons.season_new,
        kind=Kind.SEASON,
        who=Level.ORGANISER,
        where=Where.ORGANISERS,
        spelled=True,
        example="!season new 2027",
    ),
    Command(
        seasons.season_close,
        kind=Kind.SEASON,
        who=Level.ORGANISER,
        where=Where.ORGANISERS,
        changes=True,
        spelled=True,
    ),
)
