"""A folder of results by their keys, each a compressed file with a checksum of itself.

When the folder is full, what was used longest ago goes. Whatever is wrong with it costs time, never the run.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from contextlib import suppress
from pathlib import Path

from newsclust.cache.folder import cache_folder, private_folder, write_private
from newsclust.errors import CacheError

FOLDER = "results"
MAX_BYTES = 64 * 1024 * 1024
"""All files together; a result of 5,000 articles takes about half a megabyte."""

_CHECKSUM_BYTES = 32
_LEVEL = 1  # of zlib: four times the speed for a fifth more bytes


def read_kept(key: str) -> bytes | None:
    """What was kept under a key; None where there is nothing, or nothing whole."""
    with suppress(OSError, CacheError, zlib.error):
        path = cache_folder() / FOLDER / key
        content = path.read_bytes()
        checksum, packed = content[:_CHECKSUM_BYTES], content[_CHECKSUM_BYTES:]
        if checksum == _checksum(key, packed):
            with suppress(OSError):  # a folder that is only read
                os.utime(path)
            return zlib.decompress(packed)
    return None


def write_kept(key: str, data: bytes, *, max_bytes: int = MAX_BYTES) -> None:
    """Keep something under a key, in place of what was there, and cut the folder to its size."""
    packed = zlib.compress(data, _LEVEL)
    content = _checksum(key, packed) + packed
    if len(content) > max_bytes:
        return
    with suppress(OSError, CacheError):
        folder = private_folder(cache_folder() / FOLDER)
        new = folder / f"{key}.{os.getpid()}"
        try:
            write_private(new, content)
            os.replace(new, folder / key)
        finally:
            new.unlink(missing_ok=True)
        _cut(folder, max_bytes)


def _cut(folder: Path, max_bytes: int) -> None:
    """Remove what was used longest ago, also what a killed run left half-written."""
    seen = [(path.stat(), path) for path in folder.iterdir()]
    left = max_bytes
    for stat, path in sorted(seen, key=lambda entry: entry[0].st_mtime_ns, reverse=True):
        left -= stat.st_size
        if left < 0:
            path.unlink(missing_ok=True)


def _checksum(key: str, packed: bytes) -> bytes:
    return hashlib.blake2b(packed, key=bytes.fromhex(key), digest_size=_CHECKSUM_BYTES).digest()
