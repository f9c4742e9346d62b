"""The quality gate: what default settings score on the gold sets may rise, and may not fall unnoticed.

`python tests/quality/gate.py` measures and compares with `floors.json`; `--update` pins what was measured, and refuses
to lower a floor without `--allow-regression`. Beside the floors stand the partitions measured at the last pin, under
hashed ids, so that the gate can say which stories split or joined since.

The gold sets are looked for in the folder of NEWSCLUST_GOLD, else in ../shared/gold beside the repository.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import io
import json
import math
import os
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from newsclust.articles import ReadResult
from newsclust.evaluation.gold import Level, grouping_of, in_articles, read_gold, read_pairs
from newsclust.evaluation.scoring import Mistake, score
from newsclust.settings import DEFAULTS

HERE = Path(__file__).parent
GROUPED_SETS = ("ntrex_iddeen", "ntrex_core23", "flores_wikinews_core", "ecbplus")
PAIR_SETS = ("news_pairs",)
SETS = (*GROUPED_SETS, *PAIR_SETS)
EPSILON = 0.002
"""How far below its floor a figure may lie. Vectors differ in their last digits from processor to processor, which can
move an article at a cut; one that leaves its story of three moves F1 by .0018 on the smallest set."""

_HASH_DIGITS = 12

Partition = Mapping[str, str | None]


@dataclass(frozen=True)
class Measured:
    """What one set scored: figures by name, the SHA-256 of its files, and its articles' labels by level."""

    figures: Mapping[str, float]
    sha256: str
    partitions: Mapping[str, Partition] = field(default_factory=dict)


@dataclass(frozen=True)
class Pin:
    """What was measured at the last pin: the floors, and the checksum of the data they hold for."""

    floors: Mapping[str, float]
    sha256: str


class Refused(Exception):  # noqa: N818 - a verdict, not a fault
    """An update that would lower a floor."""


def gold_folder() -> Path | None:
    """Where the gold sets are, or None where there are none."""
    folder = Path(os.environ.get("NEWSCLUST_GOLD") or HERE.parents[1].parent / "shared" / "gold")
    return folder if all(path.is_file() for name in SETS for path in files_of(name, folder)) else None


def files_of(name: str, folder: Path) -> tuple[Path, ...]:
    """The files of a set."""
    names = (name, f"{name}_docs") if name in PAIR_SETS else (name,)
    return tuple(folder / f"{each}.jsonl.gz" for each in names)


def measure(name: str, folder: Path) -> Measured:
    """Run the default settings on one set."""
    return (_measure_pairs if name in PAIR_SETS else _measure_grouping)(name, folder)


def _measure_grouping(name: str, folder: Path) -> Measured:
    from newsclust.pipeline import find_stories

    paths = files_of(name, folder)
    gold = read_gold(str(paths[0]))
    result = find_stories(ReadResult(gold.articles), DEFAULTS)
    figures, partitions = {}, {}
    for level in Level:
        grouping = grouping_of(result, level)
        scores = score(gold.labels(level), grouping.labels, grouping.languages)
        figures[f"{level}_f1"] = scores.everything.bcubed.f1
        partitions[level.value] = grouping.labels
    return Measured(figures, checksum(paths), partitions)


def _measure_pairs(name: str, folder: Path) -> Measured:
    from newsclust.evaluation.pairs import pair_scores
    from newsclust.pipeline import pair_probabilities
    from newsclust.reading.reader import read_articles

    paths = files_of(name, folder)
    articles = read_articles([str(paths[1])]).articles
    pairs, missing = in_articles(articles, read_pairs(str(paths[0])))
    assert not missing, f"{name}: articles of pairs are missing: {missing[:3]}"
    place = {article.id: index for index, article in enumerate(articles)}
    indexed = [(place[pair.first], place[pair.second]) for pair in pairs]
    probabilities = pair_probabilities(articles, indexed, DEFAULTS).tolist()
    languages = [(articles[i].language, articles[j].language) for i, j in indexed]
    found = pair_scores(probabilities, [pair.overall for pair in pairs], languages).everything
    return Measured({"pearson": found.pearson or 0.0, "pearson_logit": found.pearson_logit or 0.0}, checksum(paths))


def checksum(paths: Sequence[Path]) -> str:
    """SHA-256 over the files in order."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def read_floors(folder: Path = HERE) -> dict[str, Pin]:
    """The pins of all sets; empty before the first --update."""
    path = folder / "floors.json"
    if not path.exists():
        return {}
    data = json.loads(path.read_text(encoding="utf-8"))
    return {name: Pin(entry["floors"], entry["sha256"]) for name, entry in data.items()}


def problems(name: str, measured: Measured, pin: Pin | None) -> list[str]:
    """What is wrong with a set: nothing pinned, other data than was pinned, or a figure below its floor."""
    if pin is None:
        return [f"{name}: no floor is pinned; run python tests/quality/gate.py --update"]
    if measured.sha256 != pin.sha256:
        return [f"{name}: the data is not what the floors were measured on (sha256 {measured.sha256[:12]}…)"]
    return [
        f"{name}: {figure} is {measured.figures.get(figure, 0.0):.4f}, its floor {floor:.4f}"
        for figure, floor in pin.floors.items()
        if measured.figures.get(figure, 0.0) < floor - EPSILON
    ]


def updated(
    pins: Mapping[str, Pin], measured: Mapping[str, Measured], *, allow_regression: bool = False
) -> dict[str, Pin]:
    """The pins after an update: floors rise to what was measured.

    A figure within EPSILON below its floor leaves the floor where it is. Raises Refused for one further below, or for
    other data than was pinned, unless `allow_regression`.
    """
    after = dict(pins)
    for name, found in measured.items():
        before = pins.get(name)
        wrong = problems(name, found, before) if before else []
        if wrong and not allow_regression:
            raise Refused("; ".join(wrong) + ": use --allow-regression to pin it all the same")
        kept = before.floors if before and not wrong else {}
        floors = {figure: max(round(value, 4), kept.get(figure, -math.inf)) for figure, value in found.figures.items()}
        after[name] = Pin(floors, found.sha256)
    return dict(sorted(after.items()))


def write_pins(pins: Mapping[str, Pin], measured: Mapping[str, Measured], folder: Path = HERE) -> None:
    """Write partitions and floors, each file whole or not at all; the floors last."""
    for name, found in measured.items():
        if found.partitions:
            _write(folder / "pins" / f"{name}.csv.gz", packed(found.partitions))
    data = {name: {"sha256": pin.sha256, "floors": dict(pin.floors)} for name, pin in pins.items()}
    _write(folder / "floors.json", (json.dumps(data, indent=2) + "\n").encode())


def packed(partitions: Mapping[str, Partition]) -> bytes:
    """Partitions as gzipped CSV: the hash of an id, then its label of each level, a number or nothing for unclustered.

    The same partitions give the same bytes: rows in order of the hash, labels numbered as they appear, no clock.
    """
    levels = sorted(partitions)
    by_hash = {hashed(article): article for level in levels for article in partitions[level]}
    numbers: dict[str, dict[str, int]] = {level: {} for level in levels}
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["id", *levels])
    for key, article in sorted(by_hash.items()):
        labels = [(numbers[level], partitions[level].get(article)) for level in levels]
        writer.writerow([key, *("" if label is None else seen.setdefault(label, len(seen)) for seen, label in labels)])
    return gzip.compress(text.getvalue().encode(), mtime=0)


def unpacked(data: bytes) -> dict[str, dict[str, str | None]]:
    """The partitions by level, under hashed ids."""
    rows = list(csv.DictReader(io.StringIO(gzip.decompress(data).decode())))
    levels = [level for level in (rows[0] if rows else {}) if level != "id"]
    return {level: {row["id"]: row[level] or None for row in rows} for level in levels}


def hashed(article: str) -> str:
    """A short hash of an article's id, so that nothing of the gold sets stands in the repository."""
    return hashlib.sha256(article.encode()).hexdigest()[:_HASH_DIGITS]


def changes(name: str, measured: Measured, folder: Path = HERE) -> list[str]:
    """Which groups split or joined since the last pin, a line each, the largest changes first."""
    path = folder / "pins" / f"{name}.csv.gz"
    if not path.exists():
        return []
    lines = []
    for level, before in unpacked(path.read_bytes()).items():
        now = measured.partitions.get(level, {})
        ids = {hashed(article): article for article in now}
        labels = {key: label if label is not None else f"alone {key}" for key, label in before.items() if key in ids}
        found = score(labels, {key: now[article] for key, article in ids.items()}, {})
        lines += [f"{name}, {level}: {_told(mistake, ids)}" for mistake in found.mistakes]
    return lines


def _told(change: Mistake, ids: Mapping[str, str]) -> str:
    sizes = " + ".join(str(part.articles) for part in change.largest) + (
        " + …" if change.parts > len(change.largest) else ""
    )
    examples = ", ".join(ids[part.example] for part in change.largest[:3])
    what = "split into" if change.kind == "split" else "joined from"
    return f"{change.articles} articles {what} {sizes} ({examples})"


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        Path(temporary).chmod(0o644)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def main(
    arguments: Sequence[str] | None = None,
    *,
    run: Callable[[str, Path], Measured] = measure,
    folder: Path = HERE,
    say: Callable[[str], Any] = lambda line: sys.stdout.write(line + "\n"),
) -> int:
    """Measure, compare, and pin where asked; the exit code is 1 where something is wrong or was refused."""
    parser = argparse.ArgumentParser(description="Hold the quality on the gold sets.")
    parser.add_argument("sets", nargs="*", metavar="SET", help=f"some of {', '.join(SETS)} (default: all)")
    parser.add_argument("--update", action="store_true", help="pin what was measured")
    parser.add_argument("--allow-regression", action="store_true", help="also where that lowers a floor")
    options = parser.parse_args(arguments)
    unknown = [name for name in options.sets if name not in SETS]
    if unknown:
        parser.error(f"unknown set {unknown[0]!r}; there are {', '.join(SETS)}")
    gold = gold_folder()
    if gold is None:
        say("the gold sets are not here: set NEWSCLUST_GOLD to their folder")
        return 1
    pins = read_floors(folder)
    measured: dict[str, Measured] = {}
    for name in options.sets or SETS:
        start = time.monotonic()
        measured[name] = run(name, gold)
        for line in _report(name, measured[name], pins.get(name), time.monotonic() - start):
            say(line)
        for line in changes(name, measured[name], folder):
            say(f"  {line}")
    if not options.update:
        wrong = [line for name, found in measured.items() for line in problems(name, found, pins.get(name))]
        for line in wrong:
            say(f"FAILED {line}")
        return 1 if wrong else 0
    try:
        after = updated(pins, measured, allow_regression=options.allow_regression)
    except Refused as verdict:
        say(f"REFUSED {verdict}")
        return 1
    write_pins(after, measured, folder)
    return 0


def _report(name: str, measured: Measured, pin: Pin | None, seconds: float) -> list[str]:
    lines = []
    for figure, value in measured.figures.items():
        floor = pin.floors.get(figure) if pin else None
        compared = f"floor {floor:.4f}, {value - floor:+.4f}" if floor is not None else "no floor"
        lines.append(f"{name:22} {figure:14} {value:.4f}  {compared}  ({seconds:.0f} s)")
    return lines


if __name__ == "__main__":
    sys.exit(main())
