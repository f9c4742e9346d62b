"""ninjs, the agencies' JSON, in its versions 1 to 3: an item's headline and body under the usual names of fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_DATES = ("firstcreated", "firstCreated", "contentcreated", "contentCreated", "versioncreated", "versionCreated")
_BODIES = ("body_text", "body_xhtml", "body_html", "body_richhtml")
_SOURCES = ("infosources", "infoSources", "copyrightholder", "copyrightHolder")
_READ = frozenset((*_DATES, *_BODIES, *_SOURCES, "headline", "headlines", "bodies", "uri", "guid"))


def is_ninjs(item: Mapping[str, Any]) -> bool:
    """Whether an object is an item: with an address, a date of its making, and bodies or a body."""
    keys = item.keys()
    return bool(keys & {"uri", "guid"}) and bool(keys & set(_DATES)) and bool(keys & {"bodies", *_BODIES})


def ninjs_fields(item: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an item; of several bodies the main one in plain text, where there is one."""
    bodies = sorted(_parts(item.get("bodies")), key=lambda body: _kind(body) != "text/plain")
    texts = (*(body.get("value") for body in bodies), *map(item.get, _BODIES))
    fields = {
        **{name: value for name, value in item.items() if name not in _READ},
        "id": item.get("uri") or item.get("guid"),
        "title": item.get("headline") or next((part.get("value") for part in _parts(item.get("headlines"))), None),
        "text": next((text for text in texts if isinstance(text, str) and text), None),
        "date": next((item[name] for name in _DATES if item.get(name)), None),
        "source": next((item[name] for name in _SOURCES if item.get(name)), None),
    }
    return {name: value for name, value in fields.items() if value}


def _parts(values: Any) -> list[dict[str, Any]]:
    """Headlines or bodies, the main ones first."""
    parts = [value for value in values if isinstance(value, dict)] if isinstance(values, list) else []
    return sorted(parts, key=lambda part: part.get("role") != "main")


def _kind(body: Mapping[str, Any]) -> Any:
    return body.get("contenttype") or body.get("contentType")
