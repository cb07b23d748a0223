"""One-time codes: a login for people on networks without services."""

import hashlib
from datetime import timedelta

GOOD_FOR = timedelta(hours=24)
DIGITS = 8


def written(number: int) -> str:
    """A code as people read and type it: 4711-8302."""
    digits = f"{number % 10**DIGITS:0{DIGITS}}"
    return f"{digits[:4]}-{digits[4:]}"


def digest(network: str, code: str) -> str:
    """What is kept of a code; blanks and dashes in it do not matter."""
    plain = "".join(c for c in code if c.isalnum())
    return hashlib.sha256(f"{network}:{plain}".encode()).hexdigest()
