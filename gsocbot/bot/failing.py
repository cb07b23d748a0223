"""What is said of a command that could not be done: a store that is away, or a fault of ours."""

import logging
import secrets

from gsocbot.commands.command import Command
from gsocbot.store.away import Away, why_away

log = logging.getLogger(__name__)


def failed(command: Command, error: Exception) -> str:
    """What somebody reads whose command could not be done.

    The log has a fault of ours whole, with a number. A store that is away is no fault of the
    program: whoever watches the store logs it once, not every command.
    """
    why = why_away(error)
    if why is not None:
        return without_store(why, changes=command.changes)
    number = secrets.token_hex(2)
    log.error("error %s in %s", number, " ".join(command.words), exc_info=error)
    return f"could not do that (my fault, id {number}). Nothing changed; it is in my log."


def without_store(why: Away, *, changes: bool) -> str:
    """The same for a store that is away, with the next step."""
    if why is Away.IN_DOUBT:
        return f"{why}, so I do not know whether it is kept. Look, before you say it again."
    then = "Whoever runs me must restore it" if why is Away.DAMAGED else "Try again in a minute"
    if changes:
        return f"cannot save that just now: {why}. Nothing changed. {then}."
    return f"cannot look that up just now: {why}. {then}."
