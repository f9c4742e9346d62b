"""Round-ups: pages that tell several stories, as briefings, live blogs, press reviews and lists of links do.

A page is one when its parts tell what reports tell that are unlike each other. Where it stands alone, its headline may
say so; then its parts must be unlike each other, which tells "Evening briefing" from a report on a briefing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations

import numpy as np
import regex
from numpy.typing import NDArray

from newsclust.articles import Article
from newsclust.similarity.features import ArticleFeatures, joined
from newsclust.similarity.score import Pairs, is_across, probability, score_pairs
from newsclust.text.round_up_wording import ROUND_UPS

PARTNER = 0.7
"""Probability of one story from which two reports are near enough to a page to make it a suspect."""
FAINT = 0.02
"""Probability from which a report counts as near a page at all."""
UNLIKE = 0.1
"""Probability below which two reports near a page make it a suspect: they are about two things."""
ONE_THING = 0.3
"""Probability from which two reports that parts of a suspect match are one thing. At .5 no other page of `real_hour` is
a round-up than at .1; at .1 reports of one day and kind hang together."""
MATCH = 0.8
"""Probability at which a part tells what a report tells. Parts are short, and short texts are alike for little."""
TOGETHER = 0.5
"""Probability at which two parts tell one thing."""
COVERED = 0.4
"""Share of a page's characters in parts that match reports. What a page says of others beside its own report, a teaser
or a paragraph on what happened before, is less."""
LARGEST_TOPIC = 0.6
"""Share of those characters that one thing may take; of a page by form, the share of parts that hang together."""
SHORTEST_TOPIC = 150
"""Characters that each of two things must take. Three may be told in a line each, as in a list of links."""
FEWEST_PARTS = 3
"""Parts of a page that is a round-up by its form."""
SHORTEST_PART = 25
"""Characters of a part, or half as many without spaces between words; shorter lines are headings and greetings."""
MOST_NEAR = 5
"""Reports near a page among which two unlike ones are looked for."""
MOST_PARTS = 24
MOST_PARTNERS = 12
"""Parts of a page, and reports near it, that are compared with each other."""

_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}]")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|(?<=[。！？।؟۔])")

Describe = Callable[[Sequence[Article]], ArticleFeatures]
Indices = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class RoundUp:
    """The rows of the reports whose stories a page tells, in the order in which it does."""

    mentions: tuple[int, ...]


def find_round_ups(
    articles: Sequence[Article],
    features: ArticleFeatures,
    pairs: Pairs,
    describe: Describe,
) -> dict[int, RoundUp]:
    """The round-ups among articles, by row; `describe` gives the features of their parts."""
    partners = _partners(pairs)
    titled = {row for row, title in enumerate(one.title for one in articles) if is_round_up_title(title)}
    wanted = _suspects(features, pairs) | titled
    round_ups = {}
    for row in sorted(wanted):
        parts = parts_of(articles[row])
        if len(parts) < 2 or (row not in titled and "\n" not in articles[row].text.strip()):
            continue
        near = partners.get(row, np.zeros(0, np.intp))
        known = near[~np.isin(near, list(wanted))]  # another round-up holds the same parts
        probabilities = _part_probabilities(articles, features, parts, known, describe, with_each_other=row in titled)
        page = _Page(row, parts, known, probabilities)
        if page.tells_reports_unlike_each_other(features) or (row in titled and page.parts_are_unlike):
            round_ups[row] = RoundUp(tuple(dict.fromkeys(int(known[match]) for match in page.matches if match >= 0)))
    return round_ups


def without(pairs: Pairs, rows: Mapping[int, RoundUp]) -> Pairs:
    """The pairs that no round-up is in."""
    kept = ~np.isin(pairs.first, list(rows)) & ~np.isin(pairs.second, list(rows))
    return pairs.only(kept)


def parts_of(article: Article) -> list[Article]:
    """The parts of a text: its lines, or its sentences where it has one line."""
    lines = [line.strip() for line in article.text.splitlines()]
    long = list(filter(_is_part, lines))
    if len(long) < 2:
        long = list(filter(_is_part, (piece.strip() for line in lines for piece in _SENTENCE_END.split(line))))
    return [replace(article, id=f"{article.id}\0{n:03d}", title=None, text=text) for n, text in enumerate(long)][
        :MOST_PARTS
    ]


def _is_part(piece: str) -> bool:
    return len(piece) >= SHORTEST_PART or len(piece) + len(_UNSPACED.findall(piece)) >= SHORTEST_PART


def is_round_up_title(title: str | None) -> bool:
    """Whether a headline says that many stories follow."""
    return title is not None and _wording().search(" ".join(title.casefold().split())) is not None


@dataclass(frozen=True, eq=False, slots=True)
class _Page:
    """A page's parts, the rows of reports near it, and the probability of one story of parts and reports.

    `probabilities` is square, parts first.
    """

    row: int
    parts: Sequence[Article]
    known: Indices
    probabilities: NDArray[np.float64]

    @property
    def sizes(self) -> NDArray[np.float64]:
        return np.array([len(part.text) for part in self.parts], np.float64)

    @property
    def matches(self) -> Indices:
        """The index in `known` of the report that each part tells best; -1 where it tells none."""
        count = len(self.parts)
        if not len(self.known):
            return np.full(count, -1, np.intp)
        across = self.probabilities[:count, count:]
        return np.where(across.max(axis=1) >= MATCH, across.argmax(axis=1), -1)

    @property
    def parts_are_unlike(self) -> bool:
        """Whether the parts tell several things: fewer than LARGEST_TOPIC of them hang together."""
        count = len(self.parts)
        if count < FEWEST_PARTS:
            return False
        return bool(
            _topics(self.probabilities[:count, :count] >= TOGETHER, np.ones(count)).max() < LARGEST_TOPIC * count
        )

    def tells_reports_unlike_each_other(self, features: ArticleFeatures) -> bool:
        """Whether the parts match reports of several things in the page's language, and enough of the page does."""
        matches, sizes = self.matches, self.sizes
        ours = features.languages[self.known[matches]] == features.languages[self.row] if len(self.known) else False
        matched = (matches >= 0) & ours
        if len(set(matches[matched].tolist())) < 2 or sizes[matched].sum() < COVERED * sizes.sum():
            return False
        rows = self.known[matches[matched]]
        first, second = (ends.ravel() for ends in np.meshgrid(rows, rows, indexing="ij"))
        same = first == second
        probabilities = np.ones(len(first))
        low, high = np.minimum(first, second)[~same], np.maximum(first, second)[~same]
        probabilities[~same] = probability(score_pairs(features, low, high).story)
        topics = _topics(probabilities.reshape(len(rows), len(rows)) >= ONE_THING, sizes[matched])
        told = len(topics) > 2 or topics.min() >= SHORTEST_TOPIC
        return bool(told and topics.max() < LARGEST_TOPIC * topics.sum())


def _topics(alike: NDArray[np.bool_], sizes: NDArray[np.float64]) -> NDArray[np.float64]:
    """The size of each group of those that hang together, directly or by others."""
    from scipy.sparse import csgraph, csr_matrix

    _, groups = csgraph.connected_components(csr_matrix(alike.astype(np.float64)), directed=False)
    return np.asarray(np.bincount(groups, weights=sizes), np.float64)


def _part_probabilities(
    articles: Sequence[Article],
    features: ArticleFeatures,
    parts: Sequence[Article],
    known: Indices,
    describe: Describe,
    *,
    with_each_other: bool,
) -> NDArray[np.float64]:
    """The probability of one story of parts with known reports, and perhaps `with_each_other`: square, the rest 0.

    No transformer reads parts.
    """
    languages = [part.language for part in parts] + [articles[row].language for row in known.tolist()]
    together = joined([describe(parts), replace(features.at(known), dense=None, model_id="")], languages)
    first, second = np.triu_indices(len(languages), 1)
    asked = (first < len(parts)) & (with_each_other | (second >= len(parts)))
    first, second = first[asked], second[asked]
    square = np.eye(len(languages))
    square[first, second] = square[second, first] = probability(score_pairs(together, first, second).story)
    return square


def _partners(pairs: Pairs) -> dict[int, Indices]:
    """For each row the rows that it makes a pair with, the most probable MOST_PARTNERS of them, best first."""
    probabilities = probability(pairs.story)
    kept = probabilities >= FAINT
    probabilities, pairs = probabilities[kept], pairs.only(kept)
    if not len(pairs):
        return {}
    rows, others = pairs.both_ways()
    order = np.lexsort((others, -np.concatenate((probabilities, probabilities)), rows))
    rows, others = rows[order], others[order]
    starts = np.flatnonzero(np.diff(rows, prepend=-1))
    return {
        int(rows[start]): some[:MOST_PARTNERS]
        for start, some in zip(starts.tolist(), np.split(others, starts[1:]), strict=True)
    }


def _suspects(features: ArticleFeatures, pairs: Pairs) -> set[int]:
    """The rows that are near two reports in their language which are unlike each other."""
    near = (probability(pairs.story) >= PARTNER) & ~is_across(features, pairs.first, pairs.second)
    partners = _partners(pairs.only(near))
    asking, ends = [], []
    for row, some in partners.items():
        for one, other in combinations(sorted(some[:MOST_NEAR].tolist()), 2):
            asking.append(row)
            ends.append((one, other))
    first, second = np.array(ends, np.intp).reshape(-1, 2).T
    probabilities = probability(score_pairs(features, first, second).story)
    return set(np.array(asking, np.intp)[probabilities < UNLIKE].tolist())


@lru_cache(maxsize=1)
def _wording() -> regex.Pattern[str]:
    phrases = sorted(
        {" ".join(entry.split()) for text in ROUND_UPS.values() for entry in text.split("|") if entry.strip()},
        key=lambda phrase: (-len(phrase), phrase),
    )
    return regex.compile(
        r"(?<![\p{L}\p{M}])(?:\L<phrases>)(?![\p{L}\p{M}])|\L<unspaced>",
        phrases=[p for p in phrases if not _UNSPACED.search(p)],
        unspaced=[p for p in phrases if _UNSPACED.search(p)],
    )
