"""Titles: what belongs to them, and which of them are no idea's."""

import re

from gsocbot.importers.lists.levels import is_level_tag, is_size_tag
from gsocbot.importers.lists.tree import Line

LONGEST_TITLE = 300
_SHORTCODE = re.compile(r":[a-z][a-z0-9_+-]{1,30}:\s*")
_SIGNS = re.compile(
    r"^[^\w\s\"'“‘`(\[<{.$#@&/\\~+*-]+\s*|[\u2600-\u27bf\U0001f300-\U0001faff\ufe0f\s]+$"
)
_NUMBER = re.compile(
    r"^(?:(?:gsoc\s+)?(?:project|idea|proposal|task|topic)\s*(?:idea|proposal|topic|title)?\s*"
    r"(?:(?:no|nr|number)\.?\s*)?"
    r"(?:(?:#\s*)?(?:\d{1,3}(?:\.\d{1,2})?[a-z]?|#|[a-z]|[ivx]{1,4})\s*(?:[:.)\-–—]+|\s(?=\S))|[:–—])"
    r"|\[\s*#?(?:\d{1,3}|[nx#])\s*\]\s*[:.)–—-]?\s*"
    r"|\(?#?\d{1,3}(?:\.\d{1,2}){0,2}\s*[.):]+\s+|\(?#?\d{1,3}\)\s*|#\d{1,3}\s+|\d{1,2}\s+[-–—]\s+"
    r"|[ivx]{1,4}[.)]\s+|[a-z][.)]\s+"
    r"|(?:title|project title|idea title|project name|name)\s*[:–—])\s*",
    re.IGNORECASE,
)
_TAGGED = re.compile(
    r"\s*[-–—:|,]?\s*(?:\(([^()]{2,80})\)|\[([^\[\]]{2,80})\]|\{([^{}]{2,80})\})\s*$"
)
_TAIL = re.compile(r"\s+(?:[-–—|:]+)\s+([^-–—|]{2,40})$")
_IN_FRONT = re.compile(r"^\s*(?:\[([^\[\]]{2,80})\]|\(([^()]{2,80})\))\s*[-–—:|]?\s*(?=\S)")
_PIECES = re.compile(r"\s*[,;|·•/]\s*|\s+[-–—]\s+|\s+\+\s+")
_TEMPLATE = re.compile(
    r"^\W*(?:(?:the|a|an|our|sample|example|empty|blank|gsoc|project|ideas?|proposals?|application|list|entry|mini)\s+)*"
    r"templates?\b(?=\W*$|\s+(?:for|of|to)\s+(?:\w+\s+)?(?:an?\s+|the\s+|new\s+"
    r"|your\s+)*(?:project|idea|proposal|entr)|\s*:|\s+(?:project|idea|proposal|entry)\W*$"
    r"|.*\bcopy\b|.*\bremove\b|.*\bdo not\b)"
    r"|^(?:project|idea)\s+title\W*$"
    r"|^\W*(?:your|a|an|the|my|example|sample|some)?\s*(?:project|idea)?\s*(?:title"
    r"|name)(?:\s+(?:here|goes here))?\W*$"
    r"|\btitle (?:of|goes)\b|^(?:example|sample)(?: (?:project|idea|proposal|entry))?\W*$"
    r"|lorem ipsum|\{\{"
    r"|^\W*<[^>]+>\W*$"
    r"|^\W*(?:write|insert|enter|put|type|fill in|add|replace)\b.{0,40}\b(?:title|name)\b.{0,20}$",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"\byour own\b|\bown (?:project |gsoc )?(?:ideas?|proposals?|projects?)\b"
    r"|^custom (?:project|idea|proposal)"
    r"|\b(?:bring|propose|suggest|submit|invent) (?:an?|your|other|new)\b.*\b(?:ideas?"
    r"|projects?|proposals?)\b"
    r"|^(?:something else|blue[- ]sky|wild ?card|surprise us)\b|^freestyle\b",
    re.IGNORECASE,
)
_REST = re.compile(
    r"^(?:other|more|further|additional|any other|new|miscellaneous) (?:project )?"
    r"(?:ideas?|projects?|proposals?)\W*$",
    re.IGNORECASE,
)
_TALK = re.compile(
    r"^(?:how (?:to|do|can|should|will|we)|what (?:is|are|do|we|makes|should)|what['’]s"
    r"|why |who |when |where (?:to|do)"
    r"|see (?:also|the|our|here)\b|please\b|.*\bfor (?:more|further) (?:details|info\w*)\W*$"
    r"|about\b|getting (?:started|in touch|help|involved)|get (?:involved|in touch|started)"
    r"|before you|introduction|intro\b"
    r"|overview\b|notes?\b|guid(?:e|ance|elines?)\b|tips?\b|faqs?\b|frequently|contact|communicat|timelines?\b|schedule"
    r"|(?:important|key) dates|dates\b|deadlines?\b|appl(?:y|ying|ication|icant)s?\b"
    r"|proposals?\b|writing (?:a |an |your )?(?:good |great )?(?:project )?(?:proposal|application)"
    r"|eligib|rules?\b|expectations?\b|welcome|(?:table of )?contents?\b|toc\b|index\b"
    r"|(?:\w+ )?guidelines?\W*$|mentors?\b|org(?:anization)? admin|(?:our )?(?:team|people)\W*$"
    r"|organi[sz]ation(?:al)?(?: (?:info\w*|details?|profile|admins?|team))?\W*$"
    r"|admin|requirements?\b|prerequisites?\b|resources?\b|references?\b|links?\b|further"
    r"|more info|information\b|info\b"
    r"|(?:basic|quick|key|essential|core) (?:info|facts?|data|details)"
    r"|at a glance|facts\b|metadata\b|logistics\b"
    r"|general (?:info|notes?|advice|requirements?|guid)|instructions?\b|(?:useful|helpful"
    r"|additional) "
    r"|(?:past|previous|old|archived?)\b|history\b|license|licence|disclaimer|credits|acknowledg|legend\b|glossary"
    r"|(?:\w+ )?(?:application|selection|submission|review) (?:process|procedure|period|timeline)\b"
    r"|selection|evaluation|(?:list of )?(?:project )?ideas?(?: list)?\W*$|projects?\W*$"
    r"|project ideas|google summer of code"
    r"|gsoc\b|summer of code|students?\b|contributors?\b|for (?:students?|contributors?"
    r"|mentors?|applicants?)"
    r"|code of conduct|community|difficulty|(?:project )?sizes?\b|skills?\b|microtasks?\b"
    r"|warm[- ]?up|first steps"
    r"|good first|coding (?:challenge|test)|test task|(?:qualification|entry|application"
    r"|starter) (?:task|test|challenge)"
    r"|tasks? for applicants?|steps?\b|process\b|conditions?\b|key (?:deliverables"
    r"|features)|phases?\b|ideas for"
    r"|(?:existing|prior|related|previous|current) (?:work|efforts?|status|state|art)\b"
    r"|open[- ]source (?:development )?experience|(?:helpful|desired|required|expected) experience"
    r"|experience\W*$|technical details|stretch|bonus|milestones?\b|deliverables?\b"
    r"|outcomes?\b|goals?\b|tasks?\W*$|background\b|motivation\b|context\b"
    r"|summary\b|description\b|details?\b|objectives?\b|implementation\W*$|approach\W*$|plan\W*$|scope\W*$|status\W*$)",
    re.IGNORECASE,
)
_SURELY_TALK = re.compile(
    r"^(?:how|what|why|who|when|where|about|getting|get|before|intro\w*|frequently|faqs?|tips?"
    r"|guid\w*|deadlines?|dates|appl(?:y|ying|icants?)"
    r"|application (?:instruct|process|form|templ|period|guid|tip)\w*"
    r"|proposals?|writing|eligib\w*|expectations?|welcome|toc|mentors?|org\w*|google|gsoc|summer"
    r"|students?|contributors?|for|code of|microtasks?|warm|first|good|see|please|more|further"
    r"|general|(?:useful|helpful|additional)|ideas?|projects?|past|previous|old|list"
    r"|(?:project )?sizes?|difficulty|skills?|requirements?|key|important|technical"
    r"|(?:helpful|desired|required|expected|existing|prior|related|current|open)|resources?"
    r"|references?|coding|test|qualification|entry|starter|tasks? for|our|acknowledg\w*"
    r"|disclaimer)\b"
    r"|\b(?:guidelines?|proposals?|applications?|applicants?|contributors?|students?|mentors?|gsoc"
    r"|criteria|details|process|timeline)(?:\W*\d{4})?\W*$|\bsummer of code\b",
    re.IGNORECASE,
)
_DRAFT = re.compile(
    r"\bdrafts?\b(?=\W*$|\s*(?:ideas?|projects?|proposals?|\]|\)|:|-|–))|\bunreviewed\b"
    r"|\bwork in progress\b|\bwip\b"
    r"|\bnot (?:yet )?(?:ready|reviewed|approved)\b|\bunder (?:review|discussion)\b",
    re.IGNORECASE,
)
_LIST = re.compile(r"\b(?:ideas?|projects?|proposals?|topics?)\b", re.IGNORECASE)


_PROGRAMME = re.compile(
    r"\s*[-–—|:]\s*(?:(?:google\s+)?summer of code|gsoc)(?:\s*[’']?\d{2,4})?\s*$"
    r"|^(?:(?:google\s+)?summer of code|gsoc)(?:\s*[’']?\d{2,4})?\s*(?:[-–—|:]"
    r"|\[idea\]:?)\s*(?=\S{3})",
    re.IGNORECASE,
)


_EDIT = re.compile(
    r"\s*(?:\[\s*(?:edit|bearbeiten|modifier|editar|modifica)\b[^\[\]]{0,40}\]|[¶🔗#§])\s*$",
    re.IGNORECASE,
)
"""What sites put after every heading: a link to change it, a sign to link to it."""
_DONE = re.compile(
    r"^(?:completed|finished|done|past|previous|old(?:er)?|former|accepted|earlier|archived?|closed"
    r"|successful|retired|obsolete|already (?:taken|done|completed|implemented))\b"
    r"(?:\W+\w+){0,3}?\W+(?:projects?|ideas?|proposals?|years?|editions?|seasons?|work|results)\b"
    r"|^(?:projects?|ideas?|proposals?|results)\b.{0,20}\b(?:from|of|in) (?:the )?"
    r"(?:previous|past|earlier|prior|last) (?:years?|editions?|seasons?|summers?)\b",
    re.IGNORECASE,
)
_PLURAL = re.compile(
    r"^\W*(?:(?:our|the|all|list of|potential|possible|proposed|available|suggested|open|current"
    r"|main|gsoc|google summer of code|summer of code|student|internship|\d{4})\W+)*(?:\w+\W+)?"
    r"(?:project ideas|projects|ideas|proposals|topics)(?:\W+(?:list|page))?"
    r"(?:\W+(?:for|in)?\W*(?:gsoc|google summer of code|\d{4})(?:\W+\d{4})?)?\W*$"
    r"|[-–—|:]\s*(?:gsoc\s*)?(?:project\s+)?ideas(?:\s+(?:list|page))?(?:\s+\d{4})?\W*$",
    re.IGNORECASE,
)


def is_done(title: str) -> bool:
    """Whether a title stands over what was done in other years."""
    return bool(_DONE.search(title))


def is_plural(title: str) -> bool:
    """Whether a title is that of a list and of nothing else."""
    return bool(_PLURAL.search(title))


def clean_title(line: Line) -> tuple[str, tuple[str, ...]]:
    """A title without numbers and signs in front of it, and the tags that it carried."""
    text = _SHORTCODE.sub("", line.text[: LONGEST_TITLE * 2])
    text = re.sub(r"[*_]{2,}|(?<!\w)`|`(?!\w)|`", "", text)
    text = re.sub(r"(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)", "", text)
    text = _EDIT.sub("", _PROGRAMME.sub("", text))
    tags: list[str] = []
    for _ in range(4):
        text = _SIGNS.sub("", text).strip()
        text, found = _without_tags(text)
        tags.extend(found)
        shorter = _NUMBER.sub("", text, count=1)
        if shorter == text and not found:
            break
        text = shorter if len(shorter) > 2 else text
    text = text.strip(" \t:-–—|#").rstrip(".,;") if not text.endswith("...") else text.strip()
    return " ".join(text.split())[:LONGEST_TITLE], tuple(tags)


def _without_tags(text: str) -> tuple[str, list[str]]:
    for pattern in (_TAGGED, _IN_FRONT, _TAIL):
        match = pattern.search(text)
        if match is None:
            continue
        inner = next(filter(None, match.groups()), "")
        pieces = [p for p in _PIECES.split(inner) if p]
        if pieces and all(is_level_tag(p) or is_size_tag(p) or _is_mark(p) for p in pieces):
            rest = text[: match.start()] if pattern is not _IN_FRONT else text[match.end() :]
            if rest.strip():
                return rest.strip(), pieces
    return text, []


def _is_mark(piece: str) -> bool:
    return bool(
        re.fullmatch(r"(?:draft|wip|new!?|gsoc|difficulty|size|taken|updated)", piece, re.I)
    )


def is_template(title: str) -> bool:
    """Whether a title stands over a form to fill in."""
    return bool(_TEMPLATE.search(title))


def is_own_idea(title: str) -> bool:
    """Whether a title asks for ideas rather than being one."""
    return bool(_OWN.search(title))


def is_rest(title: str) -> bool:
    """Whether a title stands over other ideas, or over a word about them."""
    return bool(_REST.search(title))


def is_talk(title: str) -> bool:
    """Whether a title stands over something about the programme, or over a part of an idea."""
    return not title or bool(_TALK.search(title))


def is_surely_talk(title: str) -> bool:
    """The same where no idea has such a title: "Contact sync for phones" may be one."""
    return is_talk(title) and (len(title.split()) < 3 or bool(_SURELY_TALK.search(title)))


def is_draft(title: str) -> bool:
    """Whether a title says that what is below is not ready."""
    return bool(_DRAFT.search(title))


def names_a_list(title: str) -> bool:
    """Whether a title says that ideas are below."""
    return bool(_LIST.search(title))
