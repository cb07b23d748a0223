"""Reading gsocbot.toml: text to values, paths made whole, secrets looked after."""

import re
import stat
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from gsocbot.config.faults import ConfigError, Fault, told
from gsocbot.config.sections import SQLITE, Config, Network, StoreUrl

DEFAULT_FILE = Path("gsocbot.toml")
_MESSAGES = {
    "extra_forbidden": "there is no such key",
    "missing": "this is missing",
    "path_type": "write the name of a file or a folder",
    "is_instance_of": "write the name of a file or a folder",
    "model_type": "write a table",
    "dict_type": "write a table",
    "tuple_type": "write a list",
}


def load(path: Path) -> Config:
    """Read a config; paths in it count from its folder. Raises ConfigError with every fault."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise ConfigError(f"{path}: no such file; gsocbot init DIR makes one") from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ConfigError(f"{path}:{line}: this is not UTF-8") from error
    except (OSError, ValueError) as error:
        raise ConfigError(f"{path}: {getattr(error, 'strerror', None) or error}") from error
    config = parsed(text, path)
    _check_secrets(path, text, config)
    return config


def parsed(text: str, path: Path) -> Config:
    """The config that a text is, as if it stood in `path`. Raises ConfigError with every fault."""
    raw = _toml(text, path)
    try:
        config = Config.model_validate(raw)
    except ValidationError as error:
        raise told(path, text, [*_wrong(error), *_unfitting(raw)]) from error
    unfitting = list(_unfitting(raw))
    if unfitting:
        raise told(path, text, unfitting)
    try:
        return _rooted(config, path.absolute().parent)
    except RuntimeError as error:  # ~somebody who is not there
        raise ConfigError(f"{path}: {error}") from error


def _toml(text: str, path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        words, _, at = str(error).partition(" (at line ")
        line = f":{at.split(',')[0] if at else text.count(chr(10)) + 1}"
        raise ConfigError(f"{path}{line}: this is no TOML: {words}") from error
    except (RecursionError, ValueError) as error:
        raise ConfigError(f"{path}: this is no TOML that can be read") from error


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
            "mail": config.mail and whole(config.mail),
            "store": StoreUrl(url=_rooted_url(config.store.url, root)),
            "network": networks,
            "season": seasons,
        }
    )


def _rooted_url(url: str, root: Path) -> str:
    file = StoreUrl(url=url).file
    return url if file is None else f"{SQLITE}{root / file.expanduser()}"


def _check_secrets(path: Path, text: str, config: Config) -> None:
    """Refuse secrets that others on this machine could read."""
    files = [
        (("network", name, *keys), file)
        for name, network in config.network.items()
        for keys, file in _secret_files(network)
        if file is not None
    ]
    if config.mail is not None and config.mail.password_file is not None:
        files.append((("mail", "password_file"), config.mail.password_file))
    faults: list[Fault] = [
        (keys, fault) for keys, file in files if (fault := _open_to_others(file))
    ]
    if _holds_password(config.store.url) and (fault := _open_to_others(path)):
        faults.append((("store", "url"), f"this holds a password, and {fault}"))
    if faults:
        raise told(path, text, faults)


def _secret_files(network: Network) -> Iterator[tuple[tuple[str, ...], Path | None]]:
    yield ("server_password_file",), network.server_password_file
    sasl = network.sasl
    if sasl is not None:
        yield ("sasl", "password_file"), sasl.password_file
        yield ("sasl", "key_file"), sasl.key_file
        if sasl.key_file is None:  # then the key stands beside the certificate
            yield ("sasl", "cert_file"), sasl.cert_file


def _open_to_others(file: Path) -> str:
    """What is wrong with who can read a file; empty if nothing is."""
    try:
        mode = file.stat().st_mode
    except OSError as error:
        return f"{file}: {error.strerror}"
    if not stat.S_ISREG(mode):
        return f"{file} is no file"
    return f"others can read {file}; chmod 600 {file}" if stat.S_IMODE(mode) & 0o077 else ""


def _holds_password(url: str) -> bool:
    return bool(re.search(r"://[^:/@]*:[^@]+@|[?&]password=[^&]", url))


def _wrong(error: ValidationError) -> Iterator[Fault]:
    """What is wrong with single values."""
    for fault in error.errors():
        keys = tuple(str(k) for k in fault["loc"] if k != "[key]")
        yield keys, _MESSAGES.get(fault["type"], fault["msg"].removeprefix("Value error, "))


def _unfitting(raw: dict[str, Any]) -> Iterator[Fault]:
    """What is wrong between channels and seasons, in what may be wrong in other ways too."""
    known = _table(raw, "season")
    for name in known:
        if _table(raw, "season", name, "mail") and "mail" not in raw:
            yield ("season", name, "mail"), "there is no [mail], so nobody sends it"
    for name in _table(raw, "network"):
        there: dict[str, str] = {}
        channels = _table(raw, "network", name, "channels")
        for channel, settings in channels.items():
            keys = ("network", name, "channels", channel)
            twin = there.setdefault(channel.lower(), channel)
            if twin != channel:
                yield keys, f"this is the same channel as {twin}"
            season = settings.get("season") if isinstance(settings, dict) else None
            if isinstance(season, str) and season not in known:
                yield (*keys, "season"), f"there is no [season.{season}]"


def _table(raw: dict[str, Any], *keys: str) -> dict[str, Any]:
    """The table at some keys, empty where none is."""
    found: object = raw
    for key in keys:
        found = found.get(key) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else {}
