"""General: help, the rest of a list, yes and no, taking back, and who one is."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from gsocbot.commands.absences import waiting_for_yes
from gsocbot.commands.ask import Ask
from gsocbot.commands.command import Call, Command
from gsocbot.commands.grammar import Grammar
from gsocbot.render.words import listed
from gsocbot.rules.roles import Level, Role
from gsocbot.store import codes
from gsocbot.store import undo as undoing
from gsocbot.talk import Refused, Say

MARKED_NAME = re.compile(r"@(\S+)")
UNDO_WITHIN = timedelta(minutes=10)
FOR_WHOM = {
    Level.ANYONE: "",
    Level.REGISTERED: " (logged in to services)",
    Level.MENTOR: " (mentors only)",
    Level.ORGANISER: " (organisers only)",
}
NOT_ASKED = "I have asked you nothing, or more than 2 minutes ago."
FIRST_HELP = ("!ideas", "!idea 1", "!due", "!timeline", "!faq", "!mentors", "!office", "!checklist")


def help_(ask: Ask, noun: str = "", verb: str = "") -> Iterator[Say]:
    """Say what one can ask for, or how a noun and its verbs are used."""
    if not noun:
        guide = f" · pages: {ask.addresses.page()}" if ask.key else ""
        more = f"{ask.heard.me}: help idea" if not ask.in_private else "help idea"
        yield ask.answer(f"ask me: {' · '.join(FIRST_HELP)}. One noun: {more}{guide}")
        return
    commands = Grammar(ask.seen.commands).of_noun(noun.removeprefix("!"))
    if not commands:
        raise Refused(f'I know no "{noun[:30]}". All nouns: !help', stray=True)
    if verb or len(commands) == 1:
        wanted = [c for c in commands if c.verb == verb.lower()]
        if not wanted:
            verbs = ", ".join(c.verb for c in commands if c.verb)
            raise Refused(f"{commands[0].noun} has no {verb[:30]}, but {verbs or 'no verb'}")
        command = wanted[0]
        who = FOR_WHOM[command.who]
        example = f". Example: {command.example}" if command.example else ""
        yield ask.answer(f"{command.usage}: {_uncapital(command.help)}{who}{example}", as_is=True)
        return
    last = " ".join(commands[-1].words)
    yield ask.answer(f"{_usages(commands)}. One verb: !help {last}", as_is=True)


def _usages(commands: Sequence[Command]) -> str:
    """How commands of a noun are used: those for everybody whole, of the others the verbs."""
    for_all = [c.usage for c in commands if c.who in {Level.ANYONE, Level.REGISTERED}]
    parts = [" · ".join(for_all)] if for_all else []
    for level in (Level.MENTOR, Level.ORGANISER):
        words = [c.verb or c.usage for c in commands if c.who is level]
        if words:
            parts.append(f"{level}s: {', '.join(words)}")
    return "; ".join(parts)


def more(ask: Ask) -> Iterator[Say]:
    """Go on with the last list or answer that was too long for one line."""
    rest = ask.memory.take_rest(ask.person, ask.now)
    if not rest:
        raise Refused("there is nothing more; lists wait for 10 minutes", stray=True)
    if len(rest) == 1:
        yield ask.answer(f"… {rest[0]}")
    else:
        yield ask.listing("… ", rest, ". That is all.")


def about(ask: Ask) -> Iterator[Say]:
    """Say who runs this bot, for which season, and what it keeps."""
    organisers = listed(ask.names(ask.holders(Role.ORGANISER)))
    whom = f" Organisers: {organisers}." if organisers else ""
    for_whom = f" for {ask.season.title}" if ask.key else ""
    yield ask.answer(
        f"gsocbot {ask.seen.version}{for_whom}. I keep the logs of office hours, what people tick "
        f"and who changed what; no private talk.{whom}",
        as_is=True,
    )


def yes(ask: Ask) -> Iterator[Say]:
    """Go on with what I asked you about."""
    call = _meant(ask, "agree")
    if call is None:
        if ask.in_private:
            yield ask.answer(NOT_ASKED)
        return
    ask.confirmed = True
    ask.call = call
    yield from ask.run(ask, call)


def no(ask: Ask) -> Iterator[Say]:
    """Drop what I asked you about."""
    call = _meant(ask, "decline")
    if call is not None and call.command.words == ("mentor", "decline"):
        ask.call = call
        yield from ask.run(ask, call)
    elif call is not None:
        yield ask.answer("dropped; nothing changed.")
    elif ask.in_private and ask.memory.await_nothing(ask.person):
        yield ask.answer("I ask no more; fill it in when you like: !idea set <id> <field> <text>")
    elif ask.in_private:
        yield ask.answer(NOT_ASKED)


def _meant(ask: Ask, verb: str) -> Call | None:
    """What yes or no is said to: what I asked back, or in private what another mentor asks."""
    if ask.memory.has_asked(ask.person):
        return ask.memory.take_asked(ask.person, ask.now)
    if not ask.in_private or ask.memory.awaited(ask.person, ask.now) is not None:
        return None
    return waiting_for_yes(ask, verb)


def undo(ask: Ask) -> Iterator[Say]:
    """Take back your own last change, within 10 minutes."""
    notes = undoing.last_deed(ask.books, ask.network, ask.who, ask.now - UNDO_WITHIN)
    if not notes:
        raise Refused("you changed nothing in the last 10 minutes that I could take back")
    if not any(n.undo for n in notes):
        raise Refused(f'your last change, "{notes[0].what}", cannot be taken back')
    try:
        undoing.take_back(ask.books, notes, ask.deed)
    except undoing.ChangedSince:
        raise Refused("somebody has changed that since; I left it alone") from None
    ask.memory.await_nothing(ask.alone)
    undone = "; ".join(n.undo for n in notes if n.undo)
    named = MARKED_NAME.sub(lambda marked: ask.name(marked[1]), undone)
    yield ask.answer(f"taken back: {named}.")


def me(ask: Ask) -> Iterator[Say]:
    """Say who I take you for."""
    roles = listed(sorted(ask.roles)) or "no role"
    season = f", season {ask.season_key}" if ask.key else ""
    yield ask.answer(f"you are {ask.heard.nick} (account {ask.who}): {roles}{season}")


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


def _uncapital(text: str) -> str:
    return text[:1].lower() + text[1:]


def asked_back(call: Call) -> str:
    """The question about a mistyped command that would change something."""
    return f'did you mean "{call.line}"? It would change something. Say !yes, or nothing.'
