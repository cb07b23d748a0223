"""Lines in private that complete a command, because their words were asked for."""

from gsocbot.commands import ALL
from gsocbot.commands.command import Call
from gsocbot.commands.grammar import Addressed, Reading
from gsocbot.commands.memory import Memory
from gsocbot.commands.plain import is_prose
from gsocbot.rules.people import person_of
from gsocbot.talk import Heard

NO = next(command for command in ALL if command.words == ("no",))
IN_BETWEEN = frozenset({"no", "yes", "help", "more", "undo", "idea", "ideas"})
"""These words, alone or with one more, are no answer to what was asked for."""
NOT_NOW = frozenset(
    {"cancel", "later", "never mind", "nevermind", "not now", "nothing", "skip", "stop"}
)
"""These lines are a no to what was asked for."""
SMALL_TALK = frozenset(
    {"bye", "cool", "great", "hello", "hey", "hi", "nice", "ok", "okay"}
    | {"thank", "thanks", "there", "thx", "ty", "you"}
)
"""A line of such words alone is no answer either."""


def continued(memory: Memory, heard: Heard, said: Addressed, reading: Reading) -> Call | None:
    """The command that a line in private completes, because its words were asked for."""
    if heard.channel is not None or heard.text.startswith("!") or not said.words:
        return None
    awaited = memory.awaited(person_of(heard), heard.at)
    if awaited is None or _is_spelled_out(said, reading) or not is_prose(heard.text):
        return None
    words = [word.lower().strip(".,!") for word in said.words]
    if " ".join(words) in NOT_NOW:
        return Call(NO)
    return None if SMALL_TALK.issuperset(words) else awaited.completed(said.typed, heard.at)


def _is_spelled_out(said: Addressed, reading: Reading) -> bool:
    """Whether words are a command rather than what was asked for.

    That is a noun with its verb, a noun alone, and one with a number ("ask 7 which kernel",
    "answer q9 the newest"). "Ask the user" and "links to it" are none.
    """
    words = tuple(word.lower() for word in said.words[:2])
    if len(said.words) <= len(words) and words[0] in IN_BETWEEN:
        return True
    if not isinstance(reading, Call):
        return False
    if reading.command.reads is not None and words[0] == reading.command.noun:
        return True  # what it throws away is no text to keep
    numbered = len(words) == 1 or any(c.isdigit() for c in words[1])
    verb = bool(reading.command.verb) and words == reading.command.words
    return verb or (numbered and words[0] == reading.command.noun)
