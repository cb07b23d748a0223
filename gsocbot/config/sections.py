"""The sections of gsocbot.toml and their keys: what each may be, and what it is if not stated."""

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from gsocbot.config.mail import Mail, SeasonMail
from gsocbot.config.parts import File, Section, is_loopback

SQLITE = "sqlite:///"
Positive = Annotated[float, Field(ge=0, le=1_000_000, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=0, le=1_000_000)]


SeasonName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$")]
NetworkName = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,32}$")]


class ChannelRole(StrEnum):
    """What a channel is for."""

    PUBLIC = "public"
    ORGANISERS = "organisers"
    HACKATHON = "hackathon"


class Bot(Section):
    """[bot]"""

    state_dir: File = Path("state")
    log_level: Literal["debug", "info", "warning", "error"] = "info"


class StoreUrl(Section):
    """[store]"""

    url: str = "sqlite:///gsocbot.db"

    @field_validator("url")
    @classmethod
    def _known(cls, value: str) -> str:
        file = value.removeprefix(SQLITE) if value.startswith(SQLITE) else ""
        server = re.match(r"postgresql(\+psycopg)?://", value)
        if "\0" in value or not (server or file) or file == ":memory:":
            raise ValueError("write sqlite:///FILE or postgresql+psycopg://USER@HOST/DATABASE")
        return value

    @property
    def file(self) -> Path | None:
        """The SQLite file; None for PostgreSQL."""
        return Path(self.url.removeprefix(SQLITE)) if self.url.startswith(SQLITE) else None


class Site(Section):
    """[site]; `base_url` is where a web server shows `dir`."""

    dir: File = Path("public")
    base_url: str = "http://127.0.0.1:8000/"

    @field_validator("base_url")
    @classmethod
    def _slash(cls, value: str) -> str:
        if not re.match(r"https?://[^\s/]+", value):
            raise ValueError("write an address that begins with http:// or https://")
        return value if value.endswith("/") else f"{value}/"


class Limits(Section):
    """[limits]; 0 switches one off."""

    burst: Count = 5
    seconds_per_line: Positive = 1.2
    commands_per_minute: Count = 12
    queue_lines: Count = 100


class Links(Section):
    """[links]"""

    check: bool = True


class SeasonConfig(Section):
    """[season.NAME]"""

    folder: File | None = None
    keep_days: Annotated[int, Field(ge=30)] = 365
    mail: SeasonMail | None = None


class Mechanism(StrEnum):
    """How to log in (SASL)."""

    PLAIN = "plain"
    EXTERNAL = "external"
    SCRAM_SHA_256 = "scram-sha-256"
    ECDSA = "ecdsa-nist256p-challenge"


class Sasl(Section):
    """[network.NAME.sasl]; the password stands in a file of its own, 0600."""

    mechanism: Annotated[Mechanism, Field(strict=False)]
    username: str = ""
    password_file: File | None = None
    cert_file: File | None = None
    key_file: File | None = None

    @field_validator("mechanism", mode="before")
    @classmethod
    def _any_case(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value

    @field_validator("username")
    @classmethod
    def _sayable(cls, value: str) -> str:
        if "\0" in value:
            raise ValueError("no account has a NUL in its name")
        return value

    @model_validator(mode="after")
    def _complete(self) -> Self:
        lacking = [name for name in _NEEDED[self.mechanism] if not getattr(self, name)]
        if lacking:
            raise ValueError(f"{self.mechanism} needs {' and '.join(lacking)}")
        return self


_NEEDED = {
    Mechanism.PLAIN: ("username", "password_file"),
    Mechanism.EXTERNAL: ("cert_file",),
    Mechanism.SCRAM_SHA_256: ("username", "password_file"),
    Mechanism.ECDSA: ("username", "key_file"),
}


class Channel(Section):
    """[network.NAME.channels."#channel"]"""

    season: str
    role: Annotated[ChannelRole, Field(strict=False)] = ChannelRole.PUBLIC
    key: Annotated[str, Field(pattern=r"^[^\s,:\x00]*$")] = ""
    prefix: Annotated[str, Field(max_length=3, pattern=r"^[^\s\w]*$")] = "!"
    faq_words: bool = False


@dataclass(frozen=True, slots=True)
class Server:
    """One of a network's servers."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


class Network(Section):
    """[network.NAME]; plain text only to loopback, elsewhere it must be asked for."""

    host: Annotated[str, Field(min_length=1, pattern=r"^[^\s/]+$")]
    port: Annotated[int, Field(ge=1, le=65535)] = 6697
    more_servers: Annotated[tuple[str, ...], Field(strict=False)] = ()
    server_password_file: File | None = None
    tls: bool = True
    tls_ca: File | None = None
    tls_fingerprints: Annotated[tuple[str, ...], Field(strict=False)] = ()
    insecure_plaintext: bool = False
    nick: Annotated[str, Field(pattern=r"^[A-Za-z\[\]\\`_^{|}][-0-9A-Za-z\[\]\\`_^{|}]{0,29}$")] = (
        "gsocbot"
    )
    reconnect_delay: Annotated[float, Field(ge=1, le=3600)] = 5
    sasl: Sasl | None = None
    nick_is_account: bool = False
    relays: Annotated[tuple[str, ...], Field(strict=False)] = ()
    channels: dict[str, Channel] = Field(default_factory=dict)

    @property
    def servers(self) -> tuple[Server, ...]:
        """All servers of the network, in the order in which they are tried."""
        return (Server(self.host, self.port), *(_server(s, self.port) for s in self.more_servers))

    @field_validator("more_servers")
    @classmethod
    def _reachable(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        for value in values:
            _server(value, 6697)
        return values

    @field_validator("relays")
    @classmethod
    def _masks(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        if any(not re.fullmatch(r"[^\s,]+", v) or not v.strip("*?!@") for v in values):
            raise ValueError(
                'write the nick of a bridge, or a mask of it: "bridge!*@*.example.org"'
            )
        return values

    @field_validator("tls_fingerprints")
    @classmethod
    def _hex(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        plain = tuple(v.replace(":", "").lower() for v in values)
        if any(not re.fullmatch(r"[0-9a-f]{64}", v) for v in plain):
            raise ValueError("a fingerprint is SHA-256: 64 hexadecimal digits")
        return plain

    @field_validator("channels")
    @classmethod
    def _names(cls, value: dict[str, Channel]) -> dict[str, Channel]:
        for name in value:
            if not re.fullmatch(r"[#&+!][^\s,:\x07\x00\u3000\xa0\x1c-\x1f]{1,63}", name):
                raise ValueError(f'"{name}" is no name of a channel; write "#name"')
        return value

    @model_validator(mode="after")
    def _encrypted(self) -> Self:
        local = all(is_loopback(server.host) for server in self.servers)
        if not (self.tls or self.insecure_plaintext or local):
            raise ValueError(
                "tls = false sends everything in the clear; it is for loopback, or elsewhere "
                "with insecure_plaintext = true"
            )
        return self


class Config(Section):
    """All of gsocbot.toml, its paths whole."""

    bot: Bot = Bot()
    store: StoreUrl = StoreUrl()
    site: Site = Site()
    limits: Limits = Limits()
    links: Links = Links()
    mail: Mail | None = None
    season: dict[SeasonName, SeasonConfig] = Field(default_factory=dict)
    network: dict[NetworkName, Network] = Field(default_factory=dict)


def _server(text: str, port: int) -> Server:
    """A server as people write it: HOST, HOST:PORT or [ADDRESS]:PORT. Raises ValueError."""
    found = re.fullmatch(r"(\[[0-9A-Fa-f:.]+\]|[^\s/:\[\]]+)(?::([0-9]{1,5}))?", text)
    number = int(found[2]) if found and found[2] else port
    if not found or not 1 <= number <= 65535:
        raise ValueError(f'"{text}" is no server; write "HOST" or "HOST:PORT"')
    return Server(found[1].strip("[]"), number)
