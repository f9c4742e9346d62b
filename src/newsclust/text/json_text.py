"""JSON as a text that UTF-8 can write and that steers no terminal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from newsclust.text.display import INVISIBLE, encodable

# JSON allows these inside a string. str.splitlines and JavaScript take some for the end of a line, a terminal obeys C1
# controls, and bidi marks and tag characters reorder or hide what is shown. Written as escapes they mean the same.
_STEERING = "".join(map(chr, range(0x7F, 0xA0))) + "\u2028\u2029" + INVISIBLE
_ESCAPES = {ord(character): json.dumps(character).strip('"') for character in _STEERING}


def json_document(values: Mapping[str, Any]) -> str:
    """Return values as one indented JSON document with a final newline."""
    return writable(json.dumps(values, ensure_ascii=False, indent=2, allow_nan=False)) + "\n"


def json_line(values: Mapping[str, Any]) -> str:
    """Return values as one line of JSON with its newline."""
    return writable(json.dumps(values, ensure_ascii=False, separators=(",", ":"), allow_nan=False)) + "\n"


def writable(text: str) -> str:
    """Return JSON that UTF-8 can write, with no line breaks but its own, and with nothing that steers a terminal."""
    return encodable(text).translate(_ESCAPES)
