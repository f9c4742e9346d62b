"""What is freed goes back to the system."""

from __future__ import annotations

import subprocess
import sys

import pytest

# Arrays with something small that stays behind each: in glibc's heap all would stay.
PROGRAM = """
import os
from newsclust.execution.memory import return_gaps, return_what_is_freed

def resident():
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")

return_what_is_freed()
del (largest := [bytearray(20 << 20)])[0]
before, stays, arrays = resident(), [], []
for _ in range(60):
    arrays.append(bytearray(3 << 20))
    stays.append(bytes(9000))
arrays.clear()
print((resident() - before) >> 20)
"""
# Small objects of which every hundredth stays.
SMALL = """
many = [bytes(3000) for _ in range(60_000)]
some = many[::100]
del many
before = resident()
return_gaps()
print((before - resident()) >> 20)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc keeps what is freed")
def test_freed_arrays_go_back_although_something_small_stays_behind_each() -> None:
    kept, _ = _printed()

    assert kept < 30


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc keeps what is freed")
def test_gaps_between_small_objects_that_stay_go_back() -> None:
    _, returned = _printed()

    assert returned > 120


def _printed() -> list[int]:
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM + SMALL], capture_output=True, text=True, check=True, timeout=60
    )
    return list(map(int, run.stdout.split()))
