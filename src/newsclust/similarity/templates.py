"""Bulletins: texts that fill one frame with other facts, as closing prices, forecasts, results and lottery numbers do.

What two texts of one frame share is the frame's, and no sign of one event: what fills it decides. Two reports of one
match by two outlets share no frame, and two in one frame share the facts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from newsclust.articles import Article
from newsclust.execution.executor import IN_PROCESS, Executor
from newsclust.similarity.features import ArticleFeatures
from newsclust.similarity.score import Pairs, word_cosines
from newsclust.similarity.shingles import Hashes, frame, shared, tokens

COMPARED_FROM = 0.1
"""TF-IDF cosine from which two texts are compared word by word. Only a filter."""
LIKELY = -2.0
"""Log odds of one event or one story from which it matters whether they are bulletins."""
FRAME = 0.4
"""Jaccard index of both texts' frames from which they are one template. Independent reports of one event lie below .2;
of 400 pairs of one event above .3 half a dozen are no version of one text."""
OTHER_FACTS = 0.04
"""Numbers and names in either text that the other lacks, as a share of the shorter text's words, from which they report
two things. A report that was brought up to date stays below it."""
OTHER_SHARE = 0.25
"""The same as a share of the numbers and names of the text that has fewer."""
FEWEST = 2
"""Numbers and names of its own that each text must have."""
APART = -3.0
"""Log odds of bulletins of one frame with other facts, at most: a probability of 0.05."""


@dataclass(frozen=True, eq=False, slots=True)
class _Bulletin:
    frame: Hashes
    facts: frozenset[str]
    words: int
    caseless: bool


def bulletins(
    articles: Sequence[Article], features: ArticleFeatures, pairs: Pairs, executor: Executor = IN_PROCESS
) -> NDArray[np.bool_]:
    """Which of the pairs fill one frame with other facts: shape (len(pairs),)."""
    found = np.zeros(len(pairs), bool)
    likely = np.flatnonzero(np.maximum(pairs.event, pairs.story) >= LIKELY)
    cosines = word_cosines(features, pairs.first[likely], pairs.second[likely], executor)
    close = likely[cosines >= COMPARED_FROM]
    places = np.unique(np.concatenate((pairs.first[close], pairs.second[close]))).tolist()
    known = {place: _bulletin(articles[place].body) for place in places}
    for pair in close.tolist():
        found[pair] = _other_facts(known[int(pairs.first[pair])], known[int(pairs.second[pair])])
    return found


def parted_bulletins(
    articles: Sequence[Article], features: ArticleFeatures, pairs: Pairs, executor: Executor = IN_PROCESS
) -> Pairs:
    """The same pairs, those unlikely that fill one frame with other facts."""
    return parted(pairs, bulletins(articles, features, pairs, executor))


def parted(pairs: Pairs, which: NDArray[np.bool_]) -> Pairs:
    """The same pairs, `which` of them unlikely: bulletins with other facts."""
    return replace(
        pairs,
        event=np.where(which, np.minimum(pairs.event, APART), pairs.event),
        story=np.where(which, np.minimum(pairs.story, APART), pairs.story),
    )


def _bulletin(text: str) -> _Bulletin:
    words = [token.text for token in tokens(text)]
    facts = frozenset(word.casefold() for word in words if not word[0].islower())
    caseless = not any(word[0].islower() for word in words)
    return _Bulletin(frame(text), facts, len(words), caseless)


def _other_facts(one: _Bulletin, other: _Bulletin) -> bool:
    common = len(shared(one.frame, other.frame))
    if common < FRAME * (len(one.frame) + len(other.frame) - common) or not common:
        return False
    own = min(len(one.facts - other.facts), len(other.facts - one.facts))
    few = max(min(len(one.facts), len(other.facts)), 1)
    return own >= FEWEST and (own >= OTHER_FACTS * min(one.words, other.words) or own >= OTHER_SHARE * few)
