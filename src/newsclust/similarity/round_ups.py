"""Round-ups: pages that tell several stories, as briefings, live blogs, press reviews and lists of links do.

A page is one when it quotes reports that are unlike each other (`quoted_reports`), or when its parts tell what such
reports tell. Where it stands alone, its headline may say so, or it greets its readers; then its parts must be unlike
each other, which tells "Evening briefing" from a report on a briefing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from newsclust.articles import Article
from newsclust.similarity.features import ArticleFeatures, joined
from newsclust.similarity.near_reports import alike, likely, near_unlike, things_among
from newsclust.similarity.quoted_reports import quoting
from newsclust.similarity.score import Indices, Pairs, is_across, probability, score_pairs
from newsclust.text.letter_shingles import letters_of
from newsclust.text.notices import stems
from newsclust.text.round_up_phrases import greets, is_round_up_title, without_phrases
from newsclust.text.sentences import sentences

FAINT = 0.02
"""Probability from which a report counts as near a page at all."""
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
PLAIN_MATCH, OTHERS = 0.3, 0.1
"""Probability at which an item in words of its own tells what a report tells, and what any unlike report may have of
it: sentences of one report that meet another by chance meet several."""
PLAINLY_COVERED = 0.6
"""Share of a page in such items."""
LARGEST_TOPIC = 0.6
"""Share of those characters that one thing may take; of a page by form, the share of parts that hang together."""
SHORTEST_TOPIC = 80
"""Characters that each of two things must take. Three may be told in a line each, as in a list of links."""
FEWEST_TOLD, TOLD = 3, 0.5
"""Words of a headline beside its wording, and the share of them, that a sentence with that wording holds where the
headline is a report's: of a newsletter, of a newspaper. An introduction repeats a day or a place."""
FEWEST_PARTS = 3
"""Parts of a page that is a round-up by its form."""
SHORTEST_PART = 25
"""Letters of a part, one that stands for a syllable or a word counting as several; shorter lines are headings and
greetings."""
MOST_PARTS, PAGES_AT_ONCE = 24, 64
"""Parts of a page that are compared with reports near it, and pages that are described at a time."""

Describe = Callable[[Sequence[Article]], ArticleFeatures]


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
    nearest = likely(pairs, len(articles), FAINT)
    titled = {row for row, article in enumerate(articles) if _says_so(article)}
    quoted = quoting(articles, features, pairs)
    round_ups = {row: RoundUp(reports) for row, reports in quoted.items()}
    wanted = _suspects(features, pairs) | titled | set(quoted)
    others = np.ones(len(articles), bool)  # another round-up holds the same parts
    others[list(wanted)] = False
    asked = []
    for row in sorted(wanted - set(quoted)):
        near = nearest.of_row(row)
        known = near[others[near]]
        parts = parts_of(articles[row]) if row in titled or len(known) > 1 else []
        if len(parts) > 1:
            asked.append(_Asked(row, parts, known, titled=row in titled))
    for start in range(0, len(asked), PAGES_AT_ONCE):
        some = asked[start : start + PAGES_AT_ONCE]
        same = alike(features, [page.known for page in some], ONE_THING)
        for page, of_one in zip(_pages(articles, features, some, describe), same, strict=True):
            rows = page.told(features, of_one)
            if rows is None and page.asked.titled and page.parts_are_unlike:
                matches = page.matches(MATCH)
                rows = page.known[matches[matches >= 0]]
            if rows is not None:
                round_ups[page.asked.row] = RoundUp(tuple(dict.fromkeys(rows.tolist())))
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
        long = list(filter(_is_part, sentences(article.text, article.language)))
    return [replace(article, id=f"{article.id}\0{n:03d}", title=None, text=text) for n, text in enumerate(long)][
        :MOST_PARTS
    ]


def _is_part(piece: str) -> bool:
    return len(piece) >= SHORTEST_PART or float(letters_of(piece).weights.sum()) >= SHORTEST_PART


def _says_so(article: Article) -> bool:
    """Whether its headline says that many stories follow, or it greets its readers, be it in what was set aside."""
    title = article.title_as_read or ""
    shared = (passage.text for passage in article.boilerplate if passage.reason == "shared")
    return (is_round_up_title(title) and not _is_told(title, article)) or any(map(greets, (article.text, *shared)))


def _is_told(title: str, article: Article) -> bool:
    """Whether a sentence tells what the headline does, such a wording included: a report on a newsletter."""
    phrase, others = without_phrases(title)
    wording, rest = set(stems(phrase)), set(stems(others))
    enough = max(FEWEST_TOLD, TOLD * len(rest))
    said = (set(stems(sentence)) for sentence in sentences(article.text, article.language) if wording)
    return any(wording <= words and len(rest & words) >= enough for words in said)


@dataclass(frozen=True, eq=False, slots=True)
class _Asked:
    """What is compared of a page: its parts, and the rows of the reports `known` that are near it."""

    row: int
    parts: Sequence[Article]
    known: Indices
    titled: bool


@dataclass(frozen=True, eq=False, slots=True)
class _Page:
    """A page, and the probability of one story of its parts and the reports near it: square, parts first."""

    asked: _Asked
    probabilities: NDArray[np.float64]

    @property
    def parts(self) -> Sequence[Article]:
        """The parts of the page."""
        return self.asked.parts

    @property
    def known(self) -> Indices:
        """The rows of the reports near it."""
        return self.asked.known

    @property
    def sizes(self) -> NDArray[np.float64]:
        return np.array([len(part.text) for part in self.parts], np.float64)

    def matches(self, least: float) -> Indices:
        """The index in `known` of the report that each part tells best; -1 where it tells none."""
        count = len(self.parts)
        if not len(self.known):
            return np.full(count, -1, np.intp)
        across = self.probabilities[:count, count:]
        return np.where(across.max(axis=1) >= least, across.argmax(axis=1), -1)

    @property
    def parts_are_unlike(self) -> bool:
        """Whether the parts tell several things: fewer than LARGEST_TOPIC of them hang together."""
        count = len(self.parts)
        if count < FEWEST_PARTS:
            return False
        return bool(
            _topics(self.probabilities[:count, :count] >= TOGETHER, np.ones(count)).max() < LARGEST_TOPIC * count
        )

    def told(self, features: ArticleFeatures, same: NDArray[np.bool_]) -> Indices | None:
        """The reports that the parts match, in order, where the page tells several things; None where it does not.

        `same` says which of the reports near it are one thing.
        """
        if not len(self.known):
            return None
        ours = features.languages[self.known] == features.languages[self.asked.row]
        for matches, covered in ((self.matches(MATCH), COVERED), (self.plain_matches(same), PLAINLY_COVERED)):
            matched = (matches >= 0) & ours[matches]
            some, sizes = matches[matched], self.sizes[matched]
            if len(np.unique(some)) < 2 or sizes.sum() < covered * self.sizes.sum():
                continue
            topics = _topics(same[np.ix_(some, some)], sizes)
            told = len(topics) > 2 or (len(topics) == 2 and topics.min() >= SHORTEST_TOPIC)
            if told and topics.max() < LARGEST_TOPIC * topics.sum():
                rows: Indices = self.known[some]
                return rows
        return None

    def plain_matches(self, alike: NDArray[np.bool_]) -> Indices:
        """The same as `matches` for parts that tell a report faintly, and no unlike one nearly as well."""
        matches = self.matches(PLAIN_MATCH)
        across = self.probabilities[: len(self.parts), len(self.parts) :]
        others = np.where(alike[matches], 0.0, across).max(axis=1)
        return np.where(others <= OTHERS * across.max(axis=1), matches, -1)


def _topics(alike: NDArray[np.bool_], sizes: NDArray[np.float64]) -> NDArray[np.float64]:
    """The size of each group of those that hang together."""
    return np.asarray(np.bincount(things_among(alike), weights=sizes), np.float64)


def _pages(
    articles: Sequence[Article], features: ArticleFeatures, asked: Sequence[_Asked], describe: Describe
) -> list[_Page]:
    """The pages with the probability of one story of parts and reports, in a page by its headline of parts too.

    What is not asked for is 0. No transformer reads parts.
    """
    parts = [part for page in asked for part in page.parts]
    rows = np.unique(np.concatenate([page.known for page in asked]))
    languages = [part.language for part in parts] + [articles[row].language for row in rows.tolist()]
    together = joined([describe(parts), replace(features.at(rows), dense=None, model_id="")], languages)
    starts = np.cumsum([0, *(len(page.parts) for page in asked)]).tolist()
    members = [
        np.concatenate((np.arange(start, end), len(parts) + np.searchsorted(rows, page.known)))
        for page, start, end in zip(asked, starts[:-1], starts[1:], strict=True)
    ]
    ends = []
    for page, some in zip(asked, members, strict=True):
        first, second = np.triu_indices(len(some), 1)
        wanted = (first < len(page.parts)) & (page.titled | (second >= len(page.parts)))
        ends.append((first[wanted], second[wanted]))
    inside = [(some[first], some[second]) for some, (first, second) in zip(members, ends, strict=True)]
    low, high = (np.concatenate([pair[side] for pair in inside]) for side in (0, 1))
    odds = probability(score_pairs(together, low, high).story)
    pages, done = [], 0
    for page, some, (first, second) in zip(asked, members, ends, strict=True):
        square = np.eye(len(some))
        square[first, second] = square[second, first] = odds[done : done + len(first)]
        done += len(first)
        pages.append(_Page(page, square))
    return pages


def _suspects(features: ArticleFeatures, pairs: Pairs) -> set[int]:
    """The rows that are near reports in their language which are unlike each other."""
    within = pairs.only(~is_across(features, pairs.first, pairs.second))
    return set(near_unlike(within, likely(within, len(features)), partial(score_pairs, features)).tolist())
