"""Administration: what organisers alone need."""

from gsocbot.commands import (
    jobs,
    links,
    roles,
    status,
)
from gsocbot.commands.command import Command, Where
from gsocbot.rules.roles import Level

ADMINISTRATION: tuple[Command, ...] = (
    Command(jobs.jobs, lists=True, who=Level.ORGANISER, where=Where.PRIVATE, example="!jobs 3"),
    Command(status.status, who=Level.ORGANISER, where=Where.ORGANISERS),
    Command(status.status_failed, lists=True, who=Level.ORGANISER, where=Where.ORGANISERS),
    Command(links.links, lists=True, who=Level.ORGANISER, where=Where.ORGANISERS),
    Command(links.links_now, who=Level.ORGANISER, where=Where.ORGANISERS, changes=True),
    Command(
        roles.role_code,
        who=Level.ORGANISER,
        where=Where.PRIVATE,
        changes=True,
        spelled=True,
        example="!role code mira",
    ),
)
