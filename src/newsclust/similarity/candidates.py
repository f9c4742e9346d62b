"""Which pairs of articles are worth scoring.

Each article brings its best partners: by vector, words and date, and among the articles that share a rare word, name
or phonetic key with it. Of more than EXACT_UP_TO articles those near by vector are looked for where they are likely.
What is no candidate is scored all the same where it decides (`clustering.measure`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from newsclust.execution.executor import IN_PROCESS, Executor
from newsclust.similarity.calibration import load_calibrations
from newsclust.similarity.features import ArticleFeatures
from newsclust.similarity.inverted_file import SEARCHED, Neighbourhood, neighbourhoods
from newsclust.similarity.score import Indices, date_effect, fitting_calibration
from newsclust.similarity.sparse_features import SparseRows
from newsclust.text.letter_shingles import distinct

NEAR_DENSE = 0.1
NEAR_STATIC = 0.0
NEAR_WORDS = 0.05
"""Cosines from which a pair is scored; the last one holds for rare words, names and phonetic keys alike."""
KEPT_PIECES = 48
"""Heaviest tokens of an article that look for candidates."""

EXACT_UP_TO = 4_000
"""Distinct texts up to which partners by vector are looked for among all: 8 million products, a second."""
CELLS_OF_DENSE = 48
"""Cells in which partners by the transformer's vectors are looked for, more than by static ones: who runs it waits for
that, and reports in two languages may share nothing else."""
BEST_BY_VECTOR = 64
"""Candidates by vector and words together that each article asks for. On 9,000 articles of the pile in
`docs/decisions/candidates.md` 32, 64 and 128 give stories of one quality; where stories have 200 members 128 gives .03
more, and takes twice the time."""
BEST_ACROSS = 16
"""Candidates by vector in other languages that each article asks for besides: in large company all of the others are in
its own, whose words are shared. Of `real_hour` among 41,000 articles three stories lost a member without."""
BEST_BY_TERM = 16
"""Candidates by rare words that each article asks for; and as many by names and by phonetic keys."""
RARE = 200
"""Articles that may have a token, name or phonetic key that looks for candidates."""

_ROWS_AT_ONCE = 512
_PRODUCTS_AT_ONCE = _ROWS_AT_ONCE * EXACT_UP_TO
_HEAVIEST_AT_ONCE = 8192
_ROUNDING = 1e-5
"""A matrix product rounds a pair differently in other company."""


def candidate_pairs(
    articles: ArticleFeatures, executor: Executor = IN_PROCESS, asking: Indices | None = None
) -> tuple[Indices, Indices]:
    """The best partners of each article, or of those that are `asking`: by vector, rare words, names and phonetic keys.

    Each pair once with first < second, sorted: two arrays of shape (m,). m grows as the number of articles does.
    """
    heavy = heaviest(articles.words, KEPT_PIECES, executor)
    size = len(articles)
    keys = np.zeros(0, np.int64)
    waiting: list[NDArray[np.int64]] = []
    for ours, theirs in _searches(articles, heavy, executor, asking):
        low, high = np.minimum(ours, theirs), np.maximum(ours, theirs)
        waiting.append((low.astype(np.int64) * size + high)[low < high])
        if sum(map(len, waiting)) > len(keys) + size:  # so that what repeats never takes more than what is kept
            keys, waiting = distinct(np.concatenate((keys, *waiting))), []
    keys = distinct(np.concatenate((keys, *waiting)))
    return (keys // size).astype(np.intp), (keys % size).astype(np.intp)


def _blocks(size: int, rows: int = _ROWS_AT_ONCE) -> list[slice]:
    """All rows, block by block."""
    return [slice(start, min(start + rows, size)) for start in range(0, size, rows)]


def _searches(
    articles: ArticleFeatures, heavy: SparseRows, executor: Executor, asking: Indices | None
) -> Iterator[tuple[Indices, Indices]]:
    everything = np.arange(len(articles))
    asked = everything if asking is None else asking
    for space in ("static",) if articles.dense is None else ("static", "dense"):
        exactly = asking is not None or len(articles) <= EXACT_UP_TO
        searched = CELLS_OF_DENSE if space == "dense" else SEARCHED
        areas = _every(asked, everything) if exactly else neighbourhoods(getattr(articles, space), searched=searched)
        yield from executor.map(partial(_best_inside, space=space), areas, articles, heavy)
    for terms in (heavy, articles.names, articles.phonetic):
        rare = _rare(terms)
        yield from executor.map(_best_by_term, [asked[rows] for rows in _blocks(len(asked))], rare, rare.T.tocsr())


def _every(asked: Indices, everything: Indices) -> Iterable[Neighbourhood]:
    """All articles around those that are asked for, some of these at a time."""
    at_once = max(1, min(_ROWS_AT_ONCE, _PRODUCTS_AT_ONCE // max(1, len(everything))))
    return [Neighbourhood(asked[rows], everything) for rows in _blocks(len(asked), at_once)]


def _best_inside(
    area: Neighbourhood, articles: ArticleFeatures, heavy: SparseRows, space: str
) -> tuple[Indices, Indices]:
    """The best partners of the articles of one cell: by cosine, as the score corrects it, by words and by dates."""
    vectors, density = articles.space(space)
    least = NEAR_STATIC if space == "static" else NEAR_DENSE
    ours, theirs = area.inside, area.around
    cosines = vectors[ours] @ vectors[theirs].T
    products = (heavy[ours] @ heavy[theirs].T).tocoo()
    words = np.zeros_like(cosines)
    words[products.row, products.col] = products.data
    near = (cosines >= least) | (words >= NEAR_WORDS)
    worth = cosines - density[theirs] / 2 + np.sqrt(words)
    if np.isfinite(articles.days[ours]).any():
        # What dates far apart take from the log odds, as the cosine that adds as much: in an archive of years the best
        # partners are looked for in their own weeks.
        calibration = fitting_calibration(articles) if space == "dense" else load_calibrations()["static"]
        weights = calibration.event
        steepest = max(weights.within.get(space, 0.0), weights.across.get(space, 0.0)) or 1.0
        worth += date_effect(articles, ours[:, None], theirs[None, :], weights) / steepest
    near &= ours[:, None] != theirs
    own_columns = np.searchsorted(theirs, ours)
    across = articles.languages[ours][:, None] != articles.languages[theirs]
    best = _best(worth, near, BEST_BY_VECTOR, own_columns) | _best(worth, near & across, BEST_ACROSS, own_columns)
    row, column = np.nonzero(best)
    return ours[row], theirs[column]


def _best(
    worth: NDArray[np.floating[Any]], near: NDArray[np.bool_], most: int, own_columns: Indices
) -> NDArray[np.bool_]:
    """The `most` of those near each row that are worth most, and of equals some; `own_columns` are their own."""
    if worth.shape[1] <= most:
        return near
    worth = np.where(near, worth, -np.inf)
    last = np.partition(worth, -most, axis=1)[:, -most][:, None]
    better, equal = worth > last + _ROUNDING, worth >= last - _ROUNDING
    return near & (better | _next_equals(equal & ~better, own_columns, most))


def _next_equals(equal: NDArray[np.bool_], own_columns: Indices, most: int) -> NDArray[np.bool_]:
    """Up to `most` of the equals in each row: those next to the row's own column, and around the end.

    The first of all would do for a few, but of thousands that are all alike they would be everyone's partners, and the
    others nobody's.
    """
    if np.count_nonzero(equal, axis=1).max() <= most:
        return equal
    passed = np.cumsum(equal, axis=1, dtype=np.int32)
    own = np.take_along_axis(passed, own_columns[:, None], axis=1)
    return equal & ((passed - 1 - own) % np.maximum(passed[:, -1:], 1) < most)


def _rare(terms: SparseRows) -> SparseRows:
    """The terms that at most RARE articles have."""
    often = np.bincount(terms.indices, minlength=terms.shape[1])
    kept = often[terms.indices] <= RARE
    rows = np.repeat(np.arange(terms.shape[0]), np.diff(terms.indptr))
    return sparse.csr_matrix((terms.data[kept], (rows[kept], terms.indices[kept])), shape=terms.shape)


def _best_by_term(rows: Indices, rare: SparseRows, having: SparseRows) -> tuple[Indices, Indices]:
    """The partners of some articles that share the most."""
    products = (rare[rows] @ having).tocoo()
    row, column, worth = products.row, products.col, products.data
    kept = (worth >= NEAR_WORDS) & (rows[row] != column)
    row, column, worth = row[kept], column[kept], worth[kept]
    order = np.lexsort((column, -worth, row))
    row, column = row[order], column[order]
    rank = np.arange(len(row)) - np.searchsorted(row, row)
    best = rank < BEST_BY_TERM
    return rows[row[best]], column[best].astype(np.intp)


def heaviest(words: SparseRows, kept: int, executor: Executor = IN_PROCESS) -> SparseRows:
    """The `kept` greatest weights of each row, the first of equals; `words` has sorted indices."""
    parts = list(executor.map(_heaviest_entries, _blocks(words.shape[0], _HEAVIEST_AT_ONCE), words, kept))
    chosen = np.concatenate(parts) if parts else np.zeros(0, np.intp)
    counts = np.minimum(np.diff(words.indptr), kept)
    rows = np.repeat(np.arange(len(counts)), counts)
    return sparse.csr_matrix((words.data[chosen], (rows, words.indices[chosen])), shape=words.shape)


def _heaviest_entries(rows: slice, words: SparseRows, kept: int) -> Indices:
    """Where the chosen entries of some rows stand, row by row."""
    ends = words.indptr[rows.start : rows.stop + 1]
    counts = np.diff(ends)
    local = np.repeat(np.arange(len(counts)), counts)
    order = np.lexsort((-words.data[ends[0] : ends[-1]], local))  # stable: equals stay in the order of their indices
    rank = np.arange(len(order)) - (ends[:-1] - ends[0])[local]
    entries: Indices = order[rank < kept].astype(np.intp) + int(ends[0])
    return entries
