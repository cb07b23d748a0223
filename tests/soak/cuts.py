"""Power cuts: what was synced survives, of all else any part; nothing acknowledged may be lost.

The system calls of a process that commits are recorded and played up to some moment.
"""

import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.bots import Broken
from tests.bench.measures import Figure
from tests.servers import program
from tests.soak import commits

ROOT = Path(__file__).parents[2]
COMMITS = 400
PATIENCE = 120.0
CALLS = ("openat", "close", "pwrite64", "write", "fsync", "fdatasync", "ftruncate", "unlink")
SURVIVES = 0.5
"""So likely a write that nobody has synced is on the disk all the same."""
TORN, SECTOR = 0.2, 512
"""So likely such a write is there in part only, and in what pieces disks write."""
CARELESS = "1"
"""synchronous=NORMAL: in WAL mode SQLite then syncs no commit."""
Tick = Callable[[int], object]


@dataclass(frozen=True)
class Call:
    """A system call: a file is written to, synced, cut short, removed; or a commit acknowledged."""

    name: str
    file: str = ""
    data: bytes = b""
    number: int = 0
    """Where it is written, how long the file is from now on, or which commit."""


@dataclass
class Disk:
    """Files as they are on the disk, and what is not certain to be there yet."""

    files: dict[str, bytearray] = field(default_factory=dict)
    pending: dict[str, list[Call]] = field(default_factory=dict)

    def take(self, call: Call) -> None:
        """Play one call."""
        if call.name == "sync":
            whole = self.files.setdefault(call.file, bytearray())
            for write in self.pending.pop(call.file, []):
                _apply(whole, write, len(write.data))
        elif call.name == "unlink":
            self.files.pop(call.file, None)
            self.pending.pop(call.file, None)
        else:
            self.pending.setdefault(call.file, []).append(call)

    def cut(self, chance: random.Random) -> dict[str, bytes]:
        """What is there after a power cut."""
        left = {name: bytearray(data) for name, data in self.files.items()}
        for name, writes in self.pending.items():
            for write in writes:
                if chance.random() < SURVIVES:
                    torn = chance.random() < TORN
                    parts = chance.randrange(len(write.data) // SECTOR + 1)
                    length = parts * SECTOR if torn else len(write.data)
                    _apply(left.setdefault(name, bytearray()), write, length)
        return {name: bytes(data) for name, data in left.items()}


def _apply(file: bytearray, write: Call, length: int) -> None:
    if write.name == "truncate":
        file[write.number :] = bytes(max(0, write.number - len(file)))
        return
    file.extend(bytes(max(0, write.number + length - len(file))))
    file[write.number : write.number + length] = write.data[:length]


def available() -> bool:
    """Whether system calls can be recorded here."""
    strace = program("strace")
    words = [strace or "", "-o", "/dev/null", "true"]
    return bool(strace) and subprocess.run(words, capture_output=True).returncode == 0


def cuts(count: int, tick: Tick) -> list[Figure]:
    """Cut the power so often; and as often where SQLite does not sync, which must be seen."""
    damaged, lost, _ = judged(count, tick)
    damaged_too, lost_too, most = judged(count, tick, CARELESS)
    return [
        Figure("power cuts", count, ""),
        Figure("... stores damaged", damaged, "", most=0),
        Figure("... that lose acknowledged commits", lost, "", most=0),
        Figure("... with synchronous=NORMAL", lost_too, "", least=count // 2),
        Figure("... of which most", most, "commits"),
        Figure("... stores damaged", damaged_too, ""),
    ]


def judged(count: int, tick: Tick, synchronous: str = "") -> tuple[int, int, int]:
    """How many cuts damage the store, how many lose commits, and how many the worst loses."""
    with tempfile.TemporaryDirectory(prefix="gsocbot-cuts-") as folder:
        calls = list(_recorded(Path(folder), synchronous))
        chance = random.Random(count)
        moments = sorted(chance.choices(range(1, len(calls) + 1), k=count))
        disk, acknowledged, played = Disk(), 0, 0
        damaged, losses = 0, []
        for moment in moments:
            for call in calls[played:moment]:
                if call.name == "ack":
                    acknowledged = call.number
                else:
                    disk.take(call)
            played = moment
            try:
                kept = _found(disk.cut(chance), Path(folder) / "cut")
                losses += [acknowledged - kept] if kept < acknowledged else []
            except ValueError:
                damaged += 1
            tick(1)
    return damaged, len(losses), max(losses, default=0)


def _found(files: dict[str, bytes], folder: Path) -> int:
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return commits.found(folder / commits.STORE) if files else 0


# --- recording


def _recorded(folder: Path, synchronous: str) -> Iterator[Call]:
    """Have something commit, and give the calls that matter."""
    store, log = folder / "store", folder / "calls"
    store.mkdir()
    subject = [sys.executable, "-m", "tests.soak.commits", str(store), str(COMMITS)]
    words = [program("strace") or "strace", "-f", "-xx", "-s", "70000", "-e",
             f"trace={','.join(CALLS)}", "-o", str(log), *subject]  # fmt: skip
    done = subprocess.run(
        [*words, *([synchronous] if synchronous else [])],
        cwd=ROOT,
        capture_output=True,
        timeout=PATIENCE,
    )
    if done.returncode:
        raise Broken(f"nothing was committed: {done.stderr.decode()[-2000:]}")
    calls = list(_read(log, store))
    if [call.number for call in calls if call.name == "ack"] != list(range(1, COMMITS + 1)):
        raise Broken("not all commits are in the record")
    yield from calls


_CALL = re.compile(rb"(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)")
_ACK = re.compile(rb"ACK (\d+)\n")


def _read(log: Path, folder: Path) -> Iterator[Call]:
    names: dict[bytes, str] = {}
    with log.open("rb") as lines:
        for line in lines:
            found = _CALL.match(line)
            if found is None or found[3].startswith(b"-"):
                continue
            name, words = found[1].decode(), found[2].split(b", ")
            if name == "openat":
                path = Path(_bytes(words[1]).decode())
                ours = path.parent == folder and not path.name.endswith("-shm")
                if ours:
                    names[found[3]] = path.name
                else:
                    names.pop(found[3], None)
            elif name == "unlink":
                path = Path(_bytes(words[0]).decode())
                if path.parent == folder:
                    yield Call("unlink", path.name)
            elif name == "write" and words[0] == b"1":
                if ack := _ACK.fullmatch(_bytes(words[1])):
                    yield Call("ack", number=int(ack[1]))
            elif words[0] in names:
                yield from _of_file(name, names, words)


def _of_file(name: str, names: dict[bytes, str], words: list[bytes]) -> Iterator[Call]:
    file = names[words[0]]
    if name == "close":
        del names[words[0]]
    elif name == "pwrite64":
        yield Call("write", file, _bytes(words[1]), int(words[3]))
    elif name == "ftruncate":
        yield Call("truncate", file, number=int(words[1]))
    elif name in {"fsync", "fdatasync"}:
        yield Call("sync", file)
    else:
        raise Broken(f"{name} of {file} cannot be played")


def _bytes(word: bytes) -> bytes:
    return bytes.fromhex(word.decode().strip('"').replace("\\x", ""))
