"""Polls: asked, voted on, and ended."""

from gsocbot.commands.command import Command

POLLS: tuple[Command, ...] = ()
