"""An article's vector: what the transformer makes of its text, and of its headline alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from newsclust.articles import Article
from newsclust.encoders.base import Embeddings, Encoder, Say, unit_rows
from newsclust.encoders.vector_cache import cached_encode
from newsclust.execution.progress import Advance
from newsclust.languages.compared import as_compared

HEADLINE = 0.6
"""What the headline's vector weighs beside the text's. A headline says what is new, where the beginning of a text goes
on to what is known (docs/decisions/score.md)."""


def encode_articles(
    encoder: Encoder, articles: Sequence[Article], *, progress: Advance | None = None, say: Say | None = None
) -> Embeddings:
    """One vector an article: unit rows (len(articles), encoder.dimensions), from the vector cache where it has them.

    A title is read as the headline only: it takes none of the text's tokens. Raises ModelError when the encoder gives
    vectors of the wrong shape.
    """
    compared = list(map(as_compared, articles))
    told = [article.text if article.text.strip() else article.headline for article in compared]
    texts = cached_encode(encoder, told, progress=progress, say=say)
    titles = cached_encode(encoder, [article.headline for article in compared])
    return Embeddings(unit_rows(texts.vectors + np.float32(HEADLINE) * titles.vectors), texts.model_id)
