"""Flips a byte in copies of a store and gives each to every command.

    python benchmarks/store_flips.py ARTICLES... [--copies 500] [--seed 1]

Every third flip is in the header or among the tables' definitions. Each command must end by itself, in its answer or
in one line that names the store. Printed is how many flips `check` finds, and how many it does not although an answer
is another. POSIX only: commands are forked, so that models are loaded once.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import random
import sys
import tempfile
import traceback
from pathlib import Path

from newsclust.articles import ReadResult
from newsclust.cli import run
from newsclust.reading.reader import read_articles
from newsclust.settings import Effort, Settings
from newsclust.store.schema import PAGE_BYTES
from newsclust.store.update import update

FAST = Settings(effort=Effort.FAST)
ANSWERS = ("stories", "story", "search", "export")
"""Commands that change nothing, and whose answers are compared with those of the whole store."""
NOT_ENDED = 99


def commands(folder: Path, article: str, story: str) -> dict[str, list[str]]:
    """Every command that takes a store, by name."""
    (folder / "new.txt").write_text("Ein Wal strandet vor Föhr und kommt wieder frei, melden Fischer.", "utf-8")
    line = {"id": "ş", "text": "Gempa di Istanbul", "language": "id"}
    (folder / "new.jsonl").write_text(json.dumps(line) + "\n", "utf-8")
    return {
        "check": ["check"],
        "stories": ["stories"],
        "story": ["story", story],
        "search": ["search", "İstanbul Erdbeben"],
        "export": ["export"],
        "doctor": ["doctor", "--format", "json"],
        "group": ["group", str(folder / "new.txt"), "--effort", "fast", "-q", "--changes"],
        "import": ["import", str(folder / "new.jsonl"), "--effort", "fast", "-q"],
        "forget": ["forget", article],
    }


def said(store: Path, data: bytes, command: list[str]) -> tuple[int, str, str]:
    """What a command answers on a store of these bytes: exit code, stdout, stderr."""
    for left in store.parent.glob(f"{store.name}*"):
        left.unlink()
    store.write_bytes(data)
    store.chmod(0o600)
    buffer, err = io.BytesIO(), io.StringIO()
    out = io.TextIOWrapper(buffer, "utf-8")
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = run([*command, "--store", str(store)])
        except Exception:
            code = NOT_ENDED
            traceback.print_exc()
    out.flush()
    return code, buffer.getvalue().decode("utf-8", "replace"), err.getvalue()


def wrong(code: int, err: str, store: Path) -> bool:
    """Whether this is neither an answer nor one line that names the store, or what it was made with."""
    lines = err.strip().count("\n") + 1
    return not (code == 0 or (code == 1 and (not err or (lines == 1 and (str(store) in err or "store" in err)))))


def tried(store: Path, data: bytes, todo: dict[str, list[str]], whole: dict[str, str]) -> dict[str, object]:
    """What all commands say of a damaged store."""
    found = {name: said(store, data, command) for name, command in todo.items()}
    return {
        "wrong": [f"{name}: exit {code}: {err}" for name, (code, _, err) in found.items() if wrong(code, err, store)],
        "found": found["check"][0] != 0,
        "other": [name for name in ANSWERS if found[name][0] == 0 and found[name][1] != whole[name]],
    }


def forked(store: Path, data: bytes, todo: dict[str, list[str]], whole: dict[str, str]) -> dict[str, object]:
    """As `tried`, in a process of its own; a signal is wrong too."""
    answer = store.with_name("answer.json")
    child = os.fork()
    if child == 0:
        status = 1
        try:
            answer.write_text(json.dumps(tried(store, data, todo, whole)), "utf-8")
            status = 0
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    if status:
        return {"wrong": [f"died with status {status}"], "found": True, "other": []}
    return dict(json.loads(answer.read_text("utf-8")))


def flipped(data: bytes, probability: random.Random, *, early: bool) -> tuple[bytes, int]:
    """The data with one byte changed, and its place; `early` among the header and the first page's definitions."""
    place = probability.randrange(PAGE_BYTES if early else len(data))
    if early and place > 100:
        while not data[place]:  # most of a page is empty
            place = probability.randrange(100, PAGE_BYTES)
    damaged = bytearray(data)
    damaged[place] ^= probability.randrange(1, 256)
    return bytes(damaged), place


def flip_some(read: ReadResult, folder: Path, copies: int, seed: int) -> int:
    store = folder / "store.db"
    done = update(store, read, FAST)
    data = store.read_bytes()
    story = done.result.stories[0]
    todo = commands(folder, story.members[0].article.id, story.id)
    whole = {}
    for name, command in todo.items():
        code, whole[name], err = said(store, data, command)
        assert code == 0, err
    probability = random.Random(seed)
    seen, unseen, failures = 0, 0, 0
    for copy in range(copies):
        damaged, place = flipped(data, probability, early=copy % 3 == 0)
        found = forked(store, damaged, todo, whole)
        for line in found["wrong"]:  # type: ignore[attr-defined]
            failures += 1
            print(f"copy {copy}, byte {place} {data[place]:#x} to {damaged[place]:#x}: {line}", file=sys.stderr)
        seen += bool(found["found"])
        unseen += bool(found["other"]) and not found["found"]
        if found["other"] and not found["found"]:
            print(f"copy {copy}, byte {place}: unseen, and another answer of {found['other']}")
    print(
        f"{copies} flips, {seen} found by check, {unseen} not found with another answer, {failures} ends that are wrong"
    )
    return failures


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("articles", nargs="+")
    parser.add_argument("--copies", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sys.exit(bool(flip_some(read_articles(given.articles), Path(folder), given.copies, given.seed)))


if __name__ == "__main__":
    main()
