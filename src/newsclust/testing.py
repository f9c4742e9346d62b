"""Helpers for the tests of programs that use newsclust: a fake encoder and ready-made articles."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsclust.articles import Article
from newsclust.encoders.base import TEXTS_AT_ONCE, unit_rows
from newsclust.execution.progress import Advance

_WORD = re.compile(r"\w+")


class WordHashEncoder:
    """An encoder without a model: texts that share words point the same way.

    Each word adds 1 to one of `dimensions` slots chosen by its hash. `synonyms` maps a word to the word whose slot it
    shares, so that texts in two languages can be made to meet: `{"gempa": "earthquake"}`. A text without words gets a
    fixed slot of its own.
    """

    texts_at_once = TEXTS_AT_ONCE

    def __init__(self, dimensions: int = 512, synonyms: Mapping[str, str] | None = None) -> None:
        if dimensions < 1:
            raise ValueError(f"dimensions must be at least 1, not {dimensions}")
        self.dimensions = dimensions
        self.model_id = f"word-hash/{dimensions}"
        self._synonyms = {key.casefold(): value.casefold() for key, value in (synonyms or {}).items()}

    @property
    def cache_key(self) -> str:
        """The model's id: nothing else changes a vector."""
        return self.model_id

    def encode(self, texts: Sequence[str], *, progress: Advance | None = None) -> NDArray[np.float32]:
        """One unit row per text: float32, shape (len(texts), dimensions)."""
        vectors = np.zeros((len(texts), self.dimensions), np.float32)
        for row, text in enumerate(texts):
            for word in _WORD.findall(text.casefold()) or [""]:
                vectors[row, self._slot(self._synonyms.get(word, word))] += 1
            if progress:
                progress(1)
        return unit_rows(vectors)

    def _slot(self, word: str) -> int:
        digest = hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        return int.from_bytes(digest, "little") % self.dimensions


def make_article(**overrides: Any) -> Article:
    """An article with every field set, any of them overridden; `published` may be given as an ISO 8601 string."""
    published = overrides.get("published")
    if isinstance(published, str):
        overrides["published"] = datetime.fromisoformat(published)
    fields: dict[str, Any] = {
        "id": "artikel-1",
        "title": "Gempa mengguncang İstanbul",
        "text": "Gempa berkekuatan 6,2 mengguncang İstanbul pada Rabu. Warga berlarian ke jalan.",
        "path": "berita/artikel-1.txt",
        "language": "id",
        "url": "https://example.org/artikel-1",
        "source": "example.org",
    }
    return Article(**(fields | overrides))
