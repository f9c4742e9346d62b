"""Scoring pairs of stored articles, as one run over all of them scores them."""

from __future__ import annotations

import sqlite3

import numpy as np

from newsclust.articles import Article
from newsclust.pipeline import describe_chunk
from newsclust.similarity.near_duplicates import copies_among, related
from newsclust.similarity.round_ups import find_round_ups
from newsclust.similarity.score import CERTAIN, Pairs, certain, score_pairs
from newsclust.similarity.templates import parting_bulletins
from newsclust.store.features import Space, load_rows
from newsclust.store.pairs import KnownPairs, Numbers
from newsclust.store.rows import articles_by_number


class Scorer:
    """Scores pairs of articles by their numbers. It reads each article once, when it is first asked for.

    `window` in days parts those published further apart.
    """

    def __init__(self, connection: sqlite3.Connection, space: Space, window: float | None = None) -> None:
        self._connection, self._space, self.window = connection, space, window
        self._rows = load_rows(connection, (), space)
        self._texts: dict[int, Article] = {}
        self._parting = parting_bulletins(self, lambda row: self._rows.sketches[row])

    def __getitem__(self, row: int) -> Article:
        """The article of that row, with its text."""
        number = int(self._rows.numbers[row])
        if number not in self._texts:
            self._texts |= articles_by_number(self._connection, [number], texts=True)
        return self._texts[number]

    def pairs(self, first: Numbers, second: Numbers, *, copies: bool = True) -> KnownPairs:
        """The pairs scored: copies certain, bulletins parted. Without `copies` these are not looked for."""
        self._read(np.concatenate((first, second)))
        ends = self._rows.rows_of(first), self._rows.rows_of(second)
        pairs = score_pairs(self._rows.features, *ends)
        relations = related(self, self._rows.features, pairs) if copies else {}
        scored = certain(self._parting(pairs), copies_among(relations, len(pairs)))
        return KnownPairs.of(scored, first, second)

    def asked(self, first: Numbers, second: Numbers) -> Pairs:
        """Pairs that were no candidates; what the window parts is as good as surely of two stories."""
        pairs = self.pairs(first, second, copies=False)
        days = self._rows.features.days
        apart = np.abs(days[self._rows.rows_of(first)] - days[self._rows.rows_of(second)]) > (self.window or np.inf)
        event, story = (np.where(apart, -CERTAIN, odds) for odds in (pairs.event, pairs.story))
        return Pairs(first, second, event, story, pairs.dates, pairs.words)

    def round_ups(self, numbers: Numbers, pairs: KnownPairs) -> Numbers:
        """Those of the articles, which are ordered by their ids, that are round-ups by these pairs."""
        self._read(numbers)
        features = self._rows.features.at(self._rows.rows_of(numbers))
        texts = articles_by_number(self._connection, numbers.tolist(), texts=True)
        self._texts |= texts
        round_ups = find_round_ups([texts[n] for n in numbers.tolist()], features, pairs.among(numbers), describe_chunk)
        return numbers[np.array(sorted(round_ups), np.intp)]

    def _read(self, numbers: Numbers) -> None:
        unread = np.setdiff1d(numbers, self._rows.numbers)
        if len(unread):
            self._rows = self._rows.joined(load_rows(self._connection, unread.tolist(), self._space))
