"""What is compared of a text to find passages that others share: its shingles, its short lines and its words."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import regex
from numpy.typing import NDArray

from newsclust.text.letter_shingles import (
    Hashes,
    Indices,
    Letters,
    by_character,
    codes_of,
    distinct,
    letters_of,
    sample,
)
from newsclust.text.stems import SHORTEST, SHORTEST_OF_SYLLABLES, STEM, STEM_OF_SYLLABLES

SHORT_LINE = 60
"""Letters up to which a line is also compared as a whole, whether a shingle fits in or not."""

WORDED, MOST_NUMBERS = 20, 2
"""Letters beside the numbers of a line from which it is compared whatever these are, and numbers up to which it is. A
date has fewer letters, a line of a table more numbers: both are the article's own."""

IDEOGRAPHS = 2
"""Characters in a row that are compared in scripts of which each is a word, or half of one."""

STRAY = 24
"""Letters beside a passage that may be alike by chance, up to the end of a sentence."""

_SHORTEST_NUMBER = 2
_UNSPACED = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}]")
_IDEOGRAPH = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}]")
_UNSEEN, _NUMBER, _WITHOUT_SPACES, _IDEOGRAPHIC = (1 << bit for bit in range(4))
_CODES = 0x110000
_BEFORE = frozenset(("Ps", "Pi", "Pd", "Po", "Zs", "Cf", "So"))
_BEHIND = frozenset(("Pe", "Pf", "Po", "Zs", "Cf"))
_ENDS = frozenset(".!?…。！？।॥؟۔:：;|•·»။።։។៕\n")
_STACKED = regex.compile(r"[\p{M}\p{Lm}]|.[\u1039\u103a\u17d2]", regex.S)
_LEADING = frozenset("เแโใไເແໂໃໄ\u1039\u17d2")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text: its letters `first` to `last` (behind the end), its characters `start` to `end`.

    `letters` is its length, a character that is a syllable or a word counting as several; `whole` whether it begins and
    ends where lines or sentences do.
    """

    first: int
    last: int
    start: int
    end: int
    letters: float
    whole: bool


@dataclass(frozen=True, eq=False, slots=True)
class Reading:
    """A text as runs of letters (shingles, then short lines) with their `hashes`, and as words.

    `starts` and `ends` are letters, `known` the hashes sorted; `words` are hashes, `word_at` the letter each begins at;
    `title` are the hashes of the title's words, and `headline` that of all of it. `weights` says how many letters each
    letter counts for, and `numbers` which are digits.
    """

    text: str
    at: NDArray[np.int32]
    weights: NDArray[np.float32]
    numbers: NDArray[np.bool_]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    hashes: Hashes
    known: Hashes
    words: Hashes
    word_at: NDArray[np.int32]
    title: Hashes
    headline: Hashes

    def covered(self, runs: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Which letters some of the runs cover."""
        size = len(self.at) + 1
        edges = np.bincount(self.starts[runs], minlength=size) - np.bincount(self.ends[runs], minlength=size)
        covered: NDArray[np.bool_] = np.cumsum(edges[:-1]) > 0
        return self._over_numbers(covered)

    def _over_numbers(self, covered: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """The covered letters and the numbers between them: a price or a count of readers parts no passage."""
        edges = np.flatnonzero(np.diff(np.r_[1, covered.astype(np.int8), 1]))
        firsts, lasts = edges[::2], edges[1::2]
        others = np.r_[0, np.cumsum(~self.numbers)]
        between = (firsts > 0) & (lasts < len(covered)) & (others[lasts] == others[firsts])
        for first, last in zip(firsts[between].tolist(), lasts[between].tolist(), strict=True):
            covered[first:last] = True
        return covered

    def words_of(self, covered: NDArray[np.bool_], *, titled: bool = False) -> tuple[Hashes, Hashes]:
        """The words in and the words beside the letters that are `covered`; each once, sorted.

        Those of the title are beside them, or with `titled` in them.
        """
        inside = covered[self.word_at] if len(self.words) else np.zeros(0, bool)
        both = self.words[inside], self.words[~inside]
        of_title = (self.title, self.title[:0]) if titled else (self.title[:0], self.title)
        words, others = (distinct(np.concatenate(parts)) for parts in zip(both, of_title, strict=True))
        return words, others

    def words_between(self, first: int, last: int) -> Hashes:
        """The words that begin at letters from `first` to before `last`; each once, sorted."""
        return distinct(self.words[(self.word_at >= first) & (self.word_at < last)])

    def spans(self, covered: NDArray[np.bool_]) -> list[Span]:
        """The stretches of covered letters, cut to whole words."""
        edges = np.flatnonzero(np.diff(np.r_[0, covered.astype(np.int8), 0])).tolist()
        spans = (self._span(first, last) for first, last in zip(edges[::2], edges[1::2], strict=True))
        return [span for span in spans if span is not None]

    def _span(self, first: int, last: int) -> Span | None:
        at, text = self.at, self.text
        # What stands beside a passage may be alike by chance: a sentence that begins or ends there is no part of it.
        if not _parts(text, at, first):
            first = next((n for n in range(first + 1, min(first + STRAY, last)) if _parts(text, at, n)), first)
        if not _parts(text, at, last):
            last = next((n for n in range(last - 1, max(last - STRAY, first), -1) if _parts(text, at, n)), last)
        # Nor is half a word.
        while first < last and _is_inside(text, at, first):
            first += 1
        while last > first and _is_inside(text, at, last):
            last -= 1
        if first == last:
            return None
        start, end = _widened(text, int(at[first]), int(at[last - 1]) + 1)
        whole = _opens(text, start) and _closes(text, end)
        return Span(first, last, start, end, float(self.weights[first:last].sum()), whole)


def read(title: str | None, text: str) -> Reading:
    """Read a text."""
    letters = letters_of(text)
    shingles, lengths = letters.shingles(), letters.lengths()
    firsts, lasts = _short_lines(text, letters)
    starts = np.arange(len(shingles))
    kinds = _kinds_of(letters)
    words, word_at = _words(letters, kinds)
    titled = letters_of(title or "")
    hashes = np.concatenate((shingles, _line_hashes(letters, kinds, firsts, lasts)))
    return Reading(
        text=text,
        at=letters.at.astype(np.int32),
        weights=letters.weights,
        numbers=(kinds & _NUMBER) > 0,
        starts=np.concatenate((starts, firsts)).astype(np.int32),
        ends=np.concatenate((starts + lengths, lasts)).astype(np.int32),
        hashes=hashes,
        known=distinct(hashes),
        words=words,
        word_at=word_at.astype(np.int32),
        title=distinct(_words(titled, _kinds_of(titled))[0]),
        headline=_headline(title),
    )


def sampled(title: str | None, text: str) -> tuple[Hashes, Hashes, Hashes]:
    """The hashes by which articles with something in common are found.

    Some shingles of the text, all of its short lines, each sorted, and the headline above it.
    """
    letters = letters_of(text)
    headline = _headline(title if len(letters) else None)
    lines = _line_hashes(letters, _kinds_of(letters), *_short_lines(text, letters))
    return sample(letters.shingles()), distinct(lines), headline


def _headline(title: str | None) -> Hashes:
    """The hash of a headline's letters; none where there is none."""
    letters = "".join(filter(str.isalpha, (title or "").casefold()))
    digest = hashlib.blake2b(letters.encode("utf-8", "surrogatepass"), digest_size=8, person=b"headline").digest()
    return np.frombuffer(digest if letters else b"", "<u8").astype(np.uint64)


def longest_stretches(reading: Reading, covered: NDArray[np.bool_]) -> NDArray[np.float64]:
    """For each run the length, in letters, of the stretch of covered letters it lies in."""
    edges = np.flatnonzero(np.diff(np.r_[0, covered.astype(np.int8), 0]))
    sums = np.r_[0, np.cumsum(reading.weights, dtype=np.float64)]
    lengths = np.r_[0.0, sums[edges[1::2]] - sums[edges[::2]]]
    stretches: NDArray[np.float64] = lengths[np.searchsorted(edges[::2], reading.starts, side="right")]
    return stretches


def _short_lines(text: str, letters: Letters) -> tuple[Indices, Indices]:
    """The first letter of each short line and the one behind its last; of a text of one line none."""
    if "\n" not in text:
        return np.zeros(0, np.intp), np.zeros(0, np.intp)
    breaks = np.flatnonzero(codes_of(text) == ord("\n"))
    edges: Indices = np.searchsorted(letters.at, np.concatenate(([0], breaks, [len(text)])))
    firsts, lasts = edges[:-1], edges[1:]
    short = (lasts > firsts) & (lasts - firsts <= SHORT_LINE)
    return firsts[short], lasts[short]


def _line_hashes(letters: Letters, kinds: NDArray[np.uint16], firsts: Indices, lasts: Indices) -> Hashes:
    """The hash of each line; beside words any number counts as one: a price, a count of readers."""
    hashes = letters.between(firsts, lasts)
    number = (kinds & _NUMBER) > 0
    if not len(firsts) or not number.any():
        return hashes
    begins = number & np.concatenate(([True], ~number[:-1]))
    begins[firsts] = number[firsts]
    worded = np.concatenate(([0], np.cumsum(np.where(number, 0, letters.weights))))
    numbers = np.concatenate(([0], np.cumsum(begins)))
    counts = numbers[lasts] - numbers[firsts]
    some = (counts > 0) & (counts <= MOST_NUMBERS) & (worded[lasts] - worded[firsts] >= WORDED)
    if some.any():
        kept = begins | ~number
        place = np.concatenate(([0], np.cumsum(kept)))
        plain = letters.only(kept, np.where(number, np.uint32(ord("0")), letters.codes))
        hashes[some] = plain.between(place[firsts[some]], place[lasts[some]])
    return hashes


def _words(letters: Letters, kinds: NDArray[np.uint16]) -> tuple[Hashes, Indices]:
    """The hash of each word that says something, and the letter it begins at; `kinds` are those of the letters.

    A word is a run of letters or of digits, known by its stem; in scripts without spaces each few characters.
    """
    number = (kinds & _NUMBER) > 0
    begins = np.ones(len(letters), bool)
    begins[1:] = (np.diff(letters.at) > 1) | (number[1:] != number[:-1])
    firsts = np.flatnonzero(begins)
    sizes = np.diff(firsts, append=len(letters))
    cut = ((kinds[firsts] & _WITHOUT_SPACES) > 0) & (sizes > 1)
    dense = letters.dense[firsts]
    shortest = np.where(number[firsts], _SHORTEST_NUMBER, np.where(dense, SHORTEST_OF_SYLLABLES, SHORTEST))
    whole = ~cut & (sizes >= shortest)
    starts, lengths = firsts[whole], np.minimum(sizes[whole], np.where(dense[whole], STEM_OF_SYLLABLES, STEM))
    if cut.any():
        each = np.where(kinds[firsts[cut]] & _IDEOGRAPHIC, IDEOGRAPHS, STEM)
        times = np.maximum(sizes[cut] - each + 1, 0)
        ahead = np.arange(times.sum()) - np.repeat(np.cumsum(times) - times, times)
        starts = np.concatenate((starts, np.repeat(firsts[cut], times) + ahead))
        lengths = np.concatenate((lengths, np.repeat(each, times)))
    return letters.between(starts, starts + lengths), starts


def _kinds_of(letters: Letters) -> NDArray[np.uint16]:
    """What each letter is, as bits."""
    return by_character(letters.codes, _kinds(), np.uint16(_UNSEEN), _kind)


def _kind(character: str) -> int:
    if unicodedata.category(character).startswith("N"):
        return _NUMBER
    if not _UNSPACED.match(character):
        return 0
    return _WITHOUT_SPACES | (_IDEOGRAPHIC if _IDEOGRAPH.match(character) else 0)


@lru_cache(maxsize=1)
def _kinds() -> NDArray[np.uint16]:
    return np.full(_CODES, _UNSEEN, np.uint16)


def _parts(text: str, at: NDArray[np.int32], letter: int) -> bool:
    """Whether a line or a sentence ends before a letter of a text."""
    if letter in (0, len(at)):
        return True
    return any(character in _ENDS for character in text[at[letter - 1] + 1 : at[letter]])


def _is_inside(text: str, at: NDArray[np.int32], letter: int) -> bool:
    """Whether a letter goes on with the word, or in a script without spaces the syllable, of the one before."""
    if letter in (0, len(at)) or at[letter - 1] != at[letter] - 1:
        return False
    before, here = text[at[letter - 1]], at[letter]
    unspaced = _UNSPACED.match(text[here]) is not None
    return not unspaced or before in _LEADING or _STACKED.match(text[here : here + 2]) is not None


def _widened(text: str, start: int, end: int) -> tuple[int, int]:
    """The same stretch with the marks around it that belong to it."""
    while start and text[start - 1] not in _ENDS and unicodedata.category(text[start - 1]) in _BEFORE:
        start -= 1
    while end < len(text) and text[end] != "\n" and unicodedata.category(text[end]) in _BEHIND:
        end += 1
    return start, end


def _opens(text: str, start: int) -> bool:
    return start == 0 or text[start - 1] in _ENDS


def _closes(text: str, end: int) -> bool:
    return end == len(text) or text[end] == "\n" or any(character in _ENDS for character in text[max(0, end - 3) : end])
