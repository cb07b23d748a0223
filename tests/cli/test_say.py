"""gsocbot say: lines through the whole bot, without a network."""

import json
import time
from pathlib import Path

import pytest

from gsocbot.talk import Kind
from tests.cli.conftest import Place

AT = "2026-03-02T10:00Z"


def test_the_first_line_makes_and_fills_the_store(place: Place) -> None:
    place.works("say", "!idea 1")

    assert place.store.stat().st_mode & 0o777 == 0o600
    assert "1 sans-io" in place.works("say", "!ideas").out


def test_without_as_nobody_is_logged_in(place: Place) -> None:
    assert place.works("say", "!checklist").out == (
        "I know you only when you are logged in to services: /msg NickServ identify. "
        "Nothing changed.\n"
    )
    assert place.works("say", "--as", "Kofi", "!me").out == (
        "You are kofi (account kofi): no role, season test, no zone, reminders by PM on. "
        "Change: !me tz · quiet · pm · public · student · proposal. "
        "All of it: !me export · forget\n"
    )


def test_without_a_channel_it_is_a_private_message(place: Place) -> None:
    assert place.works("say", "due", "--at", AT).out.startswith("Next: ")
    assert place.works("say", "due", "--at", AT, "--channel", "#gsoc").out == ""
    assert place.works("say", "!due", "--at", AT, "--channel", "#GSoC").out.startswith(
        "guest: next: "
    )


def test_a_channel_that_the_config_does_not_have_is_refused(place: Place) -> None:
    assert place.refuses("say", "!ideas", "--channel", "#other") == (
        'there is no [network.net.channels."#other"] in the config'
    )


@pytest.mark.parametrize("channel", ["", "gsoc", "#a b", "#a,b", "#\x1b", "#" + "x" * 64])
def test_what_is_no_channel_is_refused(place: Place, channel: str) -> None:
    place.config.write_text('[season.test]\nfolder = "season"\n')

    assert "is no channel" in place.refuses("say", "!ideas", "--channel", channel)


def test_without_networks_any_channel_and_account_will_do(place: Place) -> None:
    place.config.write_text('[season.test]\nfolder = "season"\n')

    place.works("role", "add", "mira", "mentor")
    said = place.works("say", "--as", "mira", "--channel", "#any", "!checklist templates")

    assert said.lines[0] == "mira: that is private; I answered you in a query."
    assert said.lines[1].startswith("→ mira: ")


def test_without_seasons_it_says_so(place: Place) -> None:
    place.config.write_text("")

    assert place.works("say", "--json", "!ideas").json == [
        [
            {
                "target": "guest",
                "text": "No season is set up here yet. Organisers: gsocbot init makes one",
                "kind": "error",
            }
        ]
    ]


def test_an_empty_season_has_no_dates_and_no_ideas_and_its_folder_is_made(place: Place) -> None:
    place.config.write_text("[season.new]\n")

    assert place.works("say", "!ideas").out == "There are no ideas yet\n"
    assert place.works("say", "!due").out == (
        "No dates are known for this season yet. Organisers: write timeline.toml, or "
        "!deadline import <file>\n"
    )
    assert place.works("say", "!office").out.startswith(
        "No office hour is planned yet. Organisers: !office add"
    )
    assert (place.folder / "ideas/new").stat().st_mode & 0o777 == 0o700


def test_what_it_changes_is_changed(place: Place) -> None:
    place.works("say", "--as", "kofi", "!check 2")
    place.works("say", "--as", "Kofi", "!check 3")
    place.works("say", "--as", "kofi", "!undo")

    assert ", 1 of 10 done." in place.works("say", "--as", "kofi", "!checklist").out
    assert ", 0 of 10 done." in place.works("say", "--as", "ama", "!checklist").out


def test_a_role_of_the_command_line_counts(place: Place) -> None:
    before = place.works("say", "--json", "--as", "mira", "!checklist templates").json
    place.works("role", "add", "Mira", "mentor")
    after = place.works("say", "--json", "--as", "mira", "!checklist templates").json

    assert [s["kind"] for s in before[0]] == ["refusal"]
    assert [s["kind"] for s in after[0]] == ["checklist"]


def test_at_says_it_at_that_moment(place: Place) -> None:
    early = place.works("say", "!due", "--at", "2026-01-01").out
    late = place.works("say", "!due", "--at", "31 Aug 2026 12:00 Europe/Berlin").out

    assert early != late


@pytest.mark.parametrize("at", ["", "soon", "2026-13-01", "10:00 EST", "2026-01-01T00:00 CST"])
def test_a_moment_that_cannot_be_read_is_refused(place: Place, at: str) -> None:
    assert place.refuses("say", "!due", "--at", at).startswith("--at: ")


def test_json_is_a_list_for_each_line(place: Place) -> None:
    assert place.works("say", "--json", "--channel", "#gsoc", "hello").out == "[]\n"
    assert place.works("say", "--json", "--channel", "#gsoc", "!no-such-word").out == "[]\n"
    assert place.works("say", "--json", "--channel", "#gsoc", "!idea 99").json == [
        [
            {
                "target": "#gsoc",
                "text": "guest: there is no idea 99 (1-5). Search: !ideas <words>",
                "kind": "error",
            }
        ]
    ]


KINDS = {
    "!ideas": "ideas",
    "!ideas rust": "ideas",
    "!ideas zebras": "ideas",
    "!idea 1": "idea",
    "!idea contact 1": "contact",
    "!mentors": "mentors",
    "!mentor mira": "mentors",
    "!checklist": "checklist",
    "!check 1": "checklist",
    "!due": "timeline",
    "!timeline": "timeline",
    "!deadline zzz": "error",
    "!time 19:00 Asia/Kolkata": "timeline",
    "!office": "office",
    "!office start": "refusal",
    "!help": "help",
    "!help idea": "help",
    "!about": "help",
    "!me": "other",
    "!idea 99": "error",
    "!xyzzy": "error",
}


def test_every_answer_has_a_kind_of_the_contract(place: Place) -> None:
    file = place.write("lines", "\n".join(KINDS))

    told = place.works("say", "--json", "--as", "kofi", "--at", AT, "--from", file).json

    assert dict(zip(KINDS, ([s["kind"] for s in says] for says in told), strict=True)) == {
        line: [kind] for line, kind in KINDS.items()
    }
    assert all(set(s) <= {"target", "text", "kind", "key"} for says in told for s in says)


def test_the_kinds_are_those_of_the_contract() -> None:
    contract = (
        "ideas idea contact mentors students season checklist evaluation report timeline office "
        "hackathon poll faq question refusal handover help error other"
    )

    assert [str(kind) for kind in Kind] == contract.split()


LINES = [
    "!idea 1",
    "",
    "   ",
    "# a comment is a line too",
    "#!idea 1",
    "!idea\u00851",
    "!idea 1\u2028!idea 2",
    "!idea 1\x0b!idea 2\x0c\x1c\x1d\x1e",
    "!ideas " + "x" * 10_000,
    "!idea\t2",
    "!idea 1\r!idea 2",
    "\x00\x01\x02",
    "!idea \x00",
    '"; DROP TABLE idea; --',
    "last",
]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("final", [True, False], ids=["ended", "without a final newline"])
def test_every_line_of_a_file_is_one_line_heard_and_one_printed(
    place: Place, end: str, final: bool
) -> None:
    file = place.write("lines", end.join(LINES) + (end if final else ""))

    plain = place.works("say", "--from", file)
    told = place.works("say", "--json", "--from", file, "--channel", "#gsoc")

    assert len(plain.lines) == len(LINES)
    assert [len(says) for says in told.json] == [1, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 0, 1, 0, 0]
    assert plain.lines[1] != ""


def test_bytes_that_are_no_text_do_no_harm(place: Place) -> None:
    file = place.write("lines", b"\xff\xfe!idea 1\n!idea \xc3\x28\n!idea 1\xf0\x9f\n\xef\xbb\xbf\n")

    assert len(place.works("say", "--json", "--from", file).json) == 4


def test_a_byte_order_mark_is_no_part_of_the_first_line(place: Place) -> None:
    file = place.write("lines", "\ufeff!idea 1\n")

    assert place.works("say", "--from", file).out.startswith("1 sans-io")


def test_an_empty_file_is_no_line(place: Place) -> None:
    assert place.works("say", "--json", "--from", place.write("lines", "")).out == ""
    assert place.works("say", "--from", place.write("lines", "\n")).lines == [
        place.works("say", "").out.rstrip("\n")
    ]


def test_yes_and_more_carry_over_from_line_to_line(place: Place) -> None:
    file = place.write("lines", "!chekc 2\n!yes\n!checklist\n!more\n!more\n")

    said = place.works("say", "--as", "kofi", "--from", file).lines

    assert said[0].startswith('Did you mean "!check 2"?')
    assert said[1] == "Item 2 done, 1 of 10."
    assert said[2].endswith("more: !more")
    assert said[3].startswith("… ")
    assert said[4] == "There is nothing more; lists wait for 10 minutes"


def test_several_answers_to_a_line_are_one_line_of_output(place: Place) -> None:
    file = place.write("lines", "!checklist\nhello\n")

    said = place.works("say", "--as", "kofi", "--channel", "#gsoc", "--from", file).lines

    assert len(said) == 2
    assert said[0].startswith(
        "kofi: that is private; I answered you in a query. | → kofi: Applying"
    )
    assert said[1] == ""


def test_there_is_no_limit_of_speed(place: Place) -> None:
    place.config.write_text(f"{place.config.read_text()}[limits]\ncommands_per_minute = 1\n")
    file = place.write("lines", "!idea 1\n" * 300)
    began = time.perf_counter()

    said = place.works("say", "--json", "--from", file, "--channel", "#gsoc").json

    assert {says[0]["kind"] for says in said} == {"idea"}
    assert time.perf_counter() - began < 10


def test_a_line_and_a_file_are_too_much_and_neither_too_little(place: Place) -> None:
    file = place.write("lines", "!ideas\n")

    assert place.refuses("say", "!ideas", "--from", file) == "say one LINE, or --from FILE"
    assert place.refuses("say") == "say one LINE, or --from FILE"


def test_a_file_of_lines_that_cannot_be_read_is_one_line(place: Place) -> None:
    assert place.refuses("say", "--from", "no-such-file") == (
        "no-such-file: No such file or directory"
    )
    assert place.refuses("say", "--from", place.folder) == f"{place.folder}: Is a directory"


def test_a_line_that_is_no_text_is_heard(place: Place) -> None:
    said = place.works("say", "--json", "!ideas \udcff").json

    assert said[0][0]["kind"] == "ideas"


def test_a_session_that_is_started_here_is_running_in_the_next_process(place: Place) -> None:
    place.works("role", "add", "mira", "mentor")
    here = ("--as", "mira", "--channel", "#gsoc")
    place.works("say", *here, "!office start", "--at", "2026-03-04T16:00Z")
    place.works("say", *here, "hello everybody", "--at", "2026-03-04T16:01Z")

    said = place.works("say", *here, "!office end", "--at", "2026-03-04T16:30Z").out

    assert said.startswith("Office hour closed after 30 min. Minutes: ")


def test_a_season_that_was_changed_by_hand_is_read_again(place: Place) -> None:
    place.works("say", "!ideas")
    text = (place.folder / "season/sans-io.md").read_text()
    place.write("season/sans-io.md", text.replace("A parser that", "A lexer that"))

    assert "lexer" in json.dumps(place.works("ideas", "search", "lexer", "--json").json)


def test_a_season_that_cannot_be_read_changes_nothing(place: Place) -> None:
    before = place.works("say", "!idea 1").out
    kept = Path(place.folder / "season/sans-io.md").read_text()
    place.write("season/sans-io.md", kept.replace("medium", "hard"))
    place.write("season/zz.md", b"\xff")

    assert place.refuses("say", "!idea 1").endswith("this is not UTF-8; save the file as UTF-8")

    place.write("season/sans-io.md", kept)
    (place.folder / "season/zz.md").unlink()
    assert place.works("say", "!idea 1").out == before
