"""Bulletins: texts that fill one frame with other facts, as closing prices, forecasts, results and lottery numbers do.

What two texts of one frame share is the frame's, and no sign of one event: what fills it decides. Two reports of one
match by two outlets share no frame, and two in one frame share the facts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from newsclust.articles import Article, Articles
from newsclust.cache.known import NOTHING, Known
from newsclust.execution.executor import IN_PROCESS, Executor, in_chunks
from newsclust.languages.compared import as_compared
from newsclust.similarity.score import APART, Pairs
from newsclust.similarity.shingles import LINKED, LINKED_CHARACTERS, Hashes, Words, in_order, shared, words_of

COMPARED_FROM = 0.1
"""TF-IDF cosine from which two texts are compared word by word. Only a filter."""
LIKELY = -2.0
"""Log odds of one event or one story from which it matters whether they are bulletins."""
FRAME = 0.4
"""Jaccard index of both texts' frames from which they are one template. Independent reports of one event lie below .2;
of 400 pairs of one event above .3 half a dozen are no version of one text."""
LEAST_FRAME = 0.12
"""The same where nearly all numbers differ (OTHER_NUMBERS), or rare words do. In scripts without capitals names are no
gaps of a frame: each breaks five of its shingles, a slot of three words seven. No pair of one event of the four sets of
real news is told apart by numbers so."""
IN_ORDER, RARER = 0.55, 0.04
"""Share of both texts in runs of two words in one order from which they are one frame of words, and by how much their
TF-IDF cosine stays below that share where what fills it is rarer than the frame. An edited report keeps its names: of
138 edits of 13 reports none lies so low, of 75 pairs of bulletins 55 do. Of pairs of one event in three sets of real
news one is .03 below."""
SAME_FRAME = 0.9
"""From which it suffices that most of the numbers differ, and two of them: few words of a lottery's are its own."""
SURE_FRAME = 0.6
SOME_NUMBERS = 3
"""Below this index texts that share half of so many numbers are edited reports of one thing, as all eight such pairs of
ecbplus are (.40 to .54). The bulletins of `real_day` lie at .60 to .87, and share a third of their numbers."""
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
OTHER_NUMBERS = 0.8
"""Numbers of its own, as a share of those of the text that has fewer, where the frame is told by less."""
MANY_NUMBERS, OTHER_OF_MANY = 12, 0.66
"""Numbers from which fewer of them suffice. In four sets of real news no two reports of one event in such a frame have
so few in common."""
FEWEST = 2
"""Numbers and names of its own that each text must have."""

Indices = NDArray[np.intp]
Sketch = Hashes
"""The least hashes of a frame's shingles, sorted."""

_ARTICLES_AT_ONCE = 512
_PAIRS_AT_ONCE = 1 << 15
_COLUMN_BITS = 30  # what scipy takes in 32 bits; two hashes that share so many are one once in 2 ** 17 sketches


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
    return _words(article).frame().distinct[:SKETCHED]


def sketches_of(articles: Sequence[Article], executor: Executor = IN_PROCESS, known: Known = NOTHING) -> list[Sketch]:
    """What `sketch_of` gives of each article."""

    def find(missing: Sequence[int]) -> Iterator[bytes]:
        some = [articles[index] for index in missing]
        plain = [Article(id=a.id, text=a.text, title=a.title, language=a.language) for a in some]
        return chain.from_iterable(executor.map(_sketches, in_chunks(plain, _ARTICLES_AT_ONCE)))

    questions = ([article.language, article.title, article.text] for article in articles)
    return list(known.ask("frame", questions, find, _revived))


def _sketches(articles: Sequence[Article]) -> list[bytes]:
    return [sketch_of(article).astype("<u4").tobytes() for article in articles]


def _revived(answer: bytes) -> Sketch:
    return np.frombuffer(answer, np.dtype("<u4"))


def _asking(articles: Articles, sketch: Callable[[int], Sketch] | None = None) -> Callable[[Pairs], NDArray[np.bool_]]:
    read = lru_cache(maxsize=None)(lambda row: _bulletin(articles[row]))

    def known(row: int) -> Sketch:
        stored = sketch(row) if sketch else None
        return read(row).sketch if stored is None or not len(stored) else stored

    return partial(_are_bulletins, read, known)


def _parted(pairs: Pairs, which: NDArray[np.bool_]) -> Pairs:
    """The same pairs, `which` of them unlikely: bulletins with other facts."""
    return replace(
        pairs,
        event=np.where(which, np.minimum(pairs.event, APART), pairs.event),
        story=np.where(which, np.minimum(pairs.story, APART), pairs.story),
    )


@dataclass(frozen=True, eq=False, slots=True)
class _Bulletin:
    """The shingles of a text's frame, the hashes of its numbers and names and of its numbers alone, all sorted.

    `sketch` holds the least shingles (Broder 1997). `words` are those of the text, `count` says how many there are and
    `cased` whether most are in letters that have capitals.
    """

    frame: Hashes
    facts: Hashes
    numbers: Hashes
    words: Words
    count: float
    cased: bool
    sketch: Sketch


def _are_bulletins(
    read: Callable[[int], _Bulletin], sketch: Callable[[int], Sketch], pairs: Pairs
) -> NDArray[np.bool_]:
    are_bulletins = np.zeros(len(pairs), bool)
    likely = np.maximum(pairs.event, pairs.story) >= LIKELY
    asked = np.flatnonzero(likely & (pairs.words >= COMPARED_FROM))
    for pair in asked[_meet(sketch, pairs.first[asked], pairs.second[asked])].tolist():
        one, other = read(int(pairs.first[pair])), read(int(pairs.second[pair]))
        are_bulletins[pair] = _have_other_facts(one, other, float(pairs.words[pair]))
    return are_bulletins


def _meet(sketch: Callable[[int], Sketch], first: Indices, second: Indices) -> NDArray[np.bool_]:
    """Which pairs have sketches that share so much that they may be of one frame."""
    rows, ends = np.unique((first, second), return_inverse=True)
    sketches = [sketch(row) for row in rows.tolist()]
    sizes = np.array([len(one) for one in sketches], np.intp)
    columns = np.concatenate([*sketches, np.zeros(0, np.uint32)]) >> np.uint32(32 - _COLUMN_BITS)
    held = sparse.csr_matrix(
        (np.ones(len(columns), np.uint8), columns.astype(np.int32), np.concatenate(([0], np.cumsum(sizes)))),
        shape=(len(rows), 1 << _COLUMN_BITS),
    )
    ours, theirs = ends.reshape(2, -1)
    parts = [
        np.diff(held[ours[at : at + _PAIRS_AT_ONCE]].multiply(held[theirs[at : at + _PAIRS_AT_ONCE]]).tocsr().indptr)
        for at in range(0, len(first), _PAIRS_AT_ONCE)
    ]
    common = np.concatenate([*parts, np.zeros(0, np.intp)])
    meeting: NDArray[np.bool_] = common >= MEETING * np.minimum(sizes[ours], sizes[theirs])
    return meeting


def _words(article: Article) -> Words:
    compared = as_compared(article)
    # The text alone: another paper gives the same report another headline, and that is no other fact.
    return words_of(compared.text if compared.text.strip() else compared.headline)


def _bulletin(article: Article) -> _Bulletin:
    words = _words(article)
    frame = words.frame().distinct
    return _Bulletin(
        frame=frame,
        facts=words.facts,
        numbers=words.numbers,
        words=words,
        count=words.count,
        cased=words.cased,
        sketch=frame[:SKETCHED].copy(),
    )


def _have_other_facts(one: _Bulletin, other: _Bulletin, cosine: float) -> bool:
    sizes = len(one.frame), len(other.frame)
    common = len(shared(one.frame, other.frame))
    likeness = common / max(sum(sizes) - common, 1)
    if likeness < LEAST_FRAME:
        return False
    words = min(one.count, other.count)
    counted, numbers = _own(one.numbers, other.numbers)
    if likeness < FRAME:
        share = OTHER_OF_MANY if counted >= MANY_NUMBERS else OTHER_NUMBERS
        other_numbers = numbers >= max(FEWEST, OTHER_FACTS * words, share * counted)
        return other_numbers or _have_other_words(one, other, cosine)
    if likeness >= SAME_FRAME and numbers >= FEWEST and 2 * numbers > counted:
        return True
    if not (one.cased and other.cased) and not numbers:
        return _have_other_words(one, other, cosine)  # any word may be a name there
    if likeness < SURE_FRAME and counted >= SOME_NUMBERS and 2 * numbers <= counted:
        return False
    fewer, facts = _own(one.facts, other.facts)
    return facts >= FEWEST and (facts >= OTHER_FACTS * words or facts >= OTHER_SHARE * fewer)


def _have_other_words(one: _Bulletin, other: _Bulletin, cosine: float) -> bool:
    """Whether most words stand in both texts in one order, and the rare ones do not."""
    if cosine >= 1 - RARER:
        return False
    share = in_order(*(text.words.frame(LINKED, LINKED_CHARACTERS) for text in (one, other)))
    return share >= IN_ORDER and cosine <= share - RARER


def _own(ours: Hashes, theirs: Hashes) -> tuple[int, int]:
    """How many facts the text with fewer has, and how many of them the other lacks."""
    fewer = min(len(ours), len(theirs))
    return fewer, fewer - len(shared(ours, theirs))
