"""The model on the CPU: a text becomes a vector, and texts that mean the same have alike ones."""

import ctypes
from collections.abc import Sequence

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from gsocbot.meaning.files import Files

Vector = NDArray[np.float32]
Matrix = NDArray[np.float32]

LETTERS_A_PIECE = 8
"""Words are read in pieces of about four letters; a text is cut before it is looked at in vain."""


class Model:
    """A sentence model, loaded: half a second and 110 MB. May be asked from several threads."""

    def __init__(self, files: Files) -> None:
        options = onnxruntime.SessionOptions()
        # One core: the bot and whatever else is on the machine have the others.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            files.model, options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = Tokenizer.from_file(str(files.words))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.rest()

    def read(self, text: str, longest: int) -> Vector:
        """The vector of a text, of length 1; no more than so many pieces of words are read."""
        # Half a character, which a shell may hand over, is none.
        whole = text[: LETTERS_A_PIECE * longest].encode(errors="replace").decode()
        pieces = self._tokenizer.encode(whole).ids
        if len(pieces) > longest:
            pieces = [*pieces[: longest - 1], pieces[-1]]  # the last one means the end
        ids = np.array([pieces], dtype=np.int64)
        values = {
            "input_ids": ids,
            "attention_mask": np.ones_like(ids),
            "token_type_ids": np.zeros_like(ids),
        }
        vector: Vector = self._session.run(None, values)[0][0].mean(axis=0)
        return vector / np.linalg.norm(vector)

    @staticmethod
    def rest() -> None:
        """Give back to the system what loading and reading needed, where that can be said: 60 MB.

        glibc would keep it for the next time.
        """
        if trim := getattr(ctypes.CDLL(None), "malloc_trim", None):
            trim(0)

    @staticmethod
    def together(vectors: Sequence[Vector]) -> Matrix:
        """Vectors as one table, which is quickly compared with another vector."""
        return np.stack(vectors)

    @staticmethod
    def alike(vectors: Matrix, other: Vector) -> list[float]:
        """How alike each is to another, 0 to 1."""
        likeness: list[float] = np.clip(vectors @ other, 0.0, 1.0).tolist()
        return likeness
