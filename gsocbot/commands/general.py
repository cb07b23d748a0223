"""General: help, the rest of a list, yes and no, taking back, and who one is."""

import json
import re
from collections.abc import Iterator, Sequence
from datetime import timedelta

from gsocbot.commands.absences import waiting_for_yes
from gsocbot.commands.ask import Ask
from gsocbot.commands.command import Call, Command, Where
from gsocbot.commands.dates import plan
from gsocbot.commands.grammar import Grammar
from gsocbot.render.words import listed
from gsocbot.rules.roles import Level, Role
from gsocbot.store import office_planning
from gsocbot.store import undo as undoing
from gsocbot.store.tables import Deadline, OfficeChange, OfficeDuty, Series
from gsocbot.talk import Kind, Refused, Say

MARKED_NAME = re.compile(r"@(\S+)")
DATES = str(Deadline.__tablename__)
OFFICE_HOURS = frozenset(str(t.__tablename__) for t in (Series, OfficeChange, OfficeDuty))
UNDO_WITHIN = timedelta(minutes=10)
FOR_WHOM = {
    Level.ANYONE: "",
    Level.REGISTERED: " (logged in to services)",
    Level.CHAIR: " (the chair and mentors)",
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
    for level in (Level.CHAIR, Level.MENTOR, Level.ORGANISER):
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
        f"and who changed what; no private talk.{whom} Data: !me export, !me forget",
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
    elif call is not None and call.command.words == ("deadline", "announce"):
        yield ask.answer("not announced.")
    elif call is not None:
        yield ask.answer("dropped; nothing changed.")
    elif ask.in_private and (waiting := ask.memory.await_nothing(ask.person)):
        if waiting.command.noun == "report":
            yield ask.answer(_report_waits(waiting))
            return
        yield ask.answer("I ask no more; fill it in when you like: !idea set <id> <field> <text>")
    elif ask.in_private:
        yield ask.answer(NOT_ASKED)


def _report_waits(waiting: Call) -> str:
    """What is said to who wants to report later, or has said that they are not stuck."""
    part = waiting.given[-1]
    if part == "stuck":
        return "all right, that is all of it. More, or otherwise, at any time: !report <text>"
    how = "!report" if part == "did" else f"{waiting.line} …"
    return f"all right, nothing of it is lost. To go on: {how}"


def _meant(ask: Ask, verb: str) -> Call | None:
    """What yes or no is said to: what I asked back, or in private what another mentor asks."""
    if ask.memory.has_asked(ask.person):
        return ask.memory.take_asked(ask.person, ask.now)
    if not ask.in_private or ask.memory.awaited(ask.person, ask.now) is not None:
        return None
    return waiting_for_yes(ask, verb)


def undo(ask: Ask) -> Iterator[Say]:
    """Take back your own last change, within 10 minutes."""
    since = ask.now - UNDO_WITHIN
    notes = undoing.last_deed(ask.books, ask.season_key, ask.network, ask.who, since)
    if not notes:
        raise Refused("you changed nothing in the last 10 minutes that I could take back")
    if _is_private(ask, notes[0].what, notes[0].place):
        yield from ask.privately()
    if not any(n.undo for n in notes):
        yield ask.answer(f'your last change, "{notes[0].what}", cannot be taken back', Kind.ERROR)
        return
    try:
        undoing.take_back(ask.books, notes, ask.deed)
    except undoing.ChangedSince:
        raise Refused("somebody has changed that since; I left it alone") from None
    dates = {
        json.loads(n.after or n.before or "{}")["slug"] for n in notes if n.table_name == DATES
    }
    hours = any(n.table_name in OFFICE_HOURS for n in notes)
    if dates or hours:
        plan(ask)
    if hours:
        here = (ask.network, (ask.heard.channel or "").lower())
        office_planning.tell_undone(ask.books, ask.deed, notes[0].deed, here)
    for slug in dates:
        ask.memory.withdraw(Call(ask.other("deadline", "announce"), (slug,)))
    ask.memory.await_nothing(ask.alone)
    undone = "; ".join(n.undo for n in notes if n.undo)
    named = MARKED_NAME.sub(lambda marked: ask.name(marked[1]), undone)
    yield ask.answer(f"taken back: {named}.")


def _is_private(ask: Ask, line: str, place: str) -> bool:
    """Whether what somebody did was done in private, or belongs there: a channel hears no more."""
    typed = tuple(line.removeprefix("!").split()[:2])
    fitting = [c for c in ask.seen.commands if c.words == typed[: len(c.words)]]
    done = max(fitting, key=lambda c: len(c.words), default=None)
    return place == "private" or (done is not None and done.where is Where.PRIVATE)


def _uncapital(text: str) -> str:
    return text[:1].lower() + text[1:]


def asked_back(call: Call, channel: str | None) -> str:
    """The question about a mistyped command that would change something.

    What is for private, or says why somebody is away, is not said again in a channel.
    """
    private = call.command.where is not Where.BOTH or call.command.kind is Kind.REPORT
    private = private or call.command.unlogged
    hidden = channel is not None and private and call.given
    line = f"!{' '.join(call.command.words)} …" if hidden else call.line
    return f'did you mean "{line}"? It would change something. Say !yes, or nothing.'
