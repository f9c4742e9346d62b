"""Mail: single messages, mailboxes, and pages that browsers save as one message (MHTML)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from email.utils import parseaddr
from functools import partial
from typing import TYPE_CHECKING, Any

from newsclust.reading.decoding import decode
from newsclust.reading.formats.archives.entries import Entry, read_entries
from newsclust.reading.formats.base import SNIFFED, Input, InputFormat, at_location, read_inside
from newsclust.reading.formats.extras import reading
from newsclust.reading.formats.markup import text_of_html
from newsclust.reading.formats.press.exported_page import EXPORTED_PAGE
from newsclust.reading.formats.press.prose import exported, paragraphs_of
from newsclust.reading.records import Parsed, Problem, Record, Refused
from newsclust.reading.streams import read_whole
from newsclust.text.display import size_in_words

if TYPE_CHECKING:
    from email.message import Message

LONGEST_HEADER = 4_000
"""Characters of a header that are decoded."""

STUB = 0.5
"""Share of a message's HTML that its plain text must have to be read instead: some say only "see the HTML"."""

_HEADER = re.compile(rb"([!-9;-~]{1,60}):[ \t]|[ \t]")
_OF_MAIL = frozenset((b"mime-version", b"message-id", b"received", b"return-path", b"snapshot-content-location"))
_MBOX_START = re.compile(rb"From [^\r\n]{0,200}\d\d:\d\d[^\r\n]{0,60}\r?\n[!-9;-~]{1,60}:")


def _read_message(given: Input) -> Parsed:
    data = read_whole(given.stream, given.limits.document_bytes)
    with reading("mail"):
        yield from _records(given, data, "")


def _read_mailbox(given: Input) -> Parsed:
    for number, data in enumerate(_messages(given.stream, given.limits.page_bytes), 1):
        location = f"#{number}"
        if data is None:
            yield Problem(location, f"a message larger than {size_in_words(given.limits.page_bytes)}")
            continue
        try:
            with reading("mail"):
                yield from _records(given, data, location)
        except Refused as verdict:
            yield Problem(location, str(verdict))


def _messages(stream: io.BufferedReader, most: int) -> Iterator[bytes | None]:
    """The messages of a mailbox; None for one of more than `most` bytes."""
    lines: list[bytes] = []
    size, blank = 0, True
    while line := stream.readline(most + 1):
        if blank and line.startswith(b"From "):
            if size:
                yield b"".join(lines) if size <= most else None
            lines, size, blank = [], 0, False
            continue
        size += len(line)
        if size <= most:
            lines.append(line[1:] if line.startswith(b">From ") else line)
        blank = not line.strip()
    if size:
        yield b"".join(lines) if size <= most else None


def _records(given: Input, data: bytes, location: str) -> Parsed:
    """The article of a message, or the page that it holds, and what is attached to it."""
    from email import message_from_bytes

    message = message_from_bytes(data)
    leaves = [part for part in message.walk() if not part.is_multipart()]
    page = _saved_page(message, leaves)
    if page is not None:
        known = {"title": _header(message, "Subject"), "url": _page_address(message, page)}
        yield from read_inside(given, _text_of(page).encode("utf-8", "replace"), location, ".html", known)
        return
    attached = [part for part in leaves if part.get_content_disposition() == "attachment" and _name_of(part)]
    exports = list(_exports(given, leaves, location))
    if exports:
        yield from exports
        return
    body = _body([part for part in leaves if part not in attached and part.get_content_disposition() != "attachment"])
    yield Record({key: value for key, value in {**_head(message), "text": body}.items() if value}, location)
    entries = (Entry(_name_of(part), partial(io.BytesIO, _bytes_of(part))) for part in attached)
    yield from read_entries(given, entries, "mail", location)


def _exports(given: Input, leaves: Sequence[Message], location: str) -> Parsed:
    """The articles of an export of a press database that was sent by mail; none where there is none."""
    for part in leaves:
        kind, data = part.get_content_type(), _text_of(part).encode("utf-8", "replace")
        if kind == "text/html" and EXPORTED_PAGE.sniff(data[:SNIFFED]):
            yield from read_inside(given, data, location, ".html")
        elif kind == "text/plain" and len(items := list(exported(paragraphs_of(data.decode())))) > 1:
            yield from (at_location(item, location) for item in items)


def _head(message: Message) -> dict[str, Any]:
    name, address = parseaddr(_header(message, "From"))
    return {
        "id": _header(message, "Message-ID").strip("<>"),
        "title": _header(message, "Subject"),
        "date": _header(message, "Date"),
        "source": name or address.rpartition("@")[2],
        "language": _header(message, "Content-Language"),
    }


def _header(message: Message, name: str) -> str:
    """A header with its encoded words decoded."""
    return _decoded(str(message.get(name, ""))[:LONGEST_HEADER])


def _decoded(raw: str) -> str:
    from email.header import decode_header, make_header

    try:
        return " ".join(str(make_header(decode_header(raw))).split())
    except (ValueError, LookupError):
        return " ".join(raw.split())


def _saved_page(message: Message, leaves: Sequence[Message]) -> Message | None:
    """The page of a message that a browser saved: the first HTML part of one whose parts have addresses."""
    if message.get_content_type() not in ("multipart/related", "text/html"):
        return None
    if not (message.get("Snapshot-Content-Location") or any(part.get("Content-Location") for part in leaves)):
        return None
    return next((part for part in leaves if part.get_content_type() in ("text/html", "application/xhtml+xml")), None)


def _page_address(message: Message, page: Message) -> str:
    address = _header(message, "Snapshot-Content-Location") or _header(page, "Content-Location")
    return address if address.startswith("http") else ""


def _body(parts: Sequence[Message]) -> str:
    """The text of a message: the plain one, or that of its HTML where this says much more."""
    plain = "\n\n".join(_text_of(part) for part in parts if part.get_content_type() == "text/plain").strip()
    marked = "\n\n".join(text_of_html(_text_of(part)) for part in parts if part.get_content_type() == "text/html")
    return plain if len(plain) >= STUB * len(marked) else marked.strip()


def _text_of(part: Message) -> str:
    return decode(_bytes_of(part), part.get_content_charset()).text


def _bytes_of(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _name_of(part: Message) -> str:
    """The name of an attachment, without any folder that its sender gave."""
    return re.split(r"[/\\]", _decoded((part.get_filename() or "")[:LONGEST_HEADER]))[-1]


def _begins_message(start: bytes) -> bool:
    """Whether headers that only mail has stand in front of the first blank line."""
    names = set()
    for line in start.lstrip().split(b"\n")[:200]:
        match = _HEADER.match(line)
        if match is None:
            break
        names.add((match[1] or b"").lower())
    return bool(names & _OF_MAIL)


def _begins_mailbox(start: bytes) -> bool:
    return bool(_MBOX_START.match(start))


MAIL = InputFormat("mail", (".eml", ".mht", ".mhtml"), _begins_message, _read_message, binary=None, signed=True)
MAILBOX = InputFormat("mailbox", (".mbox", ".mbx"), _begins_mailbox, _read_mailbox, binary=None, signed=True)
