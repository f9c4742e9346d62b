"""Pairs to events and stories: average link, pairs that are no candidates, ties, chains, granularity."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
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
from newsclust.clustering.linkage import Labelling, Links, average_link, cluster
from newsclust.settings import GRANULARITY_STEP
from newsclust.similarity.score import Pairs

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
    reciprocal = clustering._Between.reciprocal

    def counted(between: Any, cut: float) -> NDArray[np.intp]:
        rounds.append(len(between.sizes))
        return reciprocal(between, cut)

    monkeypatch.setattr(clustering._Between, "reciprocal", counted)
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


@pytest.mark.parametrize("size", [60, 400])
@pytest.mark.parametrize("probability", [0.9, 0.999])
def test_a_chain_of_neighbours_is_not_swallowed(size: int, probability: float) -> None:
    chain = {(place, place + 1): probability for place in range(size - 1)}
    labels = cluster(pairs_of(chain), size)
    assert np.bincount(labels.events).max() <= 3
    assert np.bincount(labels.stories).max() <= 3


def knows(probabilities: Matrix) -> Callable[[NDArray[np.intp], NDArray[np.intp]], Pairs]:
    """Scores any pair, the same for an event and a story."""

    def score(first: NDArray[np.intp], second: NDArray[np.intp]) -> Pairs:
        odds = np.log(probabilities[first, second] / (1 - probabilities[first, second]))
        return Pairs(first, second, odds, odds, *np.zeros((2, len(first))))

    return score


def best_partners(probabilities: Matrix, most: int) -> Pairs:
    """The pairs of each article with those that it is most surely one with."""
    order = np.argsort(-probabilities, axis=1, kind="stable")[:, :most]
    pairs = {(min(a, b), max(a, b)) for a, row in enumerate(order.tolist()) for b in row}
    return pairs_of({(a, b): float(probabilities[a, b]) for a, b in sorted(pairs)})


@pytest.mark.parametrize("size", [30, 300])
def test_a_story_joins_however_few_partners_each_of_its_articles_brings(size: int) -> None:
    probabilities = np.clip(blobs(2, size, 0.8, 0.1), 0.01, 0.99)
    labels = cluster(best_partners(probabilities, 8), 2 * size, score=knows(probabilities))
    assert np.bincount(labels.events).tolist() == [size] * 2
    assert np.bincount(labels.stories).tolist() == [size] * 2


def test_the_best_pairs_of_two_groups_do_not_speak_for_the_others() -> None:
    probabilities = np.clip(blobs(2, 20, 0.9, 0.2), 0.01, 0.99)
    for place in range(20):
        probabilities[place, 20 + place] = probabilities[20 + place, place] = 0.8
    labels = cluster(best_partners(probabilities, 20), 40, score=knows(probabilities))
    assert np.bincount(labels.events).tolist() == [20, 20]


@settings(max_examples=50, deadline=None)
@given(st.integers(2, 25), st.integers(0, 2**32 - 1))
def test_with_all_pairs_known_none_is_asked_for(size: int, seed: int) -> None:
    def refuse(first: NDArray[np.intp], second: NDArray[np.intp]) -> Pairs:
        raise AssertionError(f"{len(first)} pairs asked for")

    probabilities = np.clip(symmetric(size, seed), 0.01, 0.99)
    pairs = best_partners(probabilities, size)
    alone, asking = cluster(pairs, size), cluster(pairs, size, score=refuse)
    assert alone.events.tolist() == asking.events.tolist()
    assert alone.stories.tolist() == asking.stories.tolist()


def test_what_is_known_of_a_pair_is_not_asked_for_and_of_others_once_a_level() -> None:
    probabilities = np.clip(blobs(3, 30, 0.8, 0.1), 0.01, 0.99)
    few, asked = best_partners(probabilities, 6), Counter[tuple[int, int]]()

    def score(first: NDArray[np.intp], second: NDArray[np.intp]) -> Pairs:
        asked.update(zip(first.tolist(), second.tolist(), strict=True))
        return knows(probabilities)(first, second)

    cluster(few, 90, score=score)

    assert not asked.keys() & set(zip(few.first.tolist(), few.second.tolist(), strict=True))
    assert max(asked.values()) <= 2


def test_granularity_holds_for_pairs_that_are_asked_for() -> None:
    probabilities = np.clip(blobs(1, 12, 0.6, 0.6), 0.01, 0.99)
    few = best_partners(probabilities, 3)
    assert set(cluster(few, 12, score=knows(probabilities)).events) == {0}
    assert len(set(cluster(few, 12, GRANULARITY_STEP, knows(probabilities)).events)) == 12


def test_stories_join_whole_events() -> None:
    event = {(0, 1): 0.9, (2, 3): 0.9, (1, 2): 0.1, (0, 2): 0.1, (0, 3): 0.1, (1, 3): 0.1}
    labels = cluster(pairs_of(event, {pair: max(probability, 0.6) for pair, probability in event.items()}), 5)
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
    likely, unlikely = pairs_of({(0, 1): 0.85}), pairs_of({(0, 1): 0.7})
    assert cluster(likely, 2).events.tolist() == cluster(likely, 2).stories.tolist() == [0, 0]
    assert cluster(unlikely, 2).events.tolist() == cluster(unlikely, 2).stories.tolist() == [0, 1]
    assert cluster(likely, 2, GRANULARITY_STEP).stories.tolist() == [0, 1]
    assert cluster(unlikely, 2, -GRANULARITY_STEP).stories.tolist() == [0, 0]


@given(st.floats(0.001, 0.999))
def test_two_articles_once_apart_stay_apart_at_any_finer_granularity(probability: float) -> None:
    stories = [
        int(cluster(pairs_of({(0, 1): probability}), 2, step).stories.max()) for step in (-1.5, -0.75, 0, 0.75, 1.5)
    ]
    assert stories == sorted(stories)


@pytest.mark.parametrize("size", [0, 1, 5])
def test_without_pairs_every_article_is_alone(size: int) -> None:
    labels = cluster(pairs_of({}), size)
    assert labels.events.tolist() == labels.stories.tolist() == list(range(size))


# What nothing confirms


@pytest.mark.parametrize(("probability", "joined"), [(0.79, [0, 1]), (0.8, [0, 0]), (0.95, [0, 0])])
def test_two_reports_by_themselves_are_one_event_and_one_story_only_where_that_is_sure(
    probability: float, joined: list[int]
) -> None:
    labels = cluster(pairs_of({(0, 1): probability}), 2)
    assert labels.events.tolist() == labels.stories.tolist() == joined


def test_three_reports_confirm_each_other() -> None:
    labels = cluster(pairs_of({(0, 1): 0.6, (0, 2): 0.6, (1, 2): 0.6}), 3)
    assert labels.events.tolist() == labels.stories.tolist() == [0, 0, 0]


def test_a_copy_confirms_nothing() -> None:
    labels = cluster(pairs_of({(0, 1): 1 - 1e-6, (0, 2): 0.7, (1, 2): 0.7}), 3)
    assert labels.events.tolist() == [0, 0, 1]
    assert labels.stories.tolist() == [0, 0, 1]


def test_articles_no_two_of_which_tell_one_event_are_one_story_only_where_that_is_sure() -> None:
    apart, every = dict.fromkeys(((0, 1), (0, 2), (1, 2)), 0.1), ((0, 1), (0, 2), (1, 2))
    assert cluster(pairs_of(apart, dict.fromkeys(every, 0.75)), 3).stories.tolist() == [0, 1, 2]
    assert cluster(pairs_of(apart, dict.fromkeys(every, 0.85)), 3).stories.tolist() == [0, 0, 0]
    assert cluster(pairs_of(apart, dict.fromkeys(every, 0.6) | {(0, 2): 0.85}), 3).stories.tolist() == [0, 1, 0]


def test_around_an_event_of_two_reports_a_story_may_be_looser() -> None:
    event, story = {(0, 1): 0.9, (0, 2): 0.1, (1, 2): 0.1}, {(0, 1): 0.95, (0, 2): 0.6, (1, 2): 0.6}
    labels = cluster(pairs_of(event, story), 3)
    assert labels.events.tolist() == [0, 0, 1]
    assert labels.stories.tolist() == [0, 0, 0]


def test_what_was_one_story_stays_so_though_nothing_confirms_it() -> None:
    together = Labelling(np.zeros(2, np.intp), np.zeros(2, np.intp))
    labels = cluster(pairs_of({(0, 1): 0.6}), 2, start=together)
    assert labels.events.tolist() == labels.stories.tolist() == [0, 0]


def test_what_a_person_linked_needs_no_confirmation() -> None:
    links = Links(np.array([[0, 1]]), np.zeros((0, 2), np.intp))
    assert cluster(pairs_of({(0, 1): 0.2, (2, 3): 0.6}), 4, links=links).stories.tolist() == [0, 0, 1, 2]


@settings(max_examples=50, deadline=None)
@given(st.integers(2, 15), st.integers(0, 2**32 - 1))
def test_what_else_came_along_changes_no_group(size: int, seed: int) -> None:
    here = np.clip(symmetric(size, seed), 0.01, 0.99)
    more = np.full((2 * size, 2 * size), 0.01)
    more[:size, :size], more[size:, size:] = here, np.clip(symmetric(size, seed + 1), 0.01, 0.99)
    by_themselves = cluster(best_partners(here, size), size)
    in_company = cluster(best_partners(more, 2 * size), 2 * size)
    for level in ("events", "stories"):
        assert getattr(in_company, level)[:size].tolist() == getattr(by_themselves, level).tolist()


# Dates


FEBRUARY, APRIL, UNDATED = (0, 1, 2), (3, 4), (5, 6)
ROUNDS = {(one, other): 0.1 for one in FEBRUARY for other in APRIL}
TALKS = {(one, other): 0.9 for one in range(7) for other in range(one + 1, 7)} | {(3, 6): 0.999, (4, 6): 0.999} | ROUNDS


def test_undated_articles_do_not_bridge_two_rounds_of_talks() -> None:
    pairs = pairs_of(TALKS, dict.fromkeys(TALKS, 0.9), dict.fromkeys(ROUNDS, -4.0))

    labels = cluster(pairs, 7)

    assert grouped(labels.events) == {frozenset({0, 1, 2, 5}), frozenset({3, 4, 6})}
    assert grouped(labels.stories) == {frozenset(range(7))}


def test_texts_that_differ_on_near_days_stay_one_event() -> None:
    assert grouped(cluster(pairs_of(TALKS, dates=dict.fromkeys(ROUNDS, -0.5)), 7).events) == {frozenset(range(7))}


def test_reports_far_apart_that_are_sure_of_each_other_stay_one_event() -> None:
    everyone = dict.fromkeys(TALKS, 0.9)

    assert grouped(cluster(pairs_of(everyone, dates=dict.fromkeys(ROUNDS, -4.0)), 7).events) == {frozenset(range(7))}
