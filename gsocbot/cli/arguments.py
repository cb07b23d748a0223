"""The words of the command line."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from gsocbot.cli import ideas, keeping, links, mail, me, minutes, running, saying, setup
from gsocbot.config import DEFAULT_FILE
from gsocbot.importers.fields import YEARS

Run = Callable[[argparse.Namespace], int]


class _Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        print(f"{self.prog}: {message}; see {self.prog} --help", file=sys.stderr)
        raise SystemExit(2)


class _Version(argparse.Action):
    """--version, looked up only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: Any) -> NoReturn:
        from gsocbot.bot import own_version  # noqa: PLC0415 - 0.3 s that --help need not take

        print(f"gsocbot {own_version()}")
        parser.exit()


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = _Parser(
        prog="gsocbot",
        description="An IRC bot for organisations in Google Summer of Code.",
        epilog="Start here: gsocbot demo, or gsocbot init DIR.",
    )
    top.add_argument("--version", action=_Version, nargs=0, help="show the version")
    commands = top.add_subparsers(metavar="COMMAND", required=True)

    init = _add(commands, "init", setup.init, "make a config and an example season in a folder",
                "gsocbot init mybot --yes", config=False)  # fmt: skip
    init.add_argument("dir", type=Path, metavar="DIR")
    init.add_argument("--year", type=_year, help="the year of the programme")
    init.add_argument("--yes", action="store_true", help="ask nothing, take the defaults")

    _add(commands, "run", running.run, "run the bot in the foreground",
         "gsocbot run --config /etc/gsocbot/gsocbot.toml")  # fmt: skip

    demo = _add(commands, "demo", running.demo, "try everything on this machine alone",
                "gsocbot demo --port 6667 --web-port 8000", config=False)  # fmt: skip
    demo.add_argument("--port", type=_port, default=0, help="of the IRC server; default: any free")
    demo.add_argument("--web-port", type=_port, default=0, help="of the pages; default: any free")
    demo.add_argument("--no-chat", action="store_true", help="serve until SIGTERM, without a chat")
    demo.add_argument("--dir", type=Path, help="keep everything here; default: a temporary folder")

    _add(commands, "check", setup.check, "look for what is wrong: exit 0, 1 (findings) or 2",
         "gsocbot check")  # fmt: skip

    say = _add(commands, "say", saying.say, "send a line through the whole bot, without a network",
               'gsocbot say --as mira --channel "#xen-gsoc" "!ideas rust"')  # fmt: skip
    say.add_argument("line", nargs="?", metavar="LINE")
    say.add_argument("--from", dest="file", type=Path, metavar="FILE", help="each line of a file")
    say.add_argument(
        "--as", dest="account", metavar="ACCOUNT", help="logged in as; default: nobody"
    )
    say.add_argument("--channel", metavar="C", help="said there; default: in private")
    say.add_argument("--network", metavar="N", help="needed when there are several")
    say.add_argument("--at", metavar="TIME", help="as if it were then: 2011-04-05T15:00Z")
    say.add_argument("--json", action="store_true", help="a JSON list for each line heard")

    _ideas(_group(commands, "ideas", "ideas: import, export, check, parse, search"))
    _timeline(_group(commands, "timeline", "the year's dates: import, show, years"))
    _role(_group(commands, "role", "who may do what: add, drop, list, code"))
    site = _group(commands, "site", "the pages: build")
    _add(site, "build", keeping.site_build, "build all pages now", "gsocbot site build")
    link = _add(commands, "links", links.links, "say which links are dead: exit 0 or 1",
                "gsocbot links --now")  # fmt: skip
    link.add_argument("--now", action="store_true", help="ask for all of them first")
    link.add_argument("--season")
    test = _add(_group(commands, "mail", "the daily mail: test"), "test", mail.test,
                "send a mail now, and say what is wrong if it is not taken",
                "gsocbot mail test odile@example.org")  # fmt: skip
    test.add_argument("address", nargs="?", metavar="ADDRESS", help="default: all who get mail")
    test.add_argument("--season")
    play = _add(_group(commands, "minutes", "what was said in meetings: replay"), "replay",
                minutes.replay_log, "show the minutes of the meeting in a log, keeping nothing",
                "gsocbot minutes replay meeting.log --json", config=False)  # fmt: skip
    play.add_argument("log", type=Path, metavar="LOG")
    play.add_argument("--json", action="store_true")
    _me(_group(commands, "me", "what is kept of somebody: export, forget"))
    _db(_group(commands, "db", "the store: upgrade, check, backup, restore"))
    return top


def _ideas(group: Any) -> None:
    read = _add(group, "import", ideas.import_, "read ideas from a file or a folder into the store",
                "gsocbot ideas import ideas.json --season xen-2011")  # fmt: skip
    read.add_argument("path", type=Path, metavar="PATH")
    read.add_argument("--season", required=True)
    export = _add(group, "export", ideas.export, "write the ideas as files",
                  "gsocbot ideas export ideas/xen-2011 --season xen-2011")  # fmt: skip
    export.add_argument("dir", type=Path, metavar="DIR")
    export.add_argument("--season", required=True)
    check = _add(group, "check", ideas.check, "say what the ideas lack: exit 0 or 1",
                 "gsocbot ideas check")  # fmt: skip
    check.add_argument("--season")
    parse = _add(group, "parse", ideas.parse, "show what is understood of a list, keeping nothing",
                 "gsocbot ideas parse ideas.md --json", config=False)  # fmt: skip
    parse.add_argument("path", type=Path, metavar="PATH")
    parse.add_argument("--json", action="store_true")
    search = _add(group, "search", ideas.search, "find ideas by words",
                  "gsocbot ideas search rust networking -n 3")  # fmt: skip
    search.add_argument("words", nargs="*", metavar="WORDS")
    search.add_argument("--from", dest="file", type=Path, metavar="FILE", help="a question a line")
    search.add_argument("--season")
    search.add_argument("--json", action="store_true")
    search.add_argument("-n", dest="most", type=_count, default=10, help="at most so many")


def _timeline(group: Any) -> None:
    read = _add(group, "import", keeping.timeline_import, "read dates, from TOML or iCalendar",
                "gsocbot timeline import timeline.toml --season xen-2011")  # fmt: skip
    read.add_argument("file", type=Path, metavar="FILE")
    read.add_argument("--season", required=True)
    show = _add(group, "show", keeping.timeline_show, "show the dates", "gsocbot timeline show")
    show.add_argument("--season")
    _add(group, "years", keeping.timeline_years, "list the years whose dates come with gsocbot",
         "gsocbot timeline years", config=False)  # fmt: skip


def _role(group: Any) -> None:
    for name, run, about in (
        ("add", keeping.role_add, "give an account a role; the first organiser is made here"),
        ("drop", keeping.role_drop, "take a role away"),
    ):
        role = _add(
            group, name, run, about, f"gsocbot role {name} odile organiser --season xen-2011"
        )
        role.add_argument("account", metavar="ACCOUNT")
        role.add_argument("role", choices=("organiser", "mentor"))
        role.add_argument("--season")
        role.add_argument("--network", metavar="N", help="needed when there are several")
    code = _add(group, "code", keeping.role_code, "make a one-time code for a login",
                "gsocbot role code mira --season xen-2011")  # fmt: skip
    code.add_argument("account", metavar="ACCOUNT")
    code.add_argument("--season")
    code.add_argument("--network", metavar="N", help="needed when there are several")
    listing = _add(group, "list", keeping.role_list, "list who has which role", "gsocbot role list")
    listing.add_argument("--season")


def _me(group: Any) -> None:
    for name, run, about in (
        ("export", me.export, "write everything that is kept of an account as JSON"),
        ("forget", me.forget, "forget an account everywhere, for good"),
    ):
        command = _add(group, name, run, about, f"gsocbot me {name} priya --network libera")
        command.add_argument("account", metavar="ACCOUNT")
        command.add_argument("--network", metavar="N", help="needed when there are several")
    command.add_argument("--yes", action="store_true", help="it cannot be taken back")


def _db(group: Any) -> None:
    _add(group, "upgrade", keeping.db_upgrade, "bring the store's tables up to date",
         "gsocbot db upgrade")  # fmt: skip
    _add(group, "check", keeping.db_check, "say whether the store is whole: exit 0 or 1",
         "gsocbot db check")  # fmt: skip
    for name, run, about in (
        ("backup", keeping.db_backup, "copy the store to a file, while the bot runs"),
        ("restore", keeping.db_restore, "put a copy in the place of the store"),
    ):
        command = _add(group, name, run, about, f"gsocbot db {name} /var/backups/gsocbot.db")
        command.add_argument("file", type=Path, metavar="FILE")


def _group(commands: Any, name: str, about: str) -> Any:
    group = commands.add_parser(name, help=about, description=about.capitalize())
    return group.add_subparsers(metavar="VERB", required=True)


def _add(
    commands: Any, name: str, run: Run, about: str, example: str, *, config: bool = True
) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(
        name,
        help=about,
        description=f"{about[:1].upper()}{about[1:]}.",
        epilog=f"Example: {example}",
    )
    if config:
        command.add_argument(
            "--config",
            type=Path,
            default=DEFAULT_FILE,
            metavar="FILE",
            help="default: gsocbot.toml",
        )
    command.set_defaults(run=run)
    return command


def _port(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or not 0 <= int(text[:9]) <= 65535:
        raise argparse.ArgumentTypeError(f"{text!r} is no port (0-65535)")
    return int(text)


def _year(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or int(text[:9]) not in YEARS:
        raise argparse.ArgumentTypeError(f"{text!r} is no year ({YEARS[0]}-{YEARS[-1]})")
    return int(text)


def _count(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text[:9]) <= 1_000_000:
        raise argparse.ArgumentTypeError(f"{text!r} is no count (1 or more)")
    return int(text)
