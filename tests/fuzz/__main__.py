"""Campaigns of made-up input: python -m tests.fuzz [--lines N] [--seed S] [--short]"""

import argparse
import secrets
import sys
from collections.abc import Callable
from dataclasses import dataclass

from tqdm import tqdm

from tests.fuzz.endings import endings
from tests.fuzz.incoming import incoming
from tests.fuzz.judging import Result, Tick, as_table, keep
from tests.fuzz.outgoing import outgoing
from tests.fuzz.presence import presence
from tests.fuzz.servers import flood, through
from tests.servers import ircd


@dataclass(frozen=True)
class Size:
    """How much of each."""

    lines: int
    model: int
    endings: int
    texts: int
    through: int
    flood: float


FULL = Size(1_000_000, 200_000, 2_000, 200_000, 3_000, 600)
SHORT = Size(50_000, 20_000, 200, 5_000, 300, 20)


@dataclass(frozen=True)
class Campaign:
    """One of the campaigns, and how much of it is expected."""

    name: str
    total: int
    run: Callable[[Tick], Result]
    server: str = ""
    """The kind of server that must be installed."""


def campaigns(size: Size, seed: str) -> list[Campaign]:
    """All campaigns, in order."""
    return [
        Campaign("incoming", size.lines, lambda tick: incoming(size.lines, seed, tick)),
        Campaign("presence", size.model, lambda tick: presence(size.model, seed, tick)),
        Campaign("endings", size.endings, lambda tick: endings(size.endings, seed, tick)),
        Campaign("outgoing", size.texts, lambda tick: outgoing(size.texts, seed, tick)),
        *(
            Campaign(
                kind,
                size.through,
                lambda tick, kind=kind: through(kind, size.through, seed, tick),
                kind,
            )
            for kind in ("ngircd", "inspircd")
        ),
        Campaign("flood", 0, lambda tick: flood(size.flood, tick), "inspircd"),
    ]


def main() -> int:
    """Run the campaigns and print what became of them; 1 if anything failed."""
    names = [campaign.name for campaign in campaigns(SHORT, "")]
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--lines", type=int, help="incoming lines; the rest is in proportion")
    parser.add_argument("--seed", default=secrets.token_hex(4), help="for the same input again")
    parser.add_argument("--short", action="store_true", help="half a minute of it")
    parser.add_argument("--only", choices=names, action="append", help="this campaign alone")
    arguments = parser.parse_args()
    size = _size(SHORT if arguments.short else FULL, arguments.lines)
    print(f"seed {arguments.seed}", flush=True)
    results = []
    for campaign in campaigns(size, arguments.seed):
        if arguments.only and campaign.name not in arguments.only:
            continue
        if campaign.server and not ircd.available(campaign.server):
            print(f"{campaign.name}: left out, {campaign.server} is not installed")
            continue
        results.append(_run(campaign))
    print(as_table(results))
    file = keep(results, arguments.seed)
    if file is not None:
        print(f"the inputs that failed are in {file}")
    return 0 if all(result.good for result in results) else 1


def _size(size: Size, lines: int | None) -> Size:
    if lines is None:
        return size
    part = lines / size.lines
    return Size(
        lines=lines,
        model=_some(size.model, part),
        endings=_some(size.endings, part),
        texts=_some(size.texts, part),
        through=_some(size.through, part),
        flood=max(5.0, size.flood * part),
    )


def _some(count: int, part: float) -> int:
    return max(1, round(count * part))


def _run(campaign: Campaign) -> Result:
    """Run one of them, with a bar where there is a terminal."""
    bar = tqdm(total=campaign.total or None, desc=campaign.name, leave=False, disable=None)
    with bar:
        return campaign.run(bar.update)


if __name__ == "__main__":
    sys.exit(main())
