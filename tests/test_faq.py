"""The FAQ over a restart, its counts, and channels that want its words answered alone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from gsocbot.bot import Bot
from gsocbot.config import Channel, Config
from gsocbot.rules.faq import FaqText
from tests.conversation import CHANNEL, NETWORK, Stage, config, played, stage

ROLES = "gsocbot role add mira mentor\ngsocbot role add tomas mentor\n"


@pytest.fixture
def on() -> Iterator[Stage]:
    """Give a bot whose mentors have written an entry and a draft."""
    on = stage()
    played(
        f"{ROLES}<mira> !faq add kernel Use any.\n<tomas> !faq ok kernel\n"
        "<mira> !faq add draft-one Not yet.\n",
        on,
    )
    yield on
    on.store.close()


def restarted(on: Stage, settings: Config | None = None) -> None:
    """Go on with a new bot on the same store, as after a kill."""
    on.bot = Bot(settings or config(), on.store, on.folders, on.outside)


def said(on: Stage, line: str) -> str:
    """What the bot says to a line; nothing, if it is silent."""
    return played(line, on).partition("\n")[2].strip()


def test_drafts_and_counts_outlive_the_process(on: Stage) -> None:
    played("<priya?> !faq kernel\n<priya?> !faq unicorn\n", on)
    on.tick(on.now + timedelta(seconds=30))
    restarted(on)

    assert said(on, "<tomas> !faq drafts") == (
        "<gsocbot> tomas: draft draft-one (m·ira, 2 Mar): Not yet. "
        "— if it is good, say !faq ok draft-one"
    )
    assert said(on, "<priya?> !faq kernel").endswith("Use any. (m·ira, 2 Mar; asked 2 times)")
    assert '"unicorn" (1)' in said(on, "mira -> gsocbot: faq missing")


def test_a_kill_loses_the_counts_of_half_a_minute_and_nothing_else(on: Stage) -> None:
    played("<priya?> !faq kernel\n", on)
    restarted(on)

    assert said(on, "<priya?> !faq kernel").endswith("Use any. (m·ira, 2 Mar; asked once)")


def test_counts_are_kept_once(on: Stage) -> None:
    played("<priya?> !faq kernel\n", on)
    for seconds in (30, 60, 90):
        on.tick(on.now + timedelta(seconds=seconds))

    assert said(on, "priya? -> gsocbot: faq kernel").endswith("asked 2 times)")


@pytest.fixture
def wanting(on: Stage) -> Stage:
    """Give a bot in a channel that wants the FAQ's words answered alone."""
    settings = config()
    network = settings.network[NETWORK]
    channel = Channel(season="test", faq_words=True)
    channels = {**network.channels, CHANNEL: channel}
    networks = {NETWORK: network.model_copy(update={"channels": channels})}
    restarted(on, settings.model_copy(update={"network": networks}))
    return on


@pytest.mark.parametrize("line", ["!kernel", "!stipend", "!kernel | kofi", "!unicorn"])
def test_a_word_alone_is_left_to_other_bots(on: Stage, line: str) -> None:
    assert said(on, f"<priya?> {line}") == ""


def test_a_channel_may_want_such_words_answered(wanting: Stage) -> None:
    answer = "kernel: Use any. (m·ira, 2 Mar; asked"
    assert said(wanting, "<priya?> !kernel") == f"<gsocbot> priya: {answer} once)"
    assert said(wanting, "<priya?> !Kernel | kofi") == f"<gsocbot> kofi: {answer} 2 times)"
    assert said(wanting, "<priya?> !money").startswith("<gsocbot> priya: stipend: Google pays,")


@pytest.mark.parametrize(
    "line", ["!unicorn", "!kern", "!draft-one", "!kernle", "kernel", "!kernel please | no nick"]
)
def test_even_there_anything_but_an_entrys_name_is_left_alone(wanting: Stage, line: str) -> None:
    assert said(wanting, f"<priya?> {line}") == ""


def test_commands_come_before_the_faqs_words(wanting: Stage) -> None:
    played("<mira> !faq add due When it is due.\n<tomas> !faq ok due\n", wanting)

    assert "applications" in said(wanting, "<priya?> !due")


def test_what_does_not_fit_a_line_names_the_page(on: Stage) -> None:
    words = " ".join(["organisation"] * 26)
    played(f"<mira> !faq add long {words} {{site}}.\n<tomas> !faq ok long\n", on)

    line = said(on, f"<{'p' * 29}?> !faq long")

    assert len(line.partition("> ")[2].encode()) <= 400
    assert line.endswith(" … https://gsoc.example.org/test/faq/#long")


def test_what_is_written_on_irc_stands_before_the_seasons_folder(on: Stage) -> None:
    texts = (FaqText("kernel", "The folder's."), FaqText("draft-one", "The folder's."))
    folder = replace(on.folders["test"], faq=texts)
    on.bot = Bot(config(), on.store, {"test": folder}, on.outside)

    assert "Use any." in said(on, "<priya?> !faq kernel")
    assert "there is no entry" in said(on, "<priya?> !faq draft-one")


@pytest.fixture
def several(on: Stage) -> Stage:
    """Give a bot that has two seasons, of which a line in private may mean either."""
    wide = config()
    wide.season["other"] = wide.season["test"]
    wide.network[NETWORK].channels["#other"] = Channel(season="other")
    on.bot = Bot(wide, on.store, {**on.folders, "other": on.folders["test"]}, on.outside)
    return on


@pytest.mark.parametrize(
    "line", ["when is the deadline?", "kernel", "am I accepted?", "how much is the stipend"]
)
def test_in_private_with_several_seasons_a_question_asks_which(several: Stage, line: str) -> None:
    assert said(several, f"kofi -> gsocbot: {line}") == (
        "gsocbot -> kofi: Which season: test or other? Say: !me season test"
    )
    said(several, "kofi -> gsocbot: me season test")
    assert "season" not in said(several, f"kofi -> gsocbot: {line}").partition(":")[2][:20]


def test_a_greeting_belongs_to_no_season(several: Stage) -> None:
    assert said(several, "kofi -> gsocbot: hello").startswith("gsocbot -> kofi: Hello. Ask me:")
    assert said(several, "kofi -> gsocbot: thanks!").startswith("gsocbot -> kofi: All right.")
