"""The stages in order; the only module that knows them all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice

import numpy as np
from numpy.typing import NDArray

from newsclust.articles import Article, ReadResult
from newsclust.building.build import Grouping, build_stories
from newsclust.cache.known import NOTHING, Known, opened
from newsclust.cleaning.boilerplate import clean
from newsclust.clustering.linkage import Clustering, cluster
from newsclust.clustering.measure import Score
from newsclust.encoders.articles import encode_articles
from newsclust.encoders.base import Encoder, Say
from newsclust.encoders.load import load_encoder
from newsclust.encoders.remote import SpreadEncoder
from newsclust.encoders.vocabulary import load_vocabulary, prepare_vocabulary, vocabulary_id
from newsclust.execution.executor import IN_PROCESS, Executor, in_chunks
from newsclust.execution.memory import return_gaps
from newsclust.execution.progress import SILENT, Progress
from newsclust.execution.threads import one_blas_thread
from newsclust.languages.detect import detect_languages
from newsclust.settings import DEFAULTS, Effort, Settings
from newsclust.similarity.background import load_background
from newsclust.similarity.calibration import Calibration
from newsclust.similarity.candidates import candidate_pairs
from newsclust.similarity.features import ArticleFeatures, describe, with_embeddings
from newsclust.similarity.near_duplicates import copies_among, related, same_text, versions
from newsclust.similarity.packed import checked, pack, unpack
from newsclust.similarity.profiles import named, tell_uncalibrated
from newsclust.similarity.round_ups import RoundUp, find_round_ups, without
from newsclust.similarity.score import Pairs, certain, probability, score_pairs
from newsclust.similarity.templates import parting_bulletins, sketches_of
from newsclust.stories import ClusterResult, Relation

TOKENS = {Effort.BALANCED: 128, Effort.THOROUGH: 256}
"""Tokens that the transformer reads of an article; the word features read all of it."""
DESCRIBED_AT_ONCE = 256
"""Articles that a worker describes at a time: a third of a second, and 1.5 MB of features."""


def find_stories(
    read: ReadResult,
    settings: Settings = DEFAULTS,
    *,
    encoder: Encoder | None = None,
    progress: Progress = SILENT,
    say: Say | None = None,
    executor: Executor = IN_PROCESS,
    clustering: Clustering = cluster,
) -> ClusterResult:
    """Group what was read into stories; neither the order of the articles nor who does the `work` changes anything.

    `encoder` takes the place of `settings.model`, `clustering` that of average link. Raises ModelError where a model is
    missing or damaged.
    """
    return find_stories_with_features(
        read, settings, encoder=encoder, progress=progress, say=say, executor=executor, clustering=clustering
    )[0]


@one_blas_thread
def find_stories_with_features(
    read: ReadResult,
    settings: Settings = DEFAULTS,
    *,
    encoder: Encoder | None = None,
    progress: Progress = SILENT,
    say: Say | None = None,
    executor: Executor = IN_PROCESS,
    clustering: Clustering = cluster,
) -> tuple[ClusterResult, ArticleFeatures, Mapping[str, int]]:
    """As `find_stories`; and what the score knew: features by row, and each article id's row.

    Articles of one text share a row.
    """
    say = say and _each_once(say)
    with nullcontext(NOTHING) if executor.remote else opened(say) as known:
        articles = prepared(read.articles, progress, executor, known)
        rows = same_text(articles)
        distinct = [articles[index] for index in np.unique(rows, return_index=True)[1]]
        features, model_id = features_of(
            distinct, settings, encoder=encoder, progress=progress, say=say, executor=executor, known=known
        )
        return_gaps()
        with progress.stage("Comparing"):
            compared = compare(distinct, features, executor=executor, known=known)
        with progress.stage("Grouping"):
            labels = clustering(compared.pairs, len(distinct), settings.penalty, compared.score)
            repeats = versions(articles, rows, compared.pairs, compared.relations)
            stories, unclustered = build_stories(
                Grouping(articles, rows, features, compared.pairs, labels, repeats, compared.round_ups),
                settings.label_language,
                executor,
                known,
            )
    result = ClusterResult(stories, unclustered, read.skipped, settings, model_id)
    return result, features, {article.id: int(row) for article, row in zip(articles, rows, strict=True)}


@dataclass(frozen=True, eq=False, slots=True)
class Compared:
    """What is known of pairs of distinct texts.

    `pairs` are the candidates without the round-ups, `relations` those of them that are versions of one text, by index;
    `round_ups` are told by row, and `score` gives the log odds of any other pairs.
    """

    pairs: Pairs
    relations: Mapping[int, Relation]
    round_ups: Mapping[int, RoundUp]
    score: Score


def compare(
    articles: Sequence[Article],
    features: ArticleFeatures,
    calibration: Calibration | None = None,
    executor: Executor = IN_PROCESS,
    known: Known = NOTHING,
) -> Compared:
    """Score the pairs that may belong together; copies are certain, bulletins in one frame apart."""
    scored = partial(score_pairs, features, calibration=calibration, executor=executor)
    pairs = scored(*candidate_pairs(features, executor))
    round_ups = find_round_ups(articles, features, pairs, partial(word_features, executor=executor, known=known))
    pairs = without(pairs, round_ups)
    relations = related(articles, features, pairs)
    parting = parting_bulletins(articles, sketches_of(articles, executor, known).__getitem__)
    pairs = certain(parting(pairs), copies_among(relations, len(pairs)))
    return Compared(pairs, relations, round_ups, lambda first, second: parting(scored(first, second)))


@one_blas_thread
def pair_probabilities(
    articles: Sequence[Article],
    pairs: Sequence[tuple[int, int]],
    settings: Settings = DEFAULTS,
    *,
    encoder: Encoder | None = None,
) -> NDArray[np.float64]:
    """The probability of one story for each pair of indices in `articles`: shape (len(pairs),)."""
    ready = prepared(articles)
    by_id = {article.id: row for row, article in enumerate(ready)}
    features, _ = features_of(ready, settings, encoder=encoder)
    ends = np.array([sorted((by_id[articles[a].id], by_id[articles[b].id])) for a, b in pairs], np.intp).reshape(-1, 2)
    probabilities: NDArray[np.float64] = probability(score_pairs(features, ends[:, 0], ends[:, 1]).story)
    return probabilities


def prepared(
    articles: Sequence[Article],
    progress: Progress = SILENT,
    executor: Executor = IN_PROCESS,
    known: Known = NOTHING,
) -> tuple[Article, ...]:
    """The articles cleaned, with their languages, by id: what every later stage takes."""
    with progress.stage("Cleaning"):
        cleaned = clean(sorted(articles, key=lambda article: article.id), executor)
    return detect_languages(cleaned, progress, executor, known)


@one_blas_thread
def features_of(
    articles: Sequence[Article],
    settings: Settings,
    *,
    encoder: Encoder | None = None,
    progress: Progress = SILENT,
    say: Say | None = None,
    executor: Executor = IN_PROCESS,
    known: Known = NOTHING,
) -> tuple[ArticleFeatures, str]:
    """What the score knows of each article, and the id of the model that says so."""
    features = word_features(articles, progress=progress, say=say, executor=executor, known=known)
    encoder = encoder or encoder_for(settings, progress, say, executor)
    if encoder is None:
        return features, vocabulary_id()
    tell_uncalibrated(encoder.model_id, say, settings.profile)
    with progress.stage("Embedding", len(articles)) as advance:
        embeddings = encode_articles(encoder, articles, progress=advance, say=say)
    languages = [article.language for article in articles]
    read = with_embeddings(features, embeddings, languages, settings.profile)
    return read, named(encoder.model_id, settings.profile)


def word_features(
    articles: Sequence[Article],
    *,
    progress: Progress = SILENT,
    say: Say | None = None,
    executor: Executor = IN_PROCESS,
    known: Known = NOTHING,
) -> ArticleFeatures:
    """The features that need no transformer. One chunk on one core: texts share what is looked up of a word."""
    if not articles:
        return describe_chunk(articles)
    if not executor.remote:
        prepare_vocabulary(progress=progress, say=say)  # a first run builds it, which takes longer than reading

    def find(missing: Sequence[int]) -> Iterator[bytes]:
        some = [_plain(articles[index]) for index in missing]
        chunks = in_chunks(some, DESCRIBED_AT_ONCE) if executor.remote or executor.threads > 1 else [some]
        return chain.from_iterable(executor.map(_packed_chunk, chunks))

    with progress.stage("Reading words", len(articles)) as advance:
        # An id is its article's headline where there is nothing else.
        questions = ([a.language, a.title, a.headline, a.text] for a in articles)
        answers = known.ask("words", questions, find, checked)
        rows: list[bytes] = []
        for chunk in in_chunks(articles, DESCRIBED_AT_ONCE):
            rows += islice(answers, len(chunk))
            advance(len(chunk))
    try:
        return unpack(rows, articles)
    except ValueError:  # whole entries that somebody wrote
        return unpack(list(find(range(len(articles)))), articles)


def _plain(article: Article) -> Article:
    """What describing needs, and no more: articles travel to the workers."""
    return Article(id=article.id, text=article.text, title=article.title, language=article.language)


def _packed_chunk(articles: Sequence[Article]) -> list[bytes]:
    return pack(describe_chunk(articles))


def describe_chunk(articles: Sequence[Article]) -> ArticleFeatures:
    """The word, name and static features of some articles, by the built-in model's tokens."""
    return describe(articles, load_vocabulary(), load_background())


def _each_once(say: Say) -> Say:
    """Says each line once: what is wrong with a folder is so for every file in it."""
    said: set[str] = set()

    def once(line: str) -> None:
        if line not in said:
            said.add(line)
            say(line)

    return once


def encoder_for(
    settings: Settings, progress: Progress = SILENT, say: Say | None = None, executor: Executor = IN_PROCESS
) -> Encoder | None:
    """The encoder that the settings ask for; None where no transformer runs."""
    if settings.effort is Effort.FAST:
        return None
    tokens = TOKENS[settings.effort]
    encoder = load_encoder(settings.model, max_tokens=tokens, progress=progress, say=say)
    return SpreadEncoder(encoder, settings.model, tokens, executor) if executor.remote else encoder
