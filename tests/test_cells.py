"""Near vectors among many: found without comparing all with all, and the same every time."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from newsclust.similarity import inverted_file as cells
from newsclust.similarity.inverted_file import neighbourhoods


def groups(count: int, size: int) -> NDArray[np.float32]:
    """`count` groups of `size` near unit vectors, far from each other."""
    generator = np.random.default_rng(7)
    centres = np.repeat(generator.normal(size=(count, 32)), size, axis=0)
    vectors = centres + 0.1 * generator.normal(size=centres.shape)
    unit: NDArray[np.float32] = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return unit


@pytest.mark.parametrize("size", [1, 2, 300])
def test_every_vector_is_compared_once_with_itself_among_others(size: int) -> None:
    areas = list(neighbourhoods(groups(size, 1)))
    assert sorted(place for area in areas for place in area.inside.tolist()) == list(range(size))
    assert all(set(area.inside.tolist()) <= set(area.around.tolist()) for area in areas)


def test_vectors_of_one_group_are_compared_with_each_other() -> None:
    vectors = groups(100, 8)
    met = sum(
        np.count_nonzero(area.around // 8 == place // 8)
        for area in neighbourhoods(vectors, searched=4)
        for place in area.inside
    )
    assert met >= 0.99 * len(vectors) * 8


def test_few_of_all_pairs_are_compared() -> None:
    vectors = groups(500, 4)
    compared = sum(len(area.inside) * len(area.around) for area in neighbourhoods(vectors, searched=4))
    assert compared < 0.25 * len(vectors) ** 2


def test_equal_vectors_give_equal_neighbourhoods() -> None:
    vectors = groups(60, 5)
    first, second = (
        [(area.inside.tolist(), area.around.tolist()) for area in neighbourhoods(given)] for given in (vectors, vectors)
    )
    assert first == second


def test_vectors_that_are_all_alike_are_compared() -> None:
    vectors = np.zeros((50, 8), np.float32)
    assert sum(len(area.inside) for area in neighbourhoods(vectors)) == 50


def test_a_cell_that_holds_nearly_all_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    """Vectors that are all alike fall into one cell, which would be compared with itself as a whole."""
    vectors = np.concatenate([np.repeat(groups(1, 1), 3000, axis=0), groups(600, 1)])
    areas = list(neighbourhoods(vectors))
    assert max(len(area.inside) for area in areas) <= cells.LARGEST * 60
    assert max(len(area.around) for area in areas) <= cells.SEARCHED * cells.LARGEST * 60
    monkeypatch.setattr(cells, "_PRODUCTS_AT_ONCE", 5000)
    blocks = list(neighbourhoods(vectors))
    assert all(len(block.inside) * len(block.around) <= 5000 for block in blocks)
    around = {place: area.around.tolist() for area in areas for place in area.inside.tolist()}
    assert {place: block.around.tolist() for block in blocks for place in block.inside.tolist()} == around
    assert len(around) == len(vectors)
