"""SCRAM-SHA-256 (RFC 5802, 7677): the server has to show that it knows the password too."""

from scramp import ScramClient, ScramException

from gsocbot.config import Mechanism
from gsocbot.irc.sasl import Unfit, Untrusted

MOST_ITERATIONS = 1_000_000
"""More would hold up the loop for seconds; servers ask for 4,096 to 100,000 (RFC 7677: 4,096)."""


class Scram:
    """One login by name and password. Raises Unfit for those that SCRAM cannot use."""

    def __init__(self, username: str, password: str) -> None:
        try:
            self._client = ScramClient([Mechanism.SCRAM_SHA_256.upper()], username, password)
        except ScramException as error:
            raise Unfit(f"SCRAM cannot use this name or password: {error}") from error
        self._steps = [self._first, self._final, self._verified]
        self.done = False

    def answer(self, challenge: bytes) -> bytes:
        """The next message."""
        if not self._steps:
            raise Untrusted("the server asks again after the end")
        try:
            return self._steps.pop(0)(challenge.decode()).encode()
        except (ScramException, ValueError) as error:
            raise Untrusted(f"SCRAM: {error}") from error

    def _first(self, challenge: str) -> str:
        if challenge:
            raise Untrusted("SCRAM: the server speaks first")
        return str(self._client.get_client_first())

    def _final(self, challenge: str) -> str:
        self._client.set_server_first(challenge)
        if int(self._client.iterations) > MOST_ITERATIONS:
            raise Untrusted(f"SCRAM: the server asks for {self._client.iterations} iterations")
        return str(self._client.get_client_final())

    def _verified(self, challenge: str) -> str:
        self._client.set_server_final(challenge)
        self.done = True
        return ""
