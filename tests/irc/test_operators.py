"""Who is an operator of a channel: with every line it is heard whether its author is one there."""

from collections.abc import Iterator

import pytest

from gsocbot.config import Channel
from gsocbot.irc.modes import Modes
from gsocbot.irc.wire import Features
from tests.irc.running import running
from tests.irc.scripted import CHANNEL, Peer, Scripted

OTHER = "#other"
FULL = "PREFIX=(qaohv)~&@%+ CHANMODES=beI,k,lj,imnpst"
PLAIN = "PREFIX=(ov)@+ CHANMODES=b,k,l,imnpst"
ODD = "PREFIX=(Yov)!$+ CHANMODES=b,k,l,imnpst"
SAYS = f":ana!a@h PRIVMSG {CHANNEL} :hello"
OP = f":op!o@h MODE {CHANNEL} +o ana"
DEOP = f":op!o@h MODE {CHANNEL} -o ana"
JOINS = f":ana!a@h JOIN {CHANNEL}"
KICKED = f":op!o@h KICK {CHANNEL} gsocbot"
QUITS = ":ana!a@h QUIT :a.example.org b.example.org"


@pytest.fixture
def server() -> Iterator[Scripted]:
    with Scripted() as listening:
        yield listening


def names(*words: str, channel: str = CHANNEL) -> str:
    return f":irc.test 353 gsocbot = {channel} :{' '.join(words)}"


def mode(words: str, channel: str = CHANNEL) -> str:
    return f":op!o@h MODE {channel} {words}"


CASES: dict[str, tuple[str, list[str], list[bool]]] = {
    # --- the list of names
    "nobody is one unless told": (FULL, [SAYS], [False]),
    "an operator": (FULL, [names("gsocbot", "@ana"), SAYS], [True]),
    "a half-operator": (FULL, [names("%ana"), SAYS], [True]),
    "an owner": (FULL, [names("~ana"), SAYS], [True]),
    "a voice": (FULL, [names("+ana"), SAYS], [False]),
    "no sign": (FULL, [names("ana"), SAYS], [False]),
    "several signs": (FULL, [names("@%+ana"), SAYS], [True]),
    "a name with its host": (FULL, [names("@+ana!a@h"), SAYS], [True]),
    "in other letters": (FULL, [names("@ANA"), SAYS], [True]),
    "a list that no longer says so": (FULL, [names("@ana"), names("ana"), SAYS], [False]),
    "another channel's list": (FULL, [names("ana"), names("@ana", channel=OTHER), SAYS], [False]),
    "signs of another server": (ODD, [names("$ana"), SAYS], [True]),
    "one above the operators": (ODD, [names("!ana"), SAYS], [True]),
    "a sign that is not in PREFIX": (ODD, [names("@ana"), SAYS], [False]),
    "no ranks at all": ("PREFIX=", [names("@ana"), OP, SAYS], [False]),
    "nobody above a voice": ("PREFIX=(v)+", [names("+ana"), mode("+v ana"), SAYS], [False]),
    "as RFC 1459 has it": ("NETWORK=x", [JOINS, OP, SAYS], [True]),
    # --- changes
    "made one": (FULL, [JOINS, SAYS, OP, SAYS], [False, True]),
    "one no longer": (FULL, [names("@ana"), DEOP, SAYS], [False]),
    "made and unmade at once": (FULL, [JOINS, mode("+o-o ana ana"), SAYS], [False]),
    "half an operator is left": (FULL, [names("@%ana"), DEOP, SAYS], [True]),
    "nothing is left": (FULL, [names("@%ana"), mode("-oh ana ana"), SAYS], [False]),
    "given twice, taken once": (FULL, [JOINS, OP, OP, DEOP, SAYS], [False]),
    "somebody else": (FULL, [JOINS, names("kofi"), mode("+o kofi"), SAYS], [False]),
    "a voice given": (FULL, [JOINS, mode("+v ana"), SAYS], [False]),
    "in another channel": (FULL, [JOINS, mode("+o ana", OTHER), SAYS], [False]),
    "the channel in other letters": (FULL, [JOINS, mode("+o ana", "#GSoC"), SAYS], [True]),
    "a ban on that name": (FULL, [JOINS, mode("+b ana"), SAYS], [False]),
    "behind modes with words": (FULL, [JOINS, mode("+bklo x!*@* key 5 ana"), SAYS], [True]),
    "behind a mode of that server alone": (FULL, [JOINS, mode("+jo 3:5 ana"), SAYS], [True]),
    "behind modes without": (FULL, [JOINS, mode("+nt-l+o ana"), SAYS], [True]),
    "behind a limit that goes": (FULL, [JOINS, mode("-lj+o ana"), SAYS], [True]),
    "behind a key that is named": (FULL, [names("@ana"), mode("-ko key ana"), SAYS], [False]),
    "behind a key that is not": (FULL, [names("@ana"), mode("-ko ana"), SAYS], [False]),
    "half-operators that are none": (PLAIN, [JOINS, mode("+h ana"), SAYS], [False]),
    "without a word": (FULL, [JOINS, mode("+o"), SAYS], [False]),
    "without anything": (FULL, [names("@ana"), f":op!o@h MODE {CHANNEL}", "MODE", SAYS], [True]),
    "a mode of the bot's own": (FULL, [JOINS, ":gsocbot!b@h MODE gsocbot +o ana", SAYS], [False]),
    # --- people who move
    "called otherwise": (
        FULL,
        [names("@ana"), ":ana!a@h NICK bea", f":bea!a@h PRIVMSG {CHANNEL} :hello"],
        [True],
    ),
    "who takes the nick": (
        FULL,
        [names("@ana", "kofi"), ":ana!a@h NICK bea", ":kofi!k@h NICK ana", SAYS],
        [False],
    ),
    "gone and back": (FULL, [names("@ana"), f":ana!a@h PART {CHANNEL}", JOINS, SAYS], [False]),
    "gone from one, not from the other": (
        FULL,
        [names("@ana"), names("ana", channel=OTHER), f":ana!a@h PART {CHANNEL}", JOINS, SAYS],
        [False],
    ),
    "gone, but heard from outside": (
        FULL,
        [names("@ana"), names("ana", channel=OTHER), f":ana!a@h PART {CHANNEL}", SAYS],
        [False],
    ),
    "kicked and back": (FULL, [names("@ana"), f":op!o@h KICK {CHANNEL} ana", JOINS, SAYS], [False]),
    "a netsplit": (FULL, [names("@ana"), QUITS, JOINS, SAYS, OP, SAYS], [False, True]),
    "a netsplit, and a line from outside": (FULL, [names("@ana"), QUITS, SAYS], [False]),
    "a stranger outside": (FULL, [OP, SAYS], [False]),
    "somebody known outside": (FULL, [names("ana", channel=OTHER), OP, SAYS], [False]),
    "the bot was out": (
        FULL,
        [names("@ana"), KICKED, f":gsocbot!b@h JOIN {CHANNEL}", names("ana"), SAYS],
        [False],
    ),
    # --- where
    "in private": (FULL, [names("@ana"), ":ana!a@h PRIVMSG gsocbot :hello"], [False]),
    "in the other channel": (
        FULL,
        [names("@ana"), names("ana", channel=OTHER), f":ana!a@h PRIVMSG {OTHER} :hello", SAYS],
        [False, True],
    ),
    "to operators alone": (
        f"{FULL} STATUSMSG=@+",
        [names("@ana"), f":ana!a@h PRIVMSG @{CHANNEL} :hello"],
        [True],
    ),
    "what a bridge passes on": (
        FULL,
        [names("@bridge"), f":bridge!b@h PRIVMSG {CHANNEL} :<ana> hello"],
        [False],
    ),
    "a deed": (FULL, [names("@ana"), f":ana!a@h PRIVMSG {CHANNEL} :\x01ACTION waves\x01"], [True]),
}


def in_channels(server: Scripted, isupport: str) -> Peer:
    peer = server.accept()
    peer.let_in("multi-prefix userhost-in-names message-tags", isupport)
    return peer


@pytest.mark.parametrize("case", CASES)
def test_a_line_tells_whether_its_author_is_an_operator_there(server: Scripted, case: str) -> None:
    isupport, lines, wanted = CASES[case]
    channels = {name: Channel(season="test") for name in (CHANNEL, OTHER)}
    with running(server.network(channels=channels, relays=["bridge"])) as bot:
        peer = in_channels(server, isupport)
        peer.send(*lines)
        peer.sync()

        assert [heard.op for heard in bot.all_heard()] == wanted


# --- other nicks


def test_everybodys_other_nick_is_told_but_the_bots_own(server: Scripted) -> None:
    with running(server.network()) as bot:
        peer = in_channels(server, "CASEMAPPING=rfc1459")
        peer.send(
            names("ana", "kofi[m]"),
            ":ana!a@h NICK :bea",
            ":kofi[m]!k@h NICK KOFI{M}",  # the same nick on this network
            ":KOFI{M}!k@h NICK kofi",
            ":gsocbot!b@h NICK gsocbot_",
            "@bot :robot!r@h NICK robot2",
            ":robot NICK",
        )
        peer.sync()

        assert bot.renamed == [
            ("test", "ana", "bea"),
            ("test", "KOFI{M}", "kofi"),
            ("test", "robot", "robot2"),
        ]


def test_by_another_casemapping_the_same_letters_are_another_nick(server: Scripted) -> None:
    with running(server.network()) as bot:
        peer = in_channels(server, "CASEMAPPING=ascii")
        peer.send(":kofi[m]!k@h NICK KOFI{M}", ":Ana!a@h NICK aNA")
        peer.sync()

        assert bot.renamed == [("test", "kofi[m]", "KOFI{M}")]


# --- how modes are written

WRITTEN = {
    "+o ana": [(True, "o", "ana")],
    "-o+v ana kofi": [(False, "o", "ana"), (True, "v", "kofi")],
    "+b-b a b": [(True, "b", "a"), (False, "b", "b")],
    "+l-l 5": [(True, "l", "5"), (False, "l", "")],
    "+k-k key key": [(True, "k", "key"), (False, "k", "key")],
    "-k+o ana": [(False, "k", ""), (True, "o", "ana")],
    "+t-n": [(True, "t", ""), (False, "n", "")],
    "nt": [(True, "n", ""), (True, "t", "")],
    "+Zo ana": [(True, "Z", ""), (True, "o", "ana")],
    "+oo ana": [(True, "o", "ana"), (True, "o", "")],
    "+-": [],
    "": [],
}


@pytest.mark.parametrize("words", WRITTEN)
def test_every_mode_has_the_word_that_is_its_own(words: str) -> None:
    features = Features()
    features.load(["me", *FULL.split(), "are supported"])

    assert list(Modes(features).changes(words.split())) == WRITTEN[words]


@pytest.mark.parametrize("tokens", ["CHANMODES", "CHANMODES=", "-CHANMODES", "PREFIX=ov", "x"])
def test_odd_tokens_leave_modes_as_rfc_1459_has_them(tokens: str) -> None:
    features = Features()
    features.load(["me", tokens, "are supported"])
    changes = list(Modes(features).changes(["+lkbto", "5", "key", "mask", "ana"]))

    assert changes[-1] == (True, "o", "ana")
    assert Modes(features).operators == {"o"}
