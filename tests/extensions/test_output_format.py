"""A new output format is a module with a `render`, and a line in `formats.RENDERERS`."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsclust.cli import run
from newsclust.rendering import formats
from newsclust.rendering.formats import Renderer, View, format_by_ending
from newsclust.stories import ClusterResult


def _render(result: ClusterResult, view: View) -> bytes:
    return "\n".join(article.headline for article in result.articles).encode("utf-16")


@pytest.fixture(autouse=True)
def _added(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "RENDERERS", (*formats.RENDERERS, Renderer("titles", (".titles",), _render)))


@pytest.mark.usefixtures("builtin_model")
def test_a_file_with_its_ending_is_written_by_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("地震が起きた\n\nイズミルで地震があった。", "utf-8")
    target = tmp_path / "liste.titles"
    assert run(["group", str(tmp_path / "a.txt"), "--effort", "fast", "-q", "-o", str(target)]) == 0
    assert target.read_bytes().decode("utf-16").startswith("地震が起きた")


def test_it_is_named_among_the_known_endings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["group", str(tmp_path), "-o", str(tmp_path / "liste.xlsx")]) == 2
    assert ".htm .titles, or say" in capsys.readouterr().err


def test_no_two_formats_share_an_ending_or_a_name() -> None:
    endings = [ending for renderer in formats.RENDERERS for ending in renderer.endings]
    assert len(endings) == len(format_by_ending())
    assert all(ending == ending.lower() and ending.startswith(".") for ending in endings)
    assert len({renderer.name for renderer in formats.RENDERERS}) == len(formats.RENDERERS)
