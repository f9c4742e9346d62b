"""Gold sets fed to a store in random batches, against grouping them at once.

    python benchmarks/store_batches.py [SET...] [--shuffles 5] [--batch 50] [--effort balanced] [--unrelated 1000]

Each time: B-cubed F1 over the labelled articles, whether every id still answers, and, once per set, whether articles of
other sets move any article.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from gold_sets import GOLD

from newsclust.articles import Article, ReadResult
from newsclust.evaluation.gold import GoldSet, read_gold
from newsclust.evaluation.scoring import score
from newsclust.pipeline import find_stories
from newsclust.settings import Effort, Settings
from newsclust.store.file import reading
from newsclust.store.ids import resolved
from newsclust.store.read import whole_result
from newsclust.store.update import update
from newsclust.stories import Story

SETS = ("ntrex_iddeen", "ecbplus", "flores_wikinews_core")


def f1(gold: GoldSet, stories: Iterable[Story]) -> float:
    labels = {article.id: gold.stories[article.id] for article in gold.articles}
    found = {member.article.id: story.id for story in stories for member in story.members}
    languages = {article.id: article.language for article in gold.articles}
    bcubed = score(labels, found, languages).everything.bcubed
    return 2 * bcubed.precision * bcubed.recall / (bcubed.precision + bcubed.recall)


def feed(store: Path, articles: Sequence[Article], batch: int, settings: Settings) -> None:
    """Feed the articles batch by batch; AssertionError where an id of before is lost."""
    for start in range(0, len(articles), batch):
        before = ids(store) if store.exists() else set()
        update(store, ReadResult(tuple(articles[start : start + batch])), settings)
        with reading(store) as connection:
            alive = {row[0] for row in connection.execute("SELECT id FROM stories")}
            lost = {id_ for id_ in before if resolved(connection, id_) not in alive}
        assert not lost, f"{len(lost)} ids of {len(before)} no longer answer: {sorted(lost)[:3]}"


def ids(store: Path) -> set[str]:
    with reading(store) as connection:
        return {row[0] for row in connection.execute("SELECT id FROM stories")}


def places(store: Path, settings: Settings, among: set[str]) -> dict[str, str | None]:
    with reading(store) as connection:
        result = whole_result(connection, settings)
    found: dict[str, str | None] = {member.article.id: s.id for s in result.stories for member in s.members}
    found |= {entry.article.id: None for entry in result.unclustered}
    return {article: story for article, story in found.items() if article in among}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("sets", nargs="*", default=SETS)
    parser.add_argument("--shuffles", type=int, default=5)
    parser.add_argument("--batch", type=int, default=50)
    parser.add_argument("--effort", default="balanced")
    parser.add_argument("--unrelated", type=int, default=1000)
    given = parser.parse_args()
    settings = Settings(effort=Effort(given.effort))
    for name in given.sets:
        gold = read_gold(str(GOLD / f"{name}.jsonl.gz"))
        at_once = f1(gold, find_stories(ReadResult(tuple(gold.articles)), settings).stories)
        for shuffle in range(given.shuffles):
            articles = list(gold.articles)
            random.Random(shuffle).shuffle(articles)
            with tempfile.TemporaryDirectory() as folder:
                store = Path(folder) / "news.db"
                feed(store, articles, given.batch, settings)
                with reading(store) as connection:
                    fed = f1(gold, whole_result(connection, settings).stories)
                line = f"{name} {given.effort} shuffle {shuffle}: at once {at_once:.4f}, fed {fed:.4f}"
                if shuffle == 0 and given.unrelated:
                    line += f", {moved(store, articles, name, given.unrelated, settings)} moved by the unrelated"
            print(line, flush=True)


def moved(store: Path, articles: Sequence[Article], name: str, count: int, settings: Settings) -> int:
    """How many articles change their place when articles of another set arrive."""
    other = "ecbplus" if name != "ecbplus" else "flores_wikinews_core"
    strangers = read_gold(str(GOLD / f"{other}.jsonl.gz")).articles[:count]
    among = {article.id for article in articles}
    before = places(store, settings, among)
    feed(store, list(strangers), 500, settings)
    after = places(store, settings, among)
    return sum(before[article] != after[article] for article in among)


if __name__ == "__main__":
    main()
