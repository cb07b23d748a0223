"""Texts to be said that servers and readers find hard, and names that are as long as can be."""

from random import Random

WORDS = (
    *(
        "hello",
        "a",
        "!ideas",
        ":",
        "::",
        "@x=y",
        "☃",
        "wörter",
        "ａｂｃ",
        "日本語のテキスト",
        "ไทย",
    ),
    *(
        "😀",
        "👩‍👩‍👧‍👦",
        "👍🏽",
        "🇫🇷🇩🇪",
        "🏴‍☠️",
        "e\u0301" * 9,
        "Z\u0351\u036b\u0343",
        "\u202eevil\u202c",
    ),
    *("שלום", "مرحبا", "\u2066x\u2069", "\u200b", "\u200d", "\ufeff", "\u00a0", "\u3000", "\u2028"),
    *("\x02bold\x0f", "\x0304,05red", "\x1f", "\x16", "\x1d", "\x11", "\x1e", "\x04ff0000", "\x7f"),
    *("https://bugs.example.org/show_bug.cgi?id=4711#" + "c" * 60, "x" * 200, "é" * 90, "😀" * 60),
)
BREAKS = ("\r", "\n", "\r\n", "\0", "\rQUIT :x\r", "\nJOIN #evil\n", "\r\nNICK evil\r\n", "\x85")
CTCPS = ("\x01VERSION\x01", "\x01ACTION waves", "\x01", "\x10r\x10n\x100")
LONE = ("\ud800", "\udfff", "\udcff", "\ud83d", "\ude00\ud83d")
BLANKS = (" ", "  ", " " * 40, "")
EVERY = ("".join(map(chr, range(0x20))), "\t", "\x0b", "\x0c", "\x1c\x1d\x1e\x1f", "\x07")
LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFG0123456789-_[]{}|^`"
LONGEST_TEXT = 5000


def a_text(random: Random, *, lone: bool = True) -> str:
    """A text of up to 5 kB; `lone` allows halves of a character, which UTF-8 cannot hold."""
    longest = random.choice((0, 1, 20, 300, 450, 520, 1200, LONGEST_TEXT))
    odd = (*BREAKS, *CTCPS, *EVERY, *(LONE if lone else ()))
    shy = random.choice((0.0, 0.0, 0.05, 0.5))
    parts = [random.choice(BLANKS)]
    size = 0
    while size < longest:
        word = random.choice(odd if random.random() < shy else WORDS)
        if random.random() < 0.02:
            word *= random.randint(2, 30)
        parts += [word, random.choice(BLANKS) if random.random() < 0.1 else " "]
        size += len(word.encode("utf-8", "surrogatepass")) + 1
    return "".join([*parts[:-1], random.choice(BLANKS)])


def a_name(random: Random, longest: int) -> str:
    """A nick, or a part of a channel's name or of a mask."""
    size = random.choice((1, 8, longest // 2, longest))
    return "n" + "".join(random.choices(LETTERS, k=size - 1))


def words_of(text: str) -> list[str]:
    """The words of a text, as far as they must arrive: no line ends, no control characters."""
    for end in "\r\n":
        text = text.replace(end, " ")
    text = "".join(
        c for c in text if c >= " " and not "\ud800" <= c <= "\udfff" and c not in "?\ufffd"
    )
    return [word for word in text.split(" ") if word]
