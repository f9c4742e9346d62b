"""XML of other people: parsed whole, with no entity expanded and no address opened."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from newsclust.reading.records import Refused

if TYPE_CHECKING:
    from lxml.etree import _Element

REFUSED_ENTITIES = "XML that declares entities of its own is refused"
"""No news needs them, and they are how a small file grows to gigabytes."""


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
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        raise Refused(f"damaged {kind}: {' '.join(str(error).split())[:120]}") from error
    document = root.getroottree().docinfo.internalDTD
    if document is not None and any(True for _ in document.iterentities()):
        raise Refused(REFUSED_ENTITIES)
    return root


def local_name(element: _Element) -> str:
    """The name of an element without its namespace, as it is written."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def children(root: _Element, name: str) -> Iterator[_Element]:
    """The elements of this name below another, at any depth, whatever their namespace."""
    return (element for element in root.iter() if local_name(element) == name)
