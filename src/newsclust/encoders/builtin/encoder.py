"""Runs the built-in model with ONNX Runtime; the only importer of onnxruntime.

A text's vector depends on that text alone, to the bit: texts are run one at a time, each on one thread, and several
threads run different texts. Order, companions and the number of threads therefore change nothing, and no time goes into
padding (docs/decisions/built-in-model.md).
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsclust.encoders.base import TEXTS_AT_ONCE, Say
from newsclust.encoders.builtin.parts import GRAPH, BuiltinModel, open_builtin_model, read_part
from newsclust.encoders.builtin.tokenizer import Tokenizer, load_tokenizer
from newsclust.encoders.pooling import pooling_weights, weights_of
from newsclust.errors import ModelError, UsageError
from newsclust.execution.progress import SILENT, Advance, Progress
from newsclust.execution.threads import thread_count

PREFIX = "query: "
"""The model was trained with "query: " on both sides of symmetric tasks; the model card asks for it."""
DEFAULT_MAX_TOKENS = 128
_CHARACTERS_PER_TOKEN = 64
"""Characters read per token wanted, so that a huge text is not cut into tokens whole. News text needs 2 to 6."""
_AHEAD = 8
"""Texts waiting per thread: enough to keep threads busy, few enough that an interrupt is quick."""


class BuiltinEncoder:
    """The built-in model as an Encoder: the first `max_tokens` tokens of a text, special tokens counted in.

    `threads` is the number of texts run at once (default: the usable cores). Raises ModelError where the model is
    missing or damaged, UsageError for a `max_tokens` the model cannot take.
    """

    texts_at_once = TEXTS_AT_ONCE

    def __init__(
        self,
        max_tokens: int = DEFAULT_MAX_TOKENS,
        threads: int | None = None,
        *,
        model: BuiltinModel | None = None,
        progress: Progress = SILENT,
        say: Say | None = None,
    ) -> None:
        model = model or open_builtin_model(progress=progress, say=say)
        sizes = model.file.sizes
        if not 8 <= max_tokens <= sizes.positions:
            raise UsageError(f"max_tokens must lie in 8 to {sizes.positions}, not {max_tokens}")
        self.model_id = model.model_id
        self.cache_key = f"{model.model_id} tokens={max_tokens}"
        self.dimensions = sizes.hidden
        self.max_tokens = max_tokens
        self.threads = threads or thread_count()
        self._model = model
        self._listeners: dict[str, Any] = {"progress": progress, "say": say}
        self._alone = threading.Lock()

    # Loaded at the first text: a run that finds every vector in the cache needs neither.
    @cached_property
    def _tokenizer(self) -> Tokenizer:
        return load_tokenizer(self._model, **self._listeners)

    @cached_property
    def _weights(self) -> tuple[NDArray[np.float32], int]:
        """What each token weighs, and how many tokens the prefix has."""
        file = self._model.file
        special = file.special
        (prefix,) = self._tokenizer.token_ids([PREFIX])
        return pooling_weights(file.scores, (special.begin, special.end, special.pad)), len(prefix)

    @cached_property
    def _session(self) -> Any:
        return _session(read_part(self._model, GRAPH, **self._listeners))

    def encode(self, texts: Sequence[str], *, progress: Advance | None = None) -> NDArray[np.float32]:
        """One unit row per text: float32, shape (len(texts), dimensions); byte-equal for a text wherever it stands.

        Raises ModelError when ONNX Runtime fails or runs out of memory.
        """
        if not len(texts):
            return np.empty((0, self.dimensions), np.float32)
        ids = self._inputs(texts)
        # Texts that start alike (wire copies) are run once.
        alike: dict[bytes, list[int]] = {}
        for index, row in enumerate(ids):
            alike.setdefault(row.tobytes(), []).append(index)
        vectors = np.empty((len(texts), self.dimensions), np.float32)
        distinct = [ids[same[0]] for same in alike.values()]
        for same, vector in zip(alike.values(), self._vectors(distinct), strict=True):
            vectors[same] = vector
            if progress:
                progress(len(same))
        return vectors

    def _inputs(self, texts: Sequence[str]) -> list[NDArray[np.int32]]:
        kept, special = self.max_tokens - 2, self._model.file.special
        tokens = self._tokenizer.token_ids([PREFIX + text[: self.max_tokens * _CHARACTERS_PER_TOKEN] for text in texts])
        begin, end = (np.array([token], np.int32) for token in (special.begin, special.end))
        return [np.concatenate((begin, row[:kept], end)) for row in tokens]

    def _vectors(self, inputs: Sequence[NDArray[np.int32]]) -> Iterator[NDArray[np.float32]]:
        _ = self._session, self._weights  # loaded here, not by several threads at once
        if self.threads == 1 or len(inputs) < 2:
            yield from map(self._vector, inputs)
            return
        ahead = self.threads * _AHEAD
        with ThreadPoolExecutor(self.threads, "newsclust-encoder") as pool:
            waiting = [pool.submit(self._vector, row) for row in inputs[:ahead]]
            try:
                for done in range(len(inputs)):
                    yield waiting[done % ahead].result()
                    if done + ahead < len(inputs):
                        waiting[done % ahead] = pool.submit(self._vector, inputs[done + ahead])
            finally:
                pool.shutdown(wait=False, cancel_futures=True)

    def _vector(self, ids: NDArray[np.int32]) -> NDArray[np.float32]:
        try:
            return self._run(ids)
        except Exception as error:
            if not _ran_out_of_memory(error):
                raise ModelError(f"ONNX Runtime failed on a text of {len(ids)} tokens: {error}") from error
        with self._alone:  # one at a time, so that texts which failed together do not compete again
            try:
                return self._run(ids)
            except Exception as error:
                raise ModelError(
                    f"out of memory while encoding a text of {len(ids)} tokens; free some, or set NEWSCLUST_THREADS=1"
                ) from error

    def _run(self, ids: NDArray[np.int32]) -> NDArray[np.float32]:
        given = {"rows": self._tokenizer.embedding_rows(ids), "weights": weights_of(ids, *self._weights)}
        vector: NDArray[np.float32] = self._session.run(None, given)[0]
        return vector


def _session(graph: bytes) -> Any:
    import onnxruntime  # type: ignore[import-untyped]

    if os.environ.get("ORT_DISABLE_TELEMETRY") == "1":  # newsclust sets it
        onnxruntime.disable_telemetry_events()  # a program may have imported it before newsclust
    options = onnxruntime.SessionOptions()
    # One thread a text: the threads of `encode` share the cores, and a sum never depends on how it was divided.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3  # errors only: a machine without a GPU is no news
    try:
        return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise ModelError(
            f"ONNX Runtime {onnxruntime.__version__} cannot load the built-in model: {error}; "
            "update it with: pip install --upgrade onnxruntime"
        ) from error


def _ran_out_of_memory(error: Exception) -> bool:
    return isinstance(error, MemoryError) or "alloc" in str(error).lower()
