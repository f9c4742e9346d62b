"""The share of mutants that the tests catch, module by module, after `mutmut run`; exit 1 where one is under LEAST.

A mutant is the code with one small change. One counts as caught when a test fails, or runs on without end.
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter, defaultdict

LEAST = 0.75
CAUGHT = {"killed", "timeout", "segfault", "caught by type check"}


def verdicts(lines: list[str]) -> dict[str, Counter[str]]:
    """The verdicts by module, from lines such as "newsclust.clustering.linkage.x_cluster__mutmut_11: survived"."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for line in lines:
        name, colon, verdict = line.strip().rpartition(": ")
        if colon:
            found[name.rpartition(".")[0]][verdict] += 1
    return found


def main() -> int:
    """Print a line a module."""
    command = [sys.executable, "-m", "mutmut", "results", "--all", "true"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found = verdicts(done.stdout.splitlines())
    scores = []
    for module, counts in sorted(found.items()):
        caught = sum(counts[verdict] for verdict in CAUGHT)
        scores.append(caught / counts.total())
        print(f"{module}: {caught} of {counts.total()} caught, {scores[-1]:.1%}; {dict(counts)}")
    return int(not scores or min(scores) < LEAST)


if __name__ == "__main__":
    sys.exit(main())
