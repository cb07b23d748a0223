"""ECDSA-NIST256P-CHALLENGE: the name, then the signature of 32 bytes (Atheme's mechanism)."""

from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from gsocbot.irc.sasl import Unfit, Untrusted


class Ecdsa:
    """One login by name and key."""

    def __init__(self, username: str, key: ec.EllipticCurvePrivateKey) -> None:
        self._username = username
        self._key = key
        self._named = False
        self.done = False

    def answer(self, challenge: bytes) -> bytes:
        """The name, then the signature."""
        if not self._named and not challenge:
            self._named = True
            return self._username.encode()
        if not self._named or self.done or len(challenge) != SHA256.digest_size:
            raise Untrusted("ECDSA: the server's challenge is not of 32 bytes")
        self.done = True
        # The challenge stands where the digest of a message would.
        return self._key.sign(challenge, ec.ECDSA(Prehashed(SHA256())))


def key_in(pem: bytes, file: Path | None) -> ec.EllipticCurvePrivateKey:
    """The private key of NIST P-256 that a file holds in PEM. Raises Unfit."""
    try:
        key = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise Unfit(f"{file}: this is no private key without a password, in PEM") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise Unfit(f"{file}: this is no key of the curve NIST P-256")
    return key
