"""What features and scores depend on beside the articles: two processes that agree on it give the same bytes."""

from __future__ import annotations

import zlib
from functools import lru_cache
from importlib.resources import files

from newsclust.encoders.vocabulary import load_vocabulary
from newsclust.errors import ModelError
from newsclust.similarity import background, calibration

STATISTICS = (background.FILE, calibration.FILE)


@lru_cache(maxsize=1)
def fingerprint() -> dict[str, str]:
    """The id of the model whose tokens are used, and the checksum of the statistics, by their names in messages.

    Loads the tokens, which are built where they are not yet. Never raises: a model that is missing is named so.
    """
    try:
        model = load_vocabulary().model_id
    except ModelError as error:
        model = f"none ({error})"
    data = files("newsclust").joinpath("data")
    checksum = 0
    for name in STATISTICS:
        checksum = zlib.crc32(data.joinpath(name).read_bytes(), checksum)
    return {"the model": model, "statistics with checksum": f"{checksum:08x}"}
