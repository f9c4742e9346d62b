"""Articles of one story, one run at a time, in every order: one story at the end, under the id first opened.

python benchmarks/store_orders.py ARTICLES... [--orders 120] [--effort balanced]
"""

from __future__ import annotations

import argparse
import itertools
import random
import tempfile
from collections.abc import Sequence
from pathlib import Path

from newsclust.articles import Article, ReadResult
from newsclust.reading.reader import read_articles
from newsclust.settings import Effort, Settings
from newsclust.store.file import reading
from newsclust.store.ids import resolved
from newsclust.store.update import update


def fed(articles: Sequence[Article], store: Path, settings: Settings) -> tuple[str, tuple[str, ...]]:
    """The id and the members of the one story that the articles end in; AssertionError where there are more."""
    first: str | None = None
    for article in articles:
        result = update(store, ReadResult((article,)), settings).result
        first = first or (result.stories[0].id if result.stories else None)
    with reading(store) as connection:
        stories = [row[0] for row in connection.execute("SELECT id FROM stories")]
        members = tuple(row[0] for row in connection.execute("SELECT id FROM articles WHERE event ORDER BY id"))
        assert len(stories) == 1, stories
        assert first is not None
        assert resolved(connection, first) == stories[0] == first, "the id is not the one first opened"
    return stories[0], members


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("articles", nargs="+")
    parser.add_argument("--orders", type=int, default=120)
    parser.add_argument("--effort", default="balanced")
    given = parser.parse_args()
    articles = read_articles(given.articles).articles
    orders = list(itertools.permutations(articles))
    random.Random(1).shuffle(orders)
    settings = Settings(effort=Effort(given.effort))
    found = set()
    with tempfile.TemporaryDirectory() as folder:
        for turn, order in enumerate(orders[: given.orders]):
            found.add(fed(order, Path(folder) / f"{turn}.db", settings)[1])
    assert found == {tuple(sorted(article.id for article in articles))}, found
    print(f"{min(given.orders, len(orders))} orders of {len(articles)} articles: one story, all members, the first id")


if __name__ == "__main__":
    main()
