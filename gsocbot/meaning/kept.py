"""What was read of texts, in a file, so that no start of the bot begins with nothing."""

import os
from collections.abc import Mapping
from pathlib import Path
from zipfile import BadZipFile

import numpy as np

from gsocbot.meaning.model import Vector


def save(file: Path, known: Mapping[bytes, Vector]) -> None:
    """Keep vectors in a file, in place of what it had; raises OSError."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    keys = np.array([list(key) for key in known], dtype=np.uint8)
    new = file.with_name(f"{file.stem}.{os.getpid()}.npz")
    np.savez(new, keys=keys, vectors=np.stack(list(known.values())))
    new.replace(file)


def load(file: Path) -> dict[bytes, Vector]:
    """The vectors that a file has; none where it is missing, or is no such file."""
    try:
        with np.load(file) as kept:
            keys, vectors = kept["keys"], kept["vectors"]
            return {bytes(key): vector for key, vector in zip(keys, vectors, strict=True)}
    except (OSError, ValueError, TypeError, KeyError, EOFError, BadZipFile):
        return {}
