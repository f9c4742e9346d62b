"""The commands that a page of the documentation shows, and a shell just large enough to run them in one process.

Fenced blocks say what they hold: every line of `sh` is a command, of `cron` what stands after the five fields, of `ini`
what ExecStart names; in `text` (the help of a command) a line that begins with the name of the program is one.
"""

from __future__ import annotations

import io
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from newsclust.cli import run

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_COMMENT = re.compile(r"\s+# .*$", re.MULTILINE)
_CONTINUED = re.compile(r"(\\|\|)\n\s*")
_CRON = re.compile(r"^\S+\s+\S+\s+\S+\s+\S+\s+\S+\s+(.+)$")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a command line: the last exit code, and what was said."""

    code: int
    out: bytes
    err: str


def fences(page: str) -> list[tuple[str, str]]:
    """The fenced blocks of a page: what each says it holds, and its content."""
    return _FENCE.findall(page)


def commands(page: str) -> Iterator[str]:
    """The command lines of a page, each on one line, without comments."""
    for kind, content in fences(page):
        lines = _CONTINUED.sub(lambda end: "| " if end[1] == "|" else "", _COMMENT.sub("", content)).splitlines()
        for line in map(str.strip, lines):
            if (kind == "sh" and line and not line.startswith("#")) or (
                kind == "text" and re.match(r"(?:cat \S+ \| )?newsclust ", line)
            ):
                yield line
            elif kind == "cron" and (found := _CRON.match(line)) and not line.startswith("#"):
                yield found[1]
            elif kind == "ini" and line.startswith("ExecStart="):
                yield line.removeprefix("ExecStart=")


def missing_tools(line: str) -> list[str]:
    """The programs of a command line that are not installed here."""
    named = [stage[0] for part in _parts(line) for stage in _stages(part)]
    return [name for name in named if name != "newsclust" and shutil.which(name) is None]


def carry_out(line: str) -> Outcome:
    """Run a command line in the working directory: pipes, redirections and &&; newsclust in this process."""
    outcome = Outcome(0, b"", "")
    for part in _parts(line):
        outcome = _pipeline(part)
        if outcome.code:
            break
    return outcome


def _pipeline(words: list[str]) -> Outcome:
    words, files = _without_redirections(words)
    flowing, said, code = b"", "", 0
    for stage in _stages(words):
        done = _newsclust(stage[1:], flowing) if stage[0] == "newsclust" else _program(stage, flowing)
        flowing, said, code = done.out, said + done.err, code or done.code
    for stream, name in files.items():
        with Path(name).open("ab") as file:
            file.write(flowing if stream == "1" else said.encode())
    return Outcome(code, flowing, said)


def _newsclust(arguments: list[str], given: bytes) -> Outcome:
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.StringIO()
    before, sys.stdin = sys.stdin, io.TextIOWrapper(io.BytesIO(given), "utf-8")
    try:
        with redirect_stdout(out), redirect_stderr(err):
            code = run(arguments)
            out.flush()
    finally:
        sys.stdin = before
    out.buffer.seek(0)
    return Outcome(code, out.buffer.read(), err.getvalue())


def _program(stage: list[str], given: bytes) -> Outcome:
    done = subprocess.run(stage, input=given, capture_output=True, check=False)
    return Outcome(done.returncode, done.stdout, done.stderr.decode())


def _parts(line: str) -> list[list[str]]:
    """What && parts."""
    return _split(_words(line), "&&")


def _stages(words: list[str]) -> list[list[str]]:
    return _split(_without_redirections(words)[0], "|")


def _words(line: str) -> list[str]:
    lexer = shlex.shlex(line, posix=True, punctuation_chars="|>&")
    lexer.whitespace_split = True
    lexer.commenters = ""
    return list(lexer)


def _split(words: list[str], mark: str) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for word in words:
        if word == mark:
            parts.append([])
        else:
            parts[-1].append(word)
    return parts


def _without_redirections(words: list[str]) -> tuple[list[str], dict[str, str]]:
    """The words before `> file`, `>> file`, `2>> file`, and the file of each stream."""
    kept: list[str] = []
    files: dict[str, str] = {}
    rest = iter(words)
    for word in rest:
        if word in (">", ">>"):
            stream = kept.pop() if kept and kept[-1] == "2" else "1"
            files[stream] = next(rest)
        else:
            kept.append(word)
    return kept, files
