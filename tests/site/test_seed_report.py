"""The report of the hackathon that this bot grew out of, as it comes out of its conversation."""

from pathlib import Path

from gsocbot.shipped import shipped
from gsocbot.site.pages import pages
from gsocbot.site.taking import take
from tests.conversation import CHANNEL, played, stage

TALK = Path(__file__).parent.parent / "talk" / "seed_hackathon.talk"
REPORT = Path(__file__).parent / "seed_report.md"


def test_three_days_of_talk_are_a_report(rewrite: bool) -> None:
    on = stage()
    played(TALK.read_text(encoding="utf-8"), on)
    with on.store.transaction(writing=False) as books:
        snapshot = take(books, ["test"], channels={"test": CHANNEL}, now=on.now)
    on.store.close()

    made = pages(snapshot, "https://gsoc.example.org/", shipped("templates"), on.now)

    report = made["test/hack/xen-hackathon/report.md"].decode()
    if rewrite:
        REPORT.write_text(report, encoding="utf-8")
    assert report == REPORT.read_text(encoding="utf-8")
    assert "Now a draft, idea 7" in report
    assert "Now a draft, idea 8" in report
