"""Keeps vectors on disk, so that an article is encoded once.

An entry is found by the hash of the text, the model and its settings. Vectors are kept as the float32 they are, so a
result is the same with and without the cache.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from newsclust.cache.entries import Entries, Table, count_entries
from newsclust.cache.folder import cache_folder
from newsclust.encoders.base import Embeddings, Encoder, Say
from newsclust.errors import ModelError
from newsclust.execution.executor import in_chunks
from newsclust.execution.progress import Advance

VECTORS = Table("vectors-1.sqlite", "vectors", "vector", called="vector cache")
MAX_BYTES = 512 * 1024 * 1024
"""Vectors kept, in bytes: about 330,000 articles of 384 dimensions."""


def cached_encode(
    encoder: Encoder,
    texts: Sequence[str],
    *,
    folder: Path | None = None,
    say: Say | None = None,
    progress: Advance | None = None,
    max_bytes: int = MAX_BYTES,
) -> Embeddings:
    """The vectors of the texts, from the cache where it holds them: shape (len(texts), encoder.dimensions).

    `folder` holds the cache file (default: the cache folder). The key is the text with the encoder's `cache_key`.
    `say` takes a line when the cache cannot be used. Raises ModelError for what is no encoder, or gives vectors of the
    wrong shape.
    """
    if not isinstance(encoder, Encoder):
        members = sorted(name for name in vars(Encoder) if not name.startswith("_"))
        missing = ", ".join(name for name in members if not hasattr(encoder, name))
        raise ModelError(f"{type(encoder).__name__} is no encoder: it has no {missing}; see newsclust.testing for one")
    cache = Entries(folder or cache_folder(), VECTORS, max_bytes=max_bytes, say=say)
    keys = [_key(encoder.cache_key, text) for text in texts]
    width = encoder.dimensions * np.dtype(np.float32).itemsize
    kept = cache.read(keys).items()
    known = {key: np.frombuffer(vector, np.float32) for key, vector in kept if len(vector) == width}
    if progress and known:
        progress(sum(key in known for key in keys))
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    pending = list(missing)
    for part in in_chunks(pending, encoder.texts_at_once):
        new = dict(zip(part, _encoded(encoder, [missing[key] for key in part], progress), strict=True))
        cache.write({key: vector.tobytes() for key, vector in new.items()})
        known |= new
    vectors = np.zeros((len(texts), encoder.dimensions), np.float32)
    for row, key in enumerate(keys):
        vectors[row] = known[key]
    return Embeddings(vectors, encoder.model_id)


def count_vectors(folder: Path | None = None) -> int | None:
    """How many vectors the cache holds; None where there is no cache, or none that can be read."""
    return count_entries(folder or cache_folder(), VECTORS)


def _encoded(encoder: Encoder, texts: Sequence[str], progress: Advance | None) -> NDArray[np.float32]:
    vectors = encoder.encode(texts, progress=progress)
    if vectors.shape != (len(texts), encoder.dimensions):
        raise ModelError(
            f"{encoder.model_id} gave vectors of shape {vectors.shape} for {len(texts)} texts of "
            f"{encoder.dimensions} dimensions"
        )
    return Embeddings(vectors, encoder.model_id).vectors


def _key(cache_key: str, text: str) -> bytes:
    digest = hashlib.sha256(cache_key.encode())
    digest.update(b"\0")
    digest.update(text.encode("utf-8", "surrogatepass"))
    return digest.digest()
