"""Weekly reports."""

from gsocbot.commands import report_queue, reports
from gsocbot.commands.command import Command, Where
from gsocbot.rules.roles import Level
from gsocbot.talk import Kind

REPORTS: tuple[Command, ...] = (
    Command(
        reports.report,
        kind=Kind.REPORT,
        who=Level.REGISTERED,
        changes=True,
        guess=False,
        example="!report did the parser; next graphs; stuck on the trace format",
    ),
    Command(
        reports.report_skip,
        kind=Kind.REPORT,
        who=Level.REGISTERED,
        where=Where.PRIVATE,
        changes=True,
        spelled=True,
        example="!report skip until 27 jun exams",
    ),
    Command(
        report_queue.report_queue,
        kind=Kind.REPORT,
        who=Level.REGISTERED,
        changes=True,
        spelled=True,
    ),
    Command(reports.reports, kind=Kind.REPORT, guess=False, example="!reports 4"),
    Command(
        reports.report_missing,
        kind=Kind.REPORT,
        who=Level.MENTOR,
        where=Where.PRIVATE,
        spelled=True,
    ),
)
