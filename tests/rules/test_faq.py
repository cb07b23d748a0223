"""The FAQ: its entries, how they are read, found, filled in and edited."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gsocbot.commands.memory import MOST_COUNTS, Memory
from gsocbot.importers.faq import Faqs, gather_faq
from gsocbot.importers.faults import Faults
from gsocbot.render.lines import MOST_BYTES
from gsocbot.rules.faq import (
    JUST_ABOVE,
    LONGEST_ANSWER,
    Count,
    Edit,
    Entry,
    FaqState,
    FaqText,
    Found,
    Holes,
    changed,
    check_may_pass,
    check_move,
    check_tells_nobody,
    checked_answer,
    checked_key,
    checked_source,
    edited,
    fault_of_answer,
    filled,
    find,
    folded_word,
    is_just_above,
    is_key,
    parse_edit,
    standing,
    title_from,
)
from gsocbot.rules.faq.writing import tells
from gsocbot.rules.questions import MeaningKind, Reader, is_sign
from gsocbot.shipped import shipped
from gsocbot.talk import Refused

FOLDER = shipped("templates") / "faq"
NOWHERE = Path("no-such-folder")
NEEDED = """
    about-org blog channel contribute-outside-gsoc contributions-required eligibility how-to-start
    meetings multiple-proposals org-participation own-idea proposal-draft proposal-edit
    proposal-feedback proposal-format proposal-visibility reporting selection slots stipend
    time-commitment time-zone what-is-gsoc where-to-submit
"""
OURS = Holes(
    organisation="Example Project",
    list="dev@lists.example.org",
    channel="#example-gsoc",
    site="https://gsoc.example.org/",
)
NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)

Write = Callable[[str, str], None]


def shipped_faq() -> tuple[FaqText, ...]:
    """Every entry that ships."""
    return read(FOLDER, NOWHERE)


def read(ours: Path, season: Path) -> tuple[FaqText, ...]:
    """The entries of a season, which have no faults."""
    faults = Faults()
    entries = gather_faq(ours, season, faults)
    assert faults.lines == []
    return entries


def refusal(call: Callable[[], object]) -> str:
    """The words of a refusal."""
    with pytest.raises(Refused) as refused:
        call()
    return refused.value.text


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Give a function that writes a file below the season's folder."""

    def _write(name: str, text: str) -> None:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    return _write


# What ships


def test_the_entries_that_newcomers_need_ship() -> None:
    assert set(NEEDED.split()) <= {entry.key for entry in shipped_faq()}


@pytest.mark.parametrize("entry", shipped_faq(), ids=lambda entry: entry.key)
def test_a_shipped_entry_fits_a_line_and_names_its_source(entry: FaqText) -> None:
    line = f"longest-nick-there: {entry.key}: {filled(entry.answer, OURS)}"

    assert fault_of_answer(entry.answer) == ""
    assert len(line.encode()) <= MOST_BYTES + 60
    assert entry.source.startswith(
        (
            "https://developers.google.com/open-source/gsoc/",
            "https://google.github.io/gsocguides/",
            "https://summerofcode.withgoogle.com/",
        )
    )
    assert entry.title
    assert len(entry.asked) >= 3
    assert all(map(is_sign, entry.signs))
    assert len(set(entry.signs)) == len(entry.signs)


@pytest.mark.parametrize("entry", shipped_faq(), ids=lambda entry: entry.key)
def test_a_shipped_entry_says_something_without_an_organisation(entry: FaqText) -> None:
    assert filled(entry.answer, Holes()) or entry.key == "about-org"


def test_no_name_means_two_entries() -> None:
    names = [name for entry in shipped_faq() for name in (entry.key, *entry.aliases)]

    assert sorted(set(names)) == sorted(names)


def test_a_shipped_entry_is_what_its_own_questions_mean() -> None:
    faq = shipped_faq()
    reader = Reader(faq)

    for entry in faq:
        meanings = [reader.read(question) for question in entry.asked]
        others = [m for m in meanings if m.kind is not MeaningKind.HUMAN and m.key != entry.key]
        assert others == []
        assert any(meaning.key == entry.key for meaning in meanings)


# Reading


def test_an_entry_is_its_fields_and_the_answer_below(write: Write, tmp_path: Path) -> None:
    write(
        "faq/kernel.md",
        "---\n"
        "title: Which kernel?\n"
        "aliases: [dom0, Kernel-Version]\n"
        "source: https://wiki.example.org/Testing\n"
        "asked: Which kernel do the tests need?\n"
        "signs:\n"
        "  - which kernel\n"
        "---\n"
        "2.6.38 or newer;\n"
        "ask {list}.\n",
    )

    assert read(NOWHERE, tmp_path) == (
        FaqText(
            key="kernel",
            answer="2.6.38 or newer; ask {list}.",
            title="Which kernel?",
            aliases=("dom0", "kernel-version"),
            source="https://wiki.example.org/Testing",
            signs=("which kernel",),
            asked=("Which kernel do the tests need?",),
        ),
    )


def test_a_text_alone_is_an_entry(write: Write, tmp_path: Path) -> None:
    write("faq/boot-tests.md", "They run each night.\n")

    assert read(NOWHERE, tmp_path) == (
        FaqText("boot-tests", "They run each night.", title="boot tests"),
    )


def test_a_season_can_have_all_entries_in_one_file(write: Write, tmp_path: Path) -> None:
    write(
        "faq.md",
        "# Our FAQ\n\nNobody reads this.\n\n"
        "## kernel\naliases: dom0, linux\nsource: https://example.org/k\n\n2.6.38\nor newer.\n\n"
        "## windows\nNot supported.\n",
    )

    assert read(NOWHERE, tmp_path) == (
        FaqText("kernel", "2.6.38 or newer.", "kernel", ("dom0", "linux"), "https://example.org/k"),
        FaqText("windows", "Not supported.", title="windows"),
    )


def test_a_seasons_own_entry_takes_the_place_of_the_shipped_one(
    write: Write, tmp_path: Path
) -> None:
    write("faq/blog.md", "---\naliases: [money]\n---\nEach Friday.\n")

    entries = {entry.key: entry for entry in read(FOLDER, tmp_path)}

    assert entries["blog"] == FaqText("blog", "Each Friday.", "blog", ("money",))
    assert "money" not in entries["stipend"].aliases
    assert len(entries) == len(shipped_faq())


def test_a_folder_without_a_faq_has_what_ships(tmp_path: Path) -> None:
    assert read(FOLDER, tmp_path) == shipped_faq()


@pytest.mark.parametrize(
    ("name", "text", "fault"),
    [
        ("faq/a.md", "", "faq/a.md:1: answer: the answer is empty; write one or two sentences"),
        ("faq/a.md", "---\nx: y\n", "faq/a.md:1: the block that begins here has no end; "
         "write --- below it"),
        ("faq/a.md", "---\ntitel: A\n---\nYes.", "faq/a.md:2: titel: there is no such key; there "
         "is title, aliases, source, signs, asked"),
        ("faq/a.md", "---\naliases: [B c]\n---\nYes.", 'faq/a.md:2: aliases: "b c" is no key; '
         "write small letters, digits and -"),
        ("faq/a.md", "---\nsource: wiki\n---\nYes.", 'faq/a.md:2: source: "wiki" is no address; '
         "write https://…"),
        ("faq/a.md", "---\nsigns: [-x]\n---\nYes.", 'faq/a.md:2: signs: "-x" has no word that '
         "must be there"),
        ("faq/a.md", "In {town}.", "faq/a.md:1: answer: only {organisation}, {list}, {channel}, "
         "{site} can stand in braces"),
        ("faq/a.md", "In {", "faq/a.md:1: answer: only {organisation}, {list}, {channel}, {site} "
         "can stand in braces"),
        ("faq/a.md", "x" * 351, "faq/a.md:1: answer: the answer has 351 bytes; 350 fit a line, so "
         "shorten it"),
        ("faq/A b.md", "Yes.", 'faq/A b.md:1: key: "A b" is no key; name it with small letters, '
         "digits and -"),
        ("faq.md", "\n## a\nYes.\n## a\nNo.", "faq.md:4: a stands in faq.md:2 too; remove one of "
         "them"),
        ("faq.md", "\n## A!\nYes.", 'faq.md:2: key: "A!" is no key; name it with small letters, '
         "digits and -"),
        ("faq.md", "## a\n\n## b\nYes.", "faq.md:1: answer: the answer is empty; write one or two "
         "sentences"),
        ("faq.md", "## a\naliases: b\nNo.\n## b\nYes.", "faq.md:1: aliases: b is taken by "
         "faq.md:4; write another"),
        ("faq.md", "## own\naliases: blog\nNo.", "faq.md:1: aliases: blog is another entry; write "
         "another"),
    ],
)  # fmt: skip
def test_a_fault_names_its_place(
    write: Write, tmp_path: Path, name: str, text: str, fault: str
) -> None:
    write(name, text)
    faults = Faults()

    gather_faq(FOLDER, tmp_path, faults)

    assert [line.replace(f"{tmp_path}/", "") for line in faults.lines] == [fault]


def test_the_same_key_in_both_places_is_a_fault(write: Write, tmp_path: Path) -> None:
    write("faq/a.md", "Yes.")
    write("faq.md", "## a\nNo.")
    faults = Faults()

    gather_faq(NOWHERE, tmp_path, faults)

    assert [line.replace(f"{tmp_path}/", "") for line in faults.lines] == [
        "faq.md:1: a stands in faq/a.md:1 too; remove one of them"
    ]


def test_notes_and_hidden_files_are_no_entries(write: Write, tmp_path: Path) -> None:
    for name in ("README.md", "index.md", "_draft.md", ".a.md", "a.txt"):
        write(f"faq/{name}", "No.")

    assert read(NOWHERE, tmp_path) == ()


# Finding

ENTRIES = (
    FaqText("proposal-draft", "a", aliases=("draft",)),
    FaqText("proposal-edit", "b", aliases=("edit",)),
    FaqText("slots", "c", aliases=("places", "slot")),
    FaqText("stipend", "d", aliases=("money",)),
)


@pytest.mark.parametrize(
    ("word", "key", "guessed"),
    [
        ("slots", "slots", False),
        ("SLOTS", "slots", False),
        ("slot", "slots", False),
        ("money", "stipend", False),
        ("sl", "slots", False),
        ("proposal e", "proposal-edit", False),
        ("proposal draft", "proposal-draft", False),
        ("stippend", "stipend", True),
        ("propsal-edit", "proposal-edit", True),
    ],
)
def test_an_entry_is_found_by_any_of_its_names(word: str, key: str, guessed: bool) -> None:
    found = find(ENTRIES, word)

    assert (found.entry.key, found.guessed) == (key, guessed)


@pytest.mark.parametrize(
    ("word", "answer"),
    [
        ("s", 'there is no entry "s". All of them: !faq · a person: !ask <text>'),
        ("s" * 99, f'there is no entry "{"s" * 99}". All of them: !faq · a person: !ask <text>'),
        ("kernel", 'there is no entry "kernel". All of them: !faq · a person: !ask <text>'),
        ("", 'there is no entry "". All of them: !faq · a person: !ask <text>'),
        (
            "prop",
            '"prop" could be proposal-draft · proposal-edit. Say one of them: !faq proposal-draft',
        ),
    ],
)
def test_what_is_not_plain_is_refused_with_the_next_step(word: str, answer: str) -> None:
    assert refusal(lambda: find(ENTRIES, word)) == answer


def test_a_key_comes_before_another_entrys_alias() -> None:
    entries = (FaqText("a-b", "1", aliases=("slots",)), *ENTRIES)

    assert find(entries, "slots") == Found(ENTRIES[2])


@given(st.text())
def test_finding_answers_or_refuses(word: str) -> None:
    try:
        found = find(ENTRIES, word)
    except Refused:
        return
    assert found.entry in ENTRIES


# Holes


@pytest.mark.parametrize(
    ("answer", "holes", "line"),
    [
        ("Yes.", Holes(), "Yes."),
        ("Ask {list}.", OURS, "Ask dev@lists.example.org."),
        ("Yes. Ask {list}. Or here.", Holes(), "Yes. Or here."),
        ("Yes. {organisation} too.", Holes(), "Yes."),
        ("Ask {list}.", Holes(), ""),
        ("Ask {list} or {channel}.", replace(OURS, channel=""), ""),
        ("Ask {list}.", Holes(list="{site}"), "Ask {site}."),
    ],
)
def test_a_sentence_with_an_unknown_hole_falls_out(answer: str, holes: Holes, line: str) -> None:
    assert filled(answer, holes) == line


# New entries


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("kernel", True),
        ("kernel-26", True),
        ("2-slots", True),
        ("Kernel", False),
        ("26", False),
        ("a--b", False),
        ("-a", False),
        ("a b", False),
        ("", False),
        ("a" * 40, True),
        ("a" * 41, False),
    ],
)
def test_a_key_can_be_said_aloud(word: str, key: bool) -> None:
    assert is_key(word) is key


def test_a_key_is_taken_in_small_letters() -> None:
    assert checked_key("Kernel") == "kernel"
    assert refusal(lambda: checked_key("no key")) == (
        "a key is small letters, digits and -, at most 40: proposal-draft"
    )


@pytest.mark.parametrize(("size", "fits"), [(LONGEST_ANSWER, True), (LONGEST_ANSWER + 1, False)])
def test_an_answer_fits_a_line(size: int, fits: bool) -> None:
    assert (fault_of_answer("x" * size) == "") is fits


def test_an_answer_counts_bytes_and_stands_on_one_line() -> None:
    assert checked_answer("  two \n words ") == "two words"
    assert refusal(lambda: checked_answer("é" * 176)) == (
        "the answer has 352 bytes; 350 fit a line, so shorten it"
    )


@given(st.text())
def test_what_is_an_answer_can_be_filled(text: str) -> None:
    if not fault_of_answer(text):
        filled(text, OURS)


# Edits


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [
        ("s/2.6.37/2.6.38/", "2.6.37", "2.6.38"),
        ("s/a/b", "a", "b"),
        (" s/a/b/ ", "a", "b"),
        ("S/a/b/", "a", "b"),
        ("s|a/b|c/d|", "a/b", "c/d"),
        ("s#a b#c d#", "a b", "c d"),
        (r"s/a\/b/c\/d/", "a/b", "c/d"),
        ("s/.*/x/", ".*", "x"),
        ("s/gone//", "gone", ""),
        (r"s/C:\dir/D:\dir/", r"C:\dir", r"D:\dir"),
    ],
)
def test_an_edit_is_words_as_they_stand(text: str, old: str, new: str) -> None:
    assert parse_edit(text) == Edit(old, new)


FORM = "write it as s/old words/new words/"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("", FORM),
        ("s", FORM),
        ("sold", FORM),
        ("s old new", FORM),
        ("a/b/c/", FORM),
        (r"s\a\b", FORM),
        ("s/a", f"{FORM}; for a / within the words write \\/"),
        ("s/a/b/c/", f"{FORM}; for a / within the words write \\/"),
        ("s/a/b/g", f"{FORM}; for a / within the words write \\/"),
        ("s//b/", f"there are no old words; {FORM}"),
    ],
)
def test_what_is_no_edit_is_refused(text: str, answer: str) -> None:
    assert refusal(lambda: parse_edit(text)) == answer


@pytest.mark.parametrize("text", ["s#use#take#g", "s,a,b,c,d", "s/use", "S/use/take/x", "s-1-2-3"])
def test_what_looks_like_an_edit_is_no_new_answer(text: str) -> None:
    assert refusal(lambda: changed("use any", text)).startswith(FORM)


@pytest.mark.parametrize("text", ["so use none", "s. page 3", "S/MIME or none", "S'il te plaît"])
def test_an_answer_may_begin_with_an_s(text: str) -> None:
    assert changed("use any", text) == text


@pytest.mark.parametrize(
    ("answer", "refused"),
    [
        ("priya: yes", True),
        ("Yes, @Priya, you can.", True),
        ("Yes, priyanka has asked too.", False),
        ("Yes.", False),
    ],
)
def test_an_answer_that_names_who_asked_is_no_entry(answer: str, refused: bool) -> None:
    told = refusal(lambda: check_tells_nobody(12, answer, ("~priya", "Priya"))) if refused else ""

    assert tells(answer, ("~priya", "Priya")) is refused
    assert told.startswith("the answer to q12 names who asked") is refused


@pytest.mark.parametrize(
    ("edit", "after"),
    [
        (Edit("2.6.37", "2.6.38"), "use 2.6.38 or newer"),
        (Edit(" or newer", ""), "use 2.6.37"),
        (Edit("use", "take"), "take 2.6.37 or newer"),
    ],
)
def test_words_are_replaced_where_they_stand(edit: Edit, after: str) -> None:
    assert edited("use 2.6.37 or newer", edit) == after


@pytest.mark.parametrize(
    ("edit", "answer"),
    [
        (Edit("linux", "x"), '"linux" does not stand there: use 2.6.37 or newer'),
        (Edit(".*", "x"), '".*" does not stand there: use 2.6.37 or newer'),
        (Edit("e", "x"), '"e" stands there 3 times; take more of the words around it'),
        (Edit("use", "use"), "that would change nothing"),
        (Edit("use 2.6.37 or newer", ""), "the answer is empty; write one or two sentences"),
        (Edit("use", "x" * 350), "the answer has 366 bytes; 350 fit a line, so shorten it"),
    ],
)
def test_an_edit_that_is_not_plain_is_refused(edit: Edit, answer: str) -> None:
    assert refusal(lambda: edited("use 2.6.37 or newer", edit)) == answer


@given(st.text())
def test_any_edit_is_read_or_refused(text: str) -> None:
    try:
        edit = parse_edit(text)
    except Refused:
        return
    assert edit.old


@given(st.sampled_from("/|#,!"), st.text(min_size=1), st.text())
def test_any_words_can_be_written_into_an_edit(mark: str, old: str, new: str) -> None:
    words = [part.replace(mark, f"\\{mark}") for part in (old, new)]
    if not any(f"\\{mark}" in part or part.endswith("\\") for part in (old, new)):
        assert parse_edit(f"s{mark}{words[0]}{mark}{words[1]}{mark}") == Edit(old, new)


# Just above


@pytest.mark.parametrize(
    ("ago", "above"),
    [
        (timedelta(0), True),
        (JUST_ABOVE - timedelta(microseconds=1), True),
        (JUST_ABOVE, False),
        (timedelta(days=1), False),
        (timedelta(seconds=-1), False),
    ],
)
def test_an_answer_stands_just_above_for_two_minutes(ago: timedelta, above: bool) -> None:
    assert is_just_above(NOW - ago, NOW) is above


def test_what_was_never_said_stands_nowhere() -> None:
    assert is_just_above(None, NOW) is False


# What stands


BELOW = (
    FaqText(
        "kernel", "A file's.", "Which kernel?", ("dom0",), "https://x", ("kernel",), ("Which?",)
    ),
    FaqText("slots", "Nobody knows.", aliases=("places", "many")),
)


def entry(key: str, state: FaqState = FaqState.PUBLIC, *aliases: str) -> Entry:
    """An entry written on IRC."""
    return Entry(FaqText(key, "Ours.", aliases=aliases), state, "mira", NOW)


def test_without_anything_written_the_files_stand() -> None:
    assert [(e.text, e.author) for e in standing(BELOW, ())] == [(text, "") for text in BELOW]


def test_what_is_written_keeps_what_the_entry_below_is_found_by() -> None:
    (kernel, _) = standing(BELOW, (entry("kernel", FaqState.PUBLIC, "xen"),))

    assert kernel.text == replace(BELOW[0], answer="Ours.", aliases=("xen",), source="")
    assert kernel.author == "mira"


@pytest.mark.parametrize("state", [FaqState.DRAFT, FaqState.DROPPED])
def test_a_draft_and_a_dropped_one_stand_nowhere_and_hide_the_file(state: FaqState) -> None:
    assert [e.text.key for e in standing(BELOW, (entry("kernel", state),))] == ["slots"]
    assert [e.text.key for e in standing((), (entry("kernel", state),))] == []


def test_a_name_of_a_public_entry_is_its_own() -> None:
    public = standing(BELOW, (entry("many", FaqState.PUBLIC, "places"),))
    draft = standing(BELOW, (entry("many", FaqState.DRAFT),))

    assert [(e.text.key, e.text.aliases) for e in public] == [
        ("kernel", ("dom0",)),
        ("many", ("places",)),
        ("slots", ()),
    ]
    assert draft[-1].text.aliases == ("places", "many")


def test_what_is_read_briefly_is_all_but_how_people_ask() -> None:
    faqs = Faqs({"test": ()}, FOLDER)

    assert faqs["test"] == tuple(replace(t, signs=(), asked=()) for t in faqs.learnt("test"))
    assert any(text.signs for text in faqs.learnt("test"))


# Writing


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("s/any/2.6.38/", "Use 2.6.38 kernel."),
        ("s,any kernel,a/b,", "Use a/b."),
        ("  A whole   new one. ", "A whole new one."),
        ("s'il vous plait, ask", "s'il vous plait, ask"),
        ("sure", "sure"),
        ("s-expressions", "s-expressions"),
    ],
)
def test_a_change_is_an_edit_or_a_new_answer(text: str, after: str) -> None:
    assert changed("Use any kernel.", text) == after


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("s/any", "write it as s/old words/new words/; for a / within the words write \\/"),
        ("Use any kernel.", "that would change nothing"),
        ("{what}", "only {organisation}, {list}, {channel}, {site} can stand in braces"),
    ],
)
def test_a_change_that_is_none_is_refused(text: str, answer: str) -> None:
    assert refusal(lambda: changed("Use any kernel.", text)) == answer


def test_the_author_is_no_second_pair_of_eyes() -> None:
    draft = entry("kernel", FaqState.DRAFT)

    assert check_may_pass(draft, "tomas", {"mira", "tomas"})
    assert not check_may_pass(draft, "mira", {"mira"})
    assert refusal(lambda: check_may_pass(draft, "mira", {"mira", "tomas"})) == (
        "you wrote kernel, so somebody else looks at it. Nothing changed."
    )


@pytest.mark.parametrize("state", FaqState)
def test_entries_move_from_draft_to_public_to_dropped_and_begin_anew(state: FaqState) -> None:
    moves = {(a, b) for a in FaqState for b in FaqState if a is state}
    made = set()
    for a, b in moves:
        try:
            check_move("kernel", a, b)
            made.add(b)
        except Refused:
            pass

    assert (
        made
        == {
            FaqState.DRAFT: {FaqState.PUBLIC, FaqState.DROPPED},
            FaqState.PUBLIC: {FaqState.DROPPED},
            FaqState.DROPPED: {FaqState.DRAFT},
        }[state]
    )


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("which kernel?", "which kernel?"),
        ("hi, I am Priya, which kernel?", ""),
        ("priyanka's kernel?", "priyanka's kernel?"),
        ("x" * 200, "x" * 200),
        ("x" * 201, ""),
    ],
)
def test_a_question_is_a_title_unless_it_tells_who_asked(question: str, title: str) -> None:
    assert title_from(question, ("~priya", "Priya")) == title


def test_a_source_is_an_address_on_the_web() -> None:
    assert checked_source("https://x.example/a#b") == "https://x.example/a#b"
    for address in (
        'https://x.example/a"b',
        "https://x.example/<b>",
        "wiki",
        "javascript:alert(1)",
        "https://",
        "https://x.example/" + "a" * 250,
    ):
        assert "address on the web" in refusal(lambda address=address: checked_source(address))


# Counting


@pytest.mark.parametrize(
    ("words", "folded"),
    [
        ("Windows", "windows"),
        ("  Dear   Sir! ", "dear sir"),
        ("ß" * 30, "s" * 40),
        ("ä" * 30, "ä" * 20),
        ("a" * 39 + "ä", "a" * 39),
        ("priya@example.org", ""),
        ("4711-8302", ""),
        ("?", ""),
    ],
)
def test_a_word_in_vain_is_folded_and_short(words: str, folded: str) -> None:
    assert folded_word(words) == folded


def test_a_mind_counts_only_so_many_different_words() -> None:
    memory = Memory()
    for n in range(MOST_COUNTS + 10):
        memory.count(Count("test", NOW.date(), f"w{n}", False))
    memory.count(Count("test", NOW.date(), "w0", False))

    assert len(memory.counts) == MOST_COUNTS
    assert memory.counts[Count("test", NOW.date(), "w0", False)] == 2
