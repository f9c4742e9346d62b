"""HTML pages: the article's text through trafilatura, and its title, date, address, site and language."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from newsclust.reading.formats.base import Input, InputFormat, read_text, start_text
from newsclust.reading.formats.markup import looks_like_html, text_of_html, text_of_tree, too_deep, without_long_tags
from newsclust.reading.records import Parsed, Problem, Record
from newsclust.text.notices import is_notice

if TYPE_CHECKING:
    from lxml.html import HtmlElement

ENOUGH = 250
"""Characters below which an extraction is doubted and the fallbacks are looked at: trafilatura's own
`min_extracted_size`, under which it doubts itself."""

LARGEST = 2_000_000
"""Characters of a page above which only the fallbacks read it. Extraction takes 1.5 s a million characters."""

MOST_ELEMENTS = 20_000
"""Elements above which only the fallbacks read a page. Where there are many and little in them, extraction takes 0.1 ms
for each; pages of news have some 2,000."""

DEEPEST = 256
"""Elements in each other above which only the fallbacks read a page: at 2,000 extraction takes 5 s for a paragraph."""

RESCUED = 2_000
"""Elements with text up to which trafilatura may ask justext when it finds little: justext took 20 s for 5,000 list
items on a busy machine, and takes the square of that for more."""

PAGE_START = re.compile(r"<!doctype\s+html|<(?:html|head|body|article|div|p|meta|main|section)\b", re.I)
"""How a page begins, or goes on behind comments and an XML declaration."""
_SNIFFED_CHARACTERS = 2000

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.I)
_XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})")
# The page is dated by its content alone: without a fixed end htmldate takes the day of the run.
_DATES = {"original_date": True, "extensive_search": False, "max_date": "2199-12-31", "outputformat": "%Y-%m-%d"}
_DATE_META = ("article:published_time", "og:published_time", "datepublished", "date", "dc.date", "dc.date.issued",
              "dcterms.created", "pubdate", "publishdate", "parsely-pub-date", "sailthru.date")  # fmt: skip


def declared_charset(data: bytes) -> str | None:
    """The charset a page or an XML file declares in its first kilobytes."""
    match = _XML_ENCODING.search(data[:1024]) or _META_CHARSET.search(data[:4096])
    return match[1].decode("ascii", "replace") if match else None


def parse_page(text: str) -> Parsed:
    """One record of a page, or a problem where no article text is found in it."""
    tree, deep = _tree(text)
    if tree is None:
        yield Problem("", "no HTML that can be read")
        return
    if deep:
        yield Problem("", "elements nested over 2,048 deep; the page is read up to there", remark=True)
    linked = _linked_data(tree)
    values: dict[str, Any] = {
        "language": _language(tree) or linked.get("inLanguage"),
        "date": _meta(tree, _DATE_META) or linked.get("datePublished") or _time(tree),
        "url": _address(tree),
        "source": _meta(tree, ("og:site_name",)) or linked.get("publisher"),
        "title": _meta(tree, ("og:title",)) or linked.get("headline"),
        "description": _meta(tree, ("og:description", "description", "twitter:description")),
    }
    paragraphs = _paragraphs(tree)
    extracted = _extracted(tree, len(text))  # last, as it changes the tree
    for key, value in extracted.items():
        values[key] = values.get(key) or value
    values["text"] = _best(extracted.get("text") or "", str(linked.get("articleBody") or ""), paragraphs)
    if not values["text"] and not values["title"] and not values["description"]:
        yield Problem("", "no article text found in the page")
        return
    yield Record({key: value for key, value in values.items() if value})


def _best(extracted: str, linked: str, paragraphs: str) -> str:
    """The extraction, or, where it is next to nothing, the longest of it and the fallbacks, linked data first."""
    walled = is_notice(extracted)
    if len(extracted) >= ENOUGH and not walled:
        return extracted
    if looks_like_html(linked):
        linked = text_of_html(linked)
    if len(linked) > len(extracted) or (linked and walled):
        return linked
    return extracted or paragraphs


def _tree(text: str) -> tuple[HtmlElement | None, bool]:
    """The elements of a page, and whether those nested too deeply and all behind them are left out."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    try:
        tree = document_fromstring(without_long_tags(text).encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None, False
    return tree, too_deep(parser)


def _extracted(tree: HtmlElement, length: int) -> dict[str, Any]:
    """What trafilatura finds: text, title, url, source, date; nothing where it fails or would take too long."""
    elements, deepest, filled = _extent(tree)
    if length > LARGEST or elements > MOST_ELEMENTS or deepest > DEEPEST:
        return {}
    from trafilatura import bare_extraction

    try:
        with warnings.catch_warnings(action="ignore"):  # dateutil warns of every time zone that it does not know
            found = bare_extraction(
                tree,
                fast=filled > RESCUED,
                include_comments=False,
                include_tables=False,
                with_metadata=True,
                date_extraction_params=dict(_DATES),
            )
    except Exception:
        return {}  # a third-party parser on a page of any kind: whatever it trips over, the fallbacks still read
    if found is None or isinstance(found, dict):
        return {}
    return {
        "text": found.text,
        "title": found.title,
        "url": found.url,
        "source": found.sitename,
        "date": found.date,
    }


def _extent(tree: HtmlElement) -> tuple[int, int, int]:
    """How many elements a tree has, how deep they go, and how many have text in or behind them."""
    from lxml import etree

    elements = depth = deepest = filled = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "end":
            depth -= 1
            continue
        elements, depth = elements + 1, depth + 1
        deepest = max(deepest, depth)
        filled += bool((element.text or "").strip() or (element.tail or "").strip())
    return elements, deepest, filled


def _paragraphs(tree: HtmlElement) -> str:
    from lxml import etree

    texts = []
    depth = 0  # paragraphs in paragraphs (by way of <object>) are read once, with the outermost
    for event, paragraph in etree.iterwalk(tree, events=("start", "end"), tag="p"):
        if event == "start" and depth == 0:
            texts.append(text_of_tree(paragraph).replace("\n", " "))
        depth += 1 if event == "start" else -1
    return "\n".join(text for text in texts if text)


def _language(tree: HtmlElement) -> str | None:
    for name in ("lang", "xml:lang", "{http://www.w3.org/XML/1998/namespace}lang"):
        if value := tree.get(name):
            return str(value)
    return _meta(tree, ("content-language", "og:locale", "language", "dc.language"))


def _meta(tree: HtmlElement, names: tuple[str, ...]) -> str | None:
    """The content of the first of these <meta> names that the page has."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        content = element.get("content")
        if name and content and content.strip():
            found.setdefault(str(name).lower(), str(content).strip())
    return next((found[name] for name in names if name in found), None)


def _address(tree: HtmlElement) -> str | None:
    for link in tree.iter("link"):
        href = link.get("href")
        if link.get("rel") == "canonical" and href and str(href).startswith("http"):
            return str(href)
    return _meta(tree, ("og:url",))


def _time(tree: HtmlElement) -> str | None:
    return next((str(t.get("datetime")) for t in tree.iter("time") if t.get("datetime")), None)


def _linked_data(tree: HtmlElement) -> dict[str, Any]:
    """The fields of the article in the page's JSON-LD, with the publisher as a name."""
    best: dict[str, Any] = {}
    most = -1
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "") or not script.text:
            continue
        try:
            value = json.loads(script.text, strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _nodes(value):
            length = sum(len(text) for key in ("articleBody", "headline") if isinstance(text := node.get(key), str))
            if ("articleBody" in node or "headline" in node) and length > most:
                best, most = node, length
    publisher = best.get("publisher")
    name = publisher.get("name") if isinstance(publisher, dict) else publisher
    strings = {key: value for key, value in best.items() if isinstance(value, str)}
    return {**strings, "publisher": name if isinstance(name, str) else None}


def _nodes(value: Any) -> Iterator[dict[str, Any]]:
    pending = [value]
    while pending:
        node = pending.pop()
        if isinstance(node, list):
            pending.extend(reversed(node))
        elif isinstance(node, dict):
            yield node
            pending.extend(inner for key, inner in node.items() if key in ("@graph", "mainEntity", "itemListElement"))


def _begins_page(start: bytes) -> bool:
    text = start_text(start)[:_SNIFFED_CHARACTERS]
    return text.startswith("<") and bool(PAGE_START.search(text))


def _read_page(given: Input) -> Parsed:
    return read_text(given, parse_page, given.limits.page_bytes, declared_charset)


PAGE = InputFormat("html", (".html", ".htm", ".xhtml", ".shtml", ".php"), _begins_page, _read_page, slow=True)
