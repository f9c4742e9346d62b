"""Measures how pages are read: text, title, date and processor time, on public sets; figures of docs/quality.md.

    git clone https://github.com/scrapinghub/article-extraction-benchmark
    git clone https://github.com/flairNLP/fundus
    git clone https://github.com/adbar/htmldate
    python benchmarks/pages.py FOLDER [--places even|odd|all] [--worst N]

A FOLDER is a checkout of one of these, told by what is in it. The project was developed with the pages at even places
of the sorted lists; those at odd places have been looked at by nobody.

Text is compared as the article extraction benchmark does it: precision and recall over runs of four words, each the
mean over pages, and F1 of the two. A title is exact where it is the same but for blanks. A date is the day that the
page writes, in its own time zone; it is wrong where it is another than the set's.
"""

from __future__ import annotations

import argparse
import html
import json
import os
import re
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from newsclust.articles import Article
from newsclust.cleaning.boilerplate import clean
from newsclust.reading.dates import parse_date
from newsclust.reading.fields import Unusable, to_article
from newsclust.reading.formats.base import Input
from newsclust.reading.formats.pages import PAGE
from newsclust.reading.limits import DEFAULT_LIMITS
from newsclust.reading.records import Record
from newsclust.reading.streams import opened

RUN = 4
"""Words of a run that texts are compared by."""


@dataclass(frozen=True)
class Page:
    """A page and what is right for it; None where its set does not say."""

    path: Path
    text: str | None = None
    title: str | None = None
    date: str | None = None


@dataclass(frozen=True)
class Reading:
    """What was read of a page, and the processor time that it took, in milliseconds."""

    page: Page
    article: Article | None
    date: str | None
    cost: float

    @property
    def title(self) -> str:
        """The title that was read, on one line."""
        return _line(self.article.title or "") if self.article else ""

    @property
    def text(self) -> str:
        """The text that was read."""
        return self.article.text if self.article else ""


def extraction_benchmark(folder: Path) -> Iterator[Page]:
    """Give the pages of scrapinghub/article-extraction-benchmark: texts."""
    for name, truth in sorted(json.loads((folder / "ground-truth.json").read_text("utf-8")).items()):
        yield Page(folder / "html" / f"{name}.html.gz", text=truth["articleBody"])


def fundus(folder: Path) -> Iterator[Page]:
    """Give the test pages of flairNLP/fundus: texts, titles and dates; a publisher's versions are in order of time."""
    for path in sorted((folder / "tests/resources/parser/test_data").glob("*/*.json")):
        truths = json.loads(path.read_text("utf-8"))
        pages = sorted(path.parent.glob(f"{path.stem}_[0-9]*_[0-9]*_[0-9]*.html.gz"))
        for version, page in zip(sorted(truths, key=lambda name: int(name[1:])), pages, strict=True):
            truth = truths[version]
            yield Page(
                page, _body(truth["body"]), truth.get("title"), str(truth.get("publishing_date") or "")[:10] or None
            )


def _body(body: dict[str, Any]) -> str:
    lines = list(body["summary"])
    for section in body["sections"]:
        lines += [*section["headline"], *section["paragraphs"]]
    return "\n".join(lines)


def dates(name: str) -> Callable[[Path], Iterator[Page]]:
    """Give what reads one of the lists of adbar/htmldate: dates."""

    def pages(folder: Path) -> Iterator[Page]:
        tests = folder / "tests"
        for truth in sorted(json.loads((tests / name).read_text("utf-8")).values(), key=lambda truth: truth["file"]):
            places = (tests / part / truth["file"] for part in ("test_set", "cache", "eval"))
            if page := next((place for place in places if place.is_file()), None):
                day = truth["date"]
                yield Page(page, date=day if isinstance(day, str) else None)  # NaN where there is none

    return pages


SETS: dict[str, tuple[str, Callable[[Path], Iterator[Page]]]] = {
    "article extraction benchmark": ("ground-truth.json", extraction_benchmark),
    "fundus": ("tests/resources/parser/test_data", fundus),
    "htmldate, default": ("tests/eval_default.json", dates("eval_default.json")),
    "htmldate, world news": ("tests/eval_mediacloud_2020.json", dates("eval_mediacloud_2020.json")),
}


def _is_of_its_text(page: Page) -> bool:
    """Whether a page is the one that its set tells of: whether a paragraph of that stands on it."""
    if page.text is None:
        return True
    with opened(os.fsencode(page.path), DEFAULT_LIMITS) as stream:
        shown = "".join(re.findall(r"\w+", html.unescape(stream.read().decode("utf-8", "replace"))))
    return any("".join(re.findall(r"\w+", line[:80])) in shown for line in page.text.split("\n"))


def read_page(page: Page) -> Reading:
    """Read one page as the command does."""
    begun = time.process_time()
    article, date = None, None
    with opened(os.fsencode(page.path), DEFAULT_LIMITS) as stream:
        for record in PAGE.read(Input(stream, ".html", DEFAULT_LIMITS)):
            if isinstance(record, Record):
                article, date = _article(record), _day(record.values.get("date"))
    return Reading(page, article, date, 1000 * (time.process_time() - begun))


def _article(record: Record) -> Article | None:
    try:
        return clean([to_article(record, "page", (), DEFAULT_LIMITS)])[0]
    except Unusable:
        return None


def _day(written: Any) -> str | None:
    """The day of a date where it was written, as ISO 8601."""
    moment = parse_date(written)
    if moment is None:
        return None
    local = re.match(r"\d{4}-\d\d-\d\d(?!\d)", str(written))
    return local[0] if local else moment.date().isoformat()


def overlap(reading: Reading) -> tuple[float, float]:
    """Precision and recall of a text over runs of words, each 1 where there is none to be wrong."""
    right, found = _runs(reading.page.text or ""), _runs(reading.text)
    both = (right & found).total()
    return both / found.total() if found else float(not right), both / right.total() if right else float(not found)


def _runs(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[at : at + RUN]) for at in range(max(1, len(words) - RUN + 1)) if words)


def _line(text: str) -> str:
    return " ".join(text.split())


def report(name: str, readings: list[Reading], worst: int) -> None:
    """Print the figures of one set, and the pages that cost it most."""
    costs = [reading.cost for reading in readings]
    line = [f"{name}: {len(readings)} pages, {statistics.median(costs):.0f} ms (mean {statistics.mean(costs):.0f})"]
    told: list[tuple[float, str]] = []
    if texts := [(overlap(reading), reading) for reading in readings if reading.page.text is not None]:
        precision = statistics.mean(pair[0] for pair, reading in texts if reading.text)
        recall = statistics.mean(pair[1] for pair, _ in texts)
        line.append(f"text F1 {2 * precision * recall / (precision + recall):.4f} ({precision:.4f}, {recall:.4f})")
        told += [(p + r, f"{p:.3f} {r:.3f} {reading.page.path}") for (p, r), reading in texts]
    if titled := [reading for reading in readings if reading.page.title]:
        wrong = [reading for reading in titled if reading.title != _line(reading.page.title or "")]
        line.append(f"exact titles {1 - len(wrong) / len(titled):.4f}")
        told += [(2, f"{r.page.path}\n  {r.title!r}\n  not {r.page.title!r}") for r in wrong]
    if dated := [reading for reading in readings if reading.page.date]:
        right = sum(reading.date == reading.page.date for reading in dated)
        missing = sum(reading.date is None for reading in dated)
        line.append(f"dates right {right / len(dated):.4f}, wrong {1 - (right + missing) / len(dated):.4f}")
        told += [(2, f"{r.page.path} {r.date} not {r.page.date}") for r in dated if r.date != r.page.date]
    print("; ".join(line))
    for _, text in sorted(told)[:worst]:
        print(f"  {text}")


def main() -> None:
    """Measure the sets that a folder holds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--places", choices=("even", "odd", "all"), default="even")
    parser.add_argument("--worst", type=int, default=0)
    given = parser.parse_args()
    places = {"even": slice(0, None, 2), "odd": slice(1, None, 2), "all": slice(None)}[given.places]
    for name, (mark, pages) in SETS.items():
        if (given.folder / mark).exists():
            chosen = list(pages(given.folder))[places]
            sound = [page for page in chosen if _is_of_its_text(page)]
            report(name, [read_page(page) for page in sound], given.worst)
            if len(sound) < len(chosen):
                print(
                    f"  left out: {len(chosen) - len(sound)} pages that hold no paragraph of what the set says of them"
                )


if __name__ == "__main__":
    main()
