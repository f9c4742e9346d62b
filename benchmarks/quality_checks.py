"""Measures what a folder of another kind does to the quality: the tables of docs/quality.md under "Other input".

    python benchmarks/quality_checks.py [titles] [mix] [additions] [languages]

titles: only the first line of each article. mix: all sets in one run. additions: a thousand unrelated articles beside
data/articles. languages: one language after the other without its shipped statistics.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from gold_sets import GOLD, PAIRS, GoldArticles, load_set, tokenizer
from numpy.typing import NDArray
from pair_examples import bcubed_by_article, features_of

from newsclust.articles import Article, ReadResult
from newsclust.clustering.linkage import cluster
from newsclust.encoders.builtin.parts import MODEL_ID
from newsclust.evaluation.gold import Level, grouping_of, read_gold
from newsclust.evaluation.scoring import score
from newsclust.pipeline import find_stories
from newsclust.reading.reader import read_articles
from newsclust.similarity.background import Background, Space, load_background
from newsclust.similarity.candidates import candidate_pairs
from newsclust.similarity.features import ArticleFeatures, describe
from newsclust.similarity.profiles import multilingual_e5_small
from newsclust.similarity.score import score_pairs

SETS = ("ntrex_iddeen", "ntrex_core23", "flores_wikinews_core", "ecbplus")
SAMPLE = Path(__file__).parent.parent / "data" / "articles"
ADDED = 1000
LANGUAGES = ("id", "de", "tr", "pl", "sw", "ar", "hi", "th", "ja", "zh")
"""Languages taken out one by one: near to English and far from it, well and ill understood, in seven scripts."""

BY_LANGUAGE = ("static", "static_density", "dense", "dense_density")
"""The features that a language's statistics change."""

Figures = dict[Level, float]


def main() -> None:
    checks = {"titles": titles, "mix": mix, "additions": additions, "languages": languages}
    parser = argparse.ArgumentParser()
    parser.add_argument("checks", nargs="*", metavar="CHECK", help=f"some of {', '.join(checks)} (default: all)")
    for name in parser.parse_args().checks or checks:
        checks[name]()


def titles() -> None:
    for name in ("ecbplus", "ntrex_core23", "ntrex_iddeen"):
        gold = read_gold(str(GOLD / f"{name}.jsonl.gz"))
        whole = figures(gold.articles, {name: gold.stories})[name]
        short = [replace(article, title=None, text=first_line(article)) for article in gold.articles]
        alone = figures(short, {name: gold.stories})[name]
        report("titles", name, whole, alone)


def mix() -> None:
    golds = {name: read_gold(str(GOLD / f"{name}.jsonl.gz")) for name in SETS}
    apart = {name: figures(gold.articles, {name: gold.stories})[name] for name, gold in golds.items()}
    # ntrex_iddeen is a part of ntrex_core23: its articles are there already.
    articles = {article.id: article for gold in golds.values() for article in gold.articles}
    together = figures(articles.values(), {name: gold.stories for name, gold in golds.items()})
    for name in SETS:
        report("mix", name, apart[name], together[name])


def additions() -> None:
    sample = read_articles([str(SAMPLE)]).articles
    others = read_articles([str(GOLD / f"{PAIRS}_docs.jsonl.gz")]).articles[:ADDED]
    before = find_stories(ReadResult(sample))
    after = find_stories(ReadResult((*sample, *others)))
    ids = {article.id for article in sample}
    for level in Level:
        alone = groups(grouping_of(before, level).labels)
        # Groups that hold any article of the sample, with all that joined them.
        among = {group for group in groups(grouping_of(after, level).labels) if group & ids}
        print(f"additions {level}: {len(alone)} groups, {len(alone - among)} of them changed by {len(others)} articles")


def languages() -> None:
    gold = load_set("ntrex_core23")
    articles = features_of(gold)
    before = by_article(gold, articles)
    print(f"languages: event F1 of all articles {f1(before):.4f}")
    codes = np.array(gold.languages)
    for code in LANGUAGES:
        here = codes == code
        after = by_article(gold, without_statistics(gold, articles, code))
        print(
            f"languages {code}: its articles {f1(before[here]):.4f} -> {f1(after[here]):.4f} "
            f"(recall {before[here][:, 1].mean():.3f} -> {after[here][:, 1].mean():.3f}), all {f1(after):.4f}"
        )


def without_statistics(gold: GoldArticles, articles: ArticleFeatures, code: str) -> ArticleFeatures:
    """The features with one language described as a language that is not known."""
    shipped = load_background()
    background = replace(shipped, dense=without(shipped.dense, code), static=without(shipped.static, code))
    here = np.flatnonzero(np.array(gold.languages) == code)
    part = gold.part(np.array(gold.languages) == code)
    changed = described(part, background)
    assert articles.dense is not None
    assert changed.dense is not None
    rows: dict[str, Any] = {
        name: changed_at(getattr(articles, name), here, getattr(changed, name)) for name in BY_LANGUAGE
    }
    return replace(articles, **rows)


def changed_at(values: NDArray[np.float32], here: NDArray[np.intp], new: NDArray[np.float32]) -> NDArray[np.float32]:
    """A copy with other values in these rows."""
    copy = values.copy()
    copy[here] = new
    return copy


def described(gold: GoldArticles, background: Background) -> ArticleFeatures:
    articles = describe(gold.articles, tokenizer(), background)
    profile = replace(multilingual_e5_small(), space=background.dense)
    dense = profile.transformed(gold.vectors, gold.languages, articles.brevity)
    dense[~articles.readable] = 0
    return articles.with_dense(dense, MODEL_ID, profile.space.density(dense))


def without(space: Space, code: str) -> Space:
    """The same space as if the language had never been met; the row of all others is made without it too."""
    kept = [row for row, language in enumerate(space.languages) if language != code]

    def rows(values: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.concatenate((values[kept], values[kept].mean(axis=0, keepdims=True)))

    assert space.headlines is not None
    languages = tuple(space.languages[row] for row in kept)
    return replace(space, languages=languages, means=rows(space.means), headlines=rows(space.headlines))


def by_article(gold: GoldArticles, articles: ArticleFeatures) -> NDArray[np.float64]:
    found = cluster(score_pairs(articles, *candidate_pairs(articles)), len(articles))
    return bcubed_by_article(gold.stories, found.events)


def f1(values: NDArray[np.float64]) -> float:
    precision, recall = values.mean(axis=0)
    return float(2 * precision * recall / (precision + recall))


def figures(articles: Iterable[Article], golds: Mapping[str, Mapping[str, str | None]]) -> dict[str, Figures]:
    """B-cubed F1 of one run, for each labelling and level."""
    result = find_stories(ReadResult(tuple(articles)))
    found: dict[str, Figures] = {name: {} for name in golds}
    for level in Level:
        grouping = grouping_of(result, level)
        for name, gold in golds.items():
            found[name][level] = score(gold, grouping.labels, grouping.languages).everything.bcubed.f1
    return found


def first_line(article: Article) -> str:
    return next((line.strip() for line in article.body.splitlines() if line.strip()), "")


def groups(labels: Mapping[str, str | None]) -> set[frozenset[str]]:
    """The articles of each group; one that is alone is a group of one."""
    members: dict[str, set[str]] = {}
    for article, label in labels.items():
        members.setdefault(label or f"alone: {article}", set()).add(article)
    return {frozenset(some) for some in members.values()}


def report(check: str, name: str, before: Figures, after: Figures) -> None:
    parts: Sequence[str] = [
        f"{level} {before[level]:.4f} -> {after[level]:.4f} ({after[level] - before[level]:+.4f})" for level in Level
    ]
    print(f"{check} {name}: {', '.join(parts)}", flush=True)


if __name__ == "__main__":
    main()
