"""HTML pages: the article's text through trafilatura, and its title, date, address, site and language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from newsclust.reading.formats.base import Input, InputFormat, read_text, start_text
from newsclust.reading.formats.markup import too_deep, without_long_tags
from newsclust.reading.formats.pages.body import article_text, can_be_searched
from newsclust.reading.formats.pages.head import address, first_of, language, metas, site
from newsclust.reading.formats.pages.linked_data import linked_data
from newsclust.reading.formats.pages.published import published
from newsclust.reading.formats.pages.titles import headings, title_of
from newsclust.reading.records import Parsed, Problem, Record
from newsclust.text.urls import host_of

if TYPE_CHECKING:
    from lxml.html import HtmlElement

PAGE_START = re.compile(r"<!doctype\s+html|<(?:html|head|body|article|div|p|meta|main|section)\b", re.I)
"""How a page begins, or goes on behind comments and an XML declaration."""
_SNIFFED_CHARACTERS = 2000

_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.I)
_XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})")


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
    meta, linked = metas(tree), linked_data(tree)
    url, small = address(tree, meta), can_be_searched(tree)
    headlines = [linked.get("headline") or "", *headings(tree)[:1]]
    source = site(tree, meta, linked.get("publisher"), url, headlines)
    title = title_of(tree, meta, linked.get("headline"), (source, meta.get("og:site_name"), host_of(url)))
    values: dict[str, Any] = {
        "language": language(tree, meta, linked.get("inLanguage")),
        "date": published(tree, meta, linked, url, searched=small),
        "url": url,
        "source": source,
        "title": title,
        "description": first_of(meta, ("og:description", "description", "twitter:description")),
    }
    heads = (title, meta.get("og:title"), *headlines)
    descriptions = (meta.get("og:description"), meta.get("description"), linked.get("description"))
    described = [text for text in descriptions if text]
    titles = [head for head in heads if head]
    values["text"] = article_text(tree, titles, linked, described, searched=small)  # last, as it changes the tree
    if not values["text"] and not title and not values["description"]:
        yield Problem("", "no article text found in the page")
        return
    yield Record({key: value for key, value in values.items() if value})


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


def _begins_page(start: bytes) -> bool:
    text = start_text(start)[:_SNIFFED_CHARACTERS]
    return text.startswith("<") and bool(PAGE_START.search(text))


def _read_page(given: Input) -> Parsed:
    return read_text(given, parse_page, given.limits.page_bytes, declared_charset)


PAGE = InputFormat("html", (".html", ".htm", ".xhtml", ".shtml", ".php"), _begins_page, _read_page, slow=True)
