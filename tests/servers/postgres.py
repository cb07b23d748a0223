"""A private PostgreSQL that listens on nothing but a socket in a folder of its own."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from sqlalchemy import NullPool, create_engine, make_url, text
from sqlalchemy.exc import OperationalError

from tests.servers import ENVIRONMENT, Process, as_user, folder_of, program, user_for

OPTIONS = (
    "listen_addresses=",
    "fsync=off",  # what a test keeps need not outlive the machine
    "full_page_writes=off",
    "synchronous_commit=off",
)


def available() -> bool:
    """Whether PostgreSQL's programs are installed."""
    return all((program("setpriv"), _program("initdb"), _program("postgres")))


@contextmanager
def running() -> Iterator[str]:
    """Run a new PostgreSQL, and give the URL of the database that it starts with."""
    user = user_for("postgres")
    with folder_of(user) as folder:
        data = str(folder / "data")
        initdb = [_program("initdb"), "--auth=trust", "--username=postgres", "--no-sync"]
        subprocess.run(
            [*as_user(user), *initdb, "--encoding=UTF8", "--no-locale", data],
            cwd=folder,
            env=ENVIRONMENT,
            check=True,
            capture_output=True,
        )
        url = f"postgresql+psycopg://postgres@/postgres?host={folder}&port=5432"
        options = [word for option in OPTIONS for word in ("-c", option)]
        server = Process(
            [_program("postgres"), "-D", data, "-k", str(folder), "-p", "5432", *options],
            folder=folder,
            user=user,
            ready=lambda: _answers(url),
            end=signal.SIGINT,  # connections that are left open do not hold it up
            orphaned=signal.SIGQUIT,  # it takes its own children along
        )
        try:
            server.start()
            yield url
        finally:
            server.stop()


@contextmanager
def stopped(url: str) -> Iterator[None]:
    """All processes of this server stand still; their sockets stay open."""
    folder = make_url(url).query["host"]
    first = Path(f"{folder}/data/postmaster.pid").read_text().split()[0]
    children = subprocess.run(["pgrep", "-P", first], capture_output=True, text=True).stdout
    pids = [int(pid) for pid in (first, *children.split())]
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


def control(url: str, *words: str) -> None:
    """Stop this server (stop -m immediate) or start it again (restart), with pg_ctl."""
    folder = Path(str(make_url(url).query["host"]))
    command = [_program("pg_ctl"), "-D", str(folder / "data"), "-l", str(folder / "log"), *words]
    user = user_for("postgres")
    done = subprocess.run(
        [*as_user(user), *command], cwd=folder, env=ENVIRONMENT, capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(f"{command}: {done.stdout}{done.stderr}")


def fresh_database(url: str) -> str:
    """Create an empty database on this server, and give its URL."""
    name = f"test_{uuid4().hex}"
    _execute(url, f"CREATE DATABASE {name}")
    return make_url(url).set(database=name).render_as_string(hide_password=False)


def drop_database(url: str) -> None:
    """Remove a database, whoever is still connected to it."""
    whole = make_url(url)
    server = whole.set(database="postgres").render_as_string(hide_password=False)
    _execute(server, f"DROP DATABASE {whole.database} WITH (FORCE)")


def _program(name: str) -> str:
    """Say where one of PostgreSQL's programs is, the newest version's first; "" if nowhere."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*"), key=lambda path: path.name.zfill(9))
    found = [str(path / "bin" / name) for path in versions if (path / "bin" / name).exists()]
    return found[-1] if found else program(name) or ""


def _answers(url: str) -> bool:
    try:
        _execute(url, "SELECT 1")
    except OperationalError:
        return False
    return True


def _execute(url: str, statement: str) -> None:
    engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
