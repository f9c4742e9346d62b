"""PDF: the text layer of its pages, read as prose is."""

from __future__ import annotations

import io

from newsclust.reading.formats.base import Input, InputFormat
from newsclust.reading.formats.extras import needing, reading
from newsclust.reading.formats.press.prose import parse_prose
from newsclust.reading.records import Parsed, Problem
from newsclust.reading.streams import read_whole

MOST_PAGES = 500
"""Pages that are read: a page takes some ten milliseconds, and an issue of a newspaper has some fifty."""


def _read_pdf(given: Input) -> Parsed:
    with needing("documents", "PDF document"):
        from pypdf import PdfReader
    _silence()
    data = read_whole(given.stream, given.limits.document_bytes)
    with reading("PDF document"):
        pages = PdfReader(io.BytesIO(data)).pages
        count = len(pages)
        text = "\n\n".join(page.extract_text() for page, _ in zip(pages, range(MOST_PAGES), strict=False))
    if count > MOST_PAGES:
        yield Problem("", f"{count:,} pages; only the first {MOST_PAGES} are read", remark=True)
    if not text.strip():
        yield Problem("", "PDF document without text: scanned pages; recognise their characters first (OCR)")
        return
    yield from parse_prose(text.encode("utf-8", "replace").decode())


def _silence() -> None:
    """Keep the library from writing of what is odd in a file: it is not the user's to mend."""
    import logging

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)


PDF = InputFormat(
    "pdf", (".pdf",), lambda start: b"%PDF-" in start[:1024], _read_pdf, binary=None, signed=True, slow=True
)
