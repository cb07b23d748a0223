"""What a page is made of, without its words: elements, attributes, classes, schemes."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

ADDRESSES = {"href", "src", "action", "xlink:href", "formaction", "data", "poster", "srcset"}
VOID = {"meta", "link", "br", "hr", "input", "img", "rect", "line", "circle", "path"}


@dataclass
class Page(HTMLParser):
    """The elements of a page in order, and the addresses in it."""

    elements: list[tuple[str, ...]] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        parts = [tag, *sorted(name for name, _ in attrs)]
        for name, value in attrs:
            if name in ADDRESSES:
                self.addresses.append(value or "")
                parts.append(f"scheme={scheme(value or '')}")
            if name == "class":
                parts.append(f"class={value}")
            if name == "id":
                self.ids.append(value or "")
        self.elements.append(tuple(parts))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.open = self.open[:-1] if tag not in VOID else self.open

    def handle_endtag(self, tag: str) -> None:
        # Paragraphs and items may stay open, as HTML allows; the list of ideas makes use of it.
        while self.open and self.open[-1] in {"p", "li"} and self.open[-1] != tag:
            self.open.pop()
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        self.elements.append(("comment",))

    def count(self, tag: str) -> int:
        """How many elements of a kind there are."""
        return sum(parts[0] == tag for parts in self.elements)


def scheme(address: str) -> str:
    """The scheme of an address, if it has one: relative addresses have none."""
    head = address.split("/", 1)[0].split("?", 1)[0].split("#", 1)[0]
    return head.split(":", 1)[0].lower() if ":" in head else ""


def read(html: bytes) -> Page:
    """Read a page; fails where an end tag does not fit."""
    page = Page()
    page.feed(html.decode())
    page.close()
    assert not [tag for tag in page.open if tag not in {"p", "li"}], page.open
    return page
