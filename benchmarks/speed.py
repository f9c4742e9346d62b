"""Speed, memory, growth and start-up of newsclust on this machine, against sentence-transformers in the same run.

    python benchmarks/speed.py PILE.jsonl.gz [--articles 5000 9000 73437] [--peer-sample 100] [--balanced 5000]

Each size is grouped with `--effort fast` by a process of its own with a cold cache and the built-in model built; with
the default effort as many as `--balanced` says, and once more with the vectors and words of that run. The peer is what
BERTopic spends its time on: sentence-transformers with the same weights in 32 bits, 128 tokens, on a sample that is
extrapolated; its clustering is not counted. The last result is kept in benchmarks/results/speed.json, or where
`--result` says.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import math
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from newsclust.cache.folder import CACHE_VARIABLE, cache_folder
from newsclust.execution.progress import Advance

HERE = Path(__file__).parent
RESULT = HERE / "results" / "speed.json"
SEEDS = HERE.parent / "data" / "articles"
PEER_TOKENS = 128
SEED = 0


class Stopwatch:
    """Seconds of clock and of this process's processor by stage."""

    def __init__(self) -> None:
        self.stages: dict[str, list[float]] = {}

    @contextmanager
    def stage(self, name: str, total: int | None = None) -> Iterator[Advance]:
        """Time the block."""
        clock, processor = time.perf_counter(), time.process_time()
        yield lambda items: None
        taken = time.perf_counter() - clock, time.process_time() - processor
        before = self.stages.get(name, [0.0, 0.0])
        self.stages[name] = [round(old + new, 2) for old, new in zip(before, taken, strict=True)]


def group(path: str, effort: str) -> dict[str, Any]:
    """Read, group and render one file in this process."""
    from newsclust.execution.local import local_executor
    from newsclust.execution.memory import return_what_is_freed
    from newsclust.execution.threads import thread_count
    from newsclust.pipeline import find_stories
    from newsclust.reading.reader import read_articles
    from newsclust.rendering.contract import to_json
    from newsclust.settings import Effort, Settings

    return_what_is_freed()  # as the command does
    watch = Stopwatch()
    with local_executor(thread_count()) as executor:
        with watch.stage("Reading"):
            read = read_articles([path], executor=executor)
        result = find_stories(read, Settings(effort=Effort(effort)), progress=watch, executor=executor)
    with watch.stage("Writing"):
        to_json(result)
    used, workers = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return {
        "effort": effort,
        "articles": len(read.articles),
        "stories": len(result.stories),
        "unclustered": len(result.unclustered),
        "processor_s": round(used.ru_utime + used.ru_stime + workers.ru_utime + workers.ru_stime, 2),
        "memory_mb": round(used.ru_maxrss / 1024),
        "memory_of_a_worker_mb": round(workers.ru_maxrss / 1024),
        "stages_s": watch.stages,
    }


def peer(path: str) -> dict[str, Any]:
    """Embed the texts of one file with sentence-transformers; the model's loading is not counted."""
    import numpy as np
    from sentence_transformers import SentenceTransformer

    from newsclust.encoders.builtin.parts import open_builtin_model
    from newsclust.encoders.builtin.tokenizer import load_tokenizer
    from newsclust.reading.reader import read_articles

    sys.path.insert(0, str(HERE.parent / "tests"))
    from reference_model import write_reference

    texts = [article.body for article in read_articles([path]).articles]
    model = open_builtin_model()
    used = {int(token) for ids in load_tokenizer(model).token_ids(texts) for token in ids}
    needed = used | {int(np.argmin(model.file.scores)), 250_001}
    with tempfile.TemporaryDirectory() as folder:
        write_reference(model.file, [0, 1, 2, 3, *sorted(needed - {0, 1, 2, 3})], Path(folder))
        encoder = SentenceTransformer(folder, device="cpu")
        encoder.max_seq_length = PEER_TOKENS
        encoder.encode(texts[:4])
        start = time.perf_counter()
        encoder.encode(texts, batch_size=32)
        seconds = time.perf_counter() - start
    return {"articles": len(texts), "seconds": round(seconds, 2), "articles_per_s": round(len(texts) / seconds, 2)}


def in_a_process(*arguments: str, cache: Path) -> dict[str, Any]:
    """Run this file for one measurement; its answer, with the seconds that the whole process took."""
    start = time.perf_counter()
    answer = subprocess.run(
        [sys.executable, __file__, *arguments],
        check=True,
        stdout=subprocess.PIPE,
        env={**os.environ, CACHE_VARIABLE: str(cache)},
    )
    return {"process_s": round(time.perf_counter() - start, 2), **json.loads(answer.stdout)}


def started(*arguments: str, cache: Path, times: int = 3) -> list[float]:
    """Seconds of a whole `newsclust` process, each time it is run."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "newsclust", *arguments],
            check=True,
            capture_output=True,
            env={**os.environ, CACHE_VARIABLE: str(cache)},
        )
        taken.append(round(time.perf_counter() - start, 2))
    return taken


def cold_cache(folder: Path) -> Path:
    """A cache with the built model alone."""
    folder.mkdir()
    for entry in cache_folder().glob("model-*"):
        (folder / entry.name).symlink_to(entry, target_is_directory=True)
    return folder


def growth(runs: list[dict[str, Any]]) -> dict[str, float]:
    """The exponent of the processor's time from each size to the next."""
    return {
        f"{less['articles']} to {more['articles']}": round(
            math.log(more["processor_s"] / less["processor_s"]) / math.log(more["articles"] / less["articles"]), 3
        )
        for less, more in itertools.pairwise(runs)
    }


def measure(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Everything, one process after the other."""
    with gzip.open(options.pile, "rt", encoding="utf-8") as stream:
        lines = list(stream)

    def first(size: int) -> str:
        path = folder / f"{size}.jsonl"
        path.write_text("".join(lines[:size]), "utf-8")
        return str(path)

    cold = cold_cache(folder / "cold")
    sizes = sorted({min(size, len(lines)) for size in options.articles})
    # Each with a cache of its own: the first articles of a larger size are those of a smaller one.
    runs = [in_a_process("--group", first(size), cache=cold_cache(folder / f"cold {size}")) for size in sizes]
    sample = folder / "peer.jsonl"
    sample.write_text("".join(random.Random(SEED).sample(lines, min(options.peer_sample, len(lines)))), "utf-8")
    other = in_a_process("--peer", str(sample), cache=cold)
    own = cold_cache(folder / "balanced")
    arguments = ("--group", first(min(options.balanced, len(lines))), "--effort", "balanced")
    again = [in_a_process(*arguments, cache=own) for _ in range(2)] if options.balanced else []
    seeds = sorted(str(path) for path in SEEDS.rglob("*") if path.is_file())[:5]
    five = ("group", *seeds, "--format", "json", "--anew")
    start_up = {
        "help": started("--help", cache=cold),
        "five articles, first cold": started(*five, cache=cold_cache(folder / "seeds")),
        "five articles, fast": started(*five, "--effort", "fast", cache=cold),
    }
    for run in (*runs, *again):
        run["articles_per_s"] = round(run["articles"] / run["process_s"], 1)
        run["over_the_peer"] = round(run["articles_per_s"] / other["articles_per_s"], 1)
    return {
        "cores": len(os.sched_getaffinity(0)),
        "load_before": round(options.load, 2),
        "runs": runs,
        "balanced, cold and warm": again,
        "growth_of_processor_time": growth(runs),
        "peer": other,
        "start_up_s": start_up,
    }


def report(found: dict[str, Any]) -> Iterator[str]:
    """What was measured, a line each."""
    for run in (*found["runs"], *found["balanced, cold and warm"]):
        yield (
            f"{run['effort']:8} {run['articles']:7,} articles  {run['process_s']:7.1f} s"
            f"  {run['processor_s']:7.1f} s of processor  {run['memory_mb']:6,} MB"
            f"  {run['articles_per_s']:7.1f}/s  {run['over_the_peer']:6.1f} x the peer"
        )
        yield "         " + "  ".join(f"{name} {clock:.1f}" for name, (clock, _) in run["stages_s"].items())
    yield f"peer: {found['peer']['articles_per_s']:.1f} articles/s of {found['peer']['articles']} embedded"
    yield from (
        f"growth of processor time, {step}: {value}" for step, value in found["growth_of_processor_time"].items()
    )
    yield from (f"start-up, {name}: {seconds} s" for name, seconds in found["start_up_s"].items())
    if found["load_before"] > 1:
        yield f"other work was running (load {found['load_before']}): seconds of clock say little"


def main() -> None:
    """Measure and print, and keep the result; or do one measurement in this process."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pile", nargs="?")
    parser.add_argument("--articles", type=int, nargs="+", default=[5000, 9000, 73437])
    parser.add_argument("--peer-sample", type=int, default=100)
    parser.add_argument("--balanced", type=int, default=5000, help="articles for the default effort; 0 for none")
    parser.add_argument("--result", type=Path, default=RESULT, help="where what was measured is kept")
    parser.add_argument("--effort", default="fast", help=argparse.SUPPRESS)
    parser.add_argument("--group", help=argparse.SUPPRESS)
    parser.add_argument("--peer", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.group or options.peer:
        sys.stdout.write(json.dumps(group(options.group, options.effort) if options.group else peer(options.peer)))
        return
    if not options.pile:
        parser.error("name the file of articles")
    options.load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        found = measure(options, Path(folder))
    options.result.parent.mkdir(exist_ok=True)
    options.result.write_text(json.dumps(found, indent=2) + "\n", "utf-8")
    for line in report(found):
        sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
