"""Files that people write become values, or one Unreadable that names every fault."""

import json
import os
import string
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gsocbot.importers.faults import MOST_FAULTS, Unreadable
from gsocbot.importers.fields import is_slug
from gsocbot.importers.ideas import read_ideas
from gsocbot.importers.json_list import as_json
from gsocbot.importers.markdown import write_idea
from gsocbot.importers.season import read_season
from gsocbot.importers.texts import many_lines, one_line
from gsocbot.importers.timeline import read_timeline
from gsocbot.rules.checklists import Checklist, Item
from gsocbot.rules.ideas import LEVELS, IdeaState, IdeaText, completed, numbered
from gsocbot.rules.recurrence import Weekly
from gsocbot.rules.seasons import SeasonFolder
from gsocbot.rules.timeline import Audience, Deadline, DeadlineKind, Phase
from gsocbot.shipped import shipped

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared" / "data"
NO_LISTS = Path("no-such-folder")

T = TypeVar("T")
Write = Callable[[str, str | bytes], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Give a function that writes a file below a new folder and returns its path."""

    def _write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return _write


def faults_of(read: Callable[[], object], folder: Path) -> list[str]:
    """Return the faults of a reading, with paths from the folder on."""
    with pytest.raises(Unreadable) as raised:
        read()
    assert str(raised.value) == "\n".join(raised.value.faults)
    return [fault.replace(f"{folder}/", "") for fault in raised.value.faults]


def read_or_faults(read: Callable[[], T]) -> tuple[T | None, tuple[str, ...]]:
    """Return what was read, or the faults; anything else that is raised fails the test."""
    try:
        return read(), ()
    except Unreadable as unreadable:
        return None, unreadable.faults


# Ideas in Markdown


def test_an_idea_is_its_fields_and_the_text_below(write: Write) -> None:
    path = write(
        "boot-tests.md",
        "---\n"
        "number: 19\n"
        "title: Boot tests\n"
        "summary: Start guests\n"
        "mentors: [mira, Anna de Vries]\n"
        "difficulty: easy\n"
        "size: 175\n"
        "skills: [Python, a little OCaml]\n"
        "outcome: >\n"
        "  A nightly\n"
        "  run.\n"
        "tags: [testing]\n"
        "state: draft\n"
        "contact: [xen-devel]\n"
        "org: Xen\n"
        "id: 7\n"
        "---\n"
        "\n"
        "One\n"
        "\n"
        "    two\n",
    )

    assert read_ideas(path) == [
        IdeaText(
            title="Boot tests",
            slug="boot-tests",
            number=19,
            summary="Start guests",
            description="One\n\n    two",
            outcome="A nightly run.",
            mentors=("mira", "Anna de Vries"),
            difficulty="easy",
            levels=("easy",),
            size="175",
            size_hours=(175,),
            skills="Python, a little OCaml",
            contact=("xen-devel",),
            tags=("testing",),
            org="Xen",
            external_id="7",
            state=IdeaState.DRAFT,
        )
    ]


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("2026", "2026"),
        ("No", "No"),
        ("1_000", "1_000"),
        ("2011-03-23", "2011-03-23"),
        ("'a: b'", "a: b"),
        ('"a\\nb\\0\\e"', "a b"),
        ("a\x01\x07\x7fb", "ab"),
        ("a\tb", "a b"),
        ("=", "="),
    ],
)
def test_a_scalar_becomes_the_text_that_is_written(write: Write, written: str, title: str) -> None:
    path = write("a.md", f"---\ntitle: {written}\n---\n")

    assert read_ideas(path) == [IdeaText(title=title, slug="a")]


def test_several_mentors_may_stand_in_one_text(write: Write) -> None:
    path = write("a.md", "---\ntitle: A\nmentors: mira, tomas\nskills: C, Go\ncontact: a, b\n---\n")

    assert read_ideas(path) == [
        IdeaText(title="A", slug="a", mentors=("mira", "tomas"), skills="C, Go", contact=("a, b",))
    ]


@pytest.mark.parametrize("content", [b"---\r\ntitle: A\r\n---\r\n\r\nx\r\ny\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_windows_line_ends_and_byte_order_marks_are_fine(
    write: Write, content: bytes, mark: bytes
) -> None:
    path = write("a.md", mark + content)

    assert read_ideas(path) == [IdeaText(title="A", slug="a", description="x\ny")]


@pytest.mark.parametrize(
    ("text", "title", "description"),
    [
        ("# A title #\n\nBody\n", "A title", "Body"),
        ("Before\n\nA title\n=======\nBody\n", "A title", "Before\n\nBody"),
        ("```\n# no title\n```\n## Title\n", "Title", "```\n# no title\n```"),
        ("### C# and F#\n", "C# and F#", ""),
        ("# #\n# A ##\n", "A", "# #"),
        ("#hash\n\n# Title\n# Second\n", "Title", "#hash\n\n# Second"),
    ],
)
def test_without_fields_the_first_heading_is_the_title(
    write: Write, text: str, title: str, description: str
) -> None:
    path = write("a.md", text)

    assert read_ideas(path) == [IdeaText(title=title, slug="a", description=description)]


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Foo_Bar.md", "foo-bar"), ("12.md", "idea-12"), ("é!.md", "e"), ("a--b.md", "a-b")],
)
def test_a_file_name_that_is_no_slug_is_made_one(write: Write, name: str, slug: str) -> None:
    path = write(name, "---\ntitle: A\n---\n")

    assert [idea.slug for idea in read_ideas(path)] == [slug]


@pytest.mark.parametrize(
    ("block", "faults"),
    [
        ("title: A\nnumber: 0", ["a.md:3: number: write a whole number from 1 to 999999999"]),
        ("title: A\nnumber: true", ["a.md:3: number: write a whole number from 1 to 999999999"]),
        ("title: A\nnumber: 1.5", ["a.md:3: number: write a whole number from 1 to 999999999"]),
        ("number: 1", ["a.md:1: title: this is missing; write title"]),
        ("title:", ["a.md:2: title: this is missing; write title"]),
        ("title: [A]", ["a.md:2: title: this is a list; write a text"]),
        ("title: {a: b}", ["a.md:2: title: this is a table; write a text"]),
        ("title: A\nmentors: {a: b}", ["a.md:3: mentors: this is a table; write a list"]),
        ("title: A\ntags: [[a]]", ["a.md:3: tags: write a list of texts"]),
        ("title: A\ntitle: B", ["a.md:3: title: this stands here twice"]),
        (
            "title: A\nslug: ../../etc",
            ['a.md:3: slug: "../../etc" is no short name; write small letters, digits and -'],
        ),
        (
            "title: A\n\nstate: done",
            ['a.md:4: state: "done" is none of draft, review, published, taken, retired'],
        ),
        (
            "title: A\nmentor: mira",
            [
                "a.md:3: mentor: there is no such key; there is title, slug, number, summary, "
                "outcome, mentors, difficulty, levels, size, size_hours, skills, contact, tags, "
                "org, external_id, id, state"
            ],
        ),
        ("title: A\n  b: c", ["a.md:3: this is no YAML: mapping values are not allowed here"]),
        ("title: 'A", ["a.md:2: this is no YAML: found unexpected end of stream"]),
        ("- title", ["a.md:2: write lines such as title: Boot tests"]),
        ("", ["a.md:1: title: this is missing; write title"]),
        (
            "title: !!python/object/apply:os.system [id]",
            ["a.md:2: title: this is of an unknown kind; write a text"],
        ),
        (
            "title: !!python/name:os.system ''\nnumber: -1",
            [
                "a.md:2: title: this is of an unknown kind; write a text",
                "a.md:3: number: write a whole number from 1 to 999999999",
            ],
        ),
    ],
)
def test_a_fault_in_the_fields_has_its_line(
    write: Write, tmp_path: Path, block: str, faults: list[str]
) -> None:
    path = write("a.md", f"---\n{block}\n---\nBody\n")

    assert faults_of(lambda: read_ideas(path), tmp_path) == faults


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"---\ntitle: A\norg: \xff\n---\n", "3: this is not UTF-8; save the file as UTF-8"),
        (b"---\ntitle: A\n", "1: the block that begins here has no end; write --- below it"),
        (b"text\n", "1: there is no title; write --- and title: … on top, or a heading"),
        (b"", "1: there is no title; write --- and title: … on top, or a heading"),
    ],
)
def test_a_fault_of_the_whole_file_has_its_line(
    write: Write, tmp_path: Path, content: bytes, fault: str
) -> None:
    path = write("a.md", content)

    assert faults_of(lambda: read_ideas(path), tmp_path) == [f"a.md:{fault}"]


# Ideas that are written


def texts(**limits: int) -> st.SearchStrategy[str]:
    """Return texts on one line, odd ones too."""
    odd = st.sampled_from(["---", "- a", "a: b", "#x", "null", "~", "2026", "'", '"', "[a]", "\\"])
    return st.one_of(odd, st.text(max_size=30)).map(one_line)


SLUGS = st.text(f"{string.ascii_lowercase}-1", max_size=12).filter(is_slug)
LISTS = st.lists(texts().filter(bool), max_size=3).map(tuple)
IDEAS = st.builds(
    IdeaText,
    title=texts().filter(bool),
    slug=SLUGS,
    number=st.none() | st.integers(1, 999_999_999),
    summary=texts(),
    description=st.text(max_size=80).map(many_lines),
    outcome=st.text(max_size=40).map(many_lines),
    mentors=LISTS,
    difficulty=st.one_of(texts(), st.sampled_from(["easy", "Medium to hard", "advanced"])),
    levels=st.lists(st.sampled_from(list(LEVELS)), max_size=3).map(tuple),
    size=st.one_of(texts(), st.sampled_from(["90 h", "175 or 350 hours", "large"])),
    size_hours=st.lists(st.integers(1, 9999), max_size=2).map(tuple),
    skills=st.one_of(texts(), st.lists(texts(), max_size=3).map(", ".join).map(one_line)),
    contact=LISTS,
    tags=LISTS,
    org=texts(),
    external_id=texts(),
    state=st.sampled_from(IdeaState),
)


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(idea=IDEAS)
def test_an_idea_that_is_written_and_read_again_is_the_same(
    idea: IdeaText, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "some-other-name.md"

    path.write_text(write_idea(idea), encoding="utf-8", newline="")
    assert read_ideas(path) == [idea]
    path.write_text(write_idea(completed(idea)), encoding="utf-8", newline="")
    assert read_ideas(path) == [completed(idea)]


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(idea=IDEAS)
def test_an_idea_as_json_is_the_same_when_it_is_read_again(
    idea: IdeaText, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "list.json"

    path.write_text(json.dumps([as_json(idea)]), encoding="utf-8")
    assert [completed(i) for i in read_ideas(path)] == [completed(idea)]


@pytest.mark.parametrize("season", ["xen-2011", "example-2026"])
def test_exporting_a_season_that_nobody_changed_changes_no_file(season: str) -> None:
    folder = ROOT / "ideas" / season

    for idea in numbered(read_ideas(folder)):
        there = (folder / f"{idea.slug}.md").read_text(encoding="utf-8")
        assert write_idea(idea, stem=idea.slug) == there.replace("mentors: []\n", "")


def test_what_follows_and_what_is_empty_is_not_written() -> None:
    idea = completed(IdeaText(title="A", slug="a", difficulty="easy", size="90 h"))

    assert write_idea(idea, stem="a") == (
        "---\ntitle: A\ndifficulty: easy\nsize: 90 h\nstate: published\n---\n"
    )


# Ideas in JSON

WHOLE = {
    "slug": "a",
    "title": "A",
    "summary": "s",
    "description": "d\ne",
    "mentors": ["mira"],
    "difficulty": "Medium",
    "levels": ["medium"],
    "size": 175,
    "size_hours": [175, 350.0],
    "skills": ["C", "Go"],
    "contact": "the list, or IRC",
    "org": "Xen",
    "id": 7,
    "tags": ["t"],
    "state": "draft",
    "outcome": "o",
    "number": 3,
    "year": 2026,
    "score": {"x": 1},
}
WHOLE_IDEA = IdeaText(
    title="A",
    slug="a",
    number=3,
    summary="s",
    description="d\ne",
    outcome="o",
    mentors=("mira",),
    difficulty="Medium",
    levels=("medium",),
    size="175",
    size_hours=(175, 350),
    skills="C, Go",
    contact=("the list, or IRC",),
    tags=("t",),
    org="Xen",
    external_id="7",
    state=IdeaState.DRAFT,
)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", json.dumps([WHOLE])),
        ("a.json", json.dumps({"ideas": [WHOLE], "list": "x"}, indent=1)),
        ("a.jsonl", "\n" + json.dumps(WHOLE) + "\r\n\n"),
        ("a.JSONL", "\ufeff" + json.dumps(WHOLE)),
    ],
)
def test_json_comes_as_a_list_in_an_object_or_line_by_line(
    write: Write, name: str, content: str
) -> None:
    assert read_ideas(write(name, content)) == [WHOLE_IDEA]


def test_only_a_title_is_needed_and_null_states_nothing(write: Write) -> None:
    nothing = {key: None for key in WHOLE if key != "title"} | {"title": "A\u0000 \ud800b"}

    assert read_ideas(write("a.json", json.dumps([{"title": "A"}, nothing]))) == [
        IdeaText(title="A"),
        IdeaText(title="A b"),
    ]


@pytest.mark.parametrize(
    ("item", "fault"),
    [
        ({}, "title: this is missing; write title"),
        ({"title": 7}, "title: this is a number; write a text"),
        ({"title": "A", "mentors": {"a": 1}}, "mentors: this is a table; write a list"),
        ({"title": "A", "mentors": [1]}, "mentors: write a list of texts"),
        ({"title": "A", "levels": ["hardest"]}, "levels: write some of easy, medium, hard"),
        ({"title": "A", "size": True}, "size: this is true or false; write a text"),
        ({"title": "A", "size_hours": [True]}, "size_hours: write a list of whole numbers"),
        ({"title": "A", "size_hours": [1e400]}, "size_hours: write a list of whole numbers"),
        ({"title": "A", "size_hours": 90}, "size_hours: this is a number; write a list"),
        ({"title": "A", "number": "7"}, "number: write a whole number from 1 to 999999999"),
        ({"title": "A", "number": 10**30}, "number: write a whole number from 1 to 999999999"),
        ({"title": "A", "state": "x"}, 'state: "x" is none of draft, review, published, taken'),
        (["A"], 'this is no object; write {"title": "…"}'),
    ],
)
def test_a_fault_in_json_has_its_item_or_line(
    write: Write, tmp_path: Path, item: object, fault: str
) -> None:
    good = {"title": "good"}
    array = write("a.json", json.dumps([good, item]))
    lines = write("a.jsonl", f"{json.dumps(good)}\n\n{json.dumps(item)}\n")

    [of_array] = faults_of(lambda: read_ideas(array), tmp_path)
    [of_lines] = faults_of(lambda: read_ideas(lines), tmp_path)

    assert of_array.startswith(f"a.json: item 2: {fault}")
    assert of_lines.startswith(f"a.jsonl:3: {fault}")


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("a.json", "[\n{]", "a.json:2: this is no JSON: Expecting property name enclosed in"),
        ("a.jsonl", '{"title": "A"}\n{', "a.jsonl:2: this is no JSON: Expecting property name"),
        ("a.json", "{}", 'a.json:1: write a list of ideas, [...] or {"ideas": [...]}'),
        ("a.json", "null", 'a.json:1: write a list of ideas, [...] or {"ideas": [...]}'),
        ("a.json", "", "a.json:1: this is no JSON: Expecting value"),
        ("a.json", "[" * 200_000, "a.json: this is nested too deeply"),
        ("a.jsonl", '{"a":' * 200_000, "a.jsonl:1: this is nested too deeply"),
        ("a.json", f"[{'9' * 5000}]", "a.json: this has a number that is too long"),
        ("a.jsonl", f"\n[{'9' * 5000}]", "a.jsonl:2: this has a number that is too long"),
    ],
)
def test_what_is_no_json_is_a_fault(
    write: Write, tmp_path: Path, name: str, content: str, fault: str
) -> None:
    path = write(name, content)

    [found] = faults_of(lambda: read_ideas(path), tmp_path)

    assert found.startswith(fault)


# Folders of ideas


def test_a_folder_is_read_by_name_without_what_is_no_idea(write: Write, tmp_path: Path) -> None:
    for name in ("b.md", "README.md", "index.md", "_part.md", ".hidden.md", "deep/c.md", "x.txt"):
        write(name, "# Title\n")
    write("a.jsonl", '{"title": "A"}\n')
    told = []

    ideas = read_ideas(tmp_path, lambda: told.append(1))

    assert ideas == [IdeaText(title="A"), IdeaText(title="Title", slug="b")]
    assert len(told) == 2


def test_an_empty_folder_has_no_ideas(tmp_path: Path) -> None:
    assert read_ideas(tmp_path) == []


def test_links_that_lead_out_of_a_folder_are_not_followed(write: Write, tmp_path: Path) -> None:
    write("secret.md", "# Secret\n")
    write("ideas/a.md", "# A\n")
    folder = tmp_path / "ideas"
    (folder / "out.md").symlink_to(tmp_path / "secret.md")
    (folder / "in.md").symlink_to(folder / "a.md")
    (folder / "loop.md").symlink_to(folder / "loop.md")
    (folder / "gone.md").symlink_to(folder / "nothing")
    os.mkfifo(folder / "pipe.md")

    assert [idea.slug for idea in read_ideas(folder)] == ["a", "in"]


def test_all_faults_of_all_files_come_at_once(write: Write, tmp_path: Path) -> None:
    write("a.md", "no title\n")
    write("b.md", "# Good\n")
    write("c.jsonl", '{"title": 1}\n{"title": "A", "number": 0}\n')

    assert faults_of(lambda: read_ideas(tmp_path), tmp_path) == [
        "a.md:1: there is no title; write --- and title: … on top, or a heading",
        "c.jsonl:1: title: this is a number; write a text",
        "c.jsonl:2: number: write a whole number from 1 to 999999999",
    ]


def test_faults_beyond_all_measure_are_not_listed(write: Write, tmp_path: Path) -> None:
    path = write("a.jsonl", "{}\n" * 100_000)

    faults = faults_of(lambda: read_ideas(path), tmp_path)

    assert faults[:2] == [f"a.jsonl:{n}: title: this is missing; write title" for n in (1, 2)]
    assert len(faults) == MOST_FAULTS


def test_no_two_ideas_claim_a_number_or_a_slug(write: Write, tmp_path: Path) -> None:
    write("a.md", "---\ntitle: A\nnumber: 1\n---\n")
    write("b.md", "---\ntitle: B\nnumber: 1\nslug: a\n---\n")

    assert faults_of(lambda: read_ideas(tmp_path), tmp_path) == [
        "b.md:1: number: 1 is taken by a.md:1; write another",
        "b.md:1: slug: a is taken by a.md:1; write another",
    ]


@pytest.mark.parametrize("name", ["gone.md", "gone", "n\0ul.json", "x" * 300 + ".md"])
def test_what_is_not_there_is_one_clear_line(tmp_path: Path, name: str) -> None:
    [fault] = faults_of(lambda: read_ideas(tmp_path / name), tmp_path)

    assert fault.startswith(name.replace("\0", "")[:20])
    assert "\n" not in fault


def test_an_unknown_suffix_is_one_clear_line(write: Write, tmp_path: Path) -> None:
    path = write("a.docx", "x")

    assert faults_of(lambda: read_ideas(path), tmp_path) == [
        "a.docx: ideas are read from a folder or from .md, .json, .jsonl"
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission_is_one_clear_line(write: Write, tmp_path: Path) -> None:
    path = write("a.md", "# A\n")
    path.chmod(0)

    assert faults_of(lambda: read_ideas(path), tmp_path) == ["a.md: Permission denied"]


def test_the_corpus_of_real_ideas_can_be_read() -> None:
    corpus = SHARED / "search" / "corpus.jsonl"
    if not corpus.exists():
        pytest.skip("the shared data is not here")
    lines = corpus.read_text(encoding="utf-8").splitlines()

    ideas = read_ideas(corpus)

    assert [i.external_id for i in ideas] == [json.loads(line)["id"] for line in lines]


# Timelines


def test_a_timeline_has_deadlines_and_phases(write: Write) -> None:
    path = write(
        "timeline.toml",
        """
[[deadline]]
slug = "open"
title = "opens"
day = 2011-03-28
kind = "event"

[[deadline]]
slug = "close"
title = "closes"
at = 2011-04-08T21:00:00+02:00
for = "contributors"
short = "close"
ours = "-3d"
source = "a page"

[[phase]]
name = "applications"
from = "open"
until = "close"
""",
    )

    assert read_timeline(path) == (
        (
            Deadline("open", "opens", day=date(2011, 3, 28), kind=DeadlineKind.EVENT),
            Deadline(
                "close",
                "closes",
                at=datetime(2011, 4, 8, 19, tzinfo=UTC),
                audience=Audience.STUDENTS,
                short="close",
                ours=timedelta(days=3),
                source="a page",
            ),
        ),
        (Phase("applications", "open", "close"),),
    )


@pytest.mark.parametrize(
    ("ours", "span"),
    [
        ("-90m", timedelta(minutes=90)),
        ("-12h", timedelta(hours=12)),
        ("-3d", timedelta(days=3)),
        ("-1w", timedelta(days=7)),
    ],
)
def test_our_own_deadline_is_a_span_before(write: Write, ours: str, span: timedelta) -> None:
    path = write("t.toml", f'[[deadline]]\nslug="a"\ntitle="A"\nday=2011-01-01\nours="{ours}"')

    [[deadline], _] = read_timeline(path)

    assert deadline.ours == span


def test_a_list_of_facts_is_a_timeline_too(write: Write) -> None:
    path = write(
        "2026.toml",
        """
year = 2026
missing = []

[sources.page]
where = "a page"

[[event]]
key = "coding-end"
title = "Coding ends"
date = 2026-08-24
source = "a page"

[[event]]
key = "final-evals-close"
title = "Evaluations close"
at = 2026-08-31T18:00:00Z
source = "a page"
""",
    )

    assert read_timeline(path) == (
        (
            Deadline(
                "coding-end",
                "Coding ends",
                day=date(2026, 8, 24),
                kind=DeadlineKind.EVENT,
                source="a page",
            ),
            Deadline(
                "final-evals-close",
                "Evaluations close",
                at=datetime(2026, 8, 31, 18, tzinfo=UTC),
                source="a page",
            ),
        ),
        (),
    )


def test_the_shared_timelines_of_all_years_can_be_read() -> None:
    files = sorted((SHARED / "timelines").glob("*.toml"))
    if not files:
        pytest.skip("the shared data is not here")

    counts = {path.stem: len(read_timeline(path)[0]) for path in files}

    assert counts["2026"] == 28
    assert [year for year, count in counts.items() if not count] == ["2027"]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ('slug = "a"\ntitle = "A"', ["t.toml:1: at: write exactly one of at (a moment) and day"]),
        (
            'slug = "a"\ntitle = "A"\nday = 2011-01-01\nat = 2011-01-01T00:00:00Z',
            ["t.toml:5: at: write exactly one of at (a moment) and day"],
        ),
        (
            'slug = "a"\ntitle = "A"\nat = 2011-01-01T00:00:00',
            ["t.toml:4: at: the moment has no zone; write Z behind it for UTC"],
        ),
        (
            'slug = "a"\ntitle = "A"\nat = 2011-01-01',
            ["t.toml:4: at: write a moment, such as 2011-04-08T19:00:00Z, without quotes"],
        ),
        (
            'slug = "a"\ntitle = "A"\nday = 2011-01-01T00:00:00Z',
            ["t.toml:4: day: write a day, such as 2011-04-08, without quotes"],
        ),
        (
            'slug = "a"\ntitle = "A"\nat = 0001-01-01T00:00:00+14:00',
            ["t.toml:4: at: the year 1 is not from 2000 to 2199"],
        ),
        (
            'slug = "a"\ntitle = "A"\nday = 2011-01-01\nours = "3 days"',
            ['t.toml:5: ours: "3 days" is not like -3d (units: m, h, d, w)'],
        ),
        (
            'slug = "a"\ntitle = "A"\nday = 2011-01-01\nfor = "friends"\nkind = 3',
            [
                't.toml:5: for: "friends" is none of students, mentors, organisers, all, contr',
                "t.toml:6: kind: this is a number; write a text",
            ],
        ),
        (
            'slug = "A b"\ntitle = "A"\nday = 2011-01-01\nwhen = 1',
            [
                't.toml:2: slug: "A b" is no short name; write small letters, digits and -',
                "t.toml:5: when: there is no such key; there is slug, title, at, day, for, kind",
            ],
        ),
        (
            'slug = "a"\ntitle = "A"\nday = 2011-01-02\n\n'
            '[[deadline]]\nslug = "a"\ntitle = "A"\nday = 2011-01-01',
            ["t.toml:7: slug: a stands here twice; write another"],
        ),
        (
            'slug = "a"\ntitle = "A"\nday = 2011-01-02\n\n'
            '[[phase]]\nname = "p"\nfrom = "a"\nuntil = "b"',
            ["t.toml:9: until: there is no deadline b; write the slug of one"],
        ),
        (
            'slug = "a"\ntitle = "A"\nday = 2011-01-02\n\n'
            '[[deadline]]\nslug = "b"\ntitle = "B"\nat = 2011-01-01T23:00:00Z\n\n'
            '[[phase]]\nname = "p"\nfrom = "a"\nuntil = "b"',
            ["t.toml:14: until: b comes before a"],
        ),
        (
            'title = """\nslug = "x"\n"""\nday = 2011-01-01',
            ["t.toml:1: slug: this is missing; write slug"],
        ),
        ("slug = ", ["t.toml:2: this is no TOML: Invalid value"]),
        ("a = " + "[" * 5000, ["t.toml: this is nested too deeply"]),
        ("a." * 65 + "a = 1", ["t.toml:2: this line has too many dots; divide it"]),
        ("a = 1\n" * 40_000, ["t.toml: the file is larger than 200 kB; divide it"]),
        ("a = " + "9" * 5000, ["t.toml: this has a number that is too long"]),
    ],
)
def test_a_fault_in_a_timeline_has_its_line(
    write: Write, tmp_path: Path, text: str, faults: list[str]
) -> None:
    path = write("t.toml", f"[[deadline]]\n{text}\n")

    found = faults_of(lambda: read_timeline(path), tmp_path)

    assert [f[: len(w)] for f, w in zip(found, faults, strict=True)] == faults


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("deadline = 3", "t.toml:1: deadline: write tables that begin with [[deadline]]"),
        ("x = 1\n\ndeadline = [1]", "t.toml:3: deadline: write tables that begin with"),
        ("[deadline]", "t.toml:1: slug: this is missing; write slug"),
        ("[[dealine]]", "t.toml:1: dealine: there is no such key; there is deadline, event"),
    ],
)
def test_tables_that_are_none_are_a_fault(
    write: Write, tmp_path: Path, text: str, fault: str
) -> None:
    path = write("t.toml", text)

    assert fault in [f[: len(fault)] for f in faults_of(lambda: read_timeline(path), tmp_path)]


# Seasons


@pytest.mark.parametrize(
    ("key", "ideas", "deadlines", "phases"),
    [("xen-2011", 21, 21, 10), ("example-2026", 12, 23, 11)],
)
def test_both_shipped_seasons_read_without_faults(
    key: str, ideas: int, deadlines: int, phases: int
) -> None:
    season = read_season(key, ROOT / "ideas" / key, shipped("templates"))

    assert (len(season.ideas), len(season.deadlines), len(season.phases)) == (
        ideas,
        deadlines,
        phases,
    )
    assert [name for name, _ in season.series] == ["office"]
    assert [c.name for c in season.checklists] == [
        "applicant",
        "mentor",
        "org-application",
        "before-failing",
        "bonding",
        "bonding-mentor",
        "coding",
        "final",
        "wrap-up",
    ]


@pytest.mark.parametrize("name", ["", "no-such-folder"])
def test_a_folder_that_is_empty_or_missing_is_a_season_without_anything(
    tmp_path: Path, name: str
) -> None:
    assert read_season("x", tmp_path / name, NO_LISTS) == SeasonFolder("x", title="x")


def test_a_season_says_what_it_is(write: Write, tmp_path: Path) -> None:
    write(
        "season.toml",
        """
title = "Xen in 2011"
organisation = "Xen"
year = 2011
word = "student"
list = "xen-devel@example.org"
subject = "GSoC {slug}"
about = "Xen."

[[office]]
weekday = "wed"
time = 16:00:00
zone = "Europe/London"
minutes = 90
from = 2011-03-23
until = 2011-08-24
title = "Newcomers' hour"

[[office]]
weekday = "Friday"
time = "18:30"

[[office]]
name = "late"
weekday = "sun"
time = 23:30:00
every = 2
channel = "#Xen-GSoC"
""",
    )

    assert read_season("xen-2011", tmp_path, NO_LISTS) == SeasonFolder(
        key="xen-2011",
        title="Xen in 2011",
        organisation="Xen",
        year=2011,
        word="student",
        list="xen-devel@example.org",
        subject="GSoC {slug}",
        about="Xen.",
        series=(
            (
                "office",
                Weekly(
                    2,
                    time(16),
                    "Europe/London",
                    90,
                    date(2011, 3, 23),
                    date(2011, 8, 24),
                    "Newcomers' hour",
                ),
            ),
            ("office-2", Weekly(4, time(18, 30), "UTC", 60, date(2011, 1, 1))),
            (
                "late",
                Weekly(
                    6,
                    time(23, 30),
                    "UTC",
                    60,
                    date(2011, 1, 1),
                    every=2,
                    channel="#xen-gsoc",
                ),
            ),
        ),
    )


def checklist(name: str, text: str, phase: str = "bonding") -> Checklist:
    """Return a list with one item."""
    return Checklist(name, name, Audience.STUDENTS, (phase,), (Item("do", text),))


def checklist_file(name: str, text: str, more: str = "") -> str:
    """Return the file of a list with one item."""
    return (
        f'name = "{name}"\nfor = "students"\nphases = ["bonding"]\n{more}\n'
        f'[[item]]\nkey = "do"\ntext = "{text}"\n'
    )


def test_a_season_has_its_own_checklists_in_the_place_of_shipped_ones(
    write: Write, tmp_path: Path
) -> None:
    write("shipped/checklists/a.toml", checklist_file("a", "shipped"))
    write("shipped/checklists/z.toml", checklist_file("z", "shipped", "order = 1"))
    write("season/checklists/z.toml", checklist_file("z", "ours"))
    write("season/checklists/b.toml", checklist_file("b", "ours"))

    season = read_season("x", tmp_path / "season", tmp_path / "shipped")

    assert season.checklists == (
        checklist("z", "ours"),
        checklist("a", "shipped"),
        checklist("b", "ours"),
    )


def test_everything_that_is_wrong_with_a_season_is_said_at_once(
    write: Write, tmp_path: Path
) -> None:
    write(
        "season.toml",
        "\n".join(
            [
                'title = ["x"]',
                'year = "2011"',
                'subject = "GSoC {slug.__class__}"',
                "colour = 1",
                "",
                "[[office]]",
                'weekday = "noday"',
                "time = 25",
                'zone = "Europe/Nowhere"',
                "minutes = 0",
                "",
                "[[office]]",
                'name = "office"',
                'weekday = "mon"',
                "time = 10:00:00",
                "from = 2011-03-02",
                "until = 2011-03-01",
                "every = 53",
                'channel = "gsoc"',
            ]
        ),
    )
    write("timeline.toml", "[[deadline]\n")
    write("checklists/a.toml", 'for = "x"\n\n[[item]]\nkey = "k"\n')
    write("checklists/b.toml", 'name = "a"\nphases = [1]\n')
    write("a.md", "---\ntitle: A\nsize: [1]\n---\n")

    assert faults_of(lambda: read_season("x", tmp_path, NO_LISTS), tmp_path) == [
        "season.toml:2: year: write a whole number from 2000 to 2199",
        "season.toml:1: title: this is a list; write a text",
        "season.toml:3: subject: only {slug} can stand in braces",
        'season.toml:7: weekday: "noday" is none of mon, tue, wed, thu, fri, sat, sun, monday, '
        "tuesday, wednesday, thursday, friday, saturday, sunday",
        "season.toml:8: time: write a time of day, such as 16:00:00, without quotes",
        "season.toml:10: minutes: write a whole number from 1 to 1440",
        'season.toml:9: zone: "Europe/Nowhere" is no zone; write a place, such as Europe/London',
        "season.toml:13: name: office is the name of another session; write another",
        "season.toml:18: every: write a whole number from 1 to 52",
        'season.toml:19: channel: "gsoc" is no channel; write it as #example',
        "season.toml:17: until: 2011-03-01 comes before 2011-03-02",
        "season.toml:4: colour: there is no such key; there is year, title, organisation, word, "
        "list, subject, about, office",
        "timeline.toml:1: this is no TOML: Expected ']]' at the end of an array declaration",
        "a.md:3: size: this is a list; write a text",
        'checklists/a.toml:1: for: "x" is none of students, mentors, organisers, all, contributors',
        "checklists/a.toml:3: text: this is missing; write text",
        "checklists/b.toml:1: name: a is the name of another list; write another",
        "checklists/b.toml:2: phases: write a list of texts",
        "checklists/b.toml: item: the list is empty; write [[item]] tables",
    ]


@pytest.mark.parametrize(
    "zone", ["Europe", "../etc/passwd", "/etc/localtime", "x" * 5000, "\\u0000", "europe\\n"]
)
def test_a_zone_that_is_none_is_a_fault_whatever_it_is(
    write: Write, tmp_path: Path, zone: str
) -> None:
    write("season.toml", f'[[office]]\nweekday = "mon"\ntime = 10:00:00\nzone = "{zone}"\n')
    if zone == "\\u0000":
        # A control character is dropped, and what is left states nothing.
        [[_, weekly]] = read_season("x", tmp_path, NO_LISTS).series
        assert weekly.zone == "UTC"
        return

    [fault] = faults_of(lambda: read_season("x", tmp_path, NO_LISTS), tmp_path)

    assert fault.startswith("season.toml:4: zone: ")


def test_a_season_that_is_a_file_is_a_fault(write: Write, tmp_path: Path) -> None:
    path = write("x", "")

    assert faults_of(lambda: read_season("x", path, NO_LISTS), tmp_path) == [
        "x: this is no folder; a season is a folder"
    ]


# Hostile files

MERGES = "\n".join(f"a{n}: &a{n}\n  <<: [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12))
ALIASES = "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12))


@pytest.mark.timeout(10)
@pytest.mark.parametrize(
    "block",
    [
        f"title: A\na0: &a0 {{x: 1}}\n{MERGES}",
        f"title: A\na0: &a0 [x]\n{ALIASES}",
        "title: &a [*a]",
        "title: " + "[" * 40_000,
        "title: " + "{a: " * 10_000,
        "? " * 20_000,
        "- " * 20_000,
        'title: "\\UFFFFFFFF"',
        'title: "\\U00110000"',
        f"%YAML {'9' * 5000}.1\n--- a",
        f"number: {'9' * 20_000}",
        f"title: A\nsize: [{'9' * 5000}]",
        "title: A\n? [a, b]\n: c",
        "title: A\n--- b: c",
        "!!python/object/new:os.system [id]",
        "title: !!binary AAAA",
        "title: *nowhere",
        "title: A\n" + "x" * 60_000 + ": 1",
        "\n".join(f"k{n}: v" for n in range(400)),
        "@",
        "\t",
    ],
)
def test_a_hostile_block_is_unreadable_and_nothing_worse(
    write: Write, tmp_path: Path, block: str
) -> None:
    path = write("a.md", f"---\n{block}\n---\n")

    faults = faults_of(lambda: read_ideas(path), tmp_path)

    assert all(fault.startswith("a.md:") and len(fault) < 600 for fault in faults)


@pytest.mark.timeout(10)
@pytest.mark.parametrize(
    "content",
    [
        b"# A\n" + b"x" * 1_000_000,
        b"\0" * 1_000_000,
        b"#" * 900_000,
        b"# " * 400_000,
        b"# A" + b" #" * 400_000 + b"x",
        b"# A" + b" " * 900_000 + b"x",
        b" " * 900_000 + b"x",
        b"a\n" * 400_000,
        b"---\n" * 200_000,
        b"\xff\xfe" * 1000,
        b"---\ntitle: A\n\0---\n",
    ],
)
def test_a_hostile_file_is_harmless(write: Write, content: bytes) -> None:
    path = write("a.md", content)

    ideas, faults = read_or_faults(lambda: read_ideas(path))

    assert [bool(idea.title) for idea in ideas or ()] == [True] * (not faults)


@pytest.mark.parametrize("suffix", ["md", "json", "jsonl"])
@settings(
    max_examples=150,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    deadline=None,
)
@given(
    content=st.one_of(
        st.binary(max_size=200),
        st.text(max_size=200).map(str.encode),
        st.text("---\n:[]{}&*!|>'\"%@`#?, at\\1.", max_size=60).map(
            lambda t: f"---\n{t}\n---\n".encode()
        ),
    )
)
def test_whatever_a_file_holds_it_is_read_or_unreadable(
    tmp_path: Path, suffix: str, content: bytes
) -> None:
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(content)

    ideas, faults = read_or_faults(lambda: read_ideas(path))

    assert all(fault.startswith(str(path)) for fault in faults)
    for idea in ideas or ():
        again = tmp_path / "again.md"
        again.write_text(write_idea(idea, stem=idea.slug), encoding="utf-8", newline="")
        assert read_ideas(again) == [replace(idea, slug="again")]


@settings(max_examples=150, deadline=None)
@given(
    text=st.one_of(
        st.text(max_size=100),
        st.text("[]deadline=\"'\n#12-:TZ.{},", max_size=80),
    )
)
def test_whatever_a_timeline_holds_it_is_read_or_unreadable(
    text: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_bytes(text.encode())

    timeline, faults = read_or_faults(lambda: read_timeline(path))

    assert (timeline is None) == bool(faults)
    assert all(fault.startswith(str(path)) for fault in faults)
