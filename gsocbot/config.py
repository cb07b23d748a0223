"""gsocbot.toml as frozen values; a fault names its key and line, all faults at once."""

import re
import stat
import tomllib
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

DEFAULT_FILE = Path("gsocbot.toml")
Positive = Annotated[float, Field(ge=0, le=1_000_000, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=0, le=1_000_000)]


class ConfigError(Exception):
    """A config that cannot be used: a line for each fault."""

    def __init__(self, *faults: str) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class ChannelRole(StrEnum):
    """What a channel is for."""

    PUBLIC = "public"
    ORGANISERS = "organisers"
    HACKATHON = "hackathon"


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Bot(_Section):
    """[bot]"""

    state_dir: Path = Path("state")
    log_level: Literal["debug", "info", "warning", "error"] = "info"


class StoreUrl(_Section):
    """[store]"""

    url: str = "sqlite:///gsocbot.db"


class Site(_Section):
    """[site]; `base_url` is where a web server shows `dir`."""

    dir: Path = Path("public")
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

    folder: Path | None = None


class Sasl(_Section):
    """[network.NAME.sasl]; the password stands in a file of its own, 0600."""

    mechanism: Literal["plain", "external"]
    username: str = ""
    password_file: Path | None = None
    cert_file: Path | None = None
    key_file: Path | None = None

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
    role: ChannelRole = ChannelRole.PUBLIC
    key: Annotated[str, Field(pattern=r"^[^\s,:\x00]*$")] = ""
    prefix: Annotated[str, Field(max_length=3, pattern=r"^[^\s\w]*$")] = "!"


class Network(_Section):
    """[network.NAME]; plain text only to loopback, elsewhere it must be asked for."""

    host: Annotated[str, Field(min_length=1, pattern=r"^[^\s/]+$")]
    port: Annotated[int, Field(ge=1, le=65535)] = 6697
    tls: bool = True
    tls_ca: Path | None = None
    tls_fingerprints: tuple[str, ...] = ()
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

    @model_validator(mode="after")
    def _seasons_exist(self) -> Self:
        for name, network in self.network.items():
            for channel, settings in network.channels.items():
                if settings.season not in self.season:
                    raise ValueError(
                        f'network.{name}.channels."{channel}".season: there is no '
                        f"[season.{settings.season}]"
                    )
        return self


def is_loopback(host: str) -> bool:
    """Whether traffic to a host stays on this machine."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def load(path: Path) -> Config:
    """Read a config; paths in it count from its folder. Raises ConfigError with every fault."""
    try:
        text = path.read_text(encoding="utf-8")
        raw = tomllib.loads(text)
    except FileNotFoundError as error:
        raise ConfigError(f"{path}: no such file; gsocbot init DIR makes one") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: {getattr(error, 'strerror', None) or error}") from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: {error}") from error
    try:
        config = Config.model_validate(raw)
    except ValidationError as error:
        raise ConfigError(*_faults(path, text, error)) from error
    config = _rooted(config, path.absolute().parent)
    _check_secrets(path, config)
    return config


def _rooted(config: Config, root: Path) -> Config:
    """The config with its paths counted from the folder it stands in."""

    def whole(section: BaseModel) -> BaseModel:
        found = {n: getattr(section, n) for n in type(section).model_fields}
        paths = {n: root / v.expanduser() for n, v in found.items() if isinstance(v, Path)}
        return section.model_copy(update=paths)

    networks = {
        name: whole(net.model_copy(update={"sasl": net.sasl and whole(net.sasl)}))
        for name, net in config.network.items()
    }
    seasons = {
        name: whole(s.model_copy(update={"folder": s.folder or Path("ideas") / name}))
        for name, s in config.season.items()
    }
    return config.model_copy(
        update={
            "bot": whole(config.bot),
            "site": whole(config.site),
            "store": StoreUrl(url=_rooted_url(config.store.url, root)),
            "network": networks,
            "season": seasons,
        }
    )


def _rooted_url(url: str, root: Path) -> str:
    prefix = "sqlite:///"
    if not url.startswith(prefix) or url in {prefix, "sqlite:///:memory:"}:
        return url
    return f"{prefix}{root / url.removeprefix(prefix)}"


def _check_secrets(path: Path, config: Config) -> None:
    """Refuse secrets that others on this machine could read."""
    files = [
        (f"network.{name}.sasl.{key}", file)
        for name, network in config.network.items()
        if network.sasl
        for key, file in (
            ("password_file", network.sasl.password_file),
            ("key_file", network.sasl.key_file),
        )
        if file is not None
    ]
    if re.match(r"[a-z+0-9]+://[^/@:]*:[^/@]+@", config.store.url):
        files.append(("store.url holds a password, so the config itself", path))
    faults = []
    for key, file in files:
        try:
            mode = file.stat().st_mode
        except OSError as error:
            faults.append(f"{path}: {key}: {file}: {error.strerror}")
            continue
        if stat.S_IMODE(mode) & 0o077:
            faults.append(f"{path}: {key}: others can read {file}; chmod 600 {file}")
    if faults:
        raise ConfigError(*faults)


def _faults(path: Path, text: str, error: ValidationError) -> list[str]:
    faults = []
    for fault in error.errors():
        keys = [str(k) for k in fault["loc"] if k != "[key]"]
        line = _line_of(text, keys)
        message = fault["msg"].removeprefix("Value error, ")
        where = f"{path}:{line}" if line else f"{path}"
        name = ".".join(f'"{k}"' if "#" in k else k for k in keys)
        faults.append(f"{where}: {name}: {message}" if name else f"{where}: {message}")
    return faults


def _line_of(text: str, keys: list[str]) -> int | None:
    """The line on which a key stands, as people write TOML: tables in brackets, key = value."""
    best, table = None, ""
    wanted = [k.strip('"') for k in keys]
    for number, line in enumerate(text.splitlines(), 1):
        header = re.match(r"\s*\[([^\]]+)\]", line)
        if header:
            table = re.sub(r"[\"'\s]", "", header[1])
            if ".".join(wanted) == table or ".".join(wanted[:-1]) == table:
                best = number
            continue
        found = re.match(r"\s*[\"']?([\w#.&+-]+)[\"']?\s*=", line)
        if found and ".".join(filter(None, [table, found[1]])) == ".".join(wanted):
            return number
    return best
