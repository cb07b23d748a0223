"""Evaluations: that they are sent, never what is in them."""

from gsocbot.commands.command import Command

EVALUATIONS: tuple[Command, ...] = ()
