"""Who is who: whatever happens on a network, nobody is heard with an account that is not theirs."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from gsocbot.cli import main
from gsocbot.talk import Heard, Say
from tests.faults.process import installed
from tests.irc.running import NETWORK, Running, running
from tests.irc.scripted import CHANNEL, Peer, Scripted

ALL = "account-tag account-notify extended-join message-tags"
NOTIFY = "account-notify extended-join"
NO_TAG = "message-tags"
JOINS_ALONE = "extended-join"
NOTHING = ""

WHOX, RFC1459, ASCII = "WHOX", "WHOX CASEMAPPING=rfc1459", "WHOX CASEMAPPING=ascii"
STRICT = "WHOX CASEMAPPING=strict-rfc1459"
THERE = f":irc.test 353 gsocbot = {CHANNEL} :gsocbot @+ana!a@h kofi bridge"
KNOWN = ":irc.test 354 gsocbot 77 ana mira"
MIRA = "mira"


@pytest.fixture
def server() -> Iterator[Scripted]:
    with Scripted() as listening:
        yield listening


def says(nick: str, account: str | None = None, tag: str = "account") -> tuple[str, ...]:
    """Somebody says a line in the channel and one in private, with an account on it or without."""
    tags = f"@{tag}={account} " if account is not None else ""
    return tuple(f"{tags}:{nick}!u@h PRIVMSG {to} :!me" for to in (CHANNEL, "gsocbot"))


def lines_of(events: Iterable[str | tuple[str, ...]]) -> list[str]:
    """All lines of some events, in their order."""
    return [line for event in events for line in ([event] if isinstance(event, str) else event)]


def in_channel(server: Scripted, caps: str, isupport: str = WHOX, nick: str = "gsocbot") -> Peer:
    """The server's side once the bot is in its channel, with ana, kofi and a bridge."""
    peer = server.accept()
    peer.let_in(caps, isupport, nick)
    peer.send(THERE)
    return peer


def heard(bot: Running, peer: Peer, *events: str | tuple[str, ...]) -> list[Heard]:
    """What is heard of some events."""
    peer.send(*lines_of(events))
    peer.sync()
    return bot.all_heard()


Events = list[str | tuple[str, ...]]
CASES: dict[str, tuple[str, str, Events, list[str | None]]] = {
    # --- the account of the very line
    "a tag is the account": (ALL, WHOX, [says("ana", MIRA)], [MIRA]),
    "no tag is no account": (ALL, WHOX, [says("ana")], [None]),
    "a star is no account": (ALL, WHOX, [says("ana", "*")], [None]),
    "a zero is no account": (ALL, WHOX, [says("ana", "0")], [None]),
    "an empty tag is no account": (ALL, WHOX, [says("ana", "")], [None]),
    "logged out between two lines": (ALL, WHOX, [says("ana", MIRA), says("ana")], [MIRA, None]),
    "what was told does not stand in for a tag": (ALL, WHOX, [KNOWN, says("ana")], [None]),
    "switched between two lines": (
        ALL,
        WHOX,
        [says("ana", MIRA), says("ana", "eve")],
        [MIRA, "eve"],
    ),
    "a tag outdoes what was told": (ALL, WHOX, [KNOWN, says("ana", "eve")], ["eve"]),
    "the nick of a mentor": (ALL, WHOX, [says("mira")], [None]),
    "the nick of a mentor with another account": (ALL, WHOX, [says("mira", "eve")], ["eve"]),
    "a client's own tag": (ALL, WHOX, [says("ana", MIRA, "+account")], [None]),
    "a vendor's tag": (ALL, WHOX, [says("ana", MIRA, "example.org/account")], [None]),
    "the tag in capitals": (ALL, WHOX, [says("ana", MIRA, "ACCOUNT")], [None]),
    "an account in another case": (ALL, WHOX, [says("ana", "MiRA")], [MIRA]),
    "a homoglyph": (ALL, WHOX, [says("ana", "m\u0456ra")], ["m\u0456ra"]),
    "a capital homoglyph": (ALL, WHOX, [says("ana", "M\u0406RA")], ["m\u0406ra"]),
    "full width letters": (ALL, WHOX, [says("ana", "ｍira")], ["ｍira"]),
    "a blank without width": (ALL, WHOX, [says("ana", "mira\u200b")], ["mira\u200b"]),
    "brackets by rfc1459": (ALL, RFC1459, [says("ana", r"[M]\\~")], ["{m}|^"]),
    "brackets by strict rfc1459": (ALL, STRICT, [says("ana", "[M]~")], ["{m}~"]),
    "brackets by ascii": (ALL, ASCII, [says("ana", "[M]~")], ["[m]~"]),
    "an operator of the channel": (
        ALL,
        WHOX,
        [f":op!o@h MODE {CHANNEL} +qaohv ana ana ana ana ana", says("ana")],
        [None],
    ),
    "a host and a name that speak of an account": (
        ALL,
        WHOX,
        [tuple(line.replace("!u@h", "!mira@user/mira") for line in says("ana"))],
        [None],
    ),
    # --- tags that the server has not granted
    "a forged tag": (NO_TAG, WHOX, [says("ana", MIRA)], [None]),
    "a forged tag where accounts are told": (
        f"{NOTIFY} message-tags",
        WHOX,
        [":irc.test 354 gsocbot 77 ana 0", says("ana", MIRA)],
        [None],
    ),
    "tags that go away": (
        ALL,
        WHOX,
        [says("ana", MIRA), ":irc.test CAP * DEL :account-tag", says("ana", MIRA)],
        [MIRA, None],
    ),
    "tags that go away leave what is told": (
        ALL,
        WHOX,
        [KNOWN, ":irc.test CAP gsocbot DEL :account-tag", says("ana", "eve")],
        [MIRA],
    ),
    "tags that are taken back": (
        ALL,
        WHOX,
        [":irc.test CAP gsocbot ACK :-account-tag", says("ana", MIRA)],
        [None],
    ),
    # --- what the server tells
    "told by WHOX": (NOTIFY, WHOX, [KNOWN, says("ana")], [MIRA]),
    "told of somebody else": (NOTIFY, WHOX, [KNOWN, says("kofi")], [None]),
    "a logout": (NOTIFY, WHOX, [KNOWN, ":ana!a@h ACCOUNT *", says("ana")], [None]),
    "a login": (NOTIFY, WHOX, [":ana!a@h ACCOUNT mira", says("ana")], [MIRA]),
    "a switch": (
        NOTIFY,
        WHOX,
        [KNOWN, says("ana"), ":ana!a@h ACCOUNT eve", says("ana")],
        [MIRA, "eve"],
    ),
    "an ACCOUNT without a word": (NOTIFY, WHOX, [KNOWN, ":ana!a@h ACCOUNT", says("ana")], [None]),
    "came without an account": (
        NOTIFY,
        WHOX,
        [KNOWN, f":ana!a@h JOIN {CHANNEL} * :Ana", says("ana")],
        [None],
    ),
    "came with an account": (
        NOTIFY,
        WHOX,
        [f":eve!e@h JOIN {CHANNEL} mira :Eve", says("eve")],
        [MIRA],
    ),
    "the real name is no account": (
        "account-notify",
        WHOX,
        [f":eve!e@h JOIN {CHANNEL}", says("eve")],
        [None],
    ),
    "a nick change keeps the account": (
        NOTIFY,
        WHOX,
        [KNOWN, ":ana!a@h NICK eve", says("eve"), says("ana")],
        [MIRA, None],
    ),
    "somebody takes the nick": (
        NOTIFY,
        WHOX,
        [KNOWN, ":ana!a@h NICK eve", ":kofi!k@h NICK ana", says("ana"), says("eve")],
        [None, MIRA],
    ),
    "two people swap their nicks": (
        NOTIFY,
        WHOX,
        [
            KNOWN,
            ":irc.test 354 gsocbot 77 kofi kofi",
            ":ana!a@h NICK x",
            ":kofi!k@h NICK ana",
            ":x!a@h NICK kofi",
            says("ana"),
            says("kofi"),
        ],
        ["kofi", MIRA],
    ),
    "a late answer of WHOX": (
        NOTIFY,
        WHOX,
        [":ana!a@h NICK eve", KNOWN, says("ana"), says("eve")],
        [None, None],
    ),
    "a quit, and another of that nick": (
        NOTIFY,
        WHOX,
        [KNOWN, ":ana!a@h QUIT :bye", f":ana!x@x JOIN {CHANNEL} * :Eve", says("ana")],
        [None],
    ),
    "a netsplit": (
        NOTIFY,
        WHOX,
        [KNOWN, ":ana!a@h QUIT :a.example.org b.example.org", says("ana")],
        [None],
    ),
    "after a netsplit somebody else": (
        "account-notify",
        WHOX,
        [
            KNOWN,
            ":ana!a@h QUIT :a.example.org b.example.org",
            f":ana!x@x JOIN {CHANNEL}",
            says("ana"),
        ],
        [None],
    ),
    "out of the last shared channel": (
        NOTIFY,
        WHOX,
        [KNOWN, f":ana!a@h PART {CHANNEL}", says("ana")],
        [None],
    ),
    "kicked out of the last shared channel": (
        NOTIFY,
        WHOX,
        [KNOWN, f":op!o@h KICK {CHANNEL} ana :out", says("ana")],
        [None],
    ),
    "somebody comes back under the nick": (
        "account-notify",
        WHOX,
        [KNOWN, f":ana!a@h PART {CHANNEL}", f":ana!x@x JOIN {CHANNEL}", says("ana")],
        [None],
    ),
    "the bot is out itself": (
        NOTIFY,
        WHOX,
        [KNOWN, f":op!o@h KICK {CHANNEL} gsocbot :out", says("ana")],
        [None],
    ),
    "the bot has been out": (
        NOTIFY,
        WHOX,
        [
            KNOWN,
            f":op!o@h KICK {CHANNEL} gsocbot :out",
            f":gsocbot!b@h JOIN {CHANNEL} * :b",
            THERE,
            says("ana"),
        ],
        [None],
    ),
    "somebody who was never there": (
        NOTIFY,
        WHOX,
        [":irc.test 354 gsocbot 77 dora mira", ":dora!d@h ACCOUNT mira", says("dora")],
        [None],
    ),
    "logins are told no more": (
        NOTIFY,
        WHOX,
        [KNOWN, says("ana"), ":irc.test CAP * DEL :account-notify", says("ana")],
        [MIRA, None],
    ),
    "logins are told again": (
        NOTIFY,
        WHOX,
        [
            KNOWN,
            ":irc.test CAP * DEL :account-notify",
            ":ana!a@h QUIT :bye",
            f":ana!x@h JOIN {CHANNEL} * :x",
            ":irc.test CAP * NEW :account-notify",
            ":irc.test CAP * ACK :account-notify",
            says("ana"),
        ],
        [None],
    ),
    "a logout that nobody told of": (
        NOTIFY,
        WHOX,
        [
            KNOWN,
            ":irc.test CAP * DEL :account-notify",
            ":irc.test CAP * NEW :account-notify",
            ":irc.test CAP * ACK :account-notify",
            says("ana"),
        ],
        [None],
    ),
    "a login from before logins were told": (
        JOINS_ALONE,
        WHOX,
        [
            ":irc.test CAP * NEW :account-notify",
            f":eve!e@h JOIN {CHANNEL} mira :Eve",
            ":irc.test CAP * ACK :account-notify",
            says("eve"),
        ],
        [None],
    ),
    "services restart": (
        NOTIFY,
        WHOX,
        [
            KNOWN,
            ":irc.test 354 gsocbot 77 kofi kofi",
            ":ana!a@h ACCOUNT *",
            ":kofi!k@h ACCOUNT *",
            says("ana"),
            says("kofi"),
        ],
        [None, None],
    ),
    "services are back": (
        NOTIFY,
        WHOX,
        [KNOWN, ":ana!a@h ACCOUNT *", ":ana!a@h ACCOUNT Mira", says("ana")],
        [MIRA],
    ),
    "where a login's end is not told": (JOINS_ALONE, WHOX, [KNOWN, says("ana")], [None]),
    "where a login's end is not told of one who came": (
        JOINS_ALONE,
        WHOX,
        [f":eve!e@h JOIN {CHANNEL} mira :Eve", says("eve")],
        [None],
    ),
    "where nothing is told": (NOTHING, NOTHING, [says("ana"), says("mira")], [None, None]),
    # --- names that are compared by the server's rules
    "a logout in another case": (NOTIFY, ASCII, [KNOWN, ":ANA!a@h ACCOUNT *", says("ana")], [None]),
    "two people by ascii": (
        NOTIFY,
        ASCII,
        [
            f":a[!x@h JOIN {CHANNEL} mira :x",
            f":a{{!y@h JOIN {CHANNEL} * :y",
            says("a{"),
            says("a["),
        ],
        [None, MIRA],
    ),
    "one person by rfc1459": (
        NOTIFY,
        RFC1459,
        [f":a[!x@h JOIN {CHANNEL} mira :x", says("a{"), ":A{!x@h ACCOUNT *", says("a[")],
        [MIRA, None],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_nobody_is_heard_with_an_account_that_is_not_theirs(server: Scripted, case: str) -> None:
    caps, isupport, events, wanted = CASES[case]
    with running(server.network()) as bot:
        peer = in_channel(server, caps, isupport)
        found = heard(bot, peer, *events)

    assert [(h.channel, h.account) for h in found] == [
        (channel, account) for account in wanted for channel in (CHANNEL, None)
    ]


def test_an_account_of_one_network_is_nobodys_on_another() -> None:
    with (
        Scripted() as one,
        Scripted() as two,
        running(one.network(), name="one") as first,
        running(two.network(), name="two") as second,
    ):
        there, here = in_channel(one, ALL), in_channel(two, NOTIFY)
        found = [
            *heard(first, there, says("ana", MIRA)),
            *heard(second, here, says("ana", MIRA)),
            *heard(second, here, KNOWN, says("ana")),
        ]

    assert [(h.network, h.account) for h in found[::2]] == [
        ("one", MIRA),
        ("two", None),
        ("two", MIRA),
    ]


def test_what_was_known_on_one_connection_is_not_known_on_the_next(server: Scripted) -> None:
    with running(server.network()) as bot:
        first = in_channel(server, NOTIFY)
        assert [h.account for h in heard(bot, first, KNOWN, says("ana"))] == [MIRA, MIRA]
        first.close()
        bot.wait_down()
        second = in_channel(server, NOTIFY)

        assert [h.account for h in heard(bot, second, says("ana"))] == [None, None]


# --- a code


@pytest.fixture
def with_code(server: Scripted) -> Iterator[tuple[Running, Peer]]:
    """A network that knows no accounts, on which ana has shown a code for mira's."""
    with running(server.network()) as bot:
        peer = in_channel(server, NOTHING, "CASEMAPPING=rfc1459")
        peer.sync()
        grant(bot, "ana")
        peer.sync()
        yield bot, peer


def grant(bot: Running, nick: str) -> None:
    """Tell somebody that their code was good."""

    async def told() -> None:
        bot.link.say(Say(NETWORK, nick, "Code accepted", grants=MIRA))

    bot.do(told())


@pytest.mark.parametrize(
    ("events", "wanted"),
    [
        ([says("ana"), says("ANA"), says("kofi")], [MIRA, MIRA, None]),
        ([":ana!a@h NICK eve", says("eve"), says("ana")], [None, None]),
        ([":ana!a@h NICK eve", ":eve!a@h NICK ana", says("ana")], [None]),
        ([":ana!a@h NICK ANA", says("ana")], [None]),
        ([":ana!a@h NICK eve", ":kofi!k@h NICK ana", says("ana")], [None]),
        ([":ana!a@h QUIT :bye", says("ana")], [None]),
        ([":ana!a@h QUIT :bye", f":ana!x@x JOIN {CHANNEL}", says("ana")], [None]),
        ([f":ana!a@h PART {CHANNEL}", says("ana")], [None]),
        ([f":ana!a@h PART {CHANNEL}", f":ana!a@h JOIN {CHANNEL}", says("ana")], [None]),
        ([f":op!o@h KICK {CHANNEL} ana :out", says("ana")], [None]),
        ([f":op!o@h KICK {CHANNEL} gsocbot :out", says("ana")], [None]),
        ([":irc.test CAP * DEL :account-notify", says("ana")], [MIRA]),
    ],
)
def test_a_code_counts_until_its_holder_changes_the_nick_or_leaves(
    with_code: tuple[Running, Peer], events: Events, wanted: list[str | None]
) -> None:
    found = heard(*with_code, *events)

    assert [h.account for h in found] == [account for account in wanted for _ in range(2)]


def test_a_code_of_somebody_who_shares_no_channel_counts_for_nothing(server: Scripted) -> None:
    with running(server.network()) as bot:
        peer = in_channel(server, NOTHING, NOTHING)
        peer.sync()
        grant(bot, "dora")
        peer.sync()

        assert [h.account for h in heard(bot, peer, says("dora"))] == [None, None]


def test_a_code_does_not_outlive_the_connection(
    server: Scripted, with_code: tuple[Running, Peer]
) -> None:
    bot, peer = with_code
    peer.close()
    bot.wait_down()
    again = in_channel(server, NOTHING, NOTHING)

    assert [h.account for h in heard(bot, again, says("ana"))] == [None, None]


def test_an_account_that_the_server_names_outdoes_a_code(server: Scripted) -> None:
    with running(server.network()) as bot:
        peer = in_channel(server, ALL)
        peer.sync()
        grant(bot, "ana")
        peer.sync()

        found = heard(bot, peer, says("ana", "eve"), says("ana"))
        assert [h.account for h in found] == ["eve", "eve", MIRA, MIRA]


def test_a_code_counts_for_who_has_typed_it_and_not_for_who_has_the_nick_by_then(
    server: Scripted, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with installed(tmp_path, server.port) as process:
        main(["role", "code", MIRA, "--config", str(process.folder / "gsocbot.toml")])
        code = re.findall(r"\d{4}-\d{4}", capsys.readouterr().out)[0]
        process.start()
        peer = server.accept(20)
        peer.let_in()
        peer.send(THERE, f":ana!a@h PRIVMSG gsocbot :me code {code}")
        peer.until("WHOIS ana")
        peer.send(":ana!a@h NICK x", ":kofi!k@h NICK ana", ":irc.test 318 gsocbot ana :End")
        peer.send(":ana!k@h PRIVMSG gsocbot :me")

        assert peer.until(lambda line: "PRIVMSG" in line or "WHOIS" in line)[-1] == "WHOIS ana"


# --- bridges


def over(server: Scripted, relay: str) -> Iterator[tuple[Running, Peer]]:
    """A network on which a bridge relays another chat; the bridge is logged in."""
    with running(server.network(relays=(relay,))) as bot:
        yield bot, in_channel(server, ALL)


@pytest.fixture(params=["bridge", "BRIDGE", "*!b@*.example.org", "bri??e!*@*.example.org"])
def bridged(request: pytest.FixtureRequest, server: Scripted) -> Iterator[tuple[Running, Peer]]:
    yield from over(server, request.param)


FROM_BRIDGE = f"@account=bridge :bridge!b@irc.example.org PRIVMSG {CHANNEL} :"


@pytest.mark.parametrize(
    ("said", "nick", "text"),
    [
        ("<ana> !me", "ana", "!me"),
        ("<mira> !me", "mira", "!me"),
        ("<ana>   !me  ", "ana", "!me"),
        ("<\x0303ana\x03> !me", "ana", "!me"),
        ("\x02<\x0304,05ana\x0f>\x02 !me", "ana", "!me"),
        ("<a\u200bna> !me", "ana", "!me"),
        ("<a\u2060na> !me", "ana", "!me"),
        ("<\x04ff0000ana\x04> !me", "ana", "!me"),
        ("<Ana of  Accra> !me", "Ana_of_Accra", "!me"),
        ("<ana> <mira> !me", "ana", "<mira> !me"),
    ],
)
def test_who_speaks_over_a_bridge_has_no_account_though_the_bridge_has(
    bridged: tuple[Running, Peer], said: str, nick: str, text: str
) -> None:
    [found] = heard(*bridged, FROM_BRIDGE + said)

    assert (found.nick, found.text, found.relay) == (nick, text, "bridge")
    assert (found.account, found.unsure) == (None, False)


@pytest.mark.parametrize(
    "said", ["!me", "ana has joined", "<> !me", "< ana> !me", "<ana>!me", "<ana>", "[ana] !me"]
)
def test_what_a_bridge_says_of_itself_is_a_strangers(
    bridged: tuple[Running, Peer], said: str
) -> None:
    [found] = heard(*bridged, FROM_BRIDGE + said)

    assert (found.nick, found.text, found.relay) == ("bridge", said, None)
    assert (found.account, found.unsure) == (None, False)


def test_what_a_bridge_says_in_private_is_a_strangers(bridged: tuple[Running, Peer]) -> None:
    private = "@account=bridge :bridge!b@irc.example.org PRIVMSG gsocbot :<mira> me"
    [found] = heard(*bridged, private)

    assert (found.nick, found.text, found.relay) == ("bridge", "<mira> me", None)
    assert (found.account, found.unsure) == (None, False)


@pytest.mark.parametrize(
    ("relay", "source"),
    [
        ("bridge", "ana!a@irc.example.org"),
        ("bridge", "bridge2!b@irc.example.org"),
        ("bridge!*@*.example.org", "bridge!b@elsewhere.org"),
        ("bridge!*@*.example.org", "bridge!b@irc.example.org.evil.org"),
        ("bridge!b@irc.example.org", "bridge!x@irc.example.org"),
    ],
)
def test_who_is_no_bridge_speaks_for_nobody_else(server: Scripted, relay: str, source: str) -> None:
    for bot, peer in over(server, relay):
        [found] = heard(bot, peer, f"@account=eve :{source} PRIVMSG {CHANNEL} :<mira> !me")

        assert (found.nick, found.text) == (source.partition("!")[0], "<mira> !me")
        assert (found.account, found.relay) == ("eve", None)


def test_an_action_over_a_bridge_is_a_strangers(bridged: tuple[Running, Peer]) -> None:
    [found] = heard(*bridged, f"{FROM_BRIDGE}\x01ACTION <ana> asks gsocbot me\x01")

    assert (found.account, found.action) == (None, True)


def test_a_bridge_is_not_asked_about(server: Scripted) -> None:
    with running(server.network(relays=("bridge",))) as bot:
        peer = in_channel(server, NOTHING, NOTHING)
        found = heard(bot, peer, *(FROM_BRIDGE + said for said in ("<ana> !me", "!me")))

        assert [h.unsure for h in found] == [False, False]
