"""A hackathon has so many topics, and a season so many hackathons, that people can read them."""

from datetime import date

from gsocbot.rules.hack_days import MOST_HACKATHONS
from gsocbot.rules.hack_topics import MOST_TOPICS
from gsocbot.rules.roles import Role
from gsocbot.store.books import Deed
from gsocbot.store.hackathon_tables import Hackathon, HackTopic
from gsocbot.store.roles import grant
from tests.conversation import CHANNEL, NETWORK, START, Stage, stage

DEED = Deed("1", START, "test", NETWORK, "odile", "shell", "a test")


def said(on: Stage, text: str) -> str:
    (say,) = on.hear("odile", False, CHANNEL, text, action=False)
    return say.text


def test_one_topic_too_many_is_refused_and_the_list_stays_a_line() -> None:
    on = stage()
    with on.store.transaction(writing=True) as books:
        grant(books, DEED, "test", NETWORK, "odile", Role.ORGANISER)
        for number in range(1, MOST_HACKATHONS + 1):
            at = {"season": "test", "network": NETWORK, "account": "odile", "at": START}
            days = {"first": date(2026, 3, number), "last": date(2026, 3, number)}
            row = Hackathon(slug=f"day-{number}", name=f"Day {number}", zone="UTC", **days, **at)
            books.add(DEED, row)
        row = books.every(Hackathon, slug="day-2")[0]
        for number in range(1, MOST_TOPICS + 1):
            title = {"slug": f"topic-{number}", "title": f"topic {number}"}
            books.add(DEED, HackTopic(hackathon=row.id, number=number, **title, **at))

    assert said(on, "!topic add one more") == (
        "odile: there are 100 topics, and more nobody reads; join one: !topics"
    )
    assert said(on, '!hack add "One more" 2 apr UTC') == (
        "odile: there are 20 hackathons; drop one first: !hack drop <name>"
    )
    assert said(on, "!topics").endswith(" more: !more")
    on.store.close()
