"""Links: where they stand in a text, when each is asked for again, and when one is dead."""

from datetime import UTC, date, datetime, timedelta

import pytest

from gsocbot.rules.links import (
    AGAIN,
    APART,
    DAILY,
    HOURLY,
    PAGE,
    WEEKLY,
    Link,
    Outcome,
    Owner,
    State,
    Verdict,
    addresses_in,
    after,
    briefly,
    described,
    fault_of_status,
    gathered,
    is_due,
    is_here_only,
    is_just_asked,
    is_review,
    lock,
    nobody_answered,
    refusal,
    why,
)
from gsocbot.rules.timeline import Deadline, Phase

NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)  # a Wednesday
SECOND = timedelta(seconds=1)
URL = "https://wiki.example.org/wiki/blk"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        ("no address, http:// alone, https://… and www.example.org", []),
        ("See https://a.org.", ["https://a.org"]),
        ("HTTPS://A.org/X", ["HTTPS://A.org/X"]),
        ("(https://a.org/x)", ["https://a.org/x"]),
        ("https://a.org/x_(y)", ["https://a.org/x_(y)"]),
        ("(see https://a.org/x_(y)).", ["https://a.org/x_(y)"]),
        ("[words](https://a.org/x) and [more](https://a.org/y 'title')",
         ["https://a.org/x", "https://a.org/y"]),
        ("[https://a.org](https://b.org)", ["https://a.org", "https://b.org"]),
        ("<https://a.org/x>", ["https://a.org/x"]),
        ("`https://a.org/x`_ and `https://a.org/y`", ["https://a.org/x", "https://a.org/y"]),
        ("**https://a.org/x** _https://a.org/y_", ["https://a.org/x", "https://a.org/y"]),
        ("https://a.org/__init__", ["https://a.org/__init__"]),
        ("[https://a.org/x its name] in a wiki", ["https://a.org/x"]),
        ("https://a.org/x[its name] in AsciiDoc", ["https://a.org/x"]),
        ("|https://a.org/x|https://a.org/y|", ["https://a.org/x", "https://a.org/y"]),
        ('<a href="https://a.org/x">', ["https://a.org/x"]),
        ("https://a.org/x#part and https://a.org/x", ["https://a.org/x"]),
        ("https://a.org/x?a=1&b=2;", ["https://a.org/x?a=1&b=2"]),
        ("“https://a.org/x”, ‘https://a.org/y’", ["https://a.org/x", "https://a.org/y"]),
        ("https://a.org/x。https://a.org/y，", ["https://a.org/x。https://a.org/y"]),
        ("http://[2001:db8::1]/x", ["http://[2001:db8::1]/x"]),
        ("http://a.org:99999/ http://a.org:x/ http://[::1/", []),
        ("https://bücher.example/x", ["https://bücher.example/x"]),
        ("ftp://a.org/ irc://a.org/ xhttps://a.org", []),
        ("https://a.org/" + "x" * 2000, []),
        ("https://{site}/faq", []),
    ],
)  # fmt: skip
def test_addresses_are_found_in_texts(text: str, found: list[str]) -> None:
    assert addresses_in(text) == found


def test_a_text_of_brackets_takes_no_time() -> None:
    assert len(addresses_in("https://a.org/" + "(" * 900 + ")" * 900)) == 1
    assert addresses_in("https://" * 20_000) == []
    assert addresses_in("https://a.org/" + ")" * 200_000) == []


def test_a_link_knows_all_in_which_it_stands() -> None:
    one, two = Owner("idea 1", 1, "what"), Owner("FAQ kernel")
    texts = [(one, f"{URL} and {URL}."), (Owner("idea 1", 1, "skills"), URL), (two, URL)]

    assert gathered(texts) == [Link(URL, (one, two))]


@pytest.mark.parametrize(
    "url",
    ["http://localhost:8000/", "http://127.0.0.1/x", "http://[::1]/", "http://192.168.1.1/",
     "http://box.local/", "http://a.localhost./"],
)  # fmt: skip
def test_instructions_for_ones_own_machine_are_no_links(url: str) -> None:
    assert is_here_only(url)
    assert gathered([(Owner("idea 1"), f"open {url} then")]) == []


@pytest.mark.parametrize("url", [URL, "http://93.184.216.34/", "https://local.example.org/"])
def test_other_addresses_are_links(url: str) -> None:
    assert not is_here_only(url)


@pytest.mark.parametrize(
    ("url", "said"),
    [(URL, ""), ("http://ana:pw@a.org/", "a user name in it"), ("http://ana@a.org/",
     "a user name in it"), ("ftp://a.org/", "ftp:"), ("javascript:alert(1)", "javascript:")],
)  # fmt: skip
def test_what_must_not_be_asked_for_is_seen_by_its_looks(url: str, said: str) -> None:
    assert refusal(url) == said


# --- when


@pytest.mark.parametrize(
    ("failures", "hourly", "period"),
    [(0, False, WEEKLY), (1, False, AGAIN), (2, False, DAILY), (9, False, DAILY),
     (0, True, HOURLY), (1, True, HOURLY), (5, True, HOURLY)],
)  # fmt: skip
def test_a_link_is_due_when_its_period_is_over(
    failures: int, hourly: bool, period: timedelta
) -> None:
    state = State(NOW, "404" if failures else "", failures, NOW if failures else None)

    assert not is_due(state, NOW + period - SECOND, hourly=hourly)
    assert is_due(state, NOW + period, hourly=hourly)


def test_a_link_that_nobody_has_asked_for_is_due() -> None:
    assert is_due(None, NOW)


def test_what_a_wrong_clock_has_asked_for_is_asked_for_again() -> None:
    ahead = State(NOW + timedelta(days=400))

    assert is_due(ahead, NOW)
    assert not is_just_asked(ahead, NOW)


@pytest.mark.parametrize(
    ("ago", "just"), [(timedelta(0), True), (APART - SECOND, True), (APART, False)]
)
def test_a_link_was_just_asked_for_within_ten_minutes(ago: timedelta, just: bool) -> None:
    assert is_just_asked(State(NOW - ago), NOW) is just


def test_what_is_not_to_be_asked_for_is_looked_at_weekly() -> None:
    assert not is_due(State(NOW, "port 25"), NOW + WEEKLY - SECOND)


DATES = [
    Deadline("org-application", "close", at=NOW),
    Deadline("orgs-announced", "accepted", at=NOW + timedelta(days=14)),
    Deadline("looks", "Google looks", day=date(2026, 3, 10)),
]


@pytest.mark.parametrize(
    ("at", "during"),
    [(NOW - SECOND, False), (NOW, True), (NOW + timedelta(days=14) - SECOND, True),
     (NOW + timedelta(days=14), False)],
)  # fmt: skip
def test_google_looks_between_two_dates(at: datetime, during: bool) -> None:
    assert is_review([], DATES, at) is during


def test_a_phase_says_when_google_looks() -> None:
    phases = [Phase("Review", "looks", "orgs-announced")]

    assert not is_review(phases, DATES, NOW)
    assert is_review(phases, DATES, datetime(2026, 3, 10, tzinfo=UTC))


def test_without_these_dates_google_never_looks() -> None:
    assert not is_review([], DATES[:1], NOW)
    assert not is_review([Phase("review", "nothing", "such")], DATES, NOW)


# --- what comes of it


def _failed(said: str = "404") -> Verdict:
    return Verdict(URL, Outcome.FAILED, said)


def test_two_failures_in_a_row_make_a_link_dead() -> None:
    first = after(None, _failed(), NOW)
    second = after(first, _failed("410"), NOW + AGAIN)

    assert (first.is_dead, second.is_dead) == (False, True)
    assert second == State(NOW + AGAIN, "410", 2, NOW)


def test_two_failures_within_minutes_are_one() -> None:
    first = after(None, _failed(), NOW)

    assert not after(first, _failed(), NOW + APART - SECOND).is_dead
    assert after(first, _failed(), NOW + APART).is_dead


def test_a_link_that_is_back_has_no_past() -> None:
    dead = State(NOW, "404", 5, NOW)

    assert after(dead, Verdict(URL, Outcome.THERE), NOW + DAILY) == State(NOW + DAILY)


@pytest.mark.parametrize(
    ("end", "status", "why"),
    [
        (URL, 200, ""),
        (URL, 401, "401"),
        (URL, 403, "403"),
        (URL, 429, ""),
        ("https://wiki.example.org/users/sign_in", 200, "it asks for a login"),
        ("https://wiki.example.org/wp-login.php?to=x", 200, "it asks for a login"),
        ("https://accounts.example.org/ServiceLogin", 200, "it asks for a login"),
        ("https://login.example.org/", 200, "it asks for a login"),
        ("https://wiki.example.org/authors/blogin", 200, ""),
        ("https://wiki.example.org/elsewhere", 200, ""),
    ],
)
def test_a_page_may_be_there_and_locked(end: str, status: int, why: str) -> None:
    assert lock(URL, end, status) == why


def test_a_page_about_logging_in_is_not_locked() -> None:
    page = "https://wiki.example.org/login"

    assert lock(page, page, 200) == ""
    assert lock(page, f"{page}/", 200) == ""


def test_what_asks_for_a_login_fails_only_where_all_must_see_it() -> None:
    locked = Verdict(URL, Outcome.THERE, "403")

    assert after(None, locked, NOW) == State(NOW)
    assert after(None, locked, NOW, for_all=True) == State(NOW, "403", 1, NOW)


def test_what_must_not_be_asked_for_is_not_dead() -> None:
    dead = State(NOW, "404", 5, NOW)
    state = after(dead, Verdict(URL, Outcome.UNASKED, "a private address"), NOW + DAILY)

    assert (state.is_dead, state.is_unasked) == (False, True)


@pytest.mark.parametrize(
    ("status", "fault"),
    [(200, ""), (204, ""), (304, ""), (399, ""), (400, "400"), (401, ""), (403, ""), (404, "404"),
     (405, ""), (410, "410"), (429, ""), (500, "500"), (503, "503")],
)  # fmt: skip
def test_where_somebody_is_nothing_is_wrong(status: int, fault: str) -> None:
    assert fault_of_status(status) == fault


@pytest.mark.parametrize(
    ("outcomes", "silent"),
    [([], False), ([Outcome.SILENT], True), ([Outcome.UNASKED], False),
     ([Outcome.SILENT, Outcome.UNASKED], True), ([Outcome.SILENT, Outcome.FAILED], False),
     ([Outcome.SILENT, Outcome.THERE], False)],
)  # fmt: skip
def test_all_that_is_silent_may_be_our_own_network(outcomes: list[Outcome], silent: bool) -> None:
    assert nobody_answered([Verdict(URL, o) for o in outcomes]) is silent


# --- in words


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (State(NOW, "404", 2, NOW - timedelta(days=2)), "404 since Mon"),
        (State(NOW, "404", 9, NOW - timedelta(days=6)), "404 since 26 Feb"),
        (State(NOW, "bad certificate", 2, NOW), "bad certificate since Wed"),
        (State(NOW, "no answer", 3, NOW), "no answer 3 times"),
        (State(NOW, "name not known", 2, NOW), "name not known 2 times"),
        (State(NOW, "no answer", 1, NOW), "no answer"),
    ],
)
def test_what_is_wrong_is_said_in_words(state: State, said: str) -> None:
    assert why(state, NOW) == said


@pytest.mark.parametrize(
    ("url", "brief"),
    [(URL, "wiki/blk"), ("https://www.a.org/", "a.org"), ("https://a.org/x/", "x"),
     ("https://a.org/x/y/z.html?q=1", "y/z.html"), ("https://a.org/" + "x" * 50, "…" + "x" * 39)],
)  # fmt: skip
def test_an_address_is_said_briefly(url: str, brief: str) -> None:
    assert briefly(url) == brief


def test_a_dead_link_is_named_by_its_owner() -> None:
    state = State(NOW, "404", 2, NOW - timedelta(days=2))
    owners = (Owner("idea 12", 12), Owner("FAQ kernel"), Owner("idea 3", 3))

    assert described(Link(URL, owners[:1]), state, NOW) == "idea 12 wiki/blk (404 since Mon)"
    assert described(Link(URL, owners[:2]), state, NOW) == (
        "idea 12 and FAQ kernel wiki/blk (404 since Mon)"
    )
    assert described(Link(URL, owners), state, NOW) == (
        "idea 12 and FAQ kernel and 1 more wiki/blk (404 since Mon)"
    )
    assert described(Link(URL, owners[1:2]), state, NOW, alone=True) == "FAQ kernel (404 since Mon)"
    assert described(Link(URL, (Owner(PAGE),)), state, NOW) == "ideas page (404 since Mon)"
