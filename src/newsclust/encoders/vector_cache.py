"""Keeps vectors on disk, so that an article is encoded once.

One SQLite file. An entry is found by the hash of what made it (the text, the model and its settings), and carries a
checksum of itself: one that does not fit is encoded again, and a file that is no database is started anew. Vectors are
kept as the float32 they are, so a result is the same with and without the cache. When the cache is full the entries
written first go. A cache that cannot be used costs time, never the run.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from newsclust.encoders.base import Embeddings, Encoder, Say
from newsclust.encoders.cache_folder import cache_folder, private_folder
from newsclust.errors import ModelError
from newsclust.execution.executor import in_chunks
from newsclust.execution.progress import Advance

CACHE_FILE = "vectors-1.sqlite"
MAX_BYTES = 512 * 1024 * 1024
"""Vectors kept, in bytes: about 330,000 articles of 384 dimensions."""
KEPT_WHEN_FULL = 0.75
"""Share of MAX_BYTES that stays when the cache is cut, so that it is not cut at every run."""

_KEYS_AT_ONCE = 500  # under the 999 variables that old builds of SQLite allow in a statement
_WAIT_SECONDS = 10.0
_CHECKSUM_BYTES = 8
_TABLE = """
CREATE TABLE IF NOT EXISTS vectors (
  written INTEGER PRIMARY KEY AUTOINCREMENT, key BLOB NOT NULL UNIQUE, vector BLOB NOT NULL, checksum BLOB NOT NULL
)
"""


def cached_encode(
    encoder: Encoder,
    texts: Sequence[str],
    *,
    folder: Path | None = None,
    say: Say | None = None,
    progress: Advance | None = None,
    max_bytes: int = MAX_BYTES,
) -> Embeddings:
    """The vectors of the texts, from the cache where it holds them: shape (len(texts), encoder.dimensions).

    `folder` holds the cache file (default: the cache folder). The key is the text with the encoder's `cache_key`.
    `say` takes a line when the cache cannot be used. Raises ModelError for what is no encoder, or gives vectors of the
    wrong shape.
    """
    if not isinstance(encoder, Encoder):
        members = sorted(name for name in vars(Encoder) if not name.startswith("_"))
        missing = ", ".join(name for name in members if not hasattr(encoder, name))
        raise ModelError(f"{type(encoder).__name__} is no encoder: it has no {missing}; see newsclust.testing for one")
    cache = _Cache((folder or cache_folder()) / CACHE_FILE, encoder.dimensions, max_bytes, say)
    keys = [_key(encoder.cache_key, text) for text in texts]
    known = cache.read(keys)
    if progress and known:
        progress(sum(key in known for key in keys))
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    pending = list(missing)
    for part in in_chunks(pending, encoder.texts_at_once):
        new = dict(zip(part, _encoded(encoder, [missing[key] for key in part], progress), strict=True))
        cache.write(new)
        known |= new
    vectors = np.zeros((len(texts), encoder.dimensions), np.float32)
    for row, key in enumerate(keys):
        vectors[row] = known[key]
    return Embeddings(vectors, encoder.model_id)


def count_vectors(folder: Path | None = None) -> int | None:
    """How many vectors the cache holds; None where there is no cache, or none that can be read."""
    path = (folder or cache_folder()) / CACHE_FILE
    if not path.is_file():
        return None
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=1.0)) as connection:
            return int(connection.execute("SELECT count(*) FROM vectors").fetchone()[0])
    except (sqlite3.Error, OSError):
        return None


def _encoded(encoder: Encoder, texts: Sequence[str], progress: Advance | None) -> NDArray[np.float32]:
    vectors = encoder.encode(texts, progress=progress)
    if vectors.shape != (len(texts), encoder.dimensions):
        raise ModelError(
            f"{encoder.model_id} gave vectors of shape {vectors.shape} for {len(texts)} texts of "
            f"{encoder.dimensions} dimensions"
        )
    return Embeddings(vectors, encoder.model_id).vectors


def _key(cache_key: str, text: str) -> bytes:
    digest = hashlib.sha256(cache_key.encode())
    digest.update(b"\0")
    digest.update(text.encode("utf-8", "surrogatepass"))
    return digest.digest()


def _checksum(key: bytes, vector: bytes) -> bytes:
    return hashlib.blake2b(vector, key=key, digest_size=_CHECKSUM_BYTES).digest()


class _Cache:
    """The file. After a failure it is left alone, and every read finds nothing."""

    def __init__(self, path: Path, dimensions: int, max_bytes: int, say: Say | None) -> None:
        self._path = path
        self._entry_bytes = dimensions * np.dtype(np.float32).itemsize
        self._max_entries = max(1, max_bytes // max(1, self._entry_bytes))
        self._say = say
        self._usable = True

    def read(self, keys: Sequence[bytes]) -> dict[bytes, NDArray[np.float32]]:
        """The vectors of the keys that are there and whole."""
        vectors: dict[bytes, NDArray[np.float32]] = {}
        distinct = list(dict.fromkeys(keys))
        if not distinct:
            return vectors
        try:
            with closing(self._connection()) as connection:
                for start in range(0, len(distinct), _KEYS_AT_ONCE):
                    part = distinct[start : start + _KEYS_AT_ONCE]
                    marks = ",".join("?" * len(part))
                    rows = connection.execute(f"SELECT key, vector, checksum FROM vectors WHERE key IN ({marks})", part)  # noqa: S608 - question marks only
                    vectors |= self._whole(rows.fetchall())
        except (sqlite3.Error, OSError) as error:
            self._failed(error)
        return vectors

    def write(self, vectors: Mapping[bytes, NDArray[np.float32]]) -> None:
        """Keep the vectors, and cut the cache to its size."""
        if not self._usable:
            return
        rows = [(key, data, _checksum(key, data)) for key, data in ((k, v.tobytes()) for k, v in vectors.items())]
        try:
            with closing(self._connection()) as connection, connection:
                connection.executemany("INSERT OR REPLACE INTO vectors (key, vector, checksum) VALUES (?, ?, ?)", rows)
                (count,) = connection.execute("SELECT count(*) FROM vectors").fetchone()
                if count > self._max_entries:
                    surplus = count - max(1, int(self._max_entries * KEPT_WHEN_FULL))
                    connection.execute(
                        "DELETE FROM vectors WHERE written IN (SELECT written FROM vectors ORDER BY written LIMIT ?)",
                        (surplus,),
                    )
        except (sqlite3.Error, OSError) as error:
            self._failed(error)

    def _whole(self, rows: Sequence[tuple[object, object, object]]) -> dict[bytes, NDArray[np.float32]]:
        return {
            key: np.frombuffer(vector, np.float32)
            for key, vector, checksum in rows
            if isinstance(key, bytes)
            and isinstance(vector, bytes)
            and len(vector) == self._entry_bytes
            and checksum == _checksum(key, vector)
        }

    def _connection(self) -> sqlite3.Connection:
        private_folder(self._path.parent)
        # SQLite gives its journal files the mode of the database, so creating that one suffices. One that is there is
        # not opened here: to close any descriptor of a file frees what this process has locked in it.
        with suppress(FileExistsError):
            os.close(os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        connection = sqlite3.connect(self._path, timeout=_WAIT_SECONDS)
        try:
            connection.execute("PRAGMA trusted_schema = OFF")
            _log_writes_ahead(connection)
            connection.execute("PRAGMA synchronous = NORMAL")
            with connection:
                connection.execute(_TABLE)
        except BaseException:
            connection.close()
            raise
        return connection

    def _failed(self, error: Exception) -> None:
        self._usable = False
        if _content_is_wrong(error):
            for suffix in ("", "-wal", "-shm"):
                with suppress(OSError):
                    self._path.with_name(self._path.name + suffix).unlink()
            self._usable = not self._path.exists()
            if self._usable:
                self._tell(f"the vector cache {self._path} was damaged and is started anew")
                return
        self._tell(f"the vector cache {self._path} is not used: {error}")

    def _tell(self, line: str) -> None:
        if self._say:
            self._say(line)


def _log_writes_ahead(connection: sqlite3.Connection) -> None:
    try:
        connection.execute("PRAGMA journal_mode = WAL")
    except sqlite3.OperationalError as error:
        # The mode is the file's. SQLite does not wait here: another that opens the new file at this moment sets it.
        if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise


def _content_is_wrong(error: Exception) -> bool:
    # OperationalError is about the file (locked, full, read-only), save for a table that is not the one made here.
    if isinstance(error, sqlite3.OperationalError):
        return any(sign in str(error) for sign in ("no such column", "no column named", "no such table", "malformed"))
    return isinstance(error, sqlite3.DatabaseError)
