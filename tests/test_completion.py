"""Completion in the shell: commands, options and values by newsclust, files by the shell itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

START = [sys.executable, "-c", "from newsclust.cli import main; main()"]


def answer(words: str) -> list[str]:
    """What newsclust tells bash when it completes the last of the words."""
    given = words.split(" ")
    environment = {
        **os.environ,
        "_NEWSCLUST_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(given) - 1),
    }
    done = subprocess.run(START, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.split()


def test_commands_options_and_values_are_completed() -> None:
    assert answer("newsclust s") == ["plain,stories", "plain,story", "plain,search"]
    assert answer("newsclust group --gran") == ["plain,--granularity"]
    assert answer("newsclust group --effort b") == ["plain,balanced"]


@pytest.mark.parametrize(
    "words", ["group art", "group articles -o s", "explain x --in a", "eval g", "import n", "check --store n"]
)
def test_files_are_left_to_the_shell(words: str) -> None:
    assert answer(f"newsclust {words}") == [f"file,{words.split()[-1]}"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_script_for_each_shell_defines_the_completion(shell: str) -> None:
    environment = {**os.environ, "_NEWSCLUST_COMPLETE": f"{shell}_source"}
    done = subprocess.run(START, env=environment, capture_output=True, text=True, check=True)
    assert "_newsclust_completion" in done.stdout
    assert f"_NEWSCLUST_COMPLETE={shell}_complete" in done.stdout


def test_bash_completes_with_the_script(tmp_path: Path) -> None:
    command = tmp_path / "newsclust"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m newsclust "$@"\n')
    command.chmod(0o755)
    script = (
        'eval "$(_NEWSCLUST_COMPLETE=bash_source newsclust)"\n'
        "COMP_WORDS=(newsclust expl) COMP_CWORD=1\n"
        "_newsclust_completion newsclust\n"
        'echo "${COMPREPLY[@]}"\n'
    )
    environment = {**os.environ, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(["bash", "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "explain\n"
