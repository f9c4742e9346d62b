"""From the names people give their fields to articles: title, text, url, date, source, language, id."""

from __future__ import annotations

import dataclasses
import difflib
import html
import math
import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from newsclust.articles import Article, Boilerplate
from newsclust.errors import UsageError
from newsclust.languages.codes import language_code
from newsclust.reading.dates import parse_date
from newsclust.reading.formats.markup import looks_like_html, text_of_html
from newsclust.reading.limits import Limits
from newsclust.reading.records import Record
from newsclust.text.display import REPLACEMENT
from newsclust.text.notices import is_notice, is_notice_title, means_nothing
from newsclust.text.unicode import normalised

# Names in order of worth, without case, blanks, "-" and "_". Collected from news interfaces (NewsAPI, GDELT, webz.io,
# Guardian, WordPress, JSON Feed, schema.org), scrapers (news-please, newspaper, trafilatura) and common data sets.
_NAMES = {
    "text": """text body maintext content articlebody articletext fulltext bodytext article contenttext textcontent
        rawtext cleanedtext plaintext newscontent contenthtml bodyhtml html teaser description summary abstract
        excerpt snippet ogdescription twitterdescription""",
    "title": "title headline webtitle articletitle newstitle heading head titlepage subject name",
    "url": "url link canonicalurl weburl articleurl sourceurl uri href permalink",
    "published": """published datepublish datepublished publishedat publishdate publisheddate publicationdate
        webpublicationdate pubdate firstpublished date datetime timestamp time createdat created seendate crawldate
        datedownload""",
    "source": """source outlet site sitename sourcename publisher publication newspaper newssite domain sourcedomain
        hostname provider feed""",
    "language": "language lang languagecode langcode inlanguage sourcelang locale",
    "id": "id guid articleid docid documentid newsid uuid storyid",
}
NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {field: tuple(names.split()) for field, names in _NAMES.items()}
)

LONGEST_NAME = 200
"""Longest name of an input field that may have a meaning, in characters: the names are remembered."""

_INNER = ("rendered", "text", "name", "title", "value", "content", "#text", "label", "$t", "uri", "id")
_INTEGER_BITS = 1024
"""Longer integers are no id, title or text; Python writes none of over 4,300 digits."""
_JOIN_DEPTH = 8
_SHOWN = 80
"""Characters of a notice that a reason quotes."""
_NAME_NOISE = re.compile(r"[\s_\-.:@$]+")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x7f\ufeff]")
_GAP = re.compile(r"\n{3,}")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]{2,8});", re.I)


class Unusable(Exception):  # noqa: N818 - a verdict on one record, caught inside reading
    """A record that cannot become an article; the message says why."""


def checked_mapping(mapping: Mapping[str, str] | None) -> tuple[tuple[str, str], ...]:
    """The user's mapping of fields to input names, checked.

    Raises:
        UsageError: a field that newsclust does not have, or an empty name.
    """
    pairs = []
    for target, name in (mapping or {}).items():
        field = {"date": "published", "lang": "language", "link": "url", "body": "text"}.get(target, target)
        if field not in NAMES:
            close = difflib.get_close_matches(target, list(NAMES), n=1)
            hint = f"did you mean {close[0]!r}?" if close else f"the fields are {', '.join(NAMES)}"
            raise UsageError(f"cannot map {target!r}={name!r}: no such field; {hint}")
        if not name.strip():
            raise UsageError(f"cannot map {target!r}: the name of the input's field is missing, as in --map text=body")
        pairs.append((field, name))
    return tuple(sorted(pairs))


@lru_cache(maxsize=256)
def plan(keys: tuple[str, ...], mapping: tuple[tuple[str, str], ...]) -> Mapping[str, tuple[str, ...]]:
    """For each field, the input names that may hold it, best first. Rows of one file share their plan."""
    known: dict[str, list[str]] = {}
    for key in keys:
        known.setdefault(_plain_name(key), []).append(key)
    wanted = dict(mapping)
    result: dict[str, tuple[str, ...]] = {}
    for field, names in NAMES.items():
        found = [key for name in names for key in known.get(name, ())]
        if field in wanted:
            exact = wanted[field]
            chosen = [exact] if exact in keys or "." in exact else known.get(_plain_name(exact), [])
            found = [*chosen, *(key for key in found if key not in chosen)]
        result[field] = tuple(found)
    return MappingProxyType(result)


def has_column(field: str, keys: tuple[str, ...], mapping: tuple[tuple[str, str], ...]) -> bool:
    """Whether a table with these columns has one for a field."""
    return any(name in keys for name in plan(keys, mapping)[field])


def to_article(
    record: Record, name: str, mapping: tuple[tuple[str, str], ...], limits: Limits, *, patient: bool = True
) -> Article:
    """The article of a record; `name` is the input's, and gives id and path where the record has no id.

    Raises:
        Unusable: neither title nor text, or longer than the limits allow.
    """
    values = record.values
    if len(values) > limits.row_fields:
        raise Unusable(f"{len(values):,} fields are over the limit of {limits.row_fields:,}")
    used: set[str] = set()
    places = plan(tuple(key for key in values if len(key) <= LONGEST_NAME), mapping)
    most = limits.field_characters
    others = (field for field in places if field not in {"published", "text"})
    fields = {field: _pick(values, places[field], field, used, most) for field in others}
    title = " ".join(tidy(fields["title"]).split())
    text, notices = _told(values, places["text"], title, used)
    if len(title) > most:
        text, title = f"{tidy(fields['title'])}\n{text}".strip(), ""
    if notices and not text and (not title or is_notice_title(title)):
        raise _only_a_notice(notices[0])
    if not title and not text:
        raise Unusable("no title and no text")
    if title and text.startswith(title) and (rest := text[len(title) :].lstrip(" ")).startswith("\n"):
        text = rest.strip()  # pages and scrapers repeat the headline as the first line
    if len(text) > limits.article_characters:
        raise Unusable(f"{len(text):,} characters of text are over the limit of {limits.article_characters:,}")
    published = parse_date(raw, patient=patient) if (raw := _raw_date(values, places["published"], used)) else None
    extra = _extra(values, used, limits.json_depth)
    if raw and published is None:
        extra["published"] = str(raw) if not isinstance(raw, str) else well_formed(raw)
    language = language_code(fields["language"] or None)
    path = f"{name}{record.place}"
    return Article(
        id=well_formed(fields["id"]).replace("\0", REPLACEMENT).strip() or path,
        text=text,
        title=title or None,
        path=path,
        language=language,
        published=published,
        url=_one_line(fields["url"]),
        source=_one_line(fields["source"]),
        extra=MappingProxyType(extra) if extra else MappingProxyType({}),
        boilerplate=tuple(map(Boilerplate, record.boilerplate + notices)),
    )


def without_notice(article: Article) -> Article:
    """The article with another text that came with it, or none, where its text is a notice.

    Raises:
        Unusable: nothing is left.
    """
    title = article.title or ""
    if not is_notice(article.text, title):
        return article
    text = next((text for text in article.short_texts if not is_notice(text, title)), "")
    if not text and (not title or is_notice_title(title)):
        raise _only_a_notice(article.text)
    return dataclasses.replace(article, text=text, boilerplate=(*article.boilerplate, Boilerplate(article.text)))


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


def _told(values: Mapping[str, Any], names: tuple[str, ...], title: str, used: set[str]) -> tuple[str, tuple[str, ...]]:
    """The first text that is no notice ("Subscribe to continue reading"), and the notices in front of it."""
    notices: list[str] = []
    for name in names:
        raw = _value(values, name)
        text = tidy(raw if isinstance(raw, str) else _as_text(raw, "\n"))
        if means_nothing(text):
            continue
        if not is_notice(text, title):
            used.add(name)
            return text, tuple(notices)
        notices.append(text)
        used.add(name)
    return "", tuple(notices)


def _only_a_notice(notice: str) -> Unusable:
    line = " ".join(notice.split())
    return Unusable(f"no article: all it says is {line if len(line) <= _SHOWN else line[: _SHOWN - 1] + '…'!r}")


def _pick(values: Mapping[str, Any], names: tuple[str, ...], field: str, used: set[str], most: int) -> str:
    """The first of the names that holds something, as text; its name goes to `used`. Only titles may be over `most`."""
    for name in names:
        value = _value(values, name)
        text = value if isinstance(value, str) else _as_text(value, ", ")
        if not means_nothing(text) and (len(text) <= most or field == "title"):
            used.add(name)
            return text
    return ""


def _as_text(value: Any, glue: str, depth: int = _JOIN_DEPTH) -> str:
    """A nested value as text: a list's parts joined, of an object the part that names or holds it."""
    if isinstance(value, str):
        return value
    if value is None or isinstance(value, bool) or depth == 0:
        return ""
    if isinstance(value, float):
        return str(value) if math.isfinite(value) else ""
    if isinstance(value, int):
        return str(value) if value.bit_length() <= _INTEGER_BITS else ""
    if isinstance(value, list):
        return glue.join(part for item in value if (part := _as_text(item, glue, depth - 1)))
    if isinstance(value, dict):
        return next((text for key in _INNER if (text := _as_text(value.get(key), glue, depth - 1))), "")
    return ""


def _value(values: Mapping[str, Any], name: str) -> Any:
    return values[name] if name in values else _dotted(values, name)


def _dotted(values: Mapping[str, Any], name: str) -> Any:
    value: Any = values
    for part in name.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _raw_date(values: Mapping[str, Any], names: tuple[str, ...], used: set[str]) -> Any:
    """The date as it was written, numbers included."""
    for name in names:
        value = _value(values, name)
        if isinstance(value, (list, dict)):
            value = _as_text(value, " ")
        if value and not (isinstance(value, str) and means_nothing(value)):
            used.add(name)
            return value
    return None


def _extra(values: Mapping[str, Any], used: set[str], depth: int) -> dict[str, Any]:
    """The fields that were not used, as far as they hold something."""
    extra: dict[str, Any] = {}
    for key, value in values.items():
        nothing = not value if isinstance(value, list) else isinstance(value, str) and means_nothing(value)
        if value is None or key in used or nothing:
            continue
        extra[well_formed(str(key))] = _plain_value(value, depth)
    return extra


def _plain_value(value: Any, depth: int) -> Any:
    """A JSON value that can be written again: no lone surrogates, no infinities, not deeper than `depth`.

    Raises:
        Unusable: nested deeper.
    """
    if isinstance(value, str):
        return well_formed(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if not isinstance(value, (list, dict)):
        return value
    if depth == 0:
        raise Unusable("lists or objects nested too deeply")
    if isinstance(value, list):
        return [_plain_value(item, depth - 1) for item in value]
    return {well_formed(str(key)): _plain_value(item, depth - 1) for key, item in value.items()}


def _one_line(text: str) -> str | None:
    return " ".join(_CONTROL.sub("", well_formed(text)).split()) or None


@lru_cache(maxsize=4096)
def _plain_name(key: str) -> str:
    return _NAME_NOISE.sub("", key.casefold())
