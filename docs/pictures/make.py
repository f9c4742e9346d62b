"""Make the README's pictures again from the sample articles: `make pictures`, which needs a chromium.

`report.png` is the HTML report in a real browser, `terminal.svg` the table as rich records it.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
ARTICLES = "data/articles"
COLUMNS = 100
LINES = 36
"""Of the table's lines, as many as show the first stories."""
LARGEST_PICTURE = 300_000

sys.path.insert(0, str(ROOT / "tests"))


def main() -> None:
    """Group the sample once and write both pictures."""
    os.chdir(ROOT)
    from newsclust.explaining.evidence import gather_evidence
    from newsclust.pipeline import find_stories_with_features
    from newsclust.reading.reader import read_articles
    from newsclust.rendering.html import to_html
    from newsclust.rendering.terminal import print_table

    result, features, rows = find_stories_with_features(read_articles([ARTICLES]))
    from rich.console import Console

    table = Console(file=io.StringIO(), width=COLUMNS, force_terminal=True, color_system="standard", highlight=False)
    print_table(result, table)
    assert isinstance(table.file, io.StringIO)  # noqa: S101
    (HERE / "terminal.svg").write_text(recording(table.file.getvalue()), encoding="utf-8")
    photograph(to_html(result, gather_evidence(result, features, rows)), HERE / "report.png")


def recording(shown: str) -> str:
    """The first lines of a terminal's content as SVG that asks for no font from the network."""
    from rich.console import Console
    from rich.text import Text

    console = Console(file=io.StringIO(), width=COLUMNS, record=True, force_terminal=True, highlight=False)
    console.print(Text(f"$ newsclust group {ARTICLES}", style="bold green"))
    for line in shown.splitlines()[:LINES]:
        console.print(Text.from_ansi(line.rstrip()), no_wrap=True, overflow="crop")
    console.print(Text("…", style="dim"))
    svg = console.export_svg(title="newsclust", unique_id="newsclust")
    svg = re.sub(r"@font-face \{.*?\}", "", svg, flags=re.DOTALL)
    return re.sub(r"\s*\n", "\n", svg)


def photograph(page: str, picture: Path) -> None:
    """The report at 1280 pixels with its largest story open."""
    from browser_reports import FLAGS, NAMES
    from playwright.sync_api import sync_playwright

    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        sys.exit(f"no chromium: none of {', '.join(NAMES)} is installed, and CHROMIUM names none")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        path = Path(folder) / "report.html"
        path.write_text(page, encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        opened = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme="light")
        opened.goto(path.as_uri())
        opened.locator(".story h3 a").first.click()
        opened.mouse.move(0, 0)
        opened.wait_for_timeout(500)
        opened.screenshot(path=picture)
        browser.close()
    if picture.stat().st_size > LARGEST_PICTURE:
        sys.exit(f"{picture}: {picture.stat().st_size} bytes, more than {LARGEST_PICTURE}")


if __name__ == "__main__":
    main()
