"""Links are asked for in a process of its own, which knows nothing of ours and leaves nothing."""

import asyncio
import time
from pathlib import Path

import pytest

from gsocbot import child
from gsocbot.rules.links import Outcome, Verdict
from gsocbot.web import process
from gsocbot.web.process import ask
from tests.web.server import serving


def test_verdicts_come_from_another_process() -> None:
    """Over the real guard: this machine is a private address, and nobody is asked."""
    with serving() as web:
        url, other = web.url("/secret"), "http://ana@a.example/"

        found = asyncio.run(ask([url, other], "gsocbot/0"))

        assert {v.url: (v.outcome, v.why) for v in found} == {
            other: (Outcome.UNASKED, "a user name in it"),
            url: (Outcome.UNASKED, "a private address"),
        }
        assert web.heard == []


def test_the_process_gets_no_secrets_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GSOCBOT_PASSWORD", "hunter2")
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9/")
    monkeypatch.setenv("SSL_CERT_FILE", "/etc/ssl/own.pem")
    program = another(tmp_path, f"cat >/dev/null; env >{tmp_path}/env")
    asyncio.run(ask([URL], "gsocbot/0", program=program))
    there = dict(line.split("=", 1) for line in (tmp_path / "env").read_text().splitlines())

    assert there["SSL_CERT_FILE"] == "/etc/ssl/own.pem"
    assert set(there) <= {
        *child.PASSED_ON,
        *process.CERTIFICATES,
        "PYTHONPATH",
        "PWD",
        "SHLVL",
        "_",
        "OLDPWD",
    }  # the shell's own


def another(tmp_path: Path, body: str) -> tuple[str, ...]:
    """Another program in the place of the one that asks."""
    program = tmp_path / "python"
    program.write_text(f"#!/bin/sh\n{body}\n")
    program.chmod(0o755)
    return (str(program),)


URL = "https://a.example/"
THERE = '{"url": "https://a.example/", "outcome": "there", "why": ""}'


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (f"cat >/dev/null; echo '{THERE}'", [Verdict(URL, Outcome.THERE)]),
        (f"cat >/dev/null; echo '{THERE}'; exit 1", [Verdict(URL, Outcome.THERE)]),
        (f"cat >/dev/null; echo '{THERE}'; kill -9 $$", [Verdict(URL, Outcome.THERE)]),
        ("cat >/dev/null; echo nonsense; echo '[]'; echo '{\"url\": 1}'", []),
        ("cat >/dev/null; echo '{\"url\": \"https://b.example/\", \"outcome\": \"there\", "
         "\"why\": \"\"}'", []),
        ("cat >/dev/null; exec head -c 900000 /dev/zero", []),
        ("cat >/dev/null; exec head -c 900000 /dev/zero >&2", []),
        ("exit 3", []),
    ],
)  # fmt: skip
def test_what_a_broken_process_says_is_taken_with_care(
    body: str, found: list[Verdict], tmp_path: Path
) -> None:
    program = another(tmp_path, body)
    begun = time.monotonic()

    assert asyncio.run(ask([URL], "gsocbot/0", program=program)) == found
    assert time.monotonic() - begun < process.END_SECONDS, "it was not seen to end"


def test_words_of_a_process_are_cut(tmp_path: Path) -> None:
    why = "x\\r\\nQUIT :" + "y" * 500
    program = another(
        tmp_path, f"cat >/dev/null; printf '%s\\n' '{THERE.replace('there', 'failed')[:-3]}\"{why}\"}}'")  # fmt: skip  # noqa: E501

    (verdict,) = asyncio.run(ask([URL], "gsocbot/0", program=program))

    assert verdict.why.startswith("x QUIT :y")
    assert len(verdict.why) == process.LONGEST_WHY


def test_a_process_that_hangs_is_ended(tmp_path: Path) -> None:
    program = another(tmp_path, f"echo $$ >{tmp_path}/pid; exec sleep 60")
    begun = time.monotonic()

    assert asyncio.run(ask([URL], "gsocbot/0", program=program, seconds_a_link=0.5)) == []
    assert time.monotonic() - begun < 10
    assert not Path(f"/proc/{(tmp_path / 'pid').read_text().strip()}").exists()


def test_a_round_that_is_broken_off_ends_its_process(tmp_path: Path) -> None:
    program = another(tmp_path, f"echo $$ >{tmp_path}/pid; exec sleep 60")

    async def broken_off() -> None:
        task = asyncio.create_task(ask([URL], "gsocbot/0", program=program))
        while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text().strip():
            await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.wait([task])

    asyncio.run(broken_off())
    assert not Path(f"/proc/{(tmp_path / 'pid').read_text().strip()}").exists()
