"""The composition root: builds the parts, hands them to each other, starts and stops them."""

from gsocbot.app.clock import clock
from gsocbot.app.forgetting import sweep_up
from gsocbot.app.links import ask_links
from gsocbot.app.opening import (
    build_site,
    deed_of_folder,
    deed_of_shell,
    exported,
    folder_of,
    keep_seasons,
    look,
    open_bot,
    read_folder,
)
from gsocbot.app.running import App
from gsocbot.app.serving import serve
from gsocbot.app.state import alone

__all__ = [
    "App",
    "alone",
    "ask_links",
    "build_site",
    "clock",
    "deed_of_folder",
    "deed_of_shell",
    "exported",
    "folder_of",
    "keep_seasons",
    "look",
    "open_bot",
    "read_folder",
    "serve",
    "sweep_up",
]
