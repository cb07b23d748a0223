"""Checklists."""

from gsocbot.commands import checklists
from gsocbot.commands.command import Command, Where
from gsocbot.rules.roles import Level
from gsocbot.talk import Kind

CHECKLISTS: tuple[Command, ...] = (
    Command(checklists.checklist, kind=Kind.CHECKLIST, who=Level.REGISTERED, where=Where.PRIVATE),
    Command(
        checklists.checklist_templates,
        lists=True,
        kind=Kind.CHECKLIST,
        who=Level.MENTOR,
        where=Where.PRIVATE,
    ),
    Command(
        checklists.check,
        kind=Kind.CHECKLIST,
        who=Level.REGISTERED,
        changes=True,
        short=("done",),
        example="!check 6",
    ),
    Command(
        checklists.uncheck,
        kind=Kind.CHECKLIST,
        who=Level.REGISTERED,
        changes=True,
        example="!uncheck 6",
    ),
)
