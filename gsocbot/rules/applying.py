"""Applying: until when, and how somebody says where their draft is."""

from datetime import datetime

from gsocbot.rules.links import is_here_only, refusal
from gsocbot.rules.nudging import CLOSES
from gsocbot.rules.timeline import Deadline
from gsocbot.talk import Kind, Refused

LONGEST = 300
HOW = "write it like !me proposal 7 https://…"

__all__ = ["CLOSES", "check_open", "read_address"]


def check_open(closes: Deadline | None, now: datetime) -> None:
    """Refuse what is for applicants once nobody can apply any more."""
    if closes is not None and now >= closes.passes_at:
        raise Refused(
            "applications are closed; what is on Google's site counts, and cannot be changed now. "
            "Nothing is noted. See !timeline",
            Kind.REFUSAL,
        )


def read_address(text: str) -> tuple[str, str]:
    """Read the words of an idea, which may be missing, and the address behind them."""
    *words, url = text.split() or [""]
    if len(url) > LONGEST:
        raise Refused(f"that address is longer than {LONGEST} letters; {HOW}")
    if "://" not in url or not url.isprintable():
        raise Refused(f"that is no address; {HOW}")
    if wrong := refusal(url):
        raise Refused(f"that is no address for a draft ({wrong}); {HOW}")
    if is_here_only(url):
        raise Refused("nobody else can open an address of your own machine; share it first")
    return " ".join(words).removeprefix("idea ").removeprefix("#"), url
