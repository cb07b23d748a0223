"""A small IRC server inside the demo's own process: one network, one machine, no services."""

from gsocbot.demo.server.listening import Server

__all__ = ["Server"]
