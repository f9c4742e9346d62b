"""Holds the quality of default settings on the gold sets; skipped where they are not."""

from __future__ import annotations

import pytest

from quality import gate


@pytest.mark.gold
@pytest.mark.parametrize("name", gate.SETS)
def test_quality_does_not_fall(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    folder = gate.gold_folder()
    if folder is None:
        pytest.skip("the gold sets are not here: set NEWSCLUST_GOLD to their folder to measure quality")
    pin = gate.read_floors().get(name)
    measured = gate.measure(name, folder)
    changes = gate.changes(name, measured)
    if changes:
        with capsys.disabled():
            print("", *changes, sep="\n  ")  # noqa: T201 - what moved is worth seeing in a run that passes, too
    assert gate.problems(name, measured, pin) == []
