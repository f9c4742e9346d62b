"""What a page says of its article in JSON-LD, in the terms of schema.org."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LISTED = ("itemListElement", "hasPart")
_INNER = ("@graph", "mainEntity", *_LISTED)
_ARTICLE = re.compile(r"Article|Posting$|Report$|Review$|NewsItem", re.I)
_WRAPPED = re.compile(r"^\s*(?:<!--|/[/*]\s*<!\[CDATA\[\s*(?:\*/)?|<!\[CDATA\[)|(?:-->|/?[/*]*\s*\]\]>\s*(?:\*/)?)\s*$")
_KEPT = ("headline", "articleBody", "description", "inLanguage", "datePublished", "dateCreated", "dateModified")


def linked_data(tree: HtmlElement) -> dict[str, str]:
    """The fields of the page's own article, and its `publisher` as a name.

    Of several articles one that stands in no list is the page's own, then the one with most to say.
    """
    best: Mapping[str, Any] = {}
    most = (False, False, -1)
    names: dict[str, str] = {}
    for node, listed in _all_nodes(tree):
        if isinstance(name := node.get("name"), str) and isinstance(key := node.get("@id"), str):
            names.setdefault(key, name)
        typed = _ARTICLE.search(str(node.get("@type"))) is not None
        if "articleBody" not in node and "headline" not in node and not typed:
            continue
        length = sum(len(text) for key in ("articleBody", "headline") if isinstance(text := node.get(key), str))
        worth = (not listed, typed, length)
        if worth > most:
            best, most = node, worth
    fields = {key: html.unescape(value) for key in _KEPT if isinstance(value := best.get(key), str)}
    if not fields.get("articleBody") and (updates := _updates(best)):
        fields["articleBody"] = html.unescape(updates)
    publisher = _name(best.get("publisher"), names) or _name(best.get("sourceOrganization"), names)
    return {**fields, "publisher": publisher} if publisher else fields


def _all_nodes(tree: HtmlElement) -> Iterator[tuple[dict[str, Any], bool]]:
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or "") and script.text:
            yield from _nodes(_parsed(script.text))


def _parsed(text: str) -> Any:
    for attempt in (text, _WRAPPED.sub("", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(value: Any) -> Iterator[tuple[dict[str, Any], bool]]:
    """Each object, and whether it stands in a list of other things."""
    pending = [(value, False)]
    while pending:
        node, listed = pending.pop()
        if isinstance(node, list):
            pending.extend((item, listed) for item in reversed(node))
        elif isinstance(node, dict):
            yield node, listed
            pending.extend((inner, listed or key in _LISTED) for key, inner in node.items() if key in _INNER)


def _updates(node: Mapping[str, Any]) -> str:
    """The entries of a live blog, each with its headline, in the order of the page."""
    updates = node.get("liveBlogUpdate")
    entries = [entry for entry in updates if isinstance(entry, dict)] if isinstance(updates, list) else []
    texts = (entry.get(key) for entry in entries for key in ("headline", "articleBody"))
    return "\n".join(text for text in texts if isinstance(text, str) and text.strip())


def _name(value: Any, names: Mapping[str, str]) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name") or names.get(str(value.get("@id")))
    return value.strip() or None if isinstance(value, str) else None
