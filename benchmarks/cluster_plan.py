"""What a run on a cluster sends, computes and holds, by stage; measured in one process, then drawn on to larger runs.

    python benchmarks/cluster_plan.py PILE.jsonl.gz [--articles 9000 73437] [--effort fast] [--for 416667 10000000]

Every chunk is pickled, unpickled and run here, one after the other, and so is its answer: seconds of processor
are split into those that workers would spend and those of the client, and bytes are those that would travel. The
exponents from the smallest size to the largest carry each number on. The last result is kept in
benchmarks/results/cluster_plan.json.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import os
import pickle
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from newsclust.execution.dask import SHARED_KEPT
from newsclust.execution.progress import Advance

HERE = Path(__file__).parent
RESULT = HERE / "results" / "cluster_plan.json"
ROWS_A_FILE = 200
"""Articles in a file of the simulation: what an agency delivers in a minute or two."""
COUNTED = ("worker_s", "client_s", "chunks", "out_mb", "back_mb", "shared_mb")

R = TypeVar("R")


class Ledger:
    """Executor and progress in one: runs the chunks here, and counts for the stage that is open."""

    remote = True
    by_value = True
    threads = 1

    def __init__(self) -> None:
        self.stages: dict[str, dict[str, float]] = {}
        self._open = ""
        self._shared: dict[int, Any] = {}
        self._away = 0.0

    @contextmanager
    def stage(self, name: str, total: int | None = None) -> Iterator[Advance]:
        """Count for this stage; the client's time is what is not spent in chunks."""
        outer, self._open = self._open, name
        counts = self.stages.setdefault(name, dict.fromkeys(COUNTED, 0.0))
        start, away = time.process_time(), self._away
        yield lambda items: None
        counts["client_s"] += time.process_time() - start - (self._away - away)
        self._open = outer

    def map(self, function: Callable[..., R], chunks: Iterable[Any], *shared: Any) -> Iterator[R]:
        """Run each chunk as a worker would, from its pickle."""
        counts = self.stages[self._open]
        for value in shared:
            if id(value) not in self._shared:
                while len(self._shared) >= SHARED_KEPT:
                    del self._shared[next(iter(self._shared))]
                self._shared[id(value)] = value
                counts["shared_mb"] += _size(value)
        for chunk in chunks:
            sent = pickle.dumps((function, chunk), protocol=5)
            start = time.process_time()
            received, here = pickle.loads(sent)  # noqa: S301 - it was just written
            back = pickle.dumps(received(here, *shared), protocol=5)
            spent = time.process_time() - start
            self._away += spent
            counts["worker_s"] += spent
            counts["chunks"] += 1
            counts["out_mb"] += len(sent) / 1e6
            counts["back_mb"] += len(back) / 1e6
            yield pickle.loads(back)  # noqa: S301 - it was just written


class _Counted:
    """A file that keeps nothing but its size."""

    def __init__(self) -> None:
        self.size = 0

    def write(self, data: Any) -> int:
        """Count."""
        size = memoryview(data).nbytes
        self.size += size
        return size


def _size(value: Any) -> float:
    counted = _Counted()
    pickle.dump(value, counted, protocol=5)
    return counted.size / 1e6


def run(folder: str, effort: str) -> dict[str, Any]:
    """Group a folder, every chunk of it pickled."""
    from newsclust.pipeline import find_stories
    from newsclust.reading.reader import read_articles
    from newsclust.rendering.contract import to_json
    from newsclust.settings import Effort, Settings

    ledger: Any = Ledger()
    with ledger.stage("Reading"):
        read = read_articles([folder], executor=ledger)
    result = find_stories(read, Settings(effort=Effort(effort)), progress=ledger, executor=ledger)
    with ledger.stage("Writing"):
        written = len(to_json(result)) / 1e6
    used = resource.getrusage(resource.RUSAGE_SELF)
    stages = {name: {key: round(value, 3) for key, value in counts.items()} for name, counts in ledger.stages.items()}
    return {
        "articles": len(read.articles),
        "stories": len(result.stories),
        "text_mb": round(sum(len(article.body.encode("utf-8", "replace")) for article in read.articles) / 1e6, 1),
        "written_mb": round(written, 1),
        "memory_mb": round(used.ru_maxrss / 1024),
        "processor_s": round(used.ru_utime + used.ru_stime, 1),
        "stages": stages,
    }


def totals(measured: dict[str, Any]) -> dict[str, float]:
    """The sums over stages, with the memory."""
    stages = measured["stages"].values()
    return {key: sum(stage[key] for stage in stages) for key in COUNTED} | {"memory_mb": measured["memory_mb"]}


def drawn_on(less: dict[str, Any], more: dict[str, Any], articles: int) -> dict[str, Any]:
    """Each stage's numbers for so many articles, by the exponent between two measured sizes, at least linear."""
    ratio = math.log(more["articles"] / less["articles"])
    ahead = articles / more["articles"]

    def value(small: float, large: float) -> float:
        exponent = max(1.0, math.log(large / small) / ratio) if small > 0 and large > 0 else 1.0
        return round(float(large * ahead**exponent), 1)

    stages = {
        name: {key: value(less["stages"].get(name, stage)[key], stage[key]) for key in COUNTED}
        for name, stage in more["stages"].items()
    }
    # Memory has a part that does not grow.
    slope = (more["memory_mb"] - less["memory_mb"]) / (more["articles"] - less["articles"])
    memory = round(more["memory_mb"] + slope * (articles - more["articles"]))
    return {"articles": articles, "memory_mb": memory, "stages": stages}


def in_a_process(pile: str, articles: int, effort: str) -> dict[str, Any]:
    """One size, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        with gzip.open(pile, "rt", encoding="utf-8") as stream:
            lines = [line for line, _ in zip(stream, range(articles), strict=False)]
        for number, start in enumerate(range(0, len(lines), ROWS_A_FILE)):
            Path(folder, f"{number:05}.jsonl").write_text("".join(lines[start : start + ROWS_A_FILE]), "utf-8")
        del lines
        command = [sys.executable, __file__, "--run", folder, "--effort", effort]
        environment = {**os.environ, "NEWSCLUST_THREADS": "1", "OMP_NUM_THREADS": "1"}
        answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=environment)
    found: dict[str, Any] = json.loads(answer.stdout)
    return found


def report(measured: dict[str, Any]) -> Iterator[str]:
    """A size, a line a stage."""
    yield f"{measured['articles']:,} articles, {measured['memory_mb']:,} MB in the client"
    yield f"{'':20}" + "".join(f"{key:>12}" for key in COUNTED)
    for name, stage in (*measured["stages"].items(), ("all", totals(measured))):
        yield f"{name:20}" + "".join(f"{stage[key]:12,.1f}" for key in COUNTED)


def main() -> None:
    """Measure, draw on, print, and keep the result; or measure one size in this process."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pile", nargs="?")
    parser.add_argument("--articles", type=int, nargs="+", default=[9_000, 73_437])
    parser.add_argument("--for", dest="wanted", type=int, nargs="+", default=[416_667, 10_000_000])
    parser.add_argument("--effort", default="fast")
    parser.add_argument("--run", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run:
        sys.stdout.write(json.dumps(run(options.run, options.effort)))
        return
    if not options.pile:
        parser.error("name the file of articles")
    runs = [in_a_process(options.pile, size, options.effort) for size in sorted(options.articles)]
    plans = [drawn_on(runs[0], runs[-1], size) for size in options.wanted] if len(runs) > 1 else []
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps({"effort": options.effort, "runs": runs, "drawn_on": plans}, indent=2) + "\n", "utf-8")
    for found in (*runs, *plans):
        for line in report(found):
            sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
