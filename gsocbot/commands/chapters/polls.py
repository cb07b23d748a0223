"""Polls: asked, voted on, and ended."""

from gsocbot.commands import polls, voting
from gsocbot.commands.command import Command
from gsocbot.rules.roles import Level
from gsocbot.talk import Kind

POLLS: tuple[Command, ...] = (
    Command(polls.polls, kind=Kind.POLL, lists=True),
    Command(polls.poll, kind=Kind.POLL, example="!poll 3"),
    Command(
        voting.vote,
        kind=Kind.POLL,
        changes=True,
        unlogged=True,
        example="!vote 3 2",
    ),
    Command(polls.poll_results, kind=Kind.POLL, example="!poll results 3"),
    Command(
        polls.poll_add,
        kind=Kind.POLL,
        who=Level.MENTOR,
        changes=True,
        example='!poll add "Keep the list?" keep | archive | merge until 31 mar',
    ),
    Command(
        polls.poll_extend,
        kind=Kind.POLL,
        who=Level.MENTOR,
        changes=True,
        example="!poll extend 3 4 apr",
    ),
    Command(
        polls.poll_close,
        kind=Kind.POLL,
        who=Level.MENTOR,
        changes=True,
        spelled=True,
        example="!poll close 3",
    ),
    Command(
        polls.poll_drop,
        kind=Kind.POLL,
        who=Level.MENTOR,
        changes=True,
        spelled=True,
        example="!poll drop 3",
    ),
)
