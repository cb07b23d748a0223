"""What words say or ask of a person in the programme, told by their shape: names are nobody's."""

import re
from collections.abc import Collection
from enum import Enum, auto
from functools import cache


class About(Enum):
    """What words are about."""

    TOLD = auto()
    """What became of somebody, or is to: "priya failed"."""
    RECORD = auto()
    """Whether somebody is late, silent, about to fail, or gone."""
    WORK = auto()
    """Who is a student, on what, and with whom."""


_NO_NAMES = """
a about accepted after all already also am an and any anybody anyone anything app are as at audio
back bad badly be because been being boot both branch browser bug bugs build builds but by can
channel check checks ci code command commit compile compiler config configure connection could
daemon data date deadline did disk do docs documentation does done download driver drivers each
either email error errors ever every everybody everyone everything false faq fast fetch file files
final finals firmware first flag for form forum from get give go goes good google got grub gsoc
guide had half hard has have he help her here hers hi him his how i idea ideas if image import in
info input install installer instance into irc is issue it its job jobs just kernel key last later
lib library line link links lint list load log login logs lot mail make makefile many map may
maybe me merge method midterm midterms mine mode module more most mount much must my neither
network never new next no nobody none noone not nothing now null of often old on once one only or
org other our ours out output over package packages page parse parser password patch patches
people pr process program programme project projects prompt proposal proposals prs pull push
python read really release repo report reports request root run same script second see sent server
session setup several shall she should site size so some somebody someone something soon source
spec step still stuff such suite system task tasks template test tests than thanks that the their
them then there these they thing things this those thread time timeline to today token tomorrow
too twice two type under up update upgrade upload us user users validation value version very was
we website well were what when where whether which while who whole whom whose why wiki will window
with without work workaround would yes yesterday yet you your yours
"""
"""What stands where a name could, and is none."""

_KIN = r"(?:students?|contributors?|mentees?|applicants?|candidates?|gsocers?|participants?)"
_ITS = r"(?:my|our|your|the|this|that|his|her|their|\w[\w-]*'s)"
_THEIR = rf"{_ITS} (?:own |other |second )?{_KIN}"
_NAME = (
    rf"(?!(?:{'|'.join(_NO_NAMES.split())}|\w+(?:tion|ment|ness|ly|ing)|i'\w+|\w+'[a-z]+)(?![\w'-]))"
    r"[a-z_\[\]\\{}|^`][\w\[\]\\{}|^`-]{1,29}(?!['\w./-])"
)
_ONE = rf"(?:he|she|{_THEIR}|{_NAME})"
_WHOM = rf"(?:him|her|{_THEIR}|{_NAME})"

_GSOC = r"(?:gsoc|(?:google )?summer of code|program(?:me)?)"
_TEST = r"(?:mid-?terms?|finals?|(?:(?:mid-?term|final) )?eval(?:uation)?s?)"
_SMALL = r"(?:(?:the|this|that|his|her|their|your|my|our) )?"
_END = (
    rf"(?=\W*$|[,;.:!]\s| (?:{_SMALL}(?:{_TEST}|{_GSOC})\b|(?:in|at|for|of|from|on) {_SMALL}"
    rf"(?:{_TEST}|{_GSOC})\b|because|already|again|now|yet|this (?:week|time|year)|today|lately|"
    r"i (?:think|guess|fear)|here|though|and|or not|too|anyway|by (?:us|me)\b))"
)
_START = (
    r"(?:^|[,;:.!?] (?:and |but |so )?|\b(?:that|think|know|say|said|says|because|sorry|guess|"
    r"heard|believe|afraid|sure|whether|and|but|so|since) )"
)
_HELPING = (
    r"(?:(?:has|have|had|was|were|is|are|got|gets|will|did|does|should|must|would|might|may|not|"
    r"just|also|already|clearly|really|nearly|almost|sadly|probably|going|gonna|about|to|be|been|"
    r"being|i think|has to|hasn't|didn't|won't|isn't) )*"
)
_FATE = (
    r"(?:fail(?:s|ed|ing)?|pass(?:es|ed|ing)?|flunk(?:s|ed|ing)?|rejected|accepted|selected|"
    r"kicked out|thrown out|terminated|dropped out|dropping out|got in|made it)"
)
_LEFT = r"(?:quit(?:s|ting)?|left|leav(?:e|es|ing)|dropp(?:ed|ing)(?: out)?|given up|gave up|gone)"
_TARDY = r"(?:late|behind|silent|overdue|inactive|absent|away|lazy|ill|sick|in trouble)"
_ANY = rf"(?:any ?body|any ?one|some ?body|some ?one|any {_KIN}|{_ONE})"

_TOLD = (
    rf"{_START}{_ONE} {_HELPING}{_FATE}{_END}"
    rf"|\b{_TEST}\b.*\W(?:he|she) {_HELPING}{_FATE}\b"
    rf"|(?:^|\b(?:i|we|to|will|should|must|gonna|{_NAME}|'ll|'m|am|are|is) )"
    rf"(?:have |had |has |not |just )*(?:fail(?:ed|ing|s)?|flunk(?:ed|ing|s)?) {_WHOM}{_END}"
    rf"|\b(?:pass(?:ed|ing|es)?|reject(?:ed|ing|s)?|accept(?:ed|ing|s)?) {_WHOM} (?:in|for|at|from)"
    rf" {_SMALL}(?:{_TEST}|{_GSOC})\b"
)
_RECORD = (
    rf"\b(?:is|was|isn't|has|will|are) {_ANY} (?:(?:still|so|always|often|very|too|again|ever|be|"
    rf"been|not|already|even) )*{_TARDY}(?=\W*$|[,;]| (?:with|again|on|for|today|this|now|or)\b)"
    rf"|\b(?:who|which {_KIN}|how many(?: {_KIN})?)(?:'s| is| are| was| were)?"
    rf" (?:(?:so|always|still|most|all|too|often|being) )*{_TARDY}"
    r"(?=\W*$|[,;]| (?:with|again|on|for|today|this|now)\b)"
    rf"|\b(?:who|which {_KIN}|how many(?: {_KIN})?|(?:did|has|have|is|was|will|does) {_ANY}) "
    rf"(?:(?:has|have|did|is|are|was|already|really|just|been|going to|about to) )*{_LEFT}"
    rf"(?=\W*$|[,;]| (?:(?:the |this |our |your )?(?:project|{_GSOC})|already|now|yet|us|so far)\b)"
    rf"|\b(?:who|which {_KIN}|(?:did|has|have) {_ANY}) (?:(?:has|have|did|already|ever|not|"
    r"hasn't|didn't|haven't|has not|did not) )*report(?:ed)?(?=\W*$|[,;]| (?:this|last|yet|already"
    r"|so far|today|now)\b)"
    rf"|\bis {_ONE} still (?:here|around|with us|alive|working|active)(?=\W*$|[,;])"
    rf"|\b(?:is|are|was|will|did|has|does|why|whether|if) (?:\S+ )?{_ONE} "
    rf"(?:(?:going|about|to|be|been|being|still|have) )*(?:fail|pass|flunk)(?:ed|ing)?{_END}"
    rf"|\b(?:is|are|was|will|did|has|does) {_ONE} (?:(?:going|about|to|be|have) )*"
    rf"(?:fail|pass|flunk|reject|drop)(?:ed|ing|ping)? {_WHOM}{_END}"
    rf"|\bwhere(?:'s| is| are| was|s) (?:(?:on earth|the hell) )?{_ONE}"
    r"(?=\W*$| (?:today|now|lately|these days|this week|at|hiding|gone)\W*$)"
    rf"|\bwhere (?:has|did) {_ONE} (?:been|gone|go)\b"
    rf"|\bwhat(?:'s| has| is| ever)? (?:happened|happening|become|became) (?:to|of|with) {_WHOM}"
    r"(?=\W*$|[,;])"
)
_IDEA = r"(?:(?:the )?(?:ideas?|projects?|number) #?\d+|#\d+)"
_WORK = (
    rf"\bwho(?:'s| is| are| will| has| was)? (?:be )?(?:works?|working|worked|doing|does|assigned|"
    rf"taken|got|on)(?: on| to)? {_IDEA}"
    rf"|\b(?:is|are) (?:any ?body|any ?one|some ?body|some ?one) (?:working )?on {_IDEA}"
    rf"|\bwho(?:m|'s| is)? (?:mentors?|mentoring|mentored|will mentor|works with|is with) "
    rf"(?:me|{_WHOM})(?=\W*$|[,;]| (?:here|now|this year)\b)"
    rf"|\bwho(?:'s| is| are| were) (?!(?:my|our)\b)\w[\w-]*'s (?:mentors?|backup)(?=\W*$|[,;])"
    rf"|\bwho(?:'s| is| are) the (?:mentors?|backup) (?:of|for) {_NAME}(?=\W*$|[,;])"
    rf"|\b(?:is|was|isn't|are) {_ONE} (?:(?:also|still|really|already|a|an|the|your|our|one|of|"
    rf"accepted|selected|{_GSOC}|\w[\w-]*'s) )*{_KIN}\b(?! (?:account|page|pass|id)\b)"
    rf"|\b(?:is|was|isn't) {_ONE} (?:still |really |also )*(?:in|part of|doing|taking part in|"
    rf"participating in) (?:the |this |your |our )?{_GSOC}\b"
    rf"|\bwho(?:'s| is| are| were) (?:(?:all|the|your|our|this|year's|\w[\w-]*'s|accepted|gsoc) )+"
    rf"{_KIN}(?=\W*$|[,;]| (?:here|this year|now|of|for|on|in|with)\b)"
    rf"|\bwhat (?:does|is|will|did) {_ONE} (?:work|working) (?:on|at)(?=\W*$|[,;])"
    rf"|\b(?:which|what) (?:idea|project) (?:is|does|has|did|will) {_ONE} (?:on|work|working|have|"
    r"got|get|doing|do)\b"
)
_LOT = r"(?:cpu|firmware|hardware|media|memory|power|raid|ram|storage|\w+s)\b"
"""What fails and is nobody."""
_MADE = r"(?:fail(?:ed|s)?|pass(?:ed|es)?|flunk(?:ed|s)?|got in|made it|dropped out)"
_ASIDE = (
    rf"\bfor (?:failing|flunking) (?!{_LOT}){_WHOM}{_END}"
    rf"|(?<!\ba )(?<!\ban )(?<!\bthe )\b(?!{_LOT}|{_KIN}\b){_NAME},? who {_HELPING}{_MADE}{_END}"
)
_POLLED = (
    rf"\b(?:should|shall|must|may|can|could|will|would|did|does) {_ONE} {_HELPING}{_FATE}{_END}"
    rf"|\b(?:should|shall|must|may|can|do|did|will) (?:we|i|you|they|google|{_NAME}) "
    rf"(?:fail|flunk) {_WHOM}{_END}"
    rf"|\bwhom? {_HELPING}(?:fail(?:s|ed)?|flunk(?:s|ed)?|pass(?:es|ed)?){_END}"
    r"|\bwhom? (?:should|shall|do|did|will) (?:we|i|you|they|google) "
    r"(?:fail|flunk|pass|reject|accept|select)\b"
    rf"|\b(?:which|whose|what) (?:{_KIN}|proposals?|applications?)\b.*"
    r"\b(?:fail|pass|flunk|reject|accept|select|rank|slot)"
)
_THINGS = re.compile(
    r"\b(?:assert\w*|builds?|ci|code|commits?|compil\w+|jobs?|lint\w*|packets?|parser|patch(?:es)?"
    r"|prs?|suites?|tests?|checks?|pipelines?|servers?|boot\w*|install\w*|upgrade\w*|drivers?)\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"(?:who|what|when|where|why|how|which|can|could|did|does|do|is|are|was|has|have|may|should|"
    r"will|would|am|if|whether)\b|.*\?\s*$",
    re.IGNORECASE | re.DOTALL,
)
_STRONG = re.compile(rf"\b(?:she|he|him|her|{_TEST}|{_GSOC}|{_KIN})\b", re.IGNORECASE)
"""With these words no thing is meant."""

_RESULT = re.compile(
    r"\b(?:fail\w*|pass(?:ed|es|ing)?|flunk\w*|grades?|graded|scored?|scores|ranked?|rejected|"
    r"accepted|terminated?|kicked)\b",
    re.IGNORECASE,
)


def about(words: str) -> About | None:
    """What words say or ask of a person in the programme, whoever that is; None for all else."""
    told, asked = _compiled(_TOLD).search(words), _compiled(_RECORD).search(words)
    if (told or asked) and _THINGS.search(words) and not _STRONG.search(words):
        return None
    if told and not asked and not _ASKS.match(words):
        return About.TOLD
    if told or asked:
        return About.RECORD
    return About.WORK if _compiled(_WORK).search(words) else None


def says_aside(words: str) -> bool:
    """Whether words say in passing what became of somebody: a party for priya who failed."""
    return _compiled(_ASIDE).search(words) is not None and not _THINGS.search(words)


def asks_of_fate(words: str) -> bool:
    """Whether a question that people vote on is what becomes of somebody."""
    if _THINGS.search(words) and not _STRONG.search(words):
        return False
    return about(words) is About.TOLD or _compiled(_POLLED).search(words) is not None


def names_a_result(words: str, names: Collection[str]) -> bool:
    """Whether words have one of these names in them, and what became of its bearer."""
    if not _RESULT.search(words) or _THINGS.search(words):
        return False
    said = {word.removesuffix("'s") for word in re.findall(r"[^\s,;:.!?()\"]+", words.lower())}
    return not said.isdisjoint(name.lower() for name in names)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Made when somebody first asks in words: that takes 60 ms."""
    return re.compile(pattern, re.IGNORECASE)
