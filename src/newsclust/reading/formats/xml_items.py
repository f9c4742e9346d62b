"""XML of other people: items one after the other, or whole, with no entity expanded and no address opened."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html.entities import html5
from typing import TYPE_CHECKING, Any

from newsclust.reading.records import Parsed, Problem, Record, Refused

if TYPE_CHECKING:
    from lxml.etree import XMLPullParser, _Element

REFUSED_ENTITIES = "XML that declares entities of its own is refused"
"""No news needs them, and they are how a small file grows to gigabytes."""

_BEFORE_ROOT = re.compile(r"[\s\ufeff]+|<\?.*?\?>|<!--.*?-->", re.S)
_DOCTYPE = re.compile(r"\s*<!DOCTYPE", re.I)
_REFERENCE = re.compile(r"&(?!#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|(?:amp|lt|gt|quot|apos);)(\w{1,32};)?")
NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that no XML may hold, and no element takes as its text."""
_CHUNK = 1 << 16


def readable(text: str) -> str:
    """XML without what no parser takes and what its text no longer is, with as many lines in front as there were.

    The encoding that the declaration names is no longer the text's, and what comments hold hides no document type.

    Raises:
        Refused: it declares entities of its own.
    """
    text = NO_XML.sub("", text)
    at = 0
    while match := _BEFORE_ROOT.match(text, at):
        at = match.end()
    text = "\n" * text.count("\n", 0, at) + text[at:]
    if _DOCTYPE.match(text) and "<!ENTITY" in text.upper():
        raise Refused(REFUSED_ENTITIES)
    return text


def repaired(text: str) -> str:
    """XML with its stray "&" and undeclared entities of HTML mended."""
    return _REFERENCE.sub(_mended, text)


def read_items(text: str, names: frozenset[str], fields: Callable[[_Element], dict[str, Any]], what: str) -> Parsed:
    """A record of the fields of each outermost element of these names, up to the first error that cannot be mended."""
    text = readable(text)
    items, problem = _items(text, names, fields)
    if problem:
        mended = repaired(text)
        again, later = _items(mended, names, fields) if mended != text else (items, problem)
        if len(again) >= len(items):
            items, problem = again, later
    for number, values in enumerate(items, 1):
        yield Record(values, f"#{number}" if len(items) > 1 else "")
    if problem:
        yield Problem("", f"{problem}; {len(items)} {what} before it are read")


def _items(
    text: str, names: frozenset[str], fields: Callable[[_Element], dict[str, Any]]
) -> tuple[list[dict[str, Any]], str | None]:
    """The fields of the items up to the first error, and the error."""
    from lxml import etree

    parser = pull_parser()
    items: list[dict[str, Any]] = []
    depth = 0  # inside items
    try:
        for start in range(0, len(text), _CHUNK):
            parser.feed(text[start : start + _CHUNK].encode("utf-8", "replace"))
            for event, element in parser.read_events():
                if local_name(element) in names:
                    depth += 1 if event == "start" else -1
                    if event == "end" and depth == 0:
                        items.append(fields(element))
                        element.clear(keep_tail=False)
        parser.close()
    except etree.XMLSyntaxError as error:
        return items, told(error)
    return items, None


def pull_parser() -> XMLPullParser:
    """A parser that is fed piece by piece, and gives the starts and ends of elements."""
    from lxml import etree

    return etree.XMLPullParser(
        events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip


def told(error: Any) -> str:
    """What is wrong with XML, in one line; libxml2 goes on with the text that it stumbled over."""
    return f"invalid XML at line {error.lineno}: {str(error.msg or 'broken').splitlines()[0]}"


def xml_tree(data: bytes, kind: str) -> _Element:
    """The root element of XML data of this kind.

    Raises:
        Refused: it is damaged, or declares entities of its own.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root: _Element = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise Refused(f"damaged {kind}: {' '.join(str(error).split())[:120]}") from error
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        raise Refused(REFUSED_ENTITIES)
    return root


def local_name(element: _Element) -> str:
    """The name of an element without its namespace, as it is written."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(root: _Element, name: str) -> Iterator[_Element]:
    """The elements of this name below another, at any depth, whatever their namespace."""
    return (element for element in root.iter() if local_name(element) == name)


def _mended(match: re.Match[str]) -> str:
    """A named HTML entity as its character; any other stray "&" as an ordinary one."""
    character = html5.get(match[1] or "")
    return character if character and character not in "&<>" else f"&amp;{match[1] or ''}"
