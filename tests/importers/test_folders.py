"""Folders: a file an idea, or files with several, and what lies beside them."""

from pathlib import Path

from gsocbot.importers.lists import FoundIdea, as_idea, read_folder, read_list
from gsocbot.rules.ideas import IdeaState
from tests.importers.styles import IDEAS, front_each, labels, page_each


def test_a_file_an_idea_beside_an_index_and_a_template(tmp_path: Path) -> None:
    for n, idea in enumerate(IDEAS):
        (tmp_path / f"{n}.md").write_text(page_each(idea, labels(n)))
    (tmp_path / "README.md").write_text("# Ideas\n\n## How to apply\n\nWrite.\n")
    (tmp_path / "_template.md").write_text(
        "# Project title\n\n**Mentors:** Jane Doe\n\n**Size:** 90 h\n"
    )
    (tmp_path / "idea-template.md").write_text(
        "# Your idea\n\n**Mentors:** Jane Doe\n\n**Size:** 90 h\n"
    )

    found = read_folder(tmp_path).ideas

    assert [(i.title, i.mentors, i.levels, i.size_hours) for i in found] == [
        (i.title, i.mentors, i.levels, i.hours) for i in IDEAS
    ]


def test_a_file_an_idea_with_its_fields_on_top(tmp_path: Path) -> None:
    for n, idea in enumerate(IDEAS):
        (tmp_path / f"{n}.md").write_text(front_each(idea))

    found = read_folder(tmp_path).ideas

    assert [(i.title, i.mentors, i.levels, i.size_hours) for i in found] == [
        (i.title, i.mentors, i.levels, i.hours) for i in IDEAS
    ]
    assert found[0].outcome == f"- {IDEAS[0].outcome}"
    assert IDEAS[0].text in found[0].description


def test_a_file_without_fields_among_ideas_is_one(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Port it\n\nMentor: Ada\n\nDifficulty: easy\n")
    (tmp_path / "b.md").write_text("# Mend it\n\nMentor: Bob\n\nDifficulty: easy\n")
    (tmp_path / "c.md").write_text("---\ntitle: Send it\n---\nTo somebody.\n")
    (tmp_path / "d.md").write_text("# How to apply\n\nWrite.\n")

    assert [i.title for i in read_folder(tmp_path).ideas] == ["Port it", "Mend it", "Send it"]


def test_files_with_several_ideas_in_folders_of_folders(tmp_path: Path) -> None:
    (tmp_path / "beta").mkdir()
    (tmp_path / "a.md").write_text(
        "# Alpha\n\n## Port it\n\nMentor: Ada\n\n## Mend it\n\nMentor: Bob\n"
    )
    (tmp_path / "beta" / "b.rst").write_text(
        "Send it\n=======\n\n:Mentor: Cleo\n\nLend it\n=======\n\n:Mentor: Dan\n"
    )

    found = read_folder(tmp_path).ideas

    assert [(i.title, i.place) for i in found] == [
        ("Port it", "a.md:3"),
        ("Mend it", "a.md:7"),
        ("Send it", "beta/b.rst:1"),
        ("Lend it", "beta/b.rst:6"),
    ]


def test_the_same_idea_twice_is_one_and_a_note_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Port it\n\nMentor: Ada\n\nDifficulty: easy\n")
    (tmp_path / "b.md").write_text("# Port It!\n\nMentor: Ada\n\nSize: 90 h\n")

    read = read_folder(tmp_path)

    assert [(i.title, i.levels, i.size_hours) for i in read.ideas] == [
        ("Port it", ("easy",), (90,))
    ]
    assert "b.md:1: Port It!: stands here twice, put together with a.md:1" in read.notes


def test_what_is_unclear_is_told_and_nothing_is_made_up() -> None:
    read = read_list("a.md", "# Port it\n\nMentors: TBD\n\nDifficulty: ⭐⭐\n\nSize: 12 weeks\n")

    assert read.ideas == (FoundIdea("Port it", "a.md:1", difficulty="⭐⭐", size="12 weeks"),)
    assert read.notes == (
        "a.md:1: Port it: no mentor is named",
        "a.md:1: Port it: the difficulty “⭐⭐” is none of easy, medium, hard",
        "a.md:1: Port it: the size “12 weeks” gives no hours",
    )


def test_an_idea_can_be_kept_in_a_season() -> None:
    text = """# Ideas
## Port it
It should run [elsewhere](https://example.org/there).

**Mentors:** Ada Byron <ada@example.org>

**Skills:**
* C
* patience

**Expected outcome:** It runs.

**Difficulty:** Medium to hard

**Size:** 175 or 350 hours

**Mailing list:** dev@example.org

**Tags:** c, ports
"""
    (found,) = read_list("a.md", text).ideas

    idea = as_idea(found)

    assert (idea.title, idea.mentors, idea.skills) == ("Port it", ("Ada Byron",), "C; patience")
    assert (idea.difficulty, idea.levels) == ("Medium to hard", ("medium", "hard"))
    assert (idea.size, idea.size_hours) == ("175 or 350 hours", (175, 350))
    assert (idea.outcome, idea.tags) == ("It runs.", ("c", "ports"))
    assert idea.contact == ("dev@example.org", "ada@example.org")
    assert idea.description == "It should run elsewhere.\n\n- https://example.org/there"
    assert idea.state is IdeaState.PUBLISHED


def test_a_draft_stays_one() -> None:
    (found,) = read_list("a.md", "# Draft ideas\n## Port it\nMentor: Ada\n").ideas

    assert as_idea(found).state is IdeaState.DRAFT
