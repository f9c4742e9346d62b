"""Articles described by statistics that have not seen their set.

A whitening makes reports of the stories it was fitted on more alike than reports of others, and topics stand nearer to
the articles they were made from. Coefficients fitted on such cosines would trust the vectors too much, and names and
words too little. So each set takes part in a fit as statistics of the other sets describe it (cross-fitting, as in
stacked generalisation, Wolpert 1992). Weights of words and names, and the static vectors, are learnt without labels
and stay as shipped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from build_background import Vectors, as_articles, dense_items, dense_space, read_items
from gold_sets import LABELLED, TRANSLATIONS, GoldArticles

from newsclust.calibrating.statistics import topics
from newsclust.encoders.base import unit_rows
from newsclust.similarity.background import Space, load_background
from newsclust.similarity.features import ArticleFeatures


def items() -> dict[str, Vectors]:
    """Vectors of the parallel items by language."""
    return dense_items({code: as_articles(code, texts) for code, texts in read_items().items()})


@dataclass(frozen=True, eq=False, slots=True)
class Spaces:
    """What some sets say of the two vector spaces."""

    dense: Space
    whitening: Vectors
    static: Space


def spaces_of(
    others: Sequence[GoldArticles], features: Mapping[str, ArticleFeatures], parallel: Mapping[str, Vectors]
) -> Spaces:
    """The spaces by statistics of the `others`, which have these features."""
    dense, whitening = dense_space([other for other in others if other.name in LABELLED], others, parallel)
    news = [features[other.name].static for other in others if other.name not in TRANSLATIONS]
    static = replace(load_background().static, topics=topics(np.concatenate(news)))
    return Spaces(dense, whitening, static)


def described_by(spaces: Spaces, gold: GoldArticles, known: ArticleFeatures) -> ArticleFeatures:
    """The features of a set by spaces that have not seen it; `known` are its own as shipped."""
    dense = unit_rows(spaces.dense.centred(gold.vectors, gold.languages, known.brevity) @ spaces.whitening)
    dense[~known.readable] = 0
    held_out = replace(known, static_density=spaces.static.density(known.static))
    return held_out.with_dense(dense, known.model_id, spaces.dense.density(dense))
