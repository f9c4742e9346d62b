"""Bringing articles into a store: batch by batch, each in one transaction."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from operator import attrgetter
from pathlib import Path

import numpy as np

from newsclust.articles import Article, ReadResult
from newsclust.cleaning.boilerplate import without_known_wording
from newsclust.encoders.articles import encode_articles
from newsclust.encoders.base import Embeddings, Encoder, Say
from newsclust.encoders.vocabulary import vocabulary_id
from newsclust.execution.executor import in_chunks
from newsclust.execution.progress import SILENT, Progress
from newsclust.languages.detect import detect_languages
from newsclust.pipeline import encoder_for, word_features
from newsclust.settings import DEFAULTS, Settings
from newsclust.similarity.features import ArticleFeatures, with_embeddings
from newsclust.similarity.profiles import named, profile_of, tell_uncalibrated
from newsclust.similarity.templates import sketch_of
from newsclust.store.describe import describe_stories, find_nearest_again
from newsclust.store.features import (
    Space,
    check_settings,
    checksum,
    count_in_means,
    pack,
    read_space,
    space_for,
)
from newsclust.store.file import transaction, writing
from newsclust.store.packing import pack_sketch
from newsclust.store.passages import remember, set_aside
from newsclust.store.read import Change, result_of, run_changes
from newsclust.store.regroup import Request, regroup
from newsclust.store.rows import (
    content_hash,
    day_of,
    insert_article,
    known_contents,
    listed,
    print_of,
    with_storable_id,
)
from newsclust.store.write import Membership, remove_articles, write_groups
from newsclust.stories import ClusterResult

BATCH = 500
"""Articles written in one transaction: what a run that dies loses is at most the work on these."""


@dataclass(frozen=True, eq=False, slots=True)
class Options:
    """How a store is updated.

    `window` in days bounds what new articles are compared with, by date. `wait` in seconds for the lock. `changes_only`
    makes the result hold only the stories that changed since the last run that ended. `texts` gives its articles their
    texts and unknown fields.
    """

    window: float | None = None
    wait: float = 0.0
    changes_only: bool = False
    texts: bool = False
    batch: int = BATCH


@dataclass(frozen=True, eq=False, slots=True)
class Update:
    """What a run gives: the stories of the articles it was given, or those that changed; and what changed."""

    result: ClusterResult
    changes: tuple[Change, ...]
    added: int
    changed: int
    known: int


@dataclass(frozen=True, eq=False, slots=True)
class Work:
    """What every batch of a run needs."""

    connection: sqlite3.Connection
    run: int
    settings: Settings
    options: Options
    encoder: Encoder | None
    progress: Progress
    say: Say | None


def update(
    path: Path,
    read: ReadResult,
    settings: Settings = DEFAULTS,
    options: Options | None = None,
    *,
    encoder: Encoder | None = None,
) -> Update:
    """Bring what was read into the store at `path`, as `updating` does, and end the run."""
    with updating(path, read, settings, options, encoder=encoder) as done:
        return done


@contextmanager
def updating(
    path: Path,
    read: ReadResult,
    settings: Settings = DEFAULTS,
    options: Options | None = None,
    *,
    encoder: Encoder | None = None,
    progress: Progress = SILENT,
    say: Say | None = None,
) -> Iterator[Update]:
    """Bring what was read into the store at `path`, which is made where there is none.

    Known articles (same id, same content) cost nothing, changed ones are read again. A run that dies leaves whole
    batches behind and the next one goes on. The run ends with the block: what was not told in it, as the run died or
    its answer could not be written, is told by the next. Raises StoreLocked when another run holds the store,
    StoreError when it cannot be used or was made with other settings.
    """
    options = options or Options()
    with writing(path, wait=options.wait, create=True) as connection:
        check_settings(connection, settings)
        run = begin_run(connection)
        work = Work(connection, run, settings, options, encoder, progress, say)
        articles = sorted(map(with_storable_id, read.articles), key=lambda article: article.id)
        todo, replaced, known = _to_do(connection, articles)
        for part in in_chunks(todo, options.batch):
            _add(work, part, replaced)
        changes = run_changes(connection)
        wanted = None if options.changes_only else [article.id for article in articles]
        result = result_of(connection, settings, read.skipped, articles=wanted, changes=changes, texts=options.texts)
        if result.model_id and result.model_id != vocabulary_id():
            tell_uncalibrated(result.model_id, say, settings.profile)
        yield Update(result, changes, len(todo) - len(replaced), len(replaced), known)
        # Runs that died before have been told too.
        connection.execute(
            "UPDATE runs SET finished = ?1, known = CASE number WHEN ?2 THEN ?3 ELSE known END WHERE finished IS NULL",
            (time.time(), run, known),
        )


def begin_run(connection: sqlite3.Connection) -> int:
    """Write down that a run begins; its number."""
    cursor = connection.execute(
        "INSERT INTO runs (started, version) VALUES (?, ?)", (time.time(), version("newsclust"))
    )
    return int(cursor.lastrowid or 0)


_AGAIN = re.compile(r"~\d+$")
"""What reading puts behind an id that another article has."""


def _to_do(
    connection: sqlite3.Connection, articles: Sequence[Article]
) -> tuple[list[tuple[Article, bytes]], dict[str, int], int]:
    """Articles to be read, with their content; the numbers of those that are there with other content; known ones."""
    todo: list[tuple[Article, bytes]] = []
    replaced: dict[str, int] = {}
    read: dict[str, bytes] = {}
    for part in in_chunks(articles, BATCH):
        first_ids = [_AGAIN.sub("", article.id) for article in part]
        contents = known_contents(connection, [*first_ids, *(article.id for article in part)])
        for article, first_id in zip(part, first_ids, strict=True):
            content = content_hash(article)
            known = contents.get(article.id)
            if known and known.content == content:
                continue
            first = contents.get(first_id)
            if first_id != article.id and content in (read.get(first_id), first and first.content):
                continue  # one article in two of the files that a folder keeps
            read[article.id] = content
            todo.append((article, content))
            if known:
                replaced[article.id] = known.number
    return todo, replaced, len(articles) - len(todo)


def _add(work: Work, part: Sequence[tuple[Article, bytes]], replaced: Mapping[str, int]) -> None:
    """One batch: what takes long first, then everything that is written, whole or not at all."""
    connection = work.connection
    with work.progress.stage("Cleaning"):
        aside = set_aside(connection, without_known_wording([article for article, _ in part]))
    reread = known_contents(connection, [article.id for article in aside.again.values()])
    contents = {article.id: content for article, content in part} | {id_: row.content for id_, row in reread.items()}
    added = {id_: row.added for id_, row in reread.items()}
    gone = {**replaced, **{id_: row.number for id_, row in reread.items()}}
    articles = detect_languages(sorted((*aside.batch, *aside.again.values()), key=attrgetter("id")), work.progress)
    features, vectors, model_id = described(articles, work.settings, work.encoder, work.progress, work.say)
    with transaction(connection):
        space = space_for(connection, work.settings, features, model_id)
        earlier, again = _take_out(connection, [gone[a.id] for a in articles if a.id in gone])
        numbers, leads = insert_articles(
            work, articles, contents, features, vectors, space, added=added, whole=aside.whole
        )
        remember(connection, aside, numbers, articles)
        space = read_space(connection) or space
        again |= {lead for lead in leads if lead < min(numbers, default=0)}
        was = {numbers[k]: earlier[a.id] for k, a in enumerate(articles) if a.id in earlier}
        with work.progress.stage("Joining stories"):
            request = Request(
                np.array(sorted(set(leads) & set(numbers)), np.int64),
                np.array(sorted(again), np.int64),
                work.options.window,
            )
            changed = write_groups(connection, regroup(connection, request, space), numbers, was, work.run)
            describe_stories(connection, changed, space)
            find_nearest_again(connection, space)
        connection.execute(
            "UPDATE runs SET batches = batches + 1, added = added + ?, changed = changed + ? WHERE number = ?",
            (len(part) - sum(a.id in earlier for a, _ in part), sum(a.id in replaced for a, _ in part), work.run),
        )


def described(
    articles: Sequence[Article],
    settings: Settings,
    encoder: Encoder | None,
    progress: Progress = SILENT,
    say: Say | None = None,
) -> tuple[ArticleFeatures, Embeddings | None, str]:
    """The articles' features as a store keeps them, the model's own vectors, and the model's id.

    The vectors of a model without a profile stay as they are: what is taken from them depends on the whole store.
    """
    features = word_features(articles, progress=progress, say=say)
    encoder = encoder or encoder_for(settings, progress, say)
    if encoder is None:
        return features, None, vocabulary_id()
    with progress.stage("Embedding", len(articles)) as advance:
        vectors = encode_articles(encoder, articles, progress=advance, say=say)
    model_id = named(vectors.model_id, settings.profile)
    if profile_of(vectors.model_id, settings.profile) is None:
        return features.with_dense(vectors.vectors, model_id), vectors, model_id
    languages = [article.language for article in articles]
    return with_embeddings(features, vectors, languages, settings.profile), vectors, model_id


def _take_out(connection: sqlite3.Connection, numbers: Sequence[int]) -> tuple[dict[str, Membership], set[int]]:
    """Remove articles that are read again: where each was (by id), and who shared a story with them."""
    rows = connection.execute(
        "SELECT a.id, e.number, e.story FROM articles a JOIN events e ON e.number = a.event"
        " WHERE a.number IN (SELECT value FROM json_each(?))",
        (listed(numbers),),
    ).fetchall()
    remove_articles(connection, numbers)
    shared = connection.execute(
        "SELECT a.number FROM articles a JOIN events e ON e.number = a.event"
        " WHERE e.story IN (SELECT value FROM json_each(?)) AND a.lead IS NULL",
        (listed({row[2] for row in rows}),),
    )
    return {id_: Membership(event, story) for id_, event, story in rows}, {number for (number,) in shared}


def insert_articles(
    work: Work,
    articles: Sequence[Article],
    contents: Mapping[str, bytes],
    features: ArticleFeatures,
    vectors: Embeddings | None,
    space: Space,
    *,
    added: Mapping[str, float] | None = None,
    whole: Mapping[str, Article] | None = None,
) -> tuple[list[int], list[int]]:
    """Write the articles: the number of each, and of the one whose text it repeats (its own for an original).

    `added` holds when they were first stored, in seconds since 1970; now, where it lacks one. `whole` are the articles
    before passages were set aside, by id.
    """
    connection = work.connection
    packed = pack(features, space.layout)
    numbers: list[int] = []
    leads: list[int] = []
    own: list[int] = []
    added, whole = added or {}, whole or {}
    now = time.time()
    for k, article in enumerate(articles):
        lead = _lead(connection, article, work.options.window)
        times = added.get(article.id, now)
        before = whole.get(article.id)
        number = insert_article(
            connection, article, contents[article.id], run=work.run, added=times, lead=lead, whole=before
        )
        numbers.append(number)
        leads.append(lead or number)
        if lead is None:
            own.append(k)
            row = packed[k]
            scanned = row.vectors, row.heavy, row.numbers
            connection.execute("INSERT INTO vectors VALUES (?, ?, ?, ?, ?)", (number, *scanned, checksum(*scanned)))
            words = row.rows, pack_sketch(sketch_of(article))
            connection.execute(
                "INSERT INTO words (article, rows, sketch, checksum) VALUES (?, ?, ?, ?)",
                (number, *words, checksum(*words)),
            )
    if vectors is not None and space.needs_means:
        count_in_means(connection, vectors.vectors[own], [articles[k].language for k in own])
    return numbers, leads


def _lead(connection: sqlite3.Connection, article: Article, window: float | None) -> int | None:
    """The stored article whose text this one repeats word for word, unless the window parts them."""
    day = day_of(article)
    row = connection.execute(
        "SELECT number FROM articles WHERE print = ?1 AND lead IS NULL"
        " AND (?2 IS NULL OR ?3 IS NULL OR day IS NULL OR abs(day - ?3) <= ?2) ORDER BY number LIMIT 1",
        (print_of(article), window, day),
    ).fetchone()
    return None if row is None else int(row[0])
