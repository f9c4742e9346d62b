"""Passages that stand in several texts of which nothing else is alike: advertisements, walls, menus, notices.

What many share is no evidence that two articles tell one story. A passage is a run of shingles or a short line; it is
boilerplate where articles hold it that are unlike in all else, and it has nothing to do with what else they say. Wire
copies share their passages too, but what is left of them is alike, or speaks of what the passage speaks of.

So is a headline that unlike articles have, as names of sections are, and which says nothing of their texts.

Nothing but the articles that hold a passage decides about it, so other articles change nothing. Of those that are many
the first few by a hash of their content decide: neither order nor number matters, and memory holds hashes, not texts.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, combinations
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph

from newsclust.cleaning.passage_reading import Reading, Span, longest_stretches, read, sampled
from newsclust.execution.executor import IN_PROCESS, Executor, in_chunks
from newsclust.text.letter_shingles import Hashes, Indices, among, distinct, sample

DECIDING = 4
"""Articles that decide about one passage: three that are unlike are enough, and one may be a copy of another."""

LONG = 60
"""Letters from which two unlike articles tell boilerplate: two sentences, or one that is no turn of speech. A shorter
passage takes three."""

LEFT = 8
"""Words beside a passage from which two articles can show that they are unlike; of a title alone it takes three."""

UNLIKE = 0.2
"""Share of the smaller set of words up to which two articles are unlike. Of 1,490 pairs of real news that share 50
letters, half of those of two stories lie below .18, and nine tenths of those of one story above .31."""

ALIEN = 0.3
"""Share of common words up to which a passage and what stands beside it have nothing to do with each other."""

MADE_OF, LARGEST_PART = 0.7, 0.6
"""Share of a text in passages that it shares with several articles, each with another, from which it is a digest; and
the share of one of them at most."""

ENOUGH = 3
"""Shingles of those looked up that two articles must share: a passage of 60 letters has five of them on average."""

_PAIRS_TOGETHER, _TOGETHER = 256, 256
_AT_ONCE = 1 << 20
_MARK = np.uint64(1 << 63)
_LOW = np.uint64((1 << 32) - 1)


_TitleAndText = tuple[str | None, str]


class Told(Protocol):
    """What is read of an article."""

    @property
    def title(self) -> str | None:
        """The headline, if there is one."""
        ...

    @property
    def text(self) -> str:
        """The text under it."""
        ...


@dataclass(frozen=True, eq=False, slots=True)
class _Evidence:
    """What a pair of unlike articles shares: all `hashes`, and those that two tell, of a `long` passage or a headline.

    Each once.
    """

    hashes: Hashes
    long: Hashes


@dataclass(frozen=True, slots=True)
class Shared:
    """What of an article unlike ones share: some of its text, and whether its `headline`.

    `spans` go from the first character of a passage to behind the last, in order.
    """

    spans: Sequence[tuple[int, int]] = ()
    headline: bool = False


@dataclass(frozen=True, eq=False, slots=True)
class _Compared:
    """What a pair of articles shares: a `sample` of the hashes, the share of each text, and the evidence if any."""

    sample: Hashes
    shares: tuple[float, float]
    evidence: _Evidence | None


def shared_passages(articles: Sequence[Told], new: int | None = None) -> Hashes:
    """The hashes of all shingles and short lines that are boilerplate among these articles, sorted.

    Where only the first `new` of them are new, what these do not help to decide is left out: it was decided before.
    """
    ranks, contents = _distinct(articles)
    fresh = np.zeros(len(contents), bool)
    fresh[ranks[:new]] = True
    return _boilerplate(contents, _looked_up(contents, IN_PROCESS), fresh, IN_PROCESS)


def boilerplate_among(articles: Sequence[Told], executor: Executor = IN_PROCESS) -> list[Shared]:
    """What of each of the articles is boilerplate: see `boilerplate_in`."""
    ranks, contents = _distinct(articles)
    lookups = _looked_up(contents, executor)
    passages = _boilerplate(contents, lookups, np.ones(len(contents), bool), executor)
    holders = np.flatnonzero(lookups.holders(passages)).tolist()
    told = chain.from_iterable(executor.map(_told_of, ((some, passages) for some in _texts(contents, holders))))
    of_holder = dict(zip(holders, told, strict=True))
    return [of_holder.get(rank, Shared()) for rank in ranks]


def _told_of(chunk: tuple[Sequence[_TitleAndText], Hashes]) -> list[Shared]:
    texts, passages = chunk
    return [boilerplate_in(title, text, passages) for title, text in texts]


def _boilerplate(contents: Sequence[Told], lookups: _Lookups, fresh: NDArray[np.bool_], executor: Executor) -> Hashes:
    pairs = _side_by_side(lookups.pairs(fresh), len(contents))
    chunks = in_chunks(pairs, _PAIRS_TOGETHER)
    told = ([tuple((contents[rank].title, contents[rank].text) for rank in pair) for pair in some] for some in chunks)
    return _decided(pairs, list(chain.from_iterable(executor.map(_compared, told))), len(contents))


def _side_by_side(pairs: Sequence[tuple[int, int]], articles: int) -> list[tuple[int, int]]:
    """The pairs in an order in which those of one article come close to each other, so that it is read once."""
    if not pairs:
        return []
    ends = np.array(pairs, np.intp).T
    graph = sparse.csr_matrix((np.ones(2 * len(pairs), np.int8), np.hstack((ends, ends[::-1]))), (articles, articles))
    nearness = np.empty(articles, np.intp)
    nearness[csgraph.reverse_cuthill_mckee(graph, symmetric_mode=True)] = np.arange(articles)
    order = np.lexsort(np.sort(nearness[ends], axis=0))
    return [pairs[index] for index in order.tolist()]


def _compared(chunk: Sequence[tuple[_TitleAndText, ...]]) -> list[_Compared | None]:
    reading = cache(lambda article: read(*article))
    return [_compare(*map(reading, pair)) for pair in chunk]


def _distinct(articles: Sequence[Told]) -> tuple[list[int], list[Told]]:
    """Each article's rank among the contents, and these, each once, in the order of a hash."""

    def key_of(article: Told) -> bytes:
        content = f"{article.title or ''}\0{article.text}"
        return hashlib.blake2b(content.encode("utf-8", "surrogatepass"), digest_size=16).digest()

    keys = [key_of(article) for article in articles]
    by_key = dict(zip(keys, articles, strict=True))
    rank_of = {key: rank for rank, key in enumerate(sorted(by_key))}
    return [rank_of[key] for key in keys], [by_key[key] for key in rank_of]


@dataclass(frozen=True, eq=False, slots=True)
class _Lookups:
    """What is looked up of some articles: `packed` holds hash and, in its last `bits`, rank of the article, sorted.

    The highest bit marks lines and headlines; `headlines` are the hashes of those, without the bits.
    """

    packed: Hashes
    headlines: Hashes
    bits: np.uint64
    articles: int

    def pairs(self, fresh: NDArray[np.bool_]) -> list[tuple[int, int]]:
        """The pairs of articles that decide about a passage together with one that is `fresh` (by rank), sorted.

        Those with three shingles in common, with a line that a third article has, or with one headline.
        """
        packed = self.packed
        same = np.zeros(len(packed) + DECIDING, bool)
        for start in range(1, len(packed), _AT_ONCE):
            ahead = packed[start : start + _AT_ONCE]
            same[start : start + len(ahead)] = (ahead ^ packed[start - 1 : start - 1 + len(ahead)]) >> self.bits == 0
        starts = np.flatnonzero(~same[: len(packed)] & same[1 : len(packed) + 1])
        held = np.ones((len(starts), DECIDING), bool)
        for nth in range(1, DECIDING):
            held[:, nth] = held[:, nth - 1] & same[starts + nth]
        telling = ((packed[starts] & _MARK) > 0) & (held[:, 2] | among(packed[starts] >> self.bits, self.headlines))
        asked = np.zeros(len(starts), bool)
        for nth in range(DECIDING):
            asked[held[:, nth]] |= fresh[(packed[starts[held[:, nth]] + nth] & self._ranks).astype(np.intp)]
        keys, weights = [np.zeros(0, np.uint64)], [np.zeros(0, np.intp)]
        wanted = [np.zeros(0, bool)]
        for first, second in combinations(range(DECIDING), 2):
            both = held[:, second]
            ends = [packed[starts[both] + nth] & self._ranks for nth in (first, second)]
            keys.append(ends[0] << np.uint64(32) | ends[1])
            weights.append(np.where(telling[both], ENOUGH, 1))
            wanted.append(asked[both])
        pair_keys, pair_of = np.unique(np.concatenate(keys), return_inverse=True)
        enough = np.bincount(pair_of, np.concatenate(weights), len(pair_keys)) >= ENOUGH
        pair_keys = pair_keys[enough & (np.bincount(pair_of, np.concatenate(wanted), len(pair_keys)) > 0)]
        return list(zip((pair_keys >> np.uint64(32)).tolist(), (pair_keys & _LOW).tolist(), strict=True))

    def holders(self, passages: Hashes) -> NDArray[np.bool_]:
        """Which of the articles may hold some of the passages, by rank."""
        cut: Hashes = distinct(np.concatenate((passages & ~_MARK, passages | _MARK)) >> self.bits)
        holding = np.zeros(self.articles, bool)
        for start in range(0, len(self.packed), _AT_ONCE):
            part = self.packed[start : start + _AT_ONCE]
            holding[(part[among(part >> self.bits, cut)] & self._ranks).astype(np.intp)] = True
        return holding

    @property
    def _ranks(self) -> np.uint64:
        return np.uint64((1 << int(self.bits)) - 1)


def _texts(contents: Sequence[Told], ranks: Sequence[int]) -> Iterator[Sequence[_TitleAndText]]:
    """What workers are told of some articles, a chunk at a time."""
    return ([(contents[rank].title, contents[rank].text) for rank in some] for some in in_chunks(ranks, _TOGETHER))


def _looked_up(contents: Sequence[Told], executor: Executor) -> _Lookups:
    bits = np.uint64(max(1, len(contents).bit_length()))
    parts, headlines = [np.zeros(0, np.uint64)], [np.zeros(0, np.uint64)]
    first = 0
    for hashes, counts, some in executor.map(_sampled_of, _texts(contents, range(len(contents)))):
        ranks = np.arange(first, first + len(counts), dtype=np.uint64)
        parts.append(hashes >> bits << bits | np.repeat(ranks, counts))
        headlines.append(some)
        first += len(counts)
    packed = np.concatenate(parts)
    del parts  # as large again
    packed.sort()
    return _Lookups(packed, distinct(np.concatenate(headlines) >> bits), bits, len(contents))


def _sampled_of(texts: Sequence[_TitleAndText]) -> tuple[Hashes, Indices, Hashes]:
    """What is looked up of some articles, those of lines and headlines marked; how much of each; and the headlines."""
    told = [sampled(title, text) for title, text in texts]
    hashes = [
        np.concatenate((shingles & ~_MARK, lines | _MARK, headline | _MARK)) for shingles, lines, headline in told
    ]
    counts = np.array([len(some) for some in hashes], np.intp)
    return np.concatenate(hashes), counts, np.concatenate([headline | _MARK for _, _, headline in told])


def _compare(first: Reading, second: Reading) -> _Compared | None:
    """What two articles share; None where that is most of both and no evidence."""
    ours, theirs = among(first.hashes, second.known), among(second.hashes, first.known)
    covered = first.covered(ours), second.covered(theirs)
    evidence = _evidence(first, second, ours, covered)
    shares = float(covered[0].mean()), float(covered[1].mean())
    if evidence is None and min(shares) > LARGEST_PART:
        return None
    return _Compared(sample(first.hashes[ours]), shares, evidence)


def _evidence(
    first: Reading, second: Reading, ours: NDArray[np.bool_], both_covered: tuple[NDArray[np.bool_], NDArray[np.bool_]]
) -> _Evidence | None:
    """What two articles say of the passages they share; None where they are not unlike, or say nothing else."""
    covered, theirs = both_covered
    headline = first.headline[among(first.headline, second.headline)]
    if max(_tells(first, first.words), _tells(second, second.words)) > ALIEN:
        headline = headline[:0]
    passage, rest = first.words_of(covered, titled=len(headline) > 0)
    _, other = second.words_of(theirs, titled=len(headline) > 0)
    if not len(rest) or not len(other) or _alike(rest, other) > UNLIKE:
        return None
    if max(_alike(rest, passage), _alike(other, passage)) > ALIEN:
        return None
    enough = min(len(rest), len(other)) >= LEFT
    long = ours & (longest_stretches(first, covered) >= LONG) & enough
    of_two = headline if enough else headline[:0]
    return _Evidence(
        distinct(np.concatenate((first.hashes[ours], headline))),
        distinct(np.concatenate((first.hashes[long], of_two))),
    )


def _tells(reading: Reading, words: Hashes) -> float:
    """The share of the words of an article's headline that are among these."""
    return _alike(distinct(words), reading.title)


def _alike(some: Hashes, others: Hashes) -> float:
    """The share of the smaller set that both have."""
    smaller = min(len(some), len(others))
    return int(np.count_nonzero(among(some, others))) / smaller if smaller else 0.0


def _decided(pairs: Sequence[tuple[int, int]], by_pair: Sequence[_Compared | None], articles: int) -> Hashes:
    """What is boilerplate: long passages of two unlike articles, shorter ones of three that are unlike each other.

    Of n articles more than n * n / 4 pairs always hold such a three (Mantel 1907). What a digest quotes is none.
    """
    compared = {pair: both for pair, both in zip(pairs, by_pair, strict=True) if both is not None}
    digests = _digests(compared)
    said = [
        (pair, both.evidence)
        for pair, both in compared.items()
        if both.evidence is not None and digests.isdisjoint(pair)
    ]
    if not said:
        return np.zeros(0, np.uint64)
    sizes = [len(evidence.hashes) for _, evidence in said]
    hashes = np.concatenate([evidence.hashes for _, evidence in said])
    kinds, kind_of, unlike = np.unique(hashes, return_inverse=True, return_counts=True)
    ends = (np.repeat([pair[side] for pair, _ in said], sizes) for side in (0, 1))
    held = np.unique(np.concatenate([kind_of * articles + end for end in ends])) // articles
    of_three = kinds[unlike > np.bincount(held) ** 2 / 4]
    return distinct(np.concatenate([of_three, *(evidence.long for _, evidence in said)]))


def _digests(compared: Mapping[tuple[int, int], _Compared]) -> set[int]:
    """The articles that are made of what they share, each part with another article, as digests are of reports."""
    parts: defaultdict[int, list[tuple[float, Hashes]]] = defaultdict(list)
    for pair, both in compared.items():
        for article, share in zip(pair, both.shares, strict=True):
            if share <= LARGEST_PART and len(both.sample):
                parts[article].append((share, both.sample))
    return {article for article, some in parts.items() if sum(share for share, _ in some) >= MADE_OF and _told(some)}


def _told(parts: Sequence[tuple[float, Hashes]]) -> bool:
    """Whether some of the parts, which have nothing in common, make a digest."""
    known, total = np.zeros(0, np.uint64), 0.0
    for share, hashes in sorted(parts, key=lambda part: (-part[0], part[1].tobytes())):
        if not among(hashes, known).any():
            known, total = distinct(np.concatenate((known, hashes))), total + share
    return total >= MADE_OF


def boilerplate_in(title: str | None, text: str, passages: Hashes) -> Shared:
    """What of an article is boilerplate.

    What the title or the rest of the text speaks of is the article's own, whoever repeats it. Nothing where nothing
    would be left, title included.
    """
    if not len(passages):
        return Shared()
    reading = read(title, text)
    titled = bool(among(reading.headline, passages).any())
    covered = reading.covered(among(reading.hashes, passages))
    spans = [span for span in reading.spans(covered) if span.letters >= LONG or span.whole]
    rest = reading.words_of(_in_spans(spans, len(covered)), titled=titled)[1]
    if not len(rest):
        return Shared()
    alien = [span for span in spans if _alike(rest, reading.words_between(span.first, span.last)) <= ALIEN]
    own = reading.words_of(_in_spans(alien, len(covered)), titled=True)[1]
    return Shared([(span.start, span.end) for span in alien], titled and _tells(reading, own) <= ALIEN)


def _in_spans(spans: Iterable[Span], letters: int) -> NDArray[np.bool_]:
    inside = np.zeros(letters, bool)
    for span in spans:
        inside[span.first : span.last] = True
    return inside


def without_spans(text: str, spans: Iterable[tuple[int, int]]) -> tuple[str, tuple[str, ...]]:
    """The text without the characters of these spans, and what stood there."""
    kept, gone, last = "", [], 0
    for start, end in spans:
        passage = text[start:end]
        kept += text[last:start] + (" " if passage != passage.strip() else "")
        gone.append(" ".join(passage.split()))
        last = end
    return _tidy(kept + text[last:]), tuple(gone)


def _tidy(text: str) -> str:
    """A text without lines that hold no letter any more, and without the gaps these leave."""
    lines: list[str] = []
    for line in text.split("\n"):
        if any(character.isalnum() for character in line) or (not line.strip() and lines and lines[-1]):
            lines.append(line.strip() if line.strip() else "")
    return "\n".join(lines).strip()
