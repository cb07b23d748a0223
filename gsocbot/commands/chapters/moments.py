"""Moments of a hackathon: demos, help, where people are, the evening, and what comes of it."""

from gsocbot.commands.command import Command

MOMENTS: tuple[Command, ...] = ()
