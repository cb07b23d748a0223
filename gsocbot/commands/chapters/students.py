"""Students, and the season that they are announced in."""

from gsocbot.commands import seasons, students
from gsocbot.commands.command import Command, Where
from gsocbot.rules.roles import Level
from gsocbot.talk import Kind

STUDENTS: tuple[Command, ...] = (
    Command(students.students, kind=Kind.STUDENTS, lists=True),
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
        seasons.season_announce,
        kind=Kind.STUDENTS,
        who=Level.ORGANISER,
        where=Where.ORGANISERS,
        changes=True,
        spelled=True,
    ),
)
