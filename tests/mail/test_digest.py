"""The daily mail: once a day on the right hour, what is in it, and what becomes of a no."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col

from gsocbot.store.tables import Outbox
from tests.mail.office import ODILE, ORGANISERS, TOMAS, Office, office
from tests.servers.smtp import PASSWORD, USERNAME, Smtp, serving, text_of

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
SEASON = 'title = "Example in Google Summer of Code 2026"\norganisation = "Example"\nyear = 2026\n'


@pytest.fixture
def server() -> Iterator[Smtp]:
    with serving() as started:
        yield started


def sent_at(server: Smtp) -> list[str]:
    """When each mail says that it was sent, in UTC."""
    return [f"{parsedate_to_datetime(str(m['Date'])):%m-%d %H:%M}" for m in server.mail]


def bare(folder: Path, dates: str = "", more: str = "") -> Path:
    """A season of its own."""
    season = folder / "season"
    season.mkdir()
    (season / "season.toml").write_text(SEASON + more)
    (season / "timeline.toml").write_text(dates)
    return season


# --- when


@pytest.mark.parametrize(
    ("zone", "at", "begin", "moments"),
    [
        (
            "Europe/London",
            "07:00",
            "2026-03-27T12:00Z",
            ["03-27 12:30", "03-28 07:00", "03-29 06:00", "03-30 06:00"],
        ),
        (
            "Europe/London",
            "01:30",  # there is none on the 29th: it moves forward to 02:30
            "2026-03-27T12:00Z",
            ["03-27 12:30", "03-28 01:30", "03-29 01:30", "03-30 00:30"],
        ),
        (
            "Europe/London",
            "01:30",  # there are two on the 25th: the first counts
            "2026-10-23T12:00Z",
            ["10-23 12:30", "10-24 00:30", "10-25 00:30", "10-26 01:30"],
        ),
        (
            "Australia/Lord_Howe",
            "01:30",  # there are two on the 5th, half an hour apart
            "2026-04-03T00:00Z",
            ["04-03 00:30", "04-03 14:30", "04-04 14:30", "04-05 15:00"],
        ),
    ],
)
def test_it_comes_once_a_day_on_the_hour_of_its_zone(
    server: Smtp,
    tmp_path: Path,
    zone: str,
    at: str,
    begin: str,
    moments: list[str],
) -> None:
    season = bare(tmp_path, _date("far", "2026-11-20T18:00:00Z") + _near(begin))
    place = office(server, _day_before(begin), zone=zone, at=at, season=season)
    place.now = datetime.fromisoformat(begin)

    place.goes_on(place.now + timedelta(days=3), 30 * MINUTE)

    assert sent_at(server) == moments
    assert {state for day, state, _ in place.rows() if day < begin[:10]} <= {"sent"}


def _day_before(moment: str) -> str:
    """When the bot got to know the season."""
    return (datetime.fromisoformat(moment) - timedelta(days=1)).isoformat()


def _near(begin: str) -> str:
    return _date("near", (datetime.fromisoformat(begin) + timedelta(days=6)).isoformat())


def _date(slug: str, at: str, more: str = "") -> str:
    return f'[[deadline]]\nslug = "{slug}"\ntitle = "{slug}"\nat = {at}\n{more}'


def test_a_day_without_anything_to_say_is_silent(server: Smtp, tmp_path: Path) -> None:
    place = office(server, "2026-03-01T10:00Z", season=bare(tmp_path))

    place.goes_on(place.now + timedelta(days=3), HOUR)

    assert (server.mail, server.seen) == ([], [])
    assert place.rows()[:3] == [
        (f"2026-03-0{day}", "skipped", "nothing to say") for day in (2, 3, 4)
    ]


def test_it_comes_late_after_a_day_away_and_only_the_last_of_several(server: Smtp) -> None:
    place = office(server, "2026-03-20T10:00Z")
    place.at("2026-03-20T10:00Z")

    place.at("2026-03-21T15:00Z")
    assert sent_at(server) == ["03-21 15:00"]
    place.at("2026-03-25T06:59Z")
    place.at("2026-03-25T06:59:30Z")

    assert sent_at(server) == ["03-21 15:00", "03-25 06:59"]  # that of the 24th
    assert [row[:2] for row in place.rows()] == [
        ("2026-03-21", "sent"),
        ("2026-03-24", "sent"),
        ("2026-03-25", "due"),
        ("2026-03-26", "due"),
    ]


def test_one_whose_successor_is_due_is_not_sent(server: Smtp) -> None:
    place = office(server, "2026-03-20T10:00Z")
    place.at("2026-03-20T10:00Z")
    server.recipients.clear()

    place.now = datetime.fromisoformat("2026-03-22T07:00Z")
    asyncio.run(place.post.deliver())

    assert server.recipients == []
    assert ("2026-03-21", "skipped", "stale") in place.rows()


def test_an_address_that_is_taken_out_of_the_config_gets_no_more(server: Smtp) -> None:
    first = office(server, "2026-03-20T10:00Z", to=(ODILE, TOMAS))
    first.at("2026-03-20T10:00Z")
    again = office(server, "2026-03-20T10:00Z", to=(TOMAS,), store=first.store)

    again.at("2026-03-21T07:00Z")

    assert server.recipients == [TOMAS]


# --- what


def test_all_of_it_is_in_a_mail_to_each_alone(server: Smtp) -> None:
    place = office(server, "2026-04-18T06:00Z", to=(ODILE, TOMAS), zone="Europe/Paris")
    place.at("2026-04-18T06:00Z")
    server.mail.clear()
    assert place.hear("priya", "!ask may I bring my cat?")
    assert place.hear("kofi", "!ask is this secret?")
    server.recipients.clear()

    place.at("2026-04-19T19:00Z")

    assert server.recipients == [ODILE, TOMAS]
    first, second = server.mail
    assert (first["To"], second["To"]) == (ODILE, TOMAS)
    assert (first["Cc"], first["Bcc"]) == (None, None)
    assert str(first["Subject"]) == (
        "Example in Google Summer of Code 2026: "
        "1 overdue, 2 dates, not all was said, 2 questions, 1 draft"
    )
    assert text_of(first) == text_of(second) == WHOLE
    assert first["Message-ID"] != second["Message-ID"]


WHOLE = """\
Example in Google Summer of Code 2026, 19 Apr 2026

Overdue, and nobody has said that it is done:
- Sun 19 Apr 18:00 UTC (1 h ago, 20:00 for you): proposals ranked, ours; for organisers. \
When it is done: !ack ranking

The next 14 days:
- Tue 21 Apr 18:00 UTC (in 1 d 23 h, 20:00 for you): proposals ranked; for organisers. \
When it is done: !ack ranking
- Thu 30 Apr 18:00 UTC (in 10 d, 20:00 for you): accepted projects announced; for everybody.

What did not reach everybody on IRC:
- While I was away 3 reminders went by: proposals ranked, ours: Sun 19 Apr 18:00 UTC (#gsoc-org).

What waits for somebody:
- 2 questions without an answer; the oldest was asked 1 d 13 h ago: !questions
- 1 draft of ideas: !idea drafts

All dates: https://gsoc.example.org/test/timeline/

--\x20
gsocbot sends this once a day to the addresses in [season.test.mail] of its config.
"""
"""Of those who asked there is a count: who they are, and what they asked, is not in it."""


def test_what_organisers_have_acknowledged_is_not_asked_for(server: Smtp) -> None:
    place = office(server, "2026-04-18T06:00Z")
    place.at("2026-04-18T06:00Z")
    assert "odile" in place.hear("odile", "!ack ranking", ORGANISERS)[0]

    place.at("2026-04-19T19:00Z")

    text = text_of(server.mail[-1])
    assert "Overdue" not in text
    assert "for organisers. Done, says odile.\n" in text
    assert "!ack" not in text


def test_what_went_by_on_irc_is_told_as_it_is_there(server: Smtp) -> None:
    place = office(server, "2026-03-30T06:00Z")
    place.at("2026-03-30T07:00Z")

    place.at("2026-03-31T19:00Z")  # nothing was said for 36 hours, and applications have closed

    assert "What did not reach everybody on IRC:\n- While I was away " in text_of(server.mail[-1])


def test_a_title_adds_no_header_and_no_line(server: Smtp, tmp_path: Path) -> None:
    evil = '"Hi\\r\\nBcc: eve@example.org\\r\\n\\r\\nfree money"'
    dates = f'[[deadline]]\nslug = "a"\ntitle = {evil}\nat = 2026-03-25T18:00:00Z\n'
    season = bare(tmp_path, dates)
    (season / "season.toml").write_text(f"title = {evil}\nyear = 2026\n")
    place = office(server, "2026-03-20T06:00Z", season=season)

    place.at("2026-03-20T07:00Z")

    (mail,) = server.mail
    assert (mail["Bcc"], server.recipients) == (None, [ODILE])
    assert str(mail["Subject"]).startswith("Hi Bcc: eve@example.org free money: ")
    assert "\nBcc" not in text_of(mail)
    assert "\nfree" not in text_of(mail)


# --- no


def test_a_server_that_is_down_gets_it_when_it_is_up(server: Smtp) -> None:
    place = office(server, "2026-03-20T06:00Z")
    server.down()

    place.goes_on(datetime.fromisoformat("2026-03-20T07:30Z"), MINUTE)
    assert place.rows()[0][1:] == ("due", f"nothing answers at 127.0.0.1:{server.port}")
    server.up()
    place.goes_on(datetime.fromisoformat("2026-03-20T08:30Z"), MINUTE)

    assert len(server.mail) == 1
    assert place.rows()[0][1:] == ("sent", "")


def test_it_is_tried_less_and_less_often_until_the_next_one(server: Smtp) -> None:
    place = office(server, "2026-03-20T06:30Z")
    server.answers["GREETING"] = "421 busy"

    place.goes_on(datetime.fromisoformat("2026-03-20T09:00Z"), MINUTE)

    assert server.count("GREETING") == 8  # after 1, 2, 4, 8, 16 minutes, then each 30
    server.answers.clear()
    place.at("2026-03-21T08:00Z")
    assert len(server.mail) == 1
    assert ("2026-03-21", "sent", "") in place.rows()


def test_organisers_hear_after_an_hour_and_once_that_no_mail_goes_out(server: Smtp) -> None:
    place = office(server, "2026-03-20T06:30Z", to=(ODILE, TOMAS))
    server.answers["GREETING"] = "421 busy"
    place.goes_on(datetime.fromisoformat("2026-03-20T07:59Z"), MINUTE)
    assert _of_mail(place) == []

    place.goes_on(place.now + MINUTE, MINUTE)

    assert _of_mail(place) == [
        (
            ORGANISERS,
            f"The daily mail of Fri 20 Mar cannot be sent yet: 127.0.0.1:{server.port} does not "
            "want to talk: 421 busy. I keep trying; gsocbot mail test shows whether it works.",
        )
    ]
    place.goes_on(place.now + 6 * HOUR, HOUR)
    assert _of_mail(place) == []


def test_organisers_hear_of_an_address_that_is_refused_without_reading_it(server: Smtp) -> None:
    place = office(server, "2026-03-20T06:00Z", to=(ODILE, TOMAS))
    server.answers[ODILE] = f"550 5.1.1 <{ODILE}>: no such user"

    place.goes_on(datetime.fromisoformat("2026-03-20T07:01Z"), MINUTE)

    assert server.recipients == [TOMAS]
    assert [row[1] for row in place.rows()][:2] == ["failed", "sent"]
    assert _of_mail(place) == [
        (
            ORGANISERS,
            "The daily mail of Fri 20 Mar to o…@example.org was refused: "
            f"127.0.0.1:{server.port} says 550 5.1.1 <o…@example.org>: no such user.",
        )
    ]


def test_organisers_do_not_hear_that_none_goes_out_once_one_has(server: Smtp) -> None:
    place = office(server, "2026-03-20T06:30Z")
    server.answers["GREETING"] = "421 busy"
    place.goes_on(datetime.fromisoformat("2026-03-20T08:01Z"), MINUTE)
    assert len(_planned(place)) == 1
    server.answers.clear()

    place.goes_on(place.now + HOUR, MINUTE)

    assert len(server.mail) == 1
    assert _of_mail(place) == []


def test_organisers_hear_that_none_goes_out_while_one_of_two_waits(server: Smtp) -> None:
    place = office(server, "2026-03-20T06:30Z", to=(ODILE, TOMAS))
    server.answers[ODILE] = "450 4.2.0 greylisted"

    place.goes_on(datetime.fromisoformat("2026-03-20T08:30Z"), MINUTE)

    assert server.recipients == [TOMAS]
    assert [f"{at:%H:%M}" for at in _planned(place)] == ["08:00"]
    assert len(_of_mail(place)) == 1


def _planned(place: Office) -> list[datetime]:
    """When each line on IRC that is not said yet is due."""
    found = select(col(Outbox.due)).where(
        col(Outbox.topic) == "mail_failed", col(Outbox.state) == "due"
    )
    with place.store.transaction(writing=False) as books:
        return list(books.rows(found).scalars())


@pytest.mark.parametrize("waits", [True, False])
def test_organisers_do_not_hear_addresses_whatever_the_server_writes_them_like(
    server: Smtp, waits: bool
) -> None:
    place = office(server, "2026-03-20T06:00Z")
    said = "<Odile@Example.ORG>, not ana@example.net: no such user"
    server.answers[ODILE] = f"{450 if waits else 550} {said}"

    place.goes_on(datetime.fromisoformat("2026-03-20T08:05Z"), MINUTE)

    ((_, line),) = _of_mail(place)
    assert "<O…@Example.ORG>, not a…@example.net: no such user" in line


def test_organisers_do_not_hear_the_login(
    server: Smtp, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    place = office(server, "2026-03-20T06:00Z", login=_login(tmp_path, "wrong"))

    place.goes_on(datetime.fromisoformat("2026-03-20T08:05Z"), 5 * MINUTE)

    ((_, line),) = _of_mail(place)
    assert "refuses the login of mail.username: 535" in line
    assert f"refuses the login of {USERNAME}: 535" in caplog.text


def test_organisers_do_not_hear_the_login_from_the_server(server: Smtp, tmp_path: Path) -> None:
    place = office(server, "2026-03-20T06:00Z", login=_login(tmp_path, PASSWORD))
    server.answers["MAIL"] = f"553 not for {USERNAME.upper()} (mx.{USERNAME}.org, {USERNAME}.org)"

    place.goes_on(datetime.fromisoformat("2026-03-20T07:01Z"), MINUTE)

    ((_, line),) = _of_mail(place)
    assert line.endswith(f" says 553 not for mail.username (mx.{USERNAME}.org, {USERNAME}.org).")


def test_organisers_do_not_hear_where_the_password_is(
    server: Smtp, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    login = _login(tmp_path, PASSWORD)
    file = login["password_file"]
    place = office(server, "2026-03-20T06:00Z", login=login)
    file.unlink()

    place.goes_on(datetime.fromisoformat("2026-03-20T08:05Z"), 5 * MINUTE)

    ((_, line),) = _of_mail(place)
    assert " yet: mail.password_file: No such file or directory. I keep trying; " in line
    assert f"{file}: No such file or directory" in caplog.text


def _login(folder: Path, password: str) -> dict[str, Any]:
    file = folder / "password"
    file.write_text(password)
    return {"username": USERNAME, "password_file": file}


def _of_mail(place: Office) -> list[tuple[str, str]]:
    return [(target, text) for target, text in place.said_on_irc() if "mail" in text]


def test_one_address_that_is_not_taken_now_holds_up_no_other(server: Smtp) -> None:
    place = office(server, "2026-03-20T06:00Z", to=(ODILE, TOMAS))
    server.answers[ODILE] = "450 4.2.0 greylisted"

    place.at("2026-03-20T07:00Z")
    assert server.recipients == [TOMAS]
    server.answers.clear()
    place.at("2026-03-20T07:00:30Z")
    assert server.recipients == [TOMAS]
    place.at("2026-03-20T07:01Z")

    assert server.recipients == [TOMAS, ODILE]


@pytest.mark.parametrize("how", ["hangs", "drops"])
def test_a_text_without_an_answer_is_sent_again_under_its_id_but_not_for_ever(
    server: Smtp, how: str
) -> None:
    place = office(server, "2026-03-20T06:30Z")
    setattr(server, how, "TEXT")

    place.goes_on(datetime.fromisoformat("2026-03-20T07:30Z"), MINUTE)

    assert server.count("TEXT") == 3
    assert place.rows()[0][1] == "failed"


def test_a_text_that_was_cut_off_comes_whole_under_the_same_id(server: Smtp) -> None:
    place = office(server, "2026-03-20T06:00Z")
    place.at("2026-03-20T07:00Z")
    first = office(server, "2026-03-20T06:00Z")
    server.drops = "DATA"
    first.at("2026-03-20T07:00Z")
    server.drops = ""
    first.at("2026-03-20T07:01Z")

    one, other = server.mail
    assert one["Message-ID"] == other["Message-ID"]
    assert first.rows()[0][1] == "sent"


# --- beside others


def test_jobs_tell_of_mail_and_of_no_address(server: Smtp) -> None:
    place = office(server, "2026-03-20T08:00Z", to=(ODILE, TOMAS))
    place.at("2026-03-20T08:00Z")

    answer = " ".join(place.hear("odile", "!jobs 50", ORGANISERS))

    assert "21 Mar 07:00 mail to 2 addresses" in answer
    assert "@" not in answer


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_two_bots_on_one_store_send_each_mail_once(
    server: Smtp, engine: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path}/one.db"
    if engine == "postgresql":
        url = str(request.getfixturevalue("postgres_url"))
    people = tuple(f"p{n}@example.org" for n in range(20))
    begin = "2026-03-20T06:00Z"
    bots = [office(server, begin, to=people, url=url, boot=f"{n}-1-x") for n in "ab"]
    due = datetime.fromisoformat("2026-03-20T07:00Z")
    for bot in bots:
        bot.now = due
    bots[0].bot.tick(due)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda bot: asyncio.run(bot.post.deliver()), bots))

    assert sorted(server.recipients) == sorted(people)
    assert [row[1] for row in bots[1].rows()][:20] == ["sent"] * 20
    for bot in bots:
        bot.store.close()
