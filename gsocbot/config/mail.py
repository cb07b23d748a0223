"""The sections of gsocbot.toml about mail: the server that takes it, and who gets it."""

import re
from datetime import time
from enum import StrEnum
from typing import Annotated, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, field_validator, model_validator

from gsocbot.config.parts import File, Section, is_loopback


class MailTls(StrEnum):
    """How a mail server is spoken to."""

    IMPLICIT = "implicit"
    STARTTLS = "starttls"
    NONE = "none"


def is_address(text: str) -> bool:
    """Whether a text is a mail address as all servers take them."""
    name, host = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}", r"[A-Za-z0-9][A-Za-z0-9.-]{0,189}"
    return re.fullmatch(f"{name}@{host}", text) is not None


def _address(value: str) -> str:
    if not is_address(value):
        raise ValueError('this is no mail address; write one like "name@example.org"')
    return value


class Mail(Section):
    """[mail]; plain text only to loopback."""

    host: Annotated[str, Field(min_length=1, pattern=r"^[^\s/]+$")]
    port: Annotated[int, Field(ge=1, le=65535)] = 465
    tls: Annotated[MailTls, Field(strict=False)] = MailTls.IMPLICIT
    tls_ca: File | None = None
    username: Annotated[str, Field(pattern=r"^[^\x00]*$")] = ""
    password_file: File | None = None
    sender: Annotated[str, AfterValidator(_address)]

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.tls is MailTls.NONE and not is_loopback(self.host):
            raise ValueError('tls = "none" sends everything in the clear; it is for loopback')
        if bool(self.username) != bool(self.password_file):
            raise ValueError("username and password_file go together")
        return self


class SeasonMail(Section):
    """[season.NAME.mail]; `at` is a time on the clock of `zone`."""

    to: Annotated[tuple[Annotated[str, AfterValidator(_address)], ...], Field(strict=False)]
    at: str = "07:00"
    zone: str = "UTC"

    @field_validator("at")
    @classmethod
    def _hour(cls, value: str) -> str:
        if not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", value):
            raise ValueError('write a time like "07:00"')
        return value

    @field_validator("zone")
    @classmethod
    def _known(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:  # a folder is an OSError
            raise ValueError('this is no zone; write one like "Europe/London"') from error
        return value

    @property
    def wall(self) -> time:
        """`at` as a time."""
        return time.fromisoformat(self.at)
