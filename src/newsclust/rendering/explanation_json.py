"""Explanations as JSON, schema `newsclust-explain/1`."""

from __future__ import annotations

import json
from typing import Any

from newsclust.explaining.results import Chance, Link, Matrix, PairExplanation
from newsclust.rendering.contract import DECIMALS, article_fields, rounded, writable
from newsclust.rendering.explanations import WHAT, adding_up, ordered

SCHEMA_NAME = "newsclust-explain/1"

_Json = dict[str, Any]


def pair_to_json(pair: PairExplanation) -> str:
    """Return a pair's explanation as one JSON document; its rounded contributions sum to the log odds it prints."""
    parts = ordered(pair.parts)
    events = adding_up([part.event for part in parts], DECIMALS)
    stories = adding_up([part.story for part in parts], DECIMALS)
    return _document(
        {
            **_head("pair", pair),
            "articles": [
                {
                    **article_fields(article),
                    "set_aside": {"wording": list(article.furniture), "shared": list(article.boilerplate)},
                }
                for article in (pair.first, pair.second)
            ],
            "across_languages": pair.across,
            "copy": pair.copy,
            "relation": pair.relation,
            "story": _chance(pair.story),
            "event": _chance(pair.event),
            "parts": [
                {
                    "name": part.name,
                    "what": WHAT.get(part.name, part.name),
                    "value": _optional(part.value),
                    "story_weight": _optional(part.story_weight),
                    "story": story,
                    "event_weight": _optional(part.event_weight),
                    "event": event,
                }
                for part, event, story in zip(parts, events, stories, strict=True)
            ],
            "shared": [
                {"kind": term.kind, "first": term.first, "second": term.second, "share": rounded(term.share)}
                for term in pair.shared
            ],
            "passages": [
                {"first": both.first, "second": both.second, "cosine": rounded(both.cosine)} for both in pair.passages
            ],
        }
    )


def matrix_to_json(matrix: Matrix) -> str:
    """Return the probabilities of all pairs as one JSON document."""
    articles = [
        {
            **article_fields(article),
            "event": matrix.events[place] if matrix.events else None,
            "strongest": _link(matrix.strongest[place], matrix),
            "weakest": _link(matrix.weakest[place], matrix),
        }
        for place, article in enumerate(matrix.articles)
    ]
    return _document(
        {
            **_head("matrix", matrix),
            "id": matrix.id,
            "title": matrix.title,
            "cohesion": _optional(matrix.cohesion),
            "left_out": matrix.left_out,
            "articles": articles,
            "story": [[rounded(chance) for chance in row] for row in matrix.story],
            "event": [[rounded(chance) for chance in row] for row in matrix.event],
        }
    )


def _head(kind: str, explained: PairExplanation | Matrix) -> _Json:
    settings = explained.settings.as_dict()
    return {"schema": SCHEMA_NAME, "kind": kind, "model": explained.model_id, "settings": settings}


def _chance(chance: Chance) -> _Json:
    return {"probability": rounded(chance.probability), "log_odds": rounded(chance.log_odds)}


def _optional(value: float | None) -> float | None:
    return None if value is None else rounded(value)


def _link(link: Link | None, matrix: Matrix) -> _Json | None:
    if link is None:
        return None
    return {"article": matrix.articles[link.other].id, "probability": rounded(link.probability)}


def _document(document: _Json) -> str:
    return writable(json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)) + "\n"
