"""Oneself: who the bot takes one for, one's clock, quiet hours, and no reminders in private."""

from collections.abc import Iterator
from dataclasses import replace

from gsocbot.commands.ask import Ask
from gsocbot.commands.command import Words
from gsocbot.render import words as wording
from gsocbot.render.words import listed
from gsocbot.rules.quiet import URGENT, Settings, read_hours
from gsocbot.rules.when import Zone, zone_named, zone_of, zones_at
from gsocbot.store import codes, own_reminders, people
from gsocbot.store.private import proposals
from gsocbot.store.tables import Person
from gsocbot.talk import Refused, Say

OFF = frozenset({"off", "none", "no"})
ON = frozenset({"on", "yes"})
NO_ZONE = "Say a place, like !me tz Asia/Kolkata or !me tz Europe/London"


def me(ask: Ask) -> Iterator[Say]:
    """Say who I take you for, and what I keep of you."""
    known = listed(sorted(ask.roles)) or "no role"
    if ask.key is None:
        yield ask.answer(f"you are {ask.heard.nick} (account {ask.who}): {known}")
        return
    key = ask.season_key
    ideas = people.interests(ask.books, key, ask.network, ask.who)
    mine = own_reminders.of_person(ask.books, key, ask.network, ask.who)
    ahead = sum(own_reminders.moment_of(row) > ask.now for row in mine)
    wishes = ask.wishes
    row = people.row(ask.books, key, ask.network, ask.who)
    draft = proposals.own(ask.books, key, ask.network, ask.who)
    facts = [
        known,
        "applicant" if row is not None and row.applicant_at else "",
        f"interested in {', '.join(map(str, ideas))}" if ideas else "",
        f"season {key}",
        f"zone {wishes.zone}" if wishes.zone else "no zone",
        f"quiet {wishes.quiet}{'' if wishes.zone else ' UTC'}" if wishes.quiet else "",
        f"reminders by PM {'on' if wishes.pm else 'off'}",
        f"{wording.plural(ahead, 'reminder')} of your own" if ahead else "",
        "checklists public" if row is not None and row.public else "",
        f"draft for {draft.number} at {draft.url}" if draft else "",
    ]
    shown = ", ".join(fact for fact in facts if fact)
    yield ask.answer(
        f"you are {ask.heard.nick} (account {ask.who}): {shown}. Change: !me tz · quiet · pm · "
        "public · student · proposal. All of it: !me export · forget"
    )


def me_tz(ask: Ask, zone: Words) -> Iterator[Say]:
    """Say in which zone you live, so that I show you times on your own clock; off forgets it."""
    if zone.lower() in OFF:
        if not ask.wishes.zone:
            raise Refused(f"I know no zone of yours. {NO_ZONE}")
        keep(ask, "your zone is known again", zone="")
        quiet = f" Quiet {ask.wishes.quiet} is in UTC now." if ask.wishes.quiet else ""
        yield ask.answer(f"your zone is forgotten; times are in UTC.{quiet}")
        return
    found = _zone(zone)
    keep(ask, "your zone is what it was", zone=found.name)
    clock = f"{ask.now.astimezone(found.tz):%H:%M}"
    yield ask.answer(
        f"zone {found.name}: it is {clock} for you. Times in private will show it; nobody else "
        "sees your zone."
    )


def me_quiet(ask: Ask, hours: Words) -> Iterator[Say]:
    """Say in which hours I send you nothing in private unless it is urgent: 22-08, or off."""
    if hours.lower() in OFF:
        if not ask.wishes.quiet:
            raise Refused("you have no quiet hours. To have some: !me quiet 22-08")
        keep(ask, "your quiet hours hold again", quiet_from=None, quiet_until=None)
        yield ask.answer("no quiet hours any more.")
        return
    begin, end = read_hours(hours)
    keep(ask, "your quiet hours are what they were", quiet_from=begin, quiet_until=end)
    shown = Settings(quiet_from=begin, quiet_until=end).quiet
    whose = "your time" if ask.wishes.zone else "UTC, for I know no zone of yours (!me tz <zone>)"
    urgent = wording.span(URGENT)
    yield ask.answer(
        f"quiet {shown} {whose}. Only things due within {urgent} come through, and what you have "
        "set yourself with !remind me."
    )


def me_pm(ask: Ask, on_or_off: str) -> Iterator[Say]:
    """Switch on or off that I remind you in private of what is due."""
    word = on_or_off.lower()
    if word not in ON | OFF:
        raise Refused(f'I do not know what "{on_or_off[:20]}" means here: !me pm on, or !me pm off')
    wanted = word in ON
    if wanted == ask.wishes.pm:
        raise Refused(f"reminders by private message are {'on' if wanted else 'off'} already")
    state = "on" if ask.wishes.pm else "off"
    keep(ask, f"reminders by private message are {state} again", pm=wanted)
    if wanted:
        yield ask.answer("OK, reminders by private message are on again.")
    else:
        yield ask.answer(
            "OK, reminders by private message are off. Channel announcements stay, and so does "
            "what you ask for: answers, watched ideas, !remind me."
        )


def me_public(ask: Ask, on_or_off: str) -> Iterator[Say]:
    """Let everybody see how far you are with your checklists, or only your mentors again."""
    word = on_or_off.lower()
    if word not in ON | OFF:
        how = "!me public on, or !me public off"
        raise Refused(f'I do not know what "{on_or_off[:20]}" means here: {how}')
    wanted = word in ON
    row = people.row(ask.books, ask.season_key, ask.network, ask.who)
    if wanted == (row is not None and row.public):
        raise Refused(f"your checklists are {'public' if wanted else 'not public'} already")
    if wanted:
        keep(ask, "only your mentors and organisers see how far you are again", public=True)
        yield ask.answer(
            f"your checklist progress is public now (page and !checklist {ask.who}); reports "
            "already are. Off again: !me public off"
        )
    else:
        keep(ask, "everybody sees how far you are again", public=False)
        yield ask.answer(
            "your checklist progress is not public any more; your mentors and organisers see it."
        )


def me_season(ask: Ask, season: str) -> Iterator[Say]:
    """Choose the season that you mean in private."""
    if season not in ask.choices:
        raise Refused(f"there is no season {season[:40]} here; I know {listed(list(ask.choices))}")
    ask.memory.choose_season((*ask.person[:2], None), season)
    yield ask.answer(f"in private I now speak of {season}.")


def me_code(ask: Ask, code: str) -> Iterator[Say]:
    """Log in with a one-time code of an organiser, where the network has no services."""
    if not ask.heard.shared:
        raise Refused("first join a channel that I am in; then I see when you leave")
    account = codes.use(ask.books, ask.network, code, ask.now)
    if account is None:
        raise Refused("that is no code, or it was used, or it is too old. Organisers give new ones")
    said = ask.answer(f"code accepted: you are {account} until you leave or change your nick.")
    yield replace(said, grants=account)


def keep(ask: Ask, undo: str, **values: object) -> None:
    """Keep what somebody wants of the bot."""
    row = people.row(ask.books, ask.season_key, ask.network, ask.who)
    if row is None:
        ask.keep(Person, undo, **values)
    else:
        ask.books.change(ask.deed, row, undo, **values)


def _zone(words: str) -> Zone:
    """The zone that somebody means; refuses letters, offsets, and cities that several have."""
    name = "_".join(words.split())
    found = zone_of(name)
    if found is None:
        several = zones_at(name)
        if len(several) > 1:
            raise Refused(f"{words[:40]} could be {' or '.join(several[:4])}")
        raise Refused(f'I know no zone "{words[:40]}". {NO_ZONE}')
    if zone_named(found.name) is None:
        raise Refused(f"an offset does not know when your clocks change. {NO_ZONE}")
    return found
