"""Text documents of office programs: Word (.docx), OpenDocument (.odt), RTF. Their paragraphs are read as prose is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from newsclust.reading.decoding import decode
from newsclust.reading.extras import needing, reading
from newsclust.reading.formats.archives.zipped import START
from newsclust.reading.formats.base import Input, InputFormat
from newsclust.reading.formats.documents.package import sound_package
from newsclust.reading.formats.press.prose import parse_prose
from newsclust.reading.records import Parsed
from newsclust.reading.streams import read_whole

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell

_OPEN_TEXT = b"mimetypeapplication/vnd.oasis.opendocument.text"


def _read_docx(given: Input) -> Parsed:
    with needing("documents", "Word document"):
        import docx
    package = sound_package(given, "Word document")
    with reading("Word document"):
        text = "\n\n".join(_paragraphs(docx.Document(package)))
    yield from parse_prose(text)


def _paragraphs(holder: Document | _Cell) -> Iterator[str]:
    """The paragraphs of a document, those in tables included, in their order."""
    from docx.table import Table

    for part in holder.iter_inner_content():
        if isinstance(part, Table):
            for row in part.rows:
                for cell in row.cells:
                    yield from _paragraphs(cell)
        elif text := part.text.strip():
            yield text


def _read_odt(given: Input) -> Parsed:
    with needing("documents", "OpenDocument text"):
        import odfdo
    package = sound_package(given, "OpenDocument text")
    with reading("OpenDocument text"):
        found = odfdo.Document(package).body.get_elements("descendant::text:p|descendant::text:h")
        text = "\n\n".join(line for part in found if (line := part.inner_text.strip()))
    yield from parse_prose(text)


def _read_rtf(given: Input) -> Parsed:
    with needing("documents", "RTF document"):
        from striprtf.striprtf import rtf_to_text
    source = decode(read_whole(given.stream, given.limits.page_bytes)).text
    with reading("RTF document"):
        text = rtf_to_text(source, errors="replace")
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
