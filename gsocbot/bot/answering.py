"""Answering: what the bot says to a line, after it has kept what it must."""

from dataclasses import replace
from datetime import timedelta

from gsocbot.bot.awaiting import continued
from gsocbot.bot.failing import failed
from gsocbot.bot.logs import Logs
from gsocbot.bot.rooms import Rooms
from gsocbot.bot.sessions import Sessions
from gsocbot.bot.tracks import is_of_track, is_track, of_own_topic
from gsocbot.bot.unkept import is_alone, may_be_alone, without_more
from gsocbot.commands import ALL
from gsocbot.commands.addressing import Addressed, addressed, begun, might_be_for_us
from gsocbot.commands.ask import SENT_PRIVATELY, Ask, Seen, Unconfirmed
from gsocbot.commands.command import Call, Command
from gsocbot.commands.faq import is_entry
from gsocbot.commands.general import asked_back
from gsocbot.commands.grammar import Grammar, Meant, Reading, Unclear, Unknown
from gsocbot.commands.memory import Memory
from gsocbot.commands.plain import SHORTEST_QUESTION, is_prose, known, plain
from gsocbot.commands.running import run
from gsocbot.config import Limits
from gsocbot.render.lines import fit, one_line
from gsocbot.rules.limits import Allowance, Verdict
from gsocbot.rules.loops import Loops
from gsocbot.rules.people import origin_of, person_of
from gsocbot.rules.recurrence import occurrences
from gsocbot.store import hackathons, office, seasons
from gsocbot.store.away import why_away
from gsocbot.store.books import Books
from gsocbot.store.store import Store
from gsocbot.talk import Heard, Kind, Refused, Say

PLAIN = Command(plain, kind=Kind.ERROR, changes=True)
KNOWN = Command(known, kind=Kind.ERROR)
FAQ = next(command for command in ALL if command.words == ("faq",))
START = next(command for command in ALL if command.words == ("office", "start"))
NEAR_A_SESSION = timedelta(hours=24)


class Answers:
    """Answers what is heard: one transaction for each line. Used from the database thread."""

    def __init__(
        self,
        store: Store,
        rooms: Rooms,
        logs: Logs,
        sessions: Sessions,
        seen: Seen,
        memory: Memory,
        limits: Limits,
    ) -> None:
        self._store = store
        self._rooms = rooms
        self._logs = logs
        self._sessions = sessions
        self._seen = seen
        self._memory = memory
        self._grammar = Grammar(ALL)
        self._allowance = Allowance(limits.commands_per_minute)
        self._loops = Loops(counting=limits.commands_per_minute > 0)

    def hear(self, heard: Heard) -> list[Say]:
        """What the bot says to a line, after it has kept what it must."""
        prefix = self._rooms.prefix(heard.network, heard.channel)
        said = addressed(heard, prefix, self._grammar.bare)
        if said is None:
            return self._logged(heard, self._opened(heard))
        if self._loops.is_loop(heard):
            return []
        reading = self._grammar.read(said)
        reading = continued(self._memory, heard, said, reading) or reading
        if said.bare and not self._logs.runs(heard.network, heard.channel):
            reading = of_own_topic(reading)
        heard, said = without_more(heard, said, reading)
        opened = self._opened(heard) if _leads_on(said, reading) else []
        try:
            return self._logged(heard, opened + self._says(heard, said, reading))
        except Exception as error:
            if why_away(error):
                return opened  # whether the line was meant for us stands in the store
            raise

    def is_alone(self, heard: Heard) -> bool:
        """Whether a line is a command that no session's log has: for private alone, or a vote.

        Asked from the loop for every line of a session; it touches only memory. What is hidden
        behind colours is looked at closely, for that is read in private, too.
        """
        prefix = self._rooms.prefix(heard.network, heard.channel)
        plain = heard.text.isprintable() and not heard.action
        if plain and not might_be_for_us(heard.text.lstrip(), heard.me, prefix):
            return False
        said = addressed(heard, prefix, self._grammar.bare)
        if said is None:
            return might_be_for_us(one_line(heard.text), heard.me, prefix) and may_be_alone(
                heard.text
            )
        reading = self._grammar.read(replace(said, wide=True))
        return may_be_alone(heard.text) if isinstance(reading, Unknown) else is_alone(reading)

    def forget(self) -> None:
        """Forget who is forgotten in the logs and exchanges that are only in mind, too."""
        for person in self._memory.take_forgotten():
            self._logs.forget(person)
            self._loops.forget(person)

    def _opened(self, heard: Heard) -> list[Say]:
        """Open the session that is planned now, if a mentor who is on begins to speak."""
        if not self._sessions.opens(heard) or self._logs.runs(heard.network, heard.channel):
            return []
        with self._store.transaction(writing=False) as books:
            self._sessions.look_ahead(books, heard.at)  # it may have been skipped just now
        if not self._sessions.opens(heard):
            return []
        says = self._answered(heard, Addressed(START.words, wide=False, bare=True), Call(START))
        return says if self._logs.runs(heard.network, heard.channel) else []

    def _says(self, heard: Heard, said: Addressed, reading: Reading) -> list[Say]:
        if isinstance(reading, Unknown) and not said.wide and not self._is_entry(heard, said):
            return []
        if said.bare and not said.wide and not self._may_be_meant(heard, reading):
            return []
        if self._logs.leads(heard):
            verdict = Verdict.ANSWER  # who leads has much to say
        else:
            verdict = self._allowance.judge(person_of(heard)[:2], origin_of(heard), heard.at)
        if verdict is Verdict.IGNORE:
            return []
        if verdict is Verdict.ANSWER:
            says = self._answered(heard, said, reading)
        else:
            self._keep_before(heard)
            says = [self._plain(heard, _warning(verdict, heard), Kind.REFUSAL)]
        self._loops.exchanged(heard, said.words, says)
        return says

    def _answered(self, heard: Heard, said: Addressed, reading: Reading) -> list[Say]:
        call = self._call(heard, said, reading)
        if isinstance(call, Say):
            self._keep_before(heard)
            return [call]
        try:
            self._keep_before(heard, call.command)
            with self._store.transaction(writing=call.command.changes) as books:
                ask = self._ask(heard, books, call)
                says = list(run(ask, call))
                running = office.open_sessions(books) if call.command.changes else None
            self.forget()
            if running is not None and self._logs.see(running):
                self._sessions.forget(heard)
                self._logs.take(heard)
            return says
        except Unconfirmed as unconfirmed:
            kind = unconfirmed.kind or call.command.kind
            where = heard._replace(channel=None) if unconfirmed.private else heard
            self._memory.ask(person_of(where), unconfirmed.call or call, heard.at)
            question = self._plain(where, f"{unconfirmed.text} Say !yes", kind)
            if not unconfirmed.private:
                return [question]
            return [self._plain(heard, SENT_PRIVATELY, kind), question]
        except Refused as refused:
            if not said.wide and self._stays_unsaid(refused, heard, call, bare=said.bare):
                return []
            if _may_be_a_question(said, call, refused):
                says = self._answered(heard, said, Call(KNOWN, said.words))
                if not says or says[0].kind is not Kind.HANDOVER:
                    return says
            if refused.private:
                alone = heard._replace(channel=None)
                note = self._plain(heard, SENT_PRIVATELY, refused.kind)
                return [note, self._plain(alone, refused.text, refused.kind, as_is=refused.as_is)]
            return [self._plain(heard, refused.text, refused.kind, as_is=refused.as_is)]
        except Exception as error:
            if call.command is PLAIN and why_away(error):  # what is known needs nothing kept
                says = self._answered(heard, said, Call(KNOWN, call.given))
                if not says or says[0].kind is not Kind.HANDOVER:
                    return says
            return [self._plain(heard, failed(call.command, error), Kind.ERROR)]

    def _logged(self, heard: Heard, says: list[Say]) -> list[Say]:
        self._logs.take_own(heard, says)
        return says

    def _keep_before(self, heard: Heard, command: Command | None = None) -> None:
        """What was said in a session is kept before anything is answered there."""
        if not self._logs.runs(heard.network, heard.channel):
            return
        try:
            self._logs.keep()
        except Exception as error:
            if (command is not None and command.changes) or not why_away(error):
                raise  # the lines stay in mind, and who only looks something up can have it

    def _call(self, heard: Heard, said: Addressed, reading: Reading) -> Call | Say:
        """The command to run, or what is said instead."""
        if isinstance(reading, Unclear):
            text = f'"!{reading.word}" could be {" or ".join(reading.nouns[:5])}.'
            return self._plain(heard, text, Kind.ERROR)
        if isinstance(reading, Meant):
            self._memory.ask(person_of(heard), reading.call, heard.at)
            return self._plain(heard, asked_back(reading.call, heard.channel), Kind.OTHER)
        if isinstance(reading, Unknown):
            if not reading.words:
                return next(c for c in map(Call, ALL) if c.command.noun == "help")
            if not said.wide:
                return Call(FAQ, said.words)
            return Call(PLAIN, begun(said.typed))
        return reading

    def _ask(self, heard: Heard, books: Books, call: Call) -> Ask:
        choices = self._rooms.choices(heard)
        chosen = self._memory.season((*person_of(heard)[:2], None)) if len(choices) > 1 else None
        key = choices[0] if len(choices) == 1 else chosen
        room = self._rooms.at(heard.network, heard.channel)
        return Ask(
            heard=heard,
            books=books,
            call=call,
            key=key,
            choices=choices,
            seen=self._seen,
            memory=self._memory,
            run=run,
            role=room.role if room else None,
        )

    def _is_entry(self, heard: Heard, said: Addressed) -> bool:
        """Whether a word is the FAQ's in a channel that wants such words answered."""
        room = self._rooms.at(heard.network, heard.channel)
        if room is None or not room.faq_words:
            return False
        with self._store.transaction(writing=False) as books:
            return is_entry(self._ask(heard, books, Call(FAQ)), " ".join(said.words))

    def _stays_unsaid(
        self, refused: Refused, heard: Heard, call: Call, *, bare: bool = False
    ) -> bool:
        """Whether a refusal is not worth a line in a channel where the bot was not named.

        A word alone may be other people's talk, unless its event is near; noun and verb together
        are meant for us.
        """
        if bare:
            unwanted = call.command.quiet and refused.kind is Kind.REFUSAL
            return refused.stray or unwanted or not self._is_near(heard, call)
        if not refused.login or call.command.verb:
            return refused.stray
        return not self._is_near(heard, call)

    def _may_be_meant(self, heard: Heard, reading: Reading) -> bool:
        """Whether a word without a prefix is ours, and not another bot's or people's talk.

        Whoever may open an office hour may do so at any time.
        """
        opens = isinstance(reading, Call) and reading.command is START
        return opens or self._is_near(heard, reading)

    def _is_near(self, heard: Heard, reading: Reading) -> bool:
        """Whether what a word is of goes on: a hackathon, or else an office hour.

        That runs where the line was said, or is planned within a day.
        """
        if is_of_track(reading):
            with self._store.transaction(writing=False) as books:
                return any(is_track(books, k, heard) for k in self._rooms.choices(heard))
        if isinstance(reading, Call) and reading.command.kind is Kind.HACKATHON:
            return self._hackathon_is_on(heard)
        if self._logs.runs(heard.network, heard.channel):
            return True
        with self._store.transaction(writing=False) as books:
            near = (heard.at - NEAR_A_SESSION, heard.at + NEAR_A_SESSION)
            return any(
                next(occurrences(weekly, *near), None)
                for key in self._rooms.choices(heard)
                for weekly in seasons.series(books, key).values()
            )

    def _hackathon_is_on(self, heard: Heard) -> bool:
        with self._store.transaction(writing=False) as books:
            return any(
                hackathons.days_of(row).is_on(heard.at)
                for key in self._rooms.choices(heard)
                for row in hackathons.every(books, key)
            )

    def _plain(self, heard: Heard, text: str, kind: Kind, *, as_is: bool = False) -> Say:
        """A line that needs no books."""
        lead = f"{heard.nick}: " if heard.channel else ""
        text = text if heard.channel or as_is else text[:1].upper() + text[1:]
        line, rest = fit(one_line(lead + text))
        if rest:
            self._memory.keep_rest(person_of(heard), [rest], heard.at)
        return Say(heard.network, heard.channel or heard.nick, line, kind)


def _leads_on(said: Addressed, reading: Reading) -> bool:
    """Whether a command is one of a running office hour; "!office off next" is not, for one."""
    if not isinstance(reading, Call) or reading.command is START:
        return False
    return reading.command.kind is Kind.OFFICE and (said.bare or reading.command.noun == "queue")


def _may_be_a_question(said: Addressed, call: Call, refused: Refused) -> bool:
    """Whether words that begin like a command, and are none, may be a question in plain words."""
    prose = said.wide and len(said.words) >= SHORTEST_QUESTION and is_prose(" ".join(said.words))
    noun_alone = not (call.command.changes or call.command.verb or call.command is KNOWN)
    noun_alone = noun_alone and call.command.reads is None
    return prose and noun_alone and refused.kind is Kind.ERROR


def _warning(verdict: Verdict, heard: Heard) -> str:
    if verdict is Verdict.WARN_ALL:
        return "too much is asked of me at once; ask again in a few seconds."
    if verdict is Verdict.WARN_HOST:
        whence = "your host" if heard.relay is None else heard.relay
        return f"that is a lot at once from {whence}; I am silent for all there for 2 minutes."
    return "that is a lot at once; I am silent for you for 2 minutes."
