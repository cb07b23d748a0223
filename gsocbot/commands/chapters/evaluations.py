"""Evaluations: that they are sent, never what is in them."""

from functools import partial

from gsocbot.commands import evaluations
from gsocbot.commands.command import Command, Where
from gsocbot.rules.evaluations import read
from gsocbot.rules.roles import Level
from gsocbot.talk import Kind

EVALUATIONS: tuple[Command, ...] = (
    Command(
        evaluations.eval_,
        kind=Kind.EVALUATION,
        who=Level.MENTOR,
        where=Where.ALONE,
        reads=partial(read, names=1),
    ),
    Command(
        evaluations.eval_by,
        kind=Kind.EVALUATION,
        who=Level.MENTOR,
        where=Where.ALONE,
        changes=True,
        reads=partial(read, names=2),
        example="!eval by priya mira",
    ),
    Command(
        evaluations.eval_done,
        kind=Kind.EVALUATION,
        who=Level.MENTOR,
        where=Where.ALONE,
        changes=True,
        reads=partial(read, names=1),
        example="!eval done priya midterm",
    ),
    Command(
        evaluations.eval_undone,
        kind=Kind.EVALUATION,
        who=Level.MENTOR,
        where=Where.ALONE,
        changes=True,
        reads=partial(read, names=1),
        example="!eval undone priya",
    ),
    Command(
        evaluations.eval_missing,
        kind=Kind.EVALUATION,
        who=Level.ORGANISER,
        where=Where.ALONE,
        reads=partial(read, names=0),
    ),
)
