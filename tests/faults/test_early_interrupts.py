"""Ctrl-C while the command starts: it ends quietly, also in the middle of an import."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")

SCRIPT = """
import os, signal, sys

at, begun, imported = int(sys.argv.pop(1)), False, []

def heard(event, arguments):
    global begun
    begun = begun or event == "import" and arguments[0].startswith("newsclust")
    if event == "import" and begun:
        imported.append(arguments[0])
        if len(imported) - 1 == at:
            os.kill(os.getpid(), signal.SIGINT)

sys.addaudithook(heard)
from newsclust.__main__ import main
try:
    main()
finally:
    print(*imported[:4], file=sys.stderr)
"""
"""What the installed script does, with a signal at the n-th import that is not done yet; -1 for none."""

QUIET = {-signal.SIGINT: "", 128 + signal.SIGINT: "interrupted"}
"""Exit codes of an interrupted run and what it says: the first before the command itself listens for signals."""


def started(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def test_the_command_hears_ctrl_c_before_it_imports_anything() -> None:
    _, said = started("-c", SCRIPT, "-1", "--help").communicate()
    assert said.split()[:3] == ["newsclust.__main__", "newsclust", "newsclust.cli"]


@pytest.mark.parametrize("at", [2, 3, 5, 8, 13, 21, 34])
def test_ctrl_c_while_anything_is_imported_shows_no_traceback(at: int) -> None:
    process = started("-c", SCRIPT, str(at), "--help")
    _, said = process.communicate()
    assert "Traceback" not in said
    assert process.returncode in QUIET
    assert QUIET[process.returncode] in said


@pytest.mark.parametrize("arguments", [["--help"], ["group", "artikel.jsonl", "-o", "aus.json"]], ids=["help", "group"])
def test_ctrl_c_at_any_moment_of_the_start_shows_no_traceback_of_ours(
    arguments: list[str], articles: Path, own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(articles.parent)
    for moment in range(1, 16):
        process = started("-m", "newsclust", *arguments)
        time.sleep(moment * 0.02)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate()
        # Until then the interpreter loads its own modules, and looks for what -m names, and says so.
        begun = "newsclust" in said and "_get_module_details" not in said
        assert "Traceback" not in said or not begun, said
        assert process.returncode in {0, *QUIET, *({1} if not begun else ())}, said
        assert sorted(os.listdir()) in ([articles.name, own_cache.name], [articles.name, "aus.json", own_cache.name])
