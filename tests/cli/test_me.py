"""gsocbot me: what is kept of somebody, and to forget them, by whoever has the shell."""

import json

from tests.cli.conftest import Place

PRIYA = ("--as", "priya")


def test_all_that_is_kept_of_somebody_is_json(place: Place) -> None:
    place.works("say", *PRIYA, "!me tz Kolkata")
    place.works("say", *PRIYA, "!remind me in 20h call the dentist")
    found = json.loads(place.works("me", "export", "priya").out)

    assert found["account"] == "priya"
    assert found["tables"]["person"]["own"][0]["zone"] == "Asia/Kolkata"
    assert found["tables"]["reminder"]["own"][0]["text"] == "call the dentist"
    assert found["done"][0]["what"] == "!me tz Kolkata"


def test_of_a_stranger_there_is_nothing(place: Place) -> None:
    found = json.loads(place.works("me", "export", "nobody").out)

    assert found["tables"] == {}


def test_somebody_is_forgotten_for_good_in_the_bytes_of_the_store_too(place: Place) -> None:
    place.works("say", *PRIYA, "--channel", "#gsoc", "!ask who knows zqdentist, priya asks?")
    place.works("site", "build")
    fails = place.run("me", "forget", "priya")
    assert (fails.status, "--yes" in fails.err) == (2, True)

    said = place.works("me", "forget", "priya", "--yes").out

    assert "priya on net is forgotten" in said
    assert "pages and the store's file are written anew" in said
    files = [f for f in place.folder.rglob("*") if f.is_file() and "season" not in f.parts]
    assert any("zqdentist" in f.read_bytes().decode(errors="replace") for f in files)
    assert not [f for f in files if b"priya" in f.read_bytes()]
    assert place.works("db", "check").status == 0


def test_it_says_which_files_still_have_the_name(place: Place) -> None:
    said = place.works("me", "forget", "mira", "--yes").lines

    assert "idea 1 is in a file of the season's folder: take the name out there too" in said
