"""Hackathons: the days, the people and the topics."""

from gsocbot.commands import (
    hack,
    hack_care,
    hack_people,
    hack_schedule,
    topic_care,
    topic_places,
    topics,
)
from gsocbot.commands.command import Command, Function, Where
from gsocbot.rules.roles import Level
from gsocbot.talk import Kind


def _kept(
    function: Function, example: str = "", *, who: Level = Level.REGISTERED, spelled: bool = False
) -> Command:
    """A command that keeps something, for everybody with an account if nothing else is said."""
    return Command(
        function,
        kind=Kind.HACKATHON,
        who=who,
        changes=True,
        spelled=spelled,
        example=example,
    )


HACKATHON: tuple[Command, ...] = (
    Command(hack.hack, kind=Kind.HACKATHON, guess=False, leads=("hackathon",)),
    Command(hack.hack_list, kind=Kind.HACKATHON, lists=True),
    Command(hack.now, kind=Kind.HACKATHON, guess=False),
    _kept(hack_people.hack_join, "!hack join libxl, OCaml from Citrix, UK"),
    _kept(hack_people.hack_me, "!hack me skills libxl, OCaml"),
    _kept(hack_people.hack_named, "!hack named off"),
    _kept(hack_people.hack_leave, spelled=True),
    Command(hack_people.hack_who, kind=Kind.HACKATHON, lists=True),
    _kept(
        hack_care.hack_add,
        '!hack add "Xen 2011" 2-4 mar Europe/London Cambridge',
        who=Level.ORGANISER,
        spelled=True,
    ),
    _kept(hack_care.hack_set, "!hack set days 2-4 mar", spelled=True),
    _kept(hack_care.hack_chair, "!hack chair tomas", spelled=True),
    _kept(hack_care.hack_unchair, "!hack unchair tomas", spelled=True),
    _kept(hack_care.hack_drop, who=Level.ORGANISER, spelled=True),
    Command(
        hack_schedule.hack_schedule,
        kind=Kind.HACKATHON,
        who=Level.REGISTERED,
        where=Where.PRIVATE,
        changes=True,
        spelled=True,
        example="!hack schedule room 1, room 2",
    ),
    Command(
        hack_schedule.hack_report,
        kind=Kind.HACKATHON,
        who=Level.REGISTERED,
        where=Where.PRIVATE,
    ),
    Command(topics.topics, kind=Kind.HACKATHON, lists=True, guess=False, example="!topics OCaml"),
    Command(topics.topic, kind=Kind.HACKATHON, guess=False, example="!topic 3"),
    _kept(topics.topic_add, "!topic add libvirt driver for C, libxl", spelled=True),
    _kept(topics.topic_join, "!topic 3 join"),
    _kept(topics.topic_leave, "!topic 3 leave", spelled=True),
    _kept(topic_places.topic_at, "!topic 3 at room 1 fri 15:00-16:30"),
    _kept(topic_places.topic_nowhere, "!topic 3 nowhere", spelled=True),
    _kept(topic_places.topic_now, "!topic 3 now domain XML mapping"),
    _kept(topic_places.topic_next, "!topic 3 next migration"),
    _kept(topic_care.topic_looking, "!topic 3 looking OCaml, C"),
    _kept(topic_care.topic_link, "!topic 3 link https://example.org/notes"),
    _kept(topic_care.topic_rename, "!topic 3 rename libvirt driver", spelled=True),
    _kept(topic_care.topic_end, "!topic 3 end", spelled=True),
    _kept(topic_care.topic_reopen, "!topic 3 reopen", spelled=True),
)
