"""What a vector space is like, learnt from news: language means, a whitening, topics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from newsclust.articles import UNDETERMINED
from newsclust.encoders.base import unit_rows

Vectors = NDArray[np.float32]

WHITENING_RIDGE = 0.5
"""Share of the mean variance added on the diagonal. On held-out stories 0.5, 1, 3 and 10 come within .003 of each other
on every set; on other languages of stories that it has seen 0.5 is the best (`ntrex_core23` .97 against .96 at 3)."""
NO_SCATTER = 1e-10
"""Mean variance below which the articles of a story are the same to the model: what is left is rounding."""
TOPICS = 256
"""Clusters of news that densities are measured against, in each partition: half of what all 2,223 articles of
`real_day` gain as a cohort is there with 8 of 256 (see `background.NEAREST_TOPICS`)."""
PARTITIONS = 4
"""Runs of k-means, each from another start. With one, the start moves F1 of stories of two and more on sets left out by
up to .04 (`zh_accidents` .698 to .740); with four by .004."""
ARTICLES_A_TOPIC = 8
"""Fewest articles for each topic."""
FEWEST = 10
"""Fewest articles of a language that have a mean of their own."""


def language_means(parts: Sequence[tuple[Vectors, Sequence[str]]]) -> dict[str, Vectors]:
    """The mean vector of each language: the mean of its means in each of the sets, vectors (n, d) and languages (n)."""
    by_language: dict[str, list[Vectors]] = {}
    for vectors, languages in parts:
        codes = np.array(languages)
        for language in sorted(set(languages) - {UNDETERMINED}):
            if (codes == language).sum() >= FEWEST:
                by_language.setdefault(language, []).append(vectors[codes == language].mean(axis=0))
    return {language: np.mean(means, axis=0) for language, means in by_language.items()}


def stacked_means(means: Mapping[str, Vectors]) -> tuple[tuple[str, ...], Vectors]:
    """The languages in order, and their means; the last row is for all others: (languages + 1, d)."""
    codes = tuple(sorted(means))
    rows = [means[code] for code in codes]
    return codes, np.stack([*rows, np.mean(rows, axis=0)]).astype(np.float32)


def within_class_whitening(sets: Sequence[tuple[Vectors, NDArray[np.intp]]], counts: Sequence[float]) -> Vectors:
    """The inverse square root of how articles of one story scatter about their centroid; each set `counts` so much.

    Within-class covariance normalisation (Hatch et al. 2006). `sets` hold vectors (n, d) and the number of each one's
    story (-1: not judged). Where nothing scatters there is nothing to even out: the identity.
    """
    scatter = np.average([_within(vectors, stories) for vectors, stories in sets], axis=0, weights=counts)
    ridge = WHITENING_RIDGE * np.trace(scatter) / len(scatter)
    if ridge < NO_SCATTER:
        return np.eye(len(scatter), dtype=np.float32)
    values, directions = np.linalg.eigh(scatter + ridge * np.eye(len(scatter)))
    whitening = directions @ np.diag(values**-0.5) @ directions.T
    scaled = whitening / np.sqrt(np.mean(np.diag(whitening @ whitening)))
    return np.asarray(scaled.astype(np.float16), np.float32)  # as it is shipped


def _within(vectors: Vectors, stories: NDArray[np.intp]) -> NDArray[np.float64]:
    judged = stories >= 0
    _, story_of = np.unique(stories[judged], return_inverse=True)
    counts = np.bincount(story_of)
    centroids = np.zeros((len(counts), vectors.shape[1]))
    np.add.at(centroids, story_of, vectors[judged])
    residuals = vectors[judged] - (centroids / counts[:, None])[story_of]
    within: NDArray[np.float64] = residuals.T @ residuals / (len(story_of) - len(counts))
    return within


def topics(vectors: Vectors) -> Vectors:
    """Unit rows in the middle of clusters of finished vectors, by k-means, partition after partition.

    PARTITIONS times TOPICS rows, or fewer for fewer articles.
    """
    from sklearn.cluster import KMeans

    count = max(min(TOPICS, len(vectors) // ARTICLES_A_TOPIC), 1)
    runs = [KMeans(count, n_init=1, max_iter=30, random_state=run).fit(vectors) for run in range(PARTITIONS)]
    centres = np.concatenate([run.cluster_centers_ for run in runs])
    return unit_rows(centres.astype(np.float32)).astype(np.float16).astype(np.float32)
