"""The whole bot without a network: a line is heard, or a moment comes; one transaction for each."""

from gsocbot.bot.bot import Bot, own_version

__all__ = ["Bot", "own_version"]
