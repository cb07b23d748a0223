"""Checklists."""

from gsocbot.commands import checklist_care, checklists
from gsocbot.commands.command import Command, Where
from gsocbot.rules.roles import Level
from gsocbot.talk import Kind

CHECKLISTS: tuple[Command, ...] = (
    Command(
        checklists.checklist,
        kind=Kind.CHECKLIST,
        who=Level.REGISTERED,
        example="!checklist",
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
    Command(
        checklist_care.checklist_behind,
        kind=Kind.CHECKLIST,
        who=Level.MENTOR,
        where=Where.ALONE,
    ),
    Command(
        checklist_care.checklist_note,
        kind=Kind.CHECKLIST,
        who=Level.MENTOR,
        where=Where.ALONE,
        changes=True,
        spelled=True,
        example="!checklist note priya 6 split milestone 3 in two",
    ),
    Command(
        checklist_care.checklist_give,
        kind=Kind.CHECKLIST,
        who=Level.ORGANISER,
        where=Where.ALONE,
        changes=True,
        spelled=True,
        example="!checklist give final all",
    ),
    Command(
        checklists.checklist_templates,
        lists=True,
        kind=Kind.CHECKLIST,
        who=Level.MENTOR,
        where=Where.PRIVATE,
    ),
)
