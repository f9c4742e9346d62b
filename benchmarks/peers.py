"""Measures what other tools make of the same articles, from the same vectors: the peers' columns of docs/quality.md.

    pip install . -r benchmarks/requirements-peers.txt
    python benchmarks/peers.py [--sets SET ...] [PEER ...]

Every peer is given the vectors of newsclust's built-in model (128 tokens, unit length, nothing subtracted) and is
scored as newsclust is: B-cubed over all articles, one that a peer leaves out counting as a cluster of its own. Where a
setting decides much it is swept, and the best figure is shown with the setting that gave it: no user could know that
setting without the labels.
"""

from __future__ import annotations

import argparse
import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from gold_sets import GoldArticles, load_set
from numpy.typing import NDArray
from pair_examples import bcubed_by_article

from newsclust.pipeline import find_stories

SETS = ("ecbplus", "ntrex_iddeen", "ntrex_core23", "flores_wikinews_core")
SEED = 42
Labels = NDArray[np.intp]
Runs = Iterator[tuple[str, Labels]]


def main() -> None:
    peers: dict[str, Callable[[GoldArticles], Runs]] = {
        "newsclust": newsclust,
        "nothing": nothing,
        "community": community_detection,
        "hdbscan": raw_hdbscan,
        "evoc": evoc,
        "bertopic": bertopic,
    }
    parser = argparse.ArgumentParser()
    parser.add_argument("peers", nargs="*", metavar="PEER", help=f"some of {', '.join(peers)} (default: all)")
    parser.add_argument("--sets", nargs="*", default=SETS)
    arguments = parser.parse_args()
    for name in arguments.sets:
        gold = load_set(name)
        for peer in arguments.peers or peers:
            runs = [(*bcubed(gold.stories, labels), setting) for setting, labels in peers[peer](gold)]
            for f1, precision, recall, setting in runs:
                print(f"{name} {peer} {setting}: B-cubed {precision:.3f} {recall:.3f} {f1:.4f}", flush=True)
            print(f"{name} {peer} best: {max(runs)[0]:.4f} ({max(runs)[3]})", flush=True)


def newsclust(gold: GoldArticles) -> Runs:
    """The defaults, events."""
    from newsclust.articles import ReadResult
    from newsclust.evaluation.gold import Level, grouping_of

    labels = grouping_of(find_stories(ReadResult(gold.articles)), Level.EVENT).labels
    numbers: dict[str, int] = {}
    found = [labels[article.id] for article in gold.articles]
    yield "default", np.array([-1 if x is None else numbers.setdefault(x, len(numbers)) for x in found], np.intp)


def nothing(gold: GoldArticles) -> Runs:
    yield "every article alone", np.full(len(gold.articles), -1, np.intp)


def community_detection(gold: GoldArticles) -> Runs:
    from sentence_transformers.util import community_detection as detect

    for threshold in (0.75, 0.85, 0.88, 0.9, 0.92):
        labels = np.full(len(gold.articles), -1, np.intp)
        for number, members in enumerate(detect(gold.vectors, threshold=threshold, min_community_size=2)):
            labels[members] = number
        yield f"threshold {threshold}", labels


def raw_hdbscan(gold: GoldArticles) -> Runs:
    import hdbscan

    for size, samples, method in itertools.product((2, 3, 5), (1, 2), ("eom", "leaf")):
        model = hdbscan.HDBSCAN(min_cluster_size=size, min_samples=samples, cluster_selection_method=method)
        labels = model.fit_predict(gold.vectors.astype(np.float64))
        yield f"min_cluster_size {size}, min_samples {samples}, {method}", np.asarray(labels, np.intp)


def evoc(gold: GoldArticles) -> Runs:
    """Every layer of its hierarchy, at several settings."""
    from evoc import EVoC

    for size, noise in itertools.product((2, 3, 5), (0.0, 0.5)):
        model: Any = EVoC(base_min_cluster_size=size, noise_level=noise, min_samples=min(size, 5), random_state=SEED)
        chosen = model.fit_predict(gold.vectors)
        setting = f"base_min_cluster_size {size}, noise_level {noise}"
        yield f"{setting}, chosen layer", np.asarray(chosen, np.intp)
        for layer, labels in enumerate(model.cluster_layers_):
            yield f"{setting}, layer {layer}", np.asarray(labels, np.intp)


def bertopic(gold: GoldArticles) -> Runs:
    """UMAP's seed is fixed: without one every run differs."""
    from bertopic import BERTopic
    from umap import UMAP

    texts = [article.body for article in gold.articles]
    for size in (10, 2):
        reduced = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=SEED)
        topics, _ = BERTopic(umap_model=reduced, min_topic_size=size).fit_transform(texts, embeddings=gold.vectors)
        yield f"min_topic_size {size}{' (default)' if size == 10 else ''}", np.asarray(topics, np.intp)


def bcubed(gold: Labels, found: Labels) -> tuple[float, float, float]:
    """F1, precision, recall."""
    precision, recall = bcubed_by_article(gold, alone(found)).mean(axis=0)
    return float(2 * precision * recall / (precision + recall)), float(precision), float(recall)


def alone(labels: Sequence[int] | Labels) -> Labels:
    """The same labels, every -1 a cluster of its own."""
    found = np.array(labels, np.intp)
    out = found < 0
    found[out] = found.max(initial=-1) + 1 + np.arange(out.sum())
    return found


if __name__ == "__main__":
    main()
