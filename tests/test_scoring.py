from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from math import log
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from newsclust.evaluation.scoring import LISTED_PARTS, WORST, ClusterScores, Measure, PairCounts, score

Labels = dict[str, str]
few = settings(max_examples=40, deadline=None)  # a score takes some 10 ms, nearly all of it scikit-learn's


def labels(grouping: str) -> Labels:
    """Read "abc de" as two groups, named by their place, of articles named by their letter."""
    return {article: str(number) for number, group in enumerate(grouping.split()) for article in group}


def scored(gold: str, predicted: str) -> ClusterScores:
    return score(labels(gold), labels(predicted), {}).everything


def as_list(measure: Measure) -> list[float]:
    return [measure.precision, measure.recall]


@st.composite
def groupings(draw: st.DrawFn, most: int = 14) -> tuple[Labels, Labels]:
    n = draw(st.integers(1, most))
    ids = [f"статья-{i}" for i in range(n)]
    label = st.sampled_from("αβγδε")
    return {i: draw(label) for i in ids}, {i: draw(label) for i in ids}


# The measures as their papers define them, one article or pair at a time.


def naive_bcubed(gold: Labels, predicted: Labels) -> tuple[float, float]:
    precision = recall = 0.0
    for a in gold:
        cluster = {b for b in gold if predicted[b] == predicted[a]}
        story = {b for b in gold if gold[b] == gold[a]}
        precision += len(cluster & story) / len(cluster)
        recall += len(cluster & story) / len(story)
    return precision / len(gold), recall / len(gold)


def naive_pairwise(gold: Labels, predicted: Labels) -> tuple[float, float]:
    pairs = list(combinations(gold, 2))
    together = {p for p in pairs if predicted[p[0]] == predicted[p[1]]}
    true = {p for p in pairs if gold[p[0]] == gold[p[1]]}
    right = len(together & true)
    return right / len(together) if together else 1.0, right / len(true) if true else 1.0


def naive_ceaf(gold: Labels, predicted: Labels) -> tuple[float, float]:
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    stories = [{a for a in gold if gold[a] == label} for label in sorted(set(gold.values()))]
    clusters = [{a for a in gold if predicted[a] == label} for label in sorted(set(predicted.values()))]
    dice = np.array([[2 * len(s & c) / (len(s) + len(c)) for c in clusters] for s in stories])
    best = float(dice[linear_sum_assignment(dice, maximize=True)].sum())
    return best / len(clusters), best / len(stories)


def test_bcubed_of_the_example_worked_by_hand() -> None:
    # Gold abc de, found ab cde. Precision: a and b 2/2, c 1/3, d and e 2/3. Recall: a and b 2/3, c 1/3, d and e 2/2.
    found = scored("abc de", "ab cde").bcubed
    assert found.precision == pytest.approx((1 + 1 + 1 / 3 + 2 / 3 + 2 / 3) / 5)
    assert found.recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 + 1) / 5)
    assert found.f1 == pytest.approx(11 / 15)


def test_pairwise_of_the_example_worked_by_hand() -> None:
    # Found pairs ab, cd, ce, de; true pairs ab, ac, bc, de; right ab and de.
    assert scored("abc de", "ab cde").pairwise == Measure(0.5, 0.5)


def test_ceaf_of_the_example_worked_by_hand() -> None:
    # abc matches ab with 4/5, de matches cde with 4/5: 1.6 over two clusters and two stories.
    assert as_list(scored("abc de", "ab cde").ceaf_e) == pytest.approx([0.8, 0.8])


def test_ceaf_leaves_a_story_without_a_partner_where_clusters_are_fewer() -> None:
    # All in one cluster: abc takes it with 2*3/(3+5) = .75; one cluster, two stories.
    assert as_list(scored("abc de", "abcde").ceaf_e) == pytest.approx([0.75, 0.375])


def test_rand_and_mutual_information_of_the_example_worked_by_hand() -> None:
    # 2 of 10 pairs right, 4 in gold and 4 found: by chance 4 * 4 / 10 would be right, and 4 at most.
    found = scored("abc de", "ab cde")
    assert found.ari == pytest.approx((2 - 1.6) / (4 - 1.6))
    # Information in common: parts of .4, .2 and .4 where .24, .36 and .24 were expected; in either grouping .6 and .4.
    shared = 0.8 * log(0.4 / 0.24) + 0.2 * log(0.2 / 0.36)
    assert found.nmi == pytest.approx(shared / -(0.6 * log(0.6) + 0.4 * log(0.4)))


def test_counts_are_of_judged_articles() -> None:
    found = scored("abc de", "ab cd xyz")
    assert (found.articles, found.stories, found.clusters) == (5, 2, 3)


def test_stories_and_clusters_of_one_article_count() -> None:
    found = scored("abc d e", "abcd e")
    assert (found.articles, found.stories, found.clusters) == (5, 3, 2)


@few
@given(groupings())
def test_bcubed_pairwise_and_ceaf_are_what_their_definitions_say(grouping: tuple[Labels, Labels]) -> None:
    found = score(*grouping, {}).everything
    assert as_list(found.bcubed) == pytest.approx(list(naive_bcubed(*grouping)))
    assert as_list(found.pairwise) == pytest.approx(list(naive_pairwise(*grouping)))
    assert as_list(found.ceaf_e) == pytest.approx(list(naive_ceaf(*grouping)))


@few
@given(groupings())
def test_a_perfect_grouping_scores_one_everywhere(grouping: tuple[Labels, Labels]) -> None:
    gold, _ = grouping
    found = score(gold, {article: f"renamed {story}" for article, story in gold.items()}, {}).everything
    for measure in (found.bcubed, found.pairwise, found.ceaf_e):
        assert as_list(measure) == pytest.approx([1, 1])
    assert [found.ari, found.nmi] == pytest.approx([1, 1])


@few
@given(groupings())
def test_merging_nothing_has_full_precision_and_merging_all_full_recall(grouping: tuple[Labels, Labels]) -> None:
    gold, predicted = grouping
    found = score(gold, predicted, {})
    assert found.merge_nothing.bcubed.precision == found.merge_nothing.pairwise.precision == 1
    assert found.merge_all.bcubed.recall == pytest.approx(1)
    assert found.merge_all.pairwise.recall == 1
    assert found.merge_nothing.clusters == len(gold)
    assert found.merge_all.clusters == 1


@few
@given(groupings())
def test_swapping_gold_and_prediction_swaps_precision_and_recall(grouping: tuple[Labels, Labels]) -> None:
    gold, predicted = grouping
    there, back = score(gold, predicted, {}).everything, score(predicted, gold, {}).everything
    for name in ("bcubed", "pairwise", "ceaf_e"):
        assert getattr(there, name).precision == pytest.approx(getattr(back, name).recall)
        assert getattr(there, name).f1 == pytest.approx(getattr(back, name).f1)
    assert [there.ari, there.nmi] == pytest.approx([back.ari, back.nmi])


@few
@given(groupings(), st.randoms(use_true_random=False))
def test_names_of_labels_and_order_of_articles_change_nothing(grouping: tuple[Labels, Labels], shuffler: Any) -> None:
    gold, predicted = grouping
    order = list(gold)
    shuffler.shuffle(order)
    languages = {article: "id" if index % 2 else "de" for index, article in enumerate(gold)}
    renamed = {article: f"«{predicted[article]}»" for article in reversed(order)}
    one = score(gold, predicted, languages)
    other = score({article: gold[article] for article in order}, renamed, languages)
    assert one.everything == other.everything
    assert one.by_languages == other.by_languages
    assert [m.wrong_pairs for m in one.mistakes] == [m.wrong_pairs for m in other.mistakes]


def test_bcubed_rewards_homogeneous_clusters() -> None:
    # Amigó et al. 2009, constraint 1: parting two stories that share a cluster is better.
    assert scored("abc def", "abc def").bcubed.f1 > scored("abc def", "abcdef").bcubed.f1
    assert scored("abcd efgh", "ab cd efgh").bcubed.f1 > scored("abcd efgh", "abef cd gh").bcubed.f1


def test_bcubed_rewards_complete_clusters() -> None:
    # Constraint 2: joining two clusters of one story is better.
    assert scored("abcd efgh", "abcd efgh").bcubed.f1 > scored("abcd efgh", "ab cd efgh").bcubed.f1


def test_bcubed_prefers_disorder_in_a_rag_bag() -> None:
    # Constraint 3: a stray article does less harm among strays than in a clean cluster.
    clean = scored("abcd x p q r s", "abcd xpqrs").bcubed.f1
    dirty = scored("abcd x p q r s", "abcdx pqrs").bcubed.f1
    assert clean > dirty


def test_bcubed_prefers_one_small_error_in_a_large_story_to_many_in_small_ones() -> None:
    # Constraint 4: a small error in a large cluster is better than many small errors in small clusters.
    gold = "abcde fg hi jk lm"
    assert scored(gold, "abcd e fg hi jk lm").bcubed.f1 > scored(gold, "abcde f g h i j k l m").bcubed.f1


def test_unclustered_articles_are_clusters_of_their_own() -> None:
    gold = labels("abc de")
    missing = score(gold, {"a": "0", "b": "0"}, {})
    unnamed = score(gold, {"a": "0", "b": "0", "c": None, "d": None, "e": None}, {})
    assert missing == unnamed
    assert missing.everything.clusters == 4
    assert missing.everything.bcubed == scored("abc de", "ab c d e").bcubed


def test_articles_without_a_gold_story_are_left_out_and_counted() -> None:
    gold: dict[str, str | None] = {**labels("abc de"), "x": None, "y": None}
    found = score(gold, labels("abx cdey"), {})
    assert found.everything == scored("abc de", "ab cde")
    assert found.unjudged == 2


def test_singletons_are_scored_with_and_without() -> None:
    found = score(labels("abc d e"), labels("abd c e"), {})
    assert found.everything.articles == 5
    assert found.without_singletons.articles == 3
    assert found.without_singletons.pairwise == scored("abc", "ab c").pairwise
    # d, alone in its story, is left out of the mean, and makes the cluster of a and b impure all the same.
    assert as_list(found.without_singletons.bcubed) == pytest.approx([7 / 9, 5 / 9])


def test_a_story_of_two_is_no_singleton() -> None:
    found = score(labels("ab c de f"), labels("ab cd e f"), {}).without_singletons
    assert (found.articles, found.stories, found.clusters) == (4, 2, 3)
    assert found.pairwise == scored("ab de", "ab d e").pairwise
    # Of a, b, d and e only d has company of another story: c, which is alone in its own.
    assert found.bcubed == Measure(3.5 / 4, 3 / 4)


def test_an_empty_gold_scores_one_and_raises_nothing() -> None:
    found = score({"ا": None}, {"ا": "1"}, {})
    assert found.everything == ClusterScores(0, 0, 0, Measure(1, 1), Measure(1, 1), Measure(1, 1), 1, 1)
    assert found.mistakes == ()
    assert found.by_languages == ()


def test_a_language_pair_counts_only_the_pairs_across_it() -> None:
    # a, b Indonesian; c, d German; e Thai. Story abcde is found as ab, cd, e: nothing across languages was found.
    languages = dict(zip("abcde", ("id", "id", "de", "de", "th"), strict=True))
    by_pair = {s.languages: s for s in score(labels("abcde"), labels("ab cd e"), languages).by_languages}
    assert set(by_pair) == {("de", "de"), ("de", "id"), ("de", "th"), ("id", "id"), ("id", "th")}
    assert by_pair["id", "id"].pairs.measure == Measure(1, 1)
    assert by_pair["de", "id"].pairs.measure == Measure(1, 0)
    assert (by_pair["de", "id"].pairs.gold, by_pair["de", "id"].pairs.found, by_pair["de", "id"].articles) == (4, 0, 4)
    assert by_pair["de", "id"].bcubed == Measure(1, 0.5)
    found = score(labels("abcde"), labels("ab cd e"), languages)
    assert (found.within, found.across) == (PairCounts(2, 2, 2), PairCounts(8, 0, 0))


def test_an_article_without_a_language_counts_as_undetermined() -> None:
    (found,) = score(labels("ab"), labels("ab"), {"a": "th"}).by_languages
    assert found.languages == ("th", "und")


@few
@given(groupings(), st.lists(st.sampled_from(["id", "de", "en"]), min_size=14, max_size=14))
def test_language_pairs_are_what_counting_pairs_gives(grouping: tuple[Labels, Labels], codes: list[str]) -> None:
    gold, predicted = grouping
    languages = dict(zip(gold, codes, strict=False))
    for found in score(gold, predicted, languages).by_languages:
        pairs = [
            p for p in combinations(gold, 2) if tuple(sorted((languages[p[0]], languages[p[1]]))) == found.languages
        ]
        together = {p for p in pairs if predicted[p[0]] == predicted[p[1]]}
        true = {p for p in pairs if gold[p[0]] == gold[p[1]]}
        assert (found.pairs.gold, found.pairs.found) == (len(true), len(together))
        assert found.pairs.measure.precision == (len(true & together) / len(together) if together else 1)
        assert found.pairs.measure.recall == (len(true & together) / len(true) if true else 1)
        inside = [a for a in gold if languages[a] in found.languages]
        restricted = naive_bcubed({a: gold[a] for a in inside}, {a: predicted[a] for a in inside})
        assert as_list(found.bcubed) == pytest.approx(list(restricted))


def test_the_worst_mistakes_come_first_with_their_parts() -> None:
    gold = {**labels("abcdef gh"), "i": None}
    found = score(gold, labels("abc def gh"), {})
    (split,) = found.mistakes
    assert (split.kind, split.label, split.articles, split.parts, split.wrong_pairs) == ("split", "0", 6, 2, 9)
    assert [(p.label, p.articles, p.example) for p in split.largest] == [("0", 3, "a"), ("1", 3, "d")]


def test_a_cluster_that_mixes_stories_names_the_stories() -> None:
    found = score({"ä": "quake", "ö": "quake", "ü": "vote"}, {"ä": "1", "ö": "1", "ü": "1"}, {})
    (mixed,) = found.mistakes
    assert (mixed.kind, mixed.label, mixed.parts, mixed.wrong_pairs) == ("mixed", "1", 2, 2)
    assert [(p.label, p.articles, p.example) for p in mixed.largest] == [("quake", 2, "ä"), ("vote", 1, "ü")]


def test_parts_come_largest_first_then_by_their_first_article() -> None:
    (split,) = score(labels("abcdefg"), labels("bd efg a c"), {}).mistakes
    assert [(p.articles, p.example) for p in split.largest] == [(3, "e"), (2, "b"), (1, "a"), (1, "c")]


def test_a_single_wrong_pair_is_a_mistake_and_no_more_than_the_worst_are_listed() -> None:
    (split,) = score(labels("ab"), labels("a b"), {}).mistakes
    assert (split.kind, split.wrong_pairs, split.articles) == ("split", 1, 2)
    pairs = {f"{story:02}{end}": f"{story:02}" for story in range(WORST + 2) for end in "ab"}
    found = score({**pairs, "c1": "c", "c2": "c", "c3": "c"}, {}, {}).mistakes
    assert [m.label for m in found] == ["c", *(f"{story:02}" for story in range(WORST - 1))]


def test_a_part_that_stayed_unclustered_has_no_label() -> None:
    (split,) = score(labels("abc"), {"a": "0", "b": "0"}, {}).mistakes
    assert [(p.label, p.articles) for p in split.largest] == [("0", 2), (None, 1)]


@few
@given(groupings())
def test_mistakes_are_few_sorted_and_repeatable(grouping: tuple[Labels, Labels]) -> None:
    gold, predicted = grouping
    found = score(gold, predicted, {}).mistakes
    assert len(found) <= WORST
    assert [m.wrong_pairs for m in found] == sorted((m.wrong_pairs for m in found), reverse=True)
    assert all(m.wrong_pairs > 0 and len(m.largest) <= LISTED_PARTS for m in found)
    backwards: Mapping[str, str] = dict(reversed(predicted.items()))
    assert score(dict(reversed(gold.items())), backwards, {}).mistakes == found


@few
@given(groupings())
def test_a_flawed_grouping_has_a_mistake(grouping: tuple[Labels, Labels]) -> None:
    gold, predicted = grouping
    found = score(gold, predicted, {})
    assume(found.everything.pairwise.f1 < 1 or found.everything.bcubed.f1 < 1 - 1e-9)
    assert found.mistakes


def test_thirty_thousand_articles_take_no_square_of_memory() -> None:
    import tracemalloc

    n = 30_000
    gold = {f"文{i}": str(i % 4000) for i in range(n)}
    predicted = {f"文{i}": str((i * 7) % 5000) for i in range(n)}
    score({"a": "1"}, {"a": "1"}, {})
    tracemalloc.start()
    found = score(gold, predicted, {a: "id" if i % 3 else "de" for i, a in enumerate(gold)})
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found.everything.articles == n
    assert peak < 150e6
