"""Texts cut into passages of a few sentences, to show which ones are closest."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from newsclust.articles import Article

LENGTH = 240
"""Characters of a passage, as far as sentences allow: one or two sentences, which fit the encoder and a terminal."""
LONGEST = 480
"""Longest passage; a sentence beyond it (a text without full stops, Thai) is cut at a space where there is one."""
MOST_READ = 300
"""Passages read of one article: 72,000 characters."""

_SENTENCE_END = re.compile(r"(?<=[.!?…][\"'”»’)])\s|(?<=[.!?…])\s|(?<=[。！？।؟])")


def passages_of(article: Article) -> list[str]:
    """The article in passages, in order: title first, sentences joined up to LENGTH within a paragraph."""
    passages: list[str] = []
    for line in article.body.splitlines():
        open_ = ""
        for sentence in _sentences(line):
            if open_ and len(open_) + len(sentence) >= LENGTH:
                passages.append(open_)
                open_ = ""
            open_ = f"{open_} {sentence}".strip()
        if open_:
            passages.append(open_)
    return passages[:MOST_READ]


def best_pairs(cosines: NDArray[np.float32], most: int) -> list[tuple[int, int]]:
    """The rows and columns of the `most` greatest values of a matrix, no two in one row or column; greatest first."""
    order = np.argsort(-cosines, axis=None, kind="stable")
    chosen: list[tuple[int, int]] = []
    for cell in order.tolist():
        row, column = divmod(cell, cosines.shape[1])
        if all(row != other[0] and column != other[1] for other in chosen):
            chosen.append((row, column))
            if len(chosen) == most:
                break
    return chosen


def _sentences(line: str) -> list[str]:
    sentences = (" ".join(part.split()) for part in _SENTENCE_END.split(line))
    return [piece for sentence in sentences if sentence for piece in _cut(sentence)]


def _cut(sentence: str) -> list[str]:
    pieces = []
    while len(sentence) > LONGEST:
        space = sentence.rfind(" ", LONGEST // 2, LONGEST)
        end = space if space > 0 else LONGEST
        pieces.append(sentence[:end].strip())
        sentence = sentence[end:].strip()
    return [*pieces, sentence] if sentence else pieces
