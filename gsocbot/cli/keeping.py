"""gsocbot timeline, role, site, db: what keeps a season and its store in order."""

import argparse
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from gsocbot import app
from gsocbot.cli import choosing
from gsocbot.cli.faults import Unusable
from gsocbot.config import Config, load
from gsocbot.importers.timeline import read_timeline
from gsocbot.importers.years import read_years, shipped_years
from gsocbot.render import words
from gsocbot.rules.roles import Role
from gsocbot.rules.timeline import Deadline, in_order
from gsocbot.shipped import shipped
from gsocbot.store import codes, copying, integrity, reading_dates, roles, schema, seasons
from gsocbot.store.engine import StoreError, in_a_line, name_of
from gsocbot.store.store import Store


def timeline_import(arguments: argparse.Namespace) -> int:
    """Read dates into the store."""
    config = load(arguments.config)
    season = choosing.season(config, arguments.season)
    read_timeline(arguments.file)  # what cannot be read leaves no store behind
    store, _, _ = app.open_bot(config, app.clock())
    with store.transaction(writing=True) as books:
        deadlines, _ = read_timeline(arguments.file, seasons.deadlines(books, season))
        deed = app.deed_of_shell(app.clock(), season, f"timeline import {arguments.file}")
        changes = reading_dates.deadlines(books, deed, season, deadlines)
    store.close()
    print(f"{arguments.file}: {len(deadlines)} dates read, {changes}")
    return 0


def timeline_show(arguments: argparse.Namespace) -> int:
    """Show the dates, the past ones too."""
    config = load(arguments.config)
    now = app.clock()
    store, _, _ = app.open_bot(config, now)
    with store.transaction(writing=False) as books:
        for season in choosing.seasons(config, arguments.season):
            for date in in_order(seasons.deadlines(books, season)):
                shown = date.at.isoformat() if date.at else str(date.day)
                print(f"{season}: {shown} {date.slug}: {date.title} ({words.when(date, now)})")
    store.close()
    return 0


def timeline_years(arguments: argparse.Namespace) -> int:
    """List the years whose dates ship, and the files that hold them."""
    folder = shipped("templates") / "timelines"
    files = shipped_years(folder)
    for year, (deadlines, _) in read_years(folder).items():
        first, *_, last = in_order(deadlines)
        print(f"{year}: {len(deadlines)} dates, {_on(first)} to {_on(last)}: {files[year]}")
    return 0


def _on(date: Deadline) -> str:
    return str(date.at.date() if date.at else date.day)


def role_add(arguments: argparse.Namespace) -> int:
    """Give a role."""
    return _change_role(arguments, add=True)


def role_drop(arguments: argparse.Namespace) -> int:
    """Take a role away."""
    return _change_role(arguments, add=False)


def _change_role(arguments: argparse.Namespace, *, add: bool) -> int:
    config = load(arguments.config)
    season = choosing.season(config, arguments.season)
    network = choosing.network(config, arguments.network)
    account, role = choosing.account(arguments.account), Role(arguments.role)
    store, _, _ = app.open_bot(config, app.clock())
    verb = "add" if add else "drop"
    with store.transaction(writing=True) as books:
        deed = app.deed_of_shell(app.clock(), season, f"role {verb} {account} {role}")
        change = roles.grant if add else roles.revoke
        changed = change(books, deed, season, network, account, role)
    store.close()
    outcome = ("now" if changed else "already") if add else ("no longer" if changed else "no")
    print(f"{account} on {network} is {outcome} {role} in {season}")
    return 0


def role_code(arguments: argparse.Namespace) -> int:
    """Make a one-time code for an account, where a network has no services."""
    config = load(arguments.config)
    season = choosing.season(config, arguments.season)
    network = choosing.network(config, arguments.network)
    account = choosing.account(arguments.account)
    store, _, _ = app.open_bot(config, app.clock())
    with store.transaction(writing=True) as books:
        deed = app.deed_of_shell(app.clock(), season, f"role code {account}")
        code = codes.give(books, deed, season, network, account)
    store.close()
    print(f"code for {account} on {network}: {code}, good for 24 h and once: !me code {code}")
    return 0


def role_list(arguments: argparse.Namespace) -> int:
    """List all roles."""
    config = load(arguments.config)
    store, _, _ = app.open_bot(config, app.clock())
    with store.transaction(writing=False) as books:
        for season in choosing.seasons(config, arguments.season):
            for network, account, role in roles.grants(books, season):
                print(f"{season}: {account} on {network}: {role}")
    store.close()
    return 0


def site_build(arguments: argparse.Namespace) -> int:
    """Build all pages."""
    config = load(arguments.config)
    now = app.clock()
    store, bot, _ = app.open_bot(config, now)
    snapshot = app.look(config, store, bot.faq, bot.checklists, now)
    count = app.build_site(config, snapshot, now, app.exported(store, now))
    store.close()
    print(f"{config.site.dir}: {count} files")
    return 0


def db_upgrade(arguments: argparse.Namespace) -> int:
    """Bring the tables up to date, after a backup beside a SQLite file."""
    store = Store(load(arguments.config).store.url)
    try:
        found = schema.version(store.engine)
        schema.check_not_newer(found)
        if found not in {None, schema.HEAD} and store.engine.dialect.name == "sqlite":
            print(f"backup: {copying.backup_beside(store.engine, app.clock())}")
        schema.upgrade(store.engine)
    except SQLAlchemyError as error:
        raise StoreError(f"{name_of(store.engine)}: {in_a_line(error)}") from error
    finally:
        store.close()
    print(f"the store is at schema {schema.HEAD}")
    return 0


def db_check(arguments: argparse.Namespace) -> int:
    """Say whether the store is whole; exit status 1 if it is not."""
    config = load(arguments.config)
    if config.store.file is not None:
        _sqlite_file(config)
    findings = findings_of_store(config)
    for finding in findings:
        print(finding)
    if not findings:
        print(f"the store is whole, at schema {schema.HEAD}")
    return 1 if findings else 0


def findings_of_store(config: Config) -> list[str]:
    """What is wrong with a store that exists; it is not changed."""
    file = config.store.file
    if file is not None:
        return integrity.findings(file)
    store = Store(config.store.url)
    try:
        found = schema.version(store.engine)
    except SQLAlchemyError as error:
        raise StoreError(f"{name_of(store.engine)}: {in_a_line(error)}") from error
    finally:
        store.close()
    return [] if found == schema.HEAD else ["the store needs its tables: gsocbot db upgrade"]


def db_backup(arguments: argparse.Namespace) -> int:
    """Copy a SQLite store while it is in use."""
    file = _sqlite_file(load(arguments.config))
    if arguments.file.exists() and not arguments.file.is_file():
        raise Unusable(f"{arguments.file}: this is no file")
    if arguments.file.exists() and arguments.file.samefile(file):
        raise Unusable(f"{arguments.file}: this is the store itself")
    arguments.file.parent.mkdir(parents=True, exist_ok=True)
    copying.copy_sqlite(file, arguments.file)
    print(f"{arguments.file}: {arguments.file.stat().st_size} bytes")
    return 0


def db_restore(arguments: argparse.Namespace) -> int:
    """Put a copy in the place of the store; the old one is kept beside it."""
    config = load(arguments.config)
    file = _sqlite_file(config, must_exist=False)
    if not arguments.file.is_file():
        raise Unusable(f"{arguments.file}: no such file")
    if file.exists() and not file.is_file():
        raise Unusable(f"{file}: this is no file")
    damages = integrity.damages(arguments.file)
    if damages:
        raise Unusable(damages[0])
    with app.alone(config):
        kept = copying.put_in_place(arguments.file, file, app.clock())
    if kept is not None:
        print(f"the old store is {kept}")
    print(f"{file}: restored from {arguments.file}")
    return 0


def _sqlite_file(config: Config, *, must_exist: bool = True) -> Path:
    file = config.store.file
    if file is None:
        raise Unusable("this is for SQLite; for PostgreSQL use pg_dump and pg_restore")
    if must_exist and not file.is_file():
        raise Unusable(f"{file}: there is no store yet")
    return file
