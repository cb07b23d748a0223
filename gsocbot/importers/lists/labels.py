"""What a label means: families of the words that organisations write before a field."""

import re
from enum import StrEnum

from gsocbot.importers.lists.languages import FILL, HEADS
from gsocbot.importers.lists.words import bare, words

LONGEST_LABEL = 70
MOST_WORDS = 8


class Family(StrEnum):
    """A field of an idea; the order is the order in which words decide."""

    DRAFT = "draft"
    STUDENT = "student"
    MENTORS = "mentors"
    DIFFICULTY = "difficulty"
    SIZE = "size"
    SKILLS = "skills"
    OUTCOME = "outcome"
    CONTACT = "contact"
    LINKS = "links"
    TAGS = "tags"
    TITLE = "title"
    DESCRIPTION = "description"
    OTHER = "other"


CORE = frozenset({Family.MENTORS, Family.DIFFICULTY, Family.SIZE})
LISTED = CORE | {Family.SKILLS, Family.OUTCOME}
LONG = frozenset({Family.DESCRIPTION, Family.OUTCOME, Family.OTHER, Family.SKILLS, Family.LINKS})
"""Families whose values go on over paragraphs."""
BRIEF = frozenset({Family.SKILLS, Family.LINKS})
"""Those of them whose values are a line or a list."""

_HEADS: dict[Family, str] = {
    Family.STUDENT: "student students contributor contributors author intern interns mentee mentees"
    " participant participants applicant applicants proposer proposed-by",
    Family.MENTORS: "mentor mentors mentoring mentorship mentored comentor comentors supervisor"
    " experts supervisors advisor advisors adviser advisers guide guides tutor tutors",
    Family.DIFFICULTY: "difficulty difficulties difficult hardness complexity intensity level"
    " toughness",
    Family.SIZE: "size length duration hours hour effort workload load timeframe time weeks scale",
    Family.SKILLS: "skill skills skillset prerequisite prerequisites prereqs requirement"
    " requirements knowledge language languages technology technologies tech stack expertise"
    " experience qualifications qualification competencies competences involves keywords keyword"
    " background-knowledge tools tooling desirable desirables preferred",
    Family.OUTCOME: "outcome outcomes result results deliverable deliverables goal goals objective"
    " objectives milestone milestones",
    Family.CONTACT: "mailing irc chat forum slack zulip discord matrix gitter mail email list lists"
    " channel channels thread communication discourse telegram contact contacts",
    Family.LINKS: "link links url urls issue issues reference references resource resources"
    " reading repository repositories repo source website homepage material materials github"
    " bug ticket tickets page documentation",
    Family.TAGS: "tag tags category categories topic topics component components area areas theme"
    " subproject track labels",
    Family.TITLE: "title headline name idea project topic subject",
    Family.DESCRIPTION: "description details detail abstract summary overview brief synopsis about"
    " explanation background desc introduction what context motivation rationale problem"
    " info information scope facts metadata",
}
_OF_HEAD = {
    **{word: Family(name) for name, words in HEADS.items() for word in words.split()},
    **{word: family for family, words in _HEADS.items() for word in words.split()},
}

_PEOPLE = {"contact", "contacts"}
_PERSON = frozenset(
    ["technical", "person", "persons", "people", "lead", "leads", "primary", "main", "project"]
)

_FILL = frozenset(
    words(
        "a an the of for to and or in on with by be is are you your our this s e g etc from "
        "who can project projects expected estimated approximate approx possible potential "
        "proposed suggested prospective likely required needed necessary recommended "
        "preferred desired desirable optional nice have good useful helpful additional "
        "relevant further more other related upstream downstream main primary secondary lead "
        "co backup coding assisting available technical interested current tentative assigned "
        "confirmed volunteer gsoc soc google summer code idea ideas rating rate total general "
        "overall full short long brief detailed key core final specific programming software "
        "development used using use tech program task tasks work working known knowledgeable "
        "person persons people names list name id level levels size pre per week number "
        "required/preferred must should will would could contributor contributors student "
        "students developer candidate applicant what which how much involved ideal minimum "
        "min prior previous existing important external internal about some any each date "
        "first second third as at it if into ii i one two scope type kind range deliver "
        "deliverable criteria success info details information stretch bonus contact maximum "
        "estimate estimation commitment requirement requirements needs need ideally " + FILL
    )
)
_ALONE = frozenset({"level", "list", "lists", "time", "hour", "page", "what", "about", "challenge",
    "source", "bug", "name", "preferred", "desirable", "desirables", "topic", "load", "scope",
    "background", "context", "problem", "info", "information", "contact", "contacts", "experience",
    "project", "idea", "tools", "scale", "effort", "hours", "weeks"})  # fmt: skip

_PHRASES: dict[str, Family] = {
    "work load": Family.SIZE,
    "man hours": Family.SIZE,
    "time commitment": Family.SIZE,
    "time estimate": Family.SIZE,
    "time required": Family.SIZE,
    "time needed": Family.SIZE,
    "estimated time": Family.SIZE,
    "project type": Family.OTHER,
    "type": Family.OTHER,
    "point of contact": Family.MENTORS,
    "points of contact": Family.MENTORS,
    "contact point": Family.MENTORS,
    "contact person": Family.MENTORS,
    "contact persons": Family.MENTORS,
    "main contact": Family.MENTORS,
    "mentor availability": Family.OTHER,
    "mentor commitment": Family.OTHER,
    "rating": Family.DIFFICULTY,
    "size category": Family.SIZE,
    "number of hours": Family.SIZE,
    "commitment": Family.SIZE,
    "skill level": Family.DIFFICULTY,
    "skills level": Family.DIFFICULTY,
    "level of difficulty": Family.DIFFICULTY,
    "experience level": Family.DIFFICULTY,
    "level of experience": Family.DIFFICULTY,
    "expertise level": Family.DIFFICULTY,
    "effort level": Family.DIFFICULTY,
    "level of effort": Family.SIZE,
    "mailing list": Family.CONTACT,
    "get in touch": Family.CONTACT,
    "good to know": Family.SKILLS,
    "what you will need": Family.SKILLS,
    "you should know": Family.SKILLS,
    "nice to have": Family.SKILLS,
    "good to have": Family.SKILLS,
    "nice to haves": Family.SKILLS,
    "success criteria": Family.OUTCOME,
    "further reading": Family.LINKS,
    "read more": Family.LINKS,
    "more info": Family.LINKS,
    "more information": Family.LINKS,
    "see also": Family.LINKS,
    "prior art": Family.LINKS,
    "project mentor": Family.MENTORS,
    "who can help": Family.MENTORS,
    "first name": Family.OTHER,
    "last name": Family.OTHER,
    "state": Family.DRAFT,
    "status": Family.DRAFT,
    "draft": Family.DRAFT,
    "published": Family.OTHER,
    "task ideas": Family.OTHER,
    "project goal": Family.OUTCOME,
    "project goals": Family.OUTCOME,
    "subject id": Family.OTHER,
    "project id": Family.OTHER,
    "id": Family.OTHER,
    "no": Family.OTHER,
    "nr": Family.OTHER,
    "priority": Family.OTHER,
    "importance": Family.OTHER,
    "notes": Family.OTHER,
    "note": Family.OTHER,
    "comments": Family.OTHER,
    "comment": Family.OTHER,
    "remarks": Family.OTHER,
    "reporter": Family.OTHER,
    "proposed by": Family.OTHER,
    "year": Family.OTHER,
    "program": Family.OTHER,
    "license": Family.OTHER,
    "licence": Family.OTHER,
    "layout": Family.OTHER,
    "mentor avail": Family.OTHER,
    "involves": Family.SKILLS,
    "level": Family.DIFFICULTY,
    "hours": Family.SIZE,
    "weeks": Family.SIZE,
    "effort": Family.SIZE,
    "time": Family.SIZE,
    "project": Family.TITLE,
    "idea": Family.TITLE,
    "name": Family.TITLE,
    "topic": Family.TITLE,
    "project idea": Family.TITLE,
    "project name": Family.TITLE,
    "idea name": Family.TITLE,
    "project title": Family.TITLE,
    "idea title": Family.TITLE,
    "project topic": Family.TITLE,
    "project ideas": Family.OTHER,
    "ideas": Family.OTHER,
    "projects": Family.OTHER,
    "idea list": Family.OTHER,
    "how to apply": Family.OTHER,
    "project details": Family.DESCRIPTION,
    "project idea description": Family.DESCRIPTION,
    "project info": Family.DESCRIPTION,
    "tags": Family.TAGS,
    "keywords": Family.SKILLS,
    "link": Family.LINKS,
    "source": Family.LINKS,
    "github": Family.LINKS,
    "page": Family.LINKS,
    "organization": Family.OTHER,
    "organisation": Family.OTHER,
    "desirable": Family.SKILLS,
    "required": Family.SKILLS,
    "preferred": Family.SKILLS,
    "involved technologies": Family.SKILLS,
    "experience": Family.SKILLS,
    "tools": Family.SKILLS,
    "tech stack": Family.SKILLS,
    "contact": Family.CONTACT,
    "contacts": Family.CONTACT,
    "about": Family.DESCRIPTION,
    "what": Family.DESCRIPTION,
    "background": Family.DESCRIPTION,
    "context": Family.DESCRIPTION,
    "problem": Family.DESCRIPTION,
    "info": Family.DESCRIPTION,
    "information": Family.DESCRIPTION,
    "scope": Family.DESCRIPTION,
    "scale": Family.SIZE,
    "challenge": Family.DESCRIPTION,
    "challenge level": Family.DIFFICULTY,
}
_PARENTHESIS = re.compile(r"(?<=\s)[(\[][^()\[\]]{3,60}[)\]]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PLURAL = re.compile(r"\((e?s)\)|\[(s)\]|/s\b", re.IGNORECASE)
_WORDS = re.compile(r"[a-z]+")


def words_of(text: str) -> list[str]:
    """The words of a label, small, without numbers, signs and what stands in parentheses."""
    plain = bare(text[:200])
    plain = _PARENTHESIS.sub(" ", _PLURAL.sub(r"\1\2", plain))
    plain = re.sub(r"[’']s\b", "s", _CAMEL.sub(" ", plain).lower())
    return _WORDS.findall(plain.replace("co-", "co").replace("pre-req", "prereq"))


def family_of(text: str) -> Family | None:
    """What a label means; None if it is none that is known."""
    if len(text) > LONGEST_LABEL:
        return None
    if re.search(r"\d", _PARENTHESIS.sub(" ", re.sub(r"^\s*\(?\d{1,2}[.):]\s*", "", text))):
        return None
    words = words_of(text)
    if not words or len(words) > MOST_WORDS:
        return None
    phrase = _PHRASES.get(" ".join(words))
    if phrase is not None:
        return phrase
    if words[:2] == ["how", "to"]:
        return Family.CONTACT if {"contact", "reach"} & set(words) else Family.OTHER
    if any(word not in _FILL and word not in _OF_HEAD for word in words):
        return _by_last(words)
    return _by_head(words)


def families_of(text: str) -> frozenset[Family]:
    """What a label means that may mean two things ("Difficulty / Size")."""
    halves = re.split(r"\s*[/&+,|]\s*|\s+and\s+", text) if len(text) <= LONGEST_LABEL else []
    if len(halves) == 2:
        both = [family_of(half) for half in halves]
        if all(f in CORE for f in both):
            return frozenset(f for f in both if f)
    one = family_of(text)
    return frozenset({one}) if one else frozenset()


_SURE = frozenset(words(
    "mentor mentors comentor comentors supervisor supervisors difficulty skills skill "
    "prerequisites outcome outcomes deliverables"
))  # fmt: skip
_LINKING = frozenset(words("for to of about as from with and or the by become becoming no"))


def _by_last(words: list[str]) -> Family | None:
    """A short label that ends in a word that leaves no doubt ("Planned mentors")."""
    if len(words) <= 3 and words[-1] in _SURE and not _LINKING & set(words):
        return _OF_HEAD[words[-1]]
    return None


def _by_head(words: list[str]) -> Family | None:
    found = {_OF_HEAD[w] for w in words if w in _OF_HEAD and not (w in _ALONE and w in _FILL)}
    weak = {_OF_HEAD[w] for w in words if w in _OF_HEAD}
    if _PEOPLE & set(words) and not found - {Family.CONTACT, Family.TITLE}:
        return Family.MENTORS if _PERSON & (set(words) - _PEOPLE - {"project"}) else Family.CONTACT
    if Family.MENTORS in found:
        return Family.MENTORS
    found -= {Family.STUDENT} if len(found) > 1 and found & LISTED else set()
    for family in Family:
        if family in (found or weak):
            return family
    return None
