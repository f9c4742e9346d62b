"""Markup inside text: HTML fragments in feeds and JSON fields, Markdown."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from newsclust.reading.limits import DEFAULT_LIMITS

if TYPE_CHECKING:
    from lxml.html import HTMLParser

LONGEST_TAG_NAME = 40
"""Characters kept of the name of a tag that is longer than all attributes may be."""

_TAG = re.compile(
    r"</?(?:p|br|div|span|a|b|i|em|strong|ul|ol|li|h[1-6]|img|figure|blockquote|table|tr|td)\b[^<>]*>", re.I
)
_BLOCKS = frozenset(
    "address article aside blockquote br dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main nav "
    "ol p pre section table td th tr ul".split()
)
_SILENT = frozenset("script style noscript template iframe svg head title".split())
# A tag as browsers cut it: quotes count behind "=" alone, and one that is never closed takes the rest.
_WHOLE_TAG = re.compile(r"""(</?[a-z][^\s/>]*+)(?:[^>=]++|=\s*+"[^"]*+"|=\s*+'[^']*+'|=\s*+["'].*+|=)*+""", re.I | re.S)
_RAW_END = re.compile(r"(?=</(?:script|style)\b)", re.I)
_ANY_TAG = re.compile(r"<[^<>]*>")
_BLANK = re.compile(r"[ \t\r\f\v\n\xa0]+")

# Character classes exclude their own opening mark, so that each position is scanned once: linear on "[[[[[[".
_IMAGE = re.compile(r"!\[[^\[\]\n]*\]\([^()\s]*(?: \"[^\"\n]*\")?\)")
_LINK = re.compile(r"\[([^\[\]\n]+)\]\([^()\s]*(?: \"[^\"\n]*\")?\)")
_EMPHASIS = re.compile(r"(\*\*|__|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w))")
_BULLET = re.compile(r"^(?:>\s?)+|^[-*+]\s+")


def looks_like_html(text: str) -> bool:
    """Whether a text field holds HTML rather than plain text."""
    return "<" in text and _TAG.search(text) is not None


def without_long_tags(markup: str, most: int = DEFAULT_LIMITS.tag_characters) -> str:
    """HTML whose tags of more than `most` characters have lost their attributes.

    libxml2 compares each attribute with those before it: a tag of 16 MB would take it days.
    """
    if len(markup) <= most:
        return markup
    # What looks like a tag in a script ends with the script: "for(a=0;a<p;a++)" takes nothing of the page behind.
    parts = _RAW_END.split(markup)
    return "".join(_WHOLE_TAG.sub(lambda t: t[0] if len(t[0]) <= most else t[1][:LONGEST_TAG_NAME], p) for p in parts)


def text_of_html(markup: str) -> str:
    """The text of an HTML fragment, a line for each block; never raises."""
    from lxml import etree
    from lxml.html import HTMLParser, document_fromstring

    parser = HTMLParser(remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    try:
        root = document_fromstring(f"<div>{without_long_tags(markup.replace(chr(0), ''))}</div>", parser=parser)
    except (etree.LxmlError, ValueError):
        return html.unescape(markup)
    if too_deep(parser):
        return html.unescape(_ANY_TAG.sub(" ", markup))
    return text_of_tree(root)


def too_deep(parser: HTMLParser) -> bool:
    """Whether the parser gave up at elements nested too deeply (2,048), and left out what is behind."""
    return any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log)


def text_of_tree(root: object) -> str:
    """The text of an lxml element, a line for each block, blanks collapsed."""
    from lxml import etree

    parts: list[str] = []
    silent = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):  # type: ignore[call-overload]
        tag = element.tag if isinstance(element.tag, str) else ""
        entering = event == "start"
        if tag in _SILENT:
            silent += 1 if entering else -1
        if tag in _BLOCKS:
            parts.append("\n")
        piece = element.text if entering else element.tail
        if piece and not silent:
            parts.append(_BLANK.sub(" ", piece))
    lines = (" ".join(line.split()) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)


def text_of_markdown(text: str) -> str:
    """Markdown without its marks: headings, links, images, emphasis, quotes and bullets as plain lines."""
    return "\n".join(_plain_line(line) for line in text.split("\n"))


def _plain_line(line: str) -> str:
    if "](" in line:
        line = _LINK.sub(r"\1", _IMAGE.sub("", line))
    stripped = line.strip()
    if stripped.startswith("#"):
        stripped = _heading(stripped)
    elif stripped[:1] in "->*+":
        stripped = _BULLET.sub("", stripped)
    return _EMPHASIS.sub("", stripped) if "*" in stripped or "_" in stripped else stripped


def _heading(line: str) -> str:
    heading = line.lstrip("#").strip()
    words, _, closing = heading.rpartition(" ")
    return words.rstrip() if closing and not closing.strip("#") else heading
