"""Quality where most languages are ones that no gold set has: translations, each document a story.

    python benchmarks/many_languages.py ARTICLES.jsonl[.gz] [--articles 5000] [--effort fast balanced]

The ids of the articles read "SOURCE:DOCUMENT:LANGUAGE"; all translations of a document count as one story. Prints
B-cubed precision, recall and F1 of events and of stories, for all articles and for those in languages that the shipped
statistics were measured on. Nothing is fitted on it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from gold_sets import GOLD
from pair_examples import bcubed_by_article

from newsclust.articles import ReadResult
from newsclust.evaluation.gold import read_gold
from newsclust.execution.local import local_executor
from newsclust.execution.threads import thread_count
from newsclust.pipeline import find_stories
from newsclust.reading.reader import read_articles
from newsclust.settings import Effort, Settings
from newsclust.stories import ClusterResult

TRANSLATED = ("ntrex_core23", "flores_wikinews_core")


def document(article_id: str) -> str:
    """What the article is a translation of."""
    return article_id.split(":")[1]


def numbered(labels: Sequence[str]) -> np.ndarray[tuple[int], np.dtype[np.intp]]:
    """The labels as numbers."""
    return np.unique(np.array(labels), return_inverse=True)[1].astype(np.intp)


def labels_of(result: ClusterResult) -> Mapping[str, Callable[[str], str]]:
    """The event and the story of an article by its id; who is alone has its own."""
    events = {m.article.id: m.event for story in result.stories for m in story.members}
    stories = {m.article.id: story.id for story in result.stories for m in story.members}
    return {"events": lambda id_: events.get(id_, id_), "stories": lambda id_: stories.get(id_, id_)}


def measured_languages() -> set[str]:
    """The languages of the sets of translations."""
    return {article.language for name in TRANSLATED for article in read_gold(str(GOLD / f"{name}.jsonl.gz")).articles}


def main() -> None:
    """Group once for each effort, and print a line for each level and group of languages."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles_file")
    parser.add_argument("--articles", type=int, default=5000)
    parser.add_argument("--effort", nargs="+", default=["fast", "balanced"])
    options = parser.parse_args()
    known = measured_languages()
    with local_executor(thread_count()) as executor:
        read = read_articles([options.articles_file], executor=executor)
        some = ReadResult(read.articles[:: max(1, len(read.articles) // options.articles)][: options.articles])
        for effort in options.effort:
            result = find_stories(some, Settings(effort=Effort(effort)), executor=executor)
            articles = result.articles
            wanted = numbered([document(article.id) for article in articles])
            here = np.array([article.language in known for article in articles])
            for level, label in labels_of(result).items():
                each = bcubed_by_article(wanted, numbered([label(article.id) for article in articles]))
                for name, rows in (("all", each), ("measured languages", each[here]), ("others", each[~here])):
                    precision, recall = rows.mean(axis=0)
                    f1 = 2 * precision * recall / (precision + recall)
                    figures = f"{len(rows):6,}  P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}"
                    sys.stdout.write(f"{effort:9} {level:8} {name:20}{figures}\n")


if __name__ == "__main__":
    main()
