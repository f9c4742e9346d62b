"""A profile as a file: JSON that names its format, its model and what it was fitted on.

Arrays are base64 of 16-bit floats (little-endian), as exact as those that newsclust ships.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from newsclust.errors import ModelError
from newsclust.similarity.background import Space
from newsclust.similarity.calibration import Calibration, Weights
from newsclust.similarity.profiles import EncoderProfile

FORMAT = "newsclust-profile/1"
_DIGITS = 12


def profile_text(profile: EncoderProfile, model: str, fitted_on: Mapping[str, Any]) -> str:
    """A profile of the model with this id as the text of its file; `fitted_on` says where it comes from."""
    document = {
        "format": FORMAT,
        "model": model,
        "fitted_on": dict(fitted_on),
        "languages": list(profile.space.languages),
        "coefficients": {level: asdict(getattr(profile.coefficients, level)) for level in ("event", "story")},
        "means": _packed(profile.space.means),
        "topics": _packed(profile.space.topics),
        "whitening": _packed(profile.whitening),
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def read_profile(path: str) -> EncoderProfile:
    """Read a profile that `newsclust calibrate` wrote.

    It goes by two names: the id of its model, and that id with a hash of the file behind it (`profiles.named`).

    Raises:
        ModelError: there is no such file, it is no profile or damaged, or of another format version.
    """
    try:
        content = Path(path).read_bytes()
        document = json.loads(content)
    except OSError as error:
        raise ModelError(f"--profile {path} cannot be read: {error.strerror or error}") from error
    except (ValueError, RecursionError) as error:
        raise ModelError(f"--profile {path} is no profile: it is not JSON; newsclust calibrate writes one") from error
    kind = document.get("format") if isinstance(document, dict) else None
    if kind != FORMAT:
        raise ModelError(
            f"--profile {path} is no profile that this version reads: its format is {kind!r}, not {FORMAT!r}; "
            "fit it again with newsclust calibrate"
        )
    try:
        return _profile(document, hashlib.sha256(content).hexdigest()[:_DIGITS])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ModelError(
            f"--profile {path} is damaged: {type(error).__name__} {error}; fit it again with newsclust calibrate"
        ) from error


def _profile(document: Mapping[str, Any], digest: str) -> EncoderProfile:
    model = document["model"]
    if not isinstance(model, str):
        raise TypeError("the model's id is no text")
    means, topics, whitening = (_unpacked(document[name]) for name in ("means", "topics", "whitening"))
    languages = tuple(map(str, document["languages"]))
    width = len(whitening)
    if whitening.shape != (width, width) or means.shape != (len(languages) + 1, width):
        raise ValueError(f"means {means.shape} and whitening {whitening.shape} do not fit {len(languages)} languages")
    if topics.shape[1] != width or not len(topics):
        raise ValueError(f"topics {topics.shape} do not fit vectors of {width}")
    levels = (_weights(document["coefficients"][level]) for level in ("event", "story"))
    names = frozenset({model, f"{model} profile={digest}"})
    return EncoderProfile(names, Space(languages, means, topics), whitening, Calibration(*levels))


def _weights(values: Mapping[str, Any]) -> Weights:
    sides = {
        side: {str(name): float(weight) for name, weight in values[side].items()}
        for side in ("within", "across", "brief_within", "brief_across")
        if side in values
    }
    weights = Weights(**sides, apart=float(values["apart"]), sigma=float(values["sigma"]))
    numbers = [*(weight for side in sides.values() for weight in side.values()), weights.apart, weights.sigma]
    if not np.isfinite(numbers).all() or weights.sigma <= 0:
        raise ValueError("a coefficient is not a finite number")
    return weights


def _packed(array: NDArray[np.float32]) -> dict[str, Any]:
    return {"shape": list(array.shape), "float16": base64.b64encode(array.astype("<f2").tobytes()).decode("ascii")}


def _unpacked(value: Mapping[str, Any]) -> NDArray[np.float32]:
    rows, columns = value["shape"]
    array = np.frombuffer(base64.b64decode(value["float16"], validate=True), "<f2").reshape(rows, columns)
    if not np.isfinite(array).all():
        raise ValueError("an array holds what is no number")
    return array.astype(np.float32)
