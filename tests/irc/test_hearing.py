"""What is heard and what is not; what clients ask for; whose invitations are followed."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from gsocbot.talk import Heard
from tests.irc.running import QUICK, Running, running, wait_until
from tests.irc.scripted import CHANNEL, Peer, Scripted

CALM = replace(QUICK, rejoin=60)
ANA = ":ana!a@host.example.org"
CAPS = "message-tags batch echo-message server-time account-tag invite-notify"
VERSION = f"{ANA} PRIVMSG gsocbot :\x01VERSION\x01"


@pytest.fixture
def server() -> Iterator[Scripted]:
    with Scripted() as listening:
        yield listening


@pytest.fixture
def bot(server: Scripted) -> Iterator[Running]:
    with running(server.network()) as started:
        yield started


@pytest.fixture
def peer(server: Scripted, bot: Running) -> Peer:
    """The server's side once the bot is in its channel."""
    registered = server.accept()
    registered.let_in(CAPS, "STATUSMSG=@+ CHANTYPES=#&")
    return registered


def texts(bot: Running, peer: Peer, *lines: str) -> list[str]:
    """What is heard of some lines."""
    return [heard.text for heard in all_of(bot, peer, *lines)]


def all_of(bot: Running, peer: Peer, *lines: str) -> list[Heard]:
    """What is heard of some lines, and that nothing is said to them."""
    peer.send(*lines)
    assert peer.sync() == []
    return bot.all_heard()


# --- what is heard


@pytest.mark.parametrize(
    ("line", "channel", "text", "action"),
    [
        (f"PRIVMSG {CHANNEL} :hello", CHANNEL, "hello", False),
        (f"PRIVMSG {CHANNEL} hello", CHANNEL, "hello", False),
        ("PRIVMSG gsocbot :hello", None, "hello", False),
        ("PRIVMSG GSOCBOT :hello", None, "hello", False),
        (f"PRIVMSG {CHANNEL.upper()} :hello", CHANNEL, "hello", False),
        (f"PRIVMSG {CHANNEL} :\x01ACTION waves\x01", CHANNEL, "waves", True),
        (f"PRIVMSG {CHANNEL} :\x01ACTION waves", CHANNEL, "waves", True),
        (f"PRIVMSG {CHANNEL} :\x01action waves\x01", CHANNEL, "waves", True),
        ("PRIVMSG gsocbot :\x01ACTION waves\x01", None, "waves", True),
        (f"PRIVMSG @{CHANNEL} :hello", CHANNEL, "hello", False),
        (f"PRIVMSG +{CHANNEL} :\x01ACTION waves\x01", CHANNEL, "waves", True),
        (f"PRIVMSG @+{CHANNEL} :hello", CHANNEL, "hello", False),
        ("PRIVMSG &local :hello", "&local", "hello", False),
    ],
)
def test_a_line_is_heard_with_where_it_was_said_and_how(
    bot: Running, peer: Peer, line: str, channel: str | None, text: str, action: bool
) -> None:
    [heard] = all_of(bot, peer, f"{ANA} {line}")

    assert (heard.channel, heard.text, heard.action) == (channel, text, action)
    assert (heard.nick, heard.host, heard.me) == ("ana", "host.example.org", "gsocbot")


def test_a_private_line_tells_which_channels_are_shared(bot: Running, peer: Peer) -> None:
    lines = f"{ANA} JOIN {CHANNEL}", f"{ANA} PRIVMSG gsocbot :hello"
    [here] = all_of(bot, peer, *lines)
    [gone] = all_of(bot, peer, f"{ANA} PART {CHANNEL}", lines[1])

    assert (here.shared, gone.shared) == ((CHANNEL,), ())


# --- what is not


@pytest.mark.parametrize(
    "line",
    [
        f"{ANA} NOTICE {CHANNEL} :!hello",
        f"{ANA} NOTICE @{CHANNEL} :!hello",
        f"{ANA} NOTICE gsocbot :!hello",
        f"{ANA} NOTICE gsocbot :\x01ACTION waves\x01",
        f"@account=ana {ANA} NOTICE {CHANNEL} :!hello",
        f":gsocbot!b@h PRIVMSG {CHANNEL} :!hello",
        f":GSocBot!b@h PRIVMSG {CHANNEL} :!hello",
        "@label=g1 :gsocbot!b@h PRIVMSG ana :!hello",
        ":gsocbot!b@h PRIVMSG gsocbot :!hello",
        f":gsocbot!b@h PRIVMSG {CHANNEL} :\x01ACTION waves\x01",
        f"@bot {ANA} PRIVMSG {CHANNEL} :!hello",
        f"@bot= {ANA} PRIVMSG gsocbot :!hello",
        f"@bot=1;account=ana {ANA} PRIVMSG gsocbot :!hello",
        f"@bot {ANA} PRIVMSG {CHANNEL} :\x01ACTION waves\x01",
        f":irc.test PRIVMSG {CHANNEL} :!hello",
        ":irc.test PRIVMSG gsocbot :!hello",
        "PRIVMSG gsocbot :!hello",
        ":irc.test NOTICE * :!hello",
        ":irc.test 372 gsocbot :!hello",
        f":irc.test 332 gsocbot {CHANNEL} :!hello",
        f"{ANA} TOPIC {CHANNEL} :!hello",
        f"{ANA} PART {CHANNEL} :!hello",
        f"{ANA} TAGMSG {CHANNEL}",
        f"{ANA} PRIVMSG {CHANNEL} :\x01DCC SEND x 1 2 3\x01",
        f"{ANA} PRIVMSG {CHANNEL} :\x01\x01",
    ],
)
def test_what_no_person_says_is_not_heard(bot: Running, peer: Peer, line: str) -> None:
    assert all_of(bot, peer, line) == []


def test_nothing_is_heard_before_the_server_has_let_it_in(server: Scripted) -> None:
    with running(server.network()) as bot:
        peer = server.accept()
        peer.negotiate()
        peer.send(f"{ANA} PRIVMSG gsocbot :hello", VERSION)

        assert peer.sync() == []
        assert bot.all_heard() == []


def test_history_is_not_heard_and_what_is_said_meanwhile_is(bot: Running, peer: Peer) -> None:
    heard = texts(
        bot,
        peer,
        f":irc.test BATCH +1 chathistory {CHANNEL}",
        f"@batch=1;time=2020-01-01T00:00:00.000Z {ANA} PRIVMSG {CHANNEL} :old",
        f"{ANA} PRIVMSG {CHANNEL} :now",
        f"@batch=1 {ANA} PRIVMSG gsocbot :old in private",
        f"@batch=1 {ANA} PRIVMSG {CHANNEL} :\x01ACTION did\x01",
        f"@batch=2 {ANA} PRIVMSG {CHANNEL} :in another batch",
        ":irc.test BATCH -1",
        f"@batch=1 {ANA} PRIVMSG {CHANNEL} :later",
    )

    assert heard == ["now", "in another batch", "later"]


def test_a_batch_inside_history_is_history(bot: Running, peer: Peer) -> None:
    heard = texts(
        bot,
        peer,
        f":irc.test BATCH +1 chathistory {CHANNEL}",
        f"@batch=1 :irc.test BATCH +2 draft/multiline {CHANNEL}",
        f"@batch=2 :irc.test BATCH +3 netjoin a b {CHANNEL}",
        f"@batch=2 {ANA} PRIVMSG {CHANNEL} :old",
        f"@batch=3 {ANA} PRIVMSG {CHANNEL} :older",
        ":irc.test BATCH -3",
        ":irc.test BATCH -2",
        ":irc.test BATCH -1",
        f"{ANA} PRIVMSG {CHANNEL} :now",
    )

    assert heard == ["now"]


def test_history_in_a_batch_of_another_kind_is_history(bot: Running, peer: Peer) -> None:
    heard = texts(
        bot,
        peer,
        ":irc.test BATCH +1 labeled-response",
        f"@batch=1 :irc.test BATCH +2 chathistory {CHANNEL}",
        f"@batch=1 {ANA} PRIVMSG {CHANNEL} :now",
        f"@batch=2 {ANA} PRIVMSG {CHANNEL} :old",
    )

    assert heard == ["now"]


# --- what clients ask for


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("VERSION", "VERSION gsocbot"),
        ("version", "VERSION gsocbot"),
        ("PING 123 456", "PING 123 456"),
        ("TIME", "TIME Mon, 02 Mar 2026 10:00:00 +0000"),
        ("SOURCE", "SOURCE gsocbot is free software (Apache-2.0); ask !about"),
    ],
)
def test_ctcp_is_answered_with_a_notice_and_not_heard(
    bot: Running, peer: Peer, asked: str, answer: str
) -> None:
    peer.send(f"{ANA} PRIVMSG gsocbot :\x01{asked}\x01")

    assert peer.sync() == [f"NOTICE ana :\x01{answer}\x01"]
    assert bot.all_heard() == []


def test_ctcp_in_a_channel_is_answered_to_who_asked(bot: Running, peer: Peer) -> None:
    peer.send(f"{ANA} PRIVMSG {CHANNEL} :\x01VERSION\x01")

    assert peer.sync() == ["NOTICE ana :\x01VERSION gsocbot\x01"]


def test_an_endless_ping_is_cut(bot: Running, peer: Peer) -> None:
    peer.send(f"{ANA} PRIVMSG gsocbot :\x01PING {'x' * 400}\x01")

    assert peer.sync() == [f"NOTICE ana :\x01PING {'x' * 100}\x01"]


@pytest.mark.parametrize(
    "line",
    [
        f"{ANA} PRIVMSG gsocbot :\x01FINGER\x01",
        f"{ANA} PRIVMSG gsocbot :\x01CLIENTINFO\x01",
        f"{ANA} PRIVMSG gsocbot :\x01USERINFO\x01",
        f"{ANA} PRIVMSG gsocbot :\x01DCC CHAT chat 1 2\x01",
        f"{ANA} PRIVMSG gsocbot :\x01\x01",
        f"{ANA} NOTICE gsocbot :\x01VERSION\x01",
        f"{ANA} NOTICE gsocbot :\x01PING 1\x01",
        f"{ANA} NOTICE {CHANNEL} :\x01VERSION\x01",
        ":gsocbot!b@h PRIVMSG gsocbot :\x01VERSION\x01",
        ":irc.test PRIVMSG gsocbot :\x01VERSION\x01",
        f"@bot {VERSION}",
    ],
)
def test_other_ctcp_is_not_answered_and_not_heard(bot: Running, peer: Peer, line: str) -> None:
    assert all_of(bot, peer, line) == []


def test_three_ctcps_a_minute_are_answered_whoever_asks_for_what(bot: Running, peer: Peer) -> None:
    kinds = ["VERSION", "PING 1", "TIME", "SOURCE"] * 125
    peer.send(
        *(
            f":p{n}!p@h{n} PRIVMSG {to} :\x01{kind}\x01"
            for n, kind in enumerate(kinds)
            for to in ("gsocbot", CHANNEL)
        )
    )

    assert len(peer.sync()) == 3
    assert bot.all_heard() == []


def test_what_is_not_answered_uses_up_none_of_the_three(bot: Running, peer: Peer) -> None:
    peer.send(*[f"{ANA} PRIVMSG gsocbot :\x01FINGER\x01", f"@bot {VERSION}"] * 20)
    assert peer.sync() == []
    peer.send(VERSION)

    assert peer.sync() == ["NOTICE ana :\x01VERSION gsocbot\x01"]


def test_a_flood_of_notices_is_passed_over(bot: Running, peer: Peer) -> None:
    flood = [f"{ANA} NOTICE {to} :!op gsocbot" for to in ("gsocbot", CHANNEL)] * 500

    assert all_of(bot, peer, *flood) == []


# --- invitations


async def everybody(_heard: Heard) -> bool:
    return True


async def odile_alone(heard: Heard) -> bool:
    return heard.account == "odile"


INVITED = "@account=odile :odile!o@h INVITE gsocbot #elsewhere"


def invited(server: Scripted, caps: str = CAPS) -> Peer:
    """The server's side once the bot is in its channel."""
    peer = server.accept()
    peer.let_in(caps)
    return peer


def test_where_an_organiser_invites_it_to_it_goes(server: Scripted) -> None:
    with running(server.network(), times=CALM, may_invite=odile_alone) as bot:
        peer = invited(server)
        peer.send(INVITED)
        assert peer.until("JOIN ") == ["JOIN #elsewhere"]
        peer.send(":gsocbot!b@h JOIN #elsewhere")

        assert peer.sync() == []
        assert bot.troubles == []
        peer.send(f"{ANA} PRIVMSG #Elsewhere :hello")
        assert bot.next_heard().channel == "#elsewhere"


@pytest.mark.parametrize(
    "line",
    [
        "@account=eve :odile!o@h INVITE gsocbot #elsewhere",
        ":odile!o@h INVITE gsocbot #elsewhere",
        "@account=odile :odile!o@h INVITE kofi #elsewhere",
        "@account=odile :odile!o@h INVITE gsocbot",
        "@account=odile :odile!o@h INVITE",
        "@account=odile;bot :odile!o@h INVITE gsocbot #elsewhere",
        "@account=odile :irc.test INVITE gsocbot #elsewhere",
        "@account=odile INVITE gsocbot #elsewhere",
        "@account=odile :gsocbot!b@h INVITE gsocbot #elsewhere",
        "@account=odile;batch=1 :odile!o@h INVITE gsocbot #elsewhere",
    ],
)
def test_other_invitations_are_not_followed(server: Scripted, line: str) -> None:
    with running(server.network(), times=CALM, may_invite=odile_alone) as bot:
        peer = invited(server)
        peer.send(f":irc.test BATCH +1 chathistory {CHANNEL}", line)

        assert peer.sync() == []
        assert peer.sync() == []  # one more turn, for whoever had to be asked about
        assert bot.all_heard() == []


def test_a_stranger_may_not_invite_whatever_else_is_allowed(server: Scripted) -> None:
    with running(server.network(), times=CALM, may_invite=everybody):
        peer = invited(server)
        peer.send(":odile!o@h INVITE gsocbot #elsewhere")

        assert peer.sync() == []
        assert peer.sync() == []


def test_who_invites_it_is_asked_about_where_the_server_does_not_tell(server: Scripted) -> None:
    with running(server.network(), times=CALM, may_invite=odile_alone):
        peer = invited(server, "")
        peer.send(":odile!o@h INVITE gsocbot #elsewhere")
        assert peer.until("WHOIS ") == ["WHOIS odile"]
        peer.send(":irc.test 330 gsocbot odile Odile :is", ":irc.test 318 gsocbot odile :End")

        assert peer.until("JOIN ") == ["JOIN #elsewhere"]


def test_nobody_may_invite_it_where_nothing_else_is_said(server: Scripted) -> None:
    with running(server.network(), times=CALM):
        peer = invited(server)
        peer.send(INVITED)

        assert peer.sync() == []
        assert peer.sync() == []


def test_before_it_is_in_no_invitation_is_followed(server: Scripted) -> None:
    with running(server.network(), times=CALM, may_invite=everybody):
        peer = server.accept()
        peer.negotiate(CAPS)
        peer.send(INVITED)
        assert peer.sync() == []

        assert peer.greet() == [f"JOIN {CHANNEL}"]
        assert peer.sync() == [f"MODE {CHANNEL}"]


def test_an_invitation_to_its_own_channel_opens_the_door_at_once(server: Scripted) -> None:
    with running(server.network(), times=CALM, may_invite=odile_alone) as bot:
        peer = server.accept()
        peer.negotiate(CAPS)
        peer.send(":irc.test 001 gsocbot :Welcome", ":irc.test 376 gsocbot :End of MOTD")
        peer.until(f"JOIN {CHANNEL}")
        peer.send(f":irc.test 473 gsocbot {CHANNEL} :Cannot join channel (+i)")
        assert peer.sync() == []
        peer.send(INVITED.replace("#elsewhere", CHANNEL.upper()))
        peer.until(f"JOIN {CHANNEL}")
        peer.send(f":gsocbot!b@h JOIN {CHANNEL}")

        wait_until(lambda: bot.link.channels() == [CHANNEL])


def test_a_hundred_invitations_of_strangers_lead_nowhere(server: Scripted) -> None:
    with running(server.network(), times=CALM, may_invite=odile_alone):
        peer = invited(server)
        peer.send(*(f"@account=p{n} :p{n}!p@h INVITE gsocbot #c{n}" for n in range(100)))

        assert peer.sync() == []
        assert peer.sync() == []


@pytest.mark.parametrize("channel", ["0", "#a,#b", "elsewhere", "#a,0"])
def test_an_invitation_to_what_is_no_channel_is_not_followed(
    server: Scripted, channel: str
) -> None:
    with running(server.network(), times=CALM, may_invite=everybody) as bot:
        peer = invited(server)
        peer.send(INVITED.replace("#elsewhere", channel))

        assert peer.sync() == []
        assert peer.sync() == []
        assert bot.link.channels() == [CHANNEL]
