"""Which hackathon is meant, who takes part in it, and who leads it: for all of its commands."""

from datetime import datetime

from gsocbot.commands.ask import Ask
from gsocbot.render.addresses import HACKATHON_REPORT, hackathon_path
from gsocbot.rules.hackathon import Days
from gsocbot.rules.office import leaders
from gsocbot.rules.roles import Role
from gsocbot.store import hackathons
from gsocbot.store.hackathon_tables import Hackathon, Hacker
from gsocbot.talk import Kind, Refused

NONE = 'there is no hackathon yet. Organisers: !hack add "<name>" <from> <to> <zone> [place]'


def the_hackathon(ask: Ask) -> Hackathon:
    """The hackathon that is meant; a stray refusal where there is none."""
    row = hackathons.current(ask.books, ask.season_key, ask.now, ask.heard.channel or "")
    if row is None:
        raise Refused(NONE, stray=True)
    return row


def open_hackathon(ask: Ask) -> Hackathon:
    """The same, unless it is over: what is past stays as it was."""
    row = the_hackathon(ask)
    if hackathons.days_of(row).is_over(ask.now):
        raise Refused(f"{row.name} is over; its report: {page(ask, row)}{HACKATHON_REPORT}")
    return row


def one_of_us(ask: Ask, row: Hackathon) -> Hacker:
    """Who asks as one who takes part; who does something there has come, said so or not."""
    found = hackathons.hacker(ask.books, row, ask.network, ask.who)
    if found is None:
        found = ask.keep(Hacker, f"you are not at {row.name}", hackathon=row.id)
    return found


def leads(ask: Ask, row: Hackathon) -> bool:
    """Whether somebody leads a hackathon: an organiser, or whom they made its chair."""
    account = ask.heard.account if row.network == ask.network else None
    return Role.ORGANISER in ask.roles or (account is not None and account in leaders(row.chairs))


def check_leads(ask: Ask, row: Hackathon, deed: str) -> None:
    """Refuse what is for who leads; `deed` completes "only ... can"."""
    if not leads(ask, row):
        raise Refused(
            f"only organisers and who leads the hackathon can {deed}. Nothing changed.",
            Kind.REFUSAL,
        )


def today(ask: Ask, row: Hackathon) -> tuple[Days, datetime]:
    """Its days, and the moment on its clock."""
    days = hackathons.days_of(row)
    return days, ask.now.astimezone(days.tz)


def page(ask: Ask, row: Hackathon) -> str:
    """Where it is on the web."""
    return ask.addresses.page(hackathon_path(row.slug))
