"""Nicks, channel names and masks: what may be one, and when two are the same."""

import re
import string

NICKLEN = 30
CHANNELLEN = 64

_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
_NICK = re.compile(r"[A-Za-z\[\]\\`_^{|}][A-Za-z0-9\[\]\\`_^{|}-]*")
_CHANNEL = re.compile(r"#[^\x00-\x20,\x7f]+")
_NOT_USER = re.compile(r"[^A-Za-z0-9._-]")


def fold(name: str) -> str:
    """The form in which two spellings of one name are equal (CASEMAPPING=ascii)."""
    return name.translate(_LOWER)


def is_nick(name: str) -> bool:
    """Whether RFC 2812 lets a person be called this."""
    return len(name) <= NICKLEN and _NICK.fullmatch(name) is not None


def is_channel(name: str) -> bool:
    """Whether a channel may be called this."""
    return len(name.encode("utf-8", "surrogateescape")) <= CHANNELLEN and bool(
        _CHANNEL.fullmatch(name)
    )


def user_name(typed: str) -> str:
    """The user part of an address, made of what a client gave."""
    return _NOT_USER.sub("", typed)[:10] or "user"


def full_mask(mask: str) -> str:
    """A ban as it is kept: nick!user@host, with stars for what was left out."""
    nick, bang, rest = mask.partition("!")
    if not bang and "@" in nick:
        nick, rest = "*", nick
    user, _, host = rest.partition("@")
    return f"{nick or '*'}!{user or '*'}@{host or '*'}"


def matches(mask: str, address: str) -> bool:
    """Whether an address fits a mask with * and ?."""
    # No regular expression: a mask of many stars would keep the whole server busy.
    pattern, text = fold(mask), fold(address)
    at, star, retry = 0, -1, 0
    here = 0
    while here < len(text):
        if at < len(pattern) and pattern[at] == "*":
            star, retry = at, here
            at += 1
        elif at < len(pattern) and pattern[at] in ("?", text[here]):
            at += 1
            here += 1
        elif star >= 0:
            retry += 1
            at, here = star + 1, retry
        else:
            return False
    return not pattern[at:].strip("*")
