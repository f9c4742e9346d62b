"""Whether a store that was fed in parts holds what one run over all articles finds.

    python benchmarks/store_same.py [SET...] [--orders hours days shuffled] [--batch 100] [--effort balanced]

For each set and order: B-cubed F1 between both groupings of all articles (every article in no story by itself), and how
many articles were cleaned to another text or found in another language.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from gold_sets import GOLD

from newsclust.articles import Article, ReadResult
from newsclust.evaluation.gold import read_gold
from newsclust.evaluation.scoring import score
from newsclust.pipeline import find_stories
from newsclust.settings import Effort, Settings
from newsclust.store.file import reading
from newsclust.store.read import whole_result
from newsclust.store.update import update
from newsclust.stories import ClusterResult


def parts(articles: Sequence[Article], order: str, batch: int) -> list[list[Article]]:
    if order == "shuffled":
        mixed = list(articles)
        random.Random(1).shuffle(mixed)
        return [mixed[start : start + batch] for start in range(0, len(mixed), batch)]
    by_time: defaultdict[str, list[Article]] = defaultdict(list)
    for article in articles:
        moment = article.published.isoformat() if article.published else ""
        by_time[moment[: 13 if order == "hours" else 10]].append(article)
    return [by_time[key] for key in sorted(by_time)]


def labels(result: ClusterResult) -> dict[str, str]:
    found = {member.article.id: story.id for story in result.stories for member in story.members}
    return found | {entry.article.id: f"alone {entry.article.id}" for entry in result.unclustered}


def f1(one: Mapping[str, str], other: Mapping[str, str], languages: Mapping[str, str]) -> float:
    bcubed = score(one, other, languages).everything.bcubed
    return 2 * bcubed.precision * bcubed.recall / (bcubed.precision + bcubed.recall)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("sets", nargs="*", default=["real_hour", "real_day"])
    parser.add_argument("--orders", nargs="*", default=["hours", "days", "shuffled"])
    parser.add_argument("--batch", type=int, default=100)
    parser.add_argument("--effort", default="balanced")
    given = parser.parse_args()
    settings = Settings(effort=Effort(given.effort))
    for name in given.sets:
        articles = read_gold(str(GOLD / f"{name}.jsonl.gz")).articles
        once = find_stories(ReadResult(tuple(articles)), settings)
        languages = {article.id: article.language for article in once.articles}
        for order in given.orders:
            start = time.process_time()
            fed = parts(articles, order, given.batch)
            with tempfile.TemporaryDirectory() as folder:
                store = Path(folder) / "news.db"
                for part in fed:
                    update(store, ReadResult(tuple(part)), settings)
                with reading(store) as connection:
                    result = whole_result(connection, settings)
                    texts = dict(connection.execute("SELECT id, text FROM articles_view").fetchall())
            other_text = sum(texts[article.id] != article.text for article in once.articles)
            other_language = sum(languages[article.id] != article.language for article in result.articles)
            print(
                f"{name} {order}, {len(fed)} runs: B-cubed F1 {f1(labels(once), labels(result), languages):.4f},"
                f" {other_text} texts and {other_language} languages differ, {time.process_time() - start:.0f} s",
                flush=True,
            )


if __name__ == "__main__":
    main()
