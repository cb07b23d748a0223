"""Whoever wants to is given all that is kept of them, and nothing that is kept of others."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from gsocbot import app
from gsocbot.rules.personal import HOLDS
from gsocbot.rules.privacy import Viewer
from gsocbot.rules.roles import Role
from gsocbot.store.private import exporting
from gsocbot.store.store import Store
from tests.conversation import START, Stage, config, stage
from tests.planted import NETWORK, NOW, plant
from tests.store.conftest import SEASON

PRIYA = "zqpriya"


def exported(store: Store, viewer: Viewer | None = None) -> dict[str, Any]:
    with store.transaction(writing=False) as books:
        data = exporting.everything(books, viewer or Viewer(NETWORK, PRIYA), NETWORK, PRIYA, NOW)
    return dict(json.loads(exporting.as_json(data)))


def test_it_has_a_row_of_every_table_that_holds_something_of_them(store: Store) -> None:
    with store.transaction(writing=True) as books:
        plant(books, SEASON, PRIYA, 1, nick="zqnick")
    shell = exported(store, Viewer(NETWORK, PRIYA, frozenset({Role.ORGANISER})))

    personal = {n for n, h in HOLDS.items() if h.own or h.named or h.lists}
    assert shell["tables"].keys() == personal - {"faqcount"}  # counts are nobody's
    assert len(shell["told"]) == 1
    assert shell["done"][0]["what"].startswith("!plant")
    assert shell["tables"]["report"]["own"][0]["did"]


def test_it_tells_nobody_of_a_draft_nor_of_who_evaluates_them(store: Store) -> None:
    with store.transaction(writing=True) as books:
        plant(books, SEASON, PRIYA, 1)
    own = exported(store)

    assert not own["tables"].get("student", {"own": []})["own"]
    assert not own["tables"]["evaluation"]["own"]
    assert own["tables"]["reminder"]["own"]


def test_it_has_nothing_of_anybody_else(store: Store) -> None:
    with store.transaction(writing=True) as books:
        plant(books, SEASON, PRIYA, 1)
        plant(books, SEASON, "zqkofi", 2)
    text = json.dumps(exported(store))

    assert "zqkofi" not in text
    assert "student1" not in text  # of a student whom they mentor there is no word


def ask(on: Stage, text: str) -> str:
    says = on.hear("priya", False, None, text, action=False)
    return says[0].text


def test_the_file_is_there_for_an_hour_at_an_address_that_nothing_links_to(tmp_path: Path) -> None:
    on = stage(f"sqlite:///{tmp_path}/gsocbot.db")
    ask(on, "!me tz Kolkata")
    first, second = (ask(on, "!me export").rpartition("/x/")[2] for _ in range(2))
    assert first != second
    assert len(second) == len("0" * 32 + ".json")

    def files(after: timedelta) -> dict[str, bytes]:
        on.tick(START + after)
        return app.exported(on.store, START + after)

    found = files(timedelta(minutes=59))
    assert found.keys() == {f"x/{second}", "x/index.html"}
    assert json.loads(found[f"x/{second}"])["tables"]["person"]["own"][0]["zone"] == "Asia/Kolkata"
    snapshot = app.look(config(), on.store, on.bot.faq, on.bot.checklists, START)
    here = config().model_copy(
        update={"site": config().site.model_copy(update={"dir": tmp_path / "public"})}
    )
    app.build_site(here, snapshot, START, found)
    pages = [file for file in (tmp_path / "public").rglob("*") if file.is_file()]
    assert (tmp_path / "public" / "x" / second) in pages
    assert not [p for p in pages if second[:32] in p.read_text() and p.parent.name != "x"]
    assert files(timedelta(hours=1)) == {}
    app.build_site(here, snapshot, START, files(timedelta(hours=1)))
    assert not (tmp_path / "public" / "x").exists()
    on.store.close()
