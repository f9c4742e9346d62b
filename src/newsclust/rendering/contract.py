"""JSON, one document or a story a line, with the keys in the order of the contract."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from newsclust.articles import Article
from newsclust.rendering.schema import SCHEMA_NAME
from newsclust.rendering.tabular.extras import NO_EXTRAS, Extras
from newsclust.stories import ClusterResult, Member, Nearest, Story, Unclustered, Version
from newsclust.text.json_text import json_document, json_line

DECIMALS = 4
"""Decimals of a probability: enough to sort by, few enough that the last bits of a sum do not show."""

_Json = dict[str, Any]


def to_json(result: ClusterResult, extras: Extras = NO_EXTRAS) -> str:
    """Return the whole result as one indented JSON document with a final newline; lone surrogates become U+FFFD."""
    return json_document(as_contract(result, extras))


def to_ndjson(result: ClusterResult, extras: Extras = NO_EXTRAS) -> str:
    """Return one line of JSON a story, largest first; nothing for a result without stories."""
    return "".join(json_line(_story(story, extras)) for story in result.stories)


def as_contract(result: ClusterResult, extras: Extras = NO_EXTRAS) -> _Json:
    """Return the result as the plain dicts, lists, strings and numbers of contract version 1."""
    return {
        "schema": SCHEMA_NAME,
        "model": result.model_id,
        "settings": result.settings.as_dict(),
        "summary": {
            "articles": len(result.articles),
            "stories": len(result.stories) + len(result.left_out),
            "unclustered": len(result.unclustered),
            "skipped": len(result.skipped),
            "languages": result.languages,
            "left_out": len(result.left_out),
        },
        "stories": [_story(story, extras) for story in result.stories],
        "unclustered": [_unclustered(article, extras) for article in result.unclustered],
        "skipped": [{"where": skipped.where, "reason": skipped.reason} for skipped in result.skipped],
    }


def rfc3339(moment: datetime | None) -> str | None:
    """Return a moment as RFC 3339 with its own offset; one without an offset counts as UTC."""
    if moment is None:
        return None
    offset = moment.utcoffset()
    if offset is None:
        moment = moment.replace(tzinfo=UTC)
    elif offset % timedelta(minutes=1):
        # Local mean times have seconds in their offset, which RFC 3339 cannot write.
        moment = moment.astimezone(UTC)
    return moment.isoformat()


def _story(story: Story, extras: Extras) -> _Json:
    languages = story.languages
    by_frequency = [lang for lang in languages if lang in story.headlines]
    rest = sorted(set(story.headlines) - set(by_frequency))
    return {
        "id": story.id,
        "title": story.title,
        "headlines": {language: story.headlines[language] for language in by_frequency + rest},
        "keywords": list(story.keywords),
        "countries": dict(story.countries),
        "places": dict(story.places),
        "people": dict(story.people),
        "languages": languages,
        "first_seen": rfc3339(story.first_seen),
        "last_seen": rfc3339(story.last_seen),
        "cohesion": rounded(story.cohesion),
        "events": [{"id": e.id, "title": e.title, "articles": list(e.articles)} for e in story.events],
        "articles": [_member(member, extras) for member in story.members],
    }


def _member(member: Member, extras: Extras) -> _Json:
    return {
        **article_fields(member.article, extras),
        "event": member.event,
        "confidence": rounded(member.confidence),
        "duplicate_of": member.duplicate_of,
        "version_of": _version(member.version),
    }


def _unclustered(unclustered: Unclustered, extras: Extras) -> _Json:
    nearest = unclustered.nearest
    return {
        **article_fields(unclustered.article, extras),
        "duplicate_of": unclustered.duplicate_of,
        "version_of": _version(unclustered.version),
        "kind": unclustered.kind.value,
        "mentions": list(unclustered.mentions),
        "nearest": nearest and _nearest(nearest),
    }


def _nearest(nearest: Nearest) -> _Json:
    return {
        "article": nearest.article,
        "probability": rounded(nearest.probability),
        "story": nearest.story,
        "mean": None if nearest.mean is None else rounded(nearest.mean),
    }


def _version(version: Version | None) -> _Json | None:
    return None if version is None else {"article": version.article, "relation": version.relation.value}


def article_fields(article: Article, extras: Extras = NO_EXTRAS) -> _Json:
    """Return the keys that an article has wherever it is named."""
    text = {"text": article.text} if extras.with_text else {}
    extra = {"extra": extras.fields_of(article)} if extras.keep else {}
    return {
        "id": article.id,
        "path": article.path,
        "title": article.headline,
        "language": article.language,
        "published": rfc3339(article.published),
        "url": article.url,
        "source": article.source,
        **text,
        **extra,
    }


def rounded(value: float) -> float:
    """Return a probability or another measure with DECIMALS decimals."""
    return round(float(value), DECIMALS) + 0.0  # adding zero turns -0.0 into 0.0
