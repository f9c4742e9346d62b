"""From gold files to a profile: articles as a run prepares them, a model's vectors, numbered labels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from newsclust.articles import Article
from newsclust.calibrating.fit import Fit, Labelled, fit_profile
from newsclust.encoders.articles import encode_articles
from newsclust.encoders.base import Encoder, Say
from newsclust.errors import InputError, UsageError
from newsclust.evaluation.gold import GoldSet, read_gold
from newsclust.execution.progress import SILENT, Progress
from newsclust.execution.threads import one_blas_thread
from newsclust.pipeline import encoder_for, prepared, word_features
from newsclust.settings import DEFAULTS, Settings
from newsclust.similarity.profile_file import profile_text


@one_blas_thread
def calibrate(
    paths: Sequence[str],
    settings: Settings = DEFAULTS,
    *,
    encoder: Encoder | None = None,
    progress: Progress = SILENT,
    say: Say | None = None,
) -> tuple[Fit, str]:
    """Fit a profile of the model on gold files; the fit, and the text of the profile's file.

    `encoder` takes the place of `settings.model`.

    Raises:
        UsageError: there is no such file, or `settings` ask for no model.
        InputError: a file is damaged or holds no texts, or there are too few labels.
        ModelError: the model is missing or damaged.
    """
    golds = [read_gold(path) for path in paths]
    encoder = encoder or encoder_for(settings, progress, say)
    if encoder is None:
        raise UsageError(f"effort {settings.effort} reads with no model: there is nothing to calibrate")
    sets = [_labelled(path, gold, encoder, progress=progress, say=say) for path, gold in zip(paths, golds, strict=True)]
    with progress.stage("Fitting"):
        fit = fit_profile(sets, encoder.model_id)
    fitted_on = {
        "files": [part.name for part in sets],
        "articles": sum(len(part.articles) for part in sets),
        "pairs": {"within": fit.pairs_within, "across": fit.pairs_across},
        "reached": _rounded(asdict(fit.reached)),
        "without": _rounded(asdict(fit.without)),
    }
    return fit, profile_text(fit.profile, encoder.model_id, fitted_on)


def _labelled(path: str, gold: GoldSet, encoder: Encoder, *, progress: Progress, say: Say | None) -> Labelled:
    """The articles of a gold file, described by the encoder."""
    if not gold.articles:
        raise InputError(f"{path} holds no texts: a profile is fitted on articles that have a text beside their label")
    articles = prepared(gold.articles, progress)
    features = word_features(articles, progress=progress, say=say)
    with progress.stage("Embedding", len(articles)) as advance:
        vectors = encode_articles(encoder, articles, progress=advance, say=say).vectors
    stories = _numbers(articles, gold.stories)
    events = stories if gold.events is None else _numbers(articles, gold.events)
    return Labelled(Path(path).name, articles, features, vectors, stories, events)


def _numbers(articles: Sequence[Article], labels: Mapping[str, str | None]) -> NDArray[np.intp]:
    """The label of each article as a number; -1 where it has none."""
    known = {label: number for number, label in enumerate(sorted({label for label in labels.values() if label}))}
    own_labels = [labels.get(article.id) for article in articles]
    return np.array([-1 if label is None else known[label] for label in own_labels], np.intp)


def _rounded(value: object) -> object:
    if isinstance(value, dict):
        return {name: _rounded(inner) for name, inner in value.items()}
    return round(value, 4) if isinstance(value, float) else value
