"""What MeetBot's words and W3C's come to, live and in logs; logs in all their forms."""

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest

from gsocbot.cli import main
from gsocbot.importers.meeting_log import log_of
from gsocbot.rules.minutes import Attendee, Item, Minutes, Said, Sort, minutes, owner, replay

ROOT = Path(__file__).parents[1]
HERE = Path(__file__).parent / "meetings"
REAL = ROOT.parent / "shared" / "data" / "meetings"
START = datetime(2026, 3, 4, 16, tzinfo=UTC)


def session(*said: str, chairs: Iterable[str] = ("mira",)) -> Minutes:
    """A session in which each line is "nick text", or "nick=account text"."""
    lines = []
    for number, one in enumerate(said):
        who, text = one.split(" ", 1)
        nick, _, account = who.partition("=")
        at = START + timedelta(seconds=number)
        lines.append(Said(at, nick, text, account or None, own=nick == "gsocbot"))
    return minutes(lines, list(chairs))


def words(found: Minutes) -> list[str]:
    """All that is in the minutes, as "topic Compost"."""
    out = []
    for topic in found.topics:
        out += [f"topic {topic.text}".strip()]
        out += [f"{item.sort} {item.text}" for item in topic.items]
    return out


@dataclass(frozen=True)
class Shown:
    """What the command line came to."""

    returncode: int
    stdout: str
    stderr: str


def shown(*arguments: object) -> Shown:
    """The real command line, in this process."""
    out, err = StringIO(), StringIO()
    mask = os.umask(0)
    try:
        with redirect_stdout(out), redirect_stderr(err):
            status = main(["minutes", "replay", *map(str, arguments)])
    finally:
        os.umask(mask)
    return Shown(status, out.getvalue(), err.getvalue())


def replayed(log: Path) -> dict[str, list[object]]:
    done = shown(log, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    found: dict[str, list[object]] = json.loads(done.stdout)
    return found


# Words.


@pytest.mark.parametrize(
    ("said", "item"),
    [
        ("#info It is cold", "info It is cold"),
        ("#INFO   It is cold  ", "info It is cold"),
        ("  #info It is cold", "info It is cold"),
        ("#idea A fan", "idea A fan"),
        ("#help with fans", "help with fans"),
        ("#halp with fans", "help with fans"),
        ("#action kofi to buy one", "action kofi to buy one"),
        ("#link https://fan.example.org/", "link https://fan.example.org/"),
        ("#link the usual place", "link the usual place"),
        ("https://fan.example.org/ a fan", "link https://fan.example.org/ a fan"),
        ("ftp://fan.example.org/", "link ftp://fan.example.org/"),
    ],
)
def test_everybody_may_note_something(said: str, item: str) -> None:
    assert words(session(f"kofi {said}")) == ["topic", item]


@pytest.mark.parametrize(
    "said",
    [
        "#info",
        "#link ",
        "# info It is cold",
        "say #info It is cold",
        "#infos It is cold",
        "see https://fan.example.org/",
        "https:/fan.example.org",
        "#topic Mine",
        "#agreed on mine",
        "#accepted mine",
        "#rejected yours",
        "#undo",
        "#chair kofi",
        "#meetingtopic Mine",
        "#endmeeting",
    ],
)
def test_what_is_not_said_right_or_by_a_chair_is_nothing(said: str) -> None:
    found = session("mira #info kept", f"kofi {said}", "kofi #topic Mine")

    assert words(found) == ["topic", "info kept"]
    assert found.title == ""


@pytest.mark.parametrize(
    ("said", "item"),
    [
        ("#agreed Yes", "agreed Yes"),
        ("#agree Yes", "agreed Yes"),
        ("#accepted Yes", "agreed Yes"),
        ("#accept Yes", "agreed Yes"),
        ("#rejected No", "rejected No"),
        ("#reject No", "rejected No"),
    ],
)
def test_a_chair_decides(said: str, item: str) -> None:
    assert words(session("mira #topic Fans", f"mira {said}")) == ["topic Fans", item]


def test_items_stand_under_their_topics() -> None:
    found = session(
        "kofi #info early", "mira #topic One", "mira #topic Two", "kofi #idea late", "mira bye"
    )

    assert words(found) == ["topic", "info early", "topic One", "topic Two", "idea late"]
    assert [topic.at for topic in found.topics] == [
        None,
        START + timedelta(seconds=1),
        START + timedelta(seconds=2),
    ]
    assert (found.start, found.end) == (START, START + timedelta(seconds=4))
    assert found.of(Sort.IDEA) == (
        Item(Sort.IDEA, "late", START + timedelta(seconds=3), "kofi", None, 3),
    )


def test_undo_takes_back_what_came_last_be_it_a_topic() -> None:
    found = session(
        "mira #topic One", "kofi #info a", "mira #topic Two", "mira #undo", "kofi #info b",
        "mira #undo", "mira #undo", "mira #undo", "mira #undo", "kofi #info c",
    )  # fmt: skip

    assert words(found) == ["topic", "info c"]


def test_chairs_make_chairs_and_unmake_them_but_the_first_stays() -> None:
    found = session(
        "mira #chair kofi, Dee_ zoe", "KOFI #topic One", "dee_ #topic Two", "mira #unchair kofi",
        "kofi #topic Three", "zoe #unchair mira zoe", "zoe #topic Four", "mira #topic Five",
    )  # fmt: skip

    assert words(found) == ["topic One", "topic Two", "topic Five"]
    assert found.chairs == ("mira", "Dee_")


def test_where_there_are_accounts_a_nick_is_nobody() -> None:
    found = session(
        "zoe=zoe hello", "kofi_=kofi hi",
        "mira #topic From an impostor", "mira=evil #topic Likewise",
        "mira_=mira #topic The real one", "mira_=mira #chair kofi_ guest",
        "kofi_=kofi #topic By kofi", "kofi_=evil #topic Not by kofi", "zed=kofi #topic By kofi too",
        "guest #topic By a guest",
    )  # fmt: skip

    assert words(found) == ["topic The real one", "topic By kofi", "topic By kofi too"]


def test_people_are_counted_by_account_and_the_bot_is_not() -> None:
    found = session(
        "mira=mira a", "mira_away=mira b", "kofi c", "KOFI d", "Kofi e", "gsocbot f",
        "mira=mira #chair zoe", "kofi #nick noor",
    )  # fmt: skip

    assert found.people == (
        Attendee("kofi", 4),
        Attendee("mira", 3),
        Attendee("noor", 0),
    )


def test_the_bots_own_words_and_what_people_do_are_no_commands() -> None:
    lines = [
        Said(START, "gsocbot", "#info by the bot", own=True),
        Said(START, "kofi", "#info done, not said", action=True),
    ]

    assert words(minutes(lines, ["kofi"])) == []


@pytest.mark.parametrize(
    ("said", "url"),
    [
        ("#link https://a.example.org/b.", "https://a.example.org/b"),
        ("#link see (https://a.example.org/b)", "https://a.example.org/b"),
        ("#info at https://a.example.org/b, and http://c.example.org", "https://a.example.org/b,"),
        ("#info nowhere", ""),
    ],
)
def test_the_url_of_an_item_ends_as_meetbot_ends_it(said: str, url: str) -> None:
    assert session(f"kofi {said}").items[0].url == url


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("kofi to write it up", "Kofi"),
        ("Kofi: write it up", "Kofi"),
        ("ZOE, kofi to look", "zoe"),
        ("write it up with zoe and kofi", "zoe"),
        ("noor/zoe to look", "zoe"),
        ("kofia to look", ""),
        ("", ""),
    ],
)
def test_an_action_is_for_whom_it_names(text: str, whose: str) -> None:
    item = Item(Sort.ACTION, text, START, "mira", "mira", 0)

    assert owner(item, ["Kofi", "zoe"]) == whose


# Logs of meetings.


def test_a_log_is_read_from_start_to_end_of_its_first_meeting() -> None:
    assert replayed(HERE / "garden.log") == {
        "topics": ["Compost", "Roses"],
        "infos": ["hello from bo"],
        "actions": [{"nick": "kofi", "text": "ana: order worms by Friday"}],
        "agreed": ["Two heaps, no more."],
        "links": ["https://compost.example.org/heaps", "https://garden.example.org/rules"],
        "people": [
            {"nick": "bo", "lines": 8},
            {"nick": "ana", "lines": 7},
            {"nick": "kofi", "lines": 7},
            {"nick": "clerk", "lines": 5},
            {"nick": "dee", "lines": 0},
        ],
        "start": "2026-03-03T18:00:01+00:00",
        "end": "2026-03-03T18:05:00+00:00",
    }


def test_a_scribes_log_is_read_with_its_corrections() -> None:
    assert replayed(HERE / "scribed.log") == {
        "topics": ["Hinges", "Locks", "Keys", "Who has a key"],
        "infos": [],
        "actions": [
            {"nick": "bo", "text": "ana to oil the hinges"},
            {"nick": "bo", "text": "kofi to count the keys"},
        ],
        "agreed": ["Brass locks for every gate."],
        "links": [],
        "people": [
            {"nick": "ana", "lines": 8},
            {"nick": "bo", "lines": 7},
            {"nick": "Dee_Long", "lines": 0},
        ],
        "start": "2026-03-04T14:00:01+00:00",
        "end": "2026-03-04T14:04:00+00:00",
    }


def test_groups_with_trackbot_keep_subtopics_within_their_topic() -> None:
    log = "14:00 <trackbot> Date: 4 March 2026\n14:01 <a> topic: One\n14:02 <a> subtopic: Two\n"

    found = replay(log_of(log).lines)

    assert words(found) == ["topic One"]
    assert found.start == datetime(2026, 3, 4, 14, tzinfo=UTC)


def test_a_meeting_is_shown_to_be_read() -> None:
    words = [sys.executable, "-m", "gsocbot", "minutes", "replay", str(HERE / "garden.log")]
    assert (
        subprocess.run(words, capture_output=True, text=True).stdout
        == """\
Garden committee
From 2026-03-03T18:00:01+00:00 to 2026-03-03T18:05:00+00:00

Before the first topic
  hello from bo (bo, 18:00)

Compost
  AGREED: Two heaps, no more. (bo, 18:01)
  LINK: https://compost.example.org/heaps (the plan) (kofi, 18:01)
  LINK: The rules: https://garden.example.org/rules. (ana, 18:02)
  ACTION: ana: order worms by Friday (kofi, 18:02)

Roses
  IDEA: a bed of old roses (kofi, 18:03)
  HELP: who owns shears? (kofi, 18:03)
  REJECTED: Plastic roses (ana, 18:03)

5 names, with lines said: bo (8), ana (7), kofi (7), clerk (5), dee (0)
"""
    )


def test_a_log_without_a_start_is_a_meeting_of_whoever_speaks_first() -> None:
    found = replay(log_of("14:00 <ana> #topic Hens\n14:01 <bo> #topic Ducks\n").lines)

    assert words(found) == ["topic Hens"]


@pytest.mark.parametrize("end", ["<ana> #endmeeting", "<clerk> Meeting ended at 14:03 UTC."])
def test_a_meeting_ends_by_its_chair_or_when_the_bot_says_so(end: str) -> None:
    log = f"""\
14:00 <ana> #startmeeting Hens
14:00 <clerk> Meeting started at 14:00 UTC. The chair is ana. Information at example.org.
14:01 <ana> #topic Eggs
14:02 <bo> #endmeeting
14:03 {end}
14:04 <ana> #topic Ducks
"""

    assert words(replay(log_of(log).lines)) == ["topic Eggs"]


def test_large_letters_open_and_close_a_meeting_as_well() -> None:
    log = """\
14:00 <bo> #info early
14:01 <ana> #STARTMEETING Hens
14:02 <ana> #EndMeeting
14:03 <bo> #info late
"""

    found = replay(log_of(log).lines)

    assert (found.title, words(found)) == ("Hens", [])


def test_bots_on_matrix_listen_to_exclamation_marks() -> None:
    found = replay(log_of("14:00 <ana> !startmeeting Hens\n14:01 <ana> !topic Eggs\n").lines)

    assert (found.title, words(found)) == ("Hens", ["topic Eggs"])


@pytest.mark.parametrize("start", ["#startmeeting Hens", "#topic Eggs"])
def test_elsewhere_exclamation_marks_are_for_other_bots(start: str) -> None:
    found = replay(log_of(f"14:00 <ana> {start}\n14:01 <ana> !info eggs\n").lines)

    assert found.of(Sort.INFO) == ()


# Forms of logs.


@pytest.mark.parametrize(
    ("line", "nick", "text", "clock"),
    [
        ("14:05 <ana> hello", "ana", "hello", "14:05:00"),
        ("14:05:09 <ana> hello", "ana", "hello", "14:05:09"),
        ("[14:05:09] <ana> hello", "ana", "hello", "14:05:09"),
        ("[14:05]<ana> hello", "ana", "hello", "14:05:00"),
        ("14:05 <@ana> hello", "ana", "hello", "14:05:00"),
        ("14:05 < ana> hello", "ana", "hello", "14:05:00"),
        ("14:05 <+ana> <b> is bold", "ana", "<b> is bold", "14:05:00"),
        ("14:05 <ana>", "ana", "", "14:05:00"),
        ("14:05 <ana> \x0304red\x03 and \x02bold\x0f", "ana", "red and bold", "14:05:00"),
        ("Mar 03 14:05:09 <ana>\thello", "ana", "hello", "14:05:09"),
        ("[Tue 14:05]\t<ana>\thello", "ana", "hello", "14:05:00"),
        ("[2026-03-03T14:05:09.123Z]\t<ana>\thello", "ana", "hello", "14:05:09"),
        ("2026-03-03 14:05:09\t@ana\thello", "ana", "hello", "14:05:09"),
        ("<ana> hello", "ana", "hello", "00:00:00"),
    ],
)
def test_the_common_forms_are_read(line: str, nick: str, text: str, clock: str) -> None:
    (said,) = log_of(line).lines

    assert (said.nick, said.text, said.action) == (nick, text, False)
    assert f"{said.at:%H:%M:%S}" == clock


@pytest.mark.parametrize(
    "form", ["14:05 * ana digs", "[14:05:09]  * ana digs", "14:05 *\tana digs"]
)
def test_what_people_do_is_read(form: str) -> None:
    (said,) = log_of(form).lines

    assert (said.nick, said.text, said.action) == ("ana", "digs", True)


@pytest.mark.parametrize(
    "line",
    [
        "14:05 -!- ana [~ana@example.org] has joined #hens",
        "14:05 * ana (~ana@example.org) has joined",
        "14:05 * ana has quit (Ping timeout)",
        "14:05 *** ana has left #hens",
        "14:05 * ana sets mode +o bo",
        "14:05 * ana has changed the topic to: Eggs",
        "14:05 <ana> ana has joined #hens",
        "2026-03-03 14:05:09\t-->\tana (~ana@example.org) has joined #hens",
        "--- Log opened Tue Mar 03 14:00:00 2026",
        "* a point of a list",
        "14:05",
        "Ana said: hello",
        "<>",
        "",
    ],
)
def test_what_is_no_talk_is_left_out(line: str) -> None:
    assert log_of(line).lines == ()


@pytest.mark.parametrize(
    "told",
    ["-!- ana is now known as ana_", "* ana is now known as ana_", "*** ana is now known as ana_"],
)
def test_whoever_is_renamed_stays_one_person(told: str) -> None:
    log = f"""\
14:00 <ana> a
14:01 {told}
14:02 <ana_> #topic Eggs
14:03 -!- ana_ is now known as A
14:04 <A> b
"""

    found = replay(log_of(log).lines)

    assert found.people == (Attendee("ana", 3),)
    assert words(found) == ["topic Eggs"]


@pytest.mark.parametrize(
    "head",
    [
        "--- Log opened Sat Feb 28 23:00:00 2026",
        "**** BEGIN LOGGING AT Sat Feb 28 23:00:00 2026",
        "# 2026-02-28",
        "Saturday, 28 February 2026",
    ],
)
def test_a_log_with_a_date_passes_midnight(head: str) -> None:
    log = log_of(f"{head}\n23:59 <ana> a\n00:01 <ana> b\n23:58 <ana> c\n00:02 <ana> d\n")

    assert log.dated
    assert [f"{said.at:%m-%d %H:%M}" for said in log.lines] == [
        "02-28 23:59", "03-01 00:01", "03-01 23:58", "03-02 00:02",
    ]  # fmt: skip


def test_a_change_of_day_that_the_log_tells_counts_once() -> None:
    log = log_of(
        "--- Log opened Sat Feb 28 23:00:00 2026\n23:59 <ana> a\n"
        "--- Day changed Sun Mar 01 2026\n00:01 <ana> b\n"
    )

    assert [f"{said.at:%m-%d}" for said in log.lines] == ["02-28", "03-01"]


def test_a_change_of_day_may_be_the_first_to_tell_the_date() -> None:
    log = log_of("23:59 <ana> a\n--- Day changed Sun Mar 01 2026\n00:01 <ana> b\n")

    assert [f"{said.at:%Y-%m-%d}" for said in log.lines] == ["2026-02-28", "2026-03-01"]


@pytest.mark.parametrize(
    "line",
    [
        "14:01 -!- ana has changed the topic to: Release on 2027-01-01",
        "14:01 <ana> Shall we meet on 2027-01-01?",
        "(a line pasted by somebody, 2027-01-01)",
    ],
)
@pytest.mark.parametrize("head", ["# 2026-03-01\n", ""])
def test_other_dates_are_not_that_of_the_log(head: str, line: str) -> None:
    log = log_of(f"{head}14:00 <ana> a\n{line}\n14:02 <ana> b\n")

    assert {said.at.year for said in log.lines} == {2026 if head else 1}


def test_a_date_that_a_bot_tells_later_holds_for_all_lines() -> None:
    log = log_of(
        "23:59 <ana> a\n00:00:01 <ana> #startmeeting\n"
        "00:00:01 <clerk> Meeting started Sun Mar  1 00:00:01 2026 UTC.  The chair is ana.\n"
    )

    assert [f"{said.at:%m-%d}" for said in log.lines] == ["02-28", "03-01", "03-01"]


def test_the_offset_of_a_stamp_is_kept() -> None:
    (said,) = log_of("2026-03-03T14:05:09+05:30 <ana> a").lines

    assert said.at.isoformat() == "2026-03-03T14:05:09+05:30"


@pytest.mark.parametrize(("clock", "told"), [("14:05", "14:05"), ("14:05:09", "14:05:09")])
def test_a_log_without_a_date_tells_its_clock(clock: str, told: str, tmp_path: Path) -> None:
    log = tmp_path / "a.log"
    log.write_text(f"{clock} <ana> hello\n")

    found = replayed(log)

    assert (found["start"], found["end"]) == (told, told)


def test_letters_and_line_ends_of_all_sorts_are_read(tmp_path: Path) -> None:
    for encoding in ("utf-8", "utf-8-sig", "latin-1"):
        log = tmp_path / f"{encoding}.log"
        log.write_bytes("14:00 <zoë> #info Käse\r\n14:01 <zoë> #info naïf\r\n".encode(encoding))

        found = replayed(log)

        assert found["infos"] == ["Käse", "naïf"]
        assert found["people"] == [{"nick": "zoë", "lines": 2}]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("empty", b"", "the file is empty"),
        ("blank", b" \r\n\n", "the file is empty"),
        ("binary", bytes(range(256)) * 9, "this is no text"),
        ("prose", b"Dear all,\n\nit rains.\n", "no line in it reads as talk"),
        ("folder", None, "this is no ordinary file"),
        ("nowhere", ..., "no such file"),
    ],
)
def test_what_is_no_log_is_refused_in_one_line(
    name: str, content: bytes | None, why: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    if content is None:
        path.mkdir()
    elif content is not ...:
        path.write_bytes(content)

    done = shown(path, "--json")

    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"gsocbot: {path}: {why}")
    assert done.stderr.count("\n") == 1


# Real meetings, beside the minutes that were published of them.


def _gold(folder: Path) -> dict[str, list[str]]:
    told = json.loads((folder / "gold.json").read_text())
    gold = {kind: [text for _, text in told[kind]] for kind in ("infos", "actions", "agreed")}
    gold["topics"] = told["topics"]
    gold["links"] = [
        next((word for word in text.split() if "://" in word), text) for _, text in told["links"]
    ]
    if told["people"]:
        gold["people"] = [f"{name} {lines}" for name, lines in told["people"].items()]
    if folder.name == "w3cpoe-2017-02-20":
        # Its page has a last section that lists three resolutions; one of them was taken from it.
        gold["topics"].remove("Resolutions")
        page = (folder / "minutes.md").read_text().rpartition("id:res)")[2]
        gold["agreed"] = [
            line.partition(": ")[2].rpartition("](")[0]
            for line in page.splitlines()
            if line.startswith("* [Resolution")
        ]
    return gold


def _flat(text: object) -> str:
    return " ".join(str(text).split())


@pytest.mark.skipif(not REAL.is_dir(), reason="the shared data is not here")
@pytest.mark.parametrize("kind", ["topics", "infos", "actions", "agreed", "links", "people"])
def test_real_meetings_come_to_what_was_published(kind: str) -> None:
    right = ours = theirs = 0
    for folder in sorted(path.parent for path in REAL.glob("*/gold.json")):
        gold = _gold(folder)
        if kind not in gold:
            continue
        found = replay(log_of((folder / "log.txt").read_text()).lines)
        here: dict[str, list[str]] = {
            "topics": [topic.text for topic in found.topics if topic.text],
            "infos": [item.text for item in found.of(Sort.INFO)],
            "actions": [item.text for item in found.of(Sort.ACTION)],
            "agreed": [item.text for item in found.of(Sort.AGREED)],
            "links": [item.url or item.text for item in found.of(Sort.LINK)],
            "people": [f"{one.name} {one.lines}" for one in found.people],
        }
        mine, published = Counter(map(_flat, here[kind])), Counter(map(_flat, gold[kind]))
        right += (mine & published).total()
        ours += mine.total()
        theirs += published.total()

    assert 2 * right / (ours + theirs) >= 0.95
