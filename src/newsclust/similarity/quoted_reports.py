"""Pages that hold passages of several unlike reports word for word: digests, briefings and lists of headlines.

However alike such a page is to each report, and in whatever layout, what it quotes is sure evidence. Only pages that
share words with two reports which share none with each other are read, so most texts of a large input are not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from newsclust.articles import Article
from newsclust.similarity.features import ArticleFeatures
from newsclust.similarity.near_reports import APART, alike, may_quote, sharing, things_among
from newsclust.similarity.score import Indices, Pairs, score_pairs
from newsclust.text.letter_shingles import (
    DENSE_LENGTH,
    LENGTH,
    Hashes,
    among,
    codes_of,
    distinct,
    is_dense,
    letters_of,
)

READ_AT_ONCE = 2048
"""Reports of which what may be quoted is kept: 20 KB each."""
SHORTEST_QUOTATION, SHORTEST_HEADLINE = 60, 12
"""Letters in a row that are a quotation, where they are no whole sentences; and those of a headline that is quoted
whole. Reports of one kind have shorter turns of speech in common."""
OPENING, MOSTLY = 100, 0.5
"""Characters at the beginning of a report in which a page that tells it begins to quote: a dateline may be left out.
Pieces of them are short where so many are words or syllables."""
SPANNING = 0.5
"""Share of what each of two things takes from which a report that holds it tells both."""
QUOTED = 0.5
"""Share of a page's letters that are quoted. Beside its own news a report quotes less: a teaser, what was before."""
LARGEST_QUOTED = 0.7
"""Share of the quoted letters that one thing may take."""

_SENTENCE_END = re.compile("[.!?…。！？।॥؟۔።။։:：;|•\n]")

Flags = NDArray[np.bool_]


def quoting(articles: Sequence[Article], features: ArticleFeatures, pairs: Pairs) -> dict[int, tuple[int, ...]]:
    """The rows that quote unlike reports, each with the rows of those, in the order in which it does.

    A report that two digests quote may hold passages of both. So what quotes the most things is told first, and what it
    holds is no evidence for others.
    """
    nearest = sharing(pairs, len(features))
    probes = cache(lambda row: _probes(articles[row]))
    read = lru_cache(maxsize=READ_AT_ONCE)(lambda row: _Report.of(articles[row]))
    things: dict[int, tuple[int, float, _Page]] = {}
    for row in may_quote(pairs, nearest, partial(score_pairs, features)).tolist():
        plain = _plain(articles[row].text)
        begun = [report for report in nearest.of_row(row).tolist() if any(probe in plain for probe in probes(report))]
        if len(begun) < 2:
            continue
        page = _page(articles[row].text, np.array(begun, np.intp), read)
        if count := page.things(features):
            things[row] = count, page.share, page
    told: dict[int, tuple[int, ...]] = {}
    for row in sorted(things, key=lambda row: (-things[row][0], -things[row][1], row)):
        rest = things[row][2].without(told)
        if rest.things(features):
            told[row] = rest.in_order
    return told


def _probes(article: Article) -> list[str]:
    """What a page that tells a report holds of it: its headline, or a piece of how it opens."""
    headline, opening = _plain(article.title or ""), _plain(article.text[: 2 * OPENING])[:OPENING]
    size = DENSE_LENGTH if is_dense(codes_of(opening)).sum() > MOSTLY * len(opening) else LENGTH
    pieces = [opening[start : start + size] for start in range(0, len(opening) - size + 1, size)]
    return pieces + [headline] * (len(headline) >= SHORTEST_HEADLINE or bool(is_dense(codes_of(headline)).sum() > 4))


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


@dataclass(frozen=True, eq=False, slots=True)
class _Page:
    """A page: the rows of the reports that it quotes, and which of its letters each of them holds, (reports, letters).

    `weights` says how many letters each letter counts for.
    """

    reports: Indices
    held: Flags
    weights: NDArray[np.float32]

    @property
    def sizes(self) -> NDArray[np.float64]:
        """The letters that each report holds."""
        return np.asarray(self.held @ self.weights, np.float64)

    @property
    def share(self) -> float:
        """The share of the page that any report holds."""
        return float(self.weights[self.held.any(axis=0)].sum() / max(float(self.weights.sum()), 1.0))

    @property
    def in_order(self) -> tuple[int, ...]:
        """The rows of the reports, in the order in which the page quotes them."""
        return tuple(self.reports[np.argsort(self.held.argmax(axis=1), kind="stable")].tolist())

    def only(self, which: Flags) -> _Page:
        """The same page with some of the reports."""
        return _Page(self.reports[which], self.held[which], self.weights)

    def without(self, rows: Iterable[int]) -> _Page:
        """The same page without these reports."""
        return self.only(~np.isin(self.reports, list(rows)))

    def things(self, features: ArticleFeatures) -> int:
        """How many things the page quotes reports of; 0 where it is of its own, or of one of them.

        What two unlike reports hold is a turn of speech. A report that holds nearly all that is quoted is another
        version of the page and no part of it; one that holds most of what two others do is a page of its kind.
        """
        quoted = float(self.weights[self.held.any(axis=0)].sum())
        if len(self.reports) < 2 or quoted < QUOTED * float(self.weights.sum()):
            return 0
        parts = self.only(self.sizes <= LARGEST_QUOTED * quoted)
        if len(parts.reports) < len(self.reports):
            return parts.things(features)
        groups = self._groups(features)
        held = np.array([self.held[groups == group].any(axis=0) for group in range(groups.max() + 1)])
        common = (held @ (held * self.weights).T) * (1 - np.eye(len(held)))
        bridges = ((common >= SPANNING * held @ self.weights).sum(axis=1) > 1)[groups]
        if bridges.any():
            return self.only(~bridges).things(features)
        sizes = (held & (held.sum(axis=0) == 1)) @ self.weights
        sizes = sizes[sizes > 0]
        told = len(sizes) > 1 and max(sizes) <= LARGEST_QUOTED * sizes.sum()
        return len(sizes) if told and sizes.sum() >= QUOTED * float(self.weights.sum()) else 0

    def _groups(self, features: ArticleFeatures) -> Indices:
        """The number of the thing that each report is about."""
        return things_among(alike(features, [self.reports], APART)[0])


@dataclass(frozen=True, eq=False, slots=True)
class _Report:
    """What a page may quote of a report: its shingles, sorted, and its headline, so many `letters` and their hash.

    A headline too short to tell has no letters.
    """

    shingles: Hashes
    letters: int
    headline: Hashes

    @classmethod
    def of(cls, article: Article) -> _Report:
        """Read an article."""
        headline = letters_of(article.title or "")
        letters = len(headline) if float(headline.weights.sum()) >= SHORTEST_HEADLINE else 0
        whole = headline.between(np.zeros(1, np.intp), np.array([letters]))
        return cls(distinct(letters_of(article.body).shingles()), letters, whole)


def _page(text: str, reports: Indices, read: Callable[[int], _Report]) -> _Page:
    letters = letters_of(text)
    hashes, lengths, weights = letters.shingles(), letters.lengths(), letters.weights
    edges = [match.start() for match in _SENTENCE_END.finditer(text)]
    sentences = np.searchsorted(letters.at, [0, *edges, len(text)])
    held = np.zeros((len(reports), len(letters)), bool)
    for nth, row in enumerate(reports.tolist()):
        report = read(row)
        shared = np.flatnonzero(among(hashes, report.shingles))
        held[nth] = _quotations(_covered(shared, shared + lengths[shared], len(letters)), weights, sentences)
        if 0 < report.letters <= len(letters):
            starts = np.arange(len(letters) - report.letters + 1)
            titled = starts[letters.between(starts, starts + report.letters) == report.headline]
            held[nth] |= _covered(titled, titled + report.letters, len(letters))
    page = _Page(reports, held, weights)
    return page.only(page.sizes > 0)


def _covered(starts: Indices, ends: Indices, size: int) -> Flags:
    """Which of so many letters the runs from `starts` to before `ends` cover."""
    edges = np.bincount(starts, minlength=size + 1) - np.bincount(ends, minlength=size + 1)
    covered: Flags = np.cumsum(edges[:-1]) > 0
    return covered


def _quotations(covered: Flags, weights: NDArray[np.float32], sentences: Indices) -> Flags:
    """The covered letters that are no turn of speech: long stretches, and sentences, of which all edges are given."""
    sums = np.r_[0, np.cumsum(np.where(covered, weights, 0), dtype=np.float64)]
    edges = np.flatnonzero(np.diff(np.r_[0, covered.astype(np.int8), 0]))
    long = sums[edges[1::2]] - sums[edges[::2]] >= SHORTEST_QUOTATION
    held = _covered(edges[::2][long], edges[1::2][long], len(covered))
    counts = np.r_[0, np.cumsum(covered)]
    whole = counts[sentences[1:]] - counts[sentences[:-1]] == np.diff(sentences)
    return held | _covered(sentences[:-1][whole], sentences[1:][whole], len(covered))
