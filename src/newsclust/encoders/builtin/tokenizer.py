"""Texts to tokens and their input embeddings, without onnxruntime; the only importer of sentencepiece."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from newsclust.encoders.base import Say
from newsclust.encoders.builtin.parts import PIECES, BuiltinModel, open_builtin_model, read_part
from newsclust.encoders.builtin.weights_file import ModelFile, dequantised, normalisation_map
from newsclust.errors import ModelError
from newsclust.execution.progress import SILENT, Progress
from newsclust.execution.threads import thread_count
from newsclust.text.unicode import normalised, unpointed

_TEXTS_AT_ONCE = 1024
"""Texts cut together: a word they share is looked up once, and memory stays bounded."""


class Embeddings(Protocol):
    """The input embedding of each token."""

    @property
    def size(self) -> int:
        """Number of tokens."""
        ...

    @property
    def dimensions(self) -> int:
        """Length of an embedding."""
        ...

    def at(self, ids: NDArray[np.integer[Any]]) -> NDArray[np.float32]:
        """The embedding of each id: float32, shape (len(ids), dimensions)."""
        ...


class Tokenizer:
    """Cuts texts into a model's tokens; `tokens` is its SentencePiece model.

    A fully pointed text loses its points. A text is brought to Unicode normal form C, each character is replaced as
    `characters` says, and each word between spaces is cut into the tokens of greatest total score. Words are cut
    one by one, so a word's ids never depend on what else is in the text or on how long it is. Special tokens written
    out in a text ("</s>") are plain text.
    """

    def __init__(self, model_id: str, tokens: bytes, characters: Mapping[int, str], embeddings: Embeddings) -> None:
        self.model_id = model_id
        self._processor = _processor(tokens)
        self._characters = characters
        self._embeddings = embeddings

    @property
    def size(self) -> int:
        """Number of tokens; ids are below it."""
        return self._embeddings.size

    @property
    def dimensions(self) -> int:
        """Length of an input embedding row."""
        return self._embeddings.dimensions

    def token_texts(self) -> list[str]:
        """Every token of the vocabulary, in the order of their ids."""
        return [self._processor.id_to_piece(token) for token in range(self.size)]

    def token_ids(self, texts: Sequence[str]) -> list[NDArray[np.int32]]:
        """The token ids of each whole text, without special tokens; an empty array for a text without characters."""
        ids: list[NDArray[np.int32]] = []
        for start in range(0, len(texts), _TEXTS_AT_ONCE):
            ids += self._ids([self._words(text) for text in texts[start : start + _TEXTS_AT_ONCE]])
        return ids

    def embedding_rows(self, ids: NDArray[np.integer[Any]]) -> NDArray[np.float32]:
        """The model's input embedding of each id: float32, shape (len(ids), dimensions).

        Ask for distinct ids where many repeat: each row is read or unpacked on the way. Raises ModelError for an id
        outside the vocabulary.
        """
        if ids.size and not 0 <= int(ids.min()) <= int(ids.max()) < self.size:
            raise ModelError(f"token ids must lie in 0 to {self.size - 1}, not {ids.min()} to {ids.max()}")
        return self._embeddings.at(ids)

    def _words(self, text: str) -> list[str]:
        return normalised("NFC", unpointed(text)).translate(self._characters).split()

    def _ids(self, texts: list[list[str]]) -> list[NDArray[np.int32]]:
        words = list(dict.fromkeys(chain.from_iterable(texts)))
        tokens = dict(zip(words, self._processor.encode(words, out_type=int, num_threads=thread_count()), strict=True))
        return [np.fromiter(chain.from_iterable(map(tokens.__getitem__, text)), np.int32) for text in texts]


def load_tokenizer(
    model: BuiltinModel | None = None, *, progress: Progress = SILENT, say: Say | None = None
) -> Tokenizer:
    """The tokenizer of the built-in model, loaded once a process. ModelError where the model is missing or damaged."""
    return _tokenizer(model or open_builtin_model(progress=progress, say=say))


@lru_cache(maxsize=1)
def _tokenizer(model: BuiltinModel) -> Tokenizer:
    return builtin_tokenizer(model)


def builtin_tokenizer(model: BuiltinModel) -> Tokenizer:
    """The tokenizer of this built-in model."""
    tokens = read_part(model, PIECES)
    return Tokenizer(model.model_id, tokens, _character_map(model), _Quantised(model.file))


class _Quantised:
    """The embeddings of the model file, each unpacked from 4 bits when it is asked for."""

    def __init__(self, file: ModelFile) -> None:
        self._rows = file.embedding_blocks()
        self.size, self.dimensions = len(self._rows), file.sizes.hidden

    def at(self, ids: NDArray[np.integer[Any]]) -> NDArray[np.float32]:
        """The embedding of each id: float32, shape (len(ids), dimensions)."""
        return dequantised(self._rows[ids])


def _processor(tokens: bytes) -> Any:
    import sentencepiece

    try:
        return sentencepiece.SentencePieceProcessor(model_proto=tokens)
    except (RuntimeError, OSError) as error:
        raise ModelError(f"the vocabulary cannot be loaded: {error}") from error


def _character_map(model: BuiltinModel) -> dict[int, str]:
    table = normalisation_map(model.file)
    # NUL and half surrogate pairs are in no valid text, so the map lacks them, and sentencepiece refuses the latter.
    table.setdefault(0, "")
    replacement = table.get(0xFFFD, "\ufffd")
    return dict.fromkeys(range(0xD800, 0xE000), replacement) | table
