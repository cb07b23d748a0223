"""What a server offers and what it has granted, from the first CAP to the last.

IRCv3 capability negotiation (https://ircv3.net/specs/extensions/capability-negotiation), 302.
"""

from collections.abc import Callable, Sequence

WANTED = frozenset(
    {
        # who says what, when, by which account; `bot` and `msgid` are tags that come along
        *("message-tags", "server-time", "account-tag", "account-notify", "extended-join"),
        # what has become of our own lines
        *("echo-message", "labeled-response", "batch", "standard-replies"),
        # who is there, under which name and host
        *("multi-prefix", "userhost-in-names", "chghost", "setname", "invite-notify"),
        "cap-notify",
        # with it a server replays nothing by itself, so old lines are not taken for new ones
        "draft/chathistory",
    }
)


class Capabilities:
    """The capabilities of one connection. `send` sends a line."""

    def __init__(self, send: Callable[[str], object]) -> None:
        self._send = send
        self._asked: list[list[str]] = []
        self.offered: dict[str, str] = {}
        self.granted: set[str] = set()

    @property
    def settled(self) -> bool:
        """Whether every request has been answered."""
        return not self._asked

    def offer(self, words: Sequence[str]) -> None:
        """Take what is offered: NAME or NAME=VALUE (LS, NEW)."""
        for word in words:
            name, _, value = word.partition("=")
            self.offered[name] = value

    def request(self, *more: str) -> bool:
        """Ask for what is wanted, offered and not granted; whether there is anything to ask for."""
        wanted = [*sorted(WANTED & self.offered.keys() - self.granted), *more]
        if wanted:
            self._ask(wanted)
        return bool(wanted)

    def acknowledge(self, words: Sequence[str]) -> None:
        """The server has granted something, or with a minus taken it back (ACK)."""
        for word in words:
            name = word.lstrip("-~=")
            (self.granted.discard if word.startswith("-") else self.granted.add)(name)
            for request in self._asked:
                if name in request:
                    request.remove(name)
        self._asked = [request for request in self._asked if request]

    def refuse(self, words: Sequence[str]) -> None:
        """The server takes none of a request (NAK): each is asked for on its own then.

        Its words may be cut short, so what counts is what was asked.
        """
        about = [request for request in self._asked if words and words[0] in request]
        for request in (about or self._asked)[:1]:
            self._asked.remove(request)
            for name in request:
                if len(request) > 1:
                    self._ask([name])
                else:
                    self.offered.pop(name, None)

    def end(self, words: Sequence[str]) -> None:
        """The server no longer has something (DEL)."""
        self.granted.difference_update(words)
        for name in words:
            self.offered.pop(name, None)

    def _ask(self, names: Sequence[str]) -> None:
        self._asked.append(list(names))
        self._send(f"CAP REQ :{' '.join(names)}")
