"""Values of input fields as text: one form of characters, nested objects and lists joined, what must be kept kept."""

from __future__ import annotations

import html
import math
import re
from collections.abc import Mapping
from typing import Any

from newsclust.reading.formats.markup import looks_like_html, text_of_html
from newsclust.text.notices import means_nothing
from newsclust.text.unicode import normalised

_INNER = tuple("rendered text main name title value content #text label $t".split())
"""Keys of an object that hold or name it, best first."""
_POINTING = tuple("domain href @href url uri id".split())
"""Keys of an object that say where it is, for one that says nothing else."""
_NO_PROSE = frozenset(
    "kicker title headline date byline author authorinfo image photo picture video audio gallery ad advertisement "
    "embed iframe tweet divider related relatedlinks newsletter".split()
)
"""Types of the blocks of an article that are no part of its text."""
_RUNS = frozenset("text span link bold italic strong emphasis code mention hashtag textlink".split())
"""Types of what stands inside a paragraph."""
_INTEGER_BITS = 1024
"""Longer integers are no id, title or text; Python writes none of over 4,300 digits."""
_JOIN_DEPTH = 8
_SHOWN = 80
"""Characters of what it met that a message quotes."""
_NAME_NOISE = re.compile(r"[\s_-]+")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x7f\ufeff]")
_GAP = re.compile(r"\n{3,}")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});", re.I)


class TooDeep(Exception):  # noqa: N818 - a verdict on one value, caught inside reading
    """A value whose lists and objects are nested too deeply to be kept."""


def tidy(text: str) -> str:
    """A text with its line ends, blanks, control characters and composed letters (NFC) in one form."""
    if not text:
        return ""
    text = well_formed(text)
    if "<" in text and looks_like_html(text):
        text = text_of_html(text)
    elif "&" in text and _ENTITY.search(text):
        text = html.unescape(text)
    if not text.isprintable():
        text = _CONTROL.sub("", text)
        text = _GAP.sub("\n\n", "\n".join([line.rstrip() for line in text.splitlines()]))
    return normalised("NFC", text.strip())


def well_formed(text: str) -> str:
    """Text that can be written as UTF-8: halves of surrogate pairs, which JSON may hold, are joined or replaced."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def one_line(text: str) -> str | None:
    """The text on one line without control characters; None where nothing is left."""
    return " ".join(_CONTROL.sub("", well_formed(text)).split()) or None


def shortened(text: str) -> str:
    """A text of the input on one line, as far as a message shows it."""
    line = " ".join(text[: 4 * _SHOWN].split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


def as_text(value: Any, glue: str, depth: int = _JOIN_DEPTH) -> str:
    """A nested value as text: of an object the part that names or holds it, a list's parts joined with `glue`.

    Runs of plain and marked letters in one paragraph are joined without.
    """
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, bool) or depth == 0:
        return ""
    if isinstance(value, float):
        return str(value) if math.isfinite(value) else ""
    if isinstance(value, int):
        return str(value) if value.bit_length() <= _INTEGER_BITS else ""
    if isinstance(value, list):
        return _joined(value, glue, depth - 1)
    if isinstance(value, dict):
        return _of_object(value, glue, depth - 1)
    return ""


def first_of(value: Any, suffix: str = "") -> str:
    """The first value in a list or object that is no list or object, as text; of an object first what `suffix` ends."""
    if isinstance(value, list):
        return next((text for item in value if (text := first_of(item, suffix))), "")
    if isinstance(value, dict) and suffix:
        ending = (inner for key, inner in value.items() if str(key).casefold().endswith(suffix))
        if text := next((text for inner in ending if (text := first_of(inner, suffix))), ""):
            return text
    return as_text(value, " ")


def plain_value(value: Any, depth: int) -> Any:
    """A JSON value that can be written again: no lone surrogates, no infinities, not deeper than `depth`.

    Raises:
        TooDeep: nested deeper.
    """
    if isinstance(value, str):
        return well_formed(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if not isinstance(value, (list, dict)):
        return value
    if depth == 0:
        raise TooDeep("lists or objects nested too deeply")
    if isinstance(value, list):
        return [plain_value(item, depth - 1) for item in value]
    return {well_formed(str(key)): plain_value(item, depth - 1) for key, item in value.items()}


def unused(values: Mapping[str, Any], used: set[str], depth: int) -> dict[str, Any]:
    """The fields that were not used, as far as they hold something, not deeper than `depth`."""
    kept: dict[str, Any] = {}
    for key, value in values.items():
        nothing = not value if isinstance(value, list) else isinstance(value, str) and means_nothing(value)
        if value is None or key in used or nothing:
            continue
        kept[well_formed(str(key))] = plain_value(value, depth)
    return kept


def _joined(items: list[Any], glue: str, depth: int) -> str:
    if _are_runs(items):
        glue = ""
    kept = (item for item in items if not (isinstance(item, dict) and _kind_of(item) in _NO_PROSE))
    return glue.join(part for item in kept if (part := as_text(item, glue, depth)))


def _are_runs(items: list[Any]) -> bool:
    """Whether the parts are runs of letters in one paragraph: plain ones and marked ones in turn."""
    objects = [item for item in items if isinstance(item, dict)]
    if len(objects) < len(items):
        return bool(objects) and any(isinstance(item, str) for item in items)
    return bool(objects) and all(_kind_of(item) in _RUNS for item in objects)


def _kind_of(block: Mapping[str, Any]) -> str:
    kind = block.get("type") or block.get("_type")
    return _NAME_NOISE.sub("", kind.casefold()) if isinstance(kind, str) else ""


def _of_object(value: Mapping[str, Any], glue: str, depth: int) -> str:
    for key in _INNER:
        if text := as_text(value.get(key), glue, depth):
            return text
    if len(value) == 1:  # {"$date": ...}, {"$oid": ...}, {"_cdata": ...}: wrapped, whatever the wrapper is called
        return as_text(next(iter(value.values())), glue, depth)
    inner = (item for key, item in value.items() if isinstance(item, (list, dict)) and key not in _INNER)
    others = (*inner, *(value.get(key) for key in _POINTING))
    return next((text for item in others if (text := as_text(item, glue, depth))), "")
