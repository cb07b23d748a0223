"""Strict transport security: servers that have once asked for TLS get nothing else any more.

IRCv3 STS (https://ircv3.net/specs/extensions/sts): a policy is a host, the port to use and how
long to keep to it. On plain text only `port` counts, over TLS only `duration`.
"""

import json
import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

from pydantic import AwareDatetime, Field, TypeAdapter, ValidationError

log = logging.getLogger(__name__)

LONGEST = timedelta(days=3650)
"""A longer promise is cut to this; moments have an end."""


class Upgrade(Exception):
    """The server wants us back over TLS, on `port`; nothing more is to be said in the clear."""

    def __init__(self, port: int) -> None:
        super().__init__(f"the server asks for TLS on port {port}")
        self.port = port


@dataclass(frozen=True, slots=True)
class Policy:
    """What a host has asked for: `port` over TLS, for `duration` from each time we were there."""

    port: Annotated[int, Field(gt=0, lt=65536)]
    duration: Annotated[timedelta, Field(gt=timedelta(0), le=LONGEST)]
    until: Annotated[AwareDatetime, Field(strict=True)]


_POLICIES = TypeAdapter(dict[str, Policy])


class Policies:
    """The policies of all hosts, in a file that survives restarts; without one, in memory alone.

    A file that cannot be read is no policy; that is said in the log. Moments are aware.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._hosts = _read(file) if file is not None else {}

    def of(self, host: str, now: datetime) -> Policy | None:
        """What holds for a host at a moment."""
        policy = self._hosts.get(host.lower())
        return policy if policy is not None and now < policy.until else None

    def keep(self, host: str, port: int, duration: timedelta, now: datetime) -> None:
        """Take a policy that came over TLS; a duration of 0 ends the one there is."""
        host = host.lower()
        if duration:
            self._hosts[host] = Policy(port, duration, now + duration)
        elif self._hosts.pop(host, None) is None:
            return
        self._write()

    def renew(self, host: str, now: datetime) -> None:
        """A connection over TLS has ended: its policy's time begins anew."""
        policy = self._hosts.get(host.lower())
        if policy is not None:
            self.keep(host, policy.port, policy.duration, now)

    def _write(self) -> None:
        if self._file is None:
            return
        kept = {
            host: {
                "port": policy.port,
                "duration": int(policy.duration.total_seconds()),
                "until": policy.until.astimezone(UTC).isoformat(),
            }
            for host, policy in sorted(self._hosts.items())
        }
        new = self._file.with_suffix(".new")
        try:
            new.unlink(missing_ok=True)
            with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
                json.dump(kept, out, indent=1)
                out.flush()
                os.fsync(out.fileno())
            new.replace(self._file)
        except OSError as error:
            log.error("%s: %s; a server's wish for TLS is forgotten at the end", new, error)


def _read(file: Path) -> dict[str, Policy]:
    try:
        return _POLICIES.validate_json(file.read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, ValidationError) as error:
        why = error.strerror if isinstance(error, OSError) else error.errors()[0]["msg"]
        log.error("%s cannot be read, so no server's wish for TLS is known: %s", file, why)
        return {}


def port_in(value: str) -> int | None:
    """The port that a value of `sts` names; None for none, or for what is no port."""
    port = _keys(value).get("port", "")
    return int(port) if port.isascii() and port.isdigit() and 0 < int(port) < 65536 else None


def duration_in(value: str) -> timedelta | None:
    """The duration that a value of `sts` names in seconds; None for none, or for what is none."""
    text = _keys(value).get("duration", "")
    if not (text.isascii() and text.isdigit() and len(text) <= 20):
        return None
    return timedelta(seconds=min(int(text), LONGEST.total_seconds()))


def _keys(value: str) -> Mapping[str, str]:
    return {key: text for key, _, text in (word.partition("=") for word in value.split(","))}
