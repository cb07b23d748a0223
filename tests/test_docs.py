"""The docs tell what the program does: commands, keys, links, the picture, the example config."""

import re
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from gsocbot.config import Config, load
from tools import manual

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
PAGES = sorted(
    [*DOCS.glob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md",
     ROOT / "deploy" / "README.md"]
)  # fmt: skip

_LINK = re.compile(r"\]\(([^)#\s]*)(?:#([^)\s]*))?\)")


def _sections(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """The models that stand for tables of the file, the whole file left out."""
    for field in model.model_fields.values():
        for found in _models(field.annotation):
            yield found
            yield from _sections(found)


def _models(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models(part)


SECTIONS = list(_sections(Config))


def _keys(model: type[BaseModel]) -> dict[str, str]:
    """The keys that docs/configuration.md has below the heading of a table, with their defaults."""
    heading = (model.__doc__ or "").split("]")[0] + "]"
    text = (DOCS / "configuration.md").read_text(encoding="utf-8")
    assert f"\n## {heading}\n" in text
    below = text.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    rows = [line.split(" | ") for line in below.splitlines() if line.startswith("| `")]
    return {row[0].strip("|` "): row[2] for row in rows}


def _default(field: FieldInfo) -> str:
    """A default as the file would have it; a dash where there is none."""
    value = field.get_default(call_default_factory=True)
    if field.is_required() or value is None or value == {}:
        return "–"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, int | float):
        return f"`{value}`"
    if isinstance(value, tuple):
        return f"`{list(value)}`"
    return f'`"{value.value if isinstance(value, Enum) else value}"`'


def test_the_manual_of_commands_is_that_of_the_program() -> None:
    written = (DOCS / "commands.md").read_text(encoding="utf-8")

    if written != manual.manual():
        pytest.fail("docs/commands.md is stale: make docs", pytrace=False)


def test_the_picture_shows_what_the_bot_says() -> None:
    written = (DOCS / "conversation.svg").read_text(encoding="utf-8")

    if written != manual.picture():
        how = ".venv/bin/python -m tools.manual picture > docs/conversation.svg"
        pytest.fail(f"docs/conversation.svg is stale: {how}", pytrace=False)


@pytest.mark.parametrize("model", SECTIONS, ids=lambda m: m.__name__)
def test_every_key_is_documented_with_its_default(model: type[BaseModel]) -> None:
    there = {name: _default(field) for name, field in model.model_fields.items()}

    assert _keys(model) == there, "docs/configuration.md and gsocbot/config/ differ"


def test_the_example_config_loads(tmp_path: Path) -> None:
    (tmp_path / "gsocbot.toml").write_text((ROOT / "deploy" / "gsocbot.toml").read_text())
    (tmp_path / "password").touch(mode=0o600)

    assert list(load(tmp_path / "gsocbot.toml").network) == ["libera"]


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    broken = [
        f"{path}#{heading}" if heading else path
        for path, heading in _LINK.findall(text)
        if "://" not in path and not _leads(page, path, heading)
    ]

    assert broken == []


def _leads(page: Path, path: str, heading: str) -> bool:
    target = page.parent / path if path else page
    if not target.exists():
        return False
    if not heading:
        return True
    headings = re.findall(r"^#+ (.*)$", target.read_text(encoding="utf-8"), re.MULTILINE)
    return heading in {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}
