"""What a store answers as JSON, schema `newsclust-store/1`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from newsclust.rendering.contract import article_fields, as_contract, rfc3339, rounded, writable
from newsclust.store.checking import Health
from newsclust.store.forgetting import Forgotten
from newsclust.store.library import Change
from newsclust.store.searching import Found
from newsclust.store.transfer import Imported
from newsclust.stories import ClusterResult

SCHEMA_NAME = "newsclust-store/1"

_Json = dict[str, Any]


def stories_to_json(result: ClusterResult) -> str:
    """Return the result's stories in their order, without their articles."""
    full = as_contract(result)["stories"]
    return _document({"stories": [_in_short(story) for story in full]})


def story_to_json(
    asked: str,
    result: ClusterResult,
    aliases: Sequence[str],
    history: Sequence[tuple[float, Change]],
) -> str:
    """Return the one story of the result as the contract has it, its other ids, and what happened to it."""
    return _document(
        {
            "asked": asked,
            "story": as_contract(result)["stories"][0],
            "aliases": list(aliases),
            "history": [{"at": _moment(at), **change_to_dict(change)} for at, change in history],
        }
    )


def found_to_json(found: Found) -> str:
    """Return the hits of a search, best first."""
    hits = [
        {
            "score": rounded(hit.score),
            "article": article_fields(hit.article),
            "story": hit.story and {"id": hit.story, "title": hit.story_title},
        }
        for hit in found.hits
    ]
    return _document({"query": found.query, "language": found.language, "hits": hits})


def forgotten_to_json(forgotten: Forgotten) -> str:
    """Return the ids of the articles that are gone and of the stories that were dissolved."""
    return _document({"articles": list(forgotten.articles), "stories": list(forgotten.stories)})


def imported_to_json(imported: Imported) -> str:
    """Return what an import brought."""
    return _document(asdict(imported))


def health_to_json(health: Health) -> str:
    """Return what a check found."""
    values = asdict(health)
    return _document({"ok": not health.problems, **values, "problems": list(health.problems)})


def change_to_dict(change: Change) -> _Json:
    """What happened to one story, as plain values."""
    return {
        "story": change.story,
        "kinds": list(change.kinds),
        **{name: list(getattr(change, name)) for name in ("added", "left", "merged", "into")},
    }


def _in_short(story: _Json) -> _Json:
    kept = ("id", "title", "headlines", "keywords", "languages", "first_seen", "last_seen", "cohesion")
    return {
        **{name: story[name] for name in kept},
        "articles": len(story["articles"]),
        "events": [{"id": e["id"], "title": e["title"], "articles": len(e["articles"])} for e in story["events"]],
    }


def _moment(seconds: float) -> str | None:
    return rfc3339(datetime.fromtimestamp(round(seconds), UTC))


def _document(values: _Json) -> str:
    return writable(json.dumps({"schema": SCHEMA_NAME, **values}, ensure_ascii=False, indent=2, allow_nan=False)) + "\n"
