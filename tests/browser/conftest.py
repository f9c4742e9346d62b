"""A chromium to look at the report with, and the reports it opens."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace

import pytest
from browser_reports import FLAGS, NAMES, ROOT, Opener, Report, written
from playwright.sync_api import Browser, sync_playwright
from report_samples import hostile_report, made_up_evidence, many_articles, many_events

from newsclust.cli import run
from newsclust.explaining.evidence import gather_evidence
from newsclust.pipeline import find_stories_with_features
from newsclust.reading.reader import read_articles
from newsclust.settings import DEFAULTS, Effort
from newsclust.stories import ClusterResult

HOUR = ROOT.parent / "shared" / "gold" / "real_hour.jsonl.gz"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip(f"no chromium: none of {', '.join(NAMES)} is installed, and CHROMIUM names none")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Report:
    read = read_articles([str(ROOT / "data" / "articles")])
    result, features, rows = find_stories_with_features(read)
    return written(result, gather_evidence(result, features, rows), tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="session")
def hour(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """An hour of real news, which stands beside the project and is no part of it."""
    if not HOUR.exists():
        pytest.skip(f"there is no {HOUR}")
    settings = replace(DEFAULTS, effort=Effort.FAST)
    result, features, rows = find_stories_with_features(read_articles([str(HOUR)]), settings)
    return written(result, gather_evidence(result, features, rows), tmp_path_factory.mktemp("hour"))


@pytest.fixture(scope="session")
def remembered(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """What the last of five runs changed in a store that got the sample articles by and by."""
    folder = tmp_path_factory.mktemp("remembered")
    files = sorted(path for path in (ROOT / "data" / "articles").rglob("*.*") if path.is_file())
    store = ["--store", str(folder / "news.db"), "--changes"]
    shown = ["--title", "Pagi – Morgen", "-o", str(folder / "report.html")]
    for day in range(5):
        assert run(["group", *map(str, files[day::5]), "--effort", "fast", "-q", *store, *shown]) == 0
    return Report(folder / "report.html", ClusterResult((), (), (), DEFAULTS, ""))


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return written(*hostile_report(), tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Report:
    return written(*many_articles(), tmp_path_factory.mktemp("large"))


@pytest.fixture(scope="session")
def events(tmp_path_factory: pytest.TempPathFactory) -> Report:
    result = many_events(50, 7)
    return written(result, made_up_evidence(result), tmp_path_factory.mktemp("events"))


@pytest.fixture
def show(browser: Browser) -> Iterator[Opener]:
    """Open reports; afterwards nothing may have been complained about or asked for, other than the empty icon."""
    opener = Opener(browser)
    yield opener
    for opened in opener.opened:
        opened.page.context.close()
        assert opened.said == []
        assert [address for address in opened.asked if not address.startswith(("file:", "data:"))] == []
