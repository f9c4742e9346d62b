"""Text documents of office programs: Word (.docx), OpenDocument (.odt), RTF. Their paragraphs are read as prose is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from newsclust.reading.decoding import decode
from newsclust.reading.formats.archives.zipped import START
from newsclust.reading.formats.base import Input, InputFormat
from newsclust.reading.formats.documents.package import sound_package
from newsclust.reading.formats.extras import needing, reading
from newsclust.reading.formats.press.prose import parse_prose
from newsclust.reading.formats.xml_items import local_name, xml_tree
from newsclust.reading.records import Parsed
from newsclust.reading.streams import read_whole

if TYPE_CHECKING:
    from lxml.etree import _Element

_TEXT_NAMES = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_OPEN_TEXT = b"mimetypeapplication/vnd.oasis.opendocument.text"


def _read_docx(given: Input) -> Parsed:
    with needing("documents", "Word document"):
        import docx
    package = sound_package(given, "Word document")
    with reading("Word document"):
        text = "\n\n".join(_paragraphs(docx.Document(package).element.body))
    yield from parse_prose(text)


def _paragraphs(body: _Element) -> Iterator[str]:
    """The paragraphs of a Word document in their order: also those in tables, text boxes and tracked insertions."""
    lines: list[list[str]] = [[]]
    for element in body.iter():
        name = local_name(element)
        if name == "p":
            lines.append([])
        elif name == "t" and not any(local_name(above) == "Fallback" for above in element.iterancestors()):
            lines[-1].append(element.text or "")
        elif name in ("tab", "br", "cr"):
            lines[-1].append(" ")
    return filter(None, ("".join(line).strip() for line in lines))


def _read_odt(given: Input) -> Parsed:
    from zipfile import ZipFile

    package = sound_package(given, "OpenDocument text")
    with reading("OpenDocument text"), ZipFile(package) as parts:
        content = xml_tree(parts.read("content.xml"), "OpenDocument text")
    lines = []
    for part in content.iter(*(f"{{{_TEXT_NAMES}}}{name}" for name in ("p", "h"))):
        for blank in part.iter(*(f"{{{_TEXT_NAMES}}}{name}" for name in ("s", "tab", "line-break"))):
            blank.text = " "
        lines.append("".join(map(str, part.itertext())).strip())
    yield from parse_prose("\n\n".join(filter(None, lines)))


def _read_rtf(given: Input) -> Parsed:
    with needing("documents", "RTF document"):
        from striprtf.striprtf import rtf_to_text
    source = decode(read_whole(given.stream, given.limits.page_bytes)).text
    with reading("RTF document"):
        text = rtf_to_text(source, errors="replace")  # type: ignore[no-untyped-call]
    yield from parse_prose(text.replace("\0", ""))


DOCX = InputFormat(
    "docx",
    (".docx",),
    lambda start: start.startswith(START) and b"word/" in start,
    _read_docx,
    binary=True,
    signed=True,
    slow=True,
)
ODT = InputFormat(
    "odt",
    (".odt",),
    lambda start: start.startswith(START) and start[30:].startswith(_OPEN_TEXT),
    _read_odt,
    binary=True,
    signed=True,
    slow=True,
)
RTF = InputFormat(
    "rtf", (".rtf",), lambda start: start.startswith(b"{\\rtf"), _read_rtf, binary=None, signed=True, slow=True
)
