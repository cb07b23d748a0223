"""How names are compared under a casemapping, and in which other letters they can be written."""

from random import Random

PAIRS = {"rfc1459": "[{]}\\|~^", "strict-rfc1459": "[{]}\\|", "ascii": ""}


def folded(name: str, casemapping: str) -> str:
    """A name as it is compared."""
    pairs = PAIRS[casemapping]
    lower = dict(zip(pairs[::2], pairs[1::2], strict=True))
    return "".join(
        chr(ord(c) + 32) if "A" <= c <= "Z" else lower.get(c, c)  # not lower(): É is another letter
        for c in name
    )


def spelled(name: str, casemapping: str, random: Random) -> str:
    """A name in other letters that mean the same."""
    pairs = PAIRS[casemapping]
    same = dict(zip(pairs, "".join(pairs[n ^ 1] for n in range(len(pairs))), strict=True))
    return "".join(
        (c.swapcase() if c.isascii() and c.isalpha() else same.get(c, c))
        if random.random() < 0.3
        else c
        for c in name
    )
