"""Many writers and readers of one store at once: no command may end with anything but 0, or 75 for a writer.

    python benchmarks/store_crowd.py ARTICLES... [--writers 20] [--readers 20] [--seconds 60]

POSIX only: the processes are forked, so that models are loaded once.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from newsclust.archive.maintain import check
from newsclust.cli import run
from newsclust.reading.reader import read_articles
from newsclust.store.file import reading

LOCKED = 75


def write(store: str, files: list[str], seconds: float, seed: int, codes: Any) -> None:
    """Group a few files at a time, at random, until the time is up."""
    probability, end = random.Random(seed), time.monotonic() + seconds
    while time.monotonic() < end:
        chosen = probability.sample(files, 4)
        wait = ["--wait", "1"] if probability.random() < 0.3 else []
        codes.put(
            ("write", run(["group", *chosen, "--store", store, "--effort", "fast", "-q", *wait, "-o", os.devnull]))
        )


def read(store: str, seconds: float, seed: int, codes: Any) -> None:
    """Ask for this and that until the time is up."""
    probability, end = random.Random(seed), time.monotonic() + seconds
    questions = (["stories"], ["check"], ["search", "kedutaan besar"], ["export"])
    while time.monotonic() < end:
        codes.put(("read", run([*probability.choice(questions), "--store", store, "-o", os.devnull])))


def crowd(paths: list[str], folder: Path, writers: int, readers: int, seconds: float) -> None:
    store = folder / "news.db"
    files = sorted(str(path) for root in paths for path in Path(root).rglob("*") if path.is_file())
    run(["group", *files[:4], "--store", str(store), "--effort", "fast", "-q", "-o", os.devnull])
    # Processes that share a queue must drain it before they end, so it is emptied while they run.
    context = multiprocessing.get_context("fork")
    codes: Any = context.Queue()
    people = [context.Process(target=write, args=(str(store), files, seconds, k, codes)) for k in range(writers)]
    people += [context.Process(target=read, args=(str(store), seconds, k, codes)) for k in range(readers)]
    for person in people:
        person.start()
    counts: Counter[tuple[str, int]] = Counter()
    while any(person.is_alive() for person in people) or not codes.empty():
        while not codes.empty():
            counts[codes.get()] += 1
        time.sleep(0.05)
    with reading(store) as connection:
        health = check(connection, store)
    print({f"{who} {code}": count for (who, code), count in sorted(counts.items())}, f"{health.articles} articles")
    wrong = {key: count for key, count in counts.items() if key[1] != 0 and key != ("write", LOCKED)}
    assert not wrong, f"commands failed: {wrong}"
    assert not health.problems, health.problems
    assert counts["write", 0]
    assert counts["read", 0] or not readers


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("articles", nargs="+")
    parser.add_argument("--writers", type=int, default=20)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60)
    given = parser.parse_args()
    read_articles(given.articles)
    with tempfile.TemporaryDirectory() as folder:
        crowd(given.articles, Path(folder), given.writers, given.readers, given.seconds)


if __name__ == "__main__":
    main()
