"""Certificates for the tests: some that a CA of our own vouches for, and some to be refused."""

import base64
import hashlib
import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.servers import ENVIRONMENT

OURS = "localhost"
ELLIPTIC = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")


@dataclass(frozen=True)
class Certificate:
    """A certificate, its key, and the file of what vouches for it."""

    file: Path
    key: Path
    ca: Path

    @property
    def fingerprint(self) -> str:
        """Its SHA-256, in hexadecimal digits."""
        return hashlib.sha256(ssl.PEM_cert_to_DER_cert(self.file.read_text())).hexdigest()


class Authority:
    """A CA of our own: `ca` is the file to trust."""

    def __init__(self, folder: Path) -> None:
        """Make one in a folder."""
        self._folder = folder
        usage = ("-addext", "keyUsage=critical,keyCertSign,cRLSign")
        self._own = _self_signed(folder, "ca", "-subj", "/CN=a CA for the tests", *usage)
        self.ca = self._own.file

    def issue(self, name: str, *, host: str = OURS, days: int = 2) -> Certificate:
        """Vouch for a server of this host name; -1 day: it has expired."""
        folder, own = self._folder, self._own
        key, request, extensions = (folder / f"{name}.{end}" for end in ("key", "csr", "ext"))
        extensions.write_text(f"subjectAltName={_names(host)}\nauthorityKeyIdentifier=keyid\n")
        openssl(folder, "req", *ELLIPTIC, "-subj", "/CN=test", "-keyout", key, "-out", request)
        issued = Certificate(folder / f"{name}.pem", key, self.ca)
        signing = ("-CA", own.file, "-CAkey", own.key, "-CAcreateserial", "-extfile", extensions)
        openssl(
            *(folder, "x509", "-req", "-in", request, *signing),
            *("-days", str(days), "-out", issued.file),
        )
        return issued


def self_signed(folder: Path, name: str) -> Certificate:
    """Make a certificate that nobody but itself vouches for."""
    names = ("-addext", f"subjectAltName={_names(OURS)}")
    return _self_signed(folder, name, "-subj", "/CN=gsocbot tests", *names)


def public_point(key: Path) -> str:
    """Give the public half of an EC key as Atheme takes it: the compressed point, in base64."""
    options = ("-pubout", "-conv_form", "compressed", "-outform", "DER")
    return base64.b64encode(openssl(key.parent, "ec", "-in", key, *options)[-33:]).decode()


def sign(key: Path, challenge: bytes) -> bytes:
    """Sign 32 bytes with an EC key."""
    return openssl(key.parent, "pkeyutl", "-sign", "-inkey", key, said=challenge)


def openssl(folder: Path, *words: str | Path, said: bytes = b"") -> bytes:
    """Run openssl in a folder, and give what it writes."""
    done = subprocess.run(
        ["openssl", *words],
        cwd=folder,
        env=ENVIRONMENT,
        check=True,
        capture_output=True,
        input=said,
    )
    return done.stdout


def _self_signed(folder: Path, name: str, *options: str) -> Certificate:
    made = Certificate(folder / f"{name}.pem", folder / f"{name}.key", folder / f"{name}.pem")
    files = ("-keyout", made.key, "-out", made.file)
    openssl(folder, "req", "-x509", *ELLIPTIC, "-days", "30", *files, *options)
    return made


def _names(host: str) -> str:
    return f"DNS:{host},IP:127.0.0.1" if host == OURS else f"DNS:{host}"
