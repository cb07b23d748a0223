"""The parts of the docs that are made from the program: the commands, and the README's picture.

`python -m tools.manual` prints docs/commands.md, `python -m tools.manual picture` prints
docs/conversation.svg. tests/test_docs.py compares both with the files.
"""

import sys
from collections.abc import Iterator, Sequence
from datetime import timedelta
from html import escape
from itertools import groupby
from pathlib import Path
from textwrap import wrap

from gsocbot.commands import ALL, general, grammar, memory
from gsocbot.commands.command import Command, Where
from gsocbot.render import lines
from gsocbot.rules.roles import Level

ROOT = Path(__file__).parent.parent
TALK = ROOT / "tests" / "talk"

# --- docs/commands.md

PREFACE = f"""\
# Commands

<!-- Made by `make docs` from gsocbot/commands; a test compares it with the program. -->

What stands in `<angle brackets>` is needed, what stands in `[square brackets]` may be left out.

## Talking to the bot

**Three ways to address it.** Put `!` before the command, or the bot's nick and a colon or a comma,
or say it in private, where no `!` is needed: `!ideas rust`, `gsocbot: ideas rust`,
`/msg gsocbot ideas rust`. `/me asks gsocbot ideas rust` works too. A channel can have another sign
than `!`; its `prefix` in the [configuration](configuration.md) says which. "please", "the" and a
question mark at the end do no harm.

**Noun first, verb second.** `!ideas` lists, `!idea 7` shows one, `!idea contact 7` does something
with it. The other order works as well (`!contact idea 7`), and so do singular and plural.

**Beginnings of words.** `!dead midterm` is `!deadline midterm`. In a channel a beginning needs at
least {grammar.SHORTEST_PREFIX_OVERHEARD} letters; in private, or when the bot is named, \
{grammar.SHORTEST_PREFIX} are enough.
If two nouns fit, the bot says which. Commands marked *spelled out* cannot be shortened.

**Typos.** A mistyped noun is repaired if there is only one it can be. If the command only reads,
the answer says how it was read: `(read "idaes" as "ideas")`. If it would change something, the bot
asks first and waits for `!yes`. In a channel only longer nouns that anybody may use are repaired.

**Silence.** A word that is no command gets no answer in a channel, for it may be meant for another
bot. In private, and when the bot is named, every line gets one. Notices are never answered, nor
other bots, nor more than 12 commands a minute, unless the config says otherwise.

**`!more`, `!yes`, `!undo`.** An answer is one line of at most {lines.MOST_BYTES} bytes. The rest \
waits {{more}}
for `!more`. A question of the bot waits {{yes}} for `!yes` or `!no`. `!undo` takes back your
own last change of the past {{undo}}, of those that can be taken back and that nobody has changed
again since.

**Lists in private.** `pm` behind a command that is marked *a list* sends the list to you in
private: `!ideas rust pm`.

**Who you are.** What you may do hangs on the account with which you are logged in to services,
never on your nick. Without one you can still read everything that is for anyone. So can people
behind a bridge to another chat, who have no account here; what is private never goes there.
"""

WHO = {
    Level.ANYONE: "anyone",
    Level.REGISTERED: "anyone who is logged in",
    Level.CHAIR: "the chair, mentors and organisers",
    Level.MENTOR: "mentors and organisers",
    Level.ORGANISER: "organisers",
}
WHERE = {
    Where.BOTH: "in a channel or in private",
    Where.CHANNEL: "in a channel",
    Where.PRIVATE: "answered in private",
    Where.ORGANISERS: "answered in the organisers' channel or in private",
    Where.ALONE: "in private only",
}


def manual(commands: Sequence[Command] = ALL) -> str:
    """The whole of docs/commands.md."""
    preface = PREFACE.format(
        more=_minutes(memory.MORE_LASTS),
        yes=_minutes(memory.YES_LASTS),
        undo=_minutes(general.UNDO_WITHIN),
    )
    return "\n".join([preface, *_nouns(commands)])


def _minutes(span: timedelta) -> str:
    return f"{int(span.total_seconds() // 60)} minutes"


def _nouns(commands: Sequence[Command]) -> Iterator[str]:
    for _, group in groupby(commands, key=lambda c: c.noun.removesuffix("s")):
        found = list(group)
        yield f"## {', '.join(dict.fromkeys(c.noun for c in found))}\n"
        yield from map(_command, found)


def _command(command: Command) -> str:
    facts = [
        WHO[command.who],
        WHERE[command.where],
        "changes something" if command.changes else "",
        "spelled out" if command.spelled else "",
        "a list" if command.lists else "",
    ]
    short = (*command.short, *command.leads)
    more = [
        f"Example: `{command.example}`." if command.example else "",
        f"Short: {', '.join(f'`!{word}`' for word in short)}." if short else "",
        f"Without a prefix: {', '.join(f'`{word}`' for word in command.bare)}."
        if command.bare
        else "",
    ]
    parts = [f"### `{command.usage}`", f"{command.help}.", f"*{', '.join(filter(None, facts))}*"]
    return "\n\n".join([*parts, *filter(None, [" ".join(filter(None, more))])]) + "\n"


# --- docs/conversation.svg

SHOWN = (
    ("find_an_idea", "<priya?> !idaes rust"),
    ("find_an_idea", "<priya?> gsocbot: idea 1 please"),
    ("find_an_idea", "<priya?> how do i apply for it? can i write to mira directly"),
    ("find_an_idea", "<priya?> !contact 1"),
    ("office_hour", "== 2026-03-04 15:00"),
)
"""Lines of conversations in tests/talk; each is drawn with what the bot says to it."""

COLUMNS, CHARACTER, ROW, MARGIN = 88, 8.4, 20, 20
STYLE = """\
    rect { fill: #ffffff; stroke: #d0d7de }
    text { font: 14px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; fill: #1f2328 }
    .bot { fill: #0550ae }
    .notice { fill: #8250df }
    @media (prefers-color-scheme: dark) {
      rect { fill: #0d1117; stroke: #30363d }
      text { fill: #e6edf3 }
      .bot { fill: #79c0ff }
      .notice { fill: #d2a8ff }
    }"""


def picture() -> str:
    """The whole of docs/conversation.svg."""
    spoken = [line for file, said in SHOWN for line in excerpt(file, said)]
    rows = [(line, wrap(line, COLUMNS, subsequent_indent="  ")) for line in spoken]
    width = round(COLUMNS * CHARACTER) + 2 * MARGIN
    height = sum(len(row) for _, row in rows) * ROW + 2 * MARGIN
    drawn, y = [], MARGIN + ROW * 3 // 4
    for line, row in rows:
        drawn.append(_drawn(line, row, y))
        y += len(row) * ROW
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
            'aria-labelledby="title">',
            '  <title id="title">A newcomer in a channel asks gsocbot about an idea</title>',
            f"  <style>\n{STYLE}\n  </style>",
            f'  <rect x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" rx="6"/>',
            *drawn,
            "</svg>\n",
        ]
    )


def excerpt(file: str, said: str) -> Iterator[str]:
    """A line of a conversation and the bot's answers, as they look in a channel."""
    written = (TALK / f"{file}.talk").read_text(encoding="utf-8").splitlines()
    first = written.index(said)
    if not said.startswith("=="):
        yield said.replace("?>", ">", 1)
    for line in written[first + 1 :]:
        if not line.startswith(("<gsocbot>", "-gsocbot-")):
            return
        yield line


def _drawn(line: str, rows: Sequence[str], y: int) -> str:
    kind = {"<gsocbot": "bot", "-gsocbot": "notice"}.get(line[:8], "person")
    spans = [
        f'<tspan x="{MARGIN + (len(row) - len(row.lstrip())) * CHARACTER:g}" y="{y + n * ROW}">'
        f"{escape(row.lstrip(), quote=False)}</tspan>"
        for n, row in enumerate(rows)
    ]
    return f'  <text class="{kind}">{" ".join(spans)}</text>'


if __name__ == "__main__":
    sys.stdout.write(picture() if sys.argv[1:] == ["picture"] else manual())
