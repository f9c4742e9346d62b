"""What newsclust knows before it reads a folder: statistics of many languages, shipped with the package.

Five articles must group as five thousand do, and a story must not change because unrelated articles arrived; so nothing
here is learnt from the input. `benchmarks/build_background.py` rebuilds the file and says where each number comes from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from newsclust.encoders.base import unit_rows

FILE = "background.npz"
WEIGHT_STEP = 1 / 32
"""Token weights are stored in this step: 8 bits reach log(1 / rarest share) = 7.97."""
NEAREST_TOPICS = 32
"""Topics whose mean cosine is an article's density: 8 of each of four partitions of news. On `real_hour` 8, 16 and 32
of the 256 of one partition rank pairs alike (average precision .896, .890, .887; none: .869)."""


FEW = 8.0
"""Articles from which half of what there is to know of a language is known."""


@dataclass(frozen=True, eq=False, slots=True)
class Space:
    """One vector space: what each language adds to every text, and what news is about.

    `means` (languages + 1, d) holds each language's mean vector, the last row that of all others. `topics` (k, d) are
    unit rows in the middle of what news is about, as finished vectors have it. `headlines` (languages + 1, d) is what
    headlines alone have in common beside it: a model takes short texts for alike, the less it knows their language the
    more.
    """

    languages: tuple[str, ...]
    means: NDArray[np.float32]
    topics: NDArray[np.float32]
    headlines: NDArray[np.float32] | None = None

    def rows(self, languages: Sequence[str]) -> NDArray[np.intp]:
        """The row of each language; the last one where a language is not known."""
        row_of = {language: row for row, language in enumerate(self.languages)}
        return np.array([row_of.get(language, len(self.languages)) for language in languages], np.intp)

    def centred(
        self, vectors: NDArray[np.float32], languages: Sequence[str], brevity: NDArray[np.float32]
    ) -> NDArray[np.float32]:
        """Each vector less what is common to its language, and by its `brevity` (n,) to headlines: unit rows (n, d)."""
        rows = self.rows(languages)
        common = self.means[rows]
        if self.headlines is not None:
            common = common + brevity[:, None] * self.headlines[rows]
        return unit_rows(vectors - common)

    def density(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """How crowded news is about each finished vector: the mean cosine with its nearest topics, shape (n,).

        Two reports of a league's match day are as alike as two of one rare event; a cosine says more when it is held
        against what is usual there (local scaling: Conneau et al. 2018, CSLS; in speaker verification, adaptive score
        normalisation against a cohort: Matějka et al. 2017). The topics are shipped, so company changes nothing.
        """
        # Row by row: a product of matrices would round an article differently in other company.
        return np.array([_largest(self.topics @ row, NEAREST_TOPICS).mean() for row in vectors], np.float32)


def _largest(values: NDArray[np.float32], count: int) -> NDArray[np.float32]:
    """The largest values, in order: their sum does not depend on how they were found."""
    found: NDArray[np.float32] = np.sort(np.partition(values, -count)[-count:] if len(values) > count else values)
    return found


@dataclass(frozen=True, eq=False, slots=True)
class Background:
    """Shipped statistics.

    `dense` belongs to the built-in model's text vectors, `static` to sums of its input embedding rows. `whitening`
    (d, d) evens out how translations and independent reports of one event differ (within-class covariance
    normalisation, Hatch et al. 2006). `common` (k, d) are directions that all static vectors share. `token_weights`,
    `name_weights` and `phonetic_weights` are inverse document frequencies: of tokens, by id, of names and numbers and
    of phonetic keys, by hash slot. `articles` counts those of each language that the statistics come from, the last
    one those of any other.
    """

    dense: Space
    static: Space
    whitening: NDArray[np.float32]
    common: NDArray[np.float32]
    token_weights: NDArray[np.float32]
    name_weights: NDArray[np.float32]
    phonetic_weights: NDArray[np.float32]
    articles: NDArray[np.float32]

    def unfamiliar(self, languages: Sequence[str]) -> NDArray[np.float32]:
        """How little is known of each language, from 1 for nothing to 0: shape (n,)."""
        known = self.articles[self.static.rows(languages)]
        return np.asarray(FEW / (FEW + known), np.float32)


@lru_cache(maxsize=1)
def load_background() -> Background:
    """The shipped statistics, read once a process."""
    with files("newsclust").joinpath("data", FILE).open("rb") as stream, np.load(stream) as stored:
        arrays = {name: stored[name] for name in stored.files}
    languages = tuple(str(code) for code in arrays["languages"])

    def floats(name: str) -> NDArray[np.float32]:
        return np.asarray(arrays[name], np.float32)

    def space(name: str) -> Space:
        return Space(languages, *(floats(f"{name}_{part}") for part in ("means", "topics", "headlines")))

    return Background(
        dense=space("dense"),
        static=space("static"),
        whitening=floats("whitening"),
        common=floats("common"),
        token_weights=floats("token_weights") * WEIGHT_STEP,
        name_weights=floats("name_weights") * WEIGHT_STEP,
        phonetic_weights=floats("phonetic_weights") * WEIGHT_STEP,
        articles=floats("articles"),
    )
