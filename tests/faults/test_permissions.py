"""A store, its folder or its lock that this user may not write: readers answer, writers say so, nothing changes."""

from __future__ import annotations

import ctypes
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from command_line import Command

from newsclust.cli import run

NOBODY = 65534

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="drops the powers of root as Linux does")


@pytest.fixture
def store(newsclust: Command, articles: Path) -> Path:
    """A store in a folder of its own."""
    folder = Path("gudang")
    folder.mkdir()
    made = newsclust("group", articles.name, "--store", "gudang/berita.db", "--effort", "fast", "-q")
    assert made.code == 0
    return folder / "berita.db"


def by_a_user(*arguments: str) -> tuple[int, str]:
    """Run a command in a process that has no more rights than the owner of its files; its exit code and stderr."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.dup2(writer, 2)
            sys.stderr = os.fdopen(2, "w", closefd=False)
            powers_dropped()
            os._exit(run([*arguments, "-o", os.devnull]))
        finally:
            os._exit(70)
    os.close(writer)
    with os.fdopen(reader, "r", encoding="utf-8") as said:
        told = said.read()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), told


def powers_dropped() -> None:
    """Root without capabilities is held to the modes of files like everybody else."""
    version_3, of_this_process = (0x20080522, 0)
    header, none = (ctypes.c_uint32 * 2)(version_3, of_this_process), (ctypes.c_uint32 * 6)()
    assert ctypes.CDLL(None, use_errno=True).capset(header, none) == 0, os.strerror(ctypes.get_errno())


def folder_read_only(store: Path) -> None:
    store.parent.chmod(0o555)


def file_read_only(store: Path) -> None:
    store.chmod(0o444)


def of_another_user(store: Path) -> None:
    given_away(store)
    store.chmod(0o644)


def in_a_folder_of_another_user(store: Path) -> None:
    store.chmod(0o666)
    given_away(store, store.parent, store.with_name("berita.db.lock"))


def lock_of_another_user(store: Path) -> None:
    given_away(store.with_name("berita.db.lock"))


def given_away(*paths: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root gives files away")
    for path in paths:
        os.chown(path, NOBODY, NOBODY)


def returned(store: Path) -> None:
    """Undo the harm, as somebody would who looks at the store and its lock only."""
    for path in (store.parent, store, store.with_name("berita.db.lock")):
        os.chown(path, os.geteuid(), os.getegid())
    store.chmod(0o600)


HARMS: list[tuple[Callable[[Path], None], str]] = [
    (
        folder_read_only,
        "the store is read-only: check the permissions of the file, of those beside it and of its folder",
    ),
    (file_read_only, "read-only: make it writable (chmod u+w), or name another"),
    (of_another_user, "read-only: make it writable (chmod u+w), or name another"),
    (in_a_folder_of_another_user, "cannot lock the store: Permission denied"),
    (lock_of_another_user, "cannot lock the store: Permission denied"),
]


@pytest.mark.parametrize(("harm", "reason"), HARMS)
def test_a_store_that_may_not_be_written_is_read_and_says_so_to_writers(
    store: Path, articles: Path, harm: Callable[[Path], None], reason: str
) -> None:
    row = json.dumps({"id": "yeni", "text": "Marmara'da deniz otobüsü seferleri iptal edildi."})
    articles.with_name("baru.jsonl").write_text(row + "\n", "utf-8")
    before = store.read_bytes()
    harm(store)
    try:
        for command in (["stories"], ["check"], ["export"]):
            assert by_a_user(*command, "--store", str(store)) == (0, "")
        for command in (["group", "baru.jsonl", "--effort", "fast", "-q"], ["forget", "ä0"]):
            code, told = by_a_user(*command, "--store", str(store))
            assert code == 1
            assert store.name in told
            assert told.endswith(f" {reason}\n")
            assert told.count("\n") == 1
        assert store.read_bytes() == before
    finally:
        store.parent.chmod(0o755)
    returned(store)
    assert by_a_user("group", "baru.jsonl", "--effort", "fast", "-q", "--store", str(store)) == (0, "")


def test_a_store_that_may_not_be_read_is_named(store: Path) -> None:
    store.chmod(0)
    for command in ("stories", "check", "export"):
        assert by_a_user(command, "--store", str(store)) == (
            1,
            f"Error: {store}: cannot read the store: Permission denied\n",
        )
