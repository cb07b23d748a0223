"""Who may see what: the one table that everything private is asked of before it goes anywhere."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Enum, auto

from gsocbot.rules.roles import Role


@dataclass(frozen=True, slots=True)
class Viewer:
    """To whom something goes: one account, in private, or everybody.

    What is said in a channel, stands on a page, in a feed or in a calendar goes to everybody,
    whoever asked for it, and also in the organisers' channel. Roles count only in private.
    """

    network: str = ""
    account: str | None = None
    roles: frozenset[Role] = frozenset()

    @property
    def is_organiser(self) -> bool:
        """Whether it goes to an organiser, in private."""
        return self.account is not None and Role.ORGANISER in self.roles


EVERYBODY = Viewer()
"""A channel, a page, a feed, a mail to a list, a log."""


class Data(Enum):
    """What is kept of people, and who may see it; results, ranks and slots are not kept at all."""

    DRAFT = "that somebody is a student, before the season is announced"
    PROJECT = "who works on what, with whom, once it is announced"
    RECORD = "late reports, silence, that somebody ended, when they are away and why"
    CHECKLIST = "how far somebody is with their checklists, and what is noted there"
    REPORT = "what somebody wrote of a week"
    EVALUATION = "who writes an evaluation, and that it was submitted"
    APPLICANT = "that somebody applies"
    PROPOSAL = "where somebody's draft is to be read"
    CHECK_IN = "where at a hackathon somebody is"
    VOTE = "what somebody votes; their own answer in private has it once, and nothing after that"


class _Eyes(Enum):
    """In which way somebody is near to the person that data is about."""

    ANYBODY = auto()
    SELF = auto()
    MENTOR = auto()
    AUTHOR = auto()
    ORGANISER = auto()
    THERE = auto()


_MAY: Mapping[Data, frozenset[_Eyes]] = {
    Data.DRAFT: frozenset({_Eyes.ORGANISER}),
    Data.PROJECT: frozenset({_Eyes.ANYBODY}),
    Data.RECORD: frozenset({_Eyes.SELF, _Eyes.MENTOR, _Eyes.ORGANISER}),
    Data.CHECKLIST: frozenset({_Eyes.SELF, _Eyes.MENTOR, _Eyes.ORGANISER}),
    Data.REPORT: frozenset({_Eyes.ANYBODY}),
    Data.EVALUATION: frozenset({_Eyes.AUTHOR, _Eyes.ORGANISER}),
    Data.APPLICANT: frozenset({_Eyes.SELF, _Eyes.ORGANISER}),
    Data.PROPOSAL: frozenset({_Eyes.SELF, _Eyes.MENTOR, _Eyes.ORGANISER}),
    Data.CHECK_IN: frozenset({_Eyes.SELF, _Eyes.THERE}),
    Data.VOTE: frozenset(),
}


_OF_STUDENTS = frozenset({Data.DRAFT, Data.RECORD, Data.EVALUATION})
"""What others keep of a student, who may be an organiser as well."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom data is about, and who is near to them, all by accounts of one network.

    `mentors` are a student's own, never themselves: mentor, backup, and who stands in while one of
    them is away; for a proposal those of the idea. `authors` may write the evaluation. Who wants
    it `public` shows everybody how far they are. `there` is who is checked in at the same
    hackathon.
    """

    network: str
    account: str
    mentors: frozenset[str] = frozenset()
    authors: frozenset[str] = frozenset()
    public: bool = False
    there: frozenset[str] = frozenset()


def may_see(viewer: Viewer, data: Data, subject: Subject) -> bool:
    """Whether this may go there.

    A mentor sees it as long as they hold the role, also where a row still names them. An organiser
    who is a student sees of themselves what students see.
    """
    allowed = _MAY[data]
    if _Eyes.ANYBODY in allowed or (data is Data.CHECKLIST and subject.public):
        return True
    account = viewer.account
    if account is None or viewer.network != subject.network:
        return False
    mentors = Role.MENTOR in viewer.roles or viewer.is_organiser
    own = account == subject.account
    near: Collection[tuple[_Eyes, bool]] = (
        (_Eyes.ORGANISER, viewer.is_organiser and not (own and data in _OF_STUDENTS)),
        (_Eyes.SELF, own),
        (_Eyes.MENTOR, mentors and account in subject.mentors),
        (_Eyes.AUTHOR, mentors and account in subject.authors),
        (_Eyes.THERE, account in subject.there),
    )
    return any(how in allowed for how, is_so in near if is_so)


LETTERS = "student_"
"""How the topics of lines begin that are about somebody: they go to accounts, never to channels."""


def is_letter(topic: str) -> bool:
    """Whether lines of this topic are about somebody."""
    return topic.startswith(LETTERS)


class Leak(RuntimeError):
    """Something private was about to go where it may not: a fault of ours; nothing goes out."""


def check_place(topic: str, target: str) -> None:
    """Raise Leak for a line about somebody that would not go to one account."""
    if is_letter(topic) and not target.startswith("@"):
        raise Leak(f"{topic} for a channel")


def check(viewer: Viewer, data: Data, subject: Subject) -> None:
    """Raise Leak where this may not go; the text names nobody."""
    if not may_see(viewer, data, subject):
        raise Leak(f"{data.name} for a viewer who may not see it")
