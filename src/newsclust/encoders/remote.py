"""An encoder whose texts are encoded in chunks, wherever the work is done."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from newsclust.encoders.base import Encoder
from newsclust.encoders.load import load_encoder
from newsclust.errors import ModelError
from newsclust.execution.executor import Executor, in_chunks
from newsclust.execution.progress import Advance

CHUNK_TEXTS = 16
"""Texts of a chunk: 1 to 3 seconds of work on one thread, against some 10 ms to send it and its answer."""
PIECES_A_THREAD = 32
"""Chunks for each thread between two writes to the vector cache: threads that are done early wait for one chunk of
theirs at most."""


class SpreadEncoder:
    """The vectors of `encoder`, which is the model of this name, made by `work`.

    Byte-equal to its own, as a text's vector depends on that text alone (on a GPU it does not). A worker opens the
    model once. Raises ModelError where a worker's model is another one.
    """

    def __init__(self, encoder: Encoder, name: str, max_tokens: int, executor: Executor) -> None:
        self.model_id = encoder.model_id
        self.cache_key = encoder.cache_key
        self.dimensions = encoder.dimensions
        self.texts_at_once = CHUNK_TEXTS * PIECES_A_THREAD * executor.threads
        self._executor = executor
        self._encode = partial(encode_chunk, name=name, max_tokens=max_tokens, expected=self.cache_key)

    def encode(self, texts: Sequence[str], *, progress: Advance | None = None) -> NDArray[np.float32]:
        """One unit row per text, in order: float32, shape (len(texts), dimensions)."""
        vectors = np.empty((len(texts), self.dimensions), np.float32)
        done = 0
        for rows in self._executor.map(self._encode, in_chunks(texts, CHUNK_TEXTS)):
            vectors[done : done + len(rows)] = rows
            done += len(rows)
            if progress:
                progress(len(rows))
        return vectors


def encode_chunk(texts: Sequence[str], name: str, max_tokens: int, expected: str) -> NDArray[np.float32]:
    """The vectors of the texts by this process's model of that name, loaded once.

    Raises ModelError where it is not the model that is expected.
    """
    encoder = _encoder(name, max_tokens)
    if encoder.cache_key != expected:
        raise ModelError(f"its model is {encoder.cache_key}, not {expected}: install the same model everywhere")
    return encoder.encode(texts)


@lru_cache(maxsize=1)
def _encoder(name: str, max_tokens: int) -> Encoder:
    return load_encoder(name, max_tokens=max_tokens)
