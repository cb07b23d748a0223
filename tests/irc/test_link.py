"""Life on a network: real servers where they can show it, a scripted one where they cannot."""

import hashlib
import ssl
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gsocbot.config import Channel, Limits, Network
from gsocbot.irc.times import Times
from gsocbot.talk import Gone, Heard, Say
from tests.irc.running import NETWORK, QUICK, Running, running, wait_until
from tests.irc.scripted import BACK_SECONDS, Peer, Scripted
from tests.servers import ircd
from tests.servers.client import Client
from tests.servers.ircd import Ircd

CHANNEL = "#gsoc"
NERVOUS = replace(QUICK, silence=0.2, answer=0.4, check=0.05)
ASKERS = 30


def network(server: Ircd, **settings: Any) -> Network:
    """How the bot is told of a real server."""
    channels = {CHANNEL: Channel(season="test")}
    plain = {"host": server.host, "port": server.port, "tls": False, "channels": channels}
    found = Network(**{**plain, **settings})
    return found.model_copy(update={"reconnect_delay": BACK_SECONDS})


def over_tls(server: Ircd, **settings: Any) -> Network:
    """The same over TLS, verified with the server's own CA unless told otherwise."""
    plain = {"port": server.tls_port, "tls": True, "tls_ca": server.ca}
    return network(server, **{**plain, **settings})


def repeat(heard: Heard) -> str | None:
    """Answer `!words` with the words."""
    return heard.text[1:] if heard.text.startswith("!") else None


@pytest.fixture(params=["plain", "inspircd", "services"])
def server(request: pytest.FixtureRequest) -> Ircd:
    """Each kind of server in turn."""
    found = request.getfixturevalue(request.param)
    assert isinstance(found, Ircd)
    return found


@pytest.fixture(scope="module")
def plain() -> Iterator[Ircd]:
    """A plain old server with TLS that holds nobody back."""
    if not ircd.available("ngircd"):
        pytest.skip("ngircd is not installed: tools/system-packages installs it")
    with ircd.running("ngircd", tls=True, fast=True) as started:
        yield started


@pytest.fixture
def own_tls() -> Iterator[Ircd]:
    """The same for one test: after a handshake that failed, ngircd is never idle again."""
    if not ircd.available("ngircd"):
        pytest.skip("ngircd is not installed: tools/system-packages installs it")
    with ircd.running("ngircd", tls=True, fast=True) as started:
        yield started


@pytest.fixture
def own_ngircd() -> Iterator[Ircd]:
    """A server that the test may break."""
    if not ircd.available("ngircd"):
        pytest.skip("ngircd is not installed: tools/system-packages installs it")
    with ircd.running("ngircd", fast=True) as started:
        yield started


@pytest.fixture
def scripted() -> Iterator[Scripted]:
    with Scripted() as listening:
        yield listening


# --- getting in


def test_the_bot_joins_and_answers_in_the_channel_and_in_private(server: Ircd) -> None:
    with running(over_tls(server), answer=repeat) as bot, Client(server, "ana") as ana:
        bot.wait_joined()
        ana.join(CHANNEL)
        ana.say(CHANNEL, "!hello: world")
        ana.say("gsocbot", "!psst")

        answers = [ana.wait("PRIVMSG") for _ in range(2)]
        assert [(a.nick, *a.params) for a in answers] == [
            ("gsocbot", CHANNEL, "hello: world"),
            ("gsocbot", "ana", "psst"),
        ]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_server_with_a_verified_certificate_is_joined(plain: Ircd, host: str) -> None:
    with running(over_tls(plain, host=host)) as bot:
        bot.wait_joined()


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """A certificate of somebody else's, and its key."""
    folder = tmp_path_factory.mktemp("certificate")
    files = str(folder / "cert.pem"), str(folder / "key.pem")
    subject = ("-subj", "/CN=else", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1")
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2")
    out = ("-out", files[0], "-keyout", files[1])
    subprocess.run(
        ["openssl", "req", "-x509", *key, *subject, *out], check=True, capture_output=True
    )
    return files


@pytest.mark.parametrize(
    ("settings", "why"),
    [
        ({"tls_ca": None}, "self-signed certificate"),
        ({"tls_ca": "other"}, "certificate verify failed"),
        ({"host": "127.1"}, "not valid for '127.1'"),
        ({"port": "plain"}, "handshake"),
        ({"tls_ca": "/nowhere/ca.pem"}, "No such file"),
    ],
    ids=["self-signed", "other CA", "wrong name", "plain text port", "no CA"],
)
def test_a_server_that_cannot_show_who_it_is_is_refused(
    own_tls: Ircd,
    certificate: tuple[str, str],
    settings: dict[str, Any],
    why: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    if settings.get("tls_ca") == "other":
        settings = {"tls_ca": certificate[0]}
    if settings.get("port") == "plain":
        settings = {"port": own_tls.port}
    with running(over_tls(own_tls, **settings), times=replace(QUICK, tls=0.3)) as bot:
        wait_until(lambda: why in caplog.text)

        assert not bot.link.up
        with Client(own_tls, "ana") as ana:
            ana.send("WHOIS gsocbot")
            assert ana.wait({"401", "311"}).command == "401"


def fingerprint(certificate: str) -> str:
    """The SHA-256 of a certificate in a file."""
    return hashlib.sha256(ssl.PEM_cert_to_DER_cert(Path(certificate).read_text())).hexdigest()


def test_a_certificate_with_the_right_fingerprint_needs_no_ca_and_no_name(own_tls: Ircd) -> None:
    assert own_tls.ca
    wanted = fingerprint(own_tls.ca)
    with running(
        over_tls(own_tls, host="127.1", tls_ca=None, tls_fingerprints=("0" * 64, wanted))
    ) as bot:
        bot.wait_joined()


def test_nothing_is_written_to_a_server_with_another_fingerprint(
    scripted: Scripted, certificate: tuple[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    with running(scripted.network(tls=True, tls_fingerprints=("0" * 64,))):
        peer = scripted.accept(tls=context)

        assert peer.rest() == []
        scripted.accept()
    assert f"another fingerprint: {fingerprint(certificate[0])}" in caplog.text


# --- who somebody is


def test_the_account_is_the_one_that_came_with_the_very_line(services: Ircd) -> None:
    login = ("PLAIN", "LinkAna", "secret")
    with running(network(services)) as bot:
        services.register("LinkAna", "secret")
        bot.wait_joined()
        with Client(services, "ana", sasl=login) as ana:
            ana.join(CHANNEL)
            ana.say(CHANNEL, "logged in")
            ana.say("gsocbot", "in private")
            ana.say("NickServ", "LOGOUT")
            ana.wait("901")
            ana.say(CHANNEL, "logged out")
        with Client(services, "ana") as other:
            other.join(CHANNEL)
            other.say(CHANNEL, "only the nick")

        heard = [bot.next_heard() for _ in range(4)]
    assert [(h.text, h.account) for h in heard] == [
        ("logged in", "linkana"),
        ("in private", "linkana"),
        ("logged out", None),
        ("only the nick", None),
    ]


def test_where_there_are_no_accounts_nobody_has_one(plain: Ircd) -> None:
    with running(network(plain)) as bot, Client(plain, "ana") as ana:
        bot.wait_joined()
        ana.join(CHANNEL)
        ana.say(CHANNEL, "hello")

        assert bot.next_heard().account is None


def accounts(bot: Running, peer: Peer, *lines: str) -> list[str | None]:
    """What account each line of talk among these was heard with."""
    peer.send(*lines)
    peer.sync()
    return [heard.account for heard in bot.all_heard()]


SAYS, SAYS_IN_PRIVATE = ":ana!a@h PRIVMSG #gsoc :hello", ":ana!a@h PRIVMSG gsocbot :hello"
KNOWN = ":irc.test 354 gsocbot 77 ana mentor1"
IN_CHANNEL = ":irc.test 353 gsocbot = #gsoc :gsocbot @+ana!a@h kofi"


@pytest.fixture
def without_tag(scripted: Scripted) -> Iterator[tuple[Running, Peer]]:
    """A server that tells of accounts, but not with each line."""
    with running(scripted.network()) as bot:
        peer = scripted.accept()
        said = peer.let_in("account-notify extended-join", "WHOX")
        assert "WHO #gsoc %tna,77" in said
        peer.send(IN_CHANNEL)
        yield bot, peer


@pytest.mark.parametrize(
    ("lines", "account"),
    [
        ([KNOWN, SAYS], "mentor1"),
        ([KNOWN, SAYS_IN_PRIVATE], "mentor1"),
        ([SAYS], None),
        ([":irc.test 354 gsocbot 77 ana 0", SAYS], None),
        ([":irc.test 354 gsocbot 78 ana mentor1", SAYS], None),
        ([KNOWN, ":ana!a@h ACCOUNT *", SAYS], None),
        ([KNOWN, ":ana!a@h ACCOUNT mentor2", SAYS], "mentor2"),
        ([KNOWN, ":ana!a@h NICK eve", SAYS.replace("ana", "eve")], "mentor1"),
        ([KNOWN, ":ana!a@h NICK eve", SAYS], None),
        ([KNOWN, ":ana!a@h NICK eve", ":kofi!k@h NICK ana", SAYS], None),
        ([KNOWN, ":ana!a@h QUIT :bye", SAYS_IN_PRIVATE], None),
        ([KNOWN, ":ana!a@h PART #gsoc", SAYS_IN_PRIVATE], None),
        ([KNOWN, ":op!o@h KICK #gsoc ana :out", SAYS_IN_PRIVATE], None),
        ([KNOWN, ":op!o@h KICK #gsoc gsocbot :out", SAYS_IN_PRIVATE], None),
        ([":ana!a@h QUIT :bye", KNOWN, SAYS_IN_PRIVATE], None),
        ([":eve!e@h JOIN #gsoc mentor1 :Eve", SAYS.replace("ana", "eve")], "mentor1"),
        ([":eve!e@h JOIN #gsoc * :Eve", SAYS.replace("ana", "eve")], None),
        ([KNOWN, ":ana!a@h QUIT", ":ana!x@h JOIN #gsoc * :Eve", SAYS], None),
        ([KNOWN, ":ANA!a@h ACCOUNT *", SAYS], None),
        ([KNOWN.replace("mentor1", "Mentor1"), SAYS], "mentor1"),
    ],
)
def test_an_account_that_was_told_holds_until_it_ends(
    without_tag: tuple[Running, Peer], lines: list[str], account: str | None
) -> None:
    assert accounts(*without_tag, *lines) == [account]


def test_an_account_counts_for_nothing_where_its_end_is_not_told(scripted: Scripted) -> None:
    with running(scripted.network()) as bot:
        peer = scripted.accept()
        peer.let_in("extended-join", "WHOX")

        assert accounts(bot, peer, IN_CHANNEL, KNOWN, SAYS) == [None]


def test_the_account_of_a_line_overrules_what_was_told_before(scripted: Scripted) -> None:
    with running(scripted.network()) as bot:
        peer = scripted.accept()
        peer.let_in("account-tag account-notify", "WHOX")

        assert accounts(
            bot, peer, IN_CHANNEL, KNOWN, SAYS, f"@account=mentor2 {SAYS}", f"@account=* {SAYS}"
        ) == [None, "mentor2", None]


def test_a_tag_is_no_account_where_the_server_has_not_granted_it(scripted: Scripted) -> None:
    with running(scripted.network()) as bot:
        peer = scripted.accept()
        peer.let_in("message-tags")

        assert accounts(bot, peer, f"@account=mentor1 {SAYS}", f"@+account=mentor1 {SAYS}") == [
            None,
            None,
        ]


# --- staying in


def test_after_a_kick_the_bot_comes_back(plain: Ircd) -> None:
    with Client(plain, "ana") as ana:
        ana.join(CHANNEL)
        with running(network(plain)) as bot:
            bot.wait_joined()
            ana.send(f"KICK {CHANNEL} gsocbot :out")
            ana.wait("KICK")

            assert ana.wait("JOIN").nick == "gsocbot"
            wait_until(lambda: bot.link.channels() == [CHANNEL])


def test_a_kicked_bot_is_back_within_35_seconds() -> None:
    usual = Times()

    assert usual.rejoin + usual.check <= 35


def test_a_hung_server_is_noticed_within_three_minutes() -> None:
    usual = Times()

    assert usual.silence + usual.answer + 2 * usual.check <= 190


def test_after_the_death_of_its_server_the_bot_comes_back(own_ngircd: Ircd) -> None:
    with running(network(own_ngircd)) as bot:
        bot.wait_joined()
        own_ngircd.kill()
        bot.wait_down()
        own_ngircd.start()
        bot.wait_joined()

        with Client(own_ngircd, "ana") as ana:
            ana.join(CHANNEL)
            ana.say(CHANNEL, "hello")
            assert bot.next_heard().text == "hello"


def test_a_server_that_hangs_is_noticed_and_left(
    own_ngircd: Ircd, caplog: pytest.LogCaptureFixture
) -> None:
    with running(network(own_ngircd), times=NERVOUS) as bot:
        bot.wait_joined()
        own_ngircd.pause()
        bot.wait_down(3)
        own_ngircd.resume()
        bot.wait_joined()

    assert "test: disconnected: silent for" in caplog.text


def test_a_quiet_server_that_answers_is_not_left(scripted: Scripted) -> None:
    with running(scripted.network(), times=NERVOUS):
        peer = scripted.accept()
        peer.let_in()
        for _ in range(4):
            asked = peer.until("PING ")[-1]
            peer.send(f":irc.test PONG irc.test {asked.removeprefix('PING ')}")

        assert peer.sync() == []


def test_a_server_that_says_error_is_left_at_once(
    scripted: Scripted, caplog: pytest.LogCaptureFixture
) -> None:
    with running(scripted.network()):
        peer = scripted.accept()
        peer.let_in()
        peer.send("ERROR :Closing link (Server shutting down)")

        scripted.accept().let_in()
    assert "test: disconnected: ERROR Closing link (Server shutting down)" in caplog.messages


def test_a_channel_has_the_name_that_the_config_gives_it(scripted: Scripted) -> None:
    channels = {"#GSoC[x]": Channel(season="test")}
    with running(scripted.network(channels=channels), answer=repeat) as bot:
        peer = scripted.accept()
        peer.let_in()
        peer.send(":ana!a@h JOIN #gsoc{x}", ":ana!a@h PRIVMSG #GSOC{X} :!hello")
        peer.send(":ana!a@h PRIVMSG #GSoC[x] :!again")

        assert peer.sync() == ["PRIVMSG #gsoc[x] :hello", "PRIVMSG #gsoc[x] :again"]
        assert bot.link.channels() == ["#gsoc[x]"]
        peer.send(":ana!a@h PRIVMSG gsocbot :psst")
        peer.sync()
        assert [h.shared for h in bot.all_heard()] == [(), (), ("#gsoc[x]",)]


# --- whom it does not answer


@pytest.mark.parametrize(
    "line",
    [
        ":ana!a@h NOTICE #gsoc :!hello",
        ":ana!a@h NOTICE gsocbot :!hello",
        ":gsocbot!bot@host.test PRIVMSG #gsoc :!hello",
        ":GSOCBOT!bot@host.test PRIVMSG #gsoc :!hello",
        "@bot :ana!a@h PRIVMSG #gsoc :!hello",
        "@account=x;bot= :ana!a@h PRIVMSG #gsoc :!hello",
        "@batch=1 :ana!a@h PRIVMSG #gsoc :!hello",
        ":irc.test PRIVMSG #gsoc :!hello",
        "PRIVMSG #gsoc :!hello",
        ":ana!a@h NOTICE gsocbot :\x01VERSION\x01",
        "@bot :ana!a@h PRIVMSG gsocbot :\x01VERSION\x01",
        "@batch=1 :ana!a@h PRIVMSG gsocbot :\x01VERSION\x01",
        ":irc.test PRIVMSG gsocbot :\x01VERSION\x01",
        ":ana!a@h PRIVMSG gsocbot :\x01NOSUCH\x01",
        ":ana!a@h PRIVMSG gsocbot :\x01DCC SEND file 1 2 3\x01",
    ],
)
def test_what_nobody_has_just_said_to_it_is_not_answered(scripted: Scripted, line: str) -> None:
    with running(scripted.network(), answer=repeat):
        peer = scripted.accept()
        peer.let_in("message-tags batch")
        peer.send(":irc.test BATCH +1 chathistory #gsoc", line)

        assert peer.sync() == []


def test_after_the_history_people_are_answered_again(scripted: Scripted) -> None:
    with running(scripted.network(), answer=repeat):
        peer = scripted.accept()
        peer.let_in("message-tags batch")
        peer.send(":irc.test BATCH +1 chathistory #gsoc", ":irc.test BATCH -1")
        peer.send("@batch=1 :ana!a@h PRIVMSG #gsoc :!hello")

        assert peer.sync() == ["PRIVMSG #gsoc :hello"]


def test_what_was_said_before_it_came_is_not_answered(inspircd: Ircd) -> None:
    with Client(inspircd, "ana") as ana:
        ana.join("#history")
        ana.send("MODE #history +H 10:1h")
        ana.wait("MODE")
        ana.say("#history", "!old")
        channels = {"#history": Channel(season="test")}
        with running(network(inspircd, channels=channels), answer=repeat) as bot:
            bot.wait_joined()
            ana.say("#history", "!new")

            assert ana.wait("PRIVMSG").text == "new"
            assert [heard.text for heard in bot.all_heard()] == ["!new"]


def test_ctcp_version_is_answered_three_times_a_minute_at_most(plain: Ircd) -> None:
    with running(network(plain)) as bot, Client(plain, "ana") as ana:
        bot.wait_joined()
        for _ in range(5):
            ana.say("gsocbot", "\x01VERSION\x01")
        ana.say("gsocbot", "that is all")
        bot.next_heard()
        bot.say("ana", "yes")

        lines = [ana.wait({"NOTICE", "PRIVMSG"}) for _ in range(4)]
        assert [line.text for line in lines] == ["\x01VERSION gsocbot\x01"] * 3 + ["yes"]


# --- how fast it speaks


def test_thirty_askers_at_once_do_not_get_the_bot_thrown_out() -> None:
    if not ircd.available("inspircd"):
        pytest.skip("inspircd is not installed: tools/system-packages installs it")
    with ExitStack() as stack:
        server = stack.enter_context(ircd.running("inspircd", flood=True))
        bot = stack.enter_context(running(network(server), limits=Limits(), answer=repeat))
        with ThreadPoolExecutor(ASKERS) as pool:
            askers = list(pool.map(lambda n: Client(server, f"asker{n}"), range(ASKERS)))
        for asker in askers:
            stack.callback(asker.send, "QUIT")
        bot.wait_joined()
        for number, asker in enumerate(askers):
            asker.say("gsocbot", f"!answer {number}")
        for _ in askers:
            bot.next_heard()
        # Inspircd throws out who says more than 10 lines at once.
        askers[1].wait("PRIVMSG", 5)
        askers[1].send("WHOIS gsocbot")

        assert askers[1].wait({"311", "401"}).command == "311"


def test_a_ping_is_answered_at_once_while_answers_wait(scripted: Scripted) -> None:
    with running(scripted.network(), limits=Limits(), answer=repeat):
        peer = scripted.accept()
        peer.let_in()
        peer.send(*(f":asker{n}!a@h PRIVMSG #gsoc :!{n}" for n in range(ASKERS)))

        assert len(peer.sync()) < ASKERS


def test_reminders_go_before_answers_that_wait(scripted: Scripted) -> None:
    slow = Limits(burst=1, seconds_per_line=0.05)
    with running(scripted.network(), limits=slow, answer=repeat) as bot:
        peer = scripted.accept()
        peer.let_in()
        wait_until(lambda: bot.link.channels() == [CHANNEL])
        peer.send(*(f":ana!a@h PRIVMSG #gsoc :!{n}" for n in range(9)))
        peer.sync()
        written = bot.begin(bot.link.write(Say(NETWORK, CHANNEL, "reminder", notice=True)))
        written.result(5)

        assert "NOTICE #gsoc :reminder" in peer.until("NOTICE")
        assert len(peer.until("PRIVMSG #gsoc :8")) >= 5


# --- what becomes of a reminder


@pytest.fixture
def joined(scripted: Scripted) -> Iterator[tuple[Running, Peer]]:
    """A bot in its channel, on a server that answers no PING by itself."""
    with running(scripted.network(), times=replace(QUICK, confirm=0.5)) as bot:
        peer = scripted.accept()
        peer.let_in()
        wait_until(lambda: bot.link.channels() == [CHANNEL])
        yield bot, peer


REMINDER = Say(NETWORK, CHANNEL, "reminder")


def pong(ping: str) -> str:
    """The answer to a PING."""
    return f":irc.test PONG irc.test {ping.removeprefix('PING ')}"


@pytest.mark.parametrize("form", [":irc.test PONG irc.test {}", ":irc.test PONG {}", "PONG {}"])
def test_a_reminder_is_confirmed_by_the_answer_to_a_ping(
    joined: tuple[Running, Peer], form: str
) -> None:
    bot, peer = joined
    bot.do(bot.link.write(REMINDER))
    confirmed = bot.begin(bot.link.confirm(REMINDER))
    ping = peer.until("PING ")[-1]
    peer.send(form.format(ping.removeprefix("PING ")))

    assert confirmed.result(5) is None


@pytest.mark.parametrize("numeric", ["401", "403", "404", "442", "477"])
def test_a_reminder_that_the_server_refuses_is_known(
    joined: tuple[Running, Peer], numeric: str
) -> None:
    bot, peer = joined
    bot.do(bot.link.write(REMINDER))
    confirmed = bot.begin(bot.link.confirm(REMINDER))
    ping = peer.until("PING ")[-1]
    peer.send(f":irc.test {numeric} gsocbot #GSoC :Cannot", pong(ping))

    assert confirmed.result(5) == numeric


def test_the_refusal_of_another_line_is_not_the_reminders(joined: tuple[Running, Peer]) -> None:
    bot, peer = joined
    peer.send(":irc.test 404 gsocbot #gsoc :Cannot")
    peer.sync()
    bot.do(bot.link.write(REMINDER))
    confirmed = bot.begin(bot.link.confirm(REMINDER))
    ping = peer.until("PING ")[-1]
    peer.send(":irc.test 401 gsocbot ana :No such nick", pong(ping))

    assert confirmed.result(5) is None


def test_a_reminder_is_not_confirmed_by_a_later_connection(
    scripted: Scripted, joined: tuple[Running, Peer]
) -> None:
    bot, peer = joined
    bot.do(bot.link.write(REMINDER))
    peer.reset()
    scripted.accept().let_in()
    wait_until(lambda: bot.link.channels() == [CHANNEL])

    with pytest.raises(Gone, match="ended"):
        bot.do(bot.link.confirm(REMINDER))


def test_a_reminder_is_not_confirmed_when_the_connection_ends(
    joined: tuple[Running, Peer],
) -> None:
    bot, peer = joined
    bot.do(bot.link.write(REMINDER))
    confirmed = bot.begin(bot.link.confirm(REMINDER))
    peer.until("PING ")
    peer.reset()

    with pytest.raises(Gone, match="ended"):
        confirmed.result(5)


def test_a_reminder_is_not_confirmed_by_silence(joined: tuple[Running, Peer]) -> None:
    bot, _ = joined
    bot.do(bot.link.write(REMINDER))

    with pytest.raises(Gone, match="does not answer"):
        bot.do(bot.link.confirm(REMINDER))


def test_a_reminder_that_could_not_leave_is_not_said_on_the_next_connection(
    scripted: Scripted, joined: tuple[Running, Peer]
) -> None:
    bot, peer = joined

    bot.talk_a_lot(CHANNEL)
    written = bot.begin(bot.link.write(REMINDER))
    peer.send("ERROR :Closing link, but not closing it")

    later = scripted.accept()
    later.let_in()
    with pytest.raises(Gone):
        written.result(5)
    assert later.sync() == []


def test_the_servers_of_a_network_are_tried_in_turn(scripted: Scripted) -> None:
    with Scripted() as second:
        network = scripted.network(more_servers=(f"127.0.0.1:{second.port}",))
        with running(network):
            scripted.accept().reset()
            second.accept().reset()
            scripted.accept().reset()
            peer = second.accept()
            peer.let_in()

            assert peer.sync() == []
