"""Near vectors among many without comparing all with all: an inverted file (Sivic and Zisserman 2003).

Seeded k-means puts the vectors into cells, about as many as the square root of their number; the vectors of a cell are
compared with those of the cells nearest to it. Time grows as n^1.5, in products of a few hundred rows; the same
vectors give the same answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

SEED = 0
SEARCHED = 16
"""Cells that the vectors of one are compared with, its own among them."""
SAMPLE_PER_CELL = 40
ROUNDS = 6
"""k-means on 40 vectors a cell: faiss trains on 39 to 256, and more rounds move few vectors."""
LARGEST = 8
"""Times the average that a cell may hold: a larger one, as vectors that are all alike make, is cut in the order of
their indices. Of 73,000 articles in 23 languages the largest holds 4."""

_ROWS_AT_ONCE = 4096
_PRODUCTS_AT_ONCE = 1 << 23

Vectors = NDArray[np.float32]
Indices = NDArray[np.intp]


@dataclass(frozen=True, eq=False, slots=True)
class Neighbourhood:
    """Vectors of one cell, by index, and those that they are compared with, both in order."""

    inside: Indices
    around: Indices


def neighbourhoods(vectors: Vectors, *, searched: int = SEARCHED) -> Iterator[Neighbourhood]:
    """Every vector (n, d) once as `inside`, cell by cell, with all that are worth comparing with it.

    A neighbourhood stands for at most 8 million products, or one row of them.
    """
    centres = _centres(vectors)
    members, cells = _bounded(_members(vectors, centres))
    likeness = (centres @ centres.T)[cells][:, cells]
    np.fill_diagonal(likeness, np.inf)
    for cell, inside in enumerate(members):
        near = np.argsort(-likeness[cell], kind="stable")[:searched]
        around = np.sort(np.concatenate([members[other] for other in near]))
        rows = max(1, _PRODUCTS_AT_ONCE // len(around))
        for start in range(0, len(inside), rows):
            yield Neighbourhood(inside[start : start + rows], around)


def _members(vectors: Vectors, centres: Vectors) -> list[Indices]:
    """The vectors of each cell: by index, in order."""
    cell_of = _nearest(vectors, centres)
    order = np.argsort(cell_of, kind="stable")
    return np.split(order, np.searchsorted(cell_of[order], np.arange(1, len(centres))))


def _bounded(members: list[Indices]) -> tuple[list[Indices], Indices]:
    """The cells that hold any, in parts of at most LARGEST times the average; and which cell each part is of."""
    most = LARGEST * max(1, round(sum(map(len, members)) / len(members)))
    parts = [(cell, start) for cell, some in enumerate(members) for start in range(0, len(some), most)]
    return [members[cell][start : start + most] for cell, start in parts], np.array([cell for cell, _ in parts])


def _centres(vectors: Vectors) -> Vectors:
    """Unit rows in the middle of the cells: k-means by cosine (Dhillon and Modha 2001) on a sample."""
    cells = max(1, round(len(vectors) ** 0.5))
    generator = np.random.default_rng(SEED)
    chosen = generator.permutation(len(vectors))[: cells * SAMPLE_PER_CELL]
    sample = vectors[chosen]
    centres = sample[:cells].copy()
    ones = np.ones(len(sample), np.float32)
    for _ in range(ROUNDS):
        cell_of = _nearest(sample, centres)
        member = sparse.csr_matrix((ones, cell_of, np.arange(len(sample) + 1)), shape=(len(sample), len(centres)))
        sums = member.T @ sample
        lengths = np.linalg.norm(sums, axis=1, keepdims=True)
        # An empty cell keeps its centre.
        centres = np.where(lengths > 0, sums / np.where(lengths > 0, lengths, 1), centres).astype(np.float32)
    return centres


def _nearest(vectors: Vectors, centres: Vectors) -> Indices:
    starts = range(0, len(vectors), _ROWS_AT_ONCE)
    parts: list[Any] = [(vectors[start : start + _ROWS_AT_ONCE] @ centres.T).argmax(axis=1) for start in starts]
    return np.concatenate(parts)
