"""Any sentence-transformers model as an Encoder; the only importer of sentence_transformers and torch.

Weights are read from safetensors files only, and no code that comes with a model is run: a model chosen by name must
not be able to do more than give vectors.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from newsclust.encoders.base import TEXTS_AT_ONCE, Say, unit_rows
from newsclust.encoders.model_safety import refuse_code
from newsclust.encoders.pooling import pooling_weights, weights_of
from newsclust.errors import ModelError
from newsclust.execution.progress import Advance

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

GPU_BATCH = 64
"""Texts a batch on a GPU; halved as often as its memory asks for."""
CPU_BATCH = 1
"""One text at a time without a GPU: a vector then depends on its text alone, where padding moves its last bits."""

PATIENCE = 8.0
"""Seconds within which the server that a model is downloaded from must answer."""

_E5 = re.compile(r"(^|[/_-])e5([_-]|$)", re.IGNORECASE)
_CONTENT = (".safetensors", ".json", ".txt", ".model")


class SentenceEncoder:
    """A sentence-transformers model by folder, or by name where it is on this machine or may be downloaded.

    `max_tokens` shortens what the model reads, never lengthens it. Runs on a GPU where torch finds one. `say` takes a
    line before a download. `by_rarity` takes the mean over a text's tokens as the built-in model does, in place of
    the model's own. Raises ModelError where the model or a library is missing, the weights are not safetensors, or the
    model needs code of its own.
    """

    texts_at_once = TEXTS_AT_ONCE

    def __init__(self, name: str, max_tokens: int = 128, *, by_rarity: bool = False, say: Say | None = None) -> None:
        self.name = name
        self._model = _load(name, say)
        limit = self._model.max_seq_length
        self.max_tokens = min(max_tokens, limit) if limit else max_tokens
        self._model.max_seq_length = self.max_tokens
        self._prefix = _prefix(name, self._model)
        self.device = str(self._model.device.type)
        self.model_id = f"{Path(name).name if _is_folder(name) else name}@{_fingerprint(name, self._model)}"
        # A GPU adds up in another order, so its vectors differ in their last bits.
        self.cache_key = f"{self.model_id} tokens={self.max_tokens} prefix={self._prefix!r} device={self.device}"
        self._rarity = _rarity(self._model, self._prefix) if by_rarity else None
        if self._rarity:
            self.cache_key += " by rarity"
        self.dimensions = _dimensions(self._model)

    def encode(self, texts: Sequence[str], *, progress: Advance | None = None) -> NDArray[np.float32]:
        """One unit row per text: float32, shape (len(texts), dimensions).

        Without a GPU byte-equal for a text whatever its companions; with one, for the same set of texts in any order.
        """
        distinct = sorted(set(texts), key=lambda text: (len(text), text))
        rows = {text: row for row, text in enumerate(distinct)}
        vectors = np.zeros((len(distinct), self.dimensions), np.float32)
        done = 0
        batch = CPU_BATCH if self.device == "cpu" else GPU_BATCH
        while done < len(distinct):
            try:
                vectors[done : done + batch] = self._vectors(distinct[done : done + batch])
            except (MemoryError, RuntimeError) as error:
                if not _ran_out_of_memory(error):
                    raise ModelError(f"{self.name} failed on a text: {error}") from error
                if batch == 1:
                    raise ModelError(f"{self.name} runs out of memory on a single text; use a smaller model") from error
                batch //= 2
                continue
            if progress:
                progress(min(batch, len(distinct) - done))
            done += batch
        if progress and len(texts) > len(distinct):
            progress(len(texts) - len(distinct))
        return vectors[[rows[text] for text in texts]]

    def _vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        given = [self._prefix + text.encode("utf-8", "replace").decode() for text in texts]
        ask = partial(self._model.encode, given, batch_size=len(given), show_progress_bar=False)
        if self._rarity is None:
            return unit_rows(np.asarray(ask(convert_to_numpy=True, normalize_embeddings=True), dtype=np.float32))
        ids = self._model.tokenizer(given, truncation=True, max_length=self.max_tokens)["input_ids"]
        states = ask(output_value="token_embeddings", convert_to_numpy=False)
        rows = [
            weights_of(np.array(tokens), *self._rarity) @ state.float().cpu().numpy()
            for tokens, state in zip(ids, states, strict=True)
        ]
        return unit_rows(np.stack(rows))


def _load(name: str, say: Say | None) -> SentenceTransformer:
    if find_spec("sentence_transformers") is None:
        raise ModelError(
            f"--model {name} needs sentence-transformers; install it with: pip install sentence-transformers"
        )
    if _is_folder(name):
        refuse_code(Path(name))
        return _opened(name, local=True)
    if _is_here(name):
        with suppress(ModelError):  # here in part only
            return _opened(name, local=True)
    # The user named it, so it may be fetched.
    _ask_for(name)
    if say:
        say(f"downloading the model {name}")
    return _opened(name, local=False)


def _repository(name: str) -> str:
    """Where sentence-transformers looks for a name without an organisation."""
    return name if "/" in name else f"sentence-transformers/{name}"


def _is_here(name: str) -> bool:
    """Whether a model was downloaded before, at least in part. Raises ModelError for what can be no model's name."""
    from huggingface_hub import try_to_load_from_cache
    from huggingface_hub.errors import HFValidationError

    cache = os.environ.get("SENTENCE_TRANSFORMERS_HOME")
    try:
        return isinstance(try_to_load_from_cache(_repository(name), "config.json", cache_dir=cache), str)
    except HFValidationError as error:
        raise ModelError(f"{name!r} is neither a folder nor a model's name (organisation/name)") from error


def _ask_for(name: str) -> None:
    """Raise ModelError where no network, or none that knows the model, answers within `PATIENCE`.

    The libraries would try each of a dozen files six times.
    """
    from huggingface_hub import HfApi

    refused: list[Exception] = []

    def ask() -> None:
        try:
            HfApi().model_info(_repository(name), timeout=PATIENCE)
        except Exception as error:  # what a library for the network raises is another in each version
            refused.append(error)

    # A thread, as nothing limits how long a name server is waited for.
    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(PATIENCE)
    if asking.is_alive():
        raise _not_loaded(name, f"no answer within {PATIENCE:.0f} s")
    if refused:
        raise _not_loaded(name, _in_one_line(refused[0])) from refused[0]


def _opened(name: str, *, local: bool) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer

    try:
        with _quiet():
            return SentenceTransformer(
                name, trust_remote_code=False, local_files_only=local, model_kwargs={"use_safetensors": True}
            )
    # What a damaged or unknown model raises is not documented, and ranges from OSError to KeyError.
    except Exception as error:
        reason = _in_one_line(error)
        if _is_folder(name):
            raise ModelError(f"the model folder {name} cannot be loaded: {reason}") from error
        raise _not_loaded(name, reason) from error


def _not_loaded(name: str, reason: str) -> ModelError:
    return ModelError(
        f"the model {name} cannot be loaded: {reason}; download it on a machine with a network "
        f"(hf download {name}), give the folder of a saved model, or leave out --model for the built-in one"
    )


def _in_one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:300] or type(error).__name__


@contextmanager
def _quiet() -> Iterator[None]:
    """Hold back the loading bars and reports of the libraries, which would write into the command's own output."""
    from transformers.utils import logging as bars

    loggers = [logging.getLogger(library) for library in ("sentence_transformers", "transformers", "huggingface_hub")]
    levels = [logger.level for logger in loggers]
    shown = bars.is_progress_bar_enabled()
    bars.disable_progress_bar()  # type: ignore[no-untyped-call]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
        if shown:
            bars.enable_progress_bar()  # type: ignore[no-untyped-call]


def _is_folder(name: str) -> bool:
    return Path(name).is_dir()


def _prefix(name: str, model: SentenceTransformer) -> str:
    """What e5 models want before a text; models that declare a default prompt add it themselves."""
    if model.default_prompt_name or any(model.prompts.values()):
        return ""
    return "query: " if _E5.search(Path(name).name) else ""


def _rarity(model: SentenceTransformer, prefix: str) -> tuple[NDArray[np.float32], int]:
    """What each token of the model's unigram vocabulary weighs, and how many tokens the prefix has."""
    cutter = model.tokenizer.backend_tokenizer
    scores = np.array([score for _, score in json.loads(cutter.to_str())["model"]["vocab"]])
    special = tuple(token for token in model.tokenizer.all_special_ids if token != model.tokenizer.unk_token_id)
    return pooling_weights(scores, special), len(cutter.encode(prefix, add_special_tokens=False).ids)


def _dimensions(model: SentenceTransformer) -> int:
    # Renamed in sentence-transformers 6, where the old name warns.
    ask = getattr(model, "get_embedding_dimension", None) or model.get_sentence_embedding_dimension
    dimensions = ask()
    if not dimensions:
        raise ModelError("the model does not say how long its vectors are; it is no sentence-transformers text model")
    return int(dimensions)


def _fingerprint(name: str, model: SentenceTransformer) -> str:
    """What tells this model from others of its name: a folder's content, or the revision that was downloaded."""
    if not _is_folder(name):
        config = getattr(getattr(model[0], "auto_model", None), "config", None)
        return str(getattr(config, "_commit_hash", None) or "unknown")[:12]
    digest = hashlib.sha256()
    for file in sorted(Path(name).rglob("*")):
        if file.is_file() and file.suffix in _CONTENT:
            with file.open("rb") as opened:
                content = hashlib.file_digest(opened, "sha256").hexdigest()
            digest.update(f"{file.relative_to(name).as_posix()} {content}\n".encode())
    return digest.hexdigest()[:12]


def _ran_out_of_memory(error: Exception) -> bool:
    return isinstance(error, MemoryError) or "out of memory" in str(error).lower() or "alloc" in str(error).lower()
