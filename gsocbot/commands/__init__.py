"""The commands, listed by hand in the order in which !help and the manual show them."""

from gsocbot.commands import (
    checklists,
    drafts,
    faq,
    general,
    ideas,
    mentors,
    office,
    questions,
    roles,
    timeline,
)
from gsocbot.commands.command import Command, Where
from gsocbot.rules.roles import Level
from gsocbot.talk import Kind

ALL: tuple[Command, ...] = (
    # General
    Command(general.help_, kind=Kind.HELP, guess=False, example="!help idea contact"),
    Command(general.more, kind=Kind.OTHER, guess=False),
    Command(general.about, kind=Kind.HELP, guess=False),
    Command(general.me, who=Level.REGISTERED, where=Where.PRIVATE),
    Command(general.me_season, where=Where.PRIVATE, example="!me season xen-2011"),
    Command(general.me_code, where=Where.PRIVATE, changes=True, example="!me code 4711-8302"),
    Command(general.undo, who=Level.REGISTERED, changes=True),
    Command(general.yes, changes=True, spelled=True),
    Command(general.no, spelled=True),
    # Ideas
    Command(ideas.ideas, lists=True, kind=Kind.IDEAS, example="!ideas scheduler"),
    Command(ideas.idea, kind=Kind.IDEA, example="!idea 7"),
    Command(ideas.idea_contact, kind=Kind.CONTACT, example="!idea contact 7"),
    Command(
        drafts.idea_interested,
        kind=Kind.IDEA,
        who=Level.REGISTERED,
        where=Where.PRIVATE,
        changes=True,
        example="!idea interested 7",
    ),
    Command(
        drafts.idea_uninterested,
        kind=Kind.IDEA,
        who=Level.REGISTERED,
        where=Where.PRIVATE,
        changes=True,
    ),
    Command(
        drafts.idea_suggest,
        kind=Kind.IDEA,
        who=Level.REGISTERED,
        changes=True,
        spelled=True,
        example="!idea suggest Boot-time graphs",
    ),
    Command(
        drafts.idea_add,
        kind=Kind.IDEA,
        who=Level.MENTOR,
        changes=True,
        spelled=True,
        example="!idea add Boot-time graphs",
    ),
    Command(
        drafts.idea_set,
        kind=Kind.IDEA,
        who=Level.REGISTERED,
        changes=True,
        spelled=True,
        example="!idea set 23 outcome A tool that draws one boot",
    ),
    Command(
        drafts.idea_mentor,
        kind=Kind.IDEA,
        who=Level.ORGANISER,
        changes=True,
        spelled=True,
        example="!idea mentor 23 add mira",
    ),
    Command(drafts.idea_check, lists=True, kind=Kind.IDEA, who=Level.MENTOR),
    Command(drafts.idea_drafts, lists=True, kind=Kind.IDEA, who=Level.MENTOR),
    Command(drafts.idea_publish, kind=Kind.IDEA, who=Level.ORGANISER, changes=True, spelled=True),
    Command(drafts.idea_take, kind=Kind.IDEA, who=Level.REGISTERED, changes=True, spelled=True),
    Command(drafts.idea_free, kind=Kind.IDEA, who=Level.REGISTERED, changes=True, spelled=True),
    Command(
        drafts.idea_retire,
        kind=Kind.IDEA,
        who=Level.ORGANISER,
        changes=True,
        spelled=True,
        example="!idea retire 12 done upstream",
    ),
    Command(drafts.idea_history, kind=Kind.IDEA, who=Level.MENTOR, where=Where.PRIVATE, lists=True),
    # Questions and FAQ
    Command(
        questions.ask,
        kind=Kind.QUESTION,
        changes=True,
        spelled=True,
        guess=False,
        example="!ask 7 which kernel do the tests need?",
    ),
    Command(questions.questions, lists=True, kind=Kind.QUESTION, example="!questions mine"),
    Command(
        questions.claim,
        kind=Kind.QUESTION,
        who=Level.MENTOR,
        changes=True,
        spelled=True,
        example="!claim q12",
    ),
    Command(
        questions.answer,
        kind=Kind.QUESTION,
        who=Level.MENTOR,
        changes=True,
        spelled=True,
        example="!answer q12 use the newest one",
    ),
    Command(faq.faq, lists=True, kind=Kind.FAQ, example="!faq stipend"),
    # Mentors
    Command(mentors.mentors, lists=True, kind=Kind.MENTORS, example="!mentors libxl"),
    Command(mentors.mentor, kind=Kind.MENTORS, example="!mentor mira"),
    # Checklists
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
    # The year
    Command(timeline.due, kind=Kind.TIMELINE, example="!due mentors"),
    Command(
        timeline.timeline, lists=True, kind=Kind.TIMELINE, short=("tl",), example="!timeline all"
    ),
    Command(timeline.deadline, kind=Kind.TIMELINE, example="!deadline midterm-mentor"),
    Command(timeline.time, kind=Kind.TIMELINE, example="!time 8 apr 19:00 Asia/Kolkata"),
    # Office hours
    Command(office.office, kind=Kind.OFFICE, short=("oh",)),
    Command(office.office_list, lists=True, kind=Kind.OFFICE),
    Command(
        office.office_start,
        kind=Kind.OFFICE,
        who=Level.MENTOR,
        where=Where.CHANNEL,
        changes=True,
        spelled=True,
    ),
    Command(
        office.office_end,
        kind=Kind.OFFICE,
        who=Level.MENTOR,
        where=Where.CHANNEL,
        changes=True,
        spelled=True,
    ),
    # Administration
    Command(
        roles.role_code,
        who=Level.ORGANISER,
        where=Where.PRIVATE,
        changes=True,
        spelled=True,
        example="!role code mira",
    ),
)
