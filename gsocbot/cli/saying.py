"""gsocbot say: a line through the whole bot, without a network."""

import argparse
import json
import sys
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from gsocbot import app
from gsocbot.bot import Bot
from gsocbot.cli import choosing
from gsocbot.cli.faults import Unusable
from gsocbot.config import Config, Limits, load
from gsocbot.rules.when import read_zoned
from gsocbot.talk import Heard, Refused, Say

ME = "gsocbot"
STRANGER = "guest"


def say(arguments: argparse.Namespace) -> int:
    """Say one line, or each line of a file, and print what the bot says."""
    if (arguments.line is None) == (arguments.file is None):
        raise Unusable("say one LINE, or --from FILE")
    config = load(arguments.config)
    network = choosing.network(config, arguments.network, arguments.channel)
    channel = _channel(config, network, arguments.channel)
    at = moment(arguments.at)
    lines = [typed(arguments.line)] if arguments.file is None else lines_of(arguments.file)
    unlimited = config.model_copy(update={"limits": Limits(commands_per_minute=0)})
    store, bot, _ = app.open_bot(unlimited, at or app.clock())
    account = choosing.account(arguments.account) if arguments.account is not None else None
    try:
        for says in _answers(bot, shown(lines), network, channel, account, at):
            _print(says, channel, as_json=arguments.json, each=arguments.file is not None)
        bot.keep_lines()
    finally:
        store.close()
    return 0


def _answers(
    bot: Bot,
    lines: Iterable[str],
    network: str,
    channel: str | None,
    account: str | None,
    at: datetime | None,
) -> Iterator[list[Say]]:
    bot.tick(at or app.clock())
    nick = account or STRANGER
    for number, line in enumerate(lines):
        # With a fixed clock every line has a moment of its own, as real lines do.
        now = at + timedelta(microseconds=number) if at else app.clock()
        heard = Heard(network, nick, account, channel, line, now, ME)
        yield bot.hear(heard) if bot.take(heard) else []


def _print(says: list[Say], channel: str | None, *, as_json: bool, each: bool) -> None:
    if as_json:
        print(json.dumps([_as_json(s) for s in says], ensure_ascii=False))
        return
    texts = [
        s.text if s.target == channel or not channel else f"→ {s.target}: {s.text}" for s in says
    ]
    if each:
        print(" | ".join(texts))
    elif texts:
        print("\n".join(texts))


def _as_json(say: Say) -> dict[str, str]:
    shown = {"target": say.target, "text": say.text, "kind": str(say.kind)}
    return shown | ({"key": say.key} if say.key is not None else {})


def _channel(config: Config, network: str, channel: str | None) -> str | None:
    if channel is None:
        return None
    if network not in config.network:
        return choosing.channel(channel)
    known = {name.lower(): name for name in config.network[network].channels}
    if channel.lower() not in known:
        raise Unusable(f'there is no [network.{network}.channels."{channel}"] in the config')
    return known[channel.lower()].lower()


def moment(text: str | None) -> datetime | None:
    """A moment of the command line: ISO 8601 or as on IRC; UTC where no zone is named."""
    if text is None:
        return None
    try:
        return read_zoned(text, app.clock())[0]
    except Refused as refused:
        raise Unusable(f"--at: {refused.text}") from refused


def lines_of(file: Path) -> list[str]:
    """The lines of a file; only a line feed ends one, as on IRC."""
    try:
        text = file.read_bytes().removeprefix(BOM_UTF8).decode(errors="replace")
    except (OSError, ValueError) as error:
        raise Unusable(f"{file}: {getattr(error, 'strerror', None) or error}") from error
    lines = [line.removesuffix("\r") for line in text.split("\n")]
    return lines[:-1] if lines and not lines[-1] else lines


def typed(text: str) -> str:
    """What stands on the command line, as a line of IRC would bring it."""
    return text.encode(errors="surrogateescape").decode(errors="replace")


def shown(lines: list[str]) -> Iterable[str]:
    """The lines, with a bar on a terminal where the answers go elsewhere."""
    from tqdm import tqdm  # noqa: PLC0415 - 20 ms that a running bot does without

    bar: Iterable[str] = tqdm(
        lines, unit=" lines", leave=False, disable=True if sys.stdout.isatty() else None
    )
    return bar
