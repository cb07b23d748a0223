"""A client: who it is, what it understands, and how a line gets to it."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from gsocbot.demo.server.replies import ERRORS, SERVER
from gsocbot.demo.server.wire import Line, write

Clock = Callable[[], datetime]

_NEEDS = {
    "time": "server-time",
    "account": "account-tag",
    "batch": "batch",
    "label": "labeled-response",
}


class Client:
    """One connection, from its first byte on; its nick is "*" until it has one."""

    def __init__(
        self, host: str, clock: Clock, write_bytes: Callable[[bytes], None], spoke: float
    ) -> None:
        self.host = host
        self.clock = clock
        self.signed_on = clock()
        self.spoke = spoke
        self.nick = "*"
        self.user = ""
        self.real = ""
        self.away = ""
        self.modes: set[str] = set()
        self.caps: set[str] = set()
        self.negotiating = False
        self.registered = False
        self.leaving: str | None = None
        self._write_bytes = write_bytes
        self._held: list[Line] | None = None
        self._batches = 0

    @property
    def address(self) -> str:
        """nick!user@host."""
        return f"{self.nick}!{self.user}@{self.host}"

    @property
    def account(self) -> str:
        """The services account: on this server, and only here, the nick itself."""
        return self.nick

    def line(self, command: str, *params: str, tags: Mapping[str, str] | None = None) -> Line:
        """A line that comes from this client, for others to hear."""
        own = {"time": stamp(self.clock()), "account": self.account}
        if "B" in self.modes:
            own["bot"] = ""
        return Line(command, params, self.address, own | dict(tags or {}))

    def send(self, line: Line) -> None:
        """Let the client have a line; while a label is answered, as part of that answer."""
        if self._held is None:
            self.deliver(line)
        else:
            self._held.append(line)

    def deliver(self, line: Line) -> None:
        """Write a line at once, with the tags that the client understands."""
        tags = {key: value for key, value in line.tags.items() if self._understands(key)}
        self._write_bytes(write(replace(line, tags=tags)))

    def say(self, command: str, *params: str) -> None:
        """Send a line that comes from the server itself."""
        self.send(self._from_server(command, *params))

    def reply(self, code: str, *params: str) -> None:
        """Send a numeric."""
        self.say(code, self.nick, *params)

    def refuse(self, code: str, *params: str) -> None:
        """Send an error numeric, with its usual words."""
        self.reply(code, *params, ERRORS[code])

    def hold(self) -> None:
        """Gather what is sent from now on: it is the answer to one labelled line."""
        self._held = []

    def release(self, label: str) -> None:
        """Write what was gathered, as labeled-response wants it."""
        lines, self._held = self._held or [], None
        if len(lines) > 1:
            self._release_batch(label, lines)
            return
        line = lines[0] if lines else self._from_server("ACK")
        self.deliver(replace(line, tags={**line.tags, "label": label}))

    def _release_batch(self, label: str, lines: list[Line]) -> None:
        self._batches += 1
        batch = str(self._batches)
        opening = self._from_server("BATCH", f"+{batch}", "labeled-response")
        self.deliver(replace(opening, tags={**opening.tags, "label": label}))
        for line in lines:
            self.deliver(replace(line, tags={**line.tags, "batch": batch}))
        self.deliver(self._from_server("BATCH", f"-{batch}"))

    def _from_server(self, command: str, *params: str) -> Line:
        return Line(command, params, SERVER, {"time": stamp(self.clock())})

    def _understands(self, tag: str) -> bool:
        return _NEEDS.get(tag, "message-tags") in self.caps


def stamp(moment: datetime) -> str:
    """A moment as server-time writes it."""
    text = moment.astimezone(UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")
