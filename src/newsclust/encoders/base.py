"""What an encoder is, and the vectors it gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from newsclust.errors import ModelError
from newsclust.execution.progress import Advance

Say = Callable[[str], None]
"""Takes one line for the user: what falls back to what, and why."""

TEXTS_AT_ONCE = 512
"""Texts encoded between two writes to the vector cache: what an interrupted run loses, at most half a minute."""
UNIT_TOLERANCE = 1e-3
"""How far the length of a unit row may lie from 1: float32 rounding over 1,024 dimensions stays under 1e-5."""


@runtime_checkable
class Encoder(Protocol):
    """Texts to vectors of one space.

    `model_id` names the weights and the way they are run: equal ids mean comparable vectors. `cache_key` names all that
    a vector depends on beside its text: equal keys mean equal vectors.
    """

    @property
    def model_id(self) -> str:
        """Name of the weights and of the way they are run."""
        ...

    @property
    def cache_key(self) -> str:
        """The `model_id`, with whatever else changes a vector: how many tokens are read, a prefix."""
        ...

    @property
    def texts_at_once(self) -> int:
        """Texts that are encoded between two writes to the vector cache."""
        ...

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        ...

    def encode(self, texts: Sequence[str], *, progress: Advance | None = None) -> NDArray[np.float32]:
        """One unit row per text, in order: float32, shape (len(texts), dimensions)."""
        ...


@dataclass(frozen=True, eq=False, slots=True)
class Embeddings:
    """Unit vectors, one row per article, and the id of the model that made them.

    Raises ModelError when the vectors are not float32 of shape (n, d), hold a value that is not finite, or are not of
    length 1.
    """

    vectors: NDArray[np.float32]
    model_id: str

    def __post_init__(self) -> None:
        vectors = self.vectors
        if vectors.ndim != 2 or vectors.dtype != np.float32:
            raise ModelError(
                f"{self.model_id} gave vectors of shape {vectors.shape} and type {vectors.dtype}, not float32 (n, d)"
            )
        if not vectors.size:
            return
        # NaN fails every comparison, so this one test also catches vectors that are not finite.
        wrong = ~(np.abs(np.linalg.norm(vectors, axis=1) - 1.0) <= UNIT_TOLERANCE)
        if wrong.any():
            row = int(np.flatnonzero(wrong)[0])
            raise ModelError(
                f"{self.model_id} gave a vector of length {float(np.linalg.norm(vectors[row])):g} for text {row}, not 1"
            )

    def __len__(self) -> int:
        return len(self.vectors)


def unit_rows(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Scale each row to length 1; a zero row stays zero. Shape (n, d) in and out."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    scaled: NDArray[np.float32] = (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32)
    return scaled
