"""From the names people give their fields to articles: title, text, url, date, source, language, id."""

from __future__ import annotations

import dataclasses
import difflib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from newsclust.articles import Article, Boilerplate
from newsclust.errors import UsageError
from newsclust.languages.codes import language_code
from newsclust.reading.dates import ReadDate, Told, read_date
from newsclust.reading.limits import Limits
from newsclust.reading.records import Record
from newsclust.reading.rows.identity import made_id
from newsclust.reading.rows.values import TooDeep, as_text, first_of, one_line, shortened, tidy, unused, well_formed
from newsclust.text.display import REPLACEMENT
from newsclust.text.notices import is_notice, is_notice_title, means_nothing

# Names in order of worth, without case, blanks, "-" and "_". Collected from news interfaces (NewsAPI, GDELT, webz.io,
# Guardian, New York Times, WordPress, JSON Feed, readers, schema.org), scrapers (news-please, newspaper, trafilatura)
# and common data sets. Around them stand words that change nothing: "story_title", "headline_text" (_WORDS_AROUND).
_NAMES = {
    "text": """text body maintext content contents articlebody articletext fulltext bodytext article contenttext
        textcontent rawtext cleanedtext plaintext newscontent contenthtml bodyhtml html selftext""",
    "summary": """teaser description leadparagraph lead summary abstract excerpt snippet standfirst trailtext
        ogdescription twitterdescription desc""",
    "title": "title headline webtitle articletitle newstitle heading head titlepage subject name",
    "url": "url link canonicalurl weburl articleurl sourceurl canonical permalink uri href alternate",
    "published": """published datepublish datepublished publishedat publishdate publisheddate publicationdate
        webpublicationdate pubdate firstpublished dategmt postdategmt date datetime timestamp time
        createdat created seendate crawldate datedownload updated updatedat datemodified modified""",
    "source": """source outlet site sitename sourcename publisher publication newspaper newssite medianame media domain
        sourcedomain hostname provider feed feedtitle channeltitle origin sources""",
    "language": "language lang languagecode langcode inlanguage sourcelang locale",
    "id": "id guid articleid docid documentid newsid uuid storyid uri",
}
NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {field: tuple(names.split()) for field, names in _NAMES.items()}
)
FIELDS = tuple(field for field in NAMES if field != "summary")
"""The fields of an article that a mapping may name."""

LONGEST_NAME = 200
"""Longest name of an input field that may have a meaning, in characters: the names are remembered."""

_SHOWN_NAMES = 12
"""Names of fields that a reason lists."""
_NAME_NOISE = re.compile(r"[\s_\-.:@$]+")
_WORD_BREAK = re.compile(r"[\s_\-.:@$/]+|(?<=[a-z\d])(?=[A-Z])")
_WORDS_BEFORE = frozenset(
    "the story article news post item doc document entry page web main original clean cleaned raw full final short "
    "long".split()
)
_WORDS_BEHIND = frozenset("text txt str string raw clean cleaned html full utc gmt iso original".split())
_DAY_LENGTH = 10
"""Characters of a date that is a day: longer ones have the time too, or the name of a month."""
_DAY_SECONDS = 24 * 3600
_TIME = re.compile(r"\d{1,2}:\d{2}")
_ADDRESS = re.compile(r"(?:https?:)?//\S+$|www\.\S+$", re.I)


class Unusable(Exception):  # noqa: N818 - a verdict on one record, caught inside reading
    """A record that cannot become an article; the message says why."""


class Bare(Unusable):
    """A record in which no field is known that holds a title or text."""


def checked_mapping(mapping: Mapping[str, str] | None) -> tuple[tuple[str, str], ...]:
    """The user's mapping of fields to input names, checked.

    Raises:
        UsageError: a field that newsclust does not have, or an empty name.
    """
    pairs = []
    for target, name in (mapping or {}).items():
        field = {"date": "published", "lang": "language", "link": "url", "body": "text"}.get(target, target)
        if field not in FIELDS:
            close = difflib.get_close_matches(target, FIELDS, n=1)
            hint = f"did you mean {close[0]!r}?" if close else f"the fields are {', '.join(FIELDS)}"
            raise UsageError(f"cannot map {target!r}={name!r}: no such field; {hint}")
        if not name.strip():
            raise UsageError(f"cannot map {target!r}: the name of the input's field is missing, as in --map text=body")
        pairs.append((field, name))
    return tuple(sorted(pairs))


def check_met(mapping: tuple[tuple[str, str], ...], absent: Collection[str], met: Sequence[str]) -> None:
    """Raise UsageError where the input, whose fields are `met`, has none of a name that the user mapped (`absent`)."""
    for field, name in mapping:
        if name not in absent or not met:
            continue
        close = difflib.get_close_matches(name, met, n=1)
        hint = f"did you mean {close[0]!r}?" if close else f"the fields are {listed(met)}"
        raise UsageError(f"cannot map {field}={name}: no input has a field {name!r}; {hint}")


def listed(names: Sequence[str]) -> str:
    """The first of the names of fields, quoted, for a message."""
    shown = ", ".join(repr(shortened(name)) for name in names[:_SHOWN_NAMES])
    return shown + (", ..." if len(names) > _SHOWN_NAMES else "")


@lru_cache(maxsize=1024)
def plan(keys: tuple[str, ...], mapping: tuple[tuple[str, str], ...]) -> Mapping[str, tuple[str, ...]]:
    """For each field, the input names that may hold it, best first. Rows of one file share their plan.

    "summary" are those that hold a text shorter than the article's.
    """
    known: dict[str, list[str]] = {}
    for key in keys:
        known.setdefault(_plain_name(key), []).append(key)
    for key in keys:  # whole names before parts of names
        if (core := _core_name(key)) is not None and key not in known.get(core, ()):
            known.setdefault(core, []).append(key)
    wanted = dict(mapping)
    result: dict[str, tuple[str, ...]] = {}
    for field, names in NAMES.items():
        columns = [key for name in names for key in known.get(name, ())]
        if field in wanted:
            chosen = [name for name in _forms(wanted[field]) if name in keys or "." in name]
            chosen = chosen or known.get(_plain_name(wanted[field]), [])
            columns = [*chosen, *(key for key in columns if key not in chosen)]
        result[field] = tuple(columns)
    return MappingProxyType(result)


def has_column(field: str, keys: tuple[str, ...], mapping: tuple[tuple[str, str], ...]) -> bool:
    """Whether a table with these columns has one for a field."""
    names_of = plan(keys, mapping)
    return any(name in keys for name in (*names_of[field], *(names_of["summary"] if field == "text" else ())))


def holds(values: Mapping[str, Any], name: str) -> bool:
    """Whether a record has the field that a user's mapping names, empty or not."""
    plain = _plain_name(name)
    return any(form in values or _dotted(values, form) is not None for form in _forms(name)) or any(
        _plain_name(key) == plain for key in values if len(key) <= LONGEST_NAME
    )


def to_article(record: Record, name: str, mapping: tuple[tuple[str, str], ...], limits: Limits) -> Article:
    """The article of a record, as `read_record` gives it."""
    return read_record(record, name, mapping, limits)[0]


def read_record(
    record: Record, name: str, mapping: tuple[tuple[str, str], ...], limits: Limits, *, patient: bool = True
) -> tuple[Article, ReadDate]:
    """The article of a record, and its date as it was written; `name` is the input's, and gives the path.

    The id is the record's own. Where it has none, a row is known by its address, else by source, title and date, else
    by its path; a file that is one article is known by its path.

    Raises:
        Unusable: neither title nor text, or longer than the limits allow.
    """
    values = record.values
    if len(values) > limits.row_fields:
        raise Unusable(f"{len(values):,} fields are over the limit of {limits.row_fields:,}")
    used: set[str] = set()
    names_of = plan(tuple(key for key in values if len(key) <= LONGEST_NAME), mapping)
    most = limits.field_characters
    fields = {field: _pick(values, names_of[field], field, used, most) for field in ("title", "source", "language")}
    title = " ".join(tidy(fields["title"]).split())
    text, notices = _told(_texts(values, names_of), title, used)
    if len(title) > most:
        text, title = f"{tidy(fields['title'])}\n{text}".strip(), ""
    if notices and not text and (not title or is_notice_title(title)):
        raise _only_a_notice(notices[0])
    if not title and not text:
        raise _bare(values, names_of)
    if title and text.startswith(title) and (rest := text[len(title) :].lstrip(" ")).startswith("\n"):
        text = rest.strip()  # pages and scrapers repeat the headline as the first line
    if len(text) > limits.article_characters:
        raise Unusable(f"{len(text):,} characters of text are over the limit of {limits.article_characters:,}")
    url, source = _address(values, names_of["url"], fields["source"], used, most)
    language = language_code(fields["language"] or None)
    date = _date(values, names_of["published"], used, Told(language, url or "", patient))
    own = _own_id(values, names_of["id"], url, used, most)
    try:
        extra = unused(values, used, limits.json_depth)
    except TooDeep as verdict:
        raise Unusable(str(verdict)) from None
    if date.raw is not None and date.moment is None:
        extra["published"] = well_formed(date.raw) if isinstance(date.raw, str) else str(date.raw)
    path = f"{name}{record.location}"
    made = None if own or not record.is_row else made_id(title, text, url, source, date.moment)
    article = Article(
        id=own or made or path,
        text=text,
        title=title or None,
        path=path,
        language=language,
        published=date.moment,
        url=url,
        source=source,
        extra=MappingProxyType(extra) if extra else MappingProxyType({}),
        boilerplate=tuple(map(Boilerplate, record.boilerplate + notices)),
    )
    return article, date


def dated_again(article: Article, date: ReadDate, order: str) -> Article:
    """The article with its date read in an order of day and month that the other dates of its input tell."""
    moment = read_date(date.raw, Told(article.language, article.url or "", patient=False, order=order)).moment
    if moment is None:
        return article
    extra = {name: value for name, value in article.extra.items() if name != "published"}
    return dataclasses.replace(article, published=moment, extra=MappingProxyType(extra))


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


def _texts(values: Mapping[str, Any], names_of: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    """Name and text of the fields that may be the text: first those named so, then summaries, longest first."""
    for name in names_of["text"]:
        yield name, _text(values, name)
    summaries = [(name, _text(values, name)) for name in names_of["summary"]]
    yield from sorted(summaries, key=lambda entry: -len(entry[1]))


def _text(values: Mapping[str, Any], name: str) -> str:
    raw = _value(values, name)
    return tidy(raw if isinstance(raw, str) else as_text(raw, "\n"))


def _told(texts: Iterator[tuple[str, str]], title: str, used: set[str]) -> tuple[str, tuple[str, ...]]:
    """The first text that is no notice ("Subscribe to continue reading"), and the notices in front of it."""
    notices: list[str] = []
    for name, text in texts:
        if means_nothing(text):
            continue
        used.add(name)
        if not is_notice(text, title):
            return text, tuple(notices)
        notices.append(text)
    return "", tuple(notices)


def _only_a_notice(notice: str) -> Unusable:
    return Unusable(f"no article: all it says is {shortened(notice)!r}")


def _bare(values: Mapping[str, Any], names_of: Mapping[str, tuple[str, ...]]) -> Unusable:
    known = (*names_of["text"], *names_of["summary"], *names_of["title"])
    return Unusable("no title and no text") if any(name in values for name in known) else Bare("no title and no text")


def _pick(values: Mapping[str, Any], names: tuple[str, ...], field: str, used: set[str], most: int) -> str:
    """The first of the names that holds something, as text; its name goes to `used`. Only titles may be over `most`."""
    for name in names:
        value = _value(values, name)
        text = value if isinstance(value, str) else as_text(value, ", ")
        if not means_nothing(text) and (len(text) <= most or field == "title"):
            used.add(name)
            return text
    return ""


def _address(
    values: Mapping[str, Any], names: tuple[str, ...], source: str, used: set[str], most: int
) -> tuple[str | None, str | None]:
    """The address and the source; a source that is an address is one where there is no other, as clippers write it."""
    for name in names:
        text = one_line(first_of(_value(values, name)))
        if not text or means_nothing(text) or len(text) > most:
            continue
        if _plain_name(name) == "uri" and not _ADDRESS.match(text):
            continue
        used.add(name)
        return text, one_line(source)
    line = one_line(source)
    return (line, None) if line and _ADDRESS.match(line) else (None, line)


def _own_id(values: Mapping[str, Any], names: tuple[str, ...], url: str | None, used: set[str], most: int) -> str:
    """The id that a record brings; an address under the name "uri" is none."""
    for name in names:
        value = _value(values, name)
        text = value if isinstance(value, str) else first_of(value, "id")
        if means_nothing(text) or len(text) > most:
            continue
        if _plain_name(name) == "uri" and (text == url or _ADDRESS.match(text)):
            continue
        if own := well_formed(text).replace("\0", REPLACEMENT).strip():
            used.add(name)
            return own
    return ""


def _date(values: Mapping[str, Any], names: tuple[str, ...], used: set[str], told: Told) -> ReadDate:
    """The first date that can be read, with the time of the day where another field gives it; else the first given."""
    unread: ReadDate | None = None
    for at, name in enumerate(names):
        raw = _raw_date(_value(values, name))
        if not raw or (isinstance(raw, str) and means_nothing(raw)):
            continue
        date = read_date(raw, told)
        if date.moment is None:
            if unread is None:
                unread = date
                used.add(name)
            continue
        used.add(name)
        if isinstance(raw, str) and len(raw) <= _DAY_LENGTH and at + 1 < len(names):
            return _with_time(values, names[at + 1 :], date, told)
        return date
    return unread or ReadDate()


def _raw_date(value: Any) -> Any:
    """A date as it was written, numbers included, out of the lists and objects that hold it."""
    if isinstance(value, list) and not all(isinstance(part, int) for part in value):
        return first_of(value)
    return as_text(value, " ") if isinstance(value, dict) else value


def _with_time(values: Mapping[str, Any], names: Sequence[str], day: ReadDate, told: Told) -> ReadDate:
    """A date that is a day, with the time that another field gives of that day ("time", "dateTime")."""
    for name in names:
        raw = _raw_date(_value(values, name))
        if not isinstance(raw, str) or ":" not in raw or day.moment is None:
            continue
        full = f"{day.moment.date().isoformat()} {raw}" if _TIME.match(raw) else raw
        timed = read_date(full, told)
        if timed.moment is not None and abs((timed.moment - day.moment).total_seconds()) <= _DAY_SECONDS:
            return dataclasses.replace(timed, raw=day.raw, order=day.order)
    return day


def _value(values: Mapping[str, Any], name: str) -> Any:
    return values[name] if name in values else _dotted(values, name)


def _dotted(values: Mapping[str, Any], name: str) -> Any:
    value: Any = values
    for part in name.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _forms(name: str) -> Iterator[str]:
    """A dotted name, and what is left of it in a record that was taken out of its wrappers."""
    yield name
    while "." in name:
        name = name.partition(".")[2]
        yield name


@lru_cache(maxsize=4096)
def _plain_name(key: str) -> str:
    return _NAME_NOISE.sub("", key.casefold())


@lru_cache(maxsize=4096)
def _core_name(key: str) -> str | None:
    """A name of several words without those around that change nothing: "clean_text" is a text; None for others."""
    words = [word.casefold() for word in _WORD_BREAK.split(key) if word]
    start, end = 0, len(words)
    while end - start > 1:
        if words[start] in _WORDS_BEFORE:
            start += 1
        elif words[end - 1] in _WORDS_BEHIND:
            end -= 1
        else:
            break
        if (core := "".join(words[start:end])) in _KNOWN:
            return core
    return None


_KNOWN = frozenset(name for names in NAMES.values() for name in names)
