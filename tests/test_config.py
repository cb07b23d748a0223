"""A config is read whole, or every fault of it is a line with its key and number."""

from collections.abc import Callable
from datetime import time
from pathlib import Path

import pytest

from gsocbot.config import ChannelRole, ConfigError, load

Write = Callable[[str], Path]

MAIL = '[mail]\nhost = "mail.x.org"\n'
SENDER = f'{MAIL}sender = "gsocbot@x.org"\n'
TO = f'{SENDER}[season.s.mail]\nto = ["odile@x.org"]\n'
NETWORK = '[season.s]\n[network.n]\nhost = "irc.example.org"\n'


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write gsocbot.toml, for its owner alone."""

    def write(text: str) -> Path:
        file = tmp_path / "gsocbot.toml"
        file.write_text(text, encoding="utf-8")
        file.chmod(0o600)
        return file

    return write


def faults_of(file: Path) -> list[str]:
    with pytest.raises(ConfigError) as error:
        load(file)
    return [fault.replace(f"{file.parent}/", "") for fault in error.value.faults]


def test_an_empty_config_is_valid(write: Write) -> None:
    config = load(write(""))

    assert (config.network, config.season) == ({}, {})


def test_paths_count_from_the_folder_of_the_config(write: Write, tmp_path: Path) -> None:
    config = load(write('[season.s]\n[site]\ndir = "/srv/www"\n[bot]\nstate_dir = "../x"\n'))

    assert config.store.url == f"sqlite:///{tmp_path}/gsocbot.db"
    assert config.season["s"].folder == tmp_path / "ideas/s"
    assert config.site.dir == Path("/srv/www")
    assert config.bot.state_dir == tmp_path / "../x"


def test_the_config_of_the_contract_is_read(write: Write, tmp_path: Path) -> None:
    (tmp_path / "password").touch(0o600)
    config = load(
        write(
            """
            [bot]
            state_dir = "state"
            log_level = "info"
            [store]
            url = "sqlite:///gsocbot.db"
            [site]
            dir = "public"
            base_url = "http://127.0.0.1:8000"
            [limits]
            burst = 0
            seconds_per_line = 0
            commands_per_minute = 0
            queue_lines = 0
            [season.xen-2011]
            folder = "ideas/xen-2011"
            [network.oftc]
            host = "irc.oftc.net"
            port = 6697
            tls = true
            tls_ca = "ca.pem"
            tls_fingerprints = []
            nick = "gsocbot"
            reconnect_delay = 5
            [network.oftc.sasl]
            mechanism = "PLAIN"
            username = "gsocbot"
            password_file = "password"
            [network.oftc.channels."#xen-gsoc"]
            season = "xen-2011"
            role = "public"
            key = ""
            [network.oftc.channels."#xen-org"]
            season = "xen-2011"
            role = "organisers"
            """
        )
    )

    network = config.network["oftc"]
    assert network.sasl is not None
    assert network.sasl.mechanism == "plain"
    assert network.channels["#xen-org"].role is ChannelRole.ORGANISERS
    assert config.site.base_url == "http://127.0.0.1:8000/"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[bot\n", "gsocbot.toml:1: this is no TOML"),
        ("x = 1\n", "gsocbot.toml:1: x: there is no such key"),
        ("[bot]\nlevel = 1\n", "gsocbot.toml:2: bot.level: there is no such key"),
        ("bot = 3\n", "gsocbot.toml:1: bot: write a table"),
        ('[bot]\nlog_level = "loud"\n', "gsocbot.toml:2: bot.log_level: Input should be 'debug'"),
        ("[bot]\nstate_dir = 3\n", "gsocbot.toml:2: bot.state_dir: write the name of"),
        ('[bot]\nstate_dir = ""\n', "gsocbot.toml:2: bot.state_dir: write the name of"),
        ('[bot]\nstate_dir = "a\\u0000b"\n', "gsocbot.toml:2: bot.state_dir: write the name of"),
        ('[store]\nurl = "mysql://x"\n', "gsocbot.toml:2: store.url: write sqlite:///FILE"),
        ('[store]\nurl = "sqlite://"\n', "gsocbot.toml:2: store.url: write sqlite:///FILE"),
        ('[store]\nurl = ""\n', "gsocbot.toml:2: store.url: write sqlite:///FILE"),
        ('[site]\nbase_url = "ftp://x"\n', "gsocbot.toml:2: site.base_url: write an address"),
        ("[limits]\nburst = -1\n", "gsocbot.toml:2: limits.burst: Input should be greater"),
        ("[limits]\nburst = 1.5\n", "gsocbot.toml:2: limits.burst: Input should be a valid int"),
        ("[limits]\nseconds_per_line = nan\n", "gsocbot.toml:2: limits.seconds_per_line: Input"),
        ("[limits]\nseconds_per_line = inf\n", "gsocbot.toml:2: limits.seconds_per_line: Input"),
        ("[limits]\nseconds_per_line = -0.1\n", "gsocbot.toml:2: limits.seconds_per_line: Input"),
        ("[season.Xen]\n", "gsocbot.toml:1: season.Xen: String should match"),
        ("[season.s]\n\n\nfolders = 3\n", "gsocbot.toml:4: season.s.folders: there is no such"),
        ("[network.n]\nport = 1\n", "gsocbot.toml:1: network.n.host: this is missing"),
        (f"{NETWORK}port = 0\n", "gsocbot.toml:4: network.n.port: Input should be greater"),
        (f"{NETWORK}port = 99999\n", "gsocbot.toml:4: network.n.port: Input should be less"),
        (f'{NETWORK}port = "6697"\n', "gsocbot.toml:4: network.n.port: Input should be a valid"),
        (f"{NETWORK}port = true\n", "gsocbot.toml:4: network.n.port: Input should be a valid"),
        (f'{NETWORK}tls = "no"\n', "gsocbot.toml:4: network.n.tls: Input should be a valid bool"),
        (f"{NETWORK}tls = false\n", "gsocbot.toml:2: network.n: tls = false sends everything"),
        (f"{NETWORK}reconnect_delay = nan\n", "gsocbot.toml:4: network.n.reconnect_delay: Input"),
        (f"{NETWORK}reconnect_delay = 0\n", "gsocbot.toml:4: network.n.reconnect_delay: Input"),
        (f'{NETWORK}nick = "a b"\n', "gsocbot.toml:4: network.n.nick: String should match"),
        (f'{NETWORK}tls_fingerprints = ["ab"]\n', "gsocbot.toml:4: network.n.tls_fingerprints: a"),
        (f"{NETWORK}tls_fingerprints = 3\n", "gsocbot.toml:4: network.n.tls_fingerprints: write"),
        (
            f'{NETWORK}[network.n.channels."#a.b"]\nrole = "public"\n',
            'gsocbot.toml:4: network.n.channels."#a.b".season: this is missing',
        ),
        (
            f'{NETWORK}[network.n.channels."#a"]\nseason = "t"\n',
            'gsocbot.toml:5: network.n.channels."#a".season: there is no [season.t]',
        ),
        (
            f'{NETWORK}[network.n.channels."#a"]\nseason = "s"\nrole = "secret"\n',
            "gsocbot.toml:6: network.n.channels.\"#a\".role: Input should be 'public'",
        ),
        (
            f'{NETWORK}channels."#a".season = "t"\n',
            'gsocbot.toml:4: network.n.channels."#a".season: there is no [season.t]',
        ),
        (
            f'{NETWORK}channels = {{ "#a" = {{ season = "t" }} }}\n',
            'gsocbot.toml:4: network.n.channels."#a".season: there is no [season.t]',
        ),
        (
            f'{NETWORK}[network.n.channels.a]\nseason = "s"\n',
            'gsocbot.toml:4: network.n.channels: "a" is no name of a channel',
        ),
        (
            f'{NETWORK}[network.n.channels]\n"#A" = {{season="s"}}\n"#a" = {{season="s"}}\n',
            'gsocbot.toml:6: network.n.channels."#a": this is the same channel as #A',
        ),
        (
            f'{NETWORK}[network.n.sasl]\nmechanism = "Kerberos"\n',
            "gsocbot.toml:5: network.n.sasl.mechanism: Input should be",
        ),
        (
            f'{NETWORK}[network.n.sasl]\nmechanism = "Plain"\n',
            "gsocbot.toml:4: network.n.sasl: plain needs username and password_file",
        ),
        (
            f'{NETWORK}[network.n.sasl]\nmechanism = "scram-sha-256"\nusername = "u"\n',
            "gsocbot.toml:4: network.n.sasl: scram-sha-256 needs password_file",
        ),
        (
            f'{NETWORK}[network.n.sasl]\nmechanism = "ECDSA-NIST256P-CHALLENGE"\n',
            "gsocbot.toml:4: network.n.sasl: ecdsa-nist256p-challenge needs username and key_file",
        ),
        (
            f'{NETWORK}more_servers = ["irc2.x.org", "irc3.x.org:x"]\n',
            'gsocbot.toml:4: network.n.more_servers: "irc3.x.org:x" is no server; write',
        ),
        (
            f'{NETWORK}more_servers = ["irc2.x.org:70000"]\n',
            'gsocbot.toml:4: network.n.more_servers: "irc2.x.org:70000" is no server; write',
        ),
        (
            f'{NETWORK}relays = ["*!*@*"]\n',
            "gsocbot.toml:4: network.n.relays: write the nick of a bridge, or a mask of it",
        ),
        (
            '[network.n]\nhost = "127.0.0.1"\ntls = false\nmore_servers = ["irc.x.org"]\n',
            "gsocbot.toml:1: network.n: tls = false sends everything",
        ),
        ('[mail]\nhost = "m.x.org"\n', "gsocbot.toml:1: mail.sender: this is missing"),
        (f'{MAIL}sender = "odile"\n', "gsocbot.toml:3: mail.sender: this is no mail address"),
        (
            f'{MAIL}sender = "a@b.org\\r\\nx"\n',
            "gsocbot.toml:3: mail.sender: this is no mail address",
        ),
        (f'{SENDER}port = "465"\n', "gsocbot.toml:4: mail.port: Input should be a valid"),
        (f'{SENDER}tls = "off"\n', "gsocbot.toml:4: mail.tls: Input should be 'implicit'"),
        (f"{SENDER}tls = true\n", "gsocbot.toml:4: mail.tls: Input should be 'implicit'"),
        (f'{SENDER}tls = "none"\n', 'gsocbot.toml:1: mail: tls = "none" sends everything'),
        (f'{SENDER}username = "u"\n', "gsocbot.toml:1: mail: username and password_file go"),
        (f'{SENDER}password_file = "p"\n', "gsocbot.toml:1: mail: username and password_file go"),
        (
            f'{SENDER}[season.s.mail]\nto = ["odile@x.org", "tomas"]\n',
            "gsocbot.toml:5: season.s.mail.to.1: this is no mail address",
        ),
        (f"{SENDER}[season.s.mail]\n", "gsocbot.toml:4: season.s.mail.to: this is missing"),
        (f'{TO}at = "7:00"\n', 'gsocbot.toml:6: season.s.mail.at: write a time like "07:00"'),
        (f'{TO}at = "24:00"\n', 'gsocbot.toml:6: season.s.mail.at: write a time like "07:00"'),
        (f"{TO}at = 07:00:00\n", "gsocbot.toml:6: season.s.mail.at: Input should be a valid str"),
        (f'{TO}zone = "CST"\n', "gsocbot.toml:6: season.s.mail.zone: this is no zone; write"),
        (f'{TO}zone = "Europe"\n', "gsocbot.toml:6: season.s.mail.zone: this is no zone"),
        (f'{TO}zone = "../UTC"\n', "gsocbot.toml:6: season.s.mail.zone: this is no zone"),
        (
            '[season.s.mail]\nto = ["odile@x.org"]\n',
            "gsocbot.toml:1: season.s.mail: there is no [mail], so nobody sends it",
        ),
        ("[bot]\nstate_dir = '~nobody-of-that-name/x'\n", "gsocbot.toml: "),
        (f"x = {'[' * 3000}\n", "gsocbot.toml: this is no TOML that can be read"),
        (f"x = {'9' * 5000}\n", "gsocbot.toml: this is no TOML that can be read"),
    ],
    ids=lambda value: value[:40].strip() if isinstance(value, str) else None,
)
def test_a_fault_is_one_line_with_its_key_and_number(write: Write, text: str, fault: str) -> None:
    faults = faults_of(write(text))

    assert len(faults) == 1
    assert faults[0].startswith(fault)
    assert "\n" not in faults[0]


def test_all_faults_are_named_at_once(write: Write) -> None:
    file = write(
        '[bot]\nlog_level = 3\n[network.n]\nhost = "h"\nport = 0\nnik = "x"\n'
        '[network.n.channels."#a"]\nseason = "gone"\n'
    )

    lines = [fault.split(": ")[:2] for fault in faults_of(file)]

    assert lines == [
        ["gsocbot.toml:2", "bot.log_level"],
        ["gsocbot.toml:5", "network.n.port"],
        ["gsocbot.toml:6", "network.n.nik"],
        ["gsocbot.toml:8", 'network.n.channels."#a".season'],
    ]


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "[::1]", "127.8.8.8", "0.0.0.0"])
def test_plain_text_to_this_machine_is_allowed(write: Write, host: str) -> None:
    assert not load(write(f'[network.n]\nhost = "{host}"\ntls = false\n')).network["n"].tls


def test_plain_text_elsewhere_must_be_asked_for(write: Write) -> None:
    file = write('[network.n]\nhost = "irc.x.org"\ntls = false\ninsecure_plaintext = true\n')

    assert load(file).network["n"].insecure_plaintext


def test_a_password_that_others_can_read_is_refused(write: Write, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.touch()
    secret.chmod(0o644)
    sasl = '[network.n.sasl]\nmechanism = "plain"\nusername = "u"\npassword_file = "secret"\n'
    file = write(NETWORK + sasl)

    assert faults_of(file) == [
        "gsocbot.toml:7: network.n.sasl.password_file: others can read secret; chmod 600 secret"
    ]
    secret.chmod(0o600)
    assert load(file).network["n"].sasl is not None


@pytest.mark.parametrize(
    ("key", "before"),
    [
        ("server_password_file", ""),
        ("key_file", '[network.n.sasl]\nmechanism = "ecdsa-nist256p-challenge"\nusername = "u"\n'),
        ("cert_file", '[network.n.sasl]\nmechanism = "external"\n'),
    ],
)
def test_a_key_that_others_can_read_is_refused(
    write: Write, tmp_path: Path, key: str, before: str
) -> None:
    secret = tmp_path / "secret"
    secret.touch()
    secret.chmod(0o640)

    fault = faults_of(write(f'{NETWORK}{before}{key} = "secret"\n'))[0]

    assert fault.endswith(f"{key}: others can read secret; chmod 600 secret")


def test_a_certificate_without_its_key_may_be_read_by_all(write: Write, tmp_path: Path) -> None:
    (tmp_path / "certificate").touch(0o644)
    (tmp_path / "key").touch(0o600)
    files = 'cert_file = "certificate"\nkey_file = "key"\n'

    assert load(write(f'{NETWORK}[network.n.sasl]\nmechanism = "external"\n{files}')).network


def test_mail_is_read_with_its_defaults(write: Write, tmp_path: Path) -> None:
    (tmp_path / "mail-password").touch(0o600)
    login = 'username = "u"\npassword_file = "mail-password"\ntls_ca = "ca.pem"\n'
    config = load(write(TO.replace("[season", f"{login}[season")))

    mail, wanted = config.mail, config.season["s"].mail
    assert mail is not None
    assert wanted is not None
    assert (mail.host, mail.port, mail.tls) == ("mail.x.org", 465, "implicit")
    assert (mail.password_file, mail.tls_ca) == (tmp_path / "mail-password", tmp_path / "ca.pem")
    assert (wanted.to, wanted.wall, wanted.zone) == (("odile@x.org",), time(7), "UTC")


def test_the_password_of_mail_is_for_its_owner_alone(write: Write, tmp_path: Path) -> None:
    (tmp_path / "p").touch()
    (tmp_path / "p").chmod(0o644)

    assert faults_of(write(f'{SENDER}username = "u"\npassword_file = "p"\n')) == [
        "gsocbot.toml:5: mail.password_file: others can read p; chmod 600 p"
    ]


def test_mail_in_the_clear_is_for_this_machine(write: Write) -> None:
    mail = load(write(SENDER.replace("mail.x.org", "localhost") + 'tls = "none"\n')).mail

    assert mail is not None
    assert mail.tls == "none"


def test_servers_are_tried_in_the_order_of_the_config(write: Write) -> None:
    more = 'port = 7000\nmore_servers = ["irc2.x.org", "irc3.x.org:6697", "[::1]:6698"]\n'

    servers = load(write(NETWORK + more)).network["n"].servers

    assert [str(server) for server in servers] == [
        "irc.example.org:7000",
        "irc2.x.org:7000",
        "irc3.x.org:6697",
        "[::1]:6698",
    ]


def test_a_password_that_is_missing_is_named(write: Write) -> None:
    sasl = '[network.n.sasl]\nmechanism = "plain"\nusername = "u"\npassword_file = "gone"\n'

    assert faults_of(write(NETWORK + sasl)) == [
        "gsocbot.toml:7: network.n.sasl.password_file: gone: No such file or directory"
    ]


@pytest.mark.parametrize(
    "url",
    [
        "postgresql+psycopg://me:secret@db/gsoc",
        "postgresql+psycopg://me:se/cret@db/gsoc",
        "postgresql://me:p%40ss@db/gsoc",
        "postgresql+psycopg://me@db/gsoc?password=secret",
    ],
)
def test_a_config_that_holds_a_password_is_for_its_owner_alone(write: Write, url: str) -> None:
    file = write(f'[store]\nurl = "{url}"\n')
    assert load(file).store.url == url

    file.chmod(0o644)

    assert faults_of(file) == [
        "gsocbot.toml:2: store.url: this holds a password, and others can read gsocbot.toml; "
        "chmod 600 gsocbot.toml"
    ]


def test_a_config_without_a_password_may_be_read_by_all(write: Write) -> None:
    file = write('[store]\nurl = "postgresql+psycopg://me@db/gsoc"\n')
    file.chmod(0o644)

    assert load(file).store.file is None


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(write: Write) -> None:
    assert load(write("\ufeff[bot]\r\nlog_level = 'debug'\r\n")).bot.log_level == "debug"


def test_a_config_that_is_no_text_is_refused(write: Write) -> None:
    file = write("")
    file.write_bytes(b"[bot]\n\xff\xfe")

    assert faults_of(file) == ["gsocbot.toml:2: this is not UTF-8"]


def test_a_config_that_is_missing_or_a_folder_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()

    assert faults_of(tmp_path / "gone.toml") == [
        "gone.toml: no such file; gsocbot init DIR makes one"
    ]
    assert faults_of(folder) == ["folder: Is a directory"]
