"""Letters about drafts: hundreds of them are planned with few questions."""

from sqlalchemy import event

from gsocbot.rules.roles import Role
from gsocbot.store import roles
from gsocbot.store.private import proposals
from gsocbot.store.private.tables import Proposal
from gsocbot.store.store import Store
from gsocbot.store.tables import Idea, IdeaMentor, Outbox
from tests.store.conftest import NOW, SEASON, deed

DRAFTS, IDEAS, MOST = 300, 3, 40
MENTORS = ("ana", "mira")


def test_many_drafts_are_planned_with_few_questions(store: Store) -> None:
    with store.transaction(writing=True) as books:
        for number, name in enumerate(MENTORS):
            change = deed("role", number=number)
            roles.grant(books, change, SEASON, "net", name, Role.MENTOR)
        for number in range(1, IDEAS + 1):
            idea = Idea(season=SEASON, number=number, slug=f"i{number}", title="I")
            books.add(deed("idea", number=number), idea)
            assert idea.id is not None
            for place, name in enumerate(MENTORS):
                mentor = IdeaMentor(idea=idea.id, position=place, season=SEASON, name=name)
                books.add(deed("mentor", number=number * 10 + place), mentor)
            for one in range(number, DRAFTS + 1, IDEAS):
                row = Proposal(
                    season=SEASON, network="net", account=f"s{one}", idea=idea.id,
                    url=f"https://example.org/{one}", at=NOW,
                )  # fmt: skip
                books.add(deed("draft", number=one), row)
    with store.transaction(writing=True) as books:
        asked: list[str] = []
        event.listen(books.connection, "before_cursor_execute", lambda *a: asked.append(a[2]))
        proposals.plan(books, SEASON, NOW)
        letters = books.every(Outbox, topic=proposals.TOPIC)

    assert len(letters) == DRAFTS * len(MENTORS)
    assert len(asked) <= MOST
