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

from newsclust.archive.corrections import corrections, join, part, rename, undo
from newsclust.archive.maintain import check
from newsclust.archive.transfer import exported
from newsclust.articles import ReadResult
from newsclust.reading.reader import read_articles
from newsclust.settings import Effort, Settings
from newsclust.store.file import reading
from newsclust.store.read import whole_result
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


def correct(store: Path) -> None:
    """Make what is left of a few corrections, one transaction each: those that are there say which comes next."""
    while True:
        with reading(store) as connection:
            made = corrections(connection)
            result = whole_result(connection, FAST)
            stories = sorted(result.stories, key=lambda story: story.id)
        match len(made) + sum(one.undone is not None for one in made):
            case 0:
                join(store, stories[0].id, stories[1].id, reason="satu perkara")
            case 1:
                part(store, stories[-1].id, [stories[-1].members[0].article.id])
            case 2:
                rename(store, stories[0].id, "Gempa di İzmir")
            case 3:
                undo(store, 2)
            case 4:
                join(store, stories[-1].id, result.unclustered[0].article.id)
            case _:
                return


def start(store: Path, read: ReadResult) -> int:
    """Fork a run, and corrections after it; its process id."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            update(store, read, FAST, BATCHES)
            correct(store)
            status = 0
        finally:
            os._exit(status)
    return child


def finish(store: Path, read: ReadResult) -> None:
    """Run to the end; AssertionError where a story is not told, or a run is left that nobody ended."""
    with reading(store) as connection:
        ended = connection.execute("SELECT count(*) FROM runs WHERE finished IS NOT NULL").fetchone()[0]
    told = {change.story for change in update(store, read, FAST, BATCHES).changes}
    with reading(store) as connection:
        alive = {id_ for (id_,) in connection.execute("SELECT id FROM stories")}
        assert ended or told == alive, "a story was not told"
        assert check(connection, store).unfinished_runs == 0, "a run that died counts as unfinished"
    correct(store)


def kill_some(read: ReadResult, folder: Path, kills: int, seed: int) -> None:
    reference = folder / "reference.db"
    update(reference, read, FAST, BATCHES)
    correct(reference)
    wanted = content(reference)
    begin = time.monotonic()  # now that the models are loaded
    update(folder / "timed.db", read, FAST, BATCHES)
    correct(folder / "timed.db")
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
        if store.exists() and (not killed or probability.random() < 0.1):
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
