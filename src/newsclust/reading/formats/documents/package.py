"""Office files are zip archives: written anew in memory, so that a library meets no bomb and no false size in them."""

from __future__ import annotations

import io

from newsclust.reading.compression import CHUNK
from newsclust.reading.formats.archives.zipped import zip_file
from newsclust.reading.formats.base import Input
from newsclust.reading.formats.extras import reading
from newsclust.reading.records import Refused
from newsclust.text.display import size_in_words

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What files of older Office programs begin with, and those that a password protects."""

_TEXT = (".xml", ".rels", ".bin")
"""Endings of the parts that hold text; pictures are left empty."""


def sound_package(given: Input, kind: str) -> io.BytesIO:
    """An office file of this kind, with each part unpacked within the limits.

    Raises:
        Refused: it is damaged, or unpacks to more than a document may have.
    """
    from zipfile import ZipFile

    if given.start.startswith(OLD_OFFICE):
        raise Refused(f"{kind} of before 2007, or protected by a password; save it anew without one")
    sound = io.BytesIO()
    size = 0
    with zip_file(given, kind) as packed, ZipFile(sound, "w") as written:
        for info in packed.infolist():
            with written.open(info.filename, "w") as part, reading(kind), packed.open(info) as content:
                while info.filename.endswith((*_TEXT, "mimetype")) and (data := content.read(CHUNK)):
                    given.allowance.spend(len(data))
                    size += len(data)
                    if size > given.limits.document_bytes:
                        most = size_in_words(given.limits.document_bytes)
                        raise Refused(f"unpacks to more than {most}, the limit for one document of this kind")
                    part.write(data)
    sound.seek(0)
    return sound
