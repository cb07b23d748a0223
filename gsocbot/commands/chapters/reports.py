"""Weekly reports."""

from gsocbot.commands.command import Command

REPORTS: tuple[Command, ...] = ()
