"""The command line: words in, one clear line and exit status 2 for what cannot be used."""

import os
import sys
from contextlib import suppress

from sqlalchemy.exc import SQLAlchemyError

from gsocbot.cli.arguments import parser
from gsocbot.cli.faults import Unusable
from gsocbot.config import ConfigError
from gsocbot.importers.faults import Unreadable
from gsocbot.site.clean import SiteError
from gsocbot.store.engine import StoreError, in_a_line
from gsocbot.talk import Refused

USAGE = 2


def main(argv: list[str] | None = None) -> int:
    """Run a command; gives its exit status."""
    os.umask(0o077)
    _open_streams()
    try:
        status = _status(argv)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has seen enough.
        _drop_output()
        return 0
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        _drop_output()
        return _say(f"{error.filename}: {error.strerror}" if error.filename else _reason(error))
    return status


def _status(argv: list[str] | None) -> int:
    try:
        arguments = parser().parse_args(argv)
        status: int = arguments.run(arguments)
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else 0
    except (ConfigError, Unreadable) as error:
        return _say(*error.faults)
    except (Unusable, SiteError, StoreError) as error:
        return _say(str(error))
    except SQLAlchemyError as error:
        return _say(f"the store: {in_a_line(error)}")
    except UnicodeDecodeError:  # of the tables' own names; all else is read with care
        return _say("the store: it is damaged; gsocbot db check")
    except Refused as refused:
        return _say(refused.text)
    return status


def _open_streams() -> None:
    """Make streams that were closed, and let none of them stumble over a letter."""
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")  # noqa: PTH123, SIM115
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError):
            # What programs read is UTF-8 whatever the locale; a terminal knows what it shows.
            encoding = None if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")  # type: ignore[union-attr]


def _drop_output() -> None:
    """Keep Python from flushing into what takes no more when it ends."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _reason(error: OSError) -> str:
    return error.strerror or str(error)


def _say(*lines: str) -> int:
    for line in lines:
        print(f"gsocbot: {' '.join(line.split())}", file=sys.stderr)
    return USAGE
