"""Keywords that tell a story from the others of the run."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain

from newsclust.articles import Article
from newsclust.building.mentions import mentions_of
from newsclust.building.terms import READ_CHARACTERS, READ_MEMBERS, Term, terms_of
from newsclust.cache.known import NOTHING, Known, Question
from newsclust.execution.executor import IN_PROCESS, Executor
from newsclust.languages.one_script import where_mixed
from newsclust.stories import Mentions
from newsclust.text.folding import fold_accents

CANDIDATES = 40
"""Terms of a story that are compared with those of the others."""

_ARTICLES_AT_ONCE = 128
"""Articles whose terms are looked for in one chunk: some 0.1 s."""

NAMES = 0.625
"""Share of the keywords kept for names and shared words, so that what happened stands beside who and where."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the texts of one story tell: its `CANDIDATES` heaviest terms, and what it names."""

    terms: list[Term]
    mentions: Mentions


def story_terms(
    stories: Sequence[Sequence[Article]],
    language: str | None = None,
    executor: Executor = IN_PROCESS,
    known: Known = NOTHING,
) -> Iterator[Told]:
    """The terms and mentions of each story, in order, as they are found; people as `language` spells them.

    Members come most central first; the first 2,000 characters (800 in scripts without spaces) of the first 40 are
    read. No term is a stop word of any of the story's languages, or a number.
    """

    def find(missing: Sequence[int]) -> Iterator[bytes]:
        chunks = _chunks([stories[index] for index in missing])
        return chain.from_iterable(executor.map(partial(_told, language=language), chunks))

    return known.ask("keywords", (_question(members, language) for members in stories), find, _revived)


def chosen_keywords(candidates: Sequence[Sequence[Term]], *, most: int = 8) -> list[tuple[str, ...]]:
    """Up to `most` keywords of each story: first names and words shared by its languages, then what happened.

    The order within both groups is c-TF-IDF (Grootendorst 2022, arXiv:2203.05794) with the stories of the run as
    classes, over the heaviest terms of each; a word counts once for each language whose members have it, and a name
    twice. Linear in the terms; the order is total.
    """
    totals: defaultdict[str, float] = defaultdict(float)
    for terms in candidates:
        for term in terms:
            totals[term.key] += term.weight
    mean = math.fsum(totals.values()) / max(len(candidates), 1)
    return [_chosen(terms, totals, mean, most) for terms in candidates]


def _chunks(stories: Sequence[Sequence[Article]]) -> Iterator[list[Sequence[Article]]]:
    """The stories in order, some articles at a time; of each what `terms_of` reads."""
    waiting: list[Sequence[Article]] = []
    size = 0
    for members in stories:
        read = _as_read(members)
        if waiting and size + len(read) > _ARTICLES_AT_ONCE:
            yield waiting
            waiting, size = [], 0
        waiting.append(read)
        size += len(read)
    if waiting:
        yield waiting


def _as_read(members: Sequence[Article]) -> list[Article]:
    """What `terms_of` and `mentions_of` know of a story's members."""
    return [
        Article(id=article.id, title=article.title, text=article.text[:READ_CHARACTERS], language=article.language)
        for article in members[:READ_MEMBERS]
    ]


def _question(members: Sequence[Article], language: str | None) -> Question:
    """What decides what a story tells. An id is its article's headline where there is nothing else."""
    parts = ((one.language, one.title, one.headline, one.text) for one in _as_read(members))
    return language, *chain.from_iterable(parts)


def _told(stories: Sequence[Sequence[Article]], language: str | None) -> list[bytes]:
    """What each story tells, as the cache keeps it."""
    told = []
    for members in stories:
        mentions = mentions_of(members, language=language)
        terms = terms_of(where_mixed(members), CANDIDATES, mentions.people, language)
        told.append(_as_bytes(Told(terms, mentions)))
    return told


def _as_bytes(told: Told) -> bytes:
    terms = [(term.key, term.surface, term.weight, term.languages, term.is_name) for term in told.terms]
    named = [dict(some) for some in (told.mentions.countries, told.mentions.places, told.mentions.people)]
    return json.dumps((terms, named)).encode()


def _revived(answer: bytes) -> Told:
    terms, named = json.loads(answer)
    countries, places, people = ({str(name): int(count) for name, count in some.items()} for some in named)
    return Told(
        [Term(str(key), str(surface), float(weight), int(n), bool(name)) for key, surface, weight, n, name in terms],
        Mentions(countries, places, people),
    )


def _chosen(terms: Sequence[Term], totals: dict[str, float], mean: float, most: int) -> tuple[str, ...]:
    def score(term: Term) -> float:
        return term.weight * math.log1p(mean / totals[term.key])

    def order(term: Term) -> tuple[float, str]:
        return -score(term) * term.languages * (2 if term.is_name else 1), term.key

    first = sorted((t for t in terms if t.is_name or t.languages > 1), key=order)
    others = sorted((t for t in terms if t.languages == 1 and not t.is_name), key=order)
    first, others = _distinct(first, most), _distinct(others, most)
    kept = max(math.ceil(NAMES * most), most - len(others))
    return tuple(term.surface for term in _distinct(first[:kept] + others, most))


def _distinct(terms: Sequence[Term], most: int) -> list[Term]:
    """The first of the terms, none of which is spelled inside another: no "Trump" beside "Trump Tower"."""
    kept: list[Term] = []
    for term in terms:
        words = set(fold_accents(term.surface).split())
        if not any(words <= (other := set(fold_accents(one.surface).split())) or other <= words for one in kept):
            kept.append(term)
        if len(kept) == most:
            break
    return kept
