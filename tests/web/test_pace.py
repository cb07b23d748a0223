"""Nobody's server is asked more than once a second, and no more than four at once."""

import asyncio
from itertools import pairwise

import pytest

from gsocbot.web.pace import AT_ONCE, SECONDS_A_HOST, Pace


class Clock:
    """A clock that moves when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 100.0

    def read(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        until = self.now + seconds
        for _ in range(20):
            await asyncio.sleep(0)  # the others run first
        self.now = max(self.now, until)


async def _asked(hosts: list[str], lasting: float = 0.0) -> tuple[list[tuple[str, float]], int]:
    """When each host is asked, and how many are at a time."""
    clock, begun, running, most = Clock(), [], 0, 0
    pace = Pace(clock.read, clock.sleep)

    async def one(host: str) -> None:
        nonlocal running, most
        async with pace.turn(host):
            begun.append((host, clock.now))
            running += 1
            most = max(most, running)
            if lasting:
                await clock.sleep(lasting)
            running -= 1

    await asyncio.gather(*map(one, hosts))
    return begun, most


@pytest.mark.parametrize("lasting", [0.0, 0.3, 7.0])
def test_a_host_is_asked_once_a_second(lasting: float) -> None:
    begun, _ = asyncio.run(_asked(["a", "b", "a", "a", "c", "b", "a", "d", "e", "a"], lasting))

    for host in "abcde":
        at = [when for name, when in begun if name == host]
        assert all(b - a >= SECONDS_A_HOST for a, b in pairwise(at)), host
    assert len(begun) == 10


def test_no_more_than_four_are_asked_at_once() -> None:
    _, most = asyncio.run(_asked([f"h{n}" for n in range(30)], 2.0))

    assert most == AT_ONCE


def test_who_waits_for_a_turn_holds_up_no_other_host() -> None:
    begun, _ = asyncio.run(_asked(["a"] * 8 + ["b"]))

    assert dict(begun[:2]).keys() == {"a", "b"} or begun[1][0] == "b"
    assert next(when for host, when in begun if host == "b") == 100.0
