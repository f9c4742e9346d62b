"""What terminals of two widths show; the screens are left in out/browser beside the pictures of the page."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from browser_reports import PICTURES, ROOT, Report
from rich.cells import cell_len
from rich.console import Console

from newsclust.cli import run
from newsclust.rendering.terminal import LEGEND, SCREENFUL, Shown, print_table

WIDTHS = (80, 200)


def kept(name: str, width: int, text: str) -> list[str]:
    """The lines of a screen, which is also left for people to look at."""
    lines = [line.rstrip() for line in text.splitlines()]
    PICTURES.mkdir(parents=True, exist_ok=True)
    (PICTURES / f"{name}-{width}.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return lines


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["sample", "hour"])
def test_a_terminal_shows_the_largest_stories_and_counts_the_rest(
    request: pytest.FixtureRequest, name: str, width: int
) -> None:
    report: Report = request.getfixturevalue(name)
    file = io.StringIO()
    print_table(report.result, Console(width=width, file=file, color_system=None, _environ={}), Shown(most=SCREENFUL))
    lines = kept(f"terminal-{name}", width, file.getvalue())
    assert max(map(cell_len, lines)) <= width
    headings = [line for line in lines if line[:1].isdigit() and line.split(".")[0].isdigit()]
    assert len(headings) == min(SCREENFUL, len(report.result.stories))
    assert LEGEND in lines[-2:]
    assert any(f"{len(report.result.unclustered)} articles joined no story" in line for line in lines)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_terminal_shows_what_the_last_of_five_runs_changed_and_what_the_store_holds(
    builtin_model: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    files = sorted(str(path) for path in (ROOT / "data" / "articles").rglob("*.*") if path.is_file())
    store, screen = ["--store", str(tmp_path / "news.db")], tmp_path / "screen.txt"
    table = ["--format", "table", "-o", str(screen)]
    for day in range(5):
        assert run(["group", *files[day::5], "--effort", "fast", "-q", *store, "--changes", *table]) == 0
    changes = kept("terminal-changes", width, screen.read_text(encoding="utf-8"))
    assert [line for line in changes if line.startswith("+ ")]
    assert len({len(line) - len(line[6:].lstrip()) for line in changes if line.startswith(("new ", "grown "))}) == 1
    assert run(["stories", *store, *table]) == 0
    stories = kept("terminal-stories", width, screen.read_text(encoding="utf-8"))
    assert max(map(cell_len, changes + stories)) <= width
