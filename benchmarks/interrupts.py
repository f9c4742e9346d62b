"""Send a signal to `newsclust group`, a little later each time, until a run is through; look at what is left.

    .venv/bin/python benchmarks/interrupts.py data/articles --every 0.1 --signal SIGTERM

Every run must end with the signal's exit code, or by the signal itself where it came before newsclust was loaded, or
with 0 and the whole result; without a traceback, and with nothing half-written. Exit 1 where one does not.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

OUTPUT = "result.json"


def main() -> int:
    """Print the exit codes met, and each run that ended otherwise."""
    parser = argparse.ArgumentParser()
    parser.add_argument("articles")
    parser.add_argument("--every", type=float, default=0.1, help="seconds by which the signal comes later each time")
    parser.add_argument("--signal", default="SIGINT", choices=["SIGINT", "SIGTERM", "SIGHUP"])
    given = parser.parse_args()
    number = signal.Signals[given.signal]
    # What a shell runs in the background ignores interrupts, and so would every run that is started here.
    signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
    articles = str(Path(given.articles).resolve())
    command = [sys.executable, "-m", "newsclust", "group", articles, "-o", OUTPUT, "-q", "--anew"]
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(2):  # the first builds the model and fills the cache
            start = time.monotonic()
            subprocess.run(command, cwd=folder, check=True)
        takes = time.monotonic() - start
        whole = Path(folder, OUTPUT).read_bytes()
        met: Counter[int] = Counter()
        wrong = 0
        for step in range(1, int(takes / given.every) + 1):
            Path(folder, OUTPUT).unlink(missing_ok=True)
            code, said = interrupted(command, folder, number, step * given.every)
            met[code] += 1
            left = {name: Path(folder, name).read_bytes() for name in os.listdir(folder)}
            if code not in (0, 128 + number, -number) or "Traceback" in said or left not in ({}, {OUTPUT: whole}):
                wrong += 1
                print(f"after {step * given.every:.2f} s: exit {code}, left {sorted(left)}\n{said[-2000:]}")
    if set(met) <= {0}:
        wrong += 1
        print("no run was ended by the signal")
    print(f"{given.signal}, {met.total()} runs of {takes:.1f} s: exit codes {dict(met)}; {wrong} wrong")
    return int(wrong > 0)


def interrupted(command: list[str], folder: str, number: signal.Signals, after: float) -> tuple[int, str]:
    """The exit code, and what was said, of a run that got the signal after so many seconds."""
    process = subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True)
    time.sleep(after)
    process.send_signal(number)
    _, said = process.communicate()
    return process.returncode, said


if __name__ == "__main__":
    sys.exit(main())
