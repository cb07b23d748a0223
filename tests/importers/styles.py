"""The same ideas in the ways in which organisations write them down: a style a function."""

# ruff: noqa: E501  (lists are written as people write them)

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Idea:
    """What every style says about an idea."""

    title: str
    mentors: tuple[str, ...]
    difficulty: str
    levels: tuple[str, ...]
    size: str
    hours: tuple[int, ...]
    skills: tuple[str, ...] = ("C", "patience")
    text: str = "The parser reads a socket today. It should not."
    outcome: str = "A parser that can be tested."


IDEAS = (
    Idea("Teach the parser to wait", ("Ada Byron", "Grace H. Murray"), "Easy", ("easy",), "90 hours", (90,)),
    Idea("Faster start: measure, then cut", ("Jean-Luc du Pré",), "Medium", ("medium",), "~175 hrs", (175,)),
    Idea("Support for C++ modules", ("Ömer Çelik", "kofi"), "Medium to Hard", ("medium", "hard"), "175/350 h", (175, 350)),
    Idea("A timeline in the viewer", ("Mary O'Neill",), "Advanced", ("hard",), "Large", (350,)),
)  # fmt: skip

LABELS: dict[str, tuple[str, ...]] = {
    "mentors": ("Mentors", "Mentor(s)", "Possible mentors", "Potential Mentor(s)", "Mentor", "Project mentors",
                "Proposed mentor", "Technical contact", "Supervisors"),
    "difficulty": ("Difficulty", "Difficulty level", "Project difficulty", "Level", "Difficulty rating",
                   "Skill level", "Level of difficulty"),
    "size": ("Project size", "Size", "Length", "Expected size of project", "Duration", "Effort", "Work load",
             "Project length", "Estimated hours", "Time commitment", "Expected project hours"),
    "skills": ("Skills", "Required skills", "Skills needed", "Prerequisites", "Technologies", "Languages",
               "Knowledge prerequisites", "Recommended skills", "Requirements", "Skills required/preferred"),
    "outcome": ("Expected outcome", "Outcomes", "Deliverables", "Expected results", "Goals", "Expected Deliverables"),
    "text": ("Description", "Details", "Abstract", "Project description", "Summary", "Overview"),
}  # fmt: skip

Label = Callable[[str], str]
Style = Callable[[tuple[Idea, ...], Label], str]


def labels(seed: object) -> Label:
    """The same label for a field all over a list, one of many."""
    random = Random(f"labels {seed}")
    chosen = {key: random.choice(words) for key, words in LABELS.items()}
    return lambda key: chosen[key]


def _facts(idea: Idea, label: Label) -> list[tuple[str, str]]:
    return [
        (label("mentors"), ", ".join(idea.mentors)),
        (label("difficulty"), idea.difficulty),
        (label("size"), idea.size),
        (label("skills"), ", ".join(idea.skills)),
    ]


def _all(idea: Idea, label: Label) -> list[tuple[str, str]]:
    return [(label("text"), idea.text), (label("outcome"), idea.outcome), *_facts(idea, label)]


def _join(*parts: str) -> str:
    return "\n\n".join(parts) + "\n"


INTRO = "# Ideas for 2031\n\nWelcome! Read the [guide](https://example.org/guide) first.\n\n## How to apply\n\nWrite to us.\n\n## Project ideas"


def md_bold_lines(ideas: tuple[Idea, ...], label: Label) -> str:
    return _join(INTRO, *(
        _join(f"### {i.title}", i.text, "  \n".join(f"**{k}:** {v}" for k, v in _facts(i, label))) for i in ideas
    ))  # fmt: skip


def md_bold_colon_outside(ideas: tuple[Idea, ...], label: Label) -> str:
    return _join(INTRO, *(
        _join(f"### {n}. {i.title}", *(f"**{k}**: {v}" for k, v in _all(i, label))) for n, i in enumerate(ideas, 1)
    ))  # fmt: skip


def md_italic(ideas: tuple[Idea, ...], label: Label) -> str:
    return _join(
        INTRO,
        *(
            _join(f"### {i.title}", i.text, *(f"_{k}_: {v}" for k, v in _facts(i, label)))
            for i in ideas
        ),
    )


def md_bullets(ideas: tuple[Idea, ...], label: Label) -> str:
    return _join(INTRO, *(
        _join(f"### Project {n}: {i.title}", i.text, "\n".join(f"- **{k}**: {v}" for k, v in _facts(i, label)))
        for n, i in enumerate(ideas, 1)
    ))  # fmt: skip


def md_plain_bullets(ideas: tuple[Idea, ...], label: Label) -> str:
    return _join(
        INTRO,
        *(
            _join(f"### {i.title}", "\n".join(f"* {k}: {v}" for k, v in _all(i, label)))
            for i in ideas
        ),
    )


def md_nested_mentors(ideas: tuple[Idea, ...], label: Label) -> str:
    return _join(INTRO, *(
        _join(
            f"#### {i.title}",
            f"- {label('text')}: {i.text}\n- {label('size')}: {i.size}\n- {label('difficulty')}: {i.difficulty}\n"
            f"- {label('mentors')}:\n" + "\n".join(f"  - {m} (@nick{n}, m{n}@example.org) - primary" for n, m in enumerate(i.mentors)),
        ) for i in ideas
    ))  # fmt: skip


def md_plain_lines(ideas: tuple[Idea, ...], label: Label) -> str:
    return _join(
        INTRO,
        *(
            _join(f"### {i.title}", i.text, *(f"{k}: {v}" for k, v in _facts(i, label)))
            for i in ideas
        ),
    )


def md_small_headings(ideas: tuple[Idea, ...], label: Label) -> str:
    return _join(INTRO, *(
        _join(f"### {i.title}", i.text, *(_join(f"#### {k}", v) for k, v in _facts(i, label))) for i in ideas
    ))  # fmt: skip


def md_label_alone(ideas: tuple[Idea, ...], label: Label) -> str:
    return _join(INTRO, *(
        _join(f"### {i.title}", i.text, *(_join(f"**{k}**", v) for k, v in _facts(i, label))) for i in ideas
    ))  # fmt: skip


def md_lists_below(ideas: tuple[Idea, ...], label: Label) -> str:
    def listed(key: str, values: tuple[str, ...]) -> str:
        return _join(f"{label(key)}:", "\n".join(f"* {v}" for v in values))

    return _join(INTRO, *(
        _join(f"## {i.title}", f"{label('size')}: {i.size}", i.text, listed("skills", i.skills),
              listed("mentors", i.mentors), f"{label('difficulty')}: {i.difficulty}") for i in ideas
    ))  # fmt: skip


def md_tagged(ideas: tuple[Idea, ...], label: Label) -> str:
    return _join(INTRO, *(
        _join(f"### {i.title} [{i.difficulty}, {i.hours[-1]} hrs]" if len(i.hours) == 1 else
              f"### {i.title} [{i.difficulty}, {i.hours[0]} hrs to {i.hours[1]} hrs]",
              i.text, f"**{label('mentors')}**", " and ".join(i.mentors)) for i in ideas
    ))  # fmt: skip


def md_rows(ideas: tuple[Idea, ...], label: Label) -> str:
    head = ["Project", label("text"), label("mentors"), label("difficulty"), label("size")]
    rows = [[i.title, i.text, ", ".join(i.mentors), i.difficulty, i.size] for i in ideas]
    return _join(
        INTRO, "\n".join(f"| {' | '.join(r)} |" for r in [head, ["---"] * len(head), *rows])
    )


def md_rows_title_link(ideas: tuple[Idea, ...], label: Label) -> str:
    head = ["#", "**Title**", label("difficulty"), label("size"), label("mentors")]
    rows = [
        [
            str(n),
            f"[{i.title}](https://example.org/{n})",
            i.difficulty,
            i.size,
            "<br>".join(i.mentors),
        ]
        for n, i in enumerate(ideas, 1)
    ]
    return _join(
        INTRO, "\n".join(f"| {' | '.join(r)} |" for r in [head, ["---"] * len(head), *rows])
    )


def md_small_tables(ideas: tuple[Idea, ...], label: Label) -> str:
    def table(i: Idea) -> str:
        rows = [(label("text"), i.text), *_facts(i, label)]
        return "\n".join(["| | |", "|---|---|", *(f"| **{k}** | {v} |" for k, v in rows)])

    return _join(INTRO, *(_join(f"### {i.title}", table(i)) for i in ideas))


def md_tables_titled_inside(ideas: tuple[Idea, ...], label: Label) -> str:
    def table(i: Idea) -> str:
        return "\n".join(
            [f"| Title | {i.title} |", "|---|---|", *(f"| {k} | {v} |" for k, v in _all(i, label))]
        )

    return _join(INTRO, *(table(i) for i in ideas))


def md_tables_title_row(ideas: tuple[Idea, ...], label: Label) -> str:
    def table(i: Idea) -> str:
        return "\n".join(
            [f"| {i.title} | |", "|---|---|", *(f"| {k} | {v} |" for k, v in _all(i, label))]
        )

    return _join(INTRO, *(table(i) for i in ideas))


def md_items(ideas: tuple[Idea, ...], label: Label) -> str:
    return _join(INTRO, "\n".join(
        f"* **{i.title}**\n\n  {i.text}\n" + "".join(f"\n  * {k}: {v}" for k, v in _facts(i, label)) + "\n" for i in ideas
    ))  # fmt: skip


def md_items_inline(ideas: tuple[Idea, ...], label: Label) -> str:
    return _join(INTRO, "\n".join(
        f"- **{i.title}**: {i.text} {label('mentors')}: {', '.join(i.mentors)}. {label('difficulty')}: {i.difficulty}. "
        f"{label('size')}: {i.size}." for i in ideas
    ))  # fmt: skip


def md_bold_titles(ideas: tuple[Idea, ...], label: Label) -> str:
    return _join(
        INTRO,
        *(
            _join(f"**{i.title}**", i.text, *(f"{k}: {v}" for k, v in _facts(i, label)))
            for i in ideas
        ),
    )


def md_bold_numbers(ideas: tuple[Idea, ...], label: Label) -> str:
    return _join(INTRO, *(
        _join(f"**{n}.** {i.title}", i.text, *(f"**{k}:** {v}" for k, v in _facts(i, label))) for n, i in enumerate(ideas, 1)
    ))  # fmt: skip


def md_numbered_items(ideas: tuple[Idea, ...], label: Label) -> str:
    return _join(INTRO, *(
        _join(f"{n}. **{i.title}**", i.text, *(f"**{k}:** {v}" for k, v in _facts(i, label))) for n, i in enumerate(ideas, 1)
    ))  # fmt: skip


def md_details(ideas: tuple[Idea, ...], label: Label) -> str:
    return _join(INTRO, *(
        _join(f"<details>\n<summary><b>{i.title}</b></summary>", i.text, *(f"**{k}:** {v}" for k, v in _facts(i, label)), "</details>")
        for i in ideas
    ))  # fmt: skip


def md_one_line(ideas: tuple[Idea, ...], label: Label) -> str:
    return _join(INTRO, *(
        _join(f"### {i.title}", " | ".join(f"**{k}:** {v}" for k, v in _facts(i, label)), i.text) for i in ideas
    ))  # fmt: skip


def md_quotes(ideas: tuple[Idea, ...], label: Label) -> str:
    return _join(INTRO, *(
        _join(f"### {i.title}", "\n>\n".join(f"> **{k}**: {v}" for k, v in _facts(i, label)), i.text) for i in ideas
    ))  # fmt: skip


def md_umbrella(ideas: tuple[Idea, ...], label: Label) -> str:
    groups = [_join(f"## Subproject {n}", "A fine project.", *(
        _join(f"### {i.title}", "\n".join(f"- {k}: {v}" for k, v in _all(i, label))) for i in half
    )) for n, half in enumerate((ideas[:1], ideas[1:]))]  # fmt: skip
    return _join("# Ideas", *groups)


def md_setext(ideas: tuple[Idea, ...], label: Label) -> str:
    return _join("Ideas\n=====", *(
        _join(f"{i.title}\n{'-' * len(i.title)}", i.text, *(f"**{k}**: {v}" for k, v in _facts(i, label))) for i in ideas
    ))  # fmt: skip


def md_links(ideas: tuple[Idea, ...], label: Label) -> str:
    return _join(INTRO, *(
        _join(f"### [{i.title}](https://example.org/{n})", i.text, f"**{label('difficulty')}**: `{i.difficulty}`",
              f"**{label('size')}**: {i.size}",
              f"**{label('mentors')}**: " + ", ".join(f"[{m}](https://example.org/people/{k}) (<m{k}@example.org>)" for k, m in enumerate(i.mentors)))
        for n, i in enumerate(ideas)
    ))  # fmt: skip


def md_colon_headings(ideas: tuple[Idea, ...], label: Label) -> str:
    return _join("# GSoC", *(
        _join(f"## Idea: {i.title}", "### Facts", "\n".join(f"- {k}: {v}" for k, v in _facts(i, label)), "### More", i.text)
        for i in ideas
    ))  # fmt: skip


def rst_field_lists(ideas: tuple[Idea, ...], label: Label) -> str:
    return _join("Ideas\n=====", ".. contents::\n   :local:", *(
        _join(f"{i.title}\n{'-' * 40}", i.text, "\n".join(f":{k}: {v}" for k, v in _facts(i, label))) for i in ideas
    ))  # fmt: skip


def rst_bold(ideas: tuple[Idea, ...], label: Label) -> str:
    return _join("=====\nIdeas\n=====", *(
        _join(f"{i.title}\n{'~' * 40}", *(f"**{k}**: {v}" for k, v in _all(i, label))) for i in ideas
    ))  # fmt: skip


def rst_bullets(ideas: tuple[Idea, ...], label: Label) -> str:
    return _join("Ideas\n=====", *(
        _join(f"{i.title}\n{'-' * 40}", i.text, "\n".join(f"- **{k}:** {v}" for k, v in _facts(i, label))) for i in ideas
    ))  # fmt: skip


def rst_definitions(ideas: tuple[Idea, ...], label: Label) -> str:
    return _join("Ideas\n=====", *(
        _join(f"{i.title}\n{'-' * 40}", i.text, "\n".join(f"{k}\n    {v}" for k, v in _facts(i, label))) for i in ideas
    ))  # fmt: skip


def rst_list_table(ideas: tuple[Idea, ...], label: Label) -> str:
    def table(i: Idea) -> str:
        return ".. list-table::\n\n" + "\n".join(
            f"   * - {k}\n     - {v}" for k, v in _all(i, label)
        )

    return _join("Ideas\n=====", *(_join(f"{i.title}\n{'-' * 40}", table(i)) for i in ideas))


def wiki_template(ideas: tuple[Idea, ...], label: Label) -> str:
    return _join("== List ==", *(
        f"{{{{project\n|Project={i.title}\n|Difficulty={i.difficulty}\n|Size={i.size}\n|Mentor={', '.join(i.mentors)}\n|Desc={i.text}\n}}}}"
        for i in ideas
    ))  # fmt: skip


def wiki_bullets(ideas: tuple[Idea, ...], label: Label) -> str:
    return _join("= Ideas =", "__TOC__", *(
        _join(f"=== {i.title} ===", i.text, "\n".join(f"* '''{k}''': {v}" for k, v in _facts(i, label))) for i in ideas
    ))  # fmt: skip


def wiki_semicolons(ideas: tuple[Idea, ...], label: Label) -> str:
    return _join("= Ideas =", *(
        _join(f"== {i.title} ==", i.text, "\n".join(f"; {k} : {v}" for k, v in _facts(i, label))) for i in ideas
    ))  # fmt: skip


def wiki_rows(ideas: tuple[Idea, ...], label: Label) -> str:
    head = f'{{| class="wikitable"\n! Project !! {label("mentors")} !! {label("difficulty")} !! {label("size")}'
    rows = (
        f'|-\n| [[{i.title}]] || {", ".join(i.mentors)} || style="x" | {i.difficulty}\n| {i.size}'
        for i in ideas
    )
    return _join("= Ideas =", "\n".join([head, *rows, "|}"]))


def moin_rows(ideas: tuple[Idea, ...], label: Label) -> str:
    head = f"|| '''Title''' || '''{label('mentors')}''' || '''{label('difficulty')}''' || '''{label('size')}''' ||"
    rows = (
        f'|| {i.title} || {", ".join(i.mentors)} ||<bgcolor="#fff"> {i.difficulty} || {i.size} ||'
        for i in ideas
    )
    return _join("= Ideas =", "\n".join([head, *rows]))


def moin_items(ideas: tuple[Idea, ...], label: Label) -> str:
    return _join("= Ideas =", *(
        _join(f"== {i.title} ==", i.text, "\n".join(f" * '''{k}:''' {v}" for k, v in _facts(i, label))) for i in ideas
    ))  # fmt: skip


def moin_facts(ideas: tuple[Idea, ...], label: Label) -> str:
    return _join("= Ideas =", *(
        _join(f"== {i.title} ==", "\n".join(f"|| '''{k}''' || ''{v}'' ||" for k, v in _all(i, label))) for i in ideas
    ))  # fmt: skip


def adoc_bold(ideas: tuple[Idea, ...], label: Label) -> str:
    return _join("= Ideas\n:toc:", *(
        _join(f"== {i.title}", i.text, *(f"*{k}*: {v}" for k, v in _facts(i, label))) for i in ideas
    ))  # fmt: skip


def adoc_names(ideas: tuple[Idea, ...], label: Label) -> str:
    return _join("= Ideas\n:toc:", *(
        _join(f"=== {i.title}", i.text, "\n".join(f"{k}:: {v}" for k, v in _facts(i, label))) for i in ideas
    ))  # fmt: skip


def adoc_rows(ideas: tuple[Idea, ...], label: Label) -> str:
    head = f"|Title |{label('mentors')} |{label('difficulty')} |{label('size')}"
    rows = (f"|{i.title}\n|{', '.join(i.mentors)}\n|{i.difficulty}\n|{i.size}" for i in ideas)
    return _join("= Ideas", '[options="header"]\n|===\n' + _join(head, *rows) + "|===")


def adoc_facts(ideas: tuple[Idea, ...], label: Label) -> str:
    return _join("= Ideas", *(
        _join(f"== {i.title}", '[cols="1,3"]\n|===\n' + "\n".join(f"|{k} |{v}" for k, v in _all(i, label)) + "\n|===") for i in ideas
    ))  # fmt: skip


def org_properties(ideas: tuple[Idea, ...], label: Label) -> str:
    return _join("#+TITLE: Ideas", *(
        f"* {i.title}\n:PROPERTIES:\n:Mentors: {', '.join(i.mentors)}\n:Difficulty: {i.difficulty}\n:Size: {i.size}\n:END:\n{i.text}"
        for i in ideas
    ))  # fmt: skip


def org_names(ideas: tuple[Idea, ...], label: Label) -> str:
    return _join("#+TITLE: Ideas\n* Project ideas", *(
        _join(f"** {i.title}", i.text, "\n".join(f"- {k} :: {v}" for k, v in _facts(i, label))) for i in ideas
    ))  # fmt: skip


def org_bold(ideas: tuple[Idea, ...], label: Label) -> str:
    return _join("* Ideas", *(
        _join(f"** TODO {i.title}", i.text, "\n".join(f"- *{k}*: {v}" for k, v in _facts(i, label))) for i in ideas
    ))  # fmt: skip


def org_rows(ideas: tuple[Idea, ...], label: Label) -> str:
    head = f"| Title | {label('mentors')} | {label('difficulty')} | {label('size')} |\n|---+---+---+---|"
    rows = (f"| {i.title} | {', '.join(i.mentors)} | {i.difficulty} | {i.size} |" for i in ideas)
    return _join("* Ideas", "\n".join([head, *rows]))


def html_lists(ideas: tuple[Idea, ...], label: Label) -> str:
    return "<html><head><title>x</title></head><body><h1>Ideas</h1>" + "\n".join(
        f"<h3>{i.title}</h3>\n<p>{i.text}<ul>"
        + "".join(f"<li><strong>{k}:</strong> {v}" for k, v in _facts(i, label))
        + "</ul>"
        for i in ideas
    )


def html_breaks(ideas: tuple[Idea, ...], label: Label) -> str:
    return "<h1>Ideas</h1>" + "\n".join(
        f"<div><h2>{i.title}</h2><p>{i.text}</p><p>"
        + "<br/>\n".join(f"<b>{k}</b>: {v}" for k, v in _facts(i, label))
        + "</p></div>"
        for i in ideas
    )


def html_names(ideas: tuple[Idea, ...], label: Label) -> str:
    return "<h1>Ideas</h1>" + "\n".join(
        f"<h2>{i.title}</h2><dl>" + "".join(f"<dt>{k}<dd>{v}" for k, v in _all(i, label)) + "</dl>"
        for i in ideas
    )


def html_rows(ideas: tuple[Idea, ...], label: Label) -> str:
    head = f"<tr><th>Idea<th>{label('mentors')}<th>{label('difficulty')}<th>{label('size')}</tr>"
    rows = (
        f"<tr><td><a href='/x'>{i.title}</a><td>{'<br>'.join(i.mentors)}<td>{i.difficulty}<td>{i.size}</tr>"
        for i in ideas
    )
    return (
        "<h1>Ideas</h1><table><thead>"
        + head
        + "</thead><tbody>"
        + "".join(rows)
        + "</tbody></table>"
    )


def html_facts(ideas: tuple[Idea, ...], label: Label) -> str:
    return "<h1>Ideas</h1>" + "\n".join(
        f"<table><tr><th colspan=2>{i.title}</th></tr>"
        + "".join(f"<tr><td>{k}</td><td>{v}</td></tr>" for k, v in _all(i, label))
        + "</table>"
        for i in ideas
    )


def _objects(ideas: tuple[Idea, ...]) -> list[dict[str, object]]:
    return [
        {"title": i.title, "mentors": list(i.mentors), "difficulty": i.difficulty, "size": i.size,
         "skills": list(i.skills), "description": i.text} for i in ideas
    ]  # fmt: skip


def json_list(ideas: tuple[Idea, ...], label: Label) -> str:
    return json.dumps(_objects(ideas), indent=1)


def json_nested(ideas: tuple[Idea, ...], label: Label) -> str:
    groups = [{"name": f"Sub {n}", "projects": [{
        "name": i.title, "level": i.difficulty, "duration": i.hours[0] if len(i.hours) == 1 else i.size,
        "project_mentors": [{"first_name": m.split()[0], "last_name": " ".join(m.split()[1:]), "email": "x@example.org"} for m in i.mentors],
    } for i in half]} for n, half in enumerate((ideas[:2], ideas[2:]))]  # fmt: skip
    return json.dumps({"year": 2031, "organizations": groups})


def yaml_list(ideas: tuple[Idea, ...], label: Label) -> str:
    return "ideas:\n" + "".join(
        f"  - title: {json.dumps(i.title)}\n    mentors: {json.dumps(i.mentors)}\n    difficulty: {i.difficulty}\n"
        f"    expected_size: {i.size}\n    description: |\n      {i.text}\n"
        for i in ideas
    )


def yaml_by_name(ideas: tuple[Idea, ...], label: Label) -> str:
    return "".join(
        f"{json.dumps(i.title)}:\n  mentor:\n" + "".join(f"    - {json.dumps(m)}\n" for m in i.mentors)
        + f"  difficulty: {i.difficulty}\n  length: {i.size}\n" for i in ideas
    )  # fmt: skip


def toml_tables(ideas: tuple[Idea, ...], label: Label) -> str:
    return "\n".join(
        f"[[idea]]\ntitle = {json.dumps(i.title)}\nmentors = {json.dumps(i.mentors, ensure_ascii=False)}\n"
        f'difficulty = "{i.difficulty}"\nsize = "{i.size}"\n' for i in ideas
    )  # fmt: skip


def csv_rows(ideas: tuple[Idea, ...], label: Label) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        ["Project title", label("mentors"), label("difficulty"), label("size"), label("text")]
    )
    writer.writerows([i.title, "; ".join(i.mentors), i.difficulty, i.size, i.text] for i in ideas)
    return out.getvalue()


def txt_copied(ideas: tuple[Idea, ...], label: Label) -> str:
    return _join("Ideas of a year", "From a wiki", *(
        _join(i.title, "\n".join(f"{k}: {v}" for k, v in _facts(i, label)) + f"\nDescription: {i.text}") for i in ideas
    ))  # fmt: skip


def txt_titles_on_fields(ideas: tuple[Idea, ...], label: Label) -> str:
    return _join("Our ideas", *(
        "\n".join([f"Title: {i.title}", *(f"{k}: {v}" for k, v in _all(i, label))]) for i in ideas
    ))  # fmt: skip


_SUFFIX = {"md": ".md", "rst": ".rst", "wiki": ".mediawiki", "moin": ".moin", "adoc": ".adoc", "org": ".org",
           "html": ".html", "json": ".json", "yaml": ".yml", "toml": ".toml", "csv": ".csv", "txt": ".txt"}  # fmt: skip

STYLES: dict[str, Style] = {
    name: made
    for name, made in list(globals().items())
    if name.split("_", 1)[0] in _SUFFIX and callable(made)
}


def file_name(style: str) -> str:
    """The name of a file in a style."""
    return f"ideas{_SUFFIX[style.split('_', 1)[0]]}"


def page_each(idea: Idea, label: Label) -> str:
    """An idea in a file of its own."""
    return _join(f"# {idea.title}", idea.text, *(f"**{k}:** {v}" for k, v in _facts(idea, label)))


def front_each(idea: Idea) -> str:
    """An idea in a file of its own, its fields on top."""
    people = "".join(
        f"  - first_name: {m.split()[0]}\n    last_name: {' '.join(m.split()[1:])}\n"
        for m in idea.mentors
    )
    return (
        f"---\ntitle: {json.dumps(idea.title)}\nproject: Foo\nlayout: idea\ndifficulty: {idea.difficulty}\n"
        f"duration: {idea.size}\nproject_mentors:\n{people}---\n\n# Description\n\n{idea.text}\n\n## Expected results\n\n* {idea.outcome}\n"
    )
