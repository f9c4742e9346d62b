"""Group the whole hostile corpus, a process for each case, and print what it took.

    python tests/hostile/run.py [CASE ...] [--size 1]

Each case lies in a folder beside one good article, which must come out whole. A case that fails, takes longer than
`MOST_SECONDS` or more than `MOST_MEMORY` makes the exit status 1.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

MOST_SECONDS = 3600
MOST_MEMORY = 8192
"""Megabytes."""
GOOD = "In Ushuaia eröffnet ein Chor von Leuchtturmwärtern die Saison. 灯台守の合唱。"


def main() -> int:
    """Run the cases that the command line names, or all; 1 when any of them broke a promise."""
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from hostile.cases import CASES

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("cases", nargs="*", default=list(CASES))
    parser.add_argument("--size", type=float, default=1.0, help="share of the full corpus")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.here:
        print(json.dumps(group(options.cases[0])))
        return 0
    print(
        "| case | articles | skipped | seconds | peak MB | what was said |\n|---|---:|---:|---:|---:|---|", flush=True
    )
    broken = 0
    for name in options.cases:
        with tempfile.TemporaryDirectory(prefix="newsclust-hostile-") as folder:
            CASES[name](Path(folder), options.size)
            (Path(folder) / "good.txt").write_text(GOOD, "utf-8")
            broken += report(name, folder)
    return min(broken, 1)


def report(name: str, folder: str) -> int:
    """Group one folder in a process of its own and print its line; 1 when a promise was broken."""
    started = time.monotonic()
    command = [sys.executable, __file__, folder, "--here"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=MOST_SECONDS, check=False)
        taken: dict[str, Any] = json.loads(done.stdout) if done.returncode == 0 else {"error": done.stderr[-1500:]}
    except subprocess.TimeoutExpired:
        taken = {"error": f"not done after {MOST_SECONDS} s"}
    if "error" in taken:
        print(f"| {name} | BROKEN after {time.monotonic() - started:.0f} s: {taken['error']} |", flush=True)
        return 1
    said = "good article LOST; " * (not taken["good"]) + "; ".join(
        f"{reason}{f' ({count})' if count > 1 else ''}" for reason, count in taken["said"]
    )
    numbers = f"{taken['articles']:,} | {taken['skipped']:,} | {taken['seconds']:.0f} | {taken['memory']:,}"
    print(f"| {name} | {numbers} | {said.replace('|', '/')} |", flush=True)
    return int(not taken["good"] or taken["memory"] > MOST_MEMORY)


def group(folder: str) -> dict[str, Any]:
    """Group a folder with the command, in this process: what came out, and what it took."""
    from newsclust.cli import run

    out = Path(tempfile.mkdtemp()) / "result.json"
    began = os.times()
    with contextlib.redirect_stderr(io.StringIO()):
        code = run(["group", folder, "--effort", "fast", "--quiet", "--anew", "--format", "json", "-o", str(out)])
    used, memory = os.times(), peak_memory()  # before the result is read back, which takes as much again
    if code:
        raise SystemExit(f"exit status {code}")
    with out.open(encoding="utf-8") as file:
        result = json.load(file)
    out.unlink()
    told = Counter(shortened(entry["reason"]) for entry in result["skipped"])
    articles = [entry for story in result["stories"] for entry in story["articles"]] + result["unclustered"]
    return {
        "articles": result["summary"]["articles"],
        "skipped": result["summary"]["skipped"],
        "seconds": used.user + used.system - began.user - began.system,
        "memory": memory,
        "said": told.most_common(4),
        "good": "good.txt" in [entry["id"] for entry in articles],
    }


def peak_memory() -> int:
    """Megabytes that this process held at most; `ru_maxrss` also counts the process that started it."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) >> 10 for line in lines if line.startswith("VmHWM"))


def shortened(reason: str) -> str:
    """What a reason says of any input: without its numbers of columns and items."""
    words = reason.split("; ")[0].split(", line")[0].split()
    return " ".join(word for word in words[:14] if not word.strip(":,").isdigit())


if __name__ == "__main__":
    sys.exit(main())
