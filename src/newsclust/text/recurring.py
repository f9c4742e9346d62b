"""Words of scripts without spaces (Chinese, Japanese, Thai, Lao, Khmer, Burmese), found by how often they recur.

A segmenter would need a dictionary for each of them (jieba's alone is 19 MB and knows no new name). A story repeats the
names it is about, so the longest character sequences that recur are those names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from newsclust.text.stop_words import plain_stop_words

UNSPACED = frozenset(("zh", "yue", "wuu", "ja", "th", "lo", "km", "my", "und"))
"""Languages written in them. Elsewhere such letters are a quotation, and a run of them one word."""

READ_CHARACTERS = 800
"""How much of a text is read: as much as some 2,000 Latin letters say."""

LONGEST = 8
"""Longest sequence, in characters (Han) or letters with their vowel signs (Thai and its like)."""

ABSORBING = 0.7
"""A sequence goes when one a character longer has this share of its occurrences: it is a part of that word. On the
Chinese sample stories 0.5 lost 会谈 and 日内瓦 inside 日内瓦经贸会谈, and 0.9 chose as 0.7 does."""

_HAN = "\u3005\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_KATAKANA = "\u30a1-\u30fa\u30fc-\u30fe\u31f0-\u31ff\uff66-\uff9f"
_SOUTHEAST = "\u0e00-\u0e4f\u0e5a-\u0eff\u1000-\u103f\u1050-\u109f\u1780-\u17d3"
RUN = re.compile(f"[{_HAN}]+|[{_KATAKANA}]+|[\u3041-\u309f]+|[{_SOUTHEAST}]+")
"""A run of letters of one such script."""

_HIRAGANA = re.compile("[\u3041-\u309f]")
_KATAKANA_RUN = re.compile(f"[{_KATAKANA}]{{2,}}$")
# A letter with what is written around it: vowels before it in Thai and Lao, marks and vowels behind it.
_CELL = re.compile("[\u0e40-\u0e44\u0ec0-\u0ec4]?.[\u0e30-\u0e3a\u0e45\u0e47-\u0e4e\u0eb0-\u0ebc\u0ec8-\u0ecd]*", re.S)
_OTHER_CELL = re.compile("[\u1000-\u109f\u1780-\u17d3](?:\u1039.|\u17d2.|[\u102b-\u103e\u1056-\u1059\u17b4-\u17d1])*")
# Characters that hardly ever stand inside a Chinese name or term: the lists of stop words also hold 中, 日 and 大.
_CHINESE_CUTS = frozenset("的了是在也就都而着过被把这那她它们我你您很吗呢吧將將與与及是為个個")


def recurring(texts: Sequence[str], language: str) -> Mapping[str, int]:
    """Count the words that recur in `texts` (each one text of one language), and every run of katakana.

    Word -> occurrences. Kanji between kana stand for themselves in Japanese; other runs are cut at stop words, and
    sequences of 2 to `LONGEST` units that occur twice count, without those that are parts of a longer one.
    """
    runs = [run for text in texts for run in RUN.findall(text[:READ_CHARACTERS])]
    if language == "ja":
        stops = set(plain_stop_words("ja"))
        word_counts = Counter(run for run in runs if len(run) > 1 and not _HIRAGANA.match(run) and run not in stops)
        return {word: n for word, n in word_counts.items() if n > 1 or _KATAKANA_RUN.match(word)}
    stops = set(plain_stop_words(language))
    counts: Counter[str] = Counter()
    parts: dict[str, tuple[str, str]] = {}
    for run in runs:
        for piece in _pieces(run, language):
            _count_sequences(_units(piece), counts, parts)
    repeated = {word: n for word, n in counts.items() if n > 1}
    absorbed = {part for word, n in repeated.items() for part in parts[word] if n >= ABSORBING * counts.get(part, n)}
    return {word: n for word, n in repeated.items() if word not in absorbed and word not in stops}


def _units(piece: str) -> list[str]:
    if "\u0e00" <= piece[0] <= "\u0eff":
        return _CELL.findall(piece)
    return _OTHER_CELL.findall(piece) if "\u1000" <= piece[0] <= "\u17d3" else list(piece)


def _count_sequences(units: list[str], counts: Counter[str], parts: dict[str, tuple[str, str]]) -> None:
    """Count each sequence of units, and note for it what is left without its last and without its first unit."""
    for start in range(len(units) - 1):
        shorter = units[start]
        for end in range(start + 2, min(start + LONGEST, len(units)) + 1):
            word = shorter + units[end - 1]
            counts[word] += 1
            if word not in parts:
                parts[word] = (shorter, word[len(units[start]) :])
            shorter = word


def _pieces(run: str, language: str) -> list[str]:
    return [piece for piece in _cuts(language).split(run) if piece]


@lru_cache(maxsize=32)
def _cuts(language: str) -> re.Pattern[str]:
    """What words of a language are cut at: its longer stop words, and the particles of Chinese."""
    words = {word for word in plain_stop_words(language) if len(word) > 2} | _CHINESE_CUTS
    return re.compile("|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))))
