"""Meaning: a small model that finds texts alike that share no word; docs/semantic.md says more."""

from gsocbot.meaning.files import Files, installed
from gsocbot.meaning.reader import Reader

__all__ = ["Files", "Reader", "installed"]
