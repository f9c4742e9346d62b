"""Measures how often the language of a text is found, by how much of it there is: the table of docs/languages.md.

    python benchmarks/language_detection.py [SET ...]

Each text of a gold set is read whole, and cut to its first 100 and 40 characters, with nothing declared. Prints for
each language the fraction of its texts that are given that language, and for all the fraction that is "und".
"""

from __future__ import annotations

import sys
from collections import Counter

from gold_sets import GOLD

from newsclust.articles import UNDETERMINED
from newsclust.evaluation.gold import read_gold
from newsclust.languages.detect import detect

SETS = ("ntrex_core23", "flores_wikinews_core")
LENGTHS = (600, 100, 40)
"""Characters that are read; nothing behind the first is."""


def measure(name: str) -> None:
    """Print the table of one set."""
    right: Counter[tuple[str, int]] = Counter()
    unknown: Counter[int] = Counter()
    articles = read_gold(str(GOLD / f"{name}.jsonl.gz")).articles
    for article in articles:
        for length in LENGTHS:
            found = detect(article.body[:length])
            right[article.language, length] += found == article.language
            unknown[length] += found == UNDETERMINED
    texts = Counter(article.language for article in articles)
    print(name, *LENGTHS, sep="\t")
    for language in sorted(texts):
        print(language, *(f"{right[language, length] / texts[language]:.3f}" for length in LENGTHS), sep="\t")
    print("und", *(f"{unknown[length] / len(articles):.3f}" for length in LENGTHS), sep="\t")


if __name__ == "__main__":
    for chosen in sys.argv[1:] or SETS:
        measure(chosen)
