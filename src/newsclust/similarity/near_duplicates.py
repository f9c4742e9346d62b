"""Wire copies: articles that repeat another's text, word for word or nearly."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph

from newsclust.articles import Article
from newsclust.execution.executor import IN_PROCESS, Work
from newsclust.similarity.features import ArticleFeatures
from newsclust.similarity.score import Pairs, is_across, word_cosines

COMPARED_FROM = 0.5
"""TF-IDF cosine from which two texts of one language are compared word by word. Only a filter: a report cut to its
first half is a copy too. On ecbplus 85 pairs share enough runs, 31 of them above 0.85 and 83 above 0.5, all of one
story; between 0.3 and 0.5 stand ten times as many pairs as above."""
SHARED_RUNS = 0.6
"""Share of the shorter text's five-word runs (shingles, Broder 1997) that the longer one must hold. One changed word
breaks five runs: a copy with a new dateline, lead and one rewritten sentence keeps about 0.7, an independent report of
one event under 0.05."""
RUN = 5
SHORTEST = 8
"""Words below which a text is too short to be told a near copy by its runs."""
BRIEF = 200
"""Characters below which a text is told a copy together with its title: what stands in the place of a text that is not
there ("Subscribe to continue reading") says nothing of the article."""


def same_text(articles: Sequence[Article]) -> NDArray[np.intp]:
    """Each article's row among the distinct texts (case and spaces aside), by first appearance: shape (n,)."""
    rows: dict[bytes, int] = {}
    return np.array([rows.setdefault(fingerprint(article), len(rows)) for article in articles], np.intp)


def fingerprint(article: Article) -> bytes:
    """What two word-for-word copies share: 32 bytes."""
    text = " ".join(_told(article).casefold().split())
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def near_copies(
    articles: Sequence[Article], features: ArticleFeatures, pairs: Pairs, work: Work = IN_PROCESS
) -> NDArray[np.bool_]:
    """Which of the pairs are near copies: shape (len(pairs),)."""
    copies = np.zeros(len(pairs), bool)
    within = np.flatnonzero(~is_across(features, pairs.first, pairs.second))
    close = within[word_cosines(features, pairs.first[within], pairs.second[within], work) >= COMPARED_FROM]
    places = np.unique(np.concatenate((pairs.first[close], pairs.second[close]))).tolist()
    runs = {place: _runs(_told(articles[place])) for place in places}
    for pair in close.tolist():
        ours, theirs = runs[int(pairs.first[pair])], runs[int(pairs.second[pair])]
        smaller = min(len(ours), len(theirs))
        copies[pair] = smaller > 0 and len(ours & theirs) >= SHARED_RUNS * smaller
    return copies


def whose_copies(
    articles: Sequence[Article], rows: NDArray[np.intp], pairs: Pairs, copies: NDArray[np.bool_]
) -> NDArray[np.intp]:
    """The place of the article that each one repeats, its own for an original: the earliest of its group, then by id.

    `rows` holds each article's row among the distinct texts, `copies` which of their `pairs` are near copies.
    """
    distinct = int(rows.max(initial=-1)) + 1
    edges = (np.ones(int(copies.sum())), (pairs.first[copies], pairs.second[copies]))
    _, groups = csgraph.connected_components(sparse.csr_matrix(edges, shape=(distinct, distinct)), directed=False)
    best: dict[int, int] = {}
    for place, row in enumerate(rows.tolist()):
        group = int(groups[row])
        if group not in best or _age(articles[place]) < _age(articles[best[group]]):
            best[group] = place
    return np.array([best[int(groups[row])] for row in rows.tolist()], np.intp)


def _age(article: Article) -> tuple[float, str]:
    return (article.published.timestamp() if article.published else float("inf"), article.id)


def _told(article: Article) -> str:
    """What a copy repeats: the text, whatever headline another paper gives it; of a brief one the title too."""
    return article.body if len(article.text) < BRIEF else article.text


def _runs(text: str) -> frozenset[int]:
    words = text.casefold().split()
    if len(words) < SHORTEST:
        words = list("".join(words))  # a script without spaces: runs of characters
    runs = (" ".join(words[start : start + RUN]) for start in range(len(words) - RUN + 1))
    # crc32 and not hash(), which differs from run to run.
    return frozenset(zlib.crc32(run.encode("utf-8", "surrogatepass")) for run in runs)
