"""A channel's log as clients and bots write it, read into the lines that people said."""

from gsocbot.importers.meeting_log.reading import Log, log_of, read_log

__all__ = ["Log", "log_of", "read_log"]
