"""How long a link waits for what."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds; the defaults are for networks far away, tests are in more of a hurry.

    A connection has `connect` to stand, `tls` for its handshake and `register` to let the bot in,
    `login` if it has to log in, no `step` of which may take longer than that; in the clear, `ask`
    for the answer to the first question. After `silence` without a byte the server is asked;
    after `answer` more it counts as dead. The own nick is tried again every `nick`, and
    `services` after they were asked for it. A channel is tried again after `rejoin`, then twice
    that, and so on, as a network is after its reconnect_delay, up to `longest_delay`; one that
    held for `steady` makes the next delay short again. Who was banned stays away for `banned`.
    """

    connect: float = 15.0
    tls: float = 15.0
    ask: float = 2.0
    step: float = 15.0
    register: float = 60.0
    login: float = 30.0
    silence: float = 60.0
    answer: float = 120.0
    check: float = 5.0
    rejoin: float = 5.0
    nick: float = 30.0
    services: float = 2.0
    confirm: float = 60.0
    recall: float = 10.0
    steady: float = 60.0
    longest_delay: float = 300.0
    banned: float = 600.0
