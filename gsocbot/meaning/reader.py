"""Reads texts in a thread of its own, so that no answer waits for the model or for a text."""

import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from gsocbot.meaning.files import MODEL, Files

if TYPE_CHECKING:
    from gsocbot.meaning.model import Matrix, Model, Vector

log = logging.getLogger(__name__)

LONGEST_TEXT, LONGEST_QUESTION = 256, 64
"""So many pieces of words are read: of an idea in about 35 ms, of a question in about 5."""

MOST_KNOWN = 12_000
"""So many texts are known at a time, 1.5 KB each; those longest unused are forgotten."""

KEPT_EVERY = 250
"""After so many texts what is known goes into the file."""


@dataclass(slots=True)
class Texts:
    """Texts by their ids, and the vectors of those that have been read."""

    keys: Mapping[int, bytes]
    ids: tuple[int, ...] = ()
    vectors: "Matrix | None" = None
    as_of: int = -1


class Reader:
    """Says how alike texts are to a question, once it has read them.

    The first texts load the model. Each text is read once, whatever it is part of, and kept in a
    file for the next start. Of what is not read yet nothing is said, nor of anything if the model
    cannot be loaded. The first question may wait for so many seconds as there is patience.
    """

    def __init__(self, files: Files, folder: Path, patience: float = 0.0) -> None:
        self._files = files
        self._file = folder / f"{MODEL}.npz"
        self._patience = patience
        self._lock = threading.Lock()
        self._idle = threading.Event()
        self._idle.set()
        self._thread: threading.Thread | None = None
        self._model: Model | None = None
        self._unread: dict[bytes, str] = {}
        self._known: dict[bytes, Vector] = {}
        self._read = 0
        self._broken = False

    def learn(self, texts: Mapping[int, str]) -> Callable[[str], Mapping[int, float]]:
        """Begin to read texts; what comes back says how alike each is to a question, 0 to 1."""
        chosen = sorted(texts)[:MOST_KNOWN]
        keys = {id_: _digest(texts[id_]) for id_ in chosen}
        with self._lock:
            for id_, key in keys.items():
                vector = self._known.pop(key, None)
                if vector is None:
                    self._unread[key] = texts[id_]
                else:
                    self._known[key] = vector  # now among the last used
            if self._broken:
                self._unread.clear()
            elif self._unread and self._thread is None:
                self._idle.clear()
                self._thread = threading.Thread(target=self._work, name="meaning")
                self._thread.start()
        return partial(self._likeness, Texts(keys))

    def wait(self, seconds: float) -> bool:
        """Wait until all is read that is to be read; whether it is."""
        return self._idle.wait(seconds)

    def _likeness(self, texts: Texts, question: str) -> dict[int, float]:
        if self._patience:
            self.wait(self._patience)
            self._patience = 0.0
        model = self._model
        if model is None:
            return {}
        if texts.as_of != self._read:
            self._gather(texts, model)
        if texts.vectors is None:
            return {}
        asked = model.read(question, LONGEST_QUESTION)
        return dict(zip(texts.ids, model.alike(texts.vectors, asked), strict=True))

    def _gather(self, texts: Texts, model: "Model") -> None:
        with self._lock:
            texts.as_of = self._read
            found = {id_: self._known[key] for id_, key in texts.keys.items() if key in self._known}
        texts.ids = tuple(found)
        texts.vectors = model.together(list(found.values())) if found else None

    # --- in the thread

    def _work(self) -> None:
        try:
            model = self._model or self._load()
            while self._go_on():
                self._read_some(model)
        except Exception:
            self._broken = True  # and nobody tries again
            log.exception("search goes on without the model of meaning")
            self._idle.set()

    def _load(self) -> "Model":
        # 0.5 seconds and 130 MB that a bot does without until somebody searches.
        from gsocbot.meaning.kept import load  # noqa: PLC0415
        from gsocbot.meaning.model import Model  # noqa: PLC0415

        begun = time.monotonic()
        model = Model(self._files)
        with self._lock:
            self._known = load(self._file)
            for key in self._known.keys() & self._unread.keys():
                del self._unread[key]
            self._read += 1
        self._model = model
        log.info("the model of meaning took %.1f s to load", time.monotonic() - begun)
        return model

    def _go_on(self) -> bool:
        with self._lock:
            if self._unread and threading.main_thread().is_alive():
                return True
            self._thread = None
            self._idle.set()
            return False

    def _read_some(self, model: "Model") -> None:
        for _ in range(KEPT_EVERY):
            with self._lock:
                key, text = next(iter(self._unread.items()), (b"", ""))
            if not key or not threading.main_thread().is_alive():
                break
            vector = model.read(text, LONGEST_TEXT)
            with self._lock:
                del self._unread[key]
                self._known[key] = vector
                self._read += 1
                while len(self._known) > MOST_KNOWN:
                    del self._known[next(iter(self._known))]
        self._keep()
        model.rest()

    def _keep(self) -> None:
        from gsocbot.meaning.kept import save  # noqa: PLC0415

        with self._lock:
            known = dict(self._known)
        try:
            save(self._file, known)
        except OSError as error:
            log.warning("what was read for search is not kept: %s", error)


def _digest(text: str) -> bytes:
    return blake2b(text.encode(errors="replace"), digest_size=16).digest()
