"""Links are asked for over real sockets; what becomes of each is said in words."""

import asyncio
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from gsocbot.rules.links import Outcome, Verdict
from gsocbot.web.asking import MOST_REDIRECTS, Asker
from gsocbot.web.pace import Pace
from tests.web.server import Web, serving

AGENT = "gsocbot/0 (+https://gsoc.example.org/)"


class Names(AbstractResolver):
    """Names as a test has them; a list of addresses is given out one answer after the other."""

    def __init__(self, names: dict[str, list[str]]) -> None:
        self._names = names
        self.asked: list[str] = []

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        self.asked.append(host)
        if host not in self._names:
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        answers = self._names[host]
        address = answers.pop(0) if len(answers) > 1 else answers[0]
        return [
            ResolveResult(
                hostname=host, host=one, port=port, family=socket.AF_INET, proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for one in address.split()
        ]  # fmt: skip

    async def close(self) -> None:
        pass


def loopback_only(address: str, port: int) -> str:
    """A guard that lets 127.0.0.1 pass for the public net."""
    return "" if address == "127.0.0.1" else "a private address"


async def _no_sleep(seconds: float) -> None:
    await asyncio.sleep(0)


def ask(
    *urls: str,
    guard: Callable[[str, int], str] = loopback_only,
    resolver: AbstractResolver | None = None,
    seconds: float = 5.0,
    **more: Any,
) -> list[Verdict]:
    """The verdicts on some links, in the order of the links; the pace is another test's."""
    clock = iter(range(0, 10**6, 2))

    async def all_of_them() -> list[Verdict]:
        pace = Pace(lambda: float(next(clock)), _no_sleep)
        asker = Asker(AGENT, pace, guard=guard, resolver=resolver, seconds=seconds, **more)
        return [verdict async for verdict in asker.ask(urls)]

    found = asyncio.run(all_of_them())
    return sorted(found, key=lambda v: urls.index(v.url))


def there(url: str) -> Verdict:
    return Verdict(url, Outcome.THERE)


def failed(url: str, why: str) -> Verdict:
    return Verdict(url, Outcome.FAILED, why)


def silent(url: str, why: str = "no answer") -> Verdict:
    return Verdict(url, Outcome.SILENT, why)


def unasked(url: str, why: str = "a private address") -> Verdict:
    return Verdict(url, Outcome.UNASKED, why)


@pytest.fixture
def web() -> Iterator[Web]:
    with serving() as running:
        yield running


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """A certificate that nobody has signed."""
    folder = tmp_path_factory.mktemp("tls")
    cert, key = folder / "cert.pem", folder / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
         "-addext", "subjectAltName=IP:127.0.0.1",
         "-keyout", str(key), "-out", str(cert)],
        check=True, capture_output=True,
    )  # fmt: skip
    return str(cert), str(key)


# --- what is there, and what is not


def test_a_page_that_is_there_is_asked_for_once_by_head(web: Web) -> None:
    url = web.url("/page?x=1")

    assert ask(url) == [there(url)]
    assert web.heard == ["HEAD /page?x=1"]


@pytest.mark.parametrize("status", [400, 404, 410, 418, 500, 502, 503])
def test_an_error_is_a_failure_that_get_confirms(web: Web, status: int) -> None:
    url = web.url(f"/status/{status}")

    assert ask(url) == [failed(url, str(status))]
    assert web.heard == [f"HEAD /status/{status}", f"GET /status/{status}"]


@pytest.mark.parametrize("status", [200, 204, 304, 405, 429])
def test_where_somebody_is_the_link_is_there(web: Web, status: int) -> None:
    url = web.url(f"/status/{status}")

    assert ask(url) == [there(url)]


@pytest.mark.parametrize("status", [401, 403, 407])
def test_a_locked_page_is_there_and_said_to_be_locked(web: Web, status: int) -> None:
    url = web.url(f"/status/{status}")

    assert ask(url) == [Verdict(url, Outcome.THERE, str(status))]


@pytest.mark.parametrize("path", ["/head-refused", "/head-lies", "/head-dropped"])
def test_where_head_is_refused_get_is_asked(web: Web, path: str) -> None:
    url = web.url(path)

    assert ask(url) == [there(url)]
    assert web.heard == [f"HEAD {path}", f"GET {path}"]


def test_an_endless_body_is_not_read(web: Web) -> None:
    url = web.url("/endless")

    assert ask(url) == [there(url)]
    assert web.sent < 20_000_000  # what the kernel's buffers of both ends hold


@pytest.mark.parametrize("path", ["/huge-header", "/many-headers", "/no-http"])
def test_an_answer_that_is_none_is_a_failure(web: Web, path: str) -> None:
    url = web.url(path)

    assert ask(url) == [failed(url, "an answer that is no page")]


@pytest.mark.parametrize("path", ["/slow", "/drip"])
def test_whoever_takes_too_long_gives_no_answer(web: Web, path: str) -> None:
    url = web.url(path)

    assert ask(url, seconds=0.4) == [silent(url)]


def test_slow_servers_hold_up_no_other_link(web: Web) -> None:
    slow, quick = web.url("/slow"), web.url("/quick")

    assert ask(slow, quick, seconds=0.4) == [silent(slow), there(quick)]


def test_where_nobody_listens_there_is_no_answer() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/"

        assert ask(url) == [silent(url)]


def test_a_name_that_nobody_has_is_not_known(web: Web) -> None:
    url = web.url("/", host="gone.example")

    assert ask(url, resolver=Names({})) == [silent(url, "name not known")]


# --- redirects


def test_redirects_are_followed(web: Web) -> None:
    url = web.url(f"/hops/{MOST_REDIRECTS}")

    assert ask(url) == [there(url)]
    assert len(web.heard) == MOST_REDIRECTS + 1


def test_a_page_that_leads_to_a_login_is_not_there_for_all(web: Web) -> None:
    url = web.url("/members")

    assert ask(url) == [Verdict(url, Outcome.THERE, "it asks for a login")]


def test_one_redirect_more_is_too_many(web: Web) -> None:
    url = web.url(f"/hops/{MOST_REDIRECTS + 1}")

    assert ask(url) == [failed(url, "too many redirects")]
    assert len(web.heard) == MOST_REDIRECTS + 1


def test_a_redirect_to_what_is_not_there_is_a_failure(web: Web) -> None:
    url = web.url("/to//status/404")

    assert ask(url) == [failed(url, "404")]


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("file:///etc/passwd", "redirects to file:"),
        ("gopher://127.0.0.1:6379/_x", "redirects to gopher:"),
        ("http://user:pw@127.0.0.1/", "redirects to a user name in it"),
    ],
)
def test_a_redirect_to_what_is_no_page_is_not_followed(web: Web, target: str, why: str) -> None:
    url = web.url(f"/to/{target}")

    assert ask(url) == [unasked(url, why)]
    assert len(web.heard) == 1


def test_a_redirect_to_nonsense_is_a_failure(web: Web) -> None:
    url = web.url("/to/http://[::1")

    assert ask(url) == [failed(url, "redirects to no address")]


# --- what nobody may make the bot reach


def test_a_redirect_to_a_private_address_is_refused(web: Web) -> None:
    with serving("127.0.0.2") as inner:
        url = web.url(f"/to/{inner.url('/secret', host='127.0.0.2')}")

        assert ask(url) == [unasked(url, "redirects to a private address")]
        assert inner.heard == []


def test_a_name_that_leads_to_a_private_address_is_refused() -> None:
    with serving("127.0.0.2") as inner:
        url = inner.url("/secret", host="www.example.org")

        assert ask(url, resolver=Names({"www.example.org": ["127.0.0.2"]})) == [unasked(url)]
        assert inner.heard == []


def test_a_name_that_leads_to_a_private_address_too_is_refused() -> None:
    """The public one of two is dead, and nobody goes on to the other."""
    with serving("127.0.0.2") as inner:
        url = inner.url("/secret", host="www.example.org")
        names = Names({"www.example.org": ["127.0.0.1 127.0.0.2"]})

        assert ask(url, resolver=names) == [unasked(url)]
        assert inner.heard == []


def test_a_name_that_changes_its_mind_is_refused(web: Web) -> None:
    """DNS rebinding: public at the first look, private at the second."""
    with serving("127.0.0.2", port=web.port) as inner:
        url = web.url("/to//secret", host="www.example.org")
        names = Names({"www.example.org": ["127.0.0.1", "127.0.0.2"]})

        assert ask(url, resolver=names) == [unasked(url, "redirects to a private address")]
        assert web.heard == ["HEAD /to//secret"]
        assert names.asked == ["www.example.org", "www.example.org"]
        assert inner.heard == []


def test_head_and_get_are_guarded_alike(web: Web) -> None:
    """DNS rebinding between the two."""
    with serving("127.0.0.2", port=web.port) as inner:
        url = web.url("/head-refused", host="www.example.org")
        names = Names({"www.example.org": ["127.0.0.1", "127.0.0.2"]})

        assert ask(url, resolver=names) == [unasked(url)]
        assert inner.heard == []


def test_the_guard_sees_what_is_connected_to(web: Web) -> None:
    seen: list[tuple[str, int]] = []

    def guard(address: str, port: int) -> str:
        seen.append((address, port))
        return ""

    ask(web.url("/hops/1", host="www.example.org"), guard=guard,
        resolver=Names({"www.example.org": ["127.0.0.1"]}))  # fmt: skip

    assert seen == [("127.0.0.1", web.port)] * 2


@pytest.mark.parametrize(
    ("host", "why"),
    [
        ("127.0.0.1", "a private address"),
        ("0.0.0.0", "a private address"),
        ("[::1]", "a private address"),
        ("[::ffff:127.0.0.1]", "a private address"),
        ("localhost", "a private address"),
        ("0x7f.1", "a private address"),
        ("2130706433", "an odd address"),
        ("127.1", "an odd address"),
        ("0177.0.0.1", "an odd address"),
    ],
)
def test_the_real_guard_lets_nothing_pass_to_this_machine(web: Web, host: str, why: str) -> None:
    url = web.url("/secret", host=host)
    clock = iter(range(0, 10**6, 2))

    async def asked() -> list[Verdict]:
        asker = Asker(AGENT, Pace(lambda: float(next(clock)), _no_sleep), seconds=5)
        return [verdict async for verdict in asker.ask([url])]

    assert asyncio.run(asked()) == [unasked(url, why)]
    assert web.heard == []


def test_a_user_name_in_an_address_is_never_sent(web: Web) -> None:
    url = web.url("/", host="ana:secret@127.0.0.1")

    assert ask(url) == [unasked(url, "a user name in it")]
    assert web.heard == []


def test_nothing_is_sent_but_who_asks(web: Web, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:  # fmt: skip  # noqa: E501
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login ana password secret\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    ask(web.url("/cookie"))

    wanted = {"Host", "User-Agent", "Accept", "Accept-Encoding", "Connection"}
    assert [set(headers) - wanted for headers in web.headers] == [set(), set()]
    assert web.heard == ["HEAD /cookie", "HEAD /second"]
    assert {headers["User-Agent"] for headers in web.headers} == {AGENT}


# --- TLS


def test_a_certificate_that_nobody_has_signed_is_bad(certificate: tuple[str, str]) -> None:
    with serving(tls=certificate) as web:
        url = web.url("/")

        assert ask(url) == [failed(url, "bad certificate")]
        assert web.heard == []


def test_a_certificate_for_another_name_is_bad(certificate: tuple[str, str]) -> None:
    with serving(tls=certificate) as web:
        url = web.url("/", host="www.example.org")
        tls = _trusting(certificate[0])

        assert ask(url, tls=tls, resolver=Names({"www.example.org": ["127.0.0.1"]})) == [
            failed(url, "bad certificate")
        ]


def test_a_good_certificate_is_good(certificate: tuple[str, str]) -> None:
    with serving(tls=certificate) as web:
        url = web.url("/")

        assert ask(url, tls=_trusting(certificate[0])) == [there(url)]


def test_a_server_that_speaks_no_tls_is_no_secure_connection(web: Web) -> None:
    url = web.url("/").replace("http:", "https:")

    assert ask(url) == [failed(url, "no secure connection")]


def _trusting(cert: str) -> Any:
    import ssl  # noqa: PLC0415

    return ssl.create_default_context(cafile=cert)
