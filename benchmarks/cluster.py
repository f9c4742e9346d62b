"""A Dask scheduler and two workers of one thread on this machine, against this process with one thread.

    python benchmarks/cluster.py PILE.jsonl.gz [--articles 800] [--effort thorough] [--workers 2]

Both read the same folder of files with the built-in model built and a cold vector cache, and must give the same bytes.
Beside the clock stands the processor: on a machine with other work the clock says little, and what a quiet machine
would take is at most the client's seconds of processor plus those of its busiest worker. The last result is kept in
benchmarks/results/cluster.json.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from speed import Stopwatch, cold_cache

from newsclust.cache.folder import CACHE_VARIABLE

HERE = Path(__file__).parent
RESULT = HERE / "results" / "cluster.json"
FILES = 40
START_SECONDS = 60.0
ONE_THREAD = {name: "1" for name in ("NEWSCLUST_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")}


def group(folder: str, effort: str, address: str | None) -> dict[str, Any]:
    """Read and group the folder, here or on the cluster; seconds of the clock from its first file to its JSON."""
    from newsclust.execution.dask import connected
    from newsclust.execution.executor import IN_PROCESS

    if address is None:
        return _group(folder, effort, IN_PROCESS)
    with connected(address) as executor:
        before = executor._client.run(_processor_seconds)
        found = _group(folder, effort, executor)
        after = executor._client.run(_processor_seconds)
    return found | {"workers_processor_s": [round(after[name] - before[name], 2) for name in sorted(before)]}


def _group(folder: str, effort: str, executor: Any) -> dict[str, Any]:
    from newsclust.pipeline import find_stories
    from newsclust.reading.reader import read_articles
    from newsclust.rendering.contract import to_json
    from newsclust.settings import Effort, Settings

    watch = Stopwatch()
    start, used = time.perf_counter(), _processor_seconds()
    with watch.stage("Reading"):
        read = read_articles([folder], executor=executor)
    text = to_json(find_stories(read, Settings(effort=Effort(effort)), progress=watch, executor=executor))
    return {
        "articles": len(read.articles),
        "clock_s": round(time.perf_counter() - start, 2),
        "processor_s": round(_processor_seconds() - used, 2),
        "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "stages_s": watch.stages,
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
    }


def _processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


@contextmanager
def cluster(folder: Path, workers: int, cache: Path) -> Iterator[str]:
    """Start a scheduler and its workers, give its address, and end them."""
    found = folder / "scheduler.json"
    started: list[subprocess.Popen[bytes]] = []

    def start(*arguments: str) -> None:
        with (folder / f"log-{len(started)}").open("wb") as log:
            command = [sys.executable, "-m", "dask", *arguments, "--no-dashboard"]
            environment = {**os.environ, **ONE_THREAD, CACHE_VARIABLE: str(cache)}
            started.append(subprocess.Popen(command, stdout=log, stderr=log, env=environment))

    try:
        start("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(found))
        address = _address(found)
        for number in range(workers):
            place = ("--local-directory", str(folder / f"worker-{number}"))
            start("worker", address, "--nthreads", "1", "--no-nanny", "--name", f"worker-{number}", *place)
        from distributed import Client

        connect: Any = Client
        with connect(address, set_as_default=False) as client:
            client.wait_for_workers(workers, timeout=START_SECONDS)
        yield address
    finally:
        # Killed: a worker that is asked to end waits for its scheduler, which may be gone.
        for process in started:
            process.kill()
            process.wait()


def _address(file: Path) -> str:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if file.exists() and (text := file.read_text("utf-8")).endswith("}"):
            return str(json.loads(text)["address"])
        time.sleep(0.1)
    raise TimeoutError("the scheduler does not start")


def in_a_process(cache: Path, *arguments: str) -> dict[str, Any]:
    """Run this file for one measurement."""
    environment = {**os.environ, **ONE_THREAD, CACHE_VARIABLE: str(cache)}
    answer = subprocess.run([sys.executable, __file__, *arguments], check=True, stdout=subprocess.PIPE, env=environment)
    found: dict[str, Any] = json.loads(answer.stdout)
    return found


def written(pile: str, articles: int, folder: Path) -> Path:
    """The first articles of the pile in FILES files."""
    with gzip.open(pile, "rt", encoding="utf-8") as stream:
        lines = [line for line, _ in zip(stream, range(articles), strict=False)]
    folder.mkdir()
    for number in range(FILES):
        (folder / f"{number:03}.jsonl").write_text("".join(lines[number::FILES]), "utf-8")
    return folder


def measure(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """Here, then on the cluster."""
    articles = str(written(options.pile, options.articles, folder / "articles"))
    load = [round(os.getloadavg()[0], 2)]
    here = in_a_process(cold_cache(folder / "here"), "--group", articles, "--effort", options.effort)
    load.append(round(os.getloadavg()[0], 2))
    with cluster(folder, options.workers, cold_cache(folder / "workers")) as address:
        there = in_a_process(
            cold_cache(folder / "client"), "--group", articles, "--effort", options.effort, "--scheduler", address
        )
    assert here["sha256"] == there["sha256"], "the cluster gives other bytes"
    busiest = there["processor_s"] + max(there["workers_processor_s"])
    return {
        "effort": options.effort,
        "cores": len(os.sched_getaffinity(0)),
        "load_before": load,
        "here": here,
        "cluster": there,
        "ratio_of_clock": round(here["clock_s"] / there["clock_s"], 2),
        "ratio_of_processor": round(here["processor_s"] / busiest, 2),
        "more_processor": round((there["processor_s"] + sum(there["workers_processor_s"])) / here["processor_s"], 3),
    }


def report(found: dict[str, Any]) -> Iterator[str]:
    """What was measured, a line each."""
    here, there = found["here"], found["cluster"]
    yield f"{here['articles']} articles, {found['effort']}, the same bytes"
    yield f"this process   {here['clock_s']:7.1f} s  {here['processor_s']:7.1f} s of processor"
    workers = " + ".join(f"{seconds:.1f}" for seconds in there["workers_processor_s"])
    client = f"{there['processor_s']:7.1f} s of processor in the client"
    yield f"cluster        {there['clock_s']:7.1f} s  {client}, {workers} s in the workers"
    yield f"by the clock {found['ratio_of_clock']:.2f} x"
    yield f"by the processors of client and busiest worker, one after the other {found['ratio_of_processor']:.2f} x"
    yield f"processor in all, over this process's: {found['more_processor']:.2f}"
    if max(found["load_before"]) > 1.5:
        yield f"other work was running (load {found['load_before']}): seconds of clock say little"


def main() -> None:
    """Measure and print, and keep the result; or do one measurement in this process."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pile", nargs="?")
    parser.add_argument("--articles", type=int, default=800)
    parser.add_argument("--effort", default="thorough")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--group", help=argparse.SUPPRESS)
    parser.add_argument("--scheduler", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.group:
        sys.stdout.write(json.dumps(group(options.group, options.effort, options.scheduler)))
        return
    if not options.pile:
        parser.error("name the file of articles")
    with tempfile.TemporaryDirectory() as folder:
        found = measure(options, Path(folder))
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(found, indent=2) + "\n", "utf-8")
    for line in report(found):
        sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
