"""Ideas: finding, following and writing them."""

from gsocbot.commands import (
    drafts,
    folder,
    following,
    ideas,
)
from gsocbot.commands.command import Command, Where
from gsocbot.rules.roles import Level
from gsocbot.talk import Kind

IDEAS: tuple[Command, ...] = (
    Command(ideas.ideas, lists=True, kind=Kind.IDEAS, example="!ideas scheduler"),
    Command(ideas.idea, kind=Kind.IDEA, example="!idea 7"),
    Command(ideas.idea_contact, kind=Kind.CONTACT, example="!idea contact 7"),
    Command(
        following.idea_interested,
        kind=Kind.IDEA,
        who=Level.REGISTERED,
        where=Where.PRIVATE,
        changes=True,
        example="!idea interested 7",
    ),
    Command(
        following.idea_uninterested,
        kind=Kind.IDEA,
        who=Level.REGISTERED,
        where=Where.PRIVATE,
        changes=True,
    ),
    Command(
        following.idea_watch,
        kind=Kind.IDEA,
        who=Level.REGISTERED,
        changes=True,
        example="!idea watch 7",
    ),
    Command(following.idea_unwatch, kind=Kind.IDEA, who=Level.REGISTERED, changes=True),
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
    Command(
        folder.idea_import,
        kind=Kind.IDEA,
        who=Level.ORGANISER,
        where=Where.ORGANISERS,
        changes=True,
        spelled=True,
    ),
    Command(
        folder.idea_export,
        kind=Kind.IDEA,
        who=Level.ORGANISER,
        where=Where.ORGANISERS,
        changes=True,
        spelled=True,
    ),
)
