"""General: help, yes and no, and what is one's own."""

from gsocbot.commands import (
    applying,
    general,
    me,
    me_data,
    remind,
)
from gsocbot.commands.command import Command, Where
from gsocbot.rules.roles import Level
from gsocbot.talk import Kind

GENERAL: tuple[Command, ...] = (
    Command(general.help_, kind=Kind.HELP, guess=False, example="!help idea contact"),
    Command(general.more, kind=Kind.OTHER, guess=False),
    Command(general.about, kind=Kind.HELP, guess=False),
    Command(me.me, who=Level.REGISTERED, where=Where.PRIVATE),
    Command(
        me.me_tz,
        who=Level.REGISTERED,
        where=Where.PRIVATE,
        changes=True,
        short=("tz",),
        example="!me tz Asia/Kolkata",
    ),
    Command(
        me.me_quiet,
        who=Level.REGISTERED,
        where=Where.PRIVATE,
        changes=True,
        example="!me quiet 22-08",
    ),
    Command(
        me.me_pm,
        who=Level.REGISTERED,
        where=Where.PRIVATE,
        changes=True,
        example="!me pm off",
    ),
    Command(
        me.me_public,
        who=Level.REGISTERED,
        where=Where.PRIVATE,
        changes=True,
        example="!me public on",
    ),
    Command(
        applying.me_student,
        who=Level.REGISTERED,
        where=Where.PRIVATE,
        changes=True,
        example="!me student",
    ),
    Command(
        applying.me_proposal,
        who=Level.REGISTERED,
        where=Where.ALONE,
        changes=True,
        example="!me proposal 7 https://example.org/draft",
    ),
    Command(me_data.me_export, who=Level.REGISTERED, where=Where.ALONE, changes=True),
    Command(me_data.me_forget, who=Level.REGISTERED, where=Where.ALONE, changes=True, spelled=True),
    Command(me.me_season, where=Where.PRIVATE, example="!me season xen-2011"),
    Command(me.me_code, where=Where.PRIVATE, changes=True, example="!me code 4711-8302"),
    Command(
        remind.remind,
        who=Level.REGISTERED,
        where=Where.PRIVATE,
        short=("reminders",),
        example="!remind",
    ),
    Command(
        remind.remind_me,
        who=Level.REGISTERED,
        changes=True,
        example="!remind me tomorrow 9 send the draft",
    ),
    Command(
        remind.remind_drop,
        who=Level.REGISTERED,
        where=Where.PRIVATE,
        changes=True,
        spelled=True,
        example="!remind drop 31",
    ),
    Command(
        remind.remind_later,
        who=Level.REGISTERED,
        where=Where.PRIVATE,
        changes=True,
        example="!remind later 31 2h",
    ),
    Command(general.undo, who=Level.REGISTERED, changes=True),
    Command(general.yes, changes=True, spelled=True),
    Command(general.no, changes=True, spelled=True),
)
