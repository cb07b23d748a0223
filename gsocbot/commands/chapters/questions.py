"""Questions for people, and the FAQ."""

from gsocbot.commands import (
    faq,
    faq_writing,
    questions,
)
from gsocbot.commands.command import Command, Where
from gsocbot.rules.roles import Level
from gsocbot.talk import Kind

QUESTIONS: tuple[Command, ...] = (
    Command(
        questions.ask,
        kind=Kind.QUESTION,
        changes=True,
        spelled=True,
        guess=False,
        example="!ask 7 which kernel do the tests need?",
    ),
    Command(questions.questions, lists=True, kind=Kind.QUESTION, example="!questions mine"),
    Command(questions.question, kind=Kind.QUESTION, guess=False, example="!question q12"),
    Command(
        questions.question_drop,
        kind=Kind.QUESTION,
        who=Level.ORGANISER,
        changes=True,
        spelled=True,
        example="!question drop q12",
    ),
    Command(
        questions.claim,
        kind=Kind.QUESTION,
        who=Level.MENTOR,
        changes=True,
        spelled=True,
        example="!claim q12",
    ),
    Command(
        questions.answer,
        kind=Kind.QUESTION,
        who=Level.MENTOR,
        changes=True,
        spelled=True,
        example="!answer q12 use the newest one",
    ),
    Command(faq.faq, lists=True, kind=Kind.FAQ, example="!faq stipend"),
    Command(
        faq_writing.faq_add,
        kind=Kind.FAQ,
        who=Level.MENTOR,
        changes=True,
        spelled=True,
        example="!faq add kernel Use 2.6.38 or newer.",
    ),
    Command(
        faq_writing.faq_from,
        kind=Kind.FAQ,
        who=Level.MENTOR,
        changes=True,
        spelled=True,
        example="!faq from q12 kernel",
    ),
    Command(faq.faq_drafts, lists=True, kind=Kind.FAQ, who=Level.MENTOR, spelled=True),
    Command(
        faq_writing.faq_ok,
        kind=Kind.FAQ,
        who=Level.MENTOR,
        changes=True,
        spelled=True,
        example="!faq ok kernel",
    ),
    Command(
        faq_writing.faq_edit,
        kind=Kind.FAQ,
        who=Level.MENTOR,
        changes=True,
        spelled=True,
        example="!faq edit kernel s/2.6.38/2.6.39/",
    ),
    Command(
        faq_writing.faq_alias,
        kind=Kind.FAQ,
        who=Level.MENTOR,
        changes=True,
        spelled=True,
        example="!faq alias dom0 kernel",
    ),
    Command(
        faq_writing.faq_source,
        kind=Kind.FAQ,
        who=Level.MENTOR,
        changes=True,
        spelled=True,
        example="!faq source kernel https://wiki.example.org/Testing",
    ),
    Command(
        faq_writing.faq_drop,
        kind=Kind.FAQ,
        who=Level.MENTOR,
        changes=True,
        spelled=True,
        example="!faq drop kernel",
    ),
    Command(
        faq.faq_history,
        kind=Kind.FAQ,
        who=Level.MENTOR,
        where=Where.PRIVATE,
        lists=True,
        example="!faq history kernel",
    ),
    Command(faq.faq_missing, kind=Kind.FAQ, who=Level.MENTOR, where=Where.PRIVATE, lists=True),
)
