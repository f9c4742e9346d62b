"""With no locale, no home folder and hardly a variable, names in every script are read and written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hostile_rows import LEAD

NAMES = [*map(os.fsencode, ("İstanbul.txt", "北京.txt", "ü\n.txt")), b"caf\xe9.txt"]


@pytest.mark.skipif(os.name != "posix", reason="locales as POSIX has them")
def test_the_locale_and_a_missing_home_change_nothing(tmp_path: Path, built_cache: Path) -> None:
    folder = os.fsencode(tmp_path / "gelen")
    os.mkdir(folder)
    for number, name in enumerate(NAMES):
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(f"{LEAD[number % 2]} – 北京 {number}")
    bare = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "NEWSCLUST_CACHE": str(built_cache)}
    command = [sys.executable, "-m", "newsclust", "group", "gelen", "--effort", "fast", "-o", "aus.json"]
    done = subprocess.run(command, env=bare, cwd=tmp_path, capture_output=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert b"Traceback" not in done.stderr
    document = json.loads((tmp_path / "aus.json").read_bytes())
    found = [*(a for story in document["stories"] for a in story["articles"]), *document["unclustered"]]
    assert {article["id"] for article in found} == {"İstanbul.txt", "北京.txt", "ü\n.txt", r"caf\xe9.txt"}
    assert all("北京" in article["title"] for article in found)
