"""gsocbot mail test: whether the mail server takes a mail, and in one line why not."""

import argparse
import asyncio
import secrets

from gsocbot import app
from gsocbot.cli import choosing
from gsocbot.cli.faults import Unusable
from gsocbot.config import Config, is_address, load
from gsocbot.shipped import shipped


def test(arguments: argparse.Namespace) -> int:
    """Send a test to an address, or to all who get the daily mail."""
    # SMTP, which no other command needs.
    from gsocbot.mail import Unsent, try_out  # noqa: PLC0415
    from gsocbot.render.letters import MailTemplates  # noqa: PLC0415

    config = load(arguments.config)
    if config.mail is None:
        raise Unusable(f"{arguments.config} has no [mail]; docs/configuration.md says what it has")
    templates = MailTemplates(shipped("templates"))
    occasion = secrets.token_hex(8)
    for address in _addresses(config, arguments.address, arguments.season):
        try:
            asyncio.run(try_out(config.mail, templates, address, occasion, app.clock()))
        except Unsent as unsent:
            raise Unusable(f"{address}: {unsent}") from unsent
        print(f"{address}: {config.mail.host} has taken it")
    return 0


def _addresses(config: Config, named: str | None, season: str | None) -> list[str]:
    if named is not None:
        if not is_address(named):
            raise Unusable(f"{named[:40]!r} is no mail address")
        return [named]
    wanted = (config.season[key].mail for key in choosing.seasons(config, season))
    found = list(dict.fromkeys(address for mail in wanted if mail for address in mail.to))
    if not found:
        raise Unusable("nobody gets mail yet; say to whom: gsocbot mail test YOU@example.org")
    return found
