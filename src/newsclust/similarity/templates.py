"""Bulletins: texts that fill one frame with other facts, as closing prices, forecasts, results and lottery numbers do.

What two texts of one frame share is the frame's, and no sign of one event: what fills it decides. Two reports of one
match by two outlets share no frame, and two in one frame share the facts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from newsclust.articles import Article, Articles
from newsclust.similarity.score import Pairs
from newsclust.similarity.shingles import Hashes, frame_and_facts, shared, words_of

COMPARED_FROM = 0.1
"""TF-IDF cosine from which two texts are compared word by word. Only a filter."""
LIKELY = -2.0
"""Log odds of one event or one story from which it matters whether they are bulletins."""
FRAME = 0.4
"""Jaccard index of both texts' frames from which they are one template. Independent reports of one event lie below .2;
of 400 pairs of one event above .3 half a dozen are no version of one text."""
SKETCHED = 64
"""Shingles of a frame's sketch, by which most pairs are told to be in two frames."""
MEETING = 0.125
"""Share of the smaller sketch that two of one frame have in common: 25 of 64 on average where the index is FRAME, and
fewer than 8 once in a million times."""
OTHER_FACTS = 0.04
"""Numbers and names in either text that the other lacks, as a share of the shorter text's words, from which they report
two things. A report that was brought up to date stays below it."""
OTHER_SHARE = 0.25
"""The same as a share of the numbers and names of the text that has fewer."""
FEWEST = 2
"""Numbers and names of its own that each text must have."""
APART = -3.0
"""Log odds of bulletins of one frame with other facts, at most: a probability of 0.05."""

Sketch = frozenset[int]


def parting_bulletins(articles: Articles, sketch: Callable[[int], Sketch] | None = None) -> Callable[[Pairs], Pairs]:
    """Give a function of pairs of these articles: the same pairs, those unlikely that are bulletins with other facts.

    It reads each article once, when it first meets it in a pair that may be one. Most pairs are told unread where
    `sketch` knows what `sketch_of` gives of an article; an empty one says nothing.
    """
    asked = _asking(articles, sketch)
    return lambda pairs: _parted(pairs, asked(pairs))


def bulletins(articles: Articles, pairs: Pairs) -> NDArray[np.bool_]:
    """Which of the pairs fill one frame with other facts: shape (len(pairs),)."""
    return _asking(articles)(pairs)


def sketch_of(article: Article) -> Hashes:
    """The least shingles of a text's frame: what tells most pairs of texts to be in two frames."""
    return _bulletin(article.body).frame[:SKETCHED]


def _asking(articles: Articles, sketch: Callable[[int], Sketch] | None = None) -> Callable[[Pairs], NDArray[np.bool_]]:
    read = lru_cache(maxsize=None)(lambda row: _bulletin(articles[row].body))
    return partial(_are_bulletins, read, lambda row: (sketch and sketch(row)) or read(row).sketch)


def _parted(pairs: Pairs, which: NDArray[np.bool_]) -> Pairs:
    """The same pairs, `which` of them unlikely: bulletins with other facts."""
    return replace(
        pairs,
        event=np.where(which, np.minimum(pairs.event, APART), pairs.event),
        story=np.where(which, np.minimum(pairs.story, APART), pairs.story),
    )


@dataclass(frozen=True, eq=False, slots=True)
class _Bulletin:
    """The shingles of a text's frame, the hashes of its numbers and names, both sorted, and how many words it has.

    `sketch` holds the least shingles (Broder 1997).
    """

    frame: Hashes
    facts: Hashes
    words: int
    sketch: Sketch


def _are_bulletins(
    read: Callable[[int], _Bulletin], sketch: Callable[[int], Sketch], pairs: Pairs
) -> NDArray[np.bool_]:
    found = np.zeros(len(pairs), bool)
    likely = np.maximum(pairs.event, pairs.story) >= LIKELY
    for pair in np.flatnonzero(likely & (pairs.words >= COMPARED_FROM)).tolist():
        first, second = int(pairs.first[pair]), int(pairs.second[pair])
        ours, theirs = sketch(first), sketch(second)
        if len(ours & theirs) >= MEETING * min(len(ours), len(theirs)):
            found[pair] = _have_other_facts(read(first), read(second))
    return found


def _bulletin(text: str) -> _Bulletin:
    words = words_of(text)
    shingles, facts = frame_and_facts(words)
    return _Bulletin(shingles, facts, len(words), frozenset(shingles[:SKETCHED].tolist()))


def _have_other_facts(one: _Bulletin, other: _Bulletin) -> bool:
    sizes = len(one.frame), len(other.frame)
    common = len(shared(one.frame, other.frame))
    if common < FRAME * (sum(sizes) - common) or not common:
        return False
    fewer = min(len(one.facts), len(other.facts))
    own = fewer - len(shared(one.facts, other.facts))
    return own >= FEWEST and (own >= OTHER_FACTS * min(one.words, other.words) or own >= OTHER_SHARE * max(fewer, 1))
