"""Hackathons: the days, the people and the topics."""

from gsocbot.commands.command import Command

HACKATHON: tuple[Command, ...] = ()
