"""The report of a hackathon: a draft in Markdown that an editor can take as it is."""

from collections.abc import Iterator

from gsocbot.render.addresses import Addresses
from gsocbot.render.escaping import escaped, link
from gsocbot.render.words import listed, plural
from gsocbot.rules.hackathon import EventKind, in_words
from gsocbot.rules.hackathon_days import is_tonight
from gsocbot.site.hackathon_snapshot import Demo, Hackathon, Topic
from gsocbot.site.hackathons import Day, Hour, Page, ShownOutcome


def report(page: Page, addresses: Addresses, picture: str = "") -> str:
    """The whole report; `picture` is the file of the one of its days."""
    pictured = [f"![The days]({picture})", ""] if picture else []
    parts = [
        _head(page),
        _section("What was done", [_topic(page, t) for t in page.hackathon.topics]),
        _section("Demos", _demos(page)),
        _section("What came of it", [_outcome(o, addresses) for o in page.outcomes]),
        _section(*_social(page)),
        _section("Thanks", list(_thanks(page.hackathon))),
        _section("The days", [*pictured, *(line for day in page.days for line in _day(page, day))]),
    ]
    return "\n".join(filter(None, parts))


def _section(title: str, lines: list[str]) -> str:
    return "\n".join([f"## {title}", "", *lines, ""]) if lines else ""


def _head(page: Page) -> str:
    of = page.hackathon
    lines = [f"# {escaped(of.name)}", ""]
    days = plural(of.days.count, "day")
    where = f"in {escaped(of.place)}" if of.place else "online"
    lines += [f"*{in_words(of.first, of.last)} {of.last.year}, {where}, {days}*", ""]
    lines += [" ".join(filter(None, [_who(of), _what(page)])), ""]
    if of.names:
        lines += [f"Among them: {listed([escaped(name) for name in of.names])}.", ""]
    return "\n".join(lines)


def _who(of: Hackathon) -> str:
    """26 people from 9 organisations and 7 countries took part."""
    numbers = of.numbers
    if not numbers.people:
        return ""
    of_those = [
        f"{numbers.affiliations} companies and universities" if numbers.affiliations > 1 else "",
        f"{numbers.countries} countries" if numbers.countries > 1 else "",
    ]
    whence = " and ".join(filter(None, of_those))
    people = "1 person" if numbers.people == 1 else f"{numbers.people} people"
    return f"{people}{f' from {whence}' if whence else ''} took part."


def _what(page: Page) -> str:
    """They worked on 6 topics, showed 3 demos, and left 5 outcomes, 2 of which became ideas."""
    of = page.hackathon
    shown, outcomes, born = len(_shown(of)), len(page.outcomes), len(page.born)
    done = [
        f"worked on {plural(len(of.topics), 'topic')}" if of.topics else "",
        f"showed {plural(shown, 'demo')}" if shown else "",
        f"came home with {plural(outcomes, 'outcome')}" if outcomes else "",
    ]
    said = listed(list(filter(None, done)))
    of_which = "" if born == outcomes == 1 else f"{born} of "
    ideas = f", {of_which}which became {'an idea' if born == 1 else 'ideas'} for projects"
    return f"They {said}{ideas if born else ''}." if said else ""


def _topic(page: Page, topic: Topic) -> str:
    facts = [
        f"{escaped(topic.now)}" if topic.now else "",
        f"next: {escaped(topic.next)}" if topic.next and not topic.ended else "",
    ]
    doing = "; ".join(filter(None, facts))
    people = "1 person" if topic.people == 1 else f"{topic.people} people"
    how_many = f" ({people})" if topic.people else ""
    url = page.topic_links.get(topic.number)
    return (
        f"- **{escaped(topic.title)}**{how_many}"
        + (f": {doing}" if doing else "")
        + (f". {link(url, url)}" if url else "")
    )


def _shown(of: Hackathon) -> list[Demo]:
    return [demo for demo in of.demos if demo.started_at is not None or demo.done_at is not None]


def _demos(page: Page) -> list[str]:
    """Those that were shown; before the first of them those that are planned."""
    demos = _shown(page.hackathon) or list(page.hackathon.demos)
    return [_demo(page, demo) for demo in demos]


def _demo(page: Page, demo: Demo) -> str:
    by = f", by {escaped(demo.by)}" if demo.by else ""
    url = page.demo_links.get(demo.number)
    planned = "" if demo.started_at or demo.done_at else " (planned)"
    return f"- {link(demo.title, url) if url else f'**{escaped(demo.title)}**'}{by}{planned}"


def _outcome(shown: ShownOutcome, addresses: Addresses) -> str:
    outcome = shown.outcome
    line = f"- {escaped(outcome.text)}"
    if shown.topic is not None:
        line += f" (from {escaped(shown.topic.title)})"
    if shown.url:
        line += f", {link(shown.url, shown.url)}"
    if outcome.idea is not None:
        name = f"idea {outcome.idea}"
        line += ". Now " + (
            link(name, addresses.idea(outcome.idea)) if shown.idea_page else f"a draft, {name}"
        )
    return line


def _social(page: Page) -> tuple[str, list[str]]:
    """What was social, with a title for all of it."""
    hours = [h for day in page.days for h in day.hours if h.kind is EventKind.SOCIAL]
    evenings = all(is_tonight(hour.start, page.hackathon.days) for hour in hours)
    return "In the evening" if evenings else "Together", [_hour(page, hour) for hour in hours]


def _hour(page: Page, hour: Hour) -> str:
    of = page.hackathon
    coming = f", {hour.coming} came" if hour.coming and of.days.is_over(of.at) else ""
    if hour.coming and not coming:
        coming = f", {hour.coming} coming"
    room = f" ({escaped(hour.room)})" if hour.room else ""
    return f"- {hour.start:%A} {hour.start:%H:%M}: {escaped(hour.what)}{room}{coming}"


def _thanks(of: Hackathon) -> Iterator[str]:
    for one in of.thanks:
        what = escaped(one.what)
        yield f"- To {escaped(one.whom)}, for {what}" if one.whom else f"- For {what}"


def _day(page: Page, day: Day) -> list[str]:
    if not day.hours:
        return []
    lines = [f"- Day {day.number}, {day.on:%A} {day.on.day} {day.on:%B} ({page.hackathon.zone})"]
    for hour in day.hours:
        until = f"-{hour.end:%H:%M}" if hour.end else ""
        room = f", {escaped(hour.room)}" if hour.room else ""
        lines.append(f"  - {hour.start:%H:%M}{until} {escaped(hour.what)}{room}")
    return lines
