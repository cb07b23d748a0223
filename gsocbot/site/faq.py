"""What the page of the FAQ shows of an entry."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from gsocbot.render.addresses import Addresses
from gsocbot.rules.faq import Entry, Holes, fault_of_answer, filled
from gsocbot.site.names import unique
from gsocbot.site.snapshot import SeasonSnapshot
from gsocbot.site.views import web_address


@dataclass(frozen=True, slots=True)
class Answered:
    """An entry of the FAQ; `source_url` is empty unless it is an address on the web."""

    anchor: str
    entry: Entry
    title: str
    answer: str
    source_url: str
    source: str


def answered(snapshot: SeasonSnapshot, addresses: Addresses) -> list[Answered]:
    """The FAQ with what the season has for its holes; what says nothing then is left out."""
    facts = snapshot.facts
    holes = Holes(facts.organisation, facts.list, snapshot.channel, addresses.page())
    # The first name is the page's own.
    anchors = unique(["main", *(entry.text.key for entry in snapshot.faq)])[1:]
    return [
        Answered(
            anchor,
            entry,
            title=entry.text.title or entry.text.key.replace("-", " "),
            answer=answer,
            source_url=web_address(entry.text.source),
            source=urlsplit(entry.text.source).hostname or "source",
        )
        for entry, anchor in zip(snapshot.faq, anchors, strict=True)
        if (answer := _filled(entry.text.answer, holes))
    ]


def _filled(answer: str, holes: Holes) -> str:
    """An answer with its holes filled; as it stands, if nobody has checked it."""
    return answer if fault_of_answer(answer) else filled(answer, holes)
