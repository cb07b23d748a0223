"""One's own data: all of it to take away, and all of it forgotten."""

from collections.abc import Iterator

from gsocbot.commands.ask import Ask
from gsocbot.render import words as wording
from gsocbot.rules.links import is_here_only
from gsocbot.rules.roles import Role
from gsocbot.store import roles
from gsocbot.store.private import erasing, exporting
from gsocbot.talk import Kind, Refused, Say

NAMES = {
    "person": "settings",
    "interest": "interests",
    "watch": "watched ideas",
    "offer": "offers",
    "reminder": "reminders",
    "queueplace": "places in queues",
    "checkeditem": "ticks",
    "itemnote": "ticks",
    "report": "reports",
    "reportskip": "absences",
    "mentor": "absences",
    "proposal": "draft",
    "student": "project",
    "grant": "roles",
    "officeduty": "office hours",
    "evaluation": "evaluations",
}
"""What people call the rows of a table; others are just records."""


def me_export(ask: Ask) -> Iterator[Say]:
    """Get everything I keep of you as a file, for one hour at an address nobody can guess."""
    if is_here_only(ask.seen.base_url):
        raise Refused(
            "I have no pages that you could open. Ask whoever runs me for: gsocbot me export "
            f"{ask.who}",
            Kind.REFUSAL,
        )
    token = exporting.give(ask.books, ask.deed, ask.season_key, ask.network, ask.who)
    yield ask.answer(
        "your data as JSON, for one hour, in less than a minute (whoever has the address can read "
        f"it): {ask.seen.base_url}{exporting.path(token)}"
    )


def me_forget(ask: Ask) -> Iterator[Say]:
    """Have me forget everything I keep of you, for good."""
    _check_not_last(ask)
    found = erasing.count(ask.books, ask.viewer, ask.network, ask.who)
    what = list(dict.fromkeys(NAMES[name] for name in found if name in NAMES))
    shown = f" ({', '.join(what[:5])}{', …' if len(what) > 5 else ''})" if what else ""
    files = erasing.in_folders(ask.books, ask.who)
    folder = (
        f" The season's folder keeps your name until it is taken out of idea "
        f"{wording.listed(list(map(str, files)))} there."
        if files
        else ""
    )
    ask.confirm(
        f"this removes {wording.plural(sum(found.values()), 'record')} of you{shown}, in all "
        'seasons here; in minutes and questions your name becomes "(removed)". Nobody can take '
        f"that back.{folder}"
    )
    person = erasing.who(ask.books, ask.network, ask.who)
    erasing.forget(ask.books, ask.network, ask.who, ask.now, "!me forget")
    ask.memory.forget(person)
    yield ask.answer(
        "you are forgotten; pages and files follow within a minute. Older backups are not "
        "touched, but whoever restores one forgets you again."
    )


def _check_not_last(ask: Ask) -> None:
    """Refuse to forget the only organiser of a season, whom nobody could follow."""
    for season in ask.choices:
        able = roles.in_order(ask.books, season, Role.ORGANISER)
        if able == [(ask.network, ask.who)]:
            raise Refused(
                f"you are the only organiser of {season}. First have somebody else made one: "
                f"gsocbot role add ACCOUNT organiser --season {season}",
                Kind.REFUSAL,
            )
