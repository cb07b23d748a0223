"""Words folded alike in ideas and questions, and which of them say nothing."""

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache

_TOKEN = re.compile(r"c\+\+|[cf]#|\.net\b|[^\W_]+")
_SPELLED = {
    "c++": "cplusplus",
    "cpp": "cplusplus",
    "cxx": "cplusplus",
    "c#": "csharp",
    "f#": "fsharp",
    ".net": "dotnet",
    "golang": "go",
}
MOST_STEMS = 50_000
"""Strangers may ask for any word, so the stems that are kept have an end."""

LONGEST_WORD = 40
"""What is longer is no word; its end is not looked at."""

_NO_PLURALS = frozenset({"ios", "aws", "dos"})
"""Cut to a stem, these would be other words."""

_APOSTROPHES = str.maketrans("", "", "'’`")

_STOP = """
a about also am an and are as at be been being both but by did do does doing dont done for from
had has have having he her here hers him his how i id if im in into is isnt it its itself ive
just me my of on or our ours she so such than that thats the their them then there theres these
they this those to too us very was we were what whats when where which while who whom whose why
will with would you your youre yours yes no not
"""
STOP_WORDS = frozenset(_STOP.split())
"""Not in the index, and not looked at in a question."""

_CHATTER = """
able actually advice again ago all alright already always another any anybody anyone anything
apply applying around available bc because beginner best better bit bunch by can cant
candidate chance cheers choose choosing college come contribute contributing contributor
contributors cool could couple currently days dear decent dev developer do doesnt either else
enjoy etc even ever every everyone everything excited exist experience experienced
familiar fan fine find first fit fits fond free fun get gets getting gimme give gonna good
got great gsoc guess guy guys happen happy havent hello help hey hi hint hope idea ideas idk
interest interested interesting involve involved involves involving join keen kind kinda
knew know knowing knowledge known language languages last later learn learned learning least
less let lets like likes list listed little lol look looking looks lot lots love lover
make many maybe mean mention mentioned mentor mentored mentoring mentors mentorship mention
might mine more most much must need needed needs never new next nice noob now offer offered
offering offers ok okay one ones only open org organisation organization other others
out over people person pick please pls plz possible possibly prefer preferably pretty program
programmer programming project projects propose proposed proposal quite rather read really recommend
related remember right saw say see seen send sent should show showed shown
similar since skill skilled skills smth some somebody somehow someone someones something
sometime somewhat somewhere sort sth still stuff student study studying such suggest
suggestion suggestions suitable summer sure take talk tell than thank thanks thing things
think thx topic topics touching try trying ty u uni university up ur use
used uses using via w wana wanna want wanted wants was way week well went whatever will wish
work worked working works worth would wrote ya yeah year years yesterday yet
"""
CHATTER = frozenset(_CHATTER.split())
"""What students write around what they mean; it counts where an idea says it, and not against it.
"""

_BRITISH = (
    (re.compile(r"(?<=[a-z]{3})is(e|es|ed|er|ers|ing|ation|ations)$"), r"iz\1"),
    (re.compile(r"(?<=[a-z]{3})ys(e|es|ed|er|ers|ing)$"), r"yz\1"),
    (re.compile(r"(?<=[a-z]{3})our(s|ed|ing|ite|al)?$"), r"or\1"),
    (re.compile(r"^(cent|met|theat|fib|lit)re(s)?$"), r"\1er\2"),
    (re.compile(r"^(licen|defen|offen)ce(s|d)?$"), r"\1se\2"),
    (
        re.compile(r"(model|label|cancel|travel|signal|channel|tunnel|level)l(?=(ing|ed|er)$)"),
        r"\1",
    ),
    (re.compile(r"ogue(s)?$"), r"og\1"),
)


def folded(text: str) -> str:
    """Small letters without accents and apostrophes."""
    plain = unicodedata.normalize("NFKD", text.casefold()).translate(_APOSTROPHES)
    return "".join(c for c in plain if not unicodedata.combining(c))


def raw_words(text: str) -> list[str]:
    """The words of a text, folded and spelled out; all of them."""
    return [_SPELLED.get(word, word[:LONGEST_WORD]) for word in _TOKEN.findall(folded(text))]


def american(word: str) -> str:
    """A word as Americans spell it, by rule; where the rule is wrong, it is so everywhere."""
    if len(word) > 5:
        for british, spelling in _BRITISH:
            word = british.sub(spelling, word)
    return word


def terms(text: str) -> list[str]:
    """The words of a text as the index keeps them: folded, spelled out, stemmed, no stop words."""
    stem = stemmer()
    return [stem(word) for word in raw_words(text) if word not in STOP_WORDS]


@cache
def stemmer() -> Callable[[str], str]:
    """The function that cuts a word to its stem."""
    # 40 ms to import, and only needed when ideas change or somebody asks in words.
    import snowballstemmer  # noqa: PLC0415

    english = snowballstemmer.stemmer("english")

    def stem(word: str) -> str:
        return word if word in _NO_PLURALS else str(english.stemWord(american(word)))

    return lru_cache(MOST_STEMS)(stem)
