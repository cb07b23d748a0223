"""Lines that a server might send, most of them odd: a grammar, and damage to its bytes."""

from collections.abc import Callable, Iterator, Sequence
from random import Random

from tests.fuzz.vocabulary import (
    ACCOUNTS,
    CAPS,
    CHANNELS,
    ENDS,
    FIELDS,
    HOSTS,
    ME,
    MODES,
    NICKS,
    NUMERICS,
    OFTEN,
    OFTENER,
    SERVERS,
    TAGS,
    TEXTS,
    TOKENS,
    WEIRD_BYTES,
)


class Grammar:
    """Makes lines up; the same `random` makes the same lines."""

    def __init__(self, random: Random) -> None:
        self._random = random
        one = random.choice
        self._numbers = (NUMERICS, OFTEN, OFTENER)
        self._kinds: dict[str, Callable[[], list[str]]] = {
            "PRIVMSG": lambda: [one((*CHANNELS, ME)), one(TEXTS)],
            "NOTICE": lambda: [one((*CHANNELS, ME, "*")), one(TEXTS)],
            "TAGMSG": lambda: [one(CHANNELS)],
            "JOIN": lambda: [one(CHANNELS), *one(([], [one(ACCOUNTS), one(TEXTS)]))],
            "PART": lambda: [one(CHANNELS), one(TEXTS)],
            "QUIT": lambda: [one(TEXTS)],
            "KICK": lambda: [one(CHANNELS), one(NICKS), one(TEXTS)],
            "NICK": lambda: [one(NICKS)],
            "MODE": lambda: [one((*CHANNELS, *NICKS)), one(MODES), one(NICKS)],
            "TOPIC": lambda: [one(CHANNELS), one(TEXTS)],
            "ACCOUNT": lambda: [one(ACCOUNTS)],
            "CHGHOST": lambda: [one(("u", "~u", "")), one(HOSTS)],
            "SETNAME": lambda: [one(TEXTS)],
            "AWAY": lambda: [one(TEXTS)],
            "INVITE": lambda: [one(NICKS), one(CHANNELS)],
            "CAP": lambda: [
                one((ME, "*")),
                one(("LS", "ACK", "NAK", "NEW", "DEL", "LIST", "ls", "")),
                *one(([], ["*"])),
                " ".join(self._some(CAPS)),
            ],
            "BATCH": lambda: [
                one(("+1", "-1", "+☃", "+", "-", "")),
                one(("chathistory", "netsplit", "netjoin", "")),
                one(CHANNELS),
            ],
            "AUTHENTICATE": lambda: [one(("+", "", "x" * 400, "☃"))],
            "PING": lambda: [one((*TEXTS, "LAG 1"))],
            "PONG": lambda: ["irc.test", one((*TEXTS, "gsocbot-1"))],
            "WALLOPS": lambda: [one(TEXTS)],
            "FAIL": lambda: ["*", one(("CODE", "")), one(TEXTS)],
            "WARN": lambda: [one(("JOIN", "*")), "CODE", one(CHANNELS), one(TEXTS)],
            "NOTE": lambda: ["*", "CODE", one(TEXTS)],
            "KILL": lambda: ["eve", one(TEXTS)],
            "ACK": list,
            "☃": lambda: [one(TEXTS)],
        }
        self._commands = (*self._kinds, *(("NUMERIC",) * 18))

    def line(self) -> bytes:
        """A line with its end, which may be damaged."""
        random = self._random
        raw = self._whole().encode("utf-8", "surrogatepass")
        if random.random() < 0.4:
            for _ in range(random.randint(1, 3)):
                raw = self._damaged(raw)
        return raw + random.choice(ENDS)

    def _whole(self) -> str:
        random, one = self._random, self._random.choice
        command = one(self._commands)
        if command == "NUMERIC":
            command = one(one(self._numbers))
            params = self._numeric(command)
        else:
            params = self._kinds[command]()
        if random.random() < 0.25:
            params = self._odd(params)
        if random.random() < 0.05:
            command = command.lower()
        blank = " " if random.random() < 0.95 else "  "
        if params and (random.random() < 0.6 or not params[-1] or " " in params[-1]):
            params = [*params[:-1], f":{params[-1]}"]
        words = [*self._tags(), *self._prefix(), command, *params]
        return blank.join(words)

    def _numeric(self, code: str) -> list[str]:
        one = self._random.choice
        me = one((ME, ME, ME, "*", "Guest1", ""))
        match code:
            case "005":
                return [me, *self._some(TOKENS), "are supported by this server"]
            case "353":
                signs = one(("", "@", "@+", "~&@%+!."))
                names = [f"{signs}{one(NICKS)}{one(('', '!u@h', '!'))}" for _ in range(9)]
                return [me, one("=@*"), one(CHANNELS), " ".join(names)]
            case "354":
                return [me, *self._some(FIELDS)]
            case "396":
                return [me, one(HOSTS), one(TEXTS)]
            case "730" | "731":
                return [me, ",".join(f"{one(NICKS)}!u@h" for _ in range(3))]
            case _:
                first = one((*NICKS, *CHANNELS))
                return [me, first, *self._some(ACCOUNTS), one(TEXTS)]

    def _odd(self, params: list[str]) -> list[str]:
        random = self._random
        match random.randrange(5):
            case 0:
                return params[: random.randint(0, len(params))]
            case 1:
                return params[random.randint(0, len(params)) :]
            case 2:
                return [*params, *self._some(TEXTS)]
            case 3:
                return random.sample(params, len(params))
            case _:
                return [random.choice((word, "", "☃", "\x00")) for word in params]

    def _tags(self) -> list[str]:
        return [f"@{';'.join(self._some(TAGS))}"] if self._random.random() < 0.3 else []

    def _prefix(self) -> list[str]:
        one = self._random.choice
        match self._random.randrange(10):
            case 0:
                return []
            case 1:
                return [f":{one(SERVERS)}"]
            case 2:
                return [f":{one(NICKS)}{one(('', '!', '@h', '!u', '!@', '!u@', '!u@h!u@h'))}"]
            case 3:
                return [f":{one((ME, ME.upper(), 'Guest1'))}!bot@host.test"]
            case _:
                return [f":{one(NICKS)}!u@{one(HOSTS)}"]

    def _some(self, words: Sequence[str]) -> list[str]:
        return self._random.choices(words, k=self._random.randint(0, 4))

    def _damaged(self, raw: bytes) -> bytes:
        random = self._random
        at = random.randint(0, len(raw))
        upto = min(len(raw), at + random.randint(1, 12))
        match random.randrange(6):
            case 0 if at < len(raw):
                return raw[:at] + bytes([raw[at] ^ (1 << random.randrange(8))]) + raw[at + 1 :]
            case 1:
                new = random.choice((*WEIRD_BYTES, random.randbytes(1)))
                return raw[:at] + new + raw[at:]
            case 2:
                return raw[:at] + raw[upto:]
            case 3:
                return raw[:upto] + raw[at:upto] * random.choice((1, 1, 2, 50)) + raw[upto:]
            case 4:
                return raw[:at]
            case _:
                return raw[at:upto] + raw[:at] + raw[upto:]


def segments(raw: bytes, random: Random) -> Iterator[bytes]:
    """Bytes in parts, as TCP may deliver them."""
    cuts = {random.randrange(len(raw) + 1) for _ in range(random.randint(0, 30))}
    if random.random() < 0.2:
        at = random.randrange(len(raw) + 1)
        cuts.update(range(at, min(len(raw), at + 60)))
    start = 0
    for end in (*sorted(cuts), len(raw)):
        if end > start:
            yield raw[start:end]
            start = end
