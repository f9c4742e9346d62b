"""What a stored story is called and how surely its members belong, written when it is made and as it grows."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from newsclust.building.build import Grouping, build_stories
from newsclust.clustering.linkage import Labelling
from newsclust.execution.threads import one_blas_thread
from newsclust.similarity.candidates import candidate_pairs
from newsclust.similarity.near_duplicates import related, versions
from newsclust.similarity.score import probability, score_pairs
from newsclust.store.features import Rows, Space, load_rows
from newsclust.store.nearby import blocks, keep_nearest
from newsclust.store.rows import articles_by_number, headlines_in, listed
from newsclust.stories import Member, Relation, Story

SMALL = 30
"""Articles up to which a story is described anew whenever it changes."""
GROWTH = 1.25
"""Growth since it was last described at which a larger story is described anew; the newcomers are added until then."""
_TOGETHER = 1200
"""Articles whose stories are described at once."""
_COMPARED = 24
"""Members that a newcomer to a large story is compared with."""


def describe_stories(connection: sqlite3.Connection, stories: Sequence[int], space: Space) -> None:
    """Write titles, headlines, keywords, cohesion, and the members' order and confidence of these stories."""
    batch: list[int] = []
    size = 0
    for story in stories:
        members, labelled = _size(connection, story)
        if members > SMALL and labelled and labelled <= members < labelled * GROWTH:
            _grow(connection, story, space)
            continue
        batch.append(story)
        size += members
        if size >= _TOGETHER:
            _describe(connection, batch, space)
            batch, size = [], 0
    if batch:
        _describe(connection, batch, space)


def _size(connection: sqlite3.Connection, story: int) -> tuple[int, int]:
    count, labelled = connection.execute(
        "SELECT (SELECT count(*) FROM events e JOIN articles a ON a.event = e.number WHERE e.story = s.number),"
        " labelled FROM stories s WHERE s.number = ?",
        (story,),
    ).fetchone()
    return count, labelled


class _Row(NamedTuple):
    """An article of a story; `lead` is the article whose text it has: its own number, where it is no exact copy."""

    number: int
    lead: int
    language: str
    event: int
    event_title: str
    story: int
    place: int
    confidence: float | None


def _rows(connection: sqlite3.Connection, stories: Sequence[int]) -> list[_Row]:
    """The articles of the stories, by id."""
    rows = connection.execute(
        "SELECT a.number, ifnull(a.lead, a.number), a.language, e.number, e.title, e.story, a.place, a.confidence"
        " FROM articles a JOIN events e ON e.number = a.event"
        " WHERE e.story IN (SELECT value FROM json_each(?)) ORDER BY a.id",
        (listed(stories),),
    )
    return [_Row(*row) for row in rows]


def _describe(connection: sqlite3.Connection, stories: Sequence[int], space: Space) -> None:
    rows = _rows(connection, stories)
    grouping = _grouping(connection, rows, space)
    row_of = {article.id: row for article, row in zip(grouping.articles, rows, strict=True)}
    for story in build_stories(grouping, space.settings.label_language)[0]:
        _write(connection, story, row_of)


def _grouping(connection: sqlite3.Connection, rows: Sequence[_Row], space: Space) -> Grouping:
    """The stories' articles as story building takes them."""
    found = articles_by_number(connection, [row.number for row in rows], texts=True)
    articles = [found[row.number] for row in rows]
    # Rows count distinct texts by first appearance among the articles.
    first = {row.lead: row for row in reversed(rows)}
    order = {lead: k for k, lead in enumerate(dict.fromkeys(row.lead for row in rows))}
    distinct = np.array([order[row.lead] for row in rows], np.intp)
    leads = load_rows(connection, order, space)
    features = leads.features.at(leads.places(np.array(list(order), np.int64)))
    labels = Labelling(*(np.array([getattr(first[lead], name) for lead in order]) for name in ("event", "story")))
    pairs = score_pairs(features, *candidate_pairs(features))
    texts = [articles[place] for place in np.unique(distinct, return_index=True)[1]]
    known = versions(articles, distinct, pairs, related(texts, features, pairs))
    return Grouping(articles, distinct, features, pairs, labels, known)


def _write(connection: sqlite3.Connection, story: Story, row_of: Mapping[str, _Row]) -> None:
    """Write down what a story is called, and its members in their order."""
    connection.execute(
        "UPDATE stories SET title = ?, headlines = ?, keywords = ?, cohesion = ?, labelled = ? WHERE number = ?",
        (
            *(story.title, json.dumps(dict(story.headlines)), json.dumps(list(story.keywords))),
            *(story.cohesion, len(story.members), row_of[story.members[0].article.id].story),
        ),
    )
    _write_titles(connection, {row_of[event.articles[0]].event: event.title for event in story.events})
    _write_members(
        connection,
        [
            (place, member.confidence, *_version(member, row_of), row_of[member.article.id].number)
            for place, member in enumerate(story.members)
        ],
    )


def _version(member: Member, row_of: Mapping[str, _Row]) -> tuple[int | None, str | None]:
    """The number of the article that a member is a version of, and how."""
    if member.version is None:
        return None, None
    return row_of[member.version.article].number, member.version.relation.value


def _write_titles(connection: sqlite3.Connection, titles: Mapping[int, str]) -> None:
    connection.executemany("UPDATE events SET title = ?2 WHERE number = ?1", list(titles.items()))


def _write_members(
    connection: sqlite3.Connection, members: Sequence[tuple[int, float, int | None, str | None, int]]
) -> None:
    """Write place, confidence, and the article that it is a version of and how, of articles by number."""
    connection.executemany(
        "UPDATE articles SET place = ?, confidence = ?, duplicate_of = ?, relation = ? WHERE number = ?", members
    )


def _grow(connection: sqlite3.Connection, story: int, space: Space) -> None:
    """Add the newcomers (those without a confidence) behind the members of a large story."""
    rows = _rows(connection, [story])
    known = sorted((row for row in rows if row.confidence is not None), key=lambda row: row.place)
    newcomers = [row for row in rows if row.confidence is None]
    probabilities = _probabilities(
        connection, [row.lead for row in newcomers], [row.lead for row in known[:_COMPARED]], space
    )
    start = known[-1].place + 1 if known else 0
    _write_members(
        connection,
        [
            (
                start + k,
                p,
                *((row.lead, Relation.COPY.value) if row.lead != row.number else (None, None)),
                row.number,
            )
            for k, (row, p) in enumerate(zip(newcomers, probabilities, strict=True))
        ],
    )
    untitled = {row.event: row.number for row in reversed([*known, *newcomers]) if not row.event_title}
    articles = articles_by_number(connection, [*(row.number for row in newcomers), *untitled.values()], texts=True)
    _write_titles(connection, {event: articles[number].headline for event, number in untitled.items()})
    (text,) = connection.execute("SELECT headlines FROM stories WHERE number = ?", (story,)).fetchone()
    headlines = headlines_in(text)
    for row in newcomers:
        headlines.setdefault(row.language, articles[row.number].headline)
    # A member that went to another story may have been the only one in its language.
    told = {row.language for row in rows}
    kept = {language: headline for language, headline in headlines.items() if language in told}
    connection.execute("UPDATE stories SET headlines = ? WHERE number = ?", (json.dumps(kept), story))


def _probabilities(
    connection: sqlite3.Connection, newcomers: Sequence[int], sample: Sequence[int], space: Space
) -> list[float]:
    """Each newcomer's mean probability of one story with the sample; an exact copy counts as certain."""
    if not newcomers:
        return []
    rows = load_rows(connection, {*newcomers, *sample}, space)
    ours, theirs = np.repeat(np.array(newcomers), len(sample)), np.tile(np.array(sample), len(newcomers))
    probabilities = probability(rows.scored(ours, theirs).story)
    probabilities[ours == theirs] = 1.0
    return [round(float(p), 6) for p in probabilities.reshape(len(newcomers), -1).mean(axis=1)]


_WAITING = "event IS NULL AND nearest IS NULL AND probability IS NOT NULL"
"""SQLite takes the nearest away with the article that it is, and leaves the probability."""


@one_blas_thread
def find_nearest_again(connection: sqlite3.Connection, space: Space) -> None:
    """Write down for each of them the article nearest by vector, and the probability of one story with it."""
    waiting = [number for (number,) in connection.execute(f"SELECT number FROM articles WHERE {_WAITING}")]  # noqa: S608
    if not waiting:
        return
    asked = load_rows(connection, waiting, space)
    others = _nearest(connection, asked, space)
    connection.execute(f"UPDATE articles SET probability = NULL WHERE {_WAITING}")  # noqa: S608 - where there is no other
    met = others >= 0
    ends = asked.numbers[met], others[met]
    rows = load_rows(connection, np.unique(np.concatenate(ends)).tolist(), space)
    probabilities = np.round(probability(rows.scored(*ends).story - space.settings.penalty), 6)
    connection.executemany(
        "UPDATE articles SET nearest = ?, probability = ? WHERE number = ?",
        [(int(other), float(p), int(own)) for own, other, p in zip(*ends, probabilities, strict=True)],
    )


def _nearest(connection: sqlite3.Connection, asked: Rows, space: Space) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """The number of the stored article nearest to each of those asked for, -1 where there is no other."""
    best = np.full(len(asked.numbers), -np.inf, np.float32)
    found = np.full(len(asked.numbers), -1, np.int64)
    name = "static" if asked.features.dense is None else "dense"
    for block in blocks(connection, space.layout, space.means):
        cosines = getattr(asked.features, name) @ block.vectors[name].T
        cosines[asked.numbers[:, None] == block.numbers[None, :]] = -np.inf
        keep_nearest(cosines, block.numbers, best, found)
    return found
