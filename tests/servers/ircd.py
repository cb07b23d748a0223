"""Real IRC servers on free ports of 127.0.0.1, as Debian has them, with NickServ if wanted."""

import random
import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from itertools import takewhile
from pathlib import Path

from tests.servers import Process, folder_of, give, program, user_for
from tests.servers.certificates import Certificate, openssl, self_signed
from tests.servers.client import Address, Client

HOST = "127.0.0.1"
OPER, OPER_PASSWORD = "testoper", "operpass"
"""What OPER takes, on every kind."""

PATIENCE = 10.0
"""Seconds that servers may take to part or to meet again."""

PROGRAMS = {
    "ngircd": ("ngircd",),
    "inspircd": ("inspircd",),
    "inspircd+atheme": ("inspircd", "atheme-services"),
}


@dataclass(frozen=True, kw_only=True)
class Ircd(Address):
    """A server that runs for us, with services if its kind has them."""

    server: Process
    services: Process | None = None

    def register(self, account: str, password: str, *wishes: str) -> None:
        """Make an account with NickServ, and ask it for more (CERT ADD, SET, GROUP)."""
        with Client(self, account) as somebody:
            somebody.say("NickServ", f"REGISTER {password} {account}@example.test")
            answer = somebody.wait({"900", "NOTICE", "401"})
            if answer.command != "900":
                raise RuntimeError(f"no account {account}: {answer}")
            for wish in wishes:
                somebody.say("NickServ", wish)
            # Services work on what they are told in order.
            somebody.say("NickServ", f"INFO {account}")
            somebody.wait(lambda line: "End of Info" in line.text)

    def oper(self, nick: str = "oper") -> Client:
        """Give somebody who may use KILL, KLINE, SANICK and the like."""
        somebody = Client(self, nick)
        somebody.send(f"OPER {OPER} {OPER_PASSWORD}")
        somebody.wait("381")
        return somebody

    def pause(self) -> None:
        """Make the server hang: silence, and no connection closes."""
        self.server.pause()

    def resume(self) -> None:
        """Let the server go on."""
        self.server.resume()

    def stop(self) -> None:
        """Let the server say goodbye and end."""
        self.server.stop()

    def kill(self) -> None:
        """End the server as a crash would: connections end without an ERROR."""
        self.server.kill()

    def start(self) -> None:
        """Start the server again on the same ports; accounts are kept."""
        self.server.start()
        if self.services:
            self.services.wait_until_ready()


@dataclass(frozen=True)
class Pair:
    """Two servers of one network; `near` has the services. The opers take them apart."""

    near: Ircd
    far: Ircd
    near_oper: Client
    far_oper: Client

    def split(self) -> None:
        """Take them apart: each sees everybody on the other one quit."""
        # Told on one side alone, the other one sometimes goes on believing in the link.
        self.near_oper.send(f"SQUIT {FAR} :split")
        self.far_oper.send(f"SQUIT {NEAR} :split")
        self._wait_for_links(1)

    def rejoin(self) -> None:
        """Let them meet again."""
        self.near_oper.send(f"CONNECT {FAR}")
        self._wait_for_links(2)
        _wait_for_word(self.near_oper, self.far_oper)
        _wait_for_word(self.far_oper, self.near_oper)

    def _wait_for_links(self, wanted: int) -> None:
        """Wait until each of them knows of so many servers, services left out."""
        deadline = time.monotonic() + PATIENCE
        while _servers_seen_by(self.near_oper) != wanted or (
            _servers_seen_by(self.far_oper) != wanted
        ):
            if time.monotonic() > deadline:
                raise RuntimeError(f"the servers do not see {wanted} of them")


def _wait_for_word(speaker: Client, listener: Client) -> None:
    """Wait until what one of them says reaches the other: they have met when that is so."""
    for _ in range(round(PATIENCE / 0.2)):
        speaker.say(listener.nick, "hello")
        with suppress(TimeoutError):
            listener.wait("PRIVMSG", 0.2)
            return
    raise RuntimeError(f"{listener.nick} does not hear {speaker.nick}")


def _servers_seen_by(oper: Client) -> int:
    oper.send("LINKS")
    seen: set[str] = set()
    while (line := oper.wait({"364", "365"})).command == "364":
        seen |= {line.params[1]} & {NEAR, FAR}
    return len(seen)


def available(kind: str) -> bool:
    """Whether the programs for this kind of server are installed."""
    return all(program(name) for name in ("setpriv", "openssl", *PROGRAMS[kind]))


@contextmanager
def running(
    kind: str,
    *,
    tls: bool = False,
    flood: bool = False,
    fast: bool = False,
    password: str = "",
    certificate: Certificate | None = None,
) -> Iterator[Ircd]:
    """Run a server of one of the kinds in PROGRAMS.

    Its limits are those of a real network. With `fast` there are none; with `flood` inspircd
    throws out whom it would only hold back. `password` is asked of everybody. With `tls` it has
    a certificate that vouches for itself, or the one that is given.
    """
    with ExitStack() as stack:
        folder, user = _own_folder(stack)
        port, tls_port, link_port = _free_ports(3)
        tls = tls or certificate is not None
        setup = _Setup(folder, user, port, tls_port, link_port, tls, flood, fast, password)
        yield _started(kind, setup, stack, certificate)


@contextmanager
def running_pair() -> Iterator[Pair]:
    """Run two InspIRCd without limits, and the services with one of them."""
    with ExitStack() as stack:
        near_port, near_link, far_port, far_link = _free_ports(4)
        folder, user = _own_folder(stack)
        near = _Setup(
            folder, user, near_port, 0, near_link, False, False, True, "", (FAR, far_link)
        )
        folder, user = _own_folder(stack)
        far = replace(near, folder=folder, port=far_port, link_port=far_link)
        far = replace(far, peer=(NEAR, near_link), name=FAR, number="2AA")
        servers = (
            _started("inspircd+atheme", near, stack, None),
            _started("inspircd", far, stack, None),
        )
        opers = [
            stack.enter_context(server.oper(nick))
            for server, nick in zip(servers, ("nearoper", "faroper"), strict=True)
        ]
        pair = Pair(*servers, *opers)
        pair.rejoin()
        yield pair


def _own_folder(stack: ExitStack) -> tuple[Path, str | None]:
    user = user_for("irc")
    return stack.enter_context(folder_of(user)), user


def _started(kind: str, setup: "_Setup", stack: ExitStack, certificate: Certificate | None) -> Ircd:
    setup.write("motd", "Welcome to the tests\n")
    if setup.tls:
        certificate = certificate or self_signed(setup.folder, "own")
        setup.show(certificate)

    server = _ngircd(setup) if kind == "ngircd" else _inspircd(setup)
    stack.callback(server.stop)
    server.start()
    services = _atheme(setup) if kind == "inspircd+atheme" else None
    if services:
        stack.callback(services.stop)
        services.start()

    return Ircd(
        host=HOST,
        port=setup.port,
        tls_port=setup.tls_port if setup.tls else None,
        ca=str(certificate.ca) if certificate else None,
        password=setup.password,
        server=server,
        services=services,
    )


def _free_ports(count: int) -> list[int]:
    """Choose ports below those that outgoing connections take."""
    found: list[int] = []
    while len(found) < count:
        port = random.randint(15000, 31999)
        with socket.socket() as probe, suppress(OSError):
            probe.bind((HOST, port))
            if port not in found:
                found.append(port)
    return found


def _answers(port: int, said: bytes, answer: bytes) -> bool:
    """Whether a server is here that answers this, before anybody has registered."""
    try:
        with socket.create_connection((HOST, port), timeout=1) as connection:
            connection.sendall(said)
            lines = takewhile(lambda line: b" NAK " not in line, connection.makefile("rb"))
            return any(answer in line for line in lines)
    except OSError:
        return False


CAPABILITIES = b"CAP LS\r\n", b" LS "
LOGIN = b"CAP REQ :sasl\r\nAUTHENTICATE PLAIN\r\n", b"AUTHENTICATE :+"
CERTIFICATE, KEY, DH = "server.pem", "server.key", "dh.pem"
NEAR, FAR = "irc.test", "far.test"


@dataclass(frozen=True)
class _Setup:
    """What the configurations are made of."""

    folder: Path
    user: str | None
    port: int
    tls_port: int
    link_port: int
    tls: bool
    flood: bool
    fast: bool
    password: str
    peer: tuple[str, int] | None = None
    """The other server of a pair, and where it waits for this one."""
    name: str = NEAR
    number: str = "1AA"

    def write(self, name: str, text: str) -> str:
        """Write one file of the server's; its path."""
        path = self.folder / name
        path.write_text(text)
        give(path, self.user)
        return str(path)

    def process(self, argv: list[str], said: bytes, answer: bytes) -> Process:
        """Prepare a process that is ready when this gets this answer."""
        ready = partial(_answers, self.port, said, answer)
        return Process(argv, folder=self.folder, user=self.user, ready=ready)

    def show(self, certificate: Certificate) -> None:
        """Let the server have a certificate."""
        shutil.copy(certificate.file, self.folder / CERTIFICATE)
        shutil.copy(certificate.key, self.folder / KEY)
        # A known group is there at once; ngircd would compute one of its own for seconds.
        group = ("-algorithm", "DH", "-pkeyopt", "group:ffdhe2048")
        openssl(self.folder, "genpkey", "-genparam", *group, "-out", DH)
        for name in (CERTIFICATE, KEY, DH):
            give(self.folder / name, self.user)


def _ngircd(setup: _Setup) -> Process:
    path = setup.write("ngircd.conf", _ngircd_conf(setup))
    return setup.process(["ngircd", "-n", "-f", path], *CAPABILITIES)


def _ngircd_conf(setup: _Setup) -> str:
    folder = setup.folder
    tls = f"""
[SSL]
CAFile = {folder / CERTIFICATE}
CertFile = {folder / CERTIFICATE}
KeyFile = {folder / KEY}
DHFile = {folder / DH}
Ports = {setup.tls_port}
"""
    return f"""
[Global]
Name = irc.test
Info = the tests
Network = TestNet
AdminEMail = root@localhost
Listen = {HOST}
Ports = {setup.port}
MotdFile = {folder / "motd"}
{f"Password = {setup.password}" if setup.password else ""}
[Limits]
MaxConnectionsIP = 0
MaxPenaltyTime = {0 if setup.fast else -1}
[Options]
DNS = no
Ident = no
PAM = no
{tls if setup.tls else ""}
[Operator]
Name = {OPER}
Password = {OPER_PASSWORD}
"""


# What a bot can notice of Debian's modules. Cloaking needs md5, certificate logins sha256, and
# conn_waitpong asks for a PONG before the welcome.
INSPIRCD_MODULES = """
alias blockcolor botmode callerid cap chanhistory chghost cloaking commonchans conn_umodes
conn_waitpong customprefix ircv3 ircv3_accounttag ircv3_batch ircv3_capnotify ircv3_chghost
ircv3_ctctags ircv3_echomessage ircv3_invitenotify ircv3_labeledresponse ircv3_msgid
ircv3_servertime joinflood md5 messageflood monitor muteban namesx noctcp nonotice permchannels
sajoin sanick sapart saquit sasl services_account setname sha256 showwhois spanningtree stripcolor
svshold uhnames
"""


def _inspircd(setup: _Setup) -> Process:
    path = setup.write("inspircd.conf", _inspircd_conf(setup))
    return setup.process(["inspircd", "--nofork", "--config", path], *CAPABILITIES)


def _inspircd_conf(setup: _Setup) -> str:
    folder = setup.folder
    modules = [*INSPIRCD_MODULES.split(), *(["ssl_gnutls", "sslinfo"] if setup.tls else [])]
    tls = f"""
<bind address="{HOST}" port="{setup.tls_port}" type="clients" sslprofile="tests">
<sslprofile name="tests" provider="gnutls" certfile="{folder / CERTIFICATE}"
 keyfile="{folder / KEY}" dhfile="{folder / DH}" hash="sha256" requestclientcert="yes">
"""
    if setup.fast:
        limits = 'fakelag="no" threshold="1000000" commandrate="1000000" recvq="1M"'
    else:
        fakelag = "no" if setup.flood else "yes"
        limits = f'fakelag="{fakelag}" threshold="10" commandrate="1000" recvq="10K"'
    password = f'password="{setup.password}"' if setup.password else ""
    links = [("services.test", 1), *([setup.peer] if setup.peer else [])]
    return f"""
<server name="{setup.name}" description="the tests" network="TestNet" id="{setup.number}">
<admin name="tests" nick="tests" email="root@localhost">
<bind address="{HOST}" port="{setup.port}" type="clients">
<bind address="{HOST}" port="{setup.link_port}" type="servers">
{"".join(f'<module name="{module}">' for module in modules)}
{tls if setup.tls else ""}
<define name="none" value="">
<connect name="tests" allow="*" {password} {limits} timeout="20" pingfreq="2m" softsendq="10240"
 hardsendq="1M" maxchans="20" localmax="1000" globalmax="1000" limit="5000" modes="+x"
 resolvehostnames="no" useident="no">
<cloak mode="half" key="a key for the tests that is long enough to pass" prefix="net-">
<waitpong sendsnotice="no" killonbadreply="yes">
<chanhistory bots="yes" enableumode="yes" maxlines="50" prefixmsg="yes">
<customprefix name="founder" letter="q" prefix="~" rank="50000" ranktoset="50000">
<customprefix name="admin" letter="a" prefix="&amp;" rank="40000" ranktoset="50000">
<customprefix name="halfop" letter="h" prefix="%" rank="20000" ranktoset="30000">
<options prefixquit="Quit: " casemapping="ascii" defaultmodes="not">
<security hideulines="no" announceinvites="dynamic">
<insane hostmasks="yes" ipmasks="yes" nickmasks="yes" trigger="100">
<dns server="{HOST}" timeout="1">
<class name="all" commands="*" privs="*" usermodes="*" chanmodes="*" snomasks="*">
<type name="NetAdmin" classes="all" modes="+s +cCqQ">
<oper name="{OPER}" password="{OPER_PASSWORD}" host="*@*" type="NetAdmin">
<pid file="{folder}/inspircd.pid">
<log method="file" type="*" level="normal" target="{folder}/inspircd.out" flush="1">
<files motd="{folder}/motd">
<path configdir="{folder}" datadir="{folder}" logdir="{folder}" runtimedir="{folder}">
<uline server="services.test" silent="yes">
<sasl target="services.test" requiressl="no">
{"".join(_link(*link) for link in links)}
<alias text="NICKSERV" replace="SQUERY NickServ :$2-" requires="NickServ" uline="yes">
<alias text="NS" replace="SQUERY NickServ :$2-" requires="NickServ" uline="yes">
<badnick nick="NickServ" reason="Reserved for services">
"""


def _link(name: str, port: int) -> str:
    return f"""
<link name="{name}" ipaddr="{HOST}" port="{port}" allowmask="127.0.0.0/8"
 sendpass="linkpass" recvpass="linkpass">
"""


ATHEME_MODULES = """
backend/opensex protocol/inspircd crypto/pbkdf2v2
nickserv/main nickserv/cert nickserv/drop nickserv/enforce nickserv/ghost nickserv/group
nickserv/help nickserv/identify nickserv/info nickserv/logout nickserv/register
nickserv/set_accountname nickserv/set_core nickserv/set_password nickserv/set_pubkey
nickserv/status
saslserv/main saslserv/plain saslserv/external saslserv/ecdsa-nist256p-challenge
"""


def _atheme(setup: _Setup) -> Process:
    folder = setup.folder
    path = setup.write("atheme.conf", _atheme_conf(setup))
    files = ["-l", f"{folder}/atheme-services.out", "-p", f"{folder}/atheme.pid", "-D", str(folder)]
    return setup.process(["atheme-services", "-n", "-c", path, *files], *LOGIN)


def _atheme_conf(setup: _Setup) -> str:
    modules = "\n".join(f'loadmodule "modules/{module}";' for module in ATHEME_MODULES.split())
    flood = "flood_msgs = 0;" if setup.fast else "flood_msgs = 7; flood_time = 10;"
    return f"""
{modules}
serverinfo {{
    name = "services.test"; desc = "Services"; numeric = "00A"; netname = "TestNet";
    recontime = 1; hidehostsuffix = "users.test"; casemapping = ascii; auth = none;
    adminname = "tests"; adminemail = "root@localhost"; registeremail = "root@localhost";
    loglevel = {{ error; info; }};
    maxlogins = 5; maxusers = 0; mdlimit = 30; emaillimit = 1000; emailtime = 300;
}};
uplink "irc.test" {{
    host = "{HOST}"; port = {setup.link_port};
    send_password = "linkpass"; receive_password = "linkpass";
}};
nickserv {{
    nick = "NickServ"; user = "NickServ"; host = "services.test"; real = "NickServ";
    maxnicks = 10; expire = 0;
    enforce_delay = 30; enforce_expire = 14; enforce_prefix = "Guest";
}};
saslserv {{ nick = "SaslServ"; user = "SaslServ"; host = "services.test"; real = "SaslServ"; }};
pbkdf2v2 {{ digest = "SHA256"; rounds = 10000; }};
general {{
    uflags = {{ hidemail; }}; {flood} ratelimit_uses = 0; ratelimit_period = 60;
    commit_interval = 1; default_clone_allowed = 500; language = "en";
}};
"""
