"""Fuzz the surfaces one after the other with atheris, guided by coverage, and print what was tried.

    python tests/fuzz/run.py [SURFACE ...] [--seconds 60] [--inputs 0] [--seed 0]

The seeds in tests/fuzz/corpus are read and never changed; what is found on the way grows in out/fuzz, where the next
run goes on from. An input that crashes, takes longer than `TIMEOUT`, or fills the memory ends its surface: it is kept
in out/fuzz/crashes, the exit status is 1, and it belongs in the corpus once it is mended.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
CORPUS = HERE / "corpus"
OUT = HERE.parents[1] / "out" / "fuzz"
TIMEOUT = 120
"""Seconds for one input, on a machine that does other things too."""
LONGEST = {"model_file": 20_000}
"""Bytes of an input, 8,192 where nothing else is said: the smallest whole model has 17,440."""
MEMORY = 3072
"""Megabytes that a fuzzer may take."""


def main() -> int:
    """Fuzz the surfaces that the command line names, or all of them; 1 when any of them crashed."""
    sys.path.insert(0, str(HERE.parent))
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("surfaces", nargs="*")
    parser.add_argument("--seconds", type=int, default=60, help="for each surface")
    parser.add_argument("--inputs", type=int, default=0, help="for each surface; 0 for as many as time allows")
    parser.add_argument("--seed", type=int, default=0, help="the same inputs for the same number; 0 for other ones")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.here:
        fuzz(options.surfaces[0], options.seconds, options.inputs, options.seed)
    surfaces = options.surfaces or sorted(path.name for path in CORPUS.iterdir())
    print(f"{'surface':<12}{'seconds':>9}{'inputs':>10}{'features':>10}  outcome", flush=True)
    return max([report(surface, options.seconds, options.inputs, options.seed) for surface in surfaces])


def report(surface: str, seconds: int, inputs: int, seed: int) -> int:
    """Fuzz one surface in a process of its own, print its line, and give its exit status."""
    started = time.monotonic()
    bounds = ("--seconds", str(seconds), "--inputs", str(inputs), "--seed", str(seed))
    command = [sys.executable, __file__, surface, "--here", *bounds]
    hashes = {"PYTHONHASHSEED": str(seed)} if seed else {}  # or else the coverage that guides it differs
    environment = {**os.environ, **hashes}
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False, env=environment)
    tried = re.search(r"number_of_executed_units: (\d+)", done.stderr)
    features = re.findall(r" ft: (\d+)", done.stderr)
    found = f"{tried[1] if tried else '?':>10}{features[-1] if features else '?':>10}"
    outcome = "no crash" if done.returncode == 0 else "CRASH"
    print(f"{surface:<12}{time.monotonic() - started:>9.0f}{found}  {outcome}", flush=True)
    if done.returncode:
        print((done.stdout + done.stderr)[-4000:], file=sys.stderr)  # Python tells of the exception on stdout
    return min(done.returncode, 1)


def fuzz(surface: str, seconds: int, inputs: int, seed: int) -> None:
    """Fuzz one surface in this process, which ends with it."""
    try:
        import atheris
    except ImportError:
        sys.exit("atheris is not installed: it has wheels for Linux on x86_64 and Python 3.11 to 3.13 only")
    with atheris.instrument_imports(include=["newsclust", "fuzz"]):
        from fuzz.targets import TARGETS

        from newsclust.reading import reader as reading
        from newsclust.reading.dates import parse_date
    reading.IMPATIENT_AFTER = 2  # a date tried in all languages takes 30 ms
    parse_date("12 brumaire 2024")  # and the first one seconds
    if surface not in TARGETS:
        sys.exit(f"no surface {surface!r}: they are {', '.join(TARGETS)}")
    grown, crashes = OUT / surface, OUT / "crashes"
    for folder in (grown, crashes):
        folder.mkdir(parents=True, exist_ok=True)
    settings = {
        "max_total_time": seconds,
        "runs": inputs or -1,
        "seed": seed,
        "timeout": TIMEOUT,
        "max_len": LONGEST.get(surface, 8192),
        "rss_limit_mb": MEMORY,
        "artifact_prefix": f"{crashes / surface}-",
        "print_final_stats": 1,
        "dict": HERE / "words.dict",
    }
    for path in sorted((CORPUS / surface).iterdir()):
        TARGETS[surface](path.read_bytes())  # what is loaded at first use counts for no input
    flags = [f"-{name}={value}" for name, value in settings.items()]
    atheris.Setup([sys.argv[0], *flags, str(grown), str(CORPUS / surface)], TARGETS[surface])
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())
