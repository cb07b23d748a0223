"""Our own form and the forms of others, side by side: what is read loses nothing."""

from pathlib import Path

import pytest

from gsocbot.importers.any_form import read_any
from gsocbot.importers.faults import Unreadable


def test_a_folder_without_markdown_is_read_in_its_own_form(tmp_path: Path) -> None:
    for name, mentor in (("faster", "Ada Byron"), ("slower", "Dan d'Arc")):
        (tmp_path / f"{name}.adoc").write_text(
            f'---\ntitle: "{name} boot"\nstatus: published\nmentors:\n- name: "{mentor}"\n'
            "  github: x\n---\n\nCut the waits.\n"
        )

    ideas, _ = read_any(tmp_path)

    assert [(i.title, i.mentors) for i in ideas] == [
        ("faster boot", ("Ada Byron",)),
        ("slower boot", ("Dan d'Arc",)),
    ]


def test_a_folder_of_our_own_json_is_read_field_by_field(tmp_path: Path) -> None:
    row = '{"number": 7, "title": "Faster boot", "summary": "Less waiting.", "mentors": ["ada"]}'
    (tmp_path / "a.jsonl").write_text(f"{row}\n")

    ideas, notes = read_any(tmp_path)

    assert [(i.number, i.summary, i.description) for i in ideas] == [(7, "Less waiting.", "")]
    assert notes == ()


def test_files_with_only_a_title_on_top_state_the_rest_below(tmp_path: Path) -> None:
    for name in ("faster", "slower"):
        (tmp_path / f"{name}.md").write_text(
            f'---\ntitle: "{name} boot"\n---\n\n### Introduction\n\n'
            "1 contributor full-size (350 hours), Level of difficulty: Hard\n\n"
            "### Mentors\nAda Byron, Cleo\n"
        )

    ideas, _ = read_any(tmp_path)

    assert [(i.title, i.mentors, i.levels, i.size_hours) for i in ideas] == [
        ("faster boot", ("Ada Byron", "Cleo"), ("hard",), (350,)),
        ("slower boot", ("Ada Byron", "Cleo"), ("hard",), (350,)),
    ]


def test_an_object_with_names_of_others_is_read_in_their_form(tmp_path: Path) -> None:
    path = tmp_path / "ideas.json"
    path.write_text(
        '[{"id": "a", "title": "Faster boot", "supervisors": ["Ada"], "size": "Large",'
        ' "difficulty": "Medium", "skills": {"required": ["C"], "preferred": []}}]'
    )

    ideas, _ = read_any(path)

    assert [(i.title, i.mentors, i.levels, i.size_hours) for i in ideas] == [
        ("Faster boot", ("Ada",), ("medium",), (350,))
    ]


def test_our_own_form_keeps_what_stands_in_the_description(tmp_path: Path) -> None:
    (tmp_path / "faster.md").write_text(
        "---\ntitle: Faster boot\nmentors: [Ada]\n---\n\n**Difficulty:** none of your business\n"
    )

    ideas, notes = read_any(tmp_path)

    assert [(i.title, i.mentors, i.difficulty, i.description) for i in ideas] == [
        ("Faster boot", ("Ada",), "", "**Difficulty:** none of your business")
    ]
    assert notes == ()


def test_a_fault_in_our_own_form_is_told(tmp_path: Path) -> None:
    path = tmp_path / "ideas.json"
    path.write_text('[{"title": "Faster boot", "mentors": {"a": 1}}]')

    with pytest.raises(Unreadable, match=r"ideas\.json: item 1: mentors: "):
        read_any(path)
