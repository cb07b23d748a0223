"""The FAQ from Markdown: the shipped entries, and those that a season has instead or besides."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from gsocbot.importers.faults import Faults, Place
from gsocbot.importers.fields import Fields
from gsocbot.importers.files import files_in, read_text
from gsocbot.importers.front_matter import divided, fields_of
from gsocbot.importers.texts import clean, one_line, short
from gsocbot.rules.faq import LONGEST_KEY, FaqText, fault_of_answer, is_key

FOLDER, ONE_FILE = "faq", "faq.md"
"""Where a season keeps its own entries: a file an entry, or all in one, a heading an entry."""
_NO_ENTRIES = {"readme.md", "index.md"}
_ADDRESS = re.compile(r"https?://\S+")
_HEADING = re.compile(r"##[ \t]+(.*\S)[ \t]*")
_HOW_PEOPLE_ASK = re.compile(r"^(?:signs|asked):.*\n?(?:[ \t].*\n?)*", re.MULTILINE)
"""Lists that are long and slow to read, and of no use where nothing is looked for."""
_FIELD = re.compile(r"(title|aliases|source):[ \t]*(.*)", re.IGNORECASE)


def gather_faq(shipped: Path, season: Path, faults: Faults) -> tuple[FaqText, ...]:
    """The shipped entries and a season's own, by key; its own takes the place of a shipped one."""
    return with_shipped(own_faq(shipped, season, faults), shipped, faults)


def own_faq(shipped: Path, season: Path, faults: Faults) -> tuple[FaqText, ...]:
    """A season's own entries, by key; none has an alias that is a shipped entry it leaves."""
    own = _own(season, faults)
    _refuse_twins([(place, entry) for place, entry in own.values()], faults)
    others = {path.stem for path in shipped.glob("*.md")} - own.keys() if own else set()
    for place, entry in own.values():
        for alias in entry.aliases:
            if alias in others:
                faults.add(place, f"aliases: {alias} is another entry; write another")
    return tuple(own[key][1] for key in sorted(own))


def with_shipped(
    own: Sequence[FaqText], shipped: Path, faults: Faults, *, briefly: bool = False
) -> tuple[FaqText, ...]:
    """Entries and the shipped ones beside them, by key; `briefly` leaves out how people ask."""
    ours = dict(_in_folder(shipped, faults, briefly=briefly))
    _refuse_twins([(place, entry) for place, entry in ours.values()], faults)
    names = {name for entry in own for name in (entry.key, *entry.aliases)}
    kept = {key: _without(entry, names) for key, (_, entry) in ours.items()}
    kept |= {entry.key: entry for entry in own}
    return tuple(kept[key] for key in sorted(kept))


class Faqs(Mapping[str, tuple[FaqText, ...]]):
    """The FAQ of each season as its files have it, without how people ask for what ships.

    That alone, the signs and the questions, takes 0.1 s and 7 MB to learn: `learnt` has it too.
    """

    def __init__(self, own: Mapping[str, Sequence[FaqText]], shipped: Path) -> None:
        self._own = own
        self._shipped = shipped
        self._brief: dict[str, tuple[FaqText, ...]] = {}
        self._learnt: dict[str, tuple[FaqText, ...]] = {}

    def __getitem__(self, season: str) -> tuple[FaqText, ...]:
        """All entries of a season; the shipped ones are read when the first is asked for."""
        if season not in self._brief:
            own = self._own[season]
            self._brief[season] = with_shipped(own, self._shipped, Faults(), briefly=True)
        return self._brief[season]

    def learnt(self, season: str) -> tuple[FaqText, ...]:
        """All entries of a season with what they are found by in plain words."""
        if season not in self._learnt:
            self._learnt[season] = with_shipped(self._own[season], self._shipped, Faults())
        return self._learnt[season]

    def __iter__(self) -> Iterator[str]:
        return iter(self._own)

    def __len__(self) -> int:
        return len(self._own)


def _without(entry: FaqText, names: set[str]) -> FaqText:
    return replace(entry, aliases=tuple(a for a in entry.aliases if a not in names))


def _own(season: Path, faults: Faults) -> dict[str, tuple[Place, FaqText]]:
    found = dict(_in_folder(season / FOLDER, faults))
    path = season / ONE_FILE
    if path.exists():
        for key, (place, entry) in _in_one_file(path, faults):
            if key in found:
                faults.add(place, f"{key} stands in {found[key][0]} too; remove one of them")
            found[key] = place, entry
    return found


def _in_folder(
    folder: Path, faults: Faults, *, briefly: bool = False
) -> Iterator[tuple[str, tuple[Place, FaqText]]]:
    if not folder.is_dir():
        return
    for path in files_in(folder, (".md",), faults):
        if path.name.lower() in _NO_ENTRIES or path.name.startswith(("_", ".")):
            continue
        entry = _of_file(path, faults, briefly=briefly)
        if entry is not None:
            yield entry.key, (Place(path, 1), entry)


def _of_file(path: Path, faults: Faults, *, briefly: bool = False) -> FaqText | None:
    text = read_text(path, faults)
    if text is None:
        return None
    before = faults.count
    block, below = divided(clean(text))
    if below is None:
        faults.add(Place(path, 1), "the block that begins here has no end; write --- below it")
        return None
    fields = Fields({}, lambda _: Place(path, 1), faults)
    if block is not None:
        block = _HOW_PEOPLE_ASK.sub("", block) if briefly else block
        fields = fields_of(block, path, faults) or fields
    entry = _of_fields(path.stem, fields, one_line(below))
    return entry if faults.count == before else None


def _of_fields(key: str, fields: Fields, answer: str) -> FaqText:
    entry = FaqText(
        key=key,
        answer=answer,
        title=fields.text("title") or key.replace("-", " "),
        aliases=tuple(alias.lower() for alias in fields.texts("aliases", split=True)),
        source=fields.text("source"),
        signs=fields.texts("signs"),
        asked=fields.texts("asked"),
    )
    fields.refuse_others()
    for name, fault in _faults_of(entry):
        fields.fault(name, fault)
    return entry


def _faults_of(entry: FaqText) -> Iterator[tuple[str, str]]:
    if not is_key(entry.key):
        yield "key", f"{short(entry.key)} is no key; name it with small letters, digits and -"
    for alias in entry.aliases:
        if not is_key(alias):
            yield "aliases", f"{short(alias)} is no key; write small letters, digits and -"
    if entry.source and not _ADDRESS.fullmatch(entry.source):
        yield "source", f"{short(entry.source)} is no address; write https://…"
    if entry.signs:
        # 80 ms and 6 MB that are needed when somebody asks in words.
        from gsocbot.rules.questions import is_sign  # noqa: PLC0415

        for sign in entry.signs:
            if not is_sign(sign):
                yield "signs", f"{short(sign)} has no word that must be there"
    fault = fault_of_answer(entry.answer)
    if fault:
        yield "answer", fault


def _in_one_file(path: Path, faults: Faults) -> Iterator[tuple[str, tuple[Place, FaqText]]]:
    text = read_text(path, faults)
    if text is None:
        return
    seen: dict[str, Place] = {}
    for line, key, body in _sections(clean(text).split("\n")):
        place = Place(path, line)
        if key in seen:
            faults.add(place, f"{key[:LONGEST_KEY]} stands in {seen[key]} too; remove one of them")
            continue
        seen[key] = place
        before = faults.count
        entry = _of_section(key, body, place, faults)
        if faults.count == before:
            yield key, (place, entry)


def _sections(lines: list[str]) -> Iterator[tuple[int, str, list[str]]]:
    heads = [(n, m[1]) for n, text in enumerate(lines) if (m := _HEADING.fullmatch(text))]
    ends = [*(n for n, _ in heads[1:]), len(lines)]
    for (start, key), end in zip(heads, ends, strict=True):
        yield start + 1, key, lines[start + 1 : end]


def _of_section(key: str, body: list[str], place: Place, faults: Faults) -> FaqText:
    values: dict[str, object] = {}
    at = 0
    while at < len(body) and (not body[at].strip() or _FIELD.fullmatch(body[at].strip())):
        field = _FIELD.fullmatch(body[at].strip())
        if field:
            values[field[1].lower()] = field[2]
        at += 1
    fields = Fields(values, lambda _: place, faults)
    return _of_fields(key, fields, one_line("\n".join(body[at:])))


def _refuse_twins(entries: list[tuple[Place, FaqText]], faults: Faults) -> None:
    """Note names that two entries of one set claim."""
    keys = {entry.key: place for place, entry in entries}
    first: dict[str, Place] = {}
    for place, entry in entries:
        for alias in entry.aliases:
            other = keys.get(alias) or first.get(alias)
            if other is not None:
                faults.add(place, f"aliases: {alias} is taken by {other}; write another")
            first[alias] = place
