"""Where the articles are in a JSON value: told from its structure and its objects' fields, not from who made it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from newsclust.reading.fields import LONGEST_NAME, NAMES, plan
from newsclust.reading.rows.values import as_text

DEPTH = 8
"""Objects and lists below each other that are looked into."""
LOOKED_AT = 20
"""Objects of a list that its kind is told from."""
LONG_TEXT = 200
"""Characters of a text with which an object is an article, whatever else it holds."""
CHANNEL_TEXT = 500
"""Longest description of a channel, in characters: a longer text beside a list is an article, the list its comments."""

Mapped = tuple[tuple[str, str], ...]
Row = dict[str, Any]

# Names under which answers hold their articles, without case, blanks, "-" and "_": titles alone, or texts, do there.
_LIST_NAMES = frozenset(
    "articles items results data docs documents entries stories hits news value posts response payload rows records "
    "messages item entry edges @graph".split()
)
# Objects that speak of who made or sent an article, or stand beside it.
_ABOUT_OTHERS = frozenset(
    "source author authors creator image images media multimedia thumbnail photo user account channel feed publisher "
    "origin publication site category categories section related comments embed card tags".split()
)
_NO_ARTICLES = frozenset(
    "tags categories authors sources images media multimedia thumbnails related comments embeds links sections".split()
)
"""Names of lists whose objects are no articles unless they have texts."""
_WEAK_TITLES = frozenset("name subject head heading".split())


class Kind(IntEnum):
    """How sure it is that an object is an article."""

    NONE = 0
    PART = 1  # a title or a text alone: also a block of a text, an image
    HEADLINE = 2  # a title with an address or date
    TEXT = 3  # a text with date and address or id: also a comment
    ARTICLE = 4  # a title with a text


@dataclass(frozen=True, slots=True)
class Found:
    """The articles of a JSON value, as rows of fields.

    `inside` says that they stand inside it, as several do. `left` are the name of other objects that are not read, and
    how many there are.
    """

    rows: Sequence[Row]
    inside: bool = False
    left: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class _Group:
    """Objects that stand together, under a name."""

    name: str
    rows: Sequence[Row]
    kind: Kind
    listed: bool = True


def articles_in(value: Row, mapping: Mapped = ()) -> Found:
    """The articles that an object holds: itself, or the objects of lists, tables and objects anywhere inside it.

    `mapping` holds the names that the user gave to fields. Rows are taken out of their wrappers. An object in which
    nothing is known is one row.
    """
    if _is_plain_article(value) or not any(isinstance(inner, (list, dict)) for inner in value.values()):
        return Found((value,))
    if _has_long_text(value, mapping):
        return Found((value,))
    if (whole := _table(value, mapping) or _keyed(value, mapping)) is not None:
        return Found(whole.rows, inside=True)
    groups = list(_groups(value, mapping, DEPTH))
    lists = [group for group in groups if group.listed and group.kind >= Kind.HEADLINE]
    pool = lists or [group for group in groups if not group.listed] or groups
    row = unwrapped(value, mapping)
    if not pool:
        return Found(() if kind_of(row, mapping) == Kind.NONE and _is_empty_answer(value) else (row,))
    best = max(pool, key=lambda group: (group.kind, len(group.rows)))
    kind = kind_of(value if lists else row, mapping)
    if kind > best.kind == Kind.NONE or (kind >= Kind.HEADLINE and not _outweighs(pool, best, value, mapping)):
        told = best.listed and len(best.rows) > 1 and not _text_of(row, mapping)
        return Found((row,), left=(best.name, len(best.rows)) if told else None)
    chosen = [group for group in groups if group is best or _is_like(group, best)]
    left = [group for group in lists if group not in chosen and len(group.rows) > 1]
    rows = [unwrapped(inner, mapping) for group in chosen for inner in group.rows]
    return Found(rows, True, (left[0].name, len(left[0].rows)) if left else None)


def kind_of(row: Mapping[str, Any], mapping: Mapped = ()) -> Kind:
    """How sure it is that an object is an article, from the fields that hold something."""
    names_of = _names_of(row, mapping)
    title = any(_filled(row, name) for name in names_of["title"] if name.casefold() not in _WEAK_TITLES)
    text = any(_filled(row, name) for name in (*names_of["text"], *names_of["summary"]))
    date, url, id_ = (any(_filled(row, name) for name in names_of[field]) for field in ("published", "url", "id"))
    if title and text:
        return Kind.ARTICLE
    if text and date and (url or id_):
        return Kind.TEXT
    if title and (url or date):
        return Kind.HEADLINE
    return Kind.PART if title or text else Kind.NONE


def unwrapped(row: Mapping[str, Any], mapping: Mapped = (), depth: int = 3) -> Row:
    """An object, with the fields of the object inside it that has what it lacks: {"_id": ..., "_source": {...}}."""
    values = dict(row)
    names_of = _names_of(values, mapping)
    for _ in range(depth):
        title = any(_filled(values, name) for name in names_of["title"] if name.casefold() not in _WEAK_TITLES)
        text = any(_filled(values, name) for name in names_of["text"])
        if title and text:
            break
        wrapper = _wrapper(values, mapping, depth, title=title, text=text)
        if wrapper is None:
            break
        inner = values.pop(wrapper)
        values = {**inner, **values} if title or text else {**values, **inner}
        names_of = _names_of(values, mapping)
    return values


def table_rows(names: Any, lines: Any) -> list[Row] | None:
    """The rows of a table that a list of names and a list of lists make; None where they make none."""
    if not (isinstance(names, list) and isinstance(lines, list) and len(names) > 1 and lines):
        return None
    heads = [head if isinstance(head, str) else as_text(head, " ") if isinstance(head, dict) else "" for head in names]
    if not all(heads) or not all(isinstance(line, list) and len(line) == len(heads) for line in lines[:LOOKED_AT]):
        return None
    return [dict(zip(heads, line, strict=False)) for line in lines if isinstance(line, list)]


def _wrapper(values: Mapping[str, Any], mapping: Mapped, depth: int, *, title: bool, text: bool) -> str | None:
    """The name of the object inside another that has, itself or further in, the title or text that this one lacks."""
    wrappers: list[tuple[int, str]] = []
    for key, inner in values.items():
        if not isinstance(inner, dict) or not inner or key.casefold() in _ABOUT_OTHERS:
            continue
        names_of = _names_of(inner, mapping)
        has_title = any(_filled(inner, name) for name in names_of["title"] if name.casefold() not in _WEAK_TITLES)
        has_text = any(_filled(inner, name) for name in names_of["text"])
        summary = any(_filled(inner, name) for name in names_of["summary"])
        if _plain(key) in _FIELD_NAMES and not (has_title and (has_text or summary)):
            continue
        gain = 2 * (has_text and not text) + 2 * (has_title and not title) + (summary and not text)
        if gain > 1 or (gain and not title):
            wrappers.append((gain, key))
        elif depth and not (title or text) and _wrapper(inner, mapping, depth - 1, title=False, text=False):
            wrappers.append((1, key))
    return max(wrappers, key=lambda entry: entry[0])[1] if wrappers else None


def _groups(value: Mapping[str, Any], mapping: Mapped, depth: int) -> Iterator[_Group]:
    """Every group of objects inside an object that may be its articles, in the order of the input."""
    if depth == 0:
        return
    if (whole := _table(value, mapping) or _keyed(value, mapping)) is not None:
        yield whole
        return
    for key, inner in value.items():
        if isinstance(inner, dict) and _plain(key) in ("item", "entry") and kind_of(unwrapped(inner, mapping), mapping):
            inner = [inner]  # programs that turn XML into JSON make no list of one
        if isinstance(inner, list):
            yield from _groups_of_list(key, inner, mapping, depth - 1)
        elif isinstance(inner, dict):
            kind = kind_of(unwrapped(inner, mapping), mapping)
            if kind >= Kind.TEXT and key.casefold() not in _ABOUT_OTHERS:
                yield _Group(key, [inner], kind, listed=False)
            yield from _groups(inner, mapping, depth - 1)


def _groups_of_list(key: str, items: list[Any], mapping: Mapped, depth: int) -> Iterator[_Group]:
    if items and (rows := table_rows(items[0], items[1:])) and kind_of(rows[0], mapping):
        yield _Group(key, rows, Kind.ARTICLE)
        return
    objects = [item for item in items if isinstance(item, dict)]
    if not objects or depth == 0:
        return
    kind = _kind_of_all(objects, mapping)
    if kind < Kind.ARTICLE and _plain(key) in _NO_ARTICLES:
        return
    if kind >= Kind.HEADLINE or (kind == Kind.PART and _plain(key) in _LIST_NAMES):
        yield _Group(key, objects, max(kind, Kind.HEADLINE))
        return
    if any(group.kind for item in objects[:LOOKED_AT] for group in _groups(item, mapping, depth)):
        for item in objects:
            yield from _groups(item, mapping, depth)
    elif len(objects) > 1 and kind == Kind.NONE:
        yield _Group(key, objects, Kind.NONE)


def _kind_of_all(objects: Sequence[Mapping[str, Any]], mapping: Mapped) -> Kind:
    """The kind that half of the first objects of a list have or surpass."""
    kinds = sorted((kind_of(unwrapped(item, mapping), mapping) for item in objects[:LOOKED_AT]), reverse=True)
    return kinds[(len(kinds) - 1) // 2]


def _table(value: Mapping[str, Any], mapping: Mapped) -> _Group | None:
    """The rows of an object that holds a table: by columns, or names and lines apart, as pandas and databases write."""
    columns = [inner for inner in value.values() if isinstance(inner, (list, dict))]
    if len(columns) == len(value) > 1 and kind_of(dict.fromkeys(value, "x"), mapping) >= Kind.HEADLINE:
        keys = _keys_in_all(columns)
        if keys is not None:
            rows = [{name: inner[key] for name, inner in value.items()} for key in keys]
            return _Group("", rows, Kind.ARTICLE)
    lists = [inner for inner in columns if isinstance(inner, list) and inner][:LOOKED_AT]
    tables = (table_rows(names, lines) for names in lists for lines in lists if names is not lines)
    table = next((rows for rows in tables if rows and kind_of(rows[0], mapping)), None)
    return _Group("", table, Kind.ARTICLE) if table else None


def _keys_in_all(columns: Sequence[Any]) -> Sequence[Any] | None:
    """The keys, or numbers, that the columns of a table share; None where they are no columns."""
    first = columns[0]
    if any(isinstance(cell, (list, dict)) for column in columns for cell in _cells(column)):
        return None
    if all(isinstance(column, dict) and list(column) == list(first) for column in columns):
        return list(first)
    if all(isinstance(column, list) and len(column) == len(first) > 1 for column in columns):
        return range(len(first))
    return None


def _cells(column: Any) -> list[Any]:
    return list(column.values() if isinstance(column, dict) else column)[:LOOKED_AT]


def _keyed(value: Mapping[str, Any], mapping: Mapped) -> _Group | None:
    """The articles of an object that holds each under its address or key."""
    inner = [item for item in value.values() if isinstance(item, dict)]
    single = len(value) == 1 and "://" in next(iter(value))
    if len(inner) < len(value) or not (len(inner) > 1 or (inner and single)):
        return None
    kind = _kind_of_all(inner, mapping)
    if kind < Kind.HEADLINE:
        return None
    rows = [_with_key(key, unwrapped(item, mapping), mapping) for key, item in value.items()]
    return _Group("", rows, kind)


def _with_key(key: str, row: Row, mapping: Mapped) -> Row:
    """A row with the key it stood under: an address, or an id where it has digits as ids have."""
    field = "url" if "://" in key else "id" if len(key) >= 8 and any(mark.isdigit() for mark in key) else None
    if field is None or any(_filled(row, name) for name in _names_of(row, mapping)[field]):
        return row
    return {**row, field: key}


def _outweighs(groups: Sequence[_Group], best: _Group, row: Mapping[str, Any], mapping: Mapped) -> bool:
    """Whether objects inside an object that has a title of its own are the articles, and it their channel."""
    if not best.listed:
        return len(groups) > 1
    own = len(_text_of(row, mapping))
    if own < CHANNEL_TEXT and any(_plain(group.name) in _LIST_NAMES for group in groups if group.kind == best.kind):
        return True
    theirs = sum(len(_text_of(unwrapped(inner, mapping), mapping)) for inner in best.rows)
    return best.kind == Kind.ARTICLE and theirs > 2 * own


def _is_like(group: _Group, best: _Group) -> bool:
    """Whether the objects of two groups are of one kind: they share half of their names."""
    if group.kind < Kind.HEADLINE or (not group.listed and group.kind < Kind.ARTICLE):
        return False
    names, others = set(best.rows[0]), set(group.rows[0])
    return 2 * len(names & others) >= min(len(names), len(others))


def _is_empty_answer(value: Mapping[str, Any], depth: int = DEPTH) -> bool:
    """Whether all lists of an answer are empty, and one is where articles would be."""
    inner = [(key, item) for key, item in value.items() if isinstance(item, (list, dict))]
    if depth == 0 or any(isinstance(item, list) and item for _, item in inner):
        return False
    if any(_plain(key) in _LIST_NAMES and item == [] for key, item in inner):
        return True
    return any(isinstance(item, dict) and _is_empty_answer(item, depth - 1) for _, item in inner)


def _is_plain_article(value: Row) -> bool:
    """Whether an object has a long text under its commonest names, as most rows do: told without looking further."""
    if "title" not in value and "headline" not in value:
        return False
    texts = (value.get("text"), value.get("body"), value.get("content"))
    return any(isinstance(text, str) and len(text) >= LONG_TEXT for text in texts)


def _has_long_text(row: Mapping[str, Any], mapping: Mapped) -> bool:
    names_of = _names_of(row, mapping)
    has_title = any(name in row for name in names_of["title"])
    texts = (row.get(name) for name in names_of["text"])
    return has_title and any(isinstance(text, str) and len(text) >= LONG_TEXT for text in texts)


def _text_of(row: Mapping[str, Any], mapping: Mapped) -> str:
    names_of = _names_of(row, mapping)
    texts = (as_text(row.get(name), "\n") for name in (*names_of["text"], *names_of["summary"]))
    return max(texts, key=len, default="")


def _names_of(row: Mapping[str, Any], mapping: Mapped) -> Mapping[str, tuple[str, ...]]:
    return plan(tuple(key for key in row if len(key) <= LONGEST_NAME), mapping)


def _filled(row: Mapping[str, Any], name: str) -> bool:
    value = row.get(name)
    return value is not None and not isinstance(value, bool) and value not in ("", [], {})


def _plain(key: str) -> str:
    return key.casefold().replace("_", "").replace("-", "").replace(" ", "")


_FIELD_NAMES = frozenset(name for names in NAMES.values() for name in names)
