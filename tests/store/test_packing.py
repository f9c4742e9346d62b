from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from newsclust.store.packing import (
    pack_heavy,
    pack_sparse,
    pack_vectors,
    unpack_heavy,
    unpack_sparse,
    unpack_vectors,
)

seeds = st.integers(0, 1000)


def some_rows(seed: int, width: int = 250_000) -> Any:
    rows: Any = sparse.random(5, width, density=60 / width, format="csr", rng=np.random.default_rng(seed))
    return rows.astype(np.float32)


@given(seeds)
def test_sparse_rows_come_back_with_their_columns_and_nearly_their_weights(seed: int) -> None:
    one, other = some_rows(seed), some_rows(seed + 1, 131_072)
    first, second = unpack_sparse(pack_sparse([one, other]), [one.shape[1], other.shape[1]])
    for before, after in ((one, first), (other, second)):
        assert after.shape == before.shape
        assert abs(before - after).max() <= before.max() / 255
        assert (np.diff(after.indptr) == np.diff(before.indptr)).all()


def test_empty_rows_come_back_empty() -> None:
    empty = sparse.csr_matrix(np.zeros((3, 10), np.float32))
    (found,) = unpack_sparse(pack_sparse([empty]), [10])
    assert found.shape == (3, 10)
    assert found.nnz == 0
    assert unpack_heavy(pack_heavy(empty, 4), 10).nnz == 0


@given(seeds)
def test_the_heaviest_weights_are_kept(seed: int) -> None:
    rows = some_rows(seed)
    found = unpack_heavy(pack_heavy(rows, 7), rows.shape[1])
    for row in range(5):
        before, after = rows[row].toarray().ravel(), found[row].toarray().ravel()
        np.testing.assert_allclose(np.sort(after)[-7:], np.sort(before)[-7:], rtol=1e-3)
        assert np.count_nonzero(after) <= 7


def test_packing_twice_changes_nothing_more() -> None:
    vectors = np.random.default_rng(2).normal(size=(4, 9)).astype(np.float32)
    once = unpack_vectors(pack_vectors(vectors), 9)
    np.testing.assert_array_equal(unpack_vectors(pack_vectors(once), 9), once)
    np.testing.assert_allclose(once, vectors, rtol=1e-3)
