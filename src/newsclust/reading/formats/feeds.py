"""RSS (0.9 to 2.0, RDF) and Atom feeds, with a parser that expands no entities and opens no addresses."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

from newsclust.reading.formats.base import Input, InputFormat, read_text, start_text
from newsclust.reading.formats.markup import looks_like_html, text_of_html
from newsclust.reading.formats.pages import PAGE_START, declared_charset, parse_page
from newsclust.reading.formats.xml_items import pull_parser, readable, repaired, told
from newsclust.reading.records import Parsed, Problem, Record

if TYPE_CHECKING:
    from lxml.etree import _Element

_ROOT = re.compile(r"[\s\ufeff]+|<\?.*?\?>|<!--.*?-->", re.S)
_DOCTYPE = re.compile(r"\s*<!DOCTYPE", re.I)
_ROOT = re.compile(r"<[A-Za-z_]\w{0,40}")
_ITEMS = frozenset(("item", "entry"))
_FEEDS = frozenset(("rss", "rdf", "feed"))
_CHUNK = 1 << 16
_FEED_START = re.compile(r"<(?:[a-z]+:)?(?:rss|feed|rdf)\b", re.I)
_SNIFFED_CHARACTERS = 2000

# Names in feeds, in order of worth, and the fields they mean. The longest of the contents is the text.
_TEXTS = ("encoded", "content", "description", "summary", "body")
_DATES = ("pubdate", "published", "date", "issued", "created", "updated", "modified")


def parse_feed(text: str) -> Parsed:
    """A record for each item of a feed, its location the number of the item.

    A feed that is not well-formed is read again with its stray "&" and undeclared entities repaired, and if that does
    not do, up to where it breaks.

    Raises:
        Refused: it declares entities of its own.
    """
    text = readable(text)
    root = _ROOT.search(text)
    if root and root[0].lower() == "<html":
        yield from parse_page(text)
        return
    records, problem = _read(text)
    if problem:
        mended = repaired(text)
        again, later = _read(mended) if mended != text else (records, problem)
        if len(again) >= len(records):
            records, problem = again, later
    yield from records
    if problem:
        yield Problem("", problem)


def _read(text: str) -> tuple[list[Record], str | None]:
    """The items up to the first error, and the error."""
    from lxml import etree

    parser = pull_parser()
    records: list[Record] = []
    channel: dict[str, Any] = {}
    root: str | None = None
    depth = 0  # inside an item
    try:
        for start in range(0, len(text), _CHUNK):
            parser.feed(text[start : start + _CHUNK].encode("utf-8", "replace"))
            for event, element in parser.read_events():
                name = _name(element)
                if root is None:
                    root = name
                    channel["language"] = element.get("{http://www.w3.org/XML/1998/namespace}lang")
                    if root not in _FEEDS:
                        return [], f"no RSS or Atom feed: the root element is <{root[:40]}>"
                if name in _ITEMS:
                    depth += 1 if event == "start" else -1
                    if event == "end" and depth == 0:
                        records.append(Record(_item(element, channel), f"#{len(records) + 1}"))
                        element.clear(keep_tail=False)
                elif event == "end" and depth == 0 and name in ("title", "language") and element.text:
                    channel.setdefault(name, element.text) if channel.get(name) else channel.update(
                        {name: element.text}
                    )
        parser.close()
    except etree.XMLSyntaxError as error:
        return records, f"{told(error)}; {len(records)} items before it are read"
    return records, None if root else "no XML element"


def _item(item: _Element, channel: dict[str, Any]) -> dict[str, Any]:
    """The fields of an item under the names that the field mapping knows."""
    by_name: dict[str, list[str]] = {}
    links: list[tuple[int, str]] = []
    for child in item:
        name = _name(child)
        if name == "link" and child.get("href"):
            links.append((0 if child.get("rel", "alternate") == "alternate" else 1, str(child.get("href"))))
        elif text := _text_of(child):
            by_name.setdefault(name, []).append(text)
    texts = [_plain(text) for name in _TEXTS for text in by_name.get(name, ())]
    values: dict[str, Any] = {
        "id": _first(by_name, ("guid", "id", "identifier")),
        "title": _plain(_first(by_name, ("title",)) or ""),
        "text": max(texts, key=len, default=""),
        "url": _first(by_name, ("link", "origlink")) or min(links, default=(0, None))[1],
        "date": _first(by_name, _DATES),
        "source": _plain(_first(by_name, ("source",)) or channel.get("title") or ""),
        "language": item.get("{http://www.w3.org/XML/1998/namespace}lang") or channel.get("language"),
        "author": _first(by_name, ("creator", "author")),
        "categories": by_name.get("category"),
    }
    return {key: value for key, value in values.items() if value}


def _text_of(element: _Element) -> str:
    """What an element says: as text, as escaped HTML, or as XHTML inside it, written out to be read as such."""
    if not len(element):
        return (element.text or "").strip()
    from lxml import etree

    inner = html.escape(element.text or "", quote=False)
    return (inner + "".join(etree.tostring(child, encoding="unicode") for child in element)).strip()


def _plain(text: str) -> str:
    if looks_like_html(text):
        return text_of_html(text)
    return html.unescape(text) if "&" in text else text


def _first(by_name: dict[str, list[str]], names: tuple[str, ...]) -> str | None:
    return next((by_name[name][0] for name in names if name in by_name), None)


def _name(element: _Element) -> str:
    """The local name in lower case: feeds disagree on namespaces and on capitals."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _begins_feed(start: bytes) -> bool:
    text = start_text(start)[:_SNIFFED_CHARACTERS]
    is_feed = _FEED_START.search(text) or (text.startswith("<?xml") and not PAGE_START.search(text))
    return text.startswith("<") and bool(is_feed)


def _read_feed(given: Input) -> Parsed:
    return read_text(given, parse_feed, given.limits.document_bytes, declared_charset)


FEED = InputFormat("feed", (".xml", ".rss", ".atom", ".rdf"), _begins_feed, _read_feed)
