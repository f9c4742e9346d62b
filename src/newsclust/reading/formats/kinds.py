"""What is told of files that are not read: what they are, and the way out where there is one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from newsclust.reading.compression import extension_of

_NAMED_KINDS = 5
_NAMED_FILES = 10
"""Endings and names that a remark tells."""

_UNPACK = "unpack it and name the folder"
_KINDS = (
    (0, b"7z\xbc\xaf\x27\x1c", f"7z archive; {_UNPACK}"),
    (0, b"Rar!\x1a\x07", f"RAR archive; {_UNPACK}"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office document of before 2007 (.doc, .ppt, .msg); save it as .docx"),
    (0, b"PK", "presentation; save it as PDF"),
    (0, b"\x89PNG", "PNG image"),
    (0, b"\xff\xd8\xff", "JPEG image"),
    (0, b"GIF8", "GIF image"),
    (0, b"II*\0", "TIFF image"),
    (0, b"MM\0*", "TIFF image"),
    (8, b"WEBP", "WebP image"),
    (4, b"ftyp", "video or image (MP4, HEIC, AVIF)"),
    (0, b"\x1aE\xdf\xa3", "video (Matroska, WebM)"),
    (0, b"ID3", "sound (MP3)"),
    (0, b"OggS", "sound or video (Ogg)"),
    (8, b"WAVE", "sound (WAV)"),
    (0, b"\x7fELF", "program (ELF)"),
    (0, b"MZ", "program (Windows)"),
    (0, b"wOF", "font (WOFF)"),
    (0, b"!BDN", "Outlook folder (.pst); export it as .mbox or .eml"),
)
"""Place, bytes there, and what they speak of."""


def kind_not_read(start: bytes) -> str | None:
    """What binary data is, in words, by its first bytes; None where they say nothing."""
    return next((kind for at, mark, kind in _KINDS if start[at : at + len(mark)] == mark), None)


def files_left_out(names: Sequence[str]) -> str:
    """What is told of files that are not read for their kind: how many of each, and the first of them by name."""
    kinds = Counter(extension_of(name) or "no ending" for name in names)
    most = sorted(kinds.items(), key=lambda item: (-item[1], item[0]))
    counts = ", ".join(f"{kind} {count}" for kind, count in most[:_NAMED_KINDS]) + ", ..." * (len(most) > _NAMED_KINDS)
    first = ", ".join(sorted(names)[:_NAMED_FILES]) + ", ..." * (len(names) > _NAMED_FILES)
    return f"files of other kinds left out: {len(names)} ({counts}): {first}"
