"""Pairs of articles with their features and whether they tell one story: what a score is fitted and judged on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from newsclust.similarity.candidates import candidate_pairs
from newsclust.similarity.features import ArticleFeatures
from newsclust.similarity.score import is_across, pair_features

MOST = 100_000
"""Pairs of two stories, and of one story, that a set is fitted on; of more a sample stands for all."""
CLOSE = {"dense": -0.05, "static": 0.0, "words": 0.35}
"""Features from which a candidate takes part in the fit: with all of them most pairs of two stories would be easy."""
OTHERS = 3.0
"""How much the pairs that do not belong together count, against those that do."""

Indices = NDArray[np.intp]
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Examples:
    """Pairs with features, how many pairs each stands for, and whether (or how far) they tell one story.

    `twins` marks pairs of two stories that a set calls of one kind (two earthquakes).
    """

    name: str
    first: Indices
    second: Indices
    features: dict[str, Floats]
    across: NDArray[np.bool_]
    counts: Floats
    target: Floats
    twins: NDArray[np.bool_]


def labelled_examples(
    name: str,
    articles: ArticleFeatures,
    stories: Indices,
    kinds: NDArray[np.str_] | None = None,
    *,
    unjudged: bool = False,
) -> Examples:
    """Candidates that are close in meaning or words, both articles judged, and every pair of one story.

    With `unjudged` also pairs of which one article is judged, as of two stories: who labels the stories of a stream
    leaves out what is in none, and a score that has never met that joins it.

    `stories` numbers each article's story (-1: not judged); `kinds` names the kind of event, where one is known.
    """
    first, second = _with_stories(candidate_pairs(articles), stories)
    known = stories >= 0
    judged = known[first] | known[second] if unjudged else known[first] & known[second]
    first, second = first[judged], second[judged]
    features = in_blocks(articles, first, second)
    one = (stories[first] == stories[second]) & known[first]
    near = np.any([features[feature] >= least for feature, least in CLOSE.items() if feature in features], axis=0)
    kept, counts = [], []
    random = np.random.default_rng(0)
    for part in (np.flatnonzero(one), np.flatnonzero(~one & near)):
        some = np.sort(random.permutation(part)[:MOST])
        kept.append(some)
        counts.append(np.full(len(some), len(part) / max(len(some), 1)))
    chosen = np.concatenate(kept)
    first, second = first[chosen], second[chosen]
    kinds = np.full(len(stories), "") if kinds is None else kinds
    return Examples(
        name,
        first,
        second,
        {feature: values[chosen] for feature, values in features.items()},
        is_across(articles, first, second),
        np.concatenate(counts),
        one[chosen].astype(np.float64),
        (kinds[first] == kinds[second]) & ~one[chosen] & (kinds[first] != ""),
    )


def weighted(
    example: Examples, names: Sequence[str], across: bool, *, natural: bool = False
) -> tuple[Floats, Floats, Floats] | None:
    """Features (m, names and a constant), targets and weights of the pairs in one language, or in two.

    Together the pairs of one story weigh 1, the others OTHERS, or where there are more and the weights are to be
    `natural` as many times more as there are. None where no pair tells one story.
    """
    here = example.across == across
    table = np.stack([example.features[name][here] for name in (*names, "constant")], axis=1)
    one, counts = example.target[here] > 0.5, example.counts[here]
    if not one.any():
        return None
    ones, others = counts[one].sum(), max(counts[~one].sum(), 1.0)
    share = max(OTHERS, others / ones) if natural else OTHERS
    weight = np.where(one, counts / ones, share * counts / others)
    return table, example.target[here], weight


def _with_stories(pairs: tuple[Indices, Indices], stories: Indices) -> tuple[Indices, Indices]:
    """The pairs, and all pairs of one story, each once."""
    judged = np.flatnonzero(stories >= 0)
    member = sparse.csr_matrix(
        (np.ones(len(judged)), (judged, stories[judged])), shape=(len(stories), stories.max(initial=-1) + 2)
    )
    same = sparse.triu(member @ member.T, k=1).tocoo()
    keys = np.concatenate((pairs[0] * len(stories) + pairs[1], same.row.astype(np.intp) * len(stories) + same.col))
    distinct = np.unique(keys)
    return distinct // len(stories), distinct % len(stories)


def in_blocks(articles: ArticleFeatures, first: Indices, second: Indices) -> dict[str, Floats]:
    """The features of many pairs."""
    step = 1 << 15
    starts = range(0, max(len(first), 1), step)
    blocks = [pair_features(articles, first[s : s + step], second[s : s + step]) for s in starts]
    return {name: np.concatenate([block[name] for block in blocks]) for name in blocks[0]}
