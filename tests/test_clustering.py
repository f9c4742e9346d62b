"""Pairs to events and stories: average link, dense cores, ties, chains, granularity."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from pair_lists import pairs_of
from scipy import sparse
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from newsclust.clustering import linkage as clustering
from newsclust.clustering.linkage import CORES_FROM, average_link, cluster, dense_cores, mean_weights
from newsclust.settings import GRANULARITY_STEP

Matrix = NDArray[np.float64]


def symmetric(size: int, seed: int, density: float = 1.0) -> Matrix:
    random = np.random.default_rng(seed)
    weights = np.triu(random.random((size, size)) * (random.random((size, size)) < density), 1)
    both: Matrix = weights + weights.T
    return both


def linked(weights: Matrix, cut: float = 0.5) -> list[int]:
    """Clusters by average link, each article on its own at first."""
    labels: list[int] = average_link(sparse.csr_matrix(weights), np.arange(len(weights)), cut).tolist()
    return labels


def grouped(labels: Any) -> set[frozenset[int]]:
    """The groups that labels make, whatever their numbers."""
    codes = np.asarray(labels)
    return {frozenset(np.flatnonzero(codes == code).tolist()) for code in set(codes.tolist())}


def blobs(count: int, size: int, inside: float, between: float) -> Matrix:
    """Dense groups one after the other, with one weight inside a group and another between two."""
    group = np.repeat(np.arange(count), size)
    weights = np.where(group[:, None] == group[None, :], inside, between)
    np.fill_diagonal(weights, 0.0)
    return weights


@settings(max_examples=150, deadline=None)
@given(
    size=st.integers(2, 40),
    seed=st.integers(0, 2**32 - 1),
    density=st.sampled_from([0.1, 0.4, 1.0]),
    cut=st.sampled_from([0.2, 0.5, 0.8]),
)
def test_average_link_is_the_one_of_scipy(size: int, seed: int, density: float, cut: float) -> None:
    weights = symmetric(size, seed, density) ** 0.5
    tree = linkage(squareform(1 - weights, checks=False), method="average")
    assert grouped(linked(weights, cut)) == grouped(fcluster(tree, 1 - cut, criterion="distance"))


@settings(max_examples=50, deadline=None)
@given(st.integers(2, 30), st.integers(0, 2**32 - 1))
def test_the_order_of_articles_changes_no_group(size: int, seed: int) -> None:
    weights = symmetric(size, seed, 0.5) ** 0.3
    order = np.random.default_rng(seed).permutation(size)
    moved = linked(weights[np.ix_(order, order)])
    assert {frozenset(order[list(group)].tolist()) for group in grouped(moved)} == grouped(linked(weights))


def test_of_two_equal_pairs_the_one_named_first_joins() -> None:
    weights = np.array([[0, 0.9, 0], [0.9, 0, 0.9], [0, 0.9, 0]])
    assert linked(weights) == [0, 0, 1]


@pytest.mark.parametrize("size", [2, 3, 7, 64])
def test_articles_that_are_all_alike_join_however_many_ties_there_are(size: int) -> None:
    assert linked(blobs(1, size, 0.7, 0.0)) == [0] * size


@pytest.mark.parametrize("size", [64, 256])
def test_copies_of_one_text_join_in_few_rounds(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    rounds = []
    reciprocal = clustering._reciprocal

    def counted(*arguments: Any) -> NDArray[np.intp]:
        rounds.append(len(arguments[1]))
        return reciprocal(*arguments)

    monkeypatch.setattr(clustering, "_reciprocal", counted)
    assert linked(blobs(1, size, 0.999, 0.0)) == [0] * size
    assert rounds == [2**power for power in range(size.bit_length() - 1, 0, -1)]


def test_of_equal_pairs_every_one_that_is_still_whole_joins_by_its_place() -> None:
    chain = np.diag([0.9] * 5, 1)
    assert linked(chain + chain.T) == [0, 0, 1, 1, 2, 2]


def test_a_mean_at_the_cut_joins_and_one_below_does_not() -> None:
    assert linked(np.array([[0, 0.5], [0.5, 0]])) == [0, 0]
    assert linked(np.array([[0, 0.4999], [0.4999, 0]])) == [0, 1]


def test_a_pair_that_was_not_compared_counts_as_nought() -> None:
    assert cluster(pairs_of({(0, 1): 0.9, (1, 2): 0.9}), 3).events.tolist() == [0, 0, 1]
    assert cluster(pairs_of({(0, 1): 0.9, (1, 2): 0.9, (0, 2): 0.2}), 3).events.tolist() == [0, 0, 0]


@pytest.mark.parametrize("size", [60, CORES_FROM + 100], ids=["small", "large enough for cores"])
@pytest.mark.parametrize("chance", [0.9, 0.999])
def test_a_chain_of_neighbours_is_not_swallowed(size: int, chance: float) -> None:
    chain = {(place, place + 1): chance for place in range(size - 1)}
    labels = cluster(pairs_of(chain), size)
    assert np.bincount(labels.events).max() <= 3
    assert np.bincount(labels.stories).max() <= 3


def test_a_large_component_falls_into_its_dense_cores() -> None:
    size = CORES_FROM // 4
    weights = sparse.csr_matrix(blobs(5, size, 0.999, 0.3))
    assert np.bincount(dense_cores(weights)).tolist() == [size] * 5
    assert np.bincount(average_link(weights, dense_cores(weights))).tolist() == [size] * 5


def test_average_link_goes_on_from_the_cores() -> None:
    size = CORES_FROM // 4
    weights = blobs(5, size, 0.999, 0.3)
    weights[:size, size : 2 * size] = weights[size : 2 * size, :size] = 0.8
    rows = sparse.csr_matrix(weights)
    assert np.bincount(average_link(rows, dense_cores(rows))).tolist() == [2 * size, size, size, size]


def test_articles_outside_the_cores_keep_to_themselves_or_join_by_their_mean() -> None:
    size = CORES_FROM // 2
    weights = np.zeros((2 * size + 2, 2 * size + 2))
    weights[: 2 * size, : 2 * size] = blobs(2, size, 0.999, 0.1)
    weights[:size, -2] = weights[-2, :size] = 0.7
    weights[:size, -1] = weights[-1, :size] = 0.3
    rows = sparse.csr_matrix(weights)
    labels = average_link(rows, dense_cores(rows))
    assert labels[-2] == labels[0]
    assert labels[-1] not in labels[:-1]


def test_small_components_have_no_cores_however_many_there_are() -> None:
    size = CORES_FROM // 3
    weights = sparse.csr_matrix(blobs(6, size, 0.999, 0.0))
    assert dense_cores(weights).tolist() == list(range(6 * size))


def test_equal_texts_and_certain_pairs_do_not_disturb_the_cores() -> None:
    weights = sparse.csr_matrix(blobs(2, CORES_FROM, 1 - 1e-12, 0.2))
    assert np.bincount(dense_cores(weights)).tolist() == [CORES_FROM] * 2


def test_stories_join_whole_events() -> None:
    event = {(0, 1): 0.9, (2, 3): 0.9, (1, 2): 0.1, (0, 2): 0.1, (0, 3): 0.1, (1, 3): 0.1}
    labels = cluster(pairs_of(event, {pair: max(chance, 0.6) for pair, chance in event.items()}), 5)
    assert labels.events.tolist() == [0, 0, 1, 1, 2]
    assert labels.stories.tolist() == [0, 0, 0, 0, 1]


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 25), st.integers(0, 2**32 - 1))
def test_no_event_lies_in_two_stories_and_labels_count_up_from_the_first_article(size: int, seed: int) -> None:
    event, story = symmetric(size, seed, 0.6), symmetric(size, seed + 1, 0.6)
    ends = [(a, b) for a in range(size) for b in range(a + 1, size) if event[a, b] or story[a, b]]
    labels = cluster(
        pairs_of({p: event[p] * 0.98 + 0.01 for p in ends}, {p: story[p] * 0.98 + 0.01 for p in ends}), size
    )
    assert len(set(zip(labels.events.tolist(), labels.stories.tolist(), strict=True))) == len(set(labels.events))
    for found in (labels.events, labels.stories):
        assert list(dict.fromkeys(found.tolist())) == list(range(len(set(found.tolist()))))


def test_granularity_moves_both_cuts() -> None:
    likely, unlikely = pairs_of({(0, 1): 0.6}), pairs_of({(0, 1): 0.4})
    assert cluster(likely, 2).events.tolist() == cluster(likely, 2).stories.tolist() == [0, 0]
    assert cluster(unlikely, 2).events.tolist() == cluster(unlikely, 2).stories.tolist() == [0, 1]
    assert cluster(likely, 2, GRANULARITY_STEP).stories.tolist() == [0, 1]
    assert cluster(unlikely, 2, -GRANULARITY_STEP).stories.tolist() == [0, 0]


@given(st.floats(0.001, 0.999))
def test_two_articles_once_apart_stay_apart_at_any_finer_granularity(chance: float) -> None:
    stories = [int(cluster(pairs_of({(0, 1): chance}), 2, step).stories.max()) for step in (-1.5, -0.75, 0, 0.75, 1.5)]
    assert stories == sorted(stories)


@pytest.mark.parametrize("size", [0, 1, 5])
def test_without_pairs_every_article_is_alone(size: int) -> None:
    labels = cluster(pairs_of({}), size)
    assert labels.events.tolist() == labels.stories.tolist() == list(range(size))


def cliques(size: int, *groups: dict[tuple[int, ...], float], between: float = 0.3) -> sparse.csr_matrix:
    """All pairs at `between`, and those inside each group at its weight."""
    weights = np.full((size, size), between)
    for group in groups:
        for members, weight in group.items():
            for one in members:
                weights[one, list(members)] = weight
    np.fill_diagonal(weights, 0.0)
    return sparse.csr_matrix(weights)


@pytest.fixture
def cores_in_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look for cores in components of 6 to 8 articles."""
    monkeypatch.setattr(clustering, "CORES_FROM", 6)
    monkeypatch.setattr(clustering, "CORES_UP_TO", 8)


@pytest.mark.parametrize(("size", "looked_for"), [(5, False), (6, True), (8, True), (9, False)])
def test_cores_are_looked_for_in_components_of_these_sizes(cores_in_small: None, size: int, looked_for: bool) -> None:
    found = dense_cores(cliques(size, {(0, 1, 2): 0.999}))
    assert found.tolist() == ([0, 0, 0, *range(1, size - 2)] if looked_for else [*range(size)])


def test_a_core_needs_two_neighbours_that_are_all_but_certain(cores_in_small: None) -> None:
    assert grouped(dense_cores(cliques(8, {(0, 1): 0.999, (2, 3, 4): 0.996, (5, 6, 7): 0.994}))) == {
        frozenset(group) for group in ({0}, {1}, {2, 3, 4}, {5}, {6}, {7})
    }


def test_all_of_a_component_may_be_one_core(cores_in_small: None) -> None:
    assert dense_cores(cliques(7, between=0.999)).tolist() == [0] * 7


@pytest.mark.parametrize(("third", "stays"), [(0.6, True), (0.5, True), (0.4, False), (0.0, False)])
def test_a_member_stays_in_its_core_where_its_mean_weight_is_at_least_half(
    cores_in_small: None, third: float, stays: bool
) -> None:
    # Five that are one core, and one that is sure of two of them: its mean is (1 + 1 + third) / 5.
    weights = cliques(6, {(0, 1, 2, 3, 4): 1.0}, between=0.0).tolil()
    for other, weight in ((0, 1.0), (1, 1.0), (2, third)):
        weights[5, other] = weights[other, 5] = weight
    assert dense_cores(weights.tocsr()).tolist() == [0, 0, 0, 0, 0, 0 if stays else 1]


def test_two_components_have_cores_of_their_own(cores_in_small: None) -> None:
    weights = np.zeros((12, 12))
    for start in (0, 6):
        weights[start : start + 6, start : start + 6] = cliques(6, {(0, 1, 2): 0.999}).toarray()
    assert dense_cores(sparse.csr_matrix(weights)).tolist() == [0, 0, 0, 1, 2, 3, 4, 4, 4, 5, 6, 7]


def test_two_that_each_have_a_second_sure_neighbour_are_a_core_though_those_are_none(cores_in_small: None) -> None:
    chain = cliques(8, {(2, 3): 0.999}, {(3, 4): 0.999}, {(4, 5): 0.999})
    assert dense_cores(chain).tolist() == [0, 1, 2, 3, 3, 4, 5, 6]


def test_the_mean_weight_of_two_clusters_counts_members_that_are_no_pair() -> None:
    pairs = pairs_of({(0, 1): 0.9, (0, 2): 0.6, (1, 3): 0.2, (2, 4): 0.5})
    rows, means = mean_weights(pairs, np.array([0.9, 0.6, 0.2, 0.5]), np.array([0, 0, 1, 1, 2]))
    assert rows.tolist() == [0, 1, 1, 2]
    assert means == pytest.approx([0.8 / 4, 0.8 / 4, 0.5 / 2, 0.5 / 2])
    alone, between = mean_weights(pairs, np.array([0.9, 0.6, 0.2, 0.5]), np.arange(5))
    assert alone.tolist() == [0, 0, 1, 1, 2, 2, 3, 4]
    assert between.tolist() == [0.9, 0.6, 0.9, 0.2, 0.6, 0.5, 0.2, 0.5]
