"""Web archives: the pages that a crawler kept (WARC), and the one that Safari saves (webarchive)."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Mapping
from contextlib import redirect_stderr
from types import MappingProxyType
from typing import TYPE_CHECKING

from newsclust.reading.compression import CHUNK
from newsclust.reading.decoding import decode
from newsclust.reading.formats.base import Input, InputFormat, read_inside
from newsclust.reading.formats.extras import needing, reading
from newsclust.reading.records import Parsed, Problem, Refused
from newsclust.reading.streams import read_whole
from newsclust.text.urls import parts_of

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

_ENDINGS: Mapping[str, str] = MappingProxyType(
    {
        "text/html": ".html",
        "application/xhtml+xml": ".html",
        "text/plain": ".txt",
        "application/json": ".json",
        "application/rss+xml": ".xml",
        "application/atom+xml": ".xml",
        "application/pdf": ".pdf",
    }
)
"""The endings that files of what a server calls its answer have; what it calls otherwise is no article."""
_HOLDS_ANSWER = ("response", "resource", "conversion")


class _Content(io.RawIOBase):
    """What a server sent, with its chunks and compression undone."""

    def __init__(self, record: ArcWarcRecord) -> None:
        self._inner = record.content_stream()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # any writable buffer in the stubs
        with reading("web archive record"), redirect_stderr(io.StringIO()):
            data = self._inner.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _read_warc(given: Input) -> Parsed:
    with needing("documents", "web archive"):
        from warcio.archiveiterator import ArchiveIterator
    records = ArchiveIterator(given.stream)
    left_out: Counter[str] = Counter()
    number = 0
    said = io.StringIO()
    while True:
        with reading("web archive"), redirect_stderr(said):  # warcio writes what is odd to the terminal
            record = next(records, None)
        if record is None:
            break
        number += 1
        if record.rec_type not in _HOLDS_ANSWER:
            continue
        kind, label = _kind(record)
        if kind is None:
            left_out[label] += 1
        else:
            yield from _read_record(given, record, f"#{number}", kind, label)
    if "WARNING" in said.getvalue():
        yield Problem("", "a record is damaged: what stands behind it may be lost", remark=True)
    if left_out:
        told = ", ".join(f"{label} {count}" for label, count in sorted(left_out.items())[:10])
        yield Problem("", f"records that hold no article left out: {left_out.total()} ({told})", remark=True)


def _kind(record: ArcWarcRecord) -> tuple[str | None, str]:
    """The ending that names the format of a record, None where it is left out, and its charset, or why."""
    headers = record.http_headers
    status = headers.get_statuscode() if headers is not None else "200"
    if status != "200":
        return None, f"status {status}"
    declared = (headers or record.rec_headers).get_header("Content-Type") or ""
    kind, _, rest = declared.partition(";")
    kind = kind.strip().lower()
    if parts_of(record.rec_headers.get_header("WARC-Target-URI")).path == "/robots.txt":
        return None, "robots.txt"
    return _ENDINGS.get(kind), rest.partition("charset=")[2].strip() if kind in _ENDINGS else kind or "no type"


def _read_record(given: Input, record: ArcWarcRecord, location: str, ending: str, charset: str) -> Parsed:
    known = {"url": record.rec_headers.get_header("WARC-Target-URI") or ""}
    try:
        data = read_whole(io.BufferedReader(_Content(record), CHUNK), given.limits.page_bytes)
    except Refused as verdict:
        yield Problem(location, str(verdict))
        return
    if charset and ending in (".html", ".txt"):
        data = decode(data, charset).text.encode("utf-8", "replace")
    yield from read_inside(given, data, location, ending, known)


def _read_webarchive(given: Input) -> Parsed:
    import plistlib

    data = read_whole(given.stream, given.limits.document_bytes)
    with reading("web archive"):
        page = plistlib.loads(data)["WebMainResource"]
        content, charset = bytes(page["WebResourceData"]), str(page.get("WebResourceTextEncodingName") or "")
        known = {"url": str(page.get("WebResourceURL") or "")}
    yield from read_inside(given, decode(content, charset).text.encode("utf-8", "replace"), "", ".html", known)


WARC = InputFormat(
    "warc", (".warc",), lambda start: start.startswith((b"WARC/0.", b"WARC/1.")), _read_warc, binary=None, signed=True
)
WEBARCHIVE = InputFormat(
    "webarchive",
    (".webarchive",),
    lambda start: b"WebMainResource" in start,
    _read_webarchive,
    binary=None,
    signed=True,
)
