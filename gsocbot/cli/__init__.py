"""The command line: words in, one clear line and exit status 2 for what cannot be used."""

import os
import sys

from gsocbot.cli.arguments import parser
from gsocbot.cli.faults import Unusable
from gsocbot.config import ConfigError
from gsocbot.importers.faults import Unreadable
from gsocbot.site.clean import SiteError
from gsocbot.store.engine import StoreError
from gsocbot.talk import Refused

USAGE = 2


def main(argv: list[str] | None = None) -> int:
    """Run a command; gives its exit status."""
    os.umask(0o077)
    try:
        arguments = parser().parse_args(argv)
        status: int = arguments.run(arguments)
        sys.stdout.flush()
        return status
    except ConfigError as error:
        return _say(*error.faults)
    except Unreadable as error:
        return _say(*error.faults)
    except (Unusable, SiteError, StoreError) as error:
        return _say(str(error))
    except Refused as refused:
        return _say(refused.text)
    except BrokenPipeError:
        # Whoever read our output has seen enough; keep Python from flushing into the broken pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        return _say(f"{error.filename or 'gsocbot'}: {error.strerror or error}")


def _say(*lines: str) -> int:
    for line in lines:
        print(f"gsocbot: {' '.join(line.split())}", file=sys.stderr)
    return USAGE
