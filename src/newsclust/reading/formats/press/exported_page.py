"""Exports of press databases in HTML: what their classes and anchors say becomes marks, then they are read as text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from newsclust.reading.formats.base import Input, InputFormat, read_text
from newsclust.reading.formats.markup import text_of_tree, without_long_tags
from newsclust.reading.formats.pages import declared_charset, parse_page
from newsclust.reading.formats.press.head_lines import AUTHOR_MARK, DATE_MARK, LABEL_MARK, SOURCE_MARK, TITLE_MARK
from newsclust.reading.formats.press.layouts import BOUNDARY
from newsclust.reading.formats.press.prose import exported
from newsclust.reading.formats.xml_items import NO_XML
from newsclust.reading.records import Parsed

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MARKS = (
    (re.compile(r"^[a-z]{2}Headline$|^titreArticleVisu$", re.I), TITLE_MARK),
    (re.compile(r"^DocPublicationName$"), SOURCE_MARK),
    (re.compile(r"^DocHeader$"), DATE_MARK),
    (re.compile(r"^docAuthors$"), AUTHOR_MARK),
)
"""Classes by which Factiva and Europresse name the parts of a head."""
_START = re.compile(
    rb"class=[\"']?(?:article [a-z]{2}Article|DocPublicationName)|name=[\"']?(?:DOC_ID|DocID)_|<title>Factiva</title>",
    re.I,
)
_ANCHOR = re.compile(r"(?:DOC_ID|DocID)_")
_PRIVATE = re.compile("[\ue010-\ue015]")


def parse_exported_page(text: str) -> Parsed:
    """The articles of an export; one that is in no known layout is read as any other page."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    try:
        tree = document_fromstring(_PRIVATE.sub("", without_long_tags(text)).encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        yield from parse_page(text)
        return
    _mark(tree)
    records = list(exported(text_of_tree(tree).split("\n")))
    yield from records or parse_page(text)


def _mark(tree: HtmlElement) -> None:
    """Put marks in front of what the page names, and boundaries where it begins an article."""
    for element in tree.iter():
        classes = str(element.get("class") or "").split()
        mark = next((mark for known, mark in _MARKS if any(map(known.match, classes))), None)
        if mark is not None and element.text_content().strip():
            element.text = mark + NO_XML.sub("", " ".join(element.text_content().split()))
            for child in list(element):
                element.remove(child)
            element.tag = "div"
        elif element.tag == "strong" and element.text_content().strip().endswith(":"):
            element.text = LABEL_MARK + NO_XML.sub("", element.text or "")
        elif element.tag == "a" and _ANCHOR.match(str(element.get("name") or "")):
            element.text = BOUNDARY
            element.tag = "div"


def _begins_export(start: bytes) -> bool:
    return b"<" in start[:200] and _START.search(start) is not None


def _read(given: Input) -> Parsed:
    return read_text(given, parse_exported_page, given.limits.document_bytes, declared_charset)


EXPORTED_PAGE = InputFormat("exported page", (".html", ".htm"), _begins_export, _read, signed=True, slow=True)
