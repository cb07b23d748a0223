"""gsocbot me: what is kept of somebody, for whoever has the shell; and to forget them."""

import argparse
import sys

from gsocbot import app
from gsocbot.cli import choosing
from gsocbot.cli.faults import Unusable
from gsocbot.config import Config, load
from gsocbot.rules.privacy import Viewer
from gsocbot.rules.roles import Role
from gsocbot.store.private import erasing, exporting


def export(arguments: argparse.Namespace) -> int:
    """Write everything that is kept of an account as JSON."""
    config = load(arguments.config)
    network, account = _who(arguments, config)
    now = app.clock()
    store, _, _ = app.open_bot(config, now)
    # Whoever has the shell could read the store itself.
    shell = Viewer(network, account, frozenset({Role.ORGANISER}))
    with store.transaction(writing=False) as books:
        data = exporting.everything(books, shell, network, account, now)
    store.close()
    sys.stdout.write(exporting.as_json(data).decode())
    return 0


def forget(arguments: argparse.Namespace) -> int:
    """Forget an account everywhere; a bot that runs sweeps up within a minute."""
    config = load(arguments.config)
    network, account = _who(arguments, config)
    if not arguments.yes:
        raise Unusable(f"this forgets {account} on {network} for good; say so with --yes")
    now = app.clock()
    store, bot, _ = app.open_bot(config, now)
    with store.transaction(writing=True) as books:
        files = erasing.in_folders(books, account)
        erasing.forget(books, network, account, now, "forget")
    for number in files:
        print(f"idea {number} is in a file of the season's folder: take the name out there too")
    print(f"{account} on {network} is forgotten")
    swept = app.sweep_up(config, store, bot, now)
    store.close()
    if swept:
        print("pages and the store's file are written anew")
    else:
        print("a bot is running: it writes pages and the store's file anew within a minute")
    return 0


def _who(arguments: argparse.Namespace, config: Config) -> tuple[str, str]:
    network = choosing.network(config, arguments.network)
    return network, choosing.account(arguments.account)
