"""The pages of the office hours that were held: minutes, as text and as JSON too, and logs."""

import json
from collections.abc import Iterable, Mapping, Sequence

from gsocbot.render.addresses import MINUTES_DATA, MINUTES_TEXT, Addresses, session_path
from gsocbot.rules.seasons import SeasonFacts
from gsocbot.site.files import Pages
from gsocbot.site.minutes import Action, Meeting, Shown, meeting
from gsocbot.site.office import Summary
from gsocbot.site.snapshot import Session, Snapshot, Spoken
from gsocbot.site.standing import Gone
from gsocbot.site.waits import Wait


def sessions(
    made: Pages,
    snapshot: Snapshot,
    base: str,
    stand: Mapping[str, Summary],
    logs: Iterable[tuple[str, Sequence[Spoken]]],
) -> dict[str, Summary]:
    """Make the pages of all sessions that do not stand already; what other pages say of each."""
    wanted = {
        f"{season.facts.key}/{session_path(session.day.isoformat(), session.copy)}": (
            season.facts,
            session,
        )
        for season in snapshot.seasons
        for session in season.sessions
    }
    found: dict[str, Summary] = {}
    for folder, lines in logs:
        if folder in wanted:
            found[folder] = _session(made, folder, base, *wanted[folder], lines)
    for folder, (facts, session) in wanted.items():
        if folder in found:
            continue
        if session.lines is not None:
            found[folder] = _session(made, folder, base, facts, session, session.lines)
        elif folder in stand:
            found[folder] = stand[folder]
        else:
            raise Gone(f"{folder}: its log was not read")
    return found


def of_season(summaries: Mapping[str, Summary], top: str) -> dict[str, Summary]:
    """The summaries of one season, by their paths in it."""
    return {
        folder.removeprefix(top): summary
        for folder, summary in summaries.items()
        if folder.startswith(top)
    }


def _session(
    made: Pages,
    folder: str,
    base: str,
    facts: SeasonFacts,
    session: Session,
    lines: Sequence[Spoken],
) -> Summary:
    of = meeting(session, lines)
    made.page(folder, "minutes", season=facts, here="", held=of)
    for part in of.log.parts:
        made.page(folder + part.path, "log", season=facts, here="", held=of, part=part)
    address = Addresses(base, facts.key).session(session.day.isoformat(), session.copy)
    made.text(folder + MINUTES_TEXT, "minutes", held=of, season=facts, url=address)
    data = json.dumps(minutes_data(of, address), ensure_ascii=False, indent=1)
    made.files[folder + MINUTES_DATA] = f"{data}\n".encode()
    return Summary(
        of.title,
        len(of.people),
        of.helped,
        len(of.actions),
        of.log.count,
        made.fragment("_digest", held=of),
    )


def minutes_data(of: Meeting, url: str) -> dict[str, object]:
    """The minutes for other programs; the keys that `gsocbot minutes replay` has, and more."""
    ledger = {action.way: action for action in of.actions if action.way}
    return {
        "title": of.title,
        "channel": of.session.channel,
        "url": url,
        "start": of.session.started_at.isoformat(),
        "end": of.session.ended_at.isoformat(),
        "chairs": of.chairs,
        "topics": [topic.text for topic in of.everything if topic.text],
        "infos": _texts(of, "info"),
        "agreed": _texts(of, "agreed"),
        "rejected": _texts(of, "rejected"),
        "ideas": _texts(of, "idea"),
        "help": _texts(of, "help"),
        "actions": [_action(item, ledger.get(item.way)) for item in of.of("action")],
        "links": [item.url or item.text for item in of.of("link")],
        "people": [{"nick": one.nick, "lines": one.lines} for one in of.people],
        "queue": [_wait(wait) for wait in of.waits],
        "kept": [f"q{question.number}" for question in of.session.kept],
        "gaps": [
            {"start": gap.start.isoformat(), "end": gap.end.isoformat()} for gap in of.log.gaps
        ],
        "lines": of.log.count,
    }


def _texts(of: Meeting, sort: str) -> list[str]:
    return [item.text for item in of.of(sort)]


def _action(item: Shown, action: Action | None) -> dict[str, object]:
    """Who said it, and what the ledger has of it; an action that was dropped is not in there."""
    facts: dict[str, object] = {"nick": item.nick, "text": item.text}
    if action is not None:
        name = f"a{action.number}"
        facts |= {"number": name, "owner": action.nick or None, "done": action.done}
    return facts


def _wait(wait: Wait) -> dict[str, object]:
    return {
        "nick": wait.nick,
        "came": wait.came.isoformat(),
        "state": str(wait.state),
        "waited_seconds": round(wait.waited.total_seconds()),
        "helped_seconds": round(wait.helped.total_seconds()),
    }
