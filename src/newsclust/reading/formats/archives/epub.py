"""EPUB: books, and the newspapers that readers are filled with; an article for each text of the reading order."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import unquote

from newsclust.reading.formats.archives.entries import Entry, read_entries
from newsclust.reading.formats.archives.zipped import START, zip_file
from newsclust.reading.formats.base import Input, InputFormat
from newsclust.reading.formats.extras import reading
from newsclust.reading.formats.xml_items import children, local_name, xml_tree
from newsclust.reading.records import Parsed, Record, Refused

if TYPE_CHECKING:
    from zipfile import ZipFile

    from lxml.etree import _Element

KIND = "EPUB book"
_FIELDS = {"language": "language", "publisher": "source", "date": "date"}


def _read_epub(given: Input) -> Parsed:
    with zip_file(given, KIND) as packed:
        path = _package_path(_tree(given, packed, "META-INF/container.xml"))
        package = _tree(given, packed, path)
        known = _described(package)
        entries = _entries(packed, package, posixpath.dirname(path))
        for item in read_entries(given, entries, KIND):
            yield replace(item, values={**known, **item.values}) if isinstance(item, Record) else item


def _tree(given: Input, packed: ZipFile, name: str) -> _Element:
    with reading(KIND), packed.open(name) as file:
        data = file.read(given.limits.line_bytes + 1)
    if len(data) > given.limits.line_bytes:
        raise Refused(f"damaged {KIND}: {name} is too large")
    return xml_tree(data, KIND)


def _package_path(container: _Element) -> str:
    path = next((file.get("full-path") for file in children(container, "rootfile")), None)
    if not path:
        raise Refused(f"damaged {KIND}: it names no package")
    return str(path)


def _described(package: _Element) -> dict[str, str]:
    """What the book says of itself, which holds of its articles; it is their source where no publisher is named."""
    values: dict[str, str] = {}
    for element in package.iter():
        name = local_name(element)
        if "purl.org" in str(element.tag) and (text := (element.text or "").strip()):
            values.setdefault(_FIELDS.get(name, ""), text)
            if name == "title":
                values.setdefault("book", text)
    values.pop("", None)
    values.setdefault("source", values.get("book", ""))
    return values


def _entries(packed: ZipFile, package: _Element, folder: str) -> Iterator[Entry]:
    names = {
        str(item.get("id")): posixpath.normpath(posixpath.join(folder, unquote(str(item.get("href") or ""))))
        for item in children(package, "item")
        if "nav" not in str(item.get("properties") or "").split()
    }
    for reference in children(package, "itemref"):
        name = names.get(str(reference.get("idref")))
        if name is not None and reference.get("linear") != "no":
            yield Entry(name, partial(packed.open, name))


EPUB = InputFormat(
    "epub",
    (".epub",),
    lambda start: start.startswith(START) and start[30:58] == b"mimetypeapplication/epub+zip",
    _read_epub,
    binary=True,
    signed=True,
    slow=True,
)
