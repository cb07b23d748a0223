"""What the sections of gsocbot.toml are made of."""

from ipaddress import ip_address
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict


def _path(value: object) -> object:
    if isinstance(value, str):
        if not value.strip() or "\0" in value:
            raise ValueError("write the name of a file or a folder")
        return Path(value)
    return value


File = Annotated[Path, BeforeValidator(_path)]


class Section(BaseModel):
    """A table of the file."""

    # Strict: port = "6697" and tls = "no" are mistakes, not numbers and truths.
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def is_loopback(host: str) -> bool:
    """Whether traffic to a host stays on this machine."""
    if host.lower() == "localhost":
        return True
    try:
        address = ip_address(host.strip("[]"))
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified  # connecting to 0.0.0.0 stays here too
