"""Texts that nobody means well with: a fault in words, soon, or nothing found; never a crash."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gsocbot.importers.faults import Unreadable
from gsocbot.importers.lists import FoundIdea, read_folder, read_list
from gsocbot.importers.lists.formats import SUFFIXES
from gsocbot.importers.lists.reading import LARGEST
from tests.importers.samples import SAMPLES

PIECES = (
    "# ",
    "== ",
    "* ",
    "- ",
    "| ",
    "|| ",
    "{{a|b=",
    "}}",
    "<h2>",
    "<table><tr><td>",
    "</div>",
    "<!--",
    "-->",
    "```\n",
    "**",
    "'''",
    "Mentors: ",
    "**Difficulty:** easy",
    "Size: 350 hours",
    "\n",
    "\n\n",
    "    ",
    ":a: b\n",
    ".. note::\n",
    "====\n",
    "|===\n",
    "---\n",
    "+++\n",
    "title: x\n",
    "[x](y)",
    "[[x]]",
    "@a, B C <d@e.f>",
    "{% comment %}",
    '{{< a title="b" >}}',
    ":PROPERTIES:\n",
    "TBD",
    "\x00",
    "\u2028",
    "é",
    "🚀",
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(SUFFIXES), st.text(max_size=300))
def test_any_text_is_read_or_refused(suffix: str, text: str) -> None:
    _read(f"a{suffix}", text)


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(SUFFIXES), st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_markup_is_read_or_refused(suffix: str, text: str) -> None:
    _read(f"a{suffix}", text)


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(sorted(SAMPLES)), st.integers(0, 2000), st.integers(0, 50), st.text(max_size=5)
)
def test_a_list_with_a_hole_in_it_is_read_or_refused(
    sample: str, start: int, length: int, instead: str
) -> None:
    name, text, _ = SAMPLES[sample]
    _read(name, text[:start] + instead + text[start + length :])


DEEP = 3000
LAUGHS = "a: &a [x, x]\n" + "".join(
    f"{new}: &{new} [*{old}, *{old}]\n" for old, new in pairwise("abcdefghijklmnopqrstuvwxyz")
)
NESTED = {
    "a.md": "> " * DEEP + "a",
    "b.md": "".join("  " * n + "- a\n" for n in range(200)),
    "a.html": "<div>" * DEEP + "a",
    "b.html": "<ul><li>" * DEEP,
    "c.html": "<table><tr><td>" * DEEP,
    "a.yaml": "[" * DEEP,
    "b.yaml": "".join(" " * n + "a:\n" for n in range(300)),
    "c.yaml": LAUGHS,
    "d.yaml": "a: &a [*a]\n",
    "a.json": '{"a":' * DEEP,
    "a.toml": "a = " + "[" * DEEP,
    "a.mediawiki": "{{a|b=1|c=" * DEEP + "}}" * DEEP,
    "b.mediawiki": "{{" * DEEP,
    "a.rst": "".join("  " * n + "* a\n\n" for n in range(200)),
    "a.org": "".join("*" * n + " a\n" for n in range(1, 300)),
    "a.adoc": "=" * DEEP + " a",
}  # fmt: skip


@pytest.mark.timeout(10)
@pytest.mark.parametrize("name", NESTED)
def test_what_is_nested_deeply_is_read_or_refused_soon(name: str) -> None:
    _read(name, NESTED[name])


LONG = {
    "a.md": "[" * 40_000,
    "b.md": "{#" * 40_000,
    "c.md": "Mentors: " + "a.b@c " * 10_000,
    "d.md": "Mentor: Ada\n\n" * 3_000,
    "a.html": "<b>" * 30_000,
    "a.rst": "|a |b " * 1_500,
    "b.rst": ("`a " * 3_900 + "\n\n") * 20,
    "c.rst": "http://a.b " * 20_000,
    "a.adoc": "+a {b} #c _d *e `f " * 10_000,
    "b.adoc": ":a: " + "b" * 200 + "\n" + "{a} " * 100_000,
    "a.mediawiki": "[[File:a " * 20_000 + "''b " * 20_000,
    "a.wiki": "\n" * 50_000,
    "a.org": "/a " * 20_000,
    "a.txt": "Mentor: Ada\n" * 4_000,
    "a.csv": '"a,' * 20_000,
}


@pytest.mark.timeout(10)
@pytest.mark.parametrize("name", LONG)
def test_what_is_long_is_read_or_refused_soon(name: str) -> None:
    _read(name, LONG[name])


@pytest.mark.timeout(2)
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_what_is_too_large_is_refused_at_once(suffix: str) -> None:
    with pytest.raises(Unreadable, match=f"^a{suffix}: the text is larger than"):
        read_list(f"a{suffix}", "Mentor: Ada\n" * (LARGEST // 12 + 1))


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("a.yaml", "a: b\nc: [", "a.yaml:2: this is no YAML: "),
        ("a.toml", "a = 1\nb =", "a.toml:2: this is no TOML: "),
        ("a.json", '{"a":\n}', "a.json:2: this is no JSON: "),
        ("a.md", "---\ntitle: x\nb: [\n---\n# A", "a.md:3: this is no YAML: "),
        ("a.md", "\x00\x01\x02\x03" * 10, "a.md:1: this is no text"),
        ("a.yaml", "a: &a [*a]\n", "a.yaml:1: this is nested too deeply"),
        ("a.rst", "A\n\n" + "a\n" * 160_000, "a.rst:1: this file is too long; divide it"),
    ],
)
def test_a_fault_names_the_file_and_the_line(name: str, text: str, fault: str) -> None:
    with pytest.raises(Unreadable) as raised:
        read_list(name, text)

    assert str(raised.value).startswith(fault)


def test_a_folder_with_a_broken_file_names_it(tmp_path: Path) -> None:
    (tmp_path / "good.md").write_text("# A\nMentor: Ada\n\nDifficulty: easy\n")
    (tmp_path / "bad.yaml").write_text("a: [")
    (tmp_path / "binary.md").write_bytes(b"\xff\xfe\x00")

    with pytest.raises(Unreadable) as raised:
        read_folder(tmp_path)

    assert sorted(fault.split(":")[0].rsplit("/")[-1] for fault in raised.value.faults) == [
        "bad.yaml",
        "binary.md",
    ]


def _read(name: str, text: str) -> None:
    refused: tuple[str, ...] = ()
    ideas: tuple[FoundIdea, ...] = ()
    try:
        ideas = read_list(name, text).ideas
    except Unreadable as error:
        refused = error.faults
    assert all(name in fault and "\n" not in fault for fault in refused)
    assert all(idea.title and idea.place.startswith(f"{name}:") for idea in ideas)
