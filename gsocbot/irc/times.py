"""How long a link waits for what."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds; the defaults are for networks far away, tests are in more of a hurry.

    After `silence` without a byte the server is asked; after `answer` more it counts as dead. A
    connection that held for `steady` makes the next delay short again.
    """

    connect: float = 15.0
    tls: float = 15.0
    register: float = 60.0
    login: float = 30.0
    silence: float = 60.0
    answer: float = 120.0
    check: float = 5.0
    rejoin: float = 30.0
    nick: float = 30.0
    confirm: float = 60.0
    steady: float = 60.0
    longest_delay: float = 300.0
