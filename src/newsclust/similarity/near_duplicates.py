"""Versions of one text: wire copies, cuts of a report, and reports whose numbers were brought up to date."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from newsclust.articles import Article, Articles
from newsclust.languages.compared import as_compared
from newsclust.similarity.features import ArticleFeatures
from newsclust.similarity.score import Pairs
from newsclust.similarity.shingles import Hashes, shared, words_of
from newsclust.stories import Relation

COMPARED_FROM = 0.5
"""TF-IDF cosine from which two texts are compared shingle by shingle. Only a filter: a report cut to
a quarter keeps 0.5."""
RESEMBLANCE = 0.5
"""Jaccard index of both texts' shingles (Broder 1997) from which they are versions of one text. On ecbplus and
real_hour 52 pairs of candidates lie above it: one text each, and bulletins, notes and paywalled leads in one frame."""
SAME_WORDS = 0.8
"""TF-IDF cosine of versions of one text. It tells them from a shared frame, whose rare words are its own: those pairs
lie at 0.56 to 0.74, copies above 0.81 but for one of twenty words."""
ONE_TEXT = 0.8
"""Resemblance from which the longer text is no other edition; where no word of a text can be read it stands alone."""
CONTAINED = 0.8
"""Share of the shorter text's shingles in the longer one from which it may be a cut of it."""
CUT = 0.9
"""Shingles of the shorter text, as a share of the longer one's, up to which it is a cut and no copy."""
OWN_FACTS = 0.01
"""Numbers and names in either text that the other lacks, as a share of the shorter text's words, up to which both are
the same text: a time stamp, another spelling of a name."""
UPDATED_FACTS = 0.04
"""The same up to which one is an update of the other ("83 injured" for "96 injured"). Beyond it the texts share a frame
and report two things: forecasts, results and closing prices in one frame lie at 0.08 and above."""
TITLE_SHARE = 0.5
"""Words of the longer text's headline that a cut must hold: a digest holds a whole report too, under its own one."""
SHORTEST = 8
"""Words, or tens of characters without spaces, below which only equal texts are copies."""
SHORTEST_CUT = 20
BRIEF, BRIEF_WORDS = 200, 30
"""Characters and words below which a text, and what it is compared with, is told together with its title: what stands
in the place of a text that is not there ("Subscribe to continue reading") says nothing of the article."""

Indices = NDArray[np.intp]


@dataclass(frozen=True, eq=False, slots=True)
class Versions:
    """For each article the index of the one that it is a version of (its own for an original), and how: shape (n,)."""

    originals: Indices
    relations: tuple[Relation | None, ...]

    @property
    def copied(self) -> Indices:
        """The index of the article whose text each one repeats, its own where it repeats none."""
        copies = np.array([relation is Relation.COPY for relation in self.relations], bool)
        return np.where(copies, self.originals, np.arange(len(self.originals)))


def same_text(articles: Sequence[Article]) -> Indices:
    """Each article's row among the distinct texts (case and spaces aside), by first appearance: shape (n,)."""
    rows: dict[bytes, int] = {}
    return np.array([rows.setdefault(fingerprint(article), len(rows)) for article in articles], np.intp)


def fingerprint(article: Article) -> bytes:
    """What two word-for-word copies share: 32 bytes."""
    text = " ".join(_told(as_compared(article)).casefold().split())
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def related(articles: Articles, features: ArticleFeatures, pairs: Pairs) -> dict[int, Relation]:
    """Which of the pairs are versions of one text, by their index among the pairs, and how.

    A text's language is not asked for: that of a short one may be misjudged, and five words in a row are of one.
    """
    unread = ~features.readable
    blind = unread[pairs.first] & unread[pairs.second]
    close = np.flatnonzero(blind | (pairs.words >= COMPARED_FROM))
    read = lru_cache(maxsize=None)(lambda index: as_compared(articles[index]))
    brief = lru_cache(maxsize=None)(lambda index: _is_brief(read(index)))
    known = lru_cache(maxsize=None)(
        lambda index, titled: words_of(_text(read(index), titled=titled)).shingles().distinct
    )
    relations = {}
    for pair in close.tolist():
        first, second = int(pairs.first[pair]), int(pairs.second[pair])
        titled = brief(first) or brief(second)
        ours, theirs = known(first, titled), known(second, titled)
        if not (len(ours) and len(theirs)):
            continue
        likeness = _likeness(ours, theirs)
        if not likeness.may_be_versions:
            continue
        alike = likeness.resemblance >= ONE_TEXT if blind[pair] else pairs.words[pair] >= SAME_WORDS
        if relation := _relation(read(first), read(second), likeness, alike=bool(alike)):
            relations[pair] = relation
    return relations


def copies_among(relations: Mapping[int, Relation], pairs: int) -> NDArray[np.bool_]:
    """Which of so many pairs are copies: shape (pairs,)."""
    copies = np.zeros(pairs, bool)
    copies[[pair for pair, relation in relations.items() if relation is Relation.COPY]] = True
    return copies


def versions(articles: Sequence[Article], rows: Indices, pairs: Pairs, relations: Mapping[int, Relation]) -> Versions:
    """What each article is a version of: the earliest original, then by id, that it makes a pair with itself.

    `rows` holds each article's row among the distinct texts, `relations` those of their `pairs`. An original is no
    version of another article; of several a copy comes before a cut, and that before an update.
    """
    eldest: dict[int, int] = {}
    for index, row in enumerate(rows.tolist()):
        if row not in eldest or _age(articles[index]) < _age(articles[eldest[row]]):
            eldest[row] = index
    partners: dict[int, list[tuple[int, Relation]]] = {}
    for pair, relation in relations.items():
        first, second = int(pairs.first[pair]), int(pairs.second[pair])
        partners.setdefault(first, []).append((second, relation))
        partners.setdefault(second, []).append((first, relation))
    version_of: dict[int, tuple[int, Relation]] = {}
    originals: set[int] = set()
    for row in sorted(eldest, key=lambda row: _age(articles[eldest[row]])):
        earlier = [(relation, other) for other, relation in partners.get(row, ()) if other in originals]
        if earlier:
            relation, other = min(earlier, key=lambda one: (_ORDER.index(one[0]), _age(articles[eldest[one[1]]])))
            version_of[row] = other, relation
        else:
            originals.add(row)
    return _by_article(articles, rows, eldest, version_of)


_ORDER = (Relation.COPY, Relation.SHORTENED, Relation.UPDATED)


def _by_article(
    articles: Sequence[Article],
    rows: Indices,
    eldest: Mapping[int, int],
    version_of: Mapping[int, tuple[int, Relation]],
) -> Versions:
    """The versions of articles from those of their distinct texts."""
    originals: list[int] = []
    relations: list[Relation | None] = []
    for index, row in enumerate(rows.tolist()):
        if row in version_of:
            other, relation = version_of[row]
            original = eldest[other]
            if relation is Relation.SHORTENED and len(articles[index].text) > len(articles[original].text):
                relation = Relation.EXTENDED
            originals.append(original)
            relations.append(relation)
        else:
            originals.append(eldest[row])
            relations.append(None if eldest[row] == index else Relation.COPY)
    return Versions(np.array(originals, np.intp), tuple(relations))


@dataclass(frozen=True, eq=False, slots=True)
class _Likeness:
    """How many shingles each of two texts has, and those that they share."""

    ours: int
    theirs: int
    common: Hashes

    @property
    def resemblance(self) -> float:
        together = self.ours + self.theirs - len(self.common)
        return len(self.common) / together if together else 0.0

    @property
    def containment(self) -> float:
        return len(self.common) / max(min(self.ours, self.theirs), 1)

    @property
    def is_cut(self) -> bool:
        unequal = min(self.ours, self.theirs) <= CUT * max(self.ours, self.theirs)
        return self.containment >= CONTAINED and unequal and self.resemblance < ONE_TEXT

    @property
    def may_be_versions(self) -> bool:
        return self.resemblance >= RESEMBLANCE or self.is_cut


def _likeness(ours: Hashes, theirs: Hashes) -> _Likeness:
    return _Likeness(len(ours), len(theirs), shared(ours, theirs))


def _relation(first: Article, second: Article, likeness: _Likeness, *, alike: bool) -> Relation | None:
    """How two texts with so much in common are versions of one, if they are; `alike` says whether their words agree."""
    titled = _is_brief(first) or _is_brief(second)
    ours, theirs = (words_of(_text(article, titled=titled)) for article in (first, second))
    words = min(len(ours), len(theirs))
    one, other = ours.facts_outside(likeness.common), theirs.facts_outside(likeness.common)
    own_facts = min(len(one - other), len(other - one)) / max(min(ours.count, theirs.count), 1)
    if words < SHORTEST or own_facts > UPDATED_FACTS:
        return None
    if likeness.is_cut:
        shorter, longer = (first, second) if likeness.ours <= likeness.theirs else (second, first)
        return Relation.SHORTENED if words >= SHORTEST_CUT and _tells_headline(shorter, longer) else None
    if not alike:
        return None
    return Relation.UPDATED if own_facts > OWN_FACTS or _headlines_differ(first, second) else Relation.COPY


def _headlines_differ(first: Article, second: Article) -> bool:
    """Whether each headline holds a number that the other lacks: results of two days, two counts of the injured."""
    one, other = (set(words_of(article.headline).numbers.tolist()) for article in (first, second))
    return bool(one - other) and bool(other - one)


def _tells_headline(shorter: Article, longer: Article) -> bool:
    """Whether the shorter text is about what the longer one's headline says."""
    headline, told = (set(words_of(text).hashes.tolist()) for text in (longer.headline, shorter.body))
    return len(headline & told) >= TITLE_SHARE * len(headline)


def _age(article: Article) -> tuple[float, str]:
    return (article.published.timestamp() if article.published else float("inf"), article.id)


def _told(article: Article) -> str:
    """What a copy repeats: the text, whatever headline another paper gives it; of a brief one the title too."""
    return _text(article, titled=_is_brief(article))


def _is_brief(article: Article) -> bool:
    return len(article.text) < BRIEF and words_of(article.text).count < BRIEF_WORDS


def _text(article: Article, *, titled: bool) -> str:
    return article.body if titled else article.text
