"""Mail: the daily one to organisers, and a test of the server that takes it."""

from gsocbot.mail.post import Post, try_out
from gsocbot.mail.sending import Unsent

__all__ = ["Post", "Unsent", "try_out"]
