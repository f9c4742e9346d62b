"""The names, numbers and words that two texts share, in the form each text gives them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

import regex

from newsclust.articles import Article
from newsclust.encoders.builtin.tokenizer import Tokenizer
from newsclust.explaining.results import KINDS, SharedTerm
from newsclust.languages.compared import as_compared
from newsclust.similarity.features import ArticleFeatures
from newsclust.similarity.sparse_features import compound_names, names_of
from newsclust.text.folding import fold_accents, fold_marks
from newsclust.text.recurring import RUN, recurring
from newsclust.text.stop_words import stop_words

MOST = 15
"""Terms given of each kind: what comes after them stands in every tenth article."""
LEAST_SHARE = 0.002
"""Share of the cosine below which a term tells nothing."""

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_SHORTEST_WORD = 3
_SPACE = "\N{LOWER ONE EIGHTH BLOCK}"  # how the vocabulary writes the space in front of a token

_Spellings = Counter[str]
_Slots = dict[int, _Spellings]
_Shares = Mapping[int, float]


def shared_terms(
    articles: tuple[Article, Article], features: ArticleFeatures, tokenizer: Tokenizer
) -> tuple[SharedTerm, ...]:
    """What both articles (rows 0 and 1 of `features`) hold, by kind in the order of KINDS, then by share."""
    first, second = map(as_compared, articles)
    ours, theirs = map(_as_written, articles, (first, second))
    counts = [Counter(_WORD.findall(article.body) + compound_names(article.body)) for article in (first, second)]
    stops = stop_words(article.language for article in articles)
    words = _shares(features.words)
    terms = _names(counts, features, stops)
    known = {fold_marks(term.first) for term in terms}
    terms += [term for term in _words(counts, words, stops, tokenizer) if fold_marks(term.first) not in known]
    terms += _unspaced((first, second), words, tokenizer)
    terms = [replace(term, first=ours(term.first), second=theirs(term.second)) for term in terms]
    return tuple(term for kind in KINDS for term in _heaviest(term for term in terms if term.kind == kind))


def _as_written(article: Article, compared: Article) -> Callable[[str], str]:
    """A function that gives a term of the text as it is compared in the letters that the article writes it in."""
    if article is compared:
        return str
    words = sorted(set(_WORD.findall(article.body)), reverse=True)
    written = {as_compared(replace(article, title=None, text=word)).text: word for word in words}

    def as_written(term: str) -> str:
        at = compared.body.find(term)
        same = at >= 0 and len(article.body) == len(compared.body)
        return written.get(term) or (article.body[at : at + len(term)] if same else term)

    return as_written


def _shares(rows: Any) -> _Shares:
    """What each column that both rows have adds to their cosine."""
    product = rows[0].multiply(rows[1]).tocsr()
    return {int(column): float(value) for column, value in zip(product.indices, product.data, strict=True)}


def _names(counts: list[_Spellings], features: ArticleFeatures, stops: frozenset[str]) -> list[SharedTerm]:
    """Names and numbers of both texts; and names that only sound alike, as those in two scripts do."""
    by_name, by_key = zip(*(_by_slot(count) for count in counts), strict=True)
    alike = [
        SharedTerm("number" if first.isdecimal() else "name", first, second, share)
        for first, second, share in _matches(by_name, _shares(features.names), stops)
    ]
    known = {fold_marks(form) for term in alike for form in (term.first, term.second)}
    return alike + [
        SharedTerm("sound", first, second, share)
        for first, second, share in _matches(by_key, _shares(features.phonetic), stops)
        if not known & {fold_marks(first), fold_marks(second)} and not first.isdecimal()
    ]


def _by_slot(counts: _Spellings) -> tuple[_Slots, _Slots]:
    """The spellings behind each name slot and each phonetic slot of a text."""
    spellings = sorted(counts)
    names = names_of(spellings)
    both: tuple[_Slots, _Slots] = {}, {}
    for slots, rows in zip(both, (names.names, names.phonetic), strict=True):
        for spelling, row in zip(spellings, rows, strict=True):
            for slot in row.tolist():
                slots.setdefault(slot, Counter())[spelling] += counts[spelling]
    return both


def _matches(slots: tuple[_Slots, ...], shares: _Shares, stops: frozenset[str]) -> Iterable[tuple[str, str, float]]:
    """What both texts have in a slot that counts: each one's usual spelling, and the share."""
    for slot in sorted(shares.keys() & slots[0].keys() & slots[1].keys()):
        if shares[slot] < LEAST_SHARE:
            continue
        first, second = _usual(slots[0][slot]), _usual(slots[1][slot])
        if fold_accents(first) not in stops and fold_accents(second) not in stops:
            yield first, second, shares[slot]


def _usual(spellings: _Spellings) -> str:
    """The most frequent spelling; "Istanbul" before "ISTANBUL" where both are."""
    return min(spellings, key=lambda word: (-spellings[word], word.isupper(), word))


def _words(
    counts: list[_Spellings], shares: _Shares, stops: frozenset[str], tokenizer: Tokenizer
) -> Iterable[SharedTerm]:
    """Words of both texts, alike but for case and accents."""
    first, second = (_by_form(count, stops) for count in counts)
    forms = sorted(first.keys() & second.keys())
    ours, theirs = ([_usual(side[form]) for form in forms] for side in (first, second))
    tokens = zip(tokenizer.token_ids(ours), tokenizer.token_ids(theirs), strict=True)
    for mine, other, (some, others) in zip(ours, theirs, tokens, strict=True):
        share = sum(shares.get(token, 0.0) for token in set(some.tolist()) & set(others.tolist()))
        if share >= LEAST_SHARE:
            yield SharedTerm("word", mine, other, share)


def _by_form(counts: _Spellings, stops: frozenset[str]) -> dict[str, _Spellings]:
    forms: dict[str, _Spellings] = {}
    for word, number in counts.items():
        if len(word) < _SHORTEST_WORD or word.isdecimal() or fold_accents(word) in stops or RUN.search(word):
            continue
        forms.setdefault(fold_marks(word), Counter())[word] += number
    return forms


def _unspaced(articles: tuple[Article, Article], shares: _Shares, tokenizer: Tokenizer) -> list[SharedTerm]:
    """Words of scripts without spaces that both texts hold: what recurs in the two together.

    How such a word is cut into tokens depends on what stands beside it, so its share is that of all shared tokens that
    are part of it.
    """
    if not all(RUN.search(article.body) for article in articles):
        return []
    first, second = (article.body for article in articles)
    words = [word for word in recurring([first, second], articles[0].language) if word in first and word in second]
    if not words:
        return []
    texts = tokenizer.token_texts()
    spelt = [(texts[token].removeprefix(_SPACE), share) for token, share in shares.items()]
    return [
        SharedTerm("word", word, word, sum(share for text, share in spelt if text and text in word)) for word in words
    ]


def _heaviest(terms: Iterable[SharedTerm]) -> list[SharedTerm]:
    return sorted(terms, key=lambda term: (-term.share, term.first))[:MOST]
