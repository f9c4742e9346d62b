"""An article's vector: what the transformer makes of its text, and of its headline alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from newsclust.articles import Article
from newsclust.encoders.base import Embeddings, Encoder, Say, unit_rows
from newsclust.encoders.vector_cache import cached_encode
from newsclust.execution.progress import Advance
from newsclust.languages.compared import as_compared

HEADLINE = 0.4
"""What the headline's vector weighs beside the text's. A headline says what is new, where the beginning of a text goes
on to what is known. On `real_hour` 0.2, 0.4, 0.6 and 1 rank pairs across languages at an average precision of .845,
.852, .854 and .849; the text alone .828."""


def encode_articles(
    encoder: Encoder, articles: Sequence[Article], *, progress: Advance | None = None, say: Say | None = None
) -> Embeddings:
    """One vector an article: unit rows (len(articles), encoder.dimensions), from the vector cache where it has them.

    Raises ModelError when the encoder gives vectors of the wrong shape.
    """
    compared = list(map(as_compared, articles))
    texts = cached_encode(encoder, [article.body for article in compared], progress=progress, say=say)
    headlines = cached_encode(encoder, [article.headline for article in compared])
    return Embeddings(unit_rows(texts.vectors + np.float32(HEADLINE) * headlines.vectors), texts.model_id)
