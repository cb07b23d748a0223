"""STS: a server that wants TLS gets nothing else, now and for as long as it has asked for."""

import json
import logging
import ssl
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from gsocbot.irc import sts
from gsocbot.irc.sts import LONGEST, Policies
from gsocbot.irc.times import Times
from tests.faults.process import installed
from tests.irc.running import AT, running
from tests.irc.scripted import HOST, Identity, Peer, Scripted

OTHER_HOST = "127.0.0.2"
PATIENT = Times(connect=2, tls=2, ask=5, step=5, register=10, check=0.1)
MINUTE = timedelta(minutes=1)
INTRODUCTION = ["NICK gsocbot", "USER gsocbot 0 * :gsocbot"]


@pytest.fixture(scope="module")
def identity(tmp_path_factory: pytest.TempPathFactory) -> Identity:
    """Who the server is."""
    return Identity(tmp_path_factory.mktemp("identity"))


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Identity:
    """Somebody else."""
    return Identity(tmp_path_factory.mktemp("other"))


@pytest.fixture
def server() -> Iterator[Scripted]:
    """The port without TLS."""
    with Scripted() as listening:
        yield listening


@pytest.fixture
def secure() -> Iterator[Scripted]:
    """The port with TLS, of the same host."""
    with Scripted() as listening:
        yield listening


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "sts.json"


def kept(file: Path) -> dict[str, Any]:
    """What stands in the file."""
    found: dict[str, Any] = json.loads(file.read_text()) if file.exists() else {}
    return found


def policy(port: int, duration: timedelta, until: datetime) -> dict[str, object]:
    """How a policy stands in the file."""
    seconds = int(duration.total_seconds())
    return {"port": port, "duration": seconds, "until": until.isoformat()}


def remember(file: Path, port: int, *, until: datetime, duration: timedelta = MINUTE) -> Policies:
    """Policies read from a file in which there is one for the server."""
    file.write_text(json.dumps({HOST: policy(port, duration, until)}))
    return Policies(file)


def let_in(peer: Peer, *offers: str) -> None:
    """Offer something over TLS, and let the bot in."""
    peer.offer(*offers)
    peer.until("CAP END")
    peer.welcome()


def is_asked_in_the_clear(server: Scripted) -> bool:
    """Whether the bot comes without TLS next, and says nothing before it is answered."""
    peer = server.accept()
    return peer.line() == "CAP LS 302" and peer.sync() == []


# --- from plain text to TLS


@pytest.mark.parametrize(
    "offer",
    [
        ("sts=port={port}",),
        ("sts=duration=60,port={port}",),
        ("batch sts=preload,port={port},x=y sasl=PLAIN",),
        ("batch sts=port={port}", "sasl"),
        ("batch", "sts=port={port}"),
    ],
)
def test_a_server_that_wants_tls_gets_it_at_once(
    server: Scripted, secure: Scripted, identity: Identity, file: Path, offer: tuple[str, ...]
) -> None:
    settings = server.network(tls_ca=identity.file)
    with running(settings, times=PATIENT, policies=Policies(file)):
        plain = server.accept()
        plain.offer(*(line.format(port=secure.port) for line in offer))
        assert plain.rest() == []
        assert plain.raw == [b"CAP LS 302"]

        peer = secure.accept(tls=identity.context)
        assert [peer.line() for _ in range(3)] == ["CAP LS 302", *INTRODUCTION]
        peer.send(":irc.test CAP * LS :")
        peer.until("CAP END")
        assert "JOIN #gsoc" in peer.welcome()
        peer.close()
    assert kept(file) == {}


def test_no_password_goes_out_in_the_clear(
    server: Scripted, secure: Scripted, identity: Identity, tmp_path: Path
) -> None:
    (tmp_path / "server-password").write_text("open")
    settings = server.login_network(
        tmp_path, tls_ca=identity.file, server_password_file=tmp_path / "server-password"
    )
    with running(settings, times=PATIENT):
        plain = server.accept()
        plain.offer(f"sasl=PLAIN sts=port={secure.port}")
        assert plain.rest() == []

        peer = secure.accept(tls=identity.context)
        assert [peer.line() for _ in range(4)] == ["CAP LS 302", "PASS :open", *INTRODUCTION]
        peer.send(":irc.test CAP * LS :sasl=PLAIN")
        peer.until("CAP REQ :sasl")
        peer.send(":irc.test CAP * ACK :sasl")
        peer.until("AUTHENTICATE PLAIN")
        assert peer.challenge() == b"gsocbot\0gsocbot\0sesame"
        assert "JOIN #gsoc" in peer.accept_login()
        peer.close()


def test_a_server_that_asks_for_tls_unasked_gets_it_too(
    server: Scripted, secure: Scripted, identity: Identity
) -> None:
    """Its line may be there before the bot has said anything."""
    with running(server.network(tls_ca=identity.file), times=PATIENT):
        for _ in range(5):
            plain = server.accept()
            plain.send(f":irc.test CAP * LS :sts=port={secure.port}", "PING :1")
            assert set(plain.rest()) <= {"CAP LS 302"}
            secure.accept(tls=identity.context).close()


def test_a_server_that_wants_tls_later_gets_it(
    server: Scripted, secure: Scripted, identity: Identity
) -> None:
    with running(server.network(tls_ca=identity.file)):
        plain = server.accept()
        plain.let_in("cap-notify")
        plain.send(f":irc.test CAP gsocbot NEW :sts=port={secure.port}")
        assert plain.rest() == []

        peer = secure.accept(tls=identity.context)
        assert peer.line() == "CAP LS 302"
        peer.close()


@pytest.mark.parametrize(
    "value",
    [
        "sts",
        "sts=",
        "sts=port",
        "sts=port=",
        "sts=port=0",
        "sts=port=-1",
        "sts=port=+6697",
        "sts=port=70000",
        "sts=port=abc",
        "sts=port=6697.0",
        "sts=port=\uff16\uff16\uff19\uff17",
        f"sts=port={'9' * 400}",
        "sts=duration=60",
        "sts=Port=6697",
        "unknown/sts=port=6697",
    ],
)
def test_a_wish_that_makes_no_sense_is_passed_over(
    server: Scripted, file: Path, value: str, caplog: pytest.LogCaptureFixture
) -> None:
    with running(server.network(), times=PATIENT, policies=Policies(file)):
        peer = server.accept()
        peer.offer(value)
        peer.until("CAP END")

        assert "JOIN #gsoc" in peer.welcome()
    assert kept(file) == {}
    assert "Traceback" not in caplog.text


def test_who_cannot_show_that_it_is_that_server_is_told_nothing(
    server: Scripted,
    secure: Scripted,
    identity: Identity,
    other: Identity,
    file: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    settings = server.network(tls_ca=identity.file)
    with running(settings, times=PATIENT, policies=Policies(file)) as bot:
        for _ in range(2):
            plain = server.accept()
            plain.offer(f"sts=duration=60,port={secure.port}")
            assert plain.rest() == []
            with pytest.raises(ssl.SSLError):
                secure.accept(tls=other.context)

        assert is_asked_in_the_clear(server)
        assert not bot.link.up
    assert kept(file) == {}
    assert "CERTIFICATE_VERIFY_FAILED" in caplog.text


def test_a_port_where_nobody_listens_is_tried_in_vain(
    server: Scripted, identity: Identity, caplog: pytest.LogCaptureFixture
) -> None:
    with Scripted() as gone:
        port = gone.port
    with running(server.network(tls_ca=identity.file), times=PATIENT):
        plain = server.accept()
        plain.offer(f"sts=port={port}")

        assert plain.rest() == []
        assert is_asked_in_the_clear(server)
    assert f"{HOST}:{port}" in caplog.text


# --- what is promised over TLS


@pytest.fixture
def secured(server: Scripted, secure: Scripted, identity: Identity, file: Path) -> Iterator[Peer]:
    """A connection over TLS, after one in the clear; what it promises stands in the file."""
    settings = server.network(tls_ca=identity.file)
    with running(settings, times=PATIENT, policies=Policies(file)):
        server.accept().offer(f"sts=port={secure.port}")
        peer = secure.accept(tls=identity.context)
        yield peer
        peer.close()


def test_a_promise_is_kept_in_a_file_of_the_bots_own(
    secured: Peer, secure: Scripted, file: Path
) -> None:
    let_in(secured, "sts=duration=60")

    assert kept(file) == {HOST: policy(secure.port, MINUTE, AT + MINUTE)}
    assert file.stat().st_mode & 0o777 == 0o600
    assert [found.name for found in file.parent.glob("sts*")] == ["sts.json"]


@pytest.mark.parametrize("offer", ["sts=duration=60,port=1", "sts=port=70000,duration=60"])
def test_a_port_that_is_named_over_tls_does_not_count(
    secured: Peer, secure: Scripted, file: Path, offer: str
) -> None:
    let_in(secured, offer)

    assert kept(file) == {HOST: policy(secure.port, MINUTE, AT + MINUTE)}


@pytest.mark.parametrize(
    "value", ["sts", "sts=port=1", "sts=duration=", "sts=duration=-1", "sts=duration=1e3"]
)
def test_a_promise_without_a_duration_is_none(secured: Peer, file: Path, value: str) -> None:
    let_in(secured, value)

    assert kept(file) == {}


def test_a_promise_without_end_has_one(secured: Peer, secure: Scripted, file: Path) -> None:
    let_in(secured, f"sts=duration={'9' * 18}")

    assert kept(file) == {HOST: policy(secure.port, LONGEST, AT + LONGEST)}


def test_a_promise_may_come_later_and_be_taken_back(
    secured: Peer, secure: Scripted, file: Path
) -> None:
    secured.let_in("cap-notify")
    secured.send(":irc.test CAP gsocbot NEW :sts=duration=60")
    secured.sync()
    assert kept(file) == {HOST: policy(secure.port, MINUTE, AT + MINUTE)}

    secured.send(":irc.test CAP gsocbot NEW :sts=duration=0")
    secured.sync()
    assert kept(file) == {}


def test_a_promise_that_is_withdrawn_as_a_capability_still_holds(
    secured: Peer, secure: Scripted, file: Path
) -> None:
    """Servers must not do that, and clients must pass over it."""
    let_in(secured, "sts=duration=60")
    secured.send(":irc.test CAP gsocbot DEL :sts")
    secured.sync()

    assert kept(file) == {HOST: policy(secure.port, MINUTE, AT + MINUTE)}


def test_sts_is_never_asked_for(secured: Peer) -> None:
    secured.offer("batch sts=duration=60")

    assert secured.until("CAP REQ")[-1] == "CAP REQ :batch"


def test_a_promise_survives_a_restart(
    server: Scripted, secure: Scripted, identity: Identity, file: Path
) -> None:
    settings = server.network(tls_ca=identity.file)
    with running(settings, times=PATIENT, policies=Policies(file)):
        server.accept().offer(f"sts=port={secure.port}")
        peer = secure.accept(tls=identity.context)
        let_in(peer, "sts=duration=60")
        peer.close()
        peer = secure.accept(tls=identity.context)
        peer.close()
    with running(settings, times=PATIENT, policies=Policies(file)):
        peer = secure.accept(tls=identity.context)

        assert [peer.line() for _ in range(3)] == ["CAP LS 302", *INTRODUCTION]
        peer.close()


def test_a_promise_survives_a_restart_of_the_process(
    server: Scripted, secure: Scripted, identity: Identity, tmp_path: Path
) -> None:
    with installed(tmp_path, server.port) as bot:
        bot.configure(bot.channels, f'tls_fingerprints = ["{identity.fingerprint}"]\n')
        bot.start()
        server.accept(timeout=20).offer(f"sts=port={secure.port}")
        peer = secure.accept(tls=identity.context)
        let_in(peer, "sts=duration=600")
        peer.close()
        secure.accept(tls=identity.context).close()
        assert bot.terminate()[0] == 0
        found = bot.folder / "state" / "sts.json"
        assert list(kept(found)) == [HOST]
        assert found.stat().st_mode & 0o777 == 0o600

        bot.start()
        peer = secure.accept(timeout=20, tls=identity.context)
        assert peer.line() == "CAP LS 302"
        peer.close()


def test_while_a_promise_holds_nothing_makes_the_bot_go_back(
    server: Scripted, secure: Scripted, identity: Identity, other: Identity, file: Path
) -> None:
    policies = remember(file, secure.port, until=AT + MINUTE)
    with running(server.network(tls_ca=identity.file), times=PATIENT, policies=policies):
        with pytest.raises(ssl.SSLError):
            secure.accept(tls=other.context)
        secure.accept().close()
        peer = secure.accept(tls=identity.context)
        peer.close()
        with pytest.raises(TimeoutError):
            server.accept(timeout=0.1)


def test_a_promise_that_has_run_out_holds_no_more(
    server: Scripted, secure: Scripted, file: Path
) -> None:
    policies = remember(file, secure.port, until=AT)
    with running(server.network(), times=PATIENT, policies=policies):
        assert is_asked_in_the_clear(server)


def test_a_promise_begins_anew_at_the_end_of_a_connection(
    server: Scripted, secure: Scripted, identity: Identity, file: Path
) -> None:
    policies = remember(file, secure.port, until=AT + timedelta(seconds=1))
    with running(server.network(tls_ca=identity.file), times=PATIENT, policies=policies):
        peer = secure.accept(tls=identity.context)
        let_in(peer, "")
        assert kept(file)[HOST]["until"] == (AT + timedelta(seconds=1)).isoformat()
        peer.close()
        secure.accept(tls=identity.context).close()

    assert kept(file) == {HOST: policy(secure.port, MINUTE, AT + MINUTE)}


def test_a_connection_that_never_stood_renews_nothing(
    server: Scripted, secure: Scripted, identity: Identity, other: Identity, file: Path
) -> None:
    until = AT + timedelta(seconds=1)
    policies = remember(file, secure.port, until=until)
    with running(server.network(tls_ca=identity.file), times=PATIENT, policies=policies):
        with pytest.raises(ssl.SSLError):
            secure.accept(tls=other.context)
        secure.accept().close()

    assert kept(file) == {HOST: policy(secure.port, MINUTE, until)}


def test_a_duration_in_the_clear_changes_nothing_that_is_kept(
    server: Scripted, secure: Scripted, file: Path
) -> None:
    policies = remember(file, secure.port, until=AT)
    before = file.read_text()
    with running(server.network(), times=PATIENT, policies=policies):
        let_in(server.accept(), "sts=duration=0")

    assert file.read_text() == before


def test_where_the_config_wants_tls_its_own_port_is_used(
    secure: Scripted, identity: Identity, file: Path
) -> None:
    policies = remember(file, 1, until=AT + MINUTE)
    settings = secure.network(tls=True, tls_ca=identity.file)
    with running(settings, times=PATIENT, policies=policies):
        peer = secure.accept(tls=identity.context)
        assert peer.line() == "CAP LS 302"
        peer.close()


def test_each_server_of_a_network_has_a_promise_of_its_own(
    server: Scripted, secure: Scripted, identity: Identity, file: Path
) -> None:
    with Scripted(host=OTHER_HOST) as second:
        settings = server.network(
            tls_ca=identity.file, more_servers=(f"{OTHER_HOST}:{second.port}",)
        )
        with running(settings, times=PATIENT, policies=Policies(file)):
            server.accept().offer(f"sts=port={secure.port}")
            peer = secure.accept(tls=identity.context)
            let_in(peer, "sts=duration=60")
            peer.close()
            assert is_asked_in_the_clear_once(second)
            peer = secure.accept(tls=identity.context)
            let_in(peer, "sts=duration=60")
            peer.close()
            assert is_asked_in_the_clear(second)

    assert list(kept(file)) == [HOST]


def is_asked_in_the_clear_once(server: Scripted) -> bool:
    """The same, and then that server hangs up."""
    peer = server.accept()
    asked = peer.line() == "CAP LS 302" and peer.sync() == []
    peer.close()
    return asked


def test_hosts_are_the_same_in_large_and_small_letters(file: Path) -> None:
    Policies(file).keep("IRC.Example.org", 6697, MINUTE, AT)

    found = Policies(file).of("irc.EXAMPLE.org", AT)
    assert found is not None
    assert found.port == 6697


def test_a_promise_holds_to_its_last_second(file: Path) -> None:
    policies = Policies(file)
    policies.keep(HOST, 6697, MINUTE, AT)

    assert policies.of(HOST, AT + MINUTE - timedelta(seconds=1)) is not None
    assert policies.of(HOST, AT + MINUTE) is None


# --- a file that is not as it was written


def entry(**changes: object) -> str:
    return json.dumps({HOST: {**policy(6697, MINUTE, AT + MINUTE), **changes}})


NAIVE = (AT + MINUTE).replace(tzinfo=None).isoformat()
BROKEN: dict[str, bytes] = {
    "empty": b"",
    "cut short": entry().encode()[:40],
    "a list": b"[]",
    "null": b"null",
    "no policies": b'{"127.0.0.1": 6697}',
    "not UTF-8": b"\xff\xfe",
    "NUL": bytes(200),
    "very deep": b"[" * 100_000,
    "no key": b'{"127.0.0.1": {}}',
    "a moment without a zone": entry(until=NAIVE).encode(),
    "no moment": entry(until="tomorrow").encode(),
    "a number for a moment": entry(until=5).encode(),
    "port 0": entry(port=0).encode(),
    "port 70000": entry(port=70000).encode(),
    "a word for a port": entry(port="ircs").encode(),
    "an endless duration": b'{"127.0.0.1": {"port": 1, "duration": Infinity, "until": ""}}',
    "a duration of a trillion": entry(duration=10**12).encode(),
    "a duration of a googol": entry(duration=10**100).encode(),
    "a negative duration": entry(duration=-1).encode(),
}


@pytest.mark.parametrize("content", BROKEN)
def test_a_file_that_makes_no_sense_is_no_policy_and_one_line(
    file: Path, content: str, caplog: pytest.LogCaptureFixture
) -> None:
    file.write_bytes(BROKEN[content])
    policies = Policies(file)

    assert policies.of(HOST, AT) is None
    (line,) = caplog.messages
    assert str(file) in line
    policies.keep(HOST, 6697, MINUTE, AT)
    assert kept(file) == {HOST: policy(6697, MINUTE, AT + MINUTE)}


def test_a_file_that_cannot_be_read_is_no_policy_and_one_line(
    file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file.mkdir()

    assert Policies(file).of(HOST, AT) is None
    (line,) = caplog.messages
    assert str(file) in line


def test_a_file_that_is_not_there_yet_is_no_news(
    file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert Policies(file).of(HOST, AT) is None
    assert caplog.messages == []


def test_a_file_that_cannot_be_written_is_one_line_and_the_promise_holds(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    policies = Policies(tmp_path / "no such folder" / "sts.json")
    policies.keep(HOST, 6697, MINUTE, AT)

    assert policies.of(HOST, AT) is not None
    assert [record.levelno for record in caplog.records] == [logging.ERROR]


def test_what_a_crash_has_left_behind_does_not_make_the_file_readable(file: Path) -> None:
    left = file.with_suffix(".new")
    left.touch(mode=0o644)
    left.chmod(0o644)
    Policies(file).keep(HOST, 6697, MINUTE, AT)

    assert file.stat().st_mode & 0o777 == 0o600


def test_a_damaged_file_does_not_end_the_link(
    server: Scripted, secure: Scripted, identity: Identity, file: Path
) -> None:
    """Its duration is a time that moments do not reach."""
    long = timedelta(days=9_000_000)
    policies = remember(file, secure.port, until=AT + MINUTE, duration=long)
    with running(server.network(tls_ca=identity.file), times=PATIENT, policies=policies):
        for _ in range(2):
            if policies.of(HOST, AT) is not None:
                peer = secure.accept(tls=identity.context)
            else:
                peer = server.accept()
            let_in(peer, "")
            peer.close()


# --- values


@pytest.mark.parametrize(
    ("read", "value", "found"),
    [
        (sts.port_in, "port=6697", 6697),
        (sts.port_in, "duration=1,port=1,preload", 1),
        (sts.port_in, "port=65535", 65535),
        (sts.port_in, "port=65536", None),
        (sts.port_in, "port=", None),
        (sts.port_in, "", None),
        (sts.duration_in, "duration=0", timedelta(0)),
        (sts.duration_in, "port=1,duration=60", MINUTE),
        (sts.duration_in, f"duration={'9' * 5000}", None),
        (sts.duration_in, "duration=\u0661", None),
        (sts.duration_in, "", None),
    ],
)
def test_the_values_of_sts_are_read_as_they_stand(
    read: Callable[[str], object], value: str, found: object
) -> None:
    assert read(value) == found
