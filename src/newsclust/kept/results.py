"""What a run decided, kept under what decides it.

Kept are stories, numbers and ids. The articles come from the reading that each run does anyway; of them is kept only
what cleaning and the languages changed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from newsclust.articles import Article, ReadResult
from newsclust.kept.encoding import field_types, plain, reviving
from newsclust.kept.files import read_kept, write_kept
from newsclust.settings import Settings
from newsclust.stories import ClusterResult

if TYPE_CHECKING:
    from newsclust.explaining.evidence import Evidence

_CHANGED = ("title", "text", "language", "boilerplate")
"""What the stages change of an article."""
_UNFIT = (AttributeError, LookupError, TypeError, ValueError, RecursionError, MemoryError)


def recalled(
    key: str, read: ReadResult, settings: Settings, *, with_evidence: bool
) -> tuple[ClusterResult, Evidence | None] | None:
    """The result kept under a key, of the articles that it is the key of; None where there is none."""
    try:
        data = read_kept(key)
        if data is None:
            return None
        document = json.loads(data)
        evidence = None
        if with_evidence:
            from newsclust.explaining.evidence import Evidence

            evidence = reviving(Evidence)(document["evidence"], {})
        return _result(document, read, settings), evidence
    except _UNFIT:
        return None


def keep(key: str, read: ReadResult, result: ClusterResult, evidence: Evidence | None) -> None:
    """Keep the result of what was read, unless it would not come back equal."""
    try:
        before = {article.id: article for article in read.articles}
        changes = {article.id: _changes(before[article.id], article) for article in result.articles}
        document = {
            "model": result.model_id,
            "articles": {id_: changed for id_, changed in changes.items() if changed},
            "stories": plain(result.stories),
            "unclustered": plain(result.unclustered),
            "evidence": plain(evidence),
        }
        data = json.dumps(document, separators=(",", ":")).encode()
        if _result(json.loads(data), read, result.settings) == result:
            write_kept(key, data)
    except _UNFIT:
        return


def _changes(before: Article, after: Article) -> dict[str, Any]:
    pairs = ((name, getattr(before, name), getattr(after, name)) for name in _CHANGED)
    return {name: plain(new) for name, old, new in pairs if new != old}


def _result(document: Mapping[str, Any], read: ReadResult, settings: Settings) -> ClusterResult:
    articles = {article.id: article for article in read.articles}
    fields = {name: reviving(field_types(Article)[name]) for name in _CHANGED}
    for id_, changed in document["articles"].items():
        new = {name: fields[name](value, {}) for name, value in changed.items()}
        articles[id_] = replace(articles[id_], **new)
    types = field_types(ClusterResult)
    stories, unclustered = (reviving(types[name])(document[name], articles) for name in ("stories", "unclustered"))
    return ClusterResult(stories, unclustered, read.skipped, settings, document["model"])
