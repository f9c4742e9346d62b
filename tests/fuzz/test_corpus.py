"""The fuzzers' corpora, replayed without them: what once crashed a reader stays a test."""

from __future__ import annotations

from pathlib import Path

import pytest
from fuzz.targets import TARGETS

CORPUS = Path(__file__).parent / "corpus"
KEPT = sorted(path for path in CORPUS.rglob("*") if path.is_file())


@pytest.mark.parametrize("path", KEPT, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_kept_input_holds_what_is_promised(path: Path) -> None:
    TARGETS[path.parent.name](path.read_bytes())


def test_every_surface_has_seeds_and_no_other_folder_is_there() -> None:
    assert {path.parent.name for path in KEPT} == set(TARGETS)
    assert max(path.stat().st_size for path in KEPT) < 64_000
