"""Who mentors an idea: names or handles, without roles, links, addresses; nobody is nobody."""

import re
import unicodedata
from dataclasses import dataclass

from gsocbot.importers.lists.tree import Line
from gsocbot.importers.lists.words import words

LONGEST_NAME = 60
MOST_WORDS = 6
_MAIL = re.compile(r"<?\s*(?:mailto:)?([\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)*)\s*>?")
_SPELLED = re.compile(
    r"[<(\[]?\b([\w.+-]{1,64})\s*(?:\bAT\b|-\s?at\s?-|[<\[({]\s*(?:at|AT|@)\s*[>\])}])\s*"
    r"([\w-]+(?:\s*(?:\.|\bDOT\b|[\[({]\s*(?:dot|DOT|\.)\s*[\])}])\s*[\w-]+)*)\b[>)\]]?"
    r"|[<(\[]?\b([\w.+-]{1,64}) (?:at) ([\w-]+(?:(?:\.| dot )[\w-]+)+)\b[>)\]]?"
)
_URL = re.compile(r"<?\bhttps?://[^\s<>()]+>?")
_GROUP = re.compile(r"(?:(?<=\s)|(?<=^))[(\[{]([^()\[\]{}]*)[)\]}]")
_NICKNAME = re.compile(
    r"(?<![^\W_] )\b([A-Z]\w+) \(([A-Z][a-z]+)\) ([A-Z]\w+)(?=\s*(?:[,;(<\x01]|$))"
)
"""How somebody is called, between names: "Grace (Amazing) Hopper"."""
_ROLE = re.compile(
    r"^\W*(?:(?:and|with|plus)\s+)?(?:(?:the|a|primary|secondary|main|lead|leading|co|backup|"
    r"possible|potential|first|second|project|technical|assistant|assisting|coding|other|admin|"
    r"additional|external|local|industry|head|principal|deputy|org)[\s-]*)*"
    r"(?:mentors?|co-?mentors?|supervisors?|advisors?|leads?|primary|secondary|backup|contacts?|"
    r"contact person|admin|support(?:ing|ed by)?|fallback|reserve|assistants?|reviewers?)\s*"
    r"(?:\(?s\)?)?\s*[:=–-]\s*",
    re.IGNORECASE,
)
_NEXT_ROLE = re.compile(
    r"\s+[-–—;.]?\s*(?:co-?mentors?|backup|fallback|support|secondary|reserve)(?: mentors?)?"
    r"\s*:\s*",
    re.I,
)
"""A second person on a line: "Ada - Fallback: Ben"."""
_STUDENT = re.compile(r"^\W*(?:students?|contributors?|interns?|mentees?|candidates?)\b", re.I)
_AFTER = re.compile(
    r"\s+[-–—|:/]+\s+.*$|\s*[:=]\s.*$|\s+(?:from|of the|who|is|will|for|via|as|on|at)\s+.*$"
)
_SPLIT = re.compile(
    r"\s*(?:[,;\n•·|]|\s/\s|\s\+\s|&(?!\w+;)|(?<![\w-])(?:and|AND|or|und|et|y)(?![\w-]))\s*"
)
_HANDLE = re.compile(r"^@?[\w][\w.-]*$")
_PARTICLES = frozenset(
    words(
        "de da do dos das del der den van von zu zur la le di du el al bin ibn ben af av ten "
        "ter y e dela della st mac"
    )
)
_NOBODY = frozenset(
    words(
        "tbd tba tbc tbh n/a na none unknown nobody anyone anybody someone somebody everyone "
        "any almost add yourself you your needed wanted required seeking looking open various "
        "several maintainer maintainers committer committers team teams community mentor "
        "mentors comentor manager managers core developers developer devs group organization "
        "organisation university institute foundation volunteer volunteers announced "
        "determined decided confirmed please contact see ask email mail mailing list channel "
        "slack irc discord forum zulip thread make sure cc communications tag mails all here "
        "below above link links name names todo fixme interested available previous former "
        "past release pending unassigned null nil undefined placeholder help question "
        "questions jane-github members member people student students contributor "
        "contributors each professor lab laboratory postdoctoral postdoc fellow institution "
        "department dept center centre phd inc ltd gmbh researcher engineer scientist "
        "director college school leader leaders author expert experts founder coordinator "
        "architect {{ }} with discuss yet not no response specified find found "
        "xxx etc others more handle handles nick nickname"
    )
)
_OPENERS = frozenset(words("the a an our from to by on at of for in is are will be if or and as"))


@dataclass(frozen=True, slots=True)
class People:
    """Who was found, how to reach them, and what was left over."""

    names: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()


def people_in(lines: list[Line], *, strict: bool = False) -> People:
    """The people of a mentor field; with `strict` only what cannot be anything else.

    Each line is an item of a list, or holds several people.
    """
    names: dict[str, str] = {}
    contacts: dict[str, None] = {}
    doubtful: list[str] = []
    for text in _unwrapped([_visible(line) for line in lines]):
        contacts.update(dict.fromkeys(mails_in(text)))
        for entry in _entries(text):
            name = name_of(entry)
            if not name:
                if not _is_nobody(entry):
                    doubtful.append(entry)
            elif not strict or " " in name or "@" in entry:
                names.setdefault(name.casefold(), name)
    return People(_without_groups(tuple(names.values())), tuple(contacts), tuple(doubtful))


def _unwrapped(texts: list[str]) -> list[str]:
    """Lines, with a name put together that the end of a line has cut in two."""
    out: list[str] = []
    for text in texts:
        last = re.split(r"[,;]|\band\b", out[-1])[-1].strip(" *_") if out else ""
        first = re.split(r"[,;.]|\band\b", text)[0].strip(" *_")
        cut = "," in (out[-1] if out else "") and last.isalpha() and first.isalpha()
        if cut and last[:1].isupper() and first[:1].isupper():
            out[-1] = f"{out[-1]} {text}"
        else:
            out.append(text)
    return out


def mails_in(text: str) -> list[str]:
    """The addresses in a text, those that are spelled out too."""
    plain = [m.rstrip(".-") for m in _MAIL.findall(text) if not m.startswith("@")]
    spelled = []
    for match in _SPELLED.finditer(text):
        who, where = (match[1], match[2]) if match[1] else (match[3], match[4])
        host = re.sub(r"\s*(?:\bDOT\b|\bdot\b|[\[({](?:dot|DOT|\.)[\])}])\s*", ".", where)
        if "." in host:
            spelled.append(f"{who}@{host.replace(' ', '')}")
    return list(dict.fromkeys(plain + spelled))


def _visible(line: Line) -> str:
    """The text of a line; a link to an address or a handle counts as what it shows."""
    parts: list[str] = []
    linked = False
    for run in line.runs:
        if run.url and linked:
            parts.append(", ")
        elif parts and (run.url or linked) and _stuck(parts[-1], run.text):
            parts.append(" ")
        linked = bool(run.url) or (linked and not run.text.strip())
        mail = run.url.removeprefix("mailto:") if run.url.startswith("mailto:") else ""
        parts.append(f"{run.text} <{mail}>" if mail and mail not in run.text else run.text)
    return "".join(parts)


def _stuck(before: str, after: str) -> bool:
    """Whether a link and the word beside it have lost the blank between them."""
    return (before[-1:].isalnum() and after[:1].isalnum()) or before[-1:] == ":"


def _entries(text: str) -> list[str]:
    """The parts of a line that may be a person each; commas in parentheses divide nothing."""
    plain = unicodedata.normalize("NFKC", text[:5000]).replace("\\", "")
    plain = _URL.sub(" ", plain)
    plain = re.sub(r"\[([^\[\]\n]{1,60})\]\[[^\[\]\n]{0,60}\]", r" \1, ", plain)
    plain = re.sub(r"(@[\w.-]+)\s+(?=@)", r"\1, ", plain)
    plain = _NEXT_ROLE.sub(", ", plain)
    plain = re.sub(r"(^|[,;]\s*)\[([^\[\]@]{2,60})\](?=\s*(?:[,;]|$))", r"\1\2", plain)
    plain = re.sub(r"\(\s*\)|<\s*>|\[\s*\]", " ", plain)
    plain = _SPELLED.sub(
        lambda m: " \x01 " if m[3] or "." in m[2] or "DOT" in m[2] or m[2] else m[0], plain
    )
    plain = _MAIL.sub(" \x01 ", plain)
    plain = re.sub(r"<[\s\x01<>]*>", " \x01 ", plain)
    plain = _GROUP.sub(" ", _NICKNAME.sub("\\1 \x05\\2\x06 \\3", plain))
    plain = plain.replace("\x05", "(").replace("\x06", ")")
    parts = [part.strip() for part in _SPLIT.split(plain)]
    return [part for part in parts if part.strip(" \x01.-–:*_")]


def name_of(entry: str) -> str:
    """The name in a part of a mentor field; empty if it is nobody's."""
    text = entry.replace("\x01", " ").strip()
    if _STUDENT.match(text):
        return ""
    text = _ROLE.sub("", text)
    handle = re.match(r"^@([\w][\w.-]*)", text)
    if handle:
        return "" if _denied(handle[1]) else handle[1].rstrip(".-")
    text = re.sub(r"\s*@[\w][\w.-]*", " ", text)
    text = _AFTER.sub("", f"{text} ".rstrip())
    text = re.sub(r"[*_`\"“”]+(?=\s|$)|(?<!\S)[*_`]+", lambda m: m[0] if '"' in m[0] else "", text)
    text = " ".join(text.split()).strip(" .,:;-–—*_`<>[]{}|/")
    text = re.sub(r"^(?:Dr|Prof|Professor|Mr|Mrs|Ms|Mx|PhD)\.?\s+", "", text)
    words = text.split()
    kept = _leading_name(words)
    if not kept or len(kept) > LONGEST_NAME:
        return ""
    return kept


def _leading_name(words: list[str]) -> str:
    if not words:
        return ""
    if words[0].casefold() in _OPENERS or _denied(words[0]):
        return ""
    if len(words) == 1:
        return words[0] if _HANDLE.match(words[0]) or _is_name_word(words[0]) else ""
    kept: list[str] = []
    for word in words:
        quoted = kept and re.fullmatch(r"[\"'“‘„]\w+[\"'”’]", word)
        if _is_name_word(word) or quoted or (kept and word in _PARTICLES):
            kept.append(word)
        else:
            break
    while kept and kept[-1] in _PARTICLES:
        kept.pop()
    left = words[len(kept) :]
    if any(_denied(w) for w in kept):
        return ""
    if not kept:
        few = len(words) <= 2 and not any(_denied(w) or w in _OPENERS for w in words)
        return " ".join(words) if few and all(w.isalpha() for w in words) else ""
    if len(kept) > MOST_WORDS:
        return ""
    if len(kept) == 1 and left:
        two = len(left) == 1 and left[0].isalpha() and not _denied(left[0])
        return " ".join(words) if two else ""
    return " ".join(kept)


def _is_name_word(word: str) -> bool:
    plain = re.sub(r"^(?:[dlDL]|al|el|[oO])['’-](?=[A-Z])", "", word.lstrip("\"'“‘("))
    return plain[:1].isupper() or (plain[:1].isalpha() and not plain[:1].islower())


def _denied(word: str) -> bool:
    return word.casefold().strip(".,:;()[]<>!?\"'*_") in _NOBODY or word.isdigit()


def _is_nobody(entry: str) -> bool:
    return any(_denied(w) for w in entry.split()) or len(entry.strip()) < 2


def _without_groups(names: tuple[str, ...]) -> tuple[str, ...]:
    """Without what looks like where somebody works: capitals among people's full names."""
    if not any(" " in name for name in names):
        return names
    return tuple(
        n for n in names if not (n.isupper() and n.isalpha() and len(n) <= 6 and " " not in n)
    )
