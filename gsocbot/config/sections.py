"""The sections of gsocbot.toml and their keys: what each may be, and what it is if not stated."""

import re
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    field_validator,
    model_validator,
)

SQLITE = "sqlite:///"
Positive = Annotated[float, Field(ge=0, le=1_000_000, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=0, le=1_000_000)]


class ChannelRole(StrEnum):
    """What a channel is for."""

    PUBLIC = "public"
    ORGANISERS = "organisers"
    HACKATHON = "hackathon"


def _path(value: object) -> object:
    if isinstance(value, str):
        if not value.strip() or "\0" in value:
            raise ValueError("write the name of a file or a folder")
        return Path(value)
    return value


File = Annotated[Path, BeforeValidator(_path)]


class _Section(BaseModel):
    # Strict: port = "6697" and tls = "no" are mistakes, not numbers and truths.
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Bot(_Section):
    """[bot]"""

    state_dir: File = Path("state")
    log_level: Literal["debug", "info", "warning", "error"] = "info"


class StoreUrl(_Section):
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


class Site(_Section):
    """[site]; `base_url` is where a web server shows `dir`."""

    dir: File = Path("public")
    base_url: str = "http://127.0.0.1:8000/"

    @field_validator("base_url")
    @classmethod
    def _slash(cls, value: str) -> str:
        if not re.match(r"https?://[^\s/]+", value):
            raise ValueError("write an address that begins with http:// or https://")
        return value if value.endswith("/") else f"{value}/"


class Limits(_Section):
    """[limits]; 0 switches one off."""

    burst: Count = 5
    seconds_per_line: Positive = 1.2
    commands_per_minute: Count = 12
    queue_lines: Count = 100


class SeasonConfig(_Section):
    """[season.NAME]"""

    folder: File | None = None


class Sasl(_Section):
    """[network.NAME.sasl]; the password stands in a file of its own, 0600."""

    mechanism: Literal["plain", "external"]
    username: str = ""
    password_file: File | None = None
    cert_file: File | None = None
    key_file: File | None = None

    @field_validator("mechanism", mode="before")
    @classmethod
    def _any_case(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value

    @model_validator(mode="after")
    def _complete(self) -> Self:
        needed = {"plain": ("username", "password_file"), "external": ("cert_file",)}
        lacking = [name for name in needed[self.mechanism] if not getattr(self, name)]
        if lacking:
            raise ValueError(f"{self.mechanism} needs {' and '.join(lacking)}")
        return self


class Channel(_Section):
    """[network.NAME.channels."#channel"]"""

    season: str
    role: Annotated[ChannelRole, Field(strict=False)] = ChannelRole.PUBLIC
    key: Annotated[str, Field(pattern=r"^[^\s,:\x00]*$")] = ""
    prefix: Annotated[str, Field(max_length=3, pattern=r"^[^\s\w]*$")] = "!"


class Network(_Section):
    """[network.NAME]; plain text only to loopback, elsewhere it must be asked for."""

    host: Annotated[str, Field(min_length=1, pattern=r"^[^\s/]+$")]
    port: Annotated[int, Field(ge=1, le=65535)] = 6697
    tls: bool = True
    tls_ca: File | None = None
    tls_fingerprints: Annotated[tuple[str, ...], Field(strict=False)] = ()
    insecure_plaintext: bool = False
    nick: Annotated[str, Field(pattern=r"^[A-Za-z\[\]\\`_^{|}][-0-9A-Za-z\[\]\\`_^{|}]{0,29}$")] = (
        "gsocbot"
    )
    reconnect_delay: Annotated[float, Field(ge=1, le=3600)] = 5
    sasl: Sasl | None = None
    channels: dict[str, Channel] = {}

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
        if not (self.tls or self.insecure_plaintext or is_loopback(self.host)):
            raise ValueError(
                "tls = false sends everything in the clear; it is for loopback, or elsewhere "
                "with insecure_plaintext = true"
            )
        return self


class Config(_Section):
    """All of gsocbot.toml, its paths whole."""

    bot: Bot = Bot()
    store: StoreUrl = StoreUrl()
    site: Site = Site()
    limits: Limits = Limits()
    season: dict[Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{0,63}$")], SeasonConfig] = {}
    network: dict[Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,32}$")], Network] = {}


def is_loopback(host: str) -> bool:
    """Whether traffic to a host stays on this machine."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
