"""Asking whose account somebody has: only where it is not told, once, and of no use to others."""

import asyncio
import time
from collections.abc import Iterator
from concurrent.futures import Future

import pytest

from gsocbot.irc.presence import Presence
from gsocbot.irc.whois import MOST_ASKED, PATIENCE, Whois
from gsocbot.irc.wire import Reactor
from gsocbot.talk import Heard
from tests.irc.running import AT, Running, running
from tests.irc.scripted import CHANNEL, Peer, Scripted

IN_CHANNEL = f":irc.test 353 gsocbot = {CHANNEL} :gsocbot @ana kofi"
SAYS = f":ana!a@h PRIVMSG {CHANNEL} :!me"
SAYS_IN_PRIVATE = ":ana!a@h PRIVMSG gsocbot :me"
ACCOUNT = ":irc.test 330 gsocbot ana Mentor1 :is logged in as"
REGISTERED_NICK = ":irc.test 307 gsocbot ana :has identified for this nick"
END = ":irc.test 318 gsocbot ana :End of /WHOIS list."
NOBODY = ":irc.test 401 gsocbot ana :No such nick/channel"


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
    """A server that tells of nobody's account by itself; ana and kofi were there before the bot."""
    registered = server.accept()
    registered.let_in()
    registered.send(IN_CHANNEL)
    return registered


def asked(bot: Running, peer: Peer, line: str = SAYS, who: str = "ana") -> "Future[Heard]":
    """What a line will have been heard as, once the server has answered the question."""
    peer.send(line)
    peer.sync()
    heard = bot.next_heard()
    assert heard.unsure
    answer = bot.begin(bot.link.identified(heard))
    assert peer.until("WHOIS ") == [f"WHOIS {who}"]
    return answer


def account(answer: "Future[Heard]") -> str | None:
    """The account, as soon as it is known."""
    heard = answer.result(3)
    assert not heard.unsure
    return heard.account


# --- what the answers mean


@pytest.mark.parametrize("line", [SAYS, SAYS_IN_PRIVATE])
@pytest.mark.parametrize(
    ("answers", "known"),
    [
        ([ACCOUNT, END], "mentor1"),
        ([":irc.test 311 gsocbot ana a h * :Ana", ACCOUNT, END], "mentor1"),
        ([ACCOUNT.replace("ana", "ANA"), END.replace("ana", "ANA")], "mentor1"),
        ([END], None),
        ([NOBODY, END], None),
        ([NOBODY], None),
        ([REGISTERED_NICK, END], None),
        ([REGISTERED_NICK, ACCOUNT, END], "mentor1"),
        ([ACCOUNT.replace("Mentor1", "*"), END], None),
        ([ACCOUNT.replace("Mentor1", "0"), END], None),
        ([":irc.test 330 gsocbot ana", END], None),
        ([ACCOUNT.replace("ana", "kofi"), END], None),
    ],
)
def test_the_account_is_the_one_that_the_server_names(
    bot: Running, peer: Peer, line: str, answers: list[str], known: str | None
) -> None:
    answer = asked(bot, peer, line)
    peer.send(*answers)

    assert account(answer) == known


@pytest.mark.parametrize(
    ("answers", "known"),
    [
        ([REGISTERED_NICK, END], "ana"),
        ([REGISTERED_NICK.replace("ana", "ANA"), END], "ana"),
        ([END], None),
        ([REGISTERED_NICK.replace("ana", "kofi"), END], None),
        ([ACCOUNT, REGISTERED_NICK, END], "mentor1"),
        ([REGISTERED_NICK, ACCOUNT, END], "mentor1"),
    ],
)
def test_a_registered_nick_is_an_account_where_the_config_says_so(
    server: Scripted, answers: list[str], known: str | None
) -> None:
    with running(server.network(nick_is_account=True)) as bot:
        peer = server.accept()
        peer.let_in()
        answer = asked(bot, peer)
        peer.send(*answers)

        assert account(answer) == known


def test_an_answer_about_somebody_else_is_none(bot: Running, peer: Peer) -> None:
    answer = asked(bot, peer)
    peer.send(*(line.replace("ana", "kofi") for line in (ACCOUNT, END, NOBODY)))
    peer.sync()
    assert not answer.done()
    peer.send(END)

    assert account(answer) is None


def test_a_late_answer_about_an_earlier_question_is_none(bot: Running, peer: Peer) -> None:
    peer.send(ACCOUNT, END, ACCOUNT)
    peer.sync()
    answer = asked(bot, peer)
    peer.send(END)

    assert account(answer) is None


def test_two_lines_of_one_person_make_one_question(bot: Running, peer: Peer) -> None:
    first = asked(bot, peer)
    peer.send(SAYS_IN_PRIVATE)
    peer.sync()
    second = bot.begin(bot.link.identified(bot.next_heard()))
    assert peer.sync() == []
    peer.send(ACCOUNT, END)

    assert (account(first), account(second)) == ("mentor1", "mentor1")


def test_where_nothing_tells_when_a_login_ends_each_line_is_asked_about(
    bot: Running, peer: Peer
) -> None:
    first = asked(bot, peer)
    peer.send(ACCOUNT, END)
    assert account(first) == "mentor1"
    second = asked(bot, peer)
    peer.send(END)

    assert account(second) is None


# --- who is not there any more, or is somebody else now


@pytest.mark.parametrize(
    "between",
    [
        [":ana!a@h NICK eve"],
        [":ana!a@h NICK eve", ":kofi!k@h NICK ana"],
        [":kofi!k@h NICK ana"],
        [":ana!a@h QUIT :bye"],
        [":ana!a@h QUIT :a.example.org b.example.org", f":ana!x@x JOIN {CHANNEL}"],
        [":ANA!a@h NICK eve"],
    ],
)
def test_who_changes_the_nick_or_leaves_before_the_answer_is_nobody(
    bot: Running, peer: Peer, between: list[str]
) -> None:
    answer = asked(bot, peer)
    peer.send(*between, ACCOUNT, END)

    assert account(answer) is None


def test_the_answer_after_a_nick_change_is_nobodys_later_either(server: Scripted) -> None:
    with running(server.network()) as bot:
        peer = server.accept()
        peer.let_in("account-notify")
        peer.send(IN_CHANNEL)
        answer = asked(bot, peer)
        peer.send(":ana!a@h NICK eve", ":kofi!k@h NICK ana", ACCOUNT, END, SAYS)
        peer.sync()

        assert account(answer) is None
        assert [(heard.account, heard.unsure) for heard in bot.all_heard()] == [(None, True)]


# --- how often


def test_beyond_ten_open_questions_people_are_strangers(bot: Running, peer: Peer) -> None:
    nicks = [f"ana{n}" for n in range(MOST_ASKED + 3)]
    peer.send(*(SAYS.replace("ana", nick) for nick in nicks))
    peer.sync()
    answers = [bot.begin(bot.link.identified(heard)) for heard in bot.all_heard()]
    beyond = [account(answer) for answer in answers[MOST_ASKED:]]
    said = peer.sync()
    peer.send(*(line.replace("ana", nick) for nick in nicks for line in (ACCOUNT, END)))

    assert beyond == [None] * 3
    assert said == [f"WHOIS {nick}" for nick in nicks[:MOST_ASKED]]
    assert [account(answer) for answer in answers[:MOST_ASKED]] == ["mentor1"] * MOST_ASKED


def test_once_a_question_is_answered_there_is_room_for_another(bot: Running, peer: Peer) -> None:
    for number in range(MOST_ASKED + 2):
        nick = f"ana{number}"
        answer = asked(bot, peer, SAYS.replace("ana", nick), nick)
        peer.send(ACCOUNT.replace("ana", nick), END.replace("ana", nick))

        assert account(answer) == "mentor1"


def test_when_the_connection_ends_whoever_is_asked_about_is_a_stranger(
    bot: Running, peer: Peer
) -> None:
    answer = asked(bot, peer)
    peer.reset()

    assert account(answer) is None


def test_a_question_to_a_network_that_is_gone_makes_a_stranger(bot: Running, peer: Peer) -> None:
    peer.send(SAYS)
    peer.sync()
    heard = bot.next_heard()
    peer.close()
    bot.wait_down()

    assert account(bot.begin(bot.link.identified(heard))) is None


class Hasty(asyncio.SelectorEventLoop):
    """A loop whose seconds last a hundredth of one."""

    def time(self) -> float:
        return time.monotonic() * 100


async def unanswered(whois: Whois) -> tuple[str | None, float]:
    """What a question is worth that nobody answers, and how long that takes."""
    began = asyncio.get_running_loop().time()
    answer = asyncio.ensure_future(whois.account("ana"))
    while not answer.done():
        await asyncio.sleep(0)
    return answer.result(), asyncio.get_running_loop().time() - began


def test_who_is_not_answered_for_within_ten_seconds_is_a_stranger() -> None:
    loop = Hasty()
    sent: list[str] = []
    presence = Presence(Reactor(loop=loop).server(), {}, sent.append, lambda: AT)
    whois = Whois(presence, sent.append, nick_is_account=False)
    try:
        known, seconds = loop.run_until_complete(unanswered(whois))
        again, _ = loop.run_until_complete(unanswered(whois))
    finally:
        loop.close()

    assert (known, again) == (None, None)
    assert PATIENCE <= seconds < 4 * PATIENCE
    assert sent == ["WHOIS ana"] * 2


# --- where it need not ask


def sure(bot: Running, peer: Peer, *lines: str) -> list[str | None]:
    """The accounts of some lines about which nobody need be asked."""
    peer.send(*lines)
    peer.sync()
    heard = [bot.do(bot.link.identified(h)) for h in bot.all_heard()]
    assert peer.sync() == []
    return [h.account for h in heard]


def test_a_server_that_tells_with_each_line_is_never_asked(server: Scripted) -> None:
    with running(server.network()) as bot:
        peer = server.accept()
        peer.let_in("account-tag")
        peer.send(IN_CHANNEL)

        assert sure(bot, peer, SAYS, f"@account=Mentor1 {SAYS}") == [None, "mentor1"]


@pytest.mark.parametrize(
    ("told", "known"),
    [
        (":irc.test 354 gsocbot 77 ana Mentor1", "mentor1"),
        (":irc.test 354 gsocbot 77 ana 0", None),
        (":ana!a@h ACCOUNT Mentor1", "mentor1"),
        (":ana!a@h ACCOUNT *", None),
        (f":ana!a@h JOIN {CHANNEL} Mentor1 :Ana", "mentor1"),
        (f":ana!a@h JOIN {CHANNEL} * :Ana", None),
    ],
)
def test_about_whom_the_server_has_told_it_is_not_asked(
    server: Scripted, told: str, known: str | None
) -> None:
    with running(server.network()) as bot:
        peer = server.accept()
        peer.let_in("account-notify extended-join", "WHOX")
        peer.send(IN_CHANNEL)

        assert sure(bot, peer, told, SAYS, SAYS_IN_PRIVATE) == [known, known]


@pytest.mark.parametrize(
    ("answers", "known"), [([ACCOUNT, END], "mentor1"), ([END], None), ([NOBODY, END], None)]
)
def test_who_was_there_before_is_asked_about_once_and_then_followed(
    server: Scripted, answers: list[str], known: str | None
) -> None:
    with running(server.network()) as bot:
        peer = server.accept()
        peer.let_in("account-notify")
        peer.send(IN_CHANNEL)
        answer = asked(bot, peer)
        peer.send(*answers)
        assert account(answer) == known

        if NOBODY not in answers:
            assert sure(bot, peer, SAYS) == [known]
        assert sure(bot, peer, ":ana!a@h ACCOUNT Mentor2", SAYS) == ["mentor2"]
        assert sure(bot, peer, ":ana!a@h ACCOUNT *", SAYS) == [None]


def test_what_the_server_tells_meanwhile_counts_more_than_its_answer(server: Scripted) -> None:
    with running(server.network()) as bot:
        peer = server.accept()
        peer.let_in("account-notify")
        peer.send(IN_CHANNEL)
        answer = asked(bot, peer)
        peer.send(ACCOUNT, ":ana!a@h ACCOUNT *", END)
        answer.result(3)

        assert sure(bot, peer, SAYS) == [None]


def test_an_answer_that_was_not_asked_for_gives_nobody_an_account(server: Scripted) -> None:
    with running(server.network()) as bot:
        peer = server.accept()
        peer.let_in("account-notify")
        peer.send(IN_CHANNEL, ACCOUNT, END, SAYS)
        peer.sync()

        assert [(heard.account, heard.unsure) for heard in bot.all_heard()] == [(None, True)]


def test_who_shares_no_channel_is_asked_about_each_time(server: Scripted) -> None:
    with running(server.network()) as bot:
        peer = server.accept()
        peer.let_in("account-notify")
        for _ in range(2):
            answer = asked(bot, peer, SAYS_IN_PRIVATE)
            peer.send(ACCOUNT, END)
            assert account(answer) == "mentor1"


def test_a_code_makes_asking_needless(bot: Running, peer: Peer) -> None:
    async def grant() -> None:
        bot.link._session.presence.people.grant("ana", "mentor1")

    peer.sync()
    bot.do(grant())

    assert sure(bot, peer, SAYS) == ["mentor1"]
