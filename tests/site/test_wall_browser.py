"""The wall in a real browser, served as the deployment serves it: a projector, and no server."""

import json
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from gsocbot.demo.web import Web
from gsocbot.site.freshening import freshen
from gsocbot.site.hackathon_snapshot import Demo, Hackathon, Slot, Ticket
from gsocbot.site.wall import data, wall
from tests.site.hackathons import AT, ON, at, hackathon
from tests.site.samples import KEY, build, season
from tests.site.test_browser import Browser, _chromium
from tests.site.test_pages import _contrast

PAGE = f"{KEY}/hack/hack/wall/"
FILE = f"{KEY}/hack/hack/wall.json"
SEEN = """
const CLEAR = 'rgba(0, 0, 0, 0)';
return [...document.querySelectorAll('body *')].filter(e => e.checkVisibility() &&
  [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())).map(e => {
    let under = e;
    while (getComputedStyle(under).backgroundColor === CLEAR) under = under.parentElement;
    const style = getComputedStyle(e), box = e.getBoundingClientRect(), list = e.closest('ul');
    return {
      text: e.textContent, size: parseFloat(style.fontSize), ink: style.color,
      paper: getComputedStyle(under).backgroundColor,
      out: box.left < 0 || box.right > innerWidth || box.top < 0 || box.bottom > innerHeight ||
        (list && box.bottom > list.getBoundingClientRect().bottom + 1)
    };
  });
"""
PATIENCE = 12.0


@dataclass
class Screen:
    """A projector that shows the wall of a site."""

    browser: Browser
    public: Path
    web: Web

    def show(self, of: Hackathon, now: datetime = AT) -> None:
        """Have the bot write another wall; the page is told no more than that."""
        # What it says is old; that it was written is not.
        content = json.loads(data(wall(of, now)))
        content["at"] = datetime.now(UTC).isoformat(timespec="milliseconds")
        assert freshen(self.public, FILE, json.dumps(content).encode())
        # As if all were written within one second, which is all that servers can tell apart.
        os.utime(self.public / FILE, (0, 0))

    def open(self) -> None:
        """Look at the wall on a projector."""
        self.browser.open(PAGE)
        size = {"width": 1920, "height": 1080, "deviceScaleFactor": 1, "mobile": False}
        self.browser.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)

    def text(self, selector: str = "main") -> str:
        """What is displayed."""
        return self.browser.run(f"return document.querySelector('{selector}').innerText")

    def until(self, holds: Callable[[], object]) -> float:
        """Wait until something is so; says how long it took."""
        begun = time.monotonic()
        while not holds():
            assert time.monotonic() - begun < PATIENCE, self.text("body")
            time.sleep(0.05)
        return time.monotonic() - begun


@pytest.fixture(scope="module")
def screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Screen]:
    """Give a browser that looks at a site as the demo serves it."""
    public = tmp_path_factory.mktemp("wall") / "public"
    build(public, replace(season(), hackathons=(hackathon("calm"),)))
    page = public / PAGE / "index.html"
    page.write_text(page.read_text().replace('data-turn="8"', 'data-turn="1"'))
    web = Web(public, 0)
    web.start()
    driver = _chromium(tmp_path_factory.mktemp("chromium"))
    try:
        yield Screen(Browser(driver, f"http://127.0.0.1:{web.port}/"), public, web)
    finally:
        driver.quit()
        web.stop()


def test_what_changes_is_there_within_three_seconds_and_without_a_reload(screen: Screen) -> None:
    screen.show(hackathon("calm"))
    screen.open()
    screen.browser.run("window.marked = 'still here'")
    screen.until(lambda: "calm" in screen.text())

    screen.show(hackathon("<b>lively</b>"))

    assert screen.until(lambda: "<b>lively</b>" in screen.text("#now")) < 3
    assert screen.browser.run("return window.marked") == "still here"
    assert "<b>lively</b>" in screen.text("#next")
    assert "<b>lively</b>" in screen.text("#demos")
    assert "h1\n<b>lively</b>\n\n1 more, asked in private" in screen.text("#help")
    assert screen.browser.run("return document.querySelectorAll('main b b').length") == 0
    assert screen.browser.faults() == []


def test_a_crowded_wall_can_be_read_from_afar_and_shows_all_of_it_in_turn(screen: Screen) -> None:
    of = hackathon("a long title that says a lot about what people do there")
    topics = tuple(replace(of.topics[0], number=n, title=f"{of.name} {n}") for n in range(1, 61))
    slots = tuple(
        Slot(n, ON, f"room {n % 8}", f"{n % 8}", at(10 + n // 8), at(11 + n // 8))
        for n in range(60)
    )
    demos = tuple(Demo(n, ON, n, f"{of.name} {n}", 10) for n in range(1, 20))
    tickets = tuple(Ticket(n, f"{of.name} {n}") for n in range(1, 20))
    screen.show(replace(of, topics=topics, slots=slots, demos=demos, tickets=tickets))
    screen.open()
    screen.until(lambda: "1/" in screen.text("#next h2 i"))

    seen = screen.browser.run(SEEN)
    assert [one for one in seen if one["size"] < 40] == []
    assert [one for one in seen if one["out"]] == []
    assert [one for one in seen if _ratio(one["ink"], one["paper"]) < 7] == []
    assert screen.browser.run(
        "return [document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
    ) == [1920, 1080]
    shown: set[str] = set()

    def all_was_there() -> bool:
        shown.update(screen.text("#now").splitlines())
        return {f"room {n}" for n in range(8)} <= shown

    screen.until(all_was_there)
    assert screen.browser.faults() == []


def _ratio(ink: str, paper: str) -> float:
    return _contrast(
        *("#" + "".join(f"{int(n):02x}" for n in c[4:-1].split(",")) for c in (ink, paper))
    )


def test_a_wall_without_its_server_or_its_bot_says_so_and_since_when(screen: Screen) -> None:
    screen.show(hackathon("calm"))
    screen.open()
    screen.until(lambda: screen.text("#lost") == "")

    screen.web.stop()
    screen.until(lambda: screen.text("#lost").startswith("Server lost since "))
    assert "calm" in screen.text()
    stale = data(wall(hackathon("calm"), AT + timedelta(minutes=1)))
    freshen(screen.public, FILE, stale)
    screen.web = Web(screen.public, screen.web.port)
    screen.web.start()

    screen.until(lambda: screen.text("#lost") == "No news since 10:46")
    screen.show(hackathon("calm"))
    screen.until(lambda: screen.text("#lost") == "")


def test_without_scripts_the_page_has_it_all_and_comes_again(screen: Screen) -> None:
    disabled = "Emulation.setScriptExecutionDisabled"
    screen.browser.driver.execute_cdp_cmd(disabled, {"value": True})
    try:
        screen.open()
        page = screen.browser.driver.page_source
        assert '<noscript><meta http-equiv="refresh" content="20"></noscript>' in page
        found = screen.browser.driver.find_elements("css selector", "noscript > meta")
        assert len(found) == 1  # it is an element, as for everybody without scripts
        assert "1 calm" in screen.browser.driver.find_element("css selector", "#now").text
    finally:
        screen.browser.driver.execute_cdp_cmd(disabled, {"value": False})
