"""The composition root: builds the parts, hands them to each other, starts and stops them."""

from gsocbot.app.clock import clock
from gsocbot.app.opening import (
    build_site,
    deed_of_folder,
    deed_of_shell,
    keep_seasons,
    look,
    open_bot,
    read_folder,
)
from gsocbot.app.running import App, serve
from gsocbot.app.state import alone

__all__ = [
    "App",
    "alone",
    "build_site",
    "clock",
    "deed_of_folder",
    "deed_of_shell",
    "keep_seasons",
    "look",
    "open_bot",
    "read_folder",
    "serve",
]
