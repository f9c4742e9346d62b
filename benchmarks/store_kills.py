"""Kills runs that write a store, at random moments, and looks at what they leave.

    python benchmarks/store_kills.py ARTICLES... [--kills 200] [--seed 1]

After each kill the store must be whole and hold each article at most once; when a run gets to its end, the store must
hold what one undisturbed run makes, and that run tells what those before it did. POSIX only: runs are forked, so that
models are loaded once.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import tempfile
import time
from pathlib import Path
from typing import Any

from newsclust.archive.maintain import check
from newsclust.archive.transfer import exported
from newsclust.articles import ReadResult
from newsclust.reading.reader import read_articles
from newsclust.settings import Effort, Settings
from newsclust.store.file import reading
from newsclust.store.update import Options, update

FAST = Settings(effort=Effort.FAST)
BATCHES = Options(batch=8)


def content(store: Path) -> list[dict[str, Any]]:
    """What the store holds, save when it was added."""
    with reading(store) as connection:
        return [{name: value for name, value in line.items() if name != "added"} for line in exported(connection)]


def whole(store: Path, most: int) -> int:
    """The number of articles; AssertionError where the store is not whole."""
    with reading(store) as connection:
        health = check(connection, store)
        ids = [row[0] for row in connection.execute("SELECT id FROM articles")]
    assert not health.problems, health.problems
    assert len(ids) == len(set(ids)) <= most
    return len(ids)


def start(store: Path, read: ReadResult) -> int:
    """Fork a run; its process id."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            update(store, read, FAST, BATCHES)
            status = 0
        finally:
            os._exit(status)
    return child


def finish(store: Path, read: ReadResult) -> None:
    """Run to the end; AssertionError where a story is not told, or a run is left that nobody ended."""
    told = {change.story for change in update(store, read, FAST, BATCHES).changes}
    with reading(store) as connection:
        assert told == {id_ for (id_,) in connection.execute("SELECT id FROM stories")}, "a story was not told"
        assert check(connection, store).unfinished_runs == 0, "a run that died counts as unfinished"


def kill_some(read: ReadResult, folder: Path, kills: int, seed: int) -> None:
    reference = folder / "reference.db"
    update(reference, read, FAST, BATCHES)
    wanted = content(reference)
    begin = time.monotonic()  # now that the models are loaded
    update(folder / "timed.db", read, FAST, BATCHES)
    length = time.monotonic() - begin
    probability = random.Random(seed)
    store, done, ends, partial = folder / "killed.db", 0, 0, 0
    while done < kills:
        child = start(store, read)
        time.sleep(probability.uniform(0, length))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        killed = os.WIFSIGNALED(status)
        done += killed
        held = whole(store, len(wanted)) if store.exists() else 0
        partial += killed and 0 < held < len(wanted)
        assert killed or status == 0, f"a run ended with status {status}"
        if not killed or probability.random() < 0.1:
            if killed:
                finish(store, read)
            assert content(store) == wanted, "a store that was killed on the way differs from an undisturbed one"
            ends += 1
            for left in folder.glob("killed.db*"):
                left.unlink()
    print(f"{done} kills, {partial} of them between batches of a store, {ends} stores carried to the end: all whole")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("articles", nargs="+")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        kill_some(read_articles(given.articles), Path(folder), given.kills, given.seed)


if __name__ == "__main__":
    main()
