"""What features and scores depend on beside the articles: two processes that agree on it give the same bytes."""

from __future__ import annotations

import zlib
from functools import lru_cache
from importlib.resources import files

from newsclust.encoders.builtin.parts import open_builtin_model
from newsclust.errors import ModelError
from newsclust.similarity import background, score

STATISTICS = (background.FILE, score.FILE)


@lru_cache(maxsize=1)
def fingerprint() -> dict[str, str]:
    """The built-in model's id and the checksum of the shipped statistics, each by its name in messages.

    Opens the built-in model, which is built where it is not yet. Never raises: a model that is missing is named so.
    """
    try:
        model = open_builtin_model().model_id
    except ModelError as error:
        model = f"none ({error})"
    data = files("newsclust").joinpath("data")
    checksum = 0
    for name in STATISTICS:
        checksum = zlib.crc32(data.joinpath(name).read_bytes(), checksum)
    return {"the model": model, "statistics with checksum": f"{checksum:08x}"}
