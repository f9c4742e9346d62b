"""Killed at any moment of building the model: the next run builds what is missing, and trusts nothing half-written."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tiny_model import write_tiny_model

from newsclust.encoders.builtin.parts import GRAPH, PIECES, open_builtin_model, read_part

pytestmark = pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX")

CHILD = """
import os, signal, sys
from pathlib import Path
import newsclust.encoders.builtin.parts as model

left = int(sys.argv[2])

def passing(act, *rest):
    # One step further to the moment of death; a file that is being written is cut in half.
    global left
    left -= 1
    if left == 0:
        if act is write:
            rest = rest[0], rest[1][: len(rest[1]) // 2]
            act(*rest)
        os.kill(os.getpid(), signal.SIGKILL)
    act(*rest)

write, rename = model.write_private, os.rename
model.write_private = lambda *rest: passing(write, *rest)
os.rename = lambda *rest: passing(rename, *rest)
model.open_builtin_model(Path(sys.argv[1]))
assert left > 0
"""
STEPS = 5
"""Two parts and a manifest are written, what was there is moved away, and the new folder moved in."""


@pytest.mark.parametrize("there", [False, True], ids=["first build", "over a damaged one"])
def test_killed_at_every_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool) -> None:
    monkeypatch.setenv("NEWSCLUST_CACHE", str(tmp_path / "heil"))
    weights = write_tiny_model(tmp_path / "m.bin")
    whole = open_builtin_model(weights).parts
    for step in range(1, STEPS + 1):
        monkeypatch.setenv("NEWSCLUST_CACHE", str(tmp_path / f"önbellek-{step}"))
        if there:
            (open_builtin_model(weights).folder / "manifest.json").write_bytes(b"{}")
        child = [sys.executable, "-c", CHILD, str(weights), str(step)]
        assert subprocess.run(child, check=False).returncode == -signal.SIGKILL, step

        model = open_builtin_model(weights)
        assert {name: read_part(model, name) for name in (GRAPH, PIECES)} == whole
        assert not open_builtin_model(weights).parts  # and what it built is kept
