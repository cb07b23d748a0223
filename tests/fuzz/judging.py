"""The judge: it sees every exception that nobody has caught, and the line that raised it."""

import json
import logging
import os
import sys
import tempfile
import threading
from asyncio import AbstractEventLoop
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any, Self

LONGEST_EXAMPLE = 200_000
Tick = Callable[[int], object]
"""Told how many more are done."""


@dataclass
class Fault:
    """Something that must not happen, how often it did, and the shortest input that made it so."""

    what: str
    example: str
    count: int = 0


@dataclass(frozen=True)
class Result:
    """What became of a campaign; `least` is how many it should do in a second."""

    name: str
    done: int
    unit: str
    seconds: float
    faults: Sequence[Fault]
    least: float = 0

    @property
    def rate(self) -> float:
        """How many in a second."""
        return self.done / max(self.seconds, 0.001)

    @property
    def good(self) -> bool:
        """Whether nothing was wrong, and it was fast enough."""
        return not self.faults and self.rate >= self.least


class Judge(logging.Handler):
    """Collects faults, as a handler of the log and of the loop, while its block runs."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self._faults: dict[str, Fault] = {}
        self._lock = threading.Lock()
        self.odd_lines_are_faults = False

    def __enter__(self) -> Self:
        self._level = logging.getLogger("gsocbot").level
        logging.getLogger().addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        logging.getLogger().removeHandler(self)
        logging.getLogger("gsocbot").setLevel(self._level)

    def allow_no_odd_line(self) -> None:
        """From now on a line that the wire passes over is a fault: all of them are valid."""
        self.odd_lines_are_faults = True
        logging.getLogger("gsocbot").setLevel(logging.INFO)

    @property
    def faults(self) -> list[Fault]:
        """All faults, the most frequent first."""
        return sorted(self._faults.values(), key=lambda fault: -fault.count)

    def add(self, what: str, example: str | bytes) -> None:
        """Something is wrong."""
        shown = example if isinstance(example, str) else example.decode("latin-1")
        with self._lock:
            fault = self._faults.setdefault(what, Fault(what, shown[:LONGEST_EXAMPLE]))
            fault.count += 1
            if shown and len(shown) < len(fault.example):
                fault.example = shown

    def raised(self, error: BaseException, example: str = "") -> None:
        """An exception came out of where none may."""
        self.add(_place(error), example or _line_of(error.__traceback__))

    def emit(self, record: logging.LogRecord) -> None:
        """Take what is logged (logging.Handler)."""
        error = record.exc_info[1] if record.exc_info else None
        if record.levelno >= logging.ERROR and error is not None:
            self.raised(error)
        elif record.levelno >= logging.ERROR and record.name.startswith("asyncio"):
            self.add(record.getMessage()[:200], "")
        elif self.odd_lines_are_faults and record.msg.startswith("odd line"):
            self.add("a valid line is passed over as odd", record.getMessage())

    def watch(self, loop: AbstractEventLoop) -> None:
        """See what the loop itself catches."""
        loop.call_soon_threadsafe(loop.set_exception_handler, self._on_loop)

    def _on_loop(self, _loop: AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if error is not None:
            self.raised(error)
        else:
            self.add(str(context.get("message"))[:200], "")


def _place(error: BaseException) -> str:
    """An exception's kind, and the line of code that raised it."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return f"{type(error).__name__}: {error}"
    code = trace.tb_frame.f_code
    file = "/".join(Path(code.co_filename).parts[-2:])
    return f"{type(error).__name__} in {file}:{trace.tb_lineno} ({code.co_name})"


def _line_of(trace: TracebackType | None) -> str:
    """The line that the wire was at: of the traceback's frames or of those that called us."""
    for frame in (*_raised_in(trace), *_callers()):
        if frame.f_code.co_name == "_process_line" and "line" in frame.f_locals:
            return str(frame.f_locals["line"])
    return ""


def _raised_in(trace: TracebackType | None) -> Iterator[FrameType]:
    while trace is not None:
        yield trace.tb_frame
        trace = trace.tb_next


def _callers() -> Iterator[FrameType]:
    frame: FrameType | None = sys._getframe()
    while frame is not None:
        yield frame
        frame = frame.f_back


def as_table(results: Sequence[Result]) -> str:
    """The results, a line each, and the faults below them."""
    lines = [f"{'campaign':<44} {'done':>18} {'per second':>11} {'faults':>7}"]
    for result in results:
        done, slow = f"{result.done:,} {result.unit}", result.rate < result.least
        count = sum(fault.count for fault in result.faults)
        wanted = f"  slow: {result.least:,.0f} wanted" if slow else ""
        lines.append(f"{result.name:<44} {done:>18} {result.rate:>11,.0f} {count:>7,}{wanted}")
    for result in results:
        for fault in result.faults:
            lines.append(f"{result.name}: {fault.count:,} x {fault.what}")
            lines.append(f"    {ascii(fault.example)[:160]}")
    return "\n".join(lines)


def keep(results: Sequence[Result], seed: str) -> Path | None:
    """Write the inputs that have failed to a new file, one JSON object a line."""
    rows = [
        {"seed": seed, "campaign": result.name, "what": fault.what, "input": fault.example}
        for result in results
        for fault in result.faults
    ]
    if not rows:
        return None
    handle, name = tempfile.mkstemp(prefix="gsocbot-fuzz-", suffix=".jsonl")
    with os.fdopen(handle, "w") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    return Path(name)
