"""Real IRC servers on free ports of 127.0.0.1, as Debian has them, with NickServ if wanted."""

import random
import socket
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from itertools import takewhile
from pathlib import Path

from tests.servers import ENVIRONMENT, Process, folder_of, give, program, user_for
from tests.servers.client import Address, Client

HOST = "127.0.0.1"
OPER, OPER_PASSWORD = "testoper", "operpass"
"""What OPER takes, on every kind."""

PROGRAMS = {  # a pair of servers, for netsplits, would be one kind more, here and in running()
    "ngircd": ("ngircd",),
    "inspircd": ("inspircd",),
    "inspircd+atheme": ("inspircd", "atheme-services"),
}


@dataclass(frozen=True, kw_only=True)
class Ircd(Address):
    """A server that runs for us, with services if its kind has them."""

    server: Process
    services: Process | None = None

    def register(self, account: str, password: str) -> None:
        """Make an account with NickServ."""
        with Client(self, account) as somebody:
            somebody.say("NickServ", f"REGISTER {password} {account}@example.test")
            answer = somebody.wait({"900", "NOTICE", "401"})
            if answer.command != "900":
                raise RuntimeError(f"no account {account}: {answer}")

    def pause(self) -> None:
        """Make the server hang: silence, and no connection closes."""
        self.server.pause()

    def resume(self) -> None:
        """Let the server go on."""
        self.server.resume()

    def kill(self) -> None:
        """End the server as a crash would: connections end without an ERROR."""
        self.server.kill()

    def start(self) -> None:
        """Start the server again on the same ports; accounts are kept."""
        self.server.start()
        if self.services:
            self.services.wait_until_ready()


def available(kind: str) -> bool:
    """Whether the programs for this kind of server are installed."""
    return all(program(name) for name in ("setpriv", "openssl", *PROGRAMS[kind]))


@contextmanager
def running(
    kind: str, *, tls: bool = False, flood: bool = False, fast: bool = False, password: str = ""
) -> Iterator[Ircd]:
    """Run a server of one of the kinds in PROGRAMS.

    Its limits are those of a real network. With `fast` there are none; with `flood` inspircd
    throws out whom it would only hold back. `password` is asked of everybody.
    """
    user = user_for("irc")
    with folder_of(user) as folder, ExitStack() as stack:
        port, tls_port, link_port = _free_ports(3)
        setup = _Setup(folder, user, port, tls_port, link_port, tls, flood, fast, password)
        setup.write("motd", "Welcome to the tests\n")
        if tls:
            setup.make_certificate()

        server = _ngircd(setup) if kind == "ngircd" else _inspircd(setup)
        stack.callback(server.stop)
        server.start()
        services = _atheme(setup) if kind == "inspircd+atheme" else None
        if services:
            stack.callback(services.stop)
            services.start()

        yield Ircd(
            host=HOST,
            port=port,
            tls_port=tls_port if tls else None,
            ca=str(folder / CERTIFICATE) if tls else None,
            password=password,
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

    def make_certificate(self) -> None:
        """Make a certificate that vouches for itself, and so is its own CA."""
        self._openssl(
            *("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"),
            *("-subj", "/CN=gsocbot tests", "-days", "30", "-keyout", KEY, "-out", CERTIFICATE),
            *("-addext", f"subjectAltName=DNS:localhost,IP:{HOST}"),
        )
        # A known group is there at once; ngircd would compute one of its own for seconds.
        group = ("-algorithm", "DH", "-pkeyopt", "group:ffdhe2048")
        self._openssl("genpkey", "-genparam", *group, "-out", DH)
        for name in (CERTIFICATE, KEY, DH):
            give(self.folder / name, self.user)

    def _openssl(self, *words: str) -> None:
        subprocess.run(
            ["openssl", *words], cwd=self.folder, env=ENVIRONMENT, check=True, capture_output=True
        )


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
    return f"""
<server name="irc.test" description="the tests" network="TestNet" id="1AA">
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
<link name="services.test" ipaddr="{HOST}" port="1" allowmask="127.0.0.0/8"
 sendpass="linkpass" recvpass="linkpass">
<alias text="NICKSERV" replace="SQUERY NickServ :$2-" requires="NickServ" uline="yes">
<alias text="NS" replace="SQUERY NickServ :$2-" requires="NickServ" uline="yes">
<badnick nick="NickServ" reason="Reserved for services">
"""


ATHEME_MODULES = """
backend/opensex protocol/inspircd crypto/pbkdf2v2
nickserv/main nickserv/drop nickserv/enforce nickserv/ghost nickserv/group nickserv/help
nickserv/identify nickserv/info nickserv/logout nickserv/register nickserv/set_accountname
nickserv/set_core nickserv/set_password nickserv/status
saslserv/main saslserv/plain saslserv/external
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
