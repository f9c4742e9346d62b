"""How well a search finds a story in other languages: headlines as questions, by vectors, by words, and by both.

    python benchmarks/store_search.py STORE.db [SET] [--effort balanced]

STORE.db is made of the set (default real_day) where it is not there. Each headline of a judged article whose story has
articles in other languages is asked for; hits in its own language are passed over. Recall at 10 is the share of the
story's articles in other languages (of ten at most) among the first ten of the others.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from pathlib import Path

from gold_sets import GOLD

from newsclust.archive.search import Sought, search
from newsclust.articles import ReadResult
from newsclust.evaluation.gold import read_gold
from newsclust.settings import Effort, Settings
from newsclust.store.file import reading
from newsclust.store.update import update

DEEP = 60
WAYS = {"vectors": (True, False), "words": (False, True), "both": (True, True)}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("store", type=Path)
    parser.add_argument("set", nargs="?", default="real_day")
    parser.add_argument("--effort", default="balanced")
    parser.add_argument("--most", type=int, default=300, help="questions")
    given = parser.parse_args()
    gold = read_gold(str(GOLD / f"{given.set}.jsonl.gz"))
    if not given.store.exists():
        update(given.store, ReadResult(tuple(gold.articles)), Settings(effort=Effort(given.effort)))
    story = {article.id: gold.stories.get(article.id) for article in gold.articles}
    with reading(given.store) as connection:
        language = dict(connection.execute("SELECT id, language FROM articles").fetchall())
        members: defaultdict[str, set[str]] = defaultdict(set)
        for id_, label in story.items():
            if label is not None:
                members[label].add(id_)
        asked = [
            (article, wanted)
            for article in gold.articles
            if (label := story[article.id]) is not None
            and article.title
            and (wanted := {id_ for id_ in members[label] if language[id_] != language[article.id]})
        ]
        asked = asked[:: max(1, len(asked) // given.most)]
        for name, (vectors, words) in WAYS.items():
            start, recall, hits, right = time.process_time(), 0.0, 0, 0
            for article, wanted in asked:
                found = search(connection, article.title or "", Sought(limit=DEEP, vectors=vectors, words=words))
                ids = [hit.article.id for hit in found.hits if hit.article.language != language[article.id]][:10]
                recall += len(wanted & set(ids)) / min(10, len(wanted))
                hits, right = hits + len(ids), right + len(wanted & set(ids))
            seconds = (time.process_time() - start) / max(1, len(asked))
            print(
                f"{given.set} {name}: recall at 10 {recall / max(1, len(asked)):.3f} over {len(asked)} headlines;"
                f" {right} of {hits} hits are of the story; {seconds:.2f} s a question",
                flush=True,
            )


if __name__ == "__main__":
    main()
