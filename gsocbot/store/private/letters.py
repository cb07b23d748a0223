"""Letters: lines of the outbox about somebody, each to one account that may see what it says."""

import json
from datetime import datetime
from typing import Any

from gsocbot.rules.privacy import Data, Subject, Viewer, check, is_letter
from gsocbot.store import outbox, roles
from gsocbot.store.books import Books


def viewer(books: Books, season: str, network: str, account: str) -> Viewer:
    """To whom a letter goes."""
    return Viewer(network, account, roles.roles_of(books, season, network, account))


def letter(
    season: str,
    topic: str,
    occasion: str,
    to: Viewer,
    data: Data,
    about: Subject,
    facts: dict[str, Any],
    *,
    at: datetime,
    due: datetime,
    expires: datetime,
) -> dict[str, Any]:
    """A row of the outbox, for `outbox.plan`; raises Leak where `to` may not see `data` of `about`.

    `topic` begins with student_, names the template and its sort in rules/quiet.py; `occasion`
    says what is said once. `at` is the moment that it tells of, `due` until `expires` when it is
    worth saying.
    """
    check(to, data, about)
    assert to.account is not None
    assert is_letter(topic)
    key = f"{season}:{topic}:{about.network}:{about.account}:{occasion}:{to.network}:@{to.account}"
    return outbox.row(
        key=key,
        season=season,
        place=(to.network, f"@{to.account}"),
        topic=topic,
        facts=json.dumps({"who": about.account, "at": at.isoformat(), **facts}),
        due=due,
        expires=expires,
    )
