"""The pages in a real browser: what is displayed, in light and dark, on a phone and a desk."""

import functools
import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.site.samples import build, real_season, said, season

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
if not (CHROMIUM and DRIVER):
    pytest.skip("chromium and chromium-driver are not installed", allow_module_level=True)
webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")

PHONE, DESK = 390, 1280
PAGES = (
    "",
    "xen-2011/",
    "xen-2011/ideas/",
    "xen-2011/ideas/3/",
    "xen-2011/timeline/",
    "xen-2011/office/",
    "xen-2011/mentors/",
    "xen-2011/faq/",
    "hostile/",
    "hostile/ideas/",
    "hostile/ideas/7/",
    "hostile/timeline/",
    "hostile/office/",
    "hostile/m/2011-03-23/",
    "hostile/m/2011-03-23-3/",
    "hostile/m/2011-03-23-3/log/",
    "hostile/m/2011-03-23-3/log/2/",
    "hostile/mentors/",
    "hostile/faq/",
    "hostile/hack/hack/",
    "hostile/hack/hack/report/",
    "hostile/hack/hack/wall/",
    "hostile/polls/5/",
)
LONG = "<script>document.title='x'</script>" + "unbroken" * 60
OVERLAPS = """
const boxes = [...document.querySelectorAll('.timeline text')].map(t => t.getBBox());
const view = document.querySelector('.timeline').viewBox.baseVal;
return boxes.filter((a, i) => a.x < 0 || a.x + a.width > view.width ||
  a.y + a.height > view.height || boxes.slice(i + 1).some(b =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y + 3 < b.y + b.height - 3 &&
  b.y + 3 < a.y + a.height - 3)).length;
"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name there
        pass


class Browser:
    """A browser that looks at a site."""

    def __init__(self, driver, base: str) -> None:
        self.driver = driver
        self.base = base

    def open(self, path: str, width: int = DESK, scheme: str = "light") -> None:
        """Look at a page, on a screen of this width, by day or by night."""
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width == PHONE},
        )
        self.driver.get(self.base + path)

    def run(self, script: str):
        """What a script of the test finds; pages have none of their own."""
        return self.driver.execute_script(script)

    def style(self, selector: str, name: str) -> str:
        """A style as it was worked out."""
        return self.run(
            f"return getComputedStyle(document.querySelector('{selector}')).{name}",
        )

    def choose(self, radio: str) -> None:
        """Press what belongs to a radio button."""
        self.driver.find_element("css selector", f"label:has(#{radio})").click()

    def shown(self) -> list[int]:
        """The numbers of the ideas that are displayed."""
        return self.run(
            "return [...document.querySelectorAll('.ideas > li')]"
            ".filter(li => li.checkVisibility()).map(li => li.value)"
        )

    def faults(self) -> list[str]:
        """What the console has complained about."""
        return [entry["message"] for entry in self.driver.get_log("browser")]


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Give a browser and a site with a real season and a hostile one."""
    public = tmp_path_factory.mktemp("site") / "public"
    nasty = season(LONG)
    nasty = nasty.__class__(
        nasty.facts.__class__(
            "hostile", LONG, LONG, 2011, LONG, LONG, LONG, LONG, nasty.facts.since
        ),
        nasty.ideas,
        nasty.deadlines,
        nasty.phases,
        nasty.series,
        (*nasty.sessions, replace(nasty.sessions[0], copy=3, lines=said(*[LONG] * 300, nick=LONG))),
        hackathons=nasty.hackathons,
        polls=nasty.polls,
    )
    build(public, real_season(), nasty)
    handler = functools.partial(_Quiet, directory=str(public))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        driver = _chromium(tmp_path_factory.mktemp("chromium"))
        try:
            yield Browser(driver, f"http://127.0.0.1:{server.server_port}/")
        finally:
            driver.quit()
            server.shutdown()


def _chromium(profile: Path):
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for argument in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--no-first-run",
        f"--user-data-dir={profile}",
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("path", PAGES)
def test_no_page_is_wider_than_its_screen_and_none_complains(
    browser: Browser, path: str, width: int
) -> None:
    browser.open(path, width)

    assert browser.run("return document.documentElement.scrollWidth") <= width
    assert browser.run("return document.title") != "x"
    assert browser.faults() == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_filters_of_the_list_work_on_a_phone(browser: Browser, scheme: str) -> None:
    ideas = sorted(real_season().ideas, key=lambda i: i.number or 0)
    easy = [i.number for i in ideas if "easy" in i.levels]
    wanted = [i.number for i in ideas if not i.mentors]
    browser.open("xen-2011/ideas/", PHONE, scheme)
    assert browser.shown() == [i.number for i in ideas]

    browser.choose("level-e")
    assert browser.shown() == easy
    assert 0 < len(easy) < len(ideas)

    browser.choose("state-w")
    assert browser.shown() == [n for n in easy if n in wanted]

    browser.choose("level-all")
    assert browser.shown() == wanted

    browser.driver.find_element("css selector", ".filters button").click()
    assert browser.shown() == [i.number for i in ideas]
    assert browser.run("return document.documentElement.scrollWidth") == PHONE
    assert browser.faults() == []


def test_a_filter_works_by_keyboard_and_enter_sends_nothing(browser: Browser) -> None:
    browser.open("xen-2011/ideas/")
    address = browser.driver.current_url
    before = len(browser.shown())

    radio = browser.driver.find_element("css selector", "#level-all")
    radio.send_keys("\ue014")  # the right arrow
    chosen = len(browser.shown())
    browser.driver.switch_to.active_element.send_keys("\n")

    assert 0 < chosen < before
    assert len(browser.shown()) == chosen
    assert browser.driver.current_url == address
    assert browser.faults() == []


@pytest.mark.parametrize(
    ("scheme", "paper"), [("light", "rgb(251, 250, 246)"), ("dark", "rgb(21, 24, 27)")]
)
def test_pages_are_light_by_day_and_dark_by_night(
    browser: Browser, scheme: str, paper: str
) -> None:
    browser.open("xen-2011/timeline/", DESK, scheme)

    assert browser.style("body", "backgroundColor") == paper
    assert browser.style(".timeline .months text", "fill") == browser.style("caption", "color")


@pytest.mark.parametrize("season_key", ["xen-2011", "hostile"])
def test_no_label_of_the_timeline_covers_another(browser: Browser, season_key: str) -> None:
    browser.open(f"{season_key}/timeline/")

    assert browser.run(OVERLAPS) == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_picture_of_a_hackathon_can_be_read_by_day_and_by_night(
    browser: Browser, scheme: str
) -> None:
    browser.open("hostile/hack/hack/", DESK, scheme)

    assert browser.run(OVERLAPS) == 0
    assert browser.style(".days .bar text", "fill") == browser.style("body", "color")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_picture_of_the_queue_can_be_read_by_day_and_by_night(
    browser: Browser, scheme: str
) -> None:
    browser.open("hostile/m/2011-03-23/", DESK, scheme)

    assert browser.run(OVERLAPS) == 0
    assert browser.style(".wait text", "fill") == browser.style("body", "color")
    assert browser.style(".wait .helped", "fill") != browser.style(".wait rect", "fill")


def test_an_item_leads_to_its_line_in_the_log(browser: Browser) -> None:
    browser.open("hostile/m/2011-03-23/")

    browser.driver.find_element("css selector", ".items .at").click()

    assert browser.run("return document.querySelector(':target').tagName") == "TR"


def test_the_drawing_scrolls_by_itself_on_a_phone(browser: Browser) -> None:
    browser.open("xen-2011/timeline/", PHONE)

    inner, outer = browser.run(
        "const s = document.querySelector('.scroll'); return [s.scrollWidth, s.clientWidth]"
    )
    assert inner > 1000
    assert outer < PHONE
    browser.driver.find_element("css selector", ".key a").click()
    assert browser.run("return document.querySelector('.scroll').scrollLeft") > 0


def test_the_first_key_press_leads_to_the_content(browser: Browser) -> None:
    browser.open("xen-2011/")

    browser.driver.find_element("css selector", "body").send_keys("\t")

    assert browser.driver.switch_to.active_element.text == "Skip to the content"
    assert browser.run("return document.activeElement.getBoundingClientRect().left") >= 0
