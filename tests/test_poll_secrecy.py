"""Who voted what is nowhere: not while a poll runs, and nothing of it once it has ended."""

import asyncio
import logging
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from gsocbot.app.erasures import Erasures
from gsocbot.commands import ALL
from gsocbot.config import load
from gsocbot.rules.privacy import Viewer
from gsocbot.rules.roles import Role
from gsocbot.shipped import shipped
from gsocbot.site.build import write
from gsocbot.site.taking import take
from gsocbot.store.private import ballots, erasing, exporting
from gsocbot.store.private.tables import Ballot, BallotBox
from gsocbot.store.tables import Grant, Table
from gsocbot.talk import Say
from tests.conversation import CHANNEL, NETWORK, ORGANISERS, START, Stage, stage
from tests.site.test_place import tree

TYPED = ("zqke", "zqdr")
"""What is typed for the options: the beginnings of words that stand nowhere by themselves."""
ADD = '!poll add "Where to?" zqkeep here | zqdrop it until 5 mar 10:00'
HOLDERS = {"odile": Role.ORGANISER, "mira": Role.MENTOR}
BADLY = (
    "!poll vote {}",
    "!poll 1 vote {}",
    "!poll 1 {}",
    "!pol 1 {}",
    "!1 vote {}",
    "gsocbot: my vote: {}",
    "gsocbot: {} for poll 1",
)
"""How people type a vote who have not read how."""
VOTERS = ("priya", "wenjie", "sofia")
LOOKED = ("", "1", "priya")
MADE_UP = re.compile(r"[0-9a-f]{16,}|\b\d{4}-\d{4}\b")
"""Numbers of deeds and codes, which are others each time."""
OWN = frozenset({"ballot", "ballotbox"})


def begun(url: str = "sqlite://") -> Stage:
    """A poll that runs, in the middle of an office hour that is logged."""
    on = stage(url)
    with on.store.transaction(writing=True) as books:
        for account, role in HOLDERS.items():
            grant = Grant(season="test", network=NETWORK, account=account, role=role, at=START)
            books.session.add(grant)
    on.tick(on.now)
    on.hear("odile", False, CHANNEL, ADD, action=False)
    on.hear("mira", False, CHANNEL, "#startmeeting", action=False)
    on.hear("priya", False, CHANNEL, "what zqtalk is that?", action=False)
    return on


def voted(on: Stage, choices: tuple[str, ...]) -> list[Say]:
    """Everybody votes, in all the ways there are, and somebody types it badly."""
    first, second, third = VOTERS
    keep, drop, other = choices
    says = on.hear(first, False, CHANNEL, f"!vote 1 {keep}", action=False)
    says += on.hear(second, False, CHANNEL, f"gsocbot: vote 1 {drop}", action=False)
    says += on.hear(second, False, CHANNEL, f"gsocbot: voet 1 {drop}", action=False)
    for badly in BADLY:
        says += on.hear(second, False, CHANNEL, badly.format(drop), action=False)
    on.hear(third, False, None, f"vote 1 {drop}", action=False)
    on.hear(third, False, None, f"!vote 1 {other}", action=False)
    return says


def looked_at(on: Stage, folder: Path) -> Iterator[str]:
    """All that an organiser can type, open and read, beside the votes themselves."""
    for command in ALL:
        if command.words in {("yes",), ("me", "forget"), ("vote",)}:
            continue
        for about in LOOKED:
            for place in (None, ORGANISERS) if about == "1" else (None,):
                line = " ".join(["!" * bool(place) + command.words[0], *command.words[1:], about])
                yield from (s.text for s in on.hear("odile", False, place, line, action=False))
    yield from (say.text for say in on.tick(on.now + timedelta(minutes=1)))
    with on.store.transaction(writing=False) as books:
        snapshot = take(books, ["test"], channels={"test": CHANNEL})
        for account in (*VOTERS, *HOLDERS):
            viewer = Viewer(NETWORK, account)
            data = exporting.everything(books, viewer, NETWORK, account, on.now)
            yield exporting.as_json(data).decode()
    write(snapshot, folder, "https://gsoc.example.org/", shipped("templates"), on.now)
    yield from (page.decode(errors="replace") for page in tree(folder).values())
    yield from stored(on)


def stored(on: Stage, beside: frozenset[str] = OWN) -> Iterator[str]:
    """All rows of all tables but some."""
    with on.store.transaction(writing=False) as books:
        for name, table in sorted(Table.metadata.tables.items()):
            if name not in beside:
                yield from (str(tuple(row)) for row in books.rows(select(table)))


def words_typed(texts: list[str]) -> set[str]:
    """What was typed for a vote and is not the beginning of an option's own word."""
    whole = "\n".join(texts)
    return {word for word in TYPED if re.search(rf"{word}\b", whole)}


class Log(logging.Handler):
    """All that the bot logs; what packages would show of their own accord, no log of it has."""

    def __init__(self) -> None:
        super().__init__(1)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines += logging.Formatter().format(record).splitlines()


@dataclass(frozen=True)
class Seen:
    """What could be seen of some votes: in answers to them, in logs, and everywhere else."""

    answers: list[str]
    logged: list[str]
    looked: list[str]


def seen(folder: Path, choices: tuple[str, ...]) -> Seen:
    """All that can be seen from the first vote until after the end."""
    log, logger = Log(), logging.getLogger("gsocbot")
    logger.addHandler(log)
    logger.setLevel(1)
    try:
        on = begun()
        answers = [say.text for say in voted(on, choices)]
        looked = list(looked_at(on, folder / "before"))
        looked += [say.text for day in range(5) for say in on.tick(on.now + timedelta(days=day))]
        looked += looked_at(on, folder / "after")
        on.store.close()
    finally:
        logger.removeHandler(log)
        logger.setLevel(logging.NOTSET)
    return Seen(answers, log.lines, looked)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> list[Seen]:
    """The same votes twice, but for two that are swapped."""
    keep, drop = TYPED
    turns = [(keep, drop, keep), (drop, keep, keep)]
    return [seen(tmp_path_factory.mktemp("polls"), turn) for turn in turns]


def test_what_somebody_typed_for_a_vote_is_kept_logged_and_said_nowhere(both: list[Seen]) -> None:
    votes = both[0]

    assert "1 vote." in votes.answers[0]
    assert any("zqkeep here 2, zqdrop it 1 (3 votes)" in text for text in votes.looked)
    assert "zqtalk" in "\n".join(votes.looked), "the office hour is logged"
    assert words_typed(votes.answers) == set()
    assert words_typed(votes.looked) == set()
    assert words_typed(votes.logged) == set()


def test_nothing_tells_one_vote_from_the_other(both: list[Seen]) -> None:
    """Votes that are swapped change nothing that anybody can see, before the end and after."""
    one, other = ([*s.answers, *s.logged, *s.looked] for s in both)
    pairs = [[MADE_UP.sub("…", t) for t in pair] for pair in zip(one, other, strict=True)]

    assert [pair for pair in pairs if pair[0] != pair[1]] == []


def test_who_is_forgotten_has_not_voted_and_the_others_have() -> None:
    on = begun()
    voted(on, ("1", "2", "1"))

    with on.store.transaction(writing=True) as books:
        erasing.forget(books, NETWORK, "priya", on.now, "!me forget")

    says = on.hear("kofi", False, CHANNEL, "!poll results 1", action=False)
    assert says[0].text.endswith("2 votes so far.")
    on.store.close()


@pytest.mark.parametrize("how", ["counted", "dropped"])
def test_once_it_is_over_the_file_has_no_vote_and_no_voter_either(tmp_path: Path, how: str) -> None:
    file = tmp_path / "gsocbot.db"
    config = tmp_path / "gsocbot.toml"
    config.write_text('[bot]\nstate_dir = "state"\n[store]\nurl = "sqlite:///gsocbot.db"\n')
    on = begun(f"sqlite:///{file}")
    for number in range(150):  # several pages of the file
        on.hear(f"kofi{number}", False, CHANNEL, f"!vote 1 {1 + number % 2}", action=False)
    with on.store.transaction(writing=False) as books:
        voters = list(books.rows(select(Ballot.voter)).scalars())
        voters += books.rows(select(BallotBox.secret)).scalars()
    assert len(voters) == 151
    assert all(voter.encode() in raw(file) for voter in voters)

    if how == "counted":
        on.tick(on.now + timedelta(days=4))
    for line in ("!poll drop 1", "!yes") if how == "dropped" else ():
        on.hear("odile", False, CHANNEL, line, action=False)

    async def look() -> None:
        async def run(call):  # type: ignore[no-untyped-def]
            return call()

        async def pages() -> bool:
            return True

        erasures = Erasures(on.store, run, lambda: on.now, pages, print, lambda new: None)
        await erasures.look(load(config))
        while len(asyncio.all_tasks()) > 1:
            await asyncio.sleep(0.01)

    asyncio.run(look())
    with on.store.transaction(writing=False) as books:
        assert ballots.emptied(books) == []
        assert list(books.rows(select(Ballot.id))) == []
        assert list(books.rows(select(BallotBox.poll))) == []
    assert [voter for voter in voters if voter.encode() in raw(file)] == []
    with closing(on.store):
        says = on.hear("kofi", False, CHANNEL, "gsocbot: poll results 1", action=False)
    result = "zqkeep here 75, zqdrop it 75 (150 votes)"
    assert (result in says[0].text) == (how == "counted"), says


def raw(file: Path) -> bytes:
    """The bytes of a store's file, and of what SQLite has beside it."""
    return b"".join(other.read_bytes() for other in file.parent.glob(f"{file.name}*"))
