"""Reports opened in a browser: what the browser tests share."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from newsclust.explaining.evidence import Evidence
from newsclust.rendering.html import to_html
from newsclust.stories import ClusterResult

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "out" / "browser"
NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


@dataclass
class Opened:
    """A report in a page, and what the browser said and asked for while it was open."""

    page: Page
    result: ClusterResult
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Report:
    """A report on disk and what it shows."""

    path: Path
    result: ClusterResult


class Opener:
    """Opens reports, each in a browser context of its own."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self.opened: list[Opened] = []

    def __call__(self, report: Report, *, width: int = 1280, scheme: Any = "light") -> Opened:
        height = 900 if width > 600 else 844
        context = self._browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
        opened = Opened(context.new_page(), report.result)
        page = opened.page
        page.on("console", lambda message: opened.said.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: opened.said.append(f"error: {error}"))
        page.on("dialog", lambda dialog: opened.said.append(f"dialog: {dialog.message}"))
        page.on("request", lambda request: opened.asked.append(request.url))
        page.goto(report.path.as_uri())
        self.opened.append(opened)
        return opened


def written(result: ClusterResult, evidence: Evidence, folder: Path) -> Report:
    path = folder / "report.html"
    path.write_text(to_html(result, evidence), encoding="utf-8")
    return Report(path, result)
