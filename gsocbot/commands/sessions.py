"""Leading an office hour: it is opened, led and closed; what is said meanwhile is logged."""

from collections.abc import Iterator, Sequence

from gsocbot.commands.ask import Ask
from gsocbot.commands.command import Text
from gsocbot.commands.dates import plan
from gsocbot.commands.places import briefly
from gsocbot.config import ChannelRole
from gsocbot.render import words as wording
from gsocbot.render.addresses import session_path
from gsocbot.render.lines import one_line
from gsocbot.rules import office as rules
from gsocbot.rules.office import Planned
from gsocbot.store import closing, roster
from gsocbot.store import office as kept
from gsocbot.store import queue as places
from gsocbot.store.closing import Closed
from gsocbot.store.tables import OfficeSession, QueuePlace
from gsocbot.talk import Kind, Refused, Say, Topic

NONE_OPEN = "no office hour is open here; !office says when the next one is"


def running(ask: Ask) -> OfficeSession | None:
    """The session that runs in this channel."""
    channel = ask.heard.channel
    return kept.running(ask.books, ask.network, channel.lower()) if channel else None


def taken_over(ask: Ask) -> OfficeSession:
    """The same, for somebody who leads it or may: with an account they are a chair from now on."""
    row = running(ask)
    if row is None:
        raise Refused(NONE_OPEN)
    if not (ask.roles or is_chair(ask)):
        raise Refused("only the chair and mentors can do that. Nothing changed.", Kind.REFUSAL)
    account = ask.heard.account
    if account is not None and not rules.leads(account, row.chair, row.chairs):
        ask.books.change(ask.deed, row, chairs=rules.with_leader(row.chairs, account))
    return row


def is_chair(ask: Ask) -> bool:
    """Whether somebody leads the session that runs here, or is an operator of its channel."""
    row, account = running(ask), ask.heard.account
    if row is None:
        return False
    return ask.heard.op or (account is not None and rules.leads(account, row.chair, row.chairs))


def office_start(ask: Ask, title: Text = "") -> Iterator[Say]:
    """Open the office hour in this channel and log it until it is closed."""
    here = running(ask)
    if here is not None:
        raise Refused(
            f"an office hour is open here already, chair {ask.name(here.chair)}; "
            "it ends with !office end"
        )
    if ask.role is ChannelRole.ORGANISERS:
        raise Refused("what is said in an office hour is public; open it in a public channel")
    channel = (ask.heard.channel or "").lower()
    planned = rules.session_at(_coming_here(ask), ask.now)
    title = rules.checked_title(title) or (planned[1].title if planned else "")
    until = planned[2].end if planned else ask.now + rules.UNPLANNED_LENGTH
    row = ask.keep(
        OfficeSession,
        channel=channel,
        series=planned[0] if planned else "",
        day=planned[2].day if planned else ask.now.date(),
        title="" if title == rules.OFFICE_HOUR else title,
        chair=ask.who,
        started_at=ask.now,
        until=until,
        heard_until=ask.now,
    )
    assert row.id is not None
    # A meeting in between leaves alone who waits for the office hour.
    waiting = []
    if planned or not _coming_here(ask):
        waiting = places.adopt(ask.books, ask.deed, row)
    if planned:
        plan(ask)  # that it comes needs no announcement any more
    told = f" Waiting: {_in_turn(ask, waiting)}." if waiting else ""
    yield ask.announce(
        f"{title or rules.OFFICE_HOUR} is open until {until:%H:%M} UTC; chair "
        f"{ask.name(ask.who)}; this is logged ([off] at the start of a line is not). "
        f"q+ <question> to queue.{told}"
    )
    topic = ask.seen.outside.topic(ask.network, channel)
    if topic is not None and topic.settable:
        topic = _without_ours(ask, row, topic)
        ours = one_line(rules.topic_of(row.title, until, ask.who, topic.text))
        ask.books.change(ask.deed, row, topic_before=topic.text, topic_set=ours)
        yield ask.set_topic(ours)


def _without_ours(ask: Ask, row: OfficeSession, topic: Topic) -> Topic:
    """The topic as it was before a session that has only just ended in the same channel."""
    before = topic
    for ended in kept.with_our_topic(ask.books, ask.now - rules.LOOKED_BACK):
        if (ended.network, ended.channel) == (row.network, row.channel):
            if rules.is_ours(topic.text, ended.topic_set):
                before = Topic(ended.topic_before, topic.settable)
            ask.books.change(ask.deed, ended, topic_set="")
    return before


def office_end(ask: Ask, words: Text = "") -> Iterator[Say]:
    """Close the office hour in this channel and publish its minutes."""
    row = running(ask)
    if row is None:
        raise Refused(NONE_OPEN)
    copy = kept.ended_on(ask.books, row.season, row.day) + 1
    closed = closing.close(ask.books, ask.deed, row, ask.now)
    page = ask.addresses.page(session_path(row.day.isoformat(), copy))
    yield ask.announce(in_words(row, closed, page))
    # The tick sees to it until it is there again.
    topic = ask.seen.outside.topic(ask.network, row.channel) if row.topic_set else None
    if topic is not None and topic.settable and rules.is_ours(topic.text, row.topic_set):
        yield ask.set_topic(row.topic_before)


def in_words(row: OfficeSession, closed: Closed, page: str) -> str:
    """What has become of a session."""
    numbers = _numbers(closed.kept)
    what = [f"{closed.helped} helped"] if closed.helped or closed.kept else []
    if closed.kept:
        what.append(f"{wording.plural(len(closed.kept), 'question')} kept ({numbers})")
    if closed.actions:
        what.append(wording.plural(closed.actions, "action"))
    if closed.ideas:
        drafts = ", ".join(map(str, closed.ideas))
        what.append(f"{wording.plural(len(closed.ideas), 'draft idea')} ({drafts})")
    came = f": {', '.join(what)}" if what else ""
    head = f"{row.title or rules.OFFICE_HOUR} closed after {wording.minutes(closed.length)}"
    return f"{head}{came}. Minutes: {page}"


def _numbers(kept: Sequence[int]) -> str:
    """q3, or q3, q5, or q3-q99"""
    if len(kept) > 2 and kept[-1] - kept[0] == len(kept) - 1:
        return f"q{kept[0]}-q{kept[-1]}"
    return ", ".join(f"q{number}" for number in kept)


def office_chair(ask: Ask, nick: Text) -> Iterator[Say]:
    """Have others lead the office hour too."""
    row = taken_over(ask)
    chairs = row.chairs
    for one in nick.replace(",", " ").split():
        account = account_of(ask, one)
        if account != row.chair and account not in rules.leaders(chairs):
            chairs = rules.with_leader(chairs, account)
    ask.books.change(ask.deed, row, chairs=chairs)
    yield from ()


def office_unchair(ask: Ask, nick: Text) -> Iterator[Say]:
    """Have others lead it no more; who has opened it always does."""
    row = taken_over(ask)
    chairs = row.chairs
    for one in nick.replace(",", " ").split():
        account = known_account(ask, one) or one.lower()
        if account in rules.leaders(chairs):
            chairs = rules.without_leader(chairs, account)
    ask.books.change(ask.deed, row, chairs=chairs)
    yield from ()


def office_topic(ask: Ask, topic: Text) -> Iterator[Say]:
    """Begin a topic of the minutes, and the channel's where the bot may set that."""
    if not ask.heard.text.lstrip().lower().startswith("#"):
        raise Refused("say it as #topic <text>; so the minutes have it")
    row = taken_over(ask)
    there = ask.seen.outside.topic(ask.network, row.channel)
    if row.topic_set and there is not None and there.settable:
        ours = one_line(rules.agenda_topic(topic, row.until, row.topic_before))
        ask.books.change(ask.deed, row, topic_set=ours)
        yield ask.set_topic(ours)


def next_(ask: Ask) -> Iterator[Say]:
    """Say which "next" there is: in the queue, or of the year."""
    yield ask.answer("queue: !q next · deadline: !due · office hour: !office")


def _coming_here(ask: Ask) -> list[Planned]:
    """The sessions that are planned for this channel, from the one that may be opened now on."""
    since, until = ask.now, ask.now + rules.ADOPTS_WITHIN
    found = roster.coming(ask.books, ask.season_key, since, until)
    return [p for p in found if p[1].channel.lower() in {"", ask.heard.channel}]


def _in_turn(ask: Ask, waiting: list[QueuePlace]) -> str:
    shown = [f"{n} {place}" for n, place in enumerate(briefly(ask, waiting[:3]), 1)]
    more = f" and {len(waiting) - 3} more" if len(waiting) > 3 else ""
    return " · ".join(shown) + more


def account_of(ask: Ask, nick: str) -> str:
    """The account of somebody who is here; a chair is an account and no nick."""
    account = known_account(ask, nick)
    if account is not None:
        return account
    if nick.lower().strip("@:") in {there.lower() for there in ask.here.values()}:
        fault = f"{ask.name(nick[:30])} is not logged in to services; a chair has to be"
    else:
        fault = f'nobody called "{nick[:30]}" is here'
    raise Refused(f"{fault}. Nothing changed.")


def known_account(ask: Ask, nick: str) -> str | None:
    wanted = nick.lower().replace("·", "").strip("@:")
    for target, there in ask.here.items():
        if target.startswith("@") and wanted in {there.lower(), target[1:]}:
            return target[1:]
    return None
