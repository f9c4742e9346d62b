"""A store of tens of thousands of articles: what adding 1,000 more, searching, and keeping one of them cost.

    python benchmarks/store_scale.py PILE.jsonl.gz FOLDER [--articles 73000] [--added 1000] [--batch 500] [--fill]

Builds FOLDER/pile.db with `--effort fast`, or goes on with the one there, then adds the last articles of the pile in a
process of its own, whose peak memory is taken.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import subprocess
import sys
import time
from pathlib import Path

from newsclust.archive.maintain import check
from newsclust.archive.search import search
from newsclust.archive.transfer import import_lines
from newsclust.articles import Article, ReadResult
from newsclust.pipeline import prepared
from newsclust.reading.reader import read_articles
from newsclust.settings import Effort, Settings
from newsclust.store.file import reading
from newsclust.store.update import Options, described, update

FAST = Settings(effort=Effort.FAST)
QUESTIONS = ("embassy talks in Istanbul", "gempa bumi di Istanbul", "Wahlen im Parlament", "vaccine trial")


def read_pile(pile: str) -> tuple[Article, ...]:
    return read_articles([pile]).articles


def build(store: Path, articles: tuple[Article, ...], batch: int) -> None:
    start = time.perf_counter()
    done = update(store, ReadResult(articles), FAST, Options(batch=batch, changes_only=True))
    print(f"built: {done.added} added, {done.known} known, in {time.perf_counter() - start:.0f} s", flush=True)


def fill(store: Path, articles: tuple[Article, ...]) -> None:
    """Import the articles, each in the story of its document (its id without the language): sooner than joining."""
    start = time.perf_counter()
    cleaned = prepared(articles)
    lines = []
    for article in cleaned:
        digest = hashlib.sha256(article.id.rsplit(":", 1)[0].encode()).hexdigest()[:10]
        line = {"id": article.id, "text": article.text, "title": article.title, "language": article.language}
        lines.append(json.dumps({**line, "story": f"s-{digest}", "event": f"e-{digest}"}))
    done = import_lines(store, lines, FAST)
    print(f"filled: {done.added} added, {done.stories} stories, in {time.perf_counter() - start:.0f} s", flush=True)


def line_of(article: Article) -> str:
    published = article.published.isoformat() if article.published else None
    values = {"id": article.id, "title": article.title, "text": article.text, "date": published, "url": article.url}
    return json.dumps(values) + "\n"


def add(store: Path, articles: tuple[Article, ...]) -> None:
    """Add the articles; say what that took beyond describing them, and the most memory the process held."""
    start = time.process_time()
    described(articles, FAST, None)
    describing = time.process_time() - start
    start, begin = time.process_time(), time.perf_counter()
    done = update(store, ReadResult(articles), FAST)
    taken, clock = time.process_time() - start, time.perf_counter() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{done.added} more: {taken:.1f} s of processor time ({clock:.1f} s by the clock), {describing:.1f} s of it"
        f" describing, peak {peak:.0f} MB",
        flush=True,
    )


def ask(store: Path) -> None:
    with reading(store) as connection:
        search(connection, "warm")  # loads the model
        for question in QUESTIONS:
            start = time.perf_counter()
            found = search(connection, question)
            print(f"search {question!r}: {time.perf_counter() - start:.2f} s, {len(found.hits)} hits", flush=True)
        health = check(connection, store)
    beyond = (health.bytes - health.text_bytes) / health.articles
    print(f"{health.articles} articles, {health.bytes / 1e6:.0f} MB, {beyond:.0f} bytes an article beyond its text")
    print(json.dumps({"problems": health.problems, "stories": health.stories}))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("pile")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=73000)
    parser.add_argument("--added", type=int, default=1000)
    parser.add_argument("--batch", type=int, default=500, help="articles of a transaction while it is built")
    parser.add_argument("--only-add", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--fill", action="store_true", help="import the first articles by document, instead of joining")
    given = parser.parse_args()
    store = given.folder / "pile.db"
    articles = read_pile(given.pile)[: given.articles]
    if given.only_add:
        add(store, articles[-given.added :])
        return
    if given.fill:
        fill(store, articles[: -given.added])
    else:
        build(store, articles[: -given.added], given.batch)
    new = given.folder / "new.jsonl"  # so that the other process reads, and holds, nothing else
    new.write_text("".join(map(line_of, articles[-given.added :])), "utf-8")
    subprocess.run([sys.executable, __file__, str(new), str(given.folder), "--only-add"], check=True)
    ask(store)


if __name__ == "__main__":
    main()
