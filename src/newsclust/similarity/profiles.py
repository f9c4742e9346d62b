"""What belongs to an encoder's vector space, an encoder a line in one table.

Statistics and coefficients hold for the vectors they were measured on, and for no others, however alike the models'
names are. Vectors of a model that has no profile are centred on the means of their own collection, and what is said of
them is a guess.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from newsclust.encoders.base import Say, unit_rows
from newsclust.encoders.builtin.parts import MODEL_ID
from newsclust.encoders.published import PUBLISHED
from newsclust.errors import ModelError
from newsclust.similarity.background import Space, load_background
from newsclust.similarity.calibration import Calibration, load_calibrations, uncalibrated

_BEHIND_NAME = re.compile(r"[@+][0-9A-Za-z]+$")
"""What a model's id names behind its name: the revision that was downloaded, or a hash of the weights."""


@dataclass(frozen=True, eq=False, slots=True)
class EncoderProfile:
    """All that belongs to the vector space of one encoder.

    `models` are the names that the encoder goes by, each the whole of an id but for a revision behind it. `space` holds
    each language's mean vector and what news is about. `whitening` (d, d) evens out how reports of one event differ.
    `coefficients` make log odds of what pairs share.
    """

    models: frozenset[str]
    space: Space
    whitening: NDArray[np.float32]
    coefficients: Calibration

    def transformed(
        self, vectors: NDArray[np.float32], languages: Sequence[str], brevity: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Vectors (n, d) less what is common to their languages and to headlines, whitened: unit rows (n, d)."""
        return unit_rows(self.space.centred(vectors, languages, brevity) @ self.whitening)


@lru_cache(maxsize=1)
def multilingual_e5_small() -> EncoderProfile:
    """The profile of the built-in model, and of the same network as its makers publish it."""
    shipped = load_background()
    names = frozenset({MODEL_ID, PUBLISHED})
    return EncoderProfile(names, shipped.dense, shipped.whitening, load_calibrations()["dense"])


PROFILES: tuple[Callable[[], EncoderProfile], ...] = (multilingual_e5_small,)
"""Every encoder with a profile. A new one is a function that loads its profile, and its name here."""


def profile_of(model_id: str, path: str | None = None) -> EncoderProfile | None:
    """The profile of the model with this id: the one in the file at `path`, else the shipped one, else None.

    Raises ModelError where the file is no profile, or one of another model.
    """
    if path is not None:
        given = _given(path)
        if model_id not in given.models:
            fitted = min(given.models, key=len)
            raise ModelError(
                f"--profile {path} was fitted for {fitted}, not for {model_id}; fit one with newsclust calibrate"
            )
        return given
    name = _BEHIND_NAME.sub("", model_id)
    return next((profile for load in PROFILES if name in (profile := load()).models), None)


@lru_cache(maxsize=4)
def _given(path: str) -> EncoderProfile:
    from newsclust.similarity.profile_file import read_profile

    return read_profile(path)


def named(model_id: str, path: str | None) -> str:
    """The id of a model with the profile in the file at `path`: vectors by another profile cannot be compared."""
    profile = profile_of(model_id, path)
    return max(profile.models, key=len) if profile and path is not None else model_id


def coefficients_of(model_id: str) -> Calibration:
    """The coefficients for vectors of the model with this id; a guess for one without a profile."""
    profile = profile_of(model_id)
    return uncalibrated() if profile is None else profile.coefficients


def tell_uncalibrated(model_id: str, say: Say | None, path: str | None = None) -> None:
    """Say of a model without a profile, shipped or in the file at `path`, that its probabilities are a guess."""
    if profile_of(model_id, path) is None and say:
        say(f"uncalibrated: probabilities are a guess, as nothing was measured with {model_id}")
