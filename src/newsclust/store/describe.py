"""What a stored story is called and how surely its members belong, written when it is made and as it grows."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

import numpy as np

from newsclust.articles import Article
from newsclust.building.build import Grouping, build_stories
from newsclust.clustering.linkage import Labelling
from newsclust.execution.threads import steady
from newsclust.similarity.candidates import candidate_pairs
from newsclust.similarity.near_duplicates import near_copies, whose_copies
from newsclust.similarity.score import probability, score_pairs
from newsclust.store.features import Rows, Space, load_rows
from newsclust.store.nearby import blocks, keep_nearest
from newsclust.store.rows import articles_by_number, headlines_in, listed
from newsclust.stories import Story

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


def _describe(connection: sqlite3.Connection, stories: Sequence[int], space: Space) -> None:
    rows = connection.execute(
        "SELECT a.number, ifnull(a.lead, a.number), e.number, e.story FROM articles a"
        " JOIN events e ON e.number = a.event WHERE e.story IN (SELECT value FROM json_each(?)) ORDER BY a.id",
        (listed(stories),),
    ).fetchall()
    grouping = _grouping(connection, rows, space)
    story_of = {article.id: row for article, row in zip(grouping.articles, rows, strict=True)}
    numbers = {article.id: row[0] for article, row in zip(grouping.articles, rows, strict=True)}
    for story in build_stories(grouping, space.settings.label_language)[0]:
        _write(connection, story, story_of, numbers)


def _grouping(connection: sqlite3.Connection, rows: Sequence[Sequence[Any]], space: Space) -> Grouping:
    """The stories' articles as story building takes them."""
    found = articles_by_number(connection, [row[0] for row in rows], texts=True)
    articles = [found[row[0]] for row in rows]
    leads = load_rows(connection, sorted({row[1] for row in rows}), space)
    places = leads.places(np.array([row[1] for row in rows], np.int64))
    by_lead = {lead: (event, story) for _, lead, event, story in rows}
    labels = np.array([by_lead[number] for number in leads.numbers.tolist()], np.intp)
    # Rows count distinct texts by first appearance among the articles.
    order = {place: row for row, place in enumerate(dict.fromkeys(places.tolist()))}
    by_row = np.array(list(order), np.intp)
    distinct = np.array([order[place] for place in places.tolist()], np.intp)
    features = leads.features.at(by_row)
    pairs = score_pairs(features, *candidate_pairs(features))
    some = [articles[place] for place in np.unique(distinct, return_index=True)[1]]
    copies = near_copies(some, features, pairs)
    originals = whose_copies(articles, distinct, pairs, copies)
    return Grouping(articles, distinct, features, pairs, Labelling(labels[by_row, 0], labels[by_row, 1]), originals)


def _write(
    connection: sqlite3.Connection, story: Story, rows: dict[str, Sequence[Any]], numbers: dict[str, int]
) -> None:
    number = rows[story.members[0].article.id][3]
    connection.execute(
        "UPDATE stories SET title = ?, headlines = ?, keywords = ?, cohesion = ?, labelled = ? WHERE number = ?",
        (
            *(story.title, json.dumps(dict(story.headlines)), json.dumps(list(story.keywords))),
            *(story.cohesion, len(story.members), number),
        ),
    )
    connection.executemany(
        "UPDATE events SET title = ? WHERE number = ?",
        [(event.title, rows[event.articles[0]][2]) for event in story.events],
    )
    connection.executemany(
        "UPDATE articles SET place = ?, confidence = ?, duplicate_of = ? WHERE number = ?",
        [
            (place, member.confidence, numbers.get(member.duplicate_of or ""), numbers[member.article.id])
            for place, member in enumerate(story.members)
        ],
    )


def _grow(connection: sqlite3.Connection, story: int, space: Space) -> None:
    """Add the newcomers (those without a confidence) behind the members of a large story."""
    rows = connection.execute(
        "SELECT a.number, ifnull(a.lead, a.number), a.confidence, a.place, e.number, e.title FROM articles a"
        " JOIN events e ON e.number = a.event WHERE e.story = ? ORDER BY a.confidence IS NULL, a.place, a.id",
        (story,),
    ).fetchall()
    known, newcomers = [row for row in rows if row[2] is not None], [row for row in rows if row[2] is None]
    sample = [row[1] for row in known[:_COMPARED]]
    place = max((row[3] for row in known), default=-1)
    chances = _chances(connection, [row[1] for row in newcomers], sample, space)
    for row, chance in zip(newcomers, chances, strict=True):
        place += 1
        connection.execute(
            "UPDATE articles SET place = ?, confidence = ?, duplicate_of = ? WHERE number = ?",
            (place, chance, row[1] if row[1] != row[0] else None, row[0]),
        )
    first_of = {row[4]: row[0] for row in reversed(rows) if not row[5]}
    articles = articles_by_number(connection, [*(row[0] for row in newcomers), *first_of.values()], texts=True)
    connection.executemany(
        "UPDATE events SET title = ? WHERE number = ?",
        [(articles[number].headline, event) for event, number in first_of.items()],
    )
    _add_headlines(connection, story, [articles[row[0]] for row in newcomers])


def _chances(
    connection: sqlite3.Connection, newcomers: Sequence[int], sample: Sequence[int], space: Space
) -> list[float]:
    """Each newcomer's mean probability of one story with the sample; an exact copy counts as certain."""
    if not newcomers:
        return []
    rows = load_rows(connection, sorted({*newcomers, *sample}), space)
    ours, theirs = np.repeat(np.array(newcomers), len(sample)), np.tile(np.array(sample), len(newcomers))
    chances = probability(rows.scored(ours, theirs).story)
    chances[ours == theirs] = 1.0
    return [round(float(chance), 6) for chance in chances.reshape(len(newcomers), -1).mean(axis=1)]


def _add_headlines(connection: sqlite3.Connection, story: int, articles: Sequence[Article]) -> None:
    (text,) = connection.execute("SELECT headlines FROM stories WHERE number = ?", (story,)).fetchone()
    headlines = headlines_in(text)
    for article in articles:
        headlines.setdefault(article.language, article.headline)
    # A member that went to another story may have been the only one in its language.
    told = connection.execute(
        "SELECT DISTINCT a.language FROM articles a JOIN events e ON e.number = a.event WHERE e.story = ?", (story,)
    )
    languages = {language for (language,) in told}
    headlines = {language: headline for language, headline in headlines.items() if language in languages}
    connection.execute("UPDATE stories SET headlines = ? WHERE number = ?", (json.dumps(headlines), story))


_WAITING = "event IS NULL AND nearest IS NULL AND chance IS NOT NULL"
"""SQLite takes the nearest away with the article that it is, and leaves the chance."""


@steady
def find_nearest_again(connection: sqlite3.Connection, space: Space) -> None:
    """Write down for each of them the article nearest by vector, and the probability of one story with it."""
    waiting = [number for (number,) in connection.execute(f"SELECT number FROM articles WHERE {_WAITING}")]  # noqa: S608
    if not waiting:
        return
    asked = load_rows(connection, waiting, space)
    others = _nearest(connection, asked, space)
    connection.execute(f"UPDATE articles SET chance = NULL WHERE {_WAITING}")  # noqa: S608 - where there is no other
    met = others >= 0
    ends = asked.numbers[met], others[met]
    rows = load_rows(connection, np.unique(np.concatenate(ends)).tolist(), space)
    chances = np.round(probability(rows.scored(*ends).story - space.settings.penalty), 6)
    connection.executemany(
        "UPDATE articles SET nearest = ?, chance = ? WHERE number = ?",
        [(int(other), float(chance), int(own)) for own, other, chance in zip(*ends, chances, strict=True)],
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
