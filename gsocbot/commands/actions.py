"""Actions: what people have taken on in office hours, until somebody says that it is done."""

from collections.abc import Iterator

from gsocbot.commands.ask import Ask
from gsocbot.commands.command import Text, Words
from gsocbot.config import ChannelRole
from gsocbot.render import words as wording
from gsocbot.render.lines import cut
from gsocbot.rules import actions as rules
from gsocbot.rules.ids import whole_number
from gsocbot.rules.roles import Role, as_account
from gsocbot.store import actions as kept
from gsocbot.store.tables import ActionItem
from gsocbot.talk import Kind, Refused, Say

HOW = "In an office hour: #action <nick> <text>"
MINE = frozenset({"me", "mine", "my"})


def actions(ask: Ask, nick: Words = "") -> Iterator[Say]:
    """List what people have taken on and not done yet, or what somebody has; a5 shows one whole."""
    if whole_number(nick.lower().removeprefix("a")) is not None:
        yield from _one_whole(ask, nick)
        return
    found = kept.open_(ask.books, ask.season_key)
    if nick:
        found = [item for item in found if _is_of(ask, item, nick)]
    if not found:
        whose = f" of {ask.name(nick[:30])}" if nick and nick.lower() not in MINE else ""
        raise Refused(f"no action{whose or (' of yours' if nick else '')} is open. {HOW}")
    items = [f"{_shown(ask, item, rules.SHORT)} ({_since(ask, item)})" for item in found]
    yield ask.listing("open: ", items)


def action_done(ask: Ask, action: Words) -> Iterator[Say]:
    """Say that what you have taken on is done; mentors and organisers can say it of anybody's."""
    item = _open(ask, action)
    if not _is_own(ask, item) and not ask.roles:
        whose = f"{ask.name(item.nick)}, mentors" if item.nick else "mentors"
        raise Refused(
            f"only {whose} and organisers can call a{item.number} done. Nothing changed.",
            Kind.REFUSAL,
        )
    undo = f"a{item.number} is open again"
    ask.books.change(ask.deed, item, undo, done_at=ask.now, done_by=ask.who)
    _plan(ask)
    yield ask.answer(f"done: {_shown(ask, item)}.")


def action_add(ask: Ask, nick: str, text: Text) -> Iterator[Say]:
    """Note down what somebody takes on, outside an office hour."""
    if ask.role is ChannelRole.ORGANISERS:
        raise Refused("actions are public; say it in a public channel, or in private")
    nick, owner, hint = _person(ask, nick)
    item = ask.keep(
        ActionItem,
        f"the action for @{nick} is gone",
        number=kept.next_number(ask.books, ask.season_key),
        owner=owner,
        nick=nick,
        text=rules.worded(text),
        by=ask.who,
    )
    _plan(ask)
    done = f"When it is done: !action done a{item.number}"
    yield ask.answer(f"noted: {_shown(ask, item)}.{hint} {done}")


def action_give(ask: Ask, action: str, nick: str) -> Iterator[Say]:
    """Give an action to somebody else."""
    item = _open(ask, action)
    nick, owner, hint = _person(ask, nick)
    if owner == item.owner:
        raise Refused(f"a{item.number} is {ask.name(nick)}'s already")
    to = f"@{item.nick}'s" if item.nick else "nobody's"
    undo = f"a{item.number} is {to} again"
    # Somebody on this network: where it was noted down, the same account may be another person.
    ask.books.change(ask.deed, item, undo, network=ask.network, owner=owner, nick=nick)
    _plan(ask)
    yield ask.answer(f"given: {_shown(ask, item)}.{hint}")


def action_drop(ask: Ask, action: Words) -> Iterator[Say]:
    """Take an action off the list that nobody has to do any more."""
    item = _found(ask, action)
    shown = _shown(ask, item)
    ask.books.remove(ask.deed, item, f"a{item.number} is on the list again")
    _plan(ask)
    yield ask.answer(f"dropped: {shown}.")


def _one_whole(ask: Ask, word: str) -> Iterator[Say]:
    item = _found(ask, word)
    if item.done_at is None:
        yield ask.answer(f"{_shown(ask, item)} ({_since(ask, item)})", as_is=True)
        return
    on = wording.day_briefly(item.done_at.date(), ask.now)
    by = ask.name(item.done_by)
    yield ask.answer(f"{_shown(ask, item)} (done {on}, {by})", as_is=True)


def _found(ask: Ask, word: str) -> ActionItem:
    number = rules.number_of(word)
    item = kept.by_number(ask.books, ask.season_key, number)
    if item is None:
        raise Refused(f"there is no action a{number}. All: !actions")
    return item


def _open(ask: Ask, word: str) -> ActionItem:
    item = _found(ask, word)
    if item.done_at is not None:
        raise Refused(f"a{item.number} is done already")
    return item


def _is_own(ask: Ask, item: ActionItem) -> bool:
    return (item.network, item.owner) == (ask.network, ask.heard.account)


def _is_of(ask: Ask, item: ActionItem, nick: str) -> bool:
    if nick.lower() in MINE:
        return (item.network, item.owner) == (ask.network, ask.asker)
    return nick.lower() in {item.nick.lower(), item.owner.removeprefix("~")}


def _person(ask: Ask, word: str) -> tuple[str, str, str]:
    """Whom a nick means: the nick, the account or ~nick, and what to say of one who is unknown."""
    nick = word.strip("@,:")
    if as_account(nick) is None:
        raise Refused(f'"{word[:30]}" is no nick')
    # Accounts come last, for they stand before strangers.
    here = sorted(ask.here.items(), key=lambda found: found[0].startswith("@"))
    there = {shown.lower(): (shown, target) for target, shown in here}
    if nick.lower() in there:
        shown, target = there[nick.lower()]
        return shown, target.removeprefix("@"), ""
    for account in (*ask.holders(Role.MENTOR), *ask.holders(Role.ORGANISER)):
        if account == nick.lower():
            return nick, account, ""
    return nick, f"~{nick.lower()}", f" I do not see {ask.name(nick)} here."


def _shown(ask: Ask, item: ActionItem, size: int = 0) -> str:
    """a5 wenjie send trace to the list"""
    head, rest = cut(item.text, size or len(item.text.encode()))
    text = f"{head}…" if rest else head
    who = "" if not item.nick or rules.names_it(item.text, item.nick) else ask.name(item.nick) + " "
    return f"a{item.number} {who}{text}"


def _since(ask: Ask, item: ActionItem) -> str:
    return f"since {wording.day_briefly(item.at.date(), ask.now)}"


def _plan(ask: Ask) -> None:
    """Who is reminded of what is as it stands now."""
    kept.plan(ask.books, ask.season_key, ask.now)
