"""A new migration: what tables.py has and the migrations have not.

`python -m tools.migration a table for thanks` writes the next number.
"""

import sys

from alembic import command
from alembic.config import Config

from gsocbot.store.engine import open_engine
from gsocbot.store.schema import HEAD, MIGRATIONS


def main(words: list[str]) -> None:
    """Bring an empty store up to date, and write down what is still missing."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["engine"] = open_engine("sqlite://")
    command.upgrade(config, "head")
    number = f"{int(HEAD) + 1:04}"
    command.revision(config, " ".join(words), autogenerate=True, rev_id=number)


if __name__ == "__main__":
    main(sys.argv[1:])
