"""Where tokens and their input embeddings come from: the built-in model, else the same model taken by name."""

from __future__ import annotations

from newsclust.encoders.base import Say
from newsclust.encoders.builtin.parts import MODEL_NAME, open_builtin_model, weights_path
from newsclust.encoders.builtin.tokenizer import Tokenizer, load_tokenizer
from newsclust.encoders.published import PUBLISHED, published_files, published_tokenizer
from newsclust.execution.progress import SILENT, Progress


def load_vocabulary(*, progress: Progress = SILENT, say: Say | None = None) -> Tokenizer:
    """The tokenizer that texts are cut by, whichever encoder reads them; loaded once a process.

    Raises ModelError where the model is missing or damaged.
    """
    return published_tokenizer(say) if weights_path() is None else load_tokenizer(progress=progress, say=say)


def prepare_vocabulary(*, progress: Progress = SILENT, say: Say | None = None) -> None:
    """Build or download what `load_vocabulary` takes, so that each worker finds it. Raises ModelError as that does."""
    if weights_path() is None:
        published_files(say)
    else:
        open_builtin_model(progress=progress, say=say)


def vocabulary_id() -> str:
    """What a result names as its model where no transformer ran."""
    return f"{PUBLISHED if weights_path() is None else MODEL_NAME}/pieces"
